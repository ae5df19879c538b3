//! Whether a run of stops ends the sentence.

use super::Splitter;
use super::around::{Closers, Next, Run, WORD_REACH_BYTES};
use super::chars::{self, at, before};
use super::lines;
use super::tables::{self, Kind};

impl Splitter<'_> {
    /// Whether a run of stops before white space ends the sentence.
    pub(super) fn ends(&self, run: &Run, closers: Closers, next: &Next<'_>) -> bool {
        if self.is_omission(run, closers) {
            return self.so_far(run.start) == "[" && next.begins();
        }
        if closers.quote && next.lead.dash {
            return false;
        }
        if !next.begins() {
            return self.block.caseless
                && (next.word.len() > 1 || next.word == "i")
                && !closers.any()
                && next.first.is_lowercase()
                && self.dot_ends(run, closers, next);
        }
        if run.loud {
            let attributed = closers.quote && self.is_attribution(next);
            return !attributed && !self.is_name(run, next);
        }
        match run.dots {
            1 => self.dot_ends(run, closers, next),
            _ => next.word != "I" || closers.any(),
        }
    }

    /// `[...]` and `(?)` stand for something inside the sentence.
    fn is_omission(&self, run: &Run, closers: Closers) -> bool {
        closers.bracket && before(self.text, run.start).is_some_and(|c| matches!(c, '[' | '('))
    }

    /// `Yahoo!`: a name with its mark.
    fn is_name(&self, run: &Run, next: &Next<'_>) -> bool {
        let word = self.text.get(self.word_start(run.start)..run.end).unwrap_or_default();
        self.tables.kind(word).is_some() && !self.tables.opens(next.word)
    }

    /// `Smith said` behind a quote that ends with `?` or `!`.
    fn is_attribution(&self, next: &Next<'_>) -> bool {
        let mut rest = self.text.get(next.end..).unwrap_or_default();
        if next.lead.quote || next.lead.bracket || !next.first.is_uppercase() {
            return false;
        }
        for _ in 0..3 {
            let trimmed = rest.trim_start_matches([' ', '.', '-', '’', '\'']);
            let len = trimmed.find(|c: char| !c.is_alphanumeric()).unwrap_or(trimmed.len());
            let word = trimmed.get(..len).unwrap_or_default();
            if self.tables.speaks(word) {
                return true;
            }
            if !word.starts_with(char::is_uppercase) {
                return false;
            }
            rest = trimmed.get(len..).unwrap_or_default();
        }
        false
    }

    /// Whether one full stop ends the sentence before something that can begin one.
    fn dot_ends(&self, run: &Run, closers: Closers, next: &Next<'_>) -> bool {
        if lines::is_marker(self.so_far(run.start)) && !closers.quote {
            return false;
        }
        let from = self.word_start(run.start);
        let word = self.text.get(from..run.start).unwrap_or_default();
        if word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty() {
            return closers.any() || self.number_ends(word, from, next);
        }
        let Some(kind) = self.tables.kind(word) else { return true };
        if closers.quote && kind != Kind::Title {
            return true;
        }
        self.abbreviation_ends(kind, from, next)
    }

    fn abbreviation_ends(&self, kind: Kind, from: usize, next: &Next<'_>) -> bool {
        let initial = next.word.chars().nth(1).is_none() && at(self.text, next.end) == Some('.');
        let aside = next.lead.bracket || next.lead.dash;
        let opens = !aside && !initial && self.tables.opens(next.word);
        match kind {
            Kind::Title => false,
            Kind::Inner => opens,
            Kind::Closing => !next.first.is_numeric() && !next.lead.bracket,
            Kind::Number => !next.first.is_numeric() && !is_roman(next.word),
            Kind::Life => !next.first.is_numeric() && !self.tables.follows(next.word),
            Kind::Clock => !next.lead.bracket && !self.tables.follows(next.word),
            Kind::Unit => opens || (self.number_before(from) && !next.first.is_numeric()),
        }
    }

    fn number_before(&self, word: usize) -> bool {
        let rest = self.text.get(..word).unwrap_or_default().trim_end();
        rest.ends_with(|c: char| c.is_numeric())
    }

    /// Whether a number before a full stop ends the sentence: it may be an ordinal or part of a
    /// date, as in `am 3. Mai` or `2024. 5. 3.`.
    fn number_ends(&self, number: &str, from: usize, next: &Next<'_>) -> bool {
        if next.first.is_ascii_digit() && at(self.text, next.end) == Some('.') {
            return number.len() > 2 && next.word.len() > 2;
        }
        let lead = self.text.get(..from).unwrap_or_default().trim_end();
        let dated =
            lead.strip_suffix('.').is_some_and(|l| l.ends_with(|c: char| c.is_ascii_digit()));
        if dated && number.len() <= 2 && !next.first.is_uppercase() {
            return false;
        }
        if !self.tables.ordinals || number.len() > 2 {
            return true;
        }
        let lead = lead.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let led = self.tables.leads(lead);
        !(self.tables.follows(next.word) || (led && !self.tables.opens(next.word)))
    }

    /// Whether stops without white space after them end the sentence: `world.Today`.
    pub(super) fn ends_glued(&self, run: &Run, closers: Closers, next: &Next<'_>) -> bool {
        let second = next.word.chars().nth(1);
        let begins = next.first.is_uppercase()
            && second.map_or(at(self.text, next.end) == Some(' '), char::is_lowercase);
        if !begins || next.lead.quote || next.lead.bracket || tables::is_ending(next.word) {
            return false;
        }
        if self.in_address(run.start) {
            return false;
        }
        let closed = closers.end > run.end;
        let word = self.text.get(self.word_start(run.start)..run.start).unwrap_or_default();
        let whole = word.chars().count() > 1
            && word.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        run.loud || (run.dots > 1) || closed || (whole && self.tables.kind(word).is_none())
    }

    /// Whether a place stands inside a web or mail address, or a path.
    fn in_address(&self, place: usize) -> bool {
        let lead = self.text.get(self.token_start(place)..place).unwrap_or_default();
        let rest = self.text.get(place..).unwrap_or_default();
        let mut tail = rest.chars().take(WORD_REACH_BYTES).take_while(|c| !c.is_whitespace());
        lead.contains(['/', '@', '_', '=', '\\'])
            || lead.starts_with("www.")
            || tail.any(|c| c == '@')
    }

    /// Where the word before `end` begins: behind white space, a bracket, quote, slash or dash.
    pub(super) fn word_start(&self, end: usize) -> usize {
        self.back(end, |c| c.is_whitespace() || chars::is_opener(c) || matches!(c, '/' | ','))
    }

    pub(super) fn token_start(&self, end: usize) -> usize {
        self.back(end, char::is_whitespace)
    }

    fn back(&self, end: usize, stops: impl Fn(char) -> bool) -> usize {
        let mut start = end;
        while let Some(c) = before(self.text, start).filter(|_| start > self.start) {
            if stops(c) || end - start > WORD_REACH_BYTES {
                break;
            }
            start -= c.len_utf8();
        }
        start
    }
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 5 && word.bytes().all(|b| b"IVXLC".contains(&b))
}

/// Whether a sentence of a script without upper case goes on behind a closing bracket or quote:
/// a Japanese particle, or a Chinese attribution.
pub(super) fn goes_on(rest: &str, closers: Closers) -> bool {
    if !closers.any() {
        return rest.starts_with([',', '，', '、']);
    }
    let Some(first) = rest.chars().next() else { return false };
    if chars::is_particle(first) || matches!(first, ',' | '，' | '、' | '。' | '.') {
        return true;
    }
    rest.chars()
        .take(8)
        .take_while(|c| c.is_alphanumeric())
        .any(|c| matches!(c, '说' | '說' | '道' | '称' | '稱'))
}
