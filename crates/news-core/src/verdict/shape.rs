//! What the page model sees of a page's parts and of how its story is written.

use std::sync::LazyLock;

use super::tally::Tally;
use super::{Evidence, cards};
use crate::content::{Segment, prose_units};
use crate::dom::Tag;
use crate::letters::{Run, is_alphabetic, runs};
use crate::lexicon::{self, Phrases};

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
        direct += segment.nodes.clone().map(|id| direct_words(e.dom.text(id))).sum::<u32>();
        for id in segment.nodes.clone() {
            let text = e.dom.text(id);
            quotes += count(text, b'"', &['“', '„', '«', '»', '「', '『']);
            questions += count(text, b'?', &['？', '؟']);
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

/// How often a mark stands in a text, in ASCII or as others write it.
fn count(text: &str, ascii: u8, others: &[char]) -> u32 {
    let count = |run| match run {
        Run::Ascii(run) => run.bytes().map(|b| u32::from(b == ascii)).sum(),
        Run::Other(c) => u32::from(others.contains(&c)),
    };
    runs(text).map(count).sum()
}

static DIRECT: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words = lexicon::lines(include_str!("../../lexicon/direct_words.txt"));
    Phrases::new(words.map(|word| (word, ())))
});

/// Longest word of that list, in bytes.
const DIRECT_BYTES: usize = 10;

/// Words that speak to the reader.
fn direct_words(text: &str) -> u32 {
    let words = text.split(|c| !is_alphabetic(c));
    let short = words.filter(|word| (1..=DIRECT_BYTES).contains(&word.len()));
    let is_direct = |word: &str| {
        let first_is_upper = word.starts_with(char::is_uppercase);
        let lower = |word: &str| DIRECT.get(&word.to_lowercase()).is_some();
        if word.is_ascii() {
            let rest_is_lower = !word.bytes().any(|b| b.is_ascii_uppercase());
            DIRECT.find(word).is_some() && (first_is_upper || rest_is_lower)
        } else {
            DIRECT.get(word).is_some() || first_is_upper && lower(word)
        }
    };
    short.map(|word| u32::from(is_direct(word))).sum()
}
