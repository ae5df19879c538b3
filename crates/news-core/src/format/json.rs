//! The model as JSON, whole or some fields of it.

mod writer;

use std::borrow::Cow;
use std::io;

use serde::{Serialize, Serializer};

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
    let mut out = writer::write(record, style).unwrap_or_else(|| "null".to_owned());
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
    writer::write_to(record, style, out)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_in_pieces_it_is_the_same() {
        let record = ["", "a\u{7f}b", "\u{85}é\u{2028}", "\u{202e}\"\n\\", "東京 🙂"];
        for style in [JsonStyle::Indented, JsonStyle::Line] {
            let mut out = Vec::new();
            write_json(&record, style, &mut out).expect("a Vec takes all");
            assert_eq!(String::from_utf8(out).as_deref(), Ok(to_json(&record, style).as_str()));
        }
    }
}
