//! What the service says of itself agrees with what it does.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use boon::{Compiler, Schemas};
use news_server::tables::tables;
use news_server::{Config, ENDPOINTS, openapi};
use serde_json::{Value, json};

use super::{PAGE, ask};

/// Set: the document is written anew instead of compared.
const UPDATE: &str = "NEWS_UPDATE_DOCS";

fn document() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/http.md")
}

#[test]
fn the_tables_of_the_document_are_those_of_the_code() {
    let text = fs::read_to_string(document()).expect("docs/http.md");
    let mut fresh = String::new();
    let mut rest = text.as_str();
    let mut seen = 0;
    while let Some((before, after)) = rest.split_once("<!-- table: ") {
        let (name, after) = after.split_once(" -->\n").expect("a name");
        let (_, after) = after.split_once("<!-- end -->").expect("an end");
        let table = tables().into_iter().find(|table| table.name == name).expect(name);
        let table = table.markdown();
        let _ = write!(fresh, "{before}<!-- table: {name} -->\n{table}<!-- end -->");
        rest = after;
        seen += 1;
    }
    fresh += rest;
    assert_eq!(seen, tables().len(), "every table is in the document");
    if env::var_os(UPDATE).is_some() {
        fs::write(document(), &fresh).expect("written");
    }
    assert!(fresh == text || env::var_os(UPDATE).is_some(), "run the test with {UPDATE}=1");
}

/// Compiles the schema at `pointer` of `description`.
fn validate(description: &Value, pointer: &str, value: &Value) -> Result<(), String> {
    let mut compiler = Compiler::new();
    compiler.add_resource("http://test/openapi.json", description.clone()).expect("a resource");
    let mut schemas = Schemas::new();
    let index = compiler
        .compile(&format!("http://test/openapi.json#{pointer}"), &mut schemas)
        .map_err(|error| format!("{pointer}: {error:#}"))?;
    schemas.validate(value, index).map_err(|error| format!("{pointer}: {error:#}"))
}

#[test]
fn the_description_holds_together() {
    let description = openapi::description();
    assert_eq!(description["openapi"], "3.1.0");
    for key in ["title", "version"] {
        assert!(description["info"][key].is_string());
    }
    let mut ids = Vec::new();
    for endpoint in ENDPOINTS {
        let operation = &description["paths"][endpoint.path][endpoint.method.to_lowercase()];
        assert!(operation["responses"]["200"]["description"].is_string(), "{}", endpoint.path);
        ids.push(operation["operationId"].as_str().expect("an id").to_owned());
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "{ids:?}");

    let text = description.to_string();
    for reference in text.split("\"$ref\":\"").skip(1) {
        let target = reference.split('"').next().expect("a target");
        let pointer = target.strip_prefix('#').expect("a local reference");
        assert!(description.pointer(pointer).is_some(), "{target} leads nowhere");
    }
    // Each schema is one by the JSON Schema standard.
    for name in description["components"]["schemas"].as_object().expect("schemas").keys() {
        let pointer = format!("/components/schemas/{name}");
        let _ = validate(&description, &pointer, &Value::Null);
        assert!(
            !validate(&description, &pointer, &Value::Null)
                .is_err_and(|e| e.contains("not valid against metaschema")),
            "{name}"
        );
    }
}

