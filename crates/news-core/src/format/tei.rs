//! TEI P5: the article as a text of a corpus, with names, dates and speech marked.

use std::ops::Range;

use super::clean::{image_source, lines, link_target, one_line, without_controls};
use super::spans::{Cursor, Sense, Senses};
use super::xml::Xml;
use super::{in_bytes, language, value};
use crate::article::{
    Article, Block, BlockKind, Cell, EntityKind, Image, ListItem, MarkKind, MentionKind, Quote,
    QuoteKind, Text, TimeMention, TurnRole,
};
use crate::metadata::Moment;
use crate::reading::time::TimeKind;

mod header;

const NAMESPACE: &str = "http://www.tei-c.org/ns/1.0";
/// What a line break of the page is.
const BREAK: &str = "lb";

pub(super) fn write(article: &Article) -> String {
    let article = &in_bytes(article);
    let mut xml = Xml::new();
    let attributes = [("xmlns", NAMESPACE), ("xml:lang", language(article))];
    xml.within("TEI", &attributes, |xml| {
        xml.within("teiHeader", &[], |xml| header::header(article, xml));
        xml.within("text", &[], |xml| {
            xml.within("front", &[], |xml| front(article, xml));
            xml.always("body", &[], |xml| body(article, xml));
        });
    });
    xml.finish()
}

/// A moment as `att.datable.w3c` has it: times have seconds.
fn w3c(moment: &Moment) -> String {
    let text = moment.to_string();
    match text.split_at_checked("2024-05-02T10:00".len()) {
        Some((minute, rest)) if !rest.starts_with(':') => format!("{minute}:00{rest}"),
        _ => text,
    }
}

fn id(index: usize) -> String {
    format!("entity-{index}")
}

fn name_tag(kind: &EntityKind) -> &'static str {
    match kind {
        EntityKind::Person { .. } => "persName",
        EntityKind::Organisation { .. } => "orgName",
        EntityKind::Place { .. } => "placeName",
    }
}

fn front(article: &Article, xml: &mut Xml) {
    let deck = super::deck(article);
    if !deck.is_empty() {
        xml.within("div", &[("type", "deck")], |xml| xml.line("p", &[], deck));
    }
}

fn body(article: &Article, xml: &mut Xml) {
    let headline = value(article.metadata.headline.as_ref()).map_or("", String::as_str);
    xml.line("head", &[], headline);
    if article.blocks.is_empty() {
        return xml.always("p", &[], |_| {});
    }
    let senses = Senses::of(article);
    let write = |index: usize, xml: &mut Xml| {
        write_block(&article.blocks[index], &mut senses.block(index), xml);
    };
    sections(&article.blocks, write, xml);
}

/// Writes the blocks by their places: each heading begins a section, up to the next, and the
/// bullets of a summary are one list.
fn sections(blocks: &[Block], mut write: impl FnMut(usize, &mut Xml), xml: &mut Xml) {
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading { .. });
    let heads = blocks.iter().enumerate().filter(|(_, block)| is_heading(block)).map(|(n, _)| n);
    let starts: Vec<usize> = [0].into_iter().chain(heads).chain([blocks.len()]).collect();
    for (number, section) in starts.windows(2).enumerate() {
        let range = section[0]..section[1];
        if number == 0 {
            section_blocks(blocks, range, &mut write, xml);
        } else {
            xml.within("div", &[("type", "section")], |xml| {
                section_blocks(blocks, range, &mut write, xml);
            });
        }
    }
}

fn section_blocks(
    blocks: &[Block],
    range: Range<usize>,
    write: &mut impl FnMut(usize, &mut Xml),
    xml: &mut Xml,
) {
    for (are_bullets, run) in super::runs(&blocks[range.clone()]) {
        let run = range.start + run.start..range.start + run.end;
        if are_bullets {
            xml.within("list", &[("type", "summary")], |xml| run.for_each(|n| write(n, xml)));
        } else {
            run.for_each(|n| write(n, xml));
        }
    }
}

