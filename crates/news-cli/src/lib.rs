//! What the binary `news` is made of, as a library, so that tests and the quality gate call the
//! same code as the command line.
//!
//! [`main`] parses ([`args`](crate), two layers: what was typed, and what it means), runs one
//! command, and says with its exit code how it went. Data goes to standard output, talk to
//! standard error.

pub mod eval;

mod args;
mod commands;
mod exit;
mod input;
mod output;
mod pipeline;
mod progress;
mod quotes;
mod readout;
mod summary;
mod talk;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};
use crate::exit::Exit;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = Cli::parse_from(args::with_default_command(std::env::args_os().collect()));
    cli.color.choose();
    run(cli.command).unwrap_or_else(|error| exit::report(&error)).into()
}

fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Extract(args) => commands::extract::run(&args),
        Command::Inspect(args) => commands::inspect::run(&args),
        Command::Read(args) => commands::read::run(&args),
        Command::Quotes(args) => commands::quotes::run(&args),
        Command::Eval(args) => commands::eval::run(&args),
        Command::Schema => commands::schema::run(),
        Command::Serve(args) => commands::serve::run(*args),
        Command::Completions(args) => commands::completions::run(&args),
        Command::Man(args) => commands::man::run(&args),
    }
}
