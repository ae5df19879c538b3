//! Names against `score_ner.py`.

use news_cli::eval::language::{Task, evaluate};
use serde_json::{Value, json};

use super::{Files, scored_as_written};

#[test]
fn every_number_agrees_with_the_reference() -> anyhow::Result<()> {
    let files = Files::write("entities", &golds(), &answers())?;
    let reference = |flags| files.reference("score_ner.py", flags);
    let (Some(figures), Some(text)) = (reference(&["--json"])?, reference(&[])?) else {
        return Ok(());
    };
    let ours = evaluate(Task::Entities, &files.set())?;
    assert_eq!((serde_json::from_str::<Value>(&figures)?, text), (ours.figures, ours.text));
    Ok(())
}

#[test]
fn predictions_are_scored_as_written() -> anyhow::Result<()> {
    scored_as_written("entities_written", Task::Entities, &golds()).map(drop)
}

fn entity(start: usize, end: usize, kind: &str) -> Value {
    json!({"span": [start, end], "type": kind})
}

/// Articles, possessives, quotes, types that are renamed or dropped, wide letters, a text twice.
fn golds() -> Vec<Value> {
    vec![
        json!({"id": "one", "text": "The Élan Club of  Ulm beat \"Ajo's\" Bo Day' s team, the Oslo’S.",
            "entities": [entity(0, 13, "ORG"), entity(18, 21, "GPE"), entity(27, 34, "ORG"),
                entity(34, 43, "PERSON"), entity(51, 62, "LOC"), entity(46, 50, "MISC")]}),
        json!({"id": "two", "text": "A Ann Lee in Rome.", "entities": [entity(0, 9, "PER"), entity(13, 17, "LOC")]}),
        json!({"id": "two", "text": "An Ann Lee in Rome.", "entities": [entity(3, 10, "PER"), entity(14, 18, "LOC")]}),
        json!({"id": "none", "text": "Nobody.", "entities": []}),
        json!({"id": "missing", "text": "Bern.", "entities": [entity(0, 4, "FAC")]}),
    ]
}

fn answers() -> Vec<Value> {
    vec![
        json!({"id": "one", "entities": [entity(4, 13, "ORGANIZATION"), entity(17, 22, "LOC"),
            entity(28, 31, "ORG"), entity(35, 41, "PER"), entity(44, 50, "PER"), entity(55, 62, "PLACE")]}),
        json!({"id": "two", "entities": [entity(0, 6, "PER"), entity(7, 10, "PER"), entity(14, 18, "ORG")]}),
        json!({"id": "stranger", "entities": [entity(0, 3, "PER")]}),
    ]
}
