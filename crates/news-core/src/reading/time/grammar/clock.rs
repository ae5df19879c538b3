//! Times of day: "10:35 a.m. EST", "noon", "0735 GMT", "16.30 Uhr".

use super::super::Modifier;
use super::super::meaning::{Clock, Meaning, Phrase, Zone};
use super::super::value::Unit;
use super::super::vocabulary::Class;
use super::cursor::Cursor;
use super::{Reading, calendar};

/// An expression that begins with a time: "around 7:15 p.m.", "noon Thursday", "5 p.m. EST, Nov. 6".
pub(super) fn first(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    let bound = at.take(Class::Bound).filter(|bound| bound.value == "APPROX" && !bound.weak);
    let shifted = if bound.is_none() { at.take(Class::Edge) } else { None };
    if shifted.is_some() {
        return None;
    }
    let said = start.follows(Class::Preposition) || start.follows(Class::To) || bound.is_some();
    let (end, clock) = clock(at, said)?;
    let modifier = bound.and_then(|bound| Modifier::named(bound.value));
    let mut day = end;
    day.mark(',');
    day.skip(Class::On);
    day.skip(Class::Article);
    let dated = calendar::day(day)
        .or_else(|| calendar::numeric(day))
        .or_else(|| calendar::edged(day))
        .filter(|(_, phrase)| phrase.clock.is_none() && is_day(&phrase.meaning));
    if let Some((end, phrase)) = dated {
        return Some((end, phrase.at(Some(clock)).modified(modifier)));
    }
    Some((end, Phrase::of(Meaning::SameDay).at(Some(clock)).modified(modifier)))
}

fn is_day(meaning: &Meaning) -> bool {
    !matches!(meaning, Meaning::Month { .. } | Meaning::Amount(_) | Meaning::Set(_))
        && !matches!(meaning, Meaning::Point(point) if point.unit() != Unit::Day)
}

/// A time of day; `said`: the word before it speaks of one.
pub(super) fn clock(start: Cursor<'_>, said: bool) -> Option<(Cursor<'_>, Clock)> {
    noon(start).or_else(|| colon(start, said)).or_else(|| hour(start)).or_else(|| military(start))
}

fn noon(mut at: Cursor<'_>) -> Option<(Cursor<'_>, Clock)> {
    let sense = at.take(Class::Noon)?;
    let hour = sense.number;
    Some((at, Clock::At { hour, minute: None, second: None, zone: None }))
}

/// "10:35", "10:35:20 p.m.", "16.30 Uhr", "10h30".
fn colon(mut at: Cursor<'_>, said: bool) -> Option<(Cursor<'_>, Clock)> {
    let start = at;
    if matches!(start.mark_before(), Some(':' | '.' | '/')) && start.is_glued() {
        return None;
    }
    let hour = at.digits(1, 2)?;
    let dotted = at.glued('.');
    let lettered = !dotted && at.is_glued() && at.take_value(Class::Oclock, "h");
    if !dotted && !lettered && !at.glued(':') {
        return None;
    }
    let minute = at.digits(2, 2)?;
    let mut more = at;
    let second = (more.glued(':')).then(|| more.digits(2, 2)).flatten();
    if second.is_some() {
        at = more;
    }
    let (hour, sure) = half_day(&mut at, hour)?;
    let oclock = at.skip(Class::Oclock);
    let zone = zone(&mut at);
    let sure = sure || oclock || zone.is_some() || lettered || second.is_some();
    if (!sure && (dotted || !said)) || (!sure && at.is_glued() && at.mark_here() == Some(':')) {
        return None;
    }
    made(at, hour, Some(minute), second, zone)
}

/// "9 a.m.", "9 o'clock", "9 Uhr".
fn hour(mut at: Cursor<'_>) -> Option<(Cursor<'_>, Clock)> {
    let hour = match at.digits(1, 2) {
        Some(hour) => hour,
        None => at.take(Class::Number)?.number,
    };
    let (hour, sure) = half_day(&mut at, hour)?;
    if !at.skip(Class::Oclock) && !sure {
        return None;
    }
    let minute = if at.is_english() { None } else { at.digits(2, 2) };
    let zone = zone(&mut at);
    made(at, hour, minute, None, zone)
}

/// "0735 GMT": only with its zone.
fn military(mut at: Cursor<'_>) -> Option<(Cursor<'_>, Clock)> {
    let digits = at.digits(4, 4)?;
    at.skip(Class::Oclock);
    let zone = zone(&mut at)?;
    made(at, digits / 100, Some(digits % 100), None, Some(zone))
}

fn made(
    at: Cursor<'_>,
    hour: i32,
    minute: Option<i32>,
    second: Option<i32>,
    zone: Option<Zone>,
) -> Option<(Cursor<'_>, Clock)> {
    let is_time = hour <= 24 && minute.unwrap_or(0) < 60 && second.unwrap_or(0) < 60;
    is_time.then_some((at, Clock::At { hour, minute, second, zone }))
}

/// The hour of the day, and whether "a.m." or "p.m." was there.
fn half_day(at: &mut Cursor<'_>, hour: i32) -> Option<(i32, bool)> {
    let Some(sense) = at.take(Class::Meridiem) else { return Some((hour, false)) };
    if !(1..=12).contains(&hour) {
        return None;
    }
    let hour = hour % 12 + if sense.value == "PM" { 12 } else { 0 };
    Some((hour, true))
}

/// "EST", "(GMT +8)", "UTC+2", "local time".
fn zone(at: &mut Cursor<'_>) -> Option<Zone> {
    let mut after = *at;
    let open = after.mark('(');
    if !after.is_capital() {
        return None;
    }
    let sense = after.take(Class::Zone)?;
    let mut shifted = after;
    let sign = if shifted.mark('+') {
        1
    } else if shifted.mark('-') {
        -1
    } else {
        0
    };
    let hours = if sign == 0 { None } else { shifted.digits(1, 2).filter(|hours| *hours <= 14) };
    if hours.is_some() {
        after = shifted;
    }
    if open && !after.mark(')') {
        return None;
    }
    *at = after;
    let minutes = sense.number + hours.map_or(0, |hours| sign * hours * 60);
    Some(Zone { minutes, summer: sense.value.ends_with("us") })
}
