//! The scorer of times against the reference scorer `score_time.py`, number by number, on a composed
//! set. Where Python or that file is absent, the test says so and passes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use news_cli::eval::language::times::{GoldText, ReadText, score};
use news_cli::eval::language::{Set, Task, evaluate};
use serde_json::{Value, json};

#[test]
fn every_number_agrees_with_the_reference() -> anyhow::Result<()> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let script = above.map(|folder| folder.join("shared/score/score_time.py"));
    let Some(script) = script.into_iter().find(|path| path.exists()) else {
        return skip("no shared/score/score_time.py above the workspace");
    };
    let (gold_path, pred_path) = write_set("agrees")?;
    let mut command = Command::new("python3");
    let Ok(output) = command.arg(script).args([&gold_path, &pred_path]).arg("--json").output()
    else {
        return skip("no python3");
    };
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let expected: Value =
        serde_json::from_slice(&output.stdout).context("score_time.py's output")?;
    let gold: Vec<GoldText> =
        gold().into_iter().map(serde_json::from_value).collect::<Result<_, _>>()?;
    let read: Vec<ReadText> =
        read().into_iter().map(serde_json::from_value).collect::<Result<_, _>>()?;
    assert_eq!(serde_json::to_value(score(&gold, &read))?, expected);
    Ok(())
}

#[test]
fn the_engine_is_scored_and_its_predictions_are_written() -> anyhow::Result<()> {
    let (gold, _) = write_set("engine")?;
    let written = gold.with_file_name("written.jsonl");
    let set = Set { gold: &gold, pred: None, genres: None, write: Some(&written) };
    let by_engine = evaluate(Task::Times, &set)?.text;
    let set = Set { gold: &gold, pred: Some(&written), genres: None, write: None };
    assert_eq!(by_engine, evaluate(Task::Times, &set)?.text);
    assert!(by_engine.starts_with("relaxed  P 100.0 R"), "{by_engine}");
    Ok(())
}

fn skip(reason: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stderr(), "eval_times_agrees is not tested: {reason}")?)
}

fn write_set(name: &str) -> anyhow::Result<(PathBuf, PathBuf)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("eval_times").join(name);
    std::fs::create_dir_all(&folder)?;
    let paths = (folder.join("gold.jsonl"), folder.join("read.jsonl"));
    for (path, records) in [(&paths.0, gold()), (&paths.1, read())] {
        let lines: Vec<_> = records.iter().map(Value::to_string).collect();
        std::fs::write(path, lines.join("\n"))?;
    }
    Ok(paths)
}

fn timex(start: usize, end: usize, kind: &str, value: &str) -> Value {
    json!({"span": [start, end], "type": kind, "value": value})
}

/// Two texts: every type, values of every shape, spans that overlap two.
fn gold() -> Vec<Value> {
    let text = "Zoë left Friday, at 10 a.m. on May 2, 2024, for two years; daily calls in 1990.";
    vec![
        json!({"id": "one", "text": text, "dct": "2024-05-06T10:00", "timexes": [
            timex(9, 15, "DATE", "2024-05-03"),
            timex(20, 42, "TIME", "2024-05-02T10:00"),
            timex(48, 57, "DURATION", "P2Y"),
            timex(59, 64, "SET", "P1D"),
            timex(74, 78, "DATE", "1990"),
        ]}),
        json!({"id": "two", "text": "Now and then.", "dct": null, "timexes": [
            timex(0, 3, "DATE", "PRESENT_REF"),
            {"span": [8, 12], "type": "DATE", "value": null},
        ]}),
    ]
}

fn read() -> Vec<Value> {
    vec![json!({"id": "one", "timexes": [
        timex(9, 15, "DATE", "2024-05-10"),
        timex(20, 27, "TIME", "2024-05-02t10"),
        timex(31, 42, "DATE", "2024-05-02"),
        timex(44, 57, "DURATION", "p2y"),
        timex(59, 64, "DURATION", "P1D"),
        timex(65, 70, "DATE", "1991"),
    ]})]
}
