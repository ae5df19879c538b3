//! Pronouns between two names, as the set GAP scores them: each of the names meant or not.
//!
//! Gold: `{"id", "text", "pronoun", "a", "b", "a_coref", "b_coref"}`, the places in code points;
//! predictions: `{"id", "a_coref", "b_coref"}`. The figure is F1 over all names, as published.

use std::ops::Range;

use news_core::reading::people::{MentionKind, Person};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Figures, Outcome, Set, Text, answered, code_points};

type Span = (usize, usize);

#[derive(Debug, Deserialize)]
struct Gold {
    pronoun: Span,
    a: Span,
    b: Span,
    a_coref: bool,
    b_coref: bool,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Prediction {
    a_coref: bool,
    b_coref: bool,
}

pub(super) fn evaluate(set: &Set<'_>) -> anyhow::Result<Outcome> {
    let texts = answered(set, predict)?;
    let figures = score(texts.iter().map(|(text, answer)| (&text.gold, answer)));
    let Figures { precision, recall, f1, .. } = figures;
    let text = format!("gap P {precision:.1} R {recall:.1} F1 {f1:.1} of {} pronouns", texts.len());
    Ok(Outcome { text, figures: json!({ "names": figures }) })
}

/// Whom this engine takes the pronoun for.
fn predict(text: &Text<Gold>) -> Prediction {
    let gold = &text.gold;
    let points = code_points(&text.text);
    let place = |range: &Range<usize>| (points[range.start], points[range.end]);
    let found = text.people();
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
    Prediction { a_coref: means(gold.a), b_coref: means(gold.b) }
}

fn score<'a>(answers: impl Iterator<Item = (&'a Gold, &'a Prediction)>) -> Figures {
    let (mut right, mut predicted, mut meant) = (0, 0, 0);
    for (gold, answer) in answers {
        for (said, is) in [(answer.a_coref, gold.a_coref), (answer.b_coref, gold.b_coref)] {
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
        let gold =
            |a_coref, b_coref| Gold { pronoun: (0, 0), a: (0, 0), b: (0, 0), a_coref, b_coref };
        let answer = |a_coref, b_coref| Prediction { a_coref, b_coref };
        let golds = [gold(true, false), gold(true, false), gold(false, false)];
        let answers = [answer(true, false), answer(false, true), answer(false, false)];
        let figures = score(golds.iter().zip(&answers));
        assert_eq!((figures.tp, figures.pred, figures.gold), (1, 2, 2));
    }
}
