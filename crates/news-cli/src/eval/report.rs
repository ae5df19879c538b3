//! What a run of the scorer found, as text, JSON and a table of pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Map, Value};

use super::gold::{GoldPage, Prediction, Predictions};
use super::metrics::{Metrics, aggregate};
use super::page::PageScores;
use super::table::table;
use super::text::mean;
use super::worst::page_diff;

/// What was scored, and how it went.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Head {
    /// Folder name of the set.
    pub set: String,
    /// Path of the gold.
    pub gold: String,
    /// Path or name of the predictions.
    pub pred: String,
    /// The split, or `all rows`.
    pub split: String,
    /// Gold pages scored.
    pub pages: usize,
    /// Of these, without a prediction.
    pub missing: usize,
    /// Of these, with an error.
    pub errors: usize,
    /// Of these, without text.
    pub empty_body: usize,
    /// Predictions for ids that the set does not have.
    pub unknown_ids: usize,
    /// Predictions that a later one of the same id replaced.
    pub duplicate_ids: usize,
    /// Time spent on a page, where predictions say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<Seconds>,
}

/// Seconds spent on a page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct Seconds {
    pub n: usize,
    pub total: f64,
    pub mean: f64,
    pub median: f64,
    pub p95: f64,
    pub max: f64,
}

impl Seconds {
    fn new(mut all: Vec<f64>) -> Option<Self> {
        all.sort_by(f64::total_cmp);
        let n = all.len();
        let middle = all.get((n.saturating_sub(1)) / 2..=n / 2);
        Some(Self {
            n,
            total: all.iter().sum(),
            mean: mean(all.iter().copied()),
            median: mean(middle?.iter().copied()),
            p95: *all.get((0.95 * n as f64) as usize).or(all.last())?,
            max: *all.last()?,
        })
    }
}

/// Figures for each value of one gold field, by value.
#[derive(Debug, Clone, PartialEq)]
pub struct Groups {
    /// The field.
    pub field: String,
    /// Figures by value; `None` stands for pages without one.
    pub values: BTreeMap<String, Metrics>,
}

/// Figures for each value of a gold field; `golds` and `pages` run in parallel.
pub fn by_group(field: &str, golds: &[GoldPage], pages: &[PageScores]) -> Groups {
    let mut parts: BTreeMap<String, Vec<PageScores>> = BTreeMap::new();
    for (gold, page) in golds.iter().zip(pages) {
        parts.entry(gold.group(field)).or_default().push(page.clone());
    }
    let values = parts.into_iter().map(|(value, pages)| (value, aggregate(&pages))).collect();
    Groups { field: field.to_owned(), values }
}

/// All that a run found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What was scored.
    pub head: Head,
    /// Figures over all pages.
    pub metrics: Metrics,
    /// Figures by group, if asked for.
    pub groups: Option<Groups>,
    /// The gold pages scored.
    pub golds: Vec<GoldPage>,
    /// Their figures, in the same order.
    pub pages: Vec<PageScores>,
    /// The predictions.
    pub predictions: Predictions,
    /// Fields that no prediction carries.
    pub absent: BTreeSet<&'static str>,
    /// What the reader should know before trusting the figures.
    pub warnings: Vec<String>,
}

impl Report {
    /// The figures as a table, with a table for each group.
    pub fn text(&self) -> String {
        let mut text = self.head_text();
        text.push_str(&table(&self.metrics, &self.absent));
        text.push('\n');
        if let Some(groups) = &self.groups {
            for (value, metrics) in &groups.values {
                let shown = table(metrics, &self.absent);
                let _ = writeln!(text, " {} = {value}\n{shown}", groups.field);
            }
        }
        text
    }

    fn head_text(&self) -> String {
        let Head { set, pages, split, pred, missing, errors, empty_body, .. } = &self.head;
        let mut text = format!(
            "{set}: {pages} pages ({split}), pred {pred}: {missing} missing, {errors} errors, \
             {empty_body} empty bodies"
        );
        for (n, what) in
            [(self.head.unknown_ids, "unknown ids"), (self.head.duplicate_ids, "duplicate ids")]
        {
            if n > 0 {
                let _ = write!(text, ", {n} {what}");
            }
        }
        text.push('\n');
        text.push_str(&self.head.seconds.map(seconds_text).unwrap_or_default());
        text
    }

    /// The head, `metrics` and `by`, as the reference scorer's JSON.
    pub fn json(&self) -> anyhow::Result<String> {
        let mut record = serde_json::to_value(&self.head)?;
        record["metrics"] = serde_json::to_value(&self.metrics)?;
        if let Some(groups) = &self.groups {
            let values = serde_json::to_value(&groups.values)?;
            record["by"] = Value::Object(Map::from_iter([(groups.field.clone(), values)]));
        }
        Ok(serde_json::to_string_pretty(&record)?)
    }

    /// One line a page, tab-separated, with a header.
    pub fn tsv(&self) -> String {
        let mut text = COLUMNS.join("\t");
        text.push('\n');
        for (gold, page) in self.golds.iter().zip(&self.pages) {
            let prediction = self.predictions.by_id.get(&gold.id);
            let cells = row(gold, page, prediction);
            let flat: Vec<_> = cells.iter().map(|cell| cell.replace(['\t', '\n'], " ")).collect();
            text.push_str(&flat.join("\t"));
            text.push('\n');
        }
        text
    }

