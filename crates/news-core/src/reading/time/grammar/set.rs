//! Repeated times, and the words that only point: "every Monday", "daily", "now", "the future".

use super::super::meaning::{Meaning, Phrase};
use super::super::value::{Amount, Count, Unit};
use super::super::vocabulary::Class;
use super::cursor::Cursor;
use super::{Reading, calendar};

/// Words before "a year" among which a number makes it a rate: "four flights a week".
const RATE_WORDS: usize = 5;

/// "every Monday", "each of the months", "daily", "Tuesday nights", "twice a week".
pub(super) fn set(start: Cursor<'_>) -> Reading<'_> {
    often(start).or_else(|| every(start)).or_else(|| weekdays(start)).or_else(|| times_a(start))
}

fn often(mut at: Cursor<'_>) -> Reading<'_> {
    let sense = at.take(Class::Often)?;
    if sense.weak && !at.is_phrase_end() {
        return None;
    }
    Some((at, Phrase::of(Meaning::Set(sense.value.to_owned()))))
}

fn every(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    at.take(Class::Every)?;
    let other = at.take(Class::Filler).is_some();
    let value = if let Some(sense) = at.take(Class::Weekday) {
        let part = at.take(Class::Part).map_or(String::new(), |part| format!("T{}", part.value));
        format!("XXXX-WXX-{}{part}", sense.number)
    } else if let Some(sense) = at.take(Class::Month) {
        let month = format!("XXXX-{:02}", sense.number);
        match at.digits(1, 2).filter(|day| (1..=31).contains(day)) {
            Some(day) => format!("{month}-{day:02}"),
            None => month,
        }
    } else if let Some(sense) = at.take(Class::Season) {
        format!("XXXX-{}", sense.value)
    } else if let Some(sense) = at.take(Class::Part) {
        format!("XXXX-XX-XXT{}", sense.value)
    } else {
        let ordinal = at.take(Class::Ordinal).map(|sense| sense.number);
        let count = at.take(Class::Number).map(|sense| sense.number);
        let count = count.or(ordinal).or_else(|| at.digits(1, 3));
        let count = count.filter(|count| *count > 0);
        let (unit, sense) = at.unit()?;
        if sense.weak && count.is_none() || unit == Unit::Second && count.is_none() {
            return None;
        }
        let count = count.unwrap_or(if other { 2 } else { 1 });
        Amount { count: Count::Exact(count), unit }.to_string()
    };
    Some((at, Phrase::of(Meaning::Set(value))))
}

/// "Mondays", "Tuesday nights".
fn weekdays(mut at: Cursor<'_>) -> Reading<'_> {
    let sense = at.take(Class::Weekday).filter(|sense| !sense.weak)?;
    let part = at.take(Class::Part);
    let plural = sense.plural || part.is_some_and(|part| part.plural);
    let part = part.map_or(String::new(), |part| format!("T{}", part.value));
    plural.then(|| (at, Phrase::of(Meaning::Set(format!("XXXX-WXX-{}{part}", sense.number)))))
}

/// "twice a week", "three times a day".
fn times_a(mut at: Cursor<'_>) -> Reading<'_> {
    let _ = at.take(Class::Number);
    at.take(Class::Times).filter(|times| !times.weak)?;
    if !at.take_value(Class::Article, "a") && !at.skip(Class::Every) {
        return None;
    }
    let (unit, sense) = at.unit()?;
    (!sense.plural).then(|| (at, Phrase::of(Meaning::Set(period(unit)))))
}

fn period(unit: Unit) -> String {
    Amount { count: Count::Exact(1), unit }.to_string()
}

/// "a year" behind a number of things is a rate; the period where it is one.
pub(super) fn rate<'t>(
    start: Cursor<'t>,
    at: Cursor<'t>,
    end: Cursor<'t>,
    unit: Unit,
) -> Option<String> {
    let bare = start.at == at.at && end.at == at.at + 2;
    let before = start.before(1)?;
    let introduced =
        before.is(Class::Preposition) || before.is(Class::Past) || before.is(Class::Future);
    if !bare || introduced || end.is(Class::Preposition) && !end.is(Class::Loose) {
        return None;
    }
    let counted = (1..=RATE_WORDS).any(|back| start.before(back).is_some_and(Cursor::is_count));
    counted.then(|| period(unit))
}

/// Whether "years", "days" by itself is a span: "for years", "within weeks", "months of".
pub(super) fn is_bare_span(start: Cursor<'_>, end: Cursor<'_>) -> bool {
    start.follows(Class::Spanning) || (end.is(Class::Ago) || end.is(Class::Shift))
}

/// "soon after", "was soon released", "soon became": no time ahead of the text.
fn is_narrative(start: Cursor<'_>, end: Cursor<'_>) -> bool {
    let past = end.is(Class::Past) || end.token().is_some_and(|token| token.ed);
    let led = start.follows(Class::Future) || start.follows(Class::Be);
    end.is(Class::NotSoon) || start.follows(Class::Past) || (past && !led)
}

/// "now", "recently", "the past", "the future", "the current", "recent".
pub(super) fn reference(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    if let Some(sense) = at.take(Class::Reference) {
        let mut joined = at;
        if joined.hyphen() || (sense.weak && is_narrative(start, at)) {
            return None;
        }
        return Some((at, Phrase::of(Meaning::Reference(sense.value))));
    }
    let article = at.take(Class::Article);
    if calendar::is_definite(article) {
        let past = at.take_value(Class::Relative, "past");
        let led = start.follows(Class::Preposition) || start.follows(Class::Of);
        let alone = past && led && at.is_plain();
        return alone.then(|| (at, Phrase::of(Meaning::Reference("PAST_REF"))));
    }
    if article.is_some() {
        return None;
    }
    let sense = at.take(Class::Relative)?;
    match sense.value {
        "current" => Some((at, Phrase::of(Meaning::Reference("PRESENT_REF")))),
        "recent" if at.is_plain() && at.mark_here().is_none() => {
            Some((at, Phrase::of(Meaning::Reference("PAST_REF"))))
        }
        "coming" => {
            let (unit, sense) = at.unit()?;
            let soon = Amount { count: Count::Vague, unit };
            let meaning = if unit < Unit::Month {
                Meaning::Amount(soon)
            } else {
                Meaning::Reference("FUTURE_REF")
            };
            sense.plural.then(|| (at, Phrase::of(meaning)))
        }
        _ => None,
    }
}
