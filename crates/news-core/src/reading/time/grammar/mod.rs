//! The shapes of dates and times. Each rule reads from one token on and says where it ended; the
//! longest match counts, and of two equal ones the first in [`RULES`].

use super::lexer::Tokens;
use super::meaning::Phrase;
use cursor::Cursor;

mod amount;
mod calendar;
mod clock;
mod cursor;
mod period;
mod set;
mod year;

/// A reading from a place on: where it ended and what it says.
type Reading<'t> = Option<(Cursor<'t>, Phrase)>;

const RULES: [for<'t> fn(Cursor<'t>) -> Reading<'t>; 18] = [
    calendar::numeric,
    calendar::day,
    calendar::another_day,
    calendar::edged,
    calendar::part,
    clock::first,
    set::set,
    period::quarter,
    period::year_ago,
    period::season,
    period::shifted,
    period::edge_of,
    period::week_of,
    period::day_before,
    amount::amount,
    amount::introduced,
    year::year,
    set::reference,
];

/// The longest expression that begins at this token: the token after it, and what it says.
pub(super) fn longest(tokens: &Tokens<'_>, at: usize) -> Option<(usize, Phrase)> {
    let start = Cursor::new(tokens, at);
    let mut best: Option<(usize, Phrase)> = None;
    for rule in RULES {
        let Some((end, phrase)) = rule(start) else { continue };
        if best.as_ref().is_none_or(|(longest, _)| end.at > *longest) {
            best = Some((end.at, phrase));
        }
    }
    best
}
