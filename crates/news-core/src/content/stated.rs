//! Texts that a page states, and which of its lines stand in them.

use memchr::memmem;

use crate::piece::GOLDEN;

/// Letters and digits of a stated text, and what tells quickly that another stands not in it.
#[derive(Debug)]
pub(super) struct Stated {
    letters: Vec<u8>,
    /// A set of hashes of the text's runs of [`RUN`] bytes, as bits: a power of two of words.
    runs: Vec<u64>,
}

/// Bytes of a run.
pub(super) const RUN: usize = 8;
/// Places for each run of the text, so that few other runs are taken for one of them.
const SPREAD: usize = 8;

impl Stated {
    /// Takes the letters and digits of a text in lower case.
    pub(super) fn new(letters: Vec<u8>) -> Self {
        let words = (letters.len() * SPREAD / 64).next_power_of_two();
        let mut runs = vec![0_u64; words];
        for run in letters.array_windows::<RUN>() {
            let (word, bit) = place(*run, words);
            runs[word] |= bit;
        }
        Self { letters, runs }
    }

    /// The text.
    pub(super) fn letters(&self) -> &[u8] {
        &self.letters
    }

    /// Whether a text that begins so may be a part of this one or begin with it.
    pub(super) fn may_share(&self, beginning: &[u8]) -> bool {
        let run = beginning.first_chunk::<RUN>();
        self.letters.len() < RUN || run.is_none_or(|run| self.has_run(*run))
    }

    /// Whether a text is a part of this one.
    pub(super) fn holds(&self, part: &[u8]) -> bool {
        let (runs, _) = part.as_chunks::<RUN>();
        part.len() <= self.letters.len()
            && runs.iter().all(|run| self.has_run(*run))
            && memmem::find(&self.letters, part).is_some()
    }

    /// Whether this text is a part of another.
    pub(super) fn is_in(&self, whole: &[u8]) -> bool {
        // Where it ends at the end, it begins here; a run from here on is its own wherever it stands.
        let Some(last) = whole.len().checked_sub(self.letters.len()) else { return false };
        let run = whole.get(last..).and_then(|rest| rest.first_chunk::<RUN>());
        let is_inside = last + RUN <= self.letters.len();
        !run.is_some_and(|run| is_inside && !self.has_run(*run))
            && memmem::find(whole, &self.letters).is_some()
    }

    fn has_run(&self, run: [u8; RUN]) -> bool {
        let (word, bit) = place(run, self.runs.len());
        self.runs[word] & bit != 0
    }
}

/// The word, of a power of two of words, and the bit by which a run is noted.
fn place(run: [u8; RUN], words: usize) -> (usize, u64) {
    // Only the uppermost bits of the product depend on all bytes.
    let hash = u64::from_le_bytes(run).wrapping_mul(GOLDEN);
    ((hash >> 40) as usize & (words - 1), 1 << (hash >> 58))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(letters: &str) -> Stated {
        Stated::new(letters.as_bytes().to_owned())
    }

    #[test]
    fn parts_are_found() {
        let whole = "thecouncilhasvotedforthenewbridge";
        let text = stated(whole);
        for from in 0..whole.len() {
            for to in from..=whole.len() {
                let part = whole.get(from..to).unwrap_or_default();
                assert!(text.holds(part.as_bytes()) && stated(part).is_in(whole.as_bytes()));
            }
        }
    }

    #[test]
    fn what_is_no_part_is_not_found() {
        let text = stated("thecouncilhasvoted");
        for other in ["thecouncilhadvoted", "ecouncilhasvotedforit", "councillor", "x"] {
            let other = other.as_bytes();
            assert!(!text.holds(other) && !text.is_in(other), "{other:?}");
        }
        assert!(
            text.may_share(b"council")
                && text.may_share(b"councilh")
                && !text.may_share(b"councild")
        );
        assert!(!text.holds(b"thecouncilhasvotedfor") && text.is_in(b"thecouncilhasvotedfor"));
        assert!(text.holds(b"") && !text.is_in(b""));
        assert!(stated("").is_in(b"a") && !stated("").holds(b"a") && stated("").holds(b""));
    }
}
