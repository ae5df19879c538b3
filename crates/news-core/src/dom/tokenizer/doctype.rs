//! The document type declaration.

use super::{Sink, Span, Tokenizer, is_space, span};

/// A document type declaration; its parts as they stand in the source.
#[derive(Debug, Clone, Default)]
pub(in crate::dom) struct Doctype {
    pub(in crate::dom) name: Option<Span>,
    pub(in crate::dom) public: Option<Span>,
    pub(in crate::dom) system: Option<Span>,
    pub(in crate::dom) forces_quirks: bool,
}

/// The two identifiers of a document type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Identifier {
    Public,
    System,
}

impl<'t, S: Sink<'t>> Tokenizer<'_, 't, S> {
    /// Reads a document type whose name is looked for from `from`.
    pub(super) fn doctype(&mut self, from: usize) {
        let start = self.at;
        let mut doctype = Doctype::default();
        self.at = from;
        self.doctype_parts(&mut doctype);
        // What is left is ignored, up to the end of the declaration.
        match memchr::memchr(b'>', &self.bytes[self.at..]) {
            Some(i) => self.at += i + 1,
            None => self.at = self.bytes.len(),
        }
        self.sink.doctype(&doctype, span(start, self.at));
    }

    fn doctype_parts(&mut self, doctype: &mut Doctype) {
        self.skip_space();
        let from = self.at;
        while self.peek().is_some_and(|b| !is_space(b) && b != b'>') {
            self.at += 1;
        }
        if self.at > from {
            doctype.name = Some(span(from, self.at));
        }
        self.skip_space();
        let keyword = match self.peek() {
            Some(b'>') if doctype.name.is_some() => return,
            Some(b'>') | None => None,
            Some(_) => self.keyword(),
        };
        let Some(keyword) = keyword else {
            doctype.forces_quirks = true;
            return;
        };
        self.skip_space();
        if !self.identifier(doctype, keyword) {
            doctype.forces_quirks = true;
            return;
        }
        self.skip_space();
        if keyword == Identifier::Public {
            match self.peek() {
                Some(b'>') => return,
                Some(b'"' | b'\'') if self.identifier(doctype, Identifier::System) => {}
                _ => {
                    doctype.forces_quirks = true;
                    return;
                }
            }
            self.skip_space();
        }
        if self.peek().is_none() {
            doctype.forces_quirks = true;
        }
    }

    fn keyword(&mut self) -> Option<Identifier> {
        let word = self.bytes.get(self.at..self.at + 6)?;
        let keyword = if word.eq_ignore_ascii_case(b"public") {
            Identifier::Public
        } else if word.eq_ignore_ascii_case(b"system") {
            Identifier::System
        } else {
            return None;
        };
        self.at += 6;
        Some(keyword)
    }

    /// Reads a quoted identifier; false if it is missing or not closed.
    fn identifier(&mut self, doctype: &mut Doctype, which: Identifier) -> bool {
        let Some(quote @ (b'"' | b'\'')) = self.peek() else {
            return false;
        };
        let from = self.at + 1;
        let end = memchr::memchr2(quote, b'>', &self.bytes[from..])
            .map_or(self.bytes.len(), |i| from + i);
        let value = Some(span(from, end));
        match which {
            Identifier::Public => doctype.public = value,
            Identifier::System => doctype.system = value,
        }
        self.at = end;
        let closed = self.peek() == Some(quote);
        if closed {
            self.at += 1;
        }
        closed
    }
}
