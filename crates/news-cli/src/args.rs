//! The command line as it is typed.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;
use clap::{Args, Parser, Subcommand, ValueEnum};
use news_core::article::OffsetUnit;
use news_core::format::{FieldPath, Format};
use news_core::{Content, Options, Source, checks};

use news_io::address::Policy;
use news_io::fetch::{FetchOptions, charset_of};

use crate::eval::language::Task;
use crate::input::Loaded;

/// Reads news pages: the article, its metadata, and where each value came from.
#[derive(Debug, Parser)]
#[command(name = "news", version, max_term_width = 100)]
#[command(override_usage = "news [extract] [OPTIONS] [FILE|DIR|URL|-]...\n       news <COMMAND>")]
#[command(after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
}

const EXAMPLES: &str = "\
Examples:
  news page.html                          what the page says, for people
  news page.html --format markdown        the article as Markdown
  news https://…                          a page from the web
  curl -sL URL | news - --url URL         the same by another program
  news pages/ -o out/ --format json       a folder, one file each
  news pages/ --fields headline,published one JSON line a page
  news inspect page.html                  where each value came from
  pbpaste | news read -                   sentences, dates and times of a text

Exit codes:
  0  all went well
  1  an input held no article, or so much that text was left out
  2  the command line makes no sense
  3  an input could not be read, or the output not written";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read articles (the default: `news FILE` is `news extract FILE`)
    Extract(ExtractArgs),
    /// Show where each value came from, and why each block was kept or removed
    Inspect(InspectArgs),
    /// Read what a story says: sentences, dates and times, with their places in the text
    Read(ReadArgs),
    /// Who said what: speaker, role, quote
    Quotes(QuotesArgs),
    /// Score extractions against gold pages
    Eval(EvalArgs),
    /// Print the JSON Schema of the article
    Schema,
    /// Serve over HTTP, with a playground in the browser
    Serve(Box<news_server::ServeArgs>),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Write man pages into a folder
    Man(ManArgs),
}

/// Names that stand first on a command line that names its command.
const COMMANDS: [&str; 10] = [
    "extract",
    "inspect",
    "read",
    "quotes",
    "eval",
    "schema",
    "serve",
    "completions",
    "man",
    "help",
];

/// The arguments with `extract` put in where no command is named.
pub(crate) fn with_default_command(mut args: Vec<OsString>) -> Vec<OsString> {
    let mut at = 1;
    while let Some(arg) = args.get(at).and_then(|arg| arg.to_str()) {
        match arg {
            "--color" => at += 2,
            _ if arg.starts_with("--color=") => at += 1,
            "-h" | "--help" | "-V" | "--version" => return args,
            _ if COMMANDS.contains(&arg) => return args,
            _ => break,
        }
    }
    args.insert(at.min(args.len()), "extract".into());
    args
}

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

impl Color {
    /// Makes the choice for everything that is written from here on.
    pub(crate) fn choose(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    /// Pages to read: files and folders (recursively), plain or gzipped; http and https addresses;
    /// `-` for standard input
    #[arg(value_name = "FILE|DIR|URL|-")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Pages read at once [default: one a processor]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) source: SourceArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// json, ndjson, markdown, text, html, jsonld, ninjs, nitf or tei [default: json, or a summary on a terminal]
    #[arg(short, long, value_parser = formats(), hide_possible_values = true)]
    pub(crate) format: Option<Format>,
    /// Only these fields, as JSON: `headline,authors.name,text`, or paths of the schema
    #[arg(long, value_delimiter = ',', value_name = "FIELD,...")]
    pub(crate) fields: Option<Vec<FieldPath>>,
    /// Write to this file, or one file each into this folder (one that exists, or ends with `/`)
    #[arg(short, long, value_name = "FILE|DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Write a file of its own: HTML with a head, Markdown with front matter
    #[arg(long)]
    pub(crate) standalone: bool,
    /// Add why each block was kept or removed (JSON and summary)
    #[arg(long)]
    pub(crate) explain: bool,
    /// Unit of text offsets in JSON
    #[arg(long, value_enum, default_value_t, value_name = "UNIT")]
    pub(crate) offset_unit: Unit,
}

fn formats() -> impl clap::builder::TypedValueParser<Value = Format> {
    let names = Format::ALL.map(|format| match format {
        Format::Ndjson => clap::builder::PossibleValue::new("ndjson").alias("jsonl"),
        Format::Markdown => clap::builder::PossibleValue::new("markdown").alias("md"),
        Format::Text => clap::builder::PossibleValue::new("text").alias("txt"),
        other => clap::builder::PossibleValue::new(other.name()),
    });
    PossibleValuesParser::new(names).try_map(|name| name.parse::<Format>())
}

/// Unit of text offsets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unit {
    /// Unicode code points (Python).
    #[default]
    Codepoint,
    /// UTF-8 bytes (Rust, Go).
    Utf8,
    /// UTF-16 code units (JavaScript, Java).
    Utf16,
}

