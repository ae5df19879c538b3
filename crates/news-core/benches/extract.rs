//! Time of each stage over all fixture pages: `cargo bench -p news-core --bench extract`.
//!
//! One iteration is all pages, so the figures are bytes and pages a second over the whole folder.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads files")]

use std::fs;
use std::hint::black_box;
use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use news_core::format::{Format, FormatOptions, write};
use news_core::{Article, Limits, Options, Source, bench, extract};

fn main() {
    divan::main();
}

fn pages() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/pages");
    let entries = fs::read_dir(folder).expect("fixtures/pages").flatten();
    entries.map(|entry| fs::read(entry.path()).expect("a page")).collect()
}

fn over_pages<T>(bencher: Bencher<'_, '_>, stage: impl Fn(&Source<'_>) -> T) {
    let pages = pages();
    let bytes: usize = pages.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(pages.len())).bench_local(
        || {
            for page in &pages {
                black_box(stage(&Source::bytes(black_box(page))));
            }
        },
    );
}

fn read(source: &Source<'_>) -> Article {
    extract(source, &Options::default()).expect("a page")
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let limits = Limits::default();
    over_pages(bencher, |source| bench::parse(source, &limits));
}

#[divan::bench]
fn parse_and_extract(bencher: Bencher<'_, '_>) {
    over_pages(bencher, read);
}

#[divan::bench]
fn parse_extract_and_json(bencher: Bencher<'_, '_>) {
    let options = FormatOptions::default();
    over_pages(bencher, |source| write(&read(source), Format::Ndjson, &options));
}
