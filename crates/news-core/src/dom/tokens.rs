//! The tokenizer without a tree builder, for the benchmarks.

use std::cell::Cell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult};

use super::guard::raw_kind;
use super::tokenizer::{TokenizerLimits, tokenize};
use crate::options::Limits;

/// Number of tokens of a text.
pub(crate) fn count(text: &str, limits: &Limits) -> usize {
    let (sink, position) = (Counter::default(), Cell::new((0, 0)));
    let limits = TokenizerLimits { max_attributes: limits.attributes };
    tokenize(&StrTendril::from(text), &sink, &position, &limits);
    sink.tokens.get()
}

#[derive(Default)]
struct Counter {
    tokens: Cell<usize>,
}

impl TokenSink for Counter {
    type Handle = ();

    fn process_token(&self, token: Token, _line_number: u64) -> TokenSinkResult<()> {
        self.tokens.set(self.tokens.get() + 1);
        let opens = match &token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => raw_kind(&tag.name),
            _ => None,
        };
        opens.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }
}
