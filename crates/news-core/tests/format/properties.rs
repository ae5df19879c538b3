//! Hostile text in every place: nothing of it becomes markup.

use markup5ever_rcdom::{Handle, NodeData};
use news_core::Article;
use news_core::article::*;
use news_core::format::{Format, FormatOptions, without_controls, write};
use news_core::reading::time::TimeKind;
use news_core::{Place, metadata::Author};
use news_tests::written::{self, check_xml, markdown_options, parse_html};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::article::{bare, block, field};

/// Pieces that mean something to one of the formats, or to a terminal.
const HOSTILE: &[&str] = &[
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "```",
    "~~",
    "~~~",
    "[",
    "]",
    "(",
    ")",
    "](javascript:alert(1))",
    "[x](javascript:1)",
    "![i](x)",
    "!",
    "[^1]",
    "[x]: http://e.example",
    "<",
    ">",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</article>",
    "</p>",
    "<!--",
    "-->",
    "<svg/onload=1>",
    "<http://e.example>",
    "<a@b.c>",
    "&",
    "&amp;",
    "&lt;script&gt;",
    "&#60;",
    "\"",
    "'",
    "\\",
    "\\\\",
    "|",
    " | ",
    "---",
    "- ",
    "+ ",
    "* ",
    "# ",
    " #",
    "## x ##",
    "1. ",
    "12) ",
    "> ",
    "===",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\n- ",
    "\n1. ",
    "\n# ",
    "\n> ",
    "\n---",
    "\n|-|",
    "\n:--",
    "$",
    "{#id}",
    "a",
    "b c",
    "word",
    "Köln",
    "東京",
    "é",
    "“",
    "”",
    "—",
    "😀",
    "\u{300}",
    "\u{0}",
    "\u{1b}[31m",
    "\u{9b}",
    "\u{7f}",
    "\u{85}",
    "\u{202e}",
    "\u{2066}",
    "\u{2028}",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{fffd}",
    ".",
    ",",
    ":",
    ";",
    "=",
    "1",
    "www.e.example",
    "http://e.example/",
];

const ADDRESSES: &[&str] = &[
    "https://a.example/",
    "http://a.example/x_(y)?a=1&copy;=2#f",
    "mailto:a b@c.example?subject=<x>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    "//a.example/x",
    "/x",
    "",
    "https://a.example/\"onload=x",
    "http://a.example/`|\\<>*_~[x]",
    " https://a.example/ ",
    "file:///etc/passwd",
    "https://a.example/&lt;",
];

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(HOSTILE).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn address() -> impl Strategy<Value = String> {
    prop::sample::select(ADDRESSES).prop_map(str::to_owned)
}

fn mark_kind() -> impl Strategy<Value = MarkKind> {
    prop_oneof![
        address().prop_map(|url| MarkKind::Link { url }),
        Just(MarkKind::Emphasis),
        Just(MarkKind::Strong),
        Just(MarkKind::Code),
    ]
}

/// Any marks, good or bad: crossing, empty, out of range, inside a character.
fn marked() -> impl Strategy<Value = Text> {
    let marks = vec((0u32..40, 0u32..40, mark_kind()), 0..5);
    (hostile(), marks).prop_map(|(text, marks)| {
        let marks =
            marks.into_iter().map(|(start, len, kind)| Mark { start, end: start + len, kind });
        let mut marks: Vec<Mark> = marks.collect();
        marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
        Text { text, marks }
    })
}

fn image() -> impl Strategy<Value = Image> {
    (
        address(),
        option::of(hostile()),
        option::of(hostile()),
        option::of(hostile()),
        option::of(any::<u32>()),
    )
        .prop_map(|(url, alt, caption, credit, width)| Image {
            url,
            alt,
            caption,
            credit,
            width,
            height: width,
        })
}

fn items() -> impl Strategy<Value = Vec<ListItem>> {
    vec((0u8..5, marked()).prop_map(|(depth, text)| ListItem { depth, text }), 0..5)
}

