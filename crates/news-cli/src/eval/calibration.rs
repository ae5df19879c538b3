//! Whether confidences mean what they say: of the values given with a confidence of .8, four in five
//! should be right.

use std::fmt::Write as _;

use serde::Serialize;

use super::text::{bag_prf, units};
use super::{GoldPage, PageScores, Prediction};

/// Fields whose confidence is scored, by their names in predictions.
pub const FIELDS: [&str; 4] = ["body", "title", "authors", "published"];

/// Word F1 from which a body is right: nine tenths of it, and of the story, are the same words.
pub const BODY_F1: f64 = 0.9;

/// Bins of equal width.
const BINS: usize = 10;

/// One value with a confidence, held against the gold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// One of [`FIELDS`].
    pub field: &'static str,
    /// The confidence stated, 0 to 1; `None` where the extractor states none.
    pub confidence: Option<f64>,
    /// Whether the value is right.
    pub right: bool,
}

/// The values that a page has and the gold knows.
#[must_use]
pub fn judge(gold: &GoldPage, prediction: &Prediction, scores: &PageScores) -> Vec<Judged> {
    let stated = prediction.confidence.unwrap_or_default();
    let given: Vec<&str> = prediction.answered().collect();
    let has = |field: &str| given.contains(&field);
    let title = scores.title.filter(|_| has("title")).map(|t| t.text.exact);
    let authors = scores.authors.filter(|_| has("authors")).map(|a| a.names.fp + a.names.fn_ == 0);
    let published = scores.published.filter(|_| has("published")).map(|d| d.right);
    let none = |answered: Option<bool>| (answered == Some(true)).then_some(false);
    let confidences = [stated.body, stated.title, stated.authors, stated.published];
    let right = [
        body(gold, prediction),
        title,
        authors.or_else(|| none(scores.authors_none)),
        published.or_else(|| none(scores.published_none)),
    ];
    let judged = FIELDS.into_iter().zip(confidences).zip(right);
    judged
        .filter_map(|((field, confidence), right)| {
            Some(Judged { field, confidence, right: right? })
        })
        .collect()
}

/// Whether the body is right; `None` where there is none or the gold has none.
fn body(gold: &GoldPage, prediction: &Prediction) -> Option<bool> {
    let wanted = gold.body.as_ref().filter(|body| !body.trim().is_empty())?.to_lowercase();
    let given = prediction.body.as_ref().filter(|body| !body.trim().is_empty())?.to_lowercase();
    Some(bag_prf(&units(&given), &units(&wanted)).f1 >= BODY_F1)
}

/// How the confidences of one field meet the facts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reliability {
    /// One of [`FIELDS`].
    pub field: &'static str,
    /// Values with a confidence.
    pub count: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share that is right.
    pub right: f64,
    /// Mean square of confidence less outcome; less is better.
    pub brier: f64,
    /// Expected calibration error: mean distance of confidence and share right over the bins,
    /// weighted by their counts.
    pub ece: f64,
    /// Bins that hold values, from low to high confidence.
    pub bins: Vec<Bin>,
}

/// Values of similar confidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bin {
    /// Lowest confidence of the bin.
    pub from: f64,
    /// Values in it.
    pub count: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share that is right.
    pub right: f64,
}

/// One row a field that has values with a confidence.
#[must_use]
pub fn reliability(judged: &[Judged]) -> Vec<Reliability> {
    FIELDS.into_iter().filter_map(|field| of_field(field, judged)).collect()
}

fn of_field(field: &'static str, judged: &[Judged]) -> Option<Reliability> {
    let values: Vec<(f64, f64)> = judged
        .iter()
        .filter(|j| j.field == field)
        .filter_map(|j| Some((j.confidence?, f64::from(u8::from(j.right)))))
        .collect();
    if values.is_empty() {
        return None;
    }
    let bin_of = |confidence: f64| ((confidence * BINS as f64) as usize).min(BINS - 1);
    let bins: Vec<Bin> = (0..BINS)
        .filter_map(|k| {
            let inside: Vec<_> = values.iter().copied().filter(|(c, _)| bin_of(*c) == k).collect();
            let (confidence, right) = means(&inside)?;
            Some(Bin { from: k as f64 / BINS as f64, count: inside.len(), confidence, right })
        })
        .collect();
    let (confidence, right) = means(&values)?;
    let count = values.len();
    let brier = values.iter().map(|(c, r)| (c - r).powi(2)).sum::<f64>() / count as f64;
    let off = |bin: &Bin| bin.count as f64 * (bin.confidence - bin.right).abs();
    let ece = bins.iter().map(off).sum::<f64>() / count as f64;
    Some(Reliability { field, count, confidence, right, brier, ece, bins })
}

/// Mean confidence and share right; `None` for no values.
fn means(values: &[(f64, f64)]) -> Option<(f64, f64)> {
    let n = values.len() as f64;
    let sum = |f: fn(&(f64, f64)) -> f64| values.iter().map(f).sum::<f64>();
    (!values.is_empty()).then(|| (sum(|v| v.0) / n, sum(|v| v.1) / n))
}

/// The rows as a table, for people.
#[must_use]
pub fn text(set: &str, rows: &[Reliability]) -> String {
    let mut text = format!("calibration  {set}\n");
    for row in rows {
        let _ = writeln!(
            text,
            " {:<10} {:>5} values  confidence {:.3}  right {:.3}  Brier {:.4}  ECE {:.3}",
            row.field, row.count, row.confidence, row.right, row.brier, row.ece
        );
        for bin in &row.bins {
            let _ = writeln!(
                text,
                "   from {:.1}  {:>5}         confidence {:.3}  right {:.3}",
                bin.from, bin.count, bin.confidence, bin.right
            );
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(confidence: f64, right: bool) -> Judged {
        Judged { field: "title", confidence: Some(confidence), right }
    }

    #[test]
    fn confidences_that_hold_have_no_error() {
        let judged = [value(0.5, true), value(0.5, false), value(1.0, true)];
        let rows = reliability(&judged);
        assert_eq!((rows.len(), rows[0].count, rows[0].bins.len()), (1, 3, 2));
        assert!(rows[0].ece < 1e-9);
        assert!((rows[0].brier - 0.5 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn boasting_is_an_error() {
        let judged = [value(0.9, true), value(0.9, false)];
        assert!((reliability(&judged)[0].ece - 0.4).abs() < 1e-9);
    }

    #[test]
    fn values_without_a_confidence_do_not_count() {
        let silent = Judged { field: "body", confidence: None, right: true };
        assert!(reliability(&[silent]).is_empty());
    }
}
