//! What texts cost: to the article, with sentences and times, with the whole reading, each to JSON.

use std::fs;
use std::path::Path;

use news_core::article::{Reading, TimeMention};
use news_core::format::{Format, FormatOptions, write};
use news_core::reading::{Prose, time};
use news_core::{Article, Options, Source, extract};
use serde_json::Value;

use super::{Speed, fastest};

/// The texts of a folder with a `dev.jsonl`, as under `../shared/corpora/language`.
pub(super) fn read(folder: &Path) -> Vec<String> {
    let gold = fs::read_to_string(folder.join("dev.jsonl")).expect("a readable dev.jsonl");
    let lines = gold.lines().map(|line| serde_json::from_str::<Value>(line).expect("a JSON line"));
    lines.filter_map(|record| record["text"].as_str().map(str::to_owned)).collect()
}

/// Time of each stage.
pub(super) fn compare(texts: &[String]) {
    let speed = Speed::over(texts.iter().map(String::len), "texts");
    speed.show("article", fastest(texts, |text| json(&article(text, false))));
    speed.show("with sentences and times", fastest(texts, |text| json(&with_times(text))));
    speed.show("with the whole reading", fastest(texts, |text| json(&article(text, true))));
}

fn article(text: &str, reading: bool) -> Article {
    let source = Source { content_type: Some("text/plain"), ..Source::text(text) };
    extract(&source, &Options { reading, ..Options::default() }).expect("a text")
}

fn json(article: &Article) -> String {
    write(article, Format::Ndjson, &FormatOptions::default())
}

/// Sentences and times, without names and quotes.
fn with_times(text: &str) -> Article {
    let mut article = article(text, false);
    let layout = article.layout();
    let language = article.metadata.language.as_ref().map(|field| field.value.as_str());
    let prose = Prose::new(layout.text(), language, layout.paragraphs().to_vec());
    let mention = |time: time::TimeExpression| {
        let time::TimeExpression { start, end, kind, value, modifier, anchor } = time;
        let span = layout.span(&(start..end))?;
        Some(TimeMention { span, kind, value, modifier, anchor })
    };
    let times = time::times(prose.text, language, None).into_iter().filter_map(mention).collect();
    let sentences = prose.sentences.iter().filter_map(|range| layout.span(range)).collect();
    article.reading = Some(Reading { sentences, times, ..Reading::default() });
    article
}
