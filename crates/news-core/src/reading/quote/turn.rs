//! Speech set apart by its line: transcripts ("SPEAKER: …"), interviews, block quotes, signed
//! quotations ("…" — Name).

use super::attribution::{Attribution, Cue};
use super::page::{Page, Unit};
use super::phrase::Phrase;
use super::rule::Rule;
use super::token::Tag;
use super::words::Classes;
use crate::reading::ParagraphKind;

/// Words a speaker's label may have: "SEN. SUSAN COLLINS (R-MAINE):".
const LABEL: usize = 8;

/// Words of a signature: "— Name, role".
const SIGNATURE: usize = 16;

/// Words of a dashed speech within which its verb must come.
const DASHED: usize = 200;

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
    label(page, lines, kind)
        .or_else(|| set_apart(page, lines, kind))
        .or_else(|| dashed(page, lines))
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
    let said = page.token(first).is_some_and(|token| token.word.cue > 0);
    let note = (first..colon).any(|at| page.is(at, Classes::LABEL));
    if note || !letters || !long || !shouted && (!headline || !named || said) {
        return None;
    }
    let head = (first + 1..colon).find(|at| page.tag(*at) == Tag::Open).unwrap_or(colon);
    let rule = match page.word(first) {
        "Q" if colon == first + 1 => Rule::InterviewQuestion,
        "A" if colon == first + 1 => Rule::InterviewAnswer,
        _ if shouted => Rule::Transcript,
        _ => Rule::HeadlineLabel,
    };
    let source = Phrase { start: first, end: colon, head: (first, head) };
    Some(Attribution {
        cue: Some(Cue { start: colon, end: colon + 1, lemma: 0 }),
        source: (!rule.is_interview()).then_some(source),
        content: vec![content],
        rule,
    })
}

/// "—Text —dijo Clara—. Text": speech opened by a dash, where the language writes it so.
fn dashed(page: &Page<'_>, lines: Lines) -> Option<Attribution> {
    let quoted = (lines.start..lines.end).any(|at| page.quoted(at));
    if !page.tables.dashes || page.tag(lines.start) != Tag::Dash || quoted {
        return None;
    }
    let start = lines.start + 1;
    let says = |at: &usize| {
        page.token(*at).is_some_and(|token| token.word.cue > 0 && token.tag.is_verb())
            && speech_break(page, *at, start).is_some()
    };
    let cue = (start..lines.end.min(start + DASHED)).find(says);
    let Some(verb) = cue else {
        return Some(Attribution {
            cue: None,
            source: None,
            content: vec![(start, lines.end)],
            rule: Rule::Dash,
        });
    };
    let end = speech_break(page, verb, start)?;
    let source = page.phrase_after(verb + 1, lines.end);
    let after = source.map_or(verb + 1, |source| source.end);
    let closing = (after..lines.end.min(after + LABEL)).find(|at| page.tag(*at) == Tag::Dash);
    let rest = closing.map(|dash| dash + 1 + usize::from(page.tag(dash + 1) == Tag::Stop));
    let rest = rest.filter(|rest| *rest < lines.end).map(|rest| (rest, lines.end));
    Some(Attribution {
        cue: Some(Cue { start: verb, end: verb + 1, lemma: page.token(verb)?.word.cue }),
        source,
        content: [(start, end)].into_iter().chain(rest).collect(),
        rule: Rule::Dash,
    })
}

/// "« Le bac, dit-elle, est en retard. »": a verb and its subject between commas inside the marks
/// of the segment `start..end`, where the language writes so.
pub(super) fn inserted(page: &Page<'_>, start: usize, end: usize) -> Option<Attribution> {
    let last = end.checked_sub(1).filter(|_| page.tables.dashes)?;
    let opens = |at: &usize| {
        page.tag(*at) == Tag::Comma
            && page.token(at + 1).is_some_and(|token| token.word.cue > 0 && token.tag.is_verb())
    };
    let comma = (start + 2..last.min(start + DASHED)).find(opens)?;
    let verb = comma + 1;
    let source = page.phrase_after(verb + 1, last)?;
    let closes = matches!(page.tag(source.head.1), Tag::Comma | Tag::Stop | Tag::Quote);
    let rest = source.head.1 + usize::from(page.tag(source.head.1) == Tag::Comma);
    let rest = (rest < last && page.tag(rest) != Tag::Stop).then_some((rest, end));
    closes.then(|| Attribution {
        cue: Some(Cue {
            start: verb,
            end: verb + 1,
            lemma: page.token(verb).map_or(0, |t| t.word.cue),
        }),
        source: Some(Phrase { start: source.start, end: source.head.1, head: source.head }),
        content: [(start, comma)].into_iter().chain(rest).collect(),
        rule: Rule::Inserted,
    })
}

/// Where speech ends before the verb at `verb`: the comma or dash in front of it, auxiliaries
/// between.
fn speech_break(page: &Page<'_>, verb: usize, start: usize) -> Option<usize> {
    let mut at = verb.checked_sub(1)?;
    while at > start && page.tag(at) == Tag::Auxiliary {
        at -= 1;
    }
    (at > start && matches!(page.tag(at), Tag::Comma | Tag::Dash)).then_some(at)
}

/// A block quote or a turn of an interview.
fn set_apart(page: &Page<'_>, lines: Lines, kind: ParagraphKind) -> Option<Attribution> {
    let rule = match kind {
        ParagraphKind::BlockQuote => Rule::BlockQuote,
        ParagraphKind::Question => Rule::InterviewQuestion,
        ParagraphKind::Answer => Rule::InterviewAnswer,
        _ => return None,
    };
    let quoted = (lines.start..lines.end).any(|at| page.quoted(at));
    (!quoted && lines.start < lines.end).then(|| Attribution {
        cue: None,
        source: None,
        content: vec![(lines.start, lines.end)],
        rule,
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
pub(super) fn paragraphs(units: &[Unit]) -> impl Iterator<Item = Lines> {
    let lines = |units: &[Unit]| {
        let (first, last) = (units.first()?, units.last()?);
        Some(Lines { start: first.start, end: last.end, paragraph: first.paragraph })
    };
    units.chunk_by(|a, b| a.paragraph == b.paragraph).filter_map(lines)
}
