//! What the tagger sees of a token: hashes of its letters, its neighbours and its place.

use std::ops::Range;
use std::sync::LazyLock;

use super::gazetteer::hits;
use super::memory::Memory;
use super::token::{Shape, Token, hash};
use super::words::{NO_GROUP, Word, word};
use crate::lexicon;

/// A sentence as the features see it.
pub(super) struct Sentence<'a> {
    pub(super) text: &'a str,
    /// Its tokens.
    pub(super) tokens: &'a [Token],
    /// What is known of each token's word.
    words: Vec<Word>,
    /// What the gazetteer says of each token.
    known: Vec<u16>,
    /// Most words of it have a capital, as in headlines.
    is_titled: bool,
    /// Most letters are capitals.
    is_shouted: bool,
}

/// Most small words and marks in a row inside a name.
const INNER_RUN: usize = 3;

/// Most tokens that are looked at as one run of names; longer ones are cut.
const RUN: usize = 64;
/// A number, or a hyphen and a word, may stand behind a run.
#[cfg(test)]
pub(super) const LONGEST_RUN: usize = RUN + 2;

/// Hashes of the small words that stand inside names, sorted.
static JOINERS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let joiners = lexicon::lines(include_str!("../../../lexicon/name_joiners.txt"));
    let mut hashes: Vec<u32> = joiners.map(|word| hash(word.as_bytes())).collect();
    hashes.sort_unstable();
    hashes
});

/// Whether the token may stand inside a name without a capital of its own.
fn is_inner(text: &str, token: &Token) -> bool {
    match token.shape {
        Shape::Lower => JOINERS.binary_search(&token.lower).is_ok(),
        Shape::Number => true,
        Shape::Mark => {
            let mark = text.get(token.range()).unwrap_or_default();
            matches!(mark, "&" | "-" | "." | "/" | "'s" | "’s" | "'" | "’" | "‑" | "–" | "+")
        }
        _ => false,
    }
}

