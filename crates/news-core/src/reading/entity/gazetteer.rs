//! Names that are known: countries and their adjectives, cities, regions, organisations.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::token::{Token, hash_lower, tokens};
use crate::lexicon::{self, Fnv, WordMap};

pub(super) const COUNTRIES: &str = include_str!("../../../lexicon/countries.tsv");
pub(super) const CITIES: &str = include_str!("../../../lexicon/cities.tsv");
pub(super) const REGIONS: &str = include_str!("../../../lexicon/regions.tsv");
pub(super) const ORGANISATIONS: &str = include_str!("../../../lexicon/organisations.tsv");
const AGENCIES: &str = include_str!("../../../lexicon/agencies.tsv");
pub(super) const COUNTRY_NAMES: &str = include_str!("../../../lexicon/country_names.tsv");
const FIRST_NAMES: &str = include_str!("../../../lexicon/people/first_names.tsv");

/// What a known name is; a name may be several.
pub(super) const COUNTRY: u8 = 1;
/// An adjective of a country, or its people.
pub(super) const ADJECTIVE: u8 = 2;
pub(super) const CITY: u8 = 4;
pub(super) const REGION: u8 = 8;
pub(super) const ORGANISATION: u8 = 16;
pub(super) const AGENCY: u8 = 32;
pub(super) const FIRST_NAME: u8 = 64;
/// A country by its name in another language than English.
pub(super) const COUNTRY_ABROAD: u8 = 128;

/// A known name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// What it is, as bits.
    pub(super) kinds: u8,
    /// ISO 3166-1 code of its country.
    pub(super) country: Option<&'static str>,
    /// Number of its row, over all tables; the same for all names of a thing.
    pub(super) row: u32,
    /// Main name of the row.
    pub(super) name: &'static str,
    /// It is another name of its row, as `UK` is.
    pub(super) is_abbreviation: bool,
}

/// Names by the hashes of their words in lower case.
#[derive(Debug, Default)]
pub(super) struct Gazetteer {
    names: WordMap<u32, Known>,
    /// Beginnings of names of several tokens.
    beginnings: HashSet<u32, BuildHasherDefault<Fnv>>,
    /// Rows that were read.
    rows: u32,
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
struct Thing {
    row: u32,
    name: &'static str,
    country: Option<&'static str>,
}

impl Thing {
    fn names(
        self,
        gazetteer: &mut Gazetteer,
        kind: u8,
        others: impl Iterator<Item = &'static str>,
    ) {
        std::iter::once(self.name).chain(others).for_each(|name| gazetteer.add(name, kind, self));
    }
}

/// Most tokens of a name.
const LENGTH: usize = 9;

/// Names in all tables, about.
const NAMES: usize = 30_000;

pub(super) static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::read);

impl Gazetteer {
    fn read() -> Self {
        let mut read = Self::default();
        read.names.reserve(NAMES);
        let mut countries = HashMap::new();
        for row in lexicon::rows(COUNTRIES) {
            if let [code, name, others, adjectives] = row[..] {
                let thing = read.row(name, Some(code));
                countries.insert(code, thing);
                thing.names(&mut read, COUNTRY, parts(others));
                parts(adjectives).for_each(|word| read.add(word, ADJECTIVE, thing));
            }
        }
        for (table, kind) in [(CITIES, CITY), (REGIONS, REGION)] {
            for line in lexicon::lines(table) {
                let (name, code) = line.split_once('\t').unwrap_or((line, ""));
                let thing = read.row(name, Some(code).filter(|code| !code.is_empty()));
                read.add(name, kind, thing);
            }
        }
        for line in lexicon::lines(ORGANISATIONS) {
            let (name, others) = line.split_once('\t').unwrap_or((line, ""));
            read.row(name, None).names(&mut read, ORGANISATION, parts(others));
        }
        for line in lexicon::lines(COUNTRY_NAMES) {
            let (code, names) = line.split_once('\t').unwrap_or_default();
            if let Some(thing) = countries.get(code) {
                parts(names).for_each(|name| read.add(name, COUNTRY_ABROAD, *thing));
            }
        }
        for row in lexicon::rows(AGENCIES) {
            if let [name, short, others, ..] = row[..] {
                let thing = read.row(name, None);
                thing.names(&mut read, AGENCY, parts(short).chain(parts(others)));
            }
        }
        for line in lexicon::lines(FIRST_NAMES) {
            let name = line.split('\t').next().unwrap_or_default();
            let thing = read.row(name, None);
            read.add(name, FIRST_NAME, thing);
        }
        read
    }

    fn row(&mut self, name: &'static str, country: Option<&'static str>) -> Thing {
        self.rows += 1;
        Thing { row: self.rows, name, country }
    }

    fn add(&mut self, name: &str, kind: u8, thing: Thing) {
        // Most names are words of plain letters, each a token.
        let hash = if name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            step(0, hash_lower(name.as_bytes()))
        } else {
            let mut own = Vec::new();
            tokens(name, &(0..name.len()), &mut own);
            if own.is_empty() || own.len() > LENGTH {
                return;
            }
            let mut hash = 0;
            for (i, token) in own.iter().enumerate() {
                hash = step(hash, token.lower);
                if i + 1 < own.len() {
                    self.beginnings.insert(hash);
                }
            }
            hash
        };
        let Thing { row, name: main, country } = thing;
        let new = Known { kinds: 0, country, row, name: main, is_abbreviation: name != main };
        let known = self.names.entry(hash).or_insert(new);
        known.country = known.country.or(country);
        known.kinds |= kind;
    }

    /// The longest known name at the beginning of `tokens`, and its length.
    pub(super) fn longest(&self, tokens: &[Token]) -> Option<(usize, Known)> {
        let mut hash = 0;
        let mut found = None;
        for (i, token) in tokens.iter().take(LENGTH).enumerate() {
            hash = step(hash, token.lower);
            if let Some(known) = self.names.get(&hash).filter(|_| token.is_capital()) {
                found = Some((i + 1, *known));
            }
            if !self.beginnings.contains(&hash) {
                break;
            }
        }
        found
    }

    /// What is known of a whole name.
    pub(super) fn whole(&self, tokens: &[Token]) -> Option<Known> {
        let (length, known) = self.longest(tokens)?;
        (length == tokens.len()).then_some(known)
    }
}

fn parts(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split('|').filter(|part| !part.is_empty())
}

fn step(hash: u32, lower: u32) -> u32 {
    (hash.rotate_left(5) ^ lower).wrapping_mul(0x9e37_79b1)
}

/// For each token of a sentence, what the known name that holds it is, and the place in it: 0 where none
/// does, else the kinds times four, plus 0 for the first token, 1 for inner ones, 2 for the last, 3 for the
/// only one.
pub(super) fn hits(tokens: &[Token]) -> Vec<u16> {
    let mut hits = vec![0; tokens.len()];
    let mut at = 0;
    while at < tokens.len() {
        let found = tokens[at].is_capital().then(|| GAZETTEER.longest(&tokens[at..])).flatten();
        let found = found.filter(|(_, known)| known.kinds != COUNTRY_ABROAD);
        let Some((length, known)) = found else {
            at += 1;
            continue;
        };
        for i in 0..length {
            let place = match (i, length) {
                (0, 1) => 3,
                (0, _) => 0,
                (i, length) if i + 1 == length => 2,
                _ => 1,
            };
            hits[at + i] = u16::from(known.kinds & !COUNTRY_ABROAD) * 4 + place;
        }
        at += length;
    }
    hits
}
