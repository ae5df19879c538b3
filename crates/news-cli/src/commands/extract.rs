//! `news extract`: pages in, articles out.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use news_core::format::{self, Format, FormatOptions, JsonStyle};
use news_core::{Article, Options, Trace};

use super::{objection, piped, read, threads, usage_error};
use crate::args::ExtractArgs;
use crate::exit::Exit;
use crate::input::{Found, Input, Walk};
use crate::output::{self, Content, Output, Record};
use crate::pipeline;
use crate::progress::Progress;
use crate::{summary, talk};

/// Reads the pages and writes their articles in the order of the inputs.
pub(crate) fn run(args: &ExtractArgs) -> anyhow::Result<Exit> {
    let plan = Plan::new(args);
    let mut output = Output::open(args.output.output.as_deref(), plan.extension())?;
    let progress = Progress::new(plan.several && !plan.shows_on_terminal());
    let mut exit = Exit::Fine;
    let mut first = true;
    let walk = Walk::new(plan.inputs.clone());
    let jobs = if plan.several { threads(args.jobs) } else { 1 };
    pipeline::in_order(
        walk,
        jobs,
        |found| plan.read(found),
        |page| {
            exit = exit.max(page.exit);
            progress.step();
            page.say(&progress);
            let Some((input, content)) = &page.content else {
                return Ok(());
            };
            let between = if std::mem::take(&mut first) { "" } else { plan.between() };
            match (&output, content) {
                (Output::Stdout, Content::Text(text)) if plan.view == View::Summary => {
                    output::to_stdout_in_colour(&format!("{between}{text}"))
                }
                _ => output.write(input, between, content),
            }
        },
    )?;
    output.finish()?;
    Ok(exit)
}

/// What a page is turned into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    /// For people.
    Summary,
    /// For programs and files.
    Data(Format),
}

/// What the arguments mean.
struct Plan<'a> {
    args: &'a ExtractArgs,
    inputs: Vec<PathBuf>,
    /// Whether there may be more than one page.
    several: bool,
    /// Whether each page has a file of its own.
    apart: bool,
    view: View,
    options: Options,
    format: FormatOptions,
}

impl<'a> Plan<'a> {
    fn new(args: &'a ExtractArgs) -> Self {
        let inputs = if args.inputs.is_empty() { vec![piped()] } else { args.inputs.clone() };
        let several = inputs.len() > 1 || inputs.iter().any(|input| input.is_dir());
        let apart = args.output.output.as_deref().is_some_and(output::is_folder);
        let plan = Self {
            args,
            several,
            apart,
            view: view(args, several && !apart),
            options: args.source.options(),
            format: FormatOptions {
                offset_unit: args.output.offset_unit.into(),
                fields: args.output.fields.clone(),
                standalone: args.output.standalone,
            },
            inputs,
        };
        plan.check();
        plan
    }

    /// Ends the program where arguments do not go together.
    fn check(&self) {
        let output = &self.args.output;
        let is_json = matches!(self.view, View::Data(Format::Json | Format::Ndjson));
        if output.fields.is_some() && !is_json {
            usage_error("--fields gives JSON: it does not go with another --format");
        }
        if output.explain && !is_json && self.view != View::Summary {
            usage_error("--explain gives JSON: it does not go with another --format");
        }
        let is_xml = matches!(self.view, View::Data(Format::Nitf | Format::Tei));
        if is_xml && self.several && !self.apart {
            usage_error(
                "nitf and tei are one document a page: write several into a folder (-o DIR/)",
            );
        }
        if self.several && self.args.source.url.is_some() {
            usage_error("--url is the address of one page: it does not go with several");
        }
        let is_input = |path: &Path| self.inputs.iter().any(|i| output::is_same_file(i, path));
        if !self.apart && output.output.as_deref().is_some_and(is_input) {
            usage_error("-o names an input, which would be replaced");
        }
        if self.inputs.iter().filter(|input| *input == Path::new("-")).count() > 1 {
            usage_error("standard input (-) can be read only once");
        }
    }

