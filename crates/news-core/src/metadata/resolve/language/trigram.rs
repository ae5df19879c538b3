//! Three characters in a row as a number, which the build looks up by too (`build/languages.rs`).

/// What stands between words in trigrams.
pub(crate) const SPACE: char = ' ';

/// Bits of a character; those of planes that hold rare Chinese characters only are one.
const BITS: u32 = 17;
/// Bits of a trigram. Those above hold its count in a text.
pub(crate) const TRIGRAM: u64 = (1 << (3 * BITS)) - 1;

/// The trigram behind `trigram`, when `c` follows.
pub(crate) fn push(trigram: u64, c: char) -> u64 {
    let c = u64::from(c).min((1 << BITS) - 1);
    (trigram << BITS | c) & TRIGRAM
}

/// Whether a trigram is no gap between words.
pub(crate) fn holds_letters(trigram: u64) -> bool {
    let at = |place: u32| trigram >> (place * BITS) & ((1 << BITS) - 1) == u64::from(SPACE);
    !(at(1) && (at(0) || at(2)))
}

/// What a trigram is looked up by.
pub(crate) fn bytes(trigram: u64) -> [u8; 7] {
    let [bytes @ .., _] = trigram.to_le_bytes();
    bytes
}
