//! Words of names, and which names can be one person's by their letters.

use std::ops::Range;

use super::super::kinds::Kinds;
use super::super::tables::TABLES;
use super::super::token::Tokens;

/// What is joined to a name to make an adjective of it: Miller-style.
const JOINED: [&str; 4] = ["-like", "-style", "-era", "-led"];

/// The words of a name in lower case without stops, and the word that marks a junior.
pub(super) fn words(tokens: &Tokens<'_>, name: &Range<usize>) -> (Vec<String>, Option<String>) {
    let mut words = Vec::with_capacity(name.len());
    let mut suffix = None;
    for at in name.clone() {
        let Some(token) = tokens.list.get(at).filter(|t| t.is_word()) else { continue };
        let word = tokens.str(at).trim_end_matches('.').to_lowercase().replace('’', "'");
        let joined = JOINED.iter().find_map(|end| word.strip_suffix(end)).map(str::to_owned);
        let word = joined.unwrap_or(word);
        if token.is(Kinds::SUFFIX) && at > name.start {
            suffix = Some(word);
        } else {
            words.push(word);
        }
    }
    (words, suffix)
}

/// Whether two full names can be one person's.
pub(super) fn agree(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (Some(first), Some(last)) = (short.first(), short.last()) else { return false };
    if short.len() < 2 {
        return long.contains(last);
    }
    if short.len() == 2
        && long.len() == 2
        && long.first() == Some(last)
        && long.last() == Some(first)
    {
        return true;
    }
    if long.last() != Some(last) {
        return long.len() > 2 && is_within(short, long);
    }
    let firsts = long.first().is_some_and(|other| same_given(first, other));
    let middles = match (short.get(1..short.len() - 1), long.get(1..long.len() - 1)) {
        (Some([one, ..]), Some([other, ..])) => same_given(one, other),
        _ => true,
    };
    (firsts && middles) || is_within(short, long)
}

/// Whether the words of `short` stand in `long`, in order.
pub(super) fn is_within(short: &[String], long: &[String]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| other == word))
}

/// Letters from which one wrong letter is a slip and not another name.
pub(super) const SLIP_LETTERS: usize = 6;

/// Whether two given names can be one person's: the same, an initial, a familiar form, a slip.
fn same_given(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short == long {
        return true;
    }
    if short.chars().count() == 1 || short.contains('.') {
        return short.chars().next() == long.chars().next();
    }
    let familiar =
        TABLES.long_forms(short).contains(&long) || TABLES.long_forms(long).contains(&short);
    familiar || is_slip(short, long, SLIP_LETTERS)
}

/// A name cut down to an initial and the beginning of the surname: J-Lo.
pub(super) fn is_clipped(word: &str) -> bool {
    let parts = word.split_once(['-', '.']);
    parts.is_some_and(|(initial, rest)| {
        initial.chars().count() == 1 && (2..=4).contains(&rest.len())
    })
}

/// Whether one letter tells two names of at least `letters` letters apart.
pub(super) fn is_slip(short: &str, long: &str, letters: usize) -> bool {
    let (few, many) = (short.chars().count(), long.chars().count());
    if few < letters || many < letters || few.abs_diff(many) > 1 || short.contains('-') {
        return false;
    }
    let genders = TABLES.word(short).name.contradicts(TABLES.word(long).name);
    let start = short.chars().zip(long.chars()).take_while(|(a, b)| a == b).count();
    let end = short.chars().rev().zip(long.chars().rev()).take_while(|(a, b)| a == b).count();
    start > 0 && !genders && start + end + 1 >= few.max(many)
}
