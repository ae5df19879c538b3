//! Days: dates in words and digits, weekdays, holidays, "yesterday", and parts of them.

use super::super::Modifier;
use super::super::meaning::{Clock, From, Meaning, Phrase, Which};
use super::super::value::{Point, Unit, date};
use super::super::vocabulary::{Class, Sense};
use super::cursor::Cursor;
use super::{Reading, clock, year};

/// The second day of "April 24 and 25", "Sept. 5-7".
pub(super) fn another_day(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    let day = at.digits(1, 2).filter(|day| (1..=31).contains(day))?;
    let joined = start.follows(Class::And)
        || start.follows(Class::Or)
        || start.follows(Class::To)
        || start.mark_before() == Some('-');
    let first = start.before(2).filter(|first| joined && { *first }.digits(1, 2).is_some())?;
    let dotted = first.mark_before() == Some('.');
    let named = first.before(1 + usize::from(dotted))?;
    let month = named.sense(Class::Month).filter(|_| named.is_capital())?.number;
    let mut late = at;
    late.mark(',');
    if let Some(year) = year::four_digits(&mut late) {
        let point = Point::Day(date(year, month, day)?);
        return Some((late, Phrase::of(Meaning::Point(point))));
    }
    let ends = at.is_phrase_end()
        && !(at.is_glued() && at.mark_here().is_some_and(|mark| matches!(mark, '%' | ':' | '/')));
    date(2000, month, day).filter(|_| ends)?;
    Some((at, Phrase::of(Meaning::MonthDay { month, day, which: Which::Mentioned })))
}

