//! Every limit is documented as it stands, and says so where it cuts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use news_core::article::Readout;
use news_core::{Article, Limits, Options, Source, WarningCode, extract, read_text};
use news_tests::{read_soundly, root};

const STORY: &str = "<h1>Mill stays</h1><p>The council voted on Tuesday to keep the old mill open.</p>\
    <p>\u{201c}We had no choice,\u{201d} said Ana Ruiz, the mayor. Nobody objected, and the vote was short.</p>";

fn read(page: &str, limits: Limits) -> Article {
    let options = Options { limits, ..Options::default() };
    read_soundly(&Source::text(page), &options).unwrap_or_else(|refused| panic!("{refused}"))
}

/// What the article says about reaching a limit.
fn warning(article: &Article, code: WarningCode) -> &str {
    let found = article.warnings.iter().find(|warning| warning.code == code);
    found.map_or_else(|| panic!("no {code:?} among {:?}", article.warnings), |w| &w.message)
}

/// Fields and defaults of [`Limits`], as it shows itself.
fn fields() -> BTreeMap<String, u64> {
    let shown = format!("{:?}", Limits::default());
    let inner = shown.trim_start_matches("Limits { ").trim_end_matches(" }");
    let field = |part: &str| {
        let (name, value) = part.split_once(": ").expect("a name and a value");
        (name.to_owned(), value.parse().expect("a number"))
    };
    inner.split(", ").map(field).collect()
}

/// `32 MiB`, `1,000,000`.
fn number(written: &str) -> Option<u64> {
    let (digits, unit) = match written.strip_suffix(" MiB") {
        Some(digits) => (digits, 1 << 20),
        None => (written, 1),
    };
    Some(digits.replace(',', "").parse::<u64>().ok()? * unit)
}

#[test]
fn the_document_has_every_limit_and_its_default() {
    let text = fs::read_to_string(root().join("docs/limits.md")).expect("docs/limits.md");
    let row = |line: &str| {
        let mut cells = line.strip_prefix("| `")?.split(" | ");
        let name = cells.next()?.strip_suffix('`')?.to_owned();
        Some((name, number(cells.next()?.trim())?))
    };
    let table: BTreeMap<String, u64> = text
        .split_once("## Limits of a page")
        .expect("the table")
        .1
        .lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .filter_map(row)
        .collect();
    assert_eq!(table, fields());
}

#[test]
fn ordinary_pages_reach_none() {
    let article = read(STORY, Limits::default());
    assert!(!article.truncated && article.warnings.is_empty(), "{:?}", article.warnings);
}

#[test]
fn cells_of_tables() {
    let rows = (1..9).fold("<tr><th>Ward<th>Votes".to_owned(), |mut rows, n| {
        let _ = write!(rows, "<tr><td>Ward {n}<td>{n}04");
        rows
    });
    let more = "<p>The wards voted by show of hands, and the clerk counted twice to be sure.</p>";
    let page = format!("<article>{STORY}<table>{rows}</table>{more}</article>");
    let article = read(&page, Limits { table_cells: 6, ..Limits::default() });
    let message = warning(&article, WarningCode::CellLimit);
    assert_eq!(message, "tables have 18 cells: rows after the first 6 are left out");
    assert!(article.truncated);
    assert!(article.text().contains("Ward 2") && !article.text().contains("Ward 3"));
}

#[test]
fn blocks() {
    let article = read(STORY, Limits { blocks: 1, ..Limits::default() });
    let message = warning(&article, WarningCode::BlockLimit);
    assert_eq!(message, "the story has 2 blocks: those after 1 were left out");
    assert!(article.truncated && article.blocks.len() == 1);
    let text = "The council voted.\n\nNobody objected.\n\nThe mill stays open for a year.";
    let options =
        Options { limits: Limits { blocks: 2, ..Limits::default() }, ..Options::default() };
    let article = extract(&Source::text(text), &options).expect("a text");
    assert!(article.truncated && article.blocks.len() == 2);
}

#[test]
fn bytes_of_text() {
    let article = read(STORY, Limits { text_bytes: 60, ..Limits::default() });
    let message = warning(&article, WarningCode::TextLimit);
    assert!(message.ends_with(": text_bytes = 60"), "{message}");
    // All text is there; only its meaning is not read.
    assert!(!article.truncated && article.text().ends_with("the vote was short."));
    let reading = article.reading.expect("a reading");
    assert_eq!((reading.sentences.len(), reading.quotes.len()), (1, 0));
}

/// How much of a text is read with so many steps.
fn sentences(work: u64) -> (usize, Readout) {
    let text = "The council voted on Tuesday. ".repeat(100);
    let options = Options { limits: Limits { work, ..Limits::default() }, ..Options::default() };
    let readout = read_text(&Source::text(&text), &options).expect("a text");
    (readout.reading.sentences.len(), readout)
}

#[test]
fn work_on_a_text() {
    let (all, readout) = sentences(Limits::default().work);
    assert_eq!((all, readout.warnings.len()), (100, 0));
    for work in [0, 400, 10_000, 60_000, 170_000] {
        let (some, readout) = sentences(work);
        assert!(some < 100, "{work}: {some}");
        assert_eq!(readout.warnings[0].code, WarningCode::WorkLimit);
        // Always at the same place.
        assert_eq!(sentences(work).1, readout);
    }
    assert!(sentences(60_000).0 < sentences(170_000).0);
}

#[test]
fn work_on_a_page() {
    let page = format!("<article>{}</article>", STORY.repeat(20));
    let whole = read(&page, Limits::default());
    for work in [0, 2_000, 5_000, 20_000, 100_000] {
        let article = read(&page, Limits { work, ..Limits::default() });
        let message = warning(&article, WarningCode::WorkLimit);
        assert!(message.starts_with("the work limit of "), "{message}");
        assert!(article.text().len() <= whole.text().len());
        assert!(article.metadata.headline.is_some(), "{work}");
    }
}

#[test]
fn json() {
    let script = |json: &str| format!("<script type=application/ld+json>{json}</script>{STORY}");
    let deep = script(&format!("{}1{}", "[".repeat(50), "]".repeat(50)));
    let article = read(&deep, Limits { json_depth: 40, ..Limits::default() });
    let message = warning(&article, WarningCode::JsonLimit);
    assert!(message.ends_with("deeper than the limit json_depth = 40"), "{message}");
    assert!(read(&deep, Limits::default()).warnings.is_empty());
    let many = script(r#"[1, 2, 3, {"@type": "NewsArticle", "headline": "Mill stays"}]"#);
    let article = read(&many, Limits { json_values: 3, ..Limits::default() });
    assert!(warning(&article, WarningCode::JsonLimit).ends_with("json_values = 3"));
}

#[test]
fn formatting_and_search() {
    let page = format!("<article>{}{STORY}", "<b><i>".repeat(20));
    let article = read(&page, Limits { formatting: 8, ..Limits::default() });
    warning(&article, WarningCode::FormattingLimit);
    let page = format!("<article>{}{STORY}", "<div><p>x</p></div>".repeat(200));
    let article = read(&page, Limits { search: 400, ..Limits::default() });
    let message = warning(&article, WarningCode::DepthLimit);
    assert!(message.contains("tags after byte "), "{message}");
    assert!(article.text().is_empty() || article.text().contains("old mill"));
}
