//! Where the blocks stand in the story's text.

use std::borrow::Cow;
use std::ops::Range;

use super::{Block, BlockKind, Cell, Span, TurnRole};
use crate::reading::{Paragraph, ParagraphKind};

/// The story as text, and where each block stands in it. Made once, it maps any number of ranges.
#[derive(Debug, Clone)]
pub struct Layout {
    text: String,
    /// Index and range of each block that has text, in reading order.
    blocks: Vec<(u32, Range<usize>)>,
    paragraphs: Vec<Paragraph>,
}

impl Layout {
    /// Joins blocks by blank lines, items of lists and rows of tables by line breaks. Figures,
    /// embeds and pull quotes are left out.
    #[must_use]
    pub fn of(blocks: &[Block]) -> Self {
        let mut layout = Self { text: String::new(), blocks: Vec::new(), paragraphs: Vec::new() };
        for (index, block) in blocks.iter().enumerate() {
            layout.push(index as u32, block);
        }
        layout
    }

    /// The same of blocks whose texts move into it, so that those of a long story are not held twice
    /// while it is read. [`Self::give_back`] moves them back.
    pub(crate) fn taking(blocks: &mut [Block]) -> Self {
        let bytes = blocks.iter_mut().filter_map(own_text).map(|text| text.len() + 2).sum();
        let text = String::with_capacity(bytes);
        let mut layout = Self { text, blocks: Vec::new(), paragraphs: Vec::new() };
        for (index, block) in blocks.iter_mut().enumerate() {
            layout.push(index as u32, block);
            if let Some(text) = own_text(block) {
                *text = String::new();
            }
        }
        layout
    }

    /// Gives the blocks the texts that [`Self::taking`] took from them.
    pub(crate) fn give_back(&self, blocks: &mut [Block]) {
        for (index, range) in &self.blocks {
            let block = blocks.get_mut(*index as usize).and_then(own_text);
            if let Some((text, own)) = block.zip(self.text.get(range.clone())) {
                own.clone_into(text);
            }
        }
    }

    /// A text as it stands: one block, a paragraph a line.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        let blocks = vec![(0, 0..text.len())];
        let mut layout = Self { text: String::new(), blocks, paragraphs: Vec::new() };
        layout.note_paragraphs(&text, ParagraphKind::Plain);
        Self { text, ..layout }
    }

    fn push(&mut self, index: u32, block: &Block) {
        let parts = parts(block);
        if parts.iter().all(|(_, line)| line.is_empty()) && parts.len() < 2 {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        for (at, (kind, line)) in parts.iter().enumerate() {
            if at > 0 {
                self.text.push('\n');
            }
            self.push_line(line, *kind);
        }
        self.blocks.push((index, start..self.text.len()));
    }

    fn push_line(&mut self, line: &str, kind: ParagraphKind) {
        self.note_paragraphs(line, kind);
        self.text.push_str(line);
    }

    /// Notes the paragraphs of a line that goes behind the text.
    fn note_paragraphs(&mut self, line: &str, kind: ParagraphKind) {
        let mut at = self.text.len();
        for part in line.split_inclusive('\n') {
            let trimmed = part.trim();
            let start = at + (part.len() - part.trim_start().len());
            if !trimmed.is_empty() {
                self.paragraphs.push(Paragraph { range: start..start + trimmed.len(), kind });
            }
            at += part.len();
        }
    }

    /// The same with the paragraph that holds `span` cut behind it, so that what opens the paragraph,
    /// a dateline, is no part of its first sentence.
    #[must_use]
    pub(crate) fn cut_behind(mut self, span: Span) -> Self {
        let Some(opening) = self.range(span) else { return self };
        let Some(at) = self.paragraphs.iter().position(|p| p.range.contains(&opening.start)) else {
            return self;
        };
        let whole = self.paragraphs[at].clone();
        let rest = self.text.get(opening.end..whole.range.end).unwrap_or_default();
        let start = whole.range.end - rest.trim_start().len();
        if start < whole.range.end && opening.end <= start {
            self.paragraphs[at] = Paragraph { range: opening, kind: ParagraphKind::Aside };
            let rest = Paragraph { range: start..whole.range.end, kind: whole.kind };
            self.paragraphs.insert(at + 1, rest);
        }
        self
    }

    /// The story as text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its paragraphs, in bytes of [`Self::text`].
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// Bytes of the text that block `index` fills; `None` for a block without text.
    #[must_use]
    pub fn block(&self, index: usize) -> Option<Range<usize>> {
        let at = self.blocks.binary_search_by_key(&index, |(block, _)| *block as usize).ok()?;
        self.blocks.get(at).map(|(_, range)| range.clone())
    }

    /// A range of the text as a range of the one block that holds it; `None` for a range that no
    /// block holds whole.
    #[must_use]
    pub fn span(&self, range: &Range<usize>) -> Option<Span> {
        let after = self.blocks.partition_point(|(_, block)| block.start <= range.start);
        let (block, whole) = self.blocks.get(after.checked_sub(1)?)?;
        let fits = range.start <= range.end && range.end <= whole.end;
        fits.then(|| Span {
            block: *block,
            start: (range.start - whole.start) as u32,
            end: (range.end - whole.start) as u32,
        })
    }

    /// Bytes of the text that `span`, in bytes of its block, stands for.
    #[must_use]
    pub fn range(&self, span: Span) -> Option<Range<usize>> {
        let whole = self.block(span.block as usize)?;
        let range = whole.start + span.start as usize..whole.start + span.end as usize;
        (range.start <= range.end && range.end <= whole.end).then_some(range)
    }
}

