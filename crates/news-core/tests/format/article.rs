//! Articles built by hand.

use std::fmt::Debug;

use news_core::article::*;
use news_core::metadata::{Access, Author, Moment};
use news_core::reading::time::{AnchorSource, Modifier, Reference, TimeKind};
use news_core::{
    Article, Field, Found, Metadata, Origin, Place, SourceRange, Warning, WarningCode,
};
use serde::Serialize;

pub(crate) fn text(text: &str, marks: &[(&str, MarkKind)]) -> Text {
    let mark = |(part, kind): &(&str, MarkKind)| {
        let start = text.find(part).expect("the marked part") as u32;
        Mark { start, end: start + part.len() as u32, kind: kind.clone() }
    };
    let mut marks: Vec<Mark> = marks.iter().map(mark).collect();
    marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
    Text { text: text.to_owned(), marks }
}

pub(crate) fn link(url: &str) -> MarkKind {
    MarkKind::Link { url: url.to_owned() }
}

pub(crate) fn block(kind: BlockKind) -> Block {
    Block { kind, source: Vec::new() }
}

pub(crate) fn paragraph(text: Text) -> Block {
    block(BlockKind::Paragraph { text })
}

#[expect(clippy::unnecessary_wraps, reason = "the fields of Metadata are options")]
pub(crate) fn field<T: Serialize + Debug>(
    value: T,
    raw: &str,
    place: Place,
    key: &str,
) -> Option<Field<T>> {
    let origin =
        Origin { place, key: key.to_owned(), range: Some(SourceRange { start: 10, end: 20 }) };
    Some(Field { value, raw: raw.to_owned(), origin, confidence: 0.95, rejected: Vec::new() })
}

fn item(depth: u8, text: &str) -> ListItem {
    ListItem { depth, text: Text::plain(text) }
}

fn cell(header: bool, columns: u16, text: &str) -> Cell {
    Cell { header, columns, text: Text::plain(text) }
}

fn moment(iso: &str) -> Moment {
    serde_json::from_value(iso.into()).expect("a moment")
}

/// An article with these blocks and nothing else.
pub(crate) fn bare(blocks: Vec<Block>) -> Article {
    Article {
        schema_version: SCHEMA_VERSION.to_owned(),
        offset_unit: OffsetUnit::Utf8,
        verdict: Verdict {
            is_article: true,
            kind: Kind::NewsStory,
            completeness: Completeness::Complete,
            confidence: 0.9,
            reasons: vec!["built by hand".to_owned()],
        },
        metadata: Metadata::default(),
        blocks,
        body_origin: BodyOrigin::Markup,
        body_confidence: None,
        wire: Wire::default(),
        reading: None,
        comments: Vec::new(),
        encoding: Encoding { name: "UTF-8".to_owned(), basis: EncodingBasis::Valid, replaced: 0 },
        truncated: false,
        warnings: Vec::new(),
    }
}

/// An article with every field and every kind of block.
pub(crate) fn full() -> Article {
    let mut article = bare(blocks());
    let author = |name: &str| Author { name: name.to_owned(), ..Author::default() };
    let mut headline = field(
        "Flood *hits* <Köln>".to_owned(),
        "Flood *hits* <Köln>",
        Place::JsonLd,
        "NewsArticle.headline",
    );
    if let Some(headline) = &mut headline {
        headline.rejected.push(Found {
            value: "Flood | Daily".to_owned(),
            raw: "Flood | Daily".to_owned(),
            origin: Origin { place: Place::Title, key: "title".to_owned(), range: None },
        });
    }
    article.reading = Some(reading());
    article.metadata = Metadata {
        headline,
        deck: field(
            "What is known, and what is not".to_owned(),
            "What is known",
            Place::Markup,
            "h2",
        ),
        authors: field(
            vec![author("Ana Ruiz"), author("Bo Ek")],
            "Ana Ruiz and Bo Ek",
            Place::Markup,
            "byline",
        ),
        published: field(
            moment("2024-05-02T10:00:00+02:00"),
            "2 May 2024",
            Place::OpenGraph,
            "article:published_time",
        ),
        site_name: field("The Daily".to_owned(), "The Daily", Place::OpenGraph, "og:site_name"),
        url: field("https://daily.example/a".to_owned(), "/a", Place::Link, "canonical"),
        language: field("en".to_owned(), "en", Place::Markup, "html"),
        ..Metadata::default()
    };
    article.wire = wire();
    article.comments = vec![Comment {
        text: "First!\nAgain.".to_owned(),
        source: SourceRange { start: 1, end: 2 },
    }];
    article.warnings =
        vec![Warning { code: WarningCode::BrokenJson, message: "one script".to_owned() }];
    article
}

