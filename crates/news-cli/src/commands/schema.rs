//! `news schema`

use crate::exit::Exit;
use crate::output;

/// Prints the JSON Schema of the article.
pub(crate) fn run() -> anyhow::Result<Exit> {
    output::to_stdout(&format!("{:#}\n", news_core::format::schema()))?;
    Ok(Exit::Fine)
}
