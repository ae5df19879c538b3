//! Entity tags: a digest of all that an answer depends on. The engine gives the same answer to the
//! same bytes and options, so the tag is known before the work.

use std::fmt::Write as _;

use news_core::format::Format;
use news_io::coding::Coding;
use ring::digest::{Context, SHA256};

use crate::request::{Page, PageBytes, ReadOptions};

/// Bytes of the digest that are shown.
const SHOWN: usize = 16;

/// A tag, before the content coding is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag(String);

impl Tag {
    pub(crate) fn of_page(page: &Page, format: Format, operation: &str) -> Self {
        let (kind, bytes) = match &page.bytes {
            PageBytes::Raw(bytes) => ("raw", bytes.as_slice()),
            PageBytes::Text(text) => ("text", text.as_bytes()),
        };
        let facts = format!(
            "{kind} {operation} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            page.url,
            page.content_type,
            page.charset,
            page.fetched_at,
            page.written,
            page.language,
            page.options,
        );
        Self::of(bytes, &facts, format)
    }

    pub(crate) fn of_json(bytes: &[u8], options: &ReadOptions, format: Format) -> Self {
        Self::of(bytes, &format!("convert {options:?}"), format)
    }

    fn of(bytes: &[u8], facts: &str, format: Format) -> Self {
        let mut context = Context::new(&SHA256);
        for part in [env!("CARGO_PKG_VERSION"), format.name(), facts] {
            context.update(&part.len().to_be_bytes());
            context.update(part.as_bytes());
        }
        context.update(bytes);
        let mut tag = String::new();
        for byte in context.finish().as_ref().iter().take(SHOWN) {
            let _ = write!(tag, "{byte:02x}");
        }
        Self(tag)
    }

    /// The header: the same answer packed in another way has another tag.
    pub(crate) fn header(&self, coding: Coding) -> String {
        match coding {
            Coding::Identity => format!("\"{}\"", self.0),
            coding => format!("\"{}-{}\"", self.0, coding.name()),
        }
    }

    /// Whether an `If-None-Match` names this answer, packed in whatever way.
    pub(crate) fn is_in(&self, list: &str) -> bool {
        list.split(',').any(|tag| {
            let tag = tag.trim().trim_start_matches("W/").trim_matches('"');
            tag == "*" || tag.split('-').next() == Some(&self.0)
        })
    }
}
