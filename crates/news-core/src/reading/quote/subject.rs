//! Who speaks: the subject of a cue, before it, behind it, or further off.

use super::attribution::{Reader, Verb};
use super::phrase::Phrase;
use super::token::Tag;
use super::words::{Classes, Frames};

/// Tokens between a conjunction and the verb it joins another to.
const COORDINATED: usize = 40;

/// Attributions looked back on for the last speaker.
const LAST: usize = 8;

/// Tokens between an auxiliary and its participle.
const BRACKET: usize = 20;

/// Tokens of the first part of a clause, before its verb.
const FORE_FIELD: usize = 24;

/// Tokens within which a sentence must come to its verb.
const OPENING: usize = 120;

impl Reader<'_, '_> {
    pub(super) fn subject_before(&self, verb: &Verb) -> Option<Phrase> {
        if let Some(auxiliary) = self.bracket(verb) {
            let behind = || self.page.phrase_after(auxiliary + 1, verb.start);
            if self.is(auxiliary, Classes::BE) && self.judges_subject(verb) {
                let by = (auxiliary..verb.start).find(|at| {
                    self.tag(*at) == Tag::Preposition && self.is(*at, Classes::GENITIVE)
                })?;
                return self.page.phrase_after(by + 1, verb.start);
            }
            if self.is_fronted(auxiliary) {
                return behind();
            }
            let before = self.page.phrase_before(auxiliary, self.unit.start);
            return before.or_else(behind);
        }
        if self.is_fronted(verb.start) && self.subject_behind(verb).is_some() {
            return None;
        }
        let phrase = self.page.phrase_before(verb.start, self.unit.start)?;
        let phrase = self.past_aside(phrase).unwrap_or(phrase);
        (phrase.head.0..phrase.head.1).all(|at| !self.is_claimed(at)).then_some(phrase)
    }

    /// Whether the verb says what something is: in the passive its subject does not speak.
    fn judges_subject(&self, verb: &Verb) -> bool {
        let cue = self.page.token(verb.at).map_or(0, |token| token.word.cue);
        self.page.tables.lemma(cue).is_some_and(|lemma| lemma.frames.any(Frames::AS))
    }

    /// "who has in the past said": the subject before the auxiliary, where a preposition leads the
    /// phrase between.
    fn past_aside(&self, phrase: Phrase) -> Option<Phrase> {
        let auxiliary = phrase.start.checked_sub(2).filter(|at| *at > self.unit.start)?;
        let led = self.tag(auxiliary + 1) == Tag::Preposition;
        if !led || !matches!(self.tag(auxiliary), Tag::Auxiliary | Tag::Modal) {
            return None;
        }
        self.page.phrase_before(auxiliary, self.unit.start)
    }

    /// "said Davies": behind a quotation or a clause.
    pub(super) fn subject_behind(&self, verb: &Verb) -> Option<Phrase> {
        let before = verb.start.checked_sub(1).filter(|before| *before >= self.unit.start);
        let joined = before.is_some_and(|before| self.tag(before) == Tag::Coordinator);
        let second = self.page.tables.verb_second && !joined;
        let opens = second
            || before.is_none_or(|before| {
                self.page.quoted(before)
                    || matches!(self.tag(before), Tag::Comma | Tag::Dash | Tag::Stop)
            });
        let object = self.is(verb.end, Classes::OBJECT) && !self.is(verb.end, Classes::PERSON);
        if !opens || object && !second {
            return None;
        }
        self.page.phrase_after(verb.end + usize::from(object), self.unit.end)
    }

    /// Who the subject of a verb without one is: the last speaker, else the subject of the
    /// sentence.
    pub(super) fn controller(&self, verb: &Verb) -> Option<Phrase> {
        if let Some(subject) = self.coordinated(verb) {
            return Some(subject);
        }
        if let Some(last) = self.found.iter().rev().take(LAST).find_map(|found| found.source) {
            return Some(last);
        }
        self.main_subject(verb.start).or_else(|| self.later_subject(verb))
    }

    /// "she attacked them and blamed …": the subject of the verb before the conjunction.
    pub(super) fn coordinated(&self, verb: &Verb) -> Option<Phrase> {
        let conjunction = verb.start.checked_sub(1).filter(|at| *at > self.unit.start)?;
        if self.tag(conjunction) != Tag::Coordinator {
            return None;
        }
        let from = self.unit.start.max(conjunction.saturating_sub(COORDINATED));
        let mut at = conjunction;
        while at > from {
            at -= 1;
            let finite = self.tag(at).is_finite() && !self.page.quoted(at) && !self.is_claimed(at);
            if finite && let Some(subject) = self.page.phrase_before(at, self.unit.start) {
                return Some(subject);
            }
        }
        None
    }

    /// "a tweet attacking her": the noun a participle follows without a comma.
    pub(super) fn described(&self, verb: &Verb) -> Option<Phrase> {
        let before = verb.at.checked_sub(1).filter(|before| *before >= self.unit.start)?;
        let noun = matches!(self.tag(before), Tag::Noun | Tag::Name | Tag::Pronoun);
        let plain = noun && verb.start == verb.at && self.tag(verb.at) == Tag::Gerund;
        if plain && !self.is(before, Classes::TIME) { self.subject_before(verb) } else { None }
    }

