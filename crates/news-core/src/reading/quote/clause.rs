//! Where a clause begins and ends inside its sentence.

use super::attribution::Reader;
use super::phrase::Phrase;
use super::token::Tag;
use super::words::{Classes, Frames};

/// Tokens from a conjunction to the verb of its clause.
const SOON: usize = 12;

/// Words and quotations a clause may have.
const LONGEST: usize = 400;

impl Reader<'_, '_> {
    pub(super) fn has_verb(&self, (start, end): (usize, usize)) -> bool {
        (start..end).any(|at| self.tag(at).is_finite())
    }

    pub(super) fn skip_commas(&self, mut at: usize) -> usize {
        while at < self.unit.end && matches!(self.tag(at), Tag::Comma | Tag::Colon) {
            at += 1;
        }
        at
    }

    /// Where the clause that ends at `end` begins: behind what is used, at most the unit's start.
    pub(super) fn clause_start(&self, end: usize) -> usize {
        let mut start = end;
        let mut steps = 0;
        while start > self.unit.start && !self.is_used(start - 1) && steps < LONGEST {
            start = self.segment_start(start - 1).max(self.unit.start);
            steps += 1;
        }
        while start < end && matches!(self.tag(start), Tag::Comma | Tag::Coordinator | Tag::Stop) {
            start += 1;
        }
        start
    }

    /// The token itself; of a quoted one the first of its segment.
    fn segment_start(&self, at: usize) -> usize {
        let span = self.page.segment_at(at).and_then(|segment| self.page.spans.get(segment));
        span.map_or(at, |span| span.0.min(at))
    }

    /// The token behind `at`; of a quoted one the token behind its segment.
    pub(super) fn after(&self, at: usize) -> usize {
        let span = self.page.segment_at(at).and_then(|segment| self.page.spans.get(segment));
        span.map_or(at + 1, |span| span.1.max(at + 1)).min(self.unit.end)
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let free = (start..end).all(|at| !self.is_claimed(at));
        (start < end && free).then_some((start, end))
    }

    /// Where the clause that begins at `start` ends.
    pub(super) fn clause_end(&self, start: usize) -> usize {
        let mut at = start;
        for _ in 0..LONGEST {
            if at >= self.unit.end {
                break;
            }
            let ends = at > start && (self.is_used(at) || self.ends_clause(at, start));
            if ends && !self.page.quoted(at) || self.is_claimed(at) {
                break;
            }
            at = self.after(at);
        }
        while at > start
            && matches!(
                self.tag(at - 1),
                Tag::Stop | Tag::Comma | Tag::Dash | Tag::Colon | Tag::Coordinator
            )
            && !self.page.quoted(at - 1)
        {
            at -= 1;
        }
        at
    }

    pub(super) fn ends_clause(&self, at: usize, start: usize) -> bool {
        let next = at + 1;
        let cue = |at: usize| self.page.token(at).is_some_and(|token| token.word.cue > 0);
        match self.tag(at) {
            Tag::Comma => {
                let gerund = self.tag(next) == Tag::Gerund && cue(next);
                let according = self.page.word(next).eq_ignore_ascii_case("according");
                let but = (self.tag(next) == Tag::Coordinator
                    || self.is(next, Classes::SUBORDINATOR))
                    && self.attributes_soon(next + 1);
                gerund || according || but || self.inserted(next)
            }
            Tag::Coordinator => {
                let verb = (next..next + 3).find(|at| self.tag(*at) != Tag::Adverb).unwrap_or(next);
                cue(verb)
                    && matches!(self.tag(verb), Tag::Past | Tag::Present)
                    && self.tag(at - 1) != Tag::Comma
                    && at > start + 1
            }
            Tag::Preposition => {
                self.page.word(at).eq_ignore_ascii_case("according") && self.page.word(next) == "to"
            }
            _ => false,
        }
    }

    /// "Lee, who says it is late, told …": the comma that ends a relative clause, behind it the verb
    /// of the clause around it; `subject` is of the relative clause, `from` behind its verb.
    pub(super) fn relative_end(&self, subject: Phrase, from: usize) -> Option<usize> {
        let relative = |at: usize| {
            self.is(at, Classes::RELATIVE)
                && !self.is(at, Classes::THAT)
                && at > self.unit.start
                && self.tag(at - 1) == Tag::Comma
        };
        let before = subject.start.checked_sub(1).is_some_and(relative);
        if !before && !relative(subject.start) {
            return None;
        }
        let limit = self.unit.end.min(from + LONGEST);
        let closes = |at: &usize| {
            self.tag(*at) == Tag::Comma && !self.page.quoted(*at) && self.tag(*at + 1).is_finite()
        };
        (from..limit).find(closes)
    }

    /// Whether a subject and a verb of attribution follow.
    pub(super) fn attributes_soon(&self, at: usize) -> bool {
        let limit = self.unit.end.min(at + SOON);
        let verb = (at..limit).find(|at| {
            !self.page.quoted(*at) && (self.tag(*at).is_finite() || self.tag(*at) == Tag::Comma)
        });
        let Some(verb) = verb else { return false };
        let mut full = verb;
        while full < limit && matches!(self.tag(full), Tag::Auxiliary | Tag::Modal | Tag::Adverb) {
            full += 1;
        }
        self.tag(full).is_verb() && self.page.token(full).is_some_and(|token| token.word.cue > 0)
    }

    /// Whether ", he said" begins at `at`.
    pub(super) fn inserted(&self, at: usize) -> bool {
        let verb = (at..(at + 6).min(self.unit.end))
            .find(|place| self.page.token(*place).is_some_and(|token| token.word.cue > 0));
        let Some(verb) = verb.filter(|verb| *verb > at) else { return false };
        let says = self
            .page
            .token(verb)
            .and_then(|token| self.page.tables.lemma(token.word.cue))
            .is_some_and(|lemma| lemma.frames.any(Frames::QUOTE));
        let subject = (at..verb).all(|place| {
            matches!(
                self.tag(place),
                Tag::Name
                    | Tag::Noun
                    | Tag::Pronoun
                    | Tag::Determiner
                    | Tag::Adverb
                    | Tag::Auxiliary
            )
        });
        let after = self.tag(verb + 1);
        says && subject
            && self.tag(verb).is_finite()
            && matches!(after, Tag::Comma | Tag::Stop | Tag::Quote)
    }
}
