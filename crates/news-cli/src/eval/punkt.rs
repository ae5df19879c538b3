//! Sentence splitters for ROUGE-LSum: Punkt as `nltk.sent_tokenize` applies it, or a plain rule.
//!
//! Punkt (Kiss & Strunk 2006) looks at every `.`, `?` and `!` and asks, with counts learned from a
//! large text, whether a sentence ends there. The counts are read at run time and never shipped.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::Path;

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;

use super::text::{is_decimal, is_space, is_word};

/// Cuts a text into sentences.
#[derive(Debug, Default)]
pub enum Splitter {
    /// With Punkt's learned parameters: the figures published elsewhere are made so.
    Punkt(Box<Punkt>),
    /// After `.`, `!` or `?` and white space.
    #[default]
    Plain,
}

impl Splitter {
    /// Reads Punkt's parameters: gzipped JSON with the keys of [`Punkt`].
    pub fn punkt(path: &Path) -> anyhow::Result<Self> {
        let read = || -> anyhow::Result<Punkt> {
            Ok(serde_json::from_reader(std::io::BufReader::new(MultiGzDecoder::new(File::open(
                path,
            )?)))?)
        };
        let punkt = read().with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Self::Punkt(Box::new(punkt)))
    }

    /// Sentences in reading order, without the white space between them.
    pub fn sentences<'t>(&self, text: &'t str) -> Vec<&'t str> {
        match self {
            Self::Punkt(punkt) => punkt.sentences(text),
            Self::Plain => plain_sentences(text),
        }
    }
}

fn plain_sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut after_end = false;
    for (at, c) in text.char_indices() {
        if after_end && is_space(c) {
            found.push(slice(text, start, at));
            start = at + space_len(slice(text, at, text.len()));
        }
        after_end = is_end(c);
    }
    found.push(slice(text, start, text.len()));
    found
}

/// Punkt's learned parameters for one language.
#[derive(Debug, Deserialize)]
pub struct Punkt {
    /// Lower-case abbreviations without their last period.
    abbrev_types: HashSet<String>,
    /// Lower-case words that often open a sentence.
    sent_starters: HashSet<String>,
    /// Word pairs around a period that ends no sentence.
    collocations: HashSet<(String, String)>,
    /// Bit set for each lower-case word: where and in which case it was seen.
    ortho_context: HashMap<String, u32>,
}

/// Bits of `ortho_context`.
const BEGIN_LOWER: u32 = 1 << 4;
const MIDDLE_UPPER: u32 = 1 << 2;
const UPPER: u32 = (1 << 1) + (1 << 2) + (1 << 3);
const LOWER: u32 = (1 << 4) + (1 << 5) + (1 << 6);

/// One token of the text around a possible sentence end.
#[derive(Debug)]
struct Token<'t> {
    text: &'t str,
    /// Lower-case text; `##number##` for numbers.
    kind: String,
    ends: bool,
    abbreviation: bool,
    ellipsis: bool,
}

/// A possible sentence end and what follows it, as byte offsets.
#[derive(Debug, Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    /// End of the text that the decision may look at.
    context_end: usize,
    /// Start of the next word, if white space stands between.
    next: Option<usize>,
}

#[derive(Debug, PartialEq, Eq)]
enum Opens {
    Yes,
    No,
    Unknown,
}

