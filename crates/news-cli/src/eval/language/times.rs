//! Scores dates and times in texts, with the figures of the reference scorer `score_time.py`.
//!
//! Gold: `{"id","text","dct","timexes":[{"span","type","value"}]}`, one text a line. Predictions:
//! `{"id","timexes":[{"span","type","value"}]}`; spans are counted in code points.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use news_core::reading::time::{Anchor, AnchorSource, times};
use serde::{Deserialize, Serialize};

use super::{Figures, Outcome, Set, Text, answered, code_points, two_decimals};

/// A time expression in gold or prediction.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Timex {
    /// First code point and the one after the last.
    span: (usize, usize),
    /// `DATE`, `TIME`, `DURATION`, `SET`.
    #[serde(rename = "type", default)]
    kind: Option<String>,
    /// TIMEX3 value.
    #[serde(default)]
    value: Option<String>,
    /// TIMEX3 modifier: not scored.
    #[serde(rename = "mod", default, skip_serializing_if = "Option::is_none")]
    modifier: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Gold {
    timexes: Vec<Timex>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Prediction {
    timexes: Vec<Timex>,
}

/// Days, months and years in gold, and how many were resolved.
#[derive(Debug, Clone, Copy, Serialize)]
struct Days {
    /// Expressions in gold that name a calendar day, month or year.
    gold: usize,
    /// Share found, in percent.
    found: f64,
    /// Share of gold resolved right, in percent.
    right_of_gold: f64,
    /// Share of the found resolved right, in percent.
    right_of_found: f64,
}

/// Counts of one type.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Kind {
    /// In gold.
    gold: usize,
    /// Found.
    found: usize,
    /// Found with the right value.
    value: usize,
}

/// All figures.
#[derive(Debug, Clone, Serialize)]
struct Scores {
    /// At least one character shared.
    relaxed: Figures,
    /// The same span.
    strict: Figures,
    /// Shared, and the right type.
    #[serde(rename = "type")]
    kind: Figures,
    /// Shared, and the right value.
    value: Figures,
    /// Share of the matched with the right value, in percent.
    value_acc_of_matched: f64,
    /// Calendar dates.
    date: Days,
    /// Counts by gold type.
    by_type: BTreeMap<String, Kind>,
}

pub(super) fn evaluate(set: &Set<'_>) -> anyhow::Result<Outcome> {
    let scores = score(&answered(set, predict)?);
    Ok(Outcome { text: table(&scores), figures: serde_json::to_value(scores)? })
}

/// What this engine reads in a text.
fn predict(gold: &Text<Gold>) -> Prediction {
    let day =
        gold.dct.as_deref().and_then(|dct| dct.get(..10)).and_then(|day| day.parse::<Date>().ok());
    let anchor = day.map(|date| Anchor { date, time: None, source: AnchorSource::Publication });
    let points = code_points(&gold.text);
    let found = times(&gold.text, gold.language.as_deref(), anchor.as_ref());
    let timexes = found.into_iter().map(|time| Timex {
        span: (points[time.start], points[time.end]),
        kind: Some(time.kind.timex().to_owned()),
        value: Some(time.value),
        modifier: time.modifier.map(|modifier| modifier.timex().to_owned()),
    });
    Prediction { timexes: timexes.collect() }
}

#[derive(Debug, Default)]
struct Counts {
    gold: usize,
    pred: usize,
    relaxed: usize,
    strict: usize,
    kind: usize,
    value: usize,
    days: usize,
    days_found: usize,
    days_right: usize,
    by_type: BTreeMap<String, Kind>,
}

fn score(texts: &[(Text<Gold>, Prediction)]) -> Scores {
    let mut counts = Counts::default();
    for (text, answer) in texts {
        counts.add(&text.gold.timexes, &answer.timexes);
    }
    counts.scores()
}

impl Counts {
    fn add(&mut self, gold: &[Timex], pred: &[Timex]) {
        self.gold += gold.len();
        self.pred += pred.len();
        for timex in gold {
            self.of_type(timex).gold += 1;
            self.days += usize::from(names_day(timex));
        }
        for (gold, pred) in matches(gold, pred) {
            self.add_match(gold, pred);
        }
    }

