//! The opening of a story that names its place, date and agency: `SEOUL, Nov. 24 (Yonhap) -- `.
//!
//! A dateline is believed on evidence: a known agency in brackets, a place of the table, a date.
//! Words in capitals before a dash are none.

use std::ops::Range;

use super::agency::{self, Agency};
use super::place::{self, Look};
use crate::metadata::date::{self, DateHint, Moment, Precision};

mod glued;

/// A dateline at the beginning of a text. Ranges are bytes of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Opening {
    pub(crate) range: Range<usize>,
    pub(crate) place: Option<Range<usize>>,
    pub(crate) date: Option<Range<usize>>,
    pub(crate) agency: Option<Agency>,
    pub(crate) agency_text: Option<Range<usize>>,
}

/// Bytes in which a dateline ends; the longest seen have 130.
const HEAD_BYTES: usize = 240;
/// Bytes in which the bracket or dash after place and date stands.
const LEFT_BYTES: usize = 120;
/// Longest date, in bytes.
const DATE_BYTES: usize = 48;
/// Dashes and brackets tried.
const TRIES: usize = 3;

/// The dateline that opens `text`.
pub(crate) fn find(text: &str) -> Option<Opening> {
    let head = head(text, HEAD_BYTES);
    let first = head.chars().next()?;
    if first.is_lowercase() || first.is_whitespace() {
        return None;
    }
    glued::find(head)
        .or_else(|| agency_first(head))
        .or_else(|| bracketed(head))
        .or_else(|| dashed(head, text.len()))
}

/// The day that a dateline states, its year from the reference where it states none.
pub(crate) fn day(text: &str, reference: Option<Moment>, language: Option<&str>) -> Option<Moment> {
    let hint = DateHint { language, latest: reference, ..DateHint::default() };
    date::read(text, &hint).filter(|moment| moment.precision() >= Precision::Day)
}

pub(super) fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or(0)).unwrap_or("")
}

// ------------------------------------------------------------------ brackets

const OPEN: [char; 3] = ['(', '[', '/'];

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '/',
    }
}

/// A bracket: where it opens, its content, and the byte after it.
fn brackets(head: &str) -> impl Iterator<Item = (usize, Range<usize>, usize)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + head.get(from..)?.find(OPEN)?;
            let open = head.get(at..)?.chars().next()?;
            from = at + open.len_utf8();
            // A slash inside a word parts two places.
            if open == '/' && !head.get(..at)?.ends_with([' ', '.']) {
                continue;
            }
            let len = head.get(from..)?.find(closing(open))?;
            let content = from..from + len;
            from = content.end + 1;
            return Some((at, content, from));
        }
    })
}

/// `PLACE, DATE (AGENCY) -- `
fn bracketed(head: &str) -> Option<Opening> {
    for (at, content, end) in brackets(head).take(TRIES) {
        if at > LEFT_BYTES {
            return None;
        }
        let inside = head.get(content.clone())?;
        let Some(left) = Left::read(head, at) else {
            continue;
        };
        let separator = separator(head, end);
        let agency = agency::in_brackets(inside);
        let is_believed = match (&agency, &separator) {
            (Some(_), Some(_)) => true,
            (Some(_), None) => begins_sentence(head, end) && left.is_evident(),
            (None, Some(end)) => {
                is_organisation(inside) && begins_sentence(head, *end) && left.is_placed()
            }
            (None, None) => false,
        };
        if is_believed {
            let range = 0..separator.unwrap_or(end);
            return Some(left.opening(range, agency, Some(content)));
        }
    }
    None
}

/// `(ANSA) - ROMA, 05 GEN - ` and `(Bloomberg) -- `
fn agency_first(head: &str) -> Option<Opening> {
    let (at, content, end) = brackets(head).next()?;
    if at != 0 {
        return None;
    }
    let agency = agency::in_brackets(head.get(content.clone())?)?;
    let end = separator(head, end)?;
    let rest = head.get(end..)?;
    let skipped = rest.len() - rest.trim_start().len();
    let inner = dashed(rest.trim_start(), rest.len());
    let shift = |range: Range<usize>| range.start + end + skipped..range.end + end + skipped;
    let inner = inner.map(|inner| Opening {
        range: 0..shift(inner.range).end,
        place: inner.place.map(shift),
        date: inner.date.map(shift),
        agency: Some(agency.clone()),
        agency_text: Some(content.clone()),
    });
    Some(inner.unwrap_or(Opening {
        range: 0..end,
        agency: Some(agency),
        agency_text: Some(content),
        ..Opening::default()
    }))
}

