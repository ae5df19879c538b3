//! Plain texts: one snapshot a fixture of `fixtures/texts`, written to be read by eye; the sample of
//! the project's brief; and the rule that nothing is dropped silently.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use news_core::article::{Article, Block, BlockKind, EntityKind, QuoteKind, Readout, TurnRole};
use news_core::metadata::Author;
use news_core::{Fate, Options, Source, SourceRange, Trace, explain};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(text: &str) -> (Article, Trace) {
    let source = Source {
        content_type: Some("text/plain"),
        fetched_at: Some("2024-12-31"),
        ..Source::text(text)
    };
    explain(&source, &Options::default()).expect("a text")
}

fn fixtures() -> Vec<(String, String)> {
    let folder = workspace().join("fixtures/texts");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("fixtures/texts")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a text"))
        })
        .collect()
}

#[test]
fn fixtures_are_read_as_snapshots_say() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 40, "{} fixtures", fixtures.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/texts");
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, text) in &fixtures {
            let (article, trace) = read(text);
            insta::assert_snapshot!(name.as_str(), shown(&article, &trace));
        }
    });
}

#[test]
fn nothing_is_dropped_silently() {
    for (name, text) in fixtures() {
        assert_eq!(lost(&text), "", "{name}");
        assert_eq!(changed(&text), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_sample_is_read_exactly() {
    let Some(text) = sample() else { return };
    let (article, trace) = read(&text);
    let paragraphs: Vec<&str> =
        text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).collect();
    let [junk, headline, story @ .., credit] = paragraphs.as_slice() else {
        panic!("{paragraphs:?}");
    };
    let removed: Vec<(&str, &str)> = trace
        .decisions
        .iter()
        .filter(|d| d.fate == Fate::Removed)
        .map(|d| (d.text.as_str(), d.rule.as_str()))
        .collect();
    assert_eq!(*junk, "Back To Top");
    assert_eq!(removed, [("Back To Top", "text:navigation")]);
    let found = article.metadata.headline.as_ref().map(|field| field.value.as_str());
    assert_eq!(found, Some(*headline));
    assert_eq!(article.text(), story.join("\n\n"));
    assert!(article.blocks.iter().all(|b| matches!(b.kind, BlockKind::Paragraph { .. })));
    let stated = article.wire.credit.as_ref().expect("a credit");
    assert_eq!(
        (stated.agency.as_deref(), stated.raw.as_str()),
        (Some("Yonhap News Agency"), *credit)
    );
    let agency = article.metadata.agency.as_ref().map(|field| field.value.as_str());
    assert_eq!(agency, Some("Yonhap News Agency"));
    assert_eq!(article.wire.dateline, None);
    assert!(article.metadata.authors.is_none());
    assert_eq!(lost(&text), "");
}

/// The text of the project's brief, where it is at hand.
fn sample() -> Option<String> {
    let path = workspace().join("../shared/samples/yonhap.txt");
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        let _ = writeln!(std::io::stderr(), "skipped: no {}", path.display());
    }
    text
}

/// Who says what in the sample, read by hand: how, who, how it begins.
const SAMPLE_QUOTES: [(QuoteKind, &str, &str); 7] = [
    (QuoteKind::Direct, "Jennifer Psaki", "I should say"),
    (QuoteKind::Direct, "Glyn Davies", "This mission"),
    (QuoteKind::Mixed, "The South Korean government", "Japan's dispatch"),
    (QuoteKind::Direct, "Cho Tai-young", "It is important"),
    (QuoteKind::Direct, "Glyn Davies", "I'm not going"),
    (QuoteKind::Mixed, "Glyn Davies", "the U.S. takes"),
    (QuoteKind::Direct, "Glyn Davies", "I want"),
];

/// Its people and what they are.
const SAMPLE_PEOPLE: [(&str, &str); 8] = [
    ("Jennifer Psaki", "State Department spokeswoman"),
    ("Glyn Davies", "special representative for North Korea policy"),
    ("Isao Iijima", "a key aide to Prime Minister Shinzo Abe"),
    ("Shinzo Abe", "Prime Minister"),
    ("Kim Yong-nam", "North Korea's No. 2 official"),
    ("Kim Yong-il", "the secretary of the North's Central Committee of the Workers' Party"),
    ("Song Il-ho", "an ambassador in charge of talks with Tokyo"),
    ("Cho Tai-young", "spokesman for South Korea's foreign ministry"),
];

#[test]
fn the_sample_says_who_said_what() {
    let Some(text) = sample() else { return };
    let source = Source { written: Some("2013-05-17"), ..Source::text(&text) };
    let article = news_core::extract(&source, &Options::default()).expect("a text");
    let readout = Readout::from(article);

    let people = readout.reading.entities.iter().filter_map(|entity| match entity.kind {
        EntityKind::Person { .. } => Some((entity.name.as_str(), entity.role().unwrap_or(""))),
        _ => None,
    });
    assert_eq!(people.collect::<Vec<_>>(), SAMPLE_PEOPLE);

    let marked = readout.attributions();
    let marked = marked.iter().filter(|row| row.is_in_marks()).map(|row| {
        let said = row.said.first().copied().unwrap_or_default();
        (row.kind, row.speaker.unwrap_or_default(), said)
    });
    let marked: Vec<_> = marked.collect();
    assert_eq!(marked.len(), SAMPLE_QUOTES.len(), "{marked:#?}");
    for ((kind, speaker, said), expected) in marked.iter().zip(SAMPLE_QUOTES) {
        assert_eq!((*kind, *speaker), (expected.0, expected.1), "{said}");
        assert!(said.starts_with(expected.2), "{said}");
    }

    let times: Vec<_> = readout.reading.times.iter().map(|time| time.value.as_str()).collect();
    assert_eq!(times, ["2013-W20", "2013-05-16", "197", "198"]);
}

#[test]
fn hostile_texts_lose_nothing() {
    let long = "word ".repeat(250_000);
    let capitals = "THE MAYOR SAID ON FRIDAY THAT THE BRIDGE WOULD BE CLOSED.\n".repeat(300);
    let quotes =
        "\"It is \"so\" he said. (\n\n\"\"\"\n\n'''((([[[\n\nText goes on here.\n".repeat(50);
    let lines = "x\n\n".repeat(20_000);
    let marks = "- \n* * *\n--\n1. \n•\n\u{feff}\u{200b}\n".repeat(200);
    for text in
        [long.as_str(), &capitals, &quotes, &lines, &marks, "\u{feff}A\n\n\u{3000}B\r\rC\u{2028}D"]
    {
        assert_eq!(lost(text), "");
    }
}

/// Parts of the text that are in no block, no field and no decision that says why.
fn lost(text: &str) -> String {
    let (article, trace) = read(text);
    let mut covered = vec![false; text.len()];
    let mut cover = |range: SourceRange| {
        covered[range.start as usize..range.end as usize].fill(true);
    };
    article.blocks.iter().flat_map(|block| &block.source).copied().for_each(&mut cover);
    ranges(&article).into_iter().for_each(&mut cover);
    let removed = trace.decisions.iter().filter(|d| d.fate == Fate::Removed && !d.rule.is_empty());
    removed.for_each(|decision| cover(decision.range));
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    text.char_indices().filter(|(at, c)| !covered[*at] && !is_blank(*c)).map(|(_, c)| c).collect()
}

/// Every source range in the metadata and the wire fields.
fn ranges(article: &Article) -> Vec<SourceRange> {
    let mut out = Vec::new();
    let value = serde_json::json!([article.metadata, article.wire]);
    let mut stack = vec![&value];
    while let Some(value) = stack.pop() {
        if let (Some(start), Some(end), 2) = (
            value.get("start").and_then(serde_json::Value::as_u64),
            value.get("end").and_then(serde_json::Value::as_u64),
            value.as_object().map_or(0, serde_json::Map::len),
        ) {
            out.push(SourceRange { start: start as u32, end: end as u32 });
        }
        stack.extend(value.as_array().into_iter().flatten());
        stack.extend(value.as_object().into_iter().flat_map(|object| object.values()));
    }
    out
}

/// Blocks whose letters and figures are not those of their source.
fn changed(text: &str) -> Vec<String> {
    let (article, _) = read(text);
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let source = |block: &Block| {
        let part = |r: &SourceRange| text.get(r.start as usize..r.end as usize).expect("a range");
        block.source.iter().map(part).collect::<String>()
    };
    let numbered = |block: &Block| matches!(block.kind, BlockKind::List { ordered: true, .. });
    let blocks = article.blocks.iter().filter(|block| !numbered(block));
    blocks
        .filter(|block| !letters(&source(block)).contains(&letters(&block.lines().concat())))
        .map(|block| block.lines().concat())
        .collect()
}

// ------------------------------------------------------------------ snapshots

/// The article from top to bottom: fields, story, what was removed.
fn shown(article: &Article, trace: &Trace) -> String {
    let mut out = String::new();
    fields(article, &mut out);
    wire(article, &mut out);
    out.push('\n');
    for block in &article.blocks {
        out.push_str(&shown_block(block));
        out.push_str("\n\n");
    }
    times(article, &mut out);
    entities(article, &mut out);
    quotes(article, &mut out);
    let mut removed = trace.decisions.iter().filter(|d| d.fate == Fate::Removed).peekable();
    if removed.peek().is_some() {
        out.push_str("removed:\n");
    }
    for decision in removed {
        let _ = writeln!(out, "  {}: {}", decision.rule, decision.text);
    }
    out
}

fn fields(article: &Article, out: &mut String) {
    let meta = &article.metadata;
    let mut line = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{name}: {value}");
        }
    };
    line("kind", Some(format!("{:?}", article.verdict.kind)));
    line("headline", meta.headline.as_ref().map(|f| f.value.clone()));
    line("deck", meta.deck.as_ref().map(|f| f.value.clone()));
    line("authors", meta.authors.as_ref().map(|f| people(&f.value)));
    line("published", meta.published.as_ref().map(|f| f.value.to_string()));
    line("modified", meta.modified.as_ref().map(|f| f.value.to_string()));
    line("section", meta.section.as_ref().map(|f| f.value.clone()));
    line("publisher", meta.publisher.as_ref().map(|f| f.value.clone()));
    line("tags", meta.tags.as_ref().map(|f| f.value.join(", ")));
    line("rights", meta.rights.as_ref().map(|f| f.value.clone()));
    line("language", meta.language.as_ref().map(|f| f.value.clone()));
    line("agency", meta.agency.as_ref().map(|f| f.value.clone()));
}

