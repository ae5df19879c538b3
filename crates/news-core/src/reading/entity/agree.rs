//! What holds over a whole text: the same name is of the same kind, and a surname is a person.

use std::collections::{HashMap, HashSet};

use super::Kind;
use super::acronym;
use super::affix;
use super::gazetteer::{self, GAZETTEER};
use super::memory::Memory;
use super::token::{Shape, Token, hash, key};

/// A name as the tagger found it: tokens of the text, kind (`None`: another name) and confidence.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) tokens: std::ops::Range<usize>,
    pub(super) kind: Option<Kind>,
    pub(super) confidence: f32,
}

/// Names that are places wherever nothing else is said.
const PLACES: u8 = gazetteer::COUNTRY | gazetteer::CITY | gazetteer::REGION;

/// Above it a reading is sure enough to hold for the same words elsewhere.
const SURE: f32 = 0.8;
/// Below it a reading gives way to what is known of the name.
pub(super) const DOUBTFUL: f32 = 0.7;

/// The same for names of several words, which are rarely anything else than what is known.
const SURE_OF_SEVERAL: f32 = 0.95;

/// How sure a known organisation of several words is at least.
const KNOWN: f32 = 0.75;

/// Makes the names of a text agree.
pub(super) fn agree(text: &str, tokens: &[Token], memory: &Memory, found: &mut Vec<Found>) {
    affix::cut_tails(tokens, found);
    part_places(tokens, found);
    affix::name_places(tokens, found);
    trust_gazetteer(tokens, found);
    vote(tokens, found);
    name_acronyms(text, tokens, found);
    let surnames = surnames(tokens, found);
    name_short_forms(tokens, &surnames, found);
    for name in found.iter_mut().filter(|name| name.tokens.len() == 1) {
        let token = &tokens[name.tokens.start];
        if let Some(confidence) = surnames.get(&token.lower)
            && name.kind != Some(Kind::Person)
            && !is_known(token)
        {
            (name.kind, name.confidence) = (Some(Kind::Person), *confidence);
        }
    }
    name_clipped(text, tokens, found);
    add_surnames(tokens, memory, &surnames, found);
    add_repeats(tokens, memory, found);
}

/// No person's full name begins with a country or region: `Governor of Ohio Ann Keller`.
fn part_places(tokens: &[Token], found: &mut Vec<Found>) {
    let mut places = Vec::new();
    for name in found.iter_mut().filter(|n| n.kind == Some(Kind::Person) && n.tokens.len() > 2) {
        let known = GAZETTEER.longest(&tokens[name.tokens.clone()]);
        let regions = gazetteer::COUNTRY | gazetteer::REGION;
        if let Some((length, known)) = known
            && known.kinds & !regions == 0
            && length + 1 < name.tokens.len()
        {
            let start = name.tokens.start;
            name.tokens.start += length;
            let (kind, confidence) = (Some(Kind::Place), name.confidence);
            places.push(Found { tokens: start..start + length, kind, confidence });
        }
    }
    found.extend(places);
    found.sort_by_key(|name| name.tokens.start);
}

/// Doubtful readings of known names become what the names are, if they are one thing only; a known firm is
/// no person, however sure that reading is: many are called by two surnames (`Johnson Matthey`).
fn trust_gazetteer(tokens: &[Token], found: &mut [Found]) {
    for name in found.iter_mut() {
        let is_long = name.tokens.len() > 1;
        let is_person = name.kind == Some(Kind::Person);
        let is_doubtful = name.confidence < if is_long { SURE_OF_SEVERAL } else { DOUBTFUL };
        let known = GAZETTEER.whole(&tokens[name.tokens.clone()]).map_or(0, |known| known.kinds);
        let is_one = |kinds: u8| known & kinds != 0 && known & !kinds == 0;
        if is_one(gazetteer::ORGANISATION | gazetteer::AGENCY)
            && (is_doubtful || is_long && is_person)
        {
            name.kind = Some(Kind::Organisation);
            name.confidence = if is_long { name.confidence.max(KNOWN) } else { name.confidence };
        } else if is_one(PLACES)
            && (is_doubtful && (!is_person || known & gazetteer::COUNTRY != 0)
                || name.kind == Some(Kind::Organisation) && stands_in(tokens, name))
        {
            name.kind = Some(Kind::Place);
        }
    }
}

/// Right behind "in" stands the place and not its team: `in Toulouse`.
fn stands_in(tokens: &[Token], name: &Found) -> bool {
    let before = name.tokens.start.checked_sub(1);
    before.is_some_and(|at| tokens[at].word == hash(b"in"))
}

/// A doubtful name is short for the sure name of an organisation that begins with it.
fn name_short_forms(tokens: &[Token], surnames: &HashMap<u32, f32>, found: &mut [Found]) {
    let is_long = |name: &&Found| {
        let is_sure = name.confidence > SURE && name.kind == Some(Kind::Organisation);
        is_sure && name.tokens.len() > 1
    };
    let first = |name: &Found| tokens[name.tokens.start].lower;
    let begins: HashSet<u32> = found.iter().filter(is_long).map(first).collect();
    for name in found.iter_mut().filter(|name| name.tokens.len() == 1) {
        let word = first(name);
        let is_doubtful = name.confidence < DOUBTFUL && !surnames.contains_key(&word);
        if is_doubtful && begins.contains(&word) && !is_known(&tokens[name.tokens.start]) {
            name.kind = Some(Kind::Organisation);
        }
    }
}

