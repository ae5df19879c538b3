//! The tagger: a linear-chain conditional random field over runs of capitalised words.
//!
//! Each feature has one byte of weight for each tag; a tag's score is their sum. Outside the runs all
//! is [`OUTSIDE`], so a run begins and ends there.

use std::ops::Range;
use std::sync::LazyLock;

use super::memory::KINDS;

/// Number of tags.
pub(super) const TAGS: usize = 16;
/// No name.
pub(super) const OUTSIDE: usize = 0;

/// What a tag says: the kind of name (person, organisation, place, other) and the place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) kind: usize,
    pub(super) opens: bool,
    pub(super) closes: bool,
}

/// Tags of a kind: first, inner, last and only token; of other names: first, further and only.
pub(super) const fn tag(number: usize) -> Option<Tag> {
    let (kind, place) = match number {
        1..=12 => ((number - 1) / 4, (number - 1) % 4),
        13 => (3, 0),
        14 => (3, 4),
        15 => (3, 3),
        _ => return None,
    };
    Some(match place {
        0 => Tag { kind, opens: true, closes: false },
        1 => Tag { kind, opens: false, closes: false },
        2 | 4 => Tag { kind, opens: false, closes: true },
        _ => Tag { kind, opens: true, closes: true },
    })
}

/// The tag of token `i` of a name of `length` tokens.
#[cfg(feature = "training")]
pub(super) fn tag_of(kind: usize, i: usize, length: usize) -> usize {
    match (kind, i, length) {
        (3, _, 1) => 15,
        (3, 0, _) => 13,
        (3, _, _) => 14,
        (kind, _, 1) => 4 + kind * 4,
        (kind, 0, _) => 1 + kind * 4,
        (kind, i, length) if i + 1 == length => 3 + kind * 4,
        (kind, _, _) => 2 + kind * 4,
    }
}

/// Whether `next` may follow `tag`.
pub(super) fn may_follow(tag_number: usize, next_number: usize) -> bool {
    let further = |number| number == 14;
    match (tag(tag_number), tag(next_number)) {
        (None, None) => true,
        (None, Some(next)) => next.opens,
        (Some(last), None) => last.closes,
        (Some(last), Some(next)) if last.closes && next.opens => true,
        (Some(last), Some(next)) => {
            last.kind == next.kind
                && !next.opens
                && (!last.closes || further(tag_number))
                && (last.kind != 3 || further(next_number))
        }
    }
}

/// Weights of a trained tagger.
#[derive(Debug)]
pub struct Model {
    slots: Vec<Slot>,
    /// Weight of each tag after each, minus infinity where that cannot be.
    steps: [[f32; TAGS]; TAGS],
    /// What one unit of a weight counts.
    unit: f32,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    feature: u32,
    weights: [i8; TAGS],
}

const EMPTY: Slot = Slot { feature: 0, weights: [0; TAGS] };

/// Scores of each tag of a token.
pub(super) type Scores = [f32; TAGS];

/// The model that ships.
pub(super) static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_bytes!("tagger.model")));

impl Model {
    /// Reads a model file: a line with the command that made it, the unit, the weights of steps, then
    /// features with their weights. What a broken file does not hold weighs nothing.
    pub fn read(file: &[u8]) -> Self {
        let mut body = Reader(file.splitn(2, |byte| *byte == b'\n').nth(1).unwrap_or_default());
        let unit = body.float();
        let mut steps = [[f32::NEG_INFINITY; TAGS]; TAGS];
        for (tag, row) in steps.iter_mut().enumerate() {
            for (next, weight) in row.iter_mut().enumerate() {
                let read = body.float();
                if may_follow(tag, next) {
                    *weight = read;
                }
            }
        }
        let count = body.0.len() / (4 + TAGS);
        let mut slots = vec![EMPTY; (count * 3 / 2).next_power_of_two().max(2)];
        let mask = slots.len() - 1;
        for _ in 0..count {
            let feature = u32::from_le_bytes(body.bytes());
            let weights: [u8; TAGS] = body.bytes();
            let mut place = feature as usize & mask;
            while slots[place].feature != 0 {
                place = (place + 1) & mask;
            }
            slots[place] = Slot { feature, weights: weights.map(u8::cast_signed) };
        }
        Self { slots, steps, unit }
    }

    /// Adds a feature's weights to `sums`.
    fn add(&self, feature: u32, sums: &mut [i32; TAGS]) {
        let mask = self.slots.len() - 1;
        let mut place = feature as usize & mask;
        loop {
            let slot = &self.slots[place];
            if slot.feature == feature {
                for (sum, weight) in sums.iter_mut().zip(slot.weights) {
                    *sum += i32::from(weight);
                }
                return;
            }
            if slot.feature == 0 {
                return;
            }
            place = (place + 1) & mask;
        }
    }

