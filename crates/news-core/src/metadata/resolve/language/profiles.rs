//! The languages of one script, told by their alphabets and by their most frequent trigrams: the method of
//! Cavnar and Trenkle, "N-Gram-Based Text Categorization" (1994), as the crate whatlang measures it.

use super::tally::Tally;
use super::trigram::{LAST, SPACE, bytes};
use crate::frozen::Frozen;
use crate::letters::lower;
use crate::lexicon;

/// Trigrams of a language, and the largest distance of one between language and text, in ranks.
const TRIGRAMS: u32 = 300;
/// Trigrams of a text that count, the most frequent ones.
const TEXT_TRIGRAMS: usize = 600;
/// Most languages of one script.
const LANGUAGES: usize = 64;

/// What is known of the languages of a script.
#[derive(Debug)]
pub(super) struct Profiles {
    /// Two-letter codes.
    languages: Vec<&'static str>,
    /// Letters, sorted, with the languages that lack each as bits. Empty: alphabets tell nothing.
    letters: Vec<(char, u64)>,
    /// Trigrams: the number of languages that have each, then each of them with the rank that it has there.
    trigrams: Frozen<'static>,
}

/// The languages of a script, as the build lays them out.
macro_rules! profiles {
    ($script:literal) => {
        Profiles::new(
            include_str!(concat!(env!("OUT_DIR"), "/alphabets_", $script, ".tsv")),
            include_bytes!(concat!(env!("OUT_DIR"), "/trigrams_", $script, ".table")),
        )
    };
}

pub(super) use profiles;

impl Profiles {
    /// The languages of a list with their alphabets, and the table of their trigrams.
    pub(super) fn new(alphabets: &'static str, trigrams: &'static [u8]) -> Self {
        let (mut languages, mut letters) = (Vec::new(), Vec::new());
        for row in lexicon::rows(alphabets).take(LANGUAGES) {
            if let [code, alphabet] = row.as_slice() {
                letters.extend(alphabet.chars().map(|c| (c, 1_u64 << languages.len())));
                languages.push(*code);
            }
        }
        let letters = lacking(letters, languages.len());
        Self { languages, letters, trigrams: Frozen::new(trigrams) }
    }

    /// The languages that have a trigram: the place of each, and the two bytes of its rank.
    fn ranks(&self, trigram: u64) -> &'static [[u8; 3]] {
        let known = self.trigrams.get(&bytes(trigram)).and_then(<[u8]>::split_first);
        let all = known.map_or(&[][..], |(_, ranks)| ranks.as_chunks().0);
        all.get(..known.map_or(0, |(count, _)| usize::from(*count))).unwrap_or_default()
    }

    /// The language that a text is surely in; `None` where two are about as likely.
    pub(super) fn detect(&self, text: &str) -> Option<&'static str> {
        let counts = self.count(text);
        let trigrams = counts.trigrams.by_frequency(TEXT_TRIGRAMS);
        let distinct = trigrams.len() as u32;
        // The longer the text, the less its letters tell.
        let weight = (2.0 / 3.0 - f64::from(counts.letters) / 300.0).clamp(1.0 / 3.0, 2.0 / 3.0);
        let furthest = f64::from(distinct * TRIGRAMS);
        let spare = distinct.saturating_sub(TRIGRAMS) * TRIGRAMS;
        let score = |(gain, alphabet): (i32, f64)| {
            let near = f64::from(gain.max(0).unsigned_abs() + spare) / furthest;
            alphabet * weight + near * (1.0 - weight)
        };
        let scores = self.gains(&trigrams).into_iter().zip(counts.alphabets).map(score);
        self.languages.get(surest(scores, distinct)?).copied()
    }

    /// Counts letters and collects trigrams.
    fn count(&self, text: &str) -> Counts {
        let mut ascii = [0_u32; 128];
        let mut others = vec![0_u32; self.letters.len()];
        let mut letters = 0;
        let mut chars = Vec::with_capacity(text.len());
        for_lowered(text, |c| {
            let is_letter = !is_stop(c);
            letters += u32::from(is_letter);
            if c.is_ascii() {
                ascii[c as usize] += 1;
            } else if let Ok(at) = self.letters.binary_search_by_key(&c, |(letter, _)| *letter) {
                others[at] += 1;
            }
            chars.push(if is_letter { c.min(LAST) } else { SPACE });
        });
        let trigrams = Tally::of(&chars);
        for (count, (letter, _)) in others.iter_mut().zip(&self.letters) {
            *count += ascii.get(*letter as usize).copied().unwrap_or(0);
        }
        if self.letters.is_empty() {
            return Counts { letters: 1, alphabets: vec![1.0; self.languages.len()], trigrams };
        }
        Counts { letters, alphabets: self.alphabets(letters, &others), trigrams }
    }

    /// By language: the share of letters in its alphabet less the share of those that are not.
    fn alphabets(&self, letters: u32, counts: &[u32]) -> Vec<f64> {
        let known: u32 = counts.iter().sum();
        let mut own = vec![known; self.languages.len()];
        for (count, (_, lacking)) in counts.iter().zip(&self.letters).filter(|(n, _)| **n > 0) {
            let mut lacking = *lacking;
            while lacking != 0 {
                own[lacking.trailing_zeros() as usize] -= count;
                lacking &= lacking - 1;
            }
        }
        let share = |own: u32| f64::from((2 * own).saturating_sub(letters)) / f64::from(letters);
        own.into_iter().map(share).collect()
    }

    /// By language: how much nearer than the largest distance the trigrams are, in ranks.
    fn gains(&self, trigrams: &[u64]) -> Vec<i32> {
        let mut gains = vec![0; self.languages.len()];
        for (place, key) in (0_i32..).zip(trigrams) {
            for [language, rank @ ..] in self.ranks(*key) {
                let rank = i32::from(u16::from_le_bytes(*rank));
                gains[usize::from(*language)] += TRIGRAMS.cast_signed() - (place - rank).abs();
            }
        }
        gains
    }
}

