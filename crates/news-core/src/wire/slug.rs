//! Marks of the transmission: `(LEAD)`, `URGENT`, `UPDATE 2-`, `(MORE)`, `-30-`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::article::SlugKind;
use crate::lexicon;

pub(super) const SLUGS: &str = include_str!("../../lexicon/slugs.tsv");

/// A mark found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) kind: SlugKind,
    pub(crate) number: Option<u32>,
    /// Bytes of the line.
    pub(crate) range: Range<usize>,
}

struct Entry {
    kind: SlugKind,
    /// Counts before other words too.
    is_open: bool,
}

static ENTRIES: LazyLock<HashMap<&'static str, Entry>> = LazyLock::new(|| {
    let mut entries = HashMap::new();
    for row in lexicon::rows(SLUGS) {
        if let &[phrase, kind, place] = row.as_slice()
            && let Some(kind) = kind_named(kind)
        {
            entries.insert(phrase, Entry { kind, is_open: place == "open" });
        }
    }
    entries
});

fn kind_named(name: &str) -> Option<SlugKind> {
    Some(match name {
        "lead" => SlugKind::Lead,
        "correction" => SlugKind::Correction,
        "kill" => SlugKind::Kill,
        "update" => SlugKind::Update,
        "recast" => SlugKind::Recast,
        "repeat" => SlugKind::Repeat,
        "urgent" => SlugKind::Urgent,
        "genre" => SlugKind::Genre,
        "embargo" => SlugKind::Embargo,
        "more" => SlugKind::More,
        "end" => SlugKind::End,
        _ => return None,
    })
}

/// Longest line that is one mark, in bytes.
const LINE_BYTES: usize = 200;
/// Whether a line longer than a mark may still be one: a code, an embargo, a bracketed change.
fn may_be_long(line: &str) -> bool {
    line.starts_with(['(', '[', '^', 'A', 'B', 'E', 'e', 'S', 's'])
        || line.ends_with(|c: char| c.is_ascii_uppercase())
}

/// Longest line of marks such as `— 30 —`, in bytes.
const RULE_BYTES: usize = 24;
/// Longest mark by itself, in bytes.
const MARK_BYTES: usize = 48;

/// Reads a line that is nothing but a mark.
pub(crate) fn line(line: &str) -> Option<Mark> {
    let whole = 0..line.len();
    if line.len() > LINE_BYTES {
        return None;
    }
    let trimmed = line.trim();
    let bare = strip(trimmed);
    if bare.len() > MARK_BYTES && !may_be_long(trimmed) {
        return None;
    }
    let is_marked = bare.len() < line.trim().len();
    if let Some((kind, number)) = entry(bare).filter(|_| is_marked || !is_plain_word(bare)) {
        return Some(Mark { kind, number, range: whole });
    }
    let rule = if trimmed.len() <= RULE_BYTES { rule(trimmed) } else { String::new() };
    let hashes = rule.len() > 1 && rule.chars().all(|c| c == '#');
    if let Some(kind) =
        ENTRIES.get(rule.as_str()).map(|entry| entry.kind).or(hashes.then_some(SlugKind::End))
    {
        return Some(Mark { kind, number: None, range: whole });
    }
    if is_code(line.trim()) {
        return Some(Mark { kind: SlugKind::Code, number: None, range: whole });
    }
    if is_embargo(line.trim()) {
        return Some(Mark { kind: SlugKind::Embargo, number: None, range: whole });
    }
    bracketed_change(line).map(|kind| Mark { kind, number: None, range: whole })
}

/// A line of marks in one spelling: `— 30 —` gives `-30-`, `# # #` gives `###`, which ends a press
/// release.
fn rule(line: &str) -> String {
    let mut out = String::new();
    for c in line.trim().chars().filter(|c| !c.is_whitespace()).take(MARK_BYTES) {
        let c = if matches!(c, '–' | '—') { '-' } else { c };
        if !(c == '-' && out.ends_with('-')) {
            out.push(c);
        }
    }
    out
}

/// `EMBARGOED UNTIL 0001 GMT MONDAY`, `Sperrfrist: Montag, 9 Uhr`: short, and no sentence.
fn is_embargo(line: &str) -> bool {
    let end = line.find(|c: char| !c.is_alphabetic()).unwrap_or(line.len());
    let word = line.get(..end).unwrap_or("");
    let kind = ENTRIES.get(word.to_lowercase().as_str()).map(|entry| entry.kind);
    let is_set_off = line.get(end..).is_some_and(|rest| rest.starts_with(':'))
        || !line.chars().any(char::is_lowercase)
        || line.to_lowercase().starts_with("embargoed until");
    kind == Some(SlugKind::Embargo)
        && is_set_off
        && line.len() <= EMBARGO_BYTES
        && !line.ends_with('.')
}

/// Longest line of an embargo, in bytes.
const EMBARGO_BYTES: usize = 100;