    /// The subject of the first verb of the sentence, openings such as "In Paris," passed over.
    pub(super) fn main_subject(&self, limit: usize) -> Option<Phrase> {
        let mut from = self.unit.start;
        let limit = limit.min(from + OPENING);
        let opening = self.tag(from);
        if self.page.tables.verb_second {
            let verb = (from..limit).find(|at| self.tag(*at).is_finite() && !self.page.quoted(*at));
            if let Some(verb) = verb.filter(|verb| self.is_fronted(*verb) || opening == Tag::Adverb)
            {
                return self.page.phrase_after(verb + 1, limit);
            }
        }
        if matches!(
            opening,
            Tag::Preposition | Tag::Subordinator | Tag::Gerund | Tag::Participle | Tag::Adverb
        ) {
            let comma =
                (from..limit).find(|at| self.tag(*at) == Tag::Comma && !self.page.quoted(*at));
            from = comma.map_or(from, |at| at + 1);
        }
        let verb = (from..limit).find(|at| self.tag(*at).is_finite() && !self.page.quoted(*at));
        if let Some(subject) = verb.and_then(|verb| self.page.phrase_before(verb, from)) {
            return Some(subject);
        }
        self.page.phrase_after(from, limit).filter(|_| verb.is_none_or(|verb| verb > from))
    }

    /// "After saying so, she left": the subject behind the clause that opens the sentence.
    fn later_subject(&self, verb: &Verb) -> Option<Phrase> {
        let limit = self.unit.end.min(verb.end + OPENING);
        let comma = (verb.end..limit).find(|at| {
            self.tag(*at) == Tag::Comma && !self.page.quoted(*at) && !self.is_used(*at)
        })?;
        let finite = (comma + 1..limit).find(|at| self.tag(*at).is_finite())?;
        self.page.phrase_before(finite, comma + 1)
    }

    /// "Trump's", "his": whoever owns the noun at `at`.
    pub(super) fn possessor(&self, at: usize) -> Option<Phrase> {
        let from = self.unit.start.max(at.saturating_sub(4));
        let owner = (from..at).rev().find(|place| self.tag(*place) == Tag::Possessive)?;
        let between = (owner + 1..at).all(|place| {
            matches!(self.tag(place), Tag::Adjective | Tag::Adverb | Tag::Noun | Tag::Participle)
        });
        if !between || self.is_used(owner) {
            return None;
        }
        if self.is(owner, Classes::POSSESSIVE) {
            return Some(Phrase { start: owner, end: owner + 1, head: (owner, owner + 1) });
        }
        self.page.phrase_before(owner, self.unit.start)
    }

    /// "hatte … erklärt": the auxiliary of a participle further off.
    pub(super) fn bracket(&self, verb: &Verb) -> Option<usize> {
        if self.page.tables.english {
            return None;
        }
        let from = self.unit.start.max(verb.start.saturating_sub(BRACKET));
        let mut at = verb.start;
        while at > from {
            at -= 1;
            match self.tag(at) {
                Tag::Auxiliary if self.is(at, Classes::HAVE.or(Classes::BE)) => return Some(at),
                Tag::Comma | Tag::Stop | Tag::Colon if !self.page.quoted(at) => return None,
                _ => at = self.page.segment_at(at).map_or(at, |place| self.page.spans[place].0),
            }
        }
        None
    }

    /// Whether the first part of a clause whose second is the verb at `finite` cannot be its
    /// subject: "Den Plan nannte sie …", "Als Grund sagte der Sprecher: …".
    fn is_fronted(&self, finite: usize) -> bool {
        if !self.page.tables.verb_second {
            return false;
        }
        let first = self.fore_field(finite);
        let pronoun = finite + 1;
        let subject = self.is(pronoun, Classes::PERSON) && !self.is(pronoun, Classes::OBJECT);
        let led = match self.tag(first) {
            Tag::Preposition => true,
            Tag::Subordinator => {
                self.is(first, Classes::AS) && !self.is(first + 1, Classes::PERSON)
            }
            _ => self.is(first, Classes::OBLIQUE),
        };
        first < finite && led || subject
    }

    /// Where the first part of the clause around the verb at `finite` begins.
    fn fore_field(&self, finite: usize) -> usize {
        let from = self.unit.start.max(finite.saturating_sub(FORE_FIELD));
        let mut first = finite;
        while first > from {
            let before = first - 1;
            let joins = self.tag(before) == Tag::Coordinator && first < finite;
            let ends = matches!(
                self.tag(before),
                Tag::Comma | Tag::Stop | Tag::Colon | Tag::Semicolon | Tag::Dash | Tag::Coordinator
            );
            if ends && !joins || self.page.quoted(before) {
                break;
            }
            first = before;
        }
        first
    }
}
