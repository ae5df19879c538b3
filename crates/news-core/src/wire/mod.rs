//! Wire sense: what a story says about its place, date, agency and makers, read by rules over blocks.
//!
//! The rules run over the blocks of pages, where nothing is moved, and over the lines of plain text
//! (`text`), where credits and sign-offs leave the story for their fields. The words come from
//! `lexicon/agencies.tsv`, `dateline_places.tsv`, `dateline_labels.txt`, `slugs.tsv`,
//! `sign_off_cues.tsv`.

pub(crate) mod agency;
pub(crate) mod credit;
pub(crate) mod dateline;
pub(crate) mod note;
mod ownership;
mod place;
pub(crate) mod sign_off;
pub(crate) mod slug;

use crate::article::{
    Block, BlockKind, Contact, Credit, Dateline, DeskNote, SignOff, Slug, Text, Wire,
};
use crate::letters::{Run, head, lower, runs};
use crate::metadata::{Metadata, Moment};
use crate::provenance::{Field, Origin, Place, SourceRange};

/// What is known beside the blocks.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Context<'a> {
    /// Language of the story as a BCP 47 tag.
    pub(crate) language: Option<&'a str>,
    /// The day of publication or of the fetch: gives years to datelines that state none.
    pub(crate) reference: Option<Moment>,
}

impl<'a> Context<'a> {
    /// The story's language and publication; the time of the fetch where no publication is known.
    pub(crate) fn of(metadata: &'a Metadata, fetched_at: Option<&str>) -> Self {
        let published = metadata.published.as_ref().map(|field| field.value);
        Self {
            language: metadata.language.as_ref().map(|field| field.value.as_str()),
            reference: published.or_else(|| fetched_at.and_then(|at| at.parse().ok())),
        }
    }
}

/// Paragraphs at the beginning among which the dateline stands.
const DATELINE_PARAGRAPHS: usize = 4;
/// Blocks at each end that are looked at for slugs, credits and sign-offs.
const HEAD_BLOCKS: usize = 4;
const TAIL_BLOCKS: usize = 10;

/// Reads the blocks of a page. Nothing is taken out of them.
pub(crate) fn read(blocks: &[Block], metadata: &mut Metadata, fetched_at: Option<&str>) -> Wire {
    let context = Context::of(metadata, fetched_at);
    let mut wire = Wire { dateline: dateline(blocks, context), ..Wire::default() };
    for (at, block) in blocks.iter().enumerate() {
        let is_head = at < HEAD_BLOCKS;
        let is_tail = at + TAIL_BLOCKS >= blocks.len();
        if let Some(text) = prose(block).filter(|_| is_head || is_tail) {
            let source = block.source.first().copied();
            read_line(&text.text, source, is_tail, context, &mut wire);
        }
    }
    closing_words(blocks, &mut wire);
    finish(&mut wire, metadata);
    wire
}

/// Sets whose work the story is, and the agency where the metadata has none.
pub(crate) fn finish(wire: &mut Wire, metadata: &mut Metadata) {
    wire.ownership = ownership::judge(wire, metadata);
    if metadata.agency.is_none() {
        metadata.agency = ownership::agency(wire);
    }
}

/// The first characters in lower case.
pub(crate) fn lower_head(line: &str, chars: usize) -> String {
    let head = head(line, chars);
    let mut out = String::with_capacity(head.len());
    for run in runs(head) {
        match run {
            Run::Ascii(run) => out.push_str(run),
            Run::Other(c) => match lower(c) {
                Some(lower) => out.push(lower),
                None => out.extend(c.to_lowercase()),
            },
        }
    }
    out.make_ascii_lowercase();
    out
}

/// What a list of openings is asked for: the first word of a line ends before a space or colon.
fn first_word(text: &str) -> &str {
    text.split([' ', ':']).next().unwrap_or(text)
}

fn prose(block: &Block) -> Option<&Text> {
    match &block.kind {
        BlockKind::Paragraph { text } | BlockKind::Note { text } => Some(text),
        _ => None,
    }
}

