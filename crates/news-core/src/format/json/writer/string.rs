//! Strings: looked at by runs of bytes, where most libraries look at one byte after another.

use std::fmt::Write as _;

use super::Writer;
use crate::format::clean::is_bidi_control;

impl Writer<'_> {
    /// A text in quotation marks.
    pub(super) fn string(&mut self, text: &str) {
        self.out.push('"');
        let bytes = text.as_bytes();
        let (mut done, mut at) = (0, 0);
        while at < bytes.len() {
            let run = bytes.get(at..).and_then(|rest| rest.first_chunk());
            if run.is_some_and(is_plain_run) {
                at += RUN;
                continue;
            }
            let end = bytes.len().min(at + RUN);
            while at < end {
                let Some(c) = escaped(text, at) else {
                    at += 1;
                    continue;
                };
                self.out.push_str(text.get(done..at).unwrap_or_default());
                self.escape(c);
                at += c.len_utf8();
                done = at;
            }
        }
        self.out.push_str(text.get(done..).unwrap_or_default());
        self.out.push('"');
    }

    fn escape(&mut self, c: char) {
        match c {
            '"' => self.out.push_str("\\\""),
            '\\' => self.out.push_str("\\\\"),
            '\u{8}' => self.out.push_str("\\b"),
            '\t' => self.out.push_str("\\t"),
            '\n' => self.out.push_str("\\n"),
            '\u{c}' => self.out.push_str("\\f"),
            '\r' => self.out.push_str("\\r"),
            _ => _ = write!(self.out, "\\u{:04x}", c as u32),
        }
    }
}

/// Bytes that are looked at together.
const RUN: usize = 32;

/// Whether nothing in a run of bytes may need an escape. Without jumps, so that the compiler makes vectors
/// of it.
#[inline]
fn is_plain_run(run: &[u8; RUN]) -> bool {
    let mut odd = 0;
    for byte in run {
        odd |= u8::from(*byte < b' ');
        for first in FIRST {
            odd |= u8::from(*byte == first);
        }
    }
    odd == 0
}

/// The bytes from a space on with which characters begin that are escaped.
const FIRST: [u8; 5] = [b'"', b'\\', 0x7f, 0xc2, 0xe2];

/// Whether a character that is escaped may begin with a byte, by byte.
const MAY_BE_ESCAPED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < b' ' as usize {
        table[byte] = true;
        byte += 1;
    }
    let mut at = 0;
    while at < FIRST.len() {
        table[FIRST[at] as usize] = true;
        at += 1;
    }
    table
};

/// The character at a byte, where one begins there that is to be escaped.
#[inline]
fn escaped(text: &str, at: usize) -> Option<char> {
    let byte = text.as_bytes().get(at).filter(|byte| MAY_BE_ESCAPED[usize::from(**byte)]);
    byte.and_then(|_| text.get(at..)?.chars().next()).filter(|c| needs_escape(*c))
}

/// What JSON escapes, and what acts on a terminal: DEL, C1 and bidirectional controls.
fn needs_escape(c: char) -> bool {
    c < ' '
        || matches!(c, '"' | '\\' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}')
        || is_bidi_control(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::json::JsonStyle;
    use crate::format::json::writer::write;

    #[test]
    fn what_acts_on_a_terminal_is_escaped() {
        let escaped: Vec<char> = ('\u{7f}'..=char::MAX).filter(|c| needs_escape(*c)).collect();
        assert_eq!(escaped.len(), 33 + 2 + 9);
        for c in escaped {
            let code = format!("\\u{:04x}", c as u32);
            let written = write(&format!("é“{c}”\u{a0}{c}x"), JsonStyle::Line);
            assert_eq!(written, Some(format!("\"é“{code}”\u{a0}{code}x\"")));
        }
    }
}
