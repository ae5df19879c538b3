//! The scorer of names against the reference scorer `score_ner.py`. Where Python or that file is absent,
//! the test says so and passes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::ensure;
use news_cli::eval::language::{Set, Task, evaluate};
use serde_json::{Value, json};

#[test]
fn every_number_agrees_with_the_reference() -> anyhow::Result<()> {
    let Some(scorer) = reference_scorer() else {
        return skip("no shared/score/score_ner.py above the workspace");
    };
    let (gold, pred) = write_set("agree")?;
    let run = |flag: Option<&str>| -> anyhow::Result<Option<String>> {
        let mut command = Command::new("python3");
        let Ok(output) = command.arg(&scorer).args([&gold, &pred]).args(flag).output() else {
            return Ok(None);
        };
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(Some(String::from_utf8(output.stdout)?.trim_end().to_owned()))
    };
    let (Some(figures), Some(text)) = (run(Some("--json"))?, run(None)?) else {
        return skip("no python3");
    };
    let set = Set { gold: &gold, pred: Some(&pred), genres: None, write: None };
    let ours = evaluate(Task::Entities, &set)?;
    assert_eq!((serde_json::from_str::<Value>(&figures)?, text), (ours.figures, ours.text));
    Ok(())
}

#[test]
fn predictions_are_scored_as_written() -> anyhow::Result<()> {
    let (gold, pred) = write_set("written")?;
    let written = Set { gold: &gold, pred: None, genres: None, write: Some(&pred) };
    let ours = evaluate(Task::Entities, &written)?;
    let again = evaluate(Task::Entities, &Set { pred: Some(&pred), write: None, ..written })?;
    assert_eq!(ours.figures, again.figures);
    Ok(())
}

fn skip(reason: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stderr(), "entities_agree is not tested: {reason}")?)
}

fn reference_scorer() -> Option<PathBuf> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above.map(|folder| folder.join("shared/score/score_ner.py")).find(|path| path.exists())
}

fn write_set(name: &str) -> anyhow::Result<(PathBuf, PathBuf)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("entities_agree").join(name);
    std::fs::create_dir_all(&folder)?;
    let paths = (folder.join("gold.jsonl"), folder.join("pred.jsonl"));
    for (path, records) in [(&paths.0, golds()), (&paths.1, answers())] {
        let lines: Vec<_> = records.iter().map(Value::to_string).collect();
        std::fs::write(path, lines.join("\n"))?;
    }
    Ok(paths)
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
