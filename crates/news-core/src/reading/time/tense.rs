//! Whether the clause around an expression looks back or ahead.

use super::lexer::{Kind, Tokens};
use super::vocabulary::Class;

/// The side of the anchor on which a bare weekday or month lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
}

/// Words looked at on either side. Eight clauses of ten carry their verb within it.
const WINDOW: usize = 12;

/// The direction, and whether the word right before the expression says it: "ended Jan. 31".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tense {
    pub direction: Option<Direction>,
    pub sure: bool,
}

/// The tense in which the tokens `first..end` stand. "by" a month is ahead.
pub(super) fn tense(tokens: &Tokens<'_>, first: usize, end: usize, is_month: bool) -> Tense {
    let before = first.checked_sub(1);
    let bound = before.and_then(|at| tokens.sense(at, Class::Bounded));
    let by = is_month && before.is_some_and(|at| tokens.is(at, Class::Until));
    match bound.map(|sense| sense.number) {
        None if by => Tense { direction: Some(Direction::Future), sure: false },
        Some(1) => Tense { direction: Some(Direction::Future), sure: true },
        Some(_) => Tense { direction: Some(Direction::Past), sure: true },
        None => Tense { direction: direction(tokens, first, end), sure: false },
    }
}

/// The direction of the verb nearest to the tokens `first..end`, within the sentence.
fn direction(tokens: &Tokens<'_>, first: usize, end: usize) -> Option<Direction> {
    let before = look((first.saturating_sub(WINDOW)..first).rev(), tokens);
    let after = look(end..end.saturating_add(WINDOW), tokens);
    match (before, after) {
        (Some((near, direction)), Some((far, other))) => {
            Some(if near <= far { direction } else { other })
        }
        (before, after) => before.or(after).map(|(_, direction)| direction),
    }
}

/// The first verb met and how far off it stands.
fn look(places: impl Iterator<Item = usize>, tokens: &Tokens<'_>) -> Option<(usize, Direction)> {
    for (steps, at) in places.enumerate() {
        let token = tokens.get(at)?;
        match token.kind {
            Kind::Mark('.' | '!' | '?' | ';' | ':') if !followed_glued(tokens, at) => return None,
            Kind::Word(_) if tokens.is(at, Class::Future) => {
                return Some((steps, Direction::Future));
            }
            Kind::Word(_) if token.ed || tokens.is(at, Class::Past) => {
                return Some((steps, Direction::Past));
            }
            _ => {}
        }
    }
    None
}

/// A dot inside a number or name does not end a sentence.
fn followed_glued(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| next.glued)
}