/// The same, with all that is stated of it, and read where the words stand.
pub(crate) fn read() -> Article {
    let mut article = full();
    let says = |part: &str| {
        let text = article.blocks[2].lines().join("\n");
        let start = text.find(part).expect("the part") as u32;
        Span { block: 2, start, end: start + part.len() as u32 }
    };
    let mention = |part, kind| EntityMention { span: says(part), kind, confidence: 0.9 };
    let mut reading = reading();
    reading.entities[0].mentions = vec![mention("Ruiz", MentionKind::Short)];
    reading.entities[1].mentions = vec![mention("Köln", MentionKind::Name)];
    reading.times[0].span = says("More");
    let quote = &mut reading.quotes[0];
    quote.contents = vec![says("all safe")];
    if let Some(speaker) = &mut quote.speaker {
        speaker.span = says("Ruiz");
    }
    article.reading = Some(reading);
    let text = |value: &str, key| field(value.to_owned(), value, Place::Meta, key);
    let more = article.metadata;
    article.metadata = Metadata {
        alternative_headline: text("Köln under water", "og:title"),
        modified: field(moment("2024-05-02T11:30+02:00"), "", Place::Meta, "modified"),
        publisher: text("Daily & Sons", "publisher"),
        section: text("Weather", "section"),
        tags: field(vec!["flood".to_owned(), "Köln".to_owned()], "", Place::Meta, "keywords"),
        image: field(lead_image(), "", Place::OpenGraph, "og:image"),
        description: text("A river leaves its bed.", "description"),
        rights: text("© 2024 The Daily", "copyright"),
        access: field(Access::Free, "true", Place::JsonLd, "isAccessibleForFree"),
        agency: text("Agence France-Presse", "agency"),
        ..more
    };
    article
}

fn lead_image() -> Image {
    Image {
        url: "https://a.example/p.jpg".to_owned(),
        alt: Some("A [street]".to_owned()),
        caption: Some("The street under water".to_owned()),
        credit: Some("A. Foto/AFP".to_owned()),
        width: Some(640),
        height: Some(480),
    }
}

/// The dateline ends behind a letter of two bytes.
fn wire() -> Wire {
    let source = Some(SourceRange { start: 1, end: 2 });
    Wire {
        dateline: Some(Dateline {
            place: vec!["Über".to_owned()],
            date: Some(moment("2024-05-02")),
            date_text: Some("May 2".to_owned()),
            agency: Some("Agence France-Presse".to_owned()),
            agency_text: Some("AFP".to_owned()),
            raw: "Über".to_owned(),
            block: 2,
            start: 0,
            end: 5,
        }),
        credit: Some(Credit { agency: None, raw: "(Staff)".to_owned(), source }),
        sign_offs: vec![SignOff {
            kind: SignOffKind::Editing,
            people: vec![Author { name: "Bo Ek".to_owned(), ..Author::default() }],
            place: Some("Köln".to_owned()),
            raw: "Editing by Bo Ek in Köln".to_owned(),
            source,
        }],
        slugs: vec![Slug {
            kind: SlugKind::Lead,
            number: Some(2),
            raw: "(2nd LD)".to_owned(),
            source,
        }],
        notes: vec![DeskNote {
            kind: DeskNoteKind::Editors,
            raw: "(ATTN: ADDS quotes)".to_owned(),
            source,
        }],
        contacts: vec![Contact {
            emails: vec!["bo@daily.example".to_owned()],
            phones: vec!["+1 555 0100".to_owned()],
            raw: "bo@daily.example, +1 555 0100".to_owned(),
            source,
        }],
        ownership: Some(Ownership::Mixed),
    }
}

