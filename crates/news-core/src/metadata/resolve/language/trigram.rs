//! Three characters in a row as a number, which the build looks up by too (`build/languages.rs`).

/// What stands between words in trigrams.
pub(crate) const SPACE: char = ' ';

/// Bits of a character; those of planes that hold rare Chinese characters only are one.
const BITS: u32 = 17;
/// Bits of a trigram.
const TRIGRAM: u64 = (1 << (3 * BITS)) - 1;

/// The last character that is told from those behind it.
pub(crate) const LAST: char = '\u{1ffff}';

/// The trigram behind `trigram`, when `c` follows.
pub(crate) fn push(trigram: u64, c: char) -> u64 {
    (trigram << BITS | u64::from(c.min(LAST))) & TRIGRAM
}

/// What a trigram is looked up by.
pub(crate) fn bytes(trigram: u64) -> [u8; 7] {
    let [bytes @ .., _] = trigram.to_le_bytes();
    bytes
}
