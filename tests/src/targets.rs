//! What the fuzzers run: bytes in, a panic where something does not hold that has to hold for all
//! bytes. `fuzz/` runs these under libFuzzer, `tests/fuzz.rs` over mutants of the fixtures.

#![expect(clippy::missing_panics_doc, reason = "to panic is how a target says that it fails")]

use std::fmt::Write as _;

use news_core::metadata::Moment;
use news_core::{Article, Options, Source, fuzz};
use news_io::coding::{Coding, pack, unpack};
use serde_json::Value;

use crate::tree::Tree;
use crate::written::{check_formats, has_controls};
use crate::{read_soundly, read_text_soundly};

/// A target: its name, as under `fuzz/fuzz_targets`, and what it runs.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 9] = [
    ("page", page),
    ("tree", tree),
    ("text", text),
    ("jsonld", jsonld),
    ("date", date),
    ("charset", charset),
    ("address", address),
    ("convert", convert),
    ("coding", coding),
];

/// Where the pages of the targets stand.
const ADDRESS: &str = "https://www.daily.example/2024/05/02/storm";

/// The article as JSON is at most this many times the page, beside [`FRAME`]: each value may stand
/// there as read, as stated and as rejected, each word of the text in several ranges.
const TIMES: usize = 64;
/// What JSON takes for an article without content, in bytes.
const FRAME: usize = 16 << 10;

/// All that can be asked for, so that all code runs.
fn everything() -> Options {
    Options { comments: true, any_page: true, ..Options::default() }
}

fn read(source: &Source<'_>) -> Option<Article> {
    let article = read_soundly(source, &everything()).ok()?;
    let json = serde_json::to_string(&article).unwrap_or_default();
    let len = source.content.len() + source.url.map_or(0, str::len);
    assert!(json.len() <= FRAME + TIMES * len, "{} bytes of JSON from {len}", json.len());
    check_formats(&article);
    Some(article)
}

/// The first byte chooses, the rest is read.
fn choice<'d, T: Copy>(data: &'d [u8], of: &[T]) -> Option<(T, &'d [u8])> {
    let (first, rest) = data.split_first()?;
    let chosen = of.get(*first as usize % of.len().max(1))?;
    Some((*chosen, rest))
}

/// Bytes to an article, in every format.
pub fn page(data: &[u8]) {
    read(&Source { url: Some(ADDRESS), ..Source::bytes(data) });
}

/// A tree of elements that means something to some stage: as [`page`], and no word of the story that
/// the page does not hold.
pub fn tree(data: &[u8]) {
    let tree = Tree::of(data);
    let page = Source { content_type: Some("text/html"), ..Source::text(&tree.html) };
    if let Some(article) = read(&page.with_url(ADDRESS)) {
        tree.check(&article);
    }
}

/// Text to an article, and to what it says.
pub fn text(data: &[u8]) {
    const LANGUAGES: [Option<&str>; 6] =
        [None, Some("en"), Some("de"), Some("fr"), Some("es"), Some("zh")];
    let Some((language, rest)) = choice(data, &LANGUAGES) else { return };
    let text = String::from_utf8_lossy(rest);
    let written = Some("2024-05-02");
    let plain = Some("text/plain");
    let source = Source { language, written, content_type: plain, ..Source::text(&text) };
    read(&source);
    if let Ok(readout) = read_text_soundly(&source, &everything()) {
        let said = readout.attributions();
        assert!(said.iter().all(|row| !row.said.is_empty()));
    }
}

/// A script of a page, and its JSON by itself: what was repaired needs no repair.
pub fn jsonld(data: &[u8]) {
    let script = String::from_utf8_lossy(data);
    if let Some(value) = fuzz::json(&script) {
        let again = fuzz::json(&value.to_string());
        assert!(again.as_ref().is_some_and(|again| is_same(&value, again)), "{value} {again:?}");
    }
    let prose = "The council voted on Tuesday to keep the old mill open for another year. ";
    let mut html = "<html><head>".to_owned();
    for kind in ["type=application/ld+json", "id=__NEXT_DATA__ type=application/json"] {
        let _ = write!(html, "<script {kind}>{script}</script>");
    }
    let _ = write!(html, "<body><article><h1>Mill stays</h1><p>{prose}{prose}</p></article>");
    read(&Source::text(&html).with_url(ADDRESS));
}

