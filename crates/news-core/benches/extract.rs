//! Time of each stage over all fixtures: `cargo bench -p news-core --bench extract`.
//!
//! One iteration is all pages, or all plain texts, so the figures are bytes and pages a second over the
//! whole folder. Pages are read without the reading, which has benches of its own over the texts.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads files")]

use std::fs;
use std::hint::black_box;
use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use news_core::format::{Format, FormatOptions, write};
use news_core::reading::{Prose, entity, people, quote, sentences, time};
use news_core::{Article, Content, Limits, Options, Source, bench, extract};

fn main() {
    divan::main();
}

/// The files of a folder of fixtures, in the order of their names.
fn files(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(folder);
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a file")).collect()
}

fn over_pages<T>(bencher: Bencher<'_, '_>, stage: impl Fn(&Source<'_>) -> T) {
    over(bencher, &files("pages"), stage);
}

fn over_texts<T>(bencher: Bencher<'_, '_>, stage: impl Fn(&Source<'_>) -> T) {
    over(bencher, &files("texts"), |source| {
        stage(&Source { content_type: Some("text/plain"), ..source.clone() })
    });
}

fn over<T>(bencher: Bencher<'_, '_>, pages: &[Vec<u8>], stage: impl Fn(&Source<'_>) -> T) {
    let bytes: usize = pages.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(pages.len())).bench_local(
        || {
            for page in pages {
                black_box(stage(&Source::bytes(black_box(page))));
            }
        },
    );
}

fn read(source: &Source<'_>) -> Article {
    extract(source, &Options { reading: false, ..Options::default() }).expect("a page")
}

/// One pass of the reading over all texts, taken as they stand. Texts in other languages count too.
fn over_prose<T>(bencher: Bencher<'_, '_>, pass: impl Fn(&Prose<'_>) -> T) {
    over_texts(bencher, |source| {
        let Content::Bytes(bytes) = source.content else { return None };
        let text = String::from_utf8_lossy(bytes);
        Some(pass(&Prose::plain(&text, Some("en"))))
    });
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

#[divan::bench]
fn text_to_article(bencher: Bencher<'_, '_>) {
    over_texts(bencher, read);
}

#[divan::bench]
fn text_to_article_and_reading(bencher: Bencher<'_, '_>) {
    over_texts(bencher, |source| extract(source, &Options::default()).expect("a text"));
}

#[divan::bench]
fn reading_sentences(bencher: Bencher<'_, '_>) {
    over_prose(bencher, |prose| sentences(prose.text, prose.language));
}

#[divan::bench]
fn reading_times(bencher: Bencher<'_, '_>) {
    over_prose(bencher, |prose| time::times(prose.text, prose.language, None));
}

#[divan::bench]
fn reading_names(bencher: Bencher<'_, '_>) {
    over_prose(bencher, entity::mentions);
}

#[divan::bench]
fn reading_people(bencher: Bencher<'_, '_>) {
    over_prose(bencher, |prose| people::people(prose, &[]));
}

#[divan::bench]
fn reading_quotes(bencher: Bencher<'_, '_>) {
    over_prose(bencher, quote::quotes);
}
