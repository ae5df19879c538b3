//! Runs of capitals: where one begins and ends, and the name in it.

use std::ops::Range;

use super::super::kinds::Kinds;
use super::super::token::{Sentence, Shape};
use super::hint::{Stated, Words};

impl Words<'_, '_> {
    /// Whether a run of capitals may begin here.
    pub(super) fn opens(&self, at: usize, sentence: &Sentence) -> bool {
        let Some(token) = self.token(at).filter(|t| t.is_capital()) else { return false };
        if !token.is(Kinds::FUNCTION) {
            return true;
        }
        at > sentence.tokens.start && self.names_on(at)
    }

    /// A function word that is a first name (Will, April) with a name behind it.
    pub(super) fn names_on(&self, at: usize) -> bool {
        let grammar = Kinds::DETERMINER.with(Kinds::PREPOSITION).with(Kinds::PRONOUN);
        self.is(at, Kinds::FIRST)
            && !self.is(at, grammar)
            && self
                .token(at + 1)
                .is_some_and(|t| t.shape == Shape::Capital && !t.is(Kinds::FUNCTION))
    }

    /// The end of the run of capitals that begins at `at`.
    pub(super) fn run_end(&self, at: usize, limit: usize) -> usize {
        let mut end = at + 1;
        while end < limit {
            match self.step(end, limit) {
                0 => break,
                step => end += step,
            }
        }
        end
    }

    /// Tokens by which a run goes on at `at`: none where it ends.
    fn step(&self, at: usize, limit: usize) -> usize {
        let capital = |at: usize| {
            at < limit && self.token(at).is_some_and(|t| t.is_capital() && !t.is(Kinds::FUNCTION))
        };
        let Some(token) = self.token(at) else { return 0 };
        match token.shape {
            Shape::Capital | Shape::Upper | Shape::Initial => usize::from(capital(at)),
            Shape::Lower if token.is(Kinds::PARTICLE) => {
                let more = usize::from(self.is(at + 1, Kinds::PARTICLE) && !capital(at + 1));
                if capital(at + 1 + more) { 2 + more } else { 0 }
            }
            Shape::Comma => {
                let suffix = self.is(at + 1, Kinds::SUFFIX) && capital(at + 1);
                if suffix { 2 } else { 0 }
            }
            Shape::Quote => {
                let closes = self.token(at + 2).is_some_and(|t| t.shape == Shape::Quote);
                if capital(at + 1) && closes && capital(at + 3) { 4 } else { 0 }
            }
            _ => 0,
        }
    }

    /// Where the titles at the beginning of a run end.
    pub(super) fn title_end(&self, run: &Range<usize>) -> usize {
        let mut last = run.end;
        while last > run.start && self.is(last - 1, Kinds::SUFFIX) {
            last -= 1;
        }
        let titles = (run.start..last.saturating_sub(1)).rev();
        let mut titles = titles.filter(|&at| self.is_title(at, run.end));
        titles.find(|&at| at == run.start || !self.is_given(at - 1)).map_or(run.start, |at| at + 1)
    }

    /// Whether a capitalised word is a title of the name behind it.
    pub(super) fn is_title(&self, at: usize, end: usize) -> bool {
        if self.is(at, Kinds::HONORIFIC.with(Kinds::TITLE)) {
            return true;
        }
        self.is(at, Kinds::PERSON)
            && at + 2 < end
            && self.is(at + 1, Kinds::FIRST)
            && !self.is(at, Kinds::FIRST)
    }

    /// A first name that is nothing else.
    pub(super) fn is_given(&self, at: usize) -> bool {
        self.is(at, Kinds::FIRST)
            && !self.is(at, Kinds::ROLE.with(Kinds::MODIFIER).with(Kinds::PLACE))
    }

    /// Drops words before the name: the capital that opens a sentence, a nationality.
    pub(super) fn drop_lead(&self, name: &mut Range<usize>, around: &Sentence, titled: bool) {
        while name.len() > 1 && !self.is(name.start, Kinds::FIRST) {
            let opens = name.start == around.tokens.start && !titled;
            let leads = self.is(name.start, Kinds::MODIFIER)
                || (opens && !self.is(name.start, Kinds::FAMILY_FIRST));
            let goes = leads && self.is_given(name.start + 1) && name.len() > 2
                || self.is(name.start, Kinds::MODIFIER) && name.len() > 2;
            if !goes {
                break;
            }
            name.start += 1;
        }
    }

    /// Cuts an organisation or place off the front of a name; false where nothing else is there.
    pub(super) fn apart_from_others(&self, name: &mut Range<usize>, titled: bool) -> bool {
        let other = Kinds::ORGANISATION.with(Kinds::PLACE);
        let stated = name.clone().take(name.len().saturating_sub(2));
        let stated = stated.rev().find(|&at| matches!(self.stated(at), Stated::Other(_)));
        if let Some(last) = stated.filter(|at| self.stated(at + 1) == Stated::Nothing) {
            name.start = last + 1;
        }
        let Some(last) = name.clone().rev().find(|&at| self.is(at, other)) else { return true };
        let is_surname = last + 1 == name.end && name.len() > 1 && self.is_given(name.start);
        if name.len() == 1 {
            return !self.is(last, Kinds::ORGANISATION);
        }
        if is_surname && !self.is(last, Kinds::ORGANISATION) {
            return true;
        }
        let surname = last + 1 == name.end && name.len() > 2 && self.is_given(last - 1);
        if surname && titled {
            let mut before = (name.start..last - 1).rev();
            name.start = before.find(|&at| self.is(at, other)).map_or(name.start, |at| at + 1);
            return true;
        }
        let begins = last == name.start && self.is(last, Kinds::FIRST);
        if begins && (name.len() == 2 || !self.is_given(last + 1)) {
            return true;
        }
        if titled && name.len() < 4 && last + 1 == name.end && !self.is(last, Kinds::ORGANISATION) {
            return true;
        }
        name.start = last + 1;
        name.len() > 1
    }
}
