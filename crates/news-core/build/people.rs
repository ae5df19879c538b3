//! What every word is that the reading of people knows, in one table.

use std::collections::BTreeMap;

use self::kinds::{Case, Gender, Kinds, Word, gender_by_form};
use crate::table::{self, read, rows};

#[path = "../src/reading/people/kinds.rs"]
#[allow(dead_code, unreachable_pub, reason = "what the reading asks of words")]
mod kinds;

/// The file of the table: words in lower case, each with its number.
pub(crate) fn table() -> Vec<u8> {
    let words = Words::read().0.into_iter();
    table::file(&words.map(|(word, known)| (word.into(), number(known))).collect())
}

fn number(word: Word) -> Vec<u8> {
    assert_eq!(Word::of(word.number()), word);
    word.number().to_le_bytes().to_vec()
}

#[derive(Default)]
struct Words(BTreeMap<String, Word>);

impl Words {
    fn read() -> Self {
        let mut words = Self::default();
        for (name, kind) in [
            ("person_nouns", Kinds::PERSON),
            ("titles", Kinds::TITLE),
            ("honorifics", Kinds::HONORIFIC),
        ] {
            for row in rows(&file(name)) {
                let [word, gender] = row[..] else { continue };
                words.add_noun(word, kind, gender);
            }
        }
        for row in rows(&file("relations")) {
            let [word, kind, gender] = row[..] else { continue };
            let kind = Kinds::named(kind).unwrap_or_default();
            let anybody = kind == Kinds::PERSON && gender != "u";
            let also = if anybody { Kinds::ANYBODY } else { kind };
            words.add_noun(word, kind.with(also), gender);
        }
        words.add_first_names();
        words.add_others();
        words
    }

    fn word(&mut self, word: &str) -> &mut Word {
        self.0.entry(word.to_owned()).or_default()
    }

    fn add_noun(&mut self, noun: &str, kind: Kinds, gender: &str) {
        let word = self.word(noun);
        word.kinds = word.kinds.with(kind);
        word.noun = word.noun.or(Gender::named(gender)).or(gender_by_form(noun));
    }

    /// First names, but those that are titles too.
    fn add_first_names(&mut self) {
        for row in rows(&file("first_names")) {
            let [name, gender, frequency, ..] = row[..] else { continue };
            let word = self.word(&name.to_lowercase());
            if !word.kinds.any(Kinds::TITLE.with(Kinds::HONORIFIC)) {
                let common = if frequency == "c" { Kinds::COMMON } else { Kinds::FIRST };
                word.kinds = word.kinds.with(Kinds::FIRST).with(common);
                word.name = Gender::named(gender);
            }
        }
    }

    fn add_others(&mut self) {
        for row in rows(&file("words")) {
            let [word, kinds] = row[..] else { continue };
            let all = kinds.split(',').filter_map(Kinds::named);
            let word = self.word(word);
            word.kinds = all.fold(word.kinds, Kinds::with);
        }
        for row in rows(&file("family_first")) {
            let word = self.word(row[0]);
            word.kinds = word.kinds.with(Kinds::FAMILY_FIRST);
        }
        for row in rows(&file("pronouns")) {
            let [word, gender, case] = row[..] else { continue };
            let word = self.word(word);
            word.kinds = word.kinds.with(Kinds::PRONOUN);
            word.noun = Gender::named(gender);
            word.case = match case {
                "object" => Case::Object,
                "possessive" => Case::Possessive,
                "reflexive" => Case::Reflexive,
                _ => Case::Subject,
            };
        }
    }
}

fn file(name: &str) -> String {
    read(&format!("people/{name}.tsv"))
}