fn write_block(block: &Block, at: &mut Cursor<'_>, xml: &mut Xml) {
    match &block.kind {
        BlockKind::Paragraph { text } => paragraph("", text, at, xml),
        BlockKind::Deck { text } => paragraph("deck", text, at, xml),
        BlockKind::Heading { level, text } => heading(*level, text, at, xml),
        BlockKind::SummaryBullet { text } => element("item", text, at, xml),
        BlockKind::List { ordered, items } => list(*ordered, items, at, xml),
        BlockKind::BlockQuote { text, attribution } => {
            quote(text, attribution.as_deref().unwrap_or_default(), at, xml);
        }
        BlockKind::PullQuote { text } => {
            xml.within("floatingText", &[("type", "pullquote")], |xml| {
                xml.within("body", &[], |xml| xml.line("p", &[], &text.text));
            });
        }
        BlockKind::Table { caption, rows } => {
            table(caption.as_deref().unwrap_or_default(), rows, at, xml);
        }
        BlockKind::Figure { image } => figure(image, xml),
        BlockKind::Embed { platform, url, quoted } => {
            embed(platform, url.as_deref(), quoted.as_deref().unwrap_or_default(), xml);
        }
        BlockKind::Code { text } => {
            at.skip(text);
            xml.inline("ab", &[("type", "code"), ("xml:space", "preserve")], |xml| {
                xml.text(&without_controls(text));
            });
        }
        BlockKind::Turn { role, text } => {
            let kind = if *role == TurnRole::Question { "question" } else { "answer" };
            paragraph(kind, text, at, xml);
        }
        BlockKind::LiveEntry { time, heading, blocks } => {
            live_entry(time.as_deref(), heading.as_deref(), blocks, at, xml);
        }
        BlockKind::Note { text } => {
            xml.within("note", &[("type", "editor")], |xml| element("p", text, at, xml));
        }
    }
}

fn element(tag: &str, text: &Text, at: &mut Cursor<'_>, xml: &mut Xml) {
    xml.inline(tag, &[], |xml| at.write(text, BREAK, open, xml));
}

fn paragraph(rend: &'static str, text: &Text, at: &mut Cursor<'_>, xml: &mut Xml) {
    xml.inline("p", &[("rend", rend)], |xml| at.write(text, BREAK, open, xml));
}

fn heading(level: u8, text: &Text, at: &mut Cursor<'_>, xml: &mut Xml) {
    let level = format!("h{}", level.clamp(2, 6));
    xml.inline("head", &[("rend", &level)], |xml| at.write(text, BREAK, open, xml));
}

fn list(ordered: bool, items: &[ListItem], at: &mut Cursor<'_>, xml: &mut Xml) {
    let rend = if ordered { "numbered" } else { "bulleted" };
    xml.within("list", &[("rend", rend)], |xml| {
        for item in items {
            let depth =
                if item.depth > 0 { format!("depth-{}", item.depth) } else { String::new() };
            xml.inline("item", &[("rend", &depth)], |xml| at.write(&item.text, BREAK, open, xml));
        }
    });
}

fn quote(text: &Text, by: &str, at: &mut Cursor<'_>, xml: &mut Xml) {
    xml.within("cit", &[], |xml| {
        xml.within("quote", &[], |xml| element("p", text, at, xml));
        xml.line("bibl", &[], by);
    });
}

fn table(caption: &str, rows: &[Vec<Cell>], at: &mut Cursor<'_>, xml: &mut Xml) {
    xml.within("table", &[], |xml| {
        xml.line("head", &[], caption);
        at.rows(rows, "row", xml, |at, cell, columns, xml| {
            let role = if cell.header { "label" } else { "" };
            let write = |xml: &mut Xml| at.write(&cell.text, BREAK, open, xml);
            xml.always("cell", &[("role", role), ("cols", columns)], write);
        });
    });
}

