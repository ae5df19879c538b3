//! The people of a text while it is read, with the mentions of each.

mod likeness;
mod resolver;

use std::ops::Range;

use self::likeness::{is_clipped, is_within};
pub(super) use self::resolver::resolve;
use super::tables::TABLES;
use super::token::Tokens;
use super::{Gender, MentionKind, Person, PersonMention, Role, RoleKind};

/// A person while the text is read.
#[derive(Debug, Default)]
pub(super) struct Figure {
    /// Words of the fullest name, lower case, without stops.
    pub(super) words: Vec<String>,
    /// The mention with the fullest name.
    pub(super) full: Range<usize>,
    pub(super) family_first: bool,
    /// Begins with a usual first name.
    pub(super) given: bool,
    /// What a junior is called.
    pub(super) suffix: Option<String>,
    pub(super) gender: Gender,
    /// Gender as an honorific or a noun states it: not to be overruled.
    pub(super) stated: bool,
    pub(super) roles: Vec<Role>,
    /// Last words of the roles' nouns, lower case.
    pub(super) nouns: Vec<String>,
    pub(super) age: Option<Range<usize>>,
    /// Times called by a part of the name.
    pub(super) called: usize,
    /// Token of the latest mention read.
    pub(super) latest: Option<usize>,
}

/// A mention while the text is read.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) person: usize,
    pub(super) tokens: Range<usize>,
    /// Capitalised titles directly before it.
    pub(super) title: Range<usize>,
    pub(super) sentence: usize,
    pub(super) kind: MentionKind,
    pub(super) confidence: f32,
}

/// The people of the text and their mentions, names first.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub(super) figures: Vec<Figure>,
    /// In reading order.
    pub(super) seen: Vec<Seen>,
}

/// Confidence of a name that is a part of another one.
pub(super) const INSIDE: f32 = 0.4;

impl Figure {
    /// How well `words` name this person: by the surname best, by the given name least.
    pub(super) fn rank(&self, words: &[String]) -> Option<u8> {
        let last = words.last()?;
        if words.len() > 1 {
            let tail = self.words.len() > words.len() && self.words.ends_with(words);
            let within = self.words.len() > words.len() && is_within(words, &self.words);
            return if tail { Some(3) } else { within.then_some(2) };
        }
        let at = self.words.iter().position(|word| word == last);
        let count = self.words.len();
        match at {
            Some(0) if self.family_first || count == 1 => Some(3),
            Some(at) if at + 1 == count => Some(3),
            Some(0) => Some(1),
            Some(_) => Some(2),
            None => {
                let given = self.words.first()?;
                let clipped = last.split_once(['-', '.']).filter(|_| is_clipped(last));
                if let Some((initial, start)) = clipped {
                    let fits = given.starts_with(initial) && self.words.last()?.starts_with(start);
                    return fits.then_some(1);
                }
                TABLES.long_forms(last).contains(&given.as_str()).then_some(1)
            }
        }
    }

    /// Whether the person may be of the gender, as far as the text states it.
    pub(super) fn may_be(&self, gender: Gender) -> bool {
        !(self.stated && self.gender.contradicts(gender))
    }

    /// Takes in a gender that an honorific or a noun states.
    pub(super) fn state(&mut self, gender: Gender) {
        if gender != Gender::Unknown && !self.stated {
            self.gender = gender;
            self.stated = true;
        }
    }
}

impl Cast {
    /// Adds mentions.
    pub(super) fn add(&mut self, found: Vec<Seen>) {
        if !found.is_empty() {
            self.seen.extend(found);
            self.seen.sort_by_key(|seen| seen.tokens.start);
        }
    }

    /// The figures in order of their first mention; without those never mentioned.
    pub(super) fn order(&self) -> Vec<usize> {
        let mut known = vec![false; self.figures.len()];
        let people = self.seen.iter().map(|seen| seen.person);
        let is_new = |person: &usize| {
            known.get_mut(*person).is_some_and(|known| !std::mem::replace(known, true))
        };
        people.filter(is_new).collect()
    }

    /// The people in order of their first mention.
    pub(super) fn finish(mut self, tokens: &Tokens<'_>) -> Vec<Person> {
        let mut mentions: Vec<Vec<PersonMention>> = vec![Vec::new(); self.figures.len()];
        for seen in &self.seen {
            let Some(list) = mentions.get_mut(seen.person) else { continue };
            let range = tokens.bytes(&seen.tokens);
            list.push(PersonMention { range, kind: seen.kind, confidence: seen.confidence });
        }
        let order = self.order();
        let mut people = Vec::with_capacity(order.len());
        for person in order {
            let figure = std::mem::take(&mut self.figures[person]);
            let mentions = mentions.get_mut(person).map(std::mem::take).unwrap_or_default();
            people.push(figure.finish(tokens, mentions));
        }
        people
    }
}

impl Figure {
    fn finish(self, tokens: &Tokens<'_>, mentions: Vec<PersonMention>) -> Person {
        let honorific = self.roles.iter().find(|role| role.kind == RoleKind::Honorific);
        Person {
            name: tokens.text.get(tokens.bytes(&self.full)).unwrap_or_default().to_owned(),
            mentions,
            honorific: honorific.map(|role| role.range.clone()),
            age: self.age,
            gender: self.gender,
            roles: self.roles,
        }
    }
}
