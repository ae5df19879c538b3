//! Lines to paragraphs: hard-wrapped lines rejoined, words hyphenated at a line's end made whole.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lines::{Line, is_blank};
use crate::dom::push_collapsed;
use crate::lexicon;
use crate::provenance::SourceRange;

pub(super) const PREFIXES: &str = include_str!("../../lexicon/hyphen_prefixes.txt");

static HYPHEN_PREFIXES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lexicon::lines(PREFIXES).collect());

/// A paragraph, or a line that stands by itself.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    /// Its text, white space collapsed, without the mark of a list item.
    pub(super) text: String,
    /// Bytes of the source.
    pub(super) range: SourceRange,
    /// The mark before a list item.
    pub(super) bullet: Option<Bullet>,
    /// A blank line, or the beginning of the text, stands before it.
    pub(super) is_apart: bool,
    /// Number of its first line.
    pub(super) line: u32,
    /// Lines it was written in.
    pub(super) count: u32,
}

/// The mark of a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bullet {
    /// `•`, `*`, `-`
    Mark,
    /// `--`, which agencies also write before a part of a story.
    Dashes,
    /// `1.`, `2)`
    Number(u32),
}

/// How the text is set.
#[derive(Debug, Clone, Copy)]
struct Layout {
    /// Columns at which lines were broken; `None` where each line is a paragraph.
    width: Option<u32>,
    /// Blank lines that part two paragraphs: 2 in double-spaced copy.
    gap: u32,
}

/// Columns up to which a text can be hard-wrapped.
const MAX_WIDTH: u32 = 140;
/// Share of lines that end inside a sentence, from which a text may be wrapped.
const OPEN_SHARE: f32 = 0.25;
/// Share of those that go on in lower case, from which it is: wrapped English has three quarters, German
/// half, a menu none.
const LOWER_SHARE: f32 = 0.3;
/// The same for full lines in text without lower case.
const FULL_SHARE: f32 = 0.6;
/// Share of the width from which a line is full.
const FULL: f32 = 0.6;
/// Lines looked at to tell the layout.
const SAMPLE_LINES: usize = 2_000;

/// The paragraphs of a text. `opens` tells lines that begin something new whatever stands before them.
pub(super) fn paragraphs(
    text: &str,
    lines: &[Line],
    opens: impl Fn(usize, &str) -> bool,
) -> Vec<Paragraph> {
    let layout = layout(text, lines);
    let mut out = Vec::new();
    let mut from = 0;
    for at in 1..=lines.len() {
        let is_end = at == lines.len() || {
            let [first, prev, next] = [from, at - 1, at].map(|at| &lines[at]);
            let is_line =
                || at == from + 1 && is_short(first, layout) && opens(from, slice(text, first));
            !is_in_bracket(text, &lines[from..=at])
                && (!continues(text, prev, next, first, layout)
                    || opens(at, slice(text, next))
                    || is_line())
        };
        if is_end {
            out.extend(lines.get(from..at).and_then(|run| paragraph(text, run)));
            from = at;
        }
    }
    out
}

/// Lines over which a bracket that begins a line may run.
const BRACKET_LINES: usize = 8;

/// Whether the lines before the last begin with a bracket that none of them closes.
fn is_in_bracket(text: &str, lines: &[Line]) -> bool {
    let Some((next, before)) = lines.split_last() else {
        return false;
    };
    before.len() < BRACKET_LINES
        && next.blanks == 0
        && before.first().is_some_and(|line| slice(text, line).starts_with(['(', '[']))
        && !before.iter().any(|line| slice(text, line).contains([')', ']']))
}

/// A line that opens something and is not full stands by itself: a byline, a slug.
fn is_short(line: &Line, layout: Layout) -> bool {
    layout.width.is_none_or(|width| (line.chars as f32) < FULL * width as f32)
}

fn slice<'a>(text: &'a str, line: &Line) -> &'a str {
    text.get(line.start..line.end).unwrap_or("")
}

