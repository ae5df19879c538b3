//! html5ever as the judge of our parser: both build trees that keep everything, comments and document
//! type too, and the two must be the same.

#![expect(clippy::print_stderr, reason = "a harness says what it skipped and what it measured")]
#![expect(clippy::format_collect, reason = "hostile pages are built once")]

mod differential;
mod hostile;
mod html5lib;
mod ours;
mod pages;
mod snippets;
mod tree;

use std::path::{Path, PathBuf};

use html5ever::interface::QuirksMode;
use html5ever::tendril::StrTendril;

use super::builder::{Builder, GuardLimits, GuardReport, Kept, Quirks};
use super::tokenizer::{TokenizerLimits, TokenizerReport, tokenize};
use ours::{Ours, Seen};
use tree::{Tree, theirs};

/// Limits that nothing reaches.
fn unlimited() -> (TokenizerLimits, GuardLimits) {
    (
        TokenizerLimits { max_attributes: usize::MAX },
        GuardLimits {
            depth: usize::MAX / 2,
            nodes: usize::MAX,
            formatting: 64,
            search: 50_000_000,
        },
    )
}

/// Limits as they stand by default.
fn limited() -> (TokenizerLimits, GuardLimits) {
    (
        TokenizerLimits { max_attributes: 256 },
        GuardLimits { depth: 512, nodes: 1_000_000, formatting: 64, search: 50_000_000 },
    )
}

/// Our tree; if it `departs`, with html5ever from the standard.
fn ours(
    text: &str,
    scripting: bool,
    departs: bool,
    (tokenizer_limits, guard_limits): (TokenizerLimits, GuardLimits),
) -> (Ours, TokenizerReport, GuardReport) {
    let mut builder = Builder::new(text, scripting, guard_limits);
    builder.kept = Some(Kept::new(departs));
    let report = tokenize(&mut builder, &tokenizer_limits);
    let ours = Ours { nodes: builder.shown(), quirks: builder.quirks };
    (ours, report, builder.finish().1)
}

/// What readers see of our tree as it is made for them.
fn seen(
    text: &str,
    (tokenizer_limits, guard_limits): (TokenizerLimits, GuardLimits),
) -> Vec<String> {
    let mut builder = Builder::new(text, true, guard_limits);
    tokenize(&mut builder, &tokenizer_limits);
    Seen::of(&builder.finish().0)
}

/// Asserts that both give the same tree, and readers the same to see.
fn assert_same(source: &str) {
    let text = StrTendril::from(source);
    for scripting in [true, false] {
        let expected = theirs(&text, Tree::new(), scripting);
        let (found, ..) = ours(source, scripting, true, unlimited());
        assert_eq!(found.dump(), expected.dump(), "scripting {scripting}, source {source:?}");
        let quirks = match expected.quirks.get() {
            QuirksMode::NoQuirks => Quirks::None,
            QuirksMode::LimitedQuirks => Quirks::Limited,
            QuirksMode::Quirks => Quirks::Full,
        };
        assert_eq!(found.quirks, quirks, "quirks of {source:?}");
    }
    let (standard, ..) = ours(source, true, false, unlimited());
    assert_eq!(seen(source, unlimited()), standard.seen(), "seen of {source:?}");
}

/// A folder named by an environment variable, or where it stands by default; says so if there is
/// none.
fn folder(variable: &str, default: &str) -> Option<PathBuf> {
    let path =
        std::env::var_os(variable).map_or_else(|| Path::new(default).to_owned(), PathBuf::from);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: {variable} names no folder ({})", path.display());
    None
}

/// A number that an environment variable gives.
fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Marsaglia's xorshift, from a seed other than 0.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    fn of<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.below(list.len())]
    }
}
