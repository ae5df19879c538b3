//! What may pass into a written article: characters and addresses.

use std::borrow::Cow;
use std::fmt::Write as _;

use url::Url;

/// `text` without characters that act instead of being seen: C0 and C1 controls but tab and line
/// feed, DEL, and the explicit bidirectional controls. Line and paragraph separators become spaces.
#[must_use]
pub fn without_controls(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| visible(c) == Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(visible).collect())
}

/// The character as it may be written; `None`: not at all.
pub(super) fn visible(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        '\u{2028}' | '\u{2029}' => Some(' '),
        _ if c.is_control() || is_bidi_control(c) => None,
        _ => Some(c),
    }
}

/// Embeddings, overrides and isolates: they reorder what stands around them.
pub(super) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` on one line: controls dropped, white space collapsed, ends trimmed.
pub(super) fn one_line(text: &str) -> String {
    let clean = without_controls(text);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of `text` that hold something, each on one line.
pub(super) fn lines(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split('\n').map(one_line).filter(|line| !line.is_empty())
}

/// A link target a reader may follow, re-serialised; `None` for any other scheme.
pub(super) fn link_target(address: &str) -> Option<String> {
    safe(address, &["http", "https", "mailto"])
}

/// The address of a picture, re-serialised; `None` for anything but `http` and `https`.
pub(super) fn image_source(address: &str) -> Option<String> {
    safe(address, &["http", "https"])
}

fn safe(address: &str, schemes: &[&str]) -> Option<String> {
    let url = Url::parse(address).ok()?;
    schemes.contains(&url.scheme()).then(|| percent_encode(url.as_str()))
}

/// The address with everything encoded that ends or opens something in Markdown or HTML. The `url`
/// crate leaves some of it: parentheses anywhere, and nearly all in a `mailto` address.
fn percent_encode(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() && !b"()<>\\`|\"'".contains(&byte) {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
