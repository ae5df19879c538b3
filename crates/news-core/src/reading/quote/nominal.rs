//! Attributions without a verb: "his claim that …", "according to …".

use super::attribution::{Attribution, Cue, Reader};
use super::rule::Rule;
use super::token::Tag;
use super::words::{Classes, Frames};

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
        let lemma = self.page.tables.lemma(cue);
        let leads = lemma.is_some_and(|lemma| !lemma.prepositions.is_empty());
        let begin = at - usize::from(leads && at > self.unit.start);
        let led = |known: &&str| self.page.word(begin).eq_ignore_ascii_case(known);
        if leads && !lemma.is_some_and(|lemma| lemma.prepositions.iter().any(led)) {
            return;
        }
        let aside = lemma.is_some_and(|lemma| lemma.frames.any(Frames::QUOTE));
        if aside && (at == self.unit.start || self.tag(at - 1) != Tag::Comma) {
            return;
        }
        let words = (begin, end);
        let at = begin;
        let of = usize::from(leads && self.tag(end) == Tag::Preposition);
        let after = lemma.is_some_and(|lemma| lemma.frames.any(Frames::NOUN));
        let source = if after {
            self.page.phrase_before(at, self.unit.start)
        } else {
            self.page.phrase_after(end + of, self.unit.end)
        };
        let Some(source) = source else { return };
        let (at, end) = if after { (source.start, end) } else { (at, source.end) };
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
        let content = match left {
            Some(left)
                if middle
                    || comma && before < at && self.continues(behind) && !self.has_verb(left) =>
            {
                Some(left).into_iter().chain(right).collect()
            }
            Some(left) => vec![left],
            None => right.into_iter().collect::<Vec<_>>(),
        };
        if content.is_empty() {
            return;
        }
        let attribution = Attribution {
            cue: Some(Cue { start: words.0, end: words.1, lemma: cue }),
            source: Some(source),
            content,
            rule: Rule::AccordingTo,
        };
        self.add(attribution);
    }
}
