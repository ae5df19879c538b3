//! Pages against `score.py`, on a set that covers every figure.

use std::path::Path;
use std::process::Command;

use news_cli::eval::{EvalOptions, run_predictions};
use serde_json::{Value, json};

use super::{Files, run, scorer};

#[test]
fn every_number_agrees_with_the_reference() -> anyhow::Result<()> {
    let Some(script) = scorer("score.py") else { return Ok(()) };
    let files = Files::write("pages", &gold(), &answers())?;
    let Some(expected) = run_reference(&script, &files)? else { return Ok(()) };
    let expected: Value = serde_json::from_str(&expected)?;
    let groups = expected["metrics"].as_object().map(serde_json::Map::len);
    assert_eq!(groups, Some(18), "the composed set no longer covers every figure");
    let ours = run_ours(&script, &files)?;
    let mut differences = Vec::new();
    compare("", &expected, &ours, &mut differences);
    assert_eq!(differences, Vec::<String>::new());
    Ok(())
}

fn run_reference(script: &Path, files: &Files) -> anyhow::Result<Option<String>> {
    let mut command = Command::new("python3");
    command.arg(script).args(["--json", "--bootstrap", "0", "--by", "page_type", "--gold"]);
    run(command.arg(&files.folder).arg("--pred").arg(&files.pred))
}

fn run_ours(script: &Path, files: &Files) -> anyhow::Result<Value> {
    let punkt = script.with_file_name("punkt_english.json.gz");
    let options = EvalOptions {
        by: Some("page_type".to_owned()),
        punkt: punkt.exists().then_some(punkt),
        ..EvalOptions::default()
    };
    let report = run_predictions(&files.folder, &files.pred, &options)?;
    Ok(serde_json::from_str(&report.json()?)?)
}

/// Lists every place where the two differ; numbers may by 1e-9.
fn compare(place: &str, expected: &Value, ours: &Value, differences: &mut Vec<String>) {
    let null = Value::Null;
    match (expected, ours) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                let pair = (a.get(key).unwrap_or(&null), b.get(key).unwrap_or(&null));
                compare(&format!("{place}/{key}"), pair.0, pair.1, differences);
            }
        }
        _ if near(expected, ours) || expected == ours => {}
        _ => differences.push(format!("{place}: {expected} there, {ours} here")),
    }
}

fn near(a: &Value, b: &Value) -> bool {
    a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| (a - b).abs() <= 1e-9)
}

fn gold() -> Vec<Value> {
    let mut all = english_gold();
    all.extend(other_gold());
    for (n, page) in all.iter_mut().enumerate() {
        page["page"] = json!(format!("pages/{n}.html"));
        page["page_type"] = if n % 3 == 0 { Value::Null } else { json!("article") };
    }
    all
}

fn english_gold() -> Vec<Value> {
    let council = [
        "Mr. J. Alder told the council on Jan. 5 that the U.S. grant, worth $3.5 million, was late.",
        "\"We waited.\" He paused. \"We waited again!\" (Nobody answered.) Then -- at 9 p.m. -- they left.",
        "Advertisement: read more at Fenwick & Co. Inc.",
        "The co-op. said No. 7 Mill Rd. would stay open . . . for now. Dr. Birch, Ph.D., agreed.",
    ];
    vec![
        json!({"id": "optional", "body": council.join("\n\n"), "paragraphs": council,
            "optional": [2, 1], "title": "Council “waits” – again", "authors": ["Ana Alder", "Bo Birch"],
            "published": "2024-01-05T23:30:00-05:00", "modified": "2024-01-07", "language": "en",
            "description": "A grant is late.", "tags": ["Council", "Grants"],
            "with": ["the council on", "they left"], "without": ["read more", "Cookies"]}),
        json!({"id": "many-optional", "body": "One. Two. Three. Four. Five. Six.", "optional": [0, 1, 2, 3, 4],
            "paragraphs": ["One.", "Two.", "Three.", "Four.", "Five.", "Six."], "authors": [],
            "published": "", "modified": "", "with": [], "without": null, "language": "en"}),
        json!({"id": "lines", "body": "A first line of text\nand  a second line of it\n\n\tand a third",
            "title": "Lines", "authors": "Cy Cedar and Di Dogwood", "published": "2024-02-28",
            "with": null, "without": ["third"]}),
        json!({"id": "missing", "body": "Nobody extracted this one at all.", "title": "Gone",
            "authors": ["Ed Elm"], "published": "2023-12-31", "with": ["Nobody"], "without": ["one"]}),
        json!({"id": "failed", "body": "The extractor fell over here.", "paragraphs": ["The extractor fell over here."],
            "title": "Failed", "authors": [], "published": "2023-12-30", "description": "Fell over", "tags": ["x"],
            "language": "en", "modified": "2023-12-30", "with": ["fell"], "without": []}),
        json!({"id": "empty", "body": "", "paragraphs": [], "published": ""}),
        json!({"id": "short", "body": "Two words", "published": "2024-03-01", "authors": ["Fay Fir"]}),
        json!({"id": "fields-only", "title": "Straße zum ﬁnalen Spiel", "published": "2024-03-01T00:30:00Z",
            "authors": ["Jean-Luc d’Orme"], "language": "de"}),
    ]
}

