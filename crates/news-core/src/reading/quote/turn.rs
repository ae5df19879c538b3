//! Speech set apart by its line: transcripts ("SPEAKER: …"), interviews, block quotes, signed
//! quotations ("…" — Name).

use super::attribution::{Attribution, Cue};
use super::page::{Page, Unit};
use super::phrase::Phrase;
use super::token::Tag;
use super::words::Classes;
use crate::reading::ParagraphKind;

/// Words a speaker's label may have: "SEN. SUSAN COLLINS (R-MAINE):".
const LABEL: usize = 8;

/// Words of a signature: "— Name, role".
const SIGNATURE: usize = 16;

/// A paragraph, as tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) paragraph: usize,
}

/// The paragraph read as speech set apart, if it is that.
pub(super) fn turn(page: &Page<'_>, lines: Lines) -> Option<Attribution> {
    let kind = page.prose.paragraphs.get(lines.paragraph).map(|paragraph| paragraph.kind)?;
    label(page, lines, kind).or_else(|| set_apart(page, lines, kind))
}

/// "SPEAKER: …", "Q: …", and in a headline "Pence: …".
fn label(page: &Page<'_>, lines: Lines, kind: ParagraphKind) -> Option<Attribution> {
    let first = lines.start + usize::from(page.tag(lines.start) == Tag::Quote);
    let colon = (first..lines.end.min(first + LABEL)).find(|at| page.tag(*at) == Tag::Colon)?;
    let headline = lines.paragraph == 0 || kind == ParagraphKind::Heading;
    let shouted = (first..colon).all(|at| !page.word(at).contains(char::is_lowercase));
    let named = (first..colon).all(|at| page.tag(at) == Tag::Name && !page.quoted(at))
        && colon - first <= 4;
    let letters = (first..colon).any(|at| page.word(at).contains(char::is_alphabetic));
    let content = (colon + 1, lines.end);
    let long = content.1 > content.0 + 1;
    let is_label = letters && long && (shouted || headline && named);
    is_label.then(|| Attribution {
        cue: Some(Cue { start: colon, end: colon + 1, lemma: 0 }),
        source: Some(Phrase { start: first, end: colon, head: (first, colon) }),
        content: vec![content],
        rule: if shouted { "transcript" } else { "headline_label" },
        confidence: if shouted { 0.9 } else { 0.7 },
    })
}

/// A block quote or a turn of an interview.
fn set_apart(page: &Page<'_>, lines: Lines, kind: ParagraphKind) -> Option<Attribution> {
    let rule = match kind {
        ParagraphKind::BlockQuote => "block_quote",
        ParagraphKind::Question => "interview_question",
        ParagraphKind::Answer => "interview_answer",
        _ => return None,
    };
    let quoted = (lines.start..lines.end).any(|at| page.quoted(at));
    (!quoted && lines.start < lines.end).then(|| Attribution {
        cue: None,
        source: None,
        content: vec![(lines.start, lines.end)],
        rule,
        confidence: 0.7,
    })
}

/// "…" — Name, role: the signature behind the quotation that ends at token `end`.
pub(super) fn signature(page: &Page<'_>, end: usize, limit: usize) -> Option<(Cue, Phrase)> {
    let dash = end;
    let reach = limit.saturating_sub(dash);
    if page.tag(dash) != Tag::Dash || page.quoted(dash) || reach > SIGNATURE {
        return None;
    }
    let start = dash + 1;
    let mut close = limit;
    while close > start && page.tag(close - 1) == Tag::Stop {
        close -= 1;
    }
    let head = (start..close).take_while(|at| page.tag(*at) == Tag::Name).last()? + 1;
    let verb = (head..close).any(|at| page.tag(at).is_finite() && !page.is(at, Classes::ROLE));
    (!verb).then_some((
        Cue { start: dash, end: dash + 1, lemma: 0 },
        Phrase { start, end: close, head: (start, head) },
    ))
}

/// The paragraphs of a page, as tokens.
pub(super) fn paragraphs(units: &[Unit]) -> Vec<Lines> {
    let mut lines: Vec<Lines> = Vec::new();
    for unit in units {
        match lines.last_mut() {
            Some(last) if last.paragraph == unit.paragraph => last.end = unit.end,
            _ => lines.push(Lines { start: unit.start, end: unit.end, paragraph: unit.paragraph }),
        }
    }
    lines
}
