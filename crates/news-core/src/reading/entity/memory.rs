//! What a document says of its words: a name in a sure context is that name everywhere.

use std::collections::{HashMap, HashSet};

use super::tagger::{Scores, kinds};
use super::token::{Shape, Token};

/// Kinds that are remembered: person, organisation, place, other name.
pub(super) const KINDS: usize = 4;

/// What the first pass saw of a document's words.
#[derive(Debug, Default)]
pub(super) struct Memory {
    names: HashMap<u32, Seen>,
    /// Words that stand in small letters.
    small: HashSet<u32>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    count: f32,
    best: [f32; KINDS],
    sum: [f32; KINDS],
    /// The best of the tags of [`PLACES`].
    places: [f32; PLACES.len()],
}

/// Tags that say in which place of a longer name a word stands: first or last of a person's, first or last
/// of an organisation's, first of a place's; and those of names of one word.
const PLACES: [usize; 8] = [1, 3, 5, 7, 9, 4, 8, 12];

/// Above it a first reading is sure.
const SURE: f32 = 0.9;
/// Above it a first reading is sure of the place in a name.
const SURE_PLACE: f32 = 0.8;
/// Above it a first reading is likely.
const LIKELY: f32 = 0.5;

impl Memory {
    /// Notes the words in small letters.
    pub(super) fn note_small(&mut self, tokens: &[Token]) {
        let small = tokens.iter().filter(|t| t.shape == Shape::Lower);
        self.small.extend(small.map(|t| t.lower));
    }

    /// Notes how likely each tag of a token is.
    pub(super) fn note(&mut self, token: &Token, shares: &Scores) {
        if !token.is_capital() {
            return;
        }
        let seen = self.names.entry(token.lower).or_default();
        seen.count += 1.0;
        for (place, tag) in PLACES.into_iter().enumerate() {
            seen.places[place] = seen.places[place].max(shares[tag]);
        }
        for (kind, share) in kinds(shares).into_iter().enumerate() {
            seen.best[kind] = seen.best[kind].max(share);
            seen.sum[kind] += share;
        }
    }

    /// The word stands in small letters somewhere.
    pub(super) fn stands_small(&self, lower: u32) -> bool {
        self.small.contains(&lower)
    }

    /// A number for what the word was read as: 0 where it stands once only.
    pub(super) fn hint(&self, lower: u32) -> u32 {
        let Some(seen) = self.names.get(&lower).filter(|seen| seen.count > 1.5) else { return 0 };
        let (kind, sum) = largest(&seen.sum);
        let sure = seen.best.iter().filter(|best| **best > SURE).count();
        let share = sum / seen.count;
        let level = if share > SURE {
            3
        } else if share > LIKELY {
            2
        } else {
            1
        };
        let (best, top) = largest(&seen.best);
        let top = if top > SURE { best as u32 + 1 } else { 0 };
        1 + kind as u32 + 4 * (level + 4 * (top + 5 * sure.min(2) as u32))
    }

    /// A number for the places in names in which the word surely stands; 0 where it stands once only.
    pub(super) fn places(&self, lower: u32) -> u32 {
        let Some(seen) = self.names.get(&lower).filter(|seen| seen.count > 1.5) else { return 0 };
        let sure = seen.places.iter().enumerate().filter(|(_, share)| **share > SURE_PLACE);
        sure.map(|(place, _)| 1 << place).sum::<u32>() + 1
    }
}

fn largest(values: &[f32; KINDS]) -> (usize, f32) {
    let mut found = (0, values[0]);
    for (kind, value) in values.iter().enumerate().skip(1) {
        if *value > found.1 {
            found = (kind, *value);
        }
    }
    found
}
