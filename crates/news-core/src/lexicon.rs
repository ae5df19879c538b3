//! Word lists: data files, one entry a line, `#` comments, tab columns; and tables that are asked for
//! each word of a page.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Deref;

use crate::piece::{GOLDEN, Key};

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
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(GOLDEN);
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
    /// What the word says before `next`, in whatever case that is written.
    pub(crate) fn before(&self, next: &str) -> Option<T> {
        let pair = self.before.iter().find(|(second, _)| second.eq_ignore_ascii_case(next));
        pair.map(|(_, says)| *says)
    }
}

/// What words and pairs of words say, by first word. All are lower case.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    words: Vec<Word>,
    /// What is known of each.
    entries: Vec<Entry<T>>,
    /// Places in `words`, one added, from [`place`] on; 0 for none.
    slots: Vec<u16>,
    /// Bits of [`sieve`]: most words of a page need no look at the table.
    sieve: Box<[u64; SIEVE / 64]>,
}

/// A word of [`Phrases`].
#[derive(Debug)]
struct Word {
    text: &'static str,
    key: Key,
    /// Whether the key is no other word's.
    is_whole: bool,
}

/// Slots of [`Phrases`]: four for each word of the largest list.
const SLOTS: usize = 4096;

impl<T> Phrases<T> {
    /// The phrases of a list of at most half as many words as there are slots.
    pub(crate) fn new(list: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut phrases = Self {
            words: Vec::new(),
            entries: Vec::new(),
            slots: vec![0; SLOTS],
            sieve: Box::new([0; SIEVE / 64]),
        };
        for (words, says) in list {
            let (first, second) =
                words.split_once(' ').map_or((words, None), |(a, b)| (a, Some(b)));
            let entry = phrases.entry(first);
            match second {
                Some(second) => entry.before.push((second, says)),
                None => entry.alone = Some(says),
            }
        }
        debug_assert!(phrases.entries.len() <= SLOTS / 2);
        phrases
    }

    fn entry(&mut self, text: &'static str) -> &mut Entry<T> {
        let key = Key::of(text.as_bytes());
        let at = self.find_slot(key, text).unwrap_or_else(|free| {
            let bit = sieve(key);
            self.sieve[bit / 64] |= 1 << (bit % 64);
            self.words.push(Word { text, key, is_whole: key.is_whole() });
            self.entries.push(Entry { alone: None, before: Vec::new() });
            self.slots[free] = self.entries.len() as u16;
            self.entries.len() - 1
        });
        &mut self.entries[at]
    }

    /// What is known of a word in lower case.
    pub(crate) fn get(&self, word: &str) -> Option<&Entry<T>> {
        self.find(word).filter(|_| !word.bytes().any(|b| b.is_ascii_uppercase()))
    }

    /// What is known of a word in whatever case it is written.
    pub(crate) fn find(&self, word: &str) -> Option<&Entry<T>> {
        self.find_by(Key::of(word.as_bytes()), word)
    }

    /// The same of a word whose key is known.
    pub(crate) fn find_by(&self, key: Key, word: &str) -> Option<&Entry<T>> {
        if !self.may_hold(key) {
            return None;
        }
        self.find_slot(key, word).ok().map(|at| &self.entries[at])
    }

    /// Whether something may be known of a word of this key.
    #[inline]
    pub(crate) fn may_hold(&self, key: Key) -> bool {
        let bit = sieve(key);
        self.sieve[bit / 64] >> (bit % 64) & 1 != 0
    }

    /// The place of a word, else the slot that is free for it.
    fn find_slot(&self, key: Key, word: &str) -> Result<usize, usize> {
        let mut slot = place(key);
        loop {
            slot %= SLOTS;
            let Some(at) = usize::from(self.slots[slot]).checked_sub(1) else { return Err(slot) };
            let known = &self.words[at];
            if known.key == key && (known.is_whole || known.text.eq_ignore_ascii_case(word)) {
                return Ok(at);
            }
            slot += 1;
        }
    }
}

/// Where a word stands.
fn place(key: Key) -> usize {
    (key.hash() >> 38) as usize
}

/// Numbers that [`sieve`] gives: sixteen for each word of the largest list.
const SIEVE: usize = 1 << 14;

/// A number of a word.
#[inline]
fn sieve(key: Key) -> usize {
    (key.hash() >> 50) as usize
}

/// What rules out most words of a page before a table is asked: lengths, as bits, of the words of the
/// table that begin with each letter of ASCII, and with anything else.
#[derive(Debug, Default)]
pub(crate) struct Initials([u32; 27]);

impl Initials {
    /// The words of a table, in lower case.
    pub(crate) fn of(words: impl Iterator<Item = &'static str>) -> Self {
        let mut initials = Self::default();
        for word in words {
            initials.0[letter_number(first_byte(word))] |= 1 << word.len().min(31);
        }
        initials
    }

    /// Whether a word of ASCII of this first byte and length may be in the table.
    pub(crate) fn may_begin(&self, first: u8, len: usize) -> bool {
        self.0[letter_number(first)] & 1 << len.min(31) != 0
    }

    /// Whether the word, in any case, may be in the table.
    pub(crate) fn may_hold(&self, word: &str) -> bool {
        // Letters outside ASCII may change their length with their case.
        !word.is_ascii() || self.may_begin(first_byte(word), word.len())
    }
}