impl<'a> Sentence<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        let capitals = tokens.iter().filter(|t| t.is_capital()).count();
        let upper = tokens.iter().filter(|t| t.shape == Shape::Upper).count();
        let lower = tokens.iter().filter(|t| t.shape == Shape::Lower).count();
        Self {
            text,
            tokens,
            known: hits(tokens),
            words: tokens.iter().map(|t| word(t.lower)).collect(),
            is_titled: capitals > 3 && capitals > lower * 2,
            is_shouted: upper > 3 && upper > lower * 2,
        }
    }

    /// Runs of tokens that may be names: words with capitals, and what may stand between them.
    pub(super) fn runs(&self) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let capitals = (0..self.tokens.len()).filter(|&i| self.tokens[i].is_capital());
        for i in capitals {
            match runs.last_mut() {
                Some(run) if self.joins(run, i) => run.end = self.with_tail(i + 1),
                _ => runs.push(i..self.with_tail(i + 1)),
            }
        }
        runs
    }

    fn joins(&self, run: &Range<usize>, next: usize) -> bool {
        next.saturating_sub(run.end) <= INNER_RUN
            && next - run.start < RUN
            && self.tokens[run.end.min(next)..next].iter().all(|token| is_inner(self.text, token))
            && !self.is_dateline_dash(run.end)
    }

    /// A dash with space around it, behind a word in capitals: `ROME - Italy`.
    fn is_dateline_dash(&self, i: usize) -> bool {
        let is_spaced = |i: usize| self.tokens.get(i).is_some_and(|token| token.spaced);
        let is_shouted = i > 0 && self.tokens[i - 1].shape == Shape::Upper;
        let mark = self.tokens.get(i).and_then(|token| self.text.get(token.range()));
        is_shouted && is_spaced(i) && is_spaced(i + 1) && matches!(mark, Some("-" | "–"))
    }

    /// A number behind a name may be part of it, and a syllable behind a hyphen: `Boeing 737`, `Jong-un`.
    fn with_tail(&self, end: usize) -> usize {
        let is = |i: usize, shape| self.tokens.get(i).is_some_and(|t| t.shape == shape);
        let is_tied = |i: usize| self.tokens.get(i).is_some_and(|t| !t.spaced);
        if is(end, Shape::Number) {
            end + 1
        } else if is_tied(end)
            && is_tied(end + 1)
            && is(end + 1, Shape::Lower)
            && self.is_hyphen(end)
        {
            end + 2
        } else {
            end
        }
    }

    fn is_hyphen(&self, i: usize) -> bool {
        self.text.get(self.tokens[i].range()).is_some_and(|mark| matches!(mark, "-" | "‑"))
    }

    /// Hashes of the features of token `i` of `run`, into `out`.
    pub(super) fn features(&self, run: &Range<usize>, i: usize, out: &mut Vec<u32>) {
        let mut add = Adder { out, template: 0 };
        let own = &self.tokens[i];
        let word = |offset: isize| self.lower(i, offset);
        let shape = |offset: isize| self.shape(i, offset);
        let group = |offset: isize| self.group(i, offset);
        let coarse = |offset: isize| self.group(i, offset) >> 4;
        let known = |offset: isize| self.known(i, offset);
        let case = |offset: isize| self.case(i, offset);

        add.one(0);
        add.one(own.word);
        for offset in -2..=2 {
            add.one(word(offset));
            add.one(shape(offset));
            add.one(group(offset));
            add.one(coarse(offset));
        }
        add.two(word(-1), word(0));
        add.two(word(0), word(1));
        add.two(word(-1), word(1));
        add.two(word(-2), word(-1));
        add.two(word(1), word(2));
        add.two(shape(-1), shape(0));
        add.two(shape(0), shape(1));
        add.two(hash2(shape(-1), shape(0)), shape(1));
        add.two(group(-1), group(0));
        add.two(group(0), group(1));
        add.two(coarse(-1), hash2(coarse(0), coarse(1)));
        add.two(shape(0), word(-1));
        add.two(shape(0), word(1));
        add.two(shape(0), coarse(-1));
        add.two(shape(0), coarse(1));
        for offset in -1..=1 {
            add.one(known(offset));
        }
        add.two(known(0), shape(0));
        add.two(case(0), shape(0));
        add.two(case(0), hash2(case(-1), case(1)));
        add.two(case(0), u32::from(i == 0));
        add.two(case(0), known(0));
        add.two(known(-1), known(0));
        add.two(known(0), known(1));
        add.two(known(0), word(-1));
        add.two(known(0), word(1));
        self.letters(i, &mut add);
        self.place(run, i, &mut add);
        debug_assert_eq!(add.template, TEMPLATES);
    }

    fn lower(&self, i: usize, offset: isize) -> u32 {
        at(self.tokens, i, offset).map_or(1, |t| t.lower)
    }

    fn shape(&self, i: usize, offset: isize) -> u32 {
        shape(self.tokens, i, offset)
    }

    fn group(&self, i: usize, offset: isize) -> u32 {
        let place = i.checked_add_signed(offset).and_then(|place| self.words.get(place));
        u32::from(place.map_or(NO_GROUP - 1, |word| word.group()))
    }

    /// How the word is usually written; 4 outside of the sentence.
    fn case(&self, i: usize, offset: isize) -> u32 {
        let place = i.checked_add_signed(offset).and_then(|place| self.words.get(place));
        u32::from(place.map_or(4, |word| word.case()))
    }

    fn known(&self, i: usize, offset: isize) -> u32 {
        let place = i.checked_add_signed(offset).and_then(|place| self.known.get(place));
        place.map_or(1, |known| u32::from(*known))
    }

    /// Beginnings and ends of the word.
    fn letters(&self, i: usize, add: &mut Adder<'_>) {
        let token = &self.tokens[i];
        let text = self.text.get(token.range()).unwrap_or_default().trim_end_matches('.');
        let count = text.chars().take(5).count();
        for from_end in [false, true] {
            let mut hash = u32::from(from_end);
            for length in 1..=4 {
                let c = if from_end {
                    text.chars().rev().nth(length - 1)
                } else {
                    text.chars().nth(length - 1)
                };
                let lower = c.map_or(0, |c| c.to_lowercase().next().unwrap_or(c) as u32);
                hash = hash2(hash, lower);
                add.one(if count >= length { hash } else { 0 });
            }
        }
    }

    /// Where in the run and the sentence the token stands.
    fn place(&self, run: &Range<usize>, i: usize, add: &mut Adder<'_>) {
        let first = u32::from(i == 0);
        let shape = self.shape(i, 0);
        add.two(shape, first);
        add.two(self.lower(i, 0), first);
        add.two(u32::from(self.is_titled) * 2 + u32::from(self.is_shouted), shape);
        let head = self.head(run, i);
        let before = run.start.checked_sub(1).map_or(1, |b| self.tokens[b].lower);
        let after = self.tokens.get(run.end).map_or(1, |t| t.lower);
        let left = (i - run.start).min(3) as u32;
        let right = (run.end - 1 - i).min(3) as u32;
        add.two(before, left);
        add.two(after, right);
        add.two(left, right);
        add.two(self.lower(head, 0), (head - i).min(4) as u32);
        add.two(self.group(head, 0), (head - i).min(4) as u32);
        add.one(self.lower(self.start(run, i), 0));
        add.one(self.group(self.start(run, i), 0));
    }

    /// The last token of the capitals in a row around `i`.
    fn head(&self, run: &Range<usize>, i: usize) -> usize {
        let rest = &self.tokens[i..run.end];
        i + rest.iter().position(|t| !t.is_capital()).unwrap_or(rest.len()).max(1) - 1
    }

    /// The first token of the capitals in a row around `i`.
    fn start(&self, run: &Range<usize>, i: usize) -> usize {
        let before = &self.tokens[run.start..i];
        before.iter().rposition(|t| !t.is_capital()).map_or(run.start, |p| run.start + p + 1)
    }
}

