//! People, organisations and places named in a text.
//!
//! A sentence is cut into runs of words that may be names, and a small learned tagger reads each run
//! twice: the second time it also sees what the rest of the text made of the same words.

mod acronym;
mod affix;
mod agree;
mod features;
mod gazetteer;
mod group;
mod known;
mod memory;
mod packed;
mod rules;
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
use self::tagger::{MODEL, Sums};
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
///
/// The tagger reads English; in other languages only known names and first names with a surname are found,
/// with lower confidence, and in scripts without capitals nothing is.
pub fn mentions(prose: &Prose<'_>) -> Vec<Mention> {
    mentions_by(&MODEL, prose)
}

/// [`mentions`], and the [`entities`] that they name.
pub(super) fn named(prose: &Prose<'_>) -> (Vec<Mention>, Vec<Entity>) {
    let tokens = Tokens::of(prose);
    let mentions = mentions_in(&MODEL, prose, &tokens);
    let entities = group::group(prose.text, &tokens.all, &mentions);
    (mentions, entities)
}

/// Like [`mentions`] with another model than the one that ships.
fn mentions_by(model: &Model, prose: &Prose<'_>) -> Vec<Mention> {
    mentions_in(model, prose, &Tokens::of(prose))
}

fn mentions_in(model: &Model, prose: &Prose<'_>, tokens: &Tokens) -> Vec<Mention> {
    let primary = prose.language.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or("en");
    let language = primary.to_ascii_lowercase();
    let (memory, mut found) = if language == "en" {
        let (memory, read) = first_reading(model, prose, tokens);
        let found = second_reading(model, &memory, tokens, &read);
        (memory, found)
    } else {
        by_rules(&language, tokens)
    };
    agree::agree(prose.text, &tokens.all, &memory, &mut found);
    let mention = |found: Found| {
        let range = bounds(prose.text, &tokens.all[found.tokens])?;
        Some(Mention { range, kind: found.kind?, confidence: found.confidence })
    };
    found.into_iter().filter_map(mention).collect()
}

fn by_rules(language: &str, tokens: &Tokens) -> (Memory, Vec<Found>) {
    let mut memory = Memory::default();
    memory.note_small(&tokens.all);
    let found = rules::names(language, &tokens.all, &tokens.sentences);
    (memory, found)
}

/// Names, with what the whole text says of its words.
fn second_reading(model: &Model, memory: &Memory, tokens: &Tokens, read: &Read) -> Vec<Found> {
    let mut found = Vec::new();
    let mut features = Vec::new();
    let mut sums = Vec::new();
    let mut rest = read.sums.as_slice();
    for Run { sentence, run } in &read.runs {
        let Some((own, behind)) = rest.split_at_checked(run.len()) else { break };
        rest = behind;
        sums.clear();
        sums.extend(own.iter().map(|sums| sums.map(i32::from)));
        let around = &tokens.all[sentence.clone()];
        for (i, sums) in run.clone().zip(&mut sums) {
            features.clear();
            features::recollections(around, i, memory, &mut features);
            model.add_all(&features, sums);
        }
        let shares = model.shares(&sums);
        let tags = tagger::best(&shares);
        for (name, kind) in tagger::names(&tags) {
            let confidence = name.clone().map(|i| shares[i][tags[i]]).fold(1.0, f32::min);
            let start = sentence.start + run.start;
            let tokens = start + name.start..start + name.end;
            found.push(Found { tokens, kind: Kind::numbered(kind), confidence });
        }
    }
    found
}

/// What the first reading keeps.
#[derive(Default)]
struct Read {
    runs: Vec<Run>,
    /// For each token of each run the sums of its weights: below a hundred weights of a byte each.
    sums: Vec<[i16; tagger::TAGS]>,
}

/// A run of possible names.
struct Run {
    /// Tokens of its sentence.
    sentence: Range<usize>,
    /// Its own, counted from the first of those.
    run: Range<usize>,
}

/// What the words of the text are, as far as each sentence tells alone.
fn first_reading(model: &Model, prose: &Prose<'_>, tokens: &Tokens) -> (Memory, Read) {
    let mut memory = Memory::default();
    memory.note_small(&tokens.all);
    let mut read = Read::default();
    for range in &tokens.sentences {
        let sentence = Sentence::new(prose.text, &tokens.all[range.clone()]);
        for run in sentence.runs() {
            let sums = sums(model, &sentence, &run);
            for (token, shares) in sentence.tokens[run.clone()].iter().zip(model.shares(&sums)) {
                memory.note(token, &shares);
            }
            read.sums.extend(sums.iter().map(|sums| sums.map(|sum| sum as i16)));
            read.runs.push(Run { sentence: range.clone(), run });
        }
    }
    (memory, read)
}

/// The sums of weights of each token of a run, as far as its sentence tells.
fn sums(model: &Model, sentence: &Sentence<'_>, run: &Range<usize>) -> Vec<Sums> {
    let mut features = Vec::new();
    let one = |i| {
        features.clear();
        sentence.features(run, i, &mut features);
        let mut sums = Sums::default();
        model.add_all(&features, &mut sums);
        sums
    };
    run.clone().map(one).collect()
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
}
