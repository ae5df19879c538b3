//! What a page takes in memory at its peak is in proportion to its size, the page itself and its JSON among it.
//! Each page is read in a process of its own, since the peak that Linux counts is the process's; elsewhere
//! nothing is tested.

#![expect(
    clippy::print_stdout,
    reason = "what was measured is of interest, and told by one process to another"
)]

#[path = "../crates/news-core/benches/corpus/memory.rs"]
mod memory;

use std::fmt::Write as _;
use std::io::sink;
use std::process::Command;

use news_core::format::{FormatOptions, JsonStyle, into_document, write_json};
use news_core::{Options, Source, extract};

/// Megabytes of one kind of page.
struct Shape {
    name: &'static str,
    page: fn(usize) -> String,
    /// Peak of memory for one byte of the page, in bytes, with the reading and without: what was measured, by the
    /// C library's allocator, and a fifth beside.
    most: [f64; 2],
}

const SHAPES: [Shape; 5] = [
    Shape { name: "paragraphs", page: paragraphs, most: [11.0, 3.5] },
    Shape { name: "one paragraph", page: one_paragraph, most: [9.7, 4.8] },
    Shape { name: "paragraphs of a letter", page: letters, most: [26.4, 26.4] },
    Shape { name: "line breaks", page: lines, most: [19.3, 11.9] },
    Shape { name: "cells", page: cells, most: [32.6, 32.6] },
];

/// Bytes of a page.
const SIZE: usize = 2 << 20;
/// Names the shape to read and says whether with the reading, in the processes that the test starts.
const SHAPE: &str = "NEWS_TESTS_MEMORY_SHAPE";
const READING: &str = "NEWS_TESTS_MEMORY_READING";

#[test]
fn memory_is_in_proportion_to_the_page() {
    for shape in SHAPES {
        for (reading, most) in [true, false].into_iter().zip(shape.most) {
            let Some(times) = measured(shape.name, reading) else { return };
            println!("{}, reading {reading}: {times:.1} times the page", shape.name);
            assert!(times <= most, "{}, reading {reading}: {times:.1}, at most {most}", shape.name);
        }
    }
}

/// What a process of its own says of one page.
fn measured(name: &str, reading: bool) -> Option<f64> {
    let program = std::env::current_exe().expect("this test");
    let output = Command::new(program)
        .args(["of_one_page", "--exact", "--ignored", "--nocapture"])
        .env(SHAPE, name)
        .env(READING, reading.to_string())
        .output()
        .expect("this test, started again");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    said.lines().find_map(|line| line.strip_prefix("times: ")?.parse().ok())
}

/// What [`memory_is_in_proportion_to_the_page`] starts for each shape.
#[test]
#[ignore = "started by the other test"]
fn of_one_page() {
    let name = std::env::var(SHAPE).expect("a shape");
    let shape = SHAPES.iter().find(|shape| shape.name == name).expect("a shape of this name");
    let reading = std::env::var(READING).as_deref() == Ok("true");
    // What is built on first use belongs to no page.
    read(&paragraphs(2_000), reading);
    let page = (shape.page)(SIZE);
    if let Some(((), grown)) = memory::growth(|| read(&page, reading)) {
        println!("\ntimes: {}", (page.len() + grown) as f64 / page.len() as f64);
    }
}

fn read(page: &str, reading: bool) {
    let options = Options { reading, ..Options::default() };
    let article = extract(&Source::text(page), &options).expect("a page");
    let document = into_document(article, &FormatOptions::default());
    write_json(&document, JsonStyle::Line, &mut sink()).expect("nobody objects");
}

/// A page that holds what `piece` gives for 0, 1, 2 … until it is long enough.
fn filled(bytes: usize, open: &str, piece: impl Fn(usize, &mut String)) -> String {
    let mut page =
        format!("<html lang=en><title>Mill stays</title><article><h1>Mill stays</h1>{open}");
    let mut count = 0;
    while page.len() < bytes {
        piece(count, &mut page);
        count += 1;
    }
    page
}

/// Prose with names, days, sayings, as much of each as news have.
fn prose(count: usize, page: &mut String) {
    let _ = match count % 4 {
        0 => write!(
            page,
            "The council of ward {count} voted on Tuesday to keep its old mill open for another year, although the \
             roof had let in rain since the winter and the repair would cost more than was set aside for it. "
        ),
        1 => write!(
            page,
            "“We had no choice,” said Ana Ruiz, its mayor, after a meeting that lasted {count} minutes and was \
             followed by many who had worked there. "
        ),
        2 => write!(
            page,
            "Most of them came from the streets behind the river, where the water stood in the cellars for weeks \
             and where nobody expects that the dam will be ready before 20{:02}. ",
            count % 60
        ),
        _ => write!(
            page,
            "The owners, a firm from Leeds that bought the land {count} days ago, wanted to put flats there and had \
             asked for a permit, which the council did not give. "
        ),
    };
}

fn paragraphs(bytes: usize) -> String {
    filled(bytes, "", |count, page| {
        page.push_str("<p>");
        prose(count, page);
        prose(count + 1, page);
    })
}

fn one_paragraph(bytes: usize) -> String {
    filled(bytes, "<p>", prose)
}

fn letters(bytes: usize) -> String {
    filled(bytes, "", |_, page| page.push_str("<p>a</p>"))
}

fn lines(bytes: usize) -> String {
    filled(bytes, "", |_, page| page.push_str("line<br>"))
}

fn cells(bytes: usize) -> String {
    filled(bytes, "<table>", |_, page| page.push_str("<tr><td>a<td>b"))
}
