//! What comes out is in proportion to what went in, in every format and with the trace, also where a page
//! is made to grow: by one long value that many short ones take in.

#![expect(clippy::format_collect, reason = "pages are built once")]

use news_core::format::{Format, FormatOptions, write};
use news_core::{Article, Options, Source, WarningCode, explain};

/// Bytes of output for one of the page. JSON spends some 200 on a link, 300 on a segment of the trace.
const TIMES: usize = 80;
/// What may come on top, in bytes: addresses that a base made long.
const BESIDE: usize = 1 << 20;

const PROSE: &str =
    "The council voted on Tuesday to keep the old mill open for another year, its mayor said. ";

fn holds(name: &str, page: &str, url: Option<&str>) -> Article {
    let options = Options { any_page: true, comments: true, ..Options::default() };
    let source = Source { url, ..Source::text(page) };
    let (article, trace) = explain(&source, &options).expect("a page");
    let most = BESIDE + TIMES * page.len();
    let trace = serde_json::to_string(&trace).expect("JSON").len();
    assert!(trace <= most, "{name}: {trace} bytes of trace from {}", page.len());
    for format in Format::ALL {
        let written = write(&article, format, &FormatOptions::default()).len();
        assert!(written <= most, "{name}: {written} bytes of {format} from {}", page.len());
    }
    article
}

/// What is said of a base that was too long.
fn of_base(article: &Article) -> Vec<&str> {
    let warnings = article.warnings.iter().filter(|warning| warning.code == WarningCode::LongBase);
    warnings.map(|warning| warning.message.as_str()).collect()
}

fn story(head: &str, inside: &str) -> String {
    format!(
        "<html lang=en><head><title>Mill stays</title>{head}</head><body><article><h1>Mill stays</h1>\
         <p>{PROSE}{PROSE}</p>{inside}<p>{PROSE}{PROSE}</p></article></body></html>"
    )
}

/// Paragraphs with something in each.
fn paragraphs(count: usize, with: impl Fn(usize) -> String) -> String {
    (0..count).map(|n| format!("<p>{PROSE}{}{n}</p>", with(n))).collect()
}

#[test]
fn long_bases() {
    let long = format!("https://a.example/{}/x", "a".repeat(200_000));
    let base = format!("<base href=\"{long}\">");
    let links = paragraphs(2_000, |n| format!("<a href=x{n}>mill</a>"));
    let pictures = paragraphs(2_000, |n| format!("</p><img src=i{n} width=900 alt=mill><p>"));
    let frames = paragraphs(2_000, |n| format!("</p><iframe src=v{n}></iframe><p>"));
    for (name, inside) in [("links", &links), ("pictures", &pictures), ("frames", &frames)] {
        let said = format!("the base has {} bytes: relative addresses are left out", long.len());
        let stated = holds(name, &story(&base, inside), None);
        assert_eq!(of_base(&stated), [&said]);
        let given = holds(name, &(story("", inside) + &" ".repeat(long.len())), Some(&long));
        assert_eq!(of_base(&given), [&said]);
    }
    let links = links.replace('"', "\\\"");
    let json = format!(
        "{{\"props\":{{\"article\":{{\"headline\":\"Mill stays\",\"body\":\"{links}\"}}}}}}"
    );
    let script = format!("<script id=__NEXT_DATA__ type=application/json>{json}</script>");
    holds("links in data", &story(&base, &script), None);
}

#[test]
fn a_long_base_is_kept_where_it_does_no_harm() {
    let folder = "a".repeat(700);
    let head = format!("<base href=\"https://a.example/{folder}/x?q={}\">", "q".repeat(3_000));
    let page = story(&head, &paragraphs(2_000, |_| "<a href=y>mill</a>".to_owned()));
    let (article, _) = explain(&Source::text(&page), &Options::default()).expect("a page");
    let said = of_base(&article);
    assert!(said.len() == 1 && said[0].ends_with("are counted from its folder"), "{said:?}");
    let json = write(&article, Format::Ndjson, &FormatOptions::default());
    assert!(json.contains(&format!("\"https://a.example/{folder}/y\"")));
}

#[test]
fn long_names_and_deep_nests() {
    let lines = "<p>mill".repeat(20_000);
    let deep = "<div class=abcdefghijk>".repeat(480);
    holds("deep", &story("", &format!("{deep}{lines}")), None);
    let named = format!("<div id={}>", "i".repeat(100_000));
    holds("a long id", &story("", &format!("{named}{lines}")), None);
    let items = "<li>mill stays open".repeat(20_000);
    holds("lists", &story("", &format!("{}{items}", "<ul><li>".repeat(200))), None);
    let quotes = format!("{}{}", "<blockquote>".repeat(400), paragraphs(2_000, |_| String::new()));
    holds("quotes", &story("", &quotes), None);
    let rows = "<tr><td colspan=100>mill<td>1,204".repeat(5_000);
    holds("rows", &story("", &format!("<table><tr><th>Ward<th>Votes{rows}</table>")), None);
}

#[test]
fn one_long_value_everywhere() {
    let long = "mill ".repeat(40_000);
    let metas =
        ["og:title", "twitter:title", "og:description", "author", "keywords", "og:site_name"];
    let head: String =
        metas.iter().map(|key| format!("<meta name={key} content=\"{long}\">")).collect();
    holds("long values", &story(&head, &format!("<h2>{long}</h2>")), None);
}

/// Many values of one field: each would be compared with all others. At the pace of the square this takes
/// minutes.
#[test]
fn many_values_of_one_field() {
    let tag = |key: &str| {
        let tags = (0..40_000).map(|n| format!("<meta name={key} content=\"Ana{n} Li\">"));
        tags.collect::<String>()
    };
    for key in ["author", "og:title"] {
        holds(key, &story(&tag(key), ""), None);
    }
    let people = (0..40_000).map(|n| format!("{{\"@type\":\"Person\",\"name\":\"Ana{n} Li\"}}"));
    let people = people.collect::<Vec<_>>().join(",");
    let json = format!("{{\"@type\":\"NewsArticle\",\"headline\":\"Mill\",\"author\":[{people}]}}");
    holds("people", &story(&format!("<script type=application/ld+json>{json}</script>"), ""), None);
}
