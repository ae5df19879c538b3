//! What extraction costs beside parsing, over whole corpora:
//! `cargo bench -p news-core --bench corpus -- FOLDER…`, where each folder holds a `gold.jsonl` that
//! names its pages, as under `../shared/corpora/pages`, or a `dev.jsonl` of texts, as under
//! `../shared/corpora/language`.
//!
//! Each stage reads every page several times; the fastest time of each page counts, summed over the
//! pages. On one core, and nothing else running, this is CPU time.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "and reads files and clocks"
)]

mod arena;
mod memory;
mod pages;
mod texts;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use news_core::{Limits, bench};
use pages::Page;

/// Times that each stage reads each page.
const ROUNDS: usize = 7;
/// Read where no folder is named.
const DEFAULT: &str = "../shared/corpora/pages/fundus-pub";

fn main() {
    // Cargo adds `--bench`.
    let named: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let folders = if named.is_empty() { vec![DEFAULT.to_owned()] } else { named };
    let (mut pages, mut stories) = (Vec::new(), Vec::new());
    for folder in &folders {
        match found(folder) {
            Some(path) if path.join("dev.jsonl").exists() => stories.extend(texts::read(&path)),
            Some(path) => pages.extend(pages::read(&path)),
            None => println!("neither gold.jsonl nor dev.jsonl in {folder}: skipped"),
        }
    }
    if !stories.is_empty() {
        texts::compare(&stories);
    }
    if let Some(largest) = pages.iter().max_by_key(|page| page.text.len()) {
        show_memory(largest);
        compare(&pages);
    }
}

/// The folder as named, or from the workspace's folder: cargo runs benchmarks in the package's.
fn found(folder: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let holds = |path: &PathBuf, file: &str| path.join(file).exists();
    let mut places = [PathBuf::from(folder), root].into_iter();
    places.find(|path| holds(path, "gold.jsonl") || holds(path, "dev.jsonl"))
}

fn show_memory(largest: &Page) {
    let bytes = largest.text.len();
    let Some((json, grown)) = memory::growth(|| largest.to_json()) else {
        return println!("memory: not measured, /proc is not there");
    };
    let times = (grown + bytes) as f64 / bytes as f64;
    let (page, grown) = (bytes as f64 / 1e6, grown as f64 / 1e6);
    println!("largest page {page:.2} MB, JSON {:.3} MB", json.len() as f64 / 1e6);
    println!("memory: {grown:.1} MB beside the page; page included {times:.1} x the page");
}

/// How much is read, so that times become speeds.
struct Speed {
    bytes: usize,
    count: usize,
    what: &'static str,
}

impl Speed {
    fn over(lengths: impl ExactSizeIterator<Item = usize>, what: &'static str) -> Self {
        let count = lengths.len();
        let bytes = lengths.sum();
        println!("{count} {what}, {:.1} MB, fastest of {ROUNDS}", bytes as f64 / 1e6);
        Self { bytes, count, what }
    }

    fn show(&self, name: &str, time: Duration) {
        let seconds = time.as_secs_f64();
        let (speed, rate) = (self.bytes as f64 / 1e6 / seconds, self.count as f64 / seconds);
        println!("{name:<26}{seconds:8.3} s {speed:8.1} MB/s {rate:8.1} {}/s", self.what);
    }
}

/// Time of each stage, and how they stand to each other.
fn compare(pages: &[Page]) {
    let speed = Speed::over(pages.iter().map(|page| page.text.len()), "pages");
    let bytes = fastest(pages, |page| memchr::memchr_iter(b'<', page.text.as_bytes()).count());
    speed.show("memchr for <", bytes);
    let tokens = fastest(pages, |page| bench::tokens(&page.source(), &Limits::default()));
    speed.show("tokens, ours", tokens);
    let html5ever = fastest(pages, |page| arena::parse(&page.text));
    speed.show("parse, html5ever", html5ever);
    let ours = fastest(pages, |page| bench::parse(&page.source(), &Limits::default()));
    speed.show("parse, ours", ours);
    let whole = fastest(pages, Page::to_json);
    speed.show("parse, extract and JSON", whole);
    let ratio = |to: Duration| whole.as_secs_f64() / to.as_secs_f64();
    println!("whole / parse by html5ever {:.2}, by ours {:.2}", ratio(html5ever), ratio(ours));
}

fn fastest<I, T>(inputs: &[I], stage: impl Fn(&I) -> T) -> Duration {
    let time = |input| {
        let start = Instant::now();
        black_box(stage(black_box(input)));
        start.elapsed()
    };
    inputs.iter().map(|input| (0..ROUNDS).map(|_| time(input)).min().unwrap_or_default()).sum()
}
