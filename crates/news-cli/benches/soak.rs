//! Whether memory stays flat: `cargo bench -p news-cli --bench soak -- [TIMES]`.
//!
//! The pages of `fixtures/` and hostile ones are read round and round in one process, each written as JSON,
//! and the memory of the process is printed after 1,000, 10,000 and 100,000 of them (or up to TIMES). Then
//! what one page of megabytes takes at its peak, as a multiple of its size.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

#[path = "../../news-core/benches/corpus/memory.rs"]
mod memory;

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;

use news_core::format::{Format, FormatOptions, write};
use news_core::{Options, Source, extract};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Pages read in all, where the command line does not tell.
const TIMES: usize = 100_000;
/// One page in so many is hostile.
const HOSTILE: usize = 100;

fn main() {
    // Cargo adds `--bench`.
    let named = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let times = named.map_or(TIMES, |times| times.parse().expect("a number of pages"));
    let (pages, hostile) = (fixtures(), hostile());
    println!("{} pages and {} hostile ones", pages.len(), hostile.len());
    let mut written = 0;
    for turn in 1..=times {
        let page = match turn % HOSTILE {
            0 => &hostile[turn / HOSTILE % hostile.len()],
            _ => &pages[turn % pages.len()],
        };
        written += read(page);
        if [1_000, 10_000, 50_000, 100_000, times].contains(&turn) {
            let rss = memory::resident("VmRSS:").unwrap_or_default();
            println!("{turn:>7} pages  {:7.1} MiB  {written} bytes of JSON", mebibytes(rss));
        }
    }
    for (name, page) in large() {
        let Some((_, grown)) = memory::growth(|| read(&page)) else { return };
        let times = (grown + page.len()) as f64 / page.len() as f64;
        let (size, grown) = (mebibytes(page.len()), mebibytes(grown));
        println!("{name:<28} {size:5.1} MiB, {grown:6.1} MiB beside it: {times:5.1} x the page");
    }
}

fn mebibytes(bytes: usize) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// Bytes of JSON that a page gives.
fn read(page: &[u8]) -> usize {
    let article = extract(&Source::bytes(page), &Options::default());
    let json = article.map(|article| write(&article, Format::Ndjson, &FormatOptions::default()));
    black_box(json).map_or(0, |json| json.len())
}

fn fixtures() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/pages");
    let entries = fs::read_dir(folder).expect("fixtures/pages").flatten().map(|entry| entry.path());
    let mut paths: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "html")).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a page")).collect()
}

/// Pages that drive some part to its limit, small enough to be read a thousand times.
fn hostile() -> Vec<Vec<u8>> {
    let story = story(4_000);
    let around = |piece: &str, times: usize| format!("{story}{}", piece.repeat(times)).into_bytes();
    vec![
        around("<div>", 20_000),
        around("<b><p>", 5_000),
        around("<table><tr><td>", 5_000),
        around("<a href=/x itemprop=author>Ana Ruiz</a>", 1_000),
        around("<p>\u{201c}x\u{201d} said Ana Ruiz, 41, on 3 May 2024.", 300),
        around("x<br>", 10_000),
        around("&amp;\0\u{301}", 20_000),
        around(&format!("<script type=application/ld+json>{}", "{\"@graph\":[".repeat(100)), 20),
        vec![0xff; 100_000],
    ]
}

/// Pages of megabytes, ordinary in all but their size and hostile.
fn large() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("a story", story(2 << 20).into_bytes()),
        ("a story in much markup", marked(2 << 20).into_bytes()),
        ("a short story and scripts", scripts(2 << 20).into_bytes()),
        ("line breaks", "x<br>".repeat(400_000).into_bytes()),
        ("paragraphs of a letter", "<p>x".repeat(500_000).into_bytes()),
    ]
}

fn story(bytes: usize) -> String {
    let mut page = "<html><body><article><h1>Mill stays</h1>".to_owned();
    for ward in 0.. {
        if page.len() >= bytes {
            break;
        }
        let _ = write!(
            page,
            "<p>The council of ward {ward} voted on Tuesday to keep its old mill open, said Ana Ruiz, \
             the mayor. \u{201c}We had no choice,\u{201d} she told reporters after a short meeting.</p>"
        );
    }
    page
}

fn marked(bytes: usize) -> String {
    let menu = "<li class=\"menu-item menu-item-type-custom\"><a class=\"menu-link\" \
        href=\"https://news.example/section/politics/2024\"><span>Politics</span></a></li>";
    format!("<ul>{}</ul>{}", menu.repeat(bytes / menu.len()), story(20_000))
}

fn scripts(bytes: usize) -> String {
    let script = format!("<script>var state = \"{}\";</script>", "x".repeat(10_000));
    format!("{}{}", story(20_000), script.repeat(bytes / script.len()))
}
