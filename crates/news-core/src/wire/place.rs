//! Places as datelines write them, from `lexicon/dateline_places.tsv` and `dateline_labels.txt`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::lexicon;

pub(super) const PLACES: &str = include_str!("../../lexicon/dateline_places.tsv");
pub(super) const LABELS: &str = include_str!("../../lexicon/dateline_labels.txt");

/// What a name of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    City,
    Region,
    Both,
}

static KINDS: LazyLock<HashMap<&'static str, Kind>> = LazyLock::new(|| {
    let kind = |kind| match kind {
        "city" => Kind::City,
        "region" => Kind::Region,
        _ => Kind::Both,
    };
    lexicon::lines(PLACES)
        .filter_map(|line| line.split_once('\t').map(|(name, k)| (name, kind(k))))
        .collect()
});

static LABEL_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lexicon::lines(LABELS).collect());

/// Most words of a place with its region.
const WORDS: usize = 9;
/// Longest place with its region, in bytes.
const BYTES: usize = 80;

/// How much a string looks like the place of a dateline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// The city is in the table, or the region after it is.
    pub(super) is_known: bool,
    /// The city is written in capitals.
    pub(super) is_capitals: bool,
    /// A word of it is a label such as `WATCH`.
    pub(super) has_label: bool,
}

/// How the place looks. `None` for what cannot be a place: prose, figures, marks.
pub(super) fn look(place: &str) -> Option<Look> {
    if place.len() > BYTES || place.split_whitespace().count() > WORDS {
        return None;
    }
    let mut pieces = place.split([',', '،']).map(str::trim).filter(|p| !p.is_empty());
    let city = pieces.next()?;
    let regions: Vec<&str> = pieces.collect();
    if regions.len() > 3 || !is_name(city) || !regions.iter().all(|r| is_name(r)) {
        return None;
    }
    let plain = city.split(['[', '(']).next().unwrap_or(city).trim();
    let is_aboard = plain.to_lowercase().starts_with("aboard ");
    let has_region = regions.last().is_some_and(|r| is_region(r));
    Some(Look {
        is_known: is_aboard || is_place(plain) || has_region,
        is_capitals: is_capitals(plain),
        has_label: place.split([' ', ',', '/']).any(is_label),
    })
}

fn is_region(name: &str) -> bool {
    let name = name.trim_matches(['[', ']', '(', ')']).to_lowercase();
    KINDS.get(name.as_str()).is_some_and(|kind| *kind != Kind::City)
}

/// The text without its full stop, unless that belongs to a region: `Bridgeport, Conn.`
pub(super) fn without_stop(text: &str) -> &str {
    let last = text.rsplit(',').next().unwrap_or(text).trim();
    if is_region(last) { text } else { text.trim_end_matches('.') }
}

/// Whether the name, in any case, stands in the table.
pub(super) fn is_place(name: &str) -> bool {
    KINDS.contains_key(name.trim().to_lowercase().as_str())
}

/// The longest place of the table that ends the string.
pub(super) fn at_end(text: &str) -> Option<&str> {
    text.char_indices().filter_map(|(at, _)| text.get(at..)).find(|tail| KINDS.contains_key(tail))
}

fn is_label(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    LABEL_WORDS.contains(word.as_str())
}

/// Small words inside the names of places.
const SMALL: [&str; 28] = [
    "a", "am", "an", "and", "ob", "der", "de", "del", "della", "di", "da", "do", "du", "des", "e",
    "el", "en", "et", "im", "in", "la", "le", "les", "los", "of", "on", "the", "y",
];

/// Whether every word begins with a capital or is small, and the first is neither small nor a figure.
fn is_name(name: &str) -> bool {
    let mut words = name.split_whitespace().peekable();
    let begins = words.peek().is_some_and(|word| starts_name(word));
    begins && words.all(|word| starts_name(word) || SMALL.contains(&word))
}

fn starts_name(word: &str) -> bool {
    let mut letters = word.trim_start_matches(['[', '(', '\'', '’', '-']).chars();
    let first = letters.next();
    first.is_some_and(|c| c.is_alphabetic() && (!c.is_lowercase() || word.starts_with(['\'', '’'])))
        && word.chars().all(|c| c.is_alphanumeric() || ".-'’[]()&".contains(c) || is_joiner(c))
}

/// Marks inside words of other scripts, and the combining accents.
fn is_joiner(c: char) -> bool {
    ('\u{300}'..'\u{370}').contains(&c) || ('\u{900}'..'\u{e80}').contains(&c)
}

/// Whether the name is in capitals, at least two of them; `McALLEN` is.
fn is_capitals(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic());
    let (mut upper, mut lower) = (0, 0);
    for c in letters {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper >= 2 && lower * 4 <= upper
}
