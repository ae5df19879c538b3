//! Datelines: whether each is found, whether any is invented, and whether its parts are right.
//!
//! A gold line is `{"id", "text", "dct", "dateline": {"span", "place", "agency", "date"} | null}`, a
//! prediction `{"id", "dateline"}` of the same shape. Spans count Unicode code points of the text.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use news_core::article::{Article, Dateline};
use news_core::{Options, Source};
use serde::{Deserialize, Serialize};

/// A dateline as the set has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    /// First code point and one past the last.
    #[serde(default)]
    span: Option<(usize, usize)>,
    #[serde(default)]
    place: Option<String>,
    #[serde(default)]
    agency: Option<String>,
    #[serde(default)]
    date: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Gold {
    id: String,
    text: String,
    #[serde(default)]
    dct: Option<String>,
    dateline: Option<Line>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Prediction {
    id: String,
    dateline: Option<Line>,
}

/// Scores the predictions in `pred`, or those of this engine, against `gold` (a file or a folder
/// with `dev.jsonl`), and writes the predictions to `write`. Returns the report.
pub(super) fn run(
    gold: &Path,
    pred: Option<&Path>,
    write: Option<&Path>,
) -> anyhow::Result<String> {
    let golds: Vec<Gold> = lines(&file(gold))?;
    let start = Instant::now();
    let predictions: Vec<Prediction> = match pred {
        Some(path) => lines(path)?,
        None => golds.iter().map(predict).collect(),
    };
    let seconds = start.elapsed().as_secs_f64();
    if let Some(path) = write {
        let mut out = String::new();
        for prediction in &predictions {
            let _ = writeln!(out, "{}", serde_json::to_string(prediction)?);
        }
        fs::write(path, out).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let mut report = report(&golds, predictions);
    if pred.is_none() {
        let bytes: usize = golds.iter().map(|gold| gold.text.len()).sum();
        let _ = writeln!(report, "speed       {:.1} MB/s", bytes as f64 / 1e6 / seconds.max(1e-9));
    }
    Ok(report)
}

fn file(gold: &Path) -> PathBuf {
    if gold.is_dir() { gold.join("dev.jsonl") } else { gold.to_owned() }
}

fn lines<T: for<'de> Deserialize<'de>>(path: &Path) -> anyhow::Result<Vec<T>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let parse = |(at, line): (usize, &str)| {
        serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), at + 1))
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(parse).collect()
}

/// What this engine says.
fn predict(gold: &Gold) -> Prediction {
    let source = Source {
        content_type: Some("text/plain"),
        fetched_at: gold.dct.as_deref(),
        ..Source::text(&gold.text)
    };
    let article =
        news_core::extract(&source, &Options { reading: false, ..Options::default() }).ok();
    let dateline = article.as_ref().and_then(|article| {
        let dateline = article.wire.dateline.as_ref()?;
        Some(Line {
            span: span(article, dateline, &gold.text),
            place: Some(dateline.place.join("/")).filter(|place| !place.is_empty()),
            agency: dateline.agency_text.clone(),
            date: dateline.date_text.clone(),
        })
    });
    Prediction { id: gold.id.clone(), dateline }
}

/// The dateline in code points of the whole text: its marks and letters, counted from the beginning of
/// the block's source, white space left out.
fn span(article: &Article, dateline: &Dateline, text: &str) -> Option<(usize, usize)> {
    let block = article.blocks.get(dateline.block as usize)?;
    let from = block.source.first()?.start as usize;
    let visible = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
    let count = visible(&dateline.raw);
    let before = text.get(..from)?.chars().count();
    let mut seen = 0;
    let mut start = None;
    for (at, c) in text.get(from..)?.chars().enumerate() {
        if c.is_whitespace() {
            continue;
        }
        start.get_or_insert(before + at);
        seen += 1;
        if seen == count {
            return Some((start?, before + at + 1));
        }
    }
    None
}

/// Counts of one figure.
#[derive(Debug, Default)]
struct Counts {
    right: usize,
    predicted: usize,
    gold: usize,
}

