//! Names of people, organisations and places, as the reference scorer `score_ner.py` counts them.

use std::collections::BTreeSet;

use news_core::reading::Prose;
use news_core::reading::entity::{Kind, mentions};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Figures, Outcome, Set, Text, answered, code_points};
use crate::eval::text::is_space;

/// Types that are scored.
const TYPES: [&str; 3] = ["PER", "ORG", "LOC"];

#[derive(Debug, Deserialize)]
struct Gold {
    entities: Vec<Entity>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Prediction {
    entities: Vec<Entity>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entity {
    span: (usize, usize),
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
}

pub(super) fn evaluate(set: &Set<'_>) -> anyhow::Result<Outcome> {
    let mut modes = [Mode::named("exact"), Mode::named("norm"), Mode::named("overlap")];
    for (text, answer) in &answered(set, predict)? {
        score(&mut modes, text, &answer.entities);
    }
    let figures = modes.iter().map(|mode| (mode.name.to_owned(), mode.json()));
    let lines: Vec<String> = modes.iter().map(Mode::text).collect();
    Ok(Outcome { text: lines.join("\n"), figures: Value::Object(figures.collect()) })
}

/// What this engine reads in a text.
fn predict(gold: &Text<Gold>) -> Prediction {
    let points = code_points(&gold.text);
    let prose = Prose::plain(&gold.text, gold.language.as_deref());
    let entities = mentions(&prose).into_iter().map(|mention| Entity {
        span: (points[mention.range.start], points[mention.range.end]),
        kind: name(mention.kind).to_owned(),
        confidence: Some(mention.confidence),
    });
    Prediction { entities: entities.collect() }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "PER",
        Kind::Organisation => "ORG",
        Kind::Place => "LOC",
    }
}

/// The place in [`TYPES`] of the type that a name counts as. `None`: it is not scored.
fn scored_type(name: &str) -> Option<usize> {
    let name = match name {
        "PERSON" => "PER",
        "ORGANIZATION" => "ORG",
        "GPE" | "FAC" | "LOCATION" | "PLACE" => "LOC",
        other => other,
    };
    TYPES.iter().position(|scored| *scored == name)
}

/// First code point, one past the last, and type.
type Name = (usize, usize, usize);

/// One way of matching, with its counts for each type: found, predicted, gold.
#[derive(Debug)]
struct Mode {
    name: &'static str,
    counts: [[usize; 3]; TYPES.len()],
}

impl Mode {
    fn named(name: &'static str) -> Self {
        Self { name, counts: [[0; 3]; TYPES.len()] }
    }

    /// Counts names that are the same.
    fn count_same(&mut self, gold: &BTreeSet<Name>, answer: &BTreeSet<Name>) {
        for name in gold.intersection(answer) {
            self.counts[name.2][0] += 1;
        }
        self.count_all(gold, answer);
    }

    /// Counts names that share a character, each once, from the first on.
    fn count_touching(&mut self, gold: &BTreeSet<Name>, answer: &BTreeSet<Name>) {
        let mut free: BTreeSet<Name> = gold.clone();
        for own in answer {
            let touches = |other: &&Name| other.2 == own.2 && other.0 < own.1 && own.0 < other.1;
            if let Some(hit) = free.iter().find(touches).copied() {
                free.remove(&hit);
                self.counts[own.2][0] += 1;
            }
        }
        self.count_all(gold, answer);
    }

    fn count_all(&mut self, gold: &BTreeSet<Name>, answer: &BTreeSet<Name>) {
        for (place, names) in [(1, answer), (2, gold)] {
            for name in names {
                self.counts[name.2][place] += 1;
            }
        }
    }

    /// Figures over all types, then of each.
    fn figures(&self) -> Vec<(&'static str, Figures)> {
        let all = [0, 1, 2].map(|i| self.counts.iter().map(|counts| counts[i]).sum());
        let of = |[tp, pred, gold]: [usize; 3]| Figures::of(tp, pred, gold);
        let types = TYPES.iter().zip(self.counts).map(|(name, counts)| (*name, of(counts)));
        std::iter::once(("all", of(all))).chain(types).collect()
    }

    fn json(&self) -> Value {
        let figures = self.figures().into_iter();
        Value::Object(
            figures.map(|(key, f)| (key.to_owned(), serde_json::json!(f))).collect::<Map<_, _>>(),
        )
    }

    fn text(&self) -> String {
        let figures = self.figures();
        let parts: Vec<String> =
            figures.iter().map(|(key, figures)| format!("{key} {}", figures.text())).collect();
        let (_, all) = figures[0];
        format!("{:<8} {}   (gold {}, pred {})", self.name, parts.join("  "), all.gold, all.pred)
    }
}

fn score(modes: &mut [Mode; 3], text: &Text<Gold>, answer: &[Entity]) {
    let (own, answer) = (names(&text.gold.entities), names(answer));
    let text: Vec<char> = text.text.chars().collect();
    let trimmed = |names: &BTreeSet<Name>| -> BTreeSet<Name> {
        names.iter().map(|&(start, end, kind)| trim(&text, start, end, kind)).collect()
    };
    let [exact, norm, overlap] = modes;
    exact.count_same(&own, &answer);
    norm.count_same(&trimmed(&own), &trimmed(&answer));
    overlap.count_touching(&own, &answer);
}

fn names(entities: &[Entity]) -> BTreeSet<Name> {
    let name = |entity: &Entity| Some((entity.span.0, entity.span.1, scored_type(&entity.kind)?));
    entities.iter().filter_map(name).collect()
}

/// A name without white space, quotes and stops around it, an article before it and a possessive behind.
fn trim(text: &[char], mut start: usize, end: usize, kind: usize) -> Name {
    let mut end = end.min(text.len());
    loop {
        let before = (start, end);
        while start < end && (is_space(text[start]) || "\"'“”‘’`(),.;:".contains(text[start]))
        {
            start += 1;
        }
        while end > start && (is_space(text[end - 1]) || "\"“”‘`(),;:".contains(text[end - 1]))
        {
            end -= 1;
        }
        start += article(&text[start.min(end)..end]);
        end -= possessive(&text[start.min(end)..end]);
        if (start, end) == before {
            return (start, end, kind);
        }
    }
}

/// Length of an article and the white space behind it.
fn article(name: &[char]) -> usize {
    let word = name.iter().take_while(|c| !is_space(**c)).count();
    let space = name[word..].iter().take_while(|c| is_space(**c)).count();
    let lower: String = name[..word].iter().flat_map(|c| c.to_lowercase()).collect();
    if space > 0 && ["the", "a", "an"].contains(&lower.as_str()) { word + space } else { 0 }
}

/// Length of an apostrophe at the end, with the `s` behind it and white space before it.
fn possessive(name: &[char]) -> usize {
    let is_mark = |c: char| matches!(c, '\'' | '’');
    let tail = match *name {
        [.., mark, 's' | 'S'] if is_mark(mark) => 2,
        [.., mark] if is_mark(mark) => 1,
        _ => return 0,
    };
    let spaced = name[..name.len() - tail].last().is_some_and(|c| is_space(*c));
    let length = tail + usize::from(spaced);
    if length < name.len() { length } else { 0 }
}
