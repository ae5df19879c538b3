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
    /// What the caller says of each token, without how sure that is: a byte each.
    stated: Vec<Mark>,
    /// How sure it is that a token opens a person's name or belongs to another, by their places.
    shares: Vec<(u32, f32)>,
    /// Without anything from the caller.
    pub(super) alone: bool,
}

impl<'a, 't> Words<'a, 't> {
    pub(super) fn new(tokens: &'a Tokens<'t>, hints: &[Mention]) -> Self {
        let (stated, shares) = stated(tokens, hints);
        Self { tokens, stated, shares, alone: hints.is_empty() }
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.list.get(at)
    }

    pub(super) fn is(&self, at: usize, kinds: Kinds) -> bool {
        self.token(at).is_some_and(|t| t.is(kinds))
    }

    pub(super) fn stated(&self, at: usize) -> Stated {
        match self.stated.get(at).copied().unwrap_or_default() {
            Mark::Nothing => Stated::Nothing,
            Mark::Opens => Stated::Opens(self.share(at)),
            Mark::Person => Stated::Person,
            Mark::Other => Stated::Other(self.share(at)),
        }
    }

    fn share(&self, at: usize) -> f32 {
        let place = self.shares.binary_search_by_key(&at, |(token, _)| *token as usize);
        place.ok().and_then(|place| self.shares.get(place)).map_or(0.0, |(_, share)| *share)
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

/// [`Stated`] without its confidence.
#[derive(Debug, Clone, Copy, Default)]
enum Mark {
    #[default]
    Nothing,
    Opens,
    Person,
    Other,
}

/// What the hints say of each token, and how sure that is of those that need it.
fn stated(tokens: &Tokens<'_>, hints: &[Mention]) -> (Vec<Mark>, Vec<(u32, f32)>) {
    let mut stated = vec![Mark::Nothing; tokens.list.len()];
    let mut shares = Vec::new();
    let mut next = 0;
    for hint in hints {
        while tokens.list.get(next).is_some_and(|t| t.end() <= hint.range.start) {
            next += 1;
        }
        let mut opens = true;
        while let Some(slot) = stated
            .get_mut(next)
            .filter(|_| tokens.list.get(next).is_some_and(|t| (t.start as usize) < hint.range.end))
        {
            *slot = match hint.kind {
                Kind::Person if opens => Mark::Opens,
                Kind::Person => Mark::Person,
                Kind::Organisation | Kind::Place => Mark::Other,
            };
            if !matches!(slot, Mark::Person) {
                shares.push((next as u32, hint.confidence));
            }
            opens = false;
            next += 1;
        }
    }
    (stated, shares)
}