fn other_gold() -> Vec<Value> {
    vec![
        json!({"id": "cyrillic", "body": "Совет ждал.\n\nМэр сказал: «Мы ждём». ΟΔΟΣ.", "language": "ru",
            "title": "Совет ждёт", "authors": ["Анна Ольха"], "published": "2024-04-01"}),
        json!({"id": "han", "body": "市议会在2024年等待。市长说：“我们在等。”\n\nカタカナも 한국어 도", "language": "zh",
            "title": "市议会等待", "tags": ["議会", "ＡＢＣ"], "published": "2024-04-02"}),
        json!({"id": "arabic", "body": "انتظر المجلس خمسة أيام.\n\nقال العمدة: كِتَاب.", "language": "ar",
            "published": "2024-04-03", "with": ["المجلس"], "without": ["إعلان"]}),
        json!({"id": "turkish", "body": "İstanbul'da ½ gün, x² ve Ⅷ. bölüm; ısı ve Kelvin K.", "language": "tr",
            "title": "İSTANBUL", "description": "İlk\u{a0}gün", "published": "2024-02-30"}),
        json!({"id": "thai", "body": "สภารอ ห้าวัน\n\nនៅថ្ងៃ မြို့", "published": "2024-04-05T22:00:00+02:00"}),
    ]
}

fn answers() -> Vec<Value> {
    let mut all = english_answers();
    all.extend(other_answers());
    all
}

fn english_answers() -> Vec<Value> {
    vec![
        json!({"id": "optional", "seconds": 0.25, "paragraphs": [
            "Mr. J. Alder told the council on Jan. 5 that a U.S. grant, worth $3.5 million, was late.",
            " \"We waited.\"  He paused. \"We waited again!\" (Nobody answered.) Then -- at 9 p.m. -- they left.",
            "", "The co-op. said No. 7 Mill Rd. would close . . . Dr. Birch, Ph.D., did not agree. Cookies?"],
            "title": "Council \"waits\" - AGAIN | The Fenwick Post", "authors": "By Ana Alder, Bo Birch and Staff",
            "published": "2024-01-06T04:30:00Z", "modified": "2024-01-06 08:00", "language": "EN_gb",
            "description": "A GRANT is very late.", "tags": "council; Mills, grants"}),
        json!({"id": "many-optional", "body": "Six. Seven.", "authors": ["Somebody Else"], "seconds": 1.5,
            "published": "2024-01-01", "modified": null, "language": null}),
        json!({"id": "lines", "body": "replaced by the second", "title": "Not this"}),
        json!({"id": "lines", "body": "A first line of\ntext and a second line of it\n\nAnd a third",
            "title": "lines", "authors": ["Dogwood, Di", "cy cedar"], "published": "2024-02-29", "seconds": 2}),
        json!({"id": "failed", "body": "The extractor", "title": "Failed", "authors": ["X Y"], "tags": ["x"],
            "published": "2023-12-30", "error": "timeout"}),
        json!({"id": "empty", "body": "", "published": "2024-01-01", "seconds": 0.125}),
        json!({"id": "short", "body": "Two words", "published": "1 March", "authors": ["By: Fay Fir", "fay fir"]}),
        json!({"id": "fields-only", "title": "STRASSE ZUM FINALEN SPIEL", "published": "٢٠٢٤-02-29t23:30:00.5 -01:00",
            "authors": "Jean‑Luc d'Orme;Redaktion", "language": "de-AT", "error": ""}),
        json!({"id": "stranger", "body": "No such page.", "seconds": 9}),
    ]
}

fn other_answers() -> Vec<Value> {
    vec![
        json!({"id": "cyrillic", "body": "СОВЕТ ждал.\n\nМэр сказал: Мы ждём. οδος", "language": "ru",
            "title": "Совет ждёт!", "authors": "Анна Ольха", "published": "2024-04-02T00:30+03:00"}),
        json!({"id": "han", "body": "市议会在2024年等。市长说：“我们在等。”\n\nカタカナ 한국어", "language": "ja",
            "title": "市议会", "tags": ["议会", "abc", ""], "published": "2024-04-04"}),
        json!({"id": "arabic", "body": "انتظر\u{1c}المجلس خمسة أيام.\n\nإعلان. قال العمدة: كتاب.", "language": "ar",
            "published": "2024-04-03T24:00Z"}),
        json!({"id": "turkish", "body": "i\u{307}stanbul'da ½ gün, x2 ve Ⅷ bölüm; ISI ve kelvin k.", "language": "tr",
            "title": "i\u{307}stanbul", "description": "i\u{307}lk gün", "published": "2024-02-30T10:00:00Z"}),
        json!({"id": "thai", "paragraphs": ["สภารอ  ห้าวัน", "នៅថ្ងៃ"], "published": "2024-04-06T01:00:00+05:00"}),
    ]
}
