//! Text with marks -> a small tree that every writer can walk.

use super::clean::visible;
use crate::article::{Mark, MarkKind, Text};

/// A run of characters, or a mark around further pieces.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    Mark(&'a MarkKind, Vec<Piece<'a>>),
}

/// The pieces of `text`, in order. Marks out of range, empty, crossing, or inside one of their own
/// kind do not come out; white space at the ends of a mark stands outside of it.
///
/// Depth is at most the number of kinds, so walking the pieces may recurse.
pub(super) fn pieces(text: &Text) -> Vec<Piece<'_>> {
    let mut marks: Vec<Range<'_>> = text.marks.iter().filter_map(|m| range(text, m)).collect();
    marks.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
    merge_adjacent(&mut marks);
    let mut builder = Builder { text: &text.text, marks: &marks, at: 0 };
    builder.until(text.text.len(), &mut Vec::new())
}

/// The pieces of a text that is marked as a whole.
pub(super) fn whole<'a>(text: &'a Text, kind: &'a MarkKind) -> Vec<Piece<'a>> {
    vec![Piece::Mark(kind, without(kind, pieces(text)))]
}

/// The pieces without marks of a kind, whose content stays.
fn without<'a>(kind: &MarkKind, pieces: Vec<Piece<'a>>) -> Vec<Piece<'a>> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push(Piece::Text(text)),
            Piece::Mark(inner, pieces) if inner == kind => out.extend(without(kind, pieces)),
            Piece::Mark(inner, pieces) => out.push(Piece::Mark(inner, without(kind, pieces))),
        }
    }
    out
}

#[derive(Clone, Copy)]
struct Range<'a> {
    start: usize,
    end: usize,
    kind: &'a MarkKind,
}

fn range<'a>(text: &'a Text, mark: &'a Mark) -> Option<Range<'a>> {
    let (start, end) = (mark.start as usize, mark.end as usize);
    let inside = text.text.get(start..end)?;
    let lead = inside.len() - inside.trim_start_matches(is_blank).len();
    let trail = inside.len() - inside.trim_end_matches(is_blank).len();
    let (start, end) = (start + lead, end.saturating_sub(trail));
    (start < end).then_some(Range { start, end, kind: &mark.kind })
}

/// What leaves no ink: a mark neither starts nor ends with it.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || visible(c).is_none()
}

/// Joins marks of one kind where one ends and the next begins.
fn merge_adjacent(marks: &mut Vec<Range<'_>>) {
    let mut out: Vec<Range<'_>> = Vec::with_capacity(marks.len());
    for mark in marks.drain(..) {
        match out.iter_mut().rev().take(4).find(|m| m.end == mark.start && m.kind == mark.kind) {
            Some(before) => before.end = mark.end,
            None => out.push(mark),
        }
    }
    out.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
    *marks = out;
}

struct Builder<'a, 'm> {
    text: &'a str,
    marks: &'m [Range<'a>],
    at: usize,
}

impl<'a> Builder<'a, '_> {
    /// Pieces up to byte `end`; `open` are the kinds around them.
    fn until(&mut self, end: usize, open: &mut Vec<&'a MarkKind>) -> Vec<Piece<'a>> {
        let mut out = Vec::new();
        while let Some((mark, rest)) = self.marks.split_first() {
            if mark.start >= end {
                break;
            }
            self.marks = rest;
            if mark.start < self.at || mark.end > end || is_inside_own_kind(mark.kind, open) {
                continue;
            }
            self.text_until(mark.start, &mut out);
            open.push(mark.kind);
            let inner = self.until(mark.end, open);
            open.pop();
            out.push(Piece::Mark(mark.kind, inner));
        }
        self.text_until(end, &mut out);
        out
    }

    fn text_until(&mut self, end: usize, out: &mut Vec<Piece<'a>>) {
        if let Some(text) = self.text.get(self.at..end).filter(|text| !text.is_empty()) {
            out.push(Piece::Text(text));
        }
        self.at = self.at.max(end);
    }
}

/// Code holds no further marks, and no kind holds itself.
fn is_inside_own_kind(kind: &MarkKind, open: &[&MarkKind]) -> bool {
    let same = |other: &&MarkKind| std::mem::discriminant(*other) == std::mem::discriminant(kind);
    open.iter().any(|other| same(other) || matches!(other, MarkKind::Code))
}

/// The pieces of each line, without blanks around the line breaks. A mark over several lines comes
/// out on each.
pub(super) fn split_lines(pieces: Vec<Piece<'_>>) -> Vec<Vec<Piece<'_>>> {
    let mut lines = vec![Vec::new()];
    for piece in pieces {
        let parts = match piece {
            Piece::Text(text) => split_text(text),
            Piece::Mark(kind, inner) => split_mark(kind, inner),
        };
        for (i, part) in parts.into_iter().enumerate() {
            if i > 0 {
                lines.push(Vec::new());
            }
            if let (Some(line), Some(part)) = (lines.last_mut(), part) {
                line.push(part);
            }
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn split_text(text: &str) -> Vec<Option<Piece<'_>>> {
    let last = text.matches('\n').count();
    let parts = text.split('\n').enumerate().map(|(i, line)| {
        let line = if i < last { line.trim_end_matches(is_blank) } else { line };
        let line = if i > 0 { line.trim_start_matches(is_blank) } else { line };
        (!line.is_empty()).then_some(Piece::Text(line))
    });
    parts.collect()
}

fn split_mark<'a>(kind: &'a MarkKind, inner: Vec<Piece<'a>>) -> Vec<Option<Piece<'a>>> {
    split_lines(inner).into_iter().map(|line| Some(Piece::Mark(kind, line))).collect()
}

/// The characters of the pieces, marks left aside.
pub(super) fn flat(pieces: &[Piece<'_>], out: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Mark(_, inner) => flat(inner, out),
        }
    }
}
