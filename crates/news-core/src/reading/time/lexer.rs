//! Text -> words, numbers and marks, in one pass, as far ahead as an expression can reach.

use super::vocabulary::{Class, MAX_WORD, Sense, Vocabulary};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word's or phrase's id in the vocabulary; 0: not a word of time.
    Word(u16),
    /// A run of ASCII digits. A value beyond nine digits, with thousands marks or decimals has
    /// `digits` 99.
    Number {
        value: i32,
        digits: u8,
    },
    Mark(char),
}

/// `digits` of a number that can be neither day, month nor year.
pub(super) const NOT_PLAIN: u8 = 99;

#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "four facts that do not depend on each other")]
pub(super) struct Token {
    /// Byte range in the text.
    pub start: u32,
    pub end: u32,
    pub kind: Kind,
    /// No space before it.
    pub glued: bool,
    /// A line break before it.
    pub line: bool,
    /// Begins with a capital.
    pub capital: bool,
    /// A word of English that ends in "-ed".
    pub ed: bool,
}

/// The tokens of a text around the place that is read, with the vocabulary that reads them.
#[derive(Debug)]
pub(super) struct Tokens<'v> {
    pub list: Vec<Token>,
    pub vocabulary: &'v Vocabulary,
}

impl Tokens<'_> {
    /// The words and marks of a vocabulary entry.
    pub(super) fn pieces(phrase: &'static str) -> impl Iterator<Item = &'static str> {
        phrase.split(' ').flat_map(|part| part.split_inclusive(JOINTS)).flat_map(|part| {
            let word = part.trim_end_matches(JOINTS);
            let joint = part.strip_prefix(word).unwrap_or_default();
            [word, joint].into_iter().filter(|piece| !piece.is_empty())
        })
    }

    pub(super) fn get(&self, at: usize) -> Option<&Token> {
        self.list.get(at)
    }

    pub(super) fn sense(&self, at: usize, class: Class) -> Option<Sense> {
        self.vocabulary.sense(self.get(at)?.kind, class)
    }

    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.sense(at, class).is_some()
    }

    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.get(at)?.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Whether an expression can begin here.
    pub(super) fn opens(&self, at: usize) -> bool {
        match self.get(at).map(|token| token.kind) {
            Some(Kind::Word(0)) | None => false,
            Some(Kind::Word(id)) => self.vocabulary.word(id).is_some_and(|word| word.opens),
            Some(Kind::Number { .. }) => true,
            Some(Kind::Mark(mark)) => mark == '\'',
        }
    }

    fn push(&mut self, token: Token) {
        self.list.push(token);
        let Kind::Word(last) = token.kind else { return };
        if last == 0 {
            return;
        }
        let list = &self.list;
        let before =
            |back: usize| match list.len().checked_sub(back + 1).and_then(|at| list.get(at)) {
                Some(Token { kind: Kind::Word(id), .. }) => *id,
                Some(Token { kind: Kind::Mark('\''), .. }) => self.vocabulary.id(b"'"),
                Some(Token { kind: Kind::Mark('-'), .. }) => self.vocabulary.id(b"-"),
                _ => 0,
            };
        if let Some((words, id)) = self.vocabulary.phrase(last, before) {
            self.merge(words, id, token.end);
        }
    }

    /// Makes one token of the last `words`.
    fn merge(&mut self, words: usize, id: u16, end: u32) {
        let from = self.list.len().saturating_sub(words);
        self.list.truncate(from + 1);
        if let Some(first) = self.list.last_mut() {
            first.kind = Kind::Word(id);
            first.end = end;
            first.ed = false;
        }
    }
}

/// Marks inside words.
const JOINTS: [char; 2] = ['\'', '-'];

/// Cuts a text while it is read. Bytes beyond 4 GiB are not.
pub(super) struct Lexer<'t, 'v> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    pub(super) tokens: Tokens<'v>,
    glued: bool,
    line: bool,
}

/// Tokens that are cut together: those of an ordinary story, 20 bytes each.
const HELD: usize = 1 << 14;
/// Tokens before a place that its reading may look at, and behind it: an expression has below 50, and its
/// verb is looked for among 16.
const BEHIND: usize = 64;
const AHEAD: usize = 256;

impl<'t, 'v> Lexer<'t, 'v> {
    pub(super) fn new(text: &'t str, vocabulary: &'v Vocabulary) -> Self {
        let list = Vec::with_capacity((text.len() / 5 + 4).min(HELD));
        let tokens = Tokens { list, vocabulary };
        Self { text, bytes: text.as_bytes(), at: 0, tokens, glued: false, line: true }
    }

