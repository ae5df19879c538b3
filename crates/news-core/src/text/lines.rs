//! Text to lines: where each begins and ends, how far it is indented, what parts it from the one before.

use crate::dom::is_space;

/// A line that is not blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Bytes of the line in the text, without the white space around it.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Columns before it; a tab counts as four, an ideographic space as two.
    pub(super) indent: u32,
    /// Characters in it.
    pub(super) chars: u32,
    /// Blank lines before it.
    pub(super) blanks: u32,
    /// Number of the line in the text, from 1.
    pub(super) number: u32,
}

/// Characters that end a line. A form feed ends a page.
const ENDS: [char; 6] = ['\n', '\r', '\x0c', '\u{85}', '\u{2028}', '\u{2029}'];

/// The lines of the text that are not blank.
pub(super) fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(text.len() / 64 + 1);
    let (mut at, mut blanks, mut number) = (0, 0, 0);
    let mut after_return = false;
    for piece in text.split_inclusive(ENDS) {
        let start = at;
        at += piece.len();
        if after_return && piece == "\n" {
            after_return = false;
            continue;
        }
        after_return = piece.ends_with('\r');
        number += 1;
        match line(piece, start) {
            Some(line) => {
                lines.push(Line { blanks, number, ..line });
                blanks = 0;
            }
            None => blanks += 1,
        }
    }
    lines
}

fn line(piece: &str, start: usize) -> Option<Line> {
    let rest = piece.trim_start_matches(is_blank);
    let trimmed = rest.trim_end_matches(is_blank);
    if trimmed.is_empty() {
        return None;
    }
    let before = piece.len() - rest.len();
    let indent = piece.get(..before)?.chars().map(columns).sum();
    let start = start + before;
    let chars = trimmed.chars().count() as u32;
    Some(Line { start, end: start + trimmed.len(), indent, chars, blanks: 0, number: 0 })
}

/// White space, line ends and characters without width.
pub(super) fn is_blank(c: char) -> bool {
    is_space(c) || c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{b}')
}

fn columns(c: char) -> u32 {
    match c {
        '\t' => 4,
        '\u{3000}' => 2,
        '\u{feff}' | '\u{200b}' => 0,
        _ => 1,
    }
}
