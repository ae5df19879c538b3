//! One module a command.

pub(crate) mod completions;
pub(crate) mod eval;
pub(crate) mod extract;
pub(crate) mod inspect;
pub(crate) mod man;
pub(crate) mod quotes;
pub(crate) mod read;
pub(crate) mod schema;
pub(crate) mod serve;

use std::io::IsTerminal;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use clap::CommandFactory;
use clap::error::ErrorKind;
use news_core::article::Kind;
use news_core::{Article, Options, Source};

use crate::args::{Cli, SourceArgs};
use crate::input::Input;
use crate::summary;

/// Ends the program like clap does where flags do not go together.
fn usage_error(message: &str) -> ! {
    Cli::command().error(ErrorKind::ArgumentConflict, message).exit()
}

/// Reads a page. One page that trips a bug of the reader must not end the work on the others.
fn read<T>(
    input: &Input,
    known: &SourceArgs,
    options: &Options,
    reader: impl FnOnce(&Source<'_>) -> Result<T, news_core::Error>,
) -> Result<T, String> {
    let loaded = input.read(options.limits.input_bytes, &known.fetch.options())?;
    let result = catch_unwind(AssertUnwindSafe(|| reader(&known.source(&loaded))));
    match result {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("trips a bug of news: please report it, with the page".to_owned()),
    }
}

/// Why the page counts as holding no article, or not all of it; `None` if it holds one.
fn objection(article: &Article, options: &Options) -> Option<String> {
    let verdict = &article.verdict;
    if !verdict.is_article && !options.any_page {
        let kind = match verdict.kind {
            Kind::NotArticle => String::new(),
            kind => format!(", but a page of kind {}", summary::spoken(&kind)),
        };
        let sure = summary::percent(verdict.confidence);
        return Some(format!("no article{kind} ({sure} sure); --any-page gives its main content"));
    }
    if article.blocks.is_empty() {
        return Some("no text of an article was found".to_owned());
    }
    let said = article.warnings.iter().map(|warning| warning.message.as_str());
    article
        .truncated
        .then(|| format!("not all of it was read: {}", said.collect::<Vec<_>>().join("; ")))
}

/// Standard input, where something is piped into it; at a terminal that would only hang.
fn piped() -> PathBuf {
    if std::io::stdin().is_terminal() {
        usage_error("nothing to read: name a FILE, or pipe a page in (see news --help)");
    }
    PathBuf::from("-")
}

/// Threads to use.
fn threads(jobs: Option<std::num::NonZeroUsize>) -> usize {
    let all = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    jobs.map_or(all, std::num::NonZeroUsize::get)
}
