//! IPTC's NITF 3.6: the story as XML, names and quotations marked in its text.

use super::clean::{image_source, lines, link_target, one_line, without_controls};
use super::spans::{Cursor, Sense, Senses};
use super::xml::Xml;
use super::{in_bytes, language, value};
use crate::article::{
    Article, Block, BlockKind, Cell, DeskNoteKind, EntityKind, Image, ListItem, MarkKind,
    MentionKind, Quote, QuoteKind, Text, TurnRole,
};
use crate::metadata::{Author, Moment};
use crate::reading::time::TimeKind;

const NAMESPACE: &str = "http://iptc.org/std/NITF/2006-10-18/";
const VERSION: &str = "-//IPTC//DTD NITF 3.6//EN";
/// Whose numbers the names have: this document's.
const SOURCE: &str = "document";
/// What a line break of the page is.
const BREAK: &str = "br";

pub(super) fn write(article: &Article) -> String {
    let article = &in_bytes(article);
    let mut xml = Xml::new();
    let baselang = language(article);
    let attributes = [("xmlns", NAMESPACE), ("version", VERSION), ("baselang", baselang)];
    xml.within("nitf", &attributes, |xml| {
        head(article, xml);
        xml.within("body", &[], |xml| {
            xml.within("body.head", &[], |xml| body_head(article, xml));
            let senses = Senses::of(article);
            xml.always("body.content", &[], |xml| {
                let write = |index: usize, xml: &mut Xml| {
                    write_block(&article.blocks[index], &mut senses.block(index), xml);
                };
                write_blocks(&article.blocks, write, xml);
            });
            xml.within("body.end", &[], |xml| tagline(article, xml));
        });
    });
    xml.finish()
}

fn head(article: &Article, xml: &mut Xml) {
    let meta = &article.metadata;
    xml.within("head", &[], |xml| {
        xml.line("title", &[], value(meta.headline.as_ref()).map_or("", String::as_str));
        xml.empty("meta", &[("name", "generator"), ("content", super::GENERATOR)]);
        xml.within("docdata", &[], |xml| docdata(article, xml));
        let site = one_line(value(meta.site_name.as_ref()).map_or("", String::as_str));
        let section = one_line(value(meta.section.as_ref()).map_or("", String::as_str));
        let day = day(value(meta.published.as_ref()));
        let address = value(meta.url.as_ref()).and_then(|url| link_target(url)).unwrap_or_default();
        let attributes = [
            ("type", "web"),
            ("date.publication", day.as_str()),
            ("name", &site),
            ("position.section", &section),
            ("ex-ref", &address),
        ];
        xml.empty("pubdata", &attributes);
    });
}

/// `20240502` or `20240502T100000+0200`, as NITF has its dates.
fn day(moment: Option<&Moment>) -> String {
    moment.map_or_else(String::new, |moment| basic(&moment.to_string()))
}

/// ISO 8601 without separators; the sign of the zone stays.
fn basic(text: &str) -> String {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let mut out = date.replace('-', "");
    if !time.is_empty() {
        out.push('T');
        out.push_str(&time.replace(':', ""));
    }
    out
}

fn docdata(article: &Article, xml: &mut Xml) {
    let meta = &article.metadata;
    let id = value(meta.url.as_ref()).and_then(|url| link_target(url));
    if let Some(id) = &id {
        xml.empty("doc-id", &[("id-string", id)]);
    }
    let dates = [("date.issue", &meta.published), ("date.release", &meta.modified)];
    for (tag, moment) in dates {
        let norm = day(value(moment.as_ref()));
        if !norm.is_empty() {
            xml.empty(tag, &[("norm", &norm)]);
        }
    }
    for note in article.wire.notes.iter().filter(|note| note.kind == DeskNoteKind::Editors) {
        xml.empty("ed-msg", &[("info", &one_line(&note.raw))]);
    }
    if let Some(rights) = value(meta.rights.as_ref()) {
        xml.empty("doc.copyright", &[("holder", &one_line(rights))]);
    }
    xml.within("key-list", &[], |xml| {
        for tag in value(meta.tags.as_ref()).into_iter().flatten() {
            xml.empty("keyword", &[("key", &one_line(tag))]);
        }
    });
    xml.within("identified-content", &[], |xml| {
        let entities = article.reading.iter().flat_map(|reading| &reading.entities);
        for (index, entity) in entities.enumerate() {
            let value = index.to_string();
            let attributes = [("idsrc", SOURCE), ("value", value.as_str())];
            xml.line(entity_tag(&entity.kind), &attributes, &entity.name);
        }
    });
}

