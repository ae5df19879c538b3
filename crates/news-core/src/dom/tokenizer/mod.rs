//! Our own tokenizer: the WHATWG states over a whole page at once.
//!
//! The standard's tokenizer reads characters one by one, for pages that arrive in pieces. Ours has the
//! whole text, so each state is a byte search and each token a range of the source; and it knows where
//! in the source each token stands. Parse errors are not reported.
//!
//! Every loop moves forward only: the work is linear in the text.

mod decode;
mod doctype;
mod raw;
mod references;
mod tag;

use std::collections::HashSet;

use memchr::{memchr, memchr2, memmem};

pub(super) use decode::decoded;
pub(super) use doctype::Doctype;
use references::References;

use super::name::Name;
use super::store::{MOST_ATTRIBUTES, Piece, Run, Store};

/// Bytes of the source at which a token begins and ends.
pub(super) type Span = (u32, u32);

/// Where tokens go.
pub(super) trait Sink<'t> {
    /// What tokens are made of.
    fn store(&mut self) -> &mut Store<'t>;
    /// A start tag; how what follows is to be read.
    fn start_tag(&mut self, tag: &Tag) -> Next;
    fn end_tag(&mut self, tag: &Tag);
    /// Text that is not empty.
    fn text(&mut self, piece: Piece);
    /// A NUL where the standard leaves it to the tree builder.
    fn nul(&mut self, place: Span);
    /// A comment whose text, not yet decoded, is at `text`.
    fn comment(&mut self, text: Span, place: Span);
    fn doctype(&mut self, doctype: &Doctype, place: Span);
    /// The end of the page.
    fn end(&mut self, place: Span);
    /// Whether the open element is in no HTML namespace.
    fn is_foreign(&self) -> bool;
}

/// A start or end tag; the latter has no attributes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag {
    pub(super) name: Name,
    pub(super) attributes: Run,
    pub(super) is_self_closing: bool,
    pub(super) place: Span,
    /// The store before the tag.
    pub(super) mark: (usize, usize),
}

/// How what follows a start tag is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Data,
    Raw(Raw),
    Plaintext,
}

/// Text in which no tag but the closing one is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raw {
    /// With character references.
    Rcdata,
    Rawtext,
    Script,
}

/// What bounds the tokenizer's work on one tag.
#[derive(Debug, Clone)]
pub(super) struct TokenizerLimits {
    /// Attributes kept of one tag.
    pub(super) max_attributes: usize,
}

/// What the source lost on its way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TokenizerReport {
    /// Attributes past the limit of one tag.
    pub(super) dropped_attributes: u64,
    /// Bytes of a tag that the end of the page cut off. The standard drops them: they may be the
    /// rest of the page after a quote that is never closed.
    pub(super) unfinished_tag_bytes: u32,
}

/// Hands the tokens of the store's page to `sink`, the end of the page last.
///
/// The page is below 4 GiB.
pub(super) fn tokenize<'t, S: Sink<'t>>(sink: &mut S, limits: &TokenizerLimits) -> TokenizerReport {
    let mut tokenizer = Tokenizer::new(sink, limits);
    tokenizer.run();
    tokenizer.report
}

/// White space of the standard. A carriage return counts as the line feed it is read as.
pub(super) const fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}

struct Tokenizer<'a, 't, S> {
    page: &'t str,
    bytes: &'t [u8],
    sink: &'a mut S,
    max_attributes: usize,
    /// Whether the page has a carriage return anywhere; most have none.
    has_cr: bool,
    /// Whether the page has a NUL anywhere.
    has_nul: bool,
    /// The next byte to read.
    at: usize,
    /// Names of the tag's attributes, once there are many.
    seen: HashSet<Name>,
    report: TokenizerReport,
}

