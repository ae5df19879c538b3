//! What the story says, as part of the model: ranges into its blocks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Article, Converter, Layout, OffsetUnit};
use crate::reading;
use crate::reading::time::{Anchor, Modifier, Reference, TimeKind};

/// What the story says. Lists are in reading order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// Sentences of the blocks. They do not overlap and leave out nothing but white space.
    pub sentences: Vec<Span>,
    /// Dates and times said in the text. They do not overlap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<TimeMention>,
}

/// A [`Reading`] beside the texts it is a reading of, without the rest of the article.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Readout {
    /// Unit of every range below.
    pub offset_unit: OffsetUnit,
    /// Language as a BCP 47 tag. `None`: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The text of each block, in which the ranges of that block count.
    pub texts: Vec<String>,
    /// What they say.
    pub reading: Reading,
}

impl Readout {
    /// Reads a text as it stands: one block, a paragraph a line, nothing taken for page junk,
    /// headline or sign-off.
    #[must_use]
    pub fn of_text(text: &str, language: Option<&str>, anchor: Option<&Anchor>) -> Self {
        Self {
            offset_unit: OffsetUnit::Utf8,
            language: language.map(str::to_owned),
            texts: vec![text.to_owned()],
            reading: reading::read(&Layout::plain(text), language, anchor),
        }
    }

    /// The readout with every range counted in `unit`.
    #[must_use]
    pub fn with_offsets(mut self, unit: OffsetUnit) -> Self {
        let from = self.offset_unit;
        if from != unit {
            let texts = &self.texts;
            let text = |index| texts.get(index as usize).map(|text| text.as_str().into());
            let mut converter = Converter { from, to: unit, text, tables: BTreeMap::new() };
            self.reading.for_each_span(|span| converter.convert(span));
            self.offset_unit = unit;
        }
        self
    }
}

impl From<Article> for Readout {
    /// Keeps what was read; an article that was not read gives an empty reading.
    fn from(article: Article) -> Self {
        Self {
            offset_unit: article.offset_unit,
            language: article.metadata.language.map(|field| field.value),
            texts: article.blocks.iter().map(|block| block.lines().join("\n")).collect(),
            reading: article.reading.unwrap_or_default(),
        }
    }
}

/// A range of a block's text: of its [`lines`](super::Block::lines) joined by line breaks.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Span {
    /// Index of the block in [`Article::blocks`](super::Article::blocks).
    pub block: u32,
    /// First unit of the range (see [`Article::offset_unit`](super::Article::offset_unit)).
    pub start: u32,
    /// One past its last unit.
    pub end: u32,
}

/// A date or time said in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TimeMention {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// What sort of time it is.
    pub kind: TimeKind,
    /// The value as TIMEX3 writes it: `2024-05-02`, `2024-W18`, `P3D`, `XXXX-WXX-1`,
    /// `PRESENT_REF`. What could not be resolved is `X`.
    pub value: String,
    /// What "late" or "nearly" adds. `None`: the value as it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
    /// The date it was resolved against. `None`: it needed none, or there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Reference>,
}

impl Reading {
    /// Calls `visit` on every range.
    pub(super) fn for_each_span(&mut self, visit: impl FnMut(&mut Span)) {
        let times = self.times.iter_mut().map(|time| &mut time.span);
        self.sentences.iter_mut().chain(times).for_each(visit);
    }
}
