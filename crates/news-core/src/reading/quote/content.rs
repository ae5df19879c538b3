//! What is attributed: the quotation or clause before a cue, what its frames allow behind it.

use super::attribution::{Reader, Verb};
use super::phrase::Phrase;
use super::rule::Rule;
use super::token::Tag;
use super::words::{Classes, Frames, Lemma};

/// Ranges of tokens, in reading order.
pub(super) type Spans = Vec<(usize, usize)>;

/// Tokens looked at behind a cue for "that" or a quotation.
const REACH: usize = 24;

impl Reader<'_, '_> {
    /// What stands before the cue, and goes on behind it.
    pub(super) fn left(
        &self,
        verb: &Verb,
        start: usize,
        after: usize,
        inverted: bool,
    ) -> Option<(Spans, Rule)> {
        if let Some(left) = self.quoted_left(start) {
            let mut content = vec![left];
            content.extend(self.quoted_right(after));
            let rule = if inverted { Rule::QuoteVerbSubject } else { Rule::QuoteSubjectVerb };
            return Some((content, rule));
        }
        if !self.is_parenthesis(start, after) {
            return None;
        }
        let takes = !inverted && self.tag(after) != Tag::Comma && self.takes_right(verb, after);
        let comma = self.before_stray(start) - 1;
        let left = self.span(self.clause_start(comma), comma).filter(|_| !takes)?;
        let mut content = vec![left];
        if self.tag(after) == Tag::Comma && self.continues(after + 1) {
            content.extend(self.span(after + 1, self.clause_end(after + 1)));
        }
        Some((content, Rule::ClauseSubjectVerb))
    }

    /// Whether the cue has its content behind it, as in "On Friday, he said that …".
    pub(super) fn takes_right(&self, verb: &Verb, after: usize) -> bool {
        let cue = self.page.token(verb.at).map_or(0, |token| token.word.cue);
        let lemma = self.page.tables.lemma(cue);
        lemma.is_some_and(|lemma| self.right(verb, lemma, after).is_some())
    }

    /// "hat der Minister den Plan „einen Witz“ genannt": what stands between an auxiliary and its
    /// participle, behind the speaker, where a quotation ends it.
    pub(super) fn bracketed(
        &self,
        verb: &Verb,
        auxiliary: usize,
        source: Option<Phrase>,
    ) -> Option<(Spans, Rule)> {
        let last = verb.start.checked_sub(1).filter(|last| self.page.quoted(*last))?;
        let speaker = source.map(|source| source.end).filter(|end| *end > auxiliary);
        let content = self.span(speaker.unwrap_or(auxiliary + 1), last + 1)?;
        Some((vec![content], Rule::QuoteSubjectVerb))
    }

    /// Whether what stands behind ", he said," goes on with the clause before it.
    pub(super) fn continues(&self, at: usize) -> bool {
        self.page.quoted(at)
            || matches!(
                self.tag(at),
                Tag::Modal
                    | Tag::Auxiliary
                    | Tag::Past
                    | Tag::Present
                    | Tag::Base
                    | Tag::Name
                    | Tag::Noun
                    | Tag::Determiner
                    | Tag::Adjective
                    | Tag::Pronoun
                    | Tag::Possessive
            )
    }

    /// Whether the cue with its subject from `start` stands behind a comma, a clause before it.
    pub(super) fn is_parenthesis(&self, start: usize, after: usize) -> bool {
        let Some(comma) = self.before_stray(start).checked_sub(1) else { return false };
        if comma <= self.unit.start {
            return false;
        }
        let closed = matches!(self.tag(after), Tag::Comma | Tag::Stop | Tag::Semicolon | Tag::Dash)
            || after >= self.unit.end
            || self.is(after, Classes::OBLIQUE)
            || self.is(after, Classes::PREPOSITION.or(Classes::TIME).or(Classes::SUBORDINATOR));
        let begin = self.clause_start(comma);
        let verb = (begin..comma).any(|at| self.tag(at).is_finite());
        let parted = self.tag(after) == Tag::Comma && self.tag(after + 1).is_finite();
        let led = matches!(
            self.tag(begin),
            Tag::Subordinator | Tag::Gerund | Tag::Participle | Tag::Past
        ) && !self.page.quoted(begin);
        self.tag(comma) == Tag::Comma && closed && (verb || parted) && !led
    }

