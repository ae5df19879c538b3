//! The article model: plain data, serde both ways.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Warning;
use crate::metadata::Metadata;
use crate::provenance::SourceRange;

pub use crate::reading::people::RoleKind;
pub use crate::reading::quote::{QuoteKind, SpeakerKind, Stance};
pub use layout::Layout;
pub use reading::{
    Attribution, Cue, Entity, EntityKind, EntityMention, MentionKind, Quote, Reading, Readout,
    Role, Span, Speaker, TimeMention,
};
pub use wire::{
    Contact, Credit, Dateline, DeskNote, DeskNoteKind, Ownership, SignOff, SignOffKind, Slug,
    SlugKind, Wire,
};

mod layout;
mod reading;
mod wire;

/// Version of the model, raised when a field changes its name or meaning.
pub const SCHEMA_VERSION: &str = "1";

/// What a page says: verdict, metadata, blocks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// [`SCHEMA_VERSION`] of the engine that wrote it.
    pub schema_version: String,
    /// Unit of every text range below.
    pub offset_unit: OffsetUnit,
    /// What kind of page this is, and whether the whole story is here.
    pub verdict: Verdict,
    /// What the page states about the story.
    pub metadata: Metadata,
    /// The story in reading order. Empty when the page has no body or is surely no article; where that
    /// is in doubt, `verdict.is_article` is false and the blocks are here.
    pub blocks: Vec<Block>,
    /// Where the body was read from.
    pub body_origin: BodyOrigin,
    /// How likely nine tenths of the body are right and nine tenths of the story are in it, 0 to 1.
    /// `None`: there is no body, or it was read from plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_confidence: Option<f32>,
    /// What wire copy says about itself: dateline, credit, sign-offs.
    #[serde(default, skip_serializing_if = "Wire::is_empty")]
    pub wire: Wire,
    /// What the story says: sentences, times, entities, quotes. `None`: not asked for, or there is no
    /// story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
    /// Readers' comments, when asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
    /// How the bytes were decoded.
    pub encoding: Encoding,
    /// Whether a limit kept text of the page out of the article: the warnings say which, and where.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub truncated: bool,
    /// What the reader should know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// Unit in which text ranges count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OffsetUnit {
    /// UTF-8 bytes: what the Rust side works with.
    #[default]
    Utf8,
    /// UTF-16 code units: JavaScript, Java.
    Utf16,
    /// Unicode code points: Python, and the default of the JSON output.
    Codepoint,
}

/// How the bytes were decoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Encoding {
    /// WHATWG name, such as `UTF-8` or `windows-1251`.
    pub name: String,
    /// What told so.
    pub basis: EncodingBasis,
    /// Bytes or sequences replaced by U+FFFD.
    pub replaced: u32,
}

/// What told the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EncodingBasis {
    /// The caller gave text.
    Text,
    /// A byte order mark.
    Bom,
    /// The transport.
    Header,
    /// A `<meta>` tag or XML declaration.
    Meta,
    /// The bytes are valid UTF-8.
    Valid,
    /// Statistics of the bytes.
    Detected,
}

/// What the page is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// Whether the page holds one story.
    pub is_article: bool,
    /// Kind of story or page.
    pub kind: Kind,
    /// Whether the whole story is here.
    pub completeness: Completeness,
    /// How sure `is_article` is, 0 to 1.
    pub confidence: f32,
    /// What spoke for it, the strongest first.
    pub reasons: Vec<String>,
}

/// Kind of story or page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// A report.
    NewsStory,
    /// An opinion piece, leader, column or letter.
    Opinion,
    /// An analysis or explainer.
    Analysis,
    /// Timed entries, newest or oldest first.
    LiveBlog,
    /// Questions and answers.
    Interview,
    /// Mostly pictures.
    Gallery,
    /// Mostly a video.
    Video,
    /// Mostly audio.
    Podcast,
    /// Issued by an organisation about itself.
    PressRelease,
    /// Paid for.
    Sponsored,
    /// A section front, tag page, author's page or archive.
    Listing,
    /// The front page of a site.
    HomePage,
    /// Results of a search.
    SearchResults,
    /// A thread of a forum, or the list of its threads.
    Forum,
    /// A product, or a list of products.
    Product,
    /// A page that says that there is none.
    ErrorPage,
    /// Nothing of the above: a company's service, a form, a manual …
    NotArticle,
}

