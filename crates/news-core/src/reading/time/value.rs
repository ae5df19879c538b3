//! Points and amounts of time, and how TIMEX3 writes them.

use std::fmt;

use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A unit of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// From a table's value.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "S" => Self::Second,
            "MI" => Self::Minute,
            "H" => Self::Hour,
            "D" => Self::Day,
            "WE" => Self::Weekend,
            "W" => Self::Week,
            "M" => Self::Month,
            "Q" => Self::Quarter,
            "Y" => Self::Year,
            "E" => Self::Decade,
            "C" => Self::Century,
            _ => return None,
        })
    }

    /// The letter of a duration, how many of it make one, and whether it belongs behind "T".
    fn written(self) -> (&'static str, i32, bool) {
        match self {
            Self::Second => ("S", 1, true),
            Self::Minute => ("M", 1, true),
            Self::Hour => ("H", 1, true),
            Self::Day => ("D", 1, false),
            Self::Weekend => ("WE", 1, false),
            Self::Week => ("W", 1, false),
            Self::Month => ("M", 1, false),
            Self::Quarter => ("M", 3, false),
            Self::Year => ("Y", 1, false),
            Self::Decade => ("Y", 10, false),
            Self::Century => ("Y", 100, false),
        }
    }
}

/// How many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    Exact(i32),
    /// And a half.
    Half(i32),
    /// "a few".
    Vague,
}

/// So many of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    pub count: Count,
    pub unit: Unit,
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (letter, times, is_clock) = self.unit.written();
        let clock = if is_clock { "T" } else { "" };
        match (self.count, self.unit) {
            (Count::Exact(24), Unit::Hour) => f.write_str("P1D"),
            (Count::Exact(count), _) => {
                write!(f, "P{clock}{}{letter}", count.saturating_mul(times))
            }
            (Count::Vague, Unit::Decade) => f.write_str("PXE"),
            (Count::Vague, Unit::Century) => f.write_str("PXC"),
            (Count::Vague, Unit::Quarter) => f.write_str("PXQ"),
            (Count::Vague, _) => write!(f, "P{clock}X{letter}"),
            (Count::Half(count), unit) => half(f, count, unit),
        }
    }
}

/// So many and a half, in the next smaller unit that holds it whole.
fn half(f: &mut fmt::Formatter<'_>, count: i32, unit: Unit) -> fmt::Result {
    let (clock, large, small) = match unit {
        Unit::Second => return write!(f, "PT{count}.5S"),
        Unit::Minute => ("T", "M", "30S"),
        Unit::Hour => ("T", "H", "30M"),
        Unit::Day => ("", "D", "T12H"),
        Unit::Week | Unit::Weekend => return write!(f, "P{count}.5W"),
        Unit::Month => ("", "M", "15D"),
        Unit::Quarter => return write!(f, "P{count}.5Q"),
        Unit::Year => ("", "Y", "6M"),
        Unit::Decade => return write!(f, "P{}Y", count.saturating_mul(10).saturating_add(5)),
        Unit::Century => return write!(f, "P{}Y", count.saturating_mul(100).saturating_add(50)),
    };
    if count == 0 {
        write!(f, "P{clock}{small}")
    } else {
        write!(f, "P{clock}{count}{large}{small}")
    }
}

/// A place on the calendar, as finely as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    /// The hundreds: 19 is 1900 to 1999.
    Century(i32),
    /// The tens: 199 is 1990 to 1999.
    Decade(i32),
    Year(i32),
    /// First or second half of a year.
    Half(i32, u8),
    Quarter(i32, u8),
    /// `SP SU FA WI`.
    Season(i32, &'static str),
    Month(i32, i8),
    /// ISO year and week.
    Week(i32, i8),
    /// The end of an ISO week.
    Weekend(i32, i8),
    Day(Date),
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Century(hundreds) => write!(f, "{hundreds:02}"),
            Self::Decade(tens) => write!(f, "{tens:03}"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Season(year, season) => write!(f, "{year:04}-{season}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::Weekend(year, week) => write!(f, "{year:04}-W{week:02}-WE"),
            Self::Day(date) => {
                write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
            }
        }
    }
}