impl Punkt {
    fn sentences<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut cuts = Vec::new();
        let mut last = 0;
        for (mark, context) in contexts(text) {
            if self.has_break(context) {
                cuts.push((last, mark.end));
                last = mark.next.unwrap_or(mark.end);
            }
        }
        cuts.push((last, text.trim_end_matches(is_space).len()));
        realign(text, &cuts)
    }

    /// Whether a sentence ends inside the context, before its last token.
    fn has_break(&self, context: &str) -> bool {
        let tokens: Vec<_> =
            context.split('\n').flat_map(tokenize).map(|token| self.annotate(token)).collect();
        tokens.array_windows().any(|[token, next]| self.ends_before(token, next))
    }

    fn annotate<'t>(&self, text: &'t str) -> Token<'t> {
        let mark = matches!(text, "." | "?" | "!");
        let ellipsis = !mark && text.len() > 1 && text.bytes().all(|b| b == b'.');
        let period = !mark && !ellipsis && text.ends_with('.') && !text.ends_with("..");
        let abbreviation = period && self.is_abbreviation(text);
        let ends = mark || (period && !abbreviation);
        Token { text, kind: kind(text), ends, abbreviation, ellipsis }
    }

    fn is_abbreviation(&self, text: &str) -> bool {
        let word = text.strip_suffix('.').unwrap_or(text).to_lowercase();
        let tail = word.rsplit('-').next().unwrap_or(&word);
        self.abbrev_types.contains(&word) || self.abbrev_types.contains(tail)
    }

    /// The second pass: looks at the next token before it takes a period for a sentence end.
    fn ends_before(&self, token: &Token, next: &Token) -> bool {
        if !token.text.ends_with('.') {
            return token.ends;
        }
        let (kind, next_kind) = (without_period(&token.kind), next.key());
        if self.collocations.contains(&(kind.to_owned(), next_kind.to_owned())) {
            return false;
        }
        let initial = is_initial(token.text);
        if (token.abbreviation || token.ellipsis) && !initial && self.starts_sentence(next) {
            return true;
        }
        let doubtful = initial || kind == "##number##";
        token.ends && !(doubtful && self.continues(next, initial))
    }

    fn starts_sentence(&self, next: &Token) -> bool {
        let listed = next.starts_upper() && self.sent_starters.contains(next.key());
        listed || self.opens(next) == Opens::Yes
    }

    /// Whether the word after an initial or a number goes on with the sentence.
    fn continues(&self, next: &Token, initial: bool) -> bool {
        match self.opens(next) {
            Opens::Yes => false,
            Opens::No => true,
            Opens::Unknown => initial && next.starts_upper() && self.ortho(next.key()) & LOWER == 0,
        }
    }

    /// What the case of the word says about a sentence starting with it.
    fn opens(&self, token: &Token) -> Opens {
        if matches!(token.text, ";" | ":" | "," | "." | "!" | "?") {
            return Opens::No;
        }
        let seen = self.ortho(token.key());
        if token.starts_upper() && seen & LOWER != 0 && seen & MIDDLE_UPPER == 0 {
            return Opens::Yes;
        }
        if token.starts_lower() && (seen & UPPER != 0 || seen & BEGIN_LOWER == 0) {
            return Opens::No;
        }
        Opens::Unknown
    }

    fn ortho(&self, kind: &str) -> u32 {
        self.ortho_context.get(kind).copied().unwrap_or(0)
    }
}

impl Token<'_> {
    /// The kind, without its period where the token ends a sentence.
    fn key(&self) -> &str {
        if self.ends { without_period(&self.kind) } else { &self.kind }
    }

    fn starts_upper(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    fn starts_lower(&self) -> bool {
        self.text.starts_with(char::is_lowercase)
    }
}

fn without_period(kind: &str) -> &str {
    match kind.strip_suffix('.') {
        Some(rest) if !rest.is_empty() => rest,
        _ => kind,
    }
}

/// A letter and a period, and nothing else.
fn is_initial(text: &str) -> bool {
    let mut chars = text.chars();
    let letter = chars.next().is_some_and(|c| is_word(c) && !is_decimal(c));
    letter && chars.as_str() == "."
}

fn kind(text: &str) -> String {
    let lower = text.to_lowercase();
    if is_numeral(&lower) { "##number##".to_owned() } else { lower }
}

/// `-?[.,]?\d[\d,.-]*`
fn is_numeral(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let text = text.strip_prefix(['.', ',']).unwrap_or(text);
    text.starts_with(is_decimal) && text.chars().all(|c| is_decimal(c) || ",.-".contains(c))
}

/// Every possible sentence end that is decided by itself, with the text that decides it.
fn contexts(text: &str) -> Vec<(Mark, &str)> {
    let mut found = Vec::new();
    let mut held: Option<(usize, Mark)> = None;
    for mark in marks(text) {
        let (from, until) = held.map_or((0, 0), |(from, mark)| (from, mark.start));
        let start = match last_space(slice(text, until, mark.start)) {
            0 => from,
            at => at + until + 1,
        };
        if let Some((from, mark)) = held.filter(|_| until <= start) {
            found.push((mark, slice(text, from, mark.context_end)));
        }
        held = Some((start, mark));
    }
    found.extend(held.map(|(from, mark)| (mark, slice(text, from, mark.context_end))));
    found
}

/// Byte offset of the last ASCII white space, 0 if there is none.
fn last_space(text: &str) -> usize {
    text.rfind([' ', '\t', '\n', '\r', '\x0b', '\x0c']).unwrap_or(0)
}

fn marks(text: &str) -> impl Iterator<Item = Mark> {
    text.char_indices().filter(|(_, c)| is_end(*c)).filter_map(|(at, _)| mark_at(text, at))
}

