//! Who reported, wrote, edited or contributed: `(Reporting by A in B; Editing by C)`, `X in Y contributed to
//! this report.`, the initials `ab/cd`.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::{agency, first_word};
use crate::article::{SignOff, SignOffKind};
use crate::lexicon::{self, Initials, Table, WordSet};
use crate::metadata::Author;
use crate::metadata::byline::{self, BylineContext};

pub(super) const CUES: &str = include_str!("../../lexicon/sign_off_cues.tsv");

/// Openings by their first word, longest first.
static OPENINGS: LazyLock<Table<Vec<(&'static str, SignOffKind)>>> = LazyLock::new(|| {
    let mut openings: Table<Vec<(&str, _)>> = Table::default();
    for (phrase, kind) in lexicon::lines(CUES).filter_map(|line| line.split_once('\t')) {
        let kind = match kind {
            "reporting" => SignOffKind::Reporting,
            "contributor" => SignOffKind::Contributor,
            "editing" => SignOffKind::Editing,
            "translation" => SignOffKind::Translation,
            "photo" => SignOffKind::Photo,
            _ => SignOffKind::Writing,
        };
        let phrases = openings.entry(first_word(phrase)).or_default();
        phrases.push((phrase, kind));
        phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }
    openings
});

/// What rules out most first words of clauses.
static OPENING_INITIALS: LazyLock<Initials> =
    LazyLock::new(|| Initials::of(OPENINGS.keys().copied()));

/// Longest line of sign-offs, in bytes.
const BYTES: usize = 700;
/// Longest clause after which a cue is a sign-off and not prose, in bytes.
const CLAUSE_BYTES: usize = 300;

/// Reads a line that says who did the work. Empty for everything else.
pub(crate) fn read(line: &str, language: Option<&str>) -> Vec<SignOff> {
    let line = line.trim();
    if line.len() > BYTES || line.is_empty() {
        return Vec::new();
    }
    let credits = clauses(line, language);
    if !credits.is_empty() {
        return credits;
    }
    contribution(line, language).or_else(|| initials(line)).into_iter().collect()
}

/// Whether a line says who reported, contributed, edited or translated.
pub(crate) fn is_one(line: &str) -> bool {
    use SignOffKind::{Contributor, Editing, Reporting, Translation};
    let says = |kind| matches!(kind, Contributor | Editing | Reporting | Translation);
    read(line, None).iter().any(|sign_off| says(sign_off.kind))
}

// ------------------------------------------------------------------ clauses

/// `Reporting by A; Additional reporting by B in C; Editing by D`
fn clauses(line: &str, language: Option<&str>) -> Vec<SignOff> {
    let mut out: Vec<SignOff> = Vec::new();
    let line = unbracket(line);
    if opening(line).is_none() {
        return out;
    }
    for raw in pieces(line) {
        let Some((kind, names)) = opening(raw) else {
            match out.last_mut() {
                Some(last) if raw.len() < CLAUSE_BYTES => continue_clause(last, raw),
                _ => return out,
            }
            continue;
        };
        out.push(sign_off(kind, names, raw, language));
    }
    out.retain(|sign_off| !sign_off.people.is_empty() || sign_off.kind == SignOffKind::Translation);
    out
}

fn continue_clause(last: &mut SignOff, raw: &str) {
    last.raw.push_str("; ");
    last.raw.push_str(raw);
}

/// The line without the brackets around it.
fn unbracket(line: &str) -> &str {
    let line = line.trim_matches(['*', '_', ' ', '-', '—', '–']);
    let inside = line.strip_prefix(['(', '[']).and_then(|rest| {
        let rest = rest.trim_end_matches('.');
        rest.strip_suffix([')', ']'])
    });
    inside.unwrap_or(line).trim()
}

/// Clauses between semicolons, slashes and full stops, and before a cue after a comma.
fn pieces(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in line.char_indices() {
        let rest = line.get(at + c.len_utf8()..).unwrap_or("").trim_start();
        let cuts = match c {
            ';' | '|' => true,
            '.' | ',' | '/' => opening(rest).is_some(),
            ' ' => rest.starts_with("and ") && rest.get(4..).is_some_and(|r| opening(r).is_some()),
            _ => false,
        };
        if cuts {
            out.extend(line.get(from..at).map(str::trim).filter(|piece| !piece.is_empty()));
            from = at + c.len_utf8();
            if c == ' ' {
                from += 4;
            }
        }
    }
    out.extend(line.get(from..).map(str::trim).filter(|piece| !piece.is_empty()));
    out
}