impl Point {
    /// The unit in which it was said. A half year counts as two quarters.
    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Century(_) => Unit::Century,
            Self::Decade(_) => Unit::Decade,
            Self::Year(_) => Unit::Year,
            Self::Half(..) | Self::Quarter(..) | Self::Season(..) => Unit::Quarter,
            Self::Month(..) => Unit::Month,
            Self::Week(..) => Unit::Week,
            Self::Weekend(..) => Unit::Weekend,
            Self::Day(_) => Unit::Day,
        }
    }

    pub(super) fn year(self) -> i32 {
        match self {
            Self::Century(hundreds) => hundreds * 100,
            Self::Decade(tens) => tens * 10,
            Self::Year(year)
            | Self::Half(year, _)
            | Self::Quarter(year, _)
            | Self::Season(year, _)
            | Self::Month(year, _)
            | Self::Week(year, _)
            | Self::Weekend(year, _) => year,
            Self::Day(date) => i32::from(date.year()),
        }
    }

    /// Its first day; of a weekend the Saturday.
    pub(super) fn first_day(self) -> Option<Date> {
        let day = |year: i32, month: i32| date(year, month, 1);
        match self {
            Self::Century(_) | Self::Decade(_) | Self::Year(_) => day(self.year(), 1),
            Self::Half(year, half) => day(year, i32::from(half) * 6 - 5),
            Self::Quarter(year, quarter) => day(year, i32::from(quarter) * 3 - 2),
            Self::Season(year, season) => day(year, season_month(season)),
            Self::Month(year, month) => day(year, i32::from(month)),
            Self::Week(year, week) => week_day(year, week, Weekday::Monday),
            Self::Weekend(year, week) => week_day(year, week, Weekday::Saturday),
            Self::Day(date) => Some(date),
        }
    }

    /// The point of this unit that holds the day. Units of the clock give the day.
    pub(super) fn holding(day: Date, unit: Unit) -> Self {
        let year = i32::from(day.year());
        let week = day.iso_week_date();
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day(day),
            Unit::Weekend => Self::Weekend(i32::from(week.year()), week.week()),
            Unit::Week => Self::Week(i32::from(week.year()), week.week()),
            Unit::Month => Self::Month(year, day.month()),
            Unit::Quarter => Self::Quarter(year, quarter_of(day)),
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(year.div_euclid(10)),
            Unit::Century => Self::Century(year.div_euclid(100)),
        }
    }
}

/// The quarter, 1 to 4, of a day.
pub(super) fn quarter_of(day: Date) -> u8 {
    u8::try_from((day.month() - 1) / 3 + 1).unwrap_or(1)
}

/// The month in which a season's middle lies.
fn season_month(season: &str) -> i32 {
    match season {
        "SP" => 4,
        "SU" => 7,
        "FA" => 10,
        _ => 1,
    }
}

fn week_day(year: i32, week: i8, weekday: Weekday) -> Option<Date> {
    ISOWeekDate::new(i16::try_from(year).ok()?, week, weekday).ok().map(ISOWeekDate::date)
}

/// A day of the calendar; `None` where there is none: February 30.
pub(super) fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The day so many units later. `None` beyond the calendar.
pub(super) fn shift(day: Date, unit: Unit, count: i32) -> Option<Date> {
    let count = i64::from(count);
    let span = Span::new();
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Ok(span),
        Unit::Day => span.try_days(count),
        Unit::Weekend | Unit::Week => span.try_days(count.saturating_mul(7)),
        Unit::Month => span.try_months(count),
        Unit::Quarter => span.try_months(count.saturating_mul(3)),
        Unit::Year => span.try_years(count),
        Unit::Decade => span.try_years(count.saturating_mul(10)),
        Unit::Century => span.try_years(count.saturating_mul(100)),
    };
    day.checked_add(span.ok()?).ok()
}

/// Easter Sunday of a year of the Gregorian calendar (Butcher's rule, with its letters).
#[expect(clippy::many_single_char_names, reason = "the rule's own letters")]
pub(super) fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    date(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1)
}

/// The n-th weekday of a month; `nth` -1 is the last.
pub(super) fn nth_weekday(year: i32, month: i32, nth: i8, weekday: i32) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    date(year, month, 1)?.nth_weekday_of_month(nth, weekday).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_written_in_the_next_unit() {
        let write = |count, unit| Amount { count: Count::Half(count), unit }.to_string();
        assert_eq!(write(1, Unit::Minute), "PT1M30S");
        assert_eq!(write(5, Unit::Hour), "PT5H30M");
        assert_eq!(write(2, Unit::Year), "P2Y6M");
        assert_eq!(write(0, Unit::Year), "P6M");
        assert_eq!(write(0, Unit::Hour), "PT30M");
        assert_eq!(write(0, Unit::Minute), "PT30S");
        assert_eq!(write(1, Unit::Decade), "P15Y");
    }

    #[test]
    fn movable_feasts_fall_where_they_fell() {
        assert_eq!(easter(2000), date(2000, 4, 23));
        assert_eq!(easter(2024), date(2024, 3, 31));
        assert_eq!(nth_weekday(1999, 11, 4, 4), date(1999, 11, 25));
    }
}
