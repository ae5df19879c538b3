//! Amounts: "two weeks", "a five-day visit", "three years ago", "the next 14 months".

use super::super::Modifier;
use super::super::meaning::{From, Meaning, Phrase};
use super::super::value::{Amount, Count, Unit};
use super::super::vocabulary::Class;
use super::cursor::Cursor;
use super::{Reading, calendar, set};

/// What precedes an amount.
#[derive(Debug, Default, Clone, Copy)]
struct Lead {
    modifier: Option<Modifier>,
    /// "the".
    definite: bool,
    /// "last", "next", …
    relative: Option<&'static str>,
    /// "the first".
    ordinal: bool,
}

/// A number of units, perhaps counted from somewhere.
pub(super) fn amount(start: Cursor<'_>) -> Reading<'_> {
    if is_inside_number(start) {
        return None;
    }
    let mut at = start;
    let lead = lead(&mut at);
    let (end, amount, article) = counted(at).or_else(|| uncounted(start, at, lead))?;
    if lead.definite && lead.relative.is_none() && is_compound(at, end) {
        return None;
    }
    if is_age(end) || is_fraction(end, amount, article) || is_year_ago(end, article) {
        return None;
    }
    let mut end = end;
    let hyphen_old = {
        let mut old = end;
        old.hyphen() && old.skip(Class::Old) && amount.unit != Unit::Year
    };
    if hyphen_old {
        end.at += 2;
    }
    if let Some(found) = counted_from(end, amount, lead) {
        return Some(found);
    }
    if is_some_day(start, end, amount, article) {
        return Some((end, Phrase::of(Meaning::Reference("FUTURE_REF"))));
    }
    let is_rate = article && lead.relative.is_none();
    if let Some(value) = is_rate.then(|| set::rate(start, at, end, amount.unit)).flatten() {
        return Some((end, Phrase::of(Meaning::Set(value))));
    }
    let end = or_so(end);
    let modifier = lead.modifier.or((end.1).then_some(Modifier::Approx));
    Some((end.0, Phrase::of(Meaning::Amount(amount)).modified(modifier)))
}

/// "two-week" before a noun: the article belongs to the noun.
fn is_compound(mut at: Cursor<'_>, end: Cursor<'_>) -> bool {
    let mut unit = end;
    unit.at -= 1;
    let plural = unit.sense(Class::Unit).is_some_and(|unit| unit.plural);
    count(&mut at);
    !plural && end.at > at.at
}

/// Digits behind "3." or "$" are part of another number.
fn is_inside_number(start: Cursor<'_>) -> bool {
    start.is_glued() && matches!(start.mark_before(), Some('.' | ',' | '$' | '€' | '£' | ':' | '/'))
}

fn lead(at: &mut Cursor<'_>) -> Lead {
    let modifier = at.take(Class::Bound).and_then(|bound| Modifier::named(bound.value));
    let mut lead = Lead { modifier, ..Lead::default() };
    let mut inner = *at;
    lead.definite =
        calendar::is_definite(inner.sense(Class::Article)) && inner.skip(Class::Article);
    lead.relative = inner.take(Class::Relative).map(|sense| sense.value);
    if lead.relative == Some("that") {
        return lead;
    }
    if lead.relative == Some("this") && inner.is(Class::Relative) {
        lead.relative = inner.take(Class::Relative).map(|sense| sense.value);
    }
    if lead.definite
        && lead.relative.is_none()
        && inner.sense(Class::Ordinal).is_some_and(|s| s.number != -1)
    {
        lead.ordinal = inner.skip(Class::Ordinal);
    }
    if let Some(bound) = inner.take(Class::Bound) {
        lead.modifier = Modifier::named(bound.value).or(lead.modifier);
    }
    *at = inner;
    lead
}

/// A count and its unit; whether the count was the article.
fn counted(start: Cursor<'_>) -> Option<(Cursor<'_>, Amount, bool)> {
    let mut at = start;
    let (count, article) = count(&mut at)?;
    let from = at;
    at.hyphen();
    let hyphen = at.at > from.at;
    if !hyphen {
        at.skip(Class::Filler);
    }
    // "48 Hours" is a programme; German nouns all have their capital.
    let title = !hyphen && start.is_english() && start.is_digits() && at.is_capital();
    let (unit, sense) = at.unit().filter(|_| !title)?;
    let single = count == Count::Exact(1);
    if sense.weak && (article || !(single || hyphen)) && !sense.plural {
        return None;
    }
    let singular = start.is_english() && !sense.plural;
    if !single && !hyphen && singular && !is_loose(count, at, article) {
        return None;
    }
    if single && sense.plural {
        return None;
    }
    let mut half = at;
    let and_half =
        half.skip(Class::And) && half.take_value(Class::Article, "a") & half.skip(Class::Half) || {
            half = at;
            half.skip(Class::And) && half.skip(Class::Half)
        };
    match count {
        Count::Exact(count) if and_half => {
            Some((half, Amount { count: Count::Half(count), unit }, false))
        }
        _ => Some((at, Amount { count, unit }, article)),
    }
}

/// "five year low": broadcast transcripts leave the hyphen out. Followed by a noun.
fn is_loose(count: Count, at: Cursor<'_>, article: bool) -> bool {
    matches!(count, Count::Half(_)) || (!article && at.mark_here().is_none())
}

/// How many; whether it was only the article.
fn count(at: &mut Cursor<'_>) -> Option<(Count, bool)> {
    let mut after = *at;
    if after.skip(Class::Vague) {
        *at = after;
        return Some((Count::Vague, false));
    }
    if let Some(count) = half_of(&mut after) {
        *at = after;
        return Some((count, false));
    }
    after = *at;
    let article = after.take_value(Class::Article, "a");
    if article && after.take(Class::Vague).is_some() {
        *at = after;
        return Some((Count::Vague, false));
    }
    let large = after.sense(Class::Number).is_some_and(|number| number.number >= 12);
    if let Some(count) = (!article || large).then(|| number(&mut after)).flatten() {
        let count = range(&mut after)
            .or_else(|| with_half(&mut after, count))
            .unwrap_or(Count::Exact(count));
        *at = after;
        return Some((count, false));
    }
    article.then(|| {
        *at = after;
        (Count::Exact(1), true)
    })
}

/// "half an hour", "half a century", "zweieinhalb".
fn half_of(at: &mut Cursor<'_>) -> Option<Count> {
    if let Some(whole) = at.sense(Class::Half).filter(|half| half.number > 0) {
        at.at += 1;
        return Some(Count::Half(whole.number));
    }
    at.take_value(Class::Article, "a");
    (at.skip(Class::Half) && (at.take_value(Class::Article, "a") || at.hyphen()))
        .then_some(Count::Half(0))
}

/// "12", "twenty-four", "three hundred".
fn number(at: &mut Cursor<'_>) -> Option<i32> {
    if let Some(value) = at.digits(1, 9) {
        return Some(value);
    }
    let first = at.take(Class::Number)?.number;
    let mut value = first;
    if (20..100).contains(&first) {
        let mut ones = *at;
        ones.hyphen();
        if let Some(one) = ones.take(Class::Number).filter(|one| one.number < 10) {
            *at = ones;
            value += one.number;
        }
    }
    // "three hundred thousand" at most: the look ahead stays bounded.
    for _ in 0..2 {
        let Some(times) = at.sense(Class::Number).filter(|times| times.number >= 100) else {
            break;
        };
        at.at += 1;
        value = value.saturating_mul(times.number);
    }
    Some(value)
}

/// "to 18", "or three" behind a number: the count is not one number.
fn range(at: &mut Cursor<'_>) -> Option<Count> {
    let mut after = *at;
    let joined = after.skip(Class::To) || after.skip(Class::Or) || after.hyphen();
    if !joined {
        return None;
    }
    number(&mut after)?;
    *at = after;
    Some(Count::Vague)
}

/// "1/2", "½", ".5", "and a half".
fn with_half(at: &mut Cursor<'_>, count: i32) -> Option<Count> {
    let mut after = *at;
    if after.mark('½') {
        *at = after;
        return Some(Count::Half(count));
    }
    after.hyphen();
    let fraction =
        after.digits(1, 1) == Some(1) && after.glued('/') && after.digits(1, 1) == Some(2);
    if fraction {
        *at = after;
        return Some(Count::Half(count));
    }
    after = *at;
    if after.glued('.') && after.is_glued() && after.digits(1, 1) == Some(5) {
        *at = after;
        return Some(Count::Half(count));
    }
    after = *at;
    if after.skip(Class::And)
        && (after.take_value(Class::Article, "a") | true)
        && after.skip(Class::Half)
    {
        *at = after;
        return Some(Count::Half(count));
    }
    None
}

/// "recent years", "the past decade", "for years", "weeks or months".
fn uncounted<'t>(
    start: Cursor<'t>,
    mut at: Cursor<'t>,
    lead: Lead,
) -> Option<(Cursor<'t>, Amount, bool)> {
    let (unit, sense) = at.unit()?;
    let amount = |count| Amount { count, unit };
    if sense.plural && !sense.weak {
        let known = matches!(
            lead.relative,
            Some("recent" | "last" | "past" | "next" | "previous" | "following")
        );
        let bare = lead.relative.is_none()
            && !lead.definite
            && lead.modifier.is_none()
            && set::is_bare_span(start, at);
        let mut old = at;
        if old.hyphen() {
            let long = (old.skip(Class::Long) || old.skip(Class::Old)) && !lead.definite;
            return long.then_some((old, amount(Count::Vague), false));
        }
        let first = lead.ordinal || (at.is(Class::Around) && !lead.definite);
        let (end, unit) = or_units(at, unit);
        return (known || bare || first).then_some((
            end,
            Amount { count: Count::Vague, unit },
            false,
        ));
    }
    let spans = matches!(unit, Unit::Decade | Unit::Century)
        || (lead.relative == Some("past") && unit != Unit::Year && unit != Unit::Quarter);
    let past = matches!(lead.relative, Some("last" | "past" | "next" | "coming"));
    (past && spans && unit != Unit::Weekend && (lead.definite || unit >= Unit::Decade)).then_some((
        at,
        amount(Count::Exact(1)),
        false,
    ))
}

