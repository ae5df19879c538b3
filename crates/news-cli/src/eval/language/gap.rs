//! Pronouns between two names, as the set GAP scores them: each of the names meant or not.
//!
//! Gold: `{"id", "text", "pronoun", "a", "b", "a_coref", "b_coref"}`, the places in code points;
//! predictions: `{"id", "a_coref", "b_coref"}`. The figure is F1 over all names, as published.

use std::collections::HashMap;
use std::ops::Range;

use news_core::reading::people::{MentionKind, Person};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Figures, Outcome, Record, Set, code_points, people};

type Span = (usize, usize);

#[derive(Debug, Deserialize)]
struct Gold {
    id: String,
    text: String,
    pronoun: Span,
    a: Span,
    b: Span,
    a_coref: bool,
    b_coref: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Prediction {
    id: String,
    a_coref: bool,
    b_coref: bool,
}

impl Record for Gold {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Record for Prediction {
    fn id(&self) -> &str {
        &self.id
    }
}

impl people::Text for Gold {
    fn genre(&self) -> Option<&str> {
        None
    }
}

pub(super) fn evaluate(set: &Set<'_>) -> anyhow::Result<Outcome> {
    let (golds, answers) = people::answers(set, predict)?;
    let figures = score(&golds, &answers);
    let Figures { precision, recall, f1, .. } = figures;
    let text = format!("gap P {precision:.1} R {recall:.1} F1 {f1:.1} of {} pronouns", golds.len());
    Ok(Outcome { text, figures: json!({ "names": figures }) })
}

/// Whom this engine takes the pronoun for.
fn predict(gold: &Gold) -> Prediction {
    let points = code_points(&gold.text);
    let place = |range: &Range<usize>| (points[range.start], points[range.end]);
    let found = people::read(&gold.text, Some("en"));
    let meant = found.iter().find(|person| {
        let mut mentions = person.mentions.iter();
        mentions.any(|m| m.kind == MentionKind::Pronoun && place(&m.range) == gold.pronoun)
    });
    let is_named = |person: &Person, span: Span| {
        let mut names = person.mentions.iter().filter(|m| m.kind != MentionKind::Pronoun);
        names.any(|m| {
            let (start, end) = place(&m.range);
            start < span.1 && span.0 < end
        })
    };
    let means = |span: Span| meant.is_some_and(|person| is_named(person, span));
    Prediction { id: gold.id.clone(), a_coref: means(gold.a), b_coref: means(gold.b) }
}

fn score(golds: &[Gold], answers: &[Prediction]) -> Figures {
    let by_id: HashMap<_, _> = answers.iter().map(|answer| (answer.id.as_str(), answer)).collect();
    let (mut right, mut predicted, mut meant) = (0, 0, 0);
    for gold in golds {
        let answer = by_id.get(gold.id.as_str());
        let answer = answer.map_or((false, false), |a| (a.a_coref, a.b_coref));
        for (said, is) in [(answer.0, gold.a_coref), (answer.1, gold.b_coref)] {
            right += usize::from(said && is);
            predicted += usize::from(said);
            meant += usize::from(is);
        }
    }
    Figures::of(right, predicted, meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_counts() {
        let gold = |id: &str, a_coref, b_coref| Gold {
            id: id.to_owned(),
            text: String::new(),
            pronoun: (0, 0),
            a: (0, 0),
            b: (0, 0),
            a_coref,
            b_coref,
        };
        let answer =
            |id: &str, a_coref, b_coref| Prediction { id: id.to_owned(), a_coref, b_coref };
        let golds = [gold("1", true, false), gold("2", true, false), gold("3", false, false)];
        let answers = [answer("1", true, false), answer("2", false, true)];
        let figures = score(&golds, &answers);
        assert_eq!((figures.tp, figures.pred, figures.gold), (1, 2, 2));
    }
}