    /// The pages with the lowest F1, lowest first, each with its missing and extra words.
    pub fn worst(&self, count: usize) -> String {
        let shown = worst(&self.golds, &self.pages);
        let diffs = shown
            .into_iter()
            .take(count)
            .map(|(gold, page)| page_diff(gold, page, self.predictions.by_id.get(&gold.id)));
        diffs.collect()
    }
}

/// The pages that have an F1, lowest first; `golds` and `pages` run in parallel.
pub fn worst<'r>(
    golds: &'r [GoldPage],
    pages: &'r [PageScores],
) -> Vec<(&'r GoldPage, &'r PageScores)> {
    let mut all: Vec<_> = golds.iter().zip(pages).filter(|(_, page)| page.f1().is_some()).collect();
    all.sort_by(|(_, a), (_, b)| a.f1().partial_cmp(&b.f1()).unwrap_or(std::cmp::Ordering::Equal));
    all
}

fn seconds_text(x: Seconds) -> String {
    let Seconds { n, total, mean, median, p95, max } = x;
    format!(
        "  seconds       n={n:<5} total {total:.2}   mean {mean:.4}   median {median:.4}   \
         p95 {p95:.4}   max {max:.4}\n"
    )
}

/// Counts and times for the head; the paths are the caller's.
pub(super) fn head(golds: &[GoldPage], pages: &[PageScores], predictions: &Predictions) -> Head {
    let found: Vec<_> = golds.iter().filter_map(|gold| predictions.by_id.get(&gold.id)).collect();
    Head {
        pages: golds.len(),
        missing: golds.len() - found.len(),
        errors: found.iter().filter(|prediction| prediction.failed()).count(),
        empty_body: pages.iter().filter(|page| page.empty).count(),
        duplicate_ids: predictions.duplicates,
        seconds: Seconds::new(found.iter().filter_map(|one| one.seconds).collect()),
        ..Head::default()
    }
}

const COLUMNS: [&str; 32] = [
    "id",
    "page_type",
    "language",
    "gold_words",
    "aeb_f1",
    "aeb_p",
    "aeb_r",
    "wcxb_f1",
    "wcxb_p",
    "wcxb_r",
    "rouge_f1",
    "rouge_p",
    "rouge_r",
    "para_f1",
    "with",
    "without",
    "seg_tp",
    "seg_fp",
    "seg_fn",
    "seg_tn",
    "title_exact",
    "title_f1",
    "authors_tp",
    "authors_fp",
    "authors_fn",
    "published_right",
    "published_answered",
    "description_f1",
    "language_right",
    "seconds",
    "status",
    "url",
];

fn row(gold: &GoldPage, page: &PageScores, prediction: Option<&Prediction>) -> Vec<String> {
    let mut cells = vec![
        gold.id.clone(),
        gold.page_type.clone().unwrap_or_default(),
        gold.any_language().unwrap_or_default().to_owned(),
    ];
    cells.extend(body_cells(page));
    cells.extend(snippet_cells(page));
    cells.extend(field_cells(page));
    cells.push(number(prediction.and_then(|prediction| prediction.seconds)));
    cells.push(status(page, prediction).to_owned());
    cells.push(gold.url.clone().unwrap_or_default());
    cells
}

fn body_cells(page: &PageScores) -> Vec<String> {
    let body = page.body.as_ref();
    let mut cells = vec![count(body.map(|body| body.gold_words))];
    let wcxb = body.map(|body| body.wcxb);
    let figures = [
        body.map(|body| body.aeb_f1),
        body.and_then(|body| body.aeb.precision),
        body.and_then(|body| body.aeb.recall),
        wcxb.map(|x| x.f1),
        wcxb.map(|x| x.precision),
        wcxb.map(|x| x.recall),
        page.rouge.map(|x| x.f1),
        page.rouge.map(|x| x.precision),
        page.rouge.map(|x| x.recall),
        page.para.map(|x| x.f1),
    ];
    cells.extend(figures.map(number));
    cells
}

fn snippet_cells(page: &PageScores) -> Vec<String> {
    let mut cells = vec![number(page.with), number(page.without)];
    let counts = page.segments.map(|x| [x.tp, x.fp, x.fn_, x.tn]);
    cells.extend(columns(counts).map(count));
    cells
}

fn field_cells(page: &PageScores) -> Vec<String> {
    let mut cells =
        vec![flag(page.title.map(|x| x.text.exact)), number(page.title.map(|x| x.text.f1))];
    let authors = page.authors.map(|x| [x.names.tp, x.names.fp, x.names.fn_]);
    cells.extend(columns(authors).map(count));
    cells.push(flag(page.published.map(|x| x.right)));
    cells.push(flag(page.published.map(|x| x.answered)));
    cells.push(number(page.description.map(|x| x.f1)));
    cells.push(flag(page.language.map(|x| x.right)));
    cells
}

fn columns<const N: usize>(values: Option<[usize; N]>) -> [Option<usize>; N] {
    values.map_or([None; N], |values| values.map(Some))
}

fn number(value: Option<f64>) -> String {
    value.map(|value| format!("{value:.4}")).unwrap_or_default()
}

fn count(value: Option<usize>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn flag(value: Option<bool>) -> String {
    count(value.map(usize::from))
}

fn status(page: &PageScores, prediction: Option<&Prediction>) -> &'static str {
    match prediction {
        None => "missing",
        Some(prediction) if prediction.failed() => "error",
        Some(_) if page.empty => "empty",
        Some(_) => "ok",
    }
}
