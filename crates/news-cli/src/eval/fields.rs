//! Normal forms and comparisons of titles, names, dates and tags.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use regex::{Captures, Regex};
use unicode_normalization::UnicodeNormalization;

use super::gold::OneOrMany;
use super::text::{collapse, is_decimal, is_space, is_word};

/// NFKC, plain quotes and dashes, no invisible characters, case folded, white space collapsed.
pub(super) fn norm_text(text: &str) -> String {
    let plain: String = text.nfkc().filter_map(plain_char).collect();
    collapse(&caseless::default_case_fold_str(&plain))
}

fn plain_char(c: char) -> Option<char> {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '〝' | '〞' | '″' => Some('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '`' | '´' | '′' => Some('\''),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Some('-'),
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        _ => Some(c),
    }
}

static BY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:by|von|par|por|di|door|av|af|text|autor|author)\s*[:\s]\s*"));
static NAME_BREAK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*[;|\n]\s*|\s+(?:and|und)\s+"));
static COMMA: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*,\s*"));
static TAG_BREAK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*[,;]\s*"));
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^\s*(\d{4})-(\d\d)-(\d\d)",
        r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?"
    ))
});

/// The pattern with Python's idea of `\s`.
fn pattern(python: &str) -> Regex {
    let spaced = python.replace(r"[:\s]", r"[:\s\x1C-\x1F]").replace(r"\s*", r"[\s\x1C-\x1F]*");
    Regex::new(&spaced.replace(r"\s+", r"[\s\x1C-\x1F]+")).expect("constant pattern")
}

/// The names of an author field in order, in normal form, each once.
pub(super) fn author_list(authors: Option<&OneOrMany>) -> Vec<String> {
    let names: Vec<String> = match authors {
        None => Vec::new(),
        Some(OneOrMany::Many(names)) => names.clone(),
        Some(OneOrMany::One(line)) => NAME_BREAK.split(line).flat_map(split_commas).collect(),
    };
    let mut seen = Vec::new();
    for name in names.iter().map(|name| norm_author(name)) {
        if !name.is_empty() && !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}

/// Cuts at commas only where every part has two words: `Li, Ana` is one name.
fn split_commas(line: &str) -> Vec<String> {
    let two_words = |part: &str| collapse(part).contains(' ');
    if line.split(',').all(two_words) {
        COMMA.split(line).map(str::to_owned).collect()
    } else {
        vec![line.to_owned()]
    }
}

fn norm_author(name: &str) -> String {
    let name = norm_text(name);
    let kept = |c: char| is_word(c) || is_space(c) || "'&@-".contains(c);
    let bare: String =
        BY.replace(&name, "").chars().map(|c| if kept(c) { c } else { ' ' }).collect();
    collapse(&bare).trim_matches([' ', '\'', '-']).to_owned()
}

/// The tags of a field in normal form; one string is cut at commas and semicolons.
pub(super) fn tag_set(tags: Option<&OneOrMany>) -> BTreeSet<String> {
    let tags: Vec<&str> = match tags {
        None => Vec::new(),
        Some(OneOrMany::Many(tags)) => tags.iter().map(String::as_str).collect(),
        Some(OneOrMany::One(line)) => TAG_BREAK.split(line).collect(),
    };
    tags.into_iter().filter(|tag| !tag.is_empty()).map(norm_text).collect()
}

/// The part of a language tag before `-` or `_`, in lower case.
pub(super) fn main_language(tag: &str) -> String {
    tag.to_lowercase().split(['-', '_']).next().unwrap_or_default().to_owned()
}

/// A date as a field states it.
#[derive(Debug, PartialEq, Eq)]
struct Stated {
    /// `YYYY-MM-DD` as written, not checked against the calendar.
    day: String,
    /// The day in UTC, where the field states a time and an offset.
    utc: Option<Date>,
}

/// Whether both name the same calendar day, as written or in UTC.
pub(super) fn same_day(gold: &str, answer: &str) -> bool {
    let (Some(gold), Some(answer)) = (stated(gold), stated(answer)) else {
        return false;
    };
    gold.day == answer.day || (gold.utc.is_some() && gold.utc == answer.utc)
}

/// Days between the two dates as written; `None` where one is no date.
pub(super) fn day_gap(gold: &str, answer: &str) -> Option<i64> {
    let (gold, answer) = (calendar_day(gold)?, calendar_day(answer)?);
    Some((gold.duration_since(answer).as_hours() / 24).abs())
}

fn calendar_day(text: &str) -> Option<Date> {
    let day = stated(text)?.day;
    let date = day.is_ascii().then(|| day.parse::<Date>().ok())??;
    in_range(date)
}

/// The years that Python's `datetime` knows.
fn in_range(date: Date) -> Option<Date> {
    (date.year() >= 1).then_some(date)
}

fn stated(text: &str) -> Option<Stated> {
    let found = DATE.captures(text)?;
    let part = |n| found.get(n).map_or("", |part| part.as_str());
    let day = format!("{}-{}-{}", part(1), part(2), part(3));
    Some(Stated { day, utc: utc_day(&found) })
}

fn utc_day(found: &Captures) -> Option<Date> {
    let number = |n| Some(digits(found.get(n)?.as_str()));
    let offset = offset_minutes(found.get(7)?.as_str())?;
    let day = Date::new(number(1)?, number(2)? as i8, number(3)? as i8).ok()?;
    let time = jiff::civil::Time::new(number(4)? as i8, number(5)? as i8, 0, 0).ok()?;
    let local = DateTime::from_parts(in_range(day)?, time);
    in_range(local.checked_sub(SignedDuration::from_mins(offset)).ok()?.date())
}

/// `Z`, `+hh:mm` or `-hhmm` in minutes.
fn offset_minutes(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if zone.starts_with('+') { 1 } else { -1 };
    let digits: Vec<i64> =
        zone.chars().filter(|&c| is_decimal(c)).map(digit).map(i64::from).collect();
    let [h1, h2, m1, m2] = digits.try_into().ok()?;
    Some(sign * (h1 * 600 + h2 * 60 + m1 * 10 + m2))
}

/// The value of up to four digits of any script.
fn digits(text: &str) -> i16 {
    text.chars().fold(0, |value, c| value * 10 + digit(c))
}

/// The value of a decimal digit: Unicode encodes each script's ten in order.
fn digit(c: char) -> i16 {
    let mathematical = '\u{1d7ce}'..='\u{1d7ff}';
    if mathematical.contains(&c) {
        return ((c as u32 - 0x1d7ce) % 10) as i16;
    }
    let decimal = |n: &i16| char::from_u32(c as u32 - *n as u32).is_some_and(is_decimal);
    (1..10).take_while(decimal).last().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_folds_case_and_typography() {
        assert_eq!(norm_text("\u{a0}„Straße“ –\u{200b} ﬁN’S "), "\"strasse\" - fin's");
    }

    #[test]
    fn author_lines_become_names() {
        let line = OneOrMany::One("By Ana Li, Bo Öz and Cy O’Dea | Staff".to_owned());
        assert_eq!(author_list(Some(&line)), ["ana li", "bo öz", "cy o'dea", "staff"]);
        let reversed = OneOrMany::One("Li, Ana".to_owned());
        assert_eq!(author_list(Some(&reversed)), ["li ana"]);
    }

    #[test]
    fn days_compare_as_written_or_in_utc() {
        assert!(same_day("2024-05-01", "2024-05-01T23:59:00-08:00"));
        assert!(same_day("2024-05-01T23:30:00Z", "2024-05-02 01:30 +02:00"));
        assert!(!same_day("2024-05-01T23:30:00Z", "2024-05-02T01:30"));
        assert!(same_day("2024-05-01T00:30:00Z", "٢٠٢٤-04-30T23:30-01:00"));
        assert!(!same_day("2024-05-01", "May 1, 2024"));
    }

    #[test]
    fn gaps_need_real_days() {
        assert_eq!(day_gap("2024-03-01", "2024-02-28T10:00"), Some(2));
        assert_eq!(day_gap("2024-02-30", "2024-02-28"), None);
        assert_eq!(day_gap("0000-01-01", "2024-02-28"), None);
    }
}
