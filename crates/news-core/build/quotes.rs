//! What every word is that the reading of quotes knows, in a table a language.

use std::collections::BTreeMap;

use self::classes::Classes;
use crate::table::{self, read, rows};

#[path = "../src/reading/quote/classes.rs"]
#[allow(dead_code, reason = "what the reading asks of words")]
mod classes;

/// The languages with word lists.
pub(crate) const LANGUAGES: [&str; 4] = ["en", "de", "es", "fr"];

/// What is known of a word.
#[derive(Debug, Default)]
struct Word {
    classes: u32,
    /// Places of its lemmas among the rows of both lists, plus one.
    cue: u16,
    noun: u16,
    parts: u8,
}

impl Word {
    fn record(&self) -> Vec<u8> {
        let mut record = self.classes.to_le_bytes().to_vec();
        record.extend(self.cue.to_le_bytes());
        record.extend(self.noun.to_le_bytes());
        record.push(self.parts);
        record
    }
}

/// Whatever `forms.tsv` of the languages say of a word's parts of speech, first nothing.
pub(crate) fn parts() -> Vec<String> {
    let mut parts = vec![String::new()];
    for language in LANGUAGES {
        parts.extend(rows(&file(language, "forms")).map(|row| row[1].to_owned()));
    }
    parts.sort();
    parts.dedup();
    parts
}

/// The constant that holds [`parts`].
pub(crate) fn code(parts: &[String]) -> String {
    format!("const PARTS: [&str; {}] = {parts:?};\n", parts.len())
}

/// The file of a language's table.
pub(crate) fn table(language: &str, parts: &[String]) -> Vec<u8> {
    let mut words: BTreeMap<String, Word> = BTreeMap::new();
    for row in rows(&file(language, "words")) {
        let classes = row[1].split(' ').map(|name| Classes::named(name).0).sum();
        words.entry(row[0].to_owned()).or_default().classes = classes;
    }
    for row in rows(&file(language, "forms")) {
        let place = parts.iter().position(|own| own == row[1]).expect("parts of all languages");
        let place = u8::try_from(place).expect("few combinations");
        words.entry(row[0].to_owned()).or_default().parts = place;
    }
    for (lemma, (row, is_cue)) in lemmas(language).into_iter().enumerate() {
        for form in row[3].split(' ') {
            let word = words.entry(form.to_owned()).or_default();
            *(if is_cue { &mut word.cue } else { &mut word.noun }) = lemma as u16 + 1;
        }
    }
    table::file(&words.into_iter().map(|(word, known)| (word.into(), known.record())).collect())
}

/// The rows of both lists of lemmas, and whether each is of the first.
fn lemmas(language: &str) -> Vec<(Vec<String>, bool)> {
    let lists = [("cues", true), ("nouns", false)];
    let rows_of = |(list, is_cue)| {
        let file = file(language, list);
        let owned = rows(&file).map(|row| (row.into_iter().map(str::to_owned).collect(), is_cue));
        owned.collect::<Vec<_>>()
    };
    lists.into_iter().flat_map(rows_of).collect()
}

/// The lemmas of a language without their forms.
pub(crate) fn lemma_list(language: &str) -> String {
    lemmas(language).into_iter().map(|(row, _)| row[..3].join("\t") + "\n").collect()
}

fn file(language: &str, list: &str) -> String {
    read(&format!("quotes/{language}/{list}.tsv"))
}
