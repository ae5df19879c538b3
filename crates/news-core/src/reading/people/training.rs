//! What the model of pronouns sees of a text, for the program that trains it.

use std::ops::Range;

use super::pronoun::{self, MEASURES};
use super::token::Tokens;
use super::{Person, named};
use crate::reading::{Prose, entity};

/// Names of the measures, in order.
pub const PRONOUN_MEASURES: &[&str] = &pronoun::NAMES;

/// A pronoun and whom it can mean.
#[derive(Debug, Clone)]
pub struct PronounChoice {
    /// UTF-8 bytes of the pronoun.
    pub range: Range<usize>,
    /// People as places in the list beside, with as many measures as [`PRONOUN_MEASURES`].
    pub candidates: Vec<(usize, Vec<f32>)>,
}

/// The people of an English text, and its pronouns, each given to the likeliest person by `weights`.
#[must_use]
pub fn pronouns(text: &str, weights: &[f32]) -> (Vec<Person>, Vec<PronounChoice>) {
    let prose = Prose::plain(text, Some("en"));
    let tokens = Tokens::of(&prose);
    let mut cast = named(&tokens, &entity::mentions(&prose)).0;
    let mut measured = [0.0; MEASURES];
    measured.iter_mut().zip(weights).for_each(|(to, from)| *to = *from);
    let mut found = Vec::new();
    pronoun::read(&tokens, &mut cast, |choice| {
        let candidates = choice.candidates.iter().map(|(person, m)| (*person, m.to_vec()));
        let range = tokens.bytes(&(choice.token..choice.token + 1));
        found.push(PronounChoice { range, candidates: candidates.collect() });
        pronoun::decide(choice, &measured)
    });
    let order = cast.order();
    let place = |person: usize| order.iter().position(|p| *p == person).unwrap_or(usize::MAX);
    for choice in &mut found {
        choice.candidates.iter_mut().for_each(|(person, _)| *person = place(*person));
    }
    (cast.finish(&tokens), found)
}
