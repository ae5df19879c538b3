//! Readers of short strings by themselves, for the fuzz targets of `tests/src/targets.rs`.

use std::ops::Range;

use serde_json::Value;

use crate::metadata::date::{self, DateHint};
use crate::metadata::{Author, Moment, byline, repair};

/// The text as one date; in a page of this language, where it is known.
pub fn date(text: &str, language: Option<&str>) -> Option<Moment> {
    date::read(text, &hint(language))
}

/// The first date in a text and where it stands, in bytes.
pub fn date_in(text: &str, language: Option<&str>) -> Option<(Range<usize>, Moment)> {
    date::find(text, &hint(language))
}

/// The day in an address.
pub fn date_of_address(address: &str) -> Option<Moment> {
    date::from_url(address)
}

fn hint(language: Option<&str>) -> DateHint<'_> {
    DateHint { language, ..DateHint::default() }
}

/// Whom a byline names; stated as an author, or seen on the page.
pub fn authors(text: &str, is_stated: bool) -> Vec<Author> {
    byline::read(text, &byline::BylineContext { is_stated, ..byline::BylineContext::default() })
}

/// The JSON of a script, repaired.
pub fn json(script: &str) -> Option<Value> {
    repair::parse(script).map(Value::from)
}
