//! The quality gate: the engine's figures on labelled pages are not below the floors of
//! `quality.toml`.
//!
//! The fixtures are scored everywhere. The labelled corpora are other people's pages and not part
//! of the repository: they are looked for in `$NEWS_CORPORA`, else in `shared/corpora/pages` beside
//! the workspace; a set that is not there is skipped and said so. A debug build scores `fundus-eval`
//! only, unless `NEWS_QUALITY` is set, as `.ci/run` does: all sets take half a minute.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum as _;
use news_cli::eval::language::{self, Set, Task};
use news_cli::eval::{EvalOptions, Prediction, Predictions, evaluate, load_gold, predict_page};
use news_core::Options;
use news_tests::root;
use rayon::prelude::*;
use serde_json::Value;
use toml::Table;

/// The one set that a debug build scores in a few seconds.
const QUICK_SET: &str = "fundus-eval";
const FIXTURES: &str = "fixtures";
const TEXTS: &str = "texts";

#[test]
fn fixtures_reach_their_floors() -> Result<()> {
    no_figure_is_below(&check(FIXTURES, &root().join(FIXTURES), &floors()?)?)
}

#[test]
fn corpora_reach_their_floors() -> Result<()> {
    let floors = floors()?;
    let Some(folder) = corpora() else {
        say("corpora not found at ../shared/corpora/pages or $NEWS_CORPORA: quality gate skipped");
        return Ok(());
    };
    let mut below = Vec::new();
    let all = !cfg!(debug_assertions) || std::env::var_os("NEWS_QUALITY").is_some();
    for set in floors.keys().filter(|set| ![FIXTURES, TEXTS].contains(&set.as_str())) {
        let pages = folder.join(set);
        if !all && set != QUICK_SET {
            say(&format!("{set}: skipped in a debug build; NEWS_QUALITY=1 scores it"));
        } else if pages.join("gold.jsonl").exists() {
            below.extend(check(set, &pages, &floors)?);
        } else {
            say(&format!("{set}: not found at {}: skipped", pages.display()));
        }
    }
    no_figure_is_below(&below)
}

/// A set of texts and the floors of its task.
#[derive(serde::Deserialize)]
struct Texts {
    task: String,
    /// Folder below the one of texts.
    set: String,
    genres: Option<Vec<String>>,
    /// Figures as `news eval --task` gives them in JSON, in per cent.
    floors: Table,
}

#[test]
fn texts_reach_their_floors() -> Result<()> {
    let Some(folder) = corpora() else {
        say("corpora not found: quality gate of texts skipped");
        return Ok(());
    };
    let folder = folder.with_file_name("language");
    let all = floors()?.get(TEXTS).cloned().context("no [[texts]]")?;
    let mut below = Vec::new();
    for texts in all.try_into::<Vec<Texts>>()? {
        let gold = folder.join(&texts.set);
        if gold.is_dir() {
            below.extend(check_texts(&texts, &gold)?);
        } else {
            say(&format!("{}: not found at {}: skipped", texts.set, gold.display()));
        }
    }
    no_figure_is_below(&below)
}

fn check_texts(texts: &Texts, gold: &Path) -> Result<Vec<String>> {
    let task = Task::from_str(&texts.task, false).map_err(anyhow::Error::msg)?;
    let genres = texts.genres.as_deref();
    let set = Set { gold, pred: None, genres, write: None };
    let figures = language::evaluate(task, &set)?.figures;
    let mut below = Vec::new();
    for (name, floor) in leaves(&texts.floors) {
        let figure = at(&figures, &name).with_context(|| format!("no figure {name}"))?;
        below.extend(compare(&texts.set, &name, figure, floor));
    }
    Ok(below)
}

/// Prints figure, floor and slack; gives the line where it is below.
fn compare(set: &str, name: &str, figure: f64, floor: f64) -> Option<String> {
    let slack = figure - floor;
    let line = format!("{set:<28} {name:<28} {figure:.4}  floor {floor:.3}  {slack:+.4}");
    say(&line);
    (slack < 0.0).then_some(line)
}

fn no_figure_is_below(below: &[String]) -> Result<()> {
    ensure!(below.is_empty(), "below the floors of tests/quality.toml:\n{}", below.join("\n"));
    Ok(())
}

fn floors() -> Result<Table> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("quality.toml");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    text.parse().with_context(|| path.display().to_string())
}

fn corpora() -> Option<PathBuf> {
    let named = std::env::var_os("NEWS_CORPORA").map(PathBuf::from);
    let root = root();
    let beside = root.ancestors().skip(1).map(|folder| folder.join("shared/corpora/pages"));
    named.into_iter().chain(beside).find(|folder| folder.is_dir())
}

/// Writes past the test harness, which swallows what a test that passes prints.
fn say(line: &str) {
    // One write, so that lines of tests that run at once stay whole.
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}

/// Scores a set, prints figure, floor and slack, and gives the lines that are below their floor.
fn check(set: &str, folder: &Path, floors: &Table) -> Result<Vec<String>> {
    let floors = floors.get(set).and_then(toml::Value::as_table).context("no such table")?;
    let options = Options { reading: false, ..Options::default() };
    let predictions =
        load_gold(folder)?.par_iter().map(|page| predict_page(folder, page, &options)).collect();
    let report = evaluate(folder, joined(predictions), &EvalOptions::default())?;
    let figures = serde_json::to_value(&report.metrics)?;
    let mut below = Vec::new();
    for (name, floor) in leaves(floors) {
        // `aeb_u` is left out of the figures where it is the same as `aeb`.
        let figure = at(&figures, &name).or_else(|| at(&figures, &name.replace("aeb_u", "aeb")));
        let figure = figure.with_context(|| format!("{set} has no figure {name}"))?;
        below.extend(compare(set, &name, figure, floor));
    }
    Ok(below)
}

fn at(figures: &Value, name: &str) -> Option<f64> {
    name.split('.').fold(figures, |at, key| &at[key]).as_f64()
}

/// `rouge.f1` and its floor, for each.
fn leaves(floors: &Table) -> Vec<(String, f64)> {
    let mut found = Vec::new();
    for (part, value) in floors {
        match value {
            toml::Value::Table(inner) => {
                let inner = leaves(inner).into_iter();
                found.extend(inner.map(|(name, floor)| (format!("{part}.{name}"), floor)));
            }
            other => found.extend(other.as_float().map(|floor| (part.clone(), floor))),
        }
    }
    found
}

fn joined(all: Vec<Prediction>) -> Predictions {
    all.into_iter().collect()
}
