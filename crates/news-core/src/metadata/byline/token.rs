//! Bylines in segments and tokens.

use super::name::{is_cjk, is_han, is_hangul, is_host};
use super::tables::TABLES;
use crate::metadata::date::{self, DateHint};

/// Cuts at new lines and at dates, which are left out.
pub(super) fn segments(text: &str) -> Vec<&str> {
    let mut segments = Vec::new();
    for line in text.split(['\n', '\r', '|', ';', '•', '｜', '；', '\t']) {
        let mut rest = line;
        for _ in 0..4 {
            if !rest.contains(|c: char| c.is_numeric()) || is_address(rest) {
                break;
            }
            let Some((range, _)) = date::find(rest, &DateHint::default()) else {
                break;
            };
            segments.push(rest.get(..range.start).unwrap_or(""));
            rest = rest.get(range.end..).unwrap_or("");
        }
        segments.push(rest);
    }
    segments
}

/// Whether a text is, or holds, a link or an address for mail.
fn is_address(text: &str) -> bool {
    text.contains('@') || text.contains("://") || text.contains("www.")
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A word as written, and in lower case.
    Word(&'a str, String),
    Comma,
    Colon,
    /// Without spaces around it.
    Slash,
    Open,
    Close,
    /// Nothing before it belongs to what follows.
    Hard,
}

pub(super) fn tokens(segment: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(16);
    let mut start = None;
    let mut before = ' ';
    let mut chars = segment.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, next)| *next);
        let in_link = start.is_some_and(|start| segment.get(start..at).is_some_and(is_link_head));
        let in_sign = c == '/' && is_sign(segment, start.unwrap_or(at), at);
        let is_inside = in_sign || (in_link && !c.is_whitespace() && c != ')' && c != '>');
        let mark = if is_inside { None } else { mark(before, c, after) };
        before = c;
        match mark {
            None => {
                start.get_or_insert(at);
            }
            Some(mark) => {
                push_word(&mut tokens, segment, start.take(), at);
                tokens.extend(mark);
            }
        }
    }
    push_word(&mut tokens, segment, start, segment.len());
    tokens
}

/// Whether the slash at `at` stands in a sign such as `abc/dpa` or `Example.org/ab`, which is one name.
/// Between full names, and between agencies, it parts.
fn is_sign(segment: &str, start: usize, at: usize) -> bool {
    let is_code = |word: &str| {
        let chars = word.chars().count();
        (1..=4).contains(&chars)
            && word.chars().all(|c| c.is_ascii_lowercase())
            && TABLES.agency(word).is_none()
    };
    let left = segment.get(start..at).unwrap_or("");
    let right =
        segment.get(at + 1..).unwrap_or("").split([' ', ',', '/', ')']).next().unwrap_or("");
    let is_path = is_host(left) && right.chars().count() > 4;
    is_path
        || !left.is_empty()
            && (is_code(right) || (start == 0 && is_code(left) && TABLES.agency(right).is_some()))
}

/// A link, or the address of a page without its scheme.
pub(super) fn is_link(word: &str) -> bool {
    let path =
        word.split_once('/').filter(|(host, path)| is_host(host) && path.chars().count() > 4);
    is_link_head(word) || path.is_some()
}

pub(super) fn is_link_head(word: &str) -> bool {
    word.starts_with("http") || word.starts_with("www.")
}

fn push_word<'a>(tokens: &mut Vec<Token<'a>>, segment: &'a str, start: Option<usize>, end: usize) {
    let Some(word) = start.and_then(|start| segment.get(start..end)) else {
        return;
    };
    tokens.push(Token::Word(word, word.to_lowercase()));
}

/// What ends a word: `Some(None)` is a mere space, `None` a character of the word.
#[expect(clippy::option_option, reason = "a space is neither a mark nor part of a word")]
fn mark<'a>(before: char, c: char, after: char) -> Option<Option<Token<'a>>> {
    let spaced = (before.is_whitespace() || before == ' ') && after.is_whitespace();
    Some(match c {
        ',' | '，' | '、' | '､' => Some(Token::Comma),
        ':' if before.is_ascii_digit() && after.is_ascii_digit() => return None,
        ':' | '：' | '=' | '＝' => Some(Token::Colon),

        '(' | '（' | '[' | '【' | '〔' | '<' | '《' | '「' => Some(Token::Open),
        ')' | '）' | ']' | '】' | '〕' | '>' | '》' | '」' => Some(Token::Close),
        '/' | '／' | '-' | '–' | '—' | '·' | '・' | '~' | '―' | '*' if spaced => {
            Some(Token::Hard)
        }
        '—' | '―' => Some(Token::Hard),
        '/' | '／' => Some(Token::Slash),
        '·' | '・' | 'ㆍ' | '‧' if is_hangul(before) && is_hangul(after) => Some(Token::Comma),
        '·' | '・' if is_han(before) && is_han(after) => Some(Token::Slash),
        '\u{200B}'..='\u{200F}'
        | '\u{FEFF}'
        | '\u{AD}'
        | '†'
        | '▲'
        | '■'
        | '●'
        | '▶'
        | '◆'
        | '©' => None,
        c if c.is_whitespace() => None,
        _ => return None,
    })
}

/// Phrases of the tables that may begin at a token, longest first.
pub(super) struct Phrase<'t> {
    words: Vec<&'t str>,
    at: usize,
}

impl<'t> Phrase<'t> {
    pub(super) fn at(tokens: &'t [Token<'_>], at: usize) -> Option<Self> {
        let lower = |index: usize| match tokens.get(index) {
            Some(Token::Word(_, lower)) => Some(lower.as_str()),
            _ => None,
        };
        let most = TABLES.phrase_words(lower(at)?)?;
        let words = (at..at + most).map_while(lower).collect();
        Some(Self { words, at })
    }

    /// The phrase and the token after it.
    pub(super) fn next(&mut self) -> Option<(String, usize)> {
        if self.words.is_empty() {
            return None;
        }
        let key = self.words.join(" ");
        let next = self.at + self.words.len();
        self.words.pop();
        Some((key, next))
    }
}

pub(super) fn is_cjk_word(token: Option<&Token<'_>>) -> bool {
    matches!(token, Some(Token::Word(word, _)) if word.chars().all(is_cjk))
}
