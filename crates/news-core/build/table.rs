//! Reading of word lists, and writing of tables.

use std::collections::BTreeMap;
use std::fs;

use self::frozen::{Frozen, PLACE, hash, mark, slot};

#[path = "../src/frozen.rs"]
mod frozen;

/// A word list of `lexicon/`.
pub(crate) fn read(name: &str) -> String {
    let path = format!("lexicon/{name}");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The entries of a word list, as their columns.
pub(crate) fn rows(file: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = file.lines().map(|line| line.trim_end_matches([' ', '\r']));
    let entries = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    entries.map(|line| line.split('\t').collect())
}

/// The file of a table of keys and what is known of them.
pub(crate) fn file(entries: &BTreeMap<Vec<u8>, Vec<u8>>) -> Vec<u8> {
    // Two thirds full: a lookup takes two steps, and the slots are a fifth of the file.
    file_of(entries, entries.len() * 3 / 2 + 1)
}

/// The same of a small table that is mostly asked for what is not in it: one step finds that.
pub(crate) fn sparse(entries: &BTreeMap<Vec<u8>, Vec<u8>>) -> Vec<u8> {
    file_of(entries, entries.len() * 4 + 1)
}

fn file_of(entries: &BTreeMap<Vec<u8>, Vec<u8>>, count: usize) -> Vec<u8> {
    let mut slots = vec![0_u32; count];
    let mut records = vec![0];
    for (key, known) in entries {
        let record = u32::try_from(records.len()).ok().filter(|place| *place <= PLACE);
        let hash = hash(key);
        let mut at = slot(hash, count);
        while slots[at] != 0 {
            at = (at + 1) % count;
        }
        slots[at] = mark(hash) | record.expect("a table has less than 16 MB");
        records.push(u8::try_from(key.len()).expect("a key has at most 255 bytes"));
        records.extend(key);
        records.extend(known);
    }
    let mut file = (count as u32).to_le_bytes().to_vec();
    file.extend(slots.into_iter().flat_map(u32::to_le_bytes));
    file.extend(records);
    let table = Frozen::new(&file);
    for (key, known) in entries {
        assert!(table.get(key).is_some_and(|found| found.starts_with(known)), "{key:?} is found");
    }
    file
}
