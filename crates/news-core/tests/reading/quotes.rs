//! Quotes: the composed cases of `fixtures/language/quotes.toml`, and what holds for any text.

use std::collections::BTreeMap;
use std::io::Write as _;
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

/// A gold text of the corpora; spans count code points.
#[derive(Deserialize)]
struct Gold {
    text: String,
    lang: Option<String>,
    attributions: Vec<GoldAttribution>,
}

#[derive(Deserialize)]
struct GoldAttribution {
    content: Vec<(usize, usize)>,
    source: Vec<(usize, usize)>,
}

/// How often a rule decided, and how often it was right.
type Reached = BTreeMap<String, (usize, usize)>;

/// Prints what each rule reaches on the labelled texts and the composed cases, as
/// (right + 1) / (all + 2). Right: gold has the attribution, and a word of its speaker in common
/// where the quote has one. The numbers of `reading/quote/rule.rs`.
#[test]
#[ignore = "measures"]
fn what_rules_reach() -> Outcome {
    let mut reached = Reached::new();
    let Some(folder) = shared("corpora/language/quotes") else { return Ok(()) };
    for set in ["polnear", "dewikinews_quotes"] {
        for half in ["dev.jsonl", "train.jsonl"] {
            let text = std::fs::read_to_string(folder.join(set).join(half))?;
            for line in text.lines() {
                judge(&serde_json::from_str(line)?, &mut reached);
            }
        }
    }
    for case in cases::<Case>("quotes.toml", 200)? {
        for quote in quotes(&Prose::plain(&case.text, case.language.as_deref())) {
            let (all, right) = reached.entry(quote.rule).or_default();
            (*all, *right) = (*all + 1, *right + 1);
        }
    }
    for (rule, (all, right)) in reached {
        let share = (right as f64 + 1.0) / (all as f64 + 2.0);
        writeln!(std::io::stdout(), "{rule:26} {right:5} of {all:5} {share:.2}")?;
    }
    Ok(())
}

fn judge(gold: &Gold, reached: &mut Reached) {
    let bytes: Vec<usize> = gold.text.char_indices().map(|(byte, _)| byte).collect();
    let byte = |point: usize| bytes.get(point).copied().unwrap_or(gold.text.len());
    let ranges = |spans: &[(usize, usize)]| -> Vec<Range<usize>> {
        spans.iter().map(|(start, end)| byte(*start)..byte(*end)).collect()
    };
    let golds: Vec<_> =
        gold.attributions.iter().map(|a| (ranges(&a.content), ranges(&a.source))).collect();
    for quote in quotes(&Prose::plain(&gold.text, gold.lang.as_deref())) {
        if quote.depth > 0 {
            continue;
        }
        let best = golds.iter().max_by_key(|(content, _)| overlap(content, &quote.contents));
        let right = best.is_some_and(|(content, source)| {
            let both = overlap(content, &quote.contents);
            let least = length(content).min(length(&quote.contents));
            let speaker = quote.speaker.iter().map(|speaker| speaker.range.clone());
            let speaker: Vec<_> = speaker.collect();
            both * 2 >= least && both > 0 && (speaker.is_empty() || overlap(source, &speaker) > 0)
        });
        let count = reached.entry(quote.rule).or_default();
        *count = (count.0 + 1, count.1 + usize::from(right));
    }
}

fn length(ranges: &[Range<usize>]) -> usize {
    ranges.iter().map(Range::len).sum()
}

/// Bytes that both cover.
fn overlap(a: &[Range<usize>], b: &[Range<usize>]) -> usize {
    let overlap =
        |x: &Range<usize>, y: &Range<usize>| x.end.min(y.end).saturating_sub(x.start.max(y.start));
    a.iter().flat_map(|x| b.iter().map(move |y| overlap(x, y))).sum()
}
