//! Sentence splitting, as the reference scorer `score_sent.py` counts it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Figures, Outcome, Set, Text, answered, code_points, two_decimals};
use crate::eval::text::is_space;

type Span = (usize, usize);

#[derive(Debug, Deserialize)]
struct Gold {
    sents: Option<Vec<Span>>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Prediction {
    sents: Vec<Span>,
}

pub(super) fn evaluate(set: &Set<'_>) -> anyhow::Result<Outcome> {
    let tally = score(&answered(set, predict)?);
    Ok(Outcome { text: tally.text(), figures: tally.json() })
}

/// What this engine reads in a text.
fn predict(gold: &Text<Gold>) -> Prediction {
    let points = code_points(&gold.text);
    let sentences = news_core::reading::sentences(&gold.text, gold.language.as_deref());
    let spans = sentences.into_iter().map(|range| (points[range.start], points[range.end]));
    Prediction { sents: spans.collect() }
}

/// Counts over a set.
#[derive(Debug, Default)]
struct Tally {
    /// Sentences whose start and end are right: found, predicted, gold.
    sent: [usize; 3],
    /// Ends of sentences inside a paragraph: found, predicted, gold.
    boundary: [usize; 3],
    /// Texts with every sentence right.
    right: usize,
    docs: usize,
}

fn score(texts: &[(Text<Gold>, Prediction)]) -> Tally {
    let mut tally = Tally::default();
    for (text, answer) in texts {
        if let Some(sents) = &text.gold.sents {
            tally.add(&text.text, sents, &answer.sents);
        }
    }
    tally
}

impl Tally {
    fn add(&mut self, text: &str, gold: &[Span], answer: &[Span]) {
        let text: Vec<char> = text.chars().collect();
        let trimmed = |spans: &[Span]| -> BTreeSet<Span> {
            let spans = spans.iter().map(|span| trim(&text, *span));
            spans.filter(|(start, end)| start < end).collect()
        };
        let (gold, answer) = (trimmed(gold), trimmed(answer));
        count(&mut self.sent, &gold, &answer);
        let last = gold.iter().map(|span| span.1).max().unwrap_or(0);
        let paragraphs = paragraph_ends(&text);
        let ends = |spans: &BTreeSet<Span>| -> BTreeSet<usize> {
            let ends = spans.iter().map(|span| span.1);
            ends.filter(|end| *end != last && !paragraphs.contains(end)).collect()
        };
        count(&mut self.boundary, &ends(&gold), &ends(&answer));
        self.right += usize::from(gold == answer);
        self.docs += 1;
    }

    fn figures(&self) -> (Figures, Figures, f64) {
        let figures = |[tp, pred, gold]: [usize; 3]| Figures::of(tp, pred, gold);
        let share = 100.0 * self.right as f64 / self.docs.max(1) as f64;
        (figures(self.sent), figures(self.boundary), two_decimals(share))
    }

    fn json(&self) -> serde_json::Value {
        let (sent, boundary, doc) = self.figures();
        json!({"sent": sent, "boundary": boundary, "doc": doc, "docs": self.docs})
    }

    fn text(&self) -> String {
        let (sent, boundary, doc) = self.figures();
        let (sent, boundary, docs) = (sent.text(), boundary.text(), self.docs);
        format!("sent {sent}  boundary {boundary}  doc {doc:.1}% of {docs}")
    }
}

fn count<T: Ord>(tally: &mut [usize; 3], gold: &BTreeSet<T>, answer: &BTreeSet<T>) {
    tally[0] += gold.intersection(answer).count();
    tally[1] += answer.len();
    tally[2] += gold.len();
}

fn trim(text: &[char], (mut start, end): Span) -> Span {
    let mut end = end.min(text.len());
    while start < end && is_space(text[start]) {
        start += 1;
    }
    while end > start && is_space(text[end - 1]) {
        end -= 1;
    }
    (start, end)
}

/// Where white space with a blank line in it begins.
fn paragraph_ends(text: &[char]) -> BTreeSet<usize> {
    let mut ends = BTreeSet::new();
    let (mut start, mut breaks) = (0, 0);
    for (place, c) in text.iter().enumerate() {
        if !is_space(*c) {
            (start, breaks) = (place + 1, 0);
        } else if *c == '\n' {
            breaks += 1;
            if breaks == 2 {
                ends.insert(start);
            }
        }
    }
    ends
}
