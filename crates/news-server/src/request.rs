//! What a request asks for: its query, its media type, its JSON.

use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use news_core::article::OffsetUnit;
use news_core::format::{FieldPath, Format, FormatOptions};
use news_core::{Content, Limits, Options, Source, checks};
use news_io::coding::Coding;
use news_io::fetch::charset_of;
use schemars::JsonSchema;
use serde::Deserialize;
use url::form_urlencoded;

use crate::negotiate::essence;
use crate::problem::{BAD_JSON, BAD_QUERY, BAD_VALUE, Problem, UNSUPPORTED_TYPE};

/// Characters of a detail that quotes the request.
const MAX_DETAIL: usize = 300;

/// What addresses, days and times, and languages look like, for the API description. The checks of
/// `news_core::checks` decide.
pub(crate) const URL: &str = r"^[Hh][Tt][Tt][Pp][Ss]?://[^/?#\s]+";
pub(crate) const MOMENT: &str =
    r"^(19|20)\d\d-(0[1-9]|1[0-2])(-(0[1-9]|1\d|2[0-8])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?Z?)?)?$";
pub(crate) const LANGUAGE: &str = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$";

/// How to read and how to write.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReadOptions {
    /// Read what the story says: sentences, times, entities, quotes. Default: true.
    #[schemars(with = "Option<bool>")]
    pub reading: Option<bool>,
    /// Read the readers' comments too.
    pub comments: bool,
    /// Give the main content of pages that are no article.
    pub any_page: bool,
    /// Leave out what is less sure than this, 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_confidence: f32,
    /// Unit of text offsets in JSON. Default: code points.
    #[schemars(with = "Option<OffsetUnit>")]
    pub offset_unit: Option<OffsetUnit>,
    /// Only these fields, as JSON: `headline`, `authors.name`, `text`, or paths of the schema.
    pub fields: Vec<String>,
    /// Write a file of its own: HTML with a head, Markdown with front matter.
    pub standalone: bool,
}

/// One page, as JSON: `html` or `text`, or a `url` to fetch.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[schemars(extend("oneOf" = one_source()))]
#[serde(deny_unknown_fields, default)]
pub struct ArticleRequest {
    /// Any JSON value; a batch gives it back with the answer.
    pub id: Option<serde_json::Value>,
    /// Where the page was fetched from. Alone: where to fetch it from.
    #[schemars(extend("format" = "uri", "pattern" = URL))]
    pub url: Option<String>,
    /// The page.
    #[schemars(extend("pattern" = r"\S"))]
    pub html: Option<String>,
    /// Plain text, such as wire copy.
    #[schemars(extend("pattern" = r"\S"))]
    pub text: Option<String>,
    /// When the page was fetched: an ISO 8601 day or time.
    #[schemars(extend("pattern" = MOMENT))]
    pub fetched_at: Option<String>,
    /// When the story was written, where neither dateline nor publication date tells: ISO 8601.
    #[schemars(extend("pattern" = MOMENT))]
    pub written: Option<String>,
    /// Language to assume where the page does not tell, BCP 47.
    #[schemars(extend("pattern" = LANGUAGE))]
    pub language: Option<String>,
    /// For a fetch: `ETag` of the copy at hand.
    pub if_none_match: Option<String>,
    /// For a fetch: `Last-Modified` of the copy at hand.
    pub if_modified_since: Option<String>,
    /// How to read and how to write.
    pub options: ReadOptions,
}

/// A request names one thing to read.
fn one_source() -> serde_json::Value {
    let is_text = serde_json::json!({ "type": "string" });
    let with = |name: &str, others: &[&str]| {
        let mut properties = serde_json::Map::from_iter([(name.to_owned(), is_text.clone())]);
        let none = |other: &&str| ((*other).to_owned(), serde_json::json!({ "type": "null" }));
        properties.extend(others.iter().map(none));
        serde_json::json!({ "required": [name], "properties": properties })
    };
    [with("html", &["text"]), with("text", &["html"]), with("url", &["html", "text"])].into()
}

/// The parameters of the query: the same as in JSON, for bodies that are the page itself.
pub const PARAMETERS: &[(&str, &str)] = &[
    (
        "url",
        "Where the page was fetched from: the base of its links. Nothing is requested from there",
    ),
    ("fetched_at", "When the page was fetched: an ISO 8601 day or time"),
    (
        "written",
        "When the story was written, where neither dateline nor publication date tells: ISO 8601",
    ),
    ("language", "Language to assume where the page does not tell, BCP 47"),
    ("format", "json, ndjson, markdown, text, html, jsonld, ninjs, nitf or tei, instead of Accept"),
    ("fields", "Only these fields, as JSON, parted by commas: `headline,authors.name,text`"),
    ("offset_unit", "Unit of text offsets in JSON: codepoint (default), utf8 or utf16"),
    ("reading", "false: leave out what the story says (sentences, times, entities, quotes)"),
    ("comments", "true: read the readers' comments too"),
    ("any_page", "true: give the main content of pages that are no article"),
    ("min_confidence", "Leave out what is less sure than this, 0 to 1"),
    ("standalone", "true: write a file of its own: HTML with a head, Markdown with front matter"),
];

