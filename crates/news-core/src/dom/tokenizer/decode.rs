//! From the source to the text that it stands for.

use memchr::{memchr, memchr2, memchr3};

use super::references::{References, reference};

/// `source` with line ends made line feeds and NULs made U+FFFD.
pub(in crate::dom) fn decoded(source: &str) -> String {
    let mut out = String::new();
    if !decode(source, References::None, true, &mut out) {
        out.push_str(source);
    }
    out
}

/// Appends the source with references resolved and, where there are any (`odd`), line ends made line
/// feeds and NULs made U+FFFD; appends nothing and gives false where that is the source as it stands.
pub(super) fn decode(source: &str, references: References, odd: bool, out: &mut String) -> bool {
    let bytes = source.as_bytes();
    let part = |start: usize, end: usize| source.get(start..end).unwrap_or_default();
    let (mut copied, mut at) = (0, 0);
    loop {
        let rest = &bytes[at..];
        let hit = match (references, odd) {
            (References::None, _) => memchr2(b'\r', 0, rest),
            (_, false) => memchr(b'&', rest),
            (_, true) => memchr3(b'&', b'\r', 0, rest),
        };
        let Some(i) = hit else { break };
        at += i;
        let (replacement, len) = match bytes[at] {
            b'&' => {
                let Some(found) = reference(&bytes[at..], references) else {
                    at += 1;
                    continue;
                };
                out.push_str(part(copied, at));
                out.push(found.first);
                out.extend(found.second);
                at += found.len;
                copied = at;
                continue;
            }
            // The line feed that follows is copied as it stands.
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => ("", 1),
            b'\r' => ("\n", 1),
            _ => ("\u{fffd}", 1),
        };
        out.push_str(part(copied, at));
        out.push_str(replacement);
        at += len;
        copied = at;
    }
    out.push_str(if copied > 0 { part(copied, bytes.len()) } else { "" });
    copied > 0
}
