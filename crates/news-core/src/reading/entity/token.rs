//! Words and marks of a sentence, as the tagger counts them.

use std::ops::Range;

/// What a token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(super) enum Shape {
    /// No capital: `ministry`, and words of scripts without case.
    Lower,
    /// A capital, then small letters: `Ministry`.
    Capital,
    /// Capitals throughout, two or more: `IAEA`.
    Upper,
    /// One capital, with or without its stop: `J.`
    Initial,
    /// Capitals inside: `McDonald`, `eBay`.
    Mixed,
    /// Single letters between stops: `U.S.`
    Dotted,
    /// Begins with a figure.
    Number,
    /// Anything else: one mark.
    Mark,
}

/// A word, a number or a mark: 16 bytes, since a long text holds hundreds of thousands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// First byte in the text.
    pub(super) start: u32,
    /// Its bytes; of one that is longer than names are, as many as can be counted.
    length: u16,
    /// Hash of the letters as written, without a stop at the end.
    pub(super) word: u32,
    /// Hash of the letters in lower case.
    pub(super) lower: u32,
    pub(super) shape: Shape,
    /// White space stands before it.
    pub(super) spaced: bool,
}

impl Token {
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end()
    }

    /// One past the last byte.
    pub(super) fn end(&self) -> usize {
        self.start as usize + usize::from(self.length)
    }

    /// Whether the stop at the end of `own`, its text, belongs to it wherever it stands.
    pub(super) fn keeps_stop(&self, own: &str) -> bool {
        matches!(self.shape, Shape::Dotted | Shape::Initial)
            || COMPANY_ENDINGS.contains(&own.trim_end_matches('.'))
    }

    /// Whether it has a capital, as names do.
    pub(super) fn is_capital(&self) -> bool {
        !matches!(self.shape, Shape::Lower | Shape::Number | Shape::Mark)
    }
}

/// Hash of a byte string (FNV-1a, 32 bits).
pub(super) fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(FNV_START, |hash, byte| push(hash, *byte))
}

const FNV_START: u32 = 0x811c_9dc5;

fn push(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

fn push_char(hash: u32, c: char) -> u32 {
    let mut buffer = [0; 4];
    c.encode_utf8(&mut buffer).bytes().fold(hash, push)
}

fn push_lower(hash: u32, c: char) -> u32 {
    if c.is_ascii() {
        push(hash, c.to_ascii_lowercase() as u8)
    } else {
        c.to_lowercase().fold(hash, push_char)
    }
}

/// A number for the words of a name, in lower case (FNV-1a over their hashes).
pub(super) fn key(tokens: &[Token]) -> u64 {
    let step = |key: u64, token: &Token| {
        (key ^ u64::from(token.lower)).wrapping_mul(0x0100_0000_01b3).rotate_left(11)
    };
    tokens.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

/// Words that keep their stop at the end of a sentence too.
const COMPANY_ENDINGS: [&str; 8] = ["Inc", "Corp", "Co", "Ltd", "Bros", "Jr", "Sr", "Cos"];

/// Longest abbreviation of which a stop inside a sentence is part, in letters.
const ABBREVIATION: usize = 5;

/// Adds the tokens of the sentence in `range` to `tokens`.
pub(super) fn tokens(text: &str, range: &Range<usize>, tokens: &mut Vec<Token>) {
    let sentence = text.get(range.clone()).unwrap_or_default();
    let mut at = 0;
    let mut spaced = true;
    while let Some(c) = sentence.get(at..).and_then(|rest| rest.chars().next()) {
        let end = at + c.len_utf8();
        if c.is_whitespace() {
            spaced = true;
            at = end;
            continue;
        }
        let (next, token) = if is_letter(c) { word(sentence, at) } else { mark(sentence, at, c) };
        tokens.push(Token { start: token.start + range.start as u32, spaced, ..token });
        spaced = false;
        at = next.max(end);
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphabetic())
}

fn is_inner(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphanumeric() || is_combining(c)))
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..'\u{370}').contains(&c)
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘')
}

/// A mark, the `'s` of a possessive, or a number, and where it ends.
fn mark(sentence: &str, at: usize, c: char) -> (usize, Token) {
    let rest = sentence.get(at..).unwrap_or_default();
    let length = if c.is_numeric() {
        let inner = |c: char| c.is_alphanumeric() || c == ',' || c == '.';
        let whole = rest.find(|c| !inner(c)).unwrap_or(rest.len());
        rest.get(..whole).unwrap_or_default().trim_end_matches([',', '.']).len()
    } else if is_apostrophe(c) && is_possessive(rest, c) {
        c.len_utf8() + 1
    } else {
        c.len_utf8()
    };
    let text = rest.get(..length).unwrap_or_default();
    let shape = if c.is_numeric() { Shape::Number } else { Shape::Mark };
    let word = if is_apostrophe(c) { hash(b"'s") } else { hash(text.as_bytes()) };
    let (start, own) = (at as u32, counted(sentence, at, length));
    (at + length, Token { start, length: own, word, lower: word, shape, spaced: false })
}

