//! Stretches of text that are, or may be, the name of a person.

use std::ops::Range;

use super::tables::Kinds;
use super::token::{Sentence, Shape, Token, Tokens};
use super::{phrase, role};
use crate::reading::entity::{Kind, Mention};

/// A name, or a run of capitals that may be one.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// Its tokens, without titles.
    pub(super) tokens: Range<usize>,
    /// Capitalised titles directly before it; empty without.
    pub(super) title: Range<usize>,
    /// Its place in the list of sentences.
    pub(super) sentence: usize,
    /// Whether it is a person's by itself. Otherwise only where the text names that person.
    pub(super) sure: bool,
    /// That it is another name, as the caller states it, 0 to 1.
    pub(super) other: f32,
    /// Whether its words show that, and not the caller alone.
    pub(super) shown: bool,
    /// That it is a person's, 0 to 1.
    pub(super) confidence: f32,
}

/// Confidence of a name that conventions of writing give away.
const BY_RULE: f32 = 0.8;
/// Confidence of a run of capitals that may be a name.
const MAYBE: f32 = 0.5;
/// Confidence from which the caller is believed that a name is not a person's.
pub(super) const OTHER: f32 = 0.4;
/// Tokens from an office to the name behind what it is the office of.
const OFFICE: usize = 7;
/// Tokens of a name at most: longer runs of capitals are headings or lists.
const LONGEST: usize = 8;

/// Names of the text in reading order.
pub(super) fn find(tokens: &Tokens<'_>, hints: &[Mention]) -> Vec<Name> {
    let mut finder = Finder {
        tokens,
        stated: stated(tokens, hints),
        alone: hints.is_empty(),
        found: Vec::new(),
    };
    for (place, sentence) in tokens.sentences.iter().enumerate() {
        finder.sentence(place, sentence);
    }
    finder.found
}

/// What the caller says of a token.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
enum Stated {
    #[default]
    Nothing,
    /// Begins a person's name, with its confidence.
    Opens(f32),
    /// Goes on with a person's name.
    Person,
    /// Belongs to another name, with its confidence.
    Other(f32),
}

/// What the hints say of each token.
fn stated(tokens: &Tokens<'_>, hints: &[Mention]) -> Vec<Stated> {
    let mut stated = vec![Stated::Nothing; tokens.list.len()];
    let mut next = 0;
    for hint in hints {
        while tokens.list.get(next).is_some_and(|t| (t.end as usize) <= hint.range.start) {
            next += 1;
        }
        let mut opens = true;
        while let Some(slot) = stated
            .get_mut(next)
            .filter(|_| tokens.list.get(next).is_some_and(|t| (t.start as usize) < hint.range.end))
        {
            *slot = match hint.kind {
                Kind::Person if opens => Stated::Opens(hint.confidence),
                Kind::Person => Stated::Person,
                Kind::Organisation | Kind::Place => Stated::Other(hint.confidence),
            };
            opens = false;
            next += 1;
        }
    }
    stated
}

struct Finder<'a, 't> {
    tokens: &'a Tokens<'t>,
    /// What the caller says of each token.
    stated: Vec<Stated>,
    /// Without anything from the caller.
    alone: bool,
    found: Vec<Name>,
}

