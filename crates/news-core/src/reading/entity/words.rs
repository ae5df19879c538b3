//! What is known of words beforehand: groups of words that stand in like places.

use std::sync::LazyLock;

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

/// No word is here.
const EMPTY: u16 = u16::MAX;

/// A table from word hashes to numbers, open addressing.
#[derive(Debug)]
struct Table {
    slots: Vec<(u32, u16)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(GROUPS));

/// What is known of a word, by the hash of its lower case.
pub(super) fn word(lower: u32) -> Word {
    Word(TABLE.get(lower))
}

impl Table {
    /// Reads the format that [`write`] writes. A broken file gives an empty table.
    fn read(file: &[u8]) -> Self {
        let body = file.splitn(2, |byte| *byte == b'\n').nth(1).unwrap_or_default();
        let entries = entries(body);
        let size = (entries.len() * 2).next_power_of_two().max(2);
        let mut table = Self { slots: vec![(0, EMPTY); size] };
        for (hash, group) in entries {
            table.put(hash, group);
        }
        table
    }

    fn put(&mut self, hash: u32, group: u16) {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while self.slots[slot].1 != EMPTY {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = (hash, group);
    }

    fn get(&self, hash: u32) -> u16 {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let (key, group) = self.slots[slot];
            if group == EMPTY {
                return NO_GROUP;
            }
            if key == hash {
                return group;
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// Hashes as varint steps from one to the next, each with two bytes of group.
fn entries(mut body: &[u8]) -> Vec<(u32, u16)> {
    let mut entries = Vec::new();
    let mut hash = 0_u32;
    while let Some((step, rest)) = varint(body) {
        let [low, high, rest @ ..] = rest else { break };
        hash = hash.wrapping_add(step);
        entries.push((hash, u16::from_le_bytes([*low, *high])));
        body = rest;
    }
    entries
}

/// Seven bits a byte, the lowest first; the high bit says that more follow.
pub(super) fn varint(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let length = bytes.iter().take(5).position(|byte| byte & 0x80 == 0)? + 1;
    let (own, rest) = bytes.split_at(length);
    let value = own.iter().rev().fold(0, |value, byte| (value << 7) | u32::from(byte & 0x7f));
    Some((value, rest))
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
