//! Labelled texts.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use news_core::reading::Prose;
use news_core::reading::entity::Kind;
use news_core::training::entity::Label;
use serde_json::Value;

/// A text and the names in it, sorted.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) id: String,
    pub(crate) body: String,
    pub(crate) labels: Vec<Label>,
}

impl Text {
    pub(crate) fn prose(&self) -> Prose<'_> {
        Prose::plain(&self.body, Some("en"))
    }
}

/// The texts of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<Text>> {
    let file = fs::read_to_string(path).with_context(|| format!("no {}", path.display()))?;
    file.lines().map(|line| one(&serde_json::from_str(line)?)).collect()
}

fn one(record: &Value) -> Result<Text> {
    let text = record["text"].as_str().context("no text")?.to_owned();
    let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let entities = record["entities"].as_array().context("no entities")?;
    let mut labels: Vec<Label> = entities.iter().filter_map(|e| label(e, &text, &bytes)).collect();
    labels.sort_by_key(|(range, _)| range.start);
    labels.dedup_by(|next, last| next.0.start < last.0.end);
    let id = record["id"].as_str().unwrap_or_default().to_owned();
    Ok(Text { id, body: text, labels })
}

fn label(entity: &Value, text: &str, bytes: &[usize]) -> Option<Label> {
    let at = |i: usize| bytes.get(entity["span"][i].as_u64()? as usize).copied();
    let kind = match entity["type"].as_str()? {
        "PER" | "PERSON" => 0,
        "ORG" => 1,
        "LOC" | "GPE" | "FAC" => 2,
        "MISC" => 3,
        _ => return None,
    };
    let (start, end) = trim(text, at(0)?, at(1)?);
    (start < end).then_some((start..end, kind))
}

/// The name without an article, marks around it and the `'s` behind, as the scorers compare names.
fn trim(text: &str, mut start: usize, mut end: usize) -> (usize, usize) {
    let marks = |c: char| c.is_whitespace() || "\"'“”‘’`(),.;:".contains(c);
    loop {
        let own = text.get(start..end).unwrap_or_default();
        let left = own.trim_start_matches(marks);
        let left = ["the ", "The ", "THE ", "a ", "A ", "an ", "An "]
            .iter()
            .find_map(|article| left.strip_prefix(article))
            .unwrap_or(left);
        let right = left.trim_end_matches(|c| marks(c) && c != '.');
        let right = ["'s", "’s", "'S", "’S"]
            .iter()
            .find_map(|tail| right.strip_suffix(tail))
            .unwrap_or(right);
        if right.len() == own.len() {
            return (start, end);
        }
        start += own.len() - left.len();
        end = start + right.len();
    }
}

/// The type by which the scorers know a kind.
pub(crate) fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "PER",
        Kind::Organisation => "ORG",
        Kind::Place => "LOC",
    }
}

/// For each byte of a text, the characters before it.
pub(crate) fn code_points(text: &str) -> Vec<usize> {
    let mut counts = Vec::with_capacity(text.len() + 1);
    for (count, c) in text.chars().enumerate() {
        counts.resize(counts.len() + c.len_utf8(), count);
    }
    counts.push(text.chars().count());
    counts
}

/// One part of several, by the id of a text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Part(Option<(u32, u32)>);

impl Part {
    /// Takes `--without K/N` or `--only K/N` from the arguments.
    pub(crate) fn take(mut args: Vec<String>) -> Result<(Self, Vec<String>)> {
        let Some(at) = args.iter().position(|a| a == "--without" || a == "--only") else {
            return Ok((Self(None), args));
        };
        let Some((k, n)) = args.get(at + 1).and_then(|part| part.split_once('/')) else {
            bail!("K/N");
        };
        let part = Self(Some((k.parse()?, n.parse()?)));
        args.drain(at..at + 2);
        Ok((part, args))
    }

    pub(crate) fn holds(self, id: &str) -> bool {
        self.0.is_some_and(|(part, parts)| hash(id) % parts == part)
    }

    pub(crate) fn holds_or_all(self, id: &str) -> bool {
        self.0.is_none() || self.holds(id)
    }
}

fn hash(id: &str) -> u32 {
    id.bytes().fold(7, |hash: u32, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte))) >> 3
}
