//! What is known of words beforehand: groups of words that stand in like places.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::packed::{Data, Packed};
#[cfg(feature = "training")]
use super::token::hash;

/// The word groups; its first line is the command that made it.
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

/// The two bytes of a group.
#[derive(Debug)]
struct Group;

impl Data for Group {
    fn length(bytes: &[u8]) -> Option<usize> {
        (bytes.len() >= 2).then_some(2)
    }
}

static TABLE: LazyLock<Packed<'static, Group>> = LazyLock::new(|| {
    let body = GROUPS.splitn(2, |byte| *byte == b'\n').nth(1).unwrap_or_default();
    Packed::new(Cow::Borrowed(body), |_| {})
});

/// What is known of a word, by the hash of its lower case.
pub(super) fn word(lower: u32) -> Word {
    match TABLE.get(lower) {
        Some([low, high, ..]) => Word(u16::from_le_bytes([*low, *high])),
        _ => Word(NO_GROUP),
    }
}

/// The file of word groups for `words` (lower case, group), in any order.
#[cfg(feature = "training")]
pub(super) fn write<'w>(command: &str, words: impl Iterator<Item = (&'w str, u16)>) -> Vec<u8> {
    let by_hash: std::collections::BTreeMap<u32, u16> =
        words.map(|(word, group)| (hash(word.as_bytes()), group)).collect();
    let mut file = format!("{command}\n").into_bytes();
    let mut last = 0;
    for (hash, group) in by_hash {
        let mut step = hash - last;
        while step >= 0x80 {
            file.push(step as u8 | 0x80);
            step >>= 7;
        }
        file.push(step as u8);
        file.extend(group.to_le_bytes());
        last = hash;
    }
    file
}
