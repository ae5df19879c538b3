//! Years, decades and centuries.

use super::super::Modifier;
use super::super::meaning::{Meaning, Phrase, Which};
use super::super::value::{Point, Unit};
use super::super::vocabulary::Class;
use super::cursor::Cursor;
use super::{Reading, calendar};

/// Years read where nothing else speaks for a year.
const PLAIN: std::ops::RangeInclusive<i32> = 1900..=2099;

/// "1990", "fiscal 1989", "the year 2000", "the late 1970s", "the 11th century", "1994 or later".
pub(super) fn year(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    let article = at.skip(Class::Article);
    let bound = if at.is(Class::Preposition) { at.take(Class::Bound) } else { None };
    let edge = at.take(Class::Edge);
    if !at.is_english() && edge.is_some() {
        at.skip(Class::Of);
        at.skip(Class::Article);
    }
    at.hyphen();
    let modifier = edge.or(bound).and_then(|sense| Modifier::named(sense.value));
    let tens = decade(at)
        .or_else(|| named_decade(at))
        .or_else(|| century(at))
        .or_else(|| century_behind(at));
    if let Some((end, point)) = tens {
        return Some((end, Phrase::of(Meaning::Point(point)).modified(modifier)));
    }
    if article {
        // "the year 2000", "the fiscal 1990"; "the 1988 period" is another rule's.
        let named = at.is(Class::Fiscal) || at.sense(Class::Unit).is_some_and(|s| s.value == "Y");
        if !named {
            return None;
        }
    }
    let led = edge.is_some() || named_year(&mut at);
    let (end, year) = plain(start, at, led)?;
    let (end, later) = open_end(end);
    Some((end, Phrase::of(Meaning::Point(Point::Year(year))).modified(modifier.or(later))))
}

/// "fiscal", "fiscal year", "the year" before a number.
fn named_year(at: &mut Cursor<'_>) -> bool {
    let fiscal = at.skip(Class::Fiscal);
    let mut unit = *at;
    if unit.take_value(Class::Unit, "Y") {
        *at = unit;
        return true;
    }
    fiscal
}

/// A year by itself; `led`: a word before it says that it is one.
fn plain<'t>(start: Cursor<'t>, mut at: Cursor<'t>, led: bool) -> Option<(Cursor<'t>, i32)> {
    if let Some(year) = spelled(&mut at) {
        return Some((at, year));
    }
    let number = at;
    if led && let Some(year) = apostrophe(&mut at) {
        return Some((at, year));
    }
    if let Some(year) = apostrophe(&mut at)
        .filter(|_| start.follows(Class::Preposition) || start.follows(Class::Of))
    {
        return Some((at, year));
    }
    at = number;
    let year = four_digits(&mut at)?;
    if start.follows(Class::Bound) && !start.follows(Class::Preposition) || ends_no_date(start) {
        return None;
    }
    let introduced = start.is_introduced() && !start.follows(Class::Article);
    if !PLAIN.contains(&year) && !led && !introduced {
        return None;
    }
    let money = matches!(start.mark_before(), Some('$' | '€' | '£' | '#' | '№' | '¥'));
    let joined = number.is_glued()
        && matches!(start.mark_before(), Some('.' | ',' | ':' | '/' | '&' | '+' | '_' | '@' | '='));
    (!money && !joined && !counts(at)).then_some((at, year))
}

/// Whether it is the year of a day that does not exist: "February 30, 2024", "30. Februar 2024".
fn ends_no_date(start: Cursor<'_>) -> bool {
    let named = start.before(1 + usize::from(start.follows(Class::Of)));
    let number = named.and_then(|named| Some((named, named.sense(Class::Month)?.number)));
    if number.is_some_and(|(named, month)| calendar::is_no_day(named, month)) {
        return true;
    }
    let comma = start.mark_before() == Some(',');
    let day =
        start.before(1 + usize::from(comma)).is_some_and(|mut day| day.digits(1, 2).is_some());
    let month = |back| start.before(back).is_some_and(|month| month.is(Class::Month));
    day && (2..=4).any(month)
}

/// Whether the number goes on, or counts what follows.
fn counts(at: Cursor<'_>) -> bool {
    let glued = at.is_glued();
    let mut unit = at;
    if unit.hyphen() {
        let mut day = unit;
        let dated = day.digits(1, 2).is_some() && day.glued('-');
        return dated || unit.is(Class::Unit) || unit.digits(3, 9).is_some();
    }
    match at.mark_here() {
        Some('%' | '°') => true,
        Some('/' | ':' | '_' | '@' | '=') => glued,
        Some('.' | ',') => {
            let mut number = at;
            number.at += 1;
            glued && number.is_glued() && number.digits(1, 9).is_some()
        }
        Some(_) => false,
        None => {
            glued
                || at.sense(Class::Unit).is_some_and(|unit| unit.plural && !unit.weak)
                || at.is(Class::Zone)
        }
    }
}

/// "1990 and beyond", "1994 or later".
fn open_end(at: Cursor<'_>) -> (Cursor<'_>, Option<Modifier>) {
    let mut after = at;
    let joined = after.skip(Class::Or) || after.skip(Class::And);
    if joined && after.sense(Class::Shift).is_some_and(|shift| shift.number > 0) {
        after.at += 1;
        return (after, Some(Modifier::OnOrAfter));
    }
    (at, None)
}

/// A year in four digits.
pub(super) fn four_digits(at: &mut Cursor<'_>) -> Option<i32> {
    let mut after = *at;
    let year = after.digits(4, 4)?;
    let goes_on = after.is_glued() && after.mark_here().is_none();
    if !(1000..=2199).contains(&year) || goes_on {
        return None;
    }
    *at = after;
    Some(year)
}

