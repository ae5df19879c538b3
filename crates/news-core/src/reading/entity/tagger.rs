//! The tagger: a linear-chain conditional random field over runs of capitalised words.
//!
//! Each feature has one byte of weight for each tag; a tag's score is their sum. Outside the runs all
//! is [`OUTSIDE`], so a run begins and ends there.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::memory::KINDS;
use super::packed::{self, BUCKETS, Entry, Packed};

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
    file: Cow<'static, [u8]>,
    /// Where the features begin in it.
    features: usize,
    /// How likely each tag is after each, 0 where that cannot be.
    steps: [Scores; TAGS],
    /// The same, from each tag to each before it.
    steps_back: [Scores; TAGS],
    /// What one unit of a weight counts.
    unit: f32,
}

/// A value for each tag of a token.
pub(super) type Scores = [f32; TAGS];

/// Sums of weights for each tag of a token.
pub(super) type Sums = [i32; TAGS];

/// The model that ships.
pub(super) static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(&include_bytes!("tagger.model")[..]));

/// Bytes of the filter of features: for each bucket the low five bits of its numbers, as bits. Seven of
/// eight features that are not there end at it, and it stays in the cache.
const FILTER: usize = BUCKETS * 4;

/// The bit of a feature in the filter's word of its bucket.
fn filter_bit(feature: u32) -> u32 {
    1 << (feature & 31)
}

/// Adds the weights of an entry: in its bucket stand, for each entry, a bit for each tag that has a weight,
/// then the weights of all.
fn add_weights(entry: Entry<'_>, sums: &mut Sums) {
    let Some((tags, weights)) = entry.data.split_at_checked(entry.count * 2) else { return };
    let tags = tags.as_chunks().0;
    let (before, own) = tags.split_at(entry.place);
    let bits = |tags: &[u8; 2]| u16::from_le_bytes(*tags);
    let start: u32 = before.iter().map(|tags| bits(tags).count_ones()).sum();
    let weights = weights.get(start as usize..).unwrap_or_default();
    let mut tags = own.first().map_or(0, bits);
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

/// The features of a model file, sorted: the filter, and each with its weights, of which none is 0.
#[cfg(feature = "training")]
pub(super) fn write(features: &[(u32, Vec<(usize, i8)>)]) -> Vec<u8> {
    let mut filter = vec![0_u32; BUCKETS];
    for (own, _) in features {
        filter[packed::bucket(*own)] |= filter_bit(*own);
    }
    let bits =
        |weights: &[(usize, i8)]| weights.iter().fold(0_u16, |bits, (tag, _)| bits | 1 << tag);
    let packed = packed::write(features, |features, file| {
        file.extend(features.iter().flat_map(|(_, weights)| bits(weights).to_le_bytes()));
        let weights = features.iter().flat_map(|(_, weights)| weights);
        file.extend(weights.map(|(_, weight)| weight.cast_unsigned()));
    });
    filter.into_iter().flat_map(u32::to_le_bytes).chain(packed).collect()
}

impl Model {
    /// Reads a model file: a line with the command that made it, the unit, the weights of steps, then the
    /// features. What a broken file does not hold weighs nothing.
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
        let features = file.len() - body.0.len();
        let steps_back = std::array::from_fn(|to| std::array::from_fn(|from| steps[from][to]));
        Self { file, features, steps, steps_back, unit }
    }

    /// Adds the weights of features to the sums of a token.
    pub(super) fn add_all(&self, features: &[u32], sums: &mut Sums) {
        let features_of_file = self.file.get(self.features..).unwrap_or_default();
        let Some((filter, packed)) = features_of_file.split_at_checked(FILTER) else { return };
        let (filter, packed) = (filter.as_chunks().0, Packed::new(packed));
        for feature in features {
            let bits =
                filter.get(packed::bucket(*feature)).map_or(0, |bits| u32::from_le_bytes(*bits));
            if bits & filter_bit(*feature) != 0
                && let Some(entry) = packed.get(*feature)
            {
                add_weights(entry, sums);
            }
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
