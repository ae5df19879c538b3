//! `news quotes`: who said what, as a table or as data.

use news_core::article::{Attribution, Readout};

use super::read::each;
use crate::args::{QuotesArgs, QuotesFormat};
use crate::exit::Exit;
use crate::output::{to_stdout, to_stdout_in_colour};
use crate::quotes;

/// Prints the quotes of each input.
pub(crate) fn run(args: &QuotesArgs) -> anyhow::Result<Exit> {
    let mut first = true;
    each(&args.text, |readout, input| {
        let rows = rows(args, &readout);
        let text = match args.format {
            QuotesFormat::Table => quotes::table(&rows, input),
            QuotesFormat::Markdown => quotes::markdown(&rows, input),
            QuotesFormat::Csv => quotes::csv(&rows, input, std::mem::take(&mut first)),
            QuotesFormat::Json => quotes::json(&rows, input),
        };
        match args.format {
            QuotesFormat::Table => to_stdout_in_colour(&text),
            QuotesFormat::Markdown | QuotesFormat::Csv | QuotesFormat::Json => to_stdout(&text),
        }
    })
}

/// What is asked for: speech in quotation marks, or everything that is attributed.
fn rows<'r>(args: &QuotesArgs, readout: &'r Readout) -> Vec<Attribution<'r>> {
    let all = readout.attributions();
    all.into_iter().filter(|row| args.all || row.is_in_marks()).collect()
}