/// The mark that ends a paragraph: `… it came early." Enditem`
pub(crate) fn at_end(text: &str) -> Option<Mark> {
    let tail = text.char_indices().rev().take(END_CHARS).last().map_or(0, |(at, _)| at);
    let tail = text.get(tail..)?;
    let cut = tail.rfind(['(', '（']).or_else(|| tail.rfind(' ').map(|at| at + 1))?;
    let mark = tail.get(cut..)?;
    let start = text.len() - mark.len();
    let before = text.get(..start)?.trim_end();
    let stops =
        before.ends_with(['.', '!', '?', '"', '”', '»', '。', '」', '다', ')', '…', '’', '\'']);
    let is_word =
        matches!(mark, "Enditem" | "ENDITEM" | "-0-" | "-30-" | "###" | "ENDS" | "-ends-");
    if !stops || !(is_word || mark.starts_with(['(', '（'])) {
        return None;
    }
    let found = line(mark).filter(|m| matches!(m.kind, SlugKind::End | SlugKind::More))?;
    Some(Mark { range: start..text.len(), ..found })
}

/// Characters of a paragraph's end in which a mark stands.
const END_CHARS: usize = 16;

/// A word that stands in ordinary text too must be set off by brackets, dashes or capitals; phrases of
/// three words are marks anyhow.
fn is_plain_word(bare: &str) -> bool {
    if bare.split_whitespace().count() >= 3 || bare.contains('/') {
        return false;
    }
    bare.chars().any(char::is_lowercase)
        && !matches!(bare, "Enditem" | "enditem" | "ENDS" | "Ends" | "ends")
}

fn strip(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || "()[]（）【】<>=*—–-_/.:!#«»".contains(c))
}

/// The kind and number of a mark: `2nd LD`, `UPDATE 2`, `LEAD 3`.
fn entry(bare: &str) -> Option<(SlugKind, Option<u32>)> {
    if bare.is_empty() || bare.len() > MARK_BYTES {
        return None;
    }
    let lower = bare.to_lowercase();
    if let Some(entry) = ENTRIES.get(lower.as_str()) {
        return Some((entry.kind, None));
    }
    let (first, rest) = lower.split_once(' ')?;
    if let Some(number) = ordinal(first)
        && let Some(entry) = ENTRIES.get(rest)
    {
        return Some((entry.kind, Some(number)));
    }
    let (head, last) = lower.rsplit_once(' ')?;
    let number = last.parse::<u32>().ok().filter(|n| *n < 100)?;
    ENTRIES.get(head).map(|entry| (entry.kind, Some(number)))
}

/// `2nd`, `3rd`, `10th`
fn ordinal(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let suffix = word.get(digits.len()..)?;
    matches!(suffix, "st" | "nd" | "rd" | "th").then(|| digits.parse().ok()).flatten()
}

/// `(Recasts, adds quotes)`, `(Updates with details; changes headline)`: what the new version changes.
fn bracketed_change(line: &str) -> Option<SlugKind> {
    let inside = line.trim().strip_prefix(['(', '['])?.strip_suffix([')', ']'])?;
    let end = inside.find(|c: char| !c.is_alphabetic()).unwrap_or(inside.len());
    let entry = ENTRIES.get(inside.get(..end)?.to_lowercase().as_str())?;
    let is_change = matches!(
        entry.kind,
        SlugKind::Update | SlugKind::Recast | SlugKind::Correction | SlugKind::Repeat
    );
    (entry.is_open && is_change && end < inside.len()).then_some(entry.kind)
}

/// Transmission codes: `AP-WF-11-24-13 0812GMT`, `^BC-EU--Flood,230`, `bc-flood-1stld`, `a0512bcycd`.
fn is_code(line: &str) -> bool {
    let is_wire = line.starts_with("AP-") || line.starts_with('^') || line.starts_with("BC-");
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let words = line.split_whitespace().count();
    let stamp = line.ends_with("GMT")
        || line.ends_with("EST")
        || line.ends_with("EDT")
        || line.ends_with("CET");
    let is_stamp = stamp && digits >= 6 && words <= 5 && line.contains('-');
    (is_wire && words <= 6 && line.contains('-') && line.len() <= 80) || is_stamp
}

/// The marks before a headline or dateline: `(LEAD) `, `UPDATE 2-`, `URGENT: `.
pub(crate) fn opening(line: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(mark) = line.get(at..).and_then(first) {
        let range = at + mark.range.start..at + mark.range.end;
        at = range.end;
        marks.push(Mark { range, ..mark });
    }
    marks
}

fn first(rest: &str) -> Option<Mark> {
    let line = rest.trim_start();
    let start = rest.len() - line.len();
    if let Some(inside) = line.strip_prefix(['(', '[']) {
        let len = inside.find([')', ']'])?;
        let end = start + 1 + len + 1;
        let (kind, number) = entry(inside.get(..len)?)?;
        let is_more = rest.get(end..).is_some_and(|rest| !rest.trim().is_empty());
        return is_more.then_some(Mark { kind, number, range: start..end });
    }
    let len = line.find(['-', ':', '—', '–'])?;
    let name = line.get(..len)?;
    let is_upper = name.chars().all(|c| c.is_uppercase() || c.is_numeric() || c.is_whitespace());
    let (kind, number) = entry(name.trim()).filter(|_| is_upper)?;
    let open = ENTRIES.get(
        name.trim().trim_end_matches(|c: char| c.is_numeric() || c == ' ').to_lowercase().as_str(),
    );
    let mark = line.get(len..)?.chars().next()?;
    let rest = line.get(len + mark.len_utf8()..)?;
    let is_set_off = mark != '-' || !rest.starts_with('-');
    (open.is_some_and(|e| e.is_open) && is_set_off && !rest.trim().is_empty()).then_some(Mark {
        kind,
        number,
        range: start..start + len + mark.len_utf8(),
    })
}