/// Whether a bracket that names no known agency may name a paper or broadcaster.
fn is_organisation(inside: &str) -> bool {
    let starts = inside.chars().next().is_some_and(char::is_uppercase);
    starts
        && inside.len() <= 40
        && inside.split_whitespace().count() <= 4
        && !place::is_place(inside)
        && inside.chars().all(|c| c.is_alphabetic() || " .&-/'’".contains(c))
}

/// The byte after the dashes, dots or colon that close a dateline, from `at`.
fn separator(head: &str, at: usize) -> Option<usize> {
    let rest = head.get(at..)?;
    let marks = rest.trim_start();
    let skipped = rest.len() - marks.len();
    let len: usize = marks.chars().take_while(|c| is_separator(*c)).map(char::len_utf8).sum();
    (len > 0).then_some(at + skipped + len)
}

fn is_separator(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '‒' | '‑' | '−' | '_' | '=' | '.' | ':' | '|')
}

/// Whether what follows `at` begins as a sentence does, or nothing follows.
fn begins_sentence(head: &str, at: usize) -> bool {
    let rest = head.get(at..).unwrap_or("").trim_start();
    let rest = rest.trim_start_matches(['"', '\'', '“', '‘', '„', '«', '`', '»', '(', '¿', '¡']);
    rest.trim_start().chars().next().is_none_or(|c| !c.is_lowercase() && c.is_alphanumeric())
}

// ------------------------------------------------------------------ dashes

/// `WASHINGTON — `, `NEW DELHI: `, `BERLIN taz | `, `МОСКВА, 5 янв — РИА Новости. `
fn dashed(head: &str, text_bytes: usize) -> Option<Opening> {
    for (at, end, mark) in dashes(head).take(TRIES) {
        if at > LEFT_BYTES {
            return None;
        }
        if let Some(opening) = barred(head, at, end).filter(|_| mark == Mark::Bar) {
            return Some(opening);
        }
        let Some(left) = Left::read(head, at) else {
            continue;
        };
        if let Some((agency, text, end)) = agency_after(head, end).filter(|_| left.is_evident()) {
            return Some(left.opening(0..end, Some(agency), Some(text)));
        }
        if left.is_dateline(head, end, mark, text_bytes) {
            return Some(left.opening(0..end, None, None));
        }
    }
    None
}

/// `BERLIN taz | `: a place in capitals and the abbreviation of an agency or paper before a bar.
fn barred(head: &str, at: usize, end: usize) -> Option<Opening> {
    let (place, name) = head.get(..at)?.trim_end().rsplit_once(' ')?;
    let look = place::look(place.trim_end())?;
    let is_short = name.len() <= 12 && name.chars().all(|c| c.is_alphabetic() || c == '/');
    let start = place.len() + 1;
    (look.is_capitals && !look.has_label && is_short).then(|| Opening {
        range: 0..end,
        place: Some(0..place.trim_end().len()),
        date: None,
        agency: agency::in_brackets(name),
        agency_text: Some(start..start + name.len()),
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Dash,
    Colon,
    Bar,
}

/// Marks that may close a dateline without brackets: where the mark begins and ends.
fn dashes(head: &str) -> impl Iterator<Item = (usize, usize, Mark)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = head.get(from..)?;
            let (at, c) = rest.char_indices().find(|(_, c)| is_separator(*c) && *c != '.')?;
            let run: usize = rest
                .get(at..)?
                .chars()
                .take_while(|c| is_separator(*c) && *c != '.')
                .map(char::len_utf8)
                .sum();
            let (start, end) = (from + at, from + at + run);
            from = end;
            let marks = head.get(start..end)?;
            let spaced = head.get(..start)?.ends_with(char::is_whitespace)
                && head.get(end..)?.chars().next().is_none_or(char::is_whitespace);
            let mark = match c {
                ':' if marks == ":" => Mark::Colon,
                '|' => Mark::Bar,
                '=' | '.' | ':' => continue,
                '-' | '‑' | '_' | '–' if marks.chars().count() == 1 && !spaced => continue,
                _ => Mark::Dash,
            };
            return Some((start, end, mark));
        }
    })
}

