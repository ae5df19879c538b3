//! `news read`: what a story says, alone.

use std::io::IsTerminal;

use news_core::Options;
use news_core::article::Readout;
use news_core::format::{JsonStyle, to_json};
use serde::Serialize;

use super::{objection, piped, read};
use crate::args::{ReadArgs, TextArgs};
use crate::exit::Exit;
use crate::input::{Found, Input, Walk};
use crate::output::{to_stdout, to_stdout_in_colour};
use crate::{readout, talk};

/// Prints what each input says.
pub(crate) fn run(args: &ReadArgs) -> anyhow::Result<Exit> {
    let for_people = !args.json && std::io::stdout().is_terminal();
    each(&args.text, |readout, input| {
        if for_people {
            to_stdout_in_colour(&readout::shown(&readout))
        } else {
            to_stdout(&json(args, readout, input.map(str::to_owned)))
        }
    })
}

/// Hands what each input says to `sink`, with the input's name where there are several. Says what
/// cannot be read or holds no story.
pub(super) fn each(
    args: &TextArgs,
    mut sink: impl FnMut(Readout, Option<&str>) -> anyhow::Result<()>,
) -> anyhow::Result<Exit> {
    let inputs = if args.inputs.is_empty() { vec![piped()] } else { args.inputs.clone() };
    let several = inputs.len() > 1 || inputs.iter().any(|input| input.is_dir());
    let mut exit = Exit::Fine;
    for found in Walk::new(inputs) {
        match found {
            Found::Page(input) => match read_input(args, &input) {
                Err(why) => exit = exit.max(failed(&input.name(), &why)),
                Ok((readout, why)) => {
                    if let Some(why) = why {
                        talk::warning(&format!("{}: {why}", input.name()));
                        exit = exit.max(Exit::NoArticle);
                    }
                    sink(readout, several.then(|| input.label()).as_deref())?;
                }
            },
            Found::Skipped(path, why) => {
                talk::note(&format!("{} is passed over: {why}", talk::name(&path)));
            }
            Found::Missing(path, why) => exit = exit.max(failed(&talk::name(&path), &why)),
        }
    }
    Ok(exit)
}

fn failed(name: &str, why: &str) -> Exit {
    talk::error(&format!("{name}: {why}"));
    Exit::Failed
}

/// What the input says, and why it counts as holding no story.
fn read_input(args: &TextArgs, input: &Input) -> Result<(Readout, Option<String>), String> {
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
