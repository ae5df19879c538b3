//! What tokens are made of: names as numbers, attributes in one array, text as ranges of the page
//! or, where something was decoded, of one buffer.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

use super::name::{KNOWN, Name, slot_of};
use super::tokenizer::{Span, is_space};
use crate::letters::ascii_lower;

/// An attribute: where its value stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attr {
    pub(super) name: Name,
    /// Bytes of the page, or of the buffer.
    value: Span,
    is_decoded: bool,
    /// The prefix that the name had in foreign content.
    pub(super) prefix: Prefix,
}

/// Prefixes of the attributes that the standard gives a namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefix {
    None,
    Xlink,
    Xml,
    Xmlns,
}

/// Attributes of one tag, side by side.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    pub(super) first: u32,
    pub(super) count: u16,
}

/// Most attributes of one element that can be counted.
pub(super) const MOST_ATTRIBUTES: usize = u16::MAX as usize;

/// A piece of text: where it stands in the source, and its decoded bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Bytes of the source.
    pub(super) place: Span,
    /// Bytes of the page, or of the buffer.
    pub(super) content: Span,
    pub(super) is_decoded: bool,
}

impl Piece {
    /// Whether the text is the source as it stands.
    pub(super) fn is_source(&self) -> bool {
        !self.is_decoded && self.content == self.place
    }

    /// The first `len` bytes, and the rest; both say that they stand where the whole does.
    pub(super) fn split_at(self, len: usize) -> (Self, Self) {
        let at = self.content.0 + len as u32;
        let before = Self { content: (self.content.0, at), ..self };
        (before, Self { content: (at, self.content.1), ..self })
    }
}

/// The page, and what was made of it.
#[derive(Debug)]
pub(super) struct Store<'t> {
    pub(super) page: &'t str,
    pub(super) names: Names,
    pub(super) attributes: Vec<Attr>,
    /// Text and values that differ from the source.
    pub(super) buffer: String,
}

impl<'t> Store<'t> {
    pub(super) fn new(page: &'t str) -> Self {
        // News pages have an attribute for 140 bytes.
        let attributes = Vec::with_capacity(page.len() / 128);
        let buffer = String::with_capacity(page.len() / 16);
        Self { page, names: Names::default(), attributes, buffer }
    }

    /// Attributes and decoded text kept so far; [`Store::forget`] goes back to it.
    pub(super) fn mark(&self) -> (usize, usize) {
        (self.attributes.len(), self.buffer.len())
    }

    /// Drops all that came after the mark.
    pub(super) fn forget(&mut self, (attributes, buffer): (usize, usize)) {
        self.attributes.truncate(attributes);
        self.buffer.truncate(buffer);
    }

    pub(super) fn add(&mut self, name: Name, value: Span, is_decoded: bool) {
        self.attributes.push(Attr { name, value, is_decoded, prefix: Prefix::None });
    }

    pub(super) fn run(&self, run: Run) -> &[Attr] {
        let first = run.first as usize;
        self.attributes.get(first..first + usize::from(run.count)).unwrap_or_default()
    }

    pub(super) fn run_mut(&mut self, run: Run) -> &mut [Attr] {
        let first = run.first as usize;
        self.attributes.get_mut(first..first + usize::from(run.count)).unwrap_or_default()
    }

    pub(super) fn value(&self, attribute: &Attr) -> &str {
        value(self.page, &self.buffer, attribute)
    }

    /// The value of an attribute of a run.
    pub(super) fn find(&self, run: Run, name: Name) -> Option<&str> {
        self.run(run).iter().find(|a| a.name == name).map(|a| self.value(a))
    }

    pub(super) fn text(&self, piece: &Piece) -> &str {
        part(if piece.is_decoded { &self.buffer } else { self.page }, piece.content)
    }

    /// Whether a piece is white space alone.
    pub(super) fn is_blank(&self, piece: &Piece) -> bool {
        self.text(piece).bytes().all(is_space)
    }

    /// Whether two runs hold the same attributes, in any order.
    pub(super) fn is_same(&self, a: Run, b: Run) -> bool {
        if a.count != b.count {
            return false;
        }
        let pairs = |run| self.run(run).iter().map(|a| (a.name, self.value(a)));
        if a.first == b.first || pairs(a).eq(pairs(b)) {
            return true;
        }
        let sorted = |run| {
            let mut pairs: Vec<_> = pairs(run).collect();
            pairs.sort_unstable();
            pairs
        };
        sorted(a) == sorted(b)
    }

