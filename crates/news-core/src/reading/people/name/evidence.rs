//! What shows that words are the name of a person: titles, first names, ages, what stands around.

use std::ops::Range;

use super::super::kinds::Kinds;
use super::super::token::{Sentence, Shape, Token, Tokens};
use super::super::{phrase, role};
use super::OTHER;
use super::hint::{Stated, Words};

/// Tokens from an office to the name behind what it is the office of.
const OFFICE: usize = 7;

impl Words<'_, '_> {
    pub(super) fn is_sure(&self, name: &Range<usize>, titled: bool, around: &Sentence) -> bool {
        if titled {
            let other =
                self.is_other(name) || self.is(name.start, Kinds::MODIFIER.with(Kinds::PLACE));
            return name.len() > 1 || !other;
        }
        let told = self.is_full(name) || self.alone && self.speaks(name, around) || self.aged(name);
        if name.len() == 1 {
            return self.is_first_name_alone(name.start, around);
        }
        told || self.set_off(name, around)
    }

    /// Whether the words make a full name by themselves.
    pub(super) fn is_full(&self, name: &Range<usize>) -> bool {
        let first = name.start;
        let surname = name.end - 1;
        if self.is(surname, Kinds::NATION) || self.is(first, Kinds::NATION.with(Kinds::PARTICLE)) {
            return false;
        }
        if !self.token(surname).is_some_and(|t| t.shape != Shape::Initial || name.len() > 2) {
            return false;
        }
        let initial = self.token(first).is_some_and(|t| t.shape == Shape::Initial)
            && self.tokens.str(first).ends_with('.')
            && self.token(surname).is_some_and(|t| t.shape == Shape::Capital);
        self.begins_name(first) || initial || is_family_first(self.tokens, name)
    }

    /// A first name; a rare one is none where it rather begins a place or a phrase: Little Marden, West Ambry.
    fn begins_name(&self, at: usize) -> bool {
        let other = Kinds::PLACE.with(Kinds::MODIFIER);
        self.is(at, Kinds::FIRST) && (self.is(at, Kinds::COMMON) || !self.is(at, other))
    }

    /// A first name by itself, no place after a preposition: Marcia argues with Mindy.
    fn is_first_name_alone(&self, at: usize, around: &Sentence) -> bool {
        let other = Kinds::FUNCTION
            .with(Kinds::MODIFIER)
            .with(Kinds::ROLE)
            .with(Kinds::PLACE)
            .with(Kinds::ORGANISATION);
        let token = |at: usize| self.token(at).filter(|_| around.tokens.contains(&at));
        let alone = |t: &Token| t.shape == Shape::Capital && t.is(Kinds::COMMON) && !t.is(other);
        let placed = at.checked_sub(1).and_then(token).is_some_and(|t| t.is(Kinds::PREPOSITION));
        let does = token(at + 1).is_some_and(|t| {
            t.shape == Shape::Possessive || t.shape == Shape::Lower && !t.is(Kinds::PREPOSITION)
        });
        token(at).is_some_and(alone) && self.stated(at) == Stated::Nothing && does && !placed
    }

    /// Whether commas set the name off from what the person is: Ann Miller, a lawyer,
    pub(super) fn set_off(&self, name: &Range<usize>, around: &Sentence) -> bool {
        let comma = |at: usize| self.token(at).is_some_and(|t| t.shape == Shape::Comma);
        let words =
            name.clone().all(|at| self.token(at).is_some_and(|t| t.shape == Shape::Capital));
        if !words || name.len() > 3 {
            return false;
        }
        let (start, end) = (around.tokens.start, around.tokens.end);
        let before = name.start > start && comma(name.start - 1);
        let opens = name.start == start || before;
        let behind = || phrase::forward(self.tokens, name.end + 1, end);
        if opens && comma(name.end) && name.end + 1 < end {
            let nouns = Kinds::TITLE.with(Kinds::RELATION);
            if behind().is_some_and(|role| self.is(role.head, nouns)) {
                return true;
            }
        }
        before && comma(name.end) && role::inverted(self.tokens, name.start - 1, start).is_some()
    }

    /// Whether a verb of speaking stands beside the name.
    fn speaks(&self, name: &Range<usize>, around: &Sentence) -> bool {
        let verb = |at: usize| {
            around.tokens.contains(&at)
                && self.token(at).is_some_and(|t| t.shape == Shape::Lower && t.is(Kinds::SPEECH))
        };
        name.len() < 4 && (verb(name.end) || name.start > 0 && verb(name.start - 1))
    }

