use crate::article::{OffsetUnit, Ownership, SignOffKind, SlugKind};
use crate::{Article, Options, Source, extract};

fn page(paragraphs: &[&str]) -> Article {
    let filler = "The council met on Tuesday and agreed on the plan after a debate of two hours, and the \
                  mayor said that work would begin in spring once the money had been found.";
    let mut html = "<html><head><title>Bridge closed after flood</title></head><body><article>\
                    <h1>Bridge closed after flood</h1>"
        .to_owned();
    for text in paragraphs
        .iter()
        .copied()
        .take(1)
        .chain([filler; 4])
        .chain(paragraphs.iter().copied().skip(1))
    {
        html.extend(["<p>", text, "</p>"]);
    }
    html.push_str("</article></body></html>");
    let source = Source { fetched_at: Some("2024-03-01T00:00:00Z"), ..Source::text(&html) };
    extract(&source, &Options::default()).expect("a page")
}

#[test]
fn pages_have_datelines_and_sign_offs() {
    let article = page(&[
        "ZÜRICH, Feb 9 (Reuters) - The bridge was closed on Friday after the flood reached its deck, police said.",
        "(Reporting by Jane Doe in Geneva; Editing by John Roe)",
    ]);
    let dateline = article.wire.dateline.clone().expect("a dateline");
    assert_eq!(dateline.raw, "ZÜRICH, Feb 9 (Reuters) -");
    assert_eq!((dateline.start, dateline.end), (0, 26));
    assert_eq!(dateline.date.map(|date| date.to_string()).as_deref(), Some("2024-02-09"));
    let agency = article.metadata.agency.as_ref().map(|field| field.value.as_str());
    assert_eq!((agency, article.wire.ownership), (Some("Reuters"), Some(Ownership::Agency)));
    let kinds: Vec<_> = article.wire.sign_offs.iter().map(|s| (s.kind, s.people.len())).collect();
    assert_eq!(kinds, [(SignOffKind::Reporting, 1), (SignOffKind::Editing, 1)]);
    assert_eq!(article.wire.sign_offs[0].place.as_deref(), Some("Geneva"));
    let text = article.text();
    let points = article.with_offsets(OffsetUnit::Codepoint);
    let end = points.wire.dateline.as_ref().map(|dateline| dateline.end);
    assert_eq!(end, Some(25));
    assert!(text.starts_with("ZÜRICH"), "the dateline stays in the text");
}

#[test]
fn an_agency_that_contributed_makes_a_story_mixed() {
    let article = page(&[
        "The bridge was closed on Friday after the flood reached its deck, police in the town said.",
        "The Associated Press contributed to this report.",
    ]);
    assert_eq!(article.wire.ownership, Some(Ownership::Mixed));
    let people = &article.wire.sign_offs[0].people;
    assert!(
        people.iter().all(|person| person.is_organisation),
        "an agency is no person: {people:?}"
    );
    assert_eq!(article.wire.dateline, None);
}

#[test]
fn marks_are_told_from_words() {
    let marked = [
        ("(LEAD)", SlugKind::Lead, None),
        ("(2nd LD)", SlugKind::Lead, Some(2)),
        ("URGENT", SlugKind::Urgent, None),
        ("UPDATE 3", SlugKind::Update, Some(3)),
        ("(Recasts, adds quotes)", SlugKind::Recast, None),
        ("(END)", SlugKind::End, None),
        ("— 30 —", SlugKind::End, None),
        ("# # #", SlugKind::End, None),
        ("Enditem", SlugKind::End, None),
        ("(MORE)", SlugKind::More, None),
        ("--more--", SlugKind::More, None),
        ("(끝)", SlugKind::End, None),
        ("FOR IMMEDIATE RELEASE", SlugKind::Embargo, None),
    ];
    for (line, kind, number) in marked {
        let found = super::slug::line(line).map(|mark| (mark.kind, mark.number));
        assert_eq!(found, Some((kind, number)), "{line}");
    }
    for line in [
        "Lead",
        "More",
        "Update",
        "Fine",
        "30",
        "The lead was lost",
        "Urgent care",
        "Feature",
        "(see map)",
    ] {
        assert_eq!(super::slug::line(line), None, "{line}");
    }
    let opening = super::slug::opening("UPDATE 2-Oil falls");
    let ends: Vec<usize> = opening.iter().map(|mark| mark.range.end).collect();
    assert_eq!(ends, [9]);
    assert!(super::slug::opening("Update - what we know").is_empty());
}

#[test]
fn credits_are_told_from_words() {
    for (line, name) in [
        ("(Yonhap News)", Some("Yonhap News Agency")),
        ("==Kyodo", Some("Kyodo News")),
        ("AFP/Reuters", Some("Agence France-Presse")),
        ("(dpa)", Some("Deutsche Presse-Agentur")),
        ("Source: Reuters", Some("Reuters")),
        ("(Agencies)", None),
    ] {
        let found = super::credit::read(line).map(|credit| credit.agency.map(|a| a.name));
        assert_eq!(found, Some(name), "{line}");
    }
    for line in [
        "Reuters said so",
        "(laughs)",
        "An apple a day",
        "ap",
        "(see AP)",
        "The Conversation piece",
    ] {
        assert_eq!(super::credit::read(line), None, "{line}");
    }
}

#[test]
fn sign_offs_are_told_from_prose() {
    for line in [
        "Written by hand, the letter was found in a drawer.",
        "Reporting by the commission showed a loss.",
        "The storm contributed to this year's bad harvest, farmers said on Friday.",
        "Editing is an art.",
        "He edited by night.",
        "and/or",
        "ab/cd said",
    ] {
        assert!(super::sign_off::read(line, Some("en")).is_empty(), "{line}");
    }
}
