//! Words and marks of the text, looked up once.

use std::ops::Range;

use super::kinds::{Kinds, Word};
use super::tables::TABLES;
use crate::reading::Prose;
use crate::room;

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Begins with a capital, or a particle joined to one (al-Assad).
    Capital,
    /// Two capitals or more and nothing else.
    Upper,
    /// One capital, with or without a stop.
    Initial,
    /// A word in lower case.
    Lower,
    /// Begins with a digit.
    Number,
    /// The ending of a possessive.
    Possessive,
    Comma,
    Stop,
    Colon,
    Dash,
    Open,
    Close,
    Quote,
    Other,
}

impl Shape {
    /// Written as a name is.
    fn is_capital(self) -> bool {
        matches!(self, Self::Capital | Self::Upper | Self::Initial)
    }

    fn is_word(self) -> bool {
        self.is_capital() || matches!(self, Self::Lower | Self::Number)
    }
}

/// A word or a mark: 12 bytes, since a long text holds hundreds of thousands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: u32,
    /// The number of its word, and above it [`QUOTED`].
    number: u32,
    /// Its bytes.
    length: u16,
    pub(super) shape: Shape,
}

/// Stands between quotation marks.
const QUOTED: u32 = 1 << 31;
/// Bytes of a token at most; what is longer is no word, and cut. No token is looked for beyond them, so that a
/// word as long as the text is read once, not anew from each cut on.
const LONGEST: usize = u16::MAX as usize;

impl Token {
    fn new(range: Range<usize>, shape: Shape, quoted: bool, word: Word) -> Self {
        let number = word.number() | if quoted { QUOTED } else { 0 };
        Self { start: range.start as u32, number, length: range.len() as u16, shape }
    }

    pub(super) fn is(&self, kinds: Kinds) -> bool {
        self.word().kinds.any(kinds)
    }

    /// One past its last byte.
    pub(super) fn end(&self) -> usize {
        self.start as usize + usize::from(self.length)
    }

    /// What is known of it.
    pub(super) fn word(&self) -> Word {
        Word::of(self.number)
    }

    /// Whether it stands between quotation marks.
    pub(super) fn quoted(&self) -> bool {
        self.number & QUOTED != 0
    }

    /// Written as a name is.
    pub(super) fn is_capital(&self) -> bool {
        self.shape.is_capital()
    }

    pub(super) fn is_word(&self) -> bool {
        self.shape.is_word()
    }

    /// Ends a phrase.
    pub(super) fn is_mark(&self) -> bool {
        !self.is_word() && self.shape != Shape::Possessive
    }
}

/// A sentence: its tokens and paragraph.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    pub(super) tokens: Range<usize>,
    pub(super) paragraph: usize,
    /// Most of its words are capitalised, as in a headline.
    pub(super) shouted: bool,
}

/// The text as tokens.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    pub(super) text: &'t str,
    pub(super) list: Vec<Token>,
    pub(super) sentences: Vec<Sentence>,
}

impl<'t> Tokens<'t> {
    pub(super) fn of(prose: &Prose<'t>) -> Self {
        let mut tokens = Self {
            text: prose.text,
            list: Vec::with_capacity(prose.text.len() / 4),
            sentences: Vec::with_capacity(prose.sentences.len()),
        };
        let mut paragraph = 0;
        let mut quoted = false;
        for sentence in &prose.sentences {
            while prose.paragraphs.get(paragraph).is_some_and(|p| p.range.end <= sentence.start) {
                paragraph += 1;
                quoted = false;
            }
            let first = tokens.list.len();
            quoted = tokens.read(sentence.clone(), quoted);
            let found = tokens.list.get(first..).unwrap_or_default();
            let shouted = is_shouted(found);
            let range = first..tokens.list.len();
            tokens.sentences.push(Sentence { tokens: range, paragraph, shouted });
        }
        tokens
    }

    pub(super) fn str(&self, token: usize) -> &'t str {
        self.list
            .get(token)
            .map_or("", |t| self.text.get(t.start as usize..t.end()).unwrap_or_default())
    }

    /// The text of tokens, as a range of bytes.
    pub(super) fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        let start = self.list.get(tokens.start).map_or(0, |t| t.start as usize);
        let end = tokens.end.checked_sub(1).and_then(|last| self.list.get(last));
        start..end.map_or(start, |t| t.end().max(start))
    }

    fn read(&mut self, sentence: Range<usize>, mut quoted: bool) -> bool {
        let mut at = sentence.start;
        let text = self.text.get(..sentence.end).unwrap_or_default();
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            let near = if text.len() - at <= LONGEST {
                text
            } else {
                text.get(..text.floor_char_boundary(at + LONGEST)).unwrap_or_default()
            };
            let (end, shape) =
                if c.is_alphanumeric() { word(near, at, c) } else { mark(near, at, c) };
            let known =
                if shape.is_word() { look_up(text, at, end, shape) } else { Word::default() };
            if shape == Shape::Quote {
                quoted = match c {
                    '“' | '«' | '„' => true,
                    '”' | '»' => false,
                    _ => !quoted,
                };
            }
            let token = Token::new(at..end, shape, quoted, known);
            room::push(&mut self.list, token, at, self.text.len());
            at = end;
        }
        quoted
    }
}

