//! IPTC's ninjs 3.0: news in JSON, as agencies and newsrooms exchange it.
//!
//! What ninjs has no place for is left out: who said what, and dates that are not stated to the
//! second with their zone, because its dates are RFC 3339 times.

use super::clean::{image_source, link_target, one_line};
use super::json::{JsonStyle, to_json};
use super::record::{Node, Record};
use super::{html, in_bytes, value};
use crate::article::{
    Article, BlockKind, Completeness, DeskNoteKind, Entity, EntityKind, Image, Kind,
};
use crate::metadata::{Author, Metadata, Moment};

/// Version of the standard. The properties used are the same in every 3.x.
const VERSION: &str = "3.0";
const SCHEMA: &str = "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json#";

pub(super) fn write(article: &Article) -> String {
    let article = &in_bytes(article);
    let meta = &article.metadata;
    let record = Record::default()
        .with("uri", Node::Text(address(article)))
        .with("standard", standard())
        .line("type", "text")
        .line("representationType", extent(article.verdict.completeness))
        .with("firstCreated", time(meta.published.as_ref().map(|f| &f.value)))
        .with("versionCreated", time(latest(meta)))
        .with_line("language", value(meta.language.as_ref()))
        .with("headlines", headlines(meta))
        .with("descriptions", descriptions(meta))
        .line("by", &by(meta))
        .line("located", &located(article))
        .with("bodies", bodies(article));
    let record = rights(meta, record)
        .with("edNote", notes(article))
        .with("genres", genres(article.verdict.kind))
        .with("subjects", subjects(meta))
        .with("people", people(article))
        .with("organisations", Node::list(mentioned(article).filter_map(organisation)))
        .with("places", Node::list(mentioned(article).filter_map(place)))
        .with("infoSources", sources(meta))
        .with("associations", Node::list(pictures(article)));
    to_json(&record, JsonStyle::Indented)
}

/// The article's own address. Without one, a name made from its text.
fn address(article: &Article) -> String {
    let stated = value(article.metadata.url.as_ref()).and_then(|url| link_target(url));
    stated.unwrap_or_else(|| {
        let headline = value(article.metadata.headline.as_ref()).map_or("", String::as_str);
        format!("urn:x-news:{:016x}", fnv(&[headline, &article.text()]))
    })
}

/// FNV-1a of 64 bits, which is the same everywhere and always.
fn fnv(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn standard() -> Node {
    let record = Record::default().line("name", "ninjs").line("version", VERSION);
    record.line("schema", SCHEMA).into()
}

fn extent(completeness: Completeness) -> &'static str {
    if completeness == Completeness::Complete { "full" } else { "partial" }
}

/// A time in RFC 3339. `None`: not stated as finely.
fn time(moment: Option<&Moment>) -> Option<Node> {
    let moment = moment.filter(|moment| moment.offset().is_some())?;
    let text = moment.to_string();
    // `2024-05-02T10:00` lacks the seconds that RFC 3339 asks for.
    let (minute, rest) = text.split_at_checked("2024-05-02T10:00".len())?;
    let seconds = if rest.starts_with(':') { "" } else { ":00" };
    Some(Node::Text(format!("{minute}{seconds}{rest}")))
}

fn latest(meta: &Metadata) -> Option<&Moment> {
    meta.modified.as_ref().or(meta.published.as_ref()).map(|field| &field.value)
}

fn valued(role: &'static str, text: Option<&String>) -> Option<Record> {
    let text = text.map(|text| one_line(text)).filter(|text| !text.is_empty())?;
    Some(Record::default().line("role", role).line("value", &text))
}

fn headlines(meta: &Metadata) -> Node {
    let main = valued("main", value(meta.headline.as_ref()));
    let other = valued("alternative", value(meta.alternative_headline.as_ref()));
    Node::list(main.into_iter().chain(other))
}

fn descriptions(meta: &Metadata) -> Node {
    let deck = valued("deck", value(meta.deck.as_ref()));
    Node::list(deck.into_iter().chain(valued("summary", value(meta.description.as_ref()))))
}

fn by(meta: &Metadata) -> String {
    let authors = value(meta.authors.as_ref()).into_iter().flatten();
    authors.map(|author| one_line(&author.name)).collect::<Vec<_>>().join(", ")
}

fn located(article: &Article) -> String {
    article.wire.dateline.as_ref().map_or_else(String::new, |line| line.place.join("; "))
}

