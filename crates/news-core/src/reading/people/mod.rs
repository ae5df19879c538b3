//! People: who is named in a text, every mention of each, and what the text says they are.
//!
//! Names come from the tagger of [`entity`](super::entity) and from conventions of writing (titles,
//! first names, ages, verbs of speaking). Names of one person are joined; nouns and pronouns are
//! given to the person they most likely mean. The words are data: `lexicon/people`.

mod kinds;
mod name;
mod nominal;
mod person;
mod phrase;
mod pronoun;
mod role;
mod tables;
#[cfg(test)]
mod tests;
mod token;
#[cfg(feature = "training")]
pub mod training;

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use kinds::Gender;

use crate::reading::Prose;
use crate::reading::entity::Mention;
use person::{Cast, Seen};
use token::Tokens;

/// A person of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The fullest form of the name in the text, without titles.
    pub name: String,
    /// Every mention, in reading order.
    pub mentions: Vec<PersonMention>,
    /// The word that addresses the person before the name: Mr., Dr. `None`: none does.
    pub honorific: Option<Range<usize>>,
    /// The age in years as the text states it, its digits only. `None`: not stated.
    pub age: Option<Range<usize>>,
    /// What names, honorifics, nouns and pronouns tell.
    pub gender: Gender,
    /// What the text says the person is, in reading order.
    pub roles: Vec<Role>,
}

/// A place where a person is meant.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonMention {
    /// UTF-8 bytes of the text; of names without title and possessive ending.
    pub range: Range<usize>,
    /// How the person is meant.
    pub kind: MentionKind,
    /// That it is this person, 0 to 1.
    pub confidence: f32,
}

/// How a person is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// Name of two words or more.
    Full,
    /// Part of the name.
    Short,
    /// Part of the name behind a title or honorific.
    Title,
    /// A familiar form of the name.
    Nickname,
    /// A noun: the spokeswoman.
    Nominal,
    /// A pronoun.
    Pronoun,
}

/// What a person is said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// UTF-8 bytes of the text.
    pub range: Range<usize>,
    /// The mention it is said of: its name.
    pub person: Range<usize>,
    /// How it is said.
    pub kind: RoleKind,
    /// The organisation, place or person that the role belongs to. `None`: not told.
    pub affiliation: Option<Range<usize>>,
}

/// How a role is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleKind {
    /// Mr. Key
    Honorific,
    /// Prime Minister John Key
    Title,
    /// John Key, the prime minister
    Apposition,
    /// the prime minister, John Key
    Inverted,
    /// John Key is the prime minister
    Copula,
}

/// The people of a text, in order of their first mention.
///
/// `names` are the names of the text, in reading order, as [`mentions`](super::entity::mentions)
/// finds them; without them the conventions of writing alone find people. A text without names has
/// no people.
pub fn people(prose: &Prose<'_>, names: &[Mention]) -> Vec<Person> {
    let tokens = Tokens::of(prose);
    let (mut cast, set_off) = named(&tokens, names);
    pronoun::add(&tokens, &mut cast);
    cast.add(set_off);
    cast.finish(&tokens)
}

/// Whether `word` is borne as a first name, and is no title.
pub(crate) fn is_first_name(word: &str) -> bool {
    tables::is_first_name(&word.to_lowercase())
}

/// The people with all mentions but pronouns; and the phrases set off beside names.
fn named(tokens: &Tokens<'_>, names: &[Mention]) -> (Cast, Vec<Seen>) {
    let found = name::find(tokens, names);
    let mut cast = person::resolve(tokens, &found);
    let set_off = role::read(tokens, &mut cast);
    nominal::add(tokens, &mut cast);
    (cast, set_off)
}
