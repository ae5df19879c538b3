//! Refusals and warnings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why an input was refused. Bad *content* is never an error: it gives an article with warnings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing to read: not one letter or digit.
    #[error("the input is empty: nothing to read")]
    Empty,
    /// Larger than [`Limits::input_bytes`](crate::Limits).
    #[error("the input has {bytes} bytes, more than the limit input_bytes = {limit}")]
    TooLarge {
        /// Size of the input.
        bytes: usize,
        /// The limit in force.
        limit: usize,
    },
    /// Not a page or a text: the name says what it looks like.
    #[error("the input is no page or text: it looks like {looks_like}")]
    NotText {
        /// A file format, or "binary data".
        looks_like: &'static str,
    },
}

impl Error {
    /// Stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::NotText { .. } => "not_text",
        }
    }
}

/// Something the reader of the article should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// Stable name for programs.
    pub code: WarningCode,
    /// The same for people, with the figures.
    pub message: String,
}

/// Kinds of [`Warning`].
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WarningCode {
    /// Bytes that are invalid in the encoding were replaced by U+FFFD.
    ReplacedBytes,
    /// The page declares an encoding that its bytes contradict.
    WrongCharset,
    /// Elements below [`Limits::depth`](crate::Limits) were flattened.
    DepthLimit,
    /// The page was cut at [`Limits::nodes`](crate::Limits).
    NodeLimit,
    /// Attributes beyond [`Limits::attributes`](crate::Limits) were dropped.
    AttributeLimit,
    /// The page's base is so long that its addresses would outgrow the page: relative ones count from the
    /// base's folder, or are left out.
    LongBase,
    /// The page ends within a tag: what follows its opening bracket was not read.
    UnfinishedTag,
    /// Formatting elements were not opened, because too many were open.
    FormattingLimit,
    /// Values of a field beyond [`Limits::values`](crate::Limits) were left out.
    ValueLimit,
    /// Table cells that span more than [`Limits::table_columns`](crate::Limits) were narrowed.
    TableLimit,
    /// Rows of tables after [`Limits::table_cells`](crate::Limits) were left out.
    CellLimit,
    /// Blocks after [`Limits::blocks`](crate::Limits) were left out.
    BlockLimit,
    /// What the text says after [`Limits::text_bytes`](crate::Limits) was not read; the text is there.
    TextLimit,
    /// The steps of [`Limits::work`](crate::Limits) were used up, and something was not done.
    WorkLimit,
    /// A JSON-LD or state script was not valid JSON.
    BrokenJson,
    /// A JSON script was over [`Limits::json_bytes`](crate::Limits) or
    /// [`Limits::json_depth`](crate::Limits), or had more than
    /// [`Limits::json_values`](crate::Limits).
    JsonLimit,
    /// The page is no article: see the verdict.
    NotAnArticle,
    /// The page is an article, but no body was found.
    NoBody,
    /// The body stands only in data (JSON-LD or application state), not in the markup.
    BodyFromData,
    /// The page holds further stories after the first.
    SeveralStories,
    /// A value was less sure than [`Options::min_confidence`](crate::Options) and left out.
    LowConfidence,
}

impl WarningCode {
    /// Whether it says that text of the page is not in the article.
    pub(crate) fn cuts_text(self) -> bool {
        matches!(self, Self::NodeLimit | Self::CellLimit | Self::BlockLimit)
    }

    /// Whether it says that text was cut off, or not read.
    pub(crate) fn cuts(self) -> bool {
        self.cuts_text() || matches!(self, Self::TextLimit | Self::WorkLimit)
    }
}

impl Warning {
    pub(crate) fn new(code: WarningCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}
