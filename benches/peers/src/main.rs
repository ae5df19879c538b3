//! Other extractors over the same pages, on one core:
//! `cargo run --release --manifest-path benches/peers/Cargo.toml -- FOLDER…`, where each folder holds a
//! `gold.jsonl` that names its pages, as for `cargo bench -p news-core --bench corpus`.
//!
//! Each reads every page a few times, the least time on the core counts. Each runs in a process of its own: a
//! page on which it dies, or takes longer than [`PATIENCE`], is left out for it and counted. Ratios are
//! over the pages that both have read.

#[path = "../../../crates/news-core/benches/corpus/arena.rs"]
mod arena;
#[path = "../../../crates/news-core/benches/corpus/pages.rs"]
mod pages;
mod runner;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use news_core::format::{Format, FormatOptions, write};
use news_core::{Options, extract};
use pages::Page;

/// Longest time for a page.
const PATIENCE: Duration = Duration::from_secs(10);

/// Reads a page; gives the size of what it made of it, so that nothing is optimised away.
type Reader = fn(&Page) -> usize;

/// Who runs, the first being the measure of the others.
const READERS: [(&str, Reader); 7] = [
    ("news-core", ours),
    ("news-core, with the reading", with_reading),
    ("html5ever, parse only", |page| arena::parse(&page.text)),
    ("dom_smoothie", dom_smoothie),
    ("legible", legible),
    ("rs-trafilatura", rs_trafilatura),
    ("trafilatura", trafilatura),
];

/// The pages of all folders.
fn read(folders: &[String]) -> Vec<Page> {
    folders.iter().flat_map(|folder| pages::read(Path::new(folder))).collect()
}

fn ours(page: &Page) -> usize {
    page.to_json().len()
}

fn with_reading(page: &Page) -> usize {
    let article = extract(&page.source(), &Options::default());
    article.map_or(0, |article| write(&article, Format::Ndjson, &FormatOptions::default()).len())
}

fn dom_smoothie(page: &Page) -> usize {
    let reader = dom_smoothie::Readability::new(page.text.as_str(), page.source().url, None);
    let article = reader.and_then(|mut reader| reader.parse());
    article.map_or(0, |article| article.content.len() + article.text_content.len())
}

fn legible(page: &Page) -> usize {
    legible::parse(&page.text, page.source().url, None).map_or(0, |article| article.content.len())
}

fn rs_trafilatura(page: &Page) -> usize {
    rs_trafilatura::extract(&page.text).map_or(0, |result| result.content_text.len())
}

fn trafilatura(page: &Page) -> usize {
    let options = trafilatura::Options::default();
    trafilatura::extract(&page.text, &options).map_or(0, |result| result.content_text.len())
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Some((reader, first, folders)) = runner::asked(&args) {
        return runner::run(reader, first, &read(folders));
    }
    let sizes: Vec<usize> = read(&args).iter().map(|page| page.text.len()).collect();
    let total = sizes.iter().sum::<usize>() as f64 / 1e6;
    println!(
        "{} pages, {total:.1} MB, time on one core, least of {}\n",
        sizes.len(),
        runner::ROUNDS
    );
    println!("| reader | MB/s | pages/s | times the time of the first | left out |");
    println!("|---|---|---|---|---|");
    let mut first = None;
    for (index, (name, _)) in READERS.iter().enumerate() {
        let times = runner::measure(index, &args, sizes.len());
        show(name, &times, first.get_or_insert_with(|| times.clone()), &sizes);
    }
}

/// Nanoseconds of each page that was read.
type Times = BTreeMap<usize, u64>;

fn show(name: &str, times: &Times, first: &Times, sizes: &[usize]) {
    let seconds = times.values().sum::<u64>() as f64 / 1e9;
    let bytes: usize = times.keys().map(|page| sizes[*page]).sum();
    let both = times.iter().filter_map(|(page, time)| Some((*time, *first.get(page)?)));
    let (own, theirs) = both.fold((0, 0), |(a, b), (own, theirs)| (a + own, b + theirs));
    let (speed, rate) = (bytes as f64 / 1e6 / seconds, times.len() as f64 / seconds);
    let ratio = own as f64 / theirs as f64;
    let left_out = sizes.len() - times.len();
    println!("| {name} | {speed:.1} | {rate:.0} | {ratio:.2} | {left_out} |");
}
