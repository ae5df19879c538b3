//! Words and marks of a text.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::words::{Classes, Parts, Tables, Word};
use crate::lexicon;
use crate::room;

/// Part of speech, or the sort of mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Name,
    Noun,
    Number,
    Adjective,
    Adverb,
    Determiner,
    Pronoun,
    /// "his", or the ending of "Obama's".
    Possessive,
    Preposition,
    Coordinator,
    Subordinator,
    Modal,
    /// A form of be, have or do.
    Auxiliary,
    To,
    /// Base form or present.
    Base,
    /// Third person of the present.
    Present,
    Past,
    Participle,
    Gerund,
    Comma,
    Stop,
    Colon,
    Semicolon,
    Dash,
    Open,
    Close,
    /// A quotation mark.
    Quote,
    Other,
}

impl Tag {
    /// Whether it is a verb that can stand alone in a clause.
    pub(super) fn is_finite(self) -> bool {
        matches!(self, Self::Present | Self::Past | Self::Base | Self::Modal | Self::Auxiliary)
    }

    /// Whether no noun phrase reaches over it.
    pub(super) fn ends_phrase(self) -> bool {
        matches!(self, Self::Stop | Self::Comma | Self::Colon | Self::Semicolon | Self::Quote)
    }

    /// Whether it is a form of a full verb.
    pub(super) fn is_verb(self) -> bool {
        let nonfinite = matches!(self, Self::Participle | Self::Gerund);
        nonfinite || matches!(self, Self::Present | Self::Past | Self::Base)
    }
}

/// A word or mark: 16 bytes, since a long text holds hundreds of thousands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) word: Word,
    pub(super) tag: Tag,
    /// Parts of speech that the word can have.
    pub(super) parts: Parts,
    /// Its bytes, and above them [`CAPITAL`] and [`QUOTED`].
    length: u16,
}

/// Begins with a capital.
const CAPITAL: u16 = 1 << 15;
/// Stands in a quoted segment, its marks among it.
const QUOTED: u16 = 1 << 14;
/// Bytes of a token at most; what is longer is no word, and cut into several. Its end is looked for once, not
/// anew from each cut on.
const LONGEST: usize = QUOTED as usize - 1;

impl Token {
    fn new(range: &Range<usize>, tag: Tag, (word, parts): (Word, Parts), capital: bool) -> Self {
        let length = range.len() as u16 | if capital { CAPITAL } else { 0 };
        Self { start: range.start as u32, word, tag, parts, length }
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end()
    }

    /// One past its last byte.
    pub(super) fn end(&self) -> usize {
        self.start as usize + usize::from(self.length & !(CAPITAL | QUOTED))
    }

    /// Whether it begins with a capital.
    pub(super) fn capital(&self) -> bool {
        self.length & CAPITAL != 0
    }

    /// Says whether it stands in a quotation.
    pub(super) fn quote(&mut self, quoted: bool) {
        self.length = self.length & !QUOTED | if quoted { QUOTED } else { 0 };
    }

    pub(super) fn is(&self, classes: Classes) -> bool {
        self.word.classes.any(classes)
    }

    /// Whether it belongs to a quotation.
    pub(super) fn quoted(&self) -> bool {
        self.length & QUOTED != 0
    }
}

/// Cuts `text[range]` into tokens and adds them to `tokens`.
pub(super) fn cut(text: &str, range: Range<usize>, tables: &Tables, tokens: &mut Vec<Token>) {
    let mut at = range.start;
    while at < range.end {
        let Some(c) = text.get(at..range.end).and_then(|rest| rest.chars().next()) else { return };
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let end = if c.is_alphanumeric() {
            word_end(text, at, range.end)
        } else {
            clitic_end(text, at, range.end).unwrap_or_else(|| mark_end(text, at, c, range.end))
        };
        let end = end.max(at + c.len_utf8());
        while at < end {
            let near = end - at <= LONGEST;
            let cut = if near { end } else { text.floor_char_boundary(at + LONGEST) };
            room::push(tokens, token(text, at..cut, c, tables), at, text.len());
            at = cut;
        }
    }
}

fn token(text: &str, range: Range<usize>, first: char, tables: &Tables) -> Token {
    let slice = text.get(range.clone()).unwrap_or_default();
    let wordy = first.is_alphanumeric()
        || slice.len() > first.len_utf8() && (is_apostrophe(first) || inversion(slice).is_some());
    let word = if wordy { tables.word(slice) } else { Default::default() };
    let tag = if first.is_numeric() { Tag::Number } else { mark_tag(first, slice) };
    Token::new(&range, tag, word, first.is_uppercase())
}

