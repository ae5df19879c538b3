//! People, organisations and places named in a text.
//!
//! A sentence is cut into runs of words that may be names, and a small learned tagger reads each run
//! twice: the second time it also sees what the rest of the text made of the same words.

mod acronym;
mod agree;
mod features;
mod gazetteer;
mod group;
mod memory;
mod tagger;
#[cfg(test)]
mod tests;
mod token;
#[cfg(feature = "training")]
pub mod training;
mod words;

use std::ops::Range;

use self::agree::Found;
use self::features::Sentence;
pub use self::group::{Entity, Form, Naming, entities};
use self::memory::Memory;
pub use self::tagger::Model;
use self::tagger::{MODEL, Scores};
use self::token::Token;
use super::Prose;

/// A name in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Bytes of the text, without an article before and the `'s` behind.
    pub range: Range<usize>,
    /// What it names.
    pub kind: Kind,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A person.
    Person,
    /// A company, party, agency, team, band: people who act together under a name.
    Organisation,
    /// A country, city, region, building, river.
    Place,
}

impl Kind {
    fn numbered(kind: usize) -> Option<Self> {
        [Self::Person, Self::Organisation, Self::Place].get(kind).copied()
    }
}

/// Names of people, organisations and places; sorted, apart from each other.
pub fn mentions(prose: &Prose<'_>) -> Vec<Mention> {
    mentions_by(&MODEL, prose)
}

/// Like [`mentions`] with another model than the one that ships.
pub(crate) fn mentions_by(model: &Model, prose: &Prose<'_>) -> Vec<Mention> {
    let tokens = Tokens::of(prose);
    let memory = first_reading(model, prose, &tokens);
    let mut found = second_reading(model, prose, &tokens, &memory);
    agree::agree(prose.text, &tokens.all, &memory, &mut found);
    let mention = |found: Found| {
        let range = bounds(prose.text, &tokens.all[found.tokens])?;
        Some(Mention { range, kind: found.kind?, confidence: found.confidence })
    };
    found.into_iter().filter_map(mention).collect()
}

/// Names, with what the whole text says of its words.
fn second_reading(
    model: &Model,
    prose: &Prose<'_>,
    tokens: &Tokens,
    memory: &Memory,
) -> Vec<Found> {
    let mut found = Vec::new();
    tokens.runs(prose, |start, sentence, run| {
        let shares = read(model, sentence, run, Some(memory));
        let tags = tagger::best(&shares);
        for (name, kind) in tagger::names(&tags) {
            let confidence = name.clone().map(|i| shares[i][tags[i]]).fold(1.0, f32::min);
            let first = start + run.start;
            found.push(Found {
                tokens: first + name.start..first + name.end,
                kind: Kind::numbered(kind),
                confidence,
            });
        }
    });
    found
}

/// What the words of the text are, as far as each sentence tells alone.
fn first_reading(model: &Model, prose: &Prose<'_>, tokens: &Tokens) -> Memory {
    let mut memory = Memory::default();
    memory.note_small(&tokens.all);
    tokens.runs(prose, |_, sentence, run| {
        let shares = read(model, sentence, run, None);
        for (token, shares) in sentence.tokens[run.clone()].iter().zip(&shares) {
            memory.note(token, shares);
        }
    });
    memory
}

fn read(
    model: &Model,
    sentence: &Sentence<'_>,
    run: &Range<usize>,
    memory: Option<&Memory>,
) -> Vec<Scores> {
    let mut features = Vec::new();
    let scores: Vec<Scores> = run
        .clone()
        .map(|i| {
            features.clear();
            sentence.features(run, i, memory, &mut features);
            model.scores(&features)
        })
        .collect();
    model.shares(&scores)
}

/// The bytes of a name: no stop that only ends the sentence or an abbreviation of one word.
fn bounds(text: &str, tokens: &[Token]) -> Option<Range<usize>> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    let mut end = last.end as usize;
    let own = text.get(last.range())?;
    if own.ends_with('.') && !last.keeps_stop(own) {
        end -= 1;
    }
    Some(first.start as usize..end)
}

/// The tokens of a text, by sentence.
struct Tokens {
    all: Vec<Token>,
    sentences: Vec<Range<usize>>,
}

impl Tokens {
    fn of(prose: &Prose<'_>) -> Self {
        let mut all = Vec::with_capacity(prose.text.len() / 5);
        let mut sentences = Vec::with_capacity(prose.sentences.len());
        for sentence in &prose.sentences {
            let start = all.len();
            token::tokens(prose.text, sentence, &mut all);
            sentences.push(start..all.len());
        }
        Self { all, sentences }
    }

    /// Hands each run of possible names to `each`, with the sentence and the place of its first token.
    fn runs(&self, prose: &Prose<'_>, mut each: impl FnMut(usize, &Sentence<'_>, &Range<usize>)) {
        for range in &self.sentences {
            let sentence = Sentence::new(prose.text, &self.all[range.clone()]);
            for run in sentence.runs() {
                each(range.start, &sentence, &run);
            }
        }
    }
}
