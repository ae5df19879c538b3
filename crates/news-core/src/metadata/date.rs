//! Text -> moment, at the precision in which it was stated.
//!
//! `read` takes a string that is a date, `find` looks for the first date inside a longer text,
//! `from_url` reads the day that many sites put into their addresses. The text is cut into
//! numbers, words and marks once; a small set of shapes (year first, day first, month first,
//! digits run together) is then tried at each number or month name. Words come from
//! `lexicon/months.tsv`, `date_words.tsv` and `zones.tsv`.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(crate) use address::from_url;
use iso::{epoch, iso};
use scan::Scan;

mod address;
mod iso;
mod scan;
mod words;

/// A day, possibly with time and zone, at the precision in which it was stated.
///
/// Written as ISO 8601 to that precision: `2024-05`, `2024-05-02`, `2024-05-02T10:00`,
/// `2024-05-02T10:00:00+02:00`. Without a suffix the zone was not stated; `Z` is an offset of zero.
/// Years run from 1900 to 2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    date: Date,
    time: Option<Time>,
    offset: Option<Offset>,
    precision: Precision,
}

/// How finely a [`Moment`] was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Year and month.
    Month,
    /// A day without a time.
    Day,
    /// Hours and minutes.
    Minute,
    /// Seconds; fractions are dropped.
    Second,
}

impl Moment {
    /// The day as stated, in the stated zone; the first of the month where only a month was stated.
    pub fn date(&self) -> Date {
        self.date
    }

    /// The time of day as stated, in the stated zone. `None` at the precision of a day or coarser.
    pub fn time(&self) -> Option<Time> {
        self.time
    }

    /// The offset from UTC. `None` where the zone was not stated, and always without a time.
    pub fn offset(&self) -> Option<Offset> {
        self.offset
    }

    /// How finely the moment was stated.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// A whole day. `None` for a day that does not exist or lies outside 1900 to 2100.
    pub(crate) fn from_day(year: i64, month: i64, day: i64) -> Option<Self> {
        Day { year, month, day: Some(day) }.moment()
    }

    /// The instant this many seconds after 1970-01-01T00:00Z. `None` outside 1900 to 2100.
    pub(crate) fn from_epoch(seconds: i64) -> Option<Self> {
        let at = jiff::Timestamp::from_second(seconds).ok()?;
        let civil = Offset::UTC.to_datetime(at);
        YEARS.contains(&i64::from(civil.year())).then_some(Self {
            date: civil.date(),
            time: Some(civil.time()),
            offset: Some(Offset::UTC),
            precision: Precision::Second,
        })
    }

    /// Seconds on one scale for all moments: what is not stated counts as midnight and UTC.
    fn seconds(&self) -> i64 {
        let days =
            i64::from(self.date.since(Date::constant(1970, 1, 1)).map_or(0, |s| s.get_days()));
        let time = self.time.unwrap_or(Time::midnight());
        let clock = i64::from(time.hour()) * 3600
            + i64::from(time.minute()) * 60
            + i64::from(time.second());
        days * 86_400 + clock - i64::from(self.offset.map_or(0, Offset::seconds))
    }
}

impl Ord for Moment {
    /// By instant; a missing time counts as midnight and a missing zone as UTC, and of two equal
    /// ones the more coarsely stated comes first.
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |m: &Self| (m.seconds(), m.precision, m.offset.map(Offset::seconds));
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.date.year(), self.date.month())?;
        if self.precision >= Precision::Day {
            write!(f, "-{:02}", self.date.day())?;
        }
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}", time.hour(), time.minute())?;
        if self.precision >= Precision::Second {
            write!(f, ":{:02}", time.second())?;
        }
        match self.offset.map(Offset::seconds) {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(seconds) => {
                let minutes = seconds.abs() / 60;
                let sign = if seconds < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// The string is not a moment as [`Moment`] writes it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an ISO 8601 month, day or time: {0:?}")]
pub struct MomentError(String);

impl FromStr for Moment {
    type Err = MomentError;

    /// Reads what `Display` writes, and the other spellings of ISO 8601.
    fn from_str(text: &str) -> Result<Self, MomentError> {
        iso(text.as_bytes()).ok_or_else(|| MomentError(text.to_owned()))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "ISO 8601 to the precision stated: 2024-05, 2024-05-02, 2024-05-02T10:00, \
                            2024-05-02T10:00:00+02:00. Without a suffix the zone was not stated.",
            "pattern": r"^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?)?$",
        })
    }
}