    /// The quotation, or the clause that ends in one, right before `start`.
    pub(super) fn quoted_left(&self, start: usize) -> Option<(usize, usize)> {
        let mut end = start;
        while end > self.unit.start
            && !self.page.quoted(end - 1)
            && matches!(self.tag(end - 1), Tag::Comma | Tag::Dash | Tag::Adverb)
        {
            end -= 1;
        }
        let last = end.checked_sub(1).filter(|last| *last >= self.unit.start)?;
        if !self.page.quoted(last) || self.is_claimed(last) {
            return None;
        }
        let begin = self.clause_start(end);
        self.span(begin, end)
    }

    /// A quotation behind "he said,": commas, days and short phrases between.
    pub(super) fn quoted_right(&self, after: usize) -> Option<(usize, usize)> {
        let limit = self.unit.end.min(after + REACH);
        let mut at = after;
        while at < limit && !self.page.quoted(at) {
            let tag = self.tag(at);
            let passes = !tag.is_finite()
                && !matches!(tag, Tag::Subordinator | Tag::Gerund | Tag::Semicolon);
            if !passes {
                return None;
            }
            at += 1;
        }
        if at >= limit {
            return None;
        }
        let lead = self.tag(at.checked_sub(1)?);
        let adjoins =
            at == after || matches!(lead, Tag::Comma | Tag::Colon | Tag::Stop | Tag::Dash);
        if !adjoins {
            return None;
        }
        self.span(at, self.quotes_end(at))
    }

    /// The end of the quotations that begin at `at`, with what runs on behind them.
    pub(super) fn quotes_end(&self, at: usize) -> usize {
        let mut end = at;
        while end < self.unit.end && self.page.quoted(end) {
            end = self.after(end);
        }
        let follows = self.tag(end);
        if end >= self.unit.end
            || matches!(follows, Tag::Comma | Tag::Stop | Tag::Semicolon | Tag::Dash | Tag::Colon)
        {
            return end;
        }
        if matches!(
            follows,
            Tag::Coordinator
                | Tag::Preposition
                | Tag::Subordinator
                | Tag::Modal
                | Tag::Auxiliary
                | Tag::Noun
        ) {
            return self.clause_end(end);
        }
        end
    }

    /// What stands behind the cue.
    pub(super) fn right(
        &self,
        verb: &Verb,
        lemma: &Lemma,
        after: usize,
    ) -> Option<(Spans, usize, Rule)> {
        let frames = lemma.frames;
        let says = frames.any(Frames::QUOTE.or(Frames::CLAUSE));
        let mut at = after;
        while self.is_passed(at) {
            at += 1;
        }
        if says && let Some(quote) = self.quoted_right(at) {
            return Some((vec![quote], verb.end, Rule::SubjectVerbQuote));
        }
        if frames.any(Frames::RECIPIENT)
            && let Some(told) = self.page.phrase_after(at, self.unit.end)
            && let Some(content) =
                self.complement(lemma, told.head.1).or_else(|| self.told_clause(lemma, told.head.1))
        {
            return Some((vec![content], verb.end, Rule::SubjectVerbTold));
        }
        if let Some(content) = self.complement(lemma, at) {
            return Some((vec![content], verb.end, Rule::SubjectVerbClause));
        }
        if let Some((content, end)) = self.prepositional(lemma, at) {
            return Some((vec![content], end, Rule::SubjectVerbPreposition));
        }
        if frames.any(Frames::CLAUSE)
            && let Some(content) = self.bare_clause(at, verb.bare)
        {
            return Some((vec![content], verb.end, Rule::SubjectVerbClause));
        }
        if frames.any(Frames::ORDER)
            && let Some(told) = self.page.phrase_after(at, self.unit.end)
            && self.tag(told.end) == Tag::To
        {
            let content = self.span(at, self.clause_end(at))?;
            return Some((vec![content], verb.end, Rule::SubjectVerbOrder));
        }
        if frames.any(Frames::AS) && self.is(at, Classes::AS) {
            let content = self.span(at, self.clause_end(at))?;
            return Some((vec![content], verb.end, Rule::SubjectVerbAs));
        }
        if frames.any(Frames::NOUN.or(Frames::NAMING)) {
            let content = self.object(at, frames.any(Frames::NAMING.or(Frames::AS)))?;
            return Some((vec![content], verb.end, Rule::SubjectVerbObject));
        }
        None
    }