impl<'a, 't, S: Sink<'t>> Tokenizer<'a, 't, S> {
    fn new(sink: &'a mut S, limits: &TokenizerLimits) -> Self {
        let page = sink.store().page;
        let bytes = page.as_bytes();
        Self {
            page,
            bytes,
            sink,
            max_attributes: limits.max_attributes.min(MOST_ATTRIBUTES),
            has_cr: memchr(b'\r', bytes).is_some(),
            has_nul: memchr(0, bytes).is_some(),
            at: if page.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 },
            seen: HashSet::new(),
            report: TokenizerReport::default(),
        }
    }

    fn run(&mut self) {
        while self.at < self.bytes.len() {
            self.data();
            if self.at < self.bytes.len() {
                self.markup();
            }
        }
        self.sink.end(span(self.at, self.at));
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        self.at = self.past_space(self.at);
    }

    fn past_space(&self, from: usize) -> usize {
        let mut at = from;
        while self.bytes.get(at).is_some_and(|b| is_space(*b)) {
            at += 1;
        }
        at
    }

    /// Text up to the next markup.
    fn data(&mut self) {
        let start = self.at;
        let mut at = start;
        let mut plain = !self.has_cr;
        loop {
            let rest = &self.bytes[at..];
            let hit = if plain { memchr2(b'<', b'&', rest) } else { memchr(b'<', rest) };
            let Some(i) = hit else {
                at = self.bytes.len();
                break;
            };
            at += i;
            if self.bytes[at] == b'&' {
                plain = false;
            } else if self.opens_markup(at) {
                break;
            }
            at += 1;
        }
        self.at = at;
        if start == at {
            return;
        }
        if self.has_nul {
            self.data_with_nul(start, at);
        } else {
            self.characters(start, at, if plain { References::None } else { References::Text });
        }
    }

    /// Whether the `<` at `at` begins a tag, a comment or a declaration; else it is text.
    fn opens_markup(&self, at: usize) -> bool {
        match self.bytes.get(at + 1) {
            Some(b'!' | b'?') => true,
            Some(b'/') => self.bytes.len() > at + 2,
            Some(b) => b.is_ascii_alphabetic(),
            None => false,
        }
    }

    fn data_with_nul(&mut self, start: usize, end: usize) {
        let mut from = start;
        while let Some(i) = memchr(0, &self.bytes[from..end]) {
            let nul = from + i;
            if nul > from {
                self.characters(from, nul, References::Text);
            }
            let run = self.bytes[nul..end].iter().take_while(|b| **b == 0).count();
            from = nul + run;
            self.nuls(nul, from);
        }
        if end > from {
            self.characters(from, end, References::Text);
        }
    }

    /// A run of NULs. The tree builder drops each but in foreign content: after the first it can
    /// only drop the others, so they are not shown to it.
    fn nuls(&mut self, start: usize, end: usize) {
        for at in start..end {
            self.sink.nul(span(at, at + 1));
            if !self.sink.is_foreign() {
                return;
            }
        }
    }

    fn characters(&mut self, start: usize, end: usize, references: References) {
        let place = span(start, end);
        let plain = Piece { place, content: place, is_decoded: false };
        let piece = self.decoded(start, end, references);
        let decoded = piece.map(|content| Piece { place, content, is_decoded: true });
        self.sink.text(decoded.unwrap_or(plain));
    }

    /// Where the buffer has the source with references resolved, line ends made line feeds and NULs
    /// made U+FFFD; `None` where that is the source as it stands. Both ends stand at ASCII bytes.
    fn decoded(&mut self, start: usize, end: usize, references: References) -> Option<Span> {
        let odd = self.has_cr || self.has_nul;
        if references == References::None && !odd {
            return None;
        }
        let buffer = &mut self.sink.store().buffer;
        let from = buffer.len();
        let source = self.page.get(start..end).unwrap_or_default();
        decode::decode(source, references, odd, buffer).then(|| span(from, buffer.len()))
    }

    /// What begins with the `<` at the current position.
    fn markup(&mut self) {
        let start = self.at;
        match (self.bytes.get(start + 1), self.bytes.get(start + 2)) {
            (Some(b'!'), _) => self.declaration(),
            (Some(b'?'), _) => self.bogus_comment(start + 1),
            (Some(b'/'), Some(b'>')) => self.at = start + 3,
            (Some(b'/'), Some(b)) if b.is_ascii_alphabetic() => self.tag(true),
            (Some(b'/'), _) => self.bogus_comment(start + 2),
            _ => self.tag(false),
        }
    }

    fn declaration(&mut self) {
        let from = self.at + 2;
        let rest = &self.bytes[from..];
        if rest.starts_with(b"--") {
            self.comment(from + 2);
        } else if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
            self.doctype(from + 7);
        } else if rest.starts_with(b"[CDATA[") && self.sink.is_foreign() {
            self.cdata(from + 7);
        } else {
            self.bogus_comment(from);
        }
    }

    fn cdata(&mut self, from: usize) {
        let found = memmem::find(&self.bytes[from..], b"]]>");
        let (end, next) = match found {
            Some(i) => (from + i, from + i + 3),
            None => (self.bytes.len(), self.bytes.len()),
        };
        self.at = next;
        // NULs are the tree builder's to judge here, as in plain text.
        let mut start = from;
        while self.has_nul
            && let Some(i) = memchr(0, &self.bytes[start..end])
        {
            if i > 0 {
                self.characters(start, start + i, References::None);
            }
            start += i + 1;
            self.nuls(start - 1, start);
        }
        if end > start {
            self.characters(start, end, References::None);
        }
    }

    /// A comment whose text begins at `from`.
    fn comment(&mut self, from: usize) {
        let rest = &self.bytes[from..];
        if rest.starts_with(b">") {
            return self.emit_comment(from, from, from + 1);
        }
        if rest.starts_with(b"->") {
            return self.emit_comment(from, from, from + 2);
        }
        let mut at = from;
        while let Some(i) = memchr(b'>', &self.bytes[at..]) {
            at += i;
            let text = &self.bytes[from..at];
            for close in [b"--".as_slice(), b"--!"] {
                if text.ends_with(close) {
                    return self.emit_comment(from, at - close.len(), at + 1);
                }
            }
            at += 1;
        }
        // Cut off by the end of the page, perhaps within its own end.
        let end = self.bytes.len();
        let text = &self.bytes[from..];
        let close =
            [b"--!".as_slice(), b"--", b"-"].into_iter().find(|close| text.ends_with(close));
        self.emit_comment(from, end - close.map_or(0, <[u8]>::len), end);
    }

    /// Anything in angle brackets that is no markup.
    fn bogus_comment(&mut self, from: usize) {
        match memchr(b'>', &self.bytes[from..]) {
            Some(i) => self.emit_comment(from, from + i, from + i + 1),
            None => self.emit_comment(from, self.bytes.len(), self.bytes.len()),
        }
    }

    fn emit_comment(&mut self, from: usize, to: usize, next: usize) {
        let place = span(self.at, next);
        self.at = next;
        self.sink.comment(span(from, to), place);
    }

    /// All that follows is text.
    fn plaintext(&mut self) {
        let from = self.at;
        self.at = self.bytes.len();
        if self.at > from {
            self.characters(from, self.at, References::None);
        }
    }

    /// The text of a script, a style, a title and their like, up to the end tag `name`.
    fn raw(&mut self, kind: Raw, name: &[u8]) {
        let start = self.at;
        self.at = match kind {
            Raw::Rcdata | Raw::Rawtext => raw::end_of_raw_text(self.bytes, start, name),
            Raw::Script => raw::end_of_script(self.bytes, start, name),
        };
        if self.at > start {
            let references = if kind == Raw::Rcdata { References::Text } else { References::None };
            self.characters(start, self.at, references);
        }
    }
}

fn span(start: usize, end: usize) -> Span {
    (start as u32, end as u32)
}

#[cfg(test)]
mod tests;
