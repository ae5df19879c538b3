//! Times against `score_time.py`.

use news_cli::eval::language::{Task, evaluate};
use serde_json::{Value, json};

use super::{Files, scored_as_written};

#[test]
fn every_number_agrees_with_the_reference() -> anyhow::Result<()> {
    let files = Files::write("times", &gold(), &read())?;
    let Some(figures) = files.reference("score_time.py", &["--json"])? else { return Ok(()) };
    let ours = evaluate(Task::Times, &files.set())?;
    assert_eq!(serde_json::from_str::<Value>(&figures)?, ours.figures);
    Ok(())
}

#[test]
fn predictions_are_scored_as_written() -> anyhow::Result<()> {
    let ours = scored_as_written("times_written", Task::Times, &gold())?;
    assert!(ours.text.starts_with("relaxed  P 100.0 R"), "{}", ours.text);
    Ok(())
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
