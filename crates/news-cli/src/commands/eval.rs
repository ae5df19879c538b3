//! `news eval`: this engine, or the predictions of any extractor, against gold pages or texts.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, ensure};
use news_core::Options;
use rayon::prelude::*;

use super::threads;
use crate::args::EvalArgs;
use crate::eval::calibration::{self, Judged};
use crate::eval::language::{self, Task};
use crate::eval::languages;
use crate::eval::{
    EvalOptions, GoldPage, Prediction, Report, evaluate, load_gold, load_predictions, predict_page,
};
use crate::exit::Exit;
use crate::output;
use crate::progress::Progress;
use crate::talk;

/// Scores each set after the other.
pub(crate) fn run(args: &EvalArgs) -> anyhow::Result<Exit> {
    match args.task {
        Some(task) => texts(args, task),
        None => pages(args),
    }
}

/// Scores a reading of texts.
fn texts(args: &EvalArgs, task: Task) -> anyhow::Result<Exit> {
    ensure!(args.sets.len() == 1 || args.write_predictions.is_none(), "one set, one file");
    for gold in &args.sets {
        let set = language::Set {
            gold,
            pred: args.pred.as_deref(),
            genres: args.genre.as_deref(),
            write: args.write_predictions.as_deref(),
        };
        let outcome = language::evaluate(task, &set)
            .with_context(|| format!("cannot score {}", talk::name(gold)))?;
        let text = if args.json && !outcome.figures.is_null() {
            outcome.figures.to_string()
        } else {
            outcome.text
        };
        output::to_stdout(&(text.trim_end().to_owned() + "\n"))?;
    }
    Ok(Exit::Fine)
}

fn pages(args: &EvalArgs) -> anyhow::Result<Exit> {
    rayon::ThreadPoolBuilder::new().num_threads(threads(args.jobs)).build_global()?;
    let options = EvalOptions {
        by: args.by.clone(),
        rouge: !args.no_rouge && !args.calibration,
        punkt: args.punkt.clone(),
        ..EvalOptions::default()
    };
    let mut lines = String::new();
    let mut tables = String::new();
    let mut all = Vec::new();
    for set in gold_sets(args)? {
        let report = score(args, &set, &options, &mut lines)?;
        tables.push_str(&report.tsv());
        if args.calibration {
            let judged = judged(&report);
            calibrated(args, &report.head.set, &judged)?;
            all.extend(judged);
        } else {
            show(args, &report)?;
        }
    }
    if args.calibration && args.sets.len() > 1 {
        calibrated(args, "all sets", &all)?;
    }
    if let Some(path) = &args.write_predictions {
        output::to_file(path, &lines)?;
    }
    if let Some(path) = &args.per_page {
        output::to_file(path, &tables)?;
    }
    Ok(Exit::Fine)
}

/// A set: its gold, as a folder or a file, and the folder of its pages.
struct Set<'a> {
    gold: &'a Path,
    pages: &'a Path,
}

fn gold_sets(args: &EvalArgs) -> anyhow::Result<Vec<Set<'_>>> {
    ensure!(args.sets.len() == 1 || args.gold.is_none(), "--gold goes with one folder");
    let gold = |folder| args.gold.as_deref().unwrap_or(folder);
    Ok(args.sets.iter().map(|folder| Set { gold: gold(folder), pages: folder }).collect())
}

fn score(
    args: &EvalArgs,
    set: &Set<'_>,
    options: &EvalOptions,
    lines: &mut String,
) -> anyhow::Result<Report> {
    let context = || format!("cannot score {}", talk::name(set.gold));
    let predictions = if let Some(path) = &args.pred {
        load_predictions(path)?
    } else {
        let all = predict(args, set).with_context(context)?;
        for prediction in &all {
            let _ = writeln!(lines, "{}", serde_json::to_string(prediction)?);
        }
        all.into_iter().collect()
    };
    let mut report = evaluate(set.gold, predictions, options).with_context(context)?;
    report.head.pred =
        args.pred.as_ref().map_or_else(|| "news".to_owned(), |path| talk::name(path));
    Ok(report)
}

fn show(args: &EvalArgs, report: &Report) -> anyhow::Result<()> {
    report.warnings.iter().for_each(|warning| talk::warning(warning));
    let text = if args.json { report.json()? + "\n" } else { report.text() };
    let languages = if args.languages { languages::table(report) } else { String::new() };
    output::to_stdout(&(text + &languages + &report.worst(args.worst)))
}

/// The values of a report that the gold knows.
fn judged(report: &Report) -> Vec<Judged> {
    let pages = report.golds.iter().zip(&report.pages);
    pages
        .filter_map(|(gold, scores)| Some((gold, report.predictions.by_id.get(&gold.id)?, scores)))
        .flat_map(|(gold, prediction, scores)| calibration::judge(gold, prediction, scores))
        .collect()
}

fn calibrated(args: &EvalArgs, set: &str, judged: &[Judged]) -> anyhow::Result<()> {
    let rows = calibration::reliability(judged);
    let text = if args.json {
        serde_json::json!({"set": set, "calibration": rows}).to_string() + "\n"
    } else {
        calibration::text(set, &rows)
    };
    output::to_stdout(&text)
}

/// What this engine says about each page of a set, in the order of the gold.
fn predict(args: &EvalArgs, set: &Set<'_>) -> anyhow::Result<Vec<Prediction>> {
    let options = Options { reading: false, any_page: args.any_page, ..Options::default() };
    let gold = load_gold(set.gold)?;
    let progress = Progress::of(gold.len());
    let one = |page: &GoldPage| {
        let prediction = predict_page(set.pages, page, &options);
        progress.step();
        prediction
    };
    Ok(gold.par_iter().map(one).collect())
}
