use std::fmt::Write as _;

use super::kinds::Kinds;
use super::tables::TABLES;
use super::*;
use crate::lexicon;
use crate::reading::entity::Kind;

fn read(text: &str) -> Vec<Person> {
    people(&Prose::plain(text, Some("en")), &[])
}

fn slice(text: &str, range: &Range<usize>) -> String {
    text.get(range.clone()).unwrap_or_default().to_owned()
}

fn names(people: &[Person]) -> Vec<&str> {
    people.iter().map(|person| person.name.as_str()).collect()
}

#[test]
fn mentions_of_one_person_are_joined() {
    let text = "Ann Miller, 45, a lawyer for Acme Ltd., spoke on Monday.\n\nMs. Miller said she was glad. \
                The lawyer left.";
    let people = read(text);
    assert_eq!(names(&people), ["Ann Miller"]);
    let person = &people[0];
    let mentions: Vec<_> =
        person.mentions.iter().map(|m| (slice(text, &m.range), m.kind)).collect();
    assert_eq!(
        mentions,
        [
            ("Ann Miller".to_owned(), MentionKind::Full),
            ("a lawyer".to_owned(), MentionKind::Nominal),
            ("Miller".to_owned(), MentionKind::Title),
            ("she".to_owned(), MentionKind::Pronoun),
            ("The lawyer".to_owned(), MentionKind::Nominal),
        ]
    );
    assert_eq!(person.age.as_ref().map(|age| slice(text, age)).as_deref(), Some("45"));
    assert_eq!(person.honorific.as_ref().map(|h| slice(text, h)).as_deref(), Some("Ms."));
    assert_eq!(person.gender, Gender::Female);
    let role = &person.roles[0];
    assert_eq!(
        (slice(text, &role.range).as_str(), role.kind),
        ("a lawyer for Acme Ltd.", RoleKind::Apposition)
    );
    assert_eq!(role.affiliation.as_ref().map(|a| slice(text, a)).as_deref(), Some("Acme Ltd."));
}

#[test]
fn people_of_one_surname_stay_apart() {
    let people = read(
        "Kim Sung-min met Kim Jae-won, a banker. Peter Hall and Mary Hall came. Mrs. Hall spoke.",
    );
    assert_eq!(names(&people), ["Kim Sung-min", "Kim Jae-won", "Peter Hall", "Mary Hall"]);
    assert_eq!(people[3].mentions.len(), 2);
}

#[test]
fn stated_names_are_taken() {
    let text = "Zork Blarg arrived. Later Blarg left.";
    let hint = Mention { range: 0..10, kind: Kind::Person, confidence: 0.9 };
    let people = people(&Prose::plain(text, Some("en")), &[hint]);
    assert_eq!(names(&people), ["Zork Blarg"]);
    assert_eq!(people[0].mentions.len(), 2);
}

#[test]
fn nothing_comes_of_nothing() {
    assert_eq!(read(""), []);
    assert_eq!(read("the rain fell, and fell."), []);
    let text = "é";
    let odd = Mention { range: 1..9, kind: Kind::Person, confidence: 1.0 };
    assert!(people(&Prose::plain(text, None), &[odd]).len() <= 1);
}

#[test]
fn tokens_hold_a_text_and_what_is_known_of_them() {
    let text = format!("“Tell her,” said Ann. {} {}", "é".repeat(50_000), "ab-".repeat(50_000));
    let tokens = Tokens::of(&Prose::plain(&text, Some("en")));
    let mut behind = 0;
    for (at, token) in tokens.list.iter().enumerate() {
        let start = token.start as usize;
        assert!(text.get(behind..start).is_some_and(|gap| gap.trim().is_empty()));
        assert!(text.get(start..token.end()).is_some_and(|own| own == tokens.str(at)));
        behind = token.end();
        let known = match tokens.str(at) {
            "her" => Some(("her", true)),
            "Ann" => Some(("ann", false)),
            _ => None,
        };
        if let Some((word, quoted)) = known {
            assert_eq!((token.word(), token.quoted()), (TABLES.word(word), quoted));
        }
    }
    assert_eq!(behind, text.len());
    assert_eq!(size_of::<token::Token>(), 12);
}

/// Bytes of a hostile text.
const HOSTILE: usize = 1 << 20;

#[test]
fn hostile_texts_take_linear_time() {
    for unit in [
        "Kim ",
        "Ann Lee, ",
        "Mr. Ann Lee said he, the minister, ",
        "A. ",
        "the president of the president, ",
        "’s ",
        "\" ",
        "ab-",
    ] {
        let text = unit.repeat(HOSTILE / unit.len());
        read(&text);
    }
    let mut text = String::new();
    while text.len() < HOSTILE {
        let number = text.len();
        let _ = write!(text, "Ann{number} Lee{number} met Bob Kim{number}. ");
    }
    assert!(read(&text).len() > 1000);
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../../lexicon/people/", $name, ".tsv"))
    };
}

#[test]
fn word_lists_are_sorted() {
    for (file, columns) in [
        (file!("first_names"), 3),
        (file!("person_nouns"), 2),
        (file!("honorifics"), 2),
        (file!("titles"), 2),
        (file!("relations"), 3),
        (file!("words"), 2),
        (file!("pronouns"), 3),
        (file!("nicknames"), 2),
        (file!("family_first"), 2),
    ] {
        lexicon::check(file, columns);
    }
}

#[test]
fn first_names_of_bylines_are_those_of_the_tables() {
    let known = |word: &str| {
        let kinds = TABLES.word(word).kinds;
        kinds.any(Kinds::FIRST) && !kinds.any(Kinds::TITLE.with(Kinds::HONORIFIC))
    };
    for file in [file!("first_names"), file!("titles"), file!("honorifics")] {
        for word in lexicon::lines(file).filter_map(|line| line.split('\t').next()) {
            assert_eq!(super::is_first_name(word), known(&word.to_lowercase()), "{word}");
        }
    }
}
