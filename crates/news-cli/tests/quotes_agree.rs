//! The scorer of quotes against the reference scorer `score_quotes.py`. Where Python or that file is
//! absent, the test says so and passes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::ensure;
use news_cli::eval::language::{Set, Task, evaluate};
use serde_json::{Value, json};

#[test]
fn every_number_agrees_with_the_reference() -> anyhow::Result<()> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let scorer = above.map(|folder| folder.join("shared/score/score_quotes.py"));
    let Some(scorer) = scorer.into_iter().find(|path| path.exists()) else {
        return skip("no shared/score/score_quotes.py above the workspace");
    };
    let (gold, pred) = write_set("agrees")?;
    let set = Set { gold: &gold, pred: Some(&pred), genres: None, write: None };
    let mut ours = evaluate(Task::Quotes, &set)?;
    let speech = ours.figures["speech"].take();
    ours.figures.as_object_mut().and_then(|figures| figures.remove("speech"));
    for (flags, figures) in [(&["--json"][..], ours.figures), (&["--json", "--speech"], speech)] {
        let Some(expected) = run_reference(&scorer, &gold, &pred, flags)? else {
            return skip("no python3");
        };
        assert_eq!(serde_json::from_str::<Value>(&expected)?, figures, "{flags:?}");
    }
    let printed = run_reference(&scorer, &gold, &pred, &[])?.unwrap_or_default();
    assert!(ours.text.starts_with(&printed), "{printed}{}", ours.text);
    Ok(())
}

#[test]
fn predictions_are_scored_as_written() -> anyhow::Result<()> {
    let (gold, _) = write_set("written")?;
    let pred = gold.with_file_name("own.jsonl");
    let written = Set { gold: &gold, pred: None, genres: None, write: Some(&pred) };
    let ours = evaluate(Task::Quotes, &written)?;
    let read = Set { pred: Some(&pred), write: None, ..written };
    assert_eq!(ours.figures, evaluate(Task::Quotes, &read)?.figures);
    assert_eq!(ours.figures["direct_exact"]["R"], json!(100.0));
    Ok(())
}

fn skip(reason: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stderr(), "quotes_agree is not tested: {reason}")?)
}

fn run_reference(
    scorer: &Path,
    gold: &Path,
    pred: &Path,
    flags: &[&str],
) -> anyhow::Result<Option<String>> {
    let Ok(output) = Command::new("python3").arg(scorer).args([gold, pred]).args(flags).output()
    else {
        return Ok(None);
    };
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(Some(String::from_utf8(output.stdout)?))
}

fn write_set(name: &str) -> anyhow::Result<(PathBuf, PathBuf)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("quotes_agree").join(name);
    std::fs::create_dir_all(&folder)?;
    let paths = (folder.join("gold.jsonl"), folder.join("pred.jsonl"));
    for (path, records) in [(&paths.0, gold()), (&paths.1, predictions())] {
        let lines: Vec<_> = records.iter().map(Value::to_string).collect();
        std::fs::write(path, lines.join("\n"))?;
    }
    Ok(paths)
}

/// The place of `part` in `text`, in code points.
fn span(text: &str, part: &str) -> Value {
    let place = text.split_once(part).map_or(0, |(before, _)| before.chars().count());
    json!([place, place + part.chars().count()])
}

const ONE: &str = "“We can’t wait,” Zoë O’Neill said. “It is late.” The mayor’s aide said \
                   that it was “too soon” and that nobody knew. She wants peace.";
const TWO: &str = "“No,” he said. The “Big Four” met.";

/// Two texts: split, mixed and indirect; one without the field `direct`.
fn gold() -> Vec<Value> {
    let one = |part| span(ONE, part);
    let two = |part| span(TWO, part);
    vec![
        json!({"id": "one", "text": ONE, "lang": "en",
        "quoted": [one("“We can’t wait,”"), one("“It is late.”"), one("“too soon”")],
        "attributions": [
            {"id": "E1", "type": "direct", "speech": true, "source": [one("Zoë O’Neill")],
             "cue": [one("said")], "content": [one("“We can’t wait,”"), one("“It is late.”")]},
            {"id": "E2", "type": "mixed", "speech": true, "source": [one("The mayor’s aide")],
             "cue": [one("said that")],
             "content": [one("that it was “too soon” and that nobody knew")]},
            {"id": "E3", "type": "indirect", "speech": false, "source": [one("She")],
             "cue": [one("wants")], "content": [one("peace")]},
        ],
        "direct": [
            {"span": one("“We can’t wait,”"), "att": "E1"},
            {"span": one("“It is late.”"), "att": "E1"},
            {"span": one("“too soon”"), "att": "E2"},
        ]}),
        json!({"id": "two", "text": TWO, "lang": "en",
            "quoted": [two("“No,”"), two("“Big Four”")],
            "attributions": [{"id": "0", "type": "Direct", "source": [], "cue": [two("said")],
                "content": [two("“No,”")]}]}),
    ]
}

/// Right, half right, wrong, and by name.
fn predictions() -> Vec<Value> {
    let one = |part| span(ONE, part);
    let two = |part| span(TWO, part);
    vec![
        json!({"id": "one", "quotes": [
            {"type": "direct", "content": [one("We can’t wait,” Zoë O’Neill said. “It is late.")],
             "source": [one("mayor’s")], "cue": [one("said")], "source_name": "Ann O’Neill"},
            {"type": "mixed", "content": [one("it was “too soon”")], "source": [one("aide")],
             "cue": [], "source_name": null},
            {"type": "indirect", "content": [one("that nobody knew"), one("peace")],
             "source": [one("She")], "cue": [one("wants")]},
        ]}),
        json!({"id": "two", "quotes": [
            {"type": "direct", "content": [two("No,"), two("Big Four")], "source": [two("he")],
             "cue": [two("said")], "source_name": null},
        ]}),
    ]
}