fn wire(article: &Article, out: &mut String) {
    let wire = &article.wire;
    if let Some(ownership) = wire.ownership {
        let _ = writeln!(out, "ownership: {ownership:?}");
    }
    if let Some(dateline) = &wire.dateline {
        let date = dateline.date.map_or(String::new(), |date| format!(" = {date}"));
        let _ = writeln!(
            out,
            "dateline: [{}] place {:?} date {:?}{date} agency {:?}",
            dateline.raw,
            dateline.place,
            dateline.date_text.as_deref().unwrap_or(""),
            dateline.agency.as_deref().or(dateline.agency_text.as_deref()).unwrap_or(""),
        );
    }
    if let Some(credit) = &wire.credit {
        let _ =
            writeln!(out, "credit: [{}] {:?}", credit.raw, credit.agency.as_deref().unwrap_or(""));
    }
    for slug in &wire.slugs {
        let number = slug.number.map_or(String::new(), |n| format!(" {n}"));
        let _ = writeln!(out, "slug: [{}] {:?}{number}", slug.raw, slug.kind);
    }
    for note in &wire.notes {
        let _ = writeln!(out, "note: [{}] {:?}", note.raw, note.kind);
    }
    for sign_off in &wire.sign_offs {
        let place = sign_off.place.as_deref().map_or(String::new(), |place| format!(" in {place}"));
        let _ = writeln!(
            out,
            "sign-off: [{}] {:?}: {}{place}",
            sign_off.raw,
            sign_off.kind,
            people(&sign_off.people)
        );
    }
    for contact in &wire.contacts {
        let _ =
            writeln!(out, "contact: [{}] {:?} {:?}", contact.raw, contact.emails, contact.phones);
    }
}