/// The story as HTML and as text.
fn bodies(article: &Article) -> Node {
    let text = article.text();
    if text.is_empty() {
        return Node::List(Vec::new());
    }
    let body = |media_type: &'static str, value: String| {
        Record::default()
            .line("role", "main")
            .line("contentType", media_type)
            .with("charCount", Node::Number(text.chars().count() as u64))
            .with("wordCount", Node::Number(text.split_whitespace().count() as u64))
            .with("value", Node::Text(value))
    };
    let html = body("text/html", html::story(article));
    Node::list([html, body("text/plain", text.clone())])
}

fn rights(meta: &Metadata, record: Record) -> Record {
    let stated = value(meta.rights.as_ref());
    match stated.and_then(|rights| link_target(rights)) {
        Some(address) => {
            let linked = Record::default().with("linkedRights", Node::Text(address));
            record.with("rightsInfo", Node::from(linked))
        }
        None => record.with_line("copyrightNotice", stated),
    }
}

/// What the desk tells editors.
fn notes(article: &Article) -> Option<Node> {
    let notes = article.wire.notes.iter().filter(|note| note.kind == DeskNoteKind::Editors);
    let lines: Vec<_> = notes.map(|note| one_line(&note.raw)).collect();
    (!lines.is_empty()).then(|| Node::Text(lines.join("\n")))
}

fn genres(kind: Kind) -> Option<Node> {
    let name = match kind {
        Kind::Opinion => "Opinion",
        Kind::Analysis => "Analysis",
        Kind::LiveBlog => "Live coverage",
        Kind::Interview => "Interview",
        Kind::PressRelease => "Press Release",
        Kind::Sponsored => "Sponsored content",
        _ => return None,
    };
    Some(Node::list([Record::default().line("name", name)]))
}

fn subjects(meta: &Metadata) -> Node {
    let section = value(meta.section.as_ref()).map(|name| related(name, "section"));
    let tags = value(meta.tags.as_ref()).into_iter().flatten();
    Node::list(section.into_iter().chain(tags.map(|tag| related(tag, "keyword"))))
}

fn related(name: &str, relation: &'static str) -> Record {
    Record::default().line("name", name).line("rel", relation)
}

fn mentioned(article: &Article) -> impl Iterator<Item = &Entity> {
    article.reading.iter().flat_map(|reading| &reading.entities)
}

/// Authors, then those whom the story names.
fn people(article: &Article) -> Node {
    let authors = value(article.metadata.authors.as_ref()).into_iter().flatten();
    let authors = authors.filter(|author| !author.is_organisation).map(author);
    let named = mentioned(article).filter(|e| matches!(e.kind, EntityKind::Person { .. }));
    Node::list(authors.chain(named.map(|entity| related(&entity.name, "mention"))))
}

fn author(author: &Author) -> Record {
    let contact = |kind: &'static str, value: Option<String>| {
        let record = Record::default().line("type", kind);
        value.map(|value| record.line("value", &value))
    };
    let mail = contact("email", author.email.as_deref().map(one_line));
    let page = contact("web", author.url.as_deref().and_then(link_target));
    related(&author.name, "author").with("contactInfo", Node::list(mail.into_iter().chain(page)))
}

fn organisation(entity: &Entity) -> Option<Record> {
    let EntityKind::Organisation { acronym } = &entity.kind else { return None };
    Some(related(&entity.name, "mention").with_line("literal", acronym.as_ref()))
}

fn place(entity: &Entity) -> Option<Record> {
    matches!(entity.kind, EntityKind::Place { .. }).then(|| related(&entity.name, "mention"))
}

fn sources(meta: &Metadata) -> Node {
    let source = |name: &String, role| Record::default().line("name", name).line("role", role);
    let agency = value(meta.agency.as_ref()).map(|name| source(name, "agency"));
    let publisher = meta.publisher.as_ref().or(meta.site_name.as_ref());
    Node::list(agency.into_iter().chain(publisher.map(|f| source(&f.value, "publisher"))))
}

/// Each picture of the story as an object of its own.
fn pictures(article: &Article) -> impl Iterator<Item = Record> {
    article.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Figure { image } => picture(image),
        _ => None,
    })
}

fn picture(image: &Image) -> Option<Record> {
    let address = Node::Text(image_source(&image.url)?);
    let rendition = Record::default()
        .line("name", "main")
        .with("href", address.clone())
        .with("width", image.width.map(|n| Node::Number(n.into())))
        .with("height", image.height.map(|n| Node::Number(n.into())));
    let texts = valued("caption", image.caption.as_ref()).into_iter();
    let record = Record::default()
        .line("name", "picture")
        .line("rel", "illustration")
        .with("uri", address)
        .line("type", "picture")
        .with("descriptions", Node::list(texts.chain(valued("alternative", image.alt.as_ref()))))
        .with_line("by", image.credit.as_ref())
        .with("renditions", Node::list([rendition]));
    Some(record)
}
