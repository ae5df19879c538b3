//! Roles and ages: what stands beside a name.

use std::ops::Range;

use super::kinds::Kinds;
use super::name::age_after;
use super::person::{Cast, INSIDE, Seen};
use super::phrase::{self, Phrase};
use super::token::{Shape, Token, Tokens};
use super::{MentionKind, Role, RoleKind};

/// Roles kept of one person.
const ROLES: usize = 64;

/// Reads the roles and ages of all named people; gives back the phrases set off by commas, which
/// mean the person as well.
pub(super) fn read(tokens: &Tokens<'_>, cast: &mut Cast) -> Vec<Seen> {
    let mut nouns = Vec::new();
    for at in 0..cast.seen.len() {
        let Some(seen) = cast.seen.get(at).cloned() else { break };
        if seen.confidence <= INSIDE {
            continue;
        }
        let Some(sentence) = tokens.sentences.get(seen.sentence) else { continue };
        let named_before = at.checked_sub(1).and_then(|at| Some(cast.seen.get(at)?.tokens.end));
        let mut reader = Reader {
            tokens,
            seen,
            named_before,
            within: sentence.tokens.clone(),
            found: Vec::new(),
            age: None,
        };
        reader.before();
        reader.after();
        let Reader { seen, found, age, .. } = reader;
        let set_off = found.iter().filter(|(kind, phrase)| is_mention(tokens, *kind, phrase));
        nouns.extend(set_off.map(|(_, phrase)| Seen {
            tokens: phrase.tokens.start..phrase.head + 1,
            title: phrase.tokens.start..phrase.tokens.start,
            kind: MentionKind::Nominal,
            ..seen.clone()
        }));
        keep(tokens, cast, &seen, found, age);
    }
    nouns
}

/// Whether the phrase means the person by itself: set off, or with an owner (Japan's leader Abe).
fn is_mention(tokens: &Tokens<'_>, kind: RoleKind, phrase: &Phrase) -> bool {
    let owned = || {
        let mut before = phrase.tokens.start..phrase.head;
        before.any(|at| tokens.list.get(at).is_some_and(|t| t.shape == Shape::Possessive))
    };
    match kind {
        RoleKind::Apposition | RoleKind::Inverted => true,
        RoleKind::Title => owned(),
        RoleKind::Honorific | RoleKind::Copula => false,
    }
}

fn keep(
    tokens: &Tokens<'_>,
    cast: &mut Cast,
    seen: &Seen,
    found: Vec<(RoleKind, Phrase)>,
    age: Option<Range<usize>>,
) {
    let Some(figure) = cast.figures.get_mut(seen.person) else { return };
    figure.age = figure.age.take().or(age);
    for (kind, phrase) in found {
        if figure.roles.len() == ROLES {
            break;
        }
        let gender = tokens.list.get(phrase.head).map(|t| t.word().noun).unwrap_or_default();
        figure.state(gender);
        let noun = noun(tokens, phrase.head);
        if kind != RoleKind::Honorific && !figure.nouns.contains(&noun) {
            figure.nouns.push(noun);
        }
        figure.age = figure.age.take().or_else(|| age_within(tokens, &phrase.tokens));
        let affiliation =
            if kind == RoleKind::Honorific { None } else { phrase::affiliation(tokens, &phrase) };
        figure.roles.push(Role {
            range: tokens.bytes(&own_part(tokens, kind, &phrase)),
            person: tokens.bytes(&seen.tokens),
            kind,
            affiliation: affiliation.map(|range| tokens.bytes(&range)),
        });
    }
}

/// A capitalised title without its owner: Japan's | Prime Minister.
fn own_part(tokens: &Tokens<'_>, kind: RoleKind, phrase: &Phrase) -> Range<usize> {
    let capital = tokens.list.get(phrase.head).is_some_and(Token::is_capital);
    let shape = |at: usize| tokens.list.get(at).map(|t| t.shape);
    let mut before = (phrase.tokens.start..phrase.head).rev();
    let owner = before.find(|&at| shape(at) == Some(Shape::Possessive));
    match owner.filter(|_| capital && kind == RoleKind::Title) {
        Some(owner) => owner + 1..phrase.tokens.end,
        None => phrase.tokens.clone(),
    }
}

