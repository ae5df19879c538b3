//! `news man DIR`

use std::fs;

use anyhow::Context;
use clap::CommandFactory;

use crate::args::{Cli, ManArgs};
use crate::exit::Exit;
use crate::talk;

/// Writes `news.1`, `news-extract.1` and so on.
pub(crate) fn run(args: &ManArgs) -> anyhow::Result<Exit> {
    let folder = &args.folder;
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
        .with_context(|| format!("cannot write into {}", talk::name(folder)))?;
    Ok(Exit::Fine)
}
