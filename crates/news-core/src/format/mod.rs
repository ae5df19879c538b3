//! The article as JSON, Markdown, text and HTML.
//!
//! JSON is the model itself. The other three are built from an allow-list: page text is escaped
//! for the format it goes into, and only `http`, `https` and `mailto` addresses come out, as the
//! `url` crate writes them.

mod clean;
mod fields;
mod html;
mod inline;
mod json;
mod markdown;
mod plain;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::article::{Article, Block, BlockKind, OffsetUnit};

pub use clean::without_controls;
pub use fields::{FieldPath, METADATA_FIELDS, UnknownField};
pub use json::{Document, JsonStyle, document, to_json};

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// The model, indented.
    Json,
    /// The model on one line.
    Ndjson,
    /// CommonMark with GFM tables.
    Markdown,
    /// Readable plain text.
    Text,
    /// Clean HTML.
    Html,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Json, Self::Ndjson, Self::Markdown, Self::Text, Self::Html];

    /// Its name, as [`FromStr`] reads it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::Html => "html",
        }
    }

    /// Its media type, with the charset where the type has one.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
        }
    }

    /// Extension of files in this format, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Text => "txt",
            other => other.name(),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No format has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown format {0:?}: use json, ndjson, markdown, text or html")]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    /// Reads a name, an extension, or `jsonl`.
    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let known = |f: &Self| f.name() == name || f.extension() == name;
        match name {
            "jsonl" => Ok(Self::Ndjson),
            _ => Self::ALL.into_iter().find(known).ok_or_else(|| UnknownFormat(name.to_owned())),
        }
    }
}

/// How to write.
#[derive(Debug, Clone)]
pub struct FormatOptions {
    /// JSON: unit of text ranges. Default: code points.
    pub offset_unit: OffsetUnit,
    /// JSON: only these fields, in this order. Default: all.
    pub fields: Option<Vec<FieldPath>>,
    /// A file of its own: HTML with `<head>`, Markdown with front matter. Default: a fragment.
    pub standalone: bool,
}

impl Default for FormatOptions {
    fn default() -> Self {
        Self { offset_unit: OffsetUnit::Codepoint, fields: None, standalone: false }
    }
}

/// The article in `format`, ending with a line break.
#[must_use]
pub fn write(article: &Article, format: Format, options: &FormatOptions) -> String {
    match format {
        Format::Json => to_json(&document(article, options), JsonStyle::Indented),
        Format::Ndjson => to_json(&document(article, options), JsonStyle::Line),
        Format::Markdown => markdown::write(&in_bytes(article), options.standalone),
        Format::Text => plain::write(article),
        Format::Html => html::write(&in_bytes(article), options.standalone),
    }
}

/// The JSON Schema of [`Article`].
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Article).into()
}

/// The article with ranges in UTF-8 bytes, as the writers need them.
fn in_bytes(article: &Article) -> Cow<'_, Article> {
    in_unit(article, OffsetUnit::Utf8)
}

fn in_unit(article: &Article, unit: OffsetUnit) -> Cow<'_, Article> {
    if article.offset_unit == unit {
        Cow::Borrowed(article)
    } else {
        Cow::Owned(article.clone().with_offsets(unit))
    }
}

/// `Ana Ruiz, Bo Ek · 2024-05-02 · Daily`: what stands under the headline. Empty when nothing is
/// known.
fn byline(article: &Article) -> String {
    let meta = &article.metadata;
    let authors = meta.authors.iter().map(|field| {
        field.value.iter().map(|author| author.name.as_str()).collect::<Vec<_>>().join(", ")
    });
    let published = meta.published.iter().map(|field| field.value.to_string());
    let site = meta.site_name.iter().map(|field| field.value.clone());
    authors
        .chain(published)
        .chain(site)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// The deck for the head of an article: empty where the blocks hold it already.
fn deck(article: &Article) -> &str {
    let is_deck = |block: &Block| matches!(block.kind, BlockKind::Deck { .. });
    let stated = article.metadata.deck.as_ref().map_or("", |field| &field.value);
    if article.blocks.iter().any(is_deck) { "" } else { stated }
}

/// Adjacent blocks of one list: the summary bullets that follow each other.
fn is_bullet(block: &Block) -> bool {
    matches!(block.kind, BlockKind::SummaryBullet { .. })
}
