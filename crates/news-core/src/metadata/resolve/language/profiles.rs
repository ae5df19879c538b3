//! The languages of one script, told by their alphabets and by their most frequent trigrams: the method of
//! Cavnar and Trenkle, "N-Gram-Based Text Categorization" (1994), as the crate whatlang measures it.

use crate::lexicon;

/// `lexicon/language_profiles.tsv`.
const TABLE: &str = include_str!("../../../../lexicon/language_profiles.tsv");

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
    /// By the hash of a trigram: its place in `entries`, or [`FREE`].
    slots: Vec<u16>,
    /// Trigrams, each with the end of its ranks; they begin where those before it end.
    entries: Vec<(u64, u32)>,
    /// Languages that have a trigram, with its rank in each.
    ranks: Vec<(u8, u16)>,
}

/// A slot without an entry.
const FREE: u16 = u16::MAX;

impl Profiles {
    /// The languages of the script that the table calls `script`.
    pub(super) fn of(script: &str) -> Self {
        let (mut languages, mut letters, mut ranked) = (Vec::new(), Vec::new(), Vec::new());
        for row in lexicon::rows(TABLE) {
            let [of, code, alphabet, trigrams] = row.as_slice() else { continue };
            if *of == script && languages.len() < LANGUAGES {
                let language = languages.len() as u8;
                languages.push(*code);
                letters.extend(alphabet.chars().map(|c| (c, 1_u64 << language)));
                let keys = trigrams.split(' ').map(key);
                ranked.extend((0..).zip(keys).map(|(rank, key)| (key, language, rank)));
            }
        }
        ranked.sort_unstable();
        let mut profiles = Self {
            letters: lacking(letters, languages.len()),
            languages,
            slots: Vec::new(),
            entries: Vec::new(),
            ranks: ranked.iter().map(|(_, language, rank)| (*language, *rank)).collect(),
        };
        let mut end = 0;
        for same in ranked.chunk_by(|a, b| a.0 == b.0) {
            end += same.len() as u32;
            profiles.entries.extend(same.first().map(|(key, ..)| (*key, end)));
        }
        profiles.fill();
        profiles
    }

    /// Files the entries by their hashes, half of the slots free.
    fn fill(&mut self) {
        self.slots = vec![FREE; (2 * self.entries.len()).next_power_of_two()];
        let last = self.slots.len() - 1;
        for (at, (key, _)) in self.entries.iter().enumerate() {
            let mut slot = hash(*key) & last;
            while self.slots[slot] != FREE {
                slot = (slot + 1) & last;
            }
            self.slots[slot] = at as u16;
        }
    }

    /// The languages that have a trigram, with its rank in each.
    fn ranks(&self, key: u64) -> &[(u8, u16)] {
        let last = self.slots.len() - 1;
        let mut slot = hash(key) & last;
        while let Some((known, end)) = self.entries.get(self.slots[slot] as usize) {
            if *known == key {
                let before = self.slots[slot].checked_sub(1).map(usize::from);
                let start = before.and_then(|at| self.entries.get(at)).map_or(0, |(_, end)| *end);
                return self.ranks.get(start as usize..*end as usize).unwrap_or_default();
            }
            slot = (slot + 1) & last;
        }
        &[]
    }