fn blocks() -> Vec<Block> {
    let prose = "Über 50 people – “all safe”, said Ruiz in Köln.\nMore to come.";
    let marks = [
        ("50 people", MarkKind::Strong),
        ("people", link("https://a.example/x_(y)?a=1&copy=2")),
        ("safe", MarkKind::Emphasis),
        ("Köln", MarkKind::Code),
    ];
    let mut blocks: Vec<Block> = [
        BlockKind::SummaryBullet { text: Text::plain("Water at 9 m") },
        BlockKind::SummaryBullet { text: Text::plain("No one hurt") },
        BlockKind::Paragraph { text: text(prose, &marks) },
        BlockKind::Heading { level: 2, text: Text::plain("1. What #happened #") },
        BlockKind::List {
            ordered: false,
            items: vec![item(0, "one"), item(1, "one and\na half"), item(0, "- two")],
        },
        BlockKind::List {
            ordered: true,
            items: vec![item(0, "first"), item(2, "inner"), item(0, "second")],
        },
        BlockKind::List { ordered: true, items: vec![item(0, "another list")] },
        BlockKind::BlockQuote {
            text: Text::plain("We saw it.\n> All of it."),
            attribution: Some("Bo <Ek>".to_owned()),
        },
        BlockKind::PullQuote { text: Text::plain("all safe") },
        BlockKind::Table {
            caption: Some("Levels".to_owned()),
            rows: vec![
                vec![cell(true, 1, "Town"), cell(true, 1, "m | ft")],
                vec![cell(false, 1, "Köln"), cell(false, 1, "-9.1")],
                vec![cell(false, 2, "no more data")],
            ],
        },
        BlockKind::Figure { image: lead_image() },
        BlockKind::Embed {
            platform: "x".to_owned(),
            url: Some("https://x.com/a/1".to_owned()),
            quoted: Some("Rain!\n#köln".to_owned()),
        },
        BlockKind::Embed {
            platform: "youtube".to_owned(),
            url: Some("javascript:alert(1)".to_owned()),
            quoted: None,
        },
        BlockKind::Code { text: "let a = 1;\n```\n  <b>".to_owned() },
        BlockKind::Turn {
            role: TurnRole::Question,
            text: text("Why now?", &[("now", MarkKind::Strong)]),
        },
        BlockKind::Turn { role: TurnRole::Answer, text: Text::plain("Because.") },
        BlockKind::LiveEntry {
            time: Some("2024-05-02T09:00".to_owned()),
            heading: Some("Bridge closed".to_owned()),
            blocks: vec![paragraph(Text::plain("The bridge is closed."))],
        },
        BlockKind::Note { text: Text::plain("Correction: 50, not 500.") },
    ]
    .map(block)
    .into();
    blocks[2].source = vec![SourceRange { start: 100, end: 180 }];
    blocks
}

/// What the first block says.
fn reading() -> Reading {
    let span = |start, end| Span { block: 0, start, end };
    Reading {
        sentences: vec![span(0, 4)],
        times: vec![TimeMention {
            span: span(0, 4),
            kind: TimeKind::Date,
            value: "2024-05-02".to_owned(),
            modifier: Some(Modifier::Start),
            anchor: Some(Reference {
                source: AnchorSource::Publication,
                value: "2024-05-03".to_owned(),
            }),
        }],
        entities: vec![
            Entity {
                id: 0,
                kind: EntityKind::Person {
                    honorific: Some("Dr".to_owned()),
                    age: Some(45),
                    roles: vec![Role {
                        span: span(0, 4),
                        text: "spokesman".to_owned(),
                        kind: RoleKind::Apposition,
                        affiliation: Some("Köln".to_owned()),
                    }],
                },
                name: "Ana Ruiz".to_owned(),
                mentions: vec![EntityMention {
                    span: span(0, 4),
                    kind: MentionKind::Name,
                    confidence: 0.9,
                }],
                quotes: vec![0],
            },
            Entity {
                id: 1,
                kind: EntityKind::Place { country: Some("DE".to_owned()) },
                name: "Köln".to_owned(),
                mentions: Vec::new(),
                quotes: Vec::new(),
            },
            Entity {
                id: 2,
                kind: EntityKind::Organisation { acronym: Some("WDR".to_owned()) },
                name: "Westdeutscher Rundfunk".to_owned(),
                mentions: Vec::new(),
                quotes: Vec::new(),
            },
        ],
        quotes: vec![Quote {
            kind: QuoteKind::Mixed,
            contents: vec![span(0, 4)],
            cue: Some(Cue { span: span(0, 4), lemma: "say".to_owned(), stance: Stance::Said }),
            speaker: Some(Speaker {
                span: span(0, 4),
                text: "Ruiz".to_owned(),
                kind: SpeakerKind::Named,
                carried: true,
                entity: Some(0),
                name: Some("Ana Ruiz".to_owned()),
            }),
            depth: 1,
            confidence: 0.8,
            rule: "by hand".to_owned(),
        }],
    }
}