/// Words in a headline of which most are capitalised.
const HEADLINE_WORDS: usize = 4;

fn is_shouted(tokens: &[Token]) -> bool {
    let long = tokens.iter().filter(|t| t.length > 3 && t.is_word());
    let (mut capitals, mut all) = (0, 0);
    for token in long {
        all += 1;
        capitals += usize::from(token.is_capital());
    }
    all >= HEADLINE_WORDS && capitals * 4 >= all * 3
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// The end of the word that begins at `at`, and its shape.
fn word(text: &str, at: usize, first: char) -> (usize, Shape) {
    let mut end = at;
    let mut segment = 0;
    let mut stops = 0;
    let mut chars = text.get(at..).unwrap_or_default().chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() || is_joined_mark(c) {
            segment += 1;
            end += c.len_utf8();
            continue;
        }
        let next = chars.peek().copied();
        if !next.is_some_and(char::is_alphanumeric) || !joins(text, end, c, segment) {
            break;
        }
        stops += usize::from(c == '.');
        segment = 0;
        end += c.len_utf8();
    }
    let shape = shape(text.get(at..end).unwrap_or_default(), first);
    let stop = text.get(end..).is_some_and(|rest| rest.starts_with('.'));
    let abbreviates = shape == Shape::Initial || (stops > 0 && segment == 1);
    let kept = stop && (abbreviates || is_abbreviation(text, at, end));
    (end + usize::from(kept), shape)
}

/// Marks that stand on the letter before them.
fn is_joined_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

/// Whether `c` at `place`, behind `segment` letters, joins two parts of a word.
fn joins(text: &str, place: usize, c: char, segment: usize) -> bool {
    let rest = text.get(place + c.len_utf8()..).unwrap_or_default();
    match c {
        '-' | '‐' | '‑' => true,
        '.' => segment == 1,
        _ if is_apostrophe(c) => {
            let mut after = rest.chars();
            let is_s = matches!(after.next(), Some('s' | 'S'));
            !is_s || after.next().is_some_and(char::is_alphanumeric)
        }
        _ => false,
    }
}

/// Longest abbreviation looked up, in bytes.
const ABBREVIATION_BYTES: usize = 6;

fn is_abbreviation(text: &str, at: usize, end: usize) -> bool {
    if end - at > ABBREVIATION_BYTES {
        return false;
    }
    text.get(at..=end).is_some_and(|word| TABLES.has(&word.to_lowercase()))
}

fn shape(word: &str, first: char) -> Shape {
    if first.is_numeric() {
        return Shape::Number;
    }
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    if !first.is_uppercase() {
        let joined = word.split_once(['-', '’', '\'']).is_some_and(|(particle, rest)| {
            particle.len() <= 3 && rest.starts_with(char::is_uppercase)
        });
        return if joined { Shape::Capital } else { Shape::Lower };
    }
    let initials = word.contains('.')
        && word.split('.').all(|part| part.chars().count() <= 1)
        && !TABLES.has(&(word.to_lowercase() + "."));
    if word.len() == first.len_utf8() || initials {
        Shape::Initial
    } else if letters().all(char::is_uppercase) {
        Shape::Upper
    } else {
        Shape::Capital
    }
}

/// What the tables say of a word; names only of capitalised ones.
fn look_up(text: &str, at: usize, end: usize, shape: Shape) -> Word {
    let word = text.get(at..end).unwrap_or_default();
    let found = if shape == Shape::Lower
        && word.is_ascii()
        && !word.bytes().any(|b| b.is_ascii_uppercase())
    {
        TABLES.word(word)
    } else {
        TABLES.word(&word.to_lowercase())
    };
    if shape == Shape::Upper && matches!(word, "US" | "IT") {
        Word { kinds: Kinds::MODIFIER.with(Kinds::NATION), ..Word::default() }
    } else if matches!(shape, Shape::Lower | Shape::Number) {
        Word { kinds: found.kinds.without(Kinds::FIRST.with(Kinds::FAMILY_FIRST)), ..found }
    } else {
        found
    }
}

/// The end of the mark at `at`, and what it is.
fn mark(text: &str, at: usize, c: char) -> (usize, Shape) {
    let end = at + c.len_utf8();
    let rest = text.get(end..).unwrap_or_default();
    let behind_word =
        text.get(..at).and_then(|t| t.chars().next_back()).filter(|c| c.is_alphanumeric());
    if is_apostrophe(c) && behind_word.is_some() {
        let mut after = rest.chars();
        let first = after.next();
        if matches!(first, Some('s' | 'S')) && !after.next().is_some_and(char::is_alphanumeric) {
            return (end + 1, Shape::Possessive);
        }
        if matches!(behind_word, Some('s')) && first == Some(' ') {
            return (end, Shape::Possessive);
        }
    }
    let shape = match c {
        ',' | '、' | '،' => Shape::Comma,
        '.' | '!' | '?' | '…' => Shape::Stop,
        ':' | ';' => Shape::Colon,
        '–' | '—' | '-' => Shape::Dash,
        '(' | '[' => Shape::Open,
        ')' | ']' => Shape::Close,
        '"' | '“' | '”' | '«' | '»' | '„' => Shape::Quote,
        _ => Shape::Other,
    };
    (end, shape)
}
