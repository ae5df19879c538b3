//! CommonMark, with GFM tables.
//!
//! Page text never becomes markup: whatever could open or close something is escaped. Where
//! CommonMark cannot express a mark (emphasis that ends inside a word after punctuation, say), the
//! mark is dropped and the text stays.

use std::fmt::Write as _;

use super::clean::{image_source, lines, link_target, one_line, without_controls};
use super::inline::{self, Piece};
use super::is_bullet;
use crate::article::{
    Article, Block, BlockKind, Cell, Image, ListItem, Mark, MarkKind, Text, TurnRole,
};

mod escape;

use escape::{Flow, Inline};

/// Cells of a row that are written; more would only be padding.
const MAX_COLUMNS: usize = 100;

/// Headline, byline and blocks, with front matter if `standalone`.
pub(super) fn write(article: &Article, standalone: bool) -> String {
    let mut out = Writer::default();
    if standalone {
        out.raw(&front_matter(article));
    }
    let meta = &article.metadata;
    out.heading(1, meta.headline.as_ref().map_or("", |f| &f.value));
    out.prose(&strong(super::deck(article)));
    out.prose(&Text::plain(super::byline(article)));
    out.blocks(&article.blocks);
    if !article.comments.is_empty() {
        out.raw("* * *\n");
    }
    for comment in &article.comments {
        out.quote(|out| out.paragraphs(&Text::plain(comment.text.as_str())));
    }
    out.finish()
}

/// YAML, whose double-quoted strings are a superset of JSON's. To a reader that knows no front matter it
/// is prose, so what begins HTML or a link there is escaped.
fn front_matter(article: &Article) -> String {
    let meta = &article.metadata;
    let string = |value: &str| {
        let json = super::to_json(&value, super::JsonStyle::Line);
        let json = json.trim_end().replace('<', "\\u003c");
        json.replace('[', "\\u005b").replace(']', "\\u005d")
    };
    let mut out = String::from("---\n");
    let mut entry = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{key}: {}", string(value));
        }
    };
    entry("title", meta.headline.as_ref().map(|f| f.value.as_str()));
    let published = meta.published.as_ref().map(|f| f.value.to_string());
    entry("published", published.as_deref());
    entry("site", meta.site_name.as_ref().map(|f| f.value.as_str()));
    entry("url", meta.url.as_ref().map(|f| f.value.as_str()));
    entry("language", meta.language.as_ref().map(|f| f.value.as_str()));
    if let Some(authors) = &meta.authors {
        let names: Vec<_> = authors.value.iter().map(|author| string(&author.name)).collect();
        let _ = writeln!(out, "authors: [{}]", names.join(","));
    }
    out.push_str("---\n");
    out
}

/// Text that is strong as a whole.
fn strong(text: &str) -> Text {
    let text = one_line(text);
    let mark = Mark { start: 0, end: text.len() as u32, kind: MarkKind::Strong };
    Text { text, marks: vec![mark] }
}

/// Kind of list that a block writes, to keep neighbours apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ListKind {
    Bullets,
    Numbers,
}

/// Blocks in order, parted by blank lines.
#[derive(Default)]
struct Writer {
    out: String,
    /// The list right before, and whether it used the second marker.
    last_list: Option<(ListKind, bool)>,
}

impl Writer {
    fn finish(self) -> String {
        self.out
    }

    /// Adds lines that are Markdown already, after a blank line.
    fn raw(&mut self, markdown: &str) {
        if markdown.trim().is_empty() {
            return;
        }
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(markdown);
        if !markdown.ends_with('\n') {
            self.out.push('\n');
        }
        self.last_list = None;
    }

