//! People against `score_names.py` and `score_roles.py`.

use news_cli::eval::language::{Set, Task, evaluate};
use serde_json::{Value, json};

use super::{Files, scored_as_written};

const TEXT: &str = "Élan’s chief Ann Bo-Li left. Mr. Li said he saw Cy O’Neil, a lawyer of Ohio.";

#[test]
fn names_agree_with_the_reference() -> anyhow::Result<()> {
    let mention = |span: [usize; 2], kind: &str, name: &str| json!({"span": span, "head": span, "kind": kind, "full_name": name});
    let golds = [
        json!({"id": "a", "genre": "news", "text": TEXT, "resolve": [
            mention([13, 22], "full", "Ann Bo-Li"), mention([29, 35], "short", "Ann Bo-Li"),
            mention([41, 43], "he/she", "Ann Bo-Li"), mention([48, 57], "full", "Cy Neil, O’Neil.")]}),
        json!({"id": "b", "genre": "blog", "text": "Ann Ray.", "resolve": [mention([0, 7], "full", "Ann Ray")]}),
        json!({"id": "c", "genre": "letter", "text": "Ann Ray.", "resolve": [mention([0, 7], "full", "Ann Ray")]}),
    ];
    let said = |span: [usize; 2], name: &str| json!({"span": span, "name": name});
    let answers = [
        json!({"id": "a", "mentions": [said([0, 28], "Cy Li"), said([13, 16], "ann b. bo-li"), said([29, 32], "Bo-Li"),
            said([41, 43], "Ann Bo-Li"), said([48, 57], "O’Neil"), said([50, 52], "")]}),
        json!({"id": "b", "mentions": [said([3, 9], "Mr. Ann Ray")]}),
    ];
    agree("score_names.py", Task::Names, &golds, &answers)
}

#[test]
fn roles_agree_with_the_reference() -> anyhow::Result<()> {
    let pair = |person: [usize; 2], role: [usize; 2], head: [usize; 2], kind: &str| json!({"person": person, "role": role, "role_head": head, "kind": kind});
    let golds = [
        json!({"id": "a", "genre": "news", "text": TEXT, "pairs": [
            pair([13, 22], [0, 12], [7, 12], "title"), pair([33, 35], [29, 32], [29, 31], "title"),
            pair([48, 57], [59, 75], [61, 67], "appos")]}),
        json!({"id": "b", "genre": "blog", "text": "Ann, a cook, ran.", "pairs": [pair([0, 3], [5, 11], [7, 11], "appos")]}),
        json!({"id": "c", "genre": "letter", "text": "Nobody.", "pairs": []}),
    ];
    let said = |person: [usize; 2], role: [usize; 2]| json!({"person": person, "role": role});
    let answers = [
        json!({"id": "a", "pairs": [said([20, 23], [0, 13]), said([13, 22], [7, 12]), said([51, 57], [61, 75]), said([33, 35], [29, 31])]}),
        json!({"id": "b", "pairs": [said([0, 3], [8, 11]), said([0, 99], [5, 99])]}),
    ];
    agree("score_roles.py", Task::Roles, &golds, &answers)
}

#[test]
fn predictions_are_scored_as_written() -> anyhow::Result<()> {
    let golds = [json!({"id": "a", "text": "Ann Ray, a lawyer, left. Ms. Ray said she had to.",
        "resolve": [{"head": [29, 32], "kind": "short", "full_name": "Ann Ray"}],
        "pairs": [{"person": [0, 7], "role": [9, 17], "role_head": [11, 17], "kind": "appos"}]})];
    for (name, task) in [("names_written", Task::Names), ("roles_written", Task::Roles)] {
        let ours = scored_as_written(name, task, &golds)?;
        assert!(ours.text.contains("1/1"), "{}", ours.text);
    }
    Ok(())
}

fn agree(script: &str, task: Task, golds: &[Value], answers: &[Value]) -> anyhow::Result<()> {
    let files = Files::write(script, golds, answers)?;
    for genre in ["news", "news,blog"] {
        let Some(expected) = files.reference(script, &["--genre", genre])? else { return Ok(()) };
        let genres: Vec<String> = genre.split(',').map(str::to_owned).collect();
        let ours = evaluate(task, &Set { genres: Some(&genres), ..files.set() })?;
        assert_eq!(expected, ours.text, "{genre}");
    }
    Ok(())
}
