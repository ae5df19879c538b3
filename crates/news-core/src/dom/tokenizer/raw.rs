//! Where the text of script, style, title and their like ends.

use memchr::{memchr, memchr2};

use super::is_space;

/// Position of the end tag `</name` at or after `from`; the end of the source if there is none.
pub(super) fn end_of_raw_text(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let mut at = from;
    while let Some(i) = memchr(b'<', &bytes[at..]) {
        at += i;
        if closes(bytes, at, name) {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// What a script is in: `<!--` hides end tags from the eye, not from the parser, but a `<script`
/// inside it does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Plain,
    Escaped,
    DoubleEscaped,
}

/// Position of the end tag of the script that begins at `from`; the end of the source if there is
/// none.
pub(super) fn end_of_script(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let mut state = Script::Plain;
    let mut at = from;
    // Dashes before this are not part of a `-->`.
    let mut dashes_from = from;
    loop {
        let rest = &bytes[at..];
        let hit = match state {
            Script::Plain => memchr(b'<', rest),
            Script::Escaped | Script::DoubleEscaped => memchr2(b'<', b'>', rest),
        };
        let Some(i) = hit else {
            return bytes.len();
        };
        at += i;
        if bytes[at] == b'>' {
            if at >= dashes_from + 2 && bytes[at - 2..at] == *b"--" {
                state = Script::Plain;
            }
            at += 1;
            continue;
        }
        match state {
            Script::Plain if bytes[at..].starts_with(b"<!--") => {
                state = Script::Escaped;
                dashes_from = at + 2;
                at += 4;
                continue;
            }
            Script::Escaped if names(bytes, at + 1, b"script") => {
                state = Script::DoubleEscaped;
                at += 1 + b"script".len() + 1;
                dashes_from = at;
                continue;
            }
            Script::DoubleEscaped => {
                if closes(bytes, at, b"script") {
                    state = Script::Escaped;
                    at += 2 + b"script".len() + 1;
                    dashes_from = at;
                    continue;
                }
            }
            Script::Plain | Script::Escaped => {
                if closes(bytes, at, name) {
                    return at;
                }
            }
        }
        at += 1;
    }
}

/// Whether the end tag of `name` begins at `at`.
fn closes(bytes: &[u8], at: usize, name: &[u8]) -> bool {
    bytes.get(at + 1) == Some(&b'/') && names(bytes, at + 2, name)
}

/// Whether `name` stands at `at` and ends there as a tag name does.
fn names(bytes: &[u8], at: usize, name: &[u8]) -> bool {
    let end = at + name.len();
    bytes.get(at..end).is_some_and(|found| found.eq_ignore_ascii_case(name))
        && bytes.get(end).is_some_and(|b| is_space(*b) || matches!(b, b'/' | b'>'))
}