/// A query as it was sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    pub(crate) url: Option<String>,
    pub(crate) fetched_at: Option<String>,
    pub(crate) written: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) format: Option<Format>,
    pub(crate) options: ReadOptions,
}

impl Query {
    pub(crate) fn parse(query: Option<&str>) -> Result<Self, Problem> {
        let mut out = Self::default();
        for (key, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            out.set(&key, &value).map_err(|why| {
                Problem::new(BAD_QUERY, cut(&format!("query parameter {key:?}: {why}")))
            })?;
        }
        Ok(out)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        match key {
            "url" => self.url = Some(checks::url(value)?),
            "fetched_at" => self.fetched_at = Some(checks::moment(value)?),
            "written" => self.written = Some(checks::moment(value)?),
            "language" => self.language = Some(checks::language(value)?),
            "format" => self.format = Some(value.parse().map_err(|e| format!("{e}"))?),
            "fields" => self.options.fields = value.split(',').map(str::to_owned).collect(),
            "offset_unit" => self.options.offset_unit = Some(unit(value)?),
            "reading" => self.options.reading = Some(flag(value)?),
            "comments" => self.options.comments = flag(value)?,
            "any_page" => self.options.any_page = flag(value)?,
            "min_confidence" => self.options.min_confidence = checks::share(value)?,
            "standalone" => self.options.standalone = flag(value)?,
            _ => {
                let known: Vec<_> = PARAMETERS.iter().map(|(name, _)| *name).collect();
                return Err(format!("not known: use {}", known.join(", ")));
            }
        }
        Ok(())
    }
}

fn flag(value: &str) -> Result<bool, String> {
    match value {
        "true" | "1" | "" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err("use true or false".to_owned()),
    }
}

fn unit(value: &str) -> Result<OffsetUnit, String> {
    serde_json::from_value(value.into()).map_err(|_| "use codepoint, utf8 or utf16".to_owned())
}

/// What the body is, by its media type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BodyKind {
    /// A page or a text, with the media type and charset it came with.
    Page { content_type: Option<String>, charset: Option<String> },
    /// JSON.
    Json,
}

impl BodyKind {
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        let Some(value) = headers.get(CONTENT_TYPE) else {
            return Ok(Self::Page { content_type: None, charset: None });
        };
        let value = value.to_str().unwrap_or_default();
        match essence(value).to_ascii_lowercase().as_str() {
            "application/json" => Ok(Self::Json),
            kind @ ("text/html" | "application/xhtml+xml" | "text/plain") => Ok(Self::Page {
                content_type: Some(kind.to_owned()),
                charset: charset_of(value).map(str::to_owned),
            }),
            _ => Err(Problem::new(
                UNSUPPORTED_TYPE,
                "send text/html, application/xhtml+xml, text/plain or application/json",
            )),
        }
    }
}

/// How the body is packed.
pub(crate) fn coding(headers: &HeaderMap) -> Result<Coding, Problem> {
    let values: Vec<_> = headers.get_all(CONTENT_ENCODING).iter().collect();
    let value = values.first().map(|value| value.to_str().unwrap_or("?"));
    match Coding::of_header(value) {
        Ok(coding) if values.len() < 2 => Ok(coding),
        _ => {
            Err(Problem::new(UNSUPPORTED_TYPE, "Content-Encoding: one of gzip, deflate, br, zstd"))
        }
    }
}

/// JSON of one request.
pub(crate) fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|error| Problem::new(BAD_JSON, cut(&error.to_string())))
}

/// The start of a message that quotes the request.
pub(crate) fn cut(message: &str) -> String {
    match message.char_indices().nth(MAX_DETAIL) {
        Some((at, _)) => format!("{}…", message.get(..at).unwrap_or_default()),
        None => message.to_owned(),
    }
}

/// A page and all that is known and wanted.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) bytes: PageBytes,
    pub(crate) url: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) charset: Option<String>,
    pub(crate) fetched_at: Option<String>,
    pub(crate) written: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) options: ReadOptions,
}

/// The page itself.
#[derive(Debug, Clone)]
pub(crate) enum PageBytes {
    Raw(Vec<u8>),
    Text(String),
}