/// "weeks or months", "weeks and months".
fn or_units(at: Cursor<'_>, unit: Unit) -> (Cursor<'_>, Unit) {
    let mut after = at;
    let joined = after.skip(Class::Or) || after.skip(Class::And);
    match after.unit() {
        Some((_, sense)) if joined && sense.plural => (after, unit),
        _ => (at, unit),
    }
}

/// "or so" behind an amount.
fn or_so(at: Cursor<'_>) -> (Cursor<'_>, bool) {
    let mut after = at;
    if after.skip(Class::OrSo) { (after, true) } else { (at, false) }
}

/// "52 years old" is an age, "a 59-year-old" a person.
fn is_age(mut at: Cursor<'_>) -> bool {
    if at.is(Class::Old) && !at.is_glued() {
        return true;
    }
    let mut before = at;
    before.at -= 1;
    if before.is(Class::Old) {
        return false;
    }
    let years = before.sense(Class::Unit).is_some_and(|unit| unit.value == "Y" && !unit.plural);
    years && at.hyphen() && at.is(Class::Old)
}

/// "will one day be", "one day could": no amount but a day to come.
fn is_some_day(start: Cursor<'_>, end: Cursor<'_>, amount: Amount, article: bool) -> bool {
    let one = !article && !start.is_digits() && end.at == start.at + 2;
    let day = amount == Amount { count: Count::Exact(1), unit: Unit::Day };
    one && day && (start.follows(Class::Future) || end.is(Class::Future))
}

