//! Meaning -> value: which day, by the anchor, the tense and the dates mentioned before.

use jiff::civil::Date;

use super::meaning::{From, Meaning, Phrase, Which};
use super::tense::{Direction, Tense};
use super::value::{self, Amount, Count, Point, Unit, date, easter, nth_weekday, quarter_of};
use super::written::{add_clock, unresolved};
use super::{Anchor, AnchorSource, Reference, TimeKind};

/// What the text has said so far.
#[derive(Debug)]
pub(super) struct Context<'a> {
    anchor: Option<&'a Anchor>,
    /// The last date that was said or resolved.
    mentioned: Option<Point>,
    /// The last whole day.
    day: Option<Date>,
    /// The last days named of each weekday, from Monday on.
    weekdays: [Option<Date>; 7],
    /// The quarter or year of which figures are told.
    period: Option<Point>,
}

/// A resolved phrase.
#[derive(Debug)]
pub(super) struct Resolved {
    pub kind: TimeKind,
    pub value: String,
    pub reference: Option<Reference>,
}

impl<'a> Context<'a> {
    pub(super) fn new(anchor: Option<&'a Anchor>) -> Self {
        Self { anchor, mentioned: None, day: None, weekdays: [None; 7], period: None }
    }

    /// The day from which relative dates count: the anchor, else the day mentioned last.
    fn today(&self) -> Option<Date> {
        self.anchor.map(|anchor| anchor.date).or(self.day)
    }

    fn mention(&self) -> Option<Date> {
        self.mentioned.and_then(Point::first_day).or(self.today())
    }

    /// Reads the phrase's value and remembers it.
    pub(super) fn resolve(&mut self, phrase: &Phrase, tense: Tense) -> Resolved {
        let point = self.point(&phrase.meaning, tense);
        let kind = kind(phrase);
        let reference = point.and_then(|_| self.reference(&phrase.meaning));
        let mut value = match (&point, &phrase.meaning) {
            (Some(point), _) => point.to_string(),
            (None, meaning) => unresolved(meaning),
        };
        if let Some(clock) = phrase.clock {
            add_clock(&mut value, clock, point.and_then(Point::first_day));
        }
        if let Meaning::Amount(amount) = phrase.meaning {
            self.remember_amount(amount);
        }
        if let Some(point) = point {
            self.remember(point, &phrase.meaning);
        }
        Resolved { kind, value, reference }
    }

    fn remember(&mut self, point: Point, meaning: &Meaning) {
        self.mentioned = Some(point);
        if let Point::Day(day) = point {
            self.day = Some(day);
            let weekday = day.weekday().to_monday_zero_offset();
            if let Some(last) =
                usize::try_from(weekday).ok().and_then(|weekday| self.weekdays.get_mut(weekday))
            {
                *last = Some(day);
            }
        }
        let today = self.today();
        let ended = |point: Point| {
            point
                .first_day()
                .zip(today)
                .is_none_or(|(day, today)| distance(day, today) > 80 && day < today)
        };
        // Figures are told of the latest period named; an earlier one is only compared with.
        let is_latest = |known: Point| known.first_day() <= point.first_day();
        let is_period = matches!(point, Point::Quarter(..) | Point::Half(..))
            && ended(point)
            && self.period.is_none_or(is_latest);
        if is_period && !matches!(meaning, Meaning::YearAgo) {
            self.period = Some(point);
        }
    }

    /// Figures of nine months or a year are compared with those of the year before.
    fn remember_amount(&mut self, amount: Amount) {
        let is_period = matches!(
            (amount.unit, amount.count),
            (Unit::Month, Count::Exact(6 | 9)) | (Unit::Year, Count::Exact(1))
        );
        if is_period {
            self.period = None;
        }
    }