/// What is counted in a text.
struct Counts {
    /// Its letters.
    letters: u32,
    /// How well they fit the alphabet of each language, 0 to 1.
    alphabets: Vec<f64>,
    /// Its trigrams.
    trigrams: Tally,
}

/// The letters of some alphabets, given as bits of languages, with the languages that lack each.
fn lacking(mut letters: Vec<(char, u64)>, languages: usize) -> Vec<(char, u64)> {
    let all = u64::MAX.checked_shr((LANGUAGES - languages) as u32).unwrap_or(0);
    letters.sort_unstable();
    letters.dedup_by(|more, kept| {
        let is_same = more.0 == kept.0;
        kept.1 |= if is_same { more.1 } else { 0 };
        is_same
    });
    letters.into_iter().map(|(letter, having)| (letter, all & !having)).collect()
}

/// The place of the highest score, where it is surely higher than the next one. The fewer trigrams, the
/// more must lie between them.
fn surest(scores: impl Iterator<Item = f64>, trigrams: u32) -> Option<usize> {
    let (mut best, mut first, mut second) = (None, 0.0, 0.0);
    for (at, score) in scores.enumerate() {
        if score > first {
            (best, first, second) = (Some(at), score, first);
        } else if score > second {
            second = score;
        }
    }
    let wanted = 3.0 / f64::from(trigrams) + 0.015;
    let is_sure =
        if second == 0.0 { first > SURE } else { (first - second) / second / wanted > SURE };
    best.filter(|_| is_sure)
}

/// Confidence from which a language is told.
const SURE: f64 = 0.9;

/// Shows `each` the characters of a text in lower case.
fn for_lowered(text: &str, mut each: impl FnMut(char)) {
    for c in text.chars() {
        match lower(c) {
            Some(lower) => each(lower),
            None => c.to_lowercase().for_each(&mut each),
        }
    }
}

/// Punctuation, digits and spaces of ASCII.
fn is_stop(c: char) -> bool {
    matches!(c, '\0'..='@' | '['..='`' | '{'..='~')
}

#[cfg(test)]
mod tests {
    use super::super::trigram::push;
    use super::*;

    const TABLE: &str = include_str!("../../../../lexicon/language_profiles.tsv");

    fn read(trigram: &str) -> u64 {
        trigram.chars().map(|c| if c == '_' { SPACE } else { c }).fold(0, push)
    }

    #[test]
    fn every_profile_is_found() {
        lexicon::check(TABLE, 4);
        let scripts = [
            ("arabic", profiles!("arabic")),
            ("cyrillic", profiles!("cyrillic")),
            ("devanagari", profiles!("devanagari")),
            ("hebrew", profiles!("hebrew")),
            ("latin", profiles!("latin")),
        ];
        for row in lexicon::rows(TABLE) {
            let (_, profiles) = scripts.iter().find(|(script, _)| *script == row[0]).expect("it");
            let language = profiles.languages.iter().position(|code| *code == row[1]).expect("it");
            assert_eq!(row[3].split(' ').count(), TRIGRAMS as usize);
            for (rank, trigram) in row[3].split(' ').enumerate() {
                let [low, high] = (rank as u16).to_le_bytes();
                let found = profiles.ranks(read(trigram));
                assert!(found.contains(&[language as u8, low, high]), "{trigram} {row:?}");
            }
        }
        assert!(scripts[4].1.ranks(read("xqz")).is_empty());
    }

    #[test]
    fn frequent_trigrams_stand_first() {
        let latin = profiles!("latin");
        let found = |text: &str| latin.count(text).trigrams.by_frequency(TEXT_TRIGRAMS);
        assert_eq!(found("Yes, yes: no"), ["yes", "es_", "_ye", "no_", "_no"].map(read));
        assert_eq!(found("– 5"), ["_–_"].map(read));
    }

    #[test]
    fn close_scores_tell_nothing() {
        assert_eq!(surest([0.5, 0.7, 0.6].into_iter(), 300), Some(1));
        assert_eq!(surest([0.5, 0.7, 0.695].into_iter(), 300), None);
        assert_eq!(surest([0.0, 0.95].into_iter(), 300), Some(1));
        assert_eq!(surest([0.0, 0.0].into_iter(), 300), None);
    }
}
