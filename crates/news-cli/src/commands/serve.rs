//! `news serve`: the engine over HTTP.

use crate::exit::Exit;

/// Serves until it is told to stop.
pub(crate) fn run(args: news_server::ServeArgs) -> anyhow::Result<Exit> {
    news_server::run(args)?;
    Ok(Exit::Fine)
}
