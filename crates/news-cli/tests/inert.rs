//! What a page writes acts nowhere: not on the terminal (titles, names, texts, addresses and file names
//! full of control characters, through every command and format, piped and at a terminal), not in a
//! sheet, not in a Markdown table.

#![cfg(unix)]
#![expect(clippy::print_stderr, reason = "a test says what it did not try")]

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};

use pulldown_cmark::{Event, Options, Parser, Tag};
use tempfile::TempDir;

/// Clears the screen, sets the title, reorders, ends a line, by 7-bit and 8-bit controls. No colour of our
/// own has the number 666.
const ACTS: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{1b}[666m\u{9b}666m\u{9d}0;owned\u{9c}\u{202e}\u{2066}\u{8}\r\u{7f}\u{85}";
/// The same as references of HTML, of which C1 become Windows-1252 and the rest stays.
const REFERENCES: &str = "&#27;[2J&#27;]0;owned&#7;&#x9b;666m&#8238;&#8;&#13;&#127;";
/// The same as JSON.
const ESCAPES: &str = "\\u001b[2J\\u001b]0;owned\\u0007\\u009b666m\\u202e\\b\\r\\u007f";
/// A file name; all but `/` and NUL may stand in one.
const NAME: &str = "a\u{1b}[666m\n\u{202e}=1.html";

fn page() -> String {
    let (x, y, z) = (ACTS, REFERENCES, ESCAPES);
    let prose = format!(
        "“We {x} wait {y} here for the bridge,” said Ana {y} Li {x}, the {x} mayor of Köln, on 2 {x} May \
         2024, and the council {y} met on Monday {x} and decided to build it."
    );
    format!(
        "<!DOCTYPE html><html lang=\"en{y}\"><head><title>Bridge {x}{y} opens</title>\
         <meta property=og:site_name content=\"Daily {x}{y}\"><meta name=author content=\"Bo {x}{y} Ek\">\
         <meta property=og:description content=\"Deck {x}{y} of it\">\
         <meta name=keywords content=\"tag {x}, {y}\"><link rel=canonical href=\"/a{x}{y}b\">\
         <script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Bridge {z}{x} opens\",\
         \"datePublished\":\"2024-05-02{z}\",\"author\":{{\"name\":\"Cy {z} Fox\"}}}}</script></head>\
         <body><article class=\"story {x}\"><h1>Bridge {x}{y} opens</h1><p class=byline>By Bo {x} Ek</p>\
         <p>{prose}</p><img src=\"/i{x}.jpg\" alt=\"{x}{y}\"><pre>code {x}{y}</pre>\
         <p><a href=\"/l{x}{y}\">{prose}</a></p><ul><li>{prose}<li>{x}</ul><p>{prose}</p>\
         <table><tr><td>{x}<td>{y}</table><p>{prose}</p></article>\
         <div class=comments><p>{x}{y} comment</p></div></body></html>"
    )
}

/// Runs of `news` on files of this folder, of which one has a name that acts.
const RUNS: &[&[&str]] = &[
    &["extract"],
    &["extract", "--explain"],
    &["extract", "--format", "ndjson"],
    &["extract", "--format", "markdown"],
    &["extract", "--format", "text"],
    &["extract", "--format", "html"],
    &["extract", "--format", "jsonld"],
    &["extract", "--format", "ninjs"],
    &["extract", "--format", "nitf"],
    &["extract", "--format", "tei"],
    &["read"],
    &["read", "--json"],
    &["quotes", "--all"],
    &["quotes", "--all", "--format", "markdown"],
    &["quotes", "--all", "--format", "csv"],
];

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for name in [NAME, "b.html"] {
        fs::write(folder.path().join(name), page()).expect("a page");
    }
    folder
}

fn news(folder: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("news"));
    command.current_dir(folder.path()).args(args).stdin(Stdio::null());
    command
}

/// Everything written, on both streams.
fn written(command: &mut Command) -> String {
    let output = command.output().expect("it runs");
    String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8")
}

/// No character that acts but line feed and tab, once our own colours are taken out.
fn check(text: &str, what: &[&str]) {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain += before;
        let end = after.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(after.len());
        let (numbers, after) = after.split_at(end);
        let ours = after.strip_prefix('m').filter(|_| numbers.len() <= 2);
        rest = ours.unwrap_or_else(|| panic!("{what:?}: a sequence of the page in {text:?}"));
    }
    plain += rest;
    let acts = plain.chars().find(|c| !matches!(c, '\n' | '\t') && is_acting(*c));
    assert_eq!(acts, None, "{what:?}: {plain:?}");
}