/// The kind of a clause, and the names after its cue.
fn opening(clause: &str) -> Option<(SignOffKind, &str)> {
    if !OPENING_INITIALS.may_hold(first_word(clause)) {
        return None;
    }
    let start = super::lower_head(clause, 48);
    let phrases = OPENINGS.get(first_word(&start))?;
    phrases.iter().find_map(|(phrase, kind)| {
        let rest = start.strip_prefix(phrase)?;
        let ends_word = phrase.ends_with(':') || rest.starts_with([' ', ':']) || rest.is_empty();
        let chars = phrase.chars().count();
        let at = clause.char_indices().nth(chars).map_or(clause.len(), |(at, _)| at);
        let names = clause.get(at..)?.trim_start_matches([':', ' ']);
        // "Written by hand, the letter …" is prose.
        let is_name =
            names.chars().next().is_some_and(|c| !c.is_lowercase()) || names.starts_with("de ");
        (ends_word && (is_name || *kind == SignOffKind::Translation)).then_some((*kind, names))
    })
}

fn sign_off(kind: SignOffKind, names: &str, raw: &str, language: Option<&str>) -> SignOff {
    let (people, place) = people(names, language);
    SignOff { kind, people, place, raw: raw.to_owned(), source: None }
}

/// Words between a name and its place.
const IN: [&str; 9] = [" in ", " from ", " en ", " à ", " aus ", " em ", " a ", " da ", " desde "];

/// The people that a clause names, and the place where there is one for all.
fn people(names: &str, language: Option<&str>) -> (Vec<Author>, Option<String>) {
    let names = super::place::without_stop(names.trim());
    let mut stripped = String::with_capacity(names.len());
    let mut places = Vec::new();
    for part in split_people(names) {
        let cut = IN.iter().filter_map(|word| Some((part.find(word)?, word.len()))).min();
        let (name, place) = match cut {
            Some((at, len)) => (part.get(..at), part.get(at + len..)),
            None => (Some(part), None),
        };
        if !stripped.is_empty() {
            stripped.push_str(", ");
        }
        stripped.push_str(name.unwrap_or(part).trim());
        places.extend(place.map(|p| clean_place(p).to_owned()));
    }
    let context = BylineContext { publisher: None, language, is_stated: true };
    places.dedup();
    let place = if let [only] = places.as_slice() { Some(only.clone()) } else { None };
    (byline::read(&stripped, &context), place)
}

fn clean_place(place: &str) -> &str {
    super::place::without_stop(place.trim().trim_end_matches([';', ',', ')']))
}

/// Names between "and", "&" and commas; a comma inside "Nairobi, Kenya" parts nothing that follows "in".
fn split_people(names: &str) -> Vec<&str> {
    let words = [" and ", " und ", " et ", " y ", " e ", " & "];
    let mut parts = vec![names];
    for word in words {
        parts = parts.into_iter().flat_map(|part| part.split(word)).collect();
    }
    let split = |part: &'_ str| -> bool { !IN.iter().any(|word| part.contains(word)) };
    parts
        .into_iter()
        .flat_map(|part| if split(part) { part.split(',').collect() } else { after_place(part) })
        .map(|part| part.trim().trim_start_matches("and ").trim())
        .filter(|part| !part.is_empty())
        .collect()
}

/// `A in X, B in Y`: cut at the commas before names that have a place of their own.
fn after_place(part: &str) -> Vec<&str> {
    let has_place = |text: &str| IN.iter().any(|word| text.contains(word));
    let mut out = Vec::new();
    let mut from = 0;
    for (at, _) in part.match_indices(',') {
        let before = part.get(from..at).unwrap_or("");
        let rest = part.get(at + 1..).unwrap_or("");
        let next = rest.split(',').next().unwrap_or("");
        if has_place(next) || !has_place(before) {
            out.push(before);
            from = at + 1;
        }
    }
    out.extend(part.get(from..));
    out
}