impl From<Unit> for OffsetUnit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Codepoint => Self::Codepoint,
            Unit::Utf8 => Self::Utf8,
            Unit::Utf16 => Self::Utf16,
        }
    }
}

/// What is known about the pages.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is known about the page")]
pub(crate) struct SourceArgs {
    /// Where the page was fetched from, where that is not the address itself; nothing is requested
    /// from there
    #[arg(long, value_parser = checks::url)]
    pub(crate) url: Option<String>,
    /// Encoding that the transport stated
    #[arg(long, value_parser = checks::charset, value_name = "LABEL")]
    pub(crate) charset: Option<String>,
    /// Media type that the transport stated, such as text/html
    #[arg(long, value_parser = checks::content_type, value_name = "TYPE")]
    pub(crate) content_type: Option<String>,
    /// Read it as HTML or as plain text, whatever it looks like
    #[arg(long = "input", value_enum, value_name = "KIND", conflicts_with = "content_type")]
    pub(crate) read_as: Option<InputKind>,
    /// When the page was fetched: an ISO 8601 day or time
    #[arg(long, value_parser = checks::moment, value_name = "TIME")]
    pub(crate) fetched_at: Option<String>,
    /// When the story was written, where neither dateline nor publication date tells
    #[arg(long, value_parser = checks::moment, value_name = "TIME")]
    pub(crate) written: Option<String>,
    /// Language to assume where the page does not tell, such as `de`
    #[arg(long, value_parser = checks::language, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// Read the readers' comments too
    #[arg(long, help_heading = "What to read")]
    pub(crate) comments: bool,
    /// Give the main content of pages that are no article
    #[arg(long, help_heading = "What to read")]
    pub(crate) any_page: bool,
    /// Leave out what is less sure than this, 0 to 1
    #[arg(long, value_parser = checks::share, default_value_t, hide_default_value = true,
        value_name = "SHARE", help_heading = "What to read")]
    pub(crate) min_confidence: f32,
    /// Leave out what the story says (sentences, times, entities, quotes): faster, shorter
    #[arg(long, help_heading = "What to read")]
    pub(crate) no_reading: bool,
    #[command(flatten)]
    pub(crate) fetch: FetchArgs,
}

/// How pages are fetched that are named by their address.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fetching")]
pub(crate) struct FetchArgs {
    /// Fetch from addresses that are not public too, such as this machine
    #[arg(long)]
    pub(crate) allow_private: bool,
    /// Fetch without asking robots.txt
    #[arg(long)]
    pub(crate) ignore_robots: bool,
}

impl FetchArgs {
    /// A person who names an address may have it at any port.
    pub(crate) fn options(&self) -> FetchOptions {
        let any_address = self.allow_private;
        FetchOptions {
            robots: !self.ignore_robots,
            policy: Policy { any_address, any_port: true, ..Policy::default() },
            ..FetchOptions::default()
        }
    }
}

/// What to read the input as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputKind {
    /// A page.
    Html,
    /// Plain text.
    Text,
}

impl InputKind {
    fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Text => "text/plain",
        }
    }
}

impl SourceArgs {
    /// The page, with what is known about it: flags before what the site said.
    pub(crate) fn source<'a>(&'a self, loaded: &'a Loaded) -> Source<'a> {
        let page = loaded.page.as_ref();
        let stated = page.and_then(|page| page.content_type.as_deref());
        Source {
            content: Content::Bytes(&loaded.bytes),
            url: self.url.as_deref().or(page.map(|page| page.url.as_str())),
            charset: self.charset.as_deref().or(stated.and_then(charset_of)),
            content_type: self
                .read_as
                .map(InputKind::media_type)
                .or(self.content_type.as_deref())
                .or(stated),
            fetched_at: self.fetched_at.as_deref(),
            today: Some(&loaded.today),
            written: self.written.as_deref(),
            language: self.language.as_deref(),
        }
    }

