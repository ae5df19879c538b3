//! People and their roles, as the reference scorer `score_roles.py` counts them.
//!
//! Gold: `{"id", "text", "genre", "pairs": [{"person", "role", "role_head", "kind"}]}`; predictions:
//! `{"id", "pairs": [{"person", "role"}]}`. Gold has roles before a name and in apposition to it;
//! what a sentence says of somebody (X is a lawyer) is not in it and not predicted.

use std::fmt::Write as _;

use news_core::reading::people::RoleKind;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Figures, Outcome, Set, Text, answered, code_points};
use crate::eval::text::is_word;

type Span = (usize, usize);

#[derive(Debug, Deserialize)]
struct Gold {
    pairs: Vec<GoldPair>,
}

#[derive(Debug, Deserialize)]
struct GoldPair {
    person: Span,
    role: Span,
    role_head: Span,
    kind: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Prediction {
    pairs: Vec<Pair>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Pair {
    person: Span,
    role: Span,
}

pub(super) fn evaluate(set: &Set<'_>) -> anyhow::Result<Outcome> {
    let tally = score(&answered(set, predict)?);
    Ok(Outcome { text: tally.text(), figures: tally.json() })
}

/// What this engine reads in a text.
fn predict(gold: &Text<Gold>) -> Prediction {
    let points = code_points(&gold.text);
    let roles = gold.people().into_iter().flat_map(|person| person.roles);
    let mut pairs: Vec<Pair> = roles
        .filter(|role| role.kind != RoleKind::Copula)
        .map(|role| Pair {
            person: (points[role.person.start], points[role.person.end]),
            role: (points[role.range.start], points[role.range.end]),
        })
        .collect();
    pairs.sort_by_key(|pair| (pair.person, pair.role));
    Prediction { pairs }
}

#[derive(Debug, Default)]
struct Tally {
    found: usize,
    predicted: usize,
    gold: usize,
    /// Found with the first and last word of the role.
    exact: usize,
    /// Found and all by kind, in the order in which the kinds come.
    kinds: Vec<(String, usize, usize)>,
}

fn score(texts: &[(Text<Gold>, Prediction)]) -> Tally {
    let mut tally = Tally::default();
    for (text, answer) in texts {
        tally.add(&text.text, &text.gold.pairs, &answer.pairs);
    }
    tally
}

impl Tally {
    fn add(&mut self, text: &str, gold: &[GoldPair], pairs: &[Pair]) {
        let text: Vec<char> = text.chars().collect();
        self.predicted += pairs.len();
        self.gold += gold.len();
        let mut used = vec![false; pairs.len()];
        for pair in gold {
            let kind = self.kind(&pair.kind);
            self.kinds[kind].2 += 1;
            let person = words(&text, pair.person);
            let fits = |(at, other): &(usize, &Pair)| {
                let shared = words(&text, other.person).iter().any(|word| person.contains(word));
                let head = other.role.0 <= pair.role_head.0 && pair.role_head.1 <= other.role.1;
                !used[*at] && shared && head
            };
            if let Some((at, other)) = pairs.iter().enumerate().find(fits) {
                used[at] = true;
                self.found += 1;
                self.kinds[kind].1 += 1;
                let ends = |span| {
                    let words = words(&text, span);
                    words.first().map(|word| word.0).zip(words.last().map(|word| word.1))
                };
                let role = ends(pair.role);
                self.exact += usize::from(role.is_some() && role == ends(other.role));
            }
        }
    }

    fn kind(&mut self, kind: &str) -> usize {
        let known = self.kinds.iter().position(|(name, ..)| name == kind);
        known.unwrap_or_else(|| {
            self.kinds.push((kind.to_owned(), 0, 0));
            self.kinds.len() - 1
        })
    }

    fn exact(&self) -> f64 {
        100.0 * self.exact as f64 / self.found.max(1) as f64
    }

    fn figures(&self) -> Figures {
        Figures::of(self.found, self.predicted, self.gold)
    }

    fn json(&self) -> serde_json::Value {
        let kinds =
            self.kinds.iter().map(|(kind, found, gold)| (kind.clone(), json!([found, gold])));
        let kinds: serde_json::Map<_, _> = kinds.collect();
        json!({"pair": self.figures(), "exact": self.exact(), "kinds": kinds})
    }

    fn text(&self) -> String {
        let Figures { precision, recall, f1, .. } = self.figures();
        let mut out = format!(
            "pair P {precision:?} R {recall:?} F1 {f1:?} (gold {}, pred {}); exact role {:.1}%; recall by kind {{",
            self.gold,
            self.predicted,
            self.exact(),
        );
        for (place, (kind, found, gold)) in self.kinds.iter().enumerate() {
            let comma = if place > 0 { ", " } else { "" };
            let _ = write!(out, "{comma}'{kind}': '{found}/{gold}'");
        }
        out + "}"
    }
}

/// Words that begin in a span and end at its end at the latest: letters and digits, joined by
/// apostrophes.
fn words(text: &[char], (start, end): Span) -> Vec<Span> {
    let end = end.min(text.len());
    let is_word = |at: usize| at < end && is_word(text[at]);
    let mut words = Vec::new();
    let mut at = start;
    while at < end {
        let first = at;
        while is_word(at)
            || at > first && matches!(text[at..end], ['\'' | '’', ..]) && is_word(at + 1)
        {
            at += 1;
        }
        if at > first {
            words.push((first, at));
        }
        at += 1;
    }
    words
}
