//! The tagger: a linear-chain conditional random field over runs of capitalised words.
//!
//! Each feature has one byte of weight for each tag; a tag's score is their sum. Outside the runs all
//! is [`OUTSIDE`], so a run begins and ends there.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, OnceLock};

use super::memory::KINDS;
use super::packed::{Data, Packed};

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
    /// A bit for each tag that has a weight, and those weights, for each feature.
    weights: Packed<'static, Weights>,
    /// The same unpacked, once so many tokens were read that this pays.
    slots: OnceLock<Slots>,
    /// Tokens read so far.
    tokens: AtomicU32,
    /// A bit for the features that are there: most are not, and these bits stay in the cache.
    present: Vec<u64>,
    /// How likely each tag is after each, 0 where that cannot be.
    steps: [Scores; TAGS],
    /// The same, from each tag to each before it.
    steps_back: [Scores; TAGS],
    /// What one unit of a weight counts.
    unit: f32,
}

/// Words of [`Model::present`]: 4 million bits.
const PRESENT_WORDS: usize = 1 << 16;

/// The word and the bit of a feature in [`Model::present`].
fn present_bit(feature: u32) -> (usize, u64) {
    (feature as usize >> 6 & (PRESENT_WORDS - 1), 1 << (feature & 63))
}

/// A value for each tag of a token.
pub(super) type Scores = [f32; TAGS];

/// Sums of weights for each tag of a token.
pub(super) type Sums = [i32; TAGS];

/// The model that ships.
pub(super) static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(&include_bytes!("tagger.model")[..]));