    pub(crate) fn options(&self) -> Options {
        Options {
            reading: !self.no_reading,
            comments: self.comments,
            any_page: self.any_page,
            min_confidence: self.min_confidence,
            ..Options::default()
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    /// Page to read: a file, an address, or `-` for standard input (the default where something is
    /// piped in)
    #[arg(value_name = "FILE|URL|-")]
    pub(crate) input: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) source: SourceArgs,
}

/// Texts whose meaning is read.
#[derive(Debug, Args)]
pub(crate) struct TextArgs {
    /// Texts or pages to read: files, folders (recursively), or `-` for standard input
    #[arg(value_name = "FILE|DIR|-")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Take the text as it stands, nothing for page junk, headline or sign-off: ranges count in it
    #[arg(long)]
    pub(crate) as_is: bool,
    #[command(flatten)]
    pub(crate) source: SourceArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// Print JSON on a terminal too
    #[arg(long)]
    pub(crate) json: bool,
    /// Unit of text offsets in JSON
    #[arg(long, value_enum, default_value_t, value_name = "UNIT")]
    pub(crate) offset_unit: Unit,
    #[command(flatten)]
    pub(crate) text: TextArgs,
}

#[derive(Debug, Args)]
pub(crate) struct QuotesArgs {
    /// How to print them
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: QuotesFormat,
    /// Indirect speech too: what is attributed without quotation marks
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) text: TextArgs,
}

/// How quotes are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum QuotesFormat {
    /// For people.
    #[default]
    Table,
    /// A Markdown table.
    Markdown,
    /// CSV with a header.
    Csv,
    /// JSON, one line an input where there are several.
    Json,
}

/// Flags of `eval` that only say something about pages.
const PAGE_FLAGS: [&str; 9] = [
    "gold",
    "per_page",
    "by",
    "worst",
    "punkt",
    "no_rouge",
    "calibration",
    "any_page",
    "languages",
];

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(crate) struct EvalArgs {
    /// Folders of gold pages, each with its gold.jsonl; with --task, files of gold texts
    #[arg(required = true, value_name = "DIR|FILE")]
    pub(crate) sets: Vec<PathBuf>,
    /// Score a reading of texts instead of pages
    #[arg(long, value_enum, conflicts_with_all = PAGE_FLAGS)]
    pub(crate) task: Option<Task>,
    /// Only gold texts of these genres
    #[arg(long, value_delimiter = ',', value_name = "GENRE,...", requires = "task")]
    pub(crate) genre: Option<Vec<String>>,
    /// Score these predictions instead of running this engine
    #[arg(long, value_name = "FILE", conflicts_with = "write_predictions")]
    pub(crate) pred: Option<PathBuf>,
    /// Gold file, where it is not the folder's gold.jsonl
    #[arg(long, value_name = "FILE")]
    pub(crate) gold: Option<PathBuf>,
    /// Write what this engine says about each page here, JSON Lines
    #[arg(long, value_name = "FILE")]
    pub(crate) write_predictions: Option<PathBuf>,
    /// Write the figures of each page here
    #[arg(long, value_name = "TSV")]
    pub(crate) per_page: Option<PathBuf>,
    /// Print JSON instead of tables
    #[arg(long)]
    pub(crate) json: bool,
    /// Also print the figures for each value of this gold field
    #[arg(long, value_name = "FIELD")]
    pub(crate) by: Option<String>,
    /// Also print the worst pages with their missing and extra words
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) worst: usize,
    /// Punkt's parameters, where they are not in their usual place
    #[arg(long, value_name = "FILE")]
    pub(crate) punkt: Option<PathBuf>,
    /// Also print a row of figures for each language
    #[arg(long, conflicts_with = "json")]
    pub(crate) languages: bool,
    /// Score the main content of pages that are no article too
    #[arg(long)]
    pub(crate) any_page: bool,
    /// Print how well confidences mean what they say, instead of the usual figures
    #[arg(long)]
    pub(crate) calibration: bool,
    /// Leave out ROUGE, the slowest figure
    #[arg(long)]
    pub(crate) no_rouge: bool,
    /// Pages read at once [default: one a processor]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// Shell to complete for
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Folder to write into; made where it is missing
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_is_known_to_the_default() {
        let command = Cli::command();
        let mut names: Vec<_> = command.get_subcommands().map(clap::Command::get_name).collect();
        names.push("help");
        assert_eq!(names, COMMANDS);
    }

    #[test]
    fn extract_is_the_default_command() {
        let full = |line: &str| {
            let args = with_default_command(line.split(' ').map(OsString::from).collect());
            args.iter().map(|arg| arg.to_string_lossy()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(full("news"), "news extract");
        assert_eq!(full("news -"), "news extract -");
        assert_eq!(full("news a.html --help"), "news extract a.html --help");
        assert_eq!(full("news --color never a.html"), "news --color never extract a.html");
        assert_eq!(full("news --color=never schema"), "news --color=never schema");
        assert_eq!(full("news --help"), "news --help");
    }
}
