//! What an expression says, before it is known which day it is said of.

use super::Modifier;
use super::value::{Amount, Point, Unit};

/// Which year, month, … is meant, counted from the anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Not said: the tense decides.
    Open,
    /// The year said.
    Year(i32),
    /// So many years from the anchor's.
    Years(i32),
    /// The last one before the anchor.
    Last,
    /// The first one after the anchor.
    Next,
    /// The anchor's own.
    This,
    /// Of the year of the last mentioned date.
    Mentioned,
    /// The last one before the date mentioned last.
    Previous,
    /// The first one after the date mentioned last.
    Following,
}

/// What a shift counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The anchor: "two weeks ago".
    Anchor,
    /// The date mentioned last: "two weeks later".
    Mention,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    Point(Point),
    /// A day of a month.
    MonthDay {
        month: i32,
        day: i32,
        which: Which,
    },
    Month {
        month: i32,
        which: Which,
    },
    /// The week that holds the day; 0: the last of the month.
    WeekOf {
        month: i32,
        day: i32,
        which: Which,
    },
    /// Days are counted from Monday, 1.
    Weekday {
        weekday: i32,
        which: Which,
    },
    /// By the rule in the table.
    Holiday {
        rule: &'static str,
        which: Which,
    },
    /// So many units from there; what stands there may be finer than the unit.
    Shift {
        unit: Unit,
        count: i32,
        from: From,
    },
    Weekend(Which),
    /// Quarter of a year; 0: the one the text is about.
    Quarter {
        quarter: u8,
        which: Which,
    },
    Half {
        half: u8,
        which: Which,
    },
    Season {
        season: &'static str,
        which: Which,
    },
    /// "a year ago": the quarter a year before, where the text is about a quarter.
    YearAgo,
    /// The time of day of the day mentioned last, else of the anchor.
    SameDay,
    /// "the period", "the day": what the text is about, in this unit.
    Current(Unit),
    /// `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`.
    Reference(&'static str),
    Amount(Amount),
    /// The value of a repeated time.
    Set(String),
}

/// The time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// `MO AF EV NI DT MI`.
    Part(&'static str),
    At {
        hour: i32,
        minute: Option<i32>,
        second: Option<i32>,
        zone: Option<Zone>,
    },
}

/// Minutes east of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Zone {
    pub minutes: i32,
    /// An hour more in the summer of the United States.
    pub summer: bool,
}

/// An expression without its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Phrase {
    pub meaning: Meaning,
    pub clock: Option<Clock>,
    pub modifier: Option<Modifier>,
}

impl Phrase {
    pub(super) fn of(meaning: Meaning) -> Self {
        Self { meaning, clock: None, modifier: None }
    }

    pub(super) fn modified(mut self, modifier: Option<Modifier>) -> Self {
        self.modifier = modifier.or(self.modifier);
        self
    }

    pub(super) fn at(mut self, clock: Option<Clock>) -> Self {
        self.clock = clock.or(self.clock);
        self
    }
}
