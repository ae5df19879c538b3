//! Trains the tagger of people, organisations and places.
//!
//! - `tagger words GROUPS.tsv OUT` writes the file of word groups.
//! - `tagger train OUT FILE=WEIGHT...` trains on labelled texts, each run counting WEIGHT times.
//!   `--without K/N` leaves out part K of N of the last file's texts, to be read by that model alone.
//! - `tagger predict MODEL OUT FILE` writes what a model reads in the texts; `--only K/N` in one part.
//!
//! Labelled texts are JSON Lines with `id`, `text` and `entities` (`span` in code points, `type`).
//! `train.sh` runs the whole.

#![expect(clippy::print_stderr, reason = "a training program talks to its terminal")]

mod crf;
mod text;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use news_core::training::entity::{self, Run, TaggerModel};
use serde_json::json;

use crf::Example;
use text::{Part, Text};

/// First line of the files that are written.
const COMMAND: &str = "tools/tagger/train.sh ../shared/corpora";

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (part, args) = Part::take(args)?;
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["words", groups, out] => words(groups.as_ref(), out.as_ref()),
        ["train", out, ref files @ ..] => train(out.as_ref(), files, part),
        ["predict", model, out, file] => predict(model.as_ref(), out.as_ref(), file.as_ref(), part),
        _ => {
            bail!("usage: tagger words TSV OUT | train OUT FILE=WEIGHT... | predict MODEL OUT FILE")
        }
    }
}

fn words(groups: &Path, out: &Path) -> Result<()> {
    let table = fs::read_to_string(groups)?;
    let rows = table.lines().filter_map(|line| {
        let (word, group) = line.split_once('\t')?;
        Some((word, group.parse().ok()?))
    });
    Ok(fs::write(out, entity::word_groups(COMMAND, rows))?)
}

/// Texts with the weight of each.
fn read(files: &[&str], part: Part) -> Result<Vec<(Text, f32)>> {
    let mut all = Vec::new();
    for (i, named) in files.iter().enumerate() {
        let part = if i + 1 == files.len() { part } else { Part::default() };
        let (file, weight) = named.rsplit_once('=').context("FILE=WEIGHT")?;
        let weight: f32 = weight.parse()?;
        let texts = text::read(file.as_ref())?;
        all.extend(texts.into_iter().filter(|t| !part.holds(&t.id)).map(|t| (t, weight)));
    }
    Ok(all)
}

/// Two models, each trained on half of the texts, say for the other half what a first reading finds:
/// on texts of their own they would be surer than they are on new ones.
fn train(out: &Path, files: &[&str], part: Part) -> Result<()> {
    let texts = read(files, part)?;
    let mut examples = runs(&texts, None);
    let mut second = Vec::new();
    for half in 0..2 {
        let (own, other): (Vec<_>, Vec<_>) =
            texts.iter().cloned().enumerate().partition(|(i, _)| i % 2 == half);
        let strip = |all: Vec<(usize, (Text, f32))>| -> Vec<_> {
            all.into_iter().map(|(_, text)| text).collect()
        };
        let (own, other) = (strip(own), strip(other));
        let first = crf::train(&runs(&own, None), crf::FIRST);
        let model = TaggerModel::read(first.file(COMMAND));
        second.extend(runs(&other, Some(&model)));
    }
    examples.extend(second);
    eprintln!("{} texts, {} runs", texts.len(), examples.len());
    Ok(fs::write(out, crf::train(&examples, crf::LAST).file(COMMAND))?)
}

fn runs(texts: &[(Text, f32)], model: Option<&TaggerModel>) -> Vec<Example> {
    let example = |weight| move |run: Run| Example { run, weight };
    texts
        .iter()
        .flat_map(|(text, weight)| {
            entity::runs(&text.prose(), &text.labels, model).into_iter().map(example(*weight))
        })
        .collect()
}

fn predict(model: &Path, out: &Path, file: &Path, part: Part) -> Result<()> {
    let model = TaggerModel::read(fs::read(model)?);
    let mut lines = String::new();
    for text in text::read(file)?.iter().filter(|text| part.holds_or_all(&text.id)) {
        let points = text::code_points(&text.body);
        let found = entity::mentions(&model, &text.prose());
        let entities = found.iter().map(|mention| {
            let span = [points[mention.range.start], points[mention.range.end]];
            json!({"span": span, "type": text::name(mention.kind), "confidence": mention.confidence})
        });
        let line = json!({"id": text.id, "entities": entities.collect::<Vec<_>>()});
        writeln!(lines, "{line}")?;
    }
    Ok(fs::write(out, lines)?)
}
