//! Character references: `&amp;`, `&eacute`, `&#8217;`, `&#x2019;`.

use std::sync::LazyLock;

use encoding_rs::WINDOWS_1252;

use crate::lexicon::Table;

/// Where a reference stands: the two places differ for names without a semicolon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum References {
    /// Not looked for: raw text, scripts, comments.
    None,
    /// In text, title and textarea.
    Text,
    /// In an attribute value.
    Attribute,
}

/// What a reference stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reference {
    /// Bytes of source, the ampersand included.
    pub(super) len: usize,
    pub(super) first: char,
    /// A few names stand for two characters.
    pub(super) second: Option<char>,
}

/// Longest name of the standard's list, without the semicolon.
const LONGEST_NAME: usize = 31;
/// Longest name that also stands without a semicolon.
const LONGEST_BARE_NAME: usize = 6;

/// The reference at the start of `source`, which begins with the ampersand and ends where the text
/// or the value ends. Reads at most 33 bytes of a name; any number of digits.
pub(super) fn reference(source: &[u8], place: References) -> Option<Reference> {
    match source.get(1)? {
        b'#' => numeric(source),
        b if b.is_ascii_alphanumeric() => named(source, place),
        _ => None,
    }
}

/// References of which most others are one, looked up before the standard's list.
const COMMON: [(&[u8], char); 5] =
    [(b"amp;", '&'), (b"quot;", '"'), (b"lt;", '<'), (b"gt;", '>'), (b"nbsp;", '\u{a0}')];

fn named(source: &[u8], place: References) -> Option<Reference> {
    let name = &source[1..];
    if let Some((name, first)) = COMMON.iter().find(|(common, _)| name.starts_with(common)) {
        return Some(Reference { len: name.len() + 1, first: *first, second: None });
    }
    let run = name.iter().take(LONGEST_NAME + 1).take_while(|b| b.is_ascii_alphanumeric()).count();
    // A semicolon can only end the run, so it is tried first and is the longest match.
    if run <= LONGEST_NAME
        && name.get(run) == Some(&b';')
        && let Some(found) = listed(&name[..=run])
    {
        return Some(found);
    }
    let bare = (2..=run.min(LONGEST_BARE_NAME)).rev().find_map(|len| listed(&name[..len]))?;
    // In attributes, `&copy=1` and `&copyright` stay as they are: they are parts of addresses.
    if place == References::Attribute {
        let next = source.get(bare.len);
        if next.is_some_and(|b| *b == b'=' || b.is_ascii_alphanumeric()) {
            return None;
        }
    }
    Some(bare)
}

/// The standard's list: one character a name, or two.
static LIST: LazyLock<Table<(char, Option<char>)>> = LazyLock::new(|| {
    let characters = |codes: &str| {
        let mut codes = codes.split(' ').filter_map(|code| u32::from_str_radix(code, 16).ok());
        let mut next = || codes.next().and_then(char::from_u32);
        Some((next()?, next()))
    };
    let lines = include_str!("../../../lexicon/references.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    rows.filter_map(|(name, codes)| Some((name, characters(codes)?))).collect()
});

fn listed(name: &[u8]) -> Option<Reference> {
    let name = std::str::from_utf8(name).ok()?;
    let &(first, second) = LIST.get(name)?;
    Some(Reference { len: name.len() + 1, first, second })
}

fn numeric(source: &[u8]) -> Option<Reference> {
    let hex = matches!(source.get(2), Some(b'x' | b'X'));
    let (radix, start) = if hex { (16, 3) } else { (10, 2) };
    let mut number = 0_u32;
    let mut end = start;
    while let Some(digit) = source.get(end).and_then(|b| char::from(*b).to_digit(radix)) {
        // Any number past the last character gives U+FFFD, so it may stay where it is.
        if number <= 0x10_FFFF {
            number = number * radix + digit;
        }
        end += 1;
    }
    if end == start {
        return None;
    }
    if source.get(end) == Some(&b';') {
        end += 1;
    }
    let first = match number {
        // What these bytes mean in windows-1252, as many editors wrote them.
        0x80..=0x9f => WINDOWS_1252.decode(&[number as u8]).0.chars().next(),
        0 => None,
        _ => char::from_u32(number),
    };
    Some(Reference { len: end, first: first.unwrap_or(char::REPLACEMENT_CHARACTER), second: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str, place: References) -> String {
        match reference(source.as_bytes(), place) {
            None => "-".to_owned(),
            Some(found) => {
                let second = found.second.map(String::from).unwrap_or_default();
                format!("{}{second}/{}", found.first, found.len)
            }
        }
    }

    #[test]
    fn reads_references() {
        for (source, text, attribute) in [
            ("&amp;", "&/5", "&/5"),
            ("&amp", "&/4", "&/4"),
            ("&ampx", "&/4", "-"),
            ("&amp=", "&/4", "-"),
            ("&notit;", "\u{ac}/4", "-"),
            ("&notin;", "\u{2209}/7", "\u{2209}/7"),
            ("&notin", "\u{ac}/4", "-"),
            ("&NotEqualTilde;", "\u{2242}\u{338}/15", "\u{2242}\u{338}/15"),
            ("&CounterClockwiseContourIntegral;", "\u{2233}/33", "\u{2233}/33"),
            ("&nosuch;", "-", "-"),
            ("&", "-", "-"),
            ("&;", "-", "-"),
            ("& amp;", "-", "-"),
            ("&#65;", "A/5", "A/5"),
            ("&#65x", "A/4", "A/4"),
            ("&#x41;", "A/6", "A/6"),
            ("&#X4a", "J/5", "J/5"),
            ("&#", "-", "-"),
            ("&#x", "-", "-"),
            ("&#x;", "-", "-"),
            ("&#0;", "\u{fffd}/4", "\u{fffd}/4"),
            ("&#146;", "\u{2019}/6", "\u{2019}/6"),
            ("&#x81;", "\u{81}/6", "\u{81}/6"),
            ("&#xD800;", "\u{fffd}/8", "\u{fffd}/8"),
            ("&#1114112;", "\u{fffd}/10", "\u{fffd}/10"),
            ("&#99999999999999999999;", "\u{fffd}/23", "\u{fffd}/23"),
            ("&#27;", "\u{1b}/5", "\u{1b}/5"),
        ] {
            assert_eq!(read(source, References::Text), text, "{source} in text");
            assert_eq!(read(source, References::Attribute), attribute, "{source} in an attribute");
        }
    }
}
