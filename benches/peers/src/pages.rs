//! The pages of a corpus.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde_json::Value;

/// A page as text, so that all start from the same.
pub(crate) struct Page {
    pub(crate) text: String,
    url: String,
}

impl Page {
    pub(crate) fn url(&self) -> Option<&str> {
        (!self.url.is_empty()).then_some(&self.url)
    }
}

/// The pages that the `gold.jsonl` of each folder names.
pub(crate) fn read(folders: &[String]) -> Vec<Page> {
    folders.iter().flat_map(|folder| of_folder(&PathBuf::from(folder))).collect()
}

fn of_folder(folder: &Path) -> Vec<Page> {
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