    /// Cuts on, so that all that can be looked at from token `at` on is there; gives its place then.
    pub(super) fn reach(&mut self, at: usize) -> usize {
        if at + AHEAD < self.tokens.list.len() || self.at == self.bytes.len() {
            return at;
        }
        let passed = at.saturating_sub(BEHIND);
        self.tokens.list.drain(..passed);
        self.run();
        at - passed
    }

    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at)
            && self.tokens.list.len() < HELD
        {
            match byte {
                b'\n' => {
                    self.line = true;
                    self.space(1);
                }
                b' ' | b'\t' | b'\r' => self.space(1),
                b'0'..=b'9' => self.number(),
                b'a'..=b'z' | b'A'..=b'Z' => self.word(),
                0..=0x7f => self.mark(byte as char, 1),
                _ => self.beyond_ascii(),
            }
        }
    }

    fn space(&mut self, bytes: usize) {
        self.at += bytes;
        self.glued = false;
    }

    fn beyond_ascii(&mut self) {
        let Some(c) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) else {
            self.at += 1;
            return;
        };
        if c.is_whitespace() {
            self.space(c.len_utf8());
        } else if c.is_alphabetic() {
            self.word();
        } else {
            let plain = match c {
                '\u{2018}' | '\u{2019}' => '\'',
                '\u{2010}' | '\u{2011}' | '\u{2013}' => '-',
                other => other,
            };
            self.mark(plain, c.len_utf8());
        }
    }

    fn token(&mut self, start: usize, end: usize, kind: Kind) -> Token {
        let token = Token {
            start: start as u32,
            end: end as u32,
            kind,
            glued: self.glued,
            line: self.line,
            capital: false,
            ed: false,
        };
        self.at = end;
        self.glued = true;
        self.line = false;
        token
    }

    fn mark(&mut self, mark: char, bytes: usize) {
        let token = self.token(self.at, self.at + bytes, Kind::Mark(mark));
        self.tokens.push(token);
    }

    fn word(&mut self) {
        let start = self.at;
        let end = self.word_end(start);
        let word = self.bytes.get(start..end).unwrap_or_default();
        let id = self.look_up(word, start, end);
        let capital = word.first().is_some_and(u8::is_ascii_uppercase);
        // "unspecified", "unprecedented" are no verbs.
        let ed = word.len() > 4 && word.ends_with(b"ed") && !word.starts_with(b"un");
        let mut token = self.token(start, end, Kind::Word(id));
        token.capital = capital || word.first().is_some_and(|byte| *byte >= 0x80);
        token.ed = ed && self.tokens.vocabulary.english;
        self.tokens.push(token);
    }

    /// Letters, and the dots of "a.m."; its last dot is in the word.
    fn word_end(&self, start: usize) -> usize {
        let mut end = self.letters(start);
        if end == start + 1 {
            let pair = |at: usize| {
                self.bytes.get(at) == Some(&b'.')
                    && self.bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
                    && !self.bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric)
            };
            while pair(end) {
                end += 2;
            }
            if end > start + 1 && self.bytes.get(end) == Some(&b'.') {
                end += 1;
            }
        }
        end
    }

    fn letters(&self, start: usize) -> usize {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let ascii = rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
        if rest.get(ascii).is_none_or(u8::is_ascii) {
            return start + ascii;
        }
        let rest = self.text.get(start..).unwrap_or_default();
        let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        start + letters
    }

    fn look_up(&self, word: &[u8], start: usize, end: usize) -> u16 {
        let vocabulary = self.tokens.vocabulary;
        if word.len() > MAX_WORD {
            return 0;
        }
        if word.is_ascii() {
            let mut lower = [0u8; MAX_WORD];
            let mut length = 0;
            for byte in word.iter().filter(|byte| **byte != b'.') {
                lower[length] = byte.to_ascii_lowercase();
                length += 1;
            }
            return vocabulary.id(&lower[..length]);
        }
        let word = self.text.get(start..end).unwrap_or_default();
        vocabulary.id(word.to_lowercase().as_bytes())
    }

    fn number(&mut self) {
        let start = self.at;
        let mut value = 0i32;
        let mut end = start;
        while let Some(byte) = self.bytes.get(end).filter(|byte| byte.is_ascii_digit()) {
            value = value.saturating_mul(10).saturating_add(i32::from(byte - b'0'));
            end += 1;
        }
        let digits = end - start;
        let mut plain = digits <= 9;
        if digits <= 3 {
            while self.bytes.get(end) == Some(&b',') && self.digits(end + 1) == 3 {
                end += 4;
                plain = false;
            }
        }
        let digits = if plain { digits as u8 } else { NOT_PLAIN };
        let token = self.token(start, end, Kind::Number { value, digits });
        self.tokens.push(token);
    }

    fn digits(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        rest.iter().take(8).take_while(|byte| byte.is_ascii_digit()).count()
    }
}
