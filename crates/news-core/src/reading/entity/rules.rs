//! Names in languages that the tagger is not trained for: what is known, and first names with what
//! follows them. In German every noun has a capital, so a capital alone says nothing.

use std::collections::HashSet;
use std::ops::Range;

use super::Kind;
use super::agree::Found;
use super::gazetteer::{self, GAZETTEER, Known};
use super::token::{Shape, Token, hash};

/// How sure a known country or organisation is.
const KNOWN: f32 = 0.75;
/// How sure a known city or region is: many are words or surnames too.
const CITY: f32 = 0.6;
/// How sure a first name with a surname behind it is.
const PERSON: f32 = 0.65;

/// Small words between a first name and a surname.
const PARTICLES: [&str; 20] = [
    "al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le",
    "ten", "ter", "van", "von", "zu", "zur",
];

/// Most particles in a row.
const PARTICLE_RUN: usize = 3;

/// Names in the sentences of a text, sorted.
pub(super) fn names(language: &str, tokens: &[Token], sentences: &[Range<usize>]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut parts: HashSet<u32> = HashSet::new();
    for sentence in sentences {
        scan(tokens, sentence, &mut found, |rest| person(language, rest));
    }
    for name in &found {
        parts.extend(tokens[name.tokens.clone()].iter().map(|token| token.lower));
    }
    let mut others = Vec::new();
    for sentence in sentences {
        scan(tokens, sentence, &mut others, |rest| {
            let name = known(rest)?;
            (name.0 > 1 || !parts.contains(&rest[0].lower)).then_some(name)
        });
    }
    let mut people = found.iter().peekable();
    others.retain(|other| {
        while people.next_if(|name| name.tokens.end <= other.tokens.start).is_some() {}
        people.peek().is_none_or(|name| other.tokens.end <= name.tokens.start)
    });
    found.extend(others);
    found.sort_by_key(|name| name.tokens.start);
    found
}

/// Adds what `read` finds at the beginning of the rest of a sentence, from left to right.
fn scan(
    tokens: &[Token],
    sentence: &Range<usize>,
    found: &mut Vec<Found>,
    read: impl Fn(&[Token]) -> Option<(usize, Kind, f32)>,
) {
    let mut at = sentence.start;
    while at < sentence.end {
        let name = read(&tokens[at..sentence.end]);
        if let Some((length, kind, confidence)) = name {
            found.push(Found { tokens: at..at + length, kind: Some(kind), confidence });
        }
        at += name.map_or(1, |(length, ..)| length);
    }
}

/// A known place or organisation at the beginning of `tokens`.
fn known(tokens: &[Token]) -> Option<(usize, Kind, f32)> {
    let first = tokens.first().filter(|token| token.is_capital())?;
    let (length, known) = GAZETTEER.longest(tokens)?;
    let is = |kind: u8| known.kinds & kind != 0;
    let countries = gazetteer::COUNTRY | gazetteer::COUNTRY_ABROAD;
    let is_abbreviation = length == 1 && known.is_abbreviation;
    if is_abbreviation && !matches!(first.shape, Shape::Upper | Shape::Dotted) && !is(countries) {
        return None;
    }
    if is(gazetteer::COUNTRY) || known.kinds == gazetteer::COUNTRY_ABROAD {
        Some((length, Kind::Place, KNOWN))
    } else if is(gazetteer::ORGANISATION | gazetteer::AGENCY) {
        (length > 1 || is_abbreviation).then_some((length, Kind::Organisation, KNOWN))
    } else {
        is(gazetteer::CITY | gazetteer::REGION).then_some((length, Kind::Place, CITY))
    }
}

/// First names and a surname: `Anna-Lena von Berg`; two surnames in Spanish and Portuguese.
fn person(language: &str, tokens: &[Token]) -> Option<(usize, Kind, f32)> {
    let mut end = 0;
    while let Some(next) = first_name(tokens, end) {
        end = next;
    }
    if end == 0 {
        return None;
    }
    let surnames = if matches!(language, "es" | "pt") { 2 } else { 1 };
    let mut has_surname = false;
    for _ in 0..surnames {
        if let Some(next) = surname(tokens, end) {
            (end, has_surname) = (next, true);
        }
    }
    // Of two first names the second may be the surname: `Peter Jordan`.
    let several = tokens[..end].iter().filter(|token| token.is_capital()).count() > 1;
    (has_surname || several).then_some((end, Kind::Person, PERSON))
}

/// The end of a first name at `at`, with what a hyphen ties to it.
fn first_name(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    if token.shape == Shape::Initial && tokens.get(at + 1).is_some_and(Token::is_capital) {
        return Some(at + 1);
    }
    let known: Known = GAZETTEER.whole(std::slice::from_ref(token))?;
    let is_name = token.shape == Shape::Capital && known.kinds == gazetteer::FIRST_NAME;
    is_name.then(|| tied(tokens, at + 1))
}

/// The end of a surname at `at`: particles, a word with a capital, what a hyphen ties to it.
fn surname(tokens: &[Token], at: usize) -> Option<usize> {
    let rest = tokens.get(at..)?;
    let particles = rest.iter().take(PARTICLE_RUN).take_while(|token| is_particle(token)).count();
    let name = rest.get(particles)?;
    matches!(name.shape, Shape::Capital | Shape::Mixed).then(|| tied(tokens, at + particles + 1))
}

/// Behind `at`, or behind a hyphen there and the word that it ties.
fn tied(tokens: &[Token], at: usize) -> usize {
    let is_tied = |i: usize| tokens.get(i).is_some_and(|token| !token.spaced);
    let ties = is_tied(at)
        && tokens[at].lower == hash(b"-")
        && is_tied(at + 1)
        && tokens[at + 1].is_capital();
    if ties { at + 2 } else { at }
}

fn is_particle(token: &Token) -> bool {
    matches!(token.shape, Shape::Lower | Shape::Capital)
        && PARTICLES.iter().any(|particle| hash(particle.as_bytes()) == token.lower)
}
