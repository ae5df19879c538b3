//! The committed JSON Schema is that of the model, and written articles fit it.

use std::fs;
use std::path::Path;

use boon::{Compiler, Schemas};
use news_core::format::{Format, FormatOptions, schema, write};

use crate::article::{bare, full};

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