    /// The language that a text is surely in; `None` where two are about as likely.
    pub(super) fn detect(&self, text: &str) -> Option<&'static str> {
        let counts = self.count(text);
        let trigrams = counts.trigrams.by_frequency();
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
        let mut trigrams = Tally::of(text.len());
        let mut ascii = [0_u32; 128];
        let mut others = vec![0_u32; self.letters.len()];
        let mut letters = 0;
        let mut window = join([SPACE; 3]);
        for c in lowered(text) {
            let is_letter = !is_stop(c);
            letters += u32::from(is_letter);
            if c.is_ascii() {
                ascii[c as usize] += 1;
            } else if let Ok(at) = self.letters.binary_search_by_key(&c, |(letter, _)| *letter) {
                others[at] += 1;
            }
            window = push(window, if is_letter { c } else { SPACE });
            if holds_letters(window) {
                trigrams.add(window);
            }
        }
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
            for (language, rank) in self.ranks(*key) {
                gains[*language as usize] +=
                    TRIGRAMS.cast_signed() - (place - i32::from(*rank)).abs();
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

/// Trigrams, and how often each occurs.
struct Tally {
    /// By the hash of a trigram: its key, and its count above that; 0 where a slot is free.
    slots: Vec<u64>,
}

impl Tally {
    /// Room for the trigrams of a text, which are no more than its bytes and the space behind them, half
    /// of it free.
    fn of(bytes: usize) -> Self {
        Self { slots: vec![0; (2 * bytes + 2).next_power_of_two()] }
    }

    fn add(&mut self, key: u64) {
        let last = self.slots.len() - 1;
        let mut at = hash(key) & last;
        while self.slots[at] != 0 && self.slots[at] & KEY != key {
            at = (at + 1) & last;
        }
        self.slots[at] = (self.slots[at] | key) + KEY + 1;
    }

    /// The trigrams, the most frequent first, of equals the later in the order of Unicode; no more than
    /// [`TEXT_TRIGRAMS`].
    fn by_frequency(self) -> Vec<u64> {
        let mut counted = self.slots;
        counted.retain(|slot| *slot != 0);
        counted.sort_unstable_by(|a, b| b.cmp(a));
        counted.truncate(TEXT_TRIGRAMS);
        counted.into_iter().map(|slot| slot & KEY).collect()
    }
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

/// What stands between words in trigrams.
const SPACE: char = ' ';

/// Bits of a character in the key of a trigram; those of planes that hold rare Chinese characters only
/// are one.
const BITS: u32 = 17;
/// Bits of a key. Those above hold the count of a trigram in a text.
const KEY: u64 = (1 << (3 * BITS)) - 1;

fn join(trigram: [char; 3]) -> u64 {
    trigram.into_iter().fold(0, push)
}

/// The trigram behind `trigram`, when `c` follows.
fn push(trigram: u64, c: char) -> u64 {
    let c = u64::from(c).min((1 << BITS) - 1);
    (trigram << BITS | c) & KEY
}

/// Whether a trigram is no gap between words.
fn holds_letters(trigram: u64) -> bool {
    let at = |place: u32| trigram >> (place * BITS) & ((1 << BITS) - 1) == u64::from(SPACE);
    !(at(1) && (at(0) || at(2)))
}

/// The key of a trigram of the table, which writes `_` for a space.
fn key(trigram: &str) -> u64 {
    trigram.chars().map(|c| if c == '_' { SPACE } else { c }).fold(0, push)
}

/// The characters of a text in lower case, and the space behind them.
fn lowered(text: &str) -> Vec<char> {
    let mut chars = Vec::with_capacity(text.len() + 1);
    for c in text.chars() {
        if c.is_ascii() {
            chars.push(c.to_ascii_lowercase());
        } else {
            chars.extend(c.to_lowercase());
        }
    }
    chars.push(SPACE);
    chars
}

/// Punctuation, digits and spaces of ASCII.
fn is_stop(c: char) -> bool {
    matches!(c, '\0'..='@' | '['..='`' | '{'..='~')
}

/// Fibonacci hashing: the upper bits of a product.
fn hash(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_is_read() {
        lexicon::check(TABLE, 4);
        let scripts = ["arabic", "cyrillic", "devanagari", "hebrew", "latin"];
        let profiles = scripts.map(Profiles::of);
        let languages: usize = profiles.iter().map(|p| p.languages.len()).sum();
        assert_eq!(languages, lexicon::lines(TABLE).count());
        for profile in &profiles {
            assert_eq!(profile.ranks.len(), profile.languages.len() * TRIGRAMS as usize);
        }
    }

    #[test]
    fn trigrams_are_found_with_the_languages_that_have_them() {
        let latin = Profiles::of("latin");
        let of = |trigram: &str| {
            let ranks = latin.ranks(key(trigram)).iter();
            ranks.map(|(l, rank)| (latin.languages[*l as usize], *rank)).collect::<Vec<_>>()
        };
        assert!(of("_th").contains(&("en", 0)), "{:?}", of("_th"));
        assert_eq!(of("xqz"), []);
    }

    #[test]
    fn frequent_trigrams_stand_first() {
        let keys = |text: &str| Profiles::of("latin").count(text).trigrams.by_frequency();
        assert_eq!(keys("Yes, yes: no"), ["yes", "es_", "_ye", "no_", "_no"].map(key));
        assert_eq!(keys("– 5"), ["_–_"].map(key));
    }

    #[test]
    fn close_scores_tell_nothing() {
        assert_eq!(surest([0.5, 0.7, 0.6].into_iter(), 300), Some(1));
        assert_eq!(surest([0.5, 0.7, 0.695].into_iter(), 300), None);
        assert_eq!(surest([0.0, 0.95].into_iter(), 300), Some(1));
        assert_eq!(surest([0.0, 0.0].into_iter(), 300), None);
    }
}
