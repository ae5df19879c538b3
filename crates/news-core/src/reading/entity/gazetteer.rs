//! Names that are known: countries and their adjectives, cities, regions, organisations.

pub(super) use super::known::*;
use super::token::Token;
use crate::frozen::Frozen;

/// Names by the hashes of their words in lower case.
#[derive(Debug)]
pub(super) struct Gazetteer(Frozen<'static>);

pub(super) static GAZETTEER: Gazetteer =
    Gazetteer(Frozen::new(include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.table"))));

impl Gazetteer {
    /// The longest known name at the beginning of `tokens`, and its length.
    pub(super) fn longest(&self, tokens: &[Token]) -> Option<(usize, Known)> {
        let mut hash = 0;
        let mut found = None;
        for (i, token) in tokens.iter().take(LENGTH).enumerate() {
            hash = step(hash, token.lower);
            let Some(record) = self.0.get(&hash.to_le_bytes()) else { break };
            if let Some(known) = Known::of(record).filter(|_| token.is_capital()) {
                found = Some((i + 1, known));
            }
            if record.get(1).is_none_or(|bits| bits & BEGINNING == 0) {
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
