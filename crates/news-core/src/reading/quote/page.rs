//! A prose as this module reads it: tokens, segments, units.

use std::ops::Range;

use super::marks::{self, Segment};
use super::tag;
use super::title;
use super::token::{self, Tag, Token};
use super::words::{Classes, Frames, Tables};
use crate::reading::{ParagraphKind, Prose};

/// Tokens of a sentence that says no more than who spoke.
const TAG_LINE: usize = 24;

/// Fewest bytes of a token with the space behind it, in most texts.
const TOKEN_BYTES: usize = 4;

/// The tokens and quoted segments of a prose.
pub(super) struct Page<'t> {
    pub(super) prose: &'t Prose<'t>,
    pub(super) tables: &'static Tables,
    pub(super) tokens: Vec<Token>,
    pub(super) segments: Vec<Segment>,
    /// Tokens of each segment, marks included.
    pub(super) spans: Vec<(usize, usize)>,
    /// Sentences, as ranges of tokens; a sentence does not end inside a closed quotation.
    pub(super) units: Vec<Unit>,
}

/// A sentence as its writer's: what is quoted does not end it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Place of its paragraph.
    pub(super) paragraph: usize,
}

impl<'t> Page<'t> {
    pub(super) fn read(prose: &'t Prose<'t>) -> Self {
        let tables = Tables::of(prose.language);
        let mut tokens = Vec::with_capacity(prose.text.len() / TOKEN_BYTES);
        let mut segments = Vec::new();
        let emphasis = marks::has_emphasis(prose.text);
        for (place, paragraph) in prose.paragraphs.iter().enumerate() {
            token::cut(prose.text, paragraph.range.clone(), tables, &mut tokens);
            marks::segments(prose.text, &paragraph.range, place, emphasis, &mut segments);
        }
        let spans = mark_quoted(&mut tokens, &segments);
        tag::tag(prose.text, &mut tokens, tables);
        let mut page = Self { prose, tables, tokens, segments, spans, units: Vec::new() };
        title::unmark(&mut page);
        page.units = page.cut_units();
        page.retag();
        page
    }

