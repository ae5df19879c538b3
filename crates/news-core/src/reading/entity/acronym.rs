//! Short forms in brackets behind a name: `International Atomic Energy Agency (IAEA)`.

use std::ops::Range;

use super::token::{Shape, Token};

/// Most letters of a short form.
const LETTERS: usize = 12;

/// The token in brackets right behind `name`, if its letters stand for the name's words.
pub(super) fn behind(text: &str, tokens: &[Token], name: &Range<usize>) -> Option<usize> {
    let at = |i: usize| tokens.get(i).and_then(|token| text.get(token.range()));
    let short = name.end + 1;
    let closes = matches!(at(short + 1), Some(")" | "]" | "," | ";" | "/"));
    if !matches!(at(name.end), Some("(" | "[")) || !closes || name.len() < 2 {
        return None;
    }
    let is_short = matches!(tokens[short].shape, Shape::Upper | Shape::Dotted | Shape::Mixed);
    let whole = tokens.get(name.start)?.start as usize..tokens.get(name.end - 1)?.end();
    (is_short && stands_for(at(short)?, text.get(whole)?)).then_some(short)
}

/// Whether the capitals of `short` stand in `name` in their order, the first at its beginning, each at the
/// beginning of a word or behind the one before it.
pub(super) fn stands_for(short: &str, name: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_uppercase()).collect();
    if letters.len() < 2 || letters.len() > LETTERS {
        return false;
    }
    let mut wanted = letters.iter().flat_map(|c| c.to_lowercase()).peekable();
    let mut is_first = true;
    let mut follows = false;
    let mut last = ' ';
    for c in name.chars().flat_map(char::to_lowercase) {
        let begins = !last.is_alphanumeric();
        last = c;
        if !c.is_alphanumeric() {
            continue;
        }
        let fits = wanted.peek() == Some(&c) && (begins || follows);
        if is_first && !fits {
            return false;
        }
        is_first = false;
        if fits {
            wanted.next();
        }
        follows = fits || follows && !begins;
    }
    wanted.peek().is_none()
}
