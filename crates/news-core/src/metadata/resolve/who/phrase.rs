//! What stands where a name may stand and is none: titles, headings, words of menus.

use std::collections::HashSet;

use super::super::super::byline::{Author, is_particle};
use super::super::Context;
use super::has_first_name;
use crate::dom::Tag;

/// Shortest word, in bytes, that tells a phrase: particles of names are shorter.
const MIN_WORD: usize = 3;

/// Words from which a text is a phrase when one of them is a word of the language; of two, the second may be a family
/// name (`Ngozi Young`).
const PHRASE_WORDS: usize = 3;

/// Whether a text is no name: the story writes its first word in small letters, or any word of three or more. Particles
/// do not count.
pub(super) fn is_phrase(context: &Context, text: &str) -> bool {
    let small = context.small_words.get_or_init(|| small_words(context));
    let text = text.to_lowercase();
    let own = words(&text).filter(|word| !is_particle(word));
    let told: Vec<bool> = own.map(|word| small.contains(word)).collect();
    told.first() == Some(&true) || told.len() >= PHRASE_WORDS && told.contains(&true)
}

/// Drops what are phrases and have no first name: `Garden Educator` behind a name and a comma. A visible list
/// of such alone is one of links. What the page's data state without a first name is believed.
pub(super) fn drop_phrases(context: &Context, authors: &mut Vec<Author>, is_stated: bool) {
    let is_named = authors.iter().any(|author| has_first_name(&author.name));
    let may_be = |author: &Author| !author.is_organisation && !has_first_name(&author.name);
    let is_dropped = |author: &Author| may_be(author) && is_phrase(context, &author.name);
    if is_named {
        authors.retain(|author| !is_dropped(author));
    } else if !is_stated && authors.iter().any(is_dropped) {
        authors.clear();
    }
}

/// Bytes of a story that are looked at: the words of its subject stand in them.
const SAMPLE_BYTES: usize = 100_000;

/// The words of the story that stand in small letters.
fn small_words<'a>(context: &Context<'a>) -> HashSet<&'a str> {
    let dom = context.page.dom;
    let nodes = context.story.map(|story| story.range.clone()).unwrap_or_default();
    let texts = nodes.filter(|node| dom.tag(*node) == Tag::Text).map(|node| dom.text(node));
    let sample = texts.scan(SAMPLE_BYTES, |left, text| {
        (*left > 0).then(|| {
            *left = left.saturating_sub(text.len());
            text
        })
    });
    sample.flat_map(words).filter(|word| word.starts_with(char::is_lowercase)).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() >= MIN_WORD)
}