impl Page {
    /// The body is the page; the query says the rest.
    pub(crate) fn raw(bytes: Vec<u8>, kind: &BodyKind, query: Query) -> Self {
        let (content_type, charset) = match kind {
            BodyKind::Page { content_type, charset } => (content_type.clone(), charset.clone()),
            BodyKind::Json => (None, None),
        };
        Self {
            bytes: PageBytes::Raw(bytes),
            url: query.url,
            content_type,
            charset,
            fetched_at: query.fetched_at,
            written: query.written,
            language: query.language,
            options: query.options,
        }
    }

    pub(crate) fn source(&self) -> Source<'_> {
        Source {
            content: match &self.bytes {
                PageBytes::Raw(bytes) => Content::Bytes(bytes),
                PageBytes::Text(text) => Content::Text(text),
            },
            url: self.url.as_deref(),
            charset: self.charset.as_deref(),
            content_type: self.content_type.as_deref(),
            fetched_at: self.fetched_at.as_deref(),
            written: self.written.as_deref(),
            language: self.language.as_deref(),
            ..Source::default()
        }
    }
}

/// What JSON asks for.
#[derive(Debug, Clone)]
pub(crate) enum Asked {
    /// Read this page.
    Page(Box<Page>),
    /// Fetch one.
    Fetch(Box<ArticleRequest>),
}

impl ArticleRequest {
    /// What the request asks for, with every value checked.
    pub(crate) fn check(self) -> Result<Asked, Problem> {
        let bad = |name: &str, why: String| Problem::new(BAD_VALUE, cut(&format!("{name}: {why}")));
        let checked = |name: &str, value: &Option<String>, check: Check| match value {
            Some(value) => check(value).map(|_| ()).map_err(|why| bad(name, why)),
            None => Ok(()),
        };
        checked("fetched_at", &self.fetched_at, checks::moment)?;
        checked("written", &self.written, checks::moment)?;
        checked("language", &self.language, checks::language)?;
        if !(0.0..=1.0).contains(&self.options.min_confidence) {
            return Err(bad("min_confidence", "not a number from 0 to 1".to_owned()));
        }
        let (bytes, content_type) = match (&self.html, &self.text) {
            (Some(_), Some(_)) => {
                return Err(Problem::new(BAD_VALUE, "give html or text, not both"));
            }
            (None, None) if self.url.is_none() => {
                return Err(Problem::new(BAD_VALUE, "give html, text or url"));
            }
            (None, None) => return Ok(Asked::Fetch(Box::new(self))),
            (Some(_), None) => (self.html, "text/html"),
            (None, Some(_)) => (self.text, "text/plain"),
        };
        checked("url", &self.url, checks::url)?;
        Ok(Asked::Page(Box::new(Page {
            bytes: PageBytes::Text(bytes.unwrap_or_default()),
            url: self.url,
            content_type: Some(content_type.to_owned()),
            charset: None,
            fetched_at: self.fetched_at,
            written: self.written,
            language: self.language,
            options: self.options,
        })))
    }
}

type Check = fn(&str) -> Result<String, String>;

impl ReadOptions {
    /// The engine's options. The server's own limits stand in front of the engine's.
    pub(crate) fn engine(&self) -> Options {
        Options {
            reading: self.reading.unwrap_or(true),
            comments: self.comments,
            any_page: self.any_page,
            min_confidence: self.min_confidence,
            limits: Limits::default(),
        }
    }

    /// How to write, or which name is wrong.
    pub(crate) fn format(&self) -> Result<FormatOptions, Problem> {
        let fields = self.fields.iter().map(|name| name.parse::<FieldPath>());
        let fields = fields.collect::<Result<Vec<_>, _>>();
        let fields = fields.map_err(|e| Problem::new(BAD_VALUE, cut(&format!("fields: {e}"))))?;
        Ok(FormatOptions {
            offset_unit: self.offset_unit.unwrap_or(OffsetUnit::Codepoint),
            fields: (!fields.is_empty()).then_some(fields),
            standalone: self.standalone,
        })
    }

    /// What JSON says over what the query says.
    #[must_use]
    pub(crate) fn or(self, query: &Self) -> Self {
        Self {
            reading: self.reading.or(query.reading),
            comments: self.comments || query.comments,
            any_page: self.any_page || query.any_page,
            min_confidence: self.min_confidence.max(query.min_confidence),
            offset_unit: self.offset_unit.or(query.offset_unit),
            fields: if self.fields.is_empty() { query.fields.clone() } else { self.fields },
            standalone: self.standalone || query.standalone,
        }
    }
}
