//! The module as Python sees it. Where there is no Python, the test says so and passes.

#![allow(clippy::disallowed_methods, reason = "a test copies the library and runs Python")]

use std::io::Write as _;
use std::process::Command;
use std::{env, fs};

const SCRIPT: &str = r#"
import news
story = "“Wir gewinnen,” said Ana Ruiz, mayor of Köln, on Friday.\n\nNobody else spoke."
read = news.read(story, written="2024-05-04", language="en")
quote = read["reading"]["quotes"][0]
start, end = quote["contents"][0]["start"], quote["contents"][0]["end"]
assert story[start:end] == "Wir gewinnen,", story[start:end]
assert quote["speaker"]["name"] == "Ana Ruiz", quote
assert read["reading"]["times"][0]["value"] == "2024-05-03"

page = "<html><head><title>Ferry sails</title></head><body><article><h1>Ferry sails</h1>" + \
    "<p>The ferry sailed again on Tuesday, two days after the storm, and everybody was aboard.</p>" * 4
article = news.extract(page.encode(), url="https://paper.example/ferry", any_page=True)
assert article["metadata"]["headline"]["value"] == "Ferry sails"
assert "reading" in article and "reading" not in news.extract(page, reading=False, any_page=True)
try:
    news.extract(b"")
except ValueError as error:
    assert "empty" in str(error), error
else:
    raise AssertionError("an empty page was read")
"#;

#[test]
fn python_reads_pages_and_texts() {
    let built = env::current_exe().expect("a path");
    let library = built.ancestors().map(|folder| folder.join("libnews.so")).find(|f| f.exists());
    let Some(library) = library else { return skip("no libnews.so beside the test") };
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(library, folder.path().join("news.abi3.so")).expect("copied");
    let python =
        Command::new("python3").args(["-c", SCRIPT]).env("PYTHONPATH", folder.path()).output();
    let Ok(output) = python else { return skip("no python3") };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn skip(why: &str) {
    let _ = writeln!(std::io::stderr(), "news-py is not tested: {why}");
}
