//! `<meta>` tags: OpenGraph, vendors, Dublin Core and plain names, by `lexicon/meta_keys.tsv`.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::claims::{Claim, Claims, Slot, Voice, claim, push_list};
use super::prose::{plain, tag_list};
use super::{Author, Page, jsonld};
use crate::article::Image;
use crate::dom::{NodeId, local_name};
use crate::lexicon::{self, Table};
use crate::provenance::Place;

/// What a name states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    String(Slot),
    Authors,
    Tags,
    Image,
}

static KEYS: LazyLock<Table<(Target, Voice)>> = LazyLock::new(|| {
    lexicon::lines(include_str!("../../lexicon/meta_keys.tsv")).filter_map(key_row).collect()
});

fn key_row(line: &'static str) -> Option<(&'static str, (Target, Voice))> {
    let mut columns = line.split('\t');
    let (name, field, voice) = (columns.next()?, columns.next()?, columns.next()?);
    Some((name, (target(field)?, voice_named(voice)?)))
}

fn target(field: &str) -> Option<Target> {
    Some(Target::String(match field {
        "authors" => return Some(Target::Authors),
        "tags" => return Some(Target::Tags),
        "image" => return Some(Target::Image),
        "headline" => Slot::Headline,
        "deck" => Slot::Deck,
        "published" => Slot::Published,
        "modified" => Slot::Modified,
        "site_name" => Slot::SiteName,
        "publisher" => Slot::Publisher,
        "url" => Slot::Url,
        "section" => Slot::Section,
        "language" => Slot::Language,
        "description" => Slot::Description,
        "rights" => Slot::Rights,
        "access" => Slot::Access,
        "kind" => Slot::Kind,
        _ => return None,
    }))
}

fn voice_named(name: &str) -> Option<Voice> {
    Some(match name {
        "open_graph" => Voice::OpenGraph,
        "article" => Voice::Article,
        "twitter" => Voice::Twitter,
        "vendor" => Voice::Vendor,
        "dublin_core" => Voice::DublinCore,
        "loose" => Voice::Loose,
        "citation" => Voice::Citation,
        "meta" => Voice::Meta,
        _ => return None,
    })
}

/// Reads one `<meta>`.
pub(super) fn read(page: &Page, node: NodeId, claims: &mut Claims) {
    let dom = page.dom;
    let Some(content) = dom.attr(node, local_name!("content")) else {
        return;
    };
    if content.trim().is_empty() {
        return;
    }
    for attribute in [local_name!("property"), local_name!("name"), local_name!("http-equiv")] {
        for name in dom.attr(node, attribute).unwrap_or("").split_ascii_whitespace() {
            read_named(page, node, name, content, claims);
        }
    }
}

fn read_named(page: &Page, node: NodeId, name: &str, content: &str, claims: &mut Claims) {
    let name = normal(name);
    if name == "parsely-page" || name == "parsely-metadata" {
        return jsonld::read_parsely(page, node, content, claims);
    }
    if let Some(number) = name.strip_prefix("twitter:label") {
        claims.twitter_author = is_author_label(content).then(|| format!("twitter:data{number}"));
        return;
    }
    let is_author = claims.twitter_author.as_deref() == Some(&*name);
    let known = if is_author { Some(&(Target::Authors, Voice::Twitter)) } else { KEYS.get(&*name) };
    let Some(&(target, voice)) = known else {
        return;
    };
    let place = match voice {
        Voice::OpenGraph | Voice::Article => Place::OpenGraph,
        _ => Place::Meta,
    };
    let at = (node, Some(page.dom.source(node)));
    let text = plain(content);
    let stated = claim(text.clone(), text, (place, voice), name, at);
    put(claims, target, stated);
}

/// Labels under which WordPress writes the author's name, in the languages of its Yoast plug-in.
const AUTHOR_LABELS: [&str; 14] = [
    "written by",
    "verfasst von",
    "geschrieben von",
    "escrito por",
    "écrit par",
    "scritto da",
    "geschreven door",
    "skrevet av",
    "skrevet af",
    "skriven av",
    "napisane przez",
    "yazan",
    "автор",
    "autor",
];

fn is_author_label(label: &str) -> bool {
    AUTHOR_LABELS.contains(&label.trim().to_lowercase().as_str())
}

