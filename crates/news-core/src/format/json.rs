//! The model as JSON, whole or some fields of it.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

use serde::{Serialize, Serializer};

use super::clean::is_bidi_control;
use super::fields::{self, Picked};
use super::{FormatOptions, in_unit};
use crate::article::Article;

/// Layout of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonStyle {
    /// Indented by two spaces.
    Indented,
    /// On one line.
    Line,
}

/// What is serialised of an article under some options. It may be flattened into a larger record.
#[derive(Debug)]
pub struct Document<'a>(Content<'a>);

#[derive(Debug)]
enum Content<'a> {
    Whole(Box<Cow<'a, Article>>),
    Some(Picked),
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Content::Whole(article) => article.serialize(serializer),
            Content::Some(picked) => picked.serialize(serializer),
        }
    }
}

/// The part of `article` that `options` ask for, with ranges in their unit.
#[must_use]
pub fn document<'a>(article: &'a Article, options: &FormatOptions) -> Document<'a> {
    of(in_unit(article, options.offset_unit), options)
}

/// The same of an article that is no longer needed, without a copy of it.
#[must_use]
pub fn into_document(article: Article, options: &FormatOptions) -> Document<'static> {
    of(Cow::Owned(article.with_offsets(options.offset_unit)), options)
}

fn of<'a>(article: Cow<'a, Article>, options: &FormatOptions) -> Document<'a> {
    Document(match &options.fields {
        None => Content::Whole(Box::new(article)),
        Some(paths) => Content::Some(fields::pick(&article, paths)),
    })
}

/// `record` as JSON, ending with a line break.
///
/// Characters that act on a terminal (DEL, C1 and bidirectional controls) are escaped like those
/// below U+0020, which JSON escapes anyway. A record that cannot be serialised gives `null`; the
/// model always can.
#[must_use]
pub fn to_json<T: Serialize>(record: &T, style: JsonStyle) -> String {
    let json = match style {
        JsonStyle::Indented => serde_json::to_string_pretty(record),
        JsonStyle::Line => serde_json::to_string(record),
    };
    let mut out = escape(json.unwrap_or_else(|_| "null".to_owned()));
    out.push('\n');
    out
}

/// Writes what [`to_json`] gives piece by piece, so that the JSON of a long page is nowhere in memory whole.
///
/// # Errors
/// Those of `out`.
pub fn write_json<T: Serialize>(
    record: &T,
    style: JsonStyle,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let mut out = Escaped(out);
    match style {
        JsonStyle::Indented => serde_json::to_writer_pretty(&mut out, record)?,
        JsonStyle::Line => serde_json::to_writer(&mut out, record)?,
    }
    out.0.write_all(b"\n")
}

/// Escapes what JSON allows raw. It is handed whole characters, as `serde_json` cuts strings at ASCII.
struct Escaped<'w, W>(&'w mut W);

impl<W: io::Write> io::Write for Escaped<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.iter().all(|byte| *byte <= b'~') {
            return self.0.write_all(bytes);
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => self.0.write_all(escape(text.to_owned()).as_bytes()),
            Err(_) => self.0.write_all(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Escapes what JSON allows raw. Such characters stand only inside strings.
fn escape(json: String) -> String {
    if !json.chars().any(needs_escape) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if needs_escape(c) {
            let _ = write!(out, "\\u{:04x}", c as u32);
        } else {
            out.push(c);
        }
    }
    out
}

fn needs_escape(c: char) -> bool {
    c > '~' && (c <= '\u{9f}' || matches!(c, '\u{2028}' | '\u{2029}') || is_bidi_control(c))
}