    fn extension(&self) -> &'static str {
        match self.view {
            View::Summary => Format::Text.extension(),
            View::Data(format) => format.extension(),
        }
    }

    fn shows_on_terminal(&self) -> bool {
        self.args.output.output.is_none() && std::io::stdout().is_terminal()
    }

    /// What stands between two articles in one stream.
    fn between(&self) -> &'static str {
        match self.view {
            View::Data(Format::Json | Format::Ndjson | Format::JsonLd | Format::Ninjs) => "",
            View::Data(Format::Markdown) => "\n* * *\n\n",
            View::Summary | View::Data(_) => "\n",
        }
    }

    fn read(&self, found: Found) -> Page {
        match found {
            Found::Page(input) => self.read_page(input),
            Found::Skipped(path, why) => Page::without_text(
                Exit::Fine,
                format!("{} is passed over: {why}", talk::name(&path)),
            ),
            Found::Missing(path, why) => {
                Page::without_text(Exit::Failed, format!("{}: {why}", talk::name(&path)))
            }
        }
    }

    fn read_page(&self, input: Input) -> Page {
        let result = read(&input, &self.args.source, &self.options, |source| {
            let (article, trace) = if self.args.output.explain {
                news_core::explain(source, &self.options)
                    .map(|(article, trace)| (article, Some(trace)))?
            } else {
                (news_core::extract(source, &self.options)?, None)
            };
            let objection = objection(&article, &self.options);
            Ok((self.content(article, trace, &input), objection))
        });
        match result {
            Err(why) => Page::without_text(Exit::Failed, format!("{}: {why}", input.name())),
            Ok((content, None)) => {
                Page { exit: Exit::Fine, message: None, content: Some((input, content)) }
            }
            Ok((content, Some(why))) => {
                let message = Some(format!("{}: {why}", input.name()));
                Page { exit: Exit::NoArticle, message, content: Some((input, content)) }
            }
        }
    }

    fn content(&self, article: Article, trace: Option<Trace>, input: &Input) -> Content {
        Content::Text(match self.view {
            View::Summary => {
                let title =
                    if self.several { format!("{}\n", input.name()) } else { String::new() };
                let decisions = trace.map(|trace| format!("\n{}", summary::decisions(&trace)));
                title + &summary::summary(&article) + &decisions.unwrap_or_default()
            }
            View::Data(Format::Json) => {
                return self.json(article, trace, input, JsonStyle::Indented);
            }
            View::Data(Format::Ndjson) => {
                return self.json(article, trace, input, JsonStyle::Line);
            }
            View::Data(format) => format::write(&article, format, &self.format),
        })
    }

    /// JSON: that of several pages is made here, where there are threads for it, that of a single one as it
    /// is written.
    fn json(
        &self,
        article: Article,
        trace: Option<Trace>,
        input: &Input,
        style: JsonStyle,
    ) -> Content {
        let record = Record {
            input: (self.several && !self.apart).then(|| input.label()),
            article: format::into_document(article, &self.format),
            trace,
        };
        if self.several {
            Content::Text(format::to_json(&record, style))
        } else {
            Content::Json(Box::new(record), style)
        }
    }
}

/// The view asked for, or the one that fits where the output goes. `stream`: several articles go
/// into one.
fn view(args: &ExtractArgs, stream: bool) -> View {
    let output = &args.output;
    let ending = output.output.as_deref().and_then(Path::extension).and_then(|e| e.to_str());
    let by_ending = ending.and_then(|ending| ending.parse().ok());
    let for_people =
        output.output.is_none() && output.fields.is_none() && std::io::stdout().is_terminal();
    match output.format.or(by_ending) {
        Some(Format::Json) | None if stream && !(for_people && output.format.is_none()) => {
            View::Data(Format::Ndjson)
        }
        Some(format) => View::Data(format),
        None if for_people => View::Summary,
        None => View::Data(Format::Json),
    }
}

/// What came of one input.
struct Page {
    exit: Exit,
    message: Option<String>,
    content: Option<(Input, Content)>,
}

impl Page {
    fn without_text(exit: Exit, message: String) -> Self {
        Self { exit, message: Some(message), content: None }
    }

    fn say(&self, progress: &Progress) {
        let Some(message) = &self.message else { return };
        progress.pause(|| match self.exit {
            Exit::Failed => talk::error(message),
            Exit::NoArticle => talk::warning(message),
            Exit::Fine => talk::note(message),
        });
    }
}
