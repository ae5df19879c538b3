//! What stands around a stop: the run of stops, what closes after it, and how the text goes on.

use super::chars::{self, after, at, before};

/// Bytes of the longest word looked at; longer ones are in no list.
pub(super) const WORD_REACH_BYTES: usize = 64;

/// A run of stops: `.`, `?!`, `...`, `. . .`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) dots: usize,
    /// Holds `!` or `?`.
    pub(super) loud: bool,
    /// End of the first dot, where it follows a word and dots with spaces between them follow it.
    pub(super) spaced_after: Option<usize>,
}

impl Run {
    /// The run that starts with the stop at `start`.
    pub(super) fn at(text: &str, start: usize) -> Self {
        let mut run = Self { start, end: start, dots: 0, loud: false, spaced_after: None };
        loop {
            match at(text, run.end) {
                Some(c @ ('.' | '…' | '‥' | '．')) => {
                    run.dots += if matches!(c, '.' | '．') { 1 } else { 3 };
                    run.end += c.len_utf8();
                }
                Some(c) if chars::is_loud(c) || (c == ';' && run.end == start) => {
                    run.loud = true;
                    run.end += c.len_utf8();
                }
                Some(':') if run.end == start => run.end += 1,
                Some(' ' | '\u{a0}') => match spaced_stop(text, run.end) {
                    Some(stop) => run.skip_to(text, stop),
                    None => return run,
                },
                _ => return run,
            }
        }
    }

    fn skip_to(&mut self, text: &str, stop: usize) {
        let close = before(text, self.start).is_some_and(|c| !c.is_whitespace());
        self.spaced_after = self.spaced_after.or((self.dots == 1 && close).then_some(self.end));
        self.end = stop;
    }
}

/// The next stop behind one space, where it is a mark by itself: `. . .`, `! !`.
fn spaced_stop(text: &str, space: usize) -> Option<usize> {
    let stop = after(text, space);
    let c = at(text, stop).filter(|c| matches!(c, '.' | '!' | '?'))?;
    let alone = |c: char| c.is_whitespace() || chars::is_stop(c) || chars::is_closer(c);
    at(text, stop + c.len_utf8()).is_none_or(alone).then_some(stop)
}

/// The end of the stops of any script from `from` on.
pub(super) fn stops_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.len() - rest.trim_start_matches(chars::is_stop).len()
}

/// What closes after a run of stops.
#[derive(Debug, Clone, Copy)]
pub(super) struct Closers {
    pub(super) end: usize,
    pub(super) quote: bool,
    pub(super) bracket: bool,
}

impl Closers {
    /// Quotes and brackets that close at `from`, also behind a space where they can only close.
    pub(super) fn at(text: &str, from: usize) -> Self {
        let mut closers = Self { end: from, quote: false, bracket: false };
        while let Some(c) = at(text, closers.end) {
            let spaced = matches!(c, ' ' | '\u{a0}' | '\u{202f}');
            let place = if spaced { after(text, closers.end) } else { closers.end };
            let Some(c) = at(text, place).filter(|&c| closes(text, c, place, spaced)) else {
                break;
            };
            closers.end = place + c.len_utf8();
            closers.quote |= chars::is_quote(c);
            closers.bracket |= chars::is_bracket(c);
        }
        closers
    }

    pub(super) fn any(self) -> bool {
        self.quote || self.bracket
    }
}

fn closes(text: &str, c: char, place: usize, spaced: bool) -> bool {
    let loose = at(text, place + c.len_utf8()).is_none_or(|c| !c.is_alphanumeric());
    match c {
        '»' if spaced => loose,
        '”' | ')' | ']' | '）' => !spaced || loose,
        '"' | '\'' => !spaced && loose,
        _ => !spaced && chars::is_closer(c),
    }
}

/// How the text goes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Next<'t> {
    /// The first character that opens nothing.
    pub(super) first: char,
    /// Letters and digits from there on; empty where they are too many for a word.
    pub(super) word: &'t str,
    /// Where the word ends.
    pub(super) end: usize,
    pub(super) lead: Lead,
    /// Starts with `[...]`.
    pub(super) omission: bool,
}

/// What stands before the first word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lead {
    pub(super) quote: bool,
    pub(super) bracket: bool,
    pub(super) dash: bool,
}

impl<'t> Next<'t> {
    /// How the text goes on at `from`; `None` at its end.
    pub(super) fn at(text: &'t str, from: usize) -> Option<Self> {
        let rest = text.get(from..)?;
        let omission = rest.starts_with("[...]") || rest.starts_with("[…]");
        let mut lead = Lead::default();
        let (offset, first) = rest.char_indices().take(8).find(|&(_, c)| {
            lead.quote |= chars::is_quote(c);
            lead.bracket |= chars::is_bracket(c);
            lead.dash |= chars::is_dash(c) || c == '_';
            !chars::is_opener(c)
        })?;
        let tail = rest.get(offset..)?;
        let len = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
        let word = tail.get(..len).filter(|word| word.len() <= WORD_REACH_BYTES);
        let end = from + offset + len;
        Some(Self { first, word: word.unwrap_or_default(), end, lead, omission })
    }

    /// Whether a sentence can begin so.
    pub(super) fn begins(&self) -> bool {
        if self.first.is_lowercase() {
            let second = self.word.chars().nth(1);
            return second.is_some_and(char::is_uppercase)
                || matches!(self.word, "http" | "https" | "www");
        }
        self.first.is_alphanumeric() || chars::is_symbol(self.first) || self.omission
    }
}

/// Past the smileys and reference numbers that belong to the sentence before them.
pub(super) fn marks_end(text: &str, from: usize) -> usize {
    let mut end = from;
    loop {
        let rest = text.get(end..).unwrap_or_default();
        let trimmed = rest.trim_start_matches([' ', '\u{a0}']);
        let len = chars::emoticon_len(trimmed).max(chars::reference_len(trimmed));
        if len == 0 {
            return end;
        }
        end += rest.len() - trimmed.len() + len;
    }
}

pub(super) fn skip_space(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.len() - rest.trim_start().len()
}
