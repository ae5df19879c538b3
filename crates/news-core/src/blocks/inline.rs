//! The text of a segment with its inline marks.

use super::{Page, address};
use crate::article::{Mark, MarkKind, Text};
use crate::content::{Segment, Zone};
use crate::dom::{NodeId, Tag, local_name, push_collapsed};

/// Parts of a page that never stand inside a sentence: what is marked so is left out of it.
const FOREIGN: [Zone; 5] = [Zone::HIDDEN, Zone::SHARE, Zone::AD, Zone::OVERLAY, Zone::PROMO];

/// Text of the segment: white space collapsed, `\n` for line breaks, marks in order.
pub(crate) fn text(page: &Page<'_>, segment: &Segment) -> Text {
    let mut out = Writer { page, text: Text::default(), open: Vec::new() };
    let dom = page.dom;
    let mut enclosing: Vec<NodeId> = dom
        .ancestors(segment.nodes.start)
        .take_while(|a| *a != segment.container && !dom.tag(*a).is_block())
        .collect();
    enclosing.reverse();
    for id in enclosing {
        out.open(id);
    }
    let mut id = segment.nodes.start;
    while id < segment.nodes.end {
        out.close_until(id);
        let tag = dom.tag(id);
        if tag.is_invisible() || is_foreign(page, segment, id) {
            id = dom.end(id);
            continue;
        }
        match tag {
            Tag::Text => push_collapsed(&mut out.text.text, dom.text(id)),
            Tag::Br => out.line_break(),
            _ => out.open(id),
        }
        id += 1;
    }
    out.finish()
}

fn is_foreign(page: &Page<'_>, segment: &Segment, id: NodeId) -> bool {
    let own = page.measures.zones[id as usize].without(segment.zone);
    FOREIGN.iter().any(|zone| own.has(*zone))
}

struct Writer<'a> {
    page: &'a Page<'a>,
    text: Text,
    /// Open inline elements: end node, and the mark to close.
    open: Vec<(NodeId, Option<usize>)>,
}

impl Writer<'_> {
    fn open(&mut self, id: NodeId) {
        let mark = self.mark(id).map(|kind| {
            let start = self.text.text.len() as u32;
            self.text.marks.push(Mark { start, end: start, kind });
            self.text.marks.len() - 1
        });
        self.open.push((self.page.dom.end(id), mark));
    }

    fn mark(&self, id: NodeId) -> Option<MarkKind> {
        match self.page.dom.tag(id) {
            Tag::A => {
                let href = self.page.dom.attr(id, local_name!("href"))?;
                address(self.page.base, href).map(|url| MarkKind::Link { url })
            }
            Tag::Em | Tag::I | Tag::Cite | Tag::Dfn => Some(MarkKind::Emphasis),
            Tag::Strong | Tag::B => Some(MarkKind::Strong),
            Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt => Some(MarkKind::Code),
            _ => None,
        }
    }

    fn close_until(&mut self, id: NodeId) {
        while self.open.last().is_some_and(|(end, _)| *end <= id) {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some((_, Some(mark))) = self.open.pop() {
            let end = self.text.text.len() as u32;
            if let Some(mark) = self.text.marks.get_mut(mark) {
                mark.end = end;
            }
        }
    }

    fn line_break(&mut self) {
        let text = &mut self.text.text;
        text.truncate(text.trim_end_matches(' ').len());
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }

    fn finish(mut self) -> Text {
        while !self.open.is_empty() {
            self.close();
        }
        let Text { mut text, mut marks } = self.text;
        text.truncate(text.trim_end().len());
        for mark in &mut marks {
            trim(mark, &text);
        }
        marks.retain(|m| m.start < m.end);
        marks.dedup();
        marks.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        Text { text, marks }
    }
}

/// Moves a mark's ends off white space.
fn trim(mark: &mut Mark, text: &str) {
    let (start, end) = (mark.start as usize, (mark.end as usize).min(text.len()));
    let Some(inner) = text.get(start.min(end)..end) else {
        return;
    };
    let left = inner.len() - inner.trim_start().len();
    mark.start = (start.min(end) + left) as u32;
    mark.end = mark.start + inner.trim().len() as u32;
}

/// Appends `more` to `text` after `between`.
pub(crate) fn join(text: &mut Text, between: &str, more: Text) {
    text.text.push_str(between);
    let shift = text.text.len() as u32;
    text.text.push_str(&more.text);
    text.marks.extend(more.marks.into_iter().map(|m| Mark {
        start: m.start + shift,
        end: m.end + shift,
        ..m
    }));
}