/// Reads one line into the fields; does nothing where it is prose.
fn read_line(
    line: &str,
    source: Option<SourceRange>,
    is_tail: bool,
    context: Context<'_>,
    wire: &mut Wire,
) {
    if let Some(mark) = slug::line(line) {
        wire.slugs.push(slug_of(&mark, line, source));
        return;
    }
    if let Some(kind) = note::read(line) {
        wire.notes.push(DeskNote { kind, raw: line.to_owned(), source });
        return;
    }
    if !is_tail {
        return;
    }
    let sign_offs = sign_off::read(line, context.language);
    if !sign_offs.is_empty() {
        wire.sign_offs.extend(sign_offs.into_iter().map(|s| SignOff { source, ..s }));
    } else if let Some(found) = credit::read(line).or_else(|| credit::copyright(line)) {
        wire.credit.get_or_insert_with(|| credit_of(&found, line, source));
    } else if let Some(contact) = note::contact(line) {
        wire.contacts.push(Contact { source, ..contact });
    }
}

pub(crate) fn slug_of(mark: &slug::Mark, line: &str, source: Option<SourceRange>) -> Slug {
    let raw = line.get(mark.range.clone()).unwrap_or(line).trim().to_owned();
    Slug { kind: mark.kind, number: mark.number, raw, source }
}

pub(crate) fn credit_of(
    found: &credit::CreditLine,
    raw: &str,
    source: Option<SourceRange>,
) -> Credit {
    Credit { agency: found.agency.as_ref().map(|a| a.name.to_owned()), raw: raw.to_owned(), source }
}

/// The credit or initials that end the last paragraph; they stay in the text.
pub(crate) fn closing_words(blocks: &[Block], wire: &mut Wire) {
    let last = blocks.iter().rev().take(TAIL_BLOCKS).find_map(|b| {
        let is_note = matches!(b.kind, BlockKind::Note { .. });
        prose(b).filter(|_| !is_note).map(|text| (b, text))
    });
    let Some((block, text)) = last else {
        return;
    };
    let source = block.source.last().copied();
    if let Some((found, raw)) = credit::at_end(&text.text) {
        wire.credit.get_or_insert_with(|| credit_of(&found, raw.trim(), source));
    } else if let Some(sign_off) = sign_off::initials_at_end(&text.text) {
        wire.sign_offs.push(SignOff { source, ..sign_off });
    }
}

/// The dateline among the first paragraphs.
pub(crate) fn dateline(blocks: &[Block], context: Context<'_>) -> Option<Dateline> {
    let paragraphs = blocks.iter().enumerate().filter_map(|(at, block)| match &block.kind {
        BlockKind::Paragraph { text } => Some((at, text.text.as_str())),
        _ => None,
    });
    paragraphs
        .take(DATELINE_PARAGRAPHS)
        .find_map(|(at, text)| Some(field(dateline::find(text)?, at, text, context)))
}

/// The dateline as the model has it.
fn field(opening: dateline::Opening, block: usize, text: &str, context: Context<'_>) -> Dateline {
    let part = |range: Option<std::ops::Range<usize>>| {
        range.and_then(|range| text.get(range)).map(|part| part.trim().to_owned())
    };
    let date_text = part(opening.date);
    let date = date_text.as_deref();
    Dateline {
        place: part(opening.place).map(|place| places(&place)).unwrap_or_default(),
        date: date.and_then(|date| dateline::day(date, context.reference, context.language)),
        date_text,
        agency: opening.agency.map(|agency| agency.name.to_owned()),
        agency_text: part(opening.agency_text),
        raw: text.get(opening.range.clone()).unwrap_or("").to_owned(),
        block: block as u32,
        start: opening.range.start as u32,
        end: opening.range.end as u32,
    }
}

/// `PARIS/BERLIN` and `서울·부산` are two places.
fn places(text: &str) -> Vec<String> {
    text.split(['/', '·']).map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

/// A field that the text itself states.
pub(crate) fn stated<T>(
    value: T,
    raw: &str,
    key: &str,
    range: Option<SourceRange>,
    confidence: f32,
) -> Field<T> {
    let origin = Origin { place: Place::Text, key: key.to_owned(), range };
    Field { value, raw: raw.to_owned(), origin, confidence, rejected: Vec::new() }
}

#[cfg(test)]
mod tests;