// ------------------------------------------------------------------ sentences

/// Ends and middles of sentences that thank contributors, lower case.
const CONTRIBUTED: [&str; 14] = [
    "contributed to this report",
    "contributed to this story",
    "contributed to this article",
    "contributed to this dispatch",
    "contributed reporting",
    "contributed research",
    "also contributed",
    "contributed.",
    "contributed from",
    "a contribué à cet article",
    "contribuyó a este reportaje",
    "contribuyeron a este",
    "ha contribuito",
    "hat mitgearbeitet",
];

/// Parts of the words of [`CONTRIBUTED`], one of which a line must hold.
static THANKS: LazyLock<[Finder; 3]> =
    LazyLock::new(|| ["ontribu", "ONTRIBU", "mitgearbeitet"].map(Finder::new));

/// Openings of lines that thank an agency for material, lower case.
const MATERIAL: [&str; 22] = [
    "with files from",
    "with inputs from",
    "with input from",
    "with agency inputs",
    "with reporting from",
    "with material from",
    "includes reporting from",
    "mit material von",
    "mit material der",
    "mit informationen von",
    "mit agenturmaterial",
    "(mit ",
    "avec ",
    "(avec ",
    "con información de",
    "(con información",
    "con informazioni",
    "com informações d",
    "com agências",
    "con agencias",
    "additional material from",
    "this report includes material",
];

/// What rules out most first words of lines.
static MATERIAL_INITIALS: LazyLock<Initials> = LazyLock::new(|| {
    let openings = MATERIAL.iter().map(|opening| opening.trim_start_matches('('));
    Initials::of(openings.map(first_word))
});

/// `Associated Press writers A in X and B in Y contributed to this report.`
fn contribution(line: &str, language: Option<&str>) -> Option<SignOff> {
    let line = unbracket(line);
    let lower = if THANKS.iter().any(|word| word.find(line.as_bytes()).is_some()) {
        line.to_lowercase()
    } else if MATERIAL_INITIALS.may_hold(first_word(line)) {
        super::lower_head(line, 40)
    } else {
        return None;
    };
    if lower.len() == line.len()
        && let Some(at) = CONTRIBUTED.iter().filter_map(|phrase| lower.find(phrase)).min()
        && is_thanks(line, at)
    {
        return Some(thanks(line, at, language));
    }
    let opening =
        MATERIAL.iter().find(|opening| lower.starts_with(opening.trim_start_matches('(')))?;
    let agency = agency::within(line.get(opening.trim_start_matches('(').len()..)?);
    let is_short = line.split_whitespace().count() <= 12;
    let names_none = opening.contains("agen");
    if !is_short || (agency.is_none() && !names_none) {
        return None;
    }
    let people = agency.map(|agency| organisation(agency.name)).into_iter().collect();
    Some(SignOff {
        kind: SignOffKind::Contributor,
        people,
        place: None,
        raw: line.to_owned(),
        source: None,
    })
}

fn organisation(name: &str) -> Author {
    Author { name: name.to_owned(), is_organisation: true, ..Author::default() }
}

/// Whether the words before "contributed" are names and not prose.
fn is_thanks(line: &str, at: usize) -> bool {
    let Some(before) = line.get(..at) else {
        return false;
    };
    let words: Vec<&str> = before.split_whitespace().collect();
    let small = words.iter().filter(|w| w.starts_with(char::is_lowercase)).count();
    let ends = line.get(at..).is_some_and(|rest| rest.split_whitespace().count() <= 12);
    !words.is_empty()
        && words.len() <= 50
        && small * 2 <= words.len() + 1
        && ends
        && words.first().is_some_and(|w| !w.starts_with(char::is_lowercase))
}

/// Words for the people of a newsroom before their names, lower case.
static WRITERS: LazyLock<WordSet> =
    LazyLock::new(|| lexicon::lines(include_str!("../../lexicon/newsroom_words.txt")).collect());

/// Whether the word, in any case, says what people of a newsroom do.
pub(crate) fn is_writer(word: &str) -> bool {
    WRITERS.contains(word.to_lowercase().as_str())
}

