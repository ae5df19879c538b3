//! The letters and digits of a text in lower case: what two spellings of one line share.

use crate::piece::HIGH;

/// Bytes of a run of ASCII at most.
pub(crate) const RUN: usize = 64;

/// A part of a text: most of most texts is ASCII, which is quick to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Run<'a> {
    /// ASCII of at most [`RUN`] bytes.
    Ascii(&'a str),
    /// One other character.
    Other(char),
}

/// The parts of a text.
pub(crate) fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (run, after) = rest.split_at_checked(ascii_bytes(rest.as_bytes()))?;
        if run.is_empty() {
            let mut chars = rest.chars();
            let other = chars.next()?;
            rest = chars.as_str();
            return Some(Run::Other(other));
        }
        rest = after;
        Some(Run::Ascii(run))
    })
}

/// Bytes of ASCII, up to [`RUN`], that a text begins with.
fn ascii_bytes(text: &[u8]) -> usize {
    let (words, rest) = text.get(..RUN).unwrap_or(text).as_chunks::<8>();
    for (i, word) in words.iter().enumerate() {
        let other = u64::from_le_bytes(*word) & HIGH;
        if other != 0 {
            return 8 * i + other.trailing_zeros() as usize / 8;
        }
    }
    8 * words.len() + rest.iter().take_while(|byte| byte.is_ascii()).count()
}

/// Whether a character is a letter or digit, as [`char::is_alphanumeric`] says. That searches a table for
/// each character; here, those that pages are written in come first.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        _ => quick(c).unwrap_or_else(|| c.is_alphanumeric()),
    }
}

/// As [`is_letter`], without digits: [`char::is_alphabetic`].
pub(crate) fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        _ => quick(c).unwrap_or_else(|| c.is_alphabetic()),
    }
}

/// Whether a character outside ASCII is a letter, where all around it are or none.
fn quick(c: char) -> Option<bool> {
    match c {
        // Signs and punctuation.
        '\u{80}'..='©'
        | '«'..='±'
        | '×'
        | '÷'
        | '\u{94d}'
        | '।'..='॥'
        | '\u{2000}'..='\u{206f}'
        | '\u{3000}'..='\u{3004}'
        | '〈'..='〠'
        | '！'..='／'
        | '：'..='＠' => Some(false),
        // Latin with accents, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai, kana, Han, Hangul.
        'À'..='ʯ'
        | 'Σ'..='ώ'
        | 'Ѐ'..='ҁ'
        | 'א'..='ת'
        | 'ؠ'..='ي'
        | 'ऄ'..='ह'
        | '\u{93e}'..='\u{94c}'
        | 'ก'..='ะ'
        | 'ぁ'..='ゖ'
        | 'ァ'..='ヺ'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => Some(true),
        _ => None,
    }
}

/// Whether a text is white space alone, or nothing.
#[inline]
pub(crate) fn is_blank(text: &str) -> bool {
    let begins_white = text.bytes().next().is_some_and(is_white);
    let rest = if begins_white { past_white(text) } else { text };
    rest.is_empty()
        || !rest.starts_with(|c: char| c.is_ascii()) && rest.chars().all(char::is_whitespace)
}

/// What stands behind the white space of ASCII that a text begins with.
fn past_white(text: &str) -> &str {
    // Behind a line break stand many spaces, mostly.
    let indent = text.as_bytes().get(1..).unwrap_or_default().as_chunks::<8>().0;
    let skipped = 1 + 8 * indent.iter().take_while(|bytes| **bytes == [b' '; 8]).count();
    let behind = text.as_bytes().get(skipped..).unwrap_or_default();
    let first = behind.iter().position(|byte| !is_white(*byte));
    first.and_then(|first| text.get(skipped + first..)).unwrap_or_default()
}

/// Whether a byte is white space of ASCII.
fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// A character in lower case where that is one character and quick to tell.
pub(crate) fn lower(c: char) -> Option<char> {
    match c {
        '\0'..='\x7f' => Some(c.to_ascii_lowercase()),
        'À'..='Ö' | 'Ø'..='Þ' | 'А'..='Я' => char::from_u32(u32::from(c) + 32),
        '\u{80}'..='¿'
        | 'ß'..='ÿ'
        | 'а'..='џ'
        | '\u{2000}'..='\u{206f}'
        | '\u{3000}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => Some(c),
        _ => None,
    }
}

/// A text with its letters of ASCII in lower case, written to a buffer; `None` if that is too short.
#[inline]
pub(crate) fn ascii_lower<'b>(text: &str, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let lower = buffer.get_mut(..text.len())?;
    lower.copy_from_slice(text.as_bytes());
    lower.make_ascii_lowercase();
    Some(lower)
}

/// Letters and digits in lower case.
pub(crate) fn fold(text: &str) -> String {
    fold_all(std::iter::once(text), usize::MAX)
}

