//! An article as a sheet: what a reviewer needs to judge it against the page, and no more.

use std::fmt::Write as _;

use news_core::article::{Block, BlockKind, Cell, Image, ListItem, Mark, MarkKind, Text, TurnRole};
use news_core::metadata::{Access, Author};
use news_core::{Article, Field, Metadata};
use serde_json::Value;

/// The article from top to bottom: verdict, metadata with origin, confidence and number of other
/// values stated, warnings, then a line a block with its type in front, marks as in Markdown.
pub fn sheet(article: &Article) -> String {
    let mut out = Sheet::default();
    let verdict = &article.verdict;
    let kind = format!("{}, {}", name(&verdict.kind), name(&verdict.completeness));
    let story = if verdict.is_article { "an article" } else { "no article" };
    out.line(&format!("verdict: {story}, {kind} [{:.2}]", verdict.confidence));
    metadata(&article.metadata, &mut out);
    for warning in &article.warnings {
        out.line(&format!("warning: {} ({})", name(&warning.code), warning.message));
    }
    let encoding = &article.encoding;
    out.line(&format!("encoding: {}, by {}", encoding.name, name(&encoding.basis)));
    let sure = article.body_confidence.map_or_else(String::new, |sure| format!(" [{sure:.2}]"));
    out.line(&format!("body: {}{sure}", name(&article.body_origin)));
    out.line("");
    blocks(&article.blocks, &mut out);
    if !article.comments.is_empty() {
        out.line("");
        out.line("comments:");
        article.comments.iter().for_each(|comment| out.item("-", &one_line(&comment.text)));
    }
    out.text
}

/// Lines, and how far they are indented.
#[derive(Default)]
struct Sheet {
    text: String,
    indent: usize,
}

impl Sheet {
    fn line(&mut self, line: &str) {
        let indent = self.indent;
        let _ = writeln!(self.text, "{}", format!("{:indent$}{line}", "").trim_end());
    }

    /// A line with a type mark in front.
    fn item(&mut self, mark: &str, content: &str) {
        self.line(&format!("{mark:<6} {content}"));
    }
}

/// The name of a plain value in JSON.
fn name(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        other => format!("{other:?}"),
    }
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ⏎ ")
}

fn metadata(metadata: &Metadata, out: &mut Sheet) {
    let Metadata {
        headline,
        alternative_headline,
        deck,
        authors,
        published,
        modified,
        site_name,
        publisher,
        url,
        section,
        breadcrumb,
        tags,
        language,
        image,
        description,
        rights,
        access,
        agency,
    } = metadata;
    let list = |separator| move |values: &Vec<String>| values.join(separator);
    field("headline", headline.as_ref(), String::clone, out);
    field("alternative_headline", alternative_headline.as_ref(), String::clone, out);
    field("deck", deck.as_ref(), String::clone, out);
    field("authors", authors.as_ref(), |all| list_of(all, author), out);
    field("published", published.as_ref(), ToString::to_string, out);
    field("modified", modified.as_ref(), ToString::to_string, out);
    field("site_name", site_name.as_ref(), String::clone, out);
    field("publisher", publisher.as_ref(), String::clone, out);
    field("url", url.as_ref(), String::clone, out);
    field("section", section.as_ref(), String::clone, out);
    field("breadcrumb", breadcrumb.as_ref(), list(" > "), out);
    field("tags", tags.as_ref(), list(", "), out);
    field("language", language.as_ref(), String::clone, out);
    field("image", image.as_ref(), picture, out);
    field("description", description.as_ref(), String::clone, out);
    field("rights", rights.as_ref(), String::clone, out);
    field("access", access.as_ref(), |access: &Access| name(access), out);
    field("agency", agency.as_ref(), String::clone, out);
}

fn field<T>(name_: &str, field: Option<&Field<T>>, show: impl Fn(&T) -> String, out: &mut Sheet) {
    let Some(Field { value, origin, confidence, rejected, .. }) = field else {
        return;
    };
    let others = match rejected.len() {
        0 => String::new(),
        n => format!(", {n} more"),
    };
    let from = format!("{} {}, {confidence:.2}{others}", name(&origin.place), origin.key);
    out.line(&format!("{name_}: {} [{from}]", one_line(&show(value))));
}

fn list_of<T>(all: &[T], show: impl Fn(&T) -> String) -> String {
    all.iter().map(show).collect::<Vec<_>>().join("; ")
}

fn author(author: &Author) -> String {
    let Author { name, role, organisation, email, url, is_organisation } = author;
    let kind = is_organisation.then(|| "an organisation".to_owned());
    let about = [role, organisation, email, url, &kind].into_iter().flatten();
    with_notes(name, &about.map(String::as_str).collect::<Vec<_>>())
}

fn with_notes(text: &str, notes: &[&str]) -> String {
    if notes.is_empty() { text.to_owned() } else { format!("{text} ({})", notes.join(", ")) }
}

