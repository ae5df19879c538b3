//! Messages on standard error. A message that cannot be written is lost: there is nowhere left to
//! say so.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::Write;
use std::path::Path;

use owo_colors::OwoColorize;

/// `error: …`
pub(crate) fn error(message: &str) {
    line(&"error:".red().bold(), message);
}

/// `warning: …`
pub(crate) fn warning(message: &str) {
    line(&"warning:".yellow().bold(), message);
}

/// `note: …`
pub(crate) fn note(message: &str) {
    line(&"note:".cyan().bold(), message);
}

fn line(label: &dyn Display, message: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{label} {}", escaped(message));
}

/// A path for people: control characters and invalid bytes do not reach the terminal.
pub(crate) fn name(path: &Path) -> String {
    escaped(&path.to_string_lossy()).into_owned()
}

/// The text with control characters written as escapes.
fn escaped(text: &str) -> Cow<'_, str> {
    if news_core::format::without_controls(text) == text && !text.contains(['\n', '\t']) {
        return Cow::Borrowed(text);
    }
    let acts = |c: char| {
        matches!(c, '\n' | '\t')
            || news_core::format::without_controls(c.encode_utf8(&mut [0; 4])).is_empty()
    };
    let mut out = String::new();
    for c in text.chars() {
        if acts(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_act() {
        assert_eq!(
            name(Path::new("a\u{1b}[31m\nb\u{202e}ü.html")),
            "a\\u{1b}[31m\\nb\\u{202e}ü.html"
        );
        assert_eq!(name(Path::new("plain.html")), "plain.html");
    }
}
