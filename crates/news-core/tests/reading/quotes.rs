//! Quotes: the composed cases of `fixtures/language/quotes.toml`, and what holds for any text.

use std::ops::Range;

use news_core::reading::Prose;
use news_core::reading::quote::{Quote, QuoteKind, SpeakerKind, Stance, quotes};
use proptest::prelude::*;
use serde::Deserialize;

use super::{Outcome, cases, shared};

#[derive(Deserialize)]
struct Case {
    language: Option<String>,
    text: String,
    quotes: Vec<Expected>,
}

/// A quote as it stands in the text.
#[derive(Debug, PartialEq, Deserialize)]
struct Expected {
    kind: QuoteKind,
    contents: Vec<String>,
    speaker: Option<String>,
    source: Option<SpeakerKind>,
    cue: Option<String>,
    stance: Option<Stance>,
    #[serde(default)]
    depth: u8,
}

impl Expected {
    fn of(text: &str, quote: &Quote) -> Self {
        let slice = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default().to_owned();
        Self {
            kind: quote.kind,
            contents: quote.contents.iter().map(slice).collect(),
            speaker: quote.speaker.as_ref().map(|speaker| slice(&speaker.range)),
            source: quote.speaker.as_ref().map(|speaker| speaker.kind),
            cue: quote.cue.as_ref().map(|cue| slice(&cue.range)),
            stance: quote.cue.as_ref().map(|cue| cue.stance),
            depth: quote.depth,
        }
    }
}

#[test]
fn composed_cases() -> Outcome {
    for case in cases::<Case>("quotes.toml", 200)? {
        let found = quotes(&Prose::plain(&case.text, case.language.as_deref()));
        let found: Vec<_> = found.iter().map(|quote| Expected::of(&case.text, quote)).collect();
        assert_eq!(found, case.quotes, "{:?}", case.text);
    }
    Ok(())
}

/// Speakers of what is quoted in the sample story, as they stand in it, each with the words its
/// quote begins with.
#[test]
fn the_sample_story() -> Outcome {
    let Some(path) = shared("samples/yonhap.txt") else { return Ok(()) };
    let text = std::fs::read_to_string(path)?;
    let found = quotes(&Prose::plain(&text, Some("en")));
    let quoted = found.iter().filter(|quote| quote.kind != QuoteKind::Indirect);
    let speakers: Vec<&str> = quoted
        .filter_map(|quote| quote.speaker.as_ref())
        .filter_map(|speaker| text.get(speaker.head.clone()))
        .collect();
    let expected = [
        "State Department spokeswoman Jennifer Psaki",
        "he",
        "The South Korean government",
        "Cho Tai-young",
        "Davies",
        "He",
        "Davies",
    ];
    assert_eq!(speakers, expected);
    Ok(())
}

/// Ranges lie on characters and hold text; contents of one quote are in order and apart.
fn check(text: &str, language: Option<&str>) {
    for quote in quotes(&Prose::plain(text, language)) {
        let speaker = quote.speaker.iter().flat_map(|speaker| [&speaker.range, &speaker.head]);
        let cue = quote.cue.iter().map(|cue| &cue.range);
        for range in quote.contents.iter().chain(speaker).chain(cue) {
            let slice = text.get(range.clone()).expect("a range on characters");
            assert!(!slice.is_empty(), "{quote:?} in {text:?}");
        }
        let apart = quote.contents.windows(2).all(|pair| pair[0].end <= pair[1].start);
        assert!(apart && !quote.contents.is_empty(), "{quote:?} in {text:?}");
    }
}

/// What the rules look at, so that random texts reach them.
const PIECES: [&str; 64] = [
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "'",
    "''",
    "``",
    "«",
    "»",
    "„",
    "‚",
    "「",
    "」",
    "『",
    "』",
    "—",
    "–",
    "--",
    ",",
    ".",
    "?",
    "!",
    ":",
    ";",
    "(",
    ")",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "…",
    "he",
    "she",
    "Mr.",
    "Ann",
    "Lee",
    "the",
    "mayor",
    "of",
    "and",
    "said",
    "says",
    "told",
    "reporters",
    "that",
    "according",
    "to",
    "was",
    "not",
    "wants",
    "claim",
    "'s",
    "who",
    "in",
    "Friday",
    "5",
    "A:",
    "Q:",
    "HOBBS:",
    "sagte",
    "a-t-elle",
    "é",
];

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(&text, None);
    }

    #[test]
    fn any_pieces_are_read(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40),
        glue in prop::sample::select(&["", " "][..]),
        language in prop::option::of(prop::sample::select(&["en", "de", "fr", "es", "ja"][..])),
    ) {
        check(&pieces.join(glue), language);
    }
}