    /// Which date the meaning was read against; `None` where it says its own year.
    fn reference(&self, meaning: &Meaning) -> Option<Reference> {
        let mention = || {
            self.mentioned
                .map(|point| Reference { source: AnchorSource::Mention, value: point.to_string() })
        };
        let anchor = || match self.anchor {
            Some(anchor) => Some(Reference {
                source: anchor.source,
                value: Point::Day(anchor.date).to_string(),
            }),
            None => self.day.map(|day| Reference {
                source: AnchorSource::Mention,
                value: Point::Day(day).to_string(),
            }),
        };
        match meaning {
            Meaning::Point(_) => None,
            Meaning::MonthDay { which, .. }
            | Meaning::Month { which, .. }
            | Meaning::WeekOf { which, .. }
            | Meaning::Holiday { which, .. }
            | Meaning::Half { which, .. }
            | Meaning::Season { which, .. }
            | Meaning::Weekday { which, .. }
            | Meaning::Weekend(which)
            | Meaning::Quarter { which, .. } => match which {
                Which::Year(_) => None,
                Which::Mentioned | Which::Previous | Which::Following => mention().or_else(anchor),
                _ => anchor(),
            },
            Meaning::Shift { from: From::Anchor, .. } => anchor(),
            _ => mention().or_else(anchor),
        }
    }

    fn point(&self, meaning: &Meaning, tense: Tense) -> Option<Point> {
        match *meaning {
            Meaning::Point(point) => Some(point),
            Meaning::MonthDay { month, day, which } => {
                self.day_of_year(which, tense, |year| date(year, month, day))
            }
            Meaning::Holiday { rule, which } => {
                self.day_of_year(which, tense, |year| holiday(rule, year))
            }
            Meaning::Month { month, which } => self.month_point(month, which, tense),
            Meaning::Weekday { weekday, which } => self.weekday(weekday, which, tense),
            Meaning::Shift { unit, count, from } => self.shifted(unit, count, from),
            Meaning::Weekend(which) => self.weekend(which, tense),
            Meaning::Quarter { quarter, which } => self.quarter(quarter, which, tense),
            Meaning::Half { half, which } => {
                let today = self.today();
                let year = self.year_of(which, today.map(|day| i32::from(day.year())))?;
                Some(Point::Half(year, half))
            }
            Meaning::Season { season, which } => self.season(season, which, tense),
            Meaning::YearAgo => self.year_ago(),
            Meaning::WeekOf { month, day, which } => {
                let day = self.day_of_year(which, tense, |year| week_of(year, month, day))?;
                Some(Point::holding(day.first_day()?, Unit::Week))
            }
            Meaning::SameDay => self.day.or(self.today()).map(Point::Day),
            Meaning::Current(unit) => self.current(unit),
            Meaning::Reference(_) | Meaning::Amount(_) | Meaning::Set(_) => None,
        }
    }

    /// The year said or counted; `open` where the phrase leaves it open.
    fn year_of(&self, which: Which, open: Option<i32>) -> Option<i32> {
        let today = || Some(i32::from(self.today()?.year()));
        match which {
            Which::Year(year) => Some(year),
            Which::Years(count) => Some(today()? + count),
            Which::Mentioned => self.mentioned.map(Point::year).or_else(today),
            Which::Previous => Some(self.mention()?.year().into()).map(|year: i32| year - 1),
            Which::Following => Some(self.mention()?.year().into()).map(|year: i32| year + 1),
            _ => open,
        }
    }

    /// A day that comes once a year.
    fn day_of_year(
        &self,
        which: Which,
        tense: Tense,
        at: impl Fn(i32) -> Option<Date>,
    ) -> Option<Point> {
        if let Some(year) = self.year_of(which, None) {
            return at(year).map(Point::Day);
        }
        let today = self.today()?;
        let year = i32::from(today.year());
        let days: Vec<Date> = (year - 4..=year + 4).filter_map(at).collect();
        let past = days.iter().rev().find(|day| **day <= today);
        let ahead = days.iter().find(|day| **day >= today);
        let nearest = days.iter().min_by_key(|day| distance(**day, today));
        let day = match (which, tense.direction) {
            (Which::Last, _) => days.iter().rev().find(|day| **day < today),
            (Which::Next, _) => days.iter().find(|day| **day > today),
            (Which::This, _) => days.iter().find(|day| i32::from(day.year()) == year),
            (_, Some(Direction::Past)) if tense.sure || far(nearest, today, 120) => past,
            (_, Some(Direction::Future)) if tense.sure || far(nearest, today, 30) => ahead,
            _ => nearest,
        };
        day.copied().map(Point::Day)
    }

