//! Texts of telling words in any order: the reading neither fails nor gives ranges that are none.

use news_core::article::{EntityKind, Readout, Span};
use news_core::reading::time::{Anchor, AnchorSource};
use proptest::prelude::*;

/// Words and marks on which the passes of the reading decide, in the four languages they know.
const WORDS: &[&str] = &[
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "„",
    "‚",
    "—",
    "--",
    "-",
    "(",
    ")",
    "[",
    "]",
    "「",
    "」",
    ",",
    ".",
    ":",
    ";",
    "?",
    "!",
    "…",
    "...",
    "\n",
    "\n\n",
    "\t",
    "Q:",
    "A:",
    "SMITH:",
    "said",
    "says",
    "told",
    "asked",
    "added",
    "according",
    "to",
    "that",
    "whether",
    "not",
    "also",
    "now",
    "still",
    "and",
    "or",
    "was",
    "is",
    "quoted",
    "as",
    "saying",
    "by",
    "he",
    "she",
    "they",
    "his",
    "her",
    "who",
    "which",
    "the",
    "a",
    "an",
    "of",
    "for",
    "in",
    "at",
    "on",
    "from",
    "Mr.",
    "Mrs.",
    "Dr.",
    "Sen.",
    "President",
    "president",
    "spokeswoman",
    "minister",
    "mayor",
    "chief",
    "executive",
    "officials",
    "sources",
    "ministry",
    "government",
    "Jane",
    "Doe",
    "John",
    "Smith",
    "Kim",
    "Yong-il",
    "van",
    "der",
    "bin",
    "al-Masri",
    "Jr.",
    "O'Brien",
    "Ms",
    "45,",
    "45",
    "the 45-year-old",
    "year-old",
    "'s",
    "’s",
    "U.S.",
    "Seoul",
    "French",
    "Bank",
    "University",
    "(IAEA)",
    "IAEA",
    "International Atomic Energy Agency",
    "Ohio",
    "Paris,",
    "May",
    "3",
    "2024",
    "Thursday",
    "last",
    "next",
    "week",
    "quarter",
    "years",
    "ago",
    "early",
    "a year earlier",
    "February 30",
    "12:30",
    "p.m.",
    "GMT",
    "1990s",
    "sagte",
    "dass",
    "er",
    "sie",
    "Herr",
    "laut",
    "sei",
    "der",
    "die",
    "Freitag",
    "dit-il",
    "selon",
    "que",
    "déclaré",
    "dijo",
    "según",
    "martes",
    "王小明",
    "記者",
    "نيو",
    "\u{301}",
    "\u{200b}",
    "\u{feff}",
    "İ",
    "ß",
    "🎉",
    "Ⅷ",
    "½",
    "٣",
    "x",
    "McDonald's",
];

fn soup() -> impl Strategy<Value = String> {
    let word = (0..WORDS.len(), prop::bool::weighted(0.85));
    prop::collection::vec(word, 0..60).prop_map(|words| {
        let spaced = |(word, space): (usize, bool)| [WORDS[word], if space { " " } else { "" }];
        words.into_iter().flat_map(spaced).collect()
    })
}

fn check(text: &str, language: Option<&str>) {
    let date = "2024-05-03".parse().expect("a day");
    let anchor = Anchor { date, time: None, source: AnchorSource::Caller };
    let readout = Readout::of_text(text, language, Some(&anchor));
    let holds = |span: Span| {
        let said = text.get(span.start as usize..span.end as usize);
        assert!(said.is_some_and(|said| !said.is_empty()), "{span:?} of {text:?}");
    };
    let reading = &readout.reading;
    reading.sentences.iter().for_each(|span| holds(*span));
    reading.times.iter().for_each(|time| holds(time.span));
    for entity in &reading.entities {
        entity.mentions.iter().for_each(|mention| holds(mention.span));
        if let EntityKind::Person { roles, .. } = &entity.kind {
            for role in roles {
                holds(role.span);
            }
        }
    }
    for quote in &reading.quotes {
        quote.contents.iter().for_each(|span| holds(*span));
        quote.cue.iter().for_each(|cue| holds(cue.span));
        quote.speaker.iter().for_each(|speaker| holds(speaker.span));
        assert!((0.0..=1.0).contains(&quote.confidence));
    }
    assert_eq!(readout, Readout::of_text(text, language, Some(&anchor)), "twice the same");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 5000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_order_of_words_is_read(text in soup(), language in 0..6usize) {
        check(&text, [None, Some("en"), Some("de"), Some("fr"), Some("es"), Some("ja")][language]);
    }
}
