//! The binary `news-server`: everything is in the library beside it.

use std::process::ExitCode;

use clap::Parser;
use news_server::ServeArgs;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Reads news pages over HTTP.
#[derive(Debug, Parser)]
#[command(name = "news-server", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    serve: ServeArgs,
}

#[expect(clippy::print_stderr, reason = "the last word of a program that could not start")]
fn main() -> ExitCode {
    match news_server::run(Cli::parse().serve) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("news-server: {error}");
            ExitCode::FAILURE
        }
    }
}
