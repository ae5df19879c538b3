//! Names of agencies in brackets, credits and closing lines.

use crate::metadata::byline;

/// An agency that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Agency {
    /// Canonical name.
    pub(crate) name: &'static str,
    /// Written as an abbreviation in lower case or capitals: `dpa`, `AFP`.
    pub(crate) is_short: bool,
}

/// Longest name looked up, in bytes.
const BYTES: usize = 60;

/// The agency whose name or abbreviation this is.
pub(crate) fn named(name: &str) -> Option<Agency> {
    let name = name.trim();
    if name.len() < 2 || name.len() > BYTES {
        return None;
    }
    let full = byline::agency(name)?;
    let letters = name.chars().filter(|c| c.is_alphabetic());
    let is_short = name.len() <= 6
        && (letters.clone().all(char::is_uppercase) || letters.clone().all(char::is_lowercase));
    Some(Agency { name: full, is_short })
}

/// The agency in the brackets of a dateline or credit: `Xinhua`, `dpa/lno`, `Reuters Breakingviews`,
/// `Xinhua/Wang Li`.
pub(crate) fn in_brackets(inside: &str) -> Option<Agency> {
    let inside = inside.trim();
    if inside.len() > BYTES {
        return None;
    }
    let part = |part: &str| named(part.trim());
    let first_word = || {
        let (word, rest) = inside.split_once([' ', '-'])?;
        let is_name = rest.split_whitespace().all(|w| w.starts_with(|c: char| !c.is_lowercase()));
        part(word).filter(|_| is_name)
    };
    part(inside)
        .or_else(|| inside.split(['/', ',', ';', '·', '-', '+']).find_map(part))
        .or_else(first_word)
}

/// The first agency that the words of a line name, by its full name or a well-known one.
pub(crate) fn within(line: &str) -> Option<Agency> {
    if let Some(name) = byline::glued_agency(line) {
        return Some(Agency { name, is_short: false });
    }
    let words: Vec<&str> = line.split_whitespace().map(bare).collect();
    (0..words.len()).find_map(|at| {
        (1..=WORDS).rev().find_map(|count| {
            let phrase = words.get(at..at + count)?.join(" ");
            named(&phrase).filter(|a| count > 1 || is_name_like(&phrase, a))
        })
    })
}

/// Most words of an agency's name.
const WORDS: usize = 5;

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether one word can only be the agency: `Reuters`, `AFP`; not `stacker`.
fn is_name_like(word: &str, agency: &Agency) -> bool {
    let begins = word.chars().next().is_some_and(char::is_uppercase);
    begins || (agency.is_short && word.len() == 3)
}
