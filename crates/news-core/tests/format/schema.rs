//! The committed JSON Schema is that of the model, and written articles fit it.

use std::fs;
use std::path::Path;

use boon::{Compiler, Schemas};
use news_core::format::{Format, FormatOptions, schema, write};
use serde_json::Value;

use crate::article::{bare, full, read};

#[test]
fn committed_schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema/article.schema.json");
    let now = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("docs/schema");
        fs::write(&path, &now).expect("docs/schema is writable");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == now,
        "{} is not current: run the tests with UPDATE_SCHEMA=1",
        path.display()
    );
}

#[test]
fn written_articles_fit_the_schema() {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.add_resource("article.json", schema()).expect("a resource");
    let index = compiler.compile("article.json", &mut schemas).expect("a schema");
    for article in [full(), bare(Vec::new())] {
        let json = write(&article, Format::Json, &FormatOptions::default());
        let value = serde_json::from_str(&json).expect("JSON");
        if let Err(error) = schemas.validate(&value, index) {
            panic!("{error:#}");
        }
    }
    let wrong = serde_json::json!({ "schema_version": 1 });
    assert!(schemas.validate(&wrong, index).is_err());
}

/// Properties of ninjs 3.0 (ninjs-schema_3.0.json) by the property they stand in; it allows no other.
const NINJS: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "uri",
            "standard",
            "type",
            "representationType",
            "firstCreated",
            "versionCreated",
            "language",
            "headlines",
            "descriptions",
            "by",
            "located",
            "bodies",
            "copyrightNotice",
            "rightsInfo",
            "edNote",
            "genres",
            "subjects",
            "people",
            "organisations",
            "places",
            "infoSources",
            "associations",
            "renditions",
            "name",
            "rel",
        ],
    ),
    ("standard", &["name", "version", "schema"]),
    ("headlines", &["role", "contentType", "value"]),
    ("descriptions", &["role", "contentType", "value"]),
    ("bodies", &["role", "contentType", "charCount", "wordCount", "value"]),
    ("rightsInfo", &["langId", "linkedRights", "encodedRights"]),
    ("genres", &["name", "uri", "literal"]),
    ("subjects", &["name", "rel", "uri", "literal"]),
    ("people", &["name", "rel", "uri", "literal", "contactInfo"]),
    ("organisations", &["name", "rel", "uri", "literal", "symbols", "contactInfo"]),
    ("places", &["name", "rel", "uri", "literal", "contactInfo", "geoJSON"]),
    ("infoSources", &["name", "role", "uri", "literal", "contactInfo"]),
    ("renditions", &["name", "href", "contentType", "title", "width", "height"]),
    ("contactInfo", &["type", "role", "lang", "name", "value", "address"]),
];

fn check_ninjs(value: &Value, within: &str) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| check_ninjs(item, within)),
        Value::Object(object) => {
            // An associated object has the properties of the whole.
            let at = if within == "associations" { "" } else { within };
            let known = NINJS.iter().find(|(name, _)| *name == at);
            let (_, known) = known.unwrap_or_else(|| panic!("no object in {within}"));
            for (key, value) in object {
                assert!(known.contains(&key.as_str()), "{key} in {within}");
                check_ninjs(value, key);
            }
            assert!(!at.is_empty() || object.contains_key("uri"), "uri in {within}");
        }
        _ => {}
    }
}

#[test]
fn ninjs_has_only_its_properties() {
    for article in [read(), full(), bare(Vec::new())] {
        let json = write(&article, Format::Ninjs, &FormatOptions::default());
        let value: Value = serde_json::from_str(&json).expect("JSON");
        check_ninjs(&value, "");
        for (key, length) in [("firstCreated", 25), ("versionCreated", 25)] {
            let time = value[key].as_str();
            assert!(time.is_none_or(|time| time.len() == length), "{key}: {time:?}");
        }
    }
}
