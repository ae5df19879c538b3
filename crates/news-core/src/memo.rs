//! Answers remembered for strings that recur, as the class attributes of a page do.

/// Strings remembered at a time: a page uses some hundred class attributes.
const SLOTS: usize = 1024;

/// The last answer in each slot. What hostile strings push out is found again, so that they cost no
/// more than without a memory.
#[derive(Debug)]
pub(crate) struct Memo<'a, T> {
    slots: Vec<Option<(&'a str, T)>>,
}

impl<T> Default for Memo<'_, T> {
    fn default() -> Self {
        Self { slots: std::iter::repeat_with(|| None).take(SLOTS).collect() }
    }
}

impl<'a, T> Memo<'a, T> {
    /// What `read` says of the text, now or when it was asked before.
    pub(crate) fn get(&mut self, text: &'a str, read: impl FnOnce(&'a str) -> T) -> &T {
        let slot = &mut self.slots[slot_of(text.as_bytes())];
        if slot.as_ref().is_some_and(|(known, _)| *known != text) {
            *slot = None;
        }
        &slot.get_or_insert_with(|| (text, read(text))).1
    }
}

/// FNV-1a over words of eight bytes.
fn slot_of(text: &[u8]) -> usize {
    let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x0100_0000_01b3);
    let (words, rest) = text.as_chunks::<8>();
    let hash =
        words.iter().fold(text.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let hash = rest.iter().fold(hash, |hash, byte| mix(hash, u64::from(*byte)));
    (hash ^ hash >> 32) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_belongs_to_its_text() {
        let mut memo = Memo::default();
        let texts: Vec<String> = (0..3 * SLOTS).map(|i| format!("post-{i}")).collect();
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
}
