//! The reference as tables, for the page that the service serves and for the documents.

use std::fmt::Write as _;

use news_core::format::Format;

use crate::config::{Config, SETTINGS};
use crate::metrics::METRICS;
use crate::negotiate::essence;
use crate::problem::KINDS;
use crate::request::PARAMETERS;
use crate::routes::ENDPOINTS;

/// A table of the reference.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name: an anchor, and the mark by which a document includes it.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    columns: &'static [&'static str],
    rows: Vec<Row>,
}

#[derive(Debug, Clone)]
struct Row {
    anchor: Option<String>,
    /// The first is code, the others prose.
    cells: Vec<String>,
}

impl Row {
    fn new(cells: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { anchor: None, cells: cells.into_iter().map(Into::into).collect() }
    }
}

/// Every table.
#[must_use]
pub fn tables() -> Vec<Table> {
    vec![endpoints(), parameters(), formats(), problems(), settings(), metrics()]
}

fn endpoints() -> Table {
    let row = |e: &crate::routes::Endpoint| {
        Row::new([format!("{} {}", e.method, e.path), e.summary.to_owned()])
    };
    Table {
        name: "endpoints",
        title: "Endpoints",
        columns: &["Endpoint", "What it does"],
        rows: ENDPOINTS.iter().map(row).collect(),
    }
}

fn parameters() -> Table {
    Table {
        name: "parameters",
        title: "Parameters of the query",
        columns: &["Parameter", "Meaning"],
        rows: PARAMETERS.iter().map(|(name, meaning)| Row::new([*name, *meaning])).collect(),
    }
}

fn formats() -> Table {
    let row = |format: Format| {
        let media = format!("`{}`", essence(format.media_type()));
        Row::new([format.name().to_owned(), media, format.standard().to_owned()])
    };
    Table {
        name: "formats",
        title: "Formats",
        columns: &["`format`", "Media type", "Standard"],
        rows: Format::ALL.into_iter().map(row).collect(),
    }
}

fn problems() -> Table {
    let row = |kind: &crate::problem::Kind| Row {
        anchor: Some(format!("problem-{}", kind.code)),
        ..Row::new([
            kind.code.to_owned(),
            kind.status.to_string(),
            if kind.retryable { "yes" } else { "no" }.to_owned(),
            kind.title.to_owned(),
        ])
    };
    Table {
        name: "problems",
        title: "Problems",
        columns: &["Code", "Status", "Try again", "Meaning"],
        rows: KINDS.iter().map(row).collect(),
    }
}

fn settings() -> Table {
    let defaults = toml::Table::try_from(Config::default()).unwrap_or_default();
    let row = |&(name, variable, meaning): &(&str, &str, &str)| {
        let default = defaults.get(name).map(ToString::to_string).unwrap_or_default();
        let flag = format!("--{}", name.replace('_', "-"));
        Row::new([flag, format!("`{variable}`"), format!("`{default}`"), meaning.trim().to_owned()])
    };
    Table {
        name: "settings",
        title: "Settings",
        columns: &["Flag", "Environment", "Default", "Meaning"],
        rows: SETTINGS.iter().map(row).collect(),
    }
}

fn metrics() -> Table {
    Table {
        name: "metrics",
        title: "Metrics",
        columns: &["Metric", "Type", "Meaning"],
        rows: METRICS.iter().map(|(a, b, c)| Row::new([*a, *b, *c])).collect(),
    }
}

impl Table {
    /// The table as GitHub's Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("| {} |\n", self.columns.join(" | "));
        let _ = writeln!(out, "|{}", "---|".repeat(self.columns.len()));
        for row in &self.rows {
            let cells = row
                .cells
                .iter()
                .enumerate()
                .map(|(at, cell)| if at == 0 { format!("`{cell}`") } else { cell.clone() });
            let _ = writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "));
        }
        out
    }

    /// The table as HTML, with its heading.
    pub(crate) fn html(&self) -> String {
        let mut out = format!("<h2 id=\"{}\">{}</h2><table><thead><tr>", self.name, self.title);
        for column in self.columns {
            let _ = write!(out, "<th scope=\"col\">{}</th>", with_code(column));
        }
        out.push_str("</tr></thead><tbody>");
        for row in &self.rows {
            match &row.anchor {
                Some(anchor) => drop(write!(out, "<tr id=\"{}\">", escaped(anchor))),
                None => out.push_str("<tr>"),
            }
            for (at, cell) in row.cells.iter().enumerate() {
                let code = if at == 0 { format!("`{cell}`") } else { cell.clone() };
                let _ = write!(out, "<td>{}</td>", with_code(&code));
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table>");
        out
    }
}

/// Text as HTML, what stands between backticks as code.
fn with_code(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        let part = escaped(part);
        let _ =
            if at % 2 == 1 { write!(out, "<code>{part}</code>") } else { write!(out, "{part}") };
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