impl Counts {
    fn f1(&self) -> f64 {
        let sum = (self.predicted + self.gold) as f64;
        if sum == 0.0 { 1.0 } else { 2.0 * self.right as f64 / sum }
    }

    fn line(&self, name: &str) -> String {
        let share = |of: usize| if of == 0 { 1.0 } else { self.right as f64 / of as f64 };
        format!(
            "{name:<11} P {:.4}  R {:.4}  F1 {:.4}  ({} right, {} predicted, {} gold)\n",
            share(self.predicted),
            share(self.gold),
            self.f1(),
            self.right,
            self.predicted,
            self.gold
        )
    }
}

/// A figure: its name, and when a prediction is right.
type Measure = (&'static str, fn(&Line, &Line) -> bool);

/// Figures: found at all, the same span, all parts the same.
const FIGURES: [Measure; 6] = [
    ("found", |_, _| true),
    ("span", |a, b| a.span == b.span),
    ("place", |a, b| same(a.place.as_deref(), b.place.as_deref())),
    ("agency", |a, b| same(a.agency.as_deref(), b.agency.as_deref())),
    ("date", |a, b| same(a.date.as_deref(), b.date.as_deref())),
    ("all parts", |a, b| {
        same(a.place.as_deref(), b.place.as_deref())
            && same(a.agency.as_deref(), b.agency.as_deref())
            && same(a.date.as_deref(), b.date.as_deref())
    }),
];

fn report(golds: &[Gold], predictions: Vec<Prediction>) -> String {
    let by_id: HashMap<String, Line> =
        predictions.into_iter().filter_map(|p| Some((p.id, p.dateline?))).collect();
    let mut counts: Vec<Counts> = FIGURES.iter().map(|_| Counts::default()).collect();
    let mut misses = String::new();
    for gold in golds {
        let found = by_id.get(&gold.id);
        for ((_, is_right), counts) in FIGURES.iter().zip(&mut counts) {
            counts.predicted += usize::from(found.is_some());
            counts.gold += usize::from(gold.dateline.is_some());
            if let (Some(found), Some(gold)) = (found, &gold.dateline) {
                counts.right += usize::from(is_right(found, gold));
            }
        }
        if found != gold.dateline.as_ref() {
            let _ = writeln!(misses, "  {}: gold {:?}, got {found:?}", gold.id, gold.dateline);
        }
    }
    let mut out = format!("datelines   {} texts\n", golds.len());
    for ((name, _), counts) in FIGURES.iter().zip(&counts) {
        out.push_str(&counts.line(name));
    }
    if !misses.is_empty() {
        let _ = write!(out, "differences\n{misses}");
    }
    out
}

/// The same but for case and white space.
fn same(a: Option<&str>, b: Option<&str>) -> bool {
    let fold = |text: Option<&str>| {
        let words: Vec<&str> = text.unwrap_or("").split_whitespace().collect();
        words.join(" ").to_lowercase()
    };
    fold(a) == fold(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_scored() {
        let folder = tempfile::tempdir().expect("a folder");
        let gold = folder.path().join("dev.jsonl");
        let lines = [
            r#"{"id":"a","text":"Flood in town\n\nSEOUL, Nov. 24 (Yonhap) -- Rain fell.","dct":"2013-11-25","dateline":{"span":[15,41],"place":"SEOUL","agency":"Yonhap","date":"Nov. 24"}}"#,
            r#"{"id":"b","text":"Nothing of the kind here.\n\nAnd more.","dateline":null}"#,
        ];
        fs::write(&gold, lines.join("\n")).expect("written");
        let written = folder.path().join("pred.jsonl");
        let report = run(folder.path(), None, Some(&written)).expect("a report");
        let first = report.split("speed").next().expect("a part");
        assert!(!report.contains("differences"), "{report}");
        assert_eq!(first.matches("F1 1.0000").count(), FIGURES.len());
        assert_eq!(run(&gold, Some(&written), None).expect("a report"), first);
    }
}