fn rows() -> impl Strategy<Value = Vec<Vec<Cell>>> {
    let cell = (any::<bool>(), 1u16..4, marked()).prop_map(|(header, columns, text)| Cell {
        header,
        columns,
        text,
    });
    vec(vec(cell, 0..4), 0..4)
}

fn flat_kind() -> impl Strategy<Value = BlockKind> {
    let prose = prop_oneof![
        marked().prop_map(|text| BlockKind::Paragraph { text }),
        (any::<u8>(), marked()).prop_map(|(level, text)| BlockKind::Heading { level, text }),
        (any::<bool>(), items()).prop_map(|(ordered, items)| BlockKind::List { ordered, items }),
        (marked(), option::of(hostile()))
            .prop_map(|(text, attribution)| BlockKind::BlockQuote { text, attribution }),
        marked().prop_map(|text| BlockKind::PullQuote { text }),
    ];
    let things = prop_oneof![
        (option::of(hostile()), rows())
            .prop_map(|(caption, rows)| BlockKind::Table { caption, rows }),
        image().prop_map(|image| BlockKind::Figure { image }),
        (hostile(), option::of(address()), option::of(hostile()))
            .prop_map(|(platform, url, quoted)| BlockKind::Embed { platform, url, quoted }),
        hostile().prop_map(|text| BlockKind::Code { text }),
    ];
    let rest = prop_oneof![
        (any::<bool>(), marked()).prop_map(|(question, text)| BlockKind::Turn {
            role: if question { TurnRole::Question } else { TurnRole::Answer },
            text,
        }),
        marked().prop_map(|text| BlockKind::Note { text }),
        marked().prop_map(|text| BlockKind::SummaryBullet { text }),
        marked().prop_map(|text| BlockKind::Deck { text }),
    ];
    prop_oneof![prose, things, rest]
}

fn kind() -> impl Strategy<Value = BlockKind> {
    let entry =
        (option::of(hostile()), option::of(hostile()), vec(flat_kind().prop_map(block), 0..3));
    prop_oneof![
        9 => flat_kind(),
        1 => entry.prop_map(|(time, heading, blocks)| BlockKind::LiveEntry { time, heading, blocks }),
    ]
}

/// Ranges good or bad: crossing, empty, out of range, inside a character, of no block.
fn span() -> impl Strategy<Value = Span> {
    (0u32..7, 0u32..30, 0u32..20).prop_map(|(block, start, len)| Span {
        block,
        start,
        end: start + len,
    })
}

fn reading() -> impl Strategy<Value = Reading> {
    (
        vec((hostile(), vec(span(), 0..4)), 0..4),
        vec((span(), hostile()), 0..4),
        vec(vec(span(), 0..3), 0..3),
    )
        .prop_map(|(entities, times, quotes)| Reading {
            sentences: Vec::new(),
            times: times.into_iter().map(|(span, value)| time(span, value)).collect(),
            entities: entities.into_iter().map(|(name, spans)| entity(name, &spans)).collect(),
            quotes: quotes.into_iter().map(quote).collect(),
        })
}

fn time(span: Span, value: String) -> TimeMention {
    TimeMention { span, kind: TimeKind::Date, value, modifier: None, anchor: None }
}

fn entity(name: String, spans: &[Span]) -> Entity {
    let mention =
        |span: &Span| EntityMention { span: *span, kind: MentionKind::Name, confidence: 0.5 };
    Entity {
        id: 3,
        kind: EntityKind::Organisation { acronym: Some(name.clone()) },
        name,
        mentions: spans.iter().map(mention).collect(),
        quotes: Vec::new(),
    }
}

fn quote(contents: Vec<Span>) -> Quote {
    let speaker = Speaker {
        span: Span { block: 0, start: 0, end: 1 },
        text: "<&\"\u{1}".to_owned(),
        kind: SpeakerKind::Named,
        carried: false,
        entity: Some(1),
        name: None,
    };
    Quote {
        kind: QuoteKind::Direct,
        contents,
        cue: None,
        speaker: Some(speaker),
        depth: 0,
        confidence: 0.5,
        rule: String::new(),
    }
}