    /// Sentences joined where the break between them is quoted.
    fn cut_units(&self) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::with_capacity(self.prose.sentences.len());
        let mut at = 0;
        let mut sentences = self.prose.sentences.iter().peekable();
        for (paragraph, place) in self.prose.paragraphs.iter().zip(0..) {
            let mut fresh = true;
            while let Some(sentence) = sentences.next_if(|s| s.start < paragraph.range.end) {
                let start = at;
                while self.token(at).is_some_and(|token| (token.start as usize) < sentence.end) {
                    at += 1;
                }
                let inside = !fresh && (self.is_inside(start) || self.is_tag_line(start));
                match units.last_mut() {
                    Some(unit) if inside => unit.end = at,
                    _ => units.push(Unit { start, end: at, paragraph: place }),
                }
                fresh = false;
            }
        }
        units
    }

    /// Verbs of attribution with a capital: "Said Lee: …" at the start of a sentence, "Lee Says …"
    /// in a headline.
    fn retag(&mut self) {
        for place in 0..self.units.len() {
            let Some(unit) = self.units.get(place).copied() else { return };
            let kind = self.prose.paragraphs.get(unit.paragraph).map(|paragraph| paragraph.kind);
            if unit.paragraph == 0 || kind == Some(ParagraphKind::Heading) {
                self.retag_headline(unit);
            }
            let mut near = unit.start + 1..unit.end.min(unit.start + 6);
            let named = near.clone().any(|at| self.tag(at) == Tag::Name);
            if self.is_capital_cue(unit.start, 'd')
                && named
                && !near.any(|at| self.is_cue(at) && !self.quoted(at))
            {
                self.set(unit.start, Tag::Past);
            }
        }
    }

    fn retag_headline(&mut self, unit: Unit) {
        for at in unit.start + 1..unit.end {
            let subject = matches!(self.tag(at - 1), Tag::Name | Tag::Noun | Tag::Close);
            if subject && self.is_capital_cue(at, 'z') && self.tag(at + 1) != Tag::Possessive {
                self.set(at, Tag::Present);
            }
        }
    }

    /// Whether a capitalised word taken for a name is a verb of attribution where it is small.
    fn is_capital_cue(&self, at: usize, part: char) -> bool {
        self.token(at).is_some_and(|token| {
            token.tag == Tag::Name && token.word.cue > 0 && token.parts.letters().starts_with(part)
        })
    }

    fn is_cue(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.word.cue > 0)
    }

    fn set(&mut self, at: usize, tag: Tag) {
        if let Some(token) = self.tokens.get_mut(at) {
            token.tag = tag;
        }
    }

    /// Whether a segment is one of its own: no title, not inside another.
    pub(super) fn is_quotation(&self, segment: usize) -> bool {
        self.spans.get(segment).is_some_and(|(start, end)| start < end)
    }

    /// Whether the break before token `at` lies in a closed quotation.
    fn is_inside(&self, at: usize) -> bool {
        let Some(place) = self.segment_at(at) else { return false };
        let first = self.spans.get(place).map_or(at, |span| span.0);
        first < at && self.segments.get(place).is_some_and(|segment| segment.closed)
    }

    /// Whether the sentence that begins at token `at` only says who spoke the quotation before it:
    /// "“But why…” Lee said during a visit."
    fn is_tag_line(&self, at: usize) -> bool {
        let closed = at.checked_sub(1).filter(|last| self.tag(*last) == Tag::Quote);
        let closed =
            closed.and_then(|last| self.segment_at(last)).and_then(|s| self.segments.get(s));
        if !self.tables.english || !closed.is_some_and(|segment| segment.closed) {
            return false;
        }
        let mut reach = at..at + TAG_LINE;
        let Some(verb) = reach.find(|at| self.tag(*at).is_verb() || self.tag(*at).ends_phrase())
        else {
            return false;
        };
        let cue = self.token(verb).and_then(|token| self.tables.lemma(token.word.cue));
        let says = cue.is_some_and(|lemma| lemma.frames.any(Frames::QUOTE));
        let rest = reach.find(|at| {
            let tag = self.tag(*at);
            tag.ends_phrase() || tag.is_finite() || tag == Tag::Subordinator
        });
        says && verb > at
            && self.tag(verb).is_finite()
            && rest.is_some_and(|rest| match self.tag(rest) {
                Tag::Comma => self.tag(rest + 1) != Tag::Quote,
                tag => tag == Tag::Stop,
            })
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The part of speech of a token; a stop where there is none.
    pub(super) fn tag(&self, at: usize) -> Tag {
        self.tokens.get(at).map_or(Tag::Stop, |token| token.tag)
    }

    pub(super) fn is(&self, at: usize, classes: Classes) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(classes))
    }

    pub(super) fn quoted(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::quoted)
    }

    /// The place of the segment a token stands in.
    pub(super) fn segment_at(&self, at: usize) -> Option<usize> {
        let begun = || self.spans.partition_point(|span| span.0 <= at);
        if self.quoted(at) { begun().checked_sub(1) } else { None }
    }

    /// The places of the segments that share tokens with `start..end`.
    pub(super) fn segments_in(&self, start: usize, end: usize) -> impl Iterator<Item = usize> {
        let first = self.spans.partition_point(|span| span.1 <= start);
        let behind = (first..).zip(self.spans.get(first..).unwrap_or_default());
        let within = behind.take_while(move |(_, span)| span.0 < end);
        within.filter(|(_, span)| span.0 < span.1).map(|(place, _)| place)
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &'t str {
        self.prose.text.get(range).unwrap_or_default()
    }

    /// A token as it stands in the text.
    pub(super) fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| self.slice(token.range()))
    }

    /// The text of tokens `start..end`.
    pub(super) fn bytes(&self, start: usize, end: usize) -> Range<usize> {
        let first = self.tokens.get(start).map_or(self.prose.text.len(), |t| t.start as usize);
        let last = end.checked_sub(1).and_then(|last| self.tokens.get(last));
        first..last.map_or(first, Token::end).max(first)
    }
}

/// Tells each token whether it stands in a segment; gives the tokens of each outermost one, in reading order.
fn mark_quoted(tokens: &mut [Token], segments: &[Segment]) -> Vec<(usize, usize)> {
    let mut at = 0;
    let span = |segment: &Segment| {
        if segment.depth > 0 {
            return (at, at);
        }
        while tokens.get(at).is_some_and(|token| (token.start as usize) < segment.outer.start) {
            at += 1;
        }
        let start = at;
        while let Some(token) = tokens.get_mut(at)
            && (token.start as usize) < segment.outer.end
        {
            token.quote(true);
            at += 1;
        }
        (start, at)
    };
    segments.iter().map(span).collect()
}