fn figure(image: &Image, xml: &mut Xml) {
    let Some(source) = image_source(&image.url) else { return };
    let pixels = |n: Option<u32>| n.map_or_else(String::new, |n| format!("{n}px"));
    let (width, height) = (pixels(image.width), pixels(image.height));
    xml.within("figure", &[], |xml| {
        let attributes = [("url", source.as_str()), ("width", &width), ("height", &height)];
        xml.empty("graphic", &attributes);
        xml.line("head", &[], image.caption.as_deref().unwrap_or_default());
        xml.line("figDesc", &[], image.alt.as_deref().unwrap_or_default());
        xml.within("note", &[("type", "credit")], |xml| {
            xml.line("p", &[], image.credit.as_deref().unwrap_or_default());
        });
    });
}

fn embed(platform: &str, url: Option<&str>, quoted: &str, xml: &mut Xml) {
    let target = url.and_then(link_target).unwrap_or_default();
    xml.within("cit", &[("type", "embed")], |xml| {
        xml.within("quote", &[], |xml| lines(quoted).for_each(|line| xml.line("p", &[], &line)));
        xml.within("bibl", &[], |xml| {
            xml.always("ref", &[("target", &target)], |xml| xml.text(&one_line(platform)));
        });
    });
}

fn live_entry(
    time: Option<&str>,
    heading: Option<&str>,
    blocks: &[Block],
    at: &mut Cursor<'_>,
    xml: &mut Xml,
) {
    xml.within("floatingText", &[("type", "entry")], |xml| {
        xml.within("body", &[], |xml| {
            if let Some(heading) = heading {
                at.skip(heading);
                xml.line("head", &[], heading);
            }
            xml.inline("p", &[("rend", "time")], |xml| entry_time(time.unwrap_or_default(), xml));
            sections(blocks, |index, xml| write_block(&blocks[index], at, xml), xml);
        });
    });
}

fn entry_time(time: &str, xml: &mut Xml) {
    let when = time.parse::<Moment>().map_or_else(|_| String::new(), |moment| w3c(&moment));
    if !time.is_empty() {
        xml.start("date", &[("when", &when)]);
        xml.text(&one_line(time));
        xml.end("date");
    }
}

/// The start tag of what a range of text is.
fn open(sense: Sense<'_>, xml: &mut Xml) -> Option<&'static str> {
    match sense {
        Sense::Mark(kind) => mark(kind, xml),
        Sense::Entity(entity, index, kind) => {
            let is_name = !matches!(kind, MentionKind::Pronoun | MentionKind::Nominal);
            let tag = if is_name { name_tag(&entity.kind) } else { "rs" };
            xml.start(tag, &[("ref", &format!("#{}", id(index)))]);
            Some(tag)
        }
        Sense::Time(mention) => Some(time(mention, xml)),
        Sense::Said(quote) => Some(said(quote, xml)),
    }
}

fn mark(kind: &MarkKind, xml: &mut Xml) -> Option<&'static str> {
    let (tag, name, text) = match kind {
        MarkKind::Link { url } => ("ref", "target", link_target(url)?),
        MarkKind::Emphasis => ("hi", "rend", "italic".to_owned()),
        MarkKind::Strong => ("hi", "rend", "bold".to_owned()),
        MarkKind::Code => ("hi", "rend", "code".to_owned()),
    };
    xml.start(tag, &[(name, &text)]);
    Some(tag)
}

fn time(mention: &TimeMention, xml: &mut Xml) -> &'static str {
    let when = mention.value.parse::<Moment>().map(|moment| w3c(&moment)).unwrap_or_default();
    let tag = if mention.kind == TimeKind::Time { "time" } else { "date" };
    xml.start(tag, &[("when", &when)]);
    tag
}

fn said(quote: &Quote, xml: &mut Xml) -> &'static str {
    let speaker = quote.speaker.as_ref().and_then(|speaker| speaker.entity);
    let who = speaker.map_or_else(String::new, |index| format!("#{}", id(index as usize)));
    let direct = if quote.kind == QuoteKind::Indirect { "false" } else { "true" };
    xml.start("said", &[("who", &who), ("direct", direct)]);
    "said"
}
