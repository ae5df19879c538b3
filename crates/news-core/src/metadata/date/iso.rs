//! ISO 8601 and seconds since 1970: dates as machines write them.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::tz::Offset;

use super::{Clock, Day, Moment, offset};

/// ISO 8601 calendar, week and ordinal dates with or without time; the whole string or nothing.
pub(super) fn iso(text: &[u8]) -> Option<Moment> {
    let mut at = Bytes { text, at: 0 };
    let year = at.number(4)?;
    let day = at.iso_day(year)?;
    let moment = day.moment()?;
    if at.is_done() || day.day.is_none() {
        return at.is_done().then_some(moment);
    }
    if !at.take(b"Tt ") {
        return None;
    }
    let clock = at.iso_clock()?;
    at.is_done().then(|| moment.at(clock))
}

/// A cursor over ASCII.
pub(super) struct Bytes<'a> {
    pub(super) text: &'a [u8],
    pub(super) at: usize,
}

impl Bytes<'_> {
    fn is_done(&self) -> bool {
        self.at == self.text.len()
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn take(&mut self, any: &[u8]) -> bool {
        let found = self.peek().is_some_and(|byte| any.contains(&byte));
        self.at += usize::from(found);
        found
    }

    /// Exactly `digits` digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let run = self.text.get(self.at..self.at + digits)?;
        let value = run.iter().try_fold(0_i64, |sum, byte| {
            byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0'))
        })?;
        self.at += digits;
        Some(value)
    }

    fn digits_ahead(&self) -> usize {
        self.text.iter().skip(self.at).take_while(|byte| byte.is_ascii_digit()).count()
    }

    fn iso_day(&mut self, year: i64) -> Option<Day> {
        let dashed = self.take(b"-");
        if self.take(b"W") {
            let week = self.number(2)?;
            let weekday =
                if self.is_done() || (dashed && !self.take(b"-")) { 1 } else { self.number(1)? };
            return week_day(year, week, weekday);
        }
        if self.digits_ahead() == 3 {
            return ordinal_day(year, self.number(3)?);
        }
        if !dashed && self.digits_ahead() != 4 {
            return None;
        }
        let month = self.number(2)?;
        if dashed && (self.is_done() || !self.take(b"-")) {
            return self.is_done().then_some(Day { year, month, day: None });
        }
        Some(Day { year, month, day: Some(self.number(2)?) })
    }

    fn iso_clock(&mut self) -> Option<Clock> {
        let hour = self.number(2)?;
        let colon = self.take(b":");
        let minute = self.number(2)?;
        let mut second = None;
        if self.take(b":") || (!colon && self.digits_ahead() == 2) {
            second = Some(self.number(2)?);
            // A colon before the fraction is wrong, and common: `22:06:08:684Z`.
            if self.take(b".,:") {
                self.at += self.digits_ahead();
            }
        }
        let clock = Clock { hour, minute, second, offset: None };
        self.take(b" ");
        if self.is_done() {
            return Some(clock);
        }
        let offset = if self.take(b"Zz") { Some(Offset::UTC) } else { self.iso_offset()? };
        Some(Clock { offset, ..clock })
    }

    /// The outer `None` is no offset at all, the inner one an offset that cannot be.
    #[expect(clippy::option_option, reason = "not there and not possible are two answers")]
    pub(super) fn iso_offset(&mut self) -> Option<Option<Offset>> {
        let sign = match self.peek()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        self.at += 1;
        let hours = self.number(2)?;
        self.take(b":");
        let minutes = if self.is_done() { 0 } else { self.number(2)? };
        Some(offset(sign, hours, minutes))
    }
}

fn week_day(year: i64, week: i64, weekday: i64) -> Option<Day> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    let date =
        ISOWeekDate::new(i16::try_from(year).ok()?, i8::try_from(week).ok()?, weekday).ok()?.date();
    Some(Day::from(date))
}

fn ordinal_day(year: i64, ordinal: i64) -> Option<Day> {
    let first = Date::new(i16::try_from(year).ok()?, 1, 1).ok()?;
    let ordinal = i16::try_from(ordinal).ok()?;
    first.with().day_of_year(ordinal).build().ok().map(Day::from)
}

/// Seconds (ten digits) or milliseconds (thirteen) since 1970, also as `/Date(…)/`.
pub(super) fn epoch(text: &str) -> Option<Moment> {
    let inner = text.strip_prefix("/Date(").and_then(|rest| rest.split(['+', '-', ')']).next());
    let number = inner.unwrap_or(text);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |s: &str| s.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) || whole.starts_with('0') {
        return None;
    }
    let value: i64 = whole.parse().ok()?;
    match whole.len() {
        // Ten digits that begin with 20 are year, month, day and hour: `compact` reads them.
        10 if !whole.starts_with("20") || inner.is_some() => Moment::from_epoch(value),
        9 if inner.is_some() => Moment::from_epoch(value),
        12 if inner.is_some() => Moment::from_epoch(value / 1000),
        13 => Moment::from_epoch(value / 1000),
        _ => None,
    }
}
