//! The words of dates, from `lexicon/months.tsv`, `date_words.tsv` and `zones.tsv`.

use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use jiff::tz::Offset;

use super::DateHint;
use super::iso::Bytes;
use crate::letters::ascii_lower;
use crate::lexicon::{self, Initials, Table};

/// Longest word looked up, in bytes; the longest entry of the tables has fewer.
pub(super) const WORD_BYTES: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Am,
    Pm,
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Ordinal,
    Filler,
    Weekday,
    /// The year before the first of an era.
    Era(i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MonthName {
    Gregorian(i64),
    SolarHijri(i64),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Zone {
    /// Offset from UTC in seconds.
    pub(super) seconds: i32,
    /// Whether United States summer time adds an hour.
    us_summer: bool,
}

/// All that a word can be in a date. Languages and locales are comma-separated tags.
#[derive(Debug, Default)]
pub(super) struct Word {
    pub(super) class: Option<Class>,
    months: Vec<(MonthName, &'static str)>,
    pub(super) zones: Vec<(Zone, &'static str)>,
    /// Begins a month name of two words.
    pub(super) begins_pair: bool,
}

pub(super) const MONTHS: &str = include_str!("../../../lexicon/months.tsv");
pub(super) const DATE_WORDS: &str = include_str!("../../../lexicon/date_words.tsv");
pub(super) const ZONES: &str = include_str!("../../../lexicon/zones.tsv");

pub(super) static WORDS: LazyLock<Table<Word>> = LazyLock::new(load_words);

/// What rules out most words of a page.
static INITIALS: LazyLock<Initials> = LazyLock::new(|| Initials::of(WORDS.keys().copied()));

/// Words of the three lists together, about: room made at once.
const WORDS_ABOUT: usize = 1_500;

fn load_words() -> Table<Word> {
    let mut words: Table<Word> =
        Table::with_capacity_and_hasher(WORDS_ABOUT, BuildHasherDefault::default());
    for row in lexicon::rows(MONTHS) {
        let &[name, month, languages] = row.as_slice() else {
            continue;
        };
        let Some(month) = month_name(month) else {
            continue;
        };
        words.entry(name).or_default().months.push((month, languages));
        if let Some((first, _)) = name.split_once(' ') {
            words.entry(first).or_default().begins_pair = true;
        }
    }
    for row in lexicon::rows(DATE_WORDS) {
        let &[name, class] = row.as_slice() else {
            continue;
        };
        words.entry(name).or_default().class = class_of(class);
    }
    for row in lexicon::rows(ZONES) {
        let &[name, offset, locales] = row.as_slice() else {
            continue;
        };
        let Some(zone) = zone_of(offset) else {
            continue;
        };
        words.entry(name).or_default().zones.push((zone, locales));
    }
    words
}

pub(super) fn month_name(column: &str) -> Option<MonthName> {
    match column.strip_prefix('s') {
        Some(month) => month.parse().ok().map(MonthName::SolarHijri),
        None => column.parse().ok().map(MonthName::Gregorian),
    }
}

pub(super) fn class_of(column: &str) -> Option<Class> {
    Some(match column {
        "am" => Class::Am,
        "pm" => Class::Pm,
        "year" => Class::Year,
        "month" => Class::Month,
        "day" => Class::Day,
        "hour" => Class::Hour,
        "minute" => Class::Minute,
        "second" => Class::Second,
        "ordinal" => Class::Ordinal,
        "filler" => Class::Filler,
        "weekday" => Class::Weekday,
        era => Class::Era(era.strip_prefix("era+")?.parse().ok()?),
    })
}

pub(super) fn zone_of(column: &str) -> Option<Zone> {
    let (offset, us_summer) = match column.split_once('/') {
        Some((offset, rule)) => (offset, rule == "us"),
        None => (column, false),
    };
    let mut bytes = Bytes { text: offset.as_bytes(), at: 0 };
    let seconds = bytes.iso_offset()??.seconds();
    Some(Zone { seconds, us_summer })
}

impl Word {
    /// The month the name stands for: the one of the page's language, else the only one there is.
    pub(super) fn month(&self, hint: &DateHint<'_>) -> Option<MonthName> {
        if let [(month, _)] = self.months.as_slice() {
            return Some(*month);
        }
        let fits =
            |(_, languages): &&(MonthName, &str)| languages.split(',').any(|tag| hint.is(tag));
        self.months.iter().find(fits).map(|(month, _)| *month)
    }

    /// The zone the name stands for: that of the page's locale, else the one for all others.
    pub(super) fn zone(&self, hint: &DateHint<'_>) -> Option<Zone> {
        let fits = |locales: &str, all: bool| {
            if all { locales == "*" } else { locales.split(',').any(|tag| hint.is(tag)) }
        };
        let pick = |test: &dyn Fn(&str) -> bool| {
            let found = self.zones.iter().filter(|(_, locales)| test(locales));
            found.max_by_key(|(_, locales)| locales.matches('-').count()).map(|(zone, _)| *zone)
        };
        // A tag with a region (en-IE) outranks a bare language (en) in the same name.
        let exact = |locales: &str| locales.split(',').any(|tag| tag.contains('-') && hint.is(tag));
        pick(&exact).or_else(|| pick(&|l| fits(l, false))).or_else(|| pick(&|l| fits(l, true)))
    }
}

impl Zone {
    pub(super) fn offset_on(self, day: Date) -> Option<Offset> {
        let summer = if self.us_summer && is_us_summer(day) { 3600 } else { 0 };
        Offset::from_seconds(self.seconds + summer).ok()
    }
}

/// From the second Sunday in March to the first Sunday in November, the rule since 2007; the days
/// of the change count as the side on which most of their hours lie.
fn is_us_summer(day: Date) -> bool {
    let sunday = |month: i8, nth: i8| {
        Date::new(day.year(), month, 1)
            .and_then(|first| first.nth_weekday_of_month(nth, Weekday::Sunday))
    };
    match (sunday(3, 2), sunday(11, 1)) {
        (Ok(start), Ok(end)) => start <= day && day < end,
        _ => false,
    }
}

/// The entry of a word, whatever its case.
pub(super) fn look_up(word: &str) -> Option<&'static Word> {
    if !INITIALS.may_hold(word) {
        return None;
    }
    let mut buffer = [0_u8; WORD_BYTES];
    if word.is_ascii() {
        return WORDS.get(str::from_utf8(ascii_lower(word, &mut buffer)?).ok()?);
    }
    let mut len = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        // What lower-casing a Turkish dotted capital I leaves behind.
        if c == '\u{307}' {
            continue;
        }
        let end = len + c.len_utf8();
        c.encode_utf8(buffer.get_mut(len..end)?);
        len = end;
    }
    WORDS.get(std::str::from_utf8(buffer.get(..len)?).ok()?)
}
