//! What the fuzzers begin with, taken from the fixtures.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use news_core::{Options, extract};
use news_io::coding::{Coding, pack};

use crate::mutant::Lcg;
use crate::{Fixture, root};

/// Longest part of a page that becomes a seed, in bytes: small inputs are read often.
const LONGEST: usize = 24 << 10;
/// Trees that are drawn, and their size in bytes.
const TREES: usize = 40;
const TREE_BYTES: usize = 160;

/// Seeds of the target of this name; none for names that are not known.
///
/// # Panics
/// If a fixture cannot be read.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    match target {
        "page" => pages().map(|page| page.bytes).collect(),
        "charset" => pages().map(|page| chosen(0, &page.bytes)).collect(),
        "tree" => trees(),
        "text" => texts().iter().map(|text| chosen(1, text.as_bytes())).collect(),
        "jsonld" => scripts(),
        "date" => short_strings().iter().map(|text| chosen(0, text)).collect(),
        "address" => short_strings().into_iter().filter(|text| text.contains(&b'/')).collect(),
        "convert" => articles(),
        "coding" => packed(),
        _ => Vec::new(),
    }
}

/// With the byte before it by which a target chooses.
fn chosen(byte: u8, rest: &[u8]) -> Vec<u8> {
    [&[byte], rest].concat()
}

fn pages() -> impl Iterator<Item = Fixture> {
    Fixture::all().into_iter().map(|mut page| {
        page.bytes.truncate(LONGEST);
        page
    })
}

fn trees() -> Vec<Vec<u8>> {
    let mut random = Lcg(1);
    let tree = |_| (0..TREE_BYTES).map(|_| random.below(256) as u8).collect();
    (0..TREES).map(tree).collect()
}

/// The texts under `fixtures/texts`, and the lines `text = "…"` of `fixtures/language`.
fn texts() -> Vec<String> {
    let mut all = files(&root().join("fixtures/texts"));
    for cases in files(&root().join("fixtures/language")) {
        let lines = cases.lines().filter_map(|line| line.strip_prefix("text = "));
        all.extend(lines.map(|line| line.trim_matches('"').replace("\\\"", "\"")));
    }
    all
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap_or_default()).collect()
}

/// The scripts of the pages that hold JSON.
fn scripts() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for page in pages() {
        let text = String::from_utf8_lossy(&page.bytes);
        let scripts = text.split("<script").skip(1).filter_map(|rest| rest.split_once('>'));
        let json = scripts.filter(|(tag, _)| tag.contains("json"));
        let bodies = json.filter_map(|(_, rest)| rest.split("</script").next());
        found.extend(bodies.map(|body| body.as_bytes().to_vec()));
    }
    found
}

/// Attributes of the pages that hold a figure: dates, addresses, bylines; and the texts of lines with
/// cues of bylines.
fn short_strings() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for page in pages() {
        let text = String::from_utf8_lossy(&page.bytes);
        let parts = text.split(['"', '<', '>']).map(str::trim);
        let short = parts.filter(|part| (5..120).contains(&part.len()));
        let telling =
            |part: &&str| part.contains(|c: char| c.is_ascii_digit()) || part.starts_with("By ");
        found.extend(short.filter(telling).map(|part| part.as_bytes().to_vec()));
    }
    found.sort();
    found.dedup();
    found
}

fn articles() -> Vec<Vec<u8>> {
    let options = Options::default();
    let read = |page: Fixture| extract(&page.source(), &options).ok();
    pages().filter_map(read).filter_map(|article| serde_json::to_vec(&article).ok()).collect()
}

fn packed() -> Vec<Vec<u8>> {
    let texts = texts();
    let all = Coding::ALL.into_iter().zip(0u8..).flat_map(|(coding, at)| {
        texts.iter().step_by(20).map(move |text| chosen(at, &pack(text.as_bytes(), coding)))
    });
    all.collect()
}

/// Inputs that once made a target fail, with their paths.
///
/// # Panics
/// If one cannot be read.
pub fn regressions(target: &str) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(root().join("fuzz/regressions").join(target)) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let mut bytes = Vec::new();
        let file = fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes));
        file.unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        (path.display().to_string(), bytes)
    };
    paths.iter().map(read).collect()
}