/// Whether `rest`, from an apostrophe on, is the end of a possessive.
fn is_possessive(rest: &str, c: char) -> bool {
    let mut chars = rest.get(c.len_utf8()..).unwrap_or_default().chars();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(is_inner)
}

/// The word that begins at `at`, and where it ends.
fn word(sentence: &str, at: usize) -> (usize, Token) {
    let rest = sentence.get(at..).unwrap_or_default();
    let (mut exact, mut lower) = (FNV_START, FNV_START);
    let (mut letters, mut capitals, mut stops) = (0_usize, 0_usize, 0_usize);
    let mut first_capital = false;
    let mut end = 0;
    while let Some(c) = rest.get(end..).and_then(|r| r.chars().next()) {
        let next = end + c.len_utf8();
        if is_inner(c) {
            let capital = c.is_uppercase();
            first_capital |= capital && letters == 0;
            letters += 1;
            capitals += usize::from(capital);
        } else if c == '.' && letters == stops + 1 && single_letter_follows(rest, next) {
            stops += 1;
        } else if !(is_apostrophe(c) && joins(rest, end, next)) {
            break;
        } else if capitals == 0 && capital_follows(rest, next) {
            // An elided article or preposition: `l'Espagne`.
            (exact, lower, end) = (push(exact, b'\''), push(lower, b'\''), next);
            break;
        }
        (exact, lower) = (push_char(exact, c), push_lower(lower, c));
        end = next;
    }
    let dotted = stops > 0 && letters == stops + 1;
    let mut shape = match (letters, capitals) {
        _ if dotted && first_capital => Shape::Dotted,
        (_, 0) => Shape::Lower,
        (1, 1) => Shape::Initial,
        (l, c) if l == c => Shape::Upper,
        (_, 1) if first_capital => Shape::Capital,
        _ => Shape::Mixed,
    };
    if let Some(sign) = currency_sign(rest.get(end..).unwrap_or_default(), letters, shape) {
        (exact, lower, end) =
            (push_char(exact, sign), push_char(lower, sign), end + sign.len_utf8());
        shape = Shape::Mark;
    } else if keeps_stop(rest, end, letters, shape) {
        end += 1;
    }
    let (start, length) = (at as u32, counted(sentence, at, end));
    (at + end, Token { start, length, word: exact, lower, shape, spaced: false })
}

/// `length`, or as many bytes of a token at `at` as can be counted.
fn counted(sentence: &str, at: usize, length: usize) -> u16 {
    let most = || sentence.floor_char_boundary(at + usize::from(u16::MAX)) - at;
    u16::try_from(length).unwrap_or_else(|_| most() as u16)
}

/// Most letters before the sign of a currency.
const CURRENCY: usize = 3;

/// The sign of a currency behind a short form of its country: `US$`, `HK$`, `A$`.
fn currency_sign(tail: &str, letters: usize, shape: Shape) -> Option<char> {
    let mut chars = tail.chars();
    let sign = chars.next().filter(|c| matches!(c, '$' | '£' | '€' | '¥'))?;
    let is_short = matches!(shape, Shape::Upper | Shape::Initial | Shape::Dotted);
    (is_short && letters <= CURRENCY && !chars.next().is_some_and(is_letter)).then_some(sign)
}

fn capital_follows(rest: &str, at: usize) -> bool {
    rest.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase)
}

/// Whether one letter stands at `at`, alone or before a further stop.
fn single_letter_follows(rest: &str, at: usize) -> bool {
    let mut chars = rest.get(at..).unwrap_or_default().chars();
    chars.next().is_some_and(is_letter) && !chars.next().is_some_and(is_inner)
}

/// Whether the apostrophe at `at` stands inside a word: `O'Brien`, not `Japan's`.
fn joins(rest: &str, at: usize, next: usize) -> bool {
    let mut chars = rest.get(next..).unwrap_or_default().chars();
    let (first, second) = (chars.next(), chars.next());
    let ends = matches!(first, Some('s' | 'S')) && !second.is_some_and(is_inner);
    at > 0 && !ends && first.is_some_and(is_letter)
}

/// Whether the stop behind the word is part of it: the sentence goes on behind an abbreviation.
fn keeps_stop(rest: &str, end: usize, letters: usize, shape: Shape) -> bool {
    let tail = rest.get(end..).unwrap_or_default();
    if !tail.starts_with('.') || shape == Shape::Lower {
        return false;
    }
    let goes_on = tail.get(1..).is_some_and(|t| t.contains(char::is_alphanumeric));
    shape == Shape::Dotted
        || rest.get(..end).is_some_and(|word| COMPANY_ENDINGS.contains(&word))
        || (letters <= ABBREVIATION && shape != Shape::Upper && goes_on)
}