fn layout(text: &str, lines: &[Line]) -> Layout {
    let lines = lines.get(..SAMPLE_LINES).unwrap_or(lines);
    for gap in [1, 2] {
        let is_joint =
            |pair: &&[Line]| pair[1].blanks < gap && bullet(slice(text, &pair[1])).is_none();
        let pairs: Vec<&[Line]> = lines.windows(2).filter(is_joint).collect();
        let width = percentile(&pairs);
        let is_enough = pairs.len() >= if gap == 1 { 1 } else { MIN_SPACED };
        let fits = (MIN_WIDTH..=MAX_WIDTH).contains(&width);
        if is_enough && fits && is_wrapped(text, &pairs, width) {
            return Layout { width: Some(width), gap };
        }
    }
    Layout { width: None, gap: 1 }
}

/// Lines that follow each other over a blank line in double-spaced copy, at least.
const MIN_SPACED: usize = 5;

/// Whether lines go on in the next: many begin in lower case, or, in capitals and scripts without case,
/// most are as long as the longest.
fn is_wrapped(text: &str, pairs: &[&[Line]], width: u32) -> bool {
    let (mut open, mut lower, mut has_case, mut full) = (0, 0, false, 0);
    for pair in pairs {
        let (before, after) = (slice(text, &pair[0]), slice(text, &pair[1]));
        let is_open = !ends_sentence(before);
        let begins_lower = after.chars().next().is_some_and(char::is_lowercase);
        open += usize::from(is_open);
        lower += usize::from(is_open && begins_lower && !after.contains('@'));
        has_case |= after.chars().any(char::is_lowercase);
        full += usize::from((pair[0].chars + pair[0].indent) as f32 >= FULL * width as f32);
    }
    let share = |part: usize, all: usize| part as f32 / all.max(1) as f32;
    if !has_case {
        return pairs.len() > 2 && share(full, pairs.len()) >= FULL_SHARE;
    }
    share(open, pairs.len()) >= OPEN_SHARE && share(lower, open) >= LOWER_SHARE
}

/// Columns from which a text can be hard-wrapped; Chinese and Japanese columns of print have 12 and more.
const MIN_WIDTH: u32 = 12;

/// The width that nine lines in ten stay below.
fn percentile(pairs: &[&[Line]]) -> u32 {
    let mut widths: Vec<u32> = pairs.iter().map(|pair| pair[0].chars + pair[0].indent).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 9 / 10).or(widths.last()).copied().unwrap_or(0)
}

/// Whether `next` goes on with the paragraph of `prev`, whose first line is `first`.
fn continues(text: &str, prev: &Line, next: &Line, first: &Line, layout: Layout) -> bool {
    if next.blanks >= layout.gap {
        return false;
    }
    let (before, after) = (slice(text, prev), slice(text, next));
    if bullet(after).is_some() && !after.starts_with("--") || is_rule(before) || is_rule(after) {
        return false;
    }
    let is_address = |line: &str| line.contains('@') && !line.contains(' ');
    if is_address(before) || is_address(after) {
        return false;
    }
    let starts_lower = after.chars().next().is_some_and(char::is_lowercase);
    let Some(width) = layout.width else {
        let long = prev.chars > 30;
        return starts_lower && long && !ends_sentence(before);
    };
    let is_item = bullet(slice(text, first)).is_some();
    if next.indent > prev.indent + 1 && !is_item && next.indent > first.indent {
        return false;
    }
    let word = after.split(' ').next().map_or(0, |word| word.chars().count() as u32);
    let is_full = prev.chars + prev.indent + 1 + word >= width;
    if ends_sentence(before) {
        return is_full && prev.chars as f32 >= FULL * width as f32;
    }
    starts_lower || is_full || prev.chars as f32 >= FULL * width as f32
}

/// Whether the line ends as a sentence does.
pub(super) fn ends_sentence(line: &str) -> bool {
    let bare =
        line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '」', '』', '“', '*', '_']);
    bare.ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '．', '؟', '।', '۔', ';'])
}

/// A line of marks that parts two pieces of text.
pub(super) fn is_rule(line: &str) -> bool {
    let mut marks = line.chars().filter(|c| !is_blank(*c));
    let Some(first) = marks.next() else {
        return false;
    };
    let is_mark = |c: char| "-=_*~+•·.—–―#─━■□◆◇▲△▼▽★☆○●=<>|^".contains(c);
    is_mark(first) && line.chars().filter(|c| !is_blank(*c)).count() >= 2 && marks.all(is_mark)
}

