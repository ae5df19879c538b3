//! Blocks of text between blank lines: their lists, and which of their line breaks count.

use std::ops::Range;

use super::chars::{self, after, at, before};
use super::tables::Tables;

/// Lines up to this long, in characters, that no word made break are items, not wrapped prose.
const SHORT_LINE_CHARS: usize = 45;

/// Bytes of the longest list number, with its bullet and spaces.
const MARKER_BYTES: usize = 16;

/// Signs in a row that make a rule.
pub(super) const RULE_CHARS: usize = 5;

/// What is known of the text up to the next blank line.
#[derive(Debug)]
pub(super) struct Block {
    start: usize,
    /// Opens with a bullet.
    pub(super) bulleted: bool,
    /// Opens in lower case: case tells nothing here.
    pub(super) caseless: bool,
    /// The list number that would come next.
    list: Option<Item>,
    /// Characters of the longest line, once a line break asked for it.
    width: Option<usize>,
}

/// A list number: `2.`, `2)`, `2.)`, `b.`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Item {
    number: u32,
    letter: bool,
}

impl Block {
    /// The block at `start`, where its first character stands.
    pub(super) fn open(text: &str, start: usize) -> Self {
        let rest = text.get(start..).unwrap_or_default();
        let trimmed = rest.trim_start();
        let inner = trimmed.trim_start_matches(|c: char| chars::is_bullet(c) || c == ' ');
        Self {
            start: start + rest.len() - trimmed.len(),
            bulleted: trimmed.starts_with(chars::is_bullet),
            caseless: trimmed.starts_with(char::is_lowercase),
            list: first_item(inner),
            width: None,
        }
    }

    /// Where the next list item begins, if the stop at `stop` ends its number; `end` is behind it.
    pub(super) fn next_item(&mut self, text: &str, stop: usize, end: usize) -> Option<usize> {
        let item = self.list?;
        let lead = text.get(..stop)?;
        let word = lead.rsplit(|c: char| !c.is_ascii_alphanumeric()).next()?;
        let from = stop - word.len();
        let alone = from > self.start && before(text, from).is_some_and(char::is_whitespace);
        if !alone || read_item(word) != Some(item) || !item_follows(text, end) {
            return None;
        }
        self.list = Some(Item { number: item.number + 1, ..item });
        Some(from)
    }

    /// Whether the line break at `place` ends a sentence; the next line begins at `next`.
    pub(super) fn breaks(&mut self, text: &str, place: usize, next: usize) -> bool {
        let Some(first) = at(text, next) else { return true };
        let lead = text.get(..place).unwrap_or_default();
        if chars::is_bullet(first) || opens_item(text, next) {
            return true;
        }
        let line = lead.rsplit(is_break).next().unwrap_or_default();
        let flowed = line.ends_with(' ');
        let held = line.trim_end().ends_with(|c: char| {
            chars::is_stop(c) || chars::is_closer(c) || matches!(c, ',' | ';' | '-')
        });
        if flowed || held {
            return false;
        }
        let len = line.chars().count();
        if first.is_lowercase() && len > SHORT_LINE_CHARS {
            return false;
        }
        let rest = text.get(next..).unwrap_or_default();
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        len + 1 + rest.get(..word).unwrap_or_default().chars().count() <= self.width(text)
            || len <= SHORT_LINE_CHARS && self.width(text) <= SHORT_LINE_CHARS
    }

    fn width(&mut self, text: &str) -> usize {
        *self.width.get_or_insert_with(|| longest_line(text.get(self.start..).unwrap_or_default()))
    }
}

/// Characters of the longest line up to the end of the block.
fn longest_line(text: &str) -> usize {
    let (mut longest, mut length, mut inked) = (0, 0, 0);
    let mut last = ' ';
    for c in text.chars() {
        if !is_break(c) {
            length += 1;
            inked = if c.is_whitespace() { inked } else { length };
        } else if !(last == '\r' && c == '\n') {
            longest = longest.max(inked);
            if inked == 0 || matches!(c, '\u{c}' | '\u{2029}') {
                return longest;
            }
            (length, inked) = (0, 0);
        }
        last = c;
    }
    longest.max(inked)
}

pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether white space holds a blank line.
pub(super) fn is_blank(gap: &str) -> bool {
    let mut breaks = 0;
    let mut last = ' ';
    for c in gap.chars() {
        let pair = last == '\r' && c == '\n';
        breaks += match c {
            '\u{c}' | '\u{2029}' => 2,
            _ => u32::from(is_break(c) && !pair),
        };
        last = c;
    }
    breaks > 1
}

/// Whether the sentence so far is nothing but a list number: its stop does not end it.
pub(super) fn is_marker(sentence: &str) -> bool {
    if sentence.len() > MARKER_BYTES {
        return false;
    }
    let inner = sentence.trim_start_matches(|c: char| chars::is_bullet(c) || c == ' ' || c == '(');
    let roman =
        !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|b| b"ivxIVX".contains(&b));
    roman || read_item(inner).is_some()
}

fn read_item(word: &str) -> Option<Item> {
    match word.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(Item { number: (letter - b'a') as u32 + 1, letter: true }),
        digits if digits.len() <= 3 && digits.iter().all(u8::is_ascii_digit) => {
            Some(Item { number: word.parse().ok()?, letter: false })
        }
        _ => None,
    }
}

/// The item that would follow the list number at the start of `text`.
fn first_item(text: &str) -> Option<Item> {
    let len = text.bytes().take(4).take_while(u8::is_ascii_alphanumeric).count();
    let item = read_item(text.get(..len)?)?;
    let end = len + usize::from(at(text, len)? == '.');
    let end = end + usize::from(at(text, end)? == ')');
    let spaced = end > len && at(text, end).is_some_and(char::is_whitespace);
    spaced.then_some(Item { number: item.number + 1, ..item })
}

fn item_follows(text: &str, end: usize) -> bool {
    let end = if at(text, end) == Some(')') { after(text, end) } else { end };
    let rest = text.get(end..).unwrap_or_default();
    let next = rest.trim_start();
    rest.len() > next.len() && next.starts_with(|c: char| !c.is_lowercase() && !c.is_numeric())
}

fn opens_item(text: &str, next: usize) -> bool {
    let rest = text.get(next..).unwrap_or_default();
    first_item(rest).is_some() || rest.starts_with("- ") || rest.starts_with("* ")
}

/// Bytes of the date line that closes a headline, as in `Bridge opens Sunday, May 28, 2006`: a
/// weekday, day, month and year behind words that do not lead in a date.
pub(super) fn date_line(block: &str, tables: &Tables) -> Option<usize> {
    let mut words = block.rsplitn(5, ' ');
    let mut last = || words.next();
    let (year, one, other, weekday, head) = (last()?, last()?, last()?, last()?, last()?);
    let day = |word: &str| {
        let digits = word.trim_end_matches([',', '.']);
        digits.len() <= 2 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let dated = day(one) && tables.follows(other) || day(other) && tables.follows(one);
    let weekday = weekday.strip_suffix(',')?;
    let full = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let lead = head.rsplit(' ').next().unwrap_or_default();
    let free =
        lead.ends_with(char::is_alphanumeric) && lead.chars().count() > 3 && head.contains(' ')
            || lead.ends_with(['\'', '"', '’', '”', '?', '!', ')']);
    (full && dated && tables.follows(weekday) && free).then(|| block.len() - head.len())
}

/// The date and time of day around the colon at `colon`: `03/27/2001 10:13 AM`.
pub(super) fn stamp(text: &str, start: usize, colon: usize) -> Option<Range<usize>> {
    let lead = text.get(start..colon)?;
    if !lead.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // The longest is `12/31/2024 12`.
    let near = lead.len().saturating_sub(14);
    let mut words = lead.as_bytes().get(near..)?.rsplitn(3, |b| *b == b' ');
    let mut word = || std::str::from_utf8(words.next()?).ok();
    let (hour, date) = (word()?, word()?);
    let number = |part: &str, longest: usize| {
        (1..=longest).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let mut parts = date.split('/');
    let dated = number(parts.next()?, 2) && number(parts.next()?, 2) && number(parts.next()?, 4);
    if !dated || parts.next().is_some() || !number(hour, 2) {
        return None;
    }
    let rest = text.get(colon..)?;
    let len = rest.bytes().take(8).take_while(|b| b.is_ascii_digit() || *b == b':').count();
    let half =
        rest.get(len..).is_some_and(|rest| rest.starts_with(" AM") || rest.starts_with(" PM"));
    Some(colon - hour.len() - 1 - date.len()..colon + len + if half { 3 } else { 0 })
}
