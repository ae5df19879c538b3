//! The trigrams by which languages are told, in a table a script.

use std::collections::BTreeMap;

use crate::table::{self, read, rows};

use self::trigram::{SPACE, bytes, push};

#[path = "../src/metadata/resolve/language/trigram.rs"]
#[allow(dead_code, reason = "what the detector asks of trigrams")]
mod trigram;

/// Scripts that several languages share.
pub(crate) const SCRIPTS: [&str; 5] = ["arabic", "cyrillic", "devanagari", "hebrew", "latin"];

/// The file of the trigrams of a script: the number of languages that have each, and each of them with the
/// rank that it has there.
pub(crate) fn table(script: &str) -> Vec<u8> {
    let mut trigrams: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
    for (language, row) in profiles(script).into_iter().enumerate() {
        for (rank, trigram) in row[3].split(' ').enumerate() {
            let known = trigrams.entry(key(trigram).to_vec()).or_insert_with(|| vec![0]);
            known[0] += 1;
            known.push(u8::try_from(language).expect("few languages"));
            known.extend(u16::try_from(rank).expect("few trigrams").to_le_bytes());
        }
    }
    table::file(&trigrams)
}

/// What a trigram of the table, which writes `_` for a space, is looked up by.
fn key(trigram: &str) -> [u8; 7] {
    bytes(trigram.chars().map(|c| if c == '_' { SPACE } else { c }).fold(0, push))
}

/// The languages of a script with their alphabets.
pub(crate) fn alphabets(script: &str) -> String {
    profiles(script).into_iter().map(|row| row[1..3].join("\t") + "\n").collect()
}

fn profiles(script: &str) -> Vec<Vec<String>> {
    let file = read("language_profiles.tsv");
    let own = rows(&file).filter(|row| row[0] == script);
    own.map(|row| row.into_iter().map(str::to_owned).collect()).collect()
}