    fn blocks(&mut self, blocks: &[Block]) {
        let mut rest = blocks;
        while let Some((block, after)) = rest.split_first() {
            let bullets = rest.iter().take_while(|block| is_bullet(block)).count();
            if bullets > 0 {
                let (run, after) = rest.split_at(bullets);
                self.bullets(run);
                rest = after;
            } else {
                self.block(block);
                rest = after;
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph { text } => self.prose(text),
            BlockKind::Deck { text } => self.whole(text, &MarkKind::Strong),
            BlockKind::Heading { level, text } => self.marked_heading((*level).clamp(2, 6), text),
            BlockKind::List { ordered, items } => self.list(*ordered, items),
            BlockKind::BlockQuote { text, attribution } => {
                self.block_quote(text, attribution.as_deref());
            }
            BlockKind::PullQuote { text } => self.block_quote(text, None),
            BlockKind::Table { caption, rows } => self.table(caption.as_deref(), rows),
            BlockKind::Figure { image } => self.figure(image),
            BlockKind::Embed { platform, url, quoted } => {
                self.embed(platform, url.as_deref(), quoted.as_deref());
            }
            BlockKind::Code { text } => self.code(text),
            BlockKind::Turn { role, text } => self.turn(*role, text),
            BlockKind::LiveEntry { time, heading, blocks } => {
                self.live_entry(time.as_deref(), heading.as_deref(), blocks);
            }
            BlockKind::Note { text } => self.whole(text, &MarkKind::Emphasis),
            BlockKind::SummaryBullet { .. } => self.bullets(std::slice::from_ref(block)),
        }
    }

    fn turn(&mut self, role: TurnRole, text: &Text) {
        match role {
            TurnRole::Question => self.whole(text, &MarkKind::Strong),
            TurnRole::Answer => self.prose(text),
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        self.marked_heading(level, &Text::plain(one_line(text)));
    }

    fn marked_heading(&mut self, level: u8, text: &Text) {
        let line = Inline::new(Flow::OneLine).write(&inline::pieces(text));
        if !line.is_empty() {
            self.raw(&format!("{} {line}", "#".repeat(level as usize)));
        }
    }

    /// A paragraph; `\n` is a hard break.
    fn prose(&mut self, text: &Text) {
        self.raw(&Inline::new(Flow::Lines).write(&inline::pieces(text)));
    }

    /// Paragraphs parted at `\n`.
    fn paragraphs(&mut self, text: &Text) {
        for line in inline::split_lines(inline::pieces(text)) {
            self.raw(&Inline::new(Flow::Lines).write(&line));
        }
    }

    fn whole(&mut self, text: &Text, kind: &MarkKind) {
        self.raw(&Inline::new(Flow::Lines).write(&inline::whole(text, kind)));
    }

    /// What `content` writes, as a block quote.
    fn quote(&mut self, content: impl FnOnce(&mut Self)) {
        let mut inner = Self::default();
        content(&mut inner);
        let mut quoted = String::new();
        for line in inner.out.lines() {
            let gap = if line.is_empty() { "" } else { " " };
            let _ = writeln!(quoted, ">{gap}{line}");
        }
        self.raw(&quoted);
    }

    fn block_quote(&mut self, text: &Text, attribution: Option<&str>) {
        self.quote(|out| {
            out.paragraphs(text);
            if let Some(name) = attribution.map(one_line).filter(|name| !name.is_empty()) {
                out.prose(&Text::plain(format!("— {name}")));
            }
        });
    }

    fn bullets(&mut self, run: &[Block]) {
        let items = run.iter().filter_map(|block| match &block.kind {
            BlockKind::SummaryBullet { text } => Some((0, text)),
            _ => None,
        });
        self.items(ListKind::Bullets, items);
    }

    fn list(&mut self, ordered: bool, items: &[ListItem]) {
        let kind = if ordered { ListKind::Numbers } else { ListKind::Bullets };
        self.items(kind, items.iter().map(|item| (item.depth as usize, &item.text)));
    }

    fn items<'a>(&mut self, kind: ListKind, items: impl Iterator<Item = (usize, &'a Text)>) {
        let second = self.last_list == Some((kind, false));
        let mut out = String::new();
        let mut levels = Levels { kind, second, open: Vec::new() };
        for (depth, text) in items {
            let line = Inline::new(Flow::Lines).write(&inline::pieces(text));
            if !line.is_empty() {
                levels.item(depth, &line, &mut out);
            }
        }
        self.raw(&out);
        self.last_list = Some((kind, second));
    }

    fn table(&mut self, caption: Option<&str>, rows: &[Vec<Cell>]) {
        self.prose(&Text::plain(one_line(caption.unwrap_or_default())));
        let has_head = rows.first().is_some_and(|row| row.iter().all(|cell| cell.header));
        let rows: Vec<Vec<String>> = rows.iter().map(|row| cells(row)).collect();
        self.raw(&grid(&rows, has_head));
    }

    fn figure(&mut self, image: &Image) {
        let alt = Inline::new(Flow::OneLine)
            .write(&[Piece::Text(image.alt.as_deref().unwrap_or_default())]);
        let picture =
            image_source(&image.url).map(|src| format!("![{alt}]({})", escape::target(&src)));
        let caption = caption(image);
        let caption = Inline::new(Flow::OneLine).write(&inline::pieces(&caption));
        let parts: Vec<String> =
            picture.into_iter().chain([caption]).filter(|p| !p.is_empty()).collect();
        self.raw(&parts.join("\\\n"));
    }

