//! Figures as a table for people.

use std::collections::BTreeSet;

use super::metrics::{DateMetrics, Metrics, NoneMetrics, SpreadMetrics};

/// Fields of a prediction that can be absent from all of them.
pub(super) const FIELDS: [&str; 7] =
    ["title", "authors", "published", "modified", "description", "tags", "language"];

/// One line a figure, each with the number of pages it is over. The fields in `absent`, which no
/// prediction carries, are named in one line instead of shown as zeros.
pub fn table(metrics: &Metrics, absent: &BTreeSet<&str>) -> String {
    let gone: Vec<&str> =
        FIELDS.into_iter().filter(|field| absent.contains(field) && has(metrics, field)).collect();
    let shown = without(metrics.clone(), &gone);
    let mut lines = body_lines(&shown);
    lines.extend(snippet_lines(&shown));
    lines.extend(name_lines(&shown));
    lines.extend(date_lines(&shown));
    lines.extend(text_lines(&shown));
    if !gone.is_empty() {
        lines.push(format!("  not in any prediction (scores 0): {}", gone.join(", ")));
    }
    lines.join("\n")
}

fn has(metrics: &Metrics, field: &str) -> bool {
    match field {
        "title" => metrics.title.is_some(),
        "authors" => metrics.authors.is_some(),
        "published" => metrics.published.is_some(),
        "modified" => metrics.modified.is_some(),
        "description" => metrics.description.is_some(),
        "tags" => metrics.tags.is_some(),
        _ => metrics.language.is_some(),
    }
}

fn without(mut metrics: Metrics, gone: &[&str]) -> Metrics {
    for field in gone {
        match *field {
            "title" => metrics.title = None,
            "authors" => (metrics.authors, metrics.authors_none) = (None, None),
            "published" => {
                (metrics.published, metrics.published_none) = (None, None);
                metrics.htmldate = None;
            }
            "modified" => (metrics.modified, metrics.modified_none) = (None, None),
            "description" => metrics.description = None,
            "tags" => metrics.tags = None,
            _ => metrics.language = None,
        }
    }
    metrics
}

fn line(name: &str, n: usize, text: &str) -> String {
    format!("  {name:<13} n={n:<5} {text}")
}

/// `name 0.123`, three spaces between.
fn figures(all: &[(&str, f64)]) -> String {
    let shown: Vec<_> = all.iter().map(|(name, value)| format!("{name} {value:.3}")).collect();
    shown.join("   ")
}

fn body_lines(metrics: &Metrics) -> Vec<String> {
    let aeb = metrics.aeb.map(|x| {
        let prf = [("f1", x.f1), ("precision", x.precision), ("recall", x.recall)];
        line("aeb", x.n, &format!("{}   accuracy {:.3}", figures(&prf), x.accuracy))
    });
    let aeb_u = metrics.aeb_u.map(|x| {
        let prf = [("f1", x.f1), ("precision", x.precision), ("recall", x.recall)];
        line("aeb-u", x.n, &figures(&prf))
    });
    let wcxb = metrics.wcxb.map(|x| {
        let (f1, p, r) = (x.f1, x.precision, x.recall);
        line("wcxb word", x.n, &format!("f1 {f1:.4}   precision {p:.4}   recall {r:.4}"))
    });
    let rouge = metrics.rouge.map(|x| spread_line("rouge-LSum", &x));
    let para = metrics.para.map(|x| spread_line("paragraphs", &x));
    [aeb, aeb_u, wcxb, rouge, para].into_iter().flatten().collect()
}

fn spread_line(name: &str, x: &SpreadMetrics) -> String {
    let one = |name, mean: f64, sd: f64| format!("{name} {:.2} ± {:.2}", 100.0 * mean, 100.0 * sd);
    let shown = [
        one("f1", x.f1, x.f1_sd),
        one("precision", x.precision, x.precision_sd),
        one("recall", x.recall, x.recall_sd),
    ];
    line(name, x.n, &shown.join("   "))
}

fn snippet_lines(metrics: &Metrics) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(x) = metrics.wcxb_snippets {
        lines.push(line("wcxb with", x.n_with, &format!("{:.1}%", 100.0 * x.with)));
        let without = format!("{:.1}% (lower is better)", 100.0 * x.without);
        lines.push(line("wcxb without", x.n_without, &without));
    }
    lines.extend(metrics.traf.map(|x| {
        let shown = figures(&[
            ("f1", x.f1),
            ("precision", x.precision),
            ("recall", x.recall),
            ("accuracy", x.accuracy),
        ]);
        let counts = format!("({} with, {} without)", x.with, x.without);
        line("traf segments", x.n, &format!("{shown}   {counts}"))
    }));
    lines
}

fn name_lines(metrics: &Metrics) -> Vec<String> {
    let title = metrics.title.map(|x| {
        let shown = [
            ("exact", x.exact),
            ("gold inside answer", x.inside),
            ("token f1", x.f1),
            ("answered", x.answered),
        ];
        line("title", x.n, &figures(&shown))
    });
    let authors = metrics.authors.map(|x| {
        let shown = [
            ("f1", x.f1),
            ("precision", x.precision),
            ("recall", x.recall),
            ("all right", x.all_right),
            ("token f1", x.token_f1),
            ("answered", x.answered),
        ];
        line("authors", x.n, &figures(&shown))
    });
    let none = metrics.authors_none.map(|x| none_line("authors", "author", x));
    [title, authors, none].into_iter().flatten().collect()
}

fn none_line(field: &str, what: &str, x: NoneMetrics) -> String {
    let text = format!("gold says no {what}: answered on {}", x.answered);
    line(&format!("{field} none"), x.n, &text)
}

fn date_lines(metrics: &Metrics) -> Vec<String> {
    let htmldate = metrics.htmldate.map(|x| {
        let prf = [("f1", x.f1), ("precision", x.precision), ("recall", x.recall)];
        line("htmldate", x.n, &format!("{}   accuracy {:.3}", figures(&prf), x.accuracy))
    });
    let lines = [
        metrics.published.map(|x| date_line("published", x)),
        metrics.published_none.map(|x| none_line("published", "date", x)),
        metrics.modified.map(|x| date_line("modified", x)),
        metrics.modified_none.map(|x| none_line("modified", "date", x)),
        htmldate,
    ];
    lines.into_iter().flatten().collect()
}

fn date_line(name: &str, x: DateMetrics) -> String {
    let shown = [
        ("same day", x.accuracy),
        ("precision", x.precision),
        ("recall", x.recall),
        ("answered", x.answered),
        ("within a day", x.within_1_day),
    ];
    line(name, x.n, &figures(&shown))
}

fn text_lines(metrics: &Metrics) -> Vec<String> {
    let description = metrics.description.map(|x| {
        let shown = [("exact", x.exact), ("token f1", x.f1), ("answered", x.answered)];
        line("description", x.n, &figures(&shown))
    });
    let tags = metrics.tags.map(|x| {
        let prf = [("f1", x.f1), ("precision", x.precision), ("recall", x.recall)];
        line("tags", x.n, &figures(&prf))
    });
    let language = metrics
        .language
        .map(|x| line("language", x.n, &figures(&[("right", x.right), ("answered", x.answered)])));
    [description, tags, language].into_iter().flatten().collect()
}
