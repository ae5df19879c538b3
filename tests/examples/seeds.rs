//! Writes the seeds of the fuzz targets: `cargo run -p news-tests --example seeds -- FOLDER` makes a
//! folder a target in FOLDER.

use std::fs;
use std::io;
use std::path::PathBuf;

use news_tests::{seeds, targets};

fn main() -> io::Result<()> {
    let folder =
        std::env::args_os().nth(1).map_or_else(|| PathBuf::from("fuzz/corpus"), PathBuf::from);
    for (target, _) in targets::TARGETS {
        let folder = folder.join(target);
        fs::create_dir_all(&folder)?;
        for (at, seed) in seeds::of(target).iter().enumerate() {
            fs::write(folder.join(format!("seed-{at:04}")), seed)?;
        }
    }
    Ok(())
}