/// Each time said in the text, with what it means.
fn times(article: &Article, out: &mut String) {
    let reading = article.reading.as_ref().expect("a reading");
    let layout = article.layout();
    for time in &reading.times {
        let said = layout.range(time.span).and_then(|range| layout.text().get(range));
        let _ = writeln!(out, "time: {} = {}", said.unwrap_or_default(), time.value);
    }
}

/// Each entity: name, what it is, mentions under other names, roles.
fn entities(article: &Article, out: &mut String) {
    let layout = article.layout();
    let said = |span| layout.range(span).and_then(|range| layout.text().get(range)).unwrap_or("");
    for entity in &article.reading.as_ref().expect("a reading").entities {
        let (what, more) = match &entity.kind {
            EntityKind::Person { roles, age, .. } => {
                let roles = roles.iter().map(|role| role.text.as_str());
                let age = age.map(|age| age.to_string());
                ("person", roles.map(str::to_owned).chain(age).collect::<Vec<_>>().join("; "))
            }
            EntityKind::Organisation { acronym } => ("org", acronym.clone().unwrap_or_default()),
            EntityKind::Place { country } => ("place", country.clone().unwrap_or_default()),
        };
        let others = entity.mentions.iter().map(|mention| said(mention.span));
        let others: Vec<_> = others.filter(|name| *name != entity.name).collect();
        let _ = writeln!(out, "{what}: {} [{more}] {}", entity.name, others.join(", "));
    }
}