/// The noun at `head` by which a person is called later: with the word before it where that makes
/// another office (prime minister).
pub(super) fn noun(tokens: &Tokens<'_>, head: usize) -> String {
    let stem = stem(&tokens.str(head).to_lowercase());
    let before = head.checked_sub(1).map_or("", |at| tokens.str(at)).to_lowercase();
    let office = matches!(before.as_str(), "prime" | "vice" | "deputy" | "home" | "foreign");
    if office { [before.as_str(), " ", stem.as_str()].concat() } else { stem }
}

/// A noun without what tells man, woman and person apart.
fn stem(noun: &str) -> String {
    let ends = ["woman", "person", "man"];
    let stem = ends.iter().find_map(|end| noun.strip_suffix(end)).filter(|stem| !stem.is_empty());
    stem.unwrap_or(noun).to_owned()
}

/// The digits of "45-year-old" among `tokens`.
fn age_within(tokens: &Tokens<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    range.clone().find_map(|at| {
        let digits = tokens
            .str(at)
            .strip_suffix("-year-old")
            .or_else(|| tokens.str(at).strip_suffix("-years-old"))?;
        let start = tokens.list.get(at)?.start as usize;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| start..start + digits.len())
    })
}

struct Reader<'a, 't> {
    tokens: &'a Tokens<'t>,
    seen: Seen,
    /// The end of the name before this one.
    named_before: Option<usize>,
    /// The sentence.
    within: Range<usize>,
    found: Vec<(RoleKind, Phrase)>,
    age: Option<Range<usize>>,
}

/// Tokens of an inverted apposition at most.
const INVERTED: usize = 20;

impl Reader<'_, '_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.list.get(at).filter(|_| self.within.contains(&at))
    }

    fn is(&self, at: usize, kinds: Kinds) -> bool {
        self.token(at).is_some_and(|t| t.is(kinds))
    }

    fn shape(&self, at: usize) -> Option<Shape> {
        self.token(at).map(|t| t.shape)
    }

    // Before the name

    fn before(&mut self) {
        let mut at = self.seen.tokens.start;
        while at > self.within.start
            && self.is(at - 1, Kinds::HONORIFIC)
            && self.token(at - 1).is_some_and(Token::is_capital)
        {
            at -= 1;
            self.found.push((RoleKind::Honorific, Phrase { tokens: at..at + 1, head: at }));
        }
        if at == self.within.start {
            return;
        }
        let capital = self.token(at - 1).is_some_and(Token::is_capital);
        let doubled = at > self.within.start + 1 && self.is(at - 2, Kinds::ROLE);
        let sure = capital || doubled || !self.is(at - 1, Kinds::FUNCTION.with(Kinds::ADJECTIVE));
        if self.is(at - 1, Kinds::ROLE) && sure {
            let start = phrase::backward(self.tokens, at - 1, self.within.start);
            self.found.push((RoleKind::Title, Phrase { tokens: start..at, head: at - 1 }));
        } else if self.shape(at - 1) == Some(Shape::Comma) {
            self.inverted(at - 1);
        } else {
            self.title_of(at);
        }
    }

    /// Governor of Washington Chris Gregoire
    fn title_of(&mut self, end: usize) {
        let floor = self.within.start.max(end.saturating_sub(INVERTED / 2));
        let inner = |t: &Token| {
            let name = t.is_capital() || t.shape == Shape::Possessive;
            name || t.is(Kinds::LINK.with(Kinds::DETERMINER))
        };
        let mut at = end;
        while at > floor && self.token(at - 1).is_some_and(inner) {
            at -= 1;
            if self.is(at, Kinds::LINK)
                && at > floor
                && self.is(at - 1, Kinds::ROLE)
                && at + 1 < end
            {
                let head = at - 1;
                let start = phrase::backward(self.tokens, head, self.within.start);
                self.found.push((RoleKind::Title, Phrase { tokens: start..end, head }));
                return;
            }
        }
    }

    /// the party's leader, Ann Miller
    fn inverted(&mut self, comma: usize) {
        let Some(phrase) = inverted(self.tokens, comma, self.within.start) else { return };
        let start = phrase.tokens.start;
        if self.named_before.is_some_and(|end| end + 1 == start) {
            return;
        }
        let set_off = self.token(self.seen.tokens.end).is_none_or(Token::is_mark);
        let opens = start == self.within.start || self.token(start - 1).is_some_and(Token::is_mark);
        if set_off || opens {
            self.found.push((RoleKind::Inverted, phrase));
        }
    }

    // Behind the name

    fn after(&mut self) {
        let mut at = self.seen.tokens.end;
        if let Some(number) = age_after(self.tokens, at).filter(|at| self.within.contains(at)) {
            self.age = Some(self.tokens.bytes(&(number..number + 1)));
            at = number + 1;
            at += usize::from(self.shape(at) == Some(Shape::Close));
        }
        match self.shape(at) {
            Some(Shape::Comma | Shape::Dash | Shape::Open) => self.apposition(at + 1),
            Some(Shape::Lower) if self.is(at, Kinds::COPULA) => self.copula(at + 1),
            _ => {}
        }
    }

    fn apposition(&mut self, at: usize) {
        if matches!(self.tokens.str(at), "who" | "whose") {
            if self.is(at + 1, Kinds::COPULA) {
                self.copula(at + 2);
            }
            return;
        }
        if self.is(at, Kinds::FUNCTION) && !self.is(at, Kinds::DETERMINER.with(Kinds::MODIFIER)) {
            return;
        }
        let Some(phrase) = phrase::forward(self.tokens, at, self.within.end) else { return };
        let end = self.token(phrase.tokens.end);
        let closed = end.is_none_or(|t| t.is_mark() || t.shape == Shape::Lower);
        let list = self.is(phrase.head, Kinds::FIRST) && !self.is(at, Kinds::DETERMINER);
        if closed && !list {
            self.found.push((RoleKind::Apposition, phrase));
        }
    }

    fn copula(&mut self, at: usize) {
        let at = at + usize::from(matches!(self.tokens.str(at), "not" | "also" | "now" | "still"));
        if !self.is(at, Kinds::DETERMINER) && !self.is(at, Kinds::TITLE)
            || self.tokens.str(at - 1) == "not"
        {
            return;
        }
        if let Some(phrase) = phrase::forward(self.tokens, at, self.within.end) {
            self.found.push((RoleKind::Copula, phrase));
        }
    }
}

