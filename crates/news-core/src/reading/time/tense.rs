//! Whether the clause around an expression looks back or ahead.

use super::lexer::{Kind, Tokens};
use super::vocabulary::Class;

/// The side of the anchor on which a bare weekday or month lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
}

/// Words looked at on either side. A verb further off mostly belongs to another clause.
const WINDOW: usize = 16;

/// The same for "Monday's vote": the day belongs to its noun, and only a verb close by dates it.
const NEAR_WINDOW: usize = 4;

/// So many words a comma counts for: the verb on this side of it is nearer.
const COMMA: usize = 3;

/// The direction, and how firmly the words say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tense {
    pub direction: Option<Direction>,
    /// The word right before the expression says it: "ended Jan. 31".
    pub sure: bool,
    /// The verb stands against the expression: "said Monday", "met on Monday".
    pub near: bool,
}

/// The tense in which the tokens `first..end` stand. "by" a month is ahead.
pub(super) fn tense(tokens: &Tokens<'_>, first: usize, end: usize, is_month: bool) -> Tense {
    let before = first.checked_sub(1);
    let bound = before.and_then(|at| tokens.sense(at, Class::Bounded));
    let by = is_month && before.is_some_and(|at| tokens.is(at, Class::Until));
    match bound.map(|sense| sense.number) {
        None if by => Tense { direction: Some(Direction::Future), sure: false, near: true },
        Some(1) => Tense { direction: Some(Direction::Future), sure: true, near: true },
        Some(_) => Tense { direction: Some(Direction::Past), sure: true, near: true },
        None => nearest(tokens, first, end),
    }
}

/// The tense of the verb nearest to the tokens `first..end`, within the sentence.
fn nearest(tokens: &Tokens<'_>, first: usize, end: usize) -> Tense {
    let window = if is_possessive(tokens, end) { NEAR_WINDOW } else { WINDOW };
    let before = look((first.saturating_sub(window)..first).rev(), tokens);
    let after = look(end..end.saturating_add(window), tokens);
    let found = match (before, after) {
        // "Until Thursday, they had …": the clause that follows has the verb.
        (Some((0, Direction::Future)), Some((_, Direction::Past)))
            if fronted(tokens, first, end) =>
        {
            after
        }
        (Some(near), Some(far)) => Some(if near.0 <= far.0 { near } else { far }),
        (before, after) => before.or(after),
    };
    Tense {
        direction: found.map(|(_, direction)| direction),
        sure: false,
        near: found.is_some_and(|(steps, _)| steps < 2),
    }
}

fn is_possessive(tokens: &Tokens<'_>, end: usize) -> bool {
    let letter = tokens.sense(end + 1, Class::Suffix).is_some_and(|suffix| suffix.value == "s");
    tokens.mark(end) == Some('\'') && letter && followed_glued(tokens, end)
}

/// Whether the expression and the word before it open the sentence and a comma closes them off.
fn fronted(tokens: &Tokens<'_>, first: usize, end: usize) -> bool {
    let opener = first.checked_sub(1).and_then(|at| tokens.get(at));
    opener.is_some_and(|opener| opener.capital) && tokens.mark(end) == Some(',')
}

/// The first verb met and how far off it stands.
fn look(places: impl Iterator<Item = usize>, tokens: &Tokens<'_>) -> Option<(usize, Direction)> {
    let mut commas = 0;
    for (steps, at) in places.enumerate() {
        let token = tokens.get(at)?;
        let steps = steps + commas * COMMA;
        match token.kind {
            Kind::Mark(',') => commas += 1,
            Kind::Mark('.' | '!' | '?' | ';' | ':') if !followed_glued(tokens, at) => return None,
            Kind::Word(_) if tokens.is(at, Class::Future) => {
                return Some((steps, Direction::Future));
            }
            Kind::Word(_) if is_past(tokens, at) => return Some((steps, Direction::Past)),
            _ => {}
        }
    }
    None
}

/// A verb in the past, not the participle of "will be paid" or "the restored organ".
fn is_past(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_participle = at
        .checked_sub(1)
        .is_some_and(|before| tokens.is(before, Class::Be) || tokens.is(before, Class::Article));
    let ed = tokens.get(at).is_some_and(|token| token.ed);
    (ed || tokens.is(at, Class::Past)) && !is_participle
}

/// A dot inside a number or name does not end a sentence.
fn followed_glued(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| next.glued)
}