/// The first `limit` letters and digits of some texts in a row, in lower case.
pub(crate) fn fold_all<'a>(texts: impl Iterator<Item = &'a str>, limit: usize) -> String {
    let mut out = Vec::with_capacity(limit.min(RUN));
    fold_into(texts, limit, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// The same in place of what `out` holds. Bytes, since a character pushed to a string costs three times as
/// much.
pub(crate) fn fold_into<'a>(texts: impl Iterator<Item = &'a str>, limit: usize, out: &mut Vec<u8>) {
    out.clear();
    let mut room = limit;
    for text in texts {
        out.reserve(text.len().min(room));
        for run in runs(text) {
            if room == 0 {
                break;
            }
            match run {
                Run::Ascii(run) => {
                    // Of few letters that are asked for, the first bytes hold all.
                    let bytes = if room < RUN { FEW } else { RUN };
                    for part in run.as_bytes().chunks(bytes) {
                        room -= fold_ascii(part, room, out);
                    }
                }
                Run::Other(c) if is_letter(c) => room -= fold_other(c, room, out),
                Run::Other(_) => {}
            }
        }
    }
}

/// ASCII letters and digits in lower case, 0 for all else.
const FOLDED: [u8; 128] = {
    let mut folded = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            folded[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// Bytes of ASCII that are folded together where few letters are asked for.
const FEW: usize = 16;

/// Folds up to `room` letters of a run of ASCII, and tells how many it has. Without a jump a letter, since
/// none foresees where a word ends.
fn fold_ascii(run: &[u8], room: usize, out: &mut Vec<u8>) -> usize {
    if room == 0 {
        return 0;
    }
    let mut letters = [0; RUN];
    let mut count = 0;
    for byte in run {
        let folded = FOLDED[usize::from(*byte & 127)];
        letters[count % RUN] = folded;
        count += usize::from(folded != 0);
    }
    count = count.min(room);
    out.extend_from_slice(letters.get(..count).unwrap_or_default());
    count
}

/// Folds a letter into up to `room`, and tells how many.
fn fold_other(c: char, room: usize, out: &mut Vec<u8>) -> usize {
    let mut push = |c: char| out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    if let Some(lower) = lower(c) {
        push(lower);
        return 1;
    }
    let lower = c.to_lowercase().take(room);
    lower.map(push).count()
}

/// Whether two texts have the same letters and digits, whatever their case.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a == b || folded(a).eq(folded(b))
}

/// The characters of [`fold`].
fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| is_letter(*c)).flat_map(char::to_lowercase)
}

/// The first characters of a text.
pub(crate) fn head(text: &str, chars: usize) -> &str {
    match text.get(..chars.min(text.len())) {
        Some(head) if head.is_ascii() => head,
        _ => {
            let (mut left, mut end) = (chars, 0);
            for run in runs(text) {
                let (count, bytes) = match run {
                    Run::Ascii(run) => (run.len().min(left), run.len().min(left)),
                    Run::Other(c) => (1, c.len_utf8()),
                };
                if left == 0 {
                    break;
                }
                (left, end) = (left - count, end + bytes);
            }
            text.get(..end).unwrap_or(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_stay() {
        assert_eq!(fold("“Élan” – 3 Fälle!"), "élan3fälle");
        assert_eq!(fold(" – …"), "");
    }

    #[test]
    fn texts_of_the_same_letters_are_the_same() {
        let texts = ["“Élan” – 3 Fälle!", "élan 3 fälle", "Élan", "", " – …", "İc", "i\u{307}c"];
        for a in texts {
            for b in texts {
                assert_eq!(same(a, b), fold(a) == fold(b), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn a_head_is_counted_in_characters() {
        assert_eq!(
            [head("Élan", 2), head("Elan", 2), head("El", 3), head("É", 1)],
            ["Él", "El", "El", "É"]
        );
        let text = "Die ÖBB – „Zug“ ".repeat(20);
        for chars in 0..330 {
            assert_eq!(head(&text, chars), text.chars().take(chars).collect::<String>());
        }
    }

    #[test]
    fn the_limit_counts_lower_case_letters_over_all_texts() {
        let first = |limit| fold_all(["A-b", " İc"].into_iter(), limit);
        assert_eq!([first(0), first(2), first(3), first(4)], ["", "ab", "abi", "abi\u{307}"]);
        assert_eq!(first(9), "abi\u{307}c");
    }

    #[test]
    fn every_character_is_told_as_the_standard_library_does() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            if let Some(lower) = lower(c) {
                assert!(c.to_lowercase().eq([lower]), "{c:?}");
            }
        }
    }

    #[test]
    fn letters_of_ascii_are_lowered_where_there_is_room() {
        let mut buffer = [0; 6];
        assert_eq!(ascii_lower("ÉTÉ X", &mut buffer), None);
        assert_eq!(ascii_lower("ÉTé", &mut buffer), Some("Été".as_bytes()));
        assert_eq!(ascii_lower("", &mut []), Some(&[][..]));
    }

    #[test]
    fn white_space_is_blank() {
        for text in [
            "",
            " \n\t",
            "\u{a0} ",
            "x",
            " x",
            "\u{a0}x",
            "\u{1f}",
            " é ",
            &" ".repeat(40),
            &format!("{}é", "\n ".repeat(20)),
        ] {
            assert_eq!(is_blank(text), text.trim().is_empty(), "{text:?}");
        }
    }

    #[test]
    fn runs_make_the_text() {
        let texts = ["", "a", &"ab".repeat(RUN), &"aé€😀".repeat(RUN), &"abcdefgh é".repeat(RUN)];
        for text in texts {
            let mut whole = String::new();
            for run in runs(text) {
                match run {
                    Run::Ascii(run) => {
                        assert!(run.is_ascii() && (1..=RUN).contains(&run.len()));
                        whole.push_str(run);
                    }
                    Run::Other(c) => whole.push(c),
                }
            }
            assert_eq!(whole, text);
            let plain: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
            assert_eq!(fold(text), plain);
        }
    }
}