/// An agency named after the dash, up to a full stop or colon.
fn agency_after(head: &str, at: usize) -> Option<(Agency, Range<usize>, usize)> {
    let rest = head.get(at..)?;
    let name = rest.trim_start();
    let start = at + rest.len() - name.len();
    let len = name.find(['.', ':', '|', '—', '–', ','])?;
    let agency = agency::named(name.get(..len)?.trim_end())?;
    let text = start..start + name.get(..len)?.trim_end().len();
    let end = separator(head, text.end)?;
    Some((agency, text, end))
}

// ------------------------------------------------------------------ place and date

/// What stands before the bracket or dash.
#[derive(Debug, Clone)]
struct Left {
    place: Option<Range<usize>>,
    look: Look,
    date: Option<Range<usize>>,
    agency: Option<(Agency, Range<usize>)>,
}

impl Left {
    /// Reads place, date and agency in `head[..at]`. `None` where something else stands there.
    fn read(head: &str, at: usize) -> Option<Self> {
        let text = trim_end(head.get(..at)?);
        // "10 abr" is no agency: dates go first.
        let (text, agency) =
            if date_at_end(text).is_some() { (text, None) } else { agency_at_end(text) };
        let (place, date) = match date_at_end(text) {
            Some(date) => (trim_end(text.get(..date.start)?), Some(date)),
            None => (text, None),
        };
        let place = without_stop(place);
        let date = date.map(|date| date.start..date.start + date_len(text, &date));
        if place.is_empty() {
            let is_dated = date.is_some();
            let look = Look::default();
            return is_dated.then_some(Self { place: None, look, date, agency });
        }
        let mut looks = place.split('/').map(|place| place::look(place.trim()));
        let mut look = looks.next()??;
        for other in looks {
            let other = other?;
            look.is_known |= other.is_known;
            look.is_capitals &= other.is_capitals;
            look.has_label |= other.has_label;
        }
        Some(Self { place: Some(0..place.len()), look, date, agency })
    }

    /// Whether place and date would be a dateline with an agency whatever follows.
    fn is_evident(&self) -> bool {
        self.date.is_some() || self.look.is_known || self.look.is_capitals
    }

    fn is_placed(&self) -> bool {
        self.place.is_some()
            && (self.look.is_known || (self.date.is_some() && !self.look.has_label))
    }

    /// Whether this is a dateline without brackets.
    fn is_dateline(&self, head: &str, end: usize, mark: Mark, text_bytes: usize) -> bool {
        if self.agency.is_some() {
            return self.is_evident();
        }
        let is_prose = text_bytes >= end + PROSE_BYTES || head.len() <= end;
        let sure = self.look.is_known && (self.look.is_capitals || self.date.is_some());
        let dated = self.date.is_some() && self.look.is_capitals && !self.look.has_label;
        let stated = self.date.is_some() && !self.look.has_label;
        begins_sentence(head, end)
            && self.place.is_some()
            && match mark {
                Mark::Colon => sure && is_prose,
                Mark::Dash => {
                    sure || dated || (self.look.is_known && is_prose) || (stated && is_prose)
                }
                Mark::Bar => false,
            }
    }

    fn opening(
        self,
        range: Range<usize>,
        agency: Option<Agency>,
        text: Option<Range<usize>>,
    ) -> Opening {
        let own = self.agency;
        let (agency, agency_text) = match (agency, own) {
            (None, Some((agency, text))) => (Some(agency), Some(text)),
            (agency, _) => (agency, text),
        };
        Opening { range, place: self.place, date: self.date, agency, agency_text }
    }
}