impl Kind {
    /// Whether pages of this kind show the beginnings of stories.
    pub(crate) fn lists(self) -> bool {
        matches!(self, Self::Listing | Self::HomePage | Self::SearchResults)
    }
}

/// Whether the whole story is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Completeness {
    /// As far as can be told.
    Complete,
    /// The beginning of a story whose rest is for subscribers.
    Teaser,
    /// Cut by a limit of this engine.
    Truncated,
    /// No story to be complete.
    None,
}

/// Where the body was read from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BodyOrigin {
    /// The page's markup.
    Markup,
    /// `articleBody` of a JSON-LD script.
    JsonLd,
    /// Application state (Next.js, Nuxt, Apollo …).
    State,
    /// Plain text.
    Text,
    /// There is no body.
    #[default]
    None,
}

/// Text with inline marks. White space is collapsed; `\n` stands for a line break of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Text {
    /// The characters.
    pub text: String,
    /// Marks, sorted by start, then longest first. They nest and never cross.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

impl Text {
    /// Text without marks.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), marks: Vec::new() }
    }

    /// Whether there are no characters.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// A marked range of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// First unit of the range (see [`Article::offset_unit`]).
    pub start: u32,
    /// One past the last unit.
    pub end: u32,
    /// What it is.
    #[serde(flatten)]
    pub kind: MarkKind,
}

/// Kinds of [`Mark`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "mark", rename_all = "snake_case")]
pub enum MarkKind {
    /// A link.
    Link {
        /// Absolute `http`, `https` or `mailto` address.
        url: String,
    },
    /// Emphasis (`em`, `i`).
    Emphasis,
    /// Strong emphasis (`strong`, `b`).
    Strong,
    /// Code.
    Code,
}

/// A block of the story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
    /// Where it stood in the source; empty for blocks read from data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<SourceRange>,
}

/// Kinds of [`Block`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum BlockKind {
    /// A paragraph.
    Paragraph {
        /// Its text.
        #[serde(flatten)]
        text: Text,
    },
    /// A heading inside the story.
    Heading {
        /// 2 to 6: level 1 is the headline.
        level: u8,
        /// Its text.
        #[serde(flatten)]
        text: Text,
    },
    /// A list.
    List {
        /// Numbered.
        ordered: bool,
        /// Its items.
        items: Vec<ListItem>,
    },
    /// A quotation set apart.
    BlockQuote {
        /// Its text; `\n` between paragraphs.
        #[serde(flatten)]
        text: Text,
        /// Who said it, where the markup tells.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attribution: Option<String>,
    },
    /// A sentence of the story repeated as decoration. Not part of [`Article::text`].
    PullQuote {
        /// Its text.
        #[serde(flatten)]
        text: Text,
    },
    /// A table.
    Table {
        /// Its caption.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
        /// Rows of cells, top to bottom.
        rows: Vec<Vec<Cell>>,
    },
    /// A picture. Not part of [`Article::text`].
    Figure {
        /// The picture.
        #[serde(flatten)]
        image: Image,
    },
    /// A post, video or document of another platform. Not part of [`Article::text`].
    Embed {
        /// Platform, lower case (`youtube`, `x`, `instagram` …), or the host name.
        platform: String,
        /// Address of what is embedded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        url: Option<String>,
        /// Text quoted in the page, where there is any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quoted: Option<String>,
    },
    /// Program text or the like: white space is kept.
    Code {
        /// Its text.
        text: String,
    },
    /// One turn of an interview.
    Turn {
        /// Question or answer.
        role: TurnRole,
        /// Its text.
        #[serde(flatten)]
        text: Text,
    },
    /// One entry of a live blog.
    LiveEntry {
        /// Its time, as precise as stated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<String>,
        /// Its heading.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heading: Option<String>,
        /// Its blocks.
        blocks: Vec<Block>,
    },
    /// A correction, clarification or editor's note.
    Note {
        /// Its text.
        #[serde(flatten)]
        text: Text,
    },
    /// The deck (standfirst): the summary set between headline and story.
    Deck {
        /// Its text.
        #[serde(flatten)]
        text: Text,
    },
    /// One point of a summary that stands before the story.
    SummaryBullet {
        /// Its text.
        #[serde(flatten)]
        text: Text,
    },
}

