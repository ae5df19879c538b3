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
    let (tokens, mentions) = names(&MODEL, prose);
    let entities = group::group(prose.text, &tokens, &mentions);
    (mentions, entities)
}

/// Like [`mentions`] with another model than the one that ships.
fn mentions_by(model: &Model, prose: &Prose<'_>) -> Vec<Mention> {
    names(model, prose).1
}

/// The names of a text, and its tokens.
fn names(model: &Model, prose: &Prose<'_>) -> (Vec<Token>, Vec<Mention>) {
    let primary = prose.language.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or("en");
    let language = primary.to_ascii_lowercase();
    let parts = Parts::of(prose);
    let (memory, tokens, mut found) = if language == "en" {
        let (memory, read) = first_reading(model, &parts);
        let found = second_reading(model, &memory, &parts, &read);
        drop(read);
        (memory, parts.whole().all, found)
    } else {
        by_rules(&language, parts.whole())
    };
    agree::agree(prose.text, &tokens, &memory, &mut found);
    let mention = |found: Found| {
        let range = bounds(prose.text, &tokens[found.tokens])?;
        Some(Mention { range, kind: found.kind?, confidence: found.confidence })
    };
    let mentions = found.into_iter().filter_map(mention).collect();
    (tokens, mentions)
}

fn by_rules(language: &str, tokens: Tokens) -> (Memory, Vec<Token>, Vec<Found>) {
    let mut memory = Memory::default();
    memory.note_small(&tokens.all);
    let found = rules::names(language, &tokens.all, &tokens.sentences);
    (memory, tokens.all, found)
}

/// Names, with what the whole text says of its words.
fn second_reading(model: &Model, memory: &Memory, parts: &Parts<'_>, read: &Read) -> Vec<Found> {
    let mut found = Vec::new();
    let mut again = Again { model, memory, features: Vec::new(), sums: Vec::new() };
    let mut rest = read.sums.as_slice();
    let mut runs = read.runs.iter().peekable();
    let mut before = 0;
    parts.each(|first, part| {
        for (sentence, place) in part.sentences.iter().zip(first..) {
            let around = &part.all[sentence.clone()];
            while let Some(run) = runs.next_if(|run| run.sentence == place) {
                let run = run.start as usize..run.end as usize;
                let Some((own, behind)) = rest.split_at_checked(run.len()) else { break };
                rest = behind;
                again.read(around, before + sentence.start, run, own, &mut found);
            }
        }
        before += part.all.len();
    });
    found
}

/// What the second reading reads runs with.
struct Again<'r> {
    model: &'r Model,
    memory: &'r Memory,
    features: Vec<u32>,
    sums: Vec<Sums>,
}

impl Again<'_> {
    /// Adds the names of a run of a sentence that begins at token `start`. `own` is what the first reading
    /// summed up.
    fn read(
        &mut self,
        sentence: &[Token],
        start: usize,
        run: Range<usize>,
        own: &[[i16; tagger::TAGS]],
        found: &mut Vec<Found>,
    ) {
        self.sums.clear();
        self.sums.extend(own.iter().map(|sums| sums.map(i32::from)));
        let start = start + run.start;
        for (i, sums) in run.zip(&mut self.sums) {
            self.features.clear();
            features::recollections(sentence, i, self.memory, &mut self.features);
            self.model.add_all(&self.features, sums);
        }
        let shares = self.model.shares(&self.sums);
        let tags = tagger::best(&shares);
        for (name, kind) in tagger::names(&tags) {
            let confidence = name.clone().map(|i| shares[i][tags[i]]).fold(1.0, f32::min);
            let tokens = start + name.start..start + name.end;
            found.push(Found { tokens, kind: Kind::numbered(kind), confidence });
        }
    }
}

/// What the first reading keeps.
#[derive(Default)]
struct Read {
    runs: Vec<Run>,
    /// For each token of each run the sums of its weights: below a hundred weights of a byte each.
    sums: Vec<[i16; tagger::TAGS]>,
}

/// A run of possible names: its tokens, counted from the first of its sentence.
struct Run {
    /// Place of its sentence.
    sentence: u32,
    start: u32,
    end: u32,
}

/// What the words of the text are, as far as each sentence tells alone.
fn first_reading(model: &Model, parts: &Parts<'_>) -> (Memory, Read) {
    let mut memory = Memory::default();
    let mut read = Read::default();
    let text = parts.prose.text;
    parts.each(|first, part| {
        memory.note_small(&part.all);
        for (range, place) in part.sentences.iter().zip(first..) {
            let sentence = Sentence::new(text, &part.all[range.clone()]);
            for run in sentence.runs() {
                let sums = sums(model, &sentence, &run);
                for (token, shares) in sentence.tokens[run.clone()].iter().zip(model.shares(&sums))
                {
                    memory.note(token, &shares);
                }
                read.sums.extend(sums.iter().map(|sums| sums.map(|sum| sum as i16)));
                let (start, end) = (run.start as u32, run.end as u32);
                read.runs.push(Run { sentence: place, start, end });
            }
        }
    });
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
    let mut end = last.end();
    let own = text.get(last.range())?;
    if own.ends_with('.') && !last.keeps_stop(own) {
        end -= 1;
    }
    Some(first.start as usize..end)
}

/// The tokens of a text, or of some of its sentences, by sentence.
struct Tokens {
    all: Vec<Token>,
    sentences: Vec<Range<usize>>,
}

impl Tokens {
    fn of(text: &str, sentences: &[Range<usize>]) -> Self {
        let bytes = sentences.first().zip(sentences.last()).map_or(0, |(a, b)| b.end - a.start);
        let mut all = Vec::with_capacity(bytes / 4);
        let mut ranges = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let start = all.len();
            token::tokens(text, sentence, &mut all);
            ranges.push(start..all.len());
        }
        Self { all, sentences: ranges }
    }
}

/// Bytes of the text whose tokens are held while it is read: those of a longer one are cut anew for each
/// reading, so that they and what the first reading keeps are never in memory together.
const PART: usize = 1 << 18;

/// A text in parts.
struct Parts<'p> {
    prose: &'p Prose<'p>,
    /// The tokens of a text that is one part.
    whole: Option<Tokens>,
}

impl<'p> Parts<'p> {
    fn of(prose: &'p Prose<'p>) -> Self {
        let is_short = prose.text.len() <= PART;
        let whole = is_short.then(|| Tokens::of(prose.text, &prose.sentences));
        Self { prose, whole }
    }

    /// Shows `read` each part, with the place of its first sentence.
    fn each(&self, mut read: impl FnMut(u32, &Tokens)) {
        if let Some(whole) = &self.whole {
            return read(0, whole);
        }
        let mut rest = self.prose.sentences.as_slice();
        let mut place = 0;
        while let Some(first) = rest.first() {
            let length = rest.partition_point(|sentence| sentence.start < first.start + PART);
            let (part, behind) = rest.split_at(length.max(1));
            read(place, &Tokens::of(self.prose.text, part));
            place += part.len() as u32;
            rest = behind;
        }
    }

    /// All tokens.
    fn whole(self) -> Tokens {
        self.whole.unwrap_or_else(|| Tokens::of(self.prose.text, &self.prose.sentences))
    }
}
