//! Noun phrases around a noun for a person: the party's leader, editor at large.

use std::ops::Range;

use super::kinds::Kinds;
use super::token::{Shape, Token, Tokens};

/// A noun phrase that says what somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) tokens: Range<usize>,
    /// The noun for the person.
    pub(super) head: usize,
}

/// Tokens before the noun at most.
const BEFORE: usize = 12;
/// Tokens behind the noun at most.
const BEHIND: usize = 18;

/// The phrase that begins at `at` and ends before `limit`.
pub(super) fn forward(tokens: &Tokens<'_>, at: usize, limit: usize) -> Option<Phrase> {
    let head = head(tokens, at, limit)?;
    let end = complement(tokens, head + 1, limit.min(head + BEHIND));
    Some(Phrase { tokens: at..end, head })
}

/// The last noun of the words that begin at `at`, where it is one for a person.
fn head(tokens: &Tokens<'_>, mut at: usize, limit: usize) -> Option<usize> {
    let limit = limit.min(at + BEFORE);
    let token = |at: usize| tokens.list.get(at).filter(|_| at < limit);
    at += usize::from(token(at)?.is(Kinds::DETERMINER));
    let mut head = None;
    while let Some(token) = token(at) {
        match token.shape {
            Shape::Possessive => head = None,
            Shape::Lower if head.is_some_and(|head| head + 1 == at) && joins(tokens, at, limit) => {
            }
            Shape::Lower
                if ends_phrase(token)
                    || head.is_some_and(|head| head + 1 == at) && is_participle(tokens, at) =>
            {
                break;
            }
            _ if token.is_mark() => break,
            _ if token.is(Kinds::ROLE) => head = Some(at),
            _ => {}
        }
        at += 1;
    }
    head.filter(|head| head + 1 == at)
}

/// Whether "and" at `at` joins two nouns of one phrase.
fn joins(tokens: &Tokens<'_>, at: usize, limit: usize) -> bool {
    if tokens.str(at) != "and" {
        return false;
    }
    let mut next = at + 1;
    while let Some(token) = tokens.list.get(next).filter(|t| next < limit && t.is_word()) {
        if token.is(Kinds::FUNCTION) || token.is(Kinds::FIRST) && !token.is(Kinds::ROLE) {
            return false;
        }
        if token.is(Kinds::ROLE) {
            return true;
        }
        next += 1;
    }
    false
}

/// Words that no noun phrase goes over.
fn ends_phrase(token: &Token) -> bool {
    token.is(Kinds::FUNCTION) && !token.is(Kinds::MODIFIER)
        || token.is(Kinds::COPULA)
        || token.is(Kinds::SPEECH) && !token.is(Kinds::ROLE)
}

fn is_participle(tokens: &Tokens<'_>, at: usize) -> bool {
    let word = tokens.str(at);
    word.ends_with("ing") || word.ends_with("ed")
}

/// The end of what is joined behind the noun: of the party, for policy.
fn complement(tokens: &Tokens<'_>, mut at: usize, limit: usize) -> usize {
    let token = |at: usize| tokens.list.get(at).filter(|_| at < limit);
    let mut end = at;
    if !token(at)
        .is_some_and(|t| t.shape == Shape::Lower && t.is(Kinds::LINK) && tokens.str(at) != "and")
    {
        return end;
    }
    while let Some(token) = token(at) {
        let link = token.is(Kinds::LINK) || token.is(Kinds::DETERMINER);
        if token.is_mark() {
            break;
        }
        if token.shape == Shape::Lower
            && !link
            && (ends_phrase(token) || end == at && is_verb_like(tokens, at))
        {
            break;
        }
        at += 1;
        if !link {
            end = at;
        }
    }
    end
}

fn is_verb_like(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.str(at).ends_with("ed")
}

/// Whether the word is a verb in the past rather than an adjective: cheered, but a retired.
fn is_past(tokens: &Tokens<'_>, at: usize, floor: usize) -> bool {
    let describes = at > floor && tokens.list.get(at - 1).is_some_and(|t| t.is(Kinds::DETERMINER));
    tokens.str(at).ends_with("ed") && !describes
}

/// Words in lower case that belong to the noun behind them, with or without an article.
const BEFORE_NOUN: Kinds = Kinds::MODIFIER.with(Kinds::ROLE).with(Kinds::ORGANISATION);

