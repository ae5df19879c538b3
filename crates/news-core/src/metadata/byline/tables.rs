//! The words of bylines, from the tables of `lexicon/`.

use std::sync::LazyLock;

use super::name::is_cjk;
use crate::lexicon::{self, Table, WordMap};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Author,
    Editor,
    Translator,
    Photo,
    Source,
    With,
    For,
    And,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Any,
    Own,
    Colon,
}

#[derive(Debug)]
pub(super) struct Cue {
    pub(super) kind: Kind,
    pub(super) languages: &'static str,
    pub(super) place: Where,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Junk {
    Nobody,
    Cut,
    Desk,
    Degree,
    Tail,
}

pub(super) struct Tables {
    pub(super) cues: Table<Vec<Cue>>,
    pub(super) junk: Table<Junk>,
    /// Most words of a cue or junk phrase that begins with the word.
    pub(super) phrase_words: Table<usize>,
    /// Whether the word makes a phrase a title.
    pub(super) roles: Table<bool>,
    /// Titles written without spaces beside a name, longest first.
    pub(super) glued_roles: Vec<&'static str>,
    /// Ends of notes that are no names.
    pub(super) tails: Vec<&'static str>,
    /// Lower-cased name -> full name.
    agencies: WordMap<String, &'static str>,
    /// Agency names without spaces around them, longest first.
    pub(super) glued_agencies: Vec<&'static str>,
    /// Whether the word must be the last.
    pub(super) organisations: Table<bool>,
}

pub(super) const AGENCIES: &str = include_str!("../../../lexicon/agencies.tsv");
pub(super) const CUES: &str = include_str!("../../../lexicon/byline_cues.tsv");
pub(super) const JUNK: &str = include_str!("../../../lexicon/byline_junk.tsv");
pub(super) const ORGANISATION_WORDS: &str = include_str!("../../../lexicon/organisation_words.tsv");
pub(super) const ROLES: &str = include_str!("../../../lexicon/roles.tsv");

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(Tables::load);

impl Tables {
    fn load() -> Self {
        let mut tables = Self {
            cues: Table::default(),
            junk: Table::default(),
            phrase_words: Table::default(),
            roles: Table::default(),
            glued_roles: Vec::new(),
            tails: Vec::new(),
            agencies: WordMap::default(),
            glued_agencies: Vec::new(),
            organisations: Table::default(),
        };
        tables.load_cues();
        tables.load_junk();
        tables.load_roles();
        tables.load_agencies();
        for row in lexicon::rows(ORGANISATION_WORDS) {
            if let &[word, place] = row.as_slice() {
                tables.organisations.insert(word, place == "last");
            }
        }
        tables
    }

    fn note_phrase(&mut self, phrase: &'static str) {
        let first = phrase.split(' ').next().unwrap_or(phrase);
        let words = phrase.split(' ').count();
        let most = self.phrase_words.entry(first).or_default();
        *most = words.max(*most);
    }

    fn load_cues(&mut self) {
        for row in lexicon::rows(CUES) {
            let &[phrase, kind, languages, place] = row.as_slice() else {
                continue;
            };
            let kind = match kind {
                "author" => Kind::Author,
                "editor" => Kind::Editor,
                "translator" => Kind::Translator,
                "photo" => Kind::Photo,
                "source" => Kind::Source,
                "with" => Kind::With,
                "for" => Kind::For,
                _ => Kind::And,
            };
            let place = match place {
                "own" => Where::Own,
                "colon" => Where::Colon,
                _ => Where::Any,
            };
            self.cues.entry(phrase).or_default().push(Cue { kind, languages, place });
            self.note_phrase(phrase);
        }
    }

    fn load_junk(&mut self) {
        for row in lexicon::rows(JUNK) {
            let &[phrase, kind] = row.as_slice() else {
                continue;
            };
            let kind = match kind {
                "nobody" => Junk::Nobody,
                "cut" => Junk::Cut,
                "desk" => Junk::Desk,
                "degree" => Junk::Degree,
                _ => Junk::Tail,
            };
            if kind == Junk::Tail {
                self.tails.push(phrase);
            }
            self.junk.insert(phrase, kind);
            self.note_phrase(phrase);
        }
    }

    fn load_roles(&mut self) {
        for row in lexicon::rows(ROLES) {
            let &[phrase, kind, _] = row.as_slice() else {
                continue;
            };
            self.roles.insert(phrase, kind == "noun");
            if phrase.chars().next().is_some_and(is_cjk) {
                self.glued_roles.push(phrase);
            }
        }
        self.glued_roles.sort_by_key(|role| std::cmp::Reverse(role.len()));
    }

    fn load_agencies(&mut self) {
        for row in lexicon::rows(AGENCIES) {
            let &[name, short, others, ..] = row.as_slice() else {
                continue;
            };
            for alias in
                [name, short].into_iter().chain(others.split('|')).filter(|alias| !alias.is_empty())
            {
                self.agencies.insert(agency_key(alias), name);
                if alias.chars().next().is_some_and(is_cjk) {
                    self.glued_agencies.push(alias);
                }
            }
        }
        self.glued_agencies.sort_by_key(|alias| std::cmp::Reverse(alias.len()));
    }

    /// The full name of an agency. Abbreviations of two letters must be in capitals.
    pub(super) fn agency(&self, name: &str) -> Option<&'static str> {
        let name = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name);
        self.agencies.get(&agency_key(name.trim_matches('.'))).copied()
    }
}

fn agency_key(name: &str) -> String {
    if name.len() <= 2 { name.to_owned() } else { name.to_lowercase() }
}
