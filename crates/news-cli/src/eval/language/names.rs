//! Mentions of people and the full names given to them, as the reference scorer `score_names.py`
//! counts them.
//!
//! Gold: `{"id", "text", "genre", "resolve": [{"span", "head", "kind", "full_name"}]}`; predictions:
//! `{"id", "mentions": [{"span", "name"}]}`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Outcome, Set, Text, answered, code_points, two_decimals};

type Span = (usize, usize);

#[derive(Debug, Deserialize)]
struct Gold {
    resolve: Vec<GoldMention>,
}

#[derive(Debug, Deserialize)]
struct GoldMention {
    head: Span,
    kind: String,
    full_name: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Prediction {
    mentions: Vec<Mention>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Mention {
    span: Span,
    name: String,
}

pub(super) fn evaluate(set: &Set<'_>) -> anyhow::Result<Outcome> {
    let tally = score(&answered(set, predict)?);
    let shares = tally.iter().map(|(kind, right, all)| {
        (kind.clone(), json!({"right": right, "gold": all, "percent": percent(*right, *all)}))
    });
    Ok(Outcome { text: text(&tally), figures: shares.collect() })
}

/// What this engine reads in a text.
fn predict(gold: &Text<Gold>) -> Prediction {
    let points = code_points(&gold.text);
    let people = gold.people();
    let mentions = people.into_iter().flat_map(|person| {
        let name = person.name;
        let mentions = person.mentions.into_iter().map(|mention| mention.range);
        mentions.map(move |range| (range, name.clone())).collect::<Vec<_>>()
    });
    let mentions = mentions
        .map(|(range, name)| Mention { span: (points[range.start], points[range.end]), name });
    Prediction { mentions: mentions.collect() }
}

/// Right and all mentions by kind, in the order in which the kinds come.
type Tally = Vec<(String, usize, usize)>;

fn score(texts: &[(Text<Gold>, Prediction)]) -> Tally {
    let mut tally = Tally::new();
    for (Text { gold, .. }, Prediction { mentions }) in texts {
        for mention in &gold.resolve {
            let place = tally.iter().position(|(kind, ..)| *kind == mention.kind);
            let place = place.unwrap_or_else(|| {
                tally.push((mention.kind.clone(), 0, 0));
                tally.len() - 1
            });
            tally[place].1 += usize::from(is_right(mention, mentions));
            tally[place].2 += 1;
        }
    }
    tally
}

/// Whether the shortest mention over the gold head has the right name.
fn is_right(gold: &GoldMention, mentions: &[Mention]) -> bool {
    let over = mentions.iter().filter(|m| m.span.0 < gold.head.1 && gold.head.0 < m.span.1);
    let shortest = over.min_by_key(|mention| mention.span.1.saturating_sub(mention.span.0));
    shortest.is_some_and(|mention| same(&mention.name, &gold.full_name))
}

/// The same last word, and all words of the shorter name in the longer one.
fn same(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split_whitespace();
        words.map(|word| word.to_lowercase().trim_matches(['.', ',']).to_owned()).collect()
    };
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() || a.last() != b.last() {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let all: BTreeSet<&String> = long.iter().collect();
    short.iter().all(|word| all.contains(word)) && short.len() > usize::from(long.len() > 1)
}

fn percent(right: usize, all: usize) -> f64 {
    two_decimals(100.0 * right as f64 / all.max(1) as f64)
}

/// As Python prints the reference's dictionary.
fn text(tally: &Tally) -> String {
    let mut out = String::from("{");
    for (place, (kind, right, all)) in tally.iter().enumerate() {
        let share = 100.0 * *right as f64 / (*all).max(1) as f64;
        let comma = if place > 0 { ", " } else { "" };
        let _ = write!(out, "{comma}'{kind}': '{right}/{all} = {share:.1}%'");
    }
    out + "}"
}
