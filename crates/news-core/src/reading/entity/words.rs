//! What is known of words beforehand: groups of words that stand in like places.

use super::packed::Packed;
#[cfg(feature = "training")]
use super::token::hash;

/// The word groups: a line with the command that made them, and two bytes for each word's hash.
const GROUPS: &[u8] = include_bytes!("words.model");

/// No group is known.
pub(super) const NO_GROUP: u16 = 0x7ff;

/// What is known of a word: its group in the low bits, and above them how it is written in running text:
/// 0 unknown, 1 small, 2 with a capital, 3 both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word(u16);

impl Word {
    /// The group of words that stand in like places; [`NO_GROUP`] where none is known.
    pub(super) fn group(self) -> u16 {
        self.0 & NO_GROUP
    }

    /// How the word is written in running text.
    pub(super) fn case(self) -> u16 {
        self.0 >> 11
    }
}

static BODY: &[u8] = body(GROUPS);

/// A file behind its first line.
const fn body(file: &[u8]) -> &[u8] {
    let mut rest = file;
    while let [first, behind @ ..] = rest {
        rest = behind;
        if *first == b'\n' {
            break;
        }
    }
    rest
}

/// What is known of a word, by the hash of its lower case.
pub(super) fn word(lower: u32) -> Word {
    let group = Packed::new(BODY).get(lower).and_then(|entry| entry.data.get(entry.place * 2..));
    match group {
        Some([low, high, ..]) => Word(u16::from_le_bytes([*low, *high])),
        _ => Word(NO_GROUP),
    }
}

/// The file of word groups for `words` (lower case, group), in any order.
#[cfg(feature = "training")]
pub(super) fn write<'w>(command: &str, words: impl Iterator<Item = (&'w str, u16)>) -> Vec<u8> {
    let by_hash: std::collections::BTreeMap<u32, u16> =
        words.map(|(word, group)| (hash(word.as_bytes()), group)).collect();
    let entries: Vec<(u32, u16)> = by_hash.into_iter().collect();
    let groups = |words: &[(u32, u16)], file: &mut Vec<u8>| {
        file.extend(words.iter().flat_map(|(_, group)| group.to_le_bytes()));
    };
    [format!("{command}\n").into_bytes(), super::packed::write(&entries, groups)].concat()
}
