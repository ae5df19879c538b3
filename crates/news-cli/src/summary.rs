//! An article for people at a terminal. Colours are always written; the stream takes them out where
//! they are not wanted. Page text comes without control characters.

use std::fmt::Write as _;

use news_core::article::{Block, BlockKind};
use news_core::format::without_controls;
use news_core::{Article, Decision, Fate, Trace};
use owo_colors::OwoColorize;
use serde::Serialize;

/// Paragraphs of the story that are shown.
const PARAGRAPHS: usize = 3;

/// Headline, byline, kind, and how the story begins.
pub(crate) fn summary(article: &Article) -> String {
    let meta = &article.metadata;
    let mut out = String::new();
    let headline = meta.headline.as_ref().map_or("(no headline)", |field| &field.value);
    let _ = writeln!(out, "{}", clean(headline).bold());
    if let Some(deck) = &meta.deck {
        let _ = writeln!(out, "{}", clean(&deck.value).italic());
    }
    push_line(&mut out, &byline(article));
    let _ = writeln!(out, "{}", facts(article).dimmed());
    for text in article.blocks.iter().filter_map(prose).take(PARAGRAPHS) {
        let _ = writeln!(out, "\n{}", clean(text));
    }
    let rest = article.blocks.len().saturating_sub(PARAGRAPHS);
    if rest > 0 {
        let _ = writeln!(
            out,
            "\n{}",
            format!("… {} blocks in all: --format text", article.blocks.len()).dimmed()
        );
    }
    for warning in &article.warnings {
        let _ = writeln!(out, "\n{} {}", "warning:".yellow().bold(), clean(&warning.message));
    }
    out
}

fn push_line(out: &mut String, line: &str) {
    if !line.is_empty() {
        out.push_str(line);
        out.push('\n');
    }
}

fn byline(article: &Article) -> String {
    let meta = &article.metadata;
    let authors = meta.authors.iter().map(|field| {
        field.value.iter().map(|author| clean(&author.name)).collect::<Vec<_>>().join(", ")
    });
    let published = meta.published.iter().map(|field| clean(&field.value.to_string()));
    let modified =
        meta.modified.iter().map(|field| format!("changed {}", clean(&field.value.to_string())));
    let site = meta.site_name.iter().map(|field| clean(&field.value));
    let parts = authors.chain(published).chain(modified).chain(site);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// `news story · complete · 412 words · en · 93% sure`
fn facts(article: &Article) -> String {
    let verdict = &article.verdict;
    let words = article.text().split_whitespace().count();
    let mut facts =
        vec![spoken(&verdict.kind), spoken(&verdict.completeness), format!("{words} words")];
    facts.extend(article.metadata.language.iter().map(|field| clean(&field.value)));
    facts.push(format!("{} sure", percent(verdict.confidence)));
    facts.join(" · ")
}

/// The text of a block that begins a story.
fn prose(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Paragraph { text }
        | BlockKind::Deck { text }
        | BlockKind::SummaryBullet { text }
        | BlockKind::Turn { text, .. } => Some(&text.text),
        _ => None,
    }
}

/// What happened to each block of the page.
pub(crate) fn decisions(trace: &Trace) -> String {
    let mut out = String::new();
    for decision in &trace.decisions {
        let text = cut(&clean(&decision.text), 70);
        let _ = match decision.fate {
            Fate::Kept => writeln!(out, "{} {text}", "kept   ".green()),
            Fate::Removed => writeln!(out, "{} {}", "removed".red(), text.dimmed()),
        };
        let _ = writeln!(out, "        {}", reason(decision).dimmed());
    }
    out
}

/// `rule 0.12 (limit 0.5) · html > body > p`
fn reason(decision: &Decision) -> String {
    let mut out = clean(&decision.rule);
    if let Some(measured) = decision.measured {
        let _ = write!(out, " {measured:.2}");
    }
    if let Some(limit) = decision.limit {
        let _ = write!(out, " (limit {limit:.2})");
    }
    let _ = write!(out, " · {}", cut_front(&clean(&decision.path), 60));
    out
}

/// The name of a value of the model, with spaces.
pub(crate) fn spoken<T: Serialize>(value: &T) -> String {
    let name = serde_json::to_value(value).unwrap_or_default();
    name.as_str().unwrap_or_default().replace('_', " ")
}

pub(crate) fn percent(share: f32) -> String {
    format!("{:.0}%", share * 100.0)
}

/// On one line and without control characters.
pub(crate) fn clean(text: &str) -> String {
    without_controls(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The last `chars` characters, with an ellipsis where more stand before.
fn cut_front(text: &str, chars: usize) -> String {
    let skip = text.chars().count().saturating_sub(chars);
    let rest: String = text.chars().skip(skip).collect();
    if skip > 0 { format!("…{rest}") } else { rest }
}

/// The first `chars` characters, with an ellipsis where more follow.
pub(crate) fn cut(text: &str, chars: usize) -> String {
    let mut out: String = text.chars().take(chars).collect();
    if text.chars().nth(chars).is_some() {
        out.push('…');
    }
    out
}
