//! How the program ends.

use std::io;
use std::process::ExitCode;

use crate::talk;

/// Exit codes, from best to worst. 2, for a command line that makes no sense, is given by clap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All went well.
    Fine = 0,
    /// All inputs were read, but one held no article, or so much that text was left out.
    NoArticle = 1,
    /// An input could not be read, or the output not written.
    Failed = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Says what ended the program. A reader that went away (`news … | head`) is no failure.
pub(crate) fn report(error: &anyhow::Error) -> Exit {
    if is_broken_pipe(error) {
        return Exit::Fine;
    }
    talk::error(&format!("{error:#}"));
    Exit::Failed
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let of_pipe = |e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe;
    error.chain().filter_map(|cause| cause.downcast_ref()).any(of_pipe)
}