/// Text after a place and dash, in bytes, from which it is a paragraph and not a table's cell.
const PROSE_BYTES: usize = 40;

fn trim_end(text: &str) -> &str {
    let trimmed = text.trim_end().trim_end_matches(is_trailing).trim_end();
    // The full stop belongs to "N.J." and "Jan.".
    if text.get(trimmed.len()..).is_some_and(|tail| tail.starts_with('.')) {
        return text.get(..=trimmed.len()).unwrap_or(trimmed);
    }
    trimmed
}

/// Bytes of a date without the full stop that ends a sentence.
fn date_len(text: &str, date: &Range<usize>) -> usize {
    text.get(date.clone()).map_or(0, |date| without_stop(date).len())
}

/// Letters of the longest abbreviation with a full stop: `Calif.`
const ABBREVIATION: usize = 5;

/// The text without the full stop that parts it from what follows; abbreviations keep theirs.
fn without_stop(text: &str) -> &str {
    let Some(bare) = text.strip_suffix('.') else {
        return text;
    };
    let word = bare.rsplit([' ', '.']).next().unwrap_or(bare);
    let is_whole = word.chars().count() > ABBREVIATION || place::is_place(bare);
    if is_whole || word.ends_with(|c: char| c.is_numeric()) { bare } else { text }
}

fn is_trailing(c: char) -> bool {
    is_separator(c) || matches!(c, ',' | '،' | ';') || c.is_whitespace()
}

/// The agency that ends the text, after a comma, full stop or space: `Riyadh, January 5, 2024, SPA`.
fn agency_at_end(text: &str) -> (&str, Option<(Agency, Range<usize>)>) {
    let at = text.rfind([',', '،']).map(|at| at + 1);
    let stop = text.rfind(". ").map(|at| at + 1);
    let space = text.rfind(' ').map(|at| at + 1);
    for at in [at, stop, space].into_iter().flatten() {
        let Some((rest, name)) = text.split_at_checked(at) else {
            continue;
        };
        let start = at + name.len() - name.trim_start().len();
        let is_spaced = !rest.trim_end().ends_with([',', '.', '،']);
        let found = agency::named(name.trim().trim_end_matches('.'))
            .filter(|agency| !is_spaced || agency.is_short);
        if let Some(agency) = found {
            return (trim_end(rest), Some((agency, start..text.len())));
        }
    }
    (text, None)
}

/// The date that ends the text.
fn date_at_end(text: &str) -> Option<Range<usize>> {
    if !text.chars().any(char::is_numeric) {
        return None;
    }
    let starts = text
        .char_indices()
        .filter(|(_, c)| c.is_whitespace() || matches!(c, ',' | '.' | '،'))
        .map(|(at, c)| at + c.len_utf8());
    // The longest wins, so that "Jan 5, 2024" is read whole; but not with the place before it.
    std::iter::once(0).chain(starts).find_map(|at| {
        let part = text.get(at..)?;
        let start = at + part.len() - part.trim_start().len();
        let part = part.trim();
        let before = text.get(..at)?;
        let is_cut = before.is_empty() || !before.ends_with('.') || is_stop(before);
        (is_cut && is_date(part)).then_some(start..text.len())
    })
}

/// Whether the full stop ends a name and not an abbreviation in which a date cannot begin.
fn is_stop(before: &str) -> bool {
    before.chars().count() > 2
}

fn is_date(text: &str) -> bool {
    let fits = text.len() <= DATE_BYTES
        && text.chars().any(char::is_numeric)
        && text.chars().any(char::is_alphabetic)
        && text.split_whitespace().count() <= 6;
    // A day after all others gives its year to dates without one, which are read only so.
    let hint = DateHint { latest: Moment::from_day(2099, 12, 31), ..DateHint::default() };
    fits && begins_date(text) && date::whole(text, &hint).is_some()
}

/// Whether the first word is a figure, a month or a weekday: `New York Jan 5` begins with none.
fn begins_date(text: &str) -> bool {
    let word = text.split([' ', ',', '.']).next().unwrap_or("");
    word.starts_with(|c: char| c.is_numeric()) || date::is_date_word(word)
}

#[cfg(test)]
mod tests;
