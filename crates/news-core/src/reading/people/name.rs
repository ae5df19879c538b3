//! Stretches of text that are, or may be, the name of a person.

mod capitals;
mod evidence;
mod hint;

use std::ops::Range;

pub(super) use self::evidence::{age_after, is_family_first};
use self::hint::{Stated, Words};
use super::kinds::Kinds;
use super::token::{Sentence, Shape, Token, Tokens};
use crate::reading::entity::Mention;

/// A name, or a run of capitals that may be one.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// Its tokens, without titles.
    pub(super) tokens: Range<usize>,
    /// Capitalised titles directly before it; empty without.
    pub(super) title: Range<usize>,
    /// Its place in the list of sentences.
    pub(super) sentence: usize,
    /// Whether it is a person's by itself. Otherwise only where the text names that person.
    pub(super) sure: bool,
    /// That it is another name, as the caller states it, 0 to 1.
    pub(super) other: f32,
    /// Whether its words show that, and not the caller alone.
    pub(super) shown: bool,
    /// That it is a person's, 0 to 1.
    pub(super) confidence: f32,
}

/// Confidence of a name that conventions of writing give away.
const BY_RULE: f32 = 0.8;
/// Confidence of a run of capitals that may be a name.
const MAYBE: f32 = 0.5;
/// Confidence from which the caller is believed that a name is not a person's.
pub(super) const OTHER: f32 = 0.4;
/// Tokens of a name at most: longer runs of capitals are headings or lists.
const LONGEST: usize = 8;

/// Names of the text in reading order.
pub(super) fn find(tokens: &Tokens<'_>, hints: &[Mention]) -> Vec<Name> {
    let mut finder = Finder { words: Words::new(tokens, hints), found: Vec::new() };
    for (place, sentence) in tokens.sentences.iter().enumerate() {
        finder.sentence(place, sentence);
    }
    finder.found
}

struct Finder<'a, 't> {
    words: Words<'a, 't>,
    found: Vec<Name>,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, place: usize, sentence: &Sentence) {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let end = if self.words.opens(at, sentence) {
                self.words.run_end(at, sentence.tokens.end)
            } else if matches!(self.words.stated(at), Stated::Opens(_)) {
                self.words.stated_end(at)
            } else {
                at += 1;
                continue;
            };
            self.run(place, sentence, at..end);
            at = end.max(at + 1);
        }
    }

    /// Decides what a run of capitals is: what the words show, else what the caller states.
    fn run(&mut self, sentence: usize, around: &Sentence, run: Range<usize>) {
        let stated = run.clone().filter(|&at| matches!(self.words.stated(at), Stated::Opens(_)));
        let stated: Vec<Range<usize>> = stated.map(|at| at..self.words.stated_end(at)).collect();
        let name = self.name(sentence, around, run.clone());
        let within = |name: &Name| {
            let whole = name.title.start.min(name.tokens.start)..name.tokens.end;
            name.sure && stated.iter().all(|s| whole.start <= s.start && s.end <= whole.end)
        };
        match name {
            Some(name) if stated.is_empty() || within(&name) => self.found.push(name),
            None if stated.is_empty() => {
                let (title, confidence) = (run.start..run.start, MAYBE);
                self.found.push(Name {
                    tokens: run,
                    title,
                    sentence,
                    sure: false,
                    other: 0.0,
                    shown: false,
                    confidence,
                });
            }
            _ => {
                for tokens in stated {
                    self.hinted(sentence, tokens);
                }
            }
        }
    }

    /// The name that the words of a run show.
    fn name(&self, sentence: usize, around: &Sentence, run: Range<usize>) -> Option<Name> {
        let split = self.words.title_end(&run);
        let mut tokens = split..run.end;
        let titled = split > run.start || self.words.role_before(run.start, around);
        self.words.drop_lead(&mut tokens, around, titled);
        let own = !tokens.is_empty() && tokens.len() <= LONGEST;
        let office = Kinds::TITLE.with(Kinds::HONORIFIC);
        let given = tokens.len() == 2 && self.words.is_given(tokens.start);
        if !own || self.words.is(tokens.end - 1, office) && !given {
            return None;
        }
        let in_office = self.words.office_before(run.start, around);
        if !self.words.apart_from_others(&mut tokens, titled || in_office) {
            return None;
        }
        let titled = titled || tokens.start > run.start && in_office;
        let title =
            if tokens.start == split { run.start..split } else { tokens.start..tokens.start };
        let shown = !around.shouted && self.words.is_sure(&tokens, titled, around)
            || around.shouted
                && tokens.len() > 1
                && self.words.is_full(&tokens)
                && tokens.len() < 4;
        let evident = titled || self.words.aged(&tokens) || self.words.set_off(&tokens, around);
        let sure = shown && (evident || !self.words.is_other(&tokens));
        let confidence = if sure { BY_RULE } else { MAYBE };
        let other = self.words.share_of_other(&tokens);
        Some(Name { tokens, title, sentence, sure, other, shown: sure, confidence })
    }

    /// A name that the caller states, without the titles and endings it may hold.
    fn hinted(&mut self, sentence: usize, mut tokens: Range<usize>) {
        let Stated::Opens(confidence) = self.words.stated(tokens.start) else { return };
        while self
            .words
            .token(tokens.end - 1)
            .is_some_and(|t| t.shape == Shape::Possessive || t.is_mark())
            && tokens.len() > 1
        {
            tokens.end -= 1;
        }
        let leads = |at: usize| {
            self.words.is_title(at, tokens.end)
                || self.words.is(at, Kinds::FUNCTION) && !self.words.names_on(at)
                || tokens.len() > 2
                    && self.words.is(at, Kinds::PLACE)
                    && self.words.is_given(at + 1)
        };
        let own = tokens.clone().take(tokens.len() - 1).find(|&at| !leads(at));
        tokens.start = own.unwrap_or(tokens.end - 1);
        if tokens.len() == 1 && self.words.is(tokens.start, Kinds::TITLE.with(Kinds::HONORIFIC)) {
            return;
        }
        let mut start = tokens.start;
        let first = self.words.tokens.sentences.get(sentence).map_or(0, |s| s.tokens.start);
        while start > first
            && self.words.is_title(start - 1, tokens.end)
            && self.words.token(start - 1).is_some_and(Token::is_capital)
        {
            start -= 1;
        }
        let title = start..tokens.start;
        let inside = start == tokens.start
            && start > first
            && matches!(self.words.tokens.str(start - 1), "in" | "In");
        let sure = tokens.len() > 1 || !inside;
        let shown = self.words.is_full(&tokens);
        self.found.push(Name { tokens, title, sentence, sure, other: 0.0, shown, confidence });
    }
}
