//! The words that the reading of people knows: what each is, in one table.

use std::sync::LazyLock;

use super::kinds::{Kinds, Word, gender_by_form};
use crate::frozen::Frozen;
use crate::lexicon::{self, WordMap};

pub(super) const NICKNAMES: &str = include_str!("../../../lexicon/people/nicknames.tsv");

/// The tables.
pub(super) static TABLES: Tables = Tables {
    words: Frozen::new(include_bytes!(concat!(env!("OUT_DIR"), "/people.table"))),
    nicknames: LazyLock::new(|| {
        let rows = lexicon::rows(NICKNAMES);
        rows.filter_map(|row| Some((*row.first()?, row.get(1)?.split(',').collect()))).collect()
    }),
};

/// Whether `word` (lower case) is borne as a first name, and is no title.
pub(super) fn is_first_name(word: &str) -> bool {
    TABLES.known(word).is_some_and(|word| word.kinds.any(Kinds::FIRST))
}

/// Everything the reading of people knows of words.
#[derive(Debug)]
pub(super) struct Tables {
    words: Frozen<'static>,
    nicknames: LazyLock<WordMap<&'static str, Vec<&'static str>>>,
}

impl Tables {
    /// What stands in a table of `word` (lower case).
    fn known(&self, word: &str) -> Option<Word> {
        let number = self.words.get(word.as_bytes())?.first_chunk()?;
        Some(Word::of(u32::from_le_bytes(*number)))
    }

    /// What is known of `word` (lower case): by itself, as a plural, behind a prefix, by its ending.
    pub(super) fn word(&self, word: &str) -> Word {
        self.known(word).or_else(|| self.derived(word)).unwrap_or_default()
    }

    /// Whether `word` (lower case) stands in a table as it is.
    pub(super) fn has(&self, word: &str) -> bool {
        self.known(word).is_some()
    }

    fn derived(&self, word: &str) -> Option<Word> {
        if let Some((_, last)) = word.rsplit_once('-') {
            let found = self.known(last).filter(|w| w.kinds.any(Kinds::ROLE))?;
            return Some(noun_only(found));
        }
        let singular = word.strip_suffix("ies").map(|stem| [stem, "y"].concat());
        let singular = singular.as_deref().or(word.strip_suffix('s'));
        let plural = singular.and_then(|noun| self.known(noun));
        if let Some(found) = plural.filter(|found| found.kinds.any(Kinds::ROLE)) {
            let word = noun_only(found);
            return Some(Word { kinds: word.kinds.with(Kinds::PLURAL), ..word });
        }
        let ends =
            PERSON_ENDINGS.iter().any(|end| word.len() > end.len() + 3 && word.ends_with(end));
        ends.then(|| Word { kinds: Kinds::PERSON, noun: gender_by_form(word), ..Word::default() })
    }

    /// First names for which `name` (lower case) may be short.
    pub(super) fn long_forms(&self, name: &str) -> &[&'static str] {
        self.nicknames.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Endings of nouns for people.
const PERSON_ENDINGS: [&str; 7] =
    ["woman", "man", "person", "ologist", "ographer", "ician", "maker"];

/// A word as a part of a longer one: the noun, not the name.
fn noun_only(word: Word) -> Word {
    let kinds = if word.kinds.any(Kinds::RELATION) { Kinds::RELATION } else { Kinds::PERSON };
    let title = if word.kinds.any(Kinds::TITLE) { Kinds::TITLE } else { kinds };
    Word { kinds: kinds.with(title), noun: word.noun, ..Word::default() }
}