/// A person's initial and the beginning of the surname, with a hyphen between, is that person: `J-Lo`.
fn name_clipped(text: &str, tokens: &[Token], found: &mut [Found]) {
    let written = |i: usize| text.get(tokens[i].range()).unwrap_or_default();
    let is_clip = |name: &Found| {
        name.tokens.len() == 3
            && tokens[name.tokens.start].shape == Shape::Initial
            && written(name.tokens.start + 1) == "-"
    };
    let is_full = |name: &&Found| name.kind == Some(Kind::Person) && name.tokens.len() == 2;
    let people: Vec<(&str, &str)> = found
        .iter()
        .filter(is_full)
        .take(CLIPPED)
        .map(|name| (written(name.tokens.start), written(name.tokens.end - 1)))
        .collect();
    for name in found.iter_mut().filter(|name| is_clip(name)).take(CLIPPED) {
        let (initial, clip) = (written(name.tokens.start), written(name.tokens.end - 1));
        let is_his = |(first, last): &(&str, &str)| {
            first.starts_with(initial) && last.starts_with(clip) && last.len() > clip.len()
        };
        if people.iter().any(is_his) {
            name.kind = Some(Kind::Person);
        }
    }
}

/// Most names that are compared for clipped ones.
const CLIPPED: usize = 200;

/// Adds the names that stand elsewhere in the text for sure.
fn add_repeats(tokens: &[Token], memory: &Memory, found: &mut Vec<Found>) {
    let mut sure: HashMap<u64, (Kind, f32)> = HashMap::new();
    for name in found.iter().filter(|name| name.confidence > SURE) {
        if let Some(kind) = name.kind {
            sure.insert(key(&tokens[name.tokens.clone()]), (kind, name.confidence));
        }
    }
    take_first_words(tokens, &sure, found);
    let free = free_tokens(tokens, found);
    let mut end = 0;
    for (at, start) in free.iter().enumerate() {
        let run = free[at..].iter().zip(*start..).take(REPEAT).take_while(|(i, place)| *i == place);
        let length = run.count();
        let lengths = (1..=length).rev().filter(|_| *start >= end);
        let hit = lengths.into_iter().find_map(|length| {
            let own = &tokens[*start..*start + length];
            let is_word = length == 1 && memory.stands_small(own[0].lower);
            let (kind, confidence) = *sure.get(&key(own)).filter(|_| !is_word)?;
            Some(Found { tokens: *start..*start + length, kind: Some(kind), confidence })
        });
        if let Some(name) = hit {
            end = name.tokens.end;
            found.push(name);
        }
    }
    found.sort_by_key(|name| name.tokens.start);
}

/// Gives a name the word before it, where both are a sure name elsewhere: `Lower Marsden`, read as `Marsden`
/// at the beginning of a sentence.
fn take_first_words(tokens: &[Token], sure: &HashMap<u64, (Kind, f32)>, found: &mut [Found]) {
    let mut end = 0;
    for name in found {
        let own = &name.tokens;
        let before = own.start.checked_sub(1).filter(|at| *at >= end && tokens[*at].is_capital());
        if let Some(start) = before.filter(|_| own.len() < REPEAT)
            && let Some((kind, confidence)) = sure.get(&key(&tokens[start..own.end]))
        {
            (name.kind, name.confidence) = (Some(*kind), *confidence);
            name.tokens.start = start;
        }
        end = name.tokens.end;
    }
}

/// Most tokens of a name that is looked for elsewhere.
const REPEAT: usize = 5;

/// What a short form in brackets stands for it is, wherever it stands.
fn name_acronyms(text: &str, tokens: &[Token], found: &mut Vec<Found>) {
    let mut short: HashMap<u32, (Option<Kind>, f32)> = HashMap::new();
    for name in found.iter().filter(|name| name.kind != Some(Kind::Person)) {
        if let Some(place) = acronym::behind(text, tokens, &name.tokens) {
            short.entry(tokens[place].word).or_insert((name.kind, name.confidence));
        }
    }
    if short.is_empty() {
        return;
    }
    for name in found.iter_mut().filter(|name| name.tokens.len() == 1) {
        if let Some(known) = short.get(&tokens[name.tokens.start].word) {
            (name.kind, name.confidence) = *known;
        }
    }
    let free = free_tokens(tokens, found);
    found.extend(free.into_iter().filter_map(|i| {
        let (kind, confidence) = *short.get(&tokens[i].word)?;
        Some(Found { tokens: i..i + 1, kind, confidence })
    }));
    found.sort_by_key(|name| name.tokens.start);
}

/// Tokens with a capital that no name holds.
fn free_tokens(tokens: &[Token], found: &[Found]) -> Vec<usize> {
    let mut names = found.iter().peekable();
    let mut is_free = |i: usize| {
        while names.next_if(|name| name.tokens.end <= i).is_some() {}
        names.peek().is_none_or(|name| i < name.tokens.start)
    };
    (0..tokens.len()).filter(|&i| tokens[i].is_capital() && is_free(i)).collect()
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
    let is_surname = |token: &Token| {
        matches!(token.shape, Shape::Capital | Shape::Mixed)
            && !is_known(token)
            && !memory.stands_small(token.lower)
    };
    let free = free_tokens(tokens, found);
    found.extend(free.into_iter().filter(|i| is_surname(&tokens[*i])).filter_map(|i| {
        let confidence = *surnames.get(&tokens[i].lower)?;
        Some(Found { tokens: i..i + 1, kind: Some(Kind::Person), confidence })
    }));
    found.sort_by_key(|name| name.tokens.start);
}

fn is_known(token: &Token) -> bool {
    GAZETTEER.whole(std::slice::from_ref(token)).is_some_and(|known| known.kinds & PLACES != 0)
}