    fn month_point(&self, month: i32, which: Which, tense: Tense) -> Option<Point> {
        let point = |year| Some(Point::Month(year, i8::try_from(month).ok()?));
        if let Some(year) = self.year_of(which, None) {
            return point(year);
        }
        let today = self.today()?;
        let (year, now) = (i32::from(today.year()), i32::from(today.month()));
        let back = (now - month).rem_euclid(12);
        if let Some(year) = self.listed(month, which, tense) {
            return point(year);
        }
        let year = match (which, tense.direction) {
            (Which::Last, _) => year - i32::from(month >= now),
            (Which::Next, _) => year + i32::from(month <= now),
            (Which::This, _) => year,
            (_, Some(Direction::Past)) if tense.sure || back < NEAR_BACK => {
                year - i32::from(month > now)
            }
            (_, Some(Direction::Future)) => year + i32::from(month < now),
            _ if back < NEAR_BACK => year - i32::from(month > now),
            _ => year + i32::from(month < now),
        };
        point(year)
    }

    /// The year of a month behind another that is ahead: "in November, in December, in January".
    fn listed(&self, month: i32, which: Which, tense: Tense) -> Option<i32> {
        let Some(Point::Month(year, before)) = self.mentioned else { return None };
        let ahead = self.mention()? > self.today()?;
        let follows = (month - i32::from(before)).rem_euclid(12) <= LISTED;
        let open = which == Which::Open && tense.direction != Some(Direction::Past);
        (ahead && follows && open).then(|| year + i32::from(month < i32::from(before)))
    }

    fn weekday(&self, weekday: i32, which: Which, tense: Tense) -> Option<Point> {
        let today = self.today()?;
        // "the previous Friday" is the one before the Friday spoken of.
        let named = usize::try_from(weekday - 1).ok().and_then(|at| *self.weekdays.get(at)?);
        if let Some(named) =
            named.filter(|day| which == Which::Previous && distance(*day, today) < 7)
        {
            return value::shift(named, Unit::Week, -1).map(Point::Day);
        }
        let from_mention = matches!(which, Which::Mentioned | Which::Previous | Which::Following);
        let base = if from_mention { self.mention()? } else { today };
        let now = i32::from(base.weekday().to_monday_one_offset());
        let back = (now - weekday).rem_euclid(7);
        let days = match (which, tense.direction) {
            (Which::Last | Which::Previous, _) => -(if back == 0 { 7 } else { back }),
            (Which::Next | Which::Following, _) => 7 - back,
            (Which::Mentioned, _) => -back,
            (_, Some(Direction::Future)) => (7 - back) % 7,
            // Tomorrow's weekday six days ago would be "last Monday", or a verb says it outright.
            (_, Some(Direction::Past)) if back == 6 && !tense.near => 1,
            _ => -back,
        };
        value::shift(base, Unit::Day, days).map(Point::Day)
    }

    fn shifted(&self, unit: Unit, count: i32, from: From) -> Option<Point> {
        let base = match from {
            From::Anchor => self.today()?,
            From::Mention => self.mention()?,
        };
        Some(Point::holding(value::shift(base, unit, count)?, unit))
    }

    fn weekend(&self, which: Which, tense: Tense) -> Option<Point> {
        let today = self.today()?;
        let late = today.weekday().to_monday_one_offset() >= 5;
        let weeks = match (which, tense.direction) {
            (Which::Last, _) => -1,
            (Which::Next, _) => 1,
            (Which::This, _) | (_, Some(Direction::Future)) => 0,
            _ if late => 0,
            _ => -1,
        };
        let day = value::shift(today, Unit::Week, weeks)?;
        Some(Point::holding(day, Unit::Weekend))
    }

    fn quarter(&self, quarter: u8, which: Which, tense: Tense) -> Option<Point> {
        if let (0, Which::Year(year)) = (quarter, which) {
            return Some(self.period_of(year));
        }
        if quarter == 0 {
            return self.current(Unit::Quarter);
        }
        if let Some(year) = self.year_of(which, None) {
            return Some(Point::Quarter(year, quarter));
        }
        let today = self.today()?;
        let (year, now) = (i32::from(today.year()), quarter_of(today));
        // In the third quarter "the fourth quarter" is the coming one, in the first the last one.
        let is_past = quarter > now + 1 && tense.direction != Some(Direction::Future);
        Some(Point::Quarter(year - i32::from(is_past), quarter))
    }