    fn embed(&mut self, platform: &str, url: Option<&str>, quoted: Option<&str>) {
        let link = embed_link(platform, url);
        match quoted.map(one_line).filter(|text| !text.is_empty()) {
            None => self.prose(&link),
            Some(_) => self.quote(|out| {
                lines(quoted.unwrap_or_default()).for_each(|line| out.prose(&Text::plain(line)));
                out.prose(&link);
            }),
        }
    }

    /// A fence longer than any run of backticks inside.
    fn code(&mut self, text: &str) {
        let text = without_controls(text);
        let fence = "`".repeat(escape::longest_run(&text, '`').max(2) + 1);
        self.raw(&format!("{fence}\n{}\n{fence}", text.trim_end()));
    }

    fn live_entry(&mut self, time: Option<&str>, heading: Option<&str>, blocks: &[Block]) {
        let title: Vec<_> =
            time.into_iter().chain(heading).map(one_line).filter(|p| !p.is_empty()).collect();
        if title.is_empty() {
            self.raw("* * *\n");
        }
        self.heading(2, &title.join(" – "));
        self.blocks(blocks);
    }
}

/// Open levels of a list: the indentation of what stands inside each, and its last number.
struct Levels {
    kind: ListKind,
    second: bool,
    open: Vec<(usize, u32)>,
}

impl Levels {
    fn item(&mut self, depth: usize, text: &str, out: &mut String) {
        let depth = depth.min(self.open.len());
        let number = self.open.get(depth).map_or(1, |level| level.1 + 1);
        self.open.truncate(depth);
        let indent = self.open.last().map_or(0, |level| level.0);
        let marker = self.marker(number);
        let inner = indent + marker.len() + 1;
        self.open.push((inner, number));
        let _ = write!(out, "{}{marker} ", " ".repeat(indent));
        for (i, line) in text.lines().enumerate() {
            let pad = if i == 0 { 0 } else { inner };
            let _ = writeln!(out, "{}{line}", " ".repeat(pad));
        }
    }

    fn marker(&self, number: u32) -> String {
        match (self.kind, self.second) {
            (ListKind::Bullets, false) => "-".to_owned(),
            (ListKind::Bullets, true) => "+".to_owned(),
            (ListKind::Numbers, false) => format!("{number}."),
            (ListKind::Numbers, true) => format!("{number})"),
        }
    }
}

/// The cells of a row; a cell that spans columns is followed by empty ones.
fn cells(row: &[Cell]) -> Vec<String> {
    let mut out = Vec::new();
    for cell in row {
        out.push(Inline::new(Flow::Cell).write(&inline::pieces(&cell.text)));
        let end = out.len() + (cell.columns as usize).saturating_sub(1);
        out.resize(end.clamp(out.len(), MAX_COLUMNS.max(out.len())), String::new());
    }
    out
}

/// A GFM table. Without a head of its own it gets an empty one, which the format demands. Short
/// rows are not filled up: readers do that.
fn grid(rows: &[Vec<String>], has_head: bool) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 0 {
        return String::new();
    }
    let (head, body) = rows.split_at(usize::from(has_head));
    let mut first = head.first().cloned().unwrap_or_default();
    first.resize(columns, String::new());
    let rule = vec!["---".to_owned(); columns];
    let mut out = String::new();
    for row in [&first, &rule].into_iter().chain(body) {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
    out
}

/// Caption in emphasis, credit in parentheses.
fn caption(image: &Image) -> Text {
    let text = one_line(image.caption.as_deref().unwrap_or_default());
    let credit = one_line(image.credit.as_deref().unwrap_or_default());
    let mark = Mark { start: 0, end: text.len() as u32, kind: MarkKind::Emphasis };
    let text = match (text.is_empty(), credit.is_empty()) {
        (_, true) => text,
        (true, false) => format!("({credit})"),
        (false, false) => format!("{text} ({credit})"),
    };
    Text { text, marks: vec![mark] }
}

/// The platform's name, linked where there is a safe address.
fn embed_link(platform: &str, url: Option<&str>) -> Text {
    let target = url.and_then(link_target);
    let mut text = one_line(platform);
    if text.is_empty() {
        text = target.clone().unwrap_or_default();
    }
    let end = text.len() as u32;
    let link = |url| Mark { start: 0, end, kind: MarkKind::Link { url } };
    Text { text, marks: target.map(link).into_iter().collect() }
}