    /// Whether an age follows: Sato Ito, 45,
    pub(super) fn aged(&self, name: &Range<usize>) -> bool {
        age_after(self.tokens, name.end).is_some()
    }

    /// Whether the word before a run is a noun for a person: spokesman Davies.
    pub(super) fn role_before(&self, start: usize, around: &Sentence) -> bool {
        start > around.tokens.start
            && self.token(start - 1).is_some_and(|t| {
                let doubled = start > around.tokens.start + 1 && self.is(start - 2, Kinds::ROLE);
                let noun = t.is(Kinds::ROLE) && !t.is(Kinds::SPEECH);
                t.shape == Shape::Lower
                    && noun
                    && (doubled || !t.is(Kinds::ADJECTIVE))
                    && self.can_lead(start, t)
            })
    }

    /// Whether a noun in lower case leads to a name: any before a first name, a title before others.
    fn can_lead(&self, start: usize, noun: &Token) -> bool {
        let title = noun.is(Kinds::TITLE.with(Kinds::RELATION));
        let name = self.token(start).is_some_and(|t| t.shape != Shape::Upper)
            || self.is(start + 1, Kinds::FIRST);
        name && (title || self.is(start, Kinds::FIRST))
            && !matches!(self.stated(start), Stated::Other(_))
    }

    /// Whether a run follows a noun for a person and "of": governor of Ohio Ann Miller.
    pub(super) fn office_before(&self, start: usize, around: &Sentence) -> bool {
        let floor = around.tokens.start.max(start.saturating_sub(OFFICE));
        let inner = |t: &Token| {
            let name = t.is_capital() || t.shape == Shape::Possessive;
            name || t.is(Kinds::LINK.with(Kinds::DETERMINER))
        };
        let mut at = start;
        while at > floor && self.token(at - 1).is_some_and(inner) {
            at -= 1;
            if self.is(at, Kinds::LINK) && at > floor && self.is(at - 1, Kinds::ROLE) {
                return true;
            }
        }
        false
    }

    /// Whether the caller states that all of it is another name.
    pub(super) fn is_other(&self, tokens: &Range<usize>) -> bool {
        self.share_of_other(tokens) >= OTHER
    }

    /// That all of it is another name, as the caller states it.
    pub(super) fn share_of_other(&self, tokens: &Range<usize>) -> f32 {
        let shares = tokens.clone().map(|at| match self.stated(at) {
            Stated::Other(share) => share,
            _ => 0.0,
        });
        shares.reduce(f32::min).unwrap_or(0.0)
    }
}

/// Syllables of an East Asian given name are at most so long, in letters.
const SYLLABLE: usize = 6;

/// Whether the name begins with the surname, as in Korea, China and Vietnam.
pub(in super::super) fn is_family_first(tokens: &Tokens<'_>, name: &Range<usize>) -> bool {
    let token = |at: usize| tokens.list.get(at);
    let Some(first) = token(name.start).filter(|t| t.is(Kinds::FAMILY_FIRST)) else { return false };
    let given = tokens.str(name.start + 1);
    let joined = given.split_once('-').is_some_and(|(_, second)| {
        second.starts_with(char::is_lowercase) || first.is(Kinds::FAMILY_FIRST)
    });
    let parts = name.clone().skip(1);
    let syllables = parts.clone().all(|at| tokens.str(at).chars().count() <= SYLLABLE);
    match name.len() {
        2 => {
            joined
                || !first.is(Kinds::FIRST)
                    && token(name.start + 1).is_some_and(|t| t.shape == Shape::Capital)
        }
        3 => {
            joined
                || syllables
                    && !parts.clone().any(|at| {
                        token(at).is_some_and(|t| t.is(Kinds::FIRST) || t.shape == Shape::Initial)
                    })
        }
        _ => false,
    }
}

/// The oldest age believed, in years.
const OLDEST: u32 = 115;

/// The token of an age set off behind a name that ends at `at`.
pub(in super::super) fn age_after(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let shape = |at: usize| tokens.list.get(at).map(|t| t.shape);
    let opened = matches!(shape(at), Some(Shape::Comma | Shape::Open));
    let aged = usize::from(matches!(tokens.str(at + 1), "age" | "aged"));
    let number = at + 1 + aged;
    let closed =
        matches!(shape(number + 1), Some(Shape::Comma | Shape::Close | Shape::Stop | Shape::Colon));
    let years: u32 = tokens.str(number).parse().ok()?;
    (opened && closed && (1..=OLDEST).contains(&years)).then_some(number)
}
