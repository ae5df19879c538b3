//! What `tools/tagger` needs: features and tags of labelled texts.

use std::ops::Range;

pub use super::Model as TaggerModel;
use super::features::{Sentence, recollections};
use super::memory::Memory;
use super::tagger::{self, OUTSIDE, TAGS};
use super::{Mention, Model, Parts, Prose, Tokens};

/// Number of tags.
pub const TAG_COUNT: usize = TAGS;

/// A run of tokens with their features and true tags.
#[derive(Debug, Clone)]
pub struct Run {
    /// Hashes of the features of each token.
    pub features: Vec<Vec<u32>>,
    /// True tag of each token.
    pub tags: Vec<usize>,
}

/// A name that is known: bytes and kind (0 person, 1 organisation, 2 place, 3 other).
pub type Label = (Range<usize>, usize);

/// The runs of a text without what the document knows, or with what `model` says of it. Runs that a
/// label leaves are left out.
pub fn runs(prose: &Prose<'_>, labels: &[Label], model: Option<&Model>) -> Vec<Run> {
    let tokens = Tokens::of(prose.text, &prose.sentences);
    let memory = model.map(|model| super::first_reading(model, &Parts::of(prose)).0);
    let mut runs = Vec::new();
    for range in &tokens.sentences {
        let sentence = Sentence::new(prose.text, &tokens.all[range.clone()]);
        for run in sentence.runs() {
            let Some(tags) = tags(&sentence.tokens[run.clone()], labels) else { continue };
            let one = |i| features(&sentence, &run, i, memory.as_ref());
            runs.push(Run { features: run.clone().map(one).collect(), tags });
        }
    }
    runs
}

fn features(
    sentence: &Sentence<'_>,
    run: &Range<usize>,
    i: usize,
    memory: Option<&Memory>,
) -> Vec<u32> {
    let mut features = Vec::new();
    sentence.features(run, i, &mut features);
    if let Some(memory) = memory {
        recollections(sentence.tokens, i, memory, &mut features);
    }
    features
}

fn tags(tokens: &[super::Token], labels: &[Label]) -> Option<Vec<usize>> {
    let (start, end) = (tokens.first()?.start as usize, tokens.last()?.end());
    let mut tags = vec![OUTSIDE; tokens.len()];
    let from = labels.partition_point(|(range, _)| range.end <= start);
    for (range, kind) in labels[from..].iter().take_while(|(range, _)| range.start < end) {
        let first = tokens.iter().position(|t| t.start as usize == range.start)?;
        let ends = |t: &super::Token| {
            t.end() == range.end || t.end() == range.end + 1 && t.range().len() > 1
        };
        let last = first + tokens[first..].iter().position(ends)?;
        for (i, tag) in tags[first..=last].iter_mut().enumerate() {
            *tag = tagger::tag_of(*kind, i, last + 1 - first);
        }
    }
    Some(tags)
}

/// Like [`mentions`](super::mentions) with another model.
pub fn mentions(model: &Model, prose: &Prose<'_>) -> Vec<Mention> {
    super::mentions_by(model, prose)
}

/// Whether a tag may follow another.
pub fn may_follow(tag: usize, next: usize) -> bool {
    tagger::may_follow(tag, next)
}

/// The file of word groups.
pub fn word_groups<'w>(command: &str, words: impl Iterator<Item = (&'w str, u16)>) -> Vec<u8> {
    super::words::write(command, words)
}

/// The features of a model file, sorted, each with its weights by tag, of which none is 0.
pub fn weights(features: &[(u32, Vec<(usize, i8)>)]) -> Vec<u8> {
    tagger::write(features)
}
