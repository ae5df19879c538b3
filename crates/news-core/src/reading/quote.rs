//! Quotes: what is said in a text, by which words, by whom.
//!
//! The text is cut once into words with a part of speech each (`token`, `tag`) and into quoted
//! segments (`marks`); titles lose their marks (`title`). Each sentence is then read for verbs and
//! nouns of attribution (`attribution`, `nominal`), their subjects (`subject`, `phrase`, `aside`)
//! and what they attribute (`content`, `clause`); lines of interviews and transcripts are read
//! apart (`turn`). What is quoted and still has no speaker takes it from around it (`carry`). Each
//! rule knows how often it is right (`rule`). The words are data: `lexicon/quotes`.

mod aside;
mod attribution;
mod carry;
mod classes;
mod clause;
mod content;
mod marks;
mod nominal;
mod output;
mod page;
mod phrase;
mod rule;
mod subject;
mod tag;
#[cfg(test)]
mod tests;
mod title;
mod token;
mod turn;
mod words;

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Prose;
use page::Page;

/// Something said, and who says it. Ranges are bytes of the prose's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// What is said, in reading order, without the quotation marks around a direct quote. More than
    /// one where the quote is split ("…," she said, "…") or runs over paragraphs. Never empty.
    pub contents: Vec<Range<usize>>,
    /// How it is said.
    pub kind: QuoteKind,
    /// The words that attribute it. `None`: it follows from what stands around.
    pub cue: Option<Cue>,
    /// Who says it, as it stands in the text. `None`: the text does not say.
    pub speaker: Option<Speaker>,
    /// How sure, 0.0 to 1.0: the share right of what the rule decides, as measured.
    pub confidence: f32,
    /// Quotations it stands in. 0: it is the writer's own.
    pub depth: u8,
    /// The rule that decided.
    pub rule: String,
}

/// How something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// In quotation marks throughout, or set as speech.
    Direct,
    /// In the writer's words, with some in quotation marks.
    Mixed,
    /// In the writer's words.
    Indirect,
}

/// The words that attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Where they stand, auxiliaries included.
    pub range: Range<usize>,
    /// The verb in its base form, or the phrase: "say", "according to". A mark stands for itself.
    pub lemma: String,
    /// What saying so means.
    pub stance: Stance,
}

macro_rules! stances {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What a verb of attribution tells of its speaker.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Stance {
            $($(#[$doc])* $variant,)*
        }

        impl Stance {
            fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

stances! {
    /// Says: no judgement.
    Said = "said",
    /// Makes known, decides.
    Announced = "announced",
    /// Asks.
    Asked = "asked",
    /// Answers.
    Answered = "answered",
    /// Says without proof.
    Claimed = "claimed",
    /// Says that it is so after all.
    Admitted = "admitted",
    /// Says that it is not so.
    Denied = "denied",
    /// Warns, threatens.
    Warned = "warned",
    /// Wants others to act.
    Urged = "urged",
    /// Binds itself.
    Promised = "promised",
    /// Will not.
    Refused = "refused",
    /// Says in a roundabout way.
    Suggested = "suggested",
    /// Knows from looking into it.
    Found = "found",
    /// Says what will be.
    Predicted = "predicted",
    /// Believes, knows.
    Thinks = "thinks",
    /// Hopes, fears, likes.
    Feels = "feels",
    /// Wants, plans.
    Wants = "wants",
    /// Is for it.
    Supports = "supports",
    /// Is against it.
    Criticizes = "criticizes",
}

/// Who speaks, as it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The whole phrase, apposition included: "Cho Tai-young, spokesman for the ministry".
    pub range: Range<usize>,
    /// The phrase without it: "Cho Tai-young".
    pub head: Range<usize>,
    /// What sort of mention it is.
    pub kind: SpeakerKind,
    /// Taken over from an earlier or later sentence.
    pub carried: bool,
}

/// What sort of mention a speaker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerKind {
    /// A name, with or without title.
    Named,
    /// A role alone: "the spokeswoman".
    Role,
    /// An organisation or a document: "the ministry", "the report".
    Organisation,
    /// A pronoun.
    Pronoun,
    /// Somebody who is not named on purpose or by habit: "sources", "a ministry official".
    Unnamed,
}

/// Everything said in a prose, by the place where it begins.
///
/// Contents do not overlap, but for quotations inside others (`depth`). A text without quotation
/// marks and verbs of attribution has none. Languages without word lists have their quotation marks
/// read, and attributions in English only.
pub fn quotes(prose: &Prose<'_>) -> Vec<Quote> {
    let page = Page::read(prose);
    let mut attributions = Vec::new();
    let mut units = page.units.iter().peekable();
    let mut speaker = None;
    for lines in turn::paragraphs(&page.units) {
        let turn = turn::turn(&page, lines);
        while let Some(unit) = units.next_if(|unit| unit.paragraph == lines.paragraph) {
            if turn.is_some() {
                continue;
            }
            let found = attribution::Reader::new(&page, *unit).run();
            let found = carry::reported(&page, *unit, found, speaker);
            speaker = found.last().and_then(|found| found.source).or(speaker);
            attributions.extend(found);
        }
        attributions.extend(turn);
    }
    attributions.sort_by_key(attribution::Attribution::order);
    output::quotes(&page, &carry::carry(&page, attributions))
}
