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

use jiff::civil::Date;

use crate::article::{Layout, Reading, TimeMention, Wire};
use crate::metadata::{Metadata, Moment, Precision};
use crate::options::Source;
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
    let prose = Prose::new(layout.text(), language, layout.paragraphs().to_vec());
    let times = time::times(prose.text, language, anchor);
    let (names, others) = entity::named(&prose);
    let people = people::people(&prose, &names);
    let (entities, quotes) = graph::join(layout, people, others, quote::quotes(&prose));
    Reading {
        sentences: prose.sentences.iter().filter_map(|range| layout.span(range)).collect(),
        times: times.into_iter().filter_map(|time| mention(time, layout)).collect(),
        entities,
        quotes,
    }
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
