//! The reading, pass by pass: composed cases of `fixtures/language`, and what holds for any text.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod entities;
mod people;
mod quotes;
mod sentences;
mod soup;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[derive(Deserialize)]
struct Fixture<T> {
    case: Vec<T>,
}

/// The composed cases of a file in `fixtures/language`, at least as many as stated.
fn cases<T: DeserializeOwned>(
    file: &str,
    least: usize,
) -> Result<Vec<T>, Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/language");
    let fixture: Fixture<T> = toml::from_str(&std::fs::read_to_string(folder.join(file))?)?;
    assert!(fixture.case.len() >= least, "only {} cases in {file}", fixture.case.len());
    Ok(fixture.case)
}

/// A file or folder of `shared`, which stands above the workspace. Says so where it is absent.
fn shared(path: &str) -> Option<PathBuf> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = above.map(|folder| folder.join("shared").join(path)).find(|path| path.exists());
    if found.is_none() {
        let _ = writeln!(std::io::stderr(), "skipped: no shared/{path} above the workspace");
    }
    found
}
