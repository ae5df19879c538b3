//! `news read`: what a story says, alone.

use std::io::IsTerminal;

use news_core::Options;
use news_core::article::Readout;
use news_core::format::{JsonStyle, to_json};
use serde::Serialize;

use super::{objection, piped, read};
use crate::args::ReadArgs;
use crate::exit::Exit;
use crate::input::{Found, Input, Walk};
use crate::output::{to_stdout, to_stdout_in_colour};
use crate::{readout, talk};

/// Reads the inputs one after another.
pub(crate) fn run(args: &ReadArgs) -> anyhow::Result<Exit> {
    let inputs = if args.inputs.is_empty() { vec![piped()] } else { args.inputs.clone() };
    let several = inputs.len() > 1 || inputs.iter().any(|input| input.is_dir());
    let for_people = !args.json && std::io::stdout().is_terminal();
    let mut exit = Exit::Fine;
    for found in Walk::new(inputs) {
        let input = match found {
            Found::Page(input) => input,
            Found::Skipped(path, why) => {
                talk::note(&format!("{} is passed over: {why}", talk::name(&path)));
                continue;
            }
            Found::Missing(path, why) => {
                talk::error(&format!("{}: {why}", talk::name(&path)));
                exit = exit.max(Exit::Failed);
                continue;
            }
        };
        match read_input(args, &input) {
            Err(why) => {
                talk::error(&format!("{}: {why}", input.name()));
                exit = exit.max(Exit::Failed);
            }
            Ok((text, why)) => {
                if let Some(why) = why {
                    talk::warning(&format!("{}: {why}", input.name()));
                    exit = exit.max(Exit::NoArticle);
                }
                if for_people {
                    to_stdout_in_colour(&readout::shown(&text))?;
                } else {
                    to_stdout(&json(args, text, several.then(|| input.label())))?;
                }
            }
        }
    }
    Ok(exit)
}

/// What the input says, and why it counts as holding no story.
fn read_input(args: &ReadArgs, input: &Input) -> Result<(Readout, Option<String>), String> {
    let options = Options { reading: true, ..args.source.options() };
    read(input, &args.source, &options, |source| {
        if args.as_is {
            return Ok((news_core::read_text(source, &options)?, None));
        }
        let article = news_core::extract(source, &options)?;
        let why = objection(&article, &options);
        Ok((Readout::from(article), why))
    })
}

fn json(args: &ReadArgs, readout: Readout, input: Option<String>) -> String {
    let style = if input.is_some() { JsonStyle::Line } else { JsonStyle::Indented };
    let readout = readout.with_offsets(args.offset_unit.into());
    to_json(&Record { input, readout }, style)
}

/// One JSON record.
#[derive(Serialize)]
struct Record {
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<String>,
    #[serde(flatten)]
    readout: Readout,
}
