//! Text with its marks and with what was read in it, as nested elements.

use std::collections::BTreeMap;

use super::xml::Xml;
use crate::article::{
    Article, Cell, Entity, EntityMention, MarkKind, MentionKind, Quote, Span, Text, TimeMention,
};

/// Something that a range of text is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sense<'a> {
    Mark(&'a MarkKind),
    /// An entity, its place in the list of entities, and how it is meant here.
    Entity(&'a Entity, usize, MentionKind),
    Time(&'a TimeMention),
    Said(&'a Quote),
}

impl Sense<'_> {
    /// Whether one may stand inside another: names, times and code hold text only, and nothing holds
    /// its like. So the depth is bounded by the number of kinds.
    fn fits_in(self, outer: Sense<'_>) -> bool {
        let is_alike = match (self, outer) {
            (Self::Mark(a), Sense::Mark(b)) => {
                std::mem::discriminant(a) == std::mem::discriminant(b)
            }
            (Self::Said(_), Sense::Said(_)) => true,
            _ => false,
        };
        let holds_text_only =
            matches!(outer, Sense::Mark(MarkKind::Code) | Sense::Entity(..) | Sense::Time(_));
        !is_alike && !holds_text_only
    }
}

#[derive(Debug, Clone, Copy)]
struct Range<'a> {
    start: usize,
    end: usize,
    sense: Sense<'a>,
}

/// What was read, by the block it stands in.
#[derive(Debug, Default)]
pub(super) struct Senses<'a>(BTreeMap<u32, Vec<Range<'a>>>);

impl<'a> Senses<'a> {
    /// Names, times and quotations of an article whose ranges count bytes.
    pub(super) fn of(article: &'a Article) -> Self {
        let mut senses = Self::default();
        let Some(reading) = &article.reading else { return senses };
        for quote in &reading.quotes {
            quote.contents.iter().for_each(|span| senses.add(*span, Sense::Said(quote)));
        }
        for (index, entity) in reading.entities.iter().enumerate() {
            for EntityMention { span, kind, .. } in &entity.mentions {
                senses.add(*span, Sense::Entity(entity, index, *kind));
            }
        }
        reading.times.iter().for_each(|time| senses.add(time.span, Sense::Time(time)));
        senses.0.values_mut().for_each(|ranges| ranges.sort_by_key(|range| range.start));
        senses
    }

    fn add(&mut self, span: Span, sense: Sense<'a>) {
        let range = Range { start: span.start as usize, end: span.end as usize, sense };
        self.0.entry(span.block).or_default().push(range);
    }

    /// Those of one block, whose texts are then written in their order.
    pub(super) fn block(&self, index: usize) -> Cursor<'_> {
        let ranges = u32::try_from(index).ok().and_then(|index| self.0.get(&index));
        Cursor { ranges: ranges.map_or(&[], Vec::as_slice), at: 0 }
    }
}

/// Where the next text of a block stands in the block's lines joined by line breaks.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    ranges: &'a [Range<'a>],
    at: usize,
}

/// Writes a start tag and gives its name. `None`: the format has none for this.
pub(super) type Open = fn(Sense<'_>, &mut Xml) -> Option<&'static str>;

impl<'a> Cursor<'a> {
    /// Steps over a line in which nothing is marked.
    pub(super) fn skip(&mut self, line: &str) {
        self.at += line.len() + 1;
    }

    /// Writes the rows of a table; `cell` writes one, given the columns it spans where that is more than
    /// one.
    pub(super) fn rows(
        &mut self,
        rows: &[Vec<Cell>],
        tag: &str,
        xml: &mut Xml,
        cell: impl Fn(&mut Self, &Cell, &str, &mut Xml),
    ) {
        for row in rows {
            if row.is_empty() {
                self.skip("");
            }
            xml.within(tag, &[], |xml| {
                for part in row {
                    let spans = part.columns > 1;
                    let columns = if spans { part.columns.to_string() } else { String::new() };
                    cell(self, part, &columns, xml);
                }
            });
        }
    }

    /// Writes the block's next text.
    pub(super) fn write(
        &mut self,
        text: &Text,
        line_break: &'static str,
        open: Open,
        xml: &mut Xml,
    ) {
        let mut nested = Nested { text: &text.text, at: 0, line_break, open: Vec::new(), xml };
        for range in self.take(text) {
            nested.enter(range, open);
        }
        nested.until(text.text.len());
    }

    /// What lies in `text`, the block's next line, in bytes of it: by start, the longest first.
    fn take<'t>(&mut self, text: &'t Text) -> Vec<Range<'t>>
    where
        'a: 't,
    {
        let (from, to) = (self.at, self.at + text.text.len());
        self.at = to + 1;
        let first = self.ranges.partition_point(|range| range.start < from);
        let read = self.ranges.iter().skip(first).take_while(|range| range.start < to);
        let read =
            read.map(|r| Range { start: r.start - from, end: r.end.saturating_sub(from), ..*r });
        let marks = text.marks.iter().map(|mark| Range {
            start: mark.start as usize,
            end: mark.end as usize,
            sense: Sense::Mark(&mark.kind),
        });
        let is_inside =
            |r: &Range<'_>| text.text.get(r.start..r.end).is_some_and(|t| !t.is_empty());
        let mut all: Vec<_> = marks.chain(read).filter(is_inside).collect();
        all.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        all
    }
}

/// Elements that nest over one text.
struct Nested<'t, 'x> {
    text: &'t str,
    at: usize,
    line_break: &'static str,
    open: Vec<(Range<'t>, &'static str)>,
    xml: &'x mut Xml,
}

impl<'t> Nested<'t, '_> {
    /// Opens an element, unless it would cross the one around it or has no place in it.
    fn enter(&mut self, range: Range<'t>, open: Open) {
        self.until(range.start);
        let crosses = self.open.last().is_some_and(|(outer, _)| range.end > outer.end);
        if !crosses && self.open.iter().all(|(outer, _)| range.sense.fits_in(outer.sense)) {
            let tag = open(range.sense, self.xml);
            self.open.extend(tag.map(|tag| (range, tag)));
        }
    }

    /// Writes the text up to a byte, and closes the elements that end before or there.
    fn until(&mut self, end: usize) {
        while let Some((range, tag)) = self.open.pop_if(|(range, _)| range.end <= end) {
            self.running(range.end);
            self.xml.end(tag);
        }
        self.running(end);
    }

    /// Text whose line breaks are elements.
    fn running(&mut self, end: usize) {
        let part = self.text.get(self.at..end).unwrap_or_default();
        self.at = self.at.max(end);
        for (n, line) in part.split('\n').enumerate() {
            if n > 0 {
                self.xml.mark(self.line_break);
            }
            self.xml.text(line);
        }
    }
}
