//! What the page model sees of a page's parts and of how its story is written.

use std::sync::LazyLock;

use memchr::memchr_iter;

use super::tally::Tally;
use super::{Evidence, cards};
use crate::content::{Segment, prose_units};
use crate::dom::Tag;
use crate::letters::{Run, is_alphabetic, runs};
use crate::lexicon::{self, Initials, Phrases};
use crate::piece::{self, Part};

/// Parts of a page that stories have few of.
pub(super) fn parts(e: &Evidence<'_>, tally: &Tally, out: &mut Vec<f32>) {
    let segments = &e.measures.segments;
    let cards = cards::find(e.dom, &e.measures.zones);
    let prices = segments.iter().filter(|s| is_price(e, s)).count();
    out.extend([
        cards.most as f32,
        cards.all as f32,
        cards.share(segments.iter()),
        cards.share(kept(e)),
        prices as f32,
        tally.count(&[Tag::Pre, Tag::Code]),
        tally.count(&[Tag::Button]),
        tally.count(&[Tag::Input, Tag::Select]),
        tally.count(&[Tag::Time]),
        tally.calls as f32,
        tally.headings as f32,
    ]);
}

/// Segments of the story.
fn kept<'a>(e: &Evidence<'a>) -> impl Iterator<Item = &'a Segment> {
    let segments = &e.measures.segments;
    e.story.kept.iter().filter_map(move |i| segments.get(*i))
}

/// Letters of a label that can be a price.
const PRICE_UNITS: u32 = 24;

/// Whether a short text states an amount of money.
fn is_price(e: &Evidence<'_>, segment: &Segment) -> bool {
    let counts = &segment.counts;
    let is_label = counts.units <= PRICE_UNITS && counts.digits > 0;
    is_label && segment.nodes.clone().any(|id| e.dom.text(id).contains(is_currency))
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '¢' | '£' | '¥' | '฿' | '\u{20a0}'..='\u{20cf}')
}

/// Units of a paragraph that is a long one, and of one that is short.
const LONG: u32 = 200;
const SHORT: u32 = 40;

/// How the story is written.
pub(super) fn shape(e: &Evidence<'_>, out: &mut Vec<f32>) {
    let (mut headings, mut short, mut long, mut longest, mut prose) = (0, 0, 0, 0, 0);
    let (mut units, mut capitals, mut quotes, mut questions) = (0, 0, 0, 0);
    let (mut direct, mut words) = (0, 0);
    for segment in kept(e) {
        let own = prose_units(&segment.counts);
        headings += u32::from(e.dom.tag(segment.container).heading_level().is_some());
        short += u32::from(segment.counts.units < SHORT);
        long += u32::from(own >= LONG);
        longest = longest.max(own);
        prose += own;
        units += segment.counts.units;
        capitals += segment.counts.capitals;
        words += segment.counts.words;
        for text in segment.nodes.clone().map(|id| e.dom.text(id)) {
            direct += direct_words(text);
            let [more_quotes, more_questions] = marks(text);
            quotes += more_quotes;
            questions += more_questions;
        }
    }
    let all_prose = e.measures.prose.first().copied().unwrap_or_default();
    let per_100 = |n: u32| 100.0 * n as f32 / units.max(1) as f32;
    out.extend([
        headings as f32,
        short as f32 / e.story.kept.len().max(1) as f32,
        long as f32,
        longest as f32,
        all_prose.saturating_sub(prose) as f32 / all_prose.max(1) as f32,
        per_100(quotes),
        per_100(questions),
        per_100(capitals) / 100.0,
        100.0 * direct as f32 / words.max(1) as f32,
        words as f32,
    ]);
}

/// How often quotation marks that open, and question marks, stand in a text.
fn marks(text: &str) -> [u32; 2] {
    let ascii = |mark| memchr_iter(mark, text.as_bytes()).count() as u32;
    let [mut quotes, mut questions] = [b'"', b'?'].map(ascii);
    for run in runs(text) {
        if let Run::Other(c) = run {
            quotes += u32::from(matches!(c, '“' | '„' | '«' | '»' | '「' | '『'));
            questions += u32::from(matches!(c, '？' | '؟'));
        }
    }
    [quotes, questions]
}

static DIRECT: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words = lexicon::lines(include_str!("../../lexicon/direct_words.txt"));
    Phrases::new(words.map(|word| (word, ())))
});

/// What rules out most words before that list is asked.
static DIRECT_INITIALS: LazyLock<Initials> =
    LazyLock::new(|| Initials::of(lexicon::lines(include_str!("../../lexicon/direct_words.txt"))));

/// Longest word of that list, in bytes.
const DIRECT_BYTES: usize = 10;

/// Words that speak to the reader.
fn direct_words(text: &str) -> u32 {
    let mut count = 0;
    let initials = &*DIRECT_INITIALS;
    piece::for_parts(text, |part| match part {
        Part::Long(words) => count += other_direct_words(words),
        Part::Short(piece, sets) => {
            for word in piece::runs(sets.letters | sets.others) {
                let inside = piece::from(word.start) & !piece::from(word.end);
                if sets.others & inside != 0 {
                    count += other_direct_words(piece.part(&word));
                } else if initials.may_begin(piece.byte(word.start), word.len()) {
                    count += u32::from(is_direct(piece.part(&word)));
                }
            }
        }
    });
    count
}

/// Whether a word of ASCII speaks to the reader: written in lower case, but for the first letter.
fn is_direct(word: &str) -> bool {
    let first_is_upper = word.starts_with(|c: char| c.is_ascii_uppercase());
    let is_written = first_is_upper || !word.bytes().any(|b| b.is_ascii_uppercase());
    is_written && DIRECT.find(word).is_some()
}

/// The same in a text that is not all ASCII, or long.
fn other_direct_words(text: &str) -> u32 {
    let words = text.split(|c| !is_alphabetic(c));
    let short = words.filter(|word| (1..=DIRECT_BYTES).contains(&word.len()));
    let is_one = |word: &str| {
        let lower = || word.starts_with(char::is_uppercase).then(|| word.to_lowercase());
        if word.is_ascii() {
            is_direct(word)
        } else {
            DIRECT.get(word).is_some() || lower().is_some_and(|word| DIRECT.get(&word).is_some())
        }
    };
    short.map(|word| u32::from(is_one(word))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_to_the_reader_are_counted_in_any_text() {
        for text in
            ["", "You know: your car", "Wir sind für Sie da", "It’s yours, YOU yOu", "你，你"]
        {
            assert_eq!(direct_words(text), other_direct_words(text), "{text}");
            let long = format!("{text} ").repeat(30);
            assert_eq!(direct_words(&long), other_direct_words(&long), "{text}");
        }
        assert!(direct_words("You know") > 0);
    }

    #[test]
    fn marks_of_all_scripts_are_counted() {
        assert_eq!(marks("“Ja?” „Nein“ «No» \"a\" 何？"), [7, 2]);
    }
}