/// What somebody is, from a word behind `floor` up to the comma before the name.
pub(super) fn inverted(tokens: &Tokens<'_>, comma: usize, floor: usize) -> Option<Phrase> {
    let token = |at: usize| tokens.list.get(at);
    let is = |at: usize, kinds: Kinds| token(at).is_some_and(|t| t.is(kinds));
    let inner = |t: &Token| !t.is_mark() || matches!(t.shape, Shape::Open | Shape::Close);
    let lowest = floor.max(comma.saturating_sub(INVERTED));
    let mut first = comma;
    while first > lowest && token(first - 1).is_some_and(inner) {
        first -= 1;
    }
    let opens = |&at: &usize| {
        is(at, Kinds::DETERMINER) || at == floor || at == first || possessor(tokens, at)
    };
    (first..comma).filter(opens).find_map(|start| {
        let phrase = phrase::forward(tokens, start, comma)?;
        let end = phrase.tokens.end;
        let shape = |at: usize| token(at).map(|t| t.shape);
        let bracketed = shape(end) == Some(Shape::Open) && shape(comma - 1) == Some(Shape::Close);
        let definite = !matches!(tokens.str(start), "a" | "an" | "A" | "An" | "this" | "that");
        let single = !is(phrase.head, Kinds::PLURAL);
        ((end == comma || bracketed) && definite && single).then_some(phrase)
    })
}

/// Whether a name with a possessive ending begins at `at`.
fn possessor(tokens: &Tokens<'_>, at: usize) -> bool {
    let shape = |at: usize| tokens.list.get(at).map(|t| t.shape);
    let is_name =
        |at: usize| tokens.list.get(at).is_some_and(|t| t.is_capital() && !t.is(Kinds::FUNCTION));
    let after = (at..at + 4).find(|&at| !is_name(at));
    after.is_some_and(|end| end > at && shape(end) == Some(Shape::Possessive))
}
