//! Weeks, months, quarters, seasons and years named by their place: "last week", "the third quarter".

use super::super::Modifier;
use super::super::meaning::{From, Meaning, Phrase, Which};
use super::super::value::{Amount, Count, Point, Unit};
use super::super::vocabulary::{Class, Sense};
use super::cursor::Cursor;
use super::{Reading, calendar, year};

/// "last year", "earlier this month", "the following week", "the weekend", "the quarter".
pub(super) fn shifted(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    let edge = at.take(Class::Edge);
    if edge.is_some() {
        at.hyphen();
        at.skip(Class::InEdge);
    }
    let article = at.take(Class::Article);
    let relative = at.take(Class::Relative);
    let second = at.take(Class::Relative);
    at.skip(Class::Filler);
    let fiscal = at.skip(Class::Fiscal);
    let (unit, sense) = at.unit()?;
    let title = start.is_english() && start.is_capital() && relative.is_some() && title_case(at);
    if sense.plural || sense.weak || unit < Unit::Day || is_counted(at) || title {
        return behind(start);
    }
    let modifier = edge.and_then(|edge| Modifier::named(edge.value));
    let meaning = match second.or(relative) {
        Some(relative) => related(relative, article, unit)?,
        None if edge.is_some() && calendar::is_definite(article) => shift(unit, 0, From::Anchor),
        None => return behind(start).or_else(|| definite(start, at, article, unit, fiscal)),
    };
    if unit == Unit::Year
        && let Some(found) = possessed_quarter(at, &meaning)
    {
        return Some(found);
    }
    Some((at, Phrase::of(meaning).modified(modifier)))
}

/// The unit's own capital: "This Week" is a programme.
fn title_case(mut at: Cursor<'_>) -> bool {
    at.at -= 1;
    at.is_capital()
}

/// A unit that is itself counted or compounded: "last year-end", "this week-long".
fn is_counted(mut at: Cursor<'_>) -> bool {
    at.hyphen() && !at.is(Class::Unit) && !at.is(Class::EdgeNoun)
}

fn shift(unit: Unit, count: i32, from: From) -> Meaning {
    Meaning::Shift { unit, count, from }
}

/// The unit that "last", "this", "following" names.
fn related(relative: Sense, article: Option<Sense>, unit: Unit) -> Option<Meaning> {
    let definite = calendar::is_definite(article);
    Some(match (relative.value, unit) {
        ("last" | "past" | "previous", Unit::Weekend) => Meaning::Weekend(Which::Last),
        ("this" | "current", Unit::Weekend) => Meaning::Weekend(Which::This),
        ("next" | "coming", Unit::Weekend) => Meaning::Weekend(Which::Next),
        ("last" | "past", Unit::Day | Unit::Decade | Unit::Century) | (_, Unit::Weekend) => {
            return None;
        }
        ("next", Unit::Day) | ("following", _) => shift(unit, 1, From::Mention),
        ("last" | "past", _) | ("latest", Unit::Year) => shift(unit, -1, From::Anchor),
        ("this" | "current", _) => shift(unit, 0, From::Anchor),
        ("next" | "coming", _) => shift(unit, 1, From::Anchor),
        ("previous", _) => shift(unit, -1, From::Mention),
        ("latest", _) => Meaning::Current(unit),
        ("same" | "that", _) if definite || relative.value == "that" => Meaning::Current(unit),
        _ => return None,
    })
}

/// "the quarter", "the weekend", "the day": the one the text is about.
fn definite<'t>(
    start: Cursor<'t>,
    at: Cursor<'t>,
    article: Option<Sense>,
    unit: Unit,
    fiscal: bool,
) -> Reading<'t> {
    if !calendar::is_definite(article) || at.is(Class::Of) {
        return None;
    }
    let introduced = start.follows(Class::Preposition) || start.follows(Class::Of);
    match unit {
        Unit::Weekend => Some((at, Phrase::of(Meaning::Weekend(Which::Open)))),
        Unit::Quarter if at.is(Class::Ended) => Some((at, Phrase::of(ended_quarter(at)))),
        Unit::Quarter if introduced => Some((at, Phrase::of(Meaning::Current(unit)))),
        Unit::Year if introduced && (at.is(Class::Ended) || fiscal) => {
            let year = Amount { count: Count::Exact(1), unit };
            Some((at, Phrase::of(Meaning::Amount(year))))
        }
        Unit::Year | Unit::Month | Unit::Week | Unit::Day if introduced => {
            Some((at, Phrase::of(Meaning::Current(unit))))
        }
        _ => None,
    }
}