/// Role of a [`BlockKind::Turn`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TurnRole {
    /// Asked by the interviewer.
    Question,
    /// Answered.
    Answer,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListItem {
    /// Nesting, 0 for items of the list itself.
    pub depth: u8,
    /// Its text.
    #[serde(flatten)]
    pub text: Text,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// `th`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub header: bool,
    /// Columns it spans, at least 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub columns: u16,
    /// Its text.
    #[serde(flatten)]
    pub text: Text,
}

fn one() -> u16 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_one(n: &u16) -> bool {
    *n == 1
}

/// A picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Image {
    /// Absolute address.
    pub url: String,
    /// Text for those who cannot see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// Caption, without the credit where the markup parts them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Photographer or agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// Width in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// A reader's comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Comment {
    /// Its paragraphs, `\n` between them.
    pub text: String,
    /// Where it stood.
    pub source: SourceRange,
}

impl Block {
    /// The block's own lines of running text: what [`Article::text`] joins. Empty for figures,
    /// embeds and pull quotes.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.borrowed_lines().map(Cow::into_owned).collect()
    }

    /// As [`lines`](Self::lines), borrowed where they stand in the block as they are.
    pub(crate) fn borrowed_lines(&self) -> impl Iterator<Item = Cow<'_, str>> {
        layout::parts(self).into_iter().map(|(_, line)| line)
    }
}

impl Article {
    /// The story as text: blocks joined by blank lines, items of lists and rows of tables by line
    /// breaks. Figures, embeds and pull quotes are left out.
    #[must_use]
    pub fn text(&self) -> String {
        self.layout().text().to_owned()
    }

    /// The story as text, with what maps ranges between it and the blocks.
    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout::of(&self.blocks)
    }

    /// The article with every text range counted in `unit`.
    #[must_use]
    pub fn with_offsets(mut self, unit: OffsetUnit) -> Self {
        let from = self.offset_unit;
        if from != unit {
            self.convert_spans(from, unit);
            for block in &mut self.blocks {
                for_each_text(block, &mut |text| convert(text, from, unit));
            }
            self.offset_unit = unit;
        }
        self
    }

    /// Converts the ranges that stand outside the blocks they count in.
    fn convert_spans(&mut self, from: OffsetUnit, to: OffsetUnit) {
        let blocks = &self.blocks;
        let lines = |index| Some(blocks.get(index as usize)?.lines().join("\n").into());
        let mut converter = Converter { from, to, text: lines, tables: BTreeMap::new() };
        if let Some(dateline) = &mut self.wire.dateline {
            let mut span = Span { block: dateline.block, start: dateline.start, end: dateline.end };
            converter.convert(&mut span);
            (dateline.start, dateline.end) = (span.start, span.end);
        }
        if let Some(reading) = &mut self.reading {
            reading.for_each_span(|span| converter.convert(span));
        }
    }
}

/// Counts spans in another unit. `text` gives the text of a block.
struct Converter<F> {
    from: OffsetUnit,
    to: OffsetUnit,
    text: F,
    /// Offsets of the blocks seen; `None` where all units agree.
    tables: BTreeMap<u32, Option<OffsetTable>>,
}

impl<'t, F: Fn(u32) -> Option<Cow<'t, str>>> Converter<F> {
    fn convert(&mut self, span: &mut Span) {
        let table = self.tables.entry(span.block).or_insert_with(|| {
            let text = (self.text)(span.block)?;
            (!text.is_ascii()).then(|| OffsetTable::new(&text))
        });
        if let Some(table) = table {
            span.start = table.map(span.start, self.from, self.to);
            span.end = table.map(span.end, self.from, self.to);
        }
    }
}

/// Calls `visit` on every [`Text`] of a block, nested ones too.
fn for_each_text(block: &mut Block, visit: &mut impl FnMut(&mut Text)) {
    match &mut block.kind {
        BlockKind::Paragraph { text }
        | BlockKind::Heading { text, .. }
        | BlockKind::BlockQuote { text, .. }
        | BlockKind::PullQuote { text }
        | BlockKind::Turn { text, .. }
        | BlockKind::Note { text }
        | BlockKind::Deck { text }
        | BlockKind::SummaryBullet { text } => visit(text),
        BlockKind::List { items, .. } => items.iter_mut().for_each(|i| visit(&mut i.text)),
        BlockKind::Table { rows, .. } => {
            rows.iter_mut().flatten().for_each(|c| visit(&mut c.text));
        }
        // Live entries hold plain blocks only, so this goes one level down.
        BlockKind::LiveEntry { blocks, .. } => {
            for block in blocks {
                for_each_text(block, visit);
            }
        }
        BlockKind::Figure { .. } | BlockKind::Embed { .. } | BlockKind::Code { .. } => {}
    }
}

