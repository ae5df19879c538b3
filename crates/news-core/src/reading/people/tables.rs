//! The words that the reading of people knows: what each is, in one table.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Gender;
use crate::lexicon::{self, WordMap};

/// What a word is, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Kinds(u32);

impl Kinds {
    /// A first name, where it is capitalised.
    pub(super) const FIRST: Self = Self(1);
    /// Addresses a person: Mr, Sheikh.
    pub(super) const HONORIFIC: Self = Self(1 << 1);
    /// An office or calling that may stand capitalised before a name.
    pub(super) const TITLE: Self = Self(1 << 2);
    /// Any noun for a person.
    pub(super) const PERSON: Self = Self(1 << 3);
    /// Somebody's relative, friend or rival.
    pub(super) const RELATION: Self = Self(1 << 4);
    /// No part of a name.
    pub(super) const FUNCTION: Self = Self(1 << 5);
    /// A form of to be or become.
    pub(super) const COPULA: Self = Self(1 << 6);
    /// A verb of speaking.
    pub(super) const SPEECH: Self = Self(1 << 7);
    /// Stands before a noun for a person: former, foreign.
    pub(super) const MODIFIER: Self = Self(1 << 8);
    /// Joins what follows to a noun: of, for, at.
    pub(super) const LINK: Self = Self(1 << 9);
    /// A name with it is an organisation's.
    pub(super) const ORGANISATION: Self = Self(1 << 10);
    /// A name with it is a place's.
    pub(super) const PLACE: Self = Self(1 << 11);
    /// Follows a name: Jr., III.
    pub(super) const SUFFIX: Self = Self(1 << 12);
    /// Joins parts of a name: van, al.
    pub(super) const PARTICLE: Self = Self(1 << 13);
    /// A surname that stands before the given name.
    pub(super) const FAMILY_FIRST: Self = Self(1 << 14);
    /// A third-person pronoun of one person.
    pub(super) const PRONOUN: Self = Self(1 << 15);
    /// A plural noun.
    pub(super) const PLURAL: Self = Self(1 << 16);
    /// An article, a demonstrative or a possessive pronoun.
    pub(super) const DETERMINER: Self = Self(1 << 17);
    /// A preposition.
    pub(super) const PREPOSITION: Self = Self(1 << 18);

    /// A verb that helps another: has, will.
    pub(super) const AUXILIARY: Self = Self(1 << 19);
    /// An adjective of a country.
    pub(super) const NATION: Self = Self(1 << 20);

    /// A noun for a person that is an adjective as often.
    pub(super) const ADJECTIVE: Self = Self(1 << 21);

    /// Says no more of a person than the gender: man, girl.
    pub(super) const ANYBODY: Self = Self(1 << 22);

    /// A first name that many bear.
    pub(super) const COMMON: Self = Self(1 << 23);

    /// Nouns that can head a role.
    pub(super) const ROLE: Self = Self(Self::TITLE.0 | Self::PERSON.0 | Self::RELATION.0);

    /// Whether any of the kinds in `other` is among these.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// These and those of `other`.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These without those of `other`.
    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "function" => Self::FUNCTION,
            "copula" => Self::COPULA,
            "speech" => Self::SPEECH,
            "modifier" => Self::MODIFIER,
            "link" => Self::LINK,
            "organisation" => Self::ORGANISATION,
            "place" => Self::PLACE,
            "suffix" => Self::SUFFIX,
            "particle" => Self::PARTICLE,
            "determiner" => Self::DETERMINER,
            "adjective" => Self::ADJECTIVE,
            "auxiliary" => Self::AUXILIARY,
            "nation" => Self::NATION,
            "preposition" => Self::PREPOSITION,
            "relation" => Self::RELATION,
            "person" => Self::PERSON,
            _ => return None,
        })
    }
}

/// What the tables say of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Word {
    /// What it is.
    pub(super) kinds: Kinds,
    /// Gender of those who bear it as a first name.
    pub(super) name: Gender,
    /// Gender that it states as a noun, an honorific or a pronoun.
    pub(super) noun: Gender,
    /// Case of a pronoun.
    pub(super) case: Case,
}

/// Case of a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Case {
    /// he, she
    #[default]
    Subject,
    /// him, and her where nothing of hers follows
    Object,
    /// his, her
    Possessive,
    /// himself, herself
    Reflexive,
}

pub(super) const FIRST_NAMES: &str = include_str!("../../../lexicon/people/first_names.tsv");
pub(super) const PERSON_NOUNS: &str = include_str!("../../../lexicon/people/person_nouns.tsv");
pub(super) const HONORIFICS: &str = include_str!("../../../lexicon/people/honorifics.tsv");
pub(super) const TITLES: &str = include_str!("../../../lexicon/people/titles.tsv");
pub(super) const RELATIONS: &str = include_str!("../../../lexicon/people/relations.tsv");
pub(super) const WORDS: &str = include_str!("../../../lexicon/people/words.tsv");
pub(super) const PRONOUNS: &str = include_str!("../../../lexicon/people/pronouns.tsv");
pub(super) const NICKNAMES: &str = include_str!("../../../lexicon/people/nicknames.tsv");
pub(super) const SURNAMES: &str = include_str!("../../../lexicon/people/family_first.tsv");

