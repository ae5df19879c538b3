//! The sentence scorer against the reference scorer `score_sent.py`. Where Python or that file is
//! absent, the test says so and passes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::ensure;
use news_cli::eval::language::{Set, Task, evaluate};
use serde_json::{Value, json};

#[test]
fn every_number_agrees_with_the_reference() -> anyhow::Result<()> {
    let Some(scorer) = reference_scorer() else {
        return skip("no shared/score/score_sent.py above the workspace");
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sentences_agree");
    std::fs::create_dir_all(&folder)?;
    let (gold, pred) = (folder.join("gold.jsonl"), folder.join("pred.jsonl"));
    write_lines(&gold, &gold_texts())?;
    write_lines(&pred, &answers())?;
    for genre in [None, Some("news"), Some("blog,letter")] {
        let Some(expected) = run_reference(&scorer, &gold, &pred, genre)? else {
            return skip("no python3");
        };
        let genres: Option<Vec<String>> =
            genre.map(|genre| genre.split(',').map(str::to_owned).collect());
        let set = Set { gold: &gold, pred: Some(&pred), genres: genres.as_deref(), write: None };
        let ours = evaluate(Task::Sentences, &set)?;
        assert_eq!(expected, (ours.figures, ours.text), "{genre:?}");
    }
    Ok(())
}

#[test]
fn predictions_are_scored_as_written() -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sentences_written");
    std::fs::create_dir_all(&folder)?;
    let (gold, pred) = (folder.join("gold.jsonl"), folder.join("pred.jsonl"));
    write_lines(&gold, &gold_texts())?;
    let written = Set { gold: &gold, pred: None, genres: None, write: Some(&pred) };
    let ours = evaluate(Task::Sentences, &written)?;
    let read = Set { pred: Some(&pred), write: None, ..written };
    let again = evaluate(Task::Sentences, &read)?;
    assert_eq!(ours.figures, again.figures);
    Ok(())
}

fn skip(reason: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stderr(), "sentences_agree is not tested: {reason}")?)
}

fn reference_scorer() -> Option<PathBuf> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above.map(|folder| folder.join("shared/score/score_sent.py")).find(|path| path.exists())
}

fn write_lines(path: &Path, records: &[Value]) -> anyhow::Result<()> {
    let lines: Vec<_> = records.iter().map(Value::to_string).collect();
    Ok(std::fs::write(path, lines.join("\n"))?)
}

/// The reference's figures, and the line that it prints.
fn run_reference(
    scorer: &Path,
    gold: &Path,
    pred: &Path,
    genre: Option<&str>,
) -> anyhow::Result<Option<(Value, String)>> {
    let run = |flag: Option<&str>| -> anyhow::Result<Option<String>> {
        let mut command = Command::new("python3");
        command.arg(scorer).arg(gold).arg(pred).args(flag);
        if let Some(genre) = genre {
            command.args(["--genre", genre]);
        }
        let Ok(output) = command.output() else { return Ok(None) };
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(Some(String::from_utf8(output.stdout)?.trim_end().to_owned()))
    };
    let (Some(figures), Some(text)) = (run(Some("--json"))?, run(None)?) else { return Ok(None) };
    Ok(Some((serde_json::from_str(&figures)?, text)))
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
