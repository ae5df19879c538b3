//! The names of the gazetteer, by the hashes of their words in lower case.

use std::collections::{BTreeMap, HashMap};

use self::known::{
    ABBREVIATION, ADJECTIVE, AGENCY, BEGINNING, CITY, COUNTRY, COUNTRY_ABROAD, FIRST_NAME, Known,
    LENGTH, ORGANISATION, REGION, step,
};
use self::token::tokens;
use crate::table::{self, read, rows};

#[path = "../src/reading/entity/known.rs"]
mod known;
#[path = "../src/reading/entity/token.rs"]
#[allow(dead_code, reason = "what the tagger asks of tokens")]
mod token;

/// The file of the table.
pub(crate) fn table() -> Vec<u8> {
    let names = Names::read().names.into_iter();
    table::file(&names.map(|(hash, name)| (hash.to_le_bytes().to_vec(), name.record())).collect())
}

/// A row of a table.
#[derive(Debug, Clone)]
struct Thing {
    row: u32,
    name: String,
    country: String,
}

/// A name, or the beginning of names.
#[derive(Debug, Default)]
struct Name {
    kinds: u8,
    bits: u8,
    country: String,
    row: u32,
    main: String,
}

impl Name {
    fn record(mut self) -> Vec<u8> {
        if self.kinds == FIRST_NAME {
            self.main.clear();
        }
        let mut record = vec![self.kinds, self.bits];
        if self.kinds != 0 {
            record.extend(if self.country.is_empty() { b"\0\0" } else { self.country.as_bytes() });
            record.extend(self.row.to_le_bytes());
            record.push(u8::try_from(self.main.len()).expect("a name has at most 255 bytes"));
            record.extend(self.main.as_bytes());
            let known = Known::of(record.clone().leak()).expect("a name");
            assert_eq!(
                (known.kinds, known.row(), known.name()),
                (self.kinds, self.row, &*self.main)
            );
            assert_eq!(known.country().unwrap_or_default(), self.country);
            assert_eq!(known.is_abbreviation, self.bits & ABBREVIATION != 0);
        }
        record
    }
}

#[derive(Debug, Default)]
struct Names {
    names: BTreeMap<u32, Name>,
    rows: u32,
}

impl Names {
    fn read() -> Self {
        let mut read_so_far = Self::default();
        read_so_far.add_places();
        read_so_far.add_others();
        read_so_far
    }

    fn add_places(&mut self) {
        let mut countries = HashMap::new();
        for row in rows(&read("countries.tsv")) {
            let [code, name, others, adjectives] = row[..] else { continue };
            let thing = self.row(name, code);
            self.add_all(COUNTRY, &thing, others);
            parts(adjectives).for_each(|word| self.add(word, ADJECTIVE, &thing));
            countries.insert(code.to_owned(), thing);
        }
        for (file, kind) in [("cities.tsv", CITY), ("regions.tsv", REGION)] {
            for row in rows(&read(file)) {
                let thing = self.row(row[0], row.get(1).copied().unwrap_or_default());
                self.add(row[0], kind, &thing);
            }
        }
        self.add_organisations();
        for row in rows(&read("country_names.tsv")) {
            let [code, names] = row[..] else { continue };
            if let Some(thing) = countries.get(code) {
                parts(names).for_each(|name| self.add(name, COUNTRY_ABROAD, thing));
            }
        }
    }

    fn add_organisations(&mut self) {
        for row in rows(&read("organisations.tsv")) {
            let thing = self.row(row[0], "");
            self.add_all(ORGANISATION, &thing, row.get(1).copied().unwrap_or_default());
        }
    }

    fn add_others(&mut self) {
        for row in rows(&read("agencies.tsv")) {
            let [name, short, others, ..] = row[..] else { continue };
            let thing = self.row(name, "");
            self.add(name, AGENCY, &thing);
            parts(short).chain(parts(others)).for_each(|name| self.add(name, AGENCY, &thing));
        }
        for row in rows(&read("people/first_names.tsv")) {
            let thing = self.row(row[0], "");
            self.add(row[0], FIRST_NAME, &thing);
        }
    }

    fn row(&mut self, name: &str, country: &str) -> Thing {
        self.rows += 1;
        Thing { row: self.rows, name: name.to_owned(), country: country.to_owned() }
    }

    /// The main name of a row and others.
    fn add_all(&mut self, kind: u8, thing: &Thing, others: &str) {
        self.add(&thing.name, kind, thing);
        parts(others).for_each(|name| self.add(name, kind, thing));
    }

    fn add(&mut self, name: &str, kind: u8, thing: &Thing) {
        let mut own = Vec::new();
        tokens(name, &(0..name.len()), &mut own);
        if own.is_empty() || own.len() > LENGTH {
            return;
        }
        let mut hash = 0;
        for (i, token) in own.iter().enumerate() {
            hash = step(hash, token.lower);
            if i + 1 < own.len() {
                self.names.entry(hash).or_default().bits |= BEGINNING;
            }
        }
        let known = self.names.entry(hash).or_default();
        if known.kinds == 0 {
            (known.row, known.main) = (thing.row, thing.name.clone());
            known.bits |= if name == thing.name { 0 } else { ABBREVIATION };
        }
        if known.country.is_empty() {
            known.country.clone_from(&thing.country);
        }
        known.kinds |= kind;
    }
}

fn parts(list: &str) -> impl Iterator<Item = &str> {
    list.split('|').filter(|part| !part.is_empty())
}
