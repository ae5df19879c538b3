//! Tables that the build lays out (`build/`): looked up in the bytes where they stand, so that a process
//! builds nothing, and reads of them no more than it asks for.

/// From keys of at most 255 bytes to what is known of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frozen<'f> {
    /// Open addressing: 0, or where a record begins, with a mark of its key's hash above.
    slots: &'f [[u8; 4]],
    /// A byte that is no record, then records: length of the key, the key, what is known of it.
    records: &'f [u8],
}

/// Bits of a slot that say where its record begins.
pub(crate) const PLACE: u32 = 0xff_ffff;

impl<'f> Frozen<'f> {
    /// The table in a file that the build wrote: the number of slots, the slots, the records.
    pub(crate) const fn new(file: &'f [u8]) -> Self {
        let (slots, records) = match file.split_first_chunk() {
            Some((count, rest)) => {
                match rest.split_at_checked(u32::from_le_bytes(*count) as usize * 4) {
                    Some((slots, records)) => (slots, records),
                    None => (&[] as &[u8], rest),
                }
            }
            None => (&[] as &[u8], file),
        };
        Self { slots: slots.as_chunks().0, records }
    }

    /// What is known of `key`: the records from there on.
    pub(crate) fn get(&self, key: &[u8]) -> Option<&'f [u8]> {
        let hash = hash(key);
        let mut at = slot(hash, self.slots.len());
        for _ in self.slots {
            let slot = u32::from_le_bytes(*self.slots.get(at)?);
            if slot == 0 {
                return None;
            }
            if slot & !PLACE == mark(hash)
                && let Some(known) = self.known((slot & PLACE) as usize, key)
            {
                return Some(known);
            }
            at = if at + 1 < self.slots.len() { at + 1 } else { 0 };
        }
        None
    }

    fn known(&self, record: usize, key: &[u8]) -> Option<&'f [u8]> {
        let (length, rest) = self.records.get(record..)?.split_first()?;
        let (own, known) = rest.split_at_checked(usize::from(*length))?;
        (own == key).then_some(known)
    }
}

/// A hash of eight bytes a step. The keys are ours, so nobody can make them collide.
pub(crate) fn hash(key: &[u8]) -> u64 {
    let step = |hash: u64, word: u64| {
        let product = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        product ^ product >> 32
    };
    let (words, rest) = key.as_chunks();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let rest = rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
    step(words.fold(key.len() as u64, step), rest)
}

/// The first of `slots` slots to look at.
pub(crate) fn slot(hash: u64, slots: usize) -> usize {
    (((hash & 0xffff_ffff) * slots as u64) >> 32) as usize
}

/// The bits of the hash that a slot holds.
pub(crate) fn mark(hash: u64) -> u32 {
    (hash >> 32) as u32 & !PLACE
}
