//! Instructions that each stage takes, counted by valgrind, so that a busy machine counts what an idle
//! one does: `cargo bench -p news-core --bench instructions`.
//!
//! Without arguments the stages read the composed pages and texts of `fixtures/` and are held against
//! `ceilings.toml`: the program fails where one needs more. With folders that hold a `gold.jsonl`, as
//! under `../shared/corpora/pages`, it counts over their pages and judges nothing. Where valgrind is
//! missing it says so.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "and reads files and starts valgrind"
)]

#[path = "../corpus/arena.rs"]
mod arena;
#[path = "../corpus/pages.rs"]
mod pages;

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode};

use news_core::{Limits, Options, Source, bench, extract};
use pages::Page;

/// The stages, in the order in which they are shown.
const STAGES: [&str; 7] =
    ["html5ever", "tokens", "parse", "pages", "first page", "texts", "reading"];

/// Instructions of each stage over `fixtures/`, in millions, that are not to be passed.
const CEILINGS: &str = include_str!("ceilings.toml");

/// Asks for one stage only, under valgrind.
const STAGE: &str = "--stage";

fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.split_first() {
        Some((flag, rest)) if flag == STAGE => {
            run(&rest[0], &rest[1..]);
            ExitCode::SUCCESS
        }
        _ => compare(&args),
    }
}

/// Counts all stages, each in a process of its own, and holds them against their ceilings.
fn compare(folders: &[String]) -> ExitCode {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("valgrind is missing: instructions are not counted");
        return ExitCode::SUCCESS;
    }
    let ceilings: BTreeMap<String, f64> = toml::from_str(CEILINGS).expect("a table of numbers");
    let mut passed = false;
    println!("{:<12} {:>16} {:>9}", "stage", "instructions (M)", "ceiling");
    for stage in STAGES {
        let Some(count) = count(stage, folders) else { continue };
        let ceiling = ceilings.get(stage).filter(|_| folders.is_empty());
        let is_above = ceiling.is_some_and(|ceiling| count > *ceiling);
        let shown = ceiling.map(ToString::to_string).unwrap_or_default();
        println!("{stage:<12} {count:>16.2} {shown:>9}{}", if is_above { " PASSED" } else { "" });
        passed |= is_above;
    }
    ExitCode::from(u8::from(passed))
}

/// Instructions of a stage in millions; `None` for one that has nothing to read.
fn count(stage: &str, folders: &[String]) -> Option<f64> {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=*instructions*measured*")
        .arg(program)
        .args([STAGE, stage])
        .args(folders)
        .output()
        .expect("valgrind");
    let report = String::from_utf8_lossy(&output.stderr);
    let collected = report.lines().find_map(|line| line.split_once("Collected : "));
    let count: f64 = collected?.1.trim().parse().ok()?;
    (count > 0.0).then_some(count / 1e6)
}

/// Runs a stage twice, but for the one that asks what the first page of a process costs: what is built
/// on first use is not counted.
fn run(stage: &str, folders: &[String]) {
    let is_text = matches!(stage, "texts" | "reading");
    let mut pages = match (folders, is_text) {
        ([], true) => fixtures("texts"),
        ([], false) => fixtures("pages"),
        (_, true) => return,
        (folders, false) => {
            folders.iter().flat_map(|folder| pages::read(Path::new(folder))).collect()
        }
    };
    if stage == "first page" {
        pages.truncate(1);
    } else {
        read_all(stage, &pages);
    }
    measured(stage, &pages);
}

/// The files of a folder of fixtures, in the order of their names.
fn fixtures(folder: &str) -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(folder);
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    let text = |path| String::from_utf8_lossy(&fs::read(path).expect("a file")).into_owned();
    paths.iter().map(|path| Page { text: text(path), ..Page::default() }).collect()
}

/// What is counted.
#[inline(never)]
fn measured(stage: &str, pages: &[Page]) {
    read_all(stage, pages);
}

fn read_all(stage: &str, pages: &[Page]) {
    for page in pages {
        read(stage, page);
    }
}

fn read(stage: &str, page: &Page) {
    let text = |reading| {
        let options = Options { reading, ..Options::default() };
        let source = Source { content_type: Some("text/plain"), ..page.source() };
        black_box(extract(&source, &options).map(|article| article.blocks.len()).ok());
    };
    match stage {
        "html5ever" => _ = black_box(arena::parse(&page.text)),
        "tokens" => _ = black_box(bench::tokens(&page.source(), &Limits::default()).ok()),
        "parse" => _ = black_box(bench::parse(&page.source(), &Limits::default()).ok()),
        "texts" => text(false),
        "reading" => text(true),
        _ => _ = black_box(page.to_json()),
    }
}