    /// Scores of each tag for a token with these features.
    pub(super) fn scores(&self, features: &[u32]) -> Scores {
        let mut sums = [0; TAGS];
        for feature in features {
            self.add(*feature, &mut sums);
        }
        sums.map(|sum| sum as f32 * self.unit)
    }

    /// For each token of a run, how likely each tag is.
    pub(super) fn shares(&self, scores: &[Scores]) -> Vec<Scores> {
        let forward = sweep(scores.iter(), |from, to| self.steps[from][to]);
        let backward = sweep(scores.iter().rev(), |from, to| self.steps[to][from]);
        let pairs = forward.iter().zip(backward.iter().rev()).zip(scores);
        pairs.map(|((before, behind), own)| normal(before, behind, own)).collect()
    }
}

/// Sums over the paths that lead to each tag of each token, own score included, as logarithms.
fn sweep<'s>(
    scores: impl Iterator<Item = &'s Scores>,
    step: impl Fn(usize, usize) -> f32,
) -> Vec<Scores> {
    let mut last = outside();
    let weights: [Scores; TAGS] =
        std::array::from_fn(|from| std::array::from_fn(|to| step(from, to).exp()));
    let mut all = Vec::new();
    for own in scores {
        let top = last.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut sums = [0.0_f32; TAGS];
        for (value, row) in last.iter().zip(&weights) {
            let value = (value - top).exp();
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += value * weight;
            }
        }
        last = std::array::from_fn(|tag| sums[tag].ln() + top + own[tag]);
        all.push(last);
    }
    all
}

/// Before and behind a run all is outside.
fn outside() -> Scores {
    std::array::from_fn(|tag| if tag == OUTSIDE { 0.0 } else { f32::NEG_INFINITY })
}

/// The tags of a run that may follow each other and have the largest sum of shares.
pub(super) fn best(shares: &[Scores]) -> Vec<usize> {
    let mut last = outside();
    let mut origins: Vec<[usize; TAGS]> = Vec::with_capacity(shares.len());
    for own in shares {
        let steps: [(usize, f32); TAGS] = std::array::from_fn(|to| best_before(&last, to));
        last = std::array::from_fn(|to| steps[to].1 + own[to]);
        origins.push(steps.map(|(from, _)| from));
    }
    let mut tag = best_before(&last, OUTSIDE).0;
    let mut tags = vec![OUTSIDE; shares.len()];
    for (place, origin) in tags.iter_mut().zip(&origins).rev() {
        *place = tag;
        tag = origin[tag];
    }
    tags
}

/// The tag with the largest sum that `to` may follow, and that sum.
fn best_before(sums: &Scores, to: usize) -> (usize, f32) {
    let mut best = (OUTSIDE, f32::NEG_INFINITY);
    for (from, sum) in sums.iter().enumerate() {
        if *sum > best.1 && MAY_FOLLOW[from][to] {
            best = (from, *sum);
        }
    }
    best
}

static MAY_FOLLOW: LazyLock<[[bool; TAGS]; TAGS]> =
    LazyLock::new(|| std::array::from_fn(|tag| std::array::from_fn(|next| may_follow(tag, next))));

/// Shares of the tags from both sweeps, which each count the token's own score.
fn normal(before: &Scores, behind: &Scores, own: &Scores) -> Scores {
    let sums: Scores = std::array::from_fn(|tag| before[tag] + behind[tag] - own[tag]);
    let top = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let parts = sums.map(|sum| (sum - top).exp());
    let whole: f32 = parts.iter().sum();
    parts.map(|part| part / whole)
}

/// How likely a token is of each kind.
pub(super) fn kinds(shares: &Scores) -> [f32; KINDS] {
    let mut kinds = [0.0; KINDS];
    for (number, share) in shares.iter().enumerate() {
        if let Some(tag) = tag(number) {
            kinds[tag.kind] += share;
        }
    }
    kinds
}

/// Names among tagged tokens: their tokens, counted from the first, and kind.
pub(super) fn names(tags: &[usize]) -> Vec<(Range<usize>, usize)> {
    let mut names: Vec<(Range<usize>, usize)> = Vec::new();
    for (i, number) in tags.iter().enumerate() {
        match (tag(*number), names.last_mut()) {
            (Some(tag), _) if tag.opens => names.push((i..i + 1, tag.kind)),
            (Some(_), Some((range, _))) => range.end = i + 1,
            _ => {}
        }
    }
    names
}

struct Reader<'f>(&'f [u8]);

impl Reader<'_> {
    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        match self.0.split_first_chunk::<N>() {
            Some((own, rest)) => {
                self.0 = rest;
                *own
            }
            None => [0; N],
        }
    }

    fn float(&mut self) -> f32 {
        f32::from_le_bytes(self.bytes())
    }
}