fn thanks(line: &str, at: usize, language: Option<&str>) -> SignOff {
    let before = line.get(..at).unwrap_or("").trim().trim_end_matches(" also");
    let (house, names) = after_writers(before);
    let (mut people, mut place) = people(names, language);
    let agency = house.and_then(agency::within);
    for person in &mut people {
        if !person.is_organisation && person.organisation.is_none() {
            person.organisation = agency.as_ref().map(|agency| agency.name.to_owned());
        }
    }
    if people.is_empty()
        && let Some(agency) = agency::within(before)
    {
        people.push(organisation(agency.name));
    }
    let after = line.get(at..).unwrap_or("");
    if place.is_none()
        && let Some((_, from)) = after.split_once(" from ")
    {
        place = Some(clean_place(from).to_owned());
    }
    SignOff { kind: SignOffKind::Contributor, people, place, raw: line.to_owned(), source: None }
}

/// `Associated Press writers` and the names after it.
fn after_writers(text: &str) -> (Option<&str>, &str) {
    let mut at = 0;
    let mut cut = None;
    for word in text.split_inclusive(' ').take(6) {
        at += word.len();
        if is_writer(word.trim()) {
            cut = Some(at);
        }
    }
    cut.and_then(|at| text.split_at_checked(at))
        .map_or((None, text), |(house, names)| (Some(house), names))
}

// ------------------------------------------------------------------ initials

/// Words that stand around a slash in ordinary text: `and/or`.
const PAIRED: [&str; 10] = ["and", "or", "he", "she", "his", "her", "yes", "no", "und", "oder"];
/// Longest line of initials, in bytes.
const INITIALS_BYTES: usize = 40;

/// The agency's initials after the last sentence: `… twice a day. PTI ABC DEF`, `… la tarde. EFE`.
pub(super) fn initials_at_end(text: &str) -> Option<SignOff> {
    let tail = text.char_indices().rev().take(INITIALS_BYTES).last().map_or(0, |(at, _)| at);
    let tail = text.get(tail..)?;
    let cut = tail.rmatch_indices(['.', '"', '”', '»']).next().map(|(at, mark)| at + mark.len())?;
    let raw = tail.get(cut..)?.trim();
    let house = agency::named(raw).filter(|agency| agency.is_short);
    let alone = house.map(|agency| SignOff {
        kind: SignOffKind::Initials,
        people: vec![organisation(agency.name)],
        place: None,
        raw: raw.to_owned(),
        source: None,
    });
    alone.or_else(|| initials(raw).filter(|s| !s.people.is_empty()))
}

/// `ab/cd/ef`, `bur-ab/cd`, `EFE abc/def`, `PTI ABC DEF`
fn initials(line: &str) -> Option<SignOff> {
    let is_bracketed = line.starts_with('(') && line.ends_with(')');
    let line = line.trim_matches(['(', ')', '.']);
    if line.len() > INITIALS_BYTES {
        return None;
    }
    let words: Vec<&str> =
        line.split([' ', '/', '-', '_']).filter(|word| !word.is_empty()).collect();
    let (first, rest) = words.split_first()?;
    let house = agency::named(first).filter(|agency| agency.is_short);
    let is_code = |word: &&str| {
        let is_lower = |b: u8| b.is_ascii_lowercase() || (house.is_some() && b.is_ascii_digit());
        (2..=4).contains(&word.len())
            && !PAIRED.contains(word)
            && (word.bytes().all(is_lower) || word.bytes().all(|b| b.is_ascii_uppercase()))
    };
    let is_joined = line.contains('/') || (is_bracketed && line.contains('-'));
    let has_mark = is_joined && !line.contains(' ');
    let is_desk = *first == "bur" && !rest.is_empty();
    let fits = if house.is_some() {
        !rest.is_empty() && rest.len() <= 5 && !line.contains(" - ")
    } else {
        is_desk || (has_mark && words.len() >= 2)
    };
    let coded = if house.is_some() { rest.iter().all(is_code) } else { words.iter().all(is_code) };
    let same_case =
        line.chars().filter(|c| c.is_alphabetic()).all(char::is_lowercase) || house.is_some();
    (fits && coded && same_case).then(|| SignOff {
        kind: SignOffKind::Initials,
        people: house.as_ref().map(|agency| organisation(agency.name)).into_iter().collect(),
        place: None,
        raw: line.to_owned(),
        source: None,
    })
}
