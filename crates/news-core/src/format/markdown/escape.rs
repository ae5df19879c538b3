//! Marked text -> inline Markdown that reads back as the same characters and the same links.

use super::super::clean::{link_target, visible, without_controls};
use super::super::inline::{self, Piece};
use crate::article::MarkKind;

/// What a line break of the text becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// A hard break.
    Lines,
    /// A space.
    OneLine,
    /// A space, and the text stands in a table.
    Cell,
}

/// Writes inline Markdown.
pub(super) struct Inline {
    flow: Flow,
    out: String,
    /// White space not yet written: it is dropped at the ends of lines.
    gap: Option<Gap>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Space,
    Break,
}

impl Inline {
    pub(super) fn new(flow: Flow) -> Self {
        Self { flow, out: String::new(), gap: None }
    }

    /// The pieces as Markdown, without white space at the ends.
    pub(super) fn write(mut self, pieces: &[Piece<'_>]) -> String {
        self.pieces(pieces, None);
        self.out
    }

    /// `next` is the character that follows in the output.
    fn pieces(&mut self, pieces: &[Piece<'_>], next: Option<char>) {
        for (i, piece) in pieces.iter().enumerate() {
            let next = pieces.get(i + 1..).and_then(first_char).or(next);
            match piece {
                Piece::Text(text) => self.text(text),
                Piece::Mark(kind, inner) => self.mark(kind, inner, next),
            }
        }
    }

    fn text(&mut self, text: &str) {
        let mut chars = text.chars().filter_map(visible).peekable();
        while let Some(c) = chars.next() {
            match c {
                '\n' => self.line_break(),
                ' ' | '\t' => self.gap = self.gap.or(Some(Gap::Space)),
                c => self.character(c, chars.peek().copied()),
            }
        }
    }

    fn line_break(&mut self) {
        self.gap = Some(match self.flow {
            Flow::Lines => Gap::Break,
            Flow::OneLine | Flow::Cell => Gap::Space,
        });
    }

    fn character(&mut self, c: char, next: Option<char>) {
        self.close_gap();
        if self.needs_escape(c, next) {
            self.out.push('\\');
        }
        self.out.push(c);
    }

    fn close_gap(&mut self) {
        let gap = self.gap.take();
        if self.out.is_empty() {
            return;
        }
        match gap {
            None => {}
            Some(Gap::Space) => self.out.push(' '),
            Some(Gap::Break) => self.out.push_str("\\\n"),
        }
    }

    fn needs_escape(&self, c: char, next: Option<char>) -> bool {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '{' | '|' | '~' => true,
            '&' => next.is_none_or(|n| n == '#' || n.is_ascii_alphanumeric()),
            '#' => self.out.chars().next_back().is_none_or(char::is_whitespace),
            '>' | '+' | '-' | '=' | ':' => self.at_line_start() && self.flow != Flow::Cell,
            '.' | ')' => self.after_list_number() && self.flow != Flow::Cell,
            _ => false,
        }
    }

    fn at_line_start(&self) -> bool {
        self.out.is_empty() || self.out.ends_with('\n')
    }

    /// Whether the line so far is a number that could count list items: nine digits at most.
    fn after_list_number(&self) -> bool {
        let line = self.out.bytes().rev().take_while(|b| *b != b'\n').take(10);
        let digits = line.clone().filter(u8::is_ascii_digit).count();
        (1..=9).contains(&digits) && line.count() == digits
    }

    fn mark(&mut self, kind: &MarkKind, inner: &[Piece<'_>], next: Option<char>) {
        match kind {
            MarkKind::Link { url } => self.link(url, inner, next),
            MarkKind::Emphasis => self.delimited("_", inner, next),
            MarkKind::Strong => self.delimited("**", inner, next),
            MarkKind::Code => self.code(inner, next),
        }
    }

    fn link(&mut self, url: &str, inner: &[Piece<'_>], next: Option<char>) {
        let Some(address) = link_target(url) else {
            return self.pieces(inner, next);
        };
        self.close_gap();
        if self.out.ends_with('!') {
            // Or it would be an image.
            self.out.pop();
            self.out.push_str("\\!");
        }
        self.out.push('[');
        self.pieces(inner, Some(']'));
        self.out.push_str("](");
        self.out.push_str(&target(&address));
        self.out.push(')');
    }

    fn delimited(&mut self, delimiter: &str, inner: &[Piece<'_>], next: Option<char>) {
        self.close_gap();
        if !self.can_delimit(delimiter, inner, next) {
            return self.pieces(inner, next);
        }
        self.out.push_str(delimiter);
        self.pieces(inner, delimiter.chars().next());
        self.out.push_str(delimiter);
    }

    /// Whether CommonMark would read the delimiters as such: the flanking rules, on the safe side.
    fn can_delimit(&self, delimiter: &str, inner: &[Piece<'_>], next: Option<char>) -> bool {
        let before = self.out.chars().next_back();
        if before.is_some_and(|c| delimiter.starts_with(c)) {
            return false;
        }
        let (opens, closes) = (is_boundary(before), is_boundary(next));
        if delimiter == "_" {
            return opens && closes;
        }
        let starts_in_word =
            matches!(inner.first(), Some(Piece::Text(t)) if t.starts_with(char::is_alphanumeric));
        let ends_in_word =
            matches!(inner.last(), Some(Piece::Text(t)) if t.ends_with(char::is_alphanumeric));
        (opens || starts_in_word) && (closes || ends_in_word)
    }

    fn code(&mut self, inner: &[Piece<'_>], next: Option<char>) {
        let mut code = String::new();
        inline::flat(inner, &mut code);
        let code = squeezed(&code);
        self.close_gap();
        let splits_cell = self.flow == Flow::Cell && code.contains('|');
        if code.is_empty() || splits_cell || self.out.ends_with(['`', '\\']) {
            return self.pieces(inner, next);
        }
        let fence = "`".repeat(longest_run(&code, '`') + 1);
        let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        for part in [&fence, pad, &code, pad, &fence] {
            self.out.push_str(part);
        }
    }
}

/// On one line. No-break spaces stay.
fn squeezed(code: &str) -> String {
    let clean = without_controls(code);
    clean.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first character that will be written.
fn first_char(pieces: &[Piece<'_>]) -> Option<char> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Text(text) => text.chars().find_map(visible),
        Piece::Mark(_, inner) => first_char(inner),
    })
}

/// Whether the character is surely white space or punctuation for CommonMark. The ends of the text
/// are.
fn is_boundary(c: Option<char>) -> bool {
    let Some(c) = c else { return true };
    c.is_whitespace()
        || c.is_ascii_punctuation()
        || "“”‘’„‚«»‹›—–…¿¡·•、。「」『』（）！？：；，".contains(c)
}

/// A URL as link destination: what looks like an entity would be decoded.
pub(super) fn target(url: &str) -> String {
    let mut parts = url.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
        out.push_str(if name.starts_with(';') { "&amp;" } else { "&" });
        out.push_str(part);
    }
    out
}

/// Length of the longest run of `c`.
pub(super) fn longest_run(text: &str, c: char) -> usize {
    text.split(|other| other != c).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        Inline::new(Flow::Lines).write(&[Piece::Text(text)])
    }

    #[test]
    fn text_stays_text() {
        let cases = [
            ("[x](javascript:1)", r"\[x\](javascript:1)"),
            ("<img onerror=x>", r"\<img onerror=x>"),
            ("1. foo 2. bar", r"1\. foo 2. bar"),
            ("- bar - baz", r"\- bar - baz"),
            ("# x #y C#", r"\# x \#y C#"),
            ("a\n===\n---", "a\\\n\\===\\\n\\---"),
            ("AT&T &amp; &#1;", r"AT\&T \&amp; \&#1;"),
            ("5 * 3_4 `c` | \\", r"5 \* 3\_4 \`c\` \| \\"),
            ("  a \n\n  b  ", "a\\\nb"),
            ("a\u{1b}[31m\u{202e}b", r"a\[31mb"),
        ];
        for (text, markdown) in cases {
            assert_eq!(plain(text), markdown);
        }
    }

    #[test]
    fn long_lines_take_linear_time() {
        // A scan back to the start of the line at each dot would take minutes.
        let text = "1.-#".repeat(1_000_000);
        assert_eq!(plain(&text).len(), text.len() + 1);
    }

    #[test]
    fn targets_hold_no_entities() {
        assert_eq!(target("http://a.b/?x=1&copy=2"), "http://a.b/?x=1&copy=2");
        assert_eq!(target("http://a.b/?x=1&copy;=2"), "http://a.b/?x=1&amp;copy;=2");
    }
}
