//! Where a value came from, and why something was kept or dropped.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Bytes `start..end` of the decoded source (the input itself where that is UTF-8 without a byte
/// order mark).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Kind of place in which a value was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Place {
    /// A schema.org JSON-LD script.
    JsonLd,
    /// Application state (Next.js, Nuxt, Apollo …).
    State,
    /// `<meta property="og:…">` or `article:…`.
    OpenGraph,
    /// `itemprop`.
    Microdata,
    /// RDFa `property` with `typeof`.
    Rdfa,
    /// Any other `<meta>`.
    Meta,
    /// `<link>`.
    Link,
    /// The document's `<title>`.
    Title,
    /// Visible markup.
    Markup,
    /// The prose itself.
    Text,
    /// The address of the page.
    Url,
    /// The caller.
    Caller,
}

/// Where a value was stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// Kind of place.
    pub place: Place,
    /// Name of the place: a JSON path (`NewsArticle.headline`), a meta name (`og:title`), or the
    /// rule that read the markup (`h1`, `time[datetime]`).
    pub key: String,
    /// Where in the source, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<SourceRange>,
}

/// A value as one place states it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Found<T> {
    /// The value, cleaned.
    pub value: T,
    /// The string it was read from, white space collapsed.
    pub raw: String,
    /// Where it stood.
    pub origin: Origin,
}

/// A field of the metadata: the value believed, and what else was stated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Field<T> {
    /// The value believed, cleaned.
    pub value: T,
    /// The string it was read from, white space collapsed.
    pub raw: String,
    /// Where it stood.
    pub origin: Origin,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// Other values that were stated, in falling order of trust.
    #[serde(skip_serializing_if = "Vec::is_empty", default = "none_rejected::<T>")]
    pub rejected: Vec<Found<T>>,
}

fn none_rejected<T>() -> Vec<Found<T>> {
    Vec::new()
}

/// What happened to a piece of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// In the article.
    Kept,
    /// Left out.
    Removed,
}

/// Why a piece of the page was kept or removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// What happened.
    pub fate: Fate,
    /// The rule that decided.
    pub rule: String,
    /// What the rule measured, when it measures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<f32>,
    /// The limit it was held against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<f32>,
    /// Where in the tree: tag names with id or first class, outermost first.
    pub path: String,
    /// The text, cut to 120 characters.
    pub text: String,
    /// Where in the source.
    pub range: SourceRange,
}

/// A value that was found and not given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Withheld {
    /// Name of the field: `body`, or one of the metadata.
    pub field: String,
    /// The value, as the article would have it; of the body its text.
    pub value: serde_json::Value,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// Where it stood; `None` for the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// The decisions behind an article, in page order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Trace {
    /// One for each text block of the page.
    pub decisions: Vec<Decision>,
    /// Values left out because they were less sure than [`Options::min_confidence`](crate::Options).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<Withheld>,
    #[serde(skip)]
    on: bool,
}

impl Trace {
    pub(crate) fn off() -> Self {
        Self::default()
    }

    pub(crate) fn on() -> Self {
        Self { on: true, ..Self::default() }
    }

    /// Records what was withheld; does nothing when nobody listens.
    pub(crate) fn withhold(&mut self, withheld: impl FnOnce() -> Withheld) {
        if self.on {
            self.withheld.push(withheld());
        }
    }

    /// Records what `decision` gives; does nothing when nobody listens.
    pub(crate) fn record(&mut self, decision: impl FnOnce() -> Decision) {
        if self.on {
            self.decisions.push(decision());
        }
    }
}
