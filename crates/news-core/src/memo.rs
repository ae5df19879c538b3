//! Answers remembered for strings that recur, as the class attributes of a page do, and the hash by which
//! strings are found again.

use crate::piece::{GOLDEN, head};

/// Strings remembered at a time: the pages of the collection use up to 720 class attributes.
const MOST: usize = 2048;
/// Places for them.
const SLOTS: usize = 2 * MOST;
/// Places in a row in which a string may stand.
const PROBES: usize = 8;

/// The last answers. What hostile strings push out is found again, so that they cost no more than without
/// a memory.
#[derive(Debug)]
pub(crate) struct Memo<'a, T> {
    /// Places in `known`, one added; 0 for none.
    slots: Vec<u16>,
    known: Vec<(&'a str, T)>,
}

impl<T> Default for Memo<'_, T> {
    fn default() -> Self {
        Self { slots: vec![0; SLOTS], known: Vec::with_capacity(MOST / 8) }
    }
}

impl<'a, T> Memo<'a, T> {
    /// What `read` says of the text, now or when it was asked before.
    pub(crate) fn get(&mut self, text: &'a str, read: impl FnOnce(&'a str) -> T) -> &T {
        let at = self.find(text).unwrap_or_else(|slot| {
            if self.known.len() >= MOST {
                self.slots.fill(0);
                self.known.clear();
            }
            self.known.push((text, read(text)));
            self.slots[slot] = self.known.len() as u16;
            self.known.len() - 1
        });
        &self.known[at].1
    }

    /// Where a text is known, else the slot that it may take.
    fn find(&self, text: &str) -> Result<usize, usize> {
        let first = hash(text.as_bytes()) as usize;
        let mut slot = first % SLOTS;
        for probe in 0..PROBES {
            slot = (first + probe) % SLOTS;
            let Some(at) = usize::from(self.slots[slot]).checked_sub(1) else { break };
            if self.known[at].0 == text {
                return Ok(at);
            }
        }
        Err(slot)
    }
}

/// A hash in which every byte counts for every bit. Whoever wants to can make it collide: what is found by
/// it is bounded by something else.
pub(crate) fn hash(text: &[u8]) -> u64 {
    let (words, rest) = text.as_chunks::<8>();
    let hash =
        words.iter().fold(text.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    mix(hash, head(rest))
}

/// One step of [`hash`]: a product whose upper half comes back into the lower.
pub(crate) fn mix(hash: u64, word: u64) -> u64 {
    let product = u128::from(hash ^ word ^ 0x51_7c_c1_b7_27_22_0a_95) * u128::from(GOLDEN);
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_belongs_to_its_text() {
        let mut memo = Memo::default();
        let texts: Vec<String> = (0..3 * MOST).map(|i| format!("post-{i}")).collect();
        for text in texts.iter().chain(&texts) {
            assert_eq!(memo.get(text, str::len), &text.len());
        }
    }

    #[test]
    fn a_text_is_read_once() {
        let (mut memo, mut reads) = (Memo::default(), 0);
        for _ in 0..3 {
            memo.get("article-body", |_| reads += 1);
        }
        assert_eq!(reads, 1);
    }

    #[test]
    fn every_byte_counts() {
        let texts: Vec<String> = (0..20).map(|n| "a".repeat(n)).collect();
        let short = |text: &[u8]| hash(text) % (1 << 24);
        let mut hashes: Vec<u64> = texts.iter().map(|text| short(text.as_bytes())).collect();
        for at in 0..19 {
            let mut other = texts[19].clone().into_bytes();
            other[at] = b'b';
            hashes.push(short(&other));
        }
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), 39);
    }
}