/// What is known beforehand about a date that is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DateHint<'a> {
    /// Language of the text as a BCP 47 tag (`de`, `en-US`). Decides between month names, zone
    /// names and the order of `05/06/2024`.
    pub(crate) language: Option<&'a str>,
    /// Whether `05/06/2024` is the fifth of June. `None` leaves it to the language.
    pub(crate) day_first: Option<bool>,
    /// No date more than a day after this one is believed, such as the time of the fetch. Also
    /// gives the year to a date that states none, which is otherwise refused.
    pub(crate) latest: Option<Moment>,
    /// The same, without giving a year: the day of the reading, which may be long after the fetch.
    pub(crate) today: Option<Moment>,
}

impl DateHint<'_> {
    /// Whether the language tag is `locale` or, when `locale` names no region, one of its regions.
    fn is(&self, locale: &str) -> bool {
        let Some(language) = self.language else {
            return false;
        };
        match language.get(..locale.len()) {
            Some(head) if same_tag(head, locale) => {
                matches!(language.as_bytes().get(locale.len()), None | Some(b'-' | b'_'))
            }
            _ => false,
        }
    }

    fn is_day_first(&self) -> bool {
        self.day_first.unwrap_or_else(|| !MONTH_FIRST.iter().any(|locale| self.is(locale)))
    }

    fn is_year_first(&self) -> bool {
        YEAR_FIRST.iter().any(|locale| self.is(locale))
    }

    fn allows(&self, moment: &Moment) -> bool {
        let Some(latest) = self.latest.or(self.today) else {
            return true;
        };
        latest.date.tomorrow().map_or(true, |bound| moment.date <= bound)
    }
}

fn same_tag(a: &str, b: &str) -> bool {
    let fold = |byte: u8| {
        if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() }
    };
    a.bytes().map(fold).eq(b.bytes().map(fold))
}

/// Locales that write the month before the day in figures.
const MONTH_FIRST: [&str; 6] = ["en-US", "en-PH", "en-LR", "es-US", "es-PR", "fil"];
/// Languages in which `24.05.06` begins with the year.
const YEAR_FIRST: [&str; 6] = ["ja", "ko", "zh", "hu", "lt", "mn"];
/// Years believed, both ends included: no news page is older, and later ones are misread numbers.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2100;
/// Longest text that [`read`] looks at, in bytes: a longer one is prose.
const READ_BYTES: usize = 400;
/// Letters and digits that may stand around the date in [`read`], in characters ("Zuletzt
/// aktualisiert am … von …").
const AROUND_CHARS: usize = 80;

/// Reads a string that is, apart from a few words around it, one date.
/// `None` where there is no date in it, and where the date cannot exist or lies after `hint.latest`.
pub(crate) fn read(text: &str, hint: &DateHint<'_>) -> Option<Moment> {
    let text = text.trim();
    if text.len() > READ_BYTES {
        return None;
    }
    let plain = iso(text.as_bytes()).or_else(|| epoch(text));
    let moment = match plain {
        Some(moment) => moment,
        None => read_words(text, hint)?,
    };
    hint.allows(&moment).then_some(moment)
}

/// Reads a string that is one date as machines write it, and nothing else.
pub(crate) fn read_plain(text: &str, hint: &DateHint<'_>) -> Option<Moment> {
    let text = Some(text.trim()).filter(|text| text.len() <= READ_BYTES)?;
    iso(text.as_bytes()).filter(|moment| hint.allows(moment))
}

fn read_words(text: &str, hint: &DateHint<'_>) -> Option<Moment> {
    let scan = Scan::new(text, hint, true);
    let (range, moment) = scan.first()?;
    let count =
        |part: Option<&str>| part.map_or(0, |s| s.chars().filter(|c| c.is_alphanumeric()).count());
    let around = count(text.get(..range.start)) + count(text.get(range.end..));
    (around <= AROUND_CHARS).then_some(moment)
}

/// Finds the first date that names a day, and its byte range. Months without a day, days without
/// a year and bare figures run together are passed over here: in prose they are mostly something else.
/// Linear in the length of the text. `None` where there is none.
pub(crate) fn find(text: &str, hint: &DateHint<'_>) -> Option<(Range<usize>, Moment)> {
    may_name_day(text, hint).then(|| Scan::new(text, hint, false).first())?
}

