//! Sentences against `score_sent.py`.

use news_cli::eval::language::{Set, Task, evaluate};
use serde_json::{Value, json};

use super::{Files, scored_as_written};

#[test]
fn every_number_agrees_with_the_reference() -> anyhow::Result<()> {
    let files = Files::write("sentences", &gold_texts(), &answers())?;
    for flags in [&[][..], &["--genre", "news"], &["--genre", "blog,letter"]] {
        let reference = |flags: &[&str]| files.reference("score_sent.py", flags);
        let (Some(figures), Some(text)) =
            (reference(&[flags, &["--json"]].concat())?, reference(flags)?)
        else {
            return Ok(());
        };
        let genres: Option<Vec<String>> =
            flags.last().map(|genres| genres.split(',').map(str::to_owned).collect());
        let ours = evaluate(Task::Sentences, &Set { genres: genres.as_deref(), ..files.set() })?;
        let expected = (serde_json::from_str::<Value>(&figures)?, text);
        assert_eq!(expected, (ours.figures, ours.text), "{flags:?}");
    }
    Ok(())
}

#[test]
fn predictions_are_scored_as_written() -> anyhow::Result<()> {
    scored_as_written("sentences_written", Task::Sentences, &gold_texts()).map(drop)
}

fn gold_texts() -> Vec<Value> {
    vec![
        json!({"id": "two", "genre": "news", "text": "Ann left. Bo stayed.\n\nCy slept.",
            "sents": [[0, 9], [10, 20], [22, 31]]}),
        json!({"id": "wide", "genre": "news", "text": "Élan … oui.  Straße 5.\u{3000}Ende.\u{1f} \n \n Da.",
            "sents": [[0, 11], [12, 23], [23, 29], [30, 37]]}),
        json!({"id": "unscored", "genre": "news", "text": "One. Two.", "sents": null}),
        json!({"id": "again", "genre": "blog", "text": "Old.", "sents": [[0, 4]]}),
        json!({"id": "again", "genre": "blog", "text": "New one. Newer.", "sents": [[0, 8], [9, 15]]}),
        json!({"id": "missing", "genre": "letter", "text": "Dear Ann. Write soon.", "sents": [[0, 9], [9, 21]]}),
        json!({"id": "plain", "text": "No genre here. None.", "sents": [[0, 14], [15, 20]]}),
        json!({"id": "empty", "genre": "letter", "text": "", "sents": []}),
    ]
}

fn answers() -> Vec<Value> {
    vec![
        json!({"id": "two", "sents": [[0, 20], [20, 31]]}),
        json!({"id": "wide", "sents": [[0, 12], [12, 22], [22, 30], [31, 37], [5, 5]]}),
        json!({"id": "again", "sents": [[0, 8], [8, 15]]}),
        json!({"id": "plain", "sents": [[0, 14], [15, 18], [18, 20]]}),
        json!({"id": "stranger", "sents": [[0, 3]]}),
    ]
}