/// The text of a block that stands in the layout as it is.
fn own_text(block: &mut Block) -> Option<&mut String> {
    match &mut block.kind {
        BlockKind::Paragraph { text }
        | BlockKind::Heading { text, .. }
        | BlockKind::BlockQuote { text, .. }
        | BlockKind::Turn { text, .. }
        | BlockKind::Note { text }
        | BlockKind::Deck { text }
        | BlockKind::SummaryBullet { text } => Some(&mut text.text),
        BlockKind::Code { text } => Some(text),
        BlockKind::List { .. }
        | BlockKind::PullQuote { .. }
        | BlockKind::Table { .. }
        | BlockKind::Figure { .. }
        | BlockKind::Embed { .. }
        | BlockKind::LiveEntry { .. } => None,
    }
}

/// A part of one line.
fn one(kind: ParagraphKind, text: &str) -> Vec<(ParagraphKind, Cow<'_, str>)> {
    vec![(kind, text.into())]
}

/// The lines of running text of a block, and what each is. Empty for figures, embeds and pull
/// quotes.
pub(super) fn parts(block: &Block) -> Vec<(ParagraphKind, Cow<'_, str>)> {
    match &block.kind {
        BlockKind::Paragraph { text } => one(ParagraphKind::Plain, &text.text),
        BlockKind::Heading { text, .. } => one(ParagraphKind::Heading, &text.text),
        BlockKind::Turn { text, role: TurnRole::Question } => {
            one(ParagraphKind::Question, &text.text)
        }
        BlockKind::Turn { text, role: TurnRole::Answer } => one(ParagraphKind::Answer, &text.text),
        BlockKind::Note { text } | BlockKind::Deck { text } | BlockKind::SummaryBullet { text } => {
            one(ParagraphKind::Aside, &text.text)
        }
        BlockKind::Code { text } => one(ParagraphKind::Aside, text),
        BlockKind::BlockQuote { text, .. } => {
            text.text.split('\n').map(|line| (ParagraphKind::BlockQuote, line.into())).collect()
        }
        BlockKind::List { items, .. } => {
            items.iter().map(|i| (ParagraphKind::Aside, i.text.text.as_str().into())).collect()
        }
        BlockKind::Table { rows, .. } => {
            rows.iter().map(|row| (ParagraphKind::Aside, row_text(row).into())).collect()
        }
        // Live entries hold plain blocks only, so this goes one level down.
        BlockKind::LiveEntry { heading, blocks, .. } => {
            let heading = heading.iter().map(|line| (ParagraphKind::Heading, line.into()));
            heading.chain(blocks.iter().flat_map(parts)).collect()
        }
        BlockKind::PullQuote { .. } | BlockKind::Figure { .. } | BlockKind::Embed { .. } => {
            Vec::new()
        }
    }
}

fn row_text(row: &[Cell]) -> String {
    row.iter().map(|c| c.text.text.as_str()).collect::<Vec<_>>().join("\t")
}