/// Hashes of what the whole text says of token `i` of a sentence, into `out`; they go beside the others.
pub(super) fn recollections(tokens: &[Token], i: usize, memory: &Memory, out: &mut Vec<u32>) {
    let mut add = Adder { out, template: TEMPLATES };
    let own = &tokens[i];
    for offset in -1..=1 {
        add.one(at(tokens, i, offset).map_or(0, |t| memory.hint(t.lower)));
        add.one(at(tokens, i, offset).map_or(0, |t| memory.places(t.lower)));
    }
    add.two(memory.hint(own.lower), shape(tokens, i, 0));
    add.two(memory.hint(own.lower), memory.places(own.lower));
    add.one(u32::from(memory.stands_small(own.lower)) * 2 + u32::from(i == 0));
}

fn at(tokens: &[Token], i: usize, offset: isize) -> Option<&Token> {
    i.checked_add_signed(offset).and_then(|place| tokens.get(place))
}

fn shape(tokens: &[Token], i: usize, offset: isize) -> u32 {
    at(tokens, i, offset).map_or(99, |t| t.shape as u32 * 2 + u32::from(t.spaced))
}

/// Features of a token without those of the whole text.
const TEMPLATES: u32 = 67;

/// Hashes one feature after the other, each with the number of its template.
struct Adder<'o> {
    out: &'o mut Vec<u32>,
    template: u32,
}

impl Adder<'_> {
    fn one(&mut self, value: u32) {
        self.two(value, 0x5bd1);
    }

    fn two(&mut self, a: u32, b: u32) {
        self.template += 1;
        self.out.push(hash2(hash2(self.template, a), b));
    }
}

/// Mixes two numbers into one.
fn hash2(a: u32, b: u32) -> u32 {
    let mixed = (a ^ b.rotate_left(15)).wrapping_mul(0x9e37_79b1) ^ b.wrapping_mul(0x85eb_ca6b);
    (mixed ^ (mixed >> 15)).wrapping_mul(0x2c1b_3c6d) ^ (mixed >> 13)
}