/// Lower case; Dublin Core prefixes in their commonest spelling (`dc.date.issued`).
fn normal(name: &str) -> Cow<'_, str> {
    let is_lower = !name.bytes().any(|b| b.is_ascii_uppercase());
    let name = if is_lower { name.into() } else { Cow::Owned(name.to_ascii_lowercase()) };
    for prefix in ["dc", "dcterms"] {
        if let Some(rest) = name.strip_prefix(prefix)
            && let Some(rest) = rest.strip_prefix([':', '_', '-'])
        {
            return format!("{prefix}.{rest}").into();
        }
    }
    name
}

fn put(claims: &mut Claims, target: Target, stated: Claim<String>) {
    match target {
        Target::String(slot) => claims.add(slot, stated),
        Target::Authors => {
            let named = |name: String| vec![Author { name, ..Author::default() }];
            push_list(&mut claims.authors, stated.map(named));
        }
        Target::Tags => {
            // `article:tag` is repeated, one tag each, which may hold a comma.
            let is_one =
                stated.voice == Voice::Article && stated.found.value.matches(',').count() < 2;
            let read = |text: String| if is_one { vec![text] } else { tag_list(&text) };
            push_list(&mut claims.tags, stated.map(read));
        }
        Target::Image => {
            claims.images.push(stated.map(|url| Image { url, ..Image::default() }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::claims::{Slot, Voice};
    use super::super::testing::{claims, names, strings, tags};

    #[test]
    fn lexicon_is_sorted_and_every_row_is_read() {
        let table = include_str!("../../lexicon/meta_keys.tsv");
        crate::lexicon::check(table, 3);
        assert_eq!(super::KEYS.len(), crate::lexicon::lines(table).count());
    }

    #[test]
    fn names_state_fields_whatever_the_attribute_and_case() {
        let claims = claims(
            "<meta property='og:title' content='One'><meta name='OG:Title' content='Two'>\
             <meta name='DC.title' content='Three'><meta name='dc:title' content='Four'>\
             <meta name='title' content=' '><meta name='unknown' content='x'>",
        );
        let expected = [
            (Voice::OpenGraph, "og:title", "One"),
            (Voice::OpenGraph, "og:title", "Two"),
            (Voice::DublinCore, "dc.title", "Three"),
            (Voice::DublinCore, "dc.title", "Four"),
        ];
        assert_eq!(
            strings(&claims, Slot::Headline),
            expected.map(|(v, k, t)| (v, k.into(), t.into()))
        );
    }

    #[test]
    fn repeated_names_state_one_list() {
        let claims = claims(
            "<meta property='article:tag' content='Art, Music'><meta property='article:tag' content='War'>\
             <meta name='citation_author' content='Roe, Jane'><meta name='citation_author' content='Doe, John'>\
             <meta name='keywords' content='a, b'>",
        );
        assert_eq!(tags(&claims), [vec!["Art, Music", "War"], vec!["a", "b"]]);
        assert_eq!(names(&claims), [["Roe, Jane", "Doe, John"]]);
    }

    #[test]
    fn twitter_labels_name_the_author() {
        let claims = claims(
            "<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Jane Roe'>\
             <meta name='twitter:label2' content='Reading time'><meta name='twitter:data2' content='5 minutes'>",
        );
        assert_eq!(names(&claims), [["Jane Roe"]]);
    }

    #[test]
    fn old_parsely_json_is_read() {
        let claims = claims(
            r#"<meta name="parsely-page" content='{"title": "Storm", "pub_date": "2014-05-01T10:00:00Z",
            "author": "Jane Roe", "section": "World", "tags": ["wind", "sea"]}'>"#,
        );
        assert_eq!(
            strings(&claims, Slot::Headline),
            [(Voice::Vendor, "parsely-page.title".into(), "Storm".into())]
        );
        assert_eq!(claims.first(Slot::Published), Some("2014-05-01T10:00:00Z"));
        assert_eq!(claims.first(Slot::Section), Some("World"));
        assert_eq!(names(&claims), [["Jane Roe"]]);
        assert_eq!(tags(&claims), [["wind", "sea"]]);
    }

    #[test]
    fn an_expiry_date_is_no_date_of_publication() {
        let claims = claims(
            "<meta name='sailthru.expire_date' content='2030-01-01'>\
             <meta property='article:expiration_time' content='2030-01-01'>",
        );
        assert_eq!(strings(&claims, Slot::Published), []);
    }
}