fn article() -> impl Strategy<Value = Article> {
    let blocks = vec(kind().prop_map(block), 0..6);
    (blocks, hostile(), hostile(), hostile(), option::of(reading())).prop_map(
        |(blocks, headline, name, language, reading)| {
            let mut article = bare(blocks);
            article.reading = reading;
            article.metadata.tags = field(vec![name.clone()], "", Place::Meta, "tags");
            article.metadata.url = field(headline.clone(), "", Place::Meta, "url");
            article.metadata.rights = field(name.clone(), "", Place::Meta, "rights");
            article.metadata.description = field(headline.clone(), "", Place::Meta, "description");
            article.metadata.deck = field(name.clone(), "", Place::Meta, "deck");
            article.metadata.site_name = field(name.clone(), "", Place::Meta, "site");
            article.metadata.authors = field(
                vec![Author { name: name.clone(), ..Author::default() }],
                "",
                Place::Meta,
                "author",
            );
            article.metadata.headline = field(headline, "", Place::Meta, "headline");
            article.metadata.language = field(language, "", Place::Meta, "language");
            article.comments =
                vec![Comment { text: name, source: news_core::SourceRange { start: 0, end: 0 } }];
            article
        },
    )
}

/// Text of the paragraphs, `\n` for `<br>`.
fn html_paragraphs(node: &Handle, out: &mut Vec<String>) {
    match &node.data {
        NodeData::Element { name, .. } if &*name.local == "p" => out.push(String::new()),
        NodeData::Element { name, .. } if &*name.local == "br" => {
            out.last_mut().expect("in a p").push('\n');
        }
        NodeData::Text { contents } if !out.is_empty() => {
            out.last_mut().expect("in a p").push_str(&contents.borrow());
        }
        _ => {}
    }
    node.children.borrow().iter().for_each(|child| html_paragraphs(child, out));
}

/// The texts as the model promises them, white space collapsed, empty ones left out.
fn expected(texts: &[Text]) -> Vec<String> {
    texts
        .iter()
        .map(|text| squeeze(&without_controls(&text.text)))
        .filter(|text| !text.trim().is_empty())
        .collect()
}

fn squeeze(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Every address that a block states, as the `url` crate writes it and with the rest of the
/// delimiters encoded.
fn is_stated(target: &str) -> bool {
    let decoded = |s: &str| percent_decoded(s);
    ADDRESSES
        .iter()
        .filter_map(|a| url::Url::parse(a).ok())
        .any(|url| decoded(url.as_str()) == decoded(target))
}

fn percent_decoded(address: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut bytes = address.bytes().peekable();
    while let Some(byte) = bytes.next() {
        let hex: Vec<u8> = bytes.clone().take(2).collect();
        let code = std::str::from_utf8(&hex).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.filter(|_| byte == b'%') {
            Some(code) => {
                out.push(code);
                bytes.nth(1);
            }
            None => out.push(byte),
        }
    }
    out
}

fn check_markdown(markdown: &str) {
    for target in written::check_markdown(markdown) {
        assert!(is_stated(&target), "address {target:?} in {markdown:?}");
    }
}

/// Text of each paragraph; anything but paragraphs and inline marks is a fault.
fn markdown_paragraphs(markdown: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for event in Parser::new_ext(markdown, markdown_options()) {
        let open = out.last_mut();
        match event {
            Event::Start(Tag::Paragraph) => out.push(String::new()),
            Event::Text(text) | Event::Code(text) => open.expect("in a paragraph").push_str(&text),
            Event::SoftBreak | Event::HardBreak => open.expect("in a paragraph").push('\n'),
            Event::Start(Tag::BlockQuote(_) | Tag::Emphasis | Tag::Strong | Tag::Link { .. })
            | Event::End(
                TagEnd::BlockQuote(_)
                | TagEnd::Paragraph
                | TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Link,
            ) => {}
            other => panic!("{other:?} in {markdown:?}"),
        }
    }
    out.iter().map(|text| squeeze(text)).collect()
}

/// Text of the paragraphs, `\n` for line breaks.
fn xml_paragraphs(xml: &str, body: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).expect("XML");
    let body = document.descendants().find(|node| node.tag_name().name() == body).expect("a body");
    let paragraphs = body.children().filter(|node| node.tag_name().name() == "p");
    let texts = paragraphs.map(|p| {
        let pieces = p.descendants().map(|node| match node.tag_name().name() {
            "br" | "lb" => "\n",
            _ if node.is_text() => node.text().unwrap_or_default(),
            _ => "",
        });
        squeeze(&pieces.collect::<String>())
    });
    texts.filter(|text| !text.trim().is_empty()).collect()
}

