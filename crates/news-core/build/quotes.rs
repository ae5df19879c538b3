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
    let (cues, nouns) = (file(language, "cues"), file(language, "nouns"));
    let cues = rows(&cues).map(|row| (row, true));
    for (lemma, (row, is_cue)) in cues.chain(rows(&nouns).map(|row| (row, false))).enumerate() {
        for form in row[3].split(' ') {
            let word = words.entry(form.to_owned()).or_default();
            *(if is_cue { &mut word.cue } else { &mut word.noun }) = lemma as u16 + 1;
        }
    }
    table::file(&words.into_iter().map(|(word, known)| (word.into(), known.record())).collect())
}

fn file(language: &str, list: &str) -> String {
    read(&format!("quotes/{language}/{list}.tsv"))
}
