//! The day in the address of a page.

use super::words::{MonthName, look_up};
use super::{DateHint, Day, Moment};

/// Earliest year believed in an address: no site was older, and ids begin with any digits.
const FIRST_URL_YEAR: i64 = 1994;

/// The day, else the month, in the path of an address: `/2024/05/02/`, `/2024-05-02-slug`,
/// `/20240502/`, `/2024/may/02/`, `/2024/0502/`, `slug-20240502.html`, `/2024/05/`.
/// `None` where the path states none. The caller checks the day against the time of the fetch.
pub(crate) fn from_url(url: &str) -> Option<Moment> {
    let address = url.split(['?', '#']).next()?;
    // An archive keeps the address of the page within its own: the last one counts.
    let after_scheme = address.rsplit_once("://").map_or(address, |(_, rest)| rest);
    let (_, path) = after_scheme.split_once('/')?;
    let segments: Vec<&str> = path.split('/').take(40).collect();
    folder_day(&segments)
        .or_else(|| segments.iter().find_map(|segment| slug_day(segment)))
        .or_else(|| folder_month(&segments))
}

/// A segment that is all digits, as number and count.
fn figures_of(segment: &str) -> Option<(i64, usize)> {
    let is_digits =
        !segment.is_empty() && segment.len() <= 18 && segment.bytes().all(|b| b.is_ascii_digit());
    is_digits.then_some(())?;
    Some((segment.parse().ok()?, segment.len()))
}

fn url_day(year: i64, month: i64, day: i64) -> Option<Moment> {
    (year >= FIRST_URL_YEAR).then(|| Moment::from_day(year, month, day))?
}

fn url_month(segment: &str) -> Option<i64> {
    match figures_of(segment) {
        Some((month, 1 | 2)) => Some(month),
        Some(_) => None,
        None => match look_up(segment)?
            .month(&DateHint { language: Some("en"), ..DateHint::default() })?
        {
            MonthName::Gregorian(month) => Some(month),
            MonthName::SolarHijri(_) => None,
        },
    }
}

/// Year, month and day spread over folders.
fn folder_day(segments: &[&str]) -> Option<Moment> {
    segments.iter().enumerate().find_map(|(at, segment)| {
        let next = segments.get(at + 1)?;
        match figures_of(segment) {
            Some((year, 4)) => match figures_of(next) {
                Some((day, 4)) => url_day(year, day / 100, day % 100),
                _ => url_day(year, url_month(next)?, leading_day(segments.get(at + 2)?)?),
            },
            Some((month, 6)) => url_day(month / 100, month % 100, leading_day(next)?),
            None => dashed_month(segment)
                .and_then(|(year, month)| url_day(year, month, leading_day(next)?)),
            _ => None,
        }
    })
}

/// A day of one or two digits, alone or before a dash: `02`, `2-slug`.
fn leading_day(segment: &str) -> Option<i64> {
    let head = segment.split(['-', '_', '.']).next()?;
    figures_of(head).filter(|(_, digits)| *digits <= 2).map(|(day, _)| day)
}

/// `2024-05` and `2024_05`.
fn dashed_month(segment: &str) -> Option<(i64, i64)> {
    let (year, month) = segment.split_once(['-', '_'])?;
    match (figures_of(year)?, figures_of(month)?) {
        ((year, 4), (month, 2)) => Some((year, month)),
        _ => None,
    }
}

fn folder_month(segments: &[&str]) -> Option<Moment> {
    let month = |(year, month): (i64, i64)| {
        let believed = year >= FIRST_URL_YEAR;
        believed.then(|| Day { year, month, day: None }.moment())?
    };
    segments.iter().enumerate().find_map(|(at, segment)| match figures_of(segment) {
        Some((year, 4)) => month((year, url_month(segments.get(at + 1)?)?)),
        Some((figures, 6)) if at + 1 < segments.len() => month((figures / 100, figures % 100)),
        _ => month(dashed_month(segment)?),
    })
}

/// A day inside one segment: digits run together, or in groups with dashes, year first or last.
fn slug_day(segment: &str) -> Option<Moment> {
    let runs = digit_runs(segment);
    runs.iter().enumerate().find_map(|(at, run)| {
        let glued = |index: usize| runs.get(index).filter(|run| run.joined);
        match (run.len, glued(at + 1), glued(at + 2)) {
            (8 | 10..=20, _, _) => day_prefix(run.text),
            (4, Some(month), Some(day)) if month.len == 2 && day.len <= 2 => {
                url_day(run.value()?, month.value()?, day.value()?)
            }
            (1 | 2, Some(month), Some(year)) if year.len == 4 && month.len <= 2 && !run.joined => {
                let (first, second, year) = (run.value()?, month.value()?, year.value()?);
                // Either order is used; only a day above twelve tells them apart.
                let is_clear = first > 12 || second > 12 || first == second;
                is_clear.then(|| {
                    url_day(year, second, first).or_else(|| url_day(year, first, second))
                })?
            }
            _ => None,
        }
    })
}

/// The day that the first eight of many digits spell.
fn day_prefix(digits: &str) -> Option<Moment> {
    let (date, _) = figures_of(digits.get(..8)?)?;
    url_day(date / 10_000, date / 100 % 100, date % 100)
}

struct DigitRun<'a> {
    text: &'a str,
    len: usize,
    /// One dash, underscore or dot stands between it and the run before.
    joined: bool,
}

impl DigitRun<'_> {
    fn value(&self) -> Option<i64> {
        figures_of(self.text).map(|(value, _)| value)
    }
}

fn digit_runs(segment: &str) -> Vec<DigitRun<'_>> {
    let mut runs: Vec<DigitRun<'_>> = Vec::new();
    let mut end_before = 0;
    let mut rest = segment;
    let mut at = 0;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let tail = rest.get(start..).unwrap_or("");
        let len = tail.bytes().take_while(u8::is_ascii_digit).count();
        let text = tail.get(..len).unwrap_or("");
        let between = segment.get(end_before..at + start).unwrap_or("");
        let joined = !runs.is_empty() && matches!(between, "-" | "_" | ".");
        runs.push(DigitRun { text, len, joined });
        at += start + len;
        end_before = at;
        rest = tail.get(len..).unwrap_or("");
    }
    runs
}
