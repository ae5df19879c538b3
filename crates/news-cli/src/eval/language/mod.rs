//! Scores readings of texts against gold texts, with the figures of the reference scorers.
//!
//! Gold and predictions are JSON Lines with an `id` each; offsets count Unicode code points. A new
//! task is a variant of [`Task`], a module with its `evaluate`, and a line in [`evaluate`].

mod datelines;
mod entities;
mod gap;
mod names;
mod quotes;
mod roles;
mod sentences;
mod times;

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context;
use clap::ValueEnum;
use news_core::reading::people::{Person, people};
use news_core::reading::{Prose, entity};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is read from texts and scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Task {
    /// Where sentences begin and end.
    Sentences,
    /// Datelines: place, date and agency.
    Datelines,
    /// Dates and times, with their values.
    Times,
    /// Quotes and their speakers.
    Quotes,
    /// Mentions of people, with their full names.
    Names,
    /// What people are said to be.
    Roles,
    /// Pronouns between two names.
    Gap,
    /// Names of people, organisations and places.
    Entities,
}

/// Gold texts, and what to hold against them.
#[derive(Debug, Clone, Copy)]
pub struct Set<'a> {
    /// Gold, JSON Lines: a file, or a folder with `dev.jsonl`.
    pub gold: &'a Path,
    /// Predictions, JSON Lines. `None`: what this engine reads.
    pub pred: Option<&'a Path>,
    /// Genres that count. `None`: all.
    pub genres: Option<&'a [String]>,
    /// Where to write what this engine reads. `None`: nowhere.
    pub write: Option<&'a Path>,
}

/// The figures of a set.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// As the reference scorer prints them.
    pub text: String,
    /// The same in JSON.
    pub figures: Value,
}

/// Scores a task on a set.
pub fn evaluate(task: Task, set: &Set<'_>) -> anyhow::Result<Outcome> {
    match task {
        Task::Sentences => sentences::evaluate(set),
        Task::Entities => entities::evaluate(set),
        Task::Datelines => datelines::evaluate(set),
        Task::Quotes => quotes::evaluate(set),
        Task::Times => times::evaluate(set),
        Task::Names => names::evaluate(set),
        Task::Roles => roles::evaluate(set),
        Task::Gap => gap::evaluate(set),
    }
}

/// A gold text: what the sets have in common, and what is to be found in it.
#[derive(Debug, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names of the files")]
struct Text<G> {
    id: String,
    text: String,
    genre: Option<String>,
    #[serde(alias = "lang")]
    language: Option<String>,
    /// When it was written, ISO 8601.
    dct: Option<String>,
    #[serde(flatten)]
    gold: G,
}

impl<G> Text<G> {
    /// The people whom this engine reads in it.
    fn people(&self) -> Vec<Person> {
        let prose = Prose::plain(&self.text, self.language.as_deref());
        people(&prose, &entity::mentions(&prose))
    }
}

/// What is read in the text of an id.
#[derive(Debug, Serialize, Deserialize)]
struct Answer<P> {
    id: String,
    #[serde(flatten)]
    read: P,
}

/// Gold texts of the genres that count, each with what is predicted of it: the predictions of the
/// set, or what `read` makes of the text. A text of which nothing is predicted has the default.
/// Writes the predictions where the set says so.
fn answered<G, P>(set: &Set<'_>, read: impl Fn(&Text<G>) -> P) -> anyhow::Result<Vec<(Text<G>, P)>>
where
    G: DeserializeOwned,
    P: DeserializeOwned + Serialize + Default,
{
    let mut texts: Vec<Text<G>> = records(set.gold, |text: &Text<G>| &text.id)?;
    if let Some(genres) = set.genres {
        texts.retain(|text| text.genre.as_ref().is_some_and(|genre| genres.contains(genre)));
    }
    let answers: Vec<Answer<P>> = match set.pred {
        Some(path) => records(path, |answer: &Answer<P>| &answer.id)?,
        None => texts.iter().map(|text| Answer { id: text.id.clone(), read: read(text) }).collect(),
    };
    if let Some(path) = set.write {
        write(path, &answers)?;
    }
    let mut by_id: HashMap<String, P> = answers.into_iter().map(|a| (a.id, a.read)).collect();
    let found = texts.iter().map(|text| by_id.remove(&text.id).unwrap_or_default());
    let found: Vec<P> = found.collect();
    Ok(texts.into_iter().zip(found).collect())
}

/// The records of a file, or of the `dev.jsonl` of a folder, in its order. Of two with the same id
/// the later one counts.
fn records<T: DeserializeOwned>(path: &Path, id: impl Fn(&T) -> &str) -> anyhow::Result<Vec<T>> {
    let path = &if path.is_dir() { path.join("dev.jsonl") } else { path.to_owned() };
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut places = HashMap::new();
    let mut records: Vec<T> = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let record: T = serde_json::from_str(line)
            .with_context(|| format!("{}, line {}", path.display(), number + 1))?;
        if let Some(&place) = places.get(id(&record)) {
            records[place] = record;
        } else {
            places.insert(id(&record).to_owned(), records.len());
            records.push(record);
        }
    }
    Ok(records)
}

/// Writes records, one a line.
fn write(path: &Path, records: &[impl Serialize]) -> anyhow::Result<()> {
    let lines: Result<Vec<String>, _> = records.iter().map(serde_json::to_string).collect();
    let text: String = lines?.into_iter().map(|line| line + "\n").collect();
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Precision, recall and their harmonic mean in per cent, two decimals, with their counts.
#[derive(Debug, Clone, Copy, Serialize)]
struct Figures {
    #[serde(rename = "P")]
    precision: f64,
    #[serde(rename = "R")]
    recall: f64,
    #[serde(rename = "F1")]
    f1: f64,
    tp: usize,
    pred: usize,
    gold: usize,
}

impl Figures {
    fn of(tp: usize, pred: usize, gold: usize) -> Self {
        let share = |whole: usize| if whole > 0 { tp as f64 / whole as f64 } else { 0.0 };
        let (p, r) = (share(pred), share(gold));
        let f1 = if p + r > 0.0 { two_decimals(200.0 * p * r / (p + r)) } else { 0.0 };
        let (precision, recall) = (two_decimals(100.0 * p), two_decimals(100.0 * r));
        Self { precision, recall, f1, tp, pred, gold }
    }

    /// `P/R/F1` with one decimal each.
    fn text(self) -> String {
        format!("{:.1}/{:.1}/{:.1}", self.precision, self.recall, self.f1)
    }
}

/// Rounds as Python's `round(value, 2)`.
fn two_decimals(value: f64) -> f64 {
    format!("{value:.2}").parse().unwrap_or(value)
}

/// For each byte offset of `text` that starts a character, and its end, the characters before it.
fn code_points(text: &str) -> Vec<usize> {
    let mut counts = vec![0; text.len() + 1];
    let mut count = 0;
    for (place, _) in text.char_indices() {
        counts[place] = count;
        count += 1;
    }
    counts[text.len()] = count;
    counts
}
