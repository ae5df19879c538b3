//! What holds for every written article, whatever the model holds: page text is data in every format.
//! Each check re-parses the output with a parser that is not ours.

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use news_core::Article;
use news_core::format::{Format, FormatOptions, to_json, without_controls, write};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

/// Schemes of the addresses that may come out.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// Elements of a written article, each with the attributes it may carry.
const ALLOWED: &[(&str, &[&str])] = &[
    ("html", &["lang"]),
    ("head", &[]),
    ("meta", &["charset"]),
    ("title", &[]),
    ("body", &[]),
    ("article", &["lang"]),
    ("header", &[]),
    ("section", &[]),
    ("aside", &[]),
    ("footer", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("p", &[]),
    ("br", &[]),
    ("hr", &[]),
    ("ul", &[]),
    ("ol", &[]),
    ("li", &[]),
    ("blockquote", &[]),
    ("cite", &[]),
    ("figure", &[]),
    ("img", &["src", "alt", "width", "height"]),
    ("figcaption", &[]),
    ("small", &[]),
    ("table", &[]),
    ("caption", &[]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["colspan"]),
    ("td", &["colspan"]),
    ("pre", &[]),
    ("code", &[]),
    ("em", &[]),
    ("strong", &[]),
    ("a", &["href"]),
    ("time", &["datetime"]),
];

/// Writes the article in every format, as a part and as a file of its own, and checks each.
///
/// # Panics
/// If one of them lets page text act.
pub fn check_formats(article: &Article) {
    for standalone in [false, true] {
        let options = FormatOptions { standalone, ..FormatOptions::default() };
        for format in Format::ALL {
            check(&write(article, format, &options), format);
        }
    }
}

/// Checks one written article.
///
/// # Panics
/// If it lets page text act.
pub fn check(written: &str, format: Format) {
    assert!(written.ends_with('\n') || written.is_empty(), "{format} ends without a line break");
    assert!(!has_controls(written), "controls in {format}: {written:?}");
    match format {
        Format::Html => check_html(written),
        Format::Markdown => drop(check_markdown(written)),
        Format::Nitf | Format::Tei => check_xml(written),
        Format::Json | Format::Ndjson | Format::JsonLd | Format::Ninjs => {
            check_json(written, format);
        }
        _ => {}
    }
}

/// Whether a character is in it that acts on a terminal.
pub fn has_controls(text: &str) -> bool {
    without_controls(text) != text
}

/// The tree of a page.
pub fn parse_html(html: &str) -> RcDom {
    parse_document(RcDom::default(), ParseOpts::default()).one(html)
}

/// Only what is on the list, no comment, and every address is one that may come out.
///
/// # Panics
/// If not.
pub fn check_html(html: &str) {
    let mut open = vec![parse_html(html).document];
    while let Some(node) = open.pop() {
        check_node(&node);
        open.extend(node.children.borrow().iter().cloned());
    }
}

fn check_node(node: &Handle) {
    match &node.data {
        NodeData::Element { name, attrs, .. } => {
            let allowed = ALLOWED.iter().find(|(tag, _)| **tag == *name.local);
            let (_, attributes) = allowed.unwrap_or_else(|| panic!("element {}", name.local));
            for attr in attrs.borrow().iter() {
                let name = &*attr.name.local;
                assert!(attributes.contains(&name), "attribute {name}");
                if matches!(name, "href" | "src") {
                    assert!(is_safe(&attr.value), "address {}", attr.value);
                }
            }
        }
        NodeData::Comment { .. } | NodeData::ProcessingInstruction { .. } => panic!("a comment"),
        NodeData::Text { contents } => assert!(!has_controls(&contents.borrow())),
        NodeData::Document | NodeData::Doctype { .. } => {}
    }
}

fn is_safe(address: &str) -> bool {
    SCHEMES.iter().any(|scheme| address.starts_with(scheme))
}

/// Every extension by which a reader of Markdown could take text for markup.
pub fn markdown_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}

/// No HTML, and every address is one that may come out, to readers that know front matter and to those
/// that take it for prose; behind it nothing that the writer does not write. Gives the addresses.
///
/// # Panics
/// If not.
pub fn check_markdown(markdown: &str) -> Vec<String> {
    assert!(!has_controls(markdown), "controls in {markdown:?}");
    let mut targets = Vec::new();
    for event in Parser::new_ext(markdown, markdown_options()) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                assert!(is_safe(&dest_url), "address {dest_url:?} in {markdown:?}");
                targets.push(dest_url.into_string());
            }
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => {
                panic!("{event:?} in {markdown:?}")
            }
            _ => {}
        }
    }
    let front = markdown.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    for event in Parser::new_ext(front.map_or(markdown, |(_, body)| body), markdown_options()) {
        let is_foreign = matches!(
            event,
            Event::FootnoteReference(_)
                | Event::TaskListMarker(_)
                | Event::Start(Tag::Strikethrough | Tag::FootnoteDefinition(_))
        );
        assert!(!is_foreign, "{event:?} in {markdown:?}");
    }
    targets
}

/// Well-formed, as a parser that accepts nothing else says; every address is one that may come out.
///
/// # Panics
/// If not.
pub fn check_xml(xml: &str) {
    assert!(!has_controls(xml), "controls in {xml:?}");
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|e| panic!("{e}: {xml}"));
    for attribute in document.descendants().flat_map(|node| node.attributes()) {
        if matches!(attribute.name(), "href" | "target" | "source" | "url" | "ex-ref") {
            let value = attribute.value();
            assert!(value.is_empty() || is_safe(value), "address {value}");
        }
    }
}

/// JSON, the same once it is read and written again; what stands in scripts ends none.
///
/// # Panics
/// If not.
fn check_json(json: &str, format: Format) {
    let value: Value = serde_json::from_str(json).unwrap_or_else(|e| panic!("{e}: {json}"));
    let style = news_core::format::JsonStyle::Line;
    let again = serde_json::from_str(&to_json(&value, style)).unwrap_or(Value::Null);
    assert_eq!(value, again, "{format}");
    assert!(format != Format::JsonLd || !json.contains('<'), "{json}");
    assert!(format != Format::Ndjson || json.matches('\n').count() == 1, "{json}");
    if format == Format::Ninjs {
        let bodies = value["bodies"].as_array().into_iter().flatten();
        let html = bodies.filter(|body| body["contentType"] == "text/html");
        html.filter_map(|body| body["value"].as_str()).for_each(check_html);
    }
}