/// Where the phrase begins whose noun stands at `head`, not before `floor`.
pub(super) fn backward(tokens: &Tokens<'_>, head: usize, floor: usize) -> usize {
    let floor = floor.max(head.saturating_sub(BEFORE));
    let mut start = head;
    let mut at = head;
    let mut gap = false;
    while at > floor {
        at -= 1;
        let Some(token) = tokens.list.get(at) else { break };
        match token.shape {
            Shape::Possessive => gap = false,
            _ if token.is(Kinds::DETERMINER) => return at,
            Shape::Lower
                if tokens.str(at) == "and"
                    && at > floor
                    && tokens.list.get(at - 1).is_some_and(|t| t.is(Kinds::ROLE)) => {}
            Shape::Lower if ends_phrase(token) || is_past(tokens, at, floor) => break,
            Shape::Lower if token.is(BEFORE_NOUN) && !gap => start = at,
            Shape::Lower => gap = true,
            _ if token.is_word() && (!token.is(Kinds::FUNCTION) || token.is(Kinds::MODIFIER)) => {
                if gap {
                    break;
                }
                start = at;
            }
            _ => break,
        }
    }
    start
}

/// The organisation, place or person that a role belongs to.
pub(super) fn affiliation(tokens: &Tokens<'_>, phrase: &Phrase) -> Option<Range<usize>> {
    behind(tokens, phrase).or_else(|| before(tokens, phrase))
}

/// What follows of, for, at: a name, or a noun for an organisation.
fn behind(tokens: &Tokens<'_>, phrase: &Phrase) -> Option<Range<usize>> {
    let token = |at: usize| tokens.list.get(at).filter(|_| at < phrase.tokens.end);
    let links = phrase.head + 1..phrase.tokens.end;
    for link in links.filter(|&at| token(at).is_some_and(|t| t.is(Kinds::LINK))) {
        let start =
            link + 1 + usize::from(token(link + 1).is_some_and(|t| t.is(Kinds::DETERMINER)));
        if !token(start).is_some_and(Token::is_capital) {
            let mut words = start..phrase.tokens.end;
            let end = words
                .find(|&at| token(at).is_some_and(|t| t.is_mark() || t.is(Kinds::LINK)))
                .unwrap_or(phrase.tokens.end);
            if end > start && token(end - 1).is_some_and(|t| t.is(Kinds::ORGANISATION)) {
                return Some(start..end);
            }
            continue;
        }
        return named(tokens, start, phrase.tokens.end);
    }
    None
}

/// The name at `start`, with the organisation that is its own: South Korea's foreign ministry.
fn named(tokens: &Tokens<'_>, start: usize, limit: usize) -> Option<Range<usize>> {
    let token = |at: usize| tokens.list.get(at).filter(|_| at < limit);
    let mut end = start;
    while let Some(t) = token(end) {
        let joined = t.is(Kinds::LINK) || t.is(Kinds::DETERMINER) || tokens.str(end) == "&";
        let goes_on = joined
            && (token(end + 1).is_some_and(Token::is_capital)
                || token(end + 2).is_some_and(Token::is_capital)
                    && token(end + 1).is_some_and(|t| t.is(Kinds::DETERMINER)));
        if t.is_capital()
            || t.shape == Shape::Number
            || t.shape == Shape::Possessive && token(end + 1).is_some()
            || goes_on
        {
            end += 1;
        } else {
            break;
        }
    }
    let mut rest = end;
    while token(rest).is_some_and(|t| t.shape == Shape::Lower && !t.is(Kinds::FUNCTION)) {
        rest += 1;
    }
    if rest == end {
        return Some(start..end);
    }
    token(rest - 1).is_some_and(|t| t.is(Kinds::ORGANISATION)).then_some(start..rest)
}

/// A name or a noun for an organisation before the noun: State Department spokeswoman.
fn before(tokens: &Tokens<'_>, phrase: &Phrase) -> Option<Range<usize>> {
    let fits = |at: usize| {
        tokens.list.get(at).is_some_and(|t| {
            let title = t.is(Kinds::TITLE) && !t.is(Kinds::PLURAL);
            let modifier = t.is(Kinds::MODIFIER) && !t.is(Kinds::NATION.with(Kinds::PLACE));
            let office = title || modifier;
            let name = t.is_capital() && !office && !t.is(Kinds::FUNCTION.with(Kinds::DETERMINER));
            name || t.shape == Shape::Lower && t.is(Kinds::ORGANISATION)
        })
    };
    let start = (phrase.tokens.start..phrase.head).find(|&at| fits(at))?;
    let end = (start..phrase.head).find(|&at| !fits(at)).unwrap_or(phrase.head);
    Some(start..end)
}
