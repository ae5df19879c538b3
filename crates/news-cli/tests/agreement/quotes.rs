//! Quotes against `score_quotes.py`.

use news_cli::eval::language::{Task, evaluate};
use serde_json::{Value, json};

use super::{Files, scored_as_written};

#[test]
fn every_number_agrees_with_the_reference() -> anyhow::Result<()> {
    let files = Files::write("quotes", &gold(), &predictions())?;
    let mut ours = evaluate(Task::Quotes, &files.set())?;
    let speech = ours.figures["speech"].take();
    ours.figures.as_object_mut().and_then(|figures| figures.remove("speech"));
    let reference = |flags| files.reference("score_quotes.py", flags);
    for (flags, figures) in [(&["--json"][..], ours.figures), (&["--json", "--speech"], speech)] {
        let Some(expected) = reference(flags)? else { return Ok(()) };
        assert_eq!(serde_json::from_str::<Value>(&expected)?, figures, "{flags:?}");
    }
    let printed = reference(&[])?.unwrap_or_default();
    assert!(ours.text.starts_with(&printed), "{printed}\n{}", ours.text);
    Ok(())
}

#[test]
fn predictions_are_scored_as_written() -> anyhow::Result<()> {
    let ours = scored_as_written("quotes_written", Task::Quotes, &gold())?;
    assert_eq!(ours.figures["direct_exact"]["R"], json!(100.0));
    Ok(())
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
