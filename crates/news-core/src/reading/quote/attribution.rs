//! Attributions inside a sentence: cue, speaker and what is attributed.

use super::page::{Page, Unit};
use super::phrase::Phrase;
use super::rule::Rule;
use super::token::Tag;
use super::words::{Classes, Frames, Lemma};

/// Somebody says something, as ranges of tokens.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Attribution {
    /// The words that attribute, auxiliaries included. `None`: the attribution is carried over.
    pub(super) cue: Option<Cue>,
    pub(super) source: Option<Phrase>,
    /// What is attributed, in reading order. Empty where the cue ends in a colon: it stands in what
    /// follows.
    pub(super) content: Vec<(usize, usize)>,
    pub(super) rule: Rule,
}

impl Attribution {
    /// Its place in reading order: the token where its cue or content begins.
    pub(super) fn order(&self) -> usize {
        let content = self.content.first().map(|content| content.0);
        self.cue.map(|cue| cue.start).or(content).unwrap_or(0)
    }
}

/// A cue, as tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cue {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Place of the lemma in the language's tables, plus one. 0: a mark, such as a colon.
    pub(super) lemma: u16,
}

/// Tokens between "he said" and the colon at the end of the sentence.
const INTRODUCTION: usize = 40;

/// Reads the attributions of one sentence.
pub(super) struct Reader<'p, 't> {
    pub(super) page: &'p Page<'t>,
    pub(super) unit: Unit,
    pub(super) found: Vec<Attribution>,
    /// For each token of the unit, what it belongs to.
    uses: Vec<Use>,
}

/// A verb of attribution with its neighbours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verb {
    /// First auxiliary or adverb.
    pub(super) start: usize,
    /// The cue's own word.
    pub(super) at: usize,
    /// Token after it and its particle.
    pub(super) end: usize,
    pub(super) passive: bool,
    /// Has no subject of its own: "saying", "to say".
    pub(super) bare: bool,
}

/// What is read first: a quotation or clause beside its cue is sure, and may hold other cues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// "…, he said".
    Left,
    /// "he said, “…”".
    Quote,
    /// The rest.
    All,
}

/// What a token belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Free,
    /// Cue or speaker of an attribution.
    Frame,
    Content,
}

impl<'p, 't> Reader<'p, 't> {
    pub(super) fn new(page: &'p Page<'t>, unit: Unit) -> Self {
        let uses = vec![Use::Free; unit.end.saturating_sub(unit.start)];
        Self { page, unit, found: Vec::new(), uses }
    }

    /// Reads what stands before its cue first: the clause it ends may hold other cues.
    pub(super) fn run(mut self) -> Vec<Attribution> {
        for pass in [Pass::Left, Pass::Quote, Pass::All] {
            for at in self.unit.start..self.unit.end {
                let cue = self
                    .page
                    .token(at)
                    .is_some_and(|token| token.word.cue > 0 || token.word.noun > 0);
                if cue && !self.page.quoted(at) && self.use_of(at) == Use::Free {
                    self.try_cue(at, pass);
                }
            }
        }
        self.colon();
        self.found
    }

    /// "She made this comment:" without a verb of attribution: the subject of the sentence speaks.
    fn colon(&mut self) {
        let Some(colon) = self.unit.end.checked_sub(1).filter(|at| self.tag(*at) == Tag::Colon)
        else {
            return;
        };
        if self.is_claimed(colon) || self.found.iter().any(|found| found.content.is_empty()) {
            return;
        }
        let Some(source) = self.main_subject(colon) else { return };
        self.found.push(Attribution {
            cue: Some(Cue { start: colon, end: colon + 1, lemma: 0 }),
            source: Some(source),
            content: Vec::new(),
            rule: Rule::SubjectColon,
        });
    }

    pub(super) fn tag(&self, at: usize) -> Tag {
        if at < self.unit.end { self.page.tag(at) } else { Tag::Stop }
    }

    pub(super) fn is(&self, at: usize, classes: Classes) -> bool {
        at < self.unit.end && self.page.is(at, classes)
    }

    fn use_of(&self, at: usize) -> Use {
        let place = at.checked_sub(self.unit.start);
        place.and_then(|place| self.uses.get(place)).copied().unwrap_or(Use::Free)
    }

    /// Whether a token belongs to the content of an attribution.
    pub(super) fn is_claimed(&self, at: usize) -> bool {
        self.use_of(at) == Use::Content
    }

    /// Whether a token belongs to an attribution.
    pub(super) fn is_used(&self, at: usize) -> bool {
        self.use_of(at) != Use::Free
    }