impl Finder<'_, '_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.list.get(at)
    }

    fn is(&self, at: usize, kinds: Kinds) -> bool {
        self.token(at).is_some_and(|t| t.is(kinds))
    }

    fn stated(&self, at: usize) -> Stated {
        self.stated.get(at).copied().unwrap_or_default()
    }

    fn sentence(&mut self, place: usize, sentence: &Sentence) {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let end = if self.opens(at, sentence) {
                self.run_end(at, sentence.tokens.end)
            } else if matches!(self.stated(at), Stated::Opens(_)) {
                self.stated_end(at)
            } else {
                at += 1;
                continue;
            };
            self.run(place, sentence, at..end);
            at = end.max(at + 1);
        }
    }

    /// The end of the stated name that begins at `at`.
    fn stated_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        while self.stated(end) == Stated::Person {
            end += 1;
        }
        end
    }

    /// A name that the caller states, without the titles and endings it may hold.
    fn hinted(&mut self, sentence: usize, mut tokens: Range<usize>) {
        let Stated::Opens(confidence) = self.stated(tokens.start) else { return };
        while self
            .token(tokens.end - 1)
            .is_some_and(|t| t.shape == Shape::Possessive || t.is_mark())
            && tokens.len() > 1
        {
            tokens.end -= 1;
        }
        let leads = |at: usize| {
            self.is_title(at, tokens.end)
                || self.is(at, Kinds::FUNCTION) && !self.names_on(at)
                || tokens.len() > 2 && self.is(at, Kinds::PLACE) && self.is_given(at + 1)
        };
        let own = tokens.clone().take(tokens.len() - 1).find(|&at| !leads(at));
        tokens.start = own.unwrap_or(tokens.end - 1);
        if tokens.len() == 1 && self.is(tokens.start, Kinds::TITLE.with(Kinds::HONORIFIC)) {
            return;
        }
        let mut start = tokens.start;
        let first = self.tokens.sentences.get(sentence).map_or(0, |s| s.tokens.start);
        while start > first
            && self.is_title(start - 1, tokens.end)
            && self.token(start - 1).is_some_and(Token::is_capital)
        {
            start -= 1;
        }
        let title = start..tokens.start;
        let inside = start == tokens.start
            && start > first
            && matches!(self.tokens.str(start - 1), "in" | "In");
        let sure = tokens.len() > 1 || !inside;
        let shown = self.is_full(&tokens);
        self.found.push(Name { tokens, title, sentence, sure, other: 0.0, shown, confidence });
    }

    /// Whether a run of capitals may begin here.
    fn opens(&self, at: usize, sentence: &Sentence) -> bool {
        let Some(token) = self.token(at).filter(|t| t.is_capital()) else { return false };
        if !token.is(Kinds::FUNCTION) {
            return true;
        }
        at > sentence.tokens.start && self.names_on(at)
    }

    /// A function word that is a first name (Will, April) with a name behind it.
    fn names_on(&self, at: usize) -> bool {
        let grammar = Kinds::DETERMINER.with(Kinds::PREPOSITION).with(Kinds::PRONOUN);
        self.is(at, Kinds::FIRST)
            && !self.is(at, grammar)
            && self
                .token(at + 1)
                .is_some_and(|t| t.shape == Shape::Capital && !t.is(Kinds::FUNCTION))
    }

    /// The end of the run of capitals that begins at `at`.
    fn run_end(&self, at: usize, limit: usize) -> usize {
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

    /// Decides what a run of capitals is: what the words show, else what the caller states.
    fn run(&mut self, sentence: usize, around: &Sentence, run: Range<usize>) {
        let stated = run.clone().filter(|&at| matches!(self.stated(at), Stated::Opens(_)));
        let stated: Vec<Range<usize>> = stated.map(|at| at..self.stated_end(at)).collect();
        let name = self.name(sentence, around, run.clone());
        let within = |name: &Name| {
            let whole = name.title.start.min(name.tokens.start)..name.tokens.end;
            name.sure && stated.iter().all(|s| whole.start <= s.start && s.end <= whole.end)
        };
        match name {
            Some(name) if stated.is_empty() || within(&name) => self.found.push(name),
            None if stated.is_empty() => {
                let (title, confidence) = (run.start..run.start, MAYBE);
                self.found.push(Name {
                    tokens: run,
                    title,
                    sentence,
                    sure: false,
                    other: 0.0,
                    shown: false,
                    confidence,
                });
            }
            _ => {
                for tokens in stated {
                    self.hinted(sentence, tokens);
                }
            }
        }
    }

    /// The name that the words of a run show.
    fn name(&self, sentence: usize, around: &Sentence, run: Range<usize>) -> Option<Name> {
        let split = self.title_end(&run);
        let mut tokens = split..run.end;
        let titled = split > run.start || self.role_before(run.start, around);
        self.drop_lead(&mut tokens, around, titled);
        let own = !tokens.is_empty() && tokens.len() <= LONGEST;
        let office = Kinds::TITLE.with(Kinds::HONORIFIC);
        let given = tokens.len() == 2 && self.is_given(tokens.start);
        if !own || self.is(tokens.end - 1, office) && !given {
            return None;
        }
        let in_office = self.office_before(run.start, around);
        if !self.apart_from_others(&mut tokens, titled || in_office) {
            return None;
        }
        let titled = titled || tokens.start > run.start && in_office;
        let title =
            if tokens.start == split { run.start..split } else { tokens.start..tokens.start };
        let shown = !around.shouted && self.is_sure(&tokens, titled, around)
            || around.shouted && tokens.len() > 1 && self.is_full(&tokens) && tokens.len() < 4;
        let evident = titled || self.aged(&tokens) || self.set_off(&tokens, around);
        let sure = shown && (evident || !self.is_other(&tokens));
        let confidence = if sure { BY_RULE } else { MAYBE };
        let other = self.share_of_other(&tokens);
        Some(Name { tokens, title, sentence, sure, other, shown: sure, confidence })
    }

    /// Whether the caller states that all of it is another name.
    fn is_other(&self, tokens: &Range<usize>) -> bool {
        self.share_of_other(tokens) >= OTHER
    }

    /// That all of it is another name, as the caller states it.
    fn share_of_other(&self, tokens: &Range<usize>) -> f32 {
        let shares = tokens.clone().map(|at| match self.stated(at) {
            Stated::Other(share) => share,
            _ => 0.0,
        });
        shares.reduce(f32::min).unwrap_or(0.0)
    }

    /// Where the titles at the beginning of a run end.
    fn title_end(&self, run: &Range<usize>) -> usize {
        let mut last = run.end;
        while last > run.start && self.is(last - 1, Kinds::SUFFIX) {
            last -= 1;
        }
        let titles = (run.start..last.saturating_sub(1)).rev();
        let mut titles = titles.filter(|&at| self.is_title(at, run.end));
        titles.find(|&at| at == run.start || !self.is_given(at - 1)).map_or(run.start, |at| at + 1)
    }

    /// A first name that is nothing else.
    fn is_given(&self, at: usize) -> bool {
        self.is(at, Kinds::FIRST)
            && !self.is(at, Kinds::ROLE.with(Kinds::MODIFIER).with(Kinds::PLACE))
    }

    /// Whether a capitalised word is a title of the name behind it.
    fn is_title(&self, at: usize, end: usize) -> bool {
        if self.is(at, Kinds::HONORIFIC.with(Kinds::TITLE)) {
            return true;
        }
        self.is(at, Kinds::PERSON)
            && at + 2 < end
            && self.is(at + 1, Kinds::FIRST)
            && !self.is(at, Kinds::FIRST)
    }

    /// Whether the word before a run is a noun for a person: spokesman Davies.
    fn role_before(&self, start: usize, around: &Sentence) -> bool {
        start > around.tokens.start
            && self.token(start - 1).is_some_and(|t| {
                let doubled = start > around.tokens.start + 1 && self.is(start - 2, Kinds::ROLE);
                let noun = t.is(Kinds::ROLE) && !t.is(Kinds::SPEECH);
                t.shape == Shape::Lower
                    && noun
                    && (doubled || !t.is(Kinds::ADJECTIVE))
                    && self.can_lead(start, t)
            })
    }

    /// Whether a noun in lower case leads to a name: any before a first name, a title before others.
    fn can_lead(&self, start: usize, noun: &Token) -> bool {
        let title = noun.is(Kinds::TITLE.with(Kinds::RELATION));
        let name = self.token(start).is_some_and(|t| t.shape != Shape::Upper)
            || self.is(start + 1, Kinds::FIRST);
        name && (title || self.is(start, Kinds::FIRST))
            && !matches!(self.stated(start), Stated::Other(_))
    }

    /// Whether a run follows a noun for a person and "of": governor of Ohio Ann Miller.
    fn office_before(&self, start: usize, around: &Sentence) -> bool {
        let floor = around.tokens.start.max(start.saturating_sub(OFFICE));
        let inner = |t: &Token| {
            let name = t.is_capital() || t.shape == Shape::Possessive;
            name || t.is(Kinds::LINK.with(Kinds::DETERMINER))
        };
        let mut at = start;
        while at > floor && self.token(at - 1).is_some_and(inner) {
            at -= 1;
            if self.is(at, Kinds::LINK) && at > floor && self.is(at - 1, Kinds::ROLE) {
                return true;
            }
        }
        false
    }

    /// Drops words before the name: the capital that opens a sentence, a nationality.
    fn drop_lead(&self, name: &mut Range<usize>, around: &Sentence, titled: bool) {
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
    fn apart_from_others(&self, name: &mut Range<usize>, titled: bool) -> bool {
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

    fn is_sure(&self, name: &Range<usize>, titled: bool, around: &Sentence) -> bool {
        if titled {
            let other =
                self.is_other(name) || self.is(name.start, Kinds::MODIFIER.with(Kinds::PLACE));
            return name.len() > 1 || !other;
        }
        let told = self.is_full(name) || self.alone && self.speaks(name, around) || self.aged(name);
        if name.len() == 1 {
            return self.is_first_name_alone(name.start, around);
        }
        told || self.set_off(name, around)
    }

    /// A first name by itself, no place after a preposition: Marcia argues with Mindy.
    fn is_first_name_alone(&self, at: usize, around: &Sentence) -> bool {
        let other = Kinds::FUNCTION
            .with(Kinds::MODIFIER)
            .with(Kinds::ROLE)
            .with(Kinds::PLACE)
            .with(Kinds::ORGANISATION);
        let token = |at: usize| self.token(at).filter(|_| around.tokens.contains(&at));
        let alone = |t: &Token| t.shape == Shape::Capital && t.is(Kinds::COMMON) && !t.is(other);
        let placed = at.checked_sub(1).and_then(token).is_some_and(|t| t.is(Kinds::PREPOSITION));
        let does = token(at + 1).is_some_and(|t| {
            t.shape == Shape::Possessive || t.shape == Shape::Lower && !t.is(Kinds::PREPOSITION)
        });
        token(at).is_some_and(alone) && self.stated(at) == Stated::Nothing && does && !placed
    }

    /// Whether commas set the name off from what the person is: Ann Miller, a lawyer,
    fn set_off(&self, name: &Range<usize>, around: &Sentence) -> bool {
        let comma = |at: usize| self.token(at).is_some_and(|t| t.shape == Shape::Comma);
        let words =
            name.clone().all(|at| self.token(at).is_some_and(|t| t.shape == Shape::Capital));
        if !words || name.len() > 3 {
            return false;
        }
        let (start, end) = (around.tokens.start, around.tokens.end);
        let before = name.start > start && comma(name.start - 1);
        let opens = name.start == start || before;
        let behind = || phrase::forward(self.tokens, name.end + 1, end);
        if opens && comma(name.end) && name.end + 1 < end {
            let nouns = Kinds::TITLE.with(Kinds::RELATION);
            if behind().is_some_and(|role| self.is(role.head, nouns)) {
                return true;
            }
        }
        before && comma(name.end) && role::inverted(self.tokens, name.start - 1, start).is_some()
    }

    /// Whether the words make a full name by themselves.
    fn is_full(&self, name: &Range<usize>) -> bool {
        let first = name.start;
        let surname = name.end - 1;
        if self.is(surname, Kinds::NATION) || self.is(first, Kinds::NATION.with(Kinds::PARTICLE)) {
            return false;
        }
        if !self.token(surname).is_some_and(|t| t.shape != Shape::Initial || name.len() > 2) {
            return false;
        }
        let initial = self.token(first).is_some_and(|t| t.shape == Shape::Initial)
            && self.tokens.str(first).ends_with('.')
            && self.token(surname).is_some_and(|t| t.shape == Shape::Capital);
        self.is(first, Kinds::FIRST) || initial || self.is_family_first(name)
    }

    /// Surname, then given name: Kim Yong-nam, Xi Jinping.
    fn is_family_first(&self, name: &Range<usize>) -> bool {
        is_family_first(self.tokens, name)
    }

    /// Whether a verb of speaking stands beside the name.
    fn speaks(&self, name: &Range<usize>, around: &Sentence) -> bool {
        let verb = |at: usize| {
            around.tokens.contains(&at)
                && self.token(at).is_some_and(|t| t.shape == Shape::Lower && t.is(Kinds::SPEECH))
        };
        name.len() < 4 && (verb(name.end) || name.start > 0 && verb(name.start - 1))
    }

    /// Whether an age follows: Sato Ito, 45,
    fn aged(&self, name: &Range<usize>) -> bool {
        age_after(self.tokens, name.end).is_some()
    }
}

/// Syllables of an East Asian given name are at most so long, in letters.
const SYLLABLE: usize = 6;

/// Whether the name begins with the surname, as in Korea, China and Vietnam.
pub(super) fn is_family_first(tokens: &Tokens<'_>, name: &Range<usize>) -> bool {
    let token = |at: usize| tokens.list.get(at);
    let Some(first) = token(name.start).filter(|t| t.is(Kinds::FAMILY_FIRST)) else { return false };
    let given = tokens.str(name.start + 1);
    let joined = given.split_once('-').is_some_and(|(_, second)| {
        second.starts_with(char::is_lowercase) || first.is(Kinds::FAMILY_FIRST)
    });
    let parts = name.clone().skip(1);
    let syllables = parts.clone().all(|at| tokens.str(at).chars().count() <= SYLLABLE);
    match name.len() {
        2 => {
            joined
                || !first.is(Kinds::FIRST)
                    && token(name.start + 1).is_some_and(|t| t.shape == Shape::Capital)
        }
        3 => {
            joined
                || syllables
                    && !parts.clone().any(|at| {
                        token(at).is_some_and(|t| t.is(Kinds::FIRST) || t.shape == Shape::Initial)
                    })
        }
        _ => false,
    }
}

/// The oldest age believed, in years.
const OLDEST: u32 = 115;

/// The token of an age set off behind a name that ends at `at`.
pub(super) fn age_after(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let shape = |at: usize| tokens.list.get(at).map(|t| t.shape);
    let opened = matches!(shape(at), Some(Shape::Comma | Shape::Open));
    let aged = usize::from(matches!(tokens.str(at + 1), "age" | "aged"));
    let number = at + 1 + aged;
    let closed =
        matches!(shape(number + 1), Some(Shape::Comma | Shape::Close | Shape::Stop | Shape::Colon));
    let years: u32 = tokens.str(number).parse().ok()?;
    (opened && closed && (1..=OLDEST).contains(&years)).then_some(number)
}