/// "'98".
pub(super) fn apostrophe(at: &mut Cursor<'_>) -> Option<i32> {
    let mut after = *at;
    if !after.mark('\'') || !after.is_glued() {
        return None;
    }
    let two = after.digits(2, 2)?;
    if after.is_glued() && after.mark_here().is_none() {
        return None;
    }
    *at = after;
    Some(if two < 50 { 2000 + two } else { 1900 + two })
}

/// "nineteen ninety-six", "two thousand".
pub(super) fn spelled(at: &mut Cursor<'_>) -> Option<i32> {
    let mut after = *at;
    let first = after.take(Class::Number)?.number;
    if !matches!(first, 2 | 16..=20) {
        return None;
    }
    if first == 2 {
        let thousand = after.take(Class::Number).is_some_and(|sense| sense.number == 1000);
        let counted = after.is(Class::Number)
            || after.is(Class::Unit)
            || !at.is_introduced() && !at.before_is_unit();
        return (thousand && !counted).then(|| {
            *at = after;
            2000
        });
    }
    let tens = after.take(Class::Number)?.number;
    if !(10..100).contains(&tens) {
        return None;
    }
    let mut ones = after;
    ones.hyphen();
    let one =
        ones.take(Class::Number).map(|sense| sense.number).filter(|one| *one < 10 && tens >= 20);
    if one.is_some() {
        after = ones;
    }
    if after.is(Class::Unit) {
        return None;
    }
    *at = after;
    Some(first * 100 + tens + one.unwrap_or(0))
}

/// "les années 1990", "la década de 1990", "los años 90".
fn named_decade(mut at: Cursor<'_>) -> Option<(Cursor<'_>, Point)> {
    let (unit, sense) = at.unit()?;
    let plural = unit == Unit::Year && sense.plural && !at.is_english();
    let is_decade = unit == Unit::Decade && at.skip(Class::Of);
    if !plural && !is_decade {
        return None;
    }
    at.skip(Class::Article);
    let number = at.digits(4, 4).or_else(|| at.digits(2, 2))?;
    let is_tens = number % 10 == 0 && !matches!(number, 100..=999 | 2200..);
    is_tens.then_some((at, Point::Decade(if number < 100 { 190 } else { 0 } + number / 10)))
}

/// "1990s", "'80s", "70s", "nineties", "1990er Jahre".
fn decade(mut at: Cursor<'_>) -> Option<(Cursor<'_>, Point)> {
    if let Some(sense) = at.take(Class::Decade) {
        return Some((at, Point::Decade(190 + sense.number)));
    }
    let aged = at.before(1).is_some_and(|before| before.is(Class::Possessive));
    let short = at.mark('\'');
    let number =
        if short { at.digits(2, 2)? } else { at.digits(4, 4).or_else(|| at.digits(2, 2))? };
    let mut letter = at;
    letter.glued('\'');
    let glued = letter.is_glued();
    let plural = glued && (letter.take_value(Class::Suffix, "s") || years(&mut letter));
    if !plural || number % 10 != 0 || (aged && number < 100) {
        return None;
    }
    let tens = match number {
        0..=19 => 200 + number / 10,
        20..=99 => 190 + number / 10,
        1000..=2199 => number / 10,
        _ => return None,
    };
    Some((letter, Point::Decade(tens)))
}

/// "er Jahre", "er-Jahren" behind the tens.
fn years(at: &mut Cursor<'_>) -> bool {
    let er = at.take_value(Class::Suffix, "er");
    at.hyphen();
    er && at.take_value(Class::Unit, "Y")
}

/// "siglo XIX": the number stands behind.
fn century_behind(mut at: Cursor<'_>) -> Option<(Cursor<'_>, Point)> {
    let (unit, sense) = at.unit()?;
    let number = at.take(Class::Ordinal)?.number;
    let is_century = unit == Unit::Century && !sense.plural && (1..=22).contains(&number);
    is_century.then_some((at, Point::Century(number - 1)))
}

/// "11th century", "twentieth century".
fn century(mut at: Cursor<'_>) -> Option<(Cursor<'_>, Point)> {
    let number = match at.digits(1, 2) {
        Some(number) => {
            if at.is_glued() && !at.skip(Class::Suffix) {
                at.glued('.');
            }
            number
        }
        None => at.take(Class::Ordinal)?.number,
    };
    at.hyphen();
    let (unit, sense) = at.unit()?;
    let is_century = unit == Unit::Century && !sense.plural && (1..=22).contains(&number);
    is_century.then_some((at, Point::Century(number - 1)))
}

/// "last year", "of next year" behind a month or quarter.
pub(super) fn relative_year(mut at: Cursor<'_>) -> Option<(Cursor<'_>, Which)> {
    at.skip(Class::Of);
    at.skip(Class::Article);
    if let Some(sense) = at.take(Class::Relative) {
        let years = match sense.value {
            "last" | "past" => Which::Years(-1),
            "this" | "current" => Which::Years(0),
            "next" | "coming" => Which::Years(1),
            "same" | "that" => Which::Mentioned,
            _ => return None,
        };
        at.skip(Class::Fiscal);
        return at.take_value(Class::Unit, "Y").then_some((at, years));
    }
    if !at.take_value(Class::Unit, "Y") {
        return None;
    }
    let behind = at.take(Class::Behind)?;
    let years = match behind.value {
        "last" | "past" => -1,
        "next" | "coming" => 1,
        _ => 0,
    };
    Some((at, Which::Years(years)))
}