    /// Adverbs and days between cue and content.
    pub(super) fn is_passed(&self, at: usize) -> bool {
        at < self.unit.end
            && !self.page.quoted(at)
            && (self.tag(at) == Tag::Adverb
                || self.is(at, Classes::TIME)
                    && matches!(self.tag(at), Tag::Name | Tag::Noun | Tag::Adverb))
    }

    /// "that …", "to …", "whether …" from `at`, phrases such as "in a statement" between.
    pub(super) fn complement(&self, lemma: &Lemma, at: usize) -> Option<(usize, usize)> {
        let limit = self.unit.end.min(at + REACH);
        for place in at..limit {
            let token = self.page.token(place)?;
            let near = place == at;
            let opens = match token.tag {
                Tag::Subordinator if token.is(Classes::THAT) => lemma.frames.any(Frames::CLAUSE),
                Tag::Subordinator if token.is(Classes::QUESTION) && near => {
                    lemma.frames.any(Frames::QUESTION.or(Frames::CLAUSE).or(Frames::NOUN))
                }
                Tag::To if near => lemma.frames.any(Frames::INFINITIVE.or(Frames::ORDER)),
                Tag::Gerund if near => lemma.frames.any(Frames::GERUND),
                _ => false,
            };
            if opens {
                return self.span(place, self.clause_end(place));
            }
            if token.quoted()
                || token.tag.is_finite()
                || matches!(
                    token.tag,
                    Tag::Subordinator
                        | Tag::To
                        | Tag::Stop
                        | Tag::Semicolon
                        | Tag::Colon
                        | Tag::Gerund
                )
            {
                return None;
            }
            if token.tag == Tag::Pronoun && place > at {
                return None;
            }
        }
        None
    }

    /// A clause without "that": it has a verb of its own.
    pub(super) fn bare_clause(&self, at: usize, bare: bool) -> Option<(usize, usize)> {
        if self.page.tables.verb_second {
            return self.comma_clause(at);
        }
        if at >= self.unit.end || self.tag(at) == Tag::Comma {
            return None;
        }
        let end = self.clause_end(at);
        let verb =
            (at + 1..end).find(|place| self.tag(*place).is_finite() || self.page.quoted(*place))?;
        let breaks = |tag| matches!(tag, Tag::Semicolon | Tag::Colon) || bare && tag == Tag::Comma;
        let subject = (at..verb).all(|place| !breaks(self.tag(place)));
        if !subject {
            return None;
        }
        self.span(at, end)
    }

    /// "accused him of …", "called for …".
    pub(super) fn prepositional(
        &self,
        lemma: &Lemma,
        at: usize,
    ) -> Option<((usize, usize), usize)> {
        if lemma.prepositions.is_empty() {
            return None;
        }
        let leads = |place: usize| {
            place < self.unit.end
                && lemma
                    .prepositions
                    .iter()
                    .any(|known| self.page.word(place).eq_ignore_ascii_case(known))
        };
        let place = if leads(at) {
            at
        } else {
            let quoted = |place: usize| leads(place) && self.page.quoted(place + 1);
            let near = (at..self.unit.end.min(at + REACH)).find(|place| quoted(*place));
            near.or_else(|| {
                if lemma.frames.any(Frames::NOUN) {
                    return None;
                }
                let object = self.page.phrase_after(at, self.unit.end)?;
                (object.start..object.end + 2).find(|place| leads(*place))
            })?
        };
        let start = place + 1;
        let content = self.span(start, self.clause_end(start))?;
        Some((content, if place == at { start } else { at }))
    }