/// The first byte of a word; 0 for the empty one.
fn first_byte(word: &str) -> u8 {
    word.bytes().next().unwrap_or_default()
}

/// The number of a letter of ASCII, in whatever case; 26 for anything else.
fn letter_number(byte: u8) -> usize {
    usize::from((byte | 0x20).wrapping_sub(b'a').min(26))
}

/// Entries of a word list: lines that are neither empty nor comments.
pub(crate) fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', file.as_bytes()).chain([file.len()]);
    let lines = ends.filter_map(move |end| file.get(std::mem::replace(&mut start, end + 1)..end));
    lines
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

/// An entry of a table: its columns.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Row {
    columns: [&'static str; COLUMNS],
    count: usize,
}

impl Row {
    fn push(&mut self, column: &'static str) {
        if let Some(slot) = self.columns.get_mut(self.count) {
            *slot = column;
            self.count += 1;
        }
    }

    pub(crate) fn as_slice(&self) -> &[&'static str] {
        self.columns.get(..self.count).unwrap_or_default()
    }

    /// Whether it is a comment or a blank line.
    fn is_none(&self) -> bool {
        let first = self.columns[0];
        self.count <= 1 && first.is_empty() || first.starts_with('#')
    }
}

impl Deref for Row {
    type Target = [&'static str];

    fn deref(&self) -> &Self::Target {
        self.as_slice()
    }
}

/// The entries of a table, in file order. Comments and blank lines are left out.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Row> {
    // Tabs and line ends are looked for in the whole file at once: the lines are short.
    let mut ends = memchr::memchr2_iter(b'\t', b'\n', table.as_bytes());
    let mut start = 0;
    let row = move || {
        let mut row = Row::default();
        while start <= table.len() {
            let end = ends.next().unwrap_or(table.len());
            let column = table.get(start..end).unwrap_or_default();
            start = end + 1;
            if table.as_bytes().get(end) != Some(&b'\t') {
                row.push(column.trim_end_matches([' ', '\r']));
                return Some(row);
            }
            row.push(column);
        }
        None
    };
    std::iter::from_fn(row).filter(|row| !row.is_none())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases() -> Phrases<u8> {
        let list = ["date", "date updated", "updated", "long-distance", "long-distant!", "fußball"];
        Phrases::new(list.into_iter().zip(1..))
    }

    #[test]
    fn words_say_something_alone_and_before_others() {
        let phrases = phrases();
        let date = phrases.get("date").expect("listed");
        assert_eq!(
            (date.alone, date.before("Updated"), date.before("by")),
            (Some(1), Some(2), None)
        );
        assert_eq!(phrases.get("updated").and_then(|entry| entry.before("date")), None);
    }

    #[test]
    fn a_word_is_found_in_any_case_or_in_its_own() {
        let phrases = phrases();
        let alone = |entry: Option<&Entry<u8>>| entry.and_then(|entry| entry.alone);
        for (word, says) in [("Updated", 3), ("LONG-Distance", 4), ("long-DISTANT!", 5)] {
            assert_eq!(alone(phrases.find(word)), Some(says), "{word}");
            assert!(phrases.get(word).is_none(), "{word}");
        }
        assert_eq!(alone(phrases.get("fußball")), Some(6));
        for word in ["", "dat", "dates", "long-distances", "long-dist", "fussball", "d@te", "fuß"]
        {
            assert!(phrases.find(word).is_none(), "{word}");
        }
        assert!(Phrases::<u8>::new(std::iter::empty()).find("date").is_none());
    }

    #[test]
    fn the_sieve_lets_every_listed_word_through_and_few_others() {
        let list = || rows(include_str!("../lexicon/class_words.tsv")).map(|row| row[0]);
        let phrases = Phrases::new(list().zip(0_u16..));
        let mut others = 0;
        for word in list().filter(|word| !word.contains(' ')) {
            assert!(phrases.may_hold(Key::of(word.as_bytes())), "{word}");
            others += usize::from(phrases.may_hold(Key::of(format!("q{word}").as_bytes())));
        }
        assert!(others * 8 < list().count(), "{others} of {}", list().count());
    }

    #[test]
    fn initials_rule_out_no_listed_word() {
        let [long, longer] = [40, 50].map(|count| "a".repeat(count));
        let initials = Initials::of(["may", "überall", "3rd", long.clone().leak()].into_iter());
        for word in ["may", "MAY", "überall", "Überall", "3rd", &long] {
            assert!(initials.may_hold(word), "{word}");
        }
        // Alike in first letter and length, or not told apart: anything but a letter, above 30 bytes.
        for word in ["mai", "4th", "mä", &longer] {
            assert!(initials.may_hold(word), "{word}");
        }
        assert!(!initials.may_hold("") && !initials.may_hold("mayo") && !initials.may_hold("june"));
        assert!(initials.may_begin(b'M', 3) && !initials.may_begin(b'n', 3));
    }

    #[test]
    fn lines_and_rows_leave_comments_out() {
        let file = "# said\n\na\tb \r\n  \nc\t\n#";
        assert_eq!(lines(file).collect::<Vec<_>>(), ["a\tb", "c\t"]);
        let rows: Vec<_> = rows(file).collect();
        assert_eq!(rows.iter().map(Row::as_slice).collect::<Vec<_>>(), [["a", "b"], ["c", ""]]);
        assert_eq!(lines("").count(), 0);
    }
}
