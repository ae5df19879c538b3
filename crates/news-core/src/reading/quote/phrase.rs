//! Noun phrases: the one that ends before a verb, the one that begins behind it.

use super::aside::ASIDES;
use super::page::Page;
use super::token::Tag;
use super::words::Classes;

/// A noun phrase, as ranges of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    /// First token, apposition included.
    pub(super) start: usize,
    /// Token after its last.
    pub(super) end: usize,
    /// The phrase without apposition and relative clause.
    pub(super) head: (usize, usize),
}

/// Tokens a phrase may have. Longer ones are lists or unpunctuated text.
const LONGEST: usize = 40;

impl Page<'_> {
    /// The phrase that ends at `end`, not before `floor`: the subject of a verb there.
    pub(super) fn phrase_before(&self, end: usize, floor: usize) -> Option<Phrase> {
        let last = end.checked_sub(1).filter(|last| *last >= floor)?;
        match self.tag(last) {
            Tag::Comma => self.before_aside(last, floor, ASIDES),
            Tag::Dash => self.before_dash(last, floor),
            Tag::Close => {
                let open = self.opener(last, floor)?;
                let head = self.core_before(open, floor)?;
                Some(Phrase { start: head.0, end, head })
            }
            _ => {
                let head = self.core_before(end, floor)?;
                let start = self.antecedent(head.0, floor).unwrap_or(head.0);
                let end = head.1;
                let head = if start < head.0 { self.core_at(start, head) } else { head };
                Some(Phrase { start, end, head })
            }
        }
    }

    /// The noun phrase proper that ends at `end`.
    pub(super) fn core_before(&self, end: usize, floor: usize) -> Option<(usize, usize)> {
        let floor = floor.max(end.saturating_sub(LONGEST));
        let mut end = end;
        let full = end;
        while end > floor && (self.is_filler(end - 1) || end < full && self.leads_day(end - 1, end))
        {
            end -= 1;
        }
        let last = self.token(end.checked_sub(1).filter(|last| *last >= floor)?)?;
        if last.quoted() && last.tag == Tag::Quote {
            return None;
        }
        if last.tag == Tag::Pronoun || last.is(Classes::RELATIVE) && last.tag == Tag::Subordinator {
            return Some((end - 1, end));
        }
        if !self.is_head(end - 1) {
            return None;
        }
        let mut start = end;
        while start > floor && self.joins_left(start - 1, start, end, floor) {
            start -= 1;
        }
        while start < end && self.is_edge(start) {
            start += 1;
        }
        if start == end {
            return None;
        }
        if self.tables.verb_second && self.is_led(start) {
            return self.particle(start, full, floor).map(|particle| (particle, end));
        }
        Some(self.without_lead(start, end))
    }

    /// "In a statement Trump": where a preposition opens the phrase, the names at its end.
    fn without_lead(&self, start: usize, end: usize) -> (usize, usize) {
        let led = self.is_led(start) || self.tag(start) == Tag::Preposition;
        let mut name = end;
        while name > start && matches!(self.tag(name - 1), Tag::Name) {
            name -= 1;
        }
        if led && name < end && name > start && !self.is(name, Classes::TIME) {
            return (name, end);
        }
        (start, end)
    }

    /// "Von der Leyen sagte, …": the particle of a name that opens the sentence, where the phrase
    /// from `start` cannot but be the subject of the verb at `verb`: no other stands behind it.
    fn particle(&self, start: usize, verb: usize, floor: usize) -> Option<usize> {
        let particle = start.checked_sub(1)?;
        let behind = self.tag(verb + 1);
        let alone = matches!(behind, Tag::Comma | Tag::Colon | Tag::Stop) || self.quoted(verb + 1);
        (particle == floor && self.is(particle, Classes::GENITIVE) && alone).then_some(particle)
    }

    /// Whether a preposition stands before a phrase.
    fn is_led(&self, start: usize) -> bool {
        start.checked_sub(1).is_some_and(|at| self.tag(at) == Tag::Preposition)
    }

    /// "on" before "Friday".
    fn leads_day(&self, at: usize, day: usize) -> bool {
        self.tag(at) == Tag::Preposition && self.is(day, Classes::TIME)
    }

    /// Adverbs and days between a subject and its verb.
    fn is_filler(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        !token.quoted()
            && (token.tag == Tag::Adverb || token.is(Classes::TIME) && token.tag == Tag::Name)
    }

    /// Whether the token can be the last of a noun phrase.
    fn is_head(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            matches!(token.tag, Tag::Name | Tag::Noun | Tag::Number | Tag::Pronoun)
                || token.tag == Tag::Adjective
                    && matches!(
                        self.tag(at.wrapping_sub(1)),
                        Tag::Determiner | Tag::Possessive | Tag::Adjective
                    )
                || token.tag == Tag::Determiner
                    && token.is(Classes::SUBJECT.or(Classes::DETERMINER))
        })
    }

    /// Whether token `at` belongs to the phrase `start..end` that begins right behind it.
    fn joins_left(&self, at: usize, start: usize, end: usize, floor: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        let before = at.checked_sub(1).filter(|before| *before >= floor);
        let before_tag = before.map_or(Tag::Stop, |before| self.tag(before));
        let nominal = |tag| matches!(tag, Tag::Name | Tag::Noun | Tag::Number | Tag::Close);
        if token.quoted() {
            return false;
        }
        match token.tag {
            Tag::Name | Tag::Noun | Tag::Number | Tag::Adjective | Tag::Possessive => {
                !self.closes_phrase(start)
            }
            Tag::Determiner => !self.closes_phrase(start),
            Tag::Participle | Tag::Gerund => {
                matches!(before_tag, Tag::Determiner | Tag::Possessive | Tag::Adjective)
                    && !self.closes_phrase(start)
            }
            Tag::Adverb => self.tag(start) == Tag::Adjective && before_tag == Tag::Determiner,
            Tag::Preposition => {
                (nominal(before_tag) || before_tag == Tag::Adjective)
                    && !self.is(at, Classes::SUBORDINATOR)
            }
            Tag::Coordinator => nominal(before_tag) && start < end && self.coordinates(at, floor),
            Tag::Comma => {
                before_tag == Tag::Name
                    && self.tag(start) == Tag::Name
                    && (start..end).any(|place| self.tag(place) == Tag::Coordinator)
            }
            Tag::Close => self.opener(at, floor).is_some(),
            Tag::Open => true,
            _ => false,
        }
    }

    /// Whether the token at `start` opens a phrase, so that nothing joins it on the left but a
    /// preposition, a coordinator or the noun a German genitive belongs to.
    fn closes_phrase(&self, start: usize) -> bool {
        let chained = self.tables.verb_second
            && self.is(start, Classes::GENITIVE)
            && start.checked_sub(1).is_some_and(|before| self.tag(before) == Tag::Noun);
        !chained && self.tag(start) == Tag::Determiner && !self.is(start, Classes::SUBJECT)
            || matches!(self.tag(start), Tag::Possessive if !self.is_ending(start))
    }

    /// Whether a possessive is an ending, as in "Obama's".
    fn is_ending(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            let text = self.slice(token.range());
            text.starts_with(['\'', '’'])
        })
    }

    /// Whether "and" joins two subjects: no verb stands between it and the start of the clause.
    fn coordinates(&self, at: usize, floor: usize) -> bool {
        for place in (floor..at).rev().take(LONGEST) {
            match self.tag(place) {
                Tag::Comma
                | Tag::Stop
                | Tag::Colon
                | Tag::Semicolon
                | Tag::Dash
                | Tag::Quote
                | Tag::Subordinator => return true,
                Tag::Preposition if place == floor => return false,
                tag if tag.is_finite() => return false,
                _ => {}
            }
        }
        true
    }

    /// Whether the token at the start of a phrase is no part of it.
    fn is_edge(&self, at: usize) -> bool {
        matches!(
            self.tag(at),
            Tag::Coordinator | Tag::Comma | Tag::Adverb | Tag::Close | Tag::Preposition
        )
    }

    /// The phrase that begins at `start`: the subject behind its verb, or an object.
    pub(super) fn phrase_after(&self, start: usize, limit: usize) -> Option<Phrase> {
        let limit = limit.min(start + LONGEST);
        let first = self.token(start).filter(|_| start < limit)?;
        if first.is(Classes::TIME) && first.tag == Tag::Name {
            return None;
        }
        if first.tag == Tag::Pronoun {
            return Some(Phrase { start, end: start + 1, head: (start, start + 1) });
        }
        let mut end = start;
        while end < limit && self.joins_right(end, start, limit) {
            end += 1;
        }
        while end > start && !self.is_head(end - 1) && self.tag(end - 1) != Tag::Close {
            end -= 1;
        }
        if end == start {
            return None;
        }
        let head = (start, end);
        Some(Phrase { start, end: self.aside_end(end, limit), head })
    }

    fn joins_right(&self, at: usize, start: usize, limit: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        if token.quoted() && !self.quoted(start) {
            return false;
        }
        let before = if at > start { self.tag(at - 1) } else { Tag::Stop };
        let next = if at + 1 < limit { self.tag(at + 1) } else { Tag::Stop };
        let nominal = matches!(before, Tag::Name | Tag::Noun | Tag::Number | Tag::Close);
        let leads = |tag| {
            matches!(
                tag,
                Tag::Name
                    | Tag::Noun
                    | Tag::Determiner
                    | Tag::Possessive
                    | Tag::Adjective
                    | Tag::Number
            )
        };
        match token.tag {
            Tag::Name | Tag::Noun | Tag::Number | Tag::Adjective => {
                let day = token.is(Classes::TIME) && token.tag == Tag::Name && at > start;
                !(day || before == Tag::Name && token.tag == Tag::Number)
            }
            Tag::Possessive | Tag::Close => true,
            Tag::Determiner => !nominal,
            Tag::Participle | Tag::Gerund => {
                matches!(before, Tag::Determiner | Tag::Possessive | Tag::Adjective)
            }
            Tag::Preposition if before == Tag::Determiner => self.word(at) == "of",
            Tag::Preposition => nominal && leads(next) && self.attaches(at, before),
            Tag::Coordinator => nominal && leads(next),
            Tag::Open => nominal,
            _ => self.in_brackets(at, start),
        }
    }

    fn in_brackets(&self, at: usize, start: usize) -> bool {
        let last = (start..at)
            .rev()
            .take(8)
            .find(|place| matches!(self.tag(*place), Tag::Open | Tag::Close));
        last.is_some_and(|place| self.tag(place) == Tag::Open)
    }

    /// Whether a preposition goes with the noun before it rather than with the verb.
    fn attaches(&self, at: usize, before: Tag) -> bool {
        let word = self.word(at);
        let noun = matches!(word, "for" | "from" | "at" | "with" | "to" | "in");
        self.is(at, Classes::GENITIVE) || before != Tag::Name && self.tables.english && noun
    }
}
