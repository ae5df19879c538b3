//! The cases of `fixtures/language/times.toml`, and properties that hold for any text.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Debug, Deserialize)]
struct Case {
    text: String,
    anchor: Option<String>,
    language: Option<String>,
    expected: Vec<Expected>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Expected {
    text: String,
    kind: String,
    value: String,
    modifier: Option<String>,
}

fn anchor(day: &str) -> Anchor {
    let date = day.parse().unwrap_or_else(|error| panic!("anchor {day}: {error}"));
    Anchor { date, time: None, source: AnchorSource::Caller }
}

fn read(text: &str, language: Option<&str>, anchor: Option<&Anchor>) -> Vec<Expected> {
    let found = times(text, language, anchor).into_iter();
    found
        .map(|time| Expected {
            text: text.get(time.start..time.end).unwrap_or_default().to_owned(),
            kind: time.kind.timex().to_owned(),
            value: time.value,
            modifier: time.modifier.map(|modifier| modifier.timex().to_owned()),
        })
        .collect()
}

#[test]
fn every_case_is_read_as_expected() {
    let file = include_str!("../../../../../fixtures/language/times.toml");
    let cases: Cases = toml::from_str(file).unwrap_or_else(|error| panic!("{error}"));
    assert!(cases.case.len() >= 200, "{} cases", cases.case.len());
    let mut wrong = String::new();
    for case in cases.case {
        let anchor = case.anchor.as_deref().map(anchor);
        let found = read(&case.text, case.language.as_deref(), anchor.as_ref());
        if found != case.expected {
            let _ = writeln!(wrong, "{}\n  {found:?}\n  {:?}", case.text, case.expected);
        }
    }
    assert!(wrong.is_empty(), "found, then expected:\n{wrong}");
}

#[test]
fn an_expression_names_the_date_it_was_read_against() {
    let anchor = anchor("2024-05-02");
    let found = times(
        "He left yesterday. On March 3, 2020 and the next day, he sang.",
        None,
        Some(&anchor),
    );
    let against: Vec<_> = found
        .iter()
        .map(|time| time.anchor.as_ref().map(|anchor| (anchor.source, anchor.value.as_str())))
        .collect();
    assert_eq!(
        against,
        [
            Some((AnchorSource::Caller, "2024-05-02")),
            None,
            Some((AnchorSource::Mention, "2020-03-03")),
        ]
    );
}

#[test]
fn ends_of_the_calendar_are_no_panic() {
    for text in [
        "in 999999999 years from now, 999999999 centuries ago, 888888888 days later, 99999 quarters later",
        "January 1, 9999. The following year. 9 years later. The next decade.",
        "the 22nd century, 2199-12-31, the year after, 1000-01-01, 900 years earlier",
        "99999999999999999999 years ago, 5 p.m. (GMT+99), 17:00 UTC-14:75, 24:00 NZDT+14, June 3 and 99",
        "'00s '20s 00/00/0000 31.12.9999 24:60 0th of May the 99th century",
    ] {
        for date in [Date::MIN, Date::MAX, Date::constant(2024, 2, 29)] {
            times(text, None, Some(&Anchor { date, time: None, source: AnchorSource::Caller }));
        }
        times(text, Some("de"), None);
    }
}

/// Words that open rules, in any order.
const WORDS: [&str; 48] = [
    "the", "a", "last", "next", "this", "third", "quarter", "year", "years", "ago", "earlier",
    "two", "30", "1990", "May", "March", "Monday", "of", "in", "end", "-", "'", "s", ",", ".",
    "half", "every", "twice", "week", "weekend", "noon", "5", "p.m.", "EST", ":", "30", "/",
    "late", "mid", "summer", "and", "or", "so", "\n\n", "century", "11th", "ended", "fiscal",
];

fn check(text: &str, language: Option<&str>) -> Result<(), TestCaseError> {
    let mut end = 0;
    for time in times(text, language, Some(&anchor("2024-05-02"))) {
        prop_assert!(time.start >= end && time.end > time.start, "sorted and apart");
        prop_assert!(text.get(time.start..time.end).is_some(), "on character boundaries");
        prop_assert!(!time.value.is_empty());
        end = time.end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn ranges_of_any_text_are_sorted_and_on_boundaries(text in "\\PC{0,200}") {
        for language in [None, Some("de"), Some("fr"), Some("es"), Some("ja")] {
            check(&text, language)?;
        }
    }

    #[test]
    fn ranges_of_time_words_are_sorted_and_on_boundaries(
        words in prop::collection::vec((prop::sample::select(&WORDS[..]), any::<bool>()), 0..40),
    ) {
        let text: String =
            words.iter().flat_map(|(word, spaced)| [*word, if *spaced { " " } else { "" }]).collect();
        check(&text, None)?;
    }
}

#[test]
fn a_long_text_is_read_to_its_end() {
    let sentence = "They will meet on Monday, 3 May 2024, or on 4 May. ";
    let text = sentence.repeat(5_000);
    let found = times(&text, Some("en"), None);
    let one = times(sentence, Some("en"), None);
    assert_eq!(found.len(), 5_000 * one.len());
    for (place, time) in found.iter().enumerate() {
        let (own, at) = (&one[place % one.len()], place / one.len() * sentence.len());
        assert_eq!((time.start - at, time.end - at, &time.value), (own.start, own.end, &own.value));
    }
}