/// `2024-05-02`, `5/2/2024`, `2.5.2024`.
pub(super) fn numeric(start: Cursor<'_>) -> Reading<'_> {
    if matches!(start.mark_before(), Some('/' | '$' | '€' | '£')) && start.is_glued() {
        return None;
    }
    let (end, day) = iso(start).or_else(|| separated(start))?;
    let goes_on = end.is_glued()
        && !matches!(end.mark_here(), Some('.' | ',' | ')' | ';' | ':' | '\'' | '"'));
    let is_stamp = end.suffix().is_some_and(|suffix| suffix.value == "t");
    if goes_on && !is_stamp {
        return None;
    }
    let phrase = Phrase::of(Meaning::Point(Point::Day(day)));
    let mut stamped = end;
    if is_stamp
        && stamped.skip(Class::Suffix)
        && let Some((end, clock)) = clock::clock(stamped, true)
    {
        return Some((end, phrase.at(Some(clock))));
    }
    Some(with_time(end, phrase))
}

fn iso(mut at: Cursor<'_>) -> Option<(Cursor<'_>, jiff::civil::Date)> {
    let year = at.digits(4, 4)?;
    let separator = ['-', '/', '.'].into_iter().find(|mark| at.glued(*mark))?;
    let month = at.digits(1, 2)?;
    let day = (at.glued(separator)).then(|| at.digits(1, 2))??;
    Some((at, date(year, month, day)?))
}

fn separated(mut at: Cursor<'_>) -> Option<(Cursor<'_>, jiff::civil::Date)> {
    let first = at.digits(1, 2)?;
    let separator = ['/', '.', '-'].into_iter().find(|mark| at.glued(*mark))?;
    let second = at.digits(1, 2)?;
    let after = at.glued(separator);
    let year = after.then(|| at.digits(2, 4))??;
    let year = if year < 100 { full_year(year) } else { year };
    let day_first = at.is_day_first() || separator == '.';
    let (day, month) = if day_first { (first, second) } else { (second, first) };
    Some((at, date(year, month, day).or_else(|| date(year, day, month))?))
}

/// 98 -> 1998, 24 -> 2024: the century split that POSIX uses.
fn full_year(two: i32) -> i32 {
    if two < 69 { 2000 + two } else { 1900 + two }
}

/// A day with what belongs to it: "last Monday night", "Friday, Oct. 13", "yesterday at noon".
pub(super) fn day(start: Cursor<'_>) -> Reading<'_> {
    let readings =
        [weekday(start), month_first(start), day_first(start), day_word(start), holiday(start)];
    let longest = readings.into_iter().flatten().max_by_key(|(end, _)| end.at)?;
    let (end, phrase) = longest;
    Some(match phrase.meaning {
        Meaning::Month { .. } | Meaning::Point(Point::Month(..)) => (end, phrase),
        _ => with_time(end, phrase),
    })
}

/// "night", "at 10 p.m." behind a day.
fn with_time(end: Cursor<'_>, phrase: Phrase) -> (Cursor<'_>, Phrase) {
    let mut part = end;
    if phrase.clock.is_none() {
        let edge = part.sense(Class::Edge);
        if edge.is_some() {
            part.at += 1;
            part.hyphen();
        }
        if let Some(sense) = part.take(Class::Part).filter(|sense| !sense.weak && !sense.plural) {
            let modifier = edge.and_then(|edge| Modifier::named(edge.value));
            return (part, phrase.at(Some(Clock::Part(sense.value))).modified(modifier));
        }
    }
    let mut at = end;
    at.mark(',');
    let said = at.skip(Class::At);
    if let Some((end, clock)) =
        clock::clock(at, said).filter(|_| said || at.at > end.at || phrase.clock.is_none())
    {
        return (end, phrase.at(Some(clock)));
    }
    (end, phrase)
}

/// Which one a word like "last" means.
fn which(sense: Option<Sense>) -> Option<Which> {
    Some(match sense.map(|sense| sense.value) {
        None => Which::Open,
        Some("last" | "past") => Which::Last,
        Some("this" | "current") => Which::This,
        Some("next" | "coming") => Which::Next,
        Some("previous") => Which::Previous,
        Some("following") => Which::Following,
        _ => return None,
    })
}

/// The word that names which one, if any; an article alone is not read.
struct Lead(Option<Sense>);

/// "the", "last", "this past", "next" before a noun of time.
fn relative(at: &mut Cursor<'_>) -> Option<Lead> {
    let start = *at;
    let article = at.take(Class::Article);
    let first = at.take(Class::Relative);
    let second = at.take(Class::Relative);
    if article.is_some() && first.is_none() {
        *at = start;
        return None;
    }
    Some(Lead(second.or(first)))
}

fn weekday(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    let Lead(lead) = relative(&mut at)?;
    let sense = at.take(Class::Weekday)?;
    let mut dotted = at;
    if sense.value.len() == 1 && dotted.glued('.') && month_lead(dotted) {
        at = dotted;
    }
    if let Some(found) = dated_weekday(at) {
        return Some(found);
    }
    if sense.weak || sense.plural {
        return None;
    }
    let which = which(lead)?;
    let mut late = at;
    let behind = if lead.is_none() { behind(&mut late) } else { None };
    let (at, which) = match behind {
        Some(which) => (late, which),
        None => (at, which),
    };
    let clock =
        parts(sense.value.trim_start_matches(|c: char| c.is_ascii_digit())).map(Clock::Part);
    let meaning = match lead.map(|sense| sense.value) {
        Some("this") => Meaning::Weekday { weekday: sense.number, which: Which::Open },
        _ => Meaning::Weekday { weekday: sense.number, which },
    };
    Some((at, Phrase::of(meaning).at(clock)))
}

/// "dernier" behind its noun.
fn behind(at: &mut Cursor<'_>) -> Option<Which> {
    let sense = at.take(Class::Behind)?;
    which(Some(sense))
}

/// Whether a month or day number follows: "Fri. Oct. 13".
fn month_lead(at: Cursor<'_>) -> bool {
    at.is(Class::Month)
}

/// The date behind a weekday: "Friday, Oct. 13", "Freitag, den 13. Oktober".
fn dated_weekday(mut at: Cursor<'_>) -> Reading<'_> {
    at.mark(',');
    at.skip(Class::Article);
    let found = month_first(at).or_else(|| day_first(at))?;
    let is_day =
        matches!(found.1.meaning, Meaning::MonthDay { .. } | Meaning::Point(Point::Day(_)));
    is_day.then_some(found)
}

/// "May 2, 2024", "Sept. 30", "March 1996", "last June", "June last year".
fn month_first(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    let Lead(lead) = relative(&mut at)?;
    let month_at = at;
    let sense = at.take(Class::Month)?;
    let bare = at;
    at.glued('.');
    if lead.is_none() && is_no_day(start, sense.number) {
        return None;
    }
    let number = day_number(&mut at);
    if let Some(day) = number {
        return month_day(at, sense.number, day);
    }
    if let Some(found) = month_year(at, sense.number) {
        return Some(found);
    }
    let which = which(lead)?;
    if let Some((at, which)) = year::relative_year(at).filter(|_| lead.is_none()) {
        return Some((at, Phrase::of(Meaning::Month { month: sense.number, which })));
    }
    let doubted = sense.weak && lead.is_none() && !is_month_here(start);
    if doubted || (start.is_english() && !month_at.is_capital()) {
        return None;
    }
    let mut late = bare;
    let behind = if lead.is_none() { behind(&mut late) } else { None };
    let (at, which) = behind.map_or((bare, which), |which| (late, which));
    Some((at, Phrase::of(Meaning::Month { month: sense.number, which })))
}

/// Whether the number before the month makes a day that does not exist: "30. Februar".
pub(super) fn is_no_day(start: Cursor<'_>, month: i32) -> bool {
    let joined = start.mark_before() == Some('.') || start.follows(Class::Of);
    let number = start.before(1 + usize::from(joined));
    let day = number.and_then(|mut number| number.digits(1, 2));
    start.is_day_first() && day.is_some_and(|day| date(2000, month, day).is_none())
}

/// Whether "May" or "March" is the month: it stands behind a preposition, and is no name's part.
fn is_month_here(start: Cursor<'_>) -> bool {
    let mut at = start;
    at.at += 1;
    let named = at.is_capital() || at.is(Class::Preposition) || at.token().is_none();
    let attribute = start.comes_after(Class::Article)
        && start.sense(Class::Month).is_some_and(|m| m.number == 3)
        && !named
        && at.mark_here().is_none();
    (start.is_capital() || !start.is_english())
        && (attribute
            || start.comes_after(Class::Preposition)
            || start.comes_after(Class::Of)
            || start.comes_after(Class::Every)
            || start.comes_after(Class::To)
            || start.comes_after(Class::Edge))
}

/// The day behind a month: "2", "2nd", "second"; not the "10" of "10 a.m." or "10:30".
fn day_number(at: &mut Cursor<'_>) -> Option<i32> {
    let mut after = *at;
    let day = match after.digits(1, 2) {
        Some(day) => {
            let mut more = after;
            let clock =
                more.is(Class::Meridiem) || (more.glued(':') && more.digits(2, 2).is_some());
            if clock {
                return None;
            }
            if after.is_glued() && after.is(Class::Suffix) {
                after.skip(Class::Suffix);
            }
            day
        }
        None => after.take(Class::Ordinal)?.number,
    };
    (1..=31).contains(&day).then(|| {
        *at = after;
        day
    })
}

fn month_day(at: Cursor<'_>, month: i32, day: i32) -> Reading<'_> {
    let mut late = at;
    late.mark(',');
    late.skip(Class::Of);
    if let Some(year) = year::four_digits(&mut late) {
        let point = Point::Day(date(year, month, day)?);
        return Some((late, Phrase::of(Meaning::Point(point))));
    }
    if let Some((at, which)) = year::relative_year(at) {
        return Some((at, Phrase::of(Meaning::MonthDay { month, day, which })));
    }
    // A leap year has every day that any year has.
    date(2000, month, day)?;
    Some((at, Phrase::of(Meaning::MonthDay { month, day, which: Which::Open })))
}

fn month_year(mut at: Cursor<'_>, month: i32) -> Reading<'_> {
    at.mark(',');
    at.skip(Class::Of);
    let year = year::four_digits(&mut at)
        .or_else(|| year::apostrophe(&mut at))
        .or_else(|| year::spelled(&mut at))?;
    let point = Point::Month(year, i8::try_from(month).ok()?);
    Some((at, Phrase::of(Meaning::Point(point))))
}

/// "2 May 2024", "the 2nd of May", "2. Mai 2024", "2 de mayo de 2024".
fn day_first(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    at.skip(Class::Article);
    let day = match at.digits(1, 2) {
        Some(day) => day,
        None => at.take(Class::Ordinal)?.number,
    };
    if at.is_glued() && !at.skip(Class::Suffix) {
        at.glued('.');
    }
    at.skip(Class::Of);
    let sense = at.take(Class::Month)?;
    if !(1..=31).contains(&day) {
        return None;
    }
    let mut dotted = at;
    if dotted.glued('.') && dotted.digits(4, 4).is_some() {
        at.glued('.');
    }
    month_day(at, sense.number, day)
}

/// "yesterday", "tomorrow night".
fn day_word(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    let sense = at.take(Class::DayWord)?;
    let meaning = Meaning::Shift { unit: Unit::Day, count: sense.number, from: From::Anchor };
    let part = sense.value.trim_start_matches(|c: char| c == '-' || c.is_ascii_digit());
    let clock = parts(part).map(Clock::Part);
    Some((at, Phrase::of(meaning).at(clock)))
}

/// The part of the day of that name, as it lives in the program.
fn parts(name: &'static str) -> Option<&'static str> {
    (!name.is_empty()).then_some(name)
}

fn holiday(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    let Lead(lead) = relative(&mut at)?;
    let sense = at.take(Class::Holiday)?;
    let which = which(lead)?;
    let mut late = at;
    late.mark(',');
    if let Some(year) = year::four_digits(&mut late) {
        let meaning = Meaning::Holiday { rule: sense.value, which: Which::Year(year) };
        return Some((late, Phrase::of(meaning)));
    }
    if let Some((at, which)) = year::relative_year(at) {
        return Some((at, Phrase::of(Meaning::Holiday { rule: sense.value, which })));
    }
    Some((at, Phrase::of(Meaning::Holiday { rule: sense.value, which })))
}

/// "early Tuesday", "late November", "mid-March", "later this week".
pub(super) fn edged(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    at.skip(Class::Article);
    let edge = at.take(Class::Edge)?;
    at.hyphen();
    at.skip(Class::On);
    let (end, phrase) = day(at).or_else(|| part(at))?;
    Some((end, phrase.modified(Modifier::named(edge.value))))
}

/// "this morning", "the next night", "mid-afternoon yesterday".
pub(super) fn part(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    let article = at.take(Class::Article);
    let relative = at.take(Class::Relative);
    let edge = at.take(Class::Edge);
    at.hyphen();
    let sense = at.take(Class::Part).filter(|sense| !sense.plural)?;
    let modifier = edge.and_then(|edge| Modifier::named(edge.value));
    if at.is(Class::Of) {
        return None;
    }
    let clock = Some(Clock::Part(sense.value));
    let mut on = at;
    on.skip(Class::On);
    if let Some((end, phrase)) =
        day(on).filter(|(_, phrase)| article.is_none() && phrase.clock.is_none())
    {
        return Some((end, phrase.at(clock).modified(modifier)));
    }
    let (count, from) = match relative.map(|sense| sense.value) {
        Some("this") => (0, From::Anchor),
        Some("next" | "following") => (1, From::Mention),
        Some("previous") => (-1, From::Mention),
        Some("that" | "same") => (0, From::Mention),
        Some("last") => (-1, From::Anchor),
        None if is_definite(article) && start.follows(Class::Preposition) => (0, From::Mention),
        None if edge.is_some() && article.is_none() => (0, From::Anchor),
        _ => return None,
    };
    let meaning = Meaning::Shift { unit: Unit::Day, count, from };
    Some((at, Phrase::of(meaning).at(clock).modified(modifier)))
}

pub(super) fn is_definite(article: Option<Sense>) -> bool {
    article.is_some_and(|article| article.value == "the")
}