/// The file from `start` on.
fn tail(file: Cow<'static, [u8]>, start: usize) -> Cow<'static, [u8]> {
    match file {
        Cow::Borrowed(file) => Cow::Borrowed(file.get(start..).unwrap_or_default()),
        Cow::Owned(mut file) => Cow::Owned(file.split_off(start.min(file.len()))),
    }
}

/// The weights of a feature: the bits of its tags, and one byte for each.
#[derive(Debug)]
struct Weights;

impl Data for Weights {
    fn length(bytes: &[u8]) -> Option<usize> {
        let [low, high, weights @ ..] = bytes else { return None };
        let tags = u16::from_le_bytes([*low, *high]).count_ones() as usize;
        (tags <= weights.len()).then_some(2 + tags)
    }
}

/// Tokens after which the weights are unpacked: those of some thirty stories, whose lookups in the file
/// have cost about as much by then.
const UNPACKED_AFTER: u32 = 10_000;

/// Features with their weights, by open addressing.
#[derive(Debug)]
struct Slots(Vec<Slot>);

#[derive(Debug, Clone, Copy)]
struct Slot {
    feature: u32,
    weights: [i8; TAGS],
}

impl Slots {
    fn of(packed: &Packed<'_, Weights>) -> Self {
        let count = packed.entries().count();
        let empty = Slot { feature: 0, weights: [0; TAGS] };
        let mut slots = vec![empty; (count * 3 / 2).next_power_of_two().max(2)];
        let mask = slots.len() - 1;
        for (feature, data) in packed.entries() {
            let mut sums = Sums::default();
            add_weights(data, &mut sums);
            let mut place = feature as usize & mask;
            while slots[place].feature != 0 {
                place = (place + 1) & mask;
            }
            slots[place] = Slot { feature, weights: sums.map(|sum| sum as i8) };
        }
        Self(slots)
    }

    fn add(&self, feature: u32, sums: &mut Sums) {
        let mask = self.0.len() - 1;
        let mut place = feature as usize & mask;
        while self.0[place].feature != feature {
            if self.0[place].feature == 0 {
                return;
            }
            place = (place + 1) & mask;
        }
        for (sum, weight) in sums.iter_mut().zip(self.0[place].weights) {
            *sum += i32::from(weight);
        }
    }
}

/// Adds the weights that stand in the file.
fn add_weights(data: &[u8], sums: &mut Sums) {
    let [low, high, weights @ ..] = data else { return };
    let mut tags = u16::from_le_bytes([*low, *high]);
    for weight in weights {
        if tags == 0 {
            return;
        }
        if let Some(sum) = sums.get_mut(tags.trailing_zeros() as usize) {
            *sum += i32::from(weight.cast_signed());
        }
        tags &= tags - 1;
    }
}

impl Model {
    /// Reads a model file: a line with the command that made it, the unit, the weights of steps, then
    /// features, sorted: the step from the one before (as in `words.model`), a bit for each tag that has a weight,
    /// and those weights. What a broken file does not hold weighs nothing.
    pub fn read(file: impl Into<Cow<'static, [u8]>>) -> Self {
        let file = file.into();
        let mut body = Reader(file.splitn(2, |byte| *byte == b'\n').nth(1).unwrap_or_default());
        let unit = body.float();
        let mut steps = [[0.0; TAGS]; TAGS];
        for (tag, row) in steps.iter_mut().enumerate() {
            for (next, weight) in row.iter_mut().enumerate() {
                let read = body.float();
                if may_follow(tag, next) {
                    *weight = read.exp();
                }
            }
        }
        let start = file.len() - body.0.len();
        let mut present = vec![0; PRESENT_WORDS];
        let weights = Packed::new(tail(file, start), |feature| {
            let (word, bit) = present_bit(feature);
            present[word] |= bit;
        });
        let steps_back = std::array::from_fn(|to| std::array::from_fn(|from| steps[from][to]));
        let (slots, tokens) = (OnceLock::new(), AtomicU32::new(0));
        Self { weights, slots, tokens, present, steps, steps_back, unit }
    }

    /// Adds a feature's weights to `sums`.
    fn add(&self, feature: u32, sums: &mut Sums) {
        let (word, bit) = present_bit(feature);
        if self.present[word] & bit == 0 {
            return;
        }
        match self.slots.get() {
            Some(slots) => slots.add(feature, sums),
            None => add_weights(self.weights.get(feature).unwrap_or_default(), sums),
        }
    }

    /// Adds the weights of features to the sums of a token.
    pub(super) fn add_all(&self, features: &[u32], sums: &mut Sums) {
        if self.slots.get().is_none()
            && self.tokens.fetch_add(1, Ordering::Relaxed) >= UNPACKED_AFTER
        {
            self.slots.get_or_init(|| Slots::of(&self.weights));
        }
        for feature in features {
            self.add(*feature, sums);
        }
    }

    /// For each token of a run, how likely each tag is.
    pub(super) fn shares(&self, sums: &[Sums]) -> Vec<Scores> {
        let own: Vec<Scores> = sums.iter().map(|sums| self.likelihoods(sums)).collect();
        let mut shares = Vec::with_capacity(own.len());
        let mut last = outside();
        for own in &own {
            last = normal(product(&step(&last, &self.steps), own));
            shares.push(last);
        }
        let mut behind = outside();
        for (share, own) in shares.iter_mut().zip(&own).rev() {
            let before = step(&behind, &self.steps_back);
            *share = normal(product(share, &before));
            behind = normal(product(&before, own));
        }
        shares
    }

    /// How likely each tag is for a token alone; the likeliest counts 1.
    fn likelihoods(&self, sums: &Sums) -> Scores {
        let top = sums.iter().copied().max().unwrap_or(0);
        sums.map(|sum| ((sum - top) as f32 * self.unit).exp())
    }
}

/// Sums over the tags before each tag.
fn step(last: &Scores, steps: &[Scores; TAGS]) -> Scores {
    let mut sums = [0.0_f32; TAGS];
    for (value, row) in last.iter().zip(steps) {
        for (sum, weight) in sums.iter_mut().zip(row) {
            *sum += value * weight;
        }
    }
    sums
}

fn product(a: &Scores, b: &Scores) -> Scores {
    std::array::from_fn(|tag| a[tag] * b[tag])
}

/// The values as shares of their sum.
fn normal(values: Scores) -> Scores {
    let sum: f32 = values.iter().sum();
    values.map(|value| value / sum.max(f32::MIN_POSITIVE))
}

/// Before and behind a run all is outside.
fn outside() -> Scores {
    std::array::from_fn(|tag| f32::from(u8::from(tag == OUTSIDE)))
}

/// The tags of a run that may follow each other and have the largest sum of shares.
pub(super) fn best(shares: &[Scores]) -> Vec<usize> {
    let mut last = [f32::NEG_INFINITY; TAGS];
    last[OUTSIDE] = 0.0;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacked_weights_are_those_of_the_file() {
        let slots = Slots::of(&MODEL.weights);
        for (feature, data) in MODEL.weights.entries() {
            let (mut packed, mut unpacked) = (Sums::default(), Sums::default());
            add_weights(data, &mut packed);
            slots.add(feature, &mut unpacked);
            assert_eq!(packed, unpacked, "{feature}");
            assert_eq!(MODEL.weights.get(feature).map(<[u8]>::as_ptr), Some(data.as_ptr()));
        }
    }
}