fn is_acting(c: char) -> bool {
    news_core::format::without_controls(c.encode_utf8(&mut [0; 4])) != c.to_string()
}

#[test]
fn nothing_acts_when_piped() {
    let folder = folder();
    for run in RUNS {
        for colour in ["never", "always"] {
            let is_document = run.iter().any(|arg| ["nitf", "tei"].contains(arg));
            let inputs: &[&str] = if is_document { &[NAME] } else { &[NAME, "b.html"] };
            let args = [*run, &["--color", colour], inputs].concat();
            // Records of CSV end so.
            let text = written(&mut news(&folder, &args)).replace("\r\n", "\n");
            assert!(text.len() > 400, "{args:?}: {text}");
            check(&text, &args);
        }
    }
    for input in [NAME, "no\u{1b}[666m\u{9b}.html"] {
        let args = ["inspect", "--color", "always", input];
        check(&written(&mut news(&folder, &args)), &args);
    }
}

#[test]
fn nothing_acts_at_a_terminal() {
    let folder = folder();
    let program = assert_cmd::cargo::cargo_bin!("news");
    for run in ["extract", "extract --explain", "read", "inspect", "quotes --all"] {
        // `script` of util-linux gives a program a terminal; it passes on what is written there.
        let line = format!("{} {run} b.html", program.display());
        let mut script = Command::new("script");
        script.current_dir(folder.path()).args(["-qec", &line, "/dev/null"]).stdin(Stdio::null());
        let Ok(output) = script.output() else {
            eprintln!("no program `script`: not tried at a terminal");
            return;
        };
        let text = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
        assert!(text.contains("\u{1b}[") && text.contains("Ana"), "{run}: {text:?}");
        check(&text, &[run]);
    }
}

#[test]
fn no_cell_of_a_sheet_is_a_formula() {
    let folder = TempDir::new().expect("a folder");
    let mut page = String::from("<article><h1>Mill stays</h1>");
    for begin in
        ["=HYPERLINK(\"http://e.example\")", "+1", "-1", "@SUM(1)", "\t=1", "\u{a0}=1", "＝1"]
    {
        let _ = write!(
            page,
            "<p>“{begin} we wait, as we always have,” said {begin} Ana Li on Monday.</p>"
        );
    }
    fs::write(folder.path().join("=1.html"), &page).expect("a page");
    fs::write(folder.path().join("b.html"), &page).expect("a page");
    let args = ["quotes", "--all", "--format", "csv", "=1.html", "b.html"];
    let csv =
        String::from_utf8(news(&folder, &args).output().expect("it runs").stdout).expect("UTF-8");
    let cells: Vec<&str> =
        csv.lines().flat_map(|line| line.trim_matches('"').split("\",\"")).collect();
    assert!(cells.len() > 50, "{csv}");
    for cell in cells {
        let first = cell.trim_start().chars().next();
        assert!(
            !matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')),
            "{cell:?}"
        );
    }
}

#[test]
fn no_cell_of_a_table_is_markup() {
    let folder = TempDir::new().expect("a folder");
    let mut page = String::from("<article><h1>Mill stays</h1>");
    for hostile in [
        "&lt;script>alert(1)&lt;/script>",
        "&lt;img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](http://e.example/x)",
        "&lt;http://e.example>",
        "a | b | c \\| d \\\\| e",
        "`code` ``` ~~gone~~ **bold** __bold__ [^1]",
        "&amp;lt;script>",
    ] {
        let _ =
            write!(page, "<p>“We {hostile} wait, as we always have,” said Ana Li on Monday.</p>");
    }
    for name in ["[x](javascript:alert(1))|<b>.html", "b.html"] {
        fs::write(folder.path().join(name), &page).expect("a page");
    }
    let args = ["quotes", "--all", "--format", "markdown", "."];
    let output = news(&folder, &args).output().expect("it runs");
    let markdown = String::from_utf8(output.stdout).expect("UTF-8");
    let mut cells = 0;
    for event in Parser::new_ext(&markdown, Options::all()) {
        match event {
            Event::Start(Tag::TableCell) => cells += 1,
            Event::Start(
                Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::Paragraph | Tag::Strong,
            )
            | Event::End(_)
            | Event::Text(_)
            | Event::SoftBreak => {}
            other => panic!("{other:?} in {markdown}"),
        }
    }
    let rows = markdown.lines().filter(|line| line.starts_with('|')).count() - 2;
    assert!(rows > 8 && cells == 3 * rows, "{cells} cells in {rows} rows: {markdown}");
}