fn mark_tag(c: char, slice: &str) -> Tag {
    match c {
        ',' | '，' | '、' => Tag::Comma,
        '.' | '!' | '?' | '…' | '。' | '！' | '？' => Tag::Stop,
        ':' | '：' => Tag::Colon,
        ';' | '；' => Tag::Semicolon,
        '–' | '—' | '―' => Tag::Dash,
        '-' if slice.bytes().all(|b| b == b'-') => Tag::Dash,
        '(' | '[' => Tag::Open,
        ')' | ']' => Tag::Close,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '「' | '」' | '『' | '』' | '`' | '‘' => {
            Tag::Quote
        }
        '\'' | '’' | '›' | '‹' if slice.chars().all(|other| other == c) => Tag::Quote,
        _ => Tag::Other,
    }
}

/// The end of the word that begins at `at`: letters, digits, inner marks, stops of abbreviations.
fn word_end(text: &str, at: usize, limit: usize) -> usize {
    let rest = text.get(at..limit).unwrap_or_default();
    let mut chars = rest.char_indices().peekable();
    let mut end = 0;
    while let Some((place, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = |next: Option<char>| next.is_some_and(char::is_alphanumeric);
        if c.is_alphanumeric() {
            end = place + c.len_utf8();
            continue;
        }
        let inner = match c {
            '-' | '‑' if inversion(rest.get(place..).unwrap_or_default()).is_some() => false,
            '-' | '‑' | '@' | '/' | '_' | '&' => joins(next),
            '\'' | '’' => joins(next) && !is_clitic(rest.get(place..).unwrap_or_default()),
            ',' => next.is_some_and(char::is_numeric) && ends_numeric(rest, place),
            '.' => {
                joins(next)
                    || next == Some(',')
                    || is_abbreviation(rest.get(..place).unwrap_or_default())
            }
            '\u{301}' | '\u{308}' => true,
            _ => false,
        };
        if !inner {
            break;
        }
        end = place + c.len_utf8();
    }
    at + end.max(rest.chars().next().map_or(1, char::len_utf8))
}

fn ends_numeric(text: &str, place: usize) -> bool {
    text.get(..place).and_then(|before| before.chars().next_back()).is_some_and(char::is_numeric)
}

/// Whether a stop after `word` belongs to it: an initial, an acronym, a title, a month.
fn is_abbreviation(word: &str) -> bool {
    let mut chars = word.chars();
    let single = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    let acronym = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    single || acronym || ABBREVIATIONS.contains(word)
}

/// Abbreviations after which a name or number follows.
static ABBREVIATIONS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    lexicon::lines(include_str!("../../../lexicon/quotes/abbreviations.txt")).collect()
});

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Endings cut off as tokens of their own.
const CLITICS: [&str; 6] = ["s", "re", "ll", "ve", "d", "m"];

/// Whether `text`, which begins with an apostrophe, opens with an ending such as "'s".
fn is_clitic(text: &str) -> bool {
    let letters: &str = text.get(text.chars().next().map_or(0, char::len_utf8)..).unwrap_or("");
    let len = letters.find(|c: char| !c.is_alphanumeric()).unwrap_or(letters.len());
    letters.get(..len).is_some_and(|ending| CLITICS.iter().any(|c| c.eq_ignore_ascii_case(ending)))
}

/// Subjects that French hangs on their verb: "dit-il", "a-t-elle".
const INVERSIONS: [&str; 11] = [
    "-t-il", "-t-elle", "-t-on", "-t-ils", "-t-elles", "-il", "-elle", "-on", "-ils", "-elles",
    "-je",
];

/// The length of such a subject at the start of `text`.
fn inversion(text: &str) -> Option<usize> {
    let ends = |len: usize| text.get(len..).is_some_and(|rest| !rest.starts_with(is_inner));
    let known = INVERSIONS.iter().filter(|known| text.starts_with(**known) && ends(known.len()));
    known.map(|known| known.len()).next()
}

fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

/// The end of an ending such as "'s" glued to the word before.
fn clitic_end(text: &str, at: usize, limit: usize) -> Option<usize> {
    let rest = text.get(at..limit)?;
    let glued = text.get(..at)?.chars().next_back().is_some_and(char::is_alphanumeric);
    if let Some(len) = inversion(rest).filter(|_| glued) {
        return Some(at + len);
    }
    let first = rest.chars().next().filter(|c| is_apostrophe(*c))?;
    if !glued || !is_clitic(rest) {
        return None;
    }
    let letters = rest.get(first.len_utf8()..)?;
    let len = letters.find(|c: char| !c.is_alphanumeric()).unwrap_or(letters.len());
    Some(at + first.len_utf8() + len)
}

/// The end of a mark: runs of dashes, stops and doubled single marks are one.
fn mark_end(text: &str, at: usize, c: char, limit: usize) -> usize {
    let runs = matches!(c, '-' | '.' | '\'' | '`' | '‘' | '’' | '…');
    let rest = text.get(at..limit).unwrap_or_default();
    let most = if matches!(c, '-' | '.') { usize::MAX } else { 2 };
    let same = rest.chars().take_while(|next| *next == c).take(most).count();
    at + c.len_utf8() * if runs { same.max(1) } else { 1 }
}