/// `url 1200x800 | alt: … | caption | credit`.
fn picture(image: &Image) -> String {
    let Image { url, alt, caption, credit, width, height } = image;
    let side = |side: &Option<u32>| side.map_or("?".to_owned(), |n| n.to_string());
    let size = width.or(*height).map(|_| format!(" {}x{}", side(width), side(height)));
    let named = |label, text: &Option<String>| text.as_ref().map(|t| format!(" | {label}: {t}"));
    let parts = [size, named("alt", alt), named("caption", caption), named("credit", credit)];
    format!("{url}{}", parts.into_iter().flatten().collect::<String>())
}

fn blocks(blocks: &[Block], out: &mut Sheet) {
    for block in blocks {
        one_block(&block.kind, out);
    }
}

fn one_block(block: &BlockKind, out: &mut Sheet) {
    match block {
        BlockKind::Paragraph { text } => out.item("p", &marked(text)),
        BlockKind::Heading { level, text } => out.item(&format!("h{level}"), &marked(text)),
        BlockKind::Deck { text } => out.item("deck", &marked(text)),
        BlockKind::SummaryBullet { text } => out.item("point", &marked(text)),
        BlockKind::PullQuote { text } => out.item("pull", &marked(text)),
        BlockKind::Note { text } => out.item("note", &marked(text)),
        BlockKind::Turn { role: TurnRole::Question, text } => out.item("q", &marked(text)),
        BlockKind::Turn { role: TurnRole::Answer, text } => out.item("a", &marked(text)),
        BlockKind::BlockQuote { text, attribution } => {
            let by = attribution.as_ref().map(|by| format!(" | by: {by}")).unwrap_or_default();
            out.item("quote", &format!("{}{by}", marked(text)));
        }
        BlockKind::List { ordered, items } => list_items(*ordered, items, out),
        BlockKind::Table { caption, rows } => table(caption.as_deref(), rows, out),
        BlockKind::Figure { image } => out.item("figure", &picture(image)),
        BlockKind::Embed { platform, url, quoted } => {
            let quoted = quoted.as_ref().map(|q| format!("quoted: {}", one_line(q)));
            let parts: Vec<&str> =
                [url, &quoted].into_iter().flatten().map(String::as_str).collect();
            out.item("embed", &format!("{platform}: {}", parts.join(" | ")));
        }
        BlockKind::Code { text } => {
            for line in text.lines() {
                out.item("code", line);
            }
        }
        BlockKind::LiveEntry { time, heading, blocks: inner } => {
            let head: Vec<&str> =
                [time, heading].into_iter().flatten().map(String::as_str).collect();
            out.item("live", &head.join(" | "));
            out.indent += 2;
            blocks(inner, out);
            out.indent -= 2;
        }
        other => out.item("???", &format!("{other:?}")),
    }
}

fn list_items(ordered: bool, items: &[ListItem], out: &mut Sheet) {
    for item in items {
        let inner = 2 * usize::from(item.depth);
        out.item(
            if ordered { "li 1." } else { "li" },
            &format!("{:inner$}{}", "", marked(&item.text)),
        );
    }
}

fn table(caption: Option<&str>, rows: &[Vec<Cell>], out: &mut Sheet) {
    out.item("table", caption.unwrap_or_default());
    for row in rows {
        let mark = if row.iter().all(|cell| cell.header) { "th" } else { "tr" };
        out.item(mark, &list_of_cells(row));
    }
}

fn list_of_cells(row: &[Cell]) -> String {
    let cell = |cell: &Cell| match cell.columns {
        1 => marked(&cell.text),
        n => format!("{} (over {n})", marked(&cell.text)),
    };
    row.iter().map(cell).collect::<Vec<_>>().join(" | ")
}

/// The text with its marks as in Markdown, not escaped.
fn marked(text: &Text) -> String {
    let mut out = String::new();
    let mut open: Vec<&Mark> = Vec::new();
    let mut at = 0;
    for mark in &text.marks {
        close(text, mark.start, &mut at, &mut open, &mut out);
        push(text, mark.start, &mut at, &mut out);
        out.push_str(opening(&mark.kind));
        open.push(mark);
    }
    close(text, u32::MAX, &mut at, &mut open, &mut out);
    push(text, text.text.len() as u32, &mut at, &mut out);
    one_line(&out)
}

/// Closes the marks that end by `to`.
fn close(text: &Text, to: u32, at: &mut u32, open: &mut Vec<&Mark>, out: &mut String) {
    while let Some(mark) = open.pop_if(|mark| mark.end <= to) {
        push(text, mark.end, at, out);
        match &mark.kind {
            MarkKind::Link { url } => {
                let _ = write!(out, "]({url})");
            }
            plain => out.push_str(opening(plain)),
        }
    }
}

fn push(text: &Text, to: u32, at: &mut u32, out: &mut String) {
    out.push_str(text.text.get(*at as usize..to as usize).unwrap_or("⁉"));
    *at = to;
}

fn opening(kind: &MarkKind) -> &'static str {
    match kind {
        MarkKind::Link { .. } => "[",
        MarkKind::Emphasis => "*",
        MarkKind::Strong => "**",
        MarkKind::Code => "`",
    }
}
