//! Dates and times in a text: where they stand, what they mean.
//!
//! The text is cut into tokens once (`lexer`); words of time come from one table a language
//! (`vocabulary`). At each token that can open an expression the rules of `grammar` are tried and
//! the longest match is read against the anchor and the dates mentioned before (`resolve`).

use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod grammar;
mod lexer;
mod meaning;
mod resolve;
mod tense;
#[cfg(test)]
mod tests;
mod value;
mod vocabulary;
mod written;

use lexer::Lexer;
use meaning::Meaning;
use resolve::Context;
use vocabulary::Vocabulary;

/// A date or time said in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// First byte of the expression.
    pub start: usize,
    /// Byte after its last.
    pub end: usize,
    /// What sort of time it is.
    pub kind: TimeKind,
    /// The value as TIMEX3 writes it: `2024-05-02`, `2024-W18`, `2024-05-02TMO`, `P3D`,
    /// `XXXX-WXX-1`, `PRESENT_REF`. What could not be resolved is `X`.
    pub value: String,
    /// What "late" or "nearly" adds. `None`: the value as it stands.
    pub modifier: Option<Modifier>,
    /// The date it was resolved against. `None`: it needed none, or there was none.
    pub anchor: Option<Reference>,
}

/// The sorts of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeKind {
    /// A day or something coarser.
    Date,
    /// A time of day.
    Time,
    /// How long.
    Duration,
    /// How often.
    Set,
}

impl TimeKind {
    /// The name in TIMEX3: `DATE`.
    pub fn timex(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// The modifiers of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Modifier {
    /// "before 1990".
    Before,
    /// "after 1990".
    After,
    /// "by 1990".
    OnOrBefore,
    /// "1990 or later".
    OnOrAfter,
    /// "nearly two years".
    LessThan,
    /// "more than two years".
    MoreThan,
    /// "up to two years".
    EqualOrLess,
    /// "at least two years".
    EqualOrMore,
    /// "early 1990".
    Start,
    /// "mid-1990".
    Mid,
    /// "late 1990".
    End,
    /// "about two years".
    Approx,
}

impl Modifier {
    const ALL: [(Self, &'static str); 12] = [
        (Self::Before, "BEFORE"),
        (Self::After, "AFTER"),
        (Self::OnOrBefore, "ON_OR_BEFORE"),
        (Self::OnOrAfter, "ON_OR_AFTER"),
        (Self::LessThan, "LESS_THAN"),
        (Self::MoreThan, "MORE_THAN"),
        (Self::EqualOrLess, "EQUAL_OR_LESS"),
        (Self::EqualOrMore, "EQUAL_OR_MORE"),
        (Self::Start, "START"),
        (Self::Mid, "MID"),
        (Self::End, "END"),
        (Self::Approx, "APPROX"),
    ];

    /// The name in TIMEX3: `ON_OR_BEFORE`.
    pub fn timex(self) -> &'static str {
        Self::ALL.iter().find(|(modifier, _)| *modifier == self).map_or("", |(_, name)| name)
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(modifier, _)| *modifier)
    }
}

/// The date an expression was resolved against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// Where that date was taken from.
    pub source: AnchorSource,
    /// The date, as TIMEX3 writes it.
    pub value: String,
}

/// Where an anchor was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnchorSource {
    /// The story's dateline.
    Dateline,
    /// The publication date.
    Publication,
    /// The caller's own.
    Caller,
    /// A date mentioned before in the text.
    Mention,
}

/// The day on which the text was written: "today".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The day.
    pub date: Date,
    /// The time of day, where it is known. Not used yet: no expression is counted in minutes.
    pub time: Option<Time>,
    /// Where the day was taken from.
    pub source: AnchorSource,
}

/// Every date and time expression of a text: sorted, non-overlapping, on character boundaries.
///
/// `language` is a BCP 47 tag; `None` is read as English, and a language without a table yields
/// dates in digits only. Without an anchor a relative expression counts from the day mentioned last;
/// before any, it stays open: `XXXX-WXX-4`.
pub fn times(text: &str, language: Option<&str>, anchor: Option<&Anchor>) -> Vec<TimeExpression> {
    let mut lexer = Lexer::new(text, Vocabulary::of(language));
    let mut context = Context::new(anchor);
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        at = lexer.reach(at);
        let tokens = &lexer.tokens;
        if at >= tokens.list.len() {
            return found;
        }
        let matched = if tokens.opens(at) { grammar::longest(tokens, at) } else { None };
        let Some((end, phrase)) = matched.filter(|(end, _)| *end > at) else {
            at += 1;
            continue;
        };
        if let (Some(first), Some(last)) = (tokens.get(at), tokens.get(end - 1)) {
            let tense =
                tense::tense(tokens, at, end, matches!(phrase.meaning, Meaning::Month { .. }));
            let resolved = context.resolve(&phrase, tense);
            found.push(TimeExpression {
                start: first.start as usize,
                end: last.end as usize,
                kind: resolved.kind,
                value: resolved.value,
                modifier: phrase.modifier,
                anchor: resolved.reference,
            });
        }
        at = end;
    }
}
