//! Reading: what a story's text says, as ranges into it.
//!
//! [`read`] is the whole of it, over the text of an article. Each part works on its own too, over
//! any text: [`sentences`], [`time::times`], [`entity::mentions`], [`people::people`],
//! [`quote::quotes`].

pub mod entity;
mod graph;
pub mod people;
mod prose;
pub mod quote;
mod sentence;
pub mod time;

use std::ops::Range;

use jiff::civil::Date;

use crate::article::{Layout, Reading, TimeMention, Wire};
use crate::error::{Warning, WarningCode};
use crate::metadata::{Metadata, Moment, Precision};
use crate::options::{Limits, Source};
use crate::work::{Work, cost};
use time::{Anchor, AnchorSource, TimeExpression};

pub use prose::{Paragraph, ParagraphKind, Prose};
pub use sentence::sentences;

/// Reads a story: text -> sentences, times, names -> people, other entities, quotes -> who said what.
///
/// Ranges count UTF-8 bytes of each block's text. `language` is a BCP 47 tag; relative times count
/// from `anchor`. Of an empty text everything is empty.
///
/// ```
/// use news_core::article::Layout;
/// let text = Layout::plain("Rates rose. They fell on 3 May 2024.");
/// let reading = news_core::reading::read(&text, Some("en"), None);
/// assert_eq!(reading.sentences.len(), 2);
/// assert_eq!(reading.times[0].value, "2024-05-03");
/// ```
#[must_use]
pub fn read(layout: &Layout, language: Option<&str>, anchor: Option<&Anchor>) -> Reading {
    let limits = &Limits::default();
    read_within(layout, language, anchor, limits, &Work::new(limits)).0
}

/// [`read`] as far as the limits allow, and what is to be said where that is not to the end.
pub(crate) fn read_within(
    layout: &Layout,
    language: Option<&str>,
    anchor: Option<&Anchor>,
    limits: &Limits,
    work: &Work,
) -> (Reading, Option<Warning>) {
    let (end, warning) = reach(layout, limits, work);
    let text = layout.text().get(..end).unwrap_or_default();
    let inside = layout.paragraphs().iter().take_while(|paragraph| paragraph.range.start < end);
    let mut paragraphs = Vec::with_capacity(layout.paragraphs().len());
    paragraphs.extend(inside.map(|paragraph| {
        let range = paragraph.range.start..paragraph.range.end.min(end);
        Paragraph { range, kind: paragraph.kind }
    }));
    let prose = Prose::new(text, language, paragraphs);
    (read_prose(layout, &prose, language, anchor), warning)
}

/// How far the text is read, in bytes: paragraph by paragraph, and in the last up to a space.
fn reach(layout: &Layout, limits: &Limits, work: &Work) -> (usize, Option<Warning>) {
    let text = layout.text();
    for paragraph in layout.paragraphs() {
        let Range { start, end } = paragraph.range;
        let wanted = (end - start).min(limits.text_bytes.saturating_sub(start));
        let each = cost_of_a_byte(text.get(start..end).unwrap_or_default());
        let paid = if work.pay(cost::PARAGRAPH) { work.pay_for(wanted, each) } else { 0 };
        if start + paid == end {
            continue;
        }
        let cut = text.get(start..text.floor_char_boundary(start + paid)).unwrap_or_default();
        let reached = start + cut.rfind(char::is_whitespace).unwrap_or_default();
        let what = format!("what the text says after byte {reached} was not read");
        let warning = if paid < wanted {
            work.warning(&what)
        } else {
            let limit = limits.text_bytes;
            Warning::new(WarningCode::TextLimit, format!("{what}: text_bytes = {limit}"))
        };
        return (reached, Some(warning));
    }
    (text.len(), None)
}

/// Units that a byte of a paragraph costs, its capitals included.
fn cost_of_a_byte(paragraph: &str) -> u64 {
    let capitals = if paragraph.is_ascii() {
        paragraph.bytes().filter(u8::is_ascii_uppercase).count()
    } else {
        paragraph.chars().filter(|c| c.is_uppercase()).count()
    };
    let capitals = capitals as u64;
    cost::TEXT_BYTE + (capitals * cost::CAPITAL).div_ceil(paragraph.len().max(1) as u64)
}

fn read_prose(
    layout: &Layout,
    prose: &Prose<'_>,
    language: Option<&str>,
    anchor: Option<&Anchor>,
) -> Reading {
    // What takes most memory comes first, while little is held.
    let quotes = quote::quotes(prose);
    let (people, others) = named(prose);
    let times = time::times(prose.text, language, anchor);
    let times = times.into_iter().filter_map(|time| mention(time, layout)).collect();
    let (entities, quotes) = graph::join(layout, people, others, quotes);
    let sentences = prose.sentences.iter().filter_map(|range| layout.span(range)).collect();
    Reading { sentences, times, entities, quotes }
}

fn named(prose: &Prose<'_>) -> (Vec<people::Person>, Vec<entity::Entity>) {
    let (names, others) = entity::named(prose);
    (people::people(prose, &names), others)
}

fn mention(time: TimeExpression, layout: &Layout) -> Option<TimeMention> {
    let TimeExpression { start, end, kind, value, modifier, anchor } = time;
    let span = layout.span(&(start..end))?;
    Some(TimeMention { span, kind, value, modifier, anchor })
}

/// The day the story was written: by its dateline, else its publication date, else the caller.
pub(crate) fn anchor(wire: &Wire, metadata: &Metadata, source: &Source<'_>) -> Option<Anchor> {
    let dateline = wire.dateline.as_ref().and_then(|dateline| dateline.date);
    let published = metadata.published.as_ref().map(|field| field.value);
    let caller = || source.written.and_then(|day| day.parse().ok());
    let day = |moment: Option<Moment>, source| anchor_of(moment?, source);
    day(dateline, AnchorSource::Dateline)
        .or_else(|| day(published, AnchorSource::Publication))
        .or_else(|| day(caller(), AnchorSource::Caller))
}

/// An anchor needs a day, in the zone in which it was stated.
fn anchor_of(moment: Moment, source: AnchorSource) -> Option<Anchor> {
    let date: Date = moment.date();
    (moment.precision() >= Precision::Day).then(|| Anchor { date, time: moment.time(), source })
}
