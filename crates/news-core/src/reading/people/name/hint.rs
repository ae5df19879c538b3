//! What the caller says of the words of a text: names that the tagger found.

use super::super::kinds::Kinds;
use super::super::token::{Token, Tokens};
use crate::reading::entity::{Kind, Mention};

/// What the caller says of a token.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) enum Stated {
    #[default]
    Nothing,
    /// Begins a person's name, with its confidence.
    Opens(f32),
    /// Goes on with a person's name.
    Person,
    /// Belongs to another name, with its confidence.
    Other(f32),
}

/// The words of a text, and what the caller says of each.
pub(super) struct Words<'a, 't> {
    pub(super) tokens: &'a Tokens<'t>,
    /// What the caller says of each token.
    stated: Vec<Stated>,
    /// Without anything from the caller.
    pub(super) alone: bool,
}

impl<'a, 't> Words<'a, 't> {
    pub(super) fn new(tokens: &'a Tokens<'t>, hints: &[Mention]) -> Self {
        Self { tokens, stated: stated(tokens, hints), alone: hints.is_empty() }
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.list.get(at)
    }

    pub(super) fn is(&self, at: usize, kinds: Kinds) -> bool {
        self.token(at).is_some_and(|t| t.is(kinds))
    }

    pub(super) fn stated(&self, at: usize) -> Stated {
        self.stated.get(at).copied().unwrap_or_default()
    }

    /// The end of the stated name that begins at `at`.
    pub(super) fn stated_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        while self.stated(end) == Stated::Person {
            end += 1;
        }
        end
    }
}

/// What the hints say of each token.
fn stated(tokens: &Tokens<'_>, hints: &[Mention]) -> Vec<Stated> {
    let mut stated = vec![Stated::Nothing; tokens.list.len()];
    let mut next = 0;
    for hint in hints {
        while tokens.list.get(next).is_some_and(|t| (t.end as usize) <= hint.range.start) {
            next += 1;
        }
        let mut opens = true;
        while let Some(slot) = stated
            .get_mut(next)
            .filter(|_| tokens.list.get(next).is_some_and(|t| (t.start as usize) < hint.range.end))
        {
            *slot = match hint.kind {
                Kind::Person if opens => Stated::Opens(hint.confidence),
                Kind::Person => Stated::Person,
                Kind::Organisation | Kind::Place => Stated::Other(hint.confidence),
            };
            opens = false;
            next += 1;
        }
    }
    stated
}