fn paragraphs(texts: &[Text]) -> Article {
    bare(texts.iter().map(|text| block(BlockKind::Paragraph { text: text.clone() })).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn html_paragraphs_read_back(texts in vec(marked(), 1..4)) {
        let html = write(&paragraphs(&texts), Format::Html, &FormatOptions::default());
        let mut found = Vec::new();
        html_paragraphs(&parse_html(&html).document, &mut found);
        let found: Vec<_> = found.iter().map(|text| squeeze(text)).filter(|text| !text.trim().is_empty()).collect();
        prop_assert_eq!(found, expected(&texts));
    }

    #[test]
    fn markdown_holds_no_markup_of_the_page(article in article()) {
        check_markdown(&write(&article, Format::Markdown, &FormatOptions::default()));
    }

    #[test]
    fn markdown_paragraphs_read_back(texts in vec(marked(), 1..4)) {
        let markdown = write(&paragraphs(&texts), Format::Markdown, &FormatOptions::default());
        prop_assert_eq!(markdown_paragraphs(&markdown), expected(&texts), "{:?}", markdown);
    }

    #[test]
    fn quotes_read_back(text in marked()) {
        let quote = bare(vec![block(BlockKind::BlockQuote { text: text.clone(), attribution: None })]);
        let lines: Vec<Text> = text.text.split('\n').map(Text::plain).collect();
        let markdown = write(&quote, Format::Markdown, &FormatOptions::default());
        let trimmed = |lines: Vec<String>| lines.iter().map(|l| l.trim().to_owned()).collect::<Vec<_>>();
        let found = trimmed(markdown_paragraphs(&markdown));
        prop_assert_eq!(found, trimmed(expected(&lines)), "{:?}", markdown);
    }

    #[test]
    fn any_character_is_written_as_xml(text in any::<String>(), c in any::<char>()) {
        let texts = [Text::plain(text), Text::plain(format!("a{c}b\u{fffe}\u{ffff}\u{0}\u{b}"))];
        for format in [Format::Nitf, Format::Tei] {
            check_xml(&write(&paragraphs(&texts), format, &FormatOptions::default()));
        }
    }

    #[test]
    fn xml_paragraphs_read_back(texts in vec(marked(), 1..4), reading in reading()) {
        let article = Article { reading: Some(reading), ..paragraphs(&texts) };
        let namespaces = ["http://iptc.org/std/NITF/2006-10-18/", "http://www.tei-c.org/ns/1.0"];
        for (format, body) in [(Format::Nitf, "body.content"), (Format::Tei, "body")] {
            let xml = write(&article, format, &FormatOptions::default());
            prop_assert!(namespaces.iter().any(|name| xml.contains(name)));
            prop_assert_eq!(xml_paragraphs(&xml, body), expected(&texts), "{:?}", xml);
        }
    }

    #[test]
    fn no_format_lets_text_act(article in article()) {
        written::check_formats(&article);
    }

    #[test]
    fn json_reads_back(article in article()) {
        let json = write(&article, Format::Ndjson, &FormatOptions { offset_unit: OffsetUnit::Utf8, ..FormatOptions::default() });
        prop_assert_eq!(json.matches('\n').count(), 1);
        let back: Article = serde_json::from_str(&json).expect("the model");
        prop_assert_eq!(back, article);
    }
}

/// Cases a property; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(256)
}