/// The same but for numbers: a fraction may change in its last digit.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(_), Value::Number(_)) => true,
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let same = |(key, a): (&String, &Value)| b.get(key).is_some_and(|b| is_same(a, b));
            a.len() == b.len() && a.iter().all(same)
        }
        (a, b) => a == b,
    }
}

/// Short strings to dates and names.
pub fn date(data: &[u8]) {
    const LANGUAGES: [Option<&str>; 6] =
        [None, Some("en-US"), Some("en-GB"), Some("de"), Some("zh"), Some("fr")];
    let Some((language, rest)) = choice(data, &LANGUAGES) else { return };
    let text = String::from_utf8_lossy(rest);
    for moment in [fuzz::date(&text, language), fuzz::date_of_address(&text)].iter().flatten() {
        check_moment(moment);
    }
    if let Some((range, moment)) = fuzz::date_in(&text, language) {
        let found = text.get(range.clone());
        assert!(found.is_some_and(|found| !found.trim().is_empty()), "{range:?} of {text:?}");
        check_moment(&moment);
    }
    for is_stated in [false, true] {
        for author in fuzz::authors(&text, is_stated) {
            let name = &author.name;
            assert!(!name.is_empty() && name.trim() == name, "{name:?} of {text:?}");
            assert!(name.len() <= text.len() || author.is_organisation, "{name:?} of {text:?}");
        }
    }
}

/// It lies in the years that are believed, and reads back as what it is.
fn check_moment(moment: &Moment) {
    assert!((1900..=2100).contains(&moment.date().year()), "{moment}");
    let written = moment.to_string();
    assert!(!has_controls(&written) && written.is_ascii());
    assert_eq!(written.parse::<Moment>().as_ref(), Ok(moment));
    assert_eq!(fuzz::date(&written, None).as_ref(), Some(moment));
}

/// Bytes under a label.
pub fn charset(data: &[u8]) {
    const LABELS: [Option<&str>; 14] = [
        None,
        Some("utf-8"),
        Some("utf-16le"),
        Some("utf-16be"),
        Some("windows-1252"),
        Some("windows-1251"),
        Some("koi8-r"),
        Some("shift_jis"),
        Some("euc-jp"),
        Some("iso-2022-jp"),
        Some("euc-kr"),
        Some("gb18030"),
        Some("big5"),
        Some("x-user-defined"),
    ];
    let Some((charset, rest)) = choice(data, &LABELS) else { return };
    read(&Source { charset, ..Source::bytes(rest) });
    let label = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let label = String::from_utf8_lossy(label);
    read(&Source { content_type: Some(&label), ..Source::bytes(rest) });
}

/// Addresses: of the page, its base, its links and pictures.
pub fn address(data: &[u8]) {
    let address = String::from_utf8_lossy(data);
    let quoted = address.replace('&', "&amp;").replace('"', "&quot;");
    let prose = "The council voted on Tuesday to keep the old mill open for another year. ";
    let html = format!(
        "<html><head><base href=\"{quoted}\"><link rel=canonical href=\"{quoted}\">\
         <meta property=og:image content=\"{quoted}\"></head><body><article><h1>Mill stays</h1>\
         <p>By <a rel=author href=\"{quoted}\">Ana Li</a></p><img src=\"{quoted}\" width=900>\
         <p>{prose}<a href=\"{quoted}\">The mill</a> {prose}<a href=\"a?b#c\">stays</a> {prose}</p>\
         <iframe src=\"{quoted}\"></iframe><p>{prose}{prose}</p></article>"
    );
    read(&Source::text(&html).with_url(&address));
}

/// An article from outside, with ranges that may be none, in every format.
pub fn convert(data: &[u8]) {
    let Ok(article) = serde_json::from_slice::<Article>(data) else { return };
    check_formats(&article);
    let _ = (article.text(), article.layout());
}

/// Packed bytes: never more than the limit; what is packed unpacks to itself.
pub fn coding(data: &[u8]) {
    const LIMIT: usize = 64 << 10;
    let Some((coding, packed)) = choice(data, &Coding::ALL) else { return };
    if let Ok(bytes) = unpack(packed, coding, LIMIT) {
        assert!(bytes.len() <= LIMIT, "{} bytes", bytes.len());
    }
    let whole = pack(packed, coding);
    assert_eq!(unpack(&whole, coding, packed.len()).as_deref(), Ok(packed), "{coding:?}");
}
