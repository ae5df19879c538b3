//! `news inspect`: where each value came from, and why each block was kept or removed.

use std::fmt::Write as _;

use news_core::article::Readout;
use news_core::format::METADATA_FIELDS;
use news_core::{Article, Origin, Trace};
use owo_colors::OwoColorize;
use serde_json::Value;

use super::{objection, piped, read};
use crate::args::InspectArgs;
use crate::exit::Exit;
use crate::input::Input;
use crate::output;
use crate::summary::{clean, cut, decisions, percent, spoken};
use crate::{readout, talk};

/// Characters of a value that are shown.
const VALUE: usize = 80;
/// Characters of an origin's key that are shown.
const KEY: usize = 50;
/// Width of the column of field names.
const NAME: usize = 20;

/// Prints the two tables.
pub(crate) fn run(args: &InspectArgs) -> anyhow::Result<Exit> {
    let input = Input::of(&args.input.clone().unwrap_or_else(piped));
    let options = args.source.options();
    let result =
        read(&input, &args.source, &options, |source| news_core::explain(source, &options));
    match result {
        Err(why) => {
            talk::error(&format!("{}: {why}", input.name()));
            Ok(Exit::Failed)
        }
        Ok((article, trace)) => {
            output::to_stdout_in_colour(&page(&article, &trace))?;
            Ok(objection(&article, &options).map_or(Exit::Fine, |_| Exit::NoArticle))
        }
    }
}

fn page(article: &Article, trace: &Trace) -> String {
    let mut out = verdict(article);
    let metadata = as_value(&article.metadata);
    for name in METADATA_FIELDS {
        field(name, &metadata[name], &mut out);
    }
    for warning in &article.warnings {
        let _ = writeln!(out, "{} {}", "warning:".yellow().bold(), clean(&warning.message));
    }
    if article.reading.is_some() {
        let _ = write!(out, "\n{}", readout::shown(&Readout::from(article.clone())));
    }
    for withheld in &trace.withheld {
        let value = format!("{}  {}", shown(&withheld.value), percent(withheld.confidence));
        let _ = writeln!(out, "{} {value}", format!("withheld {}:", withheld.field).yellow());
    }
    if !trace.decisions.is_empty() {
        let _ = write!(out, "\n{}", decisions(trace));
    }
    out
}

fn verdict(article: &Article) -> String {
    let verdict = &article.verdict;
    let encoding = &article.encoding;
    let mut out = String::new();
    let mut row = |name: &str, value: &str, note: &str| {
        let _ = writeln!(out, "{} {value}  {}", padded(name).bold(), note.dimmed());
    };
    let kind = format!("{}, {}", spoken(&verdict.kind), spoken(&verdict.completeness));
    let reasons = clean(&verdict.reasons.join("; "));
    row("kind", &kind, &format!("{}  {reasons}", percent(verdict.confidence)));
    row(
        "body",
        &format!("{} blocks", article.blocks.len()),
        &format!("{}from {}", sure(article.body_confidence), spoken(&article.body_origin)),
    );
    row(
        "encoding",
        &encoding.name,
        &format!("by {}, {} replaced", spoken(&encoding.basis), encoding.replaced),
    );
    out
}

/// `87 %  ` where the confidence is known.
fn sure(confidence: Option<f32>) -> String {
    confidence.map_or_else(String::new, |confidence| percent(confidence) + "  ")
}

/// One field: value, confidence, origin; below it the runners-up.
fn field(name: &str, field: &Value, out: &mut String) {
    if field.is_null() {
        let _ = writeln!(out, "{} {}", padded(name).bold(), "-".dimmed());
        return;
    }
    let confidence = field["confidence"].as_f64().unwrap_or_default() as f32;
    let note = format!("{}  {}", percent(confidence), origin(&field["origin"]));
    let _ = writeln!(out, "{} {}  {}", padded(name).bold(), shown(&field["value"]), note.dimmed());
    for other in field["rejected"].as_array().into_iter().flatten() {
        let line = format!("not: {}  {}", shown(&other["value"]), origin(&other["origin"]));
        let _ = writeln!(out, "{} {}", padded(""), line.dimmed());
    }
}

fn padded(name: &str) -> String {
    format!("{name:NAME$}")
}

/// A value on one line: texts as they are, lists joined, names of authors alone.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(part).collect::<Vec<_>>().join(", "),
        other => part(other),
    };
    cut(&clean(&text), VALUE)
}

fn part(value: &Value) -> String {
    let named = value.get("name").or_else(|| value.get("url")).unwrap_or(value);
    named.as_str().map_or_else(|| named.to_string(), str::to_owned)
}

/// `json ld NewsArticle.headline @120`
fn origin(value: &Value) -> String {
    let Ok(origin) = serde_json::from_value::<Origin>(value.clone()) else {
        return String::new();
    };
    let place = origin.range.map_or(String::new(), |range| format!(" @{}", range.start));
    format!("{} {}{place}", spoken(&origin.place), cut(&clean(&origin.key), KEY))
}

fn as_value<T: serde::Serialize>(model: &T) -> Value {
    serde_json::to_value(model).unwrap_or_default()
}