/// The tables, read once.
pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

/// First names that are no titles, in lower case. Apart from [`TABLES`], because bylines ask for no
/// more: reading all of it takes as long as reading a page.
static GIVEN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let first = |file| lexicon::lines(file).filter_map(|line| line.split('\t').next());
    let mut names: HashSet<String> = first(FIRST_NAMES).map(str::to_lowercase).collect();
    first(TITLES).chain(first(HONORIFICS)).for_each(|title| drop(names.take(title)));
    names
});

/// Whether `word` (lower case) is borne as a first name, and is no title.
pub(super) fn is_first_name(word: &str) -> bool {
    GIVEN.contains(word)
}

/// Everything the reading of people knows of words.
#[derive(Debug, Default)]
pub(super) struct Tables {
    words: WordMap<Box<str>, Word>,
    nicknames: WordMap<&'static str, Vec<&'static str>>,
}

impl Tables {
    fn read() -> Self {
        let mut tables = Self::default();
        tables.words.reserve(ENTRIES);
        for (file, kind) in [(PERSON_NOUNS, Kinds::PERSON), (TITLES, Kinds::TITLE)] {
            tables.add_gendered(file, kind);
        }
        tables.add_gendered(HONORIFICS, Kinds::HONORIFIC);
        for row in lexicon::rows(RELATIONS) {
            if let [word, kind, gender] = row[..] {
                let kind = Kinds::named(kind).unwrap_or_default();
                let anybody = kind == Kinds::PERSON && gender != "u";
                let also = if anybody { Kinds::ANYBODY } else { kind };
                tables.add_noun(word, kind.with(also), gender);
            }
        }
        for row in lexicon::lines(FIRST_NAMES) {
            let mut columns = row.split('\t');
            if let (Some(name), Some(gender), Some(frequency)) =
                (columns.next(), columns.next(), columns.next())
            {
                let word = tables.words.entry(lower(name)).or_default();
                if !word.kinds.any(Kinds::TITLE.with(Kinds::HONORIFIC)) {
                    let common = if frequency == "c" { Kinds::COMMON } else { Kinds::FIRST };
                    word.kinds = word.kinds.with(Kinds::FIRST).with(common);
                    word.name = Gender::named(gender);
                }
            }
        }
        tables.add_words();
        tables.add_pronouns();
        tables.nicknames = lexicon::rows(NICKNAMES)
            .filter_map(|row| Some((*row.first()?, row.get(1)?.split(',').collect())))
            .collect();
        tables
    }

    fn add_gendered(&mut self, file: &'static str, kind: Kinds) {
        for row in lexicon::rows(file) {
            if let [word, gender] = row[..] {
                self.add_noun(word, kind, gender);
            }
        }
    }

    fn add_noun(&mut self, noun: &str, kind: Kinds, gender: &str) {
        let word = self.words.entry(noun.into()).or_default();
        word.kinds = word.kinds.with(kind);
        word.noun = word.noun.or(Gender::named(gender)).or(gender_by_form(noun));
    }

    fn add_words(&mut self) {
        for row in lexicon::rows(WORDS) {
            if let [word, kinds] = row[..] {
                let all = kinds.split(',').filter_map(Kinds::named);
                let word = self.words.entry(word.into()).or_default();
                word.kinds = all.fold(word.kinds, Kinds::with);
            }
        }
        for row in lexicon::rows(SURNAMES) {
            if let Some(name) = row.first() {
                let word = self.words.entry((*name).into()).or_default();
                word.kinds = word.kinds.with(Kinds::FAMILY_FIRST);
            }
        }
    }

    fn add_pronouns(&mut self) {
        for row in lexicon::rows(PRONOUNS) {
            if let [word, gender, case] = row[..] {
                let word = self.words.entry(word.into()).or_default();
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

    /// What is known of `word` (lower case): by itself, as a plural, behind a prefix, by its ending.
    pub(super) fn word(&self, word: &str) -> Word {
        self.words.get(word).copied().or_else(|| self.derived(word)).unwrap_or_default()
    }

    /// Whether `word` (lower case) stands in a table as it is.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    fn derived(&self, word: &str) -> Option<Word> {
        if let Some((_, last)) = word.rsplit_once('-') {
            let found = self.words.get(last).copied().filter(|w| w.kinds.any(Kinds::ROLE))?;
            return Some(noun_only(found));
        }
        let singular = word.strip_suffix("ies").map(|stem| [stem, "y"].concat());
        let singular = singular.as_deref().or(word.strip_suffix('s'));
        let plural = singular.and_then(|noun| self.words.get(noun)).copied();
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

/// Words in all tables, about.
const ENTRIES: usize = 32_000;

fn lower(name: &str) -> Box<str> {
    if name.is_ascii() { name.to_ascii_lowercase() } else { name.to_lowercase() }.into()
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

/// Gender that a noun's ending states.
fn gender_by_form(noun: &str) -> Gender {
    if noun.ends_with("woman") || noun.ends_with("tress") {
        Gender::Female
    } else if noun.ends_with("sman") || noun.ends_with("wman") {
        Gender::Male
    } else {
        Gender::Unknown
    }
}