fn entity_tag(kind: &EntityKind) -> &'static str {
    match kind {
        EntityKind::Person { .. } => "person",
        EntityKind::Organisation { .. } => "org",
        EntityKind::Place { .. } => "location",
    }
}

fn body_head(article: &Article, xml: &mut Xml) {
    let meta = &article.metadata;
    xml.within("hedline", &[], |xml| {
        xml.line("hl1", &[], value(meta.headline.as_ref()).map_or("", String::as_str));
        xml.line("hl2", &[], value(meta.alternative_headline.as_ref()).map_or("", String::as_str));
    });
    for author in value(meta.authors.as_ref()).into_iter().flatten() {
        byline(author, xml);
    }
    xml.line("distributor", &[], value(meta.agency.as_ref()).map_or("", String::as_str));
    if let Some(line) = &article.wire.dateline {
        xml.within("dateline", &[], |xml| {
            line.place.iter().for_each(|place| xml.line("location", &[], place));
            let text = line.date_text.as_deref().unwrap_or_default();
            xml.line("story.date", &[("norm", &day(line.date.as_ref()))], text);
        });
    }
    xml.within("abstract", &[], |xml| xml.line("p", &[], super::deck(article)));
}

fn byline(author: &Author, xml: &mut Xml) {
    let title = [&author.role, &author.organisation];
    let title: Vec<_> = title.into_iter().flatten().map(|part| one_line(part)).collect();
    xml.within("byline", &[], |xml| {
        xml.line(if author.is_organisation { "org" } else { "person" }, &[], &author.name);
        xml.line("byttl", &[], &title.join(", "));
    });
}

/// Who reported, wrote and edited.
fn tagline(article: &Article, xml: &mut Xml) {
    let lines = article.wire.sign_offs.iter().map(|line| one_line(&line.raw));
    let credit = article.wire.credit.iter().map(|credit| one_line(&credit.raw));
    xml.line("tagline", &[], &lines.chain(credit).collect::<Vec<_>>().join(" "));
}

/// Writes the blocks by their places, the bullets of a summary as one list.
fn write_blocks(blocks: &[Block], mut write: impl FnMut(usize, &mut Xml), xml: &mut Xml) {
    for (are_bullets, run) in super::runs(blocks) {
        if are_bullets {
            xml.within("ul", &[("class", "summary")], |xml| run.for_each(|n| write(n, xml)));
        } else {
            run.for_each(|n| write(n, xml));
        }
    }
}

