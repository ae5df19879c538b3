//! Reads labelled pages for training and validating the learned models.
//!
//! - `models features OUT SET_DIR...` writes `OUT.f32` (features of every text segment, row after row,
//!   little-endian) and `OUT.jsonl` (one page a line: set, id, host, text of each segment).
//! - `models predict MODELS OUT_DIR SET_DIR...` writes predictions, each page read with the models
//!   `MODELS.blocks.K`, `MODELS.pages.K` and `MODELS.verdict.K` that were trained without its host. A missing verdict
//!   model means that every page is read as an article. Each line carries the page's features.
//! - `models without RULE MODELS OUT_DIR SET_DIR...` does the same without one rule of the body, by its name.
//! - `models pronouns OUT WEIGHTS FILE` writes for each text of a JSON Lines file its people and pronouns,
//!   with the measures of those whom each can mean; `WEIGHTS` is a file of weights, `-` for none.
//!
//! `train.py` reads the first two and says how to run the whole.

use std::fs;
use std::io::{BufWriter, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use news_cli::eval::{self, GoldPage, calibration};
use news_core::Article;
use news_core::reading::people::MentionKind;
use news_core::training::{self, BLOCK_FEATURES, Model, Models, PAGE_FEATURES, Rule, Seen};
use news_core::{Content, Limits, Options, Source};
use rayon::prelude::*;
use serde_json::{Map, Value, json};

fn main() -> Result<()> {
    let args: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    match args.as_slice() {
        [verb, out, sets @ ..] if verb.as_os_str() == "features" => features(out, sets),
        [verb, models, out, sets @ ..] if verb.as_os_str() == "predict" => {
            predict(models, out, sets, None)
        }
        [verb, rule, models, out, sets @ ..] if verb.as_os_str() == "without" => {
            predict(models, out, sets, Some(rule_named(rule)?))
        }
        [verb, out, weights, file] if verb.as_os_str() == "pronouns" => {
            pronouns(out, weights, file)
        }
        _ => bail!(
            "usage: models features OUT SET_DIR... | models predict MODELS OUT_DIR SET_DIR... | models without RULE MODELS OUT_DIR SET_DIR... | models pronouns OUT WEIGHTS FILE"
        ),
    }
}

fn rule_named(name: &Path) -> Result<Rule> {
    let names = training::rules().map(Rule::name).join(", ");
    let rule = training::rules().into_iter().find(|rule| name.as_os_str() == rule.name());
    rule.with_context(|| format!("no rule {}; there are: {names}", name.display()))
}

fn gold_lines(set: &Path) -> Result<Vec<Value>> {
    let gold = fs::read_to_string(set.join("gold.jsonl"))
        .with_context(|| format!("no gold in {}", set.display()))?;
    gold.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn set_name(set: &Path) -> String {
    set.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn features(out: &Path, sets: &[PathBuf]) -> Result<()> {
    let mut rows = BufWriter::new(fs::File::create(out.with_extension("f32"))?);
    let mut pages = BufWriter::new(fs::File::create(out.with_extension("jsonl"))?);
    for set in sets {
        let name = set_name(set);
        let gold = gold_lines(set)?;
        let read: Vec<Page> =
            gold.par_iter().map(|g| read_page(set, &name, g)).collect::<Result<_>>()?;
        for (line, features) in read {
            writeln!(pages, "{line}")?;
            features.iter().flatten().try_for_each(|f| rows.write_all(&f.to_le_bytes()))?;
        }
    }
    Ok(())
}

type Page = (Value, Vec<Vec<f32>>);

fn read_page(set: &Path, name: &str, gold: &Value) -> Result<Page> {
    let bytes = page_bytes(set, gold)?;
    let text = String::from_utf8_lossy(&bytes);
    let source = source(gold, &bytes, &text);
    let segments = training::segments(&source, &Limits::default()).unwrap_or_default();
    let texts: Vec<&str> = segments.iter().map(|s| s.text.as_str()).collect();
    let line = json!({"set": name, "id": gold["id"], "host": gold["host"], "texts": texts});
    Ok((line, segments.iter().map(|s| s.features.clone()).collect()))
}

fn page_bytes(set: &Path, gold: &Value) -> Result<Vec<u8>> {
    let file = set.join(gold["page"].as_str().context("a gold line without page")?);
    let mut bytes = fs::read(&file)?;
    if file.extension().is_some_and(|e| e == "gz") {
        let packed = std::mem::take(&mut bytes);
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn source<'a>(gold: &'a Value, bytes: &'a [u8], text: &'a str) -> Source<'a> {
    let content =
        if gold["charset"] == "utf-8" { Content::Text(text) } else { Content::Bytes(bytes) };
    Source { content, url: gold["url"].as_str(), ..Source::default() }
}

/// Number of folds in `train.py`.
const FOLDS: u32 = 5;

/// The set whose pages are no articles, and read for their main content.
const NO_ARTICLES: &str = "wcxb-other";

/// A model that takes every page for an article.
const ALWAYS: &str = "9";

struct Fold {
    blocks: Model,
    pages: Model,
    verdict: Model,
}

fn read_fold(models: &Path, k: u32) -> Result<Fold> {
    let path = |kind: &str| format!("{}.{kind}.{k}", models.display());
    let verdict = fs::read_to_string(path("verdict")).unwrap_or_else(|_| ALWAYS.to_owned());
    Ok(Fold {
        blocks: Model::read(&fs::read_to_string(path("blocks"))?, BLOCK_FEATURES.len()),
        pages: Model::read(&fs::read_to_string(path("pages"))?, BLOCK_FEATURES.len()),
        verdict: Model::read(&verdict, PAGE_FEATURES.len()),
    })
}

fn predict(models: &Path, out: &Path, sets: &[PathBuf], without: Option<Rule>) -> Result<()> {
    let folds: Vec<Fold> = (0..FOLDS).map(|k| read_fold(models, k)).collect::<Result<_>>()?;
    fs::create_dir_all(out)?;
    for set in sets {
        let gold = gold_lines(set)?;
        let lines: Vec<String> = gold
            .par_iter()
            .map(|g| predict_page(set, g, &folds, without))
            .collect::<Result<_>>()?;
        fs::write(out.join(set_name(set) + ".jsonl"), lines.join("\n"))?;
    }
    Ok(())
}

fn predict_page(set: &Path, gold: &Value, folds: &[Fold], without: Option<Rule>) -> Result<String> {
    let bytes = page_bytes(set, gold)?;
    let text = String::from_utf8_lossy(&bytes);
    let fold = &folds[fold_of(gold) as usize];
    let source = source(gold, &bytes, &text);
    let any_page = set_name(set) == NO_ARTICLES;
    let options = Options { reading: false, any_page, ..Options::default() };
    let Fold { blocks, pages, verdict } = fold;
    let models = Models { blocks, pages, verdict, without };
    let read = training::extract_with(&source, &options, &models);
    let line = match read {
        Err(error) => json!({"id": gold["id"], "error": error.to_string()}),
        Ok((article, seen)) => prediction(gold, &article, &seen)?,
    };
    Ok(line.to_string())
}

/// The fold of a page: that of its host's last two labels.
fn fold_of(gold: &Value) -> u32 {
    let host = gold["host"].as_str().or(gold["id"].as_str()).unwrap_or_default();
    let mut labels: Vec<&str> = host.rsplit('.').take(2).collect();
    labels.reverse();
    crc32(labels.join(".").as_bytes()) % FOLDS
}

/// A line of a predictions file; beside it the verdict, what the models saw, and which values are
/// right.
fn prediction(gold: &Value, article: &Article, seen: &Seen) -> Result<Value> {
    let page: GoldPage = serde_json::from_value(gold.clone())?;
    let prediction = eval::prediction(&page.id, article);
    let scores = eval::score_page(&page, Some(&prediction), None);
    let judged = calibration::judge(&page, &prediction, &scores);
    let right: Map<String, Value> =
        judged.iter().map(|j| (j.field.to_owned(), json!(j.right))).collect();
    let mut line = serde_json::to_value(&prediction)?;
    line["host"] = gold["host"].clone();
    line["page_type"] = gold["page_type"].clone();
    line["verdict"] = serde_json::to_value(&article.verdict)?;
    line["page_features"] = json!(seen.page);
    line["rows"] = json!({
        "body": seen.body, "title": seen.headline, "authors": seen.authors, "published": seen.published,
    });
    line["right"] = Value::Object(right);
    Ok(line)
}

/// CRC-32 (IEEE), as Python's `zlib.crc32`.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

fn pronouns(out: &Path, weights: &Path, file: &Path) -> Result<()> {
    let weights: Vec<f32> = if weights.as_os_str() == "-" {
        Vec::new()
    } else {
        let text = fs::read_to_string(weights)?;
        let rows = text.lines().filter(|line| !line.starts_with('#'));
        let weight = |row: &str| Ok(row.rsplit('\t').next().unwrap_or_default().parse()?);
        rows.map(weight).collect::<Result<_>>()?
    };
    let mut lines = BufWriter::new(fs::File::create(out)?);
    for line in fs::read_to_string(file)?.lines() {
        let gold: Value = serde_json::from_str(line)?;
        let text = gold["text"].as_str().context("a line without text")?;
        writeln!(lines, "{}", pronouns_of(&gold["id"], text, &weights))?;
    }
    Ok(())
}

/// People and pronouns of a text; places in code points.
fn pronouns_of(id: &Value, text: &str, weights: &[f32]) -> Value {
    let points = |range: &Range<usize>| {
        let before = text.get(..range.start).map_or(0, |t| t.chars().count());
        [before, before + text.get(range.clone()).map_or(0, |t| t.chars().count())]
    };
    let (people, choices) = training::people::pronouns(text, weights);
    let people = people.iter().map(|person| {
        let named = person.mentions.iter().filter(|m| m.kind != MentionKind::Pronoun);
        let spans: Vec<_> = named.map(|m| points(&m.range)).collect();
        json!({"name": person.name, "spans": spans})
    });
    let choices = choices.iter().map(|c| json!({"span": points(&c.range), "cands": c.candidates}));
    let (people, choices): (Vec<_>, Vec<_>) = (people.collect(), choices.collect());
    json!({"id": id, "people": people, "choices": choices})
}