#[test]
fn answers_fit_the_description() {
    let description = openapi::description();
    let schema = |name: &str| format!("/components/schemas/{name}");
    let html = "content-type: text/html";
    let article = ask("POST /v1/articles:extract", html, PAGE).json();
    assert_eq!(validate(&description, &schema("Article"), &article), Ok(()));
    let explained = ask("POST /v1/articles:explain", html, PAGE).json();
    assert_eq!(validate(&description, &schema("Article"), &explained), Ok(()));
    assert_eq!(validate(&description, &schema("Trace"), &explained["trace"]), Ok(()));
    let problem = ask("POST /v1/articles:extract", html, "").json();
    assert_eq!(validate(&description, &schema("Problem"), &problem), Ok(()));
    assert!(validate(&description, &schema("Problem"), &json!({ "status": "x" })).is_err());
    let lines = format!("{}\n{{\"html\": \"\"}}", json!({ "id": 1, "html": PAGE }));
    let batch = ask("POST /v1/articles:batch", "content-type: application/x-ndjson", lines);
    for line in batch.text().lines() {
        let line = serde_json::from_str(line).expect("JSON");
        assert_eq!(validate(&description, &schema("BatchAnswer"), &line), Ok(()));
    }
    let request = json!({ "html": PAGE, "options": { "fields": ["headline"] } });
    assert_eq!(validate(&description, &schema("ArticleRequest"), &request), Ok(()));
    assert!(validate(&description, &schema("ArticleRequest"), &json!({ "htm": 1 })).is_err());
}

#[test]
fn pages_run_nothing_but_their_own_script() {
    for (path, script) in [("/", "script-src 'sha256-"), ("/docs", "script-src 'none'")] {
        let answer = ask(&format!("GET {path}"), "", "");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        assert!(!policy.contains("unsafe") && policy.contains(script), "{policy}");
        let page = answer.text();
        for outside in ["src=", "@import", " style=\"", " onclick=\"", "href=\"http", "url("] {
            let scripts_aside = page.split("<script>").next().expect("a page");
            assert!(!scripts_aside.contains(outside), "{path} has {outside}");
        }
        assert_eq!(page.matches("</script>").count(), page.matches("<script>\"use").count());
    }
    let docs = ask("GET /docs", "", "");
    for kind in news_server::problem::KINDS {
        assert!(docs.text().contains(&format!("id=\"problem-{}\"", kind.code)));
    }
}

/// Blocks of the document in a language.
fn examples(language: &str) -> Vec<String> {
    let text = fs::read_to_string(document()).expect("docs/http.md");
    let blocks = text.split("```").skip(1).step_by(2);
    let blocks = blocks.filter_map(|block| block.strip_prefix(&format!("{language}\n")));
    blocks.map(str::to_owned).collect()
}

#[test]
fn the_examples_of_the_document_run() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("page.html"), PAGE).expect("written");
    super::run(async {
        let service = super::sockets::start(Config::default()).await;
        let address = format!("http://{}", service.address);
        let mut outputs = BTreeMap::new();
        for (language, program, flag, needed) in [
            ("sh", "sh", "-c", "curl"),
            ("python", "python3", "-c", "python3"),
            ("javascript", "node", "-e", "node"),
        ] {
            if Command::new(needed).arg("--version").output().is_err() {
                super::say(&format!("no {needed}: the examples in {language} are not run"));
                continue;
            }
            let mut said = Vec::new();
            for example in examples(language).into_iter().filter(|e| !e.starts_with("cargo ")) {
                let mut command = Command::new(program);
                command.arg(flag).arg(&example).current_dir(folder.path()).env("NEWS", &address);
                let output = tokio::task::spawn_blocking(move || command.output());
                let output = output.await.expect("no panic").expect("a process");
                let errors = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "{example}\n{errors}");
                said.push(String::from_utf8_lossy(&output.stdout).into_owned());
            }
            outputs.insert(language, said);
        }
        for (language, said) in outputs {
            match (language, said.as_slice()) {
                ("sh", [fields, batch]) => {
                    assert_eq!(fields.matches("Ferry resumes after storm").count(), 1, "{fields}");
                    assert_eq!(batch.lines().count(), 2, "{batch}");
                    assert!(batch.contains("\"empty\""), "{batch}");
                }
                ("python", [title]) => assert_eq!(title.trim(), "Ferry resumes after storm"),
                ("javascript", [page]) => {
                    assert!(page.starts_with("# Ferry resumes after storm"), "{page}");
                }
                other => panic!("another number of examples: {other:?}"),
            }
        }
        service.end().await;
    });
}
