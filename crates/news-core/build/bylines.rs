//! What every word and phrase is that the reading of bylines knows, and the names of agencies.

use std::collections::BTreeMap;

use self::kinds::{Junk, Kind, Organisation, Role, Where};
use crate::table::{self, read, rows};

#[path = "../src/metadata/byline/kinds.rs"]
#[allow(dead_code, unreachable_pub, reason = "what the reading asks of words")]
mod kinds;

/// What is known of a word or phrase.
#[derive(Default)]
struct Known {
    /// Most words of a cue or junk phrase that begins with it.
    words: u8,
    junk: u8,
    role: u8,
    organisation: u8,
    /// Kind, place and languages.
    cues: Vec<(u8, u8, String)>,
}

impl Known {
    fn record(&self) -> Vec<u8> {
        let count = u8::try_from(self.cues.len()).expect("few cues a phrase");
        let mut record = vec![self.words, self.junk, self.role, self.organisation, count];
        for (kind, place, languages) in &self.cues {
            let length = u8::try_from(languages.len()).expect("few languages a cue");
            record.extend([*kind, *place, length]);
            record.extend(languages.bytes());
        }
        record
    }
}

/// The file of the table of words and phrases, in lower case.
pub(crate) fn table() -> Vec<u8> {
    let mut all: BTreeMap<String, Known> = BTreeMap::new();
    for row in rows(&read("byline_cues.tsv")) {
        let [phrase, kind, languages, place] = row[..] else { panic!("columns of {row:?}") };
        let kind = Kind::named(kind).unwrap_or_else(|| panic!("kind of {row:?}")).number();
        let place = Where::named(place).unwrap_or_else(|| panic!("place of {row:?}")).number();
        let cues = &mut all.entry(phrase.to_owned()).or_default().cues;
        cues.push((kind, place, languages.to_owned()));
        note_words(&mut all, phrase);
    }
    for row in rows(&read("byline_junk.tsv")) {
        let [phrase, kind] = row[..] else { panic!("columns of {row:?}") };
        let kind = Junk::named(kind).unwrap_or_else(|| panic!("kind of {row:?}"));
        all.entry(phrase.to_owned()).or_default().junk = kind.number();
        note_words(&mut all, phrase);
    }
    for row in rows(&read("roles.tsv")) {
        let kind = Role::named(row[1]).unwrap_or_else(|| panic!("kind of {row:?}"));
        all.entry(row[0].to_owned()).or_default().role = kind.number();
    }
    for row in rows(&read("organisation_words.tsv")) {
        let place = Organisation::named(row[1]).unwrap_or_else(|| panic!("place of {row:?}"));
        all.entry(row[0].to_owned()).or_default().organisation = place.number();
    }
    table::sparse(&all.iter().map(|(word, known)| (word.clone().into(), known.record())).collect())
}

/// Notes how many words a phrase has, with its first.
fn note_words(all: &mut BTreeMap<String, Known>, phrase: &str) {
    let words = u8::try_from(phrase.split(' ').count()).expect("a phrase is short");
    let first = phrase.split(' ').next().unwrap_or(phrase);
    let most = &mut all.entry(first.to_owned()).or_default().words;
    *most = words.max(*most);
}

/// The file of the table of agencies: their names and short forms in lower case, those of two letters as they
/// are, each with the full name.
pub(crate) fn agencies() -> Vec<u8> {
    let mut names: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
    for row in rows(&read("agencies.tsv")) {
        let [name, short, others, ..] = row[..] else { panic!("columns of {row:?}") };
        let length = u8::try_from(name.len()).expect("a name is short");
        let known = [&[length], name.as_bytes()].concat();
        for alias in [name, short].into_iter().chain(others.split('|')) {
            let key = if alias.len() <= 2 { alias.to_owned() } else { alias.to_lowercase() };
            if !alias.is_empty() {
                names.insert(key.into(), known.clone());
            }
        }
    }
    table::sparse(&names)
}