/// "a year-earlier loss": the article belongs to the noun, the rest is another rule's.
fn is_year_ago(mut end: Cursor<'_>, article: bool) -> bool {
    article && end.hyphen() && (end.is(Class::Ago) || end.is(Class::Shift))
}

/// "a quarter of the votes" is no time.
fn is_fraction(at: Cursor<'_>, amount: Amount, article: bool) -> bool {
    let three = matches!(amount.count, Count::Exact(1..=3)) && at.is(Class::Of);
    amount.unit == Unit::Quarter && (article || three)
}

/// "ago", "earlier", "later", "from now" behind the amount.
fn counted_from(end: Cursor<'_>, amount: Amount, lead: Lead) -> Reading<'_> {
    let (mut at, roughly) = or_so(end);
    let modifier = lead.modifier.or(roughly.then_some(Modifier::Approx));
    if at.skip(Class::Ago) {
        let meaning = match (amount.count, amount.unit) {
            (Count::Exact(1), Unit::Year) => Meaning::YearAgo,
            (Count::Exact(_), _) => shift(amount, -1, From::Anchor),
            _ => Meaning::Reference("PAST_REF"),
        };
        return Some((at, Phrase::of(meaning).modified(modifier)));
    }
    let sense = at.take(Class::Shift)?;
    let meaning = match (amount.count, amount.unit) {
        (Count::Exact(1), Unit::Year) if sense.number < 0 => Meaning::YearAgo,
        (Count::Exact(_), _) => {
            let from = if sense.value.starts_with("now") { From::Anchor } else { From::Mention };
            shift(amount, sense.number, from)
        }
        _ => return None,
    };
    Some((at, Phrase::of(meaning).modified(modifier)))
}

/// So many units from there, in days where the unit is of the clock.
fn shift(amount: Amount, sign: i32, from: From) -> Meaning {
    let count = match amount.count {
        Count::Exact(count) => count,
        _ => 0,
    };
    let (unit, count) = match amount.unit {
        Unit::Hour => (Unit::Day, count / 24),
        Unit::Second | Unit::Minute => (Unit::Day, 0),
        unit => (unit, count),
    };
    Meaning::Shift { unit, count: count.saturating_mul(sign), from }
}

/// "il y a trois ans", "vor drei Jahren", "in drei Tagen": the word before the amount counts it.
pub(super) fn introduced(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    let sign = if at.skip(Class::AgoBefore) {
        -1
    } else if at.skip(Class::InBefore) {
        1
    } else {
        return None;
    };
    let modifier = at.take(Class::Bound).and_then(|bound| Modifier::named(bound.value));
    let (end, amount, _) = counted(at)?;
    let meaning = match amount.count {
        Count::Exact(_) => shift(amount, sign, From::Anchor),
        _ if sign < 0 => Meaning::Reference("PAST_REF"),
        _ => Meaning::Reference("FUTURE_REF"),
    };
    Some((end, Phrase::of(meaning).modified(modifier)))
}
