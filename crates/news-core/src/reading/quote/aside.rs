//! What stands beside a noun phrase and belongs to it: appositions, relative clauses, participles.

use super::page::Page;
use super::phrase::Phrase;
use super::token::Tag;
use super::words::Classes;

/// Tokens between a noun and the end of its apposition or relative clause.
const ASIDE: usize = 45;

/// Asides behind one noun.
pub(super) const ASIDES: usize = 2;

impl Page<'_> {
    /// The bracket that opens what `close` closes.
    pub(super) fn opener(&self, close: usize, floor: usize) -> Option<usize> {
        let from = close.saturating_sub(ASIDE).max(floor);
        (from..close).rev().find(|at| self.tag(*at) == Tag::Open)
    }

    /// "Cho, spokesman for the ministry, said": the phrase before an aside that ends at `comma`.
    pub(super) fn before_aside(&self, comma: usize, floor: usize, asides: usize) -> Option<Phrase> {
        let from = comma.saturating_sub(ASIDE).max(floor);
        let mut opening = None;
        for at in (from..comma).rev() {
            let token = self.token(at)?;
            if matches!(token.tag, Tag::Stop | Tag::Semicolon) && !token.quoted() {
                break;
            }
            if token.tag == Tag::Comma && !token.quoted() {
                opening = Some(at);
                let begins = self.token(at + 1)?;
                let listed = begins.tag == Tag::Name && self.tag(at.wrapping_sub(1)) != Tag::Name
                    || matches!(begins.tag, Tag::Coordinator);
                if !listed {
                    break;
                }
            }
        }
        let opening = opening?;
        let phrase = match self.tag(opening.checked_sub(1)?) {
            Tag::Close => self.phrase_before(opening, floor)?.head,
            _ => self.core_before(opening, floor)?,
        };
        let nested = phrase.0.checked_sub(1).filter(|before| *before > floor && asides > 0);
        if let Some(before) = nested.filter(|before| self.tag(*before) == Tag::Comma)
            && self.is_aside(phrase)
            && let Some(outer) = self
                .before_aside(before, floor, asides - 1)
                .or_else(|| self.name_before(before, floor))
        {
            return Some(Phrase { end: comma + 1, ..outer });
        }
        Some(Phrase { start: phrase.0, end: comma + 1, head: phrase })
    }

    /// Whether a phrase is as appositions are: an age, or with an article or a role in front.
    fn is_aside(&self, (start, end): (usize, usize)) -> bool {
        let age = self.tag(start) == Tag::Number && end == start + 1;
        age || self.tag(start) == Tag::Determiner || self.is(start, Classes::ROLE)
    }

    /// The name right before a comma, no preposition in front: "Lee, 45, a lawyer, said".
    fn name_before(&self, comma: usize, floor: usize) -> Option<Phrase> {
        let head = self.core_before(comma, floor)?;
        let led = head.0 > floor && self.tag(head.0 - 1) == Tag::Preposition;
        let named = self.tag(head.1 - 1) == Tag::Name && !led;
        named.then_some(Phrase { start: head.0, end: comma, head })
    }

    pub(super) fn before_dash(&self, dash: usize, floor: usize) -> Option<Phrase> {
        let from = dash.saturating_sub(ASIDE).max(floor);
        let opening = (from..dash).rev().find(|at| self.tag(*at) == Tag::Dash)?;
        let head = self.core_before(opening, floor)?;
        Some(Phrase { start: head.0, end: dash + 1, head })
    }

    /// "a reporter who covers Trump": the noun the relative clause before `start` belongs to.
    pub(super) fn antecedent(&self, start: usize, floor: usize) -> Option<usize> {
        let verb = start.checked_sub(1).filter(|at| *at >= floor)?;
        if let Some(noun) = self.participle_noun(start, floor) {
            return Some(noun);
        }
        if !(self.tag(verb).is_verb() || self.tag(verb) == Tag::Preposition) {
            return None;
        }
        let from = floor.max(start.saturating_sub(15));
        let relative = (from..start).rev().take_while(|at| {
            !matches!(self.tag(*at), Tag::Comma | Tag::Stop | Tag::Quote | Tag::Colon)
        });
        let relative = relative
            .filter(|at| self.tag(*at) == Tag::Subordinator)
            .find(|at| self.is(*at, Classes::RELATIVE))?;
        let noun = relative.checked_sub(1).filter(|at| *at >= floor)?;
        let who = !self.is(relative, Classes::THAT);
        let plain = matches!(self.tag(noun), Tag::Noun | Tag::Name);
        (plain && who).then(|| self.core_before(relative, floor))?.map(|core| core.0)
    }

    /// "protesters marching through the streets": the noun before the participle.
    fn participle_noun(&self, start: usize, floor: usize) -> Option<usize> {
        let from = floor.max(start.saturating_sub(10));
        let verb = (from..start).rev().find(|at| {
            !matches!(
                self.tag(*at),
                Tag::Name
                    | Tag::Noun
                    | Tag::Determiner
                    | Tag::Adjective
                    | Tag::Preposition
                    | Tag::Possessive
                    | Tag::Number
            )
        })?;
        let noun = verb.checked_sub(1).filter(|at| *at >= floor)?;
        let reduced = matches!(self.tag(verb), Tag::Gerund | Tag::Participle)
            && matches!(self.tag(noun), Tag::Noun | Tag::Name)
            && !self.quoted(verb);
        if reduced { self.core_before(verb, floor).map(|core| core.0) } else { None }
    }

    pub(super) fn core_at(&self, start: usize, inner: (usize, usize)) -> (usize, usize) {
        let end = (start..inner.0)
            .find(|at| matches!(self.tag(*at), Tag::Subordinator | Tag::Gerund | Tag::Participle));
        (start, end.unwrap_or(inner.1))
    }

    /// Where appositions and relative clauses behind `end` end: ", 62, a former governor".
    pub(super) fn aside_end(&self, end: usize, limit: usize) -> usize {
        let mut close = end;
        for _ in 0..ASIDES {
            let Some(next) = self.next_aside(close, limit) else { break };
            close = next;
        }
        close
    }

    fn next_aside(&self, end: usize, limit: usize) -> Option<usize> {
        let relative = |at: usize| {
            self.tag(at) == Tag::Subordinator
                && self.is(at, Classes::RELATIVE)
                && !self.is(at, Classes::THAT)
        };
        let start = if self.tag(end) == Tag::Comma { end + 1 } else { end };
        if start >= limit || self.quoted(start) || start == end && !relative(end) {
            return None;
        }
        let opens = matches!(
            self.tag(start),
            Tag::Determiner
                | Tag::Possessive
                | Tag::Noun
                | Tag::Adjective
                | Tag::Name
                | Tag::Number
        );
        if !opens && !relative(start) && !self.is(start, Classes::ROLE.or(Classes::TITLE)) {
            return None;
        }
        let limit = limit.min(end + ASIDE);
        let ends = |at: &usize| {
            matches!(
                self.tag(*at),
                Tag::Comma | Tag::Stop | Tag::Quote | Tag::Semicolon | Tag::Colon
            )
        };
        let close = (start..limit).find(ends).unwrap_or(limit);
        let verb = (start..close).find(|at| self.tag(*at).is_finite());
        let clause = verb.is_some_and(|verb| !(start..verb).any(relative));
        (!clause).then_some(close)
    }
}
