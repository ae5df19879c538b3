//! Start and end tags with their attributes.

use memchr::{memchr, memchr2};

use super::references::References;
use super::{Next, Sink, Span, Tag, Tokenizer, is_space, span};
use crate::dom::name::{KNOWN, Name};
use crate::dom::store::Run;

/// Attributes of one tag from which on duplicates are looked up in a set.
const MANY_ATTRIBUTES: usize = 24;

/// What a byte ends or needs.
const SPACE: u8 = 1;
const SLASH: u8 = 2;
const CLOSE: u8 = 4;
const EQUALS: u8 = 8;
/// Names with such a byte differ from the source.
const FOLDED: u8 = 16;

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            space if is_space(space) => SPACE,
            b'/' => SLASH,
            b'>' => CLOSE,
            b'=' => EQUALS,
            0 | b'A'..=b'Z' => FOLDED,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

impl<'t, S: Sink<'t>> Tokenizer<'_, 't, S> {
    /// A tag, of which the `<` is at the current position.
    pub(super) fn tag(&mut self, is_end: bool) {
        let start = self.at;
        let name_start = start + if is_end { 2 } else { 1 };
        let (name_end, folded) = self.name_end(name_start, SPACE | SLASH | CLOSE);
        let name = self.name(name_start, name_end, folded);
        let mark = self.sink.store().mark();
        let mut is_self_closing = false;
        let mut at = name_end;
        loop {
            match self.bytes.get(at) {
                Some(b'>') => break,
                Some(b'/') => {
                    at += 1;
                    if self.bytes.get(at) == Some(&b'>') {
                        is_self_closing = true;
                        break;
                    }
                }
                Some(b) if is_space(*b) => at += 1,
                Some(_) => match self.attribute(at, is_end, mark.0) {
                    Some(next) => at = next,
                    None => return self.unfinished_tag(),
                },
                None => return self.unfinished_tag(),
            }
        }
        self.at = at + 1;
        let count = self.sink.store().attributes.len() - mark.0;
        if count >= MANY_ATTRIBUTES {
            self.seen.clear();
        }
        let attributes = Run { first: mark.0 as u32, count: count as u16 };
        let tag = Tag { name, attributes, is_self_closing, place: span(start, self.at), mark };
        if is_end {
            return self.sink.end_tag(&tag);
        }
        match self.sink.start_tag(&tag) {
            Next::Data => {}
            Next::Plaintext => self.plaintext(),
            Next::Raw(raw) => {
                // Only known names open raw text.
                let name = KNOWN.get(name.0 as usize).copied().unwrap_or_default();
                self.raw(raw, name.as_bytes());
            }
        }
    }

    /// The page ends within a tag: nothing of the tag is kept.
    fn unfinished_tag(&mut self) {
        self.report.unfinished_tag_bytes = (self.bytes.len() - self.at) as u32;
        self.at = self.bytes.len();
    }

    /// Where the name that begins at `from` ends, at a byte of one of `ends` or with the source; and
    /// whether it differs from the source.
    #[inline]
    fn name_end(&self, from: usize, ends: u8) -> (usize, bool) {
        let mut seen = 0;
        let mut at = from;
        while let Some(byte) = self.bytes.get(at) {
            let class = CLASSES[*byte as usize];
            if class & ends != 0 {
                break;
            }
            seen |= class;
            at += 1;
        }
        (at, seen & FOLDED != 0)
    }

    #[inline]
    fn name(&mut self, start: usize, end: usize, is_folded: bool) -> Name {
        let raw = self.page.get(start..end).unwrap_or_default();
        let names = &mut self.sink.store().names;
        if is_folded { names.intern_folded(raw) } else { names.intern(raw) }
    }

    /// Reads the attribute whose name begins at `from`. Gives where it ends; `None` if the page ends
    /// first.
    fn attribute(&mut self, from: usize, is_end: bool, first: usize) -> Option<usize> {
        // The first character belongs to the name even if it is an equals sign.
        let is_first_folded = CLASSES[self.bytes[from] as usize] == FOLDED;
        let (name_end, folded) = self.name_end(from + 1, SPACE | SLASH | CLOSE | EQUALS);
        let name = Named { from, end: name_end, is_folded: folded || is_first_folded };
        let after = self.past_space(name_end);
        if self.bytes.get(after) != Some(&b'=') {
            self.add_attribute(is_end, first, &name, (name_end, name_end), true);
            return Some(after);
        }
        let value_start = self.past_space(after + 1);
        let quote = *self.bytes.get(value_start)?;
        if !matches!(quote, b'"' | b'\'') {
            // Empty if the tag ends at once.
            let value_end = self.name_end(value_start, SPACE | CLOSE).0;
            self.add_attribute(is_end, first, &name, (value_start, value_end), false);
            return Some(value_end);
        }
        let value_start = value_start + 1;
        let mut value_end = value_start + memchr2(quote, b'&', &self.bytes[value_start..])?;
        let plain = self.bytes[value_end] == quote;
        if !plain {
            value_end += memchr(quote, &self.bytes[value_end..])?;
        }
        self.add_attribute(is_end, first, &name, (value_start, value_end), plain);
        Some(value_end + 1)
    }

    /// Adds an attribute by its name and where its value stands; those of the tag begin at `first`.
    /// A `plain` value has no ampersand.
    fn add_attribute(
        &mut self,
        is_end: bool,
        first: usize,
        name: &Named,
        value: (usize, usize),
        plain: bool,
    ) {
        if is_end {
            return;
        }
        if self.sink.store().attributes.len() - first >= self.max_attributes {
            self.report.dropped_attributes += 1;
            return;
        }
        let name = self.name(name.from, name.end, name.is_folded);
        if self.is_duplicate(first, name) {
            return;
        }
        let references = if plain { References::None } else { References::Attribute };
        let decoded = self.decoded(value.0, value.1, references);
        let value: Span = decoded.unwrap_or(span(value.0, value.1));
        self.sink.store().add(name, value, decoded.is_some());
    }

    fn is_duplicate(&mut self, first: usize, name: Name) -> bool {
        let attributes = self.sink.store().attributes.get(first..).unwrap_or_default();
        if attributes.len() < MANY_ATTRIBUTES {
            return attributes.iter().any(|a| a.name == name);
        }
        if self.seen.is_empty() {
            self.seen.extend(attributes.iter().map(|a| a.name));
        }
        !self.seen.insert(name)
    }
}

/// Where the name of an attribute stands.
struct Named {
    from: usize,
    end: usize,
    is_folded: bool,
}