/// Each quote with its speaker and cue.
fn quotes(article: &Article, out: &mut String) {
    let readout = Readout::from(article.clone());
    for row in readout.attributions() {
        let said = row.said.join(" … ");
        let (speaker, cue) = (row.speaker.unwrap_or("—"), row.cue.unwrap_or("—"));
        let _ = writeln!(out, "{:?}: {speaker} | {cue} | {said}", row.kind);
    }
}

fn people(authors: &[Author]) -> String {
    let one = |author: &Author| {
        let mut out = author.name.clone();
        let _ = write!(out, "{}", if author.is_organisation { "*" } else { "" });
        for (open, value, close) in [
            (" <", &author.role, ">"),
            (" [", &author.organisation, "]"),
            (" {", &author.email, "}"),
        ] {
            if let Some(value) = value {
                let _ = write!(out, "{open}{value}{close}");
            }
        }
        out
    };
    authors.iter().map(one).collect::<Vec<_>>().join(" + ")
}

fn shown_block(block: &Block) -> String {
    let text = block.lines().join("\n");
    match &block.kind {
        BlockKind::Heading { .. } => format!("## {text}"),
        BlockKind::List { ordered, items } => {
            let mark = |at: usize| if *ordered { format!("{}.", at + 1) } else { "*".to_owned() };
            let item = |(at, item): (usize, &news_core::article::ListItem)| {
                format!("{} {}", mark(at), item.text.text)
            };
            items.iter().enumerate().map(item).collect::<Vec<_>>().join("\n")
        }
        BlockKind::Turn { role: TurnRole::Question, .. } => format!("[question] {text}"),
        BlockKind::Turn { .. } => format!("[answer] {text}"),
        BlockKind::Note { .. } => format!("[note] {text}"),
        BlockKind::Deck { .. } => format!("[deck] {text}"),
        BlockKind::SummaryBullet { .. } => format!("[summary] {text}"),
        _ => text,
    }
}
