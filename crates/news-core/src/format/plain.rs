//! Readable plain text.

use super::clean::{lines, one_line, without_controls};
use super::{byline, deck, is_bullet};
use crate::article::{Article, Block, BlockKind, Cell, ListItem};

/// Headline, deck, byline and story, parted by blank lines.
pub(super) fn write(article: &Article) -> String {
    let meta = &article.metadata;
    let mut out = Paragraphs::default();
    out.add(meta.headline.as_ref().map_or("", |f| &f.value), false);
    out.add(deck(article), false);
    out.add(&byline(article), false);
    add_blocks(&article.blocks, &mut out);
    if !article.comments.is_empty() {
        out.add("* * *", false);
    }
    article.comments.iter().for_each(|comment| out.add(&comment.text, false));
    out.finish()
}

#[derive(Default)]
struct Paragraphs {
    out: String,
}

impl Paragraphs {
    /// Adds the lines of `text` as a paragraph; right below the one before if it is `joined`.
    fn add(&mut self, text: &str, joined: bool) {
        self.add_lines(lines(text), joined);
    }

    fn add_lines(&mut self, lines: impl Iterator<Item = String>, joined: bool) {
        let mut gap = if joined { "" } else { "\n" };
        for line in lines {
            if !self.out.is_empty() {
                self.out.push_str(gap);
            }
            self.out.push_str(&line);
            self.out.push('\n');
            gap = "";
        }
    }

    fn finish(self) -> String {
        self.out
    }
}

fn add_blocks(blocks: &[Block], out: &mut Paragraphs) {
    let mut after_bullet = false;
    for block in blocks {
        add_block(block, after_bullet, out);
        after_bullet = is_bullet(block);
    }
}

fn add_block(block: &Block, after_bullet: bool, out: &mut Paragraphs) {
    match &block.kind {
        BlockKind::Paragraph { text }
        | BlockKind::Heading { text, .. }
        | BlockKind::Deck { text }
        | BlockKind::Turn { text, .. }
        | BlockKind::Note { text } => out.add(&text.text, false),
        BlockKind::SummaryBullet { text } => out.add(&format!("- {}", text.text), after_bullet),
        BlockKind::BlockQuote { text, attribution } => {
            let by = attribution.iter().map(|name| format!("— {}", one_line(name)));
            out.add_lines(lines(&text.text).chain(by), false);
        }
        BlockKind::List { ordered, items } => out.add_lines(list_lines(*ordered, items), false),
        BlockKind::Table { caption, rows } => {
            let caption = caption.iter().flat_map(|caption| lines(caption));
            out.add_lines(caption.chain(rows.iter().map(|row| row_line(row))), false);
        }
        BlockKind::Code { text } => {
            let clean = without_controls(text);
            out.add_lines(clean.trim_end().split('\n').map(str::to_owned), false);
        }
        BlockKind::LiveEntry { time, heading, blocks } => {
            out.add_lines(time.iter().chain(heading).flat_map(|line| lines(line)), false);
            add_blocks(blocks, out);
        }
        BlockKind::PullQuote { .. } | BlockKind::Figure { .. } | BlockKind::Embed { .. } => {}
    }
}

fn list_lines(ordered: bool, items: &[ListItem]) -> impl Iterator<Item = String> {
    let mut numbers: Vec<u32> = Vec::new();
    items.iter().map(move |item| {
        let depth = (item.depth as usize).min(numbers.len());
        numbers.truncate(depth + 1);
        numbers.resize(depth + 1, 0);
        numbers[depth] += 1;
        let marker = if ordered { format!("{}.", numbers[depth]) } else { "-".to_owned() };
        format!("{}{marker} {}", "  ".repeat(depth), one_line(&item.text.text))
    })
}

fn row_line(row: &[Cell]) -> String {
    row.iter().map(|cell| one_line(&cell.text.text)).collect::<Vec<_>>().join("\t")
}
