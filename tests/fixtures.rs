//! The fixture pages, their gold answers, their snapshots and the JSON Schema belong together.

use std::fs;
use std::path::Path;

use boon::{Compiler, Schemas};
use news_core::format::{Format, FormatOptions, write};
use news_core::{Options, extract};
use news_tests::{Fixture, root};
use serde_json::Value;

fn gold() -> Vec<Value> {
    let path = root().join("fixtures/gold.jsonl");
    let text = fs::read_to_string(&path).expect("fixtures/gold.jsonl");
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
}

fn text_of<'a>(record: &'a Value, key: &str) -> &'a str {
    record[key].as_str().unwrap_or_else(|| panic!("{key} of {record}"))
}

#[test]
fn gold_has_one_line_for_each_page_sorted_by_id() {
    let gold = gold();
    let ids: Vec<&str> = gold.iter().map(|record| text_of(record, "id")).collect();
    let pages = Fixture::all();
    let slugs: Vec<&str> = pages.iter().map(|page| page.slug.as_str()).collect();
    assert_eq!(ids, slugs, "left: ids of fixtures/gold.jsonl, right: files of fixtures/pages");
}

#[test]
fn gold_names_the_file_and_the_address_of_its_page() {
    for record in gold() {
        let id = text_of(&record, "id");
        assert_eq!(text_of(&record, "page"), format!("pages/{id}.html"));
        let page = Fixture::read(&root().join("fixtures").join(text_of(&record, "page")));
        assert_eq!(record["url"].as_str(), page.source().url, "{id}");
    }
}

#[test]
fn every_snapshot_has_its_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/pages");
    let slugs: Vec<String> = Fixture::all().into_iter().map(|page| page.slug).collect();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let slug = name.split_once(".snap").map_or(name.as_str(), |(slug, _)| slug);
        assert!(slugs.iter().any(|known| known == slug), "{name} has no page: delete it");
    }
}

#[test]
fn every_article_fits_the_committed_schema() {
    let schema = fs::read_to_string(root().join("docs/schema/article.schema.json"));
    let schema = serde_json::from_str(&schema.expect("a schema")).expect("JSON");
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.add_resource("article.json", schema).expect("a resource");
    let index = compiler.compile("article.json", &mut schemas).expect("a schema");
    let options = Options { comments: true, any_page: true, ..Options::default() };
    for page in Fixture::all() {
        let article = extract(&page.source(), &options).expect("a page");
        let json = write(&article, Format::Json, &FormatOptions::default());
        let value = serde_json::from_str(&json).expect("JSON");
        if let Err(misfit) = schemas.validate(&value, index) {
            panic!("{}: {misfit:#}", page.slug);
        }
    }
}