    fn season(&self, season: &'static str, which: Which, tense: Tense) -> Option<Point> {
        if let Some(year) = self.year_of(which, None) {
            return Some(Point::Season(year, season));
        }
        let today = self.today()?;
        let year = i32::from(today.year());
        let begin = |year| Point::Season(year, season).first_day();
        let begun = begin(year).is_some_and(|day| day <= today);
        let running = begin(year).is_some_and(|day| distance(day, today) <= 60);
        let year = match (which, tense.direction) {
            (Which::Last, _) if running && begun => year - 1,
            (Which::Last, _) | (Which::Open, Some(Direction::Past)) => year - i32::from(!begun),
            (Which::Next, _) => year + i32::from(begun),
            (Which::Open, Some(Direction::Future)) => year + i32::from(begun && !running),
            _ => year,
        };
        Some(Point::Season(year, season))
    }

    fn year_ago(&self) -> Option<Point> {
        let year = self.period.map(Point::year).or(self.today().map(|day| day.year().into()))?;
        Some(self.period_of(year - 1))
    }

    /// The period the text is about, in that year.
    fn period_of(&self, year: i32) -> Point {
        match self.period {
            Some(Point::Quarter(_, quarter)) => Point::Quarter(year, quarter),
            Some(Point::Half(_, half)) => Point::Half(year, half),
            _ => Point::Year(year),
        }
    }

    fn current(&self, unit: Unit) -> Option<Point> {
        let today = self.today()?;
        match unit {
            Unit::Quarter => {
                if let Some(Point::Quarter(..) | Point::Half(..)) = self.period {
                    self.period
                } else {
                    let day = value::shift(today, Unit::Quarter, -1)?;
                    Some(Point::holding(day, Unit::Quarter))
                }
            }
            Unit::Year => Some(Point::Year(i32::from(today.year()))),
            Unit::Day => Some(Point::Day(match self.mentioned {
                Some(Point::Day(day)) => day,
                _ => today,
            })),
            unit => Some(Point::holding(self.mention()?, unit)),
        }
    }
}

/// From so many months back on a bare month is the one ahead: the other would be "last March".
const NEAR_BACK: i32 = 10;

/// So many months on at most a month continues the one named before it.
const LISTED: i32 = 3;

/// Days between, either way.
fn distance(a: Date, b: Date) -> i32 {
    a.since(b).map_or(i32::MAX, |span| span.get_days().abs())
}

/// Whether the nearest such day is far enough for the tense to matter: a story in the past tense
/// may speak of next week, hardly of half a year ahead.
fn far(nearest: Option<&Date>, today: Date, days: i32) -> bool {
    nearest.is_none_or(|day| distance(*day, today) > days)
}

/// A day of the week that is meant; `day` 0: of the month's last whole week.
fn week_of(year: i32, month: i32, day: i32) -> Option<Date> {
    if day > 0 {
        return date(year, month, day);
    }
    let last = date(year, month, 1)?.last_of_month();
    value::shift(last, Unit::Day, -3)
}

/// A holiday's day in a year: `12-25`, `easter-2`, `nth 11 4 4` (month, which, weekday).
fn holiday(rule: &str, year: i32) -> Option<Date> {
    if let Some(days) = rule.strip_prefix("easter") {
        return value::shift(easter(year)?, Unit::Day, days.parse().unwrap_or(0));
    }
    if let Some(rule) = rule.strip_prefix("nth ") {
        let mut parts = rule.split(' ').filter_map(|part| part.parse::<i32>().ok());
        let (month, nth, weekday) = (parts.next()?, parts.next()?, parts.next()?);
        return nth_weekday(year, month, i8::try_from(nth).ok()?, weekday);
    }
    let (month, day) = rule.split_once('-')?;
    date(year, month.parse().ok()?, day.parse().ok()?)
}

fn kind(phrase: &Phrase) -> TimeKind {
    match phrase.meaning {
        Meaning::Amount(_) => TimeKind::Duration,
        Meaning::Set(_) => TimeKind::Set,
        _ if phrase.clock.is_some() => TimeKind::Time,
        _ => TimeKind::Date,
    }
}