    /// The attributes of `old`, and behind them those of `new` whose names it lacks.
    pub(super) fn merged(&mut self, old: Run, new: Run) -> Run {
        let missing =
            |a: &&Attr| !self.run(old).iter().any(|o| o.name == a.name && o.prefix == a.prefix);
        let missing: Vec<Attr> = self.run(new).iter().filter(missing).copied().collect();
        if missing.is_empty() {
            return old;
        }
        let first = self.attributes.len();
        let old = old.first as usize..old.first as usize + usize::from(old.count);
        self.attributes.extend_from_within(old);
        self.attributes.extend(missing);
        self.attributes.truncate(first + MOST_ATTRIBUTES);
        Run { first: first as u32, count: (self.attributes.len() - first) as u16 }
    }
}

/// The value of an attribute of `page`, whose decoded values stand in `buffer`.
pub(super) fn value<'d>(page: &'d str, buffer: &'d str, attribute: &Attr) -> &'d str {
    part(if attribute.is_decoded { buffer } else { page }, attribute.value)
}

/// The bytes of a range of a text.
#[inline]
pub(super) fn part(text: &str, (start, end): Span) -> &str {
    text.get(start as usize..end as usize).unwrap_or_default()
}

/// Bytes of a name that is folded without asking for memory.
const SHORT_NAME: usize = 64;

/// Slots of the cache of names that are not known beforehand.
const CACHE_SLOTS: usize = 256;

/// Numbers of the names of one page: known ones, and behind them others as they come.
#[derive(Debug)]
pub(super) struct Names {
    /// The text of the others, one behind the other, and where each stands.
    text: String,
    spans: Vec<Span>,
    /// The name last seen of each slot, as an index of `spans`.
    cache: [u32; CACHE_SLOTS],
    /// A hash table with open addresses: indices of `spans` and [`NONE`]. At most half is in use.
    table: Vec<u32>,
    hasher: RandomState,
}

const NONE: u32 = u32::MAX;

impl Default for Names {
    fn default() -> Self {
        Self {
            text: String::new(),
            spans: Vec::new(),
            cache: [NONE; CACHE_SLOTS],
            table: Vec::new(),
            hasher: RandomState::new(),
        }
    }
}

impl Names {
    /// The number of `raw`, which has neither upper case nor NULs.
    #[inline]
    pub(super) fn intern(&mut self, raw: &str) -> Name {
        Name::known(raw.as_bytes()).unwrap_or_else(|| self.other(raw))
    }

    /// The number of `raw` in lower case, NULs made U+FFFD.
    #[cold]
    pub(super) fn intern_folded(&mut self, raw: &str) -> Name {
        let mut short = [0; SHORT_NAME];
        let folded = if raw.contains('\0') { None } else { ascii_lower(raw, &mut short) };
        match folded {
            Some(folded) => self.intern(str::from_utf8(folded).unwrap_or_default()),
            None => self.intern(&raw.to_ascii_lowercase().replace('\0', "\u{fffd}")),
        }
    }

    fn other(&mut self, raw: &str) -> Name {
        let slot = slot_of(raw.as_bytes()) % CACHE_SLOTS;
        let mut index = self.cache[slot];
        if self.other_text(index) != Some(raw) {
            index = self.looked_up(raw);
            self.cache[slot] = index;
        }
        Name(KNOWN.len() as u32 + index)
    }

    fn other_text(&self, index: u32) -> Option<&str> {
        let (start, end) = *self.spans.get(index as usize)?;
        self.text.get(start as usize..end as usize)
    }

    fn looked_up(&mut self, raw: &str) -> u32 {
        if self.spans.len() * 2 >= self.table.len() {
            self.grow();
        }
        let slot = self.slot(raw);
        if self.table[slot] == NONE {
            self.table[slot] = self.spans.len() as u32;
            let start = self.text.len() as u32;
            self.text.push_str(raw);
            self.spans.push((start, self.text.len() as u32));
        }
        self.table[slot]
    }

    /// Where `raw` stands in the table, or should.
    fn slot(&self, raw: &str) -> usize {
        let mut slot = self.hasher.hash_one(raw) as usize % self.table.len();
        while self.table[slot] != NONE && self.other_text(self.table[slot]) != Some(raw) {
            slot = (slot + 1) % self.table.len();
        }
        slot
    }

    fn grow(&mut self) {
        self.table = vec![NONE; (self.table.len() * 2).max(64)];
        for index in 0..self.spans.len() as u32 {
            let name = self.other_text(index).unwrap_or_default();
            let slot = self.slot(name);
            self.table[slot] = index;
        }
    }

    /// The text of a name.
    #[cfg(test)]
    pub(super) fn text(&self, name: Name) -> &str {
        let number = name.0 as usize;
        match KNOWN.get(number) {
            Some(known) => known,
            None => self.other_text((number - KNOWN.len()) as u32).unwrap_or_default(),
        }
    }
}