fn write_block(block: &Block, at: &mut Cursor<'_>, xml: &mut Xml) {
    match &block.kind {
        BlockKind::Paragraph { text } => element("p", text, at, xml),
        BlockKind::Deck { text } => {
            xml.inline("p", &[("class", "deck")], |xml| at.write(text, BREAK, open, xml));
        }
        BlockKind::Heading { text, .. } => element("hl2", text, at, xml),
        BlockKind::SummaryBullet { text } => element("li", text, at, xml),
        BlockKind::List { ordered, items } => list(*ordered, items, at, xml),
        BlockKind::BlockQuote { text, attribution } => {
            quote(text, attribution.as_deref().unwrap_or_default(), at, xml);
        }
        BlockKind::PullQuote { text } => {
            xml.within("bq", &[("class", "pull")], |xml| {
                xml.within("block", &[], |xml| xml.line("p", &[], &text.text));
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
            xml.inline("pre", &[], |xml| xml.text(&without_controls(text)));
        }
        BlockKind::Turn { role, text } => {
            let class = if *role == TurnRole::Question { "question" } else { "answer" };
            xml.inline("p", &[("class", class)], |xml| at.write(text, BREAK, open, xml));
        }
        BlockKind::LiveEntry { time, heading, blocks } => {
            live_entry(time.as_deref(), heading.as_deref(), blocks, at, xml);
        }
        BlockKind::Note { text } => {
            let attributes = [("noteclass", "editorsnote"), ("type", "std")];
            xml.within("note", &attributes, |xml| {
                xml.within("body.content", &[], |xml| element("p", text, at, xml));
            });
        }
    }
}

fn element(tag: &str, text: &Text, at: &mut Cursor<'_>, xml: &mut Xml) {
    xml.inline(tag, &[], |xml| at.write(text, BREAK, open, xml));
}

/// NITF nests lists by paragraphs only; the depth stays as a class.
fn list(ordered: bool, items: &[ListItem], at: &mut Cursor<'_>, xml: &mut Xml) {
    xml.within(if ordered { "ol" } else { "ul" }, &[], |xml| {
        for item in items {
            let class =
                if item.depth > 0 { format!("depth-{}", item.depth) } else { String::new() };
            xml.inline("li", &[("class", &class)], |xml| at.write(&item.text, BREAK, open, xml));
        }
    });
}

fn quote(text: &Text, by: &str, at: &mut Cursor<'_>, xml: &mut Xml) {
    xml.within("bq", &[], |xml| {
        xml.within("block", &[], |xml| element("p", text, at, xml));
        xml.line("credit", &[], by);
    });
}

fn table(caption: &str, rows: &[Vec<Cell>], at: &mut Cursor<'_>, xml: &mut Xml) {
    xml.within("table", &[], |xml| {
        xml.line("caption", &[], caption);
        at.rows(rows, "tr", xml, |at, cell, columns, xml| {
            let tag = if cell.header { "th" } else { "td" };
            let write = |xml: &mut Xml| at.write(&cell.text, BREAK, open, xml);
            xml.always(tag, &[("colspan", columns)], write);
        });
    });
}

fn figure(image: &Image, xml: &mut Xml) {
    let Some(source) = image_source(&image.url) else { return };
    let pixels = |n: Option<u32>| n.map_or_else(String::new, |n| n.to_string());
    let (width, height) = (pixels(image.width), pixels(image.height));
    let alternative = one_line(image.alt.as_deref().unwrap_or_default());
    let attributes = [
        ("source", source.as_str()),
        ("alternate-text", &alternative),
        ("width", &width),
        ("height", &height),
    ];
    xml.within("media", &[("media-type", "image")], |xml| {
        xml.empty("media-reference", &attributes);
        xml.line("media-caption", &[], image.caption.as_deref().unwrap_or_default());
        xml.line("media-producer", &[], image.credit.as_deref().unwrap_or_default());
    });
}

fn embed(platform: &str, url: Option<&str>, quoted: &str, xml: &mut Xml) {
    let target = url.and_then(link_target);
    xml.within("bq", &[("class", "embed")], |xml| {
        xml.within("block", &[], |xml| {
            lines(quoted).for_each(|line| xml.line("p", &[], &line));
            if let Some(target) = &target {
                xml.inline("p", &[], |xml| {
                    xml.start("a", &[("href", target)]);
                    xml.text(&one_line(platform));
                    xml.end("a");
                });
            }
        });
        xml.line("credit", &[], platform);
    });
}

fn live_entry(
    time: Option<&str>,
    heading: Option<&str>,
    blocks: &[Block],
    at: &mut Cursor<'_>,
    xml: &mut Xml,
) {
    xml.within("block", &[("class", "live-entry")], |xml| {
        let time = time.unwrap_or_default();
        let norm = time.parse::<Moment>().map_or_else(|_| String::new(), |m| day(Some(&m)));
        xml.within("dateline", &[], |xml| xml.line("story.date", &[("norm", &norm)], time));
        if let Some(heading) = heading {
            at.skip(heading);
            xml.line("hl2", &[], heading);
        }
        write_blocks(blocks, |n, xml| write_block(&blocks[n], at, xml), xml);
    });
}

/// The start tag of what a range of text is.
fn open(sense: Sense<'_>, xml: &mut Xml) -> Option<&'static str> {
    match sense {
        Sense::Mark(MarkKind::Link { url }) => {
            let target = link_target(url)?;
            xml.start("a", &[("href", &target)]);
            Some("a")
        }
        Sense::Mark(kind) => {
            let class = match kind {
                MarkKind::Strong => "bold",
                MarkKind::Code => "code",
                _ => "",
            };
            xml.start("em", &[("class", class)]);
            Some("em")
        }
        // A pronoun is no name, and what is told in the writer's words is no quotation.
        Sense::Entity(_, _, MentionKind::Pronoun | MentionKind::Nominal)
        | Sense::Said(Quote { kind: QuoteKind::Indirect, .. }) => None,
        Sense::Entity(entity, index, _) => {
            let tag = entity_tag(&entity.kind);
            xml.start(tag, &[("idsrc", SOURCE), ("value", &index.to_string())]);
            Some(tag)
        }
        Sense::Time(time) => {
            let is_point = matches!(time.kind, TimeKind::Date | TimeKind::Time);
            let norm = time.value.parse::<Moment>().ok().filter(|_| is_point)?;
            xml.start("chron", &[("norm", &day(Some(&norm)))]);
            Some("chron")
        }
        Sense::Said(quote) => {
            let speaker = quote.speaker.as_ref();
            let name = speaker.map_or("", |s| s.name.as_deref().unwrap_or(&s.text));
            xml.start("q", &[("quote-source", &one_line(name))]);
            Some("q")
        }
    }
}