    /// The noun phrase from `at`; with what is said of it where the cue names or describes.
    pub(super) fn object(&self, at: usize, named: bool) -> Option<(usize, usize)> {
        if self.page.quoted(at) && at < self.unit.end {
            return self.span(at, self.quotes_end(at));
        }
        let phrase = self.page.phrase_after(at, self.unit.end)?;
        let end = if named { self.clause_end(at) } else { self.object_end(at, phrase.end) };
        self.span(at, end)
    }

    /// An object goes on over its prepositions, up to a comma, a conjunction or a day.
    pub(super) fn object_end(&self, start: usize, end: usize) -> usize {
        let limit = self.clause_end(start);
        let stop = (end..limit).find(|at| {
            !self.page.quoted(*at)
                && (matches!(self.tag(*at), Tag::Comma | Tag::Dash | Tag::Semicolon | Tag::Colon)
                    || self.is(*at, Classes::SUBORDINATOR) && !self.describes(*at)
                    || self.tag(*at) == Tag::Name && self.is(*at, Classes::TIME))
        });
        stop.unwrap_or(limit).max(end)
    }

    /// "as a liar", behind what is so called.
    fn describes(&self, at: usize) -> bool {
        let next = self.tag(at + 1);
        self.is(at, Classes::AS)
            && matches!(next, Tag::Determiner | Tag::Adjective | Tag::Possessive | Tag::Quote)
    }

    /// "As he put it, …" and "…, as he put it": the clause behind or before the aside.
    pub(super) fn beside_as(&self, start: usize, after: usize) -> Option<(usize, usize)> {
        let lead = start.checked_sub(1).filter(|at| *at >= self.unit.start)?;
        if !self.is(lead, Classes::AS) {
            return None;
        }
        let before = lead.checked_sub(1).filter(|at| *at >= self.unit.start);
        let ends = after >= self.unit.end || matches!(self.tag(after), Tag::Stop | Tag::Comma);
        if let Some(comma) =
            before.filter(|at| self.tag(*at) == Tag::Comma || self.page.quoted(*at))
        {
            let end = if self.page.quoted(comma) { lead } else { comma };
            return if ends { self.span(self.clause_start(end), end) } else { None };
        }
        let limit = self.unit.end.min(after + REACH);
        let comma =
            (after..limit).find(|at| self.tag(*at) == Tag::Comma && !self.page.quoted(*at))?;
        self.span(comma + 1, self.clause_end(comma + 1))
    }

    /// "sagte er, die Lage sei …": the clause behind the next comma.
    fn comma_clause(&self, at: usize) -> Option<(usize, usize)> {
        let limit = self.unit.end.min(at + REACH);
        let comma = (at..limit).find(|at| self.tag(*at) == Tag::Comma && !self.page.quoted(*at))?;
        let between = (at..comma).all(|at| !matches!(self.tag(at), Tag::Colon | Tag::Semicolon));
        if !between {
            return None;
        }
        self.span(comma + 1, self.clause_end(comma + 1)).filter(|(start, end)| end - start > 2)
    }

    /// "told the council the bridge …": a clause without "that" behind the person told.
    fn told_clause(&self, lemma: &Lemma, at: usize) -> Option<(usize, usize)> {
        let mut at = at;
        while self.is_passed(at) {
            at += 1;
        }
        let opens = matches!(
            self.tag(at),
            Tag::Determiner | Tag::Pronoun | Tag::Name | Tag::Possessive | Tag::Noun
        );
        let clause = lemma.frames.any(Frames::CLAUSE) && opens;
        if clause { self.bare_clause(at, false) } else { None }
    }

    /// The place of a closing mark before `start` whose partner was left out, else `start`.
    fn before_stray(&self, start: usize) -> usize {
        let mark = start.checked_sub(1).filter(|at| *at > self.unit.start);
        let stray = |at: &usize| self.tag(*at) == Tag::Quote && !self.page.quoted(*at);
        mark.filter(stray).unwrap_or(start)
    }
}
