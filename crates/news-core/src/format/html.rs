//! Clean HTML, built from an allow-list.
//!
//! Nothing of the page's own markup is copied: elements come from the block kinds, and text and
//! attribute values are escaped.

use std::fmt::Write as _;

use super::clean::{image_source, lines, link_target, one_line, visible, without_controls};
use super::inline::{self, Piece};
use super::is_bullet;
use crate::article::{Article, Block, BlockKind, Cell, Image, ListItem, MarkKind, Text, TurnRole};

/// The article as one `<article>` element, or as a whole document.
pub(super) fn write(article: &Article, standalone: bool) -> String {
    let mut out = String::new();
    if standalone {
        document_start(article, &mut out);
    }
    article_element(article, &mut out);
    if standalone {
        out.push_str("</body>\n</html>\n");
    }
    out
}

/// The blocks alone.
pub(super) fn story(article: &Article) -> String {
    let mut out = String::new();
    blocks(&article.blocks, &mut out);
    out
}

fn document_start(article: &Article, out: &mut String) {
    out.push_str("<!DOCTYPE html>\n<html");
    lang(article, out);
    out.push_str(">\n<head>\n<meta charset=\"utf-8\">\n");
    let title = article.metadata.headline.as_ref().map_or("", |f| &f.value);
    element(out, "title", &one_line(title));
    out.push_str("</head>\n<body>\n");
}

fn article_element(article: &Article, out: &mut String) {
    out.push_str("<article");
    lang(article, out);
    out.push_str(">\n");
    header(article, out);
    blocks(&article.blocks, out);
    comments(article, out);
    out.push_str("</article>\n");
}

fn lang(article: &Article, out: &mut String) {
    let tag = super::language(article);
    if !tag.is_empty() {
        attribute(out, "lang", tag);
    }
}

fn header(article: &Article, out: &mut String) {
    let start = out.len();
    out.push_str("<header>\n");
    let empty = out.len();
    let meta = &article.metadata;
    line(out, "h1", meta.headline.as_ref().map_or("", |f| &f.value));
    line(out, "p", super::deck(article));
    byline(article, out);
    if out.len() == empty {
        out.truncate(start);
    } else {
        out.push_str("</header>\n");
    }
}

fn byline(article: &Article, out: &mut String) {
    let meta = &article.metadata;
    let mut parts = Vec::new();
    if let Some(authors) = &meta.authors {
        let names: Vec<_> =
            authors.value.iter().map(|author| escaped(&one_line(&author.name))).collect();
        parts.push(names.join(", "));
    }
    parts.extend(meta.published.as_ref().map(|field| time(&field.value.to_string())));
    parts.extend(meta.site_name.as_ref().map(|field| escaped(&one_line(&field.value))));
    parts.retain(|part| !part.is_empty());
    if !parts.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", parts.join(" · "));
    }
}

/// A `<time>` element where the text is machine-readable, else the text alone.
fn time(text: &str) -> String {
    let text = one_line(text);
    let is_day = text.get(..10).is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok());
    let rest = |c: char| c.is_ascii_digit() || "T:+-.Z ".contains(c);
    if is_day && text.chars().all(rest) {
        let mut out = String::from("<time");
        attribute(&mut out, "datetime", &text);
        let _ = write!(out, ">{}</time>", escaped(&text));
        out
    } else {
        escaped(&text)
    }
}

fn comments(article: &Article, out: &mut String) {
    if article.comments.is_empty() {
        return;
    }
    out.push_str("<hr>\n<section>\n");
    for comment in &article.comments {
        out.push_str("<blockquote>\n");
        lines(&comment.text).for_each(|text| element(out, "p", &text));
        out.push_str("</blockquote>\n");
    }
    out.push_str("</section>\n");
}

fn blocks(blocks: &[Block], out: &mut String) {
    let mut in_bullets = false;
    for item in blocks {
        if is_bullet(item) != in_bullets {
            out.push_str(if in_bullets { "</ul>\n" } else { "<ul>\n" });
            in_bullets = !in_bullets;
        }
        block(item, out);
    }
    if in_bullets {
        out.push_str("</ul>\n");
    }
}

