//! From attributions, which count tokens, to quotes, which count bytes.

use std::ops::Range;

use super::attribution::{Attribution, Cue};
use super::page::Page;
use super::phrase::Phrase;
use super::rule::Rule;
use super::token::Tag;
use super::words::Classes;
use super::{Quote, QuoteKind, Speaker, SpeakerKind, Stance};

/// How much of a content is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoted {
    All,
    Some,
    None,
}

/// The quotes, in reading order.
pub(super) fn quotes(page: &Page<'_>, attributions: &[Attribution]) -> Vec<Quote> {
    let mut quotes = Vec::with_capacity(attributions.len() + nested(page).count());
    quotes.extend(attributions.iter().filter_map(|found| quote(page, found)));
    quotes.extend(nested(page));
    quotes.sort_by_cached_key(|quote| quote.contents.first().map_or(0, |range| range.start));
    quotes
}

/// Quotations inside others: "She said, 'Go,'": who says them is not told.
fn nested<'p>(page: &'p Page<'_>) -> impl Iterator<Item = Quote> + 'p {
    let segments = page.segments.iter().filter(|segment| segment.depth > 0 && segment.closed);
    segments.map(|segment| Quote {
        contents: vec![segment.inner.clone()],
        kind: QuoteKind::Direct,
        cue: None,
        speaker: None,
        confidence: Rule::Nested.confidence(),
        depth: segment.depth,
        rule: Rule::Nested.name().to_owned(),
    })
}

/// Without a language's words, only the marks of turns tell who speaks.
fn tells_speakers(page: &Page<'_>, found: &Attribution) -> bool {
    page.tables.is_known() || found.rule.is_turn()
}

fn quote(page: &Page<'_>, found: &Attribution) -> Option<Quote> {
    let spans = found.content.iter().map(|span| content(page, *span, found.rule == Rule::Inserted));
    let (contents, quoted): (Vec<Vec<Range<usize>>>, Vec<Quoted>) = spans.unzip();
    let kind = match () {
        () if found.rule.is_turn() => QuoteKind::Direct,
        () if quoted.iter().all(|quoted| *quoted == Quoted::All) => QuoteKind::Direct,
        () if quoted.iter().any(|quoted| *quoted != Quoted::None) => QuoteKind::Mixed,
        () => QuoteKind::Indirect,
    };
    let contents = contents.into_iter().flatten().filter(|range| !range.is_empty());
    let contents: Vec<Range<usize>> = contents.collect();
    (!contents.is_empty()).then(|| Quote {
        kind,
        cue: found.cue.as_ref().map(|cue| self::cue(page, cue)),
        speaker: found
            .source
            .filter(|_| tells_speakers(page, found))
            .map(|source| speaker(page, &source, found.cue.is_none())),
        confidence: found.rule.confidence(),
        depth: 0,
        rule: found.rule.name().to_owned(),
        contents,
    })
}

/// The bytes of a content and how much of it is quoted. Quotations alone lose their marks; they
/// count whole, unless the content is a piece of one.
fn content(
    page: &Page<'_>,
    (start, end): (usize, usize),
    is_piece: bool,
) -> (Vec<Range<usize>>, Quoted) {
    let quoted = (start..end).any(|at| page.quoted(at));
    let plain = (start..end)
        .any(|at| !page.quoted(at) && !matches!(page.tag(at), Tag::Comma | Tag::Stop | Tag::Dash));
    if !quoted || plain {
        return (vec![page.bytes(start, end)], if quoted { Quoted::Some } else { Quoted::None });
    }
    let range = page.bytes(start, end);
    let inner = page.segments_in(start, end).filter_map(|at| page.segments.get(at));
    let inner = inner.map(|segment| segment.inner.clone());
    let pieces = inner.map(|inner| if is_piece { within(&inner, &range) } else { inner });
    (pieces.collect(), Quoted::All)
}

/// The part of `inner` in `range`: a piece of a quotation that an insertion cuts.
fn within(inner: &Range<usize>, range: &Range<usize>) -> Range<usize> {
    let start = inner.start.max(range.start);
    start..inner.end.min(range.end).max(start)
}

fn cue(page: &Page<'_>, cue: &Cue) -> super::Cue {
    let range = page.bytes(cue.start, cue.end);
    let lemma = page.tables.lemma(cue.lemma);
    super::Cue {
        lemma: lemma
            .map_or_else(|| page.slice(range.clone()).to_lowercase(), |l| l.name.to_owned()),
        stance: lemma.map_or(Stance::Said, |lemma| lemma.stance),
        range,
    }
}

fn speaker(page: &Page<'_>, source: &Phrase, carried: bool) -> Speaker {
    let mut end = source.end;
    while end > source.start && matches!(page.tag(end - 1), Tag::Comma | Tag::Dash) {
        end -= 1;
    }
    Speaker {
        range: page.bytes(source.start, end),
        head: page.bytes(source.head.0, source.head.1),
        kind: speaker_kind(page, source.head),
        carried,
    }
}

fn speaker_kind(page: &Page<'_>, (start, end): (usize, usize)) -> SpeakerKind {
    let any = |class| (start..end).any(|at| page.is(at, class));
    let owned = (start..end).any(|at| page.tag(at) == Tag::Possessive);
    let noun = (start..end).find(|at| page.tag(*at) == Tag::Preposition).unwrap_or(end);
    let last = noun.saturating_sub(1).max(start);
    let pronoun = Classes::PERSON.or(Classes::OBJECT).or(Classes::RELATIVE);
    let pronoun = page.is(start, pronoun.or(Classes::POSSESSIVE)) && end - start == 1;
    let plain = matches!(page.tag(start), Tag::Determiner | Tag::Possessive | Tag::Pronoun);
    let name = page.tag(last) == Tag::Name || page.tables.capital_nouns && !plain;
    let role = page.is(last, Classes::ROLE) || page.tag(last) != Tag::Name && is_person(page, last);
    match () {
        () if pronoun => SpeakerKind::Pronoun,
        () if any(Classes::ANONYMOUS) => SpeakerKind::Unnamed,
        () if page.is(last, Classes::ORGANISATION) => SpeakerKind::Organisation,
        () if page.is(last, Classes::UNNAMED) && !owned => SpeakerKind::Unnamed,
        () if role && !(name && last > start && page.tag(last) == Tag::Name) => SpeakerKind::Role,
        () if name => SpeakerKind::Named,
        () if any(Classes::UNNAMED) && !owned => SpeakerKind::Unnamed,
        () if any(Classes::ROLE) || !page.tables.english => SpeakerKind::Role,
        () => SpeakerKind::Organisation,
    }
}

/// Endings of English nouns for people.
const PEOPLE: [&str; 6] = ["er", "ers", "or", "ist", "ists", "man"];

fn is_person(page: &Page<'_>, at: usize) -> bool {
    let ends = |ending: &&str| page.word(at).ends_with(*ending);
    page.tables.english && page.word(at).len() > 4 && PEOPLE.iter().any(ends)
}