fn convert(text: &mut Text, from: OffsetUnit, to: OffsetUnit) {
    if text.text.is_ascii() || text.marks.is_empty() {
        return;
    }
    if from == OffsetUnit::Utf8 && text.marks.len() <= FEW_MARKS {
        for mark in &mut text.marks {
            mark.start = units_before(&text.text, mark.start, to);
            mark.end = units_before(&text.text, mark.end, to);
        }
        return;
    }
    let table = OffsetTable::new(&text.text);
    for mark in &mut text.marks {
        mark.start = table.map(mark.start, from, to);
        mark.end = table.map(mark.end, from, to);
    }
}

/// Marks up to which it is cheaper to count before each than to make a table.
const FEW_MARKS: usize = 16;

/// Units before a byte of the text, or before the character that it is part of.
fn units_before(text: &str, byte: u32, unit: OffsetUnit) -> u32 {
    let before = text.get(..text.floor_char_boundary(byte as usize)).unwrap_or_default();
    let units = match unit {
        OffsetUnit::Utf8 => before.len(),
        OffsetUnit::Utf16 => before.encode_utf16().count(),
        OffsetUnit::Codepoint => before.chars().count(),
    };
    units as u32
}

/// Where the runs of characters of one length begin and the last one ends, in the three units: a text of
/// a language has two runs a word at most, and most have far fewer.
struct OffsetTable(Vec<[u32; 3]>);

impl OffsetTable {
    fn new(text: &str) -> Self {
        let (mut at, mut last) = ([0u32; 3], [0u32; 3]);
        let mut runs = Vec::new();
        for c in text.chars() {
            let own = [c.len_utf8() as u32, c.len_utf16() as u32, 1];
            if own != last {
                runs.push(at);
                last = own;
            }
            at = [at[0] + own[0], at[1] + own[1], at[2] + own[2]];
        }
        runs.push(at);
        Self(runs)
    }

    /// The boundary at `offset` in another unit; the last one before it for an offset that is none.
    fn map(&self, offset: u32, from: OffsetUnit, to: OffsetUnit) -> u32 {
        let run = self.0.partition_point(|run| run[from as usize] <= offset).saturating_sub(1);
        let Some(start) = self.0.get(run) else { return offset };
        let Some(end) = self.0.get(run + 1) else { return start[to as usize] };
        let length = |unit: usize| (end[unit] - start[unit]) / (end[2] - start[2]).max(1);
        let characters = (offset - start[from as usize]) / length(from as usize).max(1);
        start[to as usize] + characters * length(to as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_counted_in_every_unit() {
        let units = [OffsetUnit::Utf8, OffsetUnit::Utf16, OffsetUnit::Codepoint];
        for text in ["", "abc", "é", "aé", "Ünïted 🙂🙂 “ok” Москва 東京.", "🙂a🙂"]
        {
            let table = OffsetTable::new(text);
            let counts = |c: char| [c.len_utf8() as u32, c.len_utf16() as u32, 1];
            let mut boundaries = vec![[0; 3]];
            for own in text.chars().map(counts) {
                let last = boundaries[boundaries.len() - 1];
                boundaries.push(std::array::from_fn(|unit| last[unit] + own[unit]));
            }
            for (from, to) in units.iter().flat_map(|from| units.map(|to| (*from, to))) {
                for offset in 0..=text.len() as u32 + 2 {
                    let before = boundaries.iter().rfind(|own| own[from as usize] <= offset);
                    let expected = before.map(|own| own[to as usize]);
                    assert_eq!(Some(table.map(offset, from, to)), expected, "{text} {offset}");
                    if from == OffsetUnit::Utf8 {
                        assert_eq!(
                            Some(units_before(text, offset, to)),
                            expected,
                            "{text} {offset}"
                        );
                    }
                }
            }
        }
    }
}