    fn try_cue(&mut self, at: usize, pass: Pass) {
        let Some(token) = self.page.token(at) else { return };
        if pass == Pass::All && token.tag == Tag::Noun && token.word.noun > 0 {
            self.noun(at, token.word.noun);
            return;
        }
        let cue = token.word.cue;
        let Some(lemma) = self.page.tables.lemma(cue) else { return };
        let Some(end) = self.rest_of(at, lemma) else { return };
        if lemma.frames.any(Frames::SOURCE) {
            self.source_behind(at, end, cue);
            return;
        }
        if !token.tag.is_verb() || pass != Pass::All && !lemma.frames.any(Frames::QUOTE) {
            return;
        }
        let verb = self.verb(at, end);
        let attribution = match pass {
            Pass::Left => self.attribute_left(&verb, cue, lemma),
            Pass::Quote => self.attribute_quote(&verb, cue),
            Pass::All => {
                self.attribute(&verb, cue, lemma).or_else(|| self.introduction(&verb, cue, lemma))
            }
        };
        if let Some(attribution) = attribution {
            self.add(attribution);
        }
    }

    /// "and said": a verb that shares the subject of another, whose own clause is read before it.
    fn is_joined(&self, verb: &Verb) -> bool {
        let before = verb.start.checked_sub(1).filter(|before| *before >= self.unit.start);
        let open = !verb.bare && !self.page.tables.verb_second;
        open && before.is_some_and(|before| self.tag(before) == Tag::Coordinator)
    }

    /// "he said, “…”": only a quotation behind the cue and a comma or colon.
    fn attribute_quote(&self, verb: &Verb, cue: u16) -> Option<Attribution> {
        if verb.passive {
            return None;
        }
        let before = if verb.bare { self.described(verb) } else { self.subject_before(verb) };
        let behind = if before.is_none() && !verb.bare { self.subject_behind(verb) } else { None };
        if before.or(behind).is_none() && self.is_joined(verb) {
            return None;
        }
        let content = self.quoted_right(behind.map_or(verb.end, |phrase| phrase.end))?;
        let source = before.or(behind).or_else(|| self.controller(verb));
        let marked = content
            .0
            .checked_sub(1)
            .is_some_and(|at| matches!(self.tag(at), Tag::Comma | Tag::Colon));
        marked.then(|| Attribution {
            cue: Some(Cue { start: verb.start, end: verb.end, lemma: cue }),
            source,
            content: vec![content],
            rule: Rule::SubjectVerbQuote,
        })
    }

    /// "He said:" with nothing behind it in its sentence.
    fn introduction(&self, verb: &Verb, cue: u16, lemma: &Lemma) -> Option<Attribution> {
        let colon = self.unit.end.checked_sub(1)?;
        let behind = self.subject_behind(verb);
        let rest = verb.end..colon;
        if rest.len() > INTRODUCTION {
            return None;
        }
        let plain = rest.clone().all(|at| !self.tag(at).is_finite() && !self.page.quoted(at));
        let says = lemma.frames.any(Frames::QUOTE) && self.tag(colon) == Tag::Colon;
        (says && plain).then(|| Attribution {
            cue: Some(Cue { start: verb.start, end: verb.end, lemma: cue }),
            source: self.subject_before(verb).or(behind).or_else(|| self.controller(verb)),
            content: Vec::new(),
            rule: Rule::SubjectVerbColon,
        })
    }

    pub(super) fn add(&mut self, attribution: Attribution) {
        let cue = attribution.cue.map(|cue| (cue.start, cue.end));
        let source = attribution.source.map(|source| (source.start, source.end));
        for span in cue.into_iter().chain(source) {
            self.mark(span, Use::Frame);
        }
        for span in &attribution.content {
            self.mark(*span, Use::Content);
        }
        self.found.push(attribution);
    }

    fn mark(&mut self, (start, end): (usize, usize), what: Use) {
        for at in start..end {
            let place = at.checked_sub(self.unit.start);
            if let Some(used) = place.and_then(|place| self.uses.get_mut(place))
                && *used != Use::Content
            {
                *used = what;
            }
        }
    }

