//! Word lists, hostile texts, and what holds for every quote.

use std::time::{Duration, Instant};

use super::classes::CLASSES;
use super::words::{FILES, FRAME_LETTERS, TRAITS, Tables};
use super::{Quote, QuoteKind, Stance, quotes, token};
use crate::lexicon;
use crate::reading::{Paragraph, ParagraphKind, Prose};

fn read(text: &str) -> Vec<Quote> {
    let found = quotes(&Prose::plain(text, None));
    for quote in &found {
        assert!(!quote.contents.is_empty(), "{quote:?}");
        let speaker = quote.speaker.iter().flat_map(|speaker| [&speaker.range, &speaker.head]);
        let cue = quote.cue.iter().map(|cue| &cue.range);
        for range in quote.contents.iter().chain(speaker).chain(cue) {
            assert!(text.get(range.clone()).is_some_and(|slice| !slice.is_empty()), "{quote:?}");
        }
    }
    found
}

/// The lists of each language: words, forms, cues, nouns.
const LISTS: [[&str; 4]; FILES.len()] = {
    macro_rules! lists {
        ($($language:literal),*) => {
            [$([
                include_str!(concat!("../../../lexicon/quotes/", $language, "/words.tsv")),
                include_str!(concat!("../../../lexicon/quotes/", $language, "/forms.tsv")),
                include_str!(concat!("../../../lexicon/quotes/", $language, "/cues.tsv")),
                include_str!(concat!("../../../lexicon/quotes/", $language, "/nouns.tsv")),
            ]),*]
        };
    }
    lists!["en", "de", "es", "fr"]
};

#[test]
fn word_lists_are_in_order() {
    for (files, [words, forms, cues, nouns]) in FILES.iter().zip(LISTS) {
        assert!(
            lexicon::lines(files.traits).all(|own| TRAITS.contains(&own)),
            "{}",
            files.language
        );
        lexicon::check(words, 2);
        lexicon::check(forms, 2);
        lexicon::check(cues, 4);
        lexicon::check(nouns, 4);
        for row in lexicon::rows(words) {
            for class in row[1].split(' ') {
                assert!(CLASSES.contains(&class), "{row:?}");
            }
        }
        for row in lexicon::rows(cues).chain(lexicon::rows(nouns)) {
            assert!(Stance::named(row[1]).is_some(), "{row:?}");
            for frame in row[2].split(',') {
                let known = frame.starts_with('p') || FRAME_LETTERS.contains(frame);
                assert!(known && !frame.is_empty(), "{row:?}");
            }
        }
    }
}

#[test]
fn forms_lead_to_their_lemmas() {
    for (files, [_, _, cues, nouns]) in FILES.iter().zip(LISTS) {
        let tables = Tables::of(Some(files.language));
        let lemmas = |row: &[&str], cue: u16, form: &str| {
            let lemma = tables.lemma(cue).map(|lemma| lemma.name);
            assert_eq!(lemma, Some(row[0]), "{form}");
        };
        for row in lexicon::rows(cues) {
            let form = row[3].split(' ').next().unwrap_or_default();
            lemmas(&row, tables.word(form).0.cue, form);
        }
        for row in lexicon::rows(nouns) {
            let form = row[3].split(' ').next().unwrap_or_default();
            lemmas(&row, tables.word(form).0.noun, form);
        }
    }
}

#[test]
fn a_text_without_speech_has_no_quotes() {
    assert!(read("").is_empty());
    assert!(read("The bridge opened in May. It is long.").is_empty());
}

#[test]
fn odd_marks_cost_one_paragraph() {
    let found = read("He said, \"It is late.\n\nShe said, \"It is early.\"");
    let contents: Vec<usize> = found.iter().map(|quote| quote.contents[0].len()).collect();
    assert_eq!(contents, ["It is late.".len(), "It is early.".len()]);
    assert!(found.iter().all(|quote| quote.kind == QuoteKind::Direct && quote.speaker.is_some()));
}

#[test]
fn block_quotes_and_answers_are_speech() {
    let text = "We must act.\nHow?\nBy law.";
    let kinds = [ParagraphKind::BlockQuote, ParagraphKind::Question, ParagraphKind::Answer];
    let ranges = [0..12, 13..17, 18..25];
    let paragraphs =
        ranges.into_iter().zip(kinds).map(|(range, kind)| Paragraph { range, kind }).collect();
    let rules: Vec<String> =
        quotes(&Prose::new(text, None, paragraphs)).into_iter().map(|quote| quote.rule).collect();
    assert_eq!(rules, ["block_quote", "interview_question", "interview_answer"]);
}

#[test]
fn tokens_hold_a_text_and_what_is_noted_of_them() {
    let long = ["é".repeat(20_000), "ab-".repeat(20_000), "-".repeat(40_000)];
    let text = format!("“It’s U.S. law,” said Élise. {}", long.join(" "));
    let mut tokens = Vec::new();
    token::cut(&text, 0..text.len(), Tables::of(Some("en")), &mut tokens);
    let mut behind = 0;
    for token in &mut tokens {
        let range = token.range();
        assert!(text.get(behind..range.start).is_some_and(|gap| gap.trim().is_empty()));
        let own = text.get(range.clone()).expect("whole characters");
        assert_eq!(token.capital(), own.starts_with(char::is_uppercase));
        for quoted in [true, true, false] {
            token.quote(quoted);
            assert_eq!((token.quoted(), token.range()), (quoted, range.clone()));
            assert_eq!(token.capital(), own.starts_with(char::is_uppercase));
        }
        behind = range.end;
    }
    assert_eq!(behind, text.len());
    assert_eq!(size_of::<token::Token>(), 16);
}

/// Reads hostile texts of one and of four times the length: the time may not grow much faster.
fn assert_linear(name: &str, piece: &str) {
    let time = |bytes: usize| {
        let text = piece.repeat(bytes / piece.len() + 1);
        let started = Instant::now();
        read(&text);
        started.elapsed()
    };
    let (short, long) = (time(150_000), time(600_000));
    let bound = short * 16 + Duration::from_secs(2);
    assert!(long < bound, "{name}: {short:?} and {long:?}");
}

#[test]
fn hostile_texts_take_linear_time() {
    for (name, piece) in [
        ("quote marks", "\""),
        ("opening marks", "“"),
        ("single marks", "' a"),
        ("single marks inside double ones", "“‘"),
        ("marks of every style", "“„«‹「『\"'"),
        ("open paragraphs", "“no end\n"),
        ("signatures", "“a” — Ann Lee "),
        ("one long word", "ab-"),
        ("one long sentence", "and the man of the house said that it was so, "),
        ("quotations in one sentence", "“so,” he said, and “no,” she said, "),
        ("colons", "he said to them: "),
        ("names", "Ann Lee "),
        ("names and commas", "Ann Lee, a lawyer, "),
        ("cues", "said "),
        ("according", "according to him "),
        ("brackets", "(a) said ("),
    ] {
        assert_linear(name, piece);
    }
}
