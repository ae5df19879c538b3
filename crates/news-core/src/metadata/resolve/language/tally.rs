//! The trigrams of a text, the most frequent first.

use super::trigram::{SPACE, push};

/// Letters of a text and the spaces between, as numbers in the order of Unicode.
#[derive(Debug)]
pub(super) struct Tally {
    /// The characters by their numbers.
    letters: Vec<char>,
    /// The text, with a space behind it and spaces before it.
    text: Vec<u16>,
}

impl Tally {
    /// Takes the letters of a text in lower case, and [`SPACE`] for all between.
    pub(super) fn of(chars: &[char]) -> Self {
        // Nearly all are ASCII, or one of few.
        let mut letters: Vec<char> = Vec::new();
        let mut ascii = [false; 128];
        ascii[SPACE as usize] = true;
        for c in chars {
            match ascii.get_mut(*c as usize) {
                Some(is_there) => *is_there = true,
                None => letters.push(*c),
            }
        }
        letters.extend((0..128_u8).filter(|byte| ascii[usize::from(*byte)]).map(char::from));
        letters.sort_unstable();
        letters.dedup();
        let mut numbers = [0; 128];
        for (number, c) in (0..).zip(&letters) {
            if let Some(place) = numbers.get_mut(*c as usize) {
                *place = number;
            }
        }
        let number = |c: &char| match numbers.get(*c as usize) {
            Some(number) => *number,
            None => letters.binary_search(c).unwrap_or_default() as u16,
        };
        let space = numbers[SPACE as usize];
        let mut text = Vec::with_capacity(chars.len() + 3);
        text.extend([space, space]);
        text.extend(chars.iter().map(number));
        text.push(space);
        Self { letters, text }
    }

    /// The trigrams, the most frequent first, of equals the later in the order of Unicode; no more than
    /// `most`.
    pub(super) fn by_frequency(&self, most: usize) -> Vec<u64> {
        let counted = self.counted();
        let largest = counted.iter().map(|(_, count)| *count).max().unwrap_or_default();
        // Behind each count, how many trigrams are more frequent.
        let mut places = vec![0; largest as usize + 2];
        for (_, count) in &counted {
            places[(largest - count) as usize + 1] += 1;
        }
        for at in 1..places.len() {
            places[at] += places[at - 1];
        }
        let mut out = vec![0; counted.len()];
        for (trigram, count) in counted.iter().rev() {
            let place = &mut places[(largest - count) as usize];
            out[*place] = *trigram;
            *place += 1;
        }
        out.truncate(most);
        out
    }

    /// The trigrams in the order of Unicode, with their counts.
    fn counted(&self) -> Vec<(u64, u32)> {
        let sorted = self.sorted();
        let counted = sorted.chunk_by(|a, b| a == b).map(|same| {
            let numbers = [same[0] >> 32, same[0] >> 16 & 0xffff, same[0] & 0xffff];
            let letters = numbers.map(|number| self.letters[number as usize]);
            (letters.into_iter().fold(0, push), same.len() as u32)
        });
        counted.collect()
    }

    /// All trigrams of the text but gaps between words, as numbers of their letters in 16 bits each. Sorted
    /// by one letter after the other, since comparing them would cost a jump that nothing foresees each time.
    fn sorted(&self) -> Vec<u64> {
        let space = self.text.first().copied().unwrap_or_default();
        let trigram = |[a, b, c]: &[u16; 3]| {
            let is_gap = *b == space && (*a == space || *c == space);
            let trigram = u64::from(*a) << 32 | u64::from(*b) << 16 | u64::from(*c);
            (!is_gap).then_some(trigram)
        };
        let mut sorted: Vec<u64> = self.text.array_windows().filter_map(trigram).collect();
        let mut other = vec![0; sorted.len()];
        let mut places = vec![0; self.letters.len() + 1];
        for shift in [0, 16, 32] {
            let letter = |trigram: u64| (trigram >> shift & 0xffff) as usize;
            places.fill(0);
            for trigram in &sorted {
                places[letter(*trigram) + 1] += 1;
            }
            for at in 1..places.len() {
                places[at] += places[at - 1];
            }
            for trigram in &sorted {
                let place = &mut places[letter(*trigram)];
                other[*place] = *trigram;
                *place += 1;
            }
            std::mem::swap(&mut sorted, &mut other);
        }
        sorted
    }
}
