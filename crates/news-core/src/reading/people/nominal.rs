//! Nouns that mean a person named elsewhere: the spokeswoman, the 45-year-old.

use std::collections::HashMap;
use std::ops::Range;

use super::kinds::Kinds;
use super::person::{Cast, Seen};
use super::role::noun;
use super::token::{Shape, Tokens};
use super::{Gender, MentionKind};

/// Words between the article and the noun at most.
const BETWEEN: usize = 4;
/// Sentences over which "the man" means a man named before.
const NEAR: usize = 3;
/// Nouns by which one person is called at most.
const NOUNS: usize = 8;
/// Confidence of a noun that stands in one of the person's roles.
const BY_NOUN: f32 = 0.7;
/// Confidence of a title without an article.
const BY_OFFICE: f32 = 0.5;
/// Confidence of a noun that agrees in gender or age alone.
const BY_KIND: f32 = 0.4;

/// Gives nouns with "the" to the person they mean.
pub(super) fn add(tokens: &Tokens<'_>, cast: &mut Cast) {
    let roles = role_ranges(cast);
    let mut sweep = Sweep {
        tokens,
        cast,
        roles,
        next_role: 0,
        known: HashMap::new(),
        latest: [None; 2],
        aged: HashMap::new(),
    };
    let mut next = 0;
    let mut found = Vec::new();
    for (place, sentence) in tokens.sentences.iter().enumerate() {
        for at in sentence.tokens.clone() {
            while let Some(seen) = sweep.cast.seen.get(next).filter(|seen| seen.tokens.start < at) {
                let (person, sentence) = (seen.person, seen.sentence);
                sweep.pass(person, sentence);
                next += 1;
            }
            if tokens.list.get(at).is_some_and(|t| t.is_capital() && t.is(Kinds::TITLE)) {
                found.extend(sweep.office(at, place));
            }
            if tokens.list.get(at).is_some_and(|t| t.is(Kinds::DETERMINER))
                && matches!(tokens.str(at), "the" | "The")
            {
                found.extend(sweep.noun(at, place, sentence.tokens.end));
            }
        }
    }
    cast.add(found);
}

/// Where roles stand, in reading order: their nouns say what a person is, and mean nobody else.
fn role_ranges(cast: &Cast) -> Vec<Range<usize>> {
    let roles =
        cast.figures.iter().flat_map(|figure| figure.roles.iter().map(|role| role.range.clone()));
    let mut roles: Vec<_> = roles.collect();
    roles.sort_by_key(|range| range.start);
    roles
}

struct Sweep<'a, 't> {
    tokens: &'a Tokens<'t>,
    cast: &'a Cast,
    roles: Vec<Range<usize>>,
    next_role: usize,
    /// The latest person called by a noun.
    known: HashMap<&'a str, usize>,
    /// The latest woman and man, with the sentence.
    latest: [Option<(usize, usize)>; 2],
    /// The latest person of an age.
    aged: HashMap<&'t str, usize>,
}

impl Sweep<'_, '_> {
    /// Goes over a mention of a person.
    fn pass(&mut self, person: usize, sentence: usize) {
        let Some(figure) = self.cast.figures.get(person) else { return };
        for noun in figure.nouns.iter().take(NOUNS) {
            self.known.insert(noun, person);
        }
        if let Some(age) = figure.age.clone().and_then(|age| self.tokens.text.get(age)) {
            self.aged.insert(age, person);
        }
        match figure.gender {
            Gender::Female => self.latest[0] = Some((person, sentence)),
            Gender::Male => self.latest[1] = Some((person, sentence)),
            Gender::Unknown => {}
        }
    }

    /// Reads a capitalised title that stands for the person: Prime Minister's.
    fn office(&mut self, head: usize, sentence: usize) -> Option<Seen> {
        let token = |at: usize| self.tokens.list.get(at);
        let start = token(head)?.start as usize;
        let goes_on = token(head + 1).is_some_and(|t| t.is_capital() || t.is(Kinds::LINK));
        let article = |at: usize| token(at).is_some_and(|t| t.is(Kinds::DETERMINER));
        if goes_on || (head.saturating_sub(BETWEEN)..head).any(article) || self.in_role(start) {
            return None;
        }
        let person = *self.known.get(noun(self.tokens, head).as_str())?;
        let (tokens, title) = (head..head + 1, head..head);
        let (kind, confidence) = (MentionKind::Nominal, BY_OFFICE);
        Some(Seen { person, tokens, title, sentence, kind, confidence })
    }

    /// Whether a role or a name holds the place.
    fn in_role(&mut self, start: usize) -> bool {
        while self.roles.get(self.next_role).is_some_and(|role| role.end <= start) {
            self.next_role += 1;
        }
        self.roles.get(self.next_role).is_some_and(|role| role.start <= start)
    }

    /// Reads the noun behind the article at `article`.
    fn noun(&mut self, article: usize, sentence: usize, limit: usize) -> Option<Seen> {
        let start = self.tokens.list.get(article)?.start as usize;
        if self.in_role(start) {
            return None;
        }
        let head = self.head(article + 1, limit)?;
        let (person, confidence) = self.meant(head, sentence)?;
        let tokens = article..head + 1;
        let title = article..article;
        Some(Seen { person, tokens, title, sentence, kind: MentionKind::Nominal, confidence })
    }

    /// The noun for a person with which the words from `first` end.
    fn head(&self, first: usize, limit: usize) -> Option<usize> {
        let token = |at: usize| self.tokens.list.get(at).filter(|_| at < limit);
        let mut head = None;
        for at in first..first + BETWEEN {
            let Some(t) = token(at).filter(|t| t.is_word() && !t.is(Kinds::FUNCTION)) else {
                break;
            };
            if t.is(Kinds::ROLE) && !t.is(Kinds::PLURAL) || is_age(self.tokens.str(at)) {
                head = Some(at);
            } else if head.is_some() {
                if t.is_capital() || t.is(Kinds::ORGANISATION) {
                    return None;
                }
                break;
            }
        }
        let head = head?;
        let set_off = token(head + 1).is_some_and(|t| t.shape == Shape::Comma)
            && token(head + 2).is_some_and(|t| t.is_capital() && !t.is(Kinds::FUNCTION));
        (!set_off && token(head + 1).is_none_or(|t| !t.is_capital())).then_some(head)
    }

    /// The person whom the noun at `head` means.
    fn meant(&self, head: usize, sentence: usize) -> Option<(usize, f32)> {
        let word = self.tokens.str(head);
        if let Some(age) = age_digits(word) {
            return self.aged.get(age).map(|person| (*person, BY_NOUN));
        }
        if let Some(person) = self.known.get(noun(self.tokens, head).as_str()) {
            return Some((*person, BY_NOUN));
        }
        let token = self.tokens.list.get(head)?;
        let plain = token.is(Kinds::ANYBODY);
        let latest = match token.word().noun {
            Gender::Female => self.latest[0],
            Gender::Male => self.latest[1],
            Gender::Unknown => None,
        };
        let (person, when) = latest.filter(|_| plain)?;
        (sentence - when <= NEAR).then_some((person, BY_KIND))
    }
}

fn is_age(word: &str) -> bool {
    age_digits(word).is_some()
}

/// The digits of "45-year-old".
fn age_digits(word: &str) -> Option<&str> {
    let digits = word.strip_suffix("-year-old")?;
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(digits)
}