fn block(block: &Block, out: &mut String) {
    match &block.kind {
        BlockKind::Paragraph { text } | BlockKind::Deck { text } => marked(out, "p", text),
        BlockKind::Heading { level, text } => marked(out, heading_tag(*level), text),
        BlockKind::List { ordered, items } => list(*ordered, items, out),
        BlockKind::BlockQuote { text, attribution } => quote(text, attribution.as_deref(), out),
        BlockKind::PullQuote { text } => within(out, "aside", |out| marked(out, "p", text)),
        BlockKind::Table { caption, rows } => table(caption.as_deref(), rows, out),
        BlockKind::Figure { image } => figure(image, out),
        BlockKind::Embed { platform, url, quoted } => {
            embed(platform, url.as_deref(), quoted.as_deref(), out);
        }
        BlockKind::Code { text } => code(text, out),
        BlockKind::Turn { role, text } => turn(*role, text, out),
        BlockKind::LiveEntry { time, heading, blocks } => {
            live_entry(time.as_deref(), heading.as_deref(), blocks, out);
        }
        BlockKind::Note { text } => within(out, "aside", |out| marked(out, "p", text)),
        BlockKind::SummaryBullet { text } => marked(out, "li", text),
    }
}

fn heading_tag(level: u8) -> &'static str {
    match level {
        0..=2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

fn list(ordered: bool, items: &[ListItem], out: &mut String) {
    let (open, close) = if ordered { ("<ol>\n", "</ol>\n") } else { ("<ul>\n", "</ul>\n") };
    // Every level holds one open item, so that a deeper list stands inside it.
    let mut levels = 0;
    for item in items {
        let level = (item.depth as usize).min(levels) + 1;
        while levels > level {
            out.push_str("</li>\n");
            out.push_str(close);
            levels -= 1;
        }
        if levels == level {
            out.push_str("</li>\n");
        } else {
            out.push_str(open);
            levels += 1;
        }
        out.push_str("<li>");
        text(&item.text, out);
    }
    for _ in 0..levels {
        out.push_str("</li>\n");
        out.push_str(close);
    }
}

fn quote(text: &Text, attribution: Option<&str>, out: &mut String) {
    within(out, "blockquote", |out| {
        for line in inline::split_lines(inline::pieces(text)) {
            out.push_str("<p>");
            pieces(&line, out);
            out.push_str("</p>\n");
        }
        if let Some(name) = attribution.map(one_line).filter(|name| !name.is_empty()) {
            let _ = writeln!(out, "<footer>— <cite>{}</cite></footer>", escaped(&name));
        }
    });
}

fn table(caption: Option<&str>, rows: &[Vec<Cell>], out: &mut String) {
    let heads = rows.iter().take_while(|row| is_head(row)).count();
    let (head, body) = rows.split_at(heads);
    within(out, "table", |out| {
        line(out, "caption", caption.unwrap_or_default());
        table_part(out, "thead", head);
        table_part(out, "tbody", body);
    });
}

fn is_head(row: &[Cell]) -> bool {
    !row.is_empty() && row.iter().all(|cell| cell.header)
}

fn table_part(out: &mut String, tag: &str, rows: &[Vec<Cell>]) {
    if rows.is_empty() {
        return;
    }
    within(out, tag, |out| {
        for row in rows {
            out.push_str("<tr>");
            for cell in row {
                table_cell(cell, out);
            }
            out.push_str("</tr>\n");
        }
    });
}

fn table_cell(cell: &Cell, out: &mut String) {
    let tag = if cell.header { "th" } else { "td" };
    let _ = write!(out, "<{tag}");
    if cell.columns > 1 {
        attribute(out, "colspan", &cell.columns.to_string());
    }
    out.push('>');
    text(&cell.text, out);
    let _ = write!(out, "</{tag}>");
}

fn figure(image: &Image, out: &mut String) {
    within(out, "figure", |out| {
        if let Some(src) = image_source(&image.url) {
            picture(&src, image, out);
        }
        let caption = escaped(&one_line(image.caption.as_deref().unwrap_or_default()));
        let credit = escaped(&one_line(image.credit.as_deref().unwrap_or_default()));
        let credit = if credit.is_empty() { credit } else { format!("<small>{credit}</small>") };
        let gap = if caption.is_empty() || credit.is_empty() { "" } else { " " };
        if !(caption.is_empty() && credit.is_empty()) {
            let _ = writeln!(out, "<figcaption>{caption}{gap}{credit}</figcaption>");
        }
    });
}

fn picture(src: &str, image: &Image, out: &mut String) {
    out.push_str("<img");
    attribute(out, "src", src);
    attribute(out, "alt", &one_line(image.alt.as_deref().unwrap_or_default()));
    for (name, pixels) in [("width", image.width), ("height", image.height)] {
        if let Some(pixels) = pixels {
            attribute(out, name, &pixels.to_string());
        }
    }
    out.push_str(">\n");
}

fn embed(platform: &str, url: Option<&str>, quoted: Option<&str>, out: &mut String) {
    let name = escaped(&one_line(platform));
    let name = match url.and_then(link_target) {
        Some(target) => {
            let mut link = String::from("<a");
            attribute(&mut link, "href", &target);
            let _ = write!(link, ">{}</a>", if name.is_empty() { escaped(&target) } else { name });
            link
        }
        None => name,
    };
    within(out, "figure", |out| {
        if let Some(quoted) = quoted {
            within(out, "blockquote", |out| {
                lines(quoted).for_each(|text| element(out, "p", &text));
            });
        }
        let _ = writeln!(out, "<figcaption>{name}</figcaption>");
    });
}

fn code(text: &str, out: &mut String) {
    let _ = writeln!(out, "<pre><code>{}</code></pre>", escaped(&without_controls(text)));
}

fn turn(role: TurnRole, text: &Text, out: &mut String) {
    match role {
        TurnRole::Answer => marked(out, "p", text),
        TurnRole::Question => {
            out.push_str("<p>");
            pieces(&inline::whole(text, &MarkKind::Strong), out);
            out.push_str("</p>\n");
        }
    }
}

fn live_entry(at: Option<&str>, heading: Option<&str>, inner: &[Block], out: &mut String) {
    within(out, "section", |out| {
        if let Some(at) = at.map(time).filter(|at| !at.is_empty()) {
            let _ = writeln!(out, "<p>{at}</p>");
        }
        line(out, "h2", heading.unwrap_or_default());
        blocks(inner, out);
    });
}

/// An element around `content`, on lines of its own.
fn within(out: &mut String, tag: &str, content: impl FnOnce(&mut String)) {
    let _ = writeln!(out, "<{tag}>");
    content(out);
    let _ = writeln!(out, "</{tag}>");
}

/// An element around marked text.
fn marked(out: &mut String, tag: &str, content: &Text) {
    let _ = write!(out, "<{tag}>");
    text(content, out);
    let _ = writeln!(out, "</{tag}>");
}

/// An element around one line; nothing where the line is empty.
fn line(out: &mut String, tag: &str, content: &str) {
    let content = one_line(content);
    if !content.is_empty() {
        element(out, tag, &content);
    }
}

fn element(out: &mut String, tag: &str, content: &str) {
    let _ = writeln!(out, "<{tag}>{}</{tag}>", escaped(content));
}

fn attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"{}\"", escaped(value));
}

fn text(text: &Text, out: &mut String) {
    pieces(&inline::pieces(text), out);
}

fn pieces(pieces: &[Piece<'_>], out: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => escape(text, "<br>", out),
            Piece::Mark(kind, inner) => mark(kind, inner, out),
        }
    }
}

fn mark(kind: &MarkKind, inner: &[Piece<'_>], out: &mut String) {
    let tag = match kind {
        MarkKind::Link { url } => match link_target(url) {
            Some(target) => {
                out.push_str("<a");
                attribute(out, "href", &target);
                out.push('>');
                pieces(inner, out);
                return out.push_str("</a>");
            }
            None => return pieces(inner, out),
        },
        MarkKind::Emphasis => "em",
        MarkKind::Strong => "strong",
        MarkKind::Code => "code",
    };
    let _ = write!(out, "<{tag}>");
    pieces(inner, out);
    let _ = write!(out, "</{tag}>");
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, "\n", &mut out);
    out
}

/// Escapes for element content and for double-quoted attribute values alike.
fn escape(text: &str, line_break: &str, out: &mut String) {
    for c in text.chars().filter_map(visible) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str(line_break),
            c => out.push(c),
        }
    }
}
