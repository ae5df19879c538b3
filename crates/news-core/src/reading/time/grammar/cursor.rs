//! A place in the tokens, and what can be read there.

use super::super::lexer::{Kind, Token, Tokens};
use super::super::value::Unit;
use super::super::vocabulary::{Class, Sense};

/// A place in the tokens. Copied freely: a rule that fails leaves its caller's where it was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t> {
    tokens: &'t Tokens<'t>,
    first: usize,
    pub at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(tokens: &'t Tokens<'t>, at: usize) -> Self {
        Self { tokens, first: at, at }
    }

    /// The token here. An expression does not run over a blank line.
    pub(super) fn token(self) -> Option<&'t Token> {
        let token = self.tokens.get(self.at)?;
        (self.at == self.first || !token.line).then_some(token)
    }

    pub(super) fn sense(self, class: Class) -> Option<Sense> {
        self.tokens.vocabulary.sense(self.token()?.kind, class)
    }

    pub(super) fn is(self, class: Class) -> bool {
        self.sense(class).is_some()
    }

    /// The word's meaning in this class, and on.
    pub(super) fn take(&mut self, class: Class) -> Option<Sense> {
        let sense = self.sense(class)?;
        self.at += 1;
        Some(sense)
    }

    /// On, if the word has this class and value.
    pub(super) fn take_value(&mut self, class: Class, value: &str) -> bool {
        let is = self.sense(class).is_some_and(|sense| sense.value == value);
        self.at += usize::from(is);
        is
    }

    pub(super) fn skip(&mut self, class: Class) -> bool {
        self.take(class).is_some()
    }

    /// A mark.
    pub(super) fn mark(&mut self, mark: char) -> bool {
        let is = self.token().is_some_and(|token| token.kind == Kind::Mark(mark));
        self.at += usize::from(is);
        is
    }

    /// A mark without a space before it.
    pub(super) fn glued(&mut self, mark: char) -> bool {
        let is = self.token().is_some_and(|token| token.glued && token.kind == Kind::Mark(mark));
        self.at += usize::from(is);
        is
    }

    /// A hyphen between two words.
    pub(super) fn hyphen(&mut self) -> bool {
        let mut after = *self;
        let joined = after.glued('-') && after.token().is_some_and(|token| token.glued);
        if joined {
            *self = after;
        }
        joined
    }

    /// A plain number of so many digits.
    pub(super) fn digits(&mut self, from: u8, to: u8) -> Option<i32> {
        match self.token()?.kind {
            Kind::Number { value, digits } if (from..=to).contains(&digits) => {
                self.at += 1;
                Some(value)
            }
            _ => None,
        }
    }

    /// Whether the token here stands against the one before it.
    pub(super) fn is_glued(self) -> bool {
        self.token().is_some_and(|token| token.glued)
    }

    pub(super) fn is_capital(self) -> bool {
        self.token().is_some_and(|token| token.capital)
    }

    pub(super) fn is_english(self) -> bool {
        self.tokens.vocabulary.english
    }

    pub(super) fn is_day_first(self) -> bool {
        self.tokens.vocabulary.day_first
    }

    /// The letters here, if the token is a word of at most three ASCII letters.
    pub(super) fn suffix(self) -> Option<Sense> {
        self.sense(Class::Suffix)
    }

    pub(super) fn unit(&mut self) -> Option<(Unit, Sense)> {
        let sense = self.sense(Class::Unit)?;
        let unit = Unit::named(sense.value)?;
        self.at += 1;
        Some((unit, sense))
    }

    /// The place so many tokens before the expression, if on the same line.
    pub(super) fn before(self, back: usize) -> Option<Self> {
        let at = self.first.checked_sub(back)?;
        let stays = (at + 1..=self.first).all(|at| self.tokens.get(at).is_some_and(|t| !t.line));
        stays.then_some(Self { tokens: self.tokens, first: at, at })
    }

    /// Whether the word before the expression has this class.
    pub(super) fn follows(self, class: Class) -> bool {
        self.before(1).is_some_and(|before| before.is(class))
    }

    /// Whether the word before this one, or before its hyphen, has this class.
    pub(super) fn comes_after(self, class: Class) -> bool {
        let mut before = self.at.checked_sub(1);
        if before.and_then(|at| self.tokens.mark(at)) == Some('-') {
            before = before.and_then(|at| at.checked_sub(1));
        }
        before.is_some_and(|at| self.tokens.is(at, class))
    }

    /// The mark before the expression.
    pub(super) fn mark_before(self) -> Option<char> {
        self.tokens.mark(self.first.checked_sub(1)?)
    }

    /// The mark here.
    pub(super) fn mark_here(self) -> Option<char> {
        match self.token()?.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// The word before the expression begins a noun phrase or is a preposition.
    pub(super) fn is_introduced(self) -> bool {
        self.follows(Class::Preposition)
            || self.follows(Class::Of)
            || self.follows(Class::Article)
            || self.follows(Class::And)
            || self.follows(Class::To)
    }

    pub(super) fn is_digits(self) -> bool {
        self.token().is_some_and(|token| matches!(token.kind, Kind::Number { .. }))
    }

    /// A number of things: digits or a number word.
    pub(super) fn is_count(self) -> bool {
        self.is(Class::Number)
            || self.is(Class::Vague)
            || self.token().is_some_and(|token| matches!(token.kind, Kind::Number { .. }))
    }

    /// Whether the unit word of "the year 2000" stands before the expression.
    pub(super) fn before_is_unit(self) -> bool {
        self.at.checked_sub(1).is_some_and(|at| self.tokens.is(at, Class::Unit))
    }

    /// What follows is no number and no word of time.
    pub(super) fn is_plain(self) -> bool {
        let counted = self.is_count() || self.is(Class::Unit) || self.is(Class::Ordinal);
        !counted
            && !self.is(Class::Filler)
            && !self.is(Class::Season)
            && !self.is(Class::Weekday)
            && !self.is(Class::Bound)
    }

    /// Nothing follows that the words before could belong to: a mark, a preposition, a verb.
    pub(super) fn is_phrase_end(self) -> bool {
        let Some(token) = self.token() else { return true };
        match token.kind {
            Kind::Mark(mark) => mark != '-',
            Kind::Number { .. } => false,
            Kind::Word(_) => {
                self.is(Class::Preposition)
                    || self.is(Class::And)
                    || self.is(Class::Or)
                    || self.is(Class::Past)
                    || self.is(Class::Future)
                    || self.is(Class::To)
            }
        }
    }

    /// A capital inside the line: "Prague Spring", "Spring Valley".
    pub(super) fn is_name_part(self) -> bool {
        let capital_before = self.before(1).is_some_and(Self::is_capital);
        self.is_capital() && capital_before
    }
}