    fn of_type(&mut self, timex: &Timex) -> &mut Kind {
        self.by_type.entry(timex.kind.clone().unwrap_or_default()).or_default()
    }

    fn add_match(&mut self, gold: &Timex, pred: &Timex) {
        let (said, read) = (norm(gold), norm(pred));
        let is_right = said == read;
        self.relaxed += 1;
        self.strict += usize::from(gold.span == pred.span);
        self.kind += usize::from(gold.kind == pred.kind);
        self.value += usize::from(is_right);
        let kind = self.of_type(gold);
        kind.found += 1;
        kind.value += usize::from(is_right);
        if names_day(gold) {
            self.days_found += 1;
            self.days_right += usize::from(day_part(&said) == day_part(&read));
        }
    }

    fn scores(self) -> Scores {
        let figure = |right| Figures::of(right, self.pred, self.gold);
        Scores {
            relaxed: figure(self.relaxed),
            strict: figure(self.strict),
            kind: figure(self.kind),
            value: figure(self.value),
            value_acc_of_matched: percent(self.value, self.relaxed),
            date: Days {
                gold: self.days,
                found: percent(self.days_found, self.days),
                right_of_gold: percent(self.days_right, self.days),
                right_of_found: percent(self.days_right, self.days_found),
            },
            by_type: self.by_type,
        }
    }
}

/// The value as it is compared.
fn norm(timex: &Timex) -> String {
    timex.value.as_deref().unwrap_or_default().trim().to_uppercase()
}

/// The part before "T".
fn day_part(value: &str) -> &str {
    value.split('T').next().unwrap_or_default()
}

/// Whether gold names a calendar day, month or year: `YYYY[-MM[-DD]][T…]`.
fn names_day(timex: &Timex) -> bool {
    let dated = matches!(timex.kind.as_deref(), Some("DATE" | "TIME"));
    let value = timex.value.as_deref().unwrap_or_default();
    let shape: String =
        day_part(value).chars().map(|c| if c.is_numeric() { '9' } else { c }).collect();
    dated && matches!(shape.as_str(), "9999" | "9999-99" | "9999-99-99")
}

/// One-to-one pairs that share a character: exact spans first, then the largest overlap.
fn matches<'a>(gold: &'a [Timex], pred: &'a [Timex]) -> Vec<(&'a Timex, &'a Timex)> {
    let mut pairs = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in pred.iter().enumerate() {
            let end = g.span.1.min(p.span.1);
            let start = g.span.0.max(p.span.0);
            if end > start {
                pairs.push((g.span != p.span, std::cmp::Reverse(end - start), i, j));
            }
        }
    }
    pairs.sort_unstable();
    let (mut golds, mut preds) = (vec![false; gold.len()], vec![false; pred.len()]);
    let mut matched = Vec::new();
    for (_, _, i, j) in pairs {
        if !golds[i] && !preds[j] {
            (golds[i], preds[j]) = (true, true);
            matched.push((&gold[i], &pred[j]));
        }
    }
    matched
}

/// Percent to two decimals, as Python's `round`; of nothing, 0.
fn percent(part: usize, whole: usize) -> f64 {
    two_decimals(100.0 * part as f64 / whole.max(1) as f64)
}

/// The figures as a table.
fn table(scores: &Scores) -> String {
    let mut out = String::new();
    let rows = [
        ("relaxed", scores.relaxed),
        ("strict", scores.strict),
        ("type", scores.kind),
        ("value", scores.value),
    ];
    for (name, Figures { precision, recall, f1, .. }) in rows {
        let _ = writeln!(out, "{name:8} P {precision:.1} R {recall:.1} F1 {f1:.1}");
    }
    let days = scores.date;
    let _ = writeln!(out, "value accuracy of matched {:.2}", scores.value_acc_of_matched);
    let _ = writeln!(
        out,
        "calendar dates {}: found {:.2}, right {:.2}, right of found {:.2}",
        days.gold, days.found, days.right_of_gold, days.right_of_found
    );
    for (kind, Kind { gold, found, value }) in &scores.by_type {
        let _ = writeln!(out, "{kind:9} gold {gold} found {found} value {value}");
    }
    out
}
