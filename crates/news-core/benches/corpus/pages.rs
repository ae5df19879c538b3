//! The pages that benchmarks read.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use flate2::read::MultiGzDecoder;
use news_core::format::{FormatOptions, JsonStyle, into_document, to_json};
use news_core::{Options, Source, extract};
use serde_json::Value;

/// A page as text, so that all stages start from the same.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) url: String,
}

/// The pages that the `gold.jsonl` of a folder names.
pub(crate) fn read(folder: &Path) -> Vec<Page> {
    let gold = fs::read_to_string(folder.join("gold.jsonl")).expect("a readable gold.jsonl");
    let lines = gold.lines().map(|line| serde_json::from_str::<Value>(line).expect("a JSON line"));
    lines.map(|record| read_page(folder, &record)).collect()
}

fn read_page(folder: &Path, record: &Value) -> Page {
    let path = folder.join(record["page"].as_str().expect("the path of a page"));
    let mut bytes = fs::read(&path).expect("a readable page");
    if path.extension().is_some_and(|end| end == "gz") {
        let packed = std::mem::take(&mut bytes);
        MultiGzDecoder::new(&*packed).read_to_end(&mut bytes).expect("gzip");
    }
    let url = record["url"].as_str().unwrap_or_default().to_owned();
    Page { text: String::from_utf8_lossy(&bytes).into_owned(), url }
}

impl Page {
    pub(crate) fn source(&self) -> Source<'_> {
        Source { url: (!self.url.is_empty()).then_some(&self.url), ..Source::text(&self.text) }
    }

    /// The article without what its story says, as JSON.
    pub(crate) fn to_json(&self) -> String {
        let article = extract(&self.source(), &Options { reading: false, ..Options::default() });
        let options = FormatOptions::default();
        let json = |article| to_json(&into_document(article, &options), JsonStyle::Line);
        article.map(json).unwrap_or_default()
    }
}
