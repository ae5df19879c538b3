//! What holds over a whole text: the same name is of the same kind, and a surname is a person.

use std::collections::HashMap;

use super::Kind;
use super::gazetteer::{self, GAZETTEER};
use super::memory::Memory;
use super::token::{Shape, Token};

/// A name as the tagger found it: tokens of the text, kind (`None`: another name) and confidence.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) tokens: std::ops::Range<usize>,
    pub(super) kind: Option<Kind>,
    pub(super) confidence: f32,
}

/// Names that are places wherever nothing else is said.
const PLACES: u8 = gazetteer::COUNTRY | gazetteer::CITY | gazetteer::REGION;

/// Makes the names of a text agree.
pub(super) fn agree(tokens: &[Token], memory: &Memory, found: &mut Vec<Found>) {
    vote(tokens, found);
    let surnames = surnames(tokens, found);
    for name in found.iter_mut().filter(|name| name.tokens.len() == 1) {
        let token = &tokens[name.tokens.start];
        if let Some(confidence) = surnames.get(&token.lower)
            && name.kind != Some(Kind::Person)
            && !is_known(token)
        {
            (name.kind, name.confidence) = (Some(Kind::Person), *confidence);
        }
    }
    add_surnames(tokens, memory, &surnames, found);
}

/// Gives each name of several words, and each that the gazetteer does not know, the kind that the surest
/// readings of it in the text have together.
fn vote(tokens: &[Token], found: &mut [Found]) {
    let mut sums: HashMap<u64, [f32; 4]> = HashMap::new();
    let slot = |kind: Option<Kind>| kind.map_or(3, |kind| kind as usize);
    let votes = |name: &Found| name.tokens.len() > 1 || !is_known(&tokens[name.tokens.start]);
    for name in found.iter().filter(|name| votes(name)) {
        sums.entry(key(&tokens[name.tokens.clone()])).or_default()[slot(name.kind)] +=
            name.confidence;
    }
    for name in found.iter_mut().filter(|name| votes(name)) {
        let Some(sums) = sums.get(&key(&tokens[name.tokens.clone()])) else { continue };
        let best =
            (0..4).fold(slot(name.kind), |best, i| if sums[i] > sums[best] { i } else { best });
        name.kind = Kind::numbered(best);
    }
}

/// Last words of people's names of several words, with how sure the surest is.
fn surnames(tokens: &[Token], found: &[Found]) -> HashMap<u32, f32> {
    let mut surnames: HashMap<u32, f32> = HashMap::new();
    let full = found.iter().filter(|n| n.kind == Some(Kind::Person) && n.tokens.len() > 1);
    for name in full {
        let last = &tokens[name.tokens.end - 1];
        if matches!(last.shape, Shape::Capital | Shape::Mixed) {
            let sure = surnames.entry(last.lower).or_default();
            *sure = sure.max(name.confidence);
        }
    }
    surnames
}

/// Adds surnames that stand alone and were read as no name.
fn add_surnames(
    tokens: &[Token],
    memory: &Memory,
    surnames: &HashMap<u32, f32>,
    found: &mut Vec<Found>,
) {
    let mut missed = Vec::new();
    let mut names = found.iter().peekable();
    for (i, token) in tokens.iter().enumerate() {
        while names.next_if(|name| name.tokens.end <= i).is_some() {}
        let is_free = names.peek().is_none_or(|name| i < name.tokens.start);
        let is_name = matches!(token.shape, Shape::Capital | Shape::Mixed);
        if is_free && is_name && !is_known(token) && !memory.stands_small(token.lower) {
            missed.extend(surnames.get(&token.lower).map(|confidence| Found {
                tokens: i..i + 1,
                kind: Some(Kind::Person),
                confidence: *confidence,
            }));
        }
    }
    found.extend(missed);
    found.sort_by_key(|name| name.tokens.start);
}

fn is_known(token: &Token) -> bool {
    GAZETTEER.whole(std::slice::from_ref(token)).is_some_and(|known| known.kinds & PLACES != 0)
}

fn key(tokens: &[Token]) -> u64 {
    tokens
        .iter()
        .fold(0, |key, token| (key ^ u64::from(token.lower)).wrapping_mul(0x0100_0000_01b3))
}
