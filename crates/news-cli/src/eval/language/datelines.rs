//! Datelines: whether each is found, whether any is invented, and whether its parts are right.
//!
//! A gold line is `{"id", "text", "dct", "dateline": {"span", "place", "agency", "date"} | null}`, a
//! prediction `{"id", "dateline"}` of the same shape. Spans count Unicode code points of the text.

use std::fmt::Write as _;

use news_core::article::{Article, Dateline};
use news_core::{Options, Source};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Figures, Outcome, Set, Text, answered};

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
    dateline: Option<Line>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Prediction {
    dateline: Option<Line>,
}

pub(super) fn evaluate(set: &Set<'_>) -> anyhow::Result<Outcome> {
    Ok(report(&answered(set, predict)?))
}

/// What this engine says.
fn predict(gold: &Text<Gold>) -> Prediction {
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
    Prediction { dateline }
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
    fn figures(&self) -> Figures {
        Figures::of(self.right, self.predicted, self.gold)
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
    ("all_parts", |a, b| {
        same(a.place.as_deref(), b.place.as_deref())
            && same(a.agency.as_deref(), b.agency.as_deref())
            && same(a.date.as_deref(), b.date.as_deref())
    }),
];

fn report(texts: &[(Text<Gold>, Prediction)]) -> Outcome {
    let mut counts: Vec<Counts> = FIGURES.iter().map(|_| Counts::default()).collect();
    let mut misses = String::new();
    for (Text { id, gold, .. }, Prediction { dateline: found }) in texts {
        for ((_, is_right), counts) in FIGURES.iter().zip(&mut counts) {
            counts.predicted += usize::from(found.is_some());
            counts.gold += usize::from(gold.dateline.is_some());
            if let (Some(found), Some(gold)) = (found, &gold.dateline) {
                counts.right += usize::from(is_right(found, gold));
            }
        }
        if *found != gold.dateline {
            let _ = writeln!(misses, "  {id}: gold {:?}, got {found:?}", gold.dateline);
        }
    }
    let mut text = format!("datelines  {} texts\n", texts.len());
    let mut figures = serde_json::Map::new();
    for ((name, _), counts) in FIGURES.iter().zip(&counts) {
        let of = counts.figures();
        let _ = writeln!(text, "{name:10} {} ({} right of {})", of.text(), of.tp, of.gold);
        figures.insert((*name).to_owned(), json!(of));
    }
    if !misses.is_empty() {
        let _ = write!(text, "differences\n{misses}");
    }
    Outcome { text, figures: figures.into() }
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
    use std::fs;

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
        let set = Set { gold: folder.path(), pred: None, genres: None, write: Some(&written) };
        let first = evaluate(&set).expect("a report").text;
        assert!(!first.contains("differences"), "{first}");
        assert_eq!(first.matches("100.0/100.0/100.0").count(), FIGURES.len());
        let set = Set { gold: &gold, pred: Some(&written), genres: None, write: None };
        assert_eq!(evaluate(&set).expect("a report").text, first);
    }
}
