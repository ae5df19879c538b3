//! White space as readers see it: collapsed.

use crate::piece::{HIGH, at_least, equal};

/// Appends `text` with runs of white space made one space, none at the beginning of `out`.
pub(crate) fn push_collapsed(out: &mut String, text: &str) {
    let mut space = out.is_empty() || out.ends_with([' ', '\n']);
    let mut rest = text;
    out.reserve(text.len());
    while let Some((before, after)) = split_at_odd_space(rest, &mut space) {
        out.push_str(before);
        if !space {
            out.push(' ');
        }
        space = true;
        // Pages are indented: of many spaces the first one is made.
        rest = after.trim_ascii_start();
    }
    out.push_str(rest);
}

/// What stands before and behind the first white space that is no single plain space; `None` without
/// any. `space` says whether a space stands before the text, then before the white space.
fn split_at_odd_space<'t>(text: &'t str, space: &mut bool) -> Option<(&'t str, &'t str)> {
    let bytes = text.as_bytes();
    let (mut at, mut next_run) = (0, 1);
    while let Some(byte) = bytes.get(at) {
        if at >= next_run {
            if is_plain_run(bytes, at) {
                at += RUN;
                *space = bytes.get(at - 1) == Some(&b' ');
                continue;
            }
            next_run = at + RUN;
        }
        if let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk)
            && is_plain_word(u64::from_le_bytes(*word), *space)
        {
            at += 8;
            *space = word[7] == b' ';
            continue;
        }
        let is_plain = *byte == b' ';
        // The bytes that the white space of `is_space` begins with.
        let may_be_odd = *byte < b' ' || matches!(byte, 0xc2 | 0xe2 | 0xe3);
        if is_plain && *space || may_be_odd {
            let (before, rest) = text.split_at_checked(at)?;
            let mut chars = rest.chars();
            if chars.next().is_some_and(is_space) {
                return Some((before, chars.as_str()));
            }
        }
        *space = is_plain;
        at += 1;
    }
    None
}

/// Bytes that are looked at together.
const RUN: usize = 32;

/// Whether the bytes from `at` on are a run without two spaces in a row or what odd white space begins with.
/// Without jumps, so that the compiler makes vectors of it.
fn is_plain_run(bytes: &[u8], at: usize) -> bool {
    let chunk = |at: usize| bytes.get(at..)?.first_chunk::<RUN>();
    let (Some(run), Some(before)) = (chunk(at), chunk(at - 1)) else { return false };
    let mut odd = 0;
    for (byte, before) in run.iter().zip(before) {
        odd |= u8::from(*byte == b' ') & u8::from(*before == b' ');
        odd |= u8::from(*byte < b' ') | u8::from(*byte == 0xc2);
        odd |= u8::from(*byte == 0xe2) | u8::from(*byte == 0xe3);
    }
    odd == 0
}

/// Whether eight bytes are printable ASCII without two spaces in a row, `space` being whether one stands
/// before them.
fn is_plain_word(word: u64, space: bool) -> bool {
    let spaces = equal(word, b' ');
    let odd = word | !at_least(word & !HIGH, b' ');
    odd & HIGH == 0 && spaces & (spaces << 8 | u64::from(space) << 7) == 0
}

/// White space that collapses in HTML, and the no-break and typographic spaces that editors use for
/// looks.
pub(crate) const fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\x0c' | '\u{a0}' | '\u{2000}'
            ..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// `text` with white space collapsed and trimmed.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_collapsed(&mut out, text);
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_collapses_wherever_it_stands() {
        let naive = |text: &str| {
            text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        };
        for space in [" ", "  ", "\n", " \u{a0}", "\u{3000}", "“ ", " é"] {
            for before in 0..100 {
                let text = format!("{}{space}{}{space}z", "ab ".repeat(before), "c".repeat(40));
                assert_eq!(collapse(&text), naive(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn texts_are_joined_at_one_space() {
        let mut out = String::new();
        for text in ["  a ", " b", "\u{a0}", "c\n", "\nd"] {
            push_collapsed(&mut out, text);
        }
        assert_eq!(out, "a b c d");
    }
}
