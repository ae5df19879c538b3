//! Sentences: the composed cases of `fixtures/language/sentences.toml`, and what holds for any text.

use std::ops::Range;

use news_core::reading::sentences;
use proptest::prelude::*;
use serde::Deserialize;

use super::{Outcome, cases};

#[derive(Deserialize)]
struct Case {
    language: Option<String>,
    text: String,
    sentences: Vec<String>,
}

#[test]
fn composed_cases() -> Outcome {
    for case in cases::<Case>("sentences.toml", 200)? {
        let found = texts(&case.text, &sentences(&case.text, case.language.as_deref()));
        assert_eq!(found, case.sentences, "{:?}", case.text);
    }
    Ok(())
}

fn texts<'t>(text: &'t str, ranges: &[Range<usize>]) -> Vec<&'t str> {
    ranges.iter().map(|range| text.get(range.clone()).expect("a range on characters")).collect()
}

/// Sorted, apart, trimmed, not empty; nothing but white space is left out.
fn check(text: &str, language: Option<&str>) {
    let ranges = sentences(text, language);
    let mut end = 0;
    for range in &ranges {
        let sentence = text.get(range.clone()).expect("a range on characters");
        assert!(!sentence.is_empty() && sentence == sentence.trim(), "{sentence:?} in {text:?}");
        let gap = text.get(end..range.start).expect("ranges in order");
        assert!(gap.trim().is_empty(), "{gap:?} is left out of {text:?}");
        end = range.end;
    }
    assert!(text.get(end..).is_some_and(|rest| rest.trim().is_empty()), "the end of {text:?}");
}

/// What the rules look at, so that random texts reach them.
const PIECES: [&str; 60] = [
    ".",
    "!",
    "?",
    "…",
    "...",
    " . . .",
    ",",
    ";",
    ":",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\u{2029}",
    "\u{a0}",
    "\"",
    "'",
    "“",
    "”",
    "«",
    "»",
    "(",
    ")",
    "[",
    "]",
    "[...]",
    "[1]",
    "「",
    "」",
    "。",
    "！",
    "•",
    "-",
    "--",
    "—",
    "_____",
    "1",
    "2.",
    "3)",
    "a.",
    "U.S.",
    "Mr.",
    "p.m.",
    "Monday",
    "J.",
    "The",
    "word",
    "Word",
    "http://a.b/c",
    "x@y.com",
    "03/27/2001 10:13 AM",
    "Photo:",
    ":-)",
    "🎉",
    "слово",
    "文",
    "२",
    "\u{200b}",
    "é",
];

proptest! {
    #[test]
    fn any_text_is_covered(text in any::<String>()) {
        check(&text, None);
    }

    #[test]
    fn any_pieces_are_covered(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40),
        language in prop::option::of(prop::sample::select(&["en", "de", "ja", "pt-BR", "x"][..])),
    ) {
        check(&pieces.concat(), language);
    }
}

/// Work that grows with the square of the text would take minutes here.
#[test]
fn hostile_texts_are_read_in_one_pass() {
    let units = [
        "(A. ",
        "((",
        "「。",
        ". ",
        "a:1",
        "1. ",
        "2) A ",
        "word\n",
        "Mr. ",
        "\"",
        ".\"",
        "x :) ",
        "- ",
        "Photo: ",
        "http://a.b ",
        "…",
        "\r",
        " ",
        "a. b: ",
    ];
    for unit in units {
        check(&unit.repeat(200_000), None);
        check(&format!("Text.{}{}", " ".repeat(200_000), unit.repeat(200_000)), None);
    }
}
