//! Attributions without a verb: "his claim that …", "according to …".

use super::attribution::{Attribution, Cue, Reader};
use super::content::Spans;
use super::phrase::Phrase;
use super::rule::Rule;
use super::token::Tag;
use super::words::{Classes, Frames, Lemma};

impl Reader<'_, '_> {
    /// "The claim that crime fell | is false": the verb of the sentence behind a clause that has
    /// its own, or an infinitive.
    fn before_predicate(&self, start: usize, end: usize, has_verb: bool) -> usize {
        let mut own = usize::from(has_verb);
        let mut at = start + 1;
        while at < end {
            let finite = self.tag(at).is_finite() && self.tag(at) != Tag::Base;
            if finite && own == 0 {
                return at;
            }
            if finite {
                own -= 1;
                while self.tag(at + 1).is_verb() || self.tag(at + 1) == Tag::Adverb {
                    at += 1;
                }
            }
            at += 1;
        }
        end
    }

    /// "his claim that …": a noun, its possessor and its clause or object.
    pub(super) fn noun(&mut self, at: usize, cue: u16) {
        let Some(lemma) = self.page.tables.lemma(cue) else { return };
        let source = self.possessor(at);
        let end = at + 1;
        let that = self.is(end, Classes::THAT) && lemma.frames.any(Frames::CLAUSE);
        let to = self.tag(end) == Tag::To && lemma.frames.any(Frames::INFINITIVE);
        let led = lemma.prepositions.iter().any(|known| self.page.word(end) == *known);
        let start = end + usize::from(led);
        if !(that || source.is_some() && (to || led)) || self.is_used(at) {
            return;
        }
        let begin = source.map_or(at, |source| source.start);
        let subject = !(self.unit.start..begin).any(|at| self.tag(at).is_finite());
        let close = self.clause_end(start);
        let close = if subject { self.before_predicate(start, close, that) } else { close };
        let Some(content) = self.span(start, close) else { return };
        self.add(Attribution {
            cue: Some(Cue { start: at, end: start.min(content.0), lemma: cue }),
            source,
            content: vec![content],
            rule: Rule::NounOfCue,
        });
    }

    /// "Das Buch ist laut Jury eine …": whether the clause around a source goes on behind it.
    fn goes_on(&self, end: usize) -> bool {
        end < self.unit.end && !matches!(self.tag(end), Tag::Comma | Tag::Stop | Tag::Colon)
    }

    /// "according to a transcript": the clause before it, else the one behind.
    pub(super) fn source_behind(&mut self, at: usize, end: usize, cue: u16) {
        let Some(lemma) = self.page.tables.lemma(cue) else { return };
        let Some(begin) = self.source_opening(at, lemma) else { return };
        let Some((source, frame)) = self.source_beside(begin, end, lemma) else { return };
        let content = self.sourced(frame);
        if content.is_empty() {
            return;
        }
        self.add(Attribution {
            cue: Some(Cue { start: begin, end, lemma: cue }),
            source: Some(source),
            content,
            rule: Rule::AccordingTo,
        });
    }

    /// Where the words that name a source begin; `None` where their preposition or comma lacks.
    fn source_opening(&self, at: usize, lemma: &Lemma) -> Option<usize> {
        let leads = !lemma.prepositions.is_empty();
        let begin = at - usize::from(leads && at > self.unit.start);
        let led = |known: &&str| self.page.word(begin).eq_ignore_ascii_case(known);
        let is_led = !leads || lemma.prepositions.iter().any(led);
        let aside = lemma.frames.any(Frames::QUOTE);
        let is_set_off = at > self.unit.start && self.tag(at - 1) == Tag::Comma;
        (is_led && (!aside || is_set_off)).then_some(begin)
    }

    /// The source before the words `begin..end` or behind them, and the tokens of all of it.
    fn source_beside(
        &self,
        begin: usize,
        end: usize,
        lemma: &Lemma,
    ) -> Option<(Phrase, (usize, usize))> {
        if lemma.frames.any(Frames::NOUN) {
            let source = self.page.phrase_before(begin, self.unit.start)?;
            return Some((source, (source.start, end)));
        }
        let of = !lemma.prepositions.is_empty() && self.tag(end) == Tag::Preposition;
        let source = self.page.phrase_after(end + usize::from(of), self.unit.end)?;
        Some((source, (begin, source.end)))
    }

    /// What a source at the tokens `at..end` stands for: the clause before it, else the one behind,
    /// both where it stands in the middle of one.
    fn sourced(&self, (at, end): (usize, usize)) -> Spans {
        let comma = end < self.unit.end && self.tag(end) == Tag::Comma;
        let before =
            if at > self.unit.start && self.tag(at - 1) == Tag::Comma { at - 1 } else { at };
        let start = self.clause_start(before);
        let left = self.span(start, before).filter(|left| {
            let rest = start > self.unit.start && self.is_used(start - 1);
            start + 1 < before && !(rest && !self.has_verb(*left) && !self.page.quoted(start))
        });
        let behind = self.skip_commas(end);
        let middle = self.page.tables.verb_second && before == at && self.goes_on(end);
        let leads = at == self.unit.start || comma || middle;
        let right = self.span(behind, self.clause_end(behind)).filter(|_| leads);
        let cuts =
            |left| middle || comma && before < at && self.continues(behind) && !self.has_verb(left);
        match left {
            Some(left) if !cuts(left) => vec![left],
            left => left.into_iter().chain(right).collect(),
        }
    }
}
