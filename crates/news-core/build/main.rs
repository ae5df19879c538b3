//! Lays out word lists and models so that no process has to: `src/frozen.rs` looks words up where they stand,
//! and what nobody asks for costs neither time nor memory.
//!
//! The readable files stay the source. Each module here writes the file of the module of its name in `src`,
//! and takes from there what both must agree on.

#![allow(clippy::disallowed_methods, reason = "a build reads and writes files")]
#![allow(clippy::print_stdout, reason = "and tells cargo of them")]

mod bylines;
mod gazetteer;
mod languages;
mod models;
mod people;
mod quotes;
mod table;

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=lexicon");
    let folder = env::var("OUT_DIR").expect("cargo names a folder");
    let write = |name: &str, file: Vec<u8>| {
        fs::write(Path::new(&folder).join(name), file).expect("the folder takes files");
    };
    write("bylines.table", bylines::table());
    write("agencies.table", bylines::agencies());
    write("people.table", people::table());
    write("gazetteer.table", gazetteer::table());
    for model in models::MODELS {
        let (name, file) = models::packed(model);
        write(&name, file);
    }
    for script in languages::SCRIPTS {
        write(&format!("trigrams_{script}.table"), languages::table(script));
        write(&format!("alphabets_{script}.tsv"), languages::alphabets(script).into_bytes());
    }
    let parts = quotes::parts();
    write("parts.rs", quotes::code(&parts).into_bytes());
    for language in quotes::LANGUAGES {
        write(&format!("quotes_{language}.table"), quotes::table(language, &parts));
        write(&format!("lemmas_{language}.tsv"), quotes::lemma_list(language).into_bytes());
    }
}