    /// The end of a cue of several words: "put it", "according to".
    fn rest_of(&self, at: usize, lemma: &Lemma) -> Option<usize> {
        let rest = lemma.name.split(' ').skip(1);
        let mut end = at + 1;
        for word in rest {
            if !self.page.word(end).eq_ignore_ascii_case(word) {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    /// The verb group around the cue at `at`, whose last word stands before `end`.
    fn verb(&self, at: usize, end: usize) -> Verb {
        let mut start = at;
        let mut be = false;
        let mut to = false;
        while start > self.unit.start && at - start < 8 {
            let before = start - 1;
            match self.tag(before) {
                Tag::Adverb if !self.is(before, Classes::TIME) => {}
                Tag::Modal => {}
                Tag::Auxiliary => be |= self.is(before, Classes::BE),
                Tag::To => to = true,
                _ => break,
            }
            start = before;
            if to && self.tag(start) == Tag::To {
                break;
            }
        }
        while start < at && self.tag(start) == Tag::Adverb {
            start += 1;
        }
        let tag = self.tag(at);
        let alone = start == at;
        let passive = tag == Tag::Participle && be;
        let reduced = tag == Tag::Participle && alone;
        let bare = to || alone && matches!(tag, Tag::Gerund) || reduced;
        Verb { start, at, end, passive, bare }
    }

    fn attribute(&self, verb: &Verb, cue: u16, lemma: &Lemma) -> Option<Attribution> {
        if verb.passive {
            return self.passive(verb, cue, lemma);
        }
        if lemma.frames.any(Frames::RAISING) {
            return self.raising(verb, cue);
        }
        let before = if verb.bare { self.described(verb) } else { self.subject_before(verb) };
        let behind = if before.is_none() && !verb.bare { self.subject_behind(verb) } else { None };
        let after = behind.map_or(verb.end, |phrase| phrase.end);
        let source = before.or(behind).or_else(|| self.controller(verb));
        let source = source.filter(|_| before.or(behind).is_some() || !self.is_reduced(verb));
        let (mut content, end, rule) = self.right(verb, lemma, after)?;
        if let Some(close) = source.and_then(|source| self.relative_end(source, end)) {
            content.retain(|span| span.0 < close);
            for span in &mut content {
                span.1 = span.1.min(close);
            }
            content.first()?;
        }
        let cue = Cue {
            start: verb.start,
            end: if behind.is_some() { verb.end } else { end },
            lemma: cue,
        };
        Some(Attribution { cue: Some(cue), source, content, rule })
    }

    /// "Asked about it, she …": a participle that opens its clause says what others do.
    fn is_reduced(&self, verb: &Verb) -> bool {
        let opens = verb.start == self.unit.start
            || verb.start.checked_sub(1).is_some_and(|at| self.tag(at) == Tag::Subordinator);
        opens && matches!(self.tag(verb.at), Tag::Past | Tag::Participle)
    }

    /// "…, he said": only what stands before the cue.
    fn attribute_left(&self, verb: &Verb, cue: u16, lemma: &Lemma) -> Option<Attribution> {
        if verb.passive || verb.bare || !lemma.frames.any(Frames::QUOTE.or(Frames::CLAUSE)) {
            return None;
        }
        let before = self.subject_before(verb);
        let behind = if before.is_none() { self.subject_behind(verb) } else { None };
        let source = before.or(behind);
        if source.is_none() && self.page.tables.english {
            return None;
        }
        let after = behind.map_or(verb.end, |phrase| phrase.end);
        let start = before.map_or(verb.start, |phrase| phrase.start);
        let bracket = self.bracket(verb);
        let start = bracket.map_or(start, |auxiliary| start.min(auxiliary));
        let left = self.left(verb, start, after, behind.is_some());
        let beside = || Some((vec![self.beside_as(start, after)?], Rule::AsSubjectVerb));
        let inside = bracket.and_then(|auxiliary| self.bracketed(verb, auxiliary, source));
        let (content, rule) = inside.or(left).or_else(beside)?;
        let cue = Cue { start: verb.start, end: verb.end, lemma: cue };
        Some(Attribution { cue: Some(cue), source, content, rule })
    }

    fn passive(&self, verb: &Verb, cue: u16, lemma: &Lemma) -> Option<Attribution> {
        let subject = self.page.phrase_before(verb.start, self.unit.start)?;
        let by = (verb.end..self.unit.end.min(verb.end + 6))
            .find(|at| self.page.word(*at).eq_ignore_ascii_case("by"));
        if let Some(by) = by
            && let Some(source) = self.page.phrase_after(by + 1, self.unit.end)
            && lemma.frames.any(Frames::NOUN)
        {
            let content = self.span(subject.start, subject.end)?;
            let cue = Cue { start: verb.start, end: by + 1, lemma: cue };
            return Some(Attribution {
                cue: Some(cue),
                source: Some(source),
                content: vec![content],
                rule: Rule::PassiveBy,
            });
        }
        if self.tag(verb.end) == Tag::To && lemma.frames.any(Frames::CLAUSE.or(Frames::ORDER)) {
            return self.raising(verb, cue);
        }
        None
    }

    /// "The talks seem to fail": content on both sides of the cue, nobody's.
    fn raising(&self, verb: &Verb, cue: u16) -> Option<Attribution> {
        let subject = self.subject_before(verb)?;
        if matches!(self.tag(verb.end), Tag::Comma | Tag::Stop) {
            return None;
        }
        let right = self.span(verb.end, self.clause_end(verb.end))?;
        let left = self.span(subject.start, subject.end)?;
        Some(Attribution {
            cue: Some(Cue { start: verb.start, end: verb.end, lemma: cue }),
            source: None,
            content: vec![left, right],
            rule: Rule::SubjectOfCue,
        })
    }
}