/// The mark of a list item and the bytes it takes, space included.
fn bullet_mark(line: &str) -> Option<(Bullet, usize)> {
    let mut chars = line.chars();
    let first = chars.next()?;
    if matches!(
        first,
        '•' | '*' | '-' | '·' | '‣' | '▪' | '●' | '◦' | '○' | '■' | '▶' | '►' | '+' | '・'
    ) {
        let rest = chars.as_str();
        if first == '-'
            && let Some(rest) = rest.strip_prefix('-')
        {
            let words = rest.trim_start_matches(is_blank);
            let is_item = words.len() < rest.len() && !words.is_empty();
            return is_item.then(|| (Bullet::Dashes, line.len() - words.len()));
        }
        let words = rest.trim_start_matches(is_blank);
        let needs_no_space = matches!(first, '•' | '▪' | '●' | '■' | '▶' | '►' | '◦');
        let is_item = (words.len() < rest.len() || needs_no_space) && !words.is_empty();
        return is_item.then(|| (Bullet::Mark, line.len() - words.len()));
    }
    let digits: usize = line.chars().take_while(char::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let number = line.get(..digits)?.parse().ok()?;
    let rest = line.get(digits..)?.strip_prefix(['.', ')'])?;
    let words = rest.trim_start_matches(is_blank);
    (words.len() < rest.len() && words.starts_with(|c: char| !c.is_lowercase() && !c.is_numeric()))
        .then(|| (Bullet::Number(number), line.len() - words.len()))
}

fn bullet(line: &str) -> Option<Bullet> {
    bullet_mark(line).map(|(bullet, _)| bullet)
}

fn paragraph(text: &str, run: &[Line]) -> Option<Paragraph> {
    let (first, last) = (run.first()?, run.last()?);
    let mut out = String::with_capacity(last.end - first.start);
    let line = slice(text, first);
    let mark = bullet_mark(line).filter(|_| !is_rule(line));
    push_line(&mut out, mark.and_then(|(_, len)| line.get(len..)).unwrap_or(line), "");
    for line in run.get(1..)? {
        let next = slice(text, line);
        let joint = joint(&mut out, next);
        push_line(&mut out, next, joint);
    }
    out.truncate(out.trim_end().len());
    let range = SourceRange { start: first.start as u32, end: last.end as u32 };
    Some(Paragraph {
        text: out,
        range,
        bullet: mark.map(|(bullet, _)| bullet),
        is_apart: first.blanks > 0 || first.number == 1,
        line: first.number,
        count: run.len() as u32,
    })
}

fn push_line(out: &mut String, line: &str, joint: &str) {
    out.push_str(joint);
    if line.contains(['\t', '\u{a0}', '\u{3000}'])
        || memchr::memmem::find(line.as_bytes(), b"  ").is_some()
        || !line.is_ascii()
    {
        push_collapsed(out, line);
    } else {
        out.push_str(line);
    }
}

/// What parts the text so far from the next line; takes off the hyphen of a broken word.
fn joint(out: &mut String, next: &str) -> &'static str {
    let starts = next.chars().next();
    if out.ends_with('\u{ad}') {
        out.pop();
        return "";
    }
    if let Some(bare) = out.strip_suffix(['-', '\u{2010}']) {
        let word = bare.rsplit(' ').next().unwrap_or("");
        let is_word = word.chars().next_back().is_some_and(char::is_alphabetic);
        if is_word && starts.is_some_and(char::is_alphabetic) {
            let upper = starts.is_some_and(char::is_uppercase);
            let shouts = word.chars().all(|c| !c.is_lowercase()) && word.chars().count() > 1;
            let keeps = word.contains('-')
                || HYPHEN_PREFIXES.contains(word.to_lowercase().as_str())
                || (upper && !shouts)
                // "Sport- und Kultur…" leaves out a part of the word.
                || ELLIPSES.iter().any(|w| next.strip_prefix(w).is_some_and(|r| r.starts_with(' ')));
            if !keeps {
                out.pop();
                return "";
            }
            let is_ellipsis =
                ELLIPSES.iter().any(|w| next.strip_prefix(w).is_some_and(|r| r.starts_with(' ')));
            return if is_ellipsis { " " } else { "" };
        }
    }
    let wide = |c: char| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{3001}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}');
    let glued = out.chars().next_back().is_some_and(wide) && starts.is_some_and(wide);
    if glued { "" } else { " " }
}

/// Words after a hyphen that stands for a part left out.
const ELLIPSES: [&str; 6] = ["und", "oder", "bis", "and", "or", "to"];
