//! Scores extractions against gold pages, with the figures of the reference scorer `score.py`.
//!
//! [`load_gold`] reads a set, [`load_predictions`] what an extractor said about its pages;
//! [`evaluate`] scores each page by itself ([`score_page`]) and sums up ([`aggregate`]) into a
//! [`Report`], which writes itself as a table, as JSON, page by page, or as the words that the
//! worst pages lost. Nothing here prints. The bootstrap deviations of the shingle figures are left
//! out: they depend on Python's random numbers.

pub mod calibration;
mod fields;
mod gold;
pub mod language;
pub mod languages;
mod metrics;
mod page;
mod predict;
mod punkt;
mod report;
mod rouge;
mod table;
mod text;
mod worst;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::ensure;
use rayon::prelude::*;

pub use gold::{
    Confidences, GoldPage, OneOrMany, Prediction, Predictions, Selection, gold_file, load_gold,
    load_predictions, read_page, set_folder,
};
pub use metrics::{
    AebMetrics, AuthorMetrics, DateMetrics, HtmldateMetrics, LanguageMetrics, Metrics, NoneMetrics,
    PrfMetrics, SegmentMetrics, SetMetrics, SnippetMetrics, SpreadMetrics, TextMetrics,
    TitleMetrics, aggregate,
};
pub use page::{
    AuthorScores, BodyScores, DateScores, LanguageScores, PageScores, PrecisionRecall, Segments,
    SetCounts, TextScores, TitleScores, score_page,
};
pub use predict::{predict_page, prediction};
pub use punkt::{Punkt, Splitter};
pub use report::{Groups, Head, Report, Seconds, by_group, worst};
pub use table::table;
pub use text::Prf;

/// How to score.
#[derive(Debug, Clone)]
pub struct EvalOptions {
    /// Which gold pages count. Default: all.
    pub selection: Selection,
    /// Gold field to group by. Default: none.
    pub by: Option<String>,
    /// Whether to score ROUGE-LSum, the slowest figure. Default: true.
    pub rouge: bool,
    /// Punkt's parameters. Default: `punkt_english.json.gz` where the set's collection keeps it.
    pub punkt: Option<PathBuf>,
}

impl Default for EvalOptions {
    fn default() -> Self {
        Self { selection: Selection::default(), by: None, rouge: true, punkt: None }
    }
}

/// Scores a predictions file against a set.
pub fn run_predictions(
    set_dir: &Path,
    preds_path: &Path,
    options: &EvalOptions,
) -> anyhow::Result<Report> {
    let predictions = load_predictions(preds_path)?;
    let mut report = evaluate(set_dir, predictions, options)?;
    report.head.pred = preds_path.display().to_string();
    Ok(report)
}

/// Scores predictions against a set.
pub fn evaluate(
    set_dir: &Path,
    predictions: Predictions,
    options: &EvalOptions,
) -> anyhow::Result<Report> {
    let mut golds = load_gold(set_dir)?;
    let known: BTreeSet<String> = golds.iter().map(|gold| gold.id.clone()).collect();
    golds.retain(|gold| options.selection.takes(gold));
    ensure!(!golds.is_empty(), "no gold pages left in {}", set_dir.display());
    let (splitter, warnings) = splitter(set_dir, options)?;
    let mut report = score(golds, predictions, splitter.as_ref(), options);
    let unknown = report.predictions.by_id.keys().filter(|id| !known.contains(*id));
    report.head.unknown_ids = unknown.count();
    report.head.gold = gold_file(set_dir).display().to_string();
    report.head.set = folder_name(set_dir);
    report.warnings = warnings;
    Ok(report)
}

fn score(
    golds: Vec<GoldPage>,
    predictions: Predictions,
    splitter: Option<&Splitter>,
    options: &EvalOptions,
) -> Report {
    let one = |gold: &GoldPage| score_page(gold, predictions.by_id.get(&gold.id), splitter);
    let pages: Vec<PageScores> = golds.par_iter().map(one).collect();
    let mut head = report::head(&golds, &pages, &predictions);
    head.split = options.selection.split.clone().unwrap_or_else(|| "all rows".to_owned());
    Report {
        head,
        metrics: aggregate(&pages),
        groups: options.by.as_deref().map(|field| by_group(field, &golds, &pages)),
        absent: absent(&predictions),
        warnings: Vec::new(),
        golds,
        pages,
        predictions,
    }
}

/// Fields that no prediction carries.
fn absent(predictions: &Predictions) -> BTreeSet<&'static str> {
    let carried: BTreeSet<_> = predictions.by_id.values().flat_map(Prediction::answered).collect();
    table::FIELDS.into_iter().filter(|field| !carried.contains(field)).collect()
}

fn folder_name(set_dir: &Path) -> String {
    let folder = std::path::absolute(set_folder(set_dir)).unwrap_or_default();
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The splitter for ROUGE, with a warning where it is not the usual one.
fn splitter(
    set_dir: &Path,
    options: &EvalOptions,
) -> anyhow::Result<(Option<Splitter>, Vec<String>)> {
    if !options.rouge {
        return Ok((None, Vec::new()));
    }
    let usual = set_folder(set_dir).join("../../../score/punkt_english.json.gz");
    let path = options.punkt.as_ref().unwrap_or(&usual);
    if options.punkt.is_some() || path.exists() {
        return Ok((Some(Splitter::punkt(path)?), Vec::new()));
    }
    let warning = "no punkt_english.json.gz: ROUGE uses a plain sentence splitter, not Punkt";
    Ok((Some(Splitter::Plain), vec![warning.to_owned()]))
}