/// Whether a text has the figures of a day: those of day and year, or of a day whose year is known.
fn may_name_day(text: &str, hint: &DateHint<'_>) -> bool {
    let wanted = if hint.latest.is_some() { 1 } else { 2 };
    let mut runs = 0;
    let mut in_run = false;
    for byte in text.bytes() {
        // What the digits of other scripts begin with.
        if matches!(byte, 0xd9 | 0xdb | 0xe0 | 0xe1 | 0xef) {
            return true;
        }
        runs += usize::from(byte.is_ascii_digit() && !in_run);
        in_run = byte.is_ascii_digit();
    }
    runs >= wanted
}

/// Reads a string that is one date from beginning to end, a weekday before it included.
pub(crate) fn whole(text: &str, hint: &DateHint<'_>) -> Option<Moment> {
    let text = text.trim().trim_end_matches(['.', ',']);
    if text.len() > READ_BYTES {
        return None;
    }
    let (range, moment) = Scan::new(text, hint, true).first()?;
    let before = text.get(..range.start)?;
    let weekday = before.trim_end_matches([' ', ',', '.']);
    let is_whole = range.end == text.len() && (weekday.is_empty() || is_date_word(weekday));
    (is_whole && moment.precision >= Precision::Day).then_some(moment)
}

/// Whether the word is the name of a month or weekday, or another word of dates, in any language.
pub(crate) fn is_date_word(word: &str) -> bool {
    words::look_up(word).is_some()
}

// ------------------------------------------------------------------ days, clocks, offsets

/// A stated day, not yet checked against the calendar. Without a `day` it is a month.
#[expect(clippy::struct_field_names, reason = "the day of the day is its plain name")]
#[derive(Debug, Clone, Copy)]
struct Day {
    year: i64,
    month: i64,
    day: Option<i64>,
}

/// A stated time of day, not yet checked.
#[derive(Debug, Clone, Copy)]
struct Clock {
    hour: i64,
    minute: i64,
    second: Option<i64>,
    offset: Option<Offset>,
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self { year: date.year().into(), month: date.month().into(), day: Some(date.day().into()) }
    }
}

impl Day {
    fn moment(self) -> Option<Moment> {
        if !YEARS.contains(&self.year) {
            return None;
        }
        let day = i8::try_from(self.day.unwrap_or(1)).ok()?;
        let date =
            Date::new(i16::try_from(self.year).ok()?, i8::try_from(self.month).ok()?, day).ok()?;
        let precision = if self.day.is_some() { Precision::Day } else { Precision::Month };
        Some(Moment { date, time: None, offset: None, precision })
    }
}

impl Moment {
    /// The day with the time; the day alone where the time cannot be.
    fn at(self, clock: Clock) -> Self {
        let part = |value: i64| i8::try_from(value).unwrap_or(-1);
        let second = clock.second.map(|second| second.min(59));
        match Time::new(part(clock.hour), part(clock.minute), second.map_or(0, part), 0) {
            Ok(time) if clock.second.is_none_or(|second| second <= 60) => Self {
                time: Some(time),
                offset: clock.offset,
                precision: if second.is_some() { Precision::Second } else { Precision::Minute },
                ..self
            },
            _ => self,
        }
    }
}

/// `None` beyond fourteen hours, the widest zone there is.
fn offset(sign: i32, hours: i64, minutes: i64) -> Option<Offset> {
    if hours > 14 || minutes > 59 {
        return None;
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    Offset::from_seconds(sign * seconds).ok()
}

/// 1950 to 2049, the window that feeds with two-digit years fit into.
fn full_year(two_digits: i64) -> i64 {
    if two_digits < 50 { 2000 + two_digits } else { 1900 + two_digits }
}

/// A day of the Solar Hijri calendar (Iran) in the Gregorian one, by the 33-year cycle, which is
/// exact for the years 1244 to 1530. `None` for a day that does not exist.
fn from_solar_hijri(year: i64, month: i64, day: i64) -> Option<Day> {
    let is_leap = [1, 5, 9, 13, 17, 22, 26, 30].contains(&(year % 33));
    let longest = match month {
        ..=6 => 31,
        12 if !is_leap => 29,
        _ => 30,
    };
    if !(1..=12).contains(&month) || !(1..=longest).contains(&day) {
        return None;
    }
    let days_before = (month - 1) * 31 - (month - 7).max(0);
    let cycle = year + 1595;
    let days = -355_668 + 365 * cycle + cycle / 33 * 8 + (cycle % 33 + 3) / 4 + day + days_before;
    // `days` counts from 1 January of year 0 of the Gregorian calendar; 1970 began on day 719528.
    let epoch = jiff::Span::new().try_days(days - 719_528).ok()?;
    Date::constant(1970, 1, 1).checked_add(epoch).ok().map(Day::from)
}

#[cfg(test)]
mod tests;
