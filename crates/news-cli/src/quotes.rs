//! Who said what, as a table for people, Markdown, CSV and JSON.

use std::fmt::Write as _;

use news_core::article::{Attribution, QuoteKind, Stance};
use news_core::format::{JsonStyle, to_json};
use owo_colors::OwoColorize;
use serde::Serialize;

use crate::summary::{clean, spoken};

/// What stands for a speaker whom the text does not name.
const NOBODY: &str = "—";

/// One quote after another: speaker, role, what is said.
pub(crate) fn table(rows: &[Attribution<'_>], input: Option<&str>) -> String {
    let mut out = String::new();
    if let Some(input) = input {
        let _ = writeln!(out, "{}\n", clean(input).underline());
    }
    for row in rows {
        let _ = write!(out, "{}", clean(row.speaker.unwrap_or(NOBODY)).bold());
        if let Some(role) = row.role {
            let _ = write!(out, ", {}", clean(role));
        }
        if let Some(cue) = row.cue {
            let _ = write!(out, "{}", format!(" ({})", clean(cue)).dimmed());
        }
        let _ = writeln!(out, "\n  {}\n", said(row));
    }
    if rows.is_empty() {
        let _ = writeln!(out, "{}", "no quotes".dimmed());
    }
    out
}

/// A table of CommonMark's GitHub dialect.
pub(crate) fn markdown(rows: &[Attribution<'_>], input: Option<&str>) -> String {
    let mut out = input.map_or(String::new(), |input| format!("**{}**\n\n", cell(input)));
    out.push_str("| speaker | role | quote |\n|---|---|---|\n");
    for row in rows {
        let speaker = cell(row.speaker.unwrap_or(NOBODY));
        let role = cell(row.role.unwrap_or_default());
        let _ = writeln!(out, "| {speaker} | {role} | {} |", cell(&said(row)));
    }
    out.push('\n');
    out
}

/// Text that no Markdown reader takes for markup.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in clean(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '!' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// Records as in RFC 4180, with a header line where `with_header`.
pub(crate) fn csv(rows: &[Attribution<'_>], input: Option<&str>, with_header: bool) -> String {
    const HEADER: [&str; 10] =
        ["input", "speaker", "mention", "role", "kind", "cue", "stance", "quote", "block", "start"];
    let mut out = String::new();
    if with_header {
        push_record(&mut out, HEADER.map(str::to_owned));
    }
    for row in rows {
        let text = |part: Option<&str>| part.unwrap_or_default().to_owned();
        let stance = row.stance.map(|stance| spoken(&stance)).unwrap_or_default();
        let record = [
            text(input),
            text(row.speaker),
            text(row.mention),
            text(row.role),
            spoken(&row.kind),
            text(row.cue),
            stance,
            row.said.join(" … "),
            row.span.block.to_string(),
            row.span.start.to_string(),
        ];
        push_record(&mut out, record);
    }
    out
}

/// The same columns as in CSV, as JSON.
pub(crate) fn json(rows: &[Attribution<'_>], input: Option<&str>) -> String {
    let style = if input.is_some() { JsonStyle::Line } else { JsonStyle::Indented };
    let quotes = rows.iter().map(|row| Row {
        speaker: row.speaker,
        mention: row.mention,
        role: row.role,
        kind: row.kind,
        cue: row.cue,
        stance: row.stance,
        quote: row.said.join(" … "),
        block: row.span.block,
        start: row.span.start,
    });
    to_json(&Record { input, quotes: quotes.collect() }, style)
}

/// One JSON record.
#[derive(Serialize)]
struct Record<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'r str>,
    quotes: Vec<Row<'r>>,
}

/// One quote.
#[derive(Serialize)]
struct Row<'r> {
    speaker: Option<&'r str>,
    mention: Option<&'r str>,
    role: Option<&'r str>,
    kind: QuoteKind,
    cue: Option<&'r str>,
    stance: Option<Stance>,
    quote: String,
    block: u32,
    start: u32,
}

fn push_record<const N: usize>(out: &mut String, fields: [String; N]) {
    let fields = fields.map(|field| csv_field(&field));
    out.push_str(&fields.join(","));
    out.push_str("\r\n");
}

/// What begins a formula in one spreadsheet or another, in both widths; tabs and line ends, which do so
/// too, never begin a field.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A quoted field. An apostrophe before what a spreadsheet takes for a formula makes it text.
fn csv_field(text: &str) -> String {
    let text = clean(text);
    let guard = if text.starts_with(FORMULA) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// What is said on one line, in quotation marks where the text has them.
fn said(row: &Attribution<'_>) -> String {
    let text = clean(&row.said.join(" … "));
    if row.kind == QuoteKind::Direct { format!("“{text}”") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_acts() {
        assert_eq!(csv_field("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(csv_field(" \t＝1"), "\"'＝1\"");
        assert_eq!(csv_field("a\u{1b}[31m,\nb"), "\"a[31m, b\"");
        assert_eq!(cell("a|b <script> *c*"), "a\\|b &lt;script> \\*c\\*");
    }
}