/// The quarter of which the end is said: "the quarter ended Sept. 30". One that ends within the
/// first two months of a quarter is mostly the one before.
fn ended_quarter(mut at: Cursor<'_>) -> Meaning {
    at.skip(Class::Ended);
    let (month, which) = match calendar::day(at).map(|(_, phrase)| phrase.meaning) {
        Some(Meaning::MonthDay { month, which, .. } | Meaning::Month { month, which }) => {
            (month, which)
        }
        Some(Meaning::Point(Point::Day(day))) => {
            (i32::from(day.month()), Which::Year(i32::from(day.year())))
        }
        _ => return Meaning::Current(Unit::Quarter),
    };
    let (quarter, which) = match (month, which) {
        (1, Which::Year(year)) => (4, Which::Year(year - 1)),
        (1, which) => (4, which),
        (month, which) => ((month - 2) / 3 + 1, which),
    };
    Meaning::Quarter { quarter: u8::try_from(quarter).unwrap_or(0), which }
}

/// "la semaine dernière": the word that names the unit stands behind it.
fn behind(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    let article = at.take(Class::Article);
    let (unit, _) = at.unit()?;
    let sense = at.take(Class::Behind)?;
    let meaning = related(sense, article, unit)?;
    Some((at, Phrase::of(meaning)))
}

/// "this year's third quarter".
fn possessed_quarter<'t>(mut at: Cursor<'t>, year: &Meaning) -> Reading<'t> {
    let Meaning::Shift { count, .. } = *year else { return None };
    if !(at.glued('\'') && at.take_value(Class::Suffix, "s")) {
        return None;
    }
    let (end, phrase) = quarter(at)?;
    let meaning = match phrase.meaning {
        Meaning::Quarter { quarter, which: Which::Open } => {
            Meaning::Quarter { quarter, which: Which::Years(count) }
        }
        Meaning::Half { half, which: Which::Open } => {
            Meaning::Half { half, which: Which::Years(count) }
        }
        _ => return None,
    };
    Some((end, Phrase::of(meaning)))
}