fn mark_at(text: &str, start: usize) -> Option<Mark> {
    let end = start + 1;
    let rest = slice(text, end, text.len());
    if rest.starts_with(is_break) {
        return Some(Mark { start, end, context_end: end + 1, next: None });
    }
    let space = space_len(rest);
    let word = rest.get(space..)?.split(is_space).next()?;
    let next = end + space;
    (space > 0 && !word.is_empty()).then_some(Mark {
        start,
        end,
        context_end: next + word.len(),
        next: Some(next),
    })
}

/// Gives closing quotes and brackets after a sentence end to the sentence that they close.
fn realign<'t>(text: &'t str, cuts: &[(usize, usize)]) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut shift = 0;
    for (k, &(start, end)) in cuts.iter().enumerate() {
        let start = start + shift;
        let closing = cuts.get(k + 1).and_then(|&(from, to)| {
            closing_len(slice(text, from, to)).map(|(kept, all)| (from + kept, all))
        });
        let stop = closing.map_or(end, |(stop, _)| stop);
        shift = closing.map_or(0, |(_, all)| all);
        let sentence = slice(text, start, stop);
        if !sentence.is_empty() || closing.is_some() {
            found.push(sentence);
        }
    }
    found
}

/// Length of leading closers that stand alone, without and with the white space after them.
fn closing_len(text: &str) -> Option<(usize, usize)> {
    let rest = text.trim_start_matches(['"', '\'', ')', ']', '}']);
    let closers = text.len() - rest.len();
    let space = space_len(rest);
    let alone = space > 0 || rest.is_empty() || rest.starts_with("--");
    (closers > 0 && alone).then_some((closers, closers + space))
}

/// Punkt's word tokens of one line.
fn tokenize(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = line.trim_start_matches(is_space);
    while !rest.is_empty() {
        let (token, tail) = rest.split_at(token_len(rest));
        found.push(token);
        rest = tail.trim_start_matches(is_space);
    }
    found
}

/// Length of the token at the start of a text that starts with no white space.
fn token_len(text: &str) -> usize {
    if let Some(len) = dots_len(text) {
        return len;
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    if text.starts_with(never_opens) {
        return first;
    }
    let stop = |at: &usize| word_stops(slice(text, *at, text.len()));
    text.char_indices().map(|(at, _)| at).skip(1).find(stop).unwrap_or(text.len())
}

/// Whether a word ends before this rest of the line.
fn word_stops(rest: &str) -> bool {
    token_stops(rest) || rest.strip_prefix(',').is_some_and(token_stops)
}

fn token_stops(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(|c| is_space(c) || is_break(c)) || dots_len(rest).is_some()
}

/// Length of leading dashes, dots or spaced dots, two or more.
fn dots_len(text: &str) -> Option<usize> {
    let run = |c: char| text.len() - text.trim_start_matches(c).len();
    let close = run('-').max(run('.'));
    if close >= 2 { Some(close) } else { spaced_dots_len(text) }
}

/// `(\.\s){2,}\.`
fn spaced_dots_len(text: &str) -> Option<usize> {
    let mut rest = text.strip_prefix('.')?;
    let mut pairs = 0;
    while let Some(tail) = rest.strip_prefix(is_space).and_then(|tail| tail.strip_prefix('.')) {
        rest = tail;
        pairs += 1;
    }
    (pairs >= 2).then_some(text.len() - rest.len())
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '?' | '!')
}

/// Characters that end a word wherever they stand.
fn is_break(c: char) -> bool {
    ")\";}]*:@'({[?!".contains(c)
}

/// Characters that are a token by themselves where a word could start.
fn never_opens(c: char) -> bool {
    "(\"`{[:;&#*@)}]-,".contains(c)
}

fn space_len(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_space).len()
}

fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_cuts_after_marks_and_space() {
        assert_eq!(plain_sentences("A b.  C!\nD? "), ["A b.", "C!", "D?", ""]);
    }

    #[test]
    fn tokens_follow_punkt() {
        assert_eq!(
            tokenize("(He said, \"no...\" at 3.5 p.m. -- twice. . . . yes"),
            [
                "(", "He", "said", ",", "\"", "no", "...", "\"", "at", "3.5", "p.m.", "--",
                "twice", ". . . .", "yes"
            ]
        );
    }

    #[test]
    fn closers_go_with_their_sentence() {
        let punkt = Punkt {
            abbrev_types: HashSet::from(["mr".to_owned()]),
            sent_starters: HashSet::new(),
            collocations: HashSet::new(),
            ortho_context: HashMap::new(),
        };
        assert_eq!(
            punkt.sentences("\"Mr. Li left.\" She stayed (long.) Then?"),
            ["\"Mr. Li left.\"", "She stayed (long.)", "Then?"]
        );
    }
}
