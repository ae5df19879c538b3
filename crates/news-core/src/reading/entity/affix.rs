//! Words at the edges of names: qualifiers that tell a place, and what a hyphen joins to a name.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Kind;
use super::agree::{DOUBTFUL, Found};
use super::gazetteer::{self, GAZETTEER};
use super::token::{Shape, Token, hash};
use crate::lexicon;

pub(super) const AFFIXES: &str = include_str!("../../../lexicon/name_affixes.tsv");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Affix {
    /// Begins the name of a place.
    Place,
    /// The same, but not before a first name.
    PlaceUnlessName,
    /// Joined to a name by a hyphen, and no part of it.
    Tail,
}

static TABLE: LazyLock<HashMap<u32, Affix>> = LazyLock::new(|| {
    let affix = |row: lexicon::Row| match row[..] {
        [word, "place"] => Some((hash(word.as_bytes()), Affix::Place)),
        [word, "place_unless_name"] => Some((hash(word.as_bytes()), Affix::PlaceUnlessName)),
        [word, "tail"] => Some((hash(word.as_bytes()), Affix::Tail)),
        _ => None,
    };
    lexicon::rows(AFFIXES).filter_map(affix).collect()
});

fn affix(token: &Token) -> Option<Affix> {
    TABLE.get(&token.lower).copied()
}

/// Cuts off what a hyphen joins to a name: `Miller-led`, `New York-based`.
pub(super) fn cut_tails(tokens: &[Token], found: &mut [Found]) {
    let joins = |token: &Token| !token.spaced && token.lower == hash(b"-");
    for name in found {
        if let [_, .., hyphen, tail] = &tokens[name.tokens.clone()]
            && tail.shape == Shape::Lower
            && joins(hyphen)
            && affix(tail) == Some(Affix::Tail)
        {
            name.tokens.end -= 2;
        }
    }
}

/// Most words of a place's name with a qualifier.
const QUALIFIED: usize = 3;

/// Names that begin as places do are places: what was read as a person, and what is in doubt. Before a place,
/// and before a word in doubt, what begins a place is part of the name: `Upper Tolland`.
pub(super) fn name_places(tokens: &[Token], found: &mut [Found]) {
    let mut end = 0;
    for name in found {
        let before = name.tokens.start.checked_sub(1).filter(|at| *at >= end);
        let is_doubtful = name.confidence < DOUBTFUL;
        let is_rest = name.kind == Some(Kind::Place) || is_doubtful && name.tokens.len() == 1;
        let own = &tokens[name.tokens.clone()];
        if before.is_some_and(|at| is_qualifier(&tokens[at])) && is_rest {
            name.tokens.start -= 1;
            name.kind = Some(Kind::Place);
        } else if is_qualified(own)
            && (name.kind == Some(Kind::Person) || is_doubtful && is_qualifier(&own[0]))
        {
            name.kind = Some(Kind::Place);
        }
        end = name.tokens.end;
    }
}

fn is_qualifier(token: &Token) -> bool {
    is_written(token) && affix(token) == Some(Affix::Place)
}

fn is_written(token: &Token) -> bool {
    matches!(token.shape, Shape::Capital | Shape::Mixed)
}

fn is_qualified(name: &[Token]) -> bool {
    let [first, second, ..] = name else { return false };
    let is_name = || {
        let known = GAZETTEER.whole(std::slice::from_ref(second));
        known.is_some_and(|known| known.kinds & gazetteer::FIRST_NAME != 0)
    };
    let is_qualifier = match affix(first) {
        Some(Affix::Place) => true,
        Some(Affix::PlaceUnlessName) => !is_name(),
        Some(Affix::Tail) | None => false,
    };
    is_qualifier && name.len() <= QUALIFIED && name.iter().all(is_written)
}
