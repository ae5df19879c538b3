//! The article as JSON, Markdown, text and HTML, and in the formats of newsrooms and corpora.
//!
//! JSON is the model itself. The others are built from an allow-list: page text is escaped
//! for the format it goes into, and only `http`, `https` and `mailto` addresses come out, as the
//! `url` crate writes them.

mod clean;
mod fields;
mod html;
mod inline;
mod json;
mod jsonld;
mod markdown;
mod ninjs;
mod nitf;
mod plain;
mod record;
mod spans;
mod tei;
mod xml;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::article::{Article, Block, BlockKind, OffsetUnit};
use crate::provenance::Field;

pub use clean::without_controls;
pub use fields::{FieldPath, METADATA_FIELDS, UnknownField};
pub use json::{Document, JsonStyle, document, into_document, to_json, write_json};

/// What says that it wrote a document.
const GENERATOR: &str = concat!("news ", env!("CARGO_PKG_VERSION"));

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
    /// A `NewsArticle` of schema.org, in JSON-LD.
    JsonLd,
    /// IPTC ninjs 3.0, news in JSON.
    Ninjs,
    /// IPTC NITF 3.6, news in XML.
    Nitf,
    /// TEI P5, for corpora.
    Tei,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 9] = [
        Self::Json,
        Self::Ndjson,
        Self::Markdown,
        Self::Text,
        Self::Html,
        Self::JsonLd,
        Self::Ninjs,
        Self::Nitf,
        Self::Tei,
    ];

    /// Its name, as [`FromStr`] reads it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::Html => "html",
            Self::JsonLd => "jsonld",
            Self::Ninjs => "ninjs",
            Self::Nitf => "nitf",
            Self::Tei => "tei",
        }
    }

    /// Its media type, with the charset where the type has one. Those of ninjs and NITF are in use
    /// but not registered; IANA's `application/vnd.nitf` is a format of images.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::JsonLd => "application/ld+json",
            Self::Ninjs => "application/ninjs+json",
            Self::Nitf => "application/nitf+xml",
            Self::Tei => "application/tei+xml",
        }
    }

    /// The standard that it follows, with its version.
    #[must_use]
    pub fn standard(self) -> &'static str {
        match self {
            Self::Json => "The article model, indented",
            Self::Ndjson => "The article model on one line",
            Self::Markdown => "CommonMark 0.31 with the tables of GFM",
            Self::Text => "Plain text",
            Self::Html => "HTML, a fragment or a file",
            Self::JsonLd => "JSON-LD 1.1: `NewsArticle` of schema.org 29 and its kin",
            Self::Ninjs => "IPTC ninjs 3.0; the media type is in use, not registered",
            Self::Nitf => "IPTC NITF 3.6; the media type is in use, not registered",
            Self::Tei => "TEI P5 4.8",
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
#[error("unknown format {0:?}: use json, ndjson, markdown, text, html, jsonld, ninjs, nitf or tei")]
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
        Format::JsonLd => jsonld::write(article),
        Format::Ninjs => ninjs::write(article),
        Format::Nitf => nitf::write(article),
        Format::Tei => tei::write(article),
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

/// The value of a field, where it is stated.
fn value<T>(field: Option<&Field<T>>) -> Option<&T> {
    field.map(|field| &field.value)
}

/// The language where it looks like a tag of BCP 47, else nothing.
fn language(article: &Article) -> &str {
    let tag = value(article.metadata.language.as_ref()).map_or("", String::as_str);
    let is_tag = tag.len() <= 35 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if is_tag { tag } else { "" }
}

/// The blocks in runs by their places, and whether a run is the bullets of one summary.
fn runs(blocks: &[Block]) -> impl Iterator<Item = (bool, Range<usize>)> {
    let mut at = 0;
    blocks.chunk_by(|a, b| is_bullet(a) == is_bullet(b)).map(move |run| {
        let range = at..at + run.len();
        at = range.end;
        (run.first().is_some_and(is_bullet), range)
    })
}

/// Adjacent blocks of one list: the summary bullets that follow each other.
fn is_bullet(block: &Block) -> bool {
    matches!(block.kind, BlockKind::SummaryBullet { .. })
}