/// "the third quarter of 1990", "second-quarter", "the 1988 third quarter", "first half of 2012", "Q3 2012".
pub(super) fn quarter(start: Cursor<'_>) -> Reading<'_> {
    if let Some(found) = lettered(start) {
        return Some(found);
    }
    let mut at = start;
    let article = at.skip(Class::Article);
    let mut dated = at;
    let led = year::four_digits(&mut dated);
    if led.is_some() {
        at = dated;
        at.hyphen();
    } else if article {
        at.skip(Class::Filler);
    }
    if at.skip(Class::Fiscal) {
        at.hyphen();
    }
    let last = at.sense(Class::Relative).is_some_and(|sense| sense.value == "last");
    let ordinal = match at.take(Class::Ordinal) {
        Some(sense) => sense.number,
        None if last => {
            at.at += 1;
            -1
        }
        None => numbered(&mut at)?,
    };
    if at.hyphen() && article && led.is_none() {
        return None;
    }
    at.skip(Class::Fiscal);
    if let Some(found) = two_quarters(at, ordinal) {
        return Some(found);
    }
    let half = at.skip(Class::Half);
    if !half && !at.unit().is_some_and(|(unit, sense)| unit == Unit::Quarter && !sense.plural) {
        return None;
    }
    let (end, which) = of_year(at, led);
    counted_quarter(end, half, ordinal, which)
}

/// "3rd", "3.", "3e" before a quarter.
fn numbered(at: &mut Cursor<'_>) -> Option<i32> {
    let number = at.digits(1, 1)?;
    let suffixed = at.is_glued() && at.skip(Class::Suffix);
    (suffixed || !at.is_english() && at.glued('.')).then_some(number)
}

/// "first two quarters of 1990": half a year.
fn two_quarters(mut at: Cursor<'_>, ordinal: i32) -> Reading<'_> {
    let half = match ordinal {
        1 => 1,
        -1 => 2,
        _ => return None,
    };
    let two = at.take(Class::Number).is_some_and(|count| count.number == 2);
    if !two || !at.take_value(Class::Unit, "Q") {
        return None;
    }
    let (end, which) = of_year(at, None);
    counted_quarter(end, true, half, which)
}

/// The quarter of that number: `ordinal` -1 is the last.
fn counted_quarter(end: Cursor<'_>, half: bool, ordinal: i32, which: Which) -> Reading<'_> {
    let count = if half { 2 } else { 4 };
    if (ordinal == -1 || half) && which == Which::Open {
        return None;
    }
    let number = if ordinal == -1 { count } else { ordinal };
    if !(1..=count).contains(&number) {
        return None;
    }
    let number = u8::try_from(number).ok()?;
    let meaning = if half {
        Meaning::Half { half: number, which }
    } else {
        Meaning::Quarter { quarter: number, which }
    };
    Some((end, Phrase::of(meaning)))
}

/// The year behind a quarter, or the one before it.
fn of_year(at: Cursor<'_>, led: Option<i32>) -> (Cursor<'_>, Which) {
    if let Some(year) = led {
        return (at, Which::Year(year));
    }
    let mut dated = at;
    if !dated.mark(',') {
        dated.skip(Class::Of);
    }
    dated.skip(Class::Fiscal);
    dated.take_value(Class::Unit, "Y");
    if let Some(year) = year::four_digits(&mut dated) {
        return (dated, Which::Year(year));
    }
    if let Some(found) = year::relative_year(at) {
        return found;
    }
    let mut year = at;
    if year.skip(Class::Of) && year.skip(Class::Article) && year.take_value(Class::Unit, "Y") {
        return (year, Which::Years(0));
    }
    (at, Which::Open)
}

/// "Q3 2012".
fn lettered(mut at: Cursor<'_>) -> Reading<'_> {
    let letter = at.take(Class::QuarterLetter)?;
    if !at.is_glued() {
        return None;
    }
    let number = at.digits(1, 1)?;
    let (end, which) = of_year(at, None);
    counted_quarter(end, letter.value == "H", number, which)
}

/// "the year-ago quarter", "year-earlier", "the 1988 period".
pub(super) fn year_ago(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    let article = at.skip(Class::Article);
    let mut dated = at;
    if article && let Some(year) = year::four_digits(&mut dated) {
        let period = dated.skip(Class::Period) || dated.take_value(Class::Unit, "Q");
        let meaning = Meaning::Quarter { quarter: 0, which: Which::Year(year) };
        return period.then_some((dated, Phrase::of(meaning)));
    }
    if article && at.sense(Class::Relative).is_some_and(|sense| sense.value == "latest") {
        at.at += 1;
        return at.skip(Class::Period).then_some((at, Phrase::of(Meaning::Current(Unit::Quarter))));
    }
    if !at.take_value(Class::Unit, "Y") {
        return None;
    }
    let hyphen = at.hyphen();
    if !article && !hyphen {
        return None;
    }
    let ago = at.skip(Class::Ago) || at.take(Class::Shift).is_some_and(|shift| shift.number < 0);
    if !ago {
        return None;
    }
    let mut period = at;
    let months = period.take(Class::Number).map(|sense| sense.number);
    if let Some(count) = months.filter(|_| period.take_value(Class::Unit, "M")) {
        let amount = Amount { count: Count::Exact(count), unit: Unit::Month };
        return Some((period, Phrase::of(Meaning::Amount(amount))));
    }
    period = at;
    if period.skip(Class::Period) || period.take_value(Class::Unit, "Q") {
        at = period;
    } else if let Some((end, phrase)) = quarter(at)
        && let Meaning::Quarter { quarter, which: Which::Open } = phrase.meaning
    {
        return Some((end, Phrase::of(Meaning::Quarter { quarter, which: Which::Years(-1) })));
    } else if hyphen && article {
        // "the year-ago results": the article belongs to the noun.
        return None;
    }
    Some((at, Phrase::of(Meaning::YearAgo)))
}

/// "last spring", "summer 1998", "the winter of 1994", "in the fall".
pub(super) fn season(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    let edge = at.take(Class::Edge);
    at.hyphen();
    let article = at.take(Class::Article);
    let relative = at.take(Class::Relative);
    let relative = at.take(Class::Relative).or(relative);
    let edge = edge.or_else(|| at.take(Class::Edge));
    at.hyphen();
    let sense = at.take(Class::Season).filter(|sense| !sense.plural)?;
    let modifier = edge.and_then(|edge| Modifier::named(edge.value));
    let phrase =
        |which| Phrase::of(Meaning::Season { season: sense.value, which }).modified(modifier);
    let mut dated = at;
    dated.skip(Class::Of);
    let year = year::four_digits(&mut dated).or_else(|| year::spelled(&mut dated));
    if let Some(year) = year {
        return Some((dated, phrase(Which::Year(year))));
    }
    if let Some((end, which)) = year::relative_year(at).filter(|_| relative.is_none()) {
        return Some((end, phrase(which)));
    }
    let mut late = at;
    let behind = if relative.is_none() { late.take(Class::Behind) } else { None };
    if behind.is_some() {
        at = late;
    }
    let named = relative.or(behind);
    let which = match named.map(|sense| sense.value) {
        Some("last" | "past") => Which::Last,
        Some("this" | "current") => Which::This,
        Some("next" | "coming") => Which::Next,
        Some(_) => return None,
        None => Which::Open,
    };
    let introduced =
        start.follows(Class::InSeason) && (calendar::is_definite(article) || article.is_none());
    let known =
        named.is_some() || edge.is_some() || !sense.weak || (introduced && !at.is(Class::Of));
    (known && !start.is_name_part()).then(|| (at, phrase(which)))
}

/// "the end of 1990", "the beginning of next month", "year-end", "the middle of October".
pub(super) fn edge_of(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    at.skip(Class::Article);
    let mut unit_end = at;
    if let Some((unit, sense)) = unit_end.unit() {
        let hyphen = unit_end.hyphen();
        let end = unit_end.take(Class::EdgeNoun).filter(|edge| edge.value == "END")?;
        let known =
            matches!(unit, Unit::Year | Unit::Month | Unit::Quarter) && !sense.plural && !end.weak;
        let phrase = Phrase::of(shift(unit, 0, From::Anchor)).modified(Some(Modifier::End));
        let mut dated = unit_end;
        if let Some(year) = year::four_digits(&mut dated).filter(|_| unit == Unit::Year) {
            return Some((
                dated,
                Phrase::of(Meaning::Point(Point::Year(year))).modified(Some(Modifier::End)),
            ));
        }
        if hyphen && unit == Unit::Year {
            let which = if start.follows(Class::Since) { Which::Last } else { Which::This };
            let day = Meaning::MonthDay { month: 12, day: 31, which };
            return Some((unit_end, Phrase::of(day)));
        }
        return known.then_some((unit_end, phrase));
    }
    let edge = at.take(Class::EdgeNoun)?;
    if !at.skip(Class::Of) {
        return None;
    }
    let modifier = Modifier::named(edge.value);
    let mut unit = at;
    if unit.take_value(Class::Article, "the")
        && let Some((unit_, _)) =
            unit.unit().filter(|(unit, sense)| *unit >= Unit::Day && !sense.plural)
        && !unit.is(Class::Ago)
        && !unit.is(Class::Of)
        && unit.digits(4, 4).is_none()
    {
        let phrase = Phrase::of(shift(unit_, 0, From::Anchor));
        return Some((unit, phrase.modified(modifier)));
    }
    let (end, phrase) = point(at)?;
    Some((end, phrase.modified(modifier)))
}

/// "the first week of May", "the last week of March", "the week of March 6".
pub(super) fn week_of(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    at.skip(Class::Article);
    let ordinal = match (at.take(Class::Ordinal), at.take(Class::Relative)) {
        (Some(ordinal), _) => Some(if ordinal.number == -1 { 0 } else { ordinal.number }),
        (None, Some(relative)) if relative.value == "last" => Some(0),
        (None, None) => None,
        _ => return None,
    };
    if !at.skip(Class::Week) || !(at.skip(Class::Of) || at.take_value(Class::Ended, "beginning")) {
        return None;
    }
    let (end, phrase) = calendar::day(at)?;
    let meaning = match (phrase.meaning, ordinal) {
        (Meaning::Month { month, which }, Some(nth @ 0..=5)) => {
            Meaning::WeekOf { month, day: (nth * 7 - 3).clamp(0, 29), which }
        }
        (Meaning::Point(Point::Month(year, month)), Some(nth @ 0..=5)) => Meaning::WeekOf {
            month: i32::from(month),
            day: (nth * 7 - 3).clamp(0, 29),
            which: Which::Year(year),
        },
        (Meaning::MonthDay { month, day, which }, None) => Meaning::WeekOf { month, day, which },
        (Meaning::Point(Point::Day(day)), None) => Meaning::Point(Point::holding(day, Unit::Week)),
        _ => return None,
    };
    Some((end, Phrase::of(meaning)))
}

/// "the day before", "the year previous", "the week after".
pub(super) fn day_before(start: Cursor<'_>) -> Reading<'_> {
    let mut at = start;
    if !calendar::is_definite(at.take(Class::Article)) {
        return None;
    }
    let (unit, sense) = at.unit()?;
    let count = at.take(Class::Neighbour)?.number;
    let alone = at.is_phrase_end() && !sense.plural && unit >= Unit::Day;
    alone.then(|| (at, Phrase::of(shift(unit, count, From::Mention))))
}

/// A date that has a beginning and an end.
fn point(at: Cursor<'_>) -> Reading<'_> {
    [calendar::day(at), shifted(at), quarter(at), season(at), year::year(at)]
        .into_iter()
        .flatten()
        .filter(|(_, phrase)| !matches!(phrase.meaning, Meaning::Amount(_)))
        .max_by_key(|(end, _)| end.at)
}
