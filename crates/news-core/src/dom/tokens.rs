//! The tokenizer without a tree builder, for the benchmarks.

use super::builder::raw_of;
use super::store::{Piece, Store};
use super::tokenizer::{Doctype, Next, Sink, Span, Tag, TokenizerLimits, tokenize};
use crate::options::Limits;

/// Number of tokens of a text.
pub(crate) fn count(text: &str, limits: &Limits) -> usize {
    let mut counter = Counter { store: Store::new(text), tokens: 0 };
    tokenize(&mut counter, &TokenizerLimits { max_attributes: limits.attributes });
    counter.tokens
}

struct Counter<'t> {
    store: Store<'t>,
    tokens: usize,
}

impl<'t> Sink<'t> for Counter<'t> {
    fn store(&mut self) -> &mut Store<'t> {
        &mut self.store
    }

    fn start_tag(&mut self, tag: &Tag) -> Next {
        self.tokens += 1;
        raw_of(tag.name).map_or(Next::Data, Next::Raw)
    }

    fn end_tag(&mut self, _tag: &Tag) {
        self.tokens += 1;
    }

    fn text(&mut self, _piece: Piece) {
        self.tokens += 1;
    }

    fn nul(&mut self, _place: Span) {
        self.tokens += 1;
    }

    fn comment(&mut self, _text: Span, _place: Span) {
        self.tokens += 1;
    }

    fn doctype(&mut self, _doctype: &Doctype, _place: Span) {
        self.tokens += 1;
    }

    fn end(&mut self, _place: Span) {
        self.tokens += 1;
    }

    fn is_foreign(&self) -> bool {
        false
    }
}
