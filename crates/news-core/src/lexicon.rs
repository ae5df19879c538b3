//! Word lists: data files, one entry a line, `#` comments, tab columns; and tables that are asked for
//! each word of a page.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// What each of a fixed list of words stands for. For lists of ours only: whoever chooses the keys could
/// make them collide.
pub(crate) type Table<T> = WordMap<&'static str, T>;

/// The words of a fixed list.
pub(crate) type WordSet = HashSet<&'static str, BuildHasherDefault<Fnv>>;

/// A map whose keys, or their hashes, come from lists of ours.
pub(crate) type WordMap<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// FNV-1a: short words hash in a fifth of the time that the standard library's hash takes.
#[derive(Debug, Clone)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// For keys that are hashes already.
    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

/// What a word says by itself, and with the word that follows it.
#[derive(Debug)]
pub(crate) struct Entry<T> {
    pub(crate) alone: Option<T>,
    before: Vec<(&'static str, T)>,
}

impl<T: Copy> Entry<T> {
    /// What the word says before `next`.
    pub(crate) fn before(&self, next: &str) -> Option<T> {
        self.before.iter().find(|(second, _)| *second == next).map(|(_, says)| *says)
    }
}

/// What words and pairs of words say, by first word. All are lower case and begin with `a` to `z`.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    entries: Table<Entry<T>>,
    /// Lengths, as bits, of the words that begin with each letter: most words of a page need no look at
    /// the table.
    lengths: [u32; 26],
}

impl<T> Phrases<T> {
    /// The phrases of a list.
    pub(crate) fn new(list: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut phrases = Self { entries: Table::default(), lengths: [0; 26] };
        for (words, says) in list {
            let (first, second) =
                words.split_once(' ').map_or((words, None), |(a, b)| (a, Some(b)));
            phrases.note(first);
            let entry = phrases.entries.entry(first);
            let entry = entry.or_insert_with(|| Entry { alone: None, before: Vec::new() });
            match second {
                Some(second) => entry.before.push((second, says)),
                None => entry.alone = Some(says),
            }
        }
        phrases
    }

    fn note(&mut self, word: &str) {
        if let Some(lengths) = letter(word).and_then(|at| self.lengths.get_mut(at)) {
            *lengths |= 1 << word.len().min(31);
        }
    }

    /// What is known of a word.
    pub(crate) fn get(&self, word: &str) -> Option<&Entry<T>> {
        let lengths = letter(word).and_then(|at| self.lengths.get(at))?;
        (lengths & 1 << word.len().min(31) != 0).then(|| self.entries.get(word))?
    }
}

fn letter(word: &str) -> Option<usize> {
    word.bytes().next().filter(u8::is_ascii_lowercase).map(|b| (b - b'a') as usize)
}

/// Entries of a word list: lines that are neither empty nor comments.
pub(crate) fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .map(|line| line.trim_end_matches([' ', '\r']))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
pub(crate) fn assert_sorted_and_unique(file: &'static str) {
    let entries: Vec<_> = lines(file).collect();
    for pair in entries.windows(2) {
        assert!(pair[0] < pair[1], "{:?} must stand before {:?}, once", pair[1], pair[0]);
    }
}

/// Most columns that a table has.
const COLUMNS: usize = 7;

/// The entries of a table: its columns, in file order. Comments and blank lines are left out.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    lines(table).map(|line| {
        let mut columns = Vec::with_capacity(COLUMNS);
        let mut start = 0;
        for tab in memchr::memchr_iter(b'\t', line.as_bytes()) {
            columns.extend(line.get(start..tab));
            start = tab + 1;
        }
        columns.extend(line.get(start..));
        columns
    })
}

/// Asserts that the table is sorted by bytes, that no line is there twice, and that each has
/// `columns` columns.
#[cfg(test)]
pub(crate) fn check(table: &'static str, columns: usize) {
    assert_sorted_and_unique(table);
    for entry in lines(table) {
        assert_eq!(entry.split('\t').count(), columns, "columns of {entry:?}");
    }
}
