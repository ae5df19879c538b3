//! The letters and digits of a text in lower case: what two spellings of one line share.

/// Letters and digits in lower case.
pub(crate) fn fold(text: &str) -> String {
    fold_all(std::iter::once(text), usize::MAX)
}

/// The first `limit` letters and digits of some texts in a row, in lower case.
pub(crate) fn fold_all<'a>(texts: impl Iterator<Item = &'a str>, limit: usize) -> String {
    // Bytes, since a character pushed to a string costs three times as much.
    let mut out = Vec::new();
    let mut room = limit;
    for text in texts {
        out.reserve(text.len().min(room));
        for c in text.chars() {
            if room == 0 {
                break;
            }
            if c.is_ascii_alphanumeric() {
                out.push(c.to_ascii_lowercase() as u8);
                room -= 1;
            } else if !c.is_ascii() && c.is_alphanumeric() {
                for lower in c.to_lowercase().take(room) {
                    out.extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
                    room -= 1;
                }
            }
        }
    }
    String::from_utf8(out).unwrap_or_default()
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
    fn the_limit_counts_lower_case_letters_over_all_texts() {
        let first = |limit| fold_all(["A-b", " İc"].into_iter(), limit);
        assert_eq!([first(0), first(2), first(3), first(4)], ["", "ab", "abi", "abi\u{307}"]);
        assert_eq!(first(9), "abi\u{307}c");
    }
}
