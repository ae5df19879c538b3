//! Every scorer against its reference scorer in `shared/score`, number by number, on composed sets.
//! Where Python or those files are absent, the tests say so and pass.

mod entities;
mod pages;
mod people;
mod quotes;
mod sentences;
mod times;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::ensure;
use news_cli::eval::language::{Outcome, Set, Task, evaluate};
use serde_json::Value;

/// A composed set on disk: a folder, gold and predictions in it.
struct Files {
    folder: PathBuf,
    gold: PathBuf,
    pred: PathBuf,
}

impl Files {
    fn write(name: &str, golds: &[Value], answers: &[Value]) -> anyhow::Result<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("agreement").join(name);
        std::fs::create_dir_all(&folder)?;
        let (gold, pred) = (folder.join("gold.jsonl"), folder.join("pred.jsonl"));
        for (path, records) in [(&gold, golds), (&pred, answers)] {
            let lines: Vec<_> = records.iter().map(Value::to_string).collect();
            std::fs::write(path, lines.join("\n"))?;
        }
        Ok(Self { folder, gold, pred })
    }

    fn set(&self) -> Set<'_> {
        Set { gold: &self.gold, pred: Some(&self.pred), genres: None, write: None }
    }

    /// What a reference scorer prints of gold and predictions. `None`: it cannot be run.
    fn reference(&self, script: &str, flags: &[&str]) -> anyhow::Result<Option<String>> {
        let Some(script) = scorer(script) else { return Ok(None) };
        let mut command = Command::new("python3");
        run(command.arg(script).args([&self.gold, &self.pred]).args(flags))
    }
}

/// The output of a program, without white space at its end. `None`: it is not there.
fn run(command: &mut Command) -> anyhow::Result<Option<String>> {
    let Ok(output) = command.output() else {
        skip("no python3");
        return Ok(None);
    };
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(Some(String::from_utf8(output.stdout)?.trim_end().to_owned()))
}

/// A reference scorer, in the folder `shared` above the workspace.
fn scorer(script: &str) -> Option<PathBuf> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut paths = above.map(|folder| folder.join("shared/score").join(script));
    let found = paths.find(|path| path.exists());
    if found.is_none() {
        skip("no shared/score above the workspace");
    }
    found
}

fn skip(reason: &str) {
    let _ = writeln!(std::io::stderr(), "agreement is not tested: {reason}");
}

/// Scores what the engine reads, then its written predictions: both are the same.
fn scored_as_written(name: &str, task: Task, golds: &[Value]) -> anyhow::Result<Outcome> {
    let files = Files::write(name, golds, &[])?;
    let ours = evaluate(task, &Set { pred: None, write: Some(&files.pred), ..files.set() })?;
    let again = evaluate(task, &files.set())?;
    assert_eq!((&ours.figures, &ours.text), (&again.figures, &again.text));
    Ok(ours)
}
