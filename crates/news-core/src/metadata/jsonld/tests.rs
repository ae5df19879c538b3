use super::super::claims::{Claims, LiveUpdate, Slot, Voice};
use super::super::testing::{
    claims, collect, names, read, script, strings, tags, values, warnings,
};
use crate::article::Image;
use crate::error::WarningCode;

fn stated(json: &str) -> Claims {
    claims(&script(json))
}

fn headlines(html: &str) -> Vec<String> {
    let claims = claims(html);
    let own = claims.get(Slot::Headline).iter().filter(|c| c.voice == Voice::JsonLd);
    own.map(|c| c.found.value.clone()).collect()
}

#[test]
fn one_object_is_the_story() {
    let claims = stated(
        r#"{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Storm &amp; sea",
        "datePublished": "2024-05-01", "dateModified": "2024-05-02", "inLanguage": "en-GB",
        "articleSection": ["World", "Weather"], "isAccessibleForFree": "False", "description": "Wind.",
        "publisher": {"@type": "Organization", "name": "The Post"}, "articleBody": "It blew."}"#,
    );
    let headline = (Voice::JsonLd, "NewsArticle.headline".to_owned(), "Storm & sea".to_owned());
    assert_eq!(strings(&claims, Slot::Headline), [headline]);
    let first = |slot| claims.first(slot).unwrap_or("");
    assert_eq!(
        [
            Slot::Published,
            Slot::Modified,
            Slot::Language,
            Slot::Section,
            Slot::Access,
            Slot::Publisher
        ]
        .map(first),
        ["2024-05-01", "2024-05-02", "en-GB", "World", "False", "The Post"],
    );
    assert_eq!(claims.article_body.as_ref().map(|f| f.value.as_str()), Some("It blew."));
    assert_eq!(claims.stated_free(), Some(false));
    assert_eq!(claims.types.iter().collect::<Vec<_>>(), ["NewsArticle"]);
}

#[test]
fn graphs_arrays_and_main_entities_are_walked() {
    for json in [
        r#"{"@graph": [{"@type": "WebSite", "name": "P"}, {"@type": "Article", "headline": "Storm"}]}"#,
        r#"[[{"@type": ["Thing", "schema:NewsArticle"], "headline": "Storm"}]]"#,
        r#"{"@type": "WebPage", "mainEntity": {"@type": "BlogPosting", "headline": "Storm"}}"#,
        r#"{"@type": "HowTo", "headline": "Storm"}"#,
    ] {
        assert_eq!(headlines(&script(json)), ["Storm"], "{json}");
    }
}

#[test]
fn of_several_articles_the_one_of_the_page_counts() {
    let json = r#"[{"@type": "NewsArticle", "headline": "Other"}, {"@type": "NewsArticle", "headline": "Storm"}]"#;
    assert_eq!(headlines(&format!("<h1>Storm</h1>{}", script(json))), ["Storm"]);
    let json = r#"[{"@type": "NewsArticle", "headline": "A", "url": "https://x.org/a"},
        {"@type": "NewsArticle", "headline": "B", "mainEntityOfPage": {"@id": "http://www.x.org/b/"}}]"#;
    let page = format!("<link rel=canonical href='https://x.org/b?x=1'>{}", script(json));
    assert_eq!(headlines(&page), ["B"]);
}

#[test]
fn listed_stories_are_not_the_page_s() {
    let json = r#"{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Other"}]}"#;
    assert_eq!(headlines(&script(json)), [""; 0]);
}

#[test]
fn authors_come_in_many_shapes() {
    for (author, expected) in [
        (r#""Jane Roe""#, vec!["Jane Roe"]),
        (r#"{"@type": "Person", "name": "Jane Roe"}"#, vec!["Jane Roe"]),
        (r#"[{"name": "Jane Roe"}, "Al Doe"]"#, vec!["Jane Roe", "Al Doe"]),
        (r#"{"name": ["Jane Roe", "Al Doe"]}"#, vec!["Jane Roe", "Al Doe"]),
        (r#"{"givenName": "Jane", "familyName": "Roe"}"#, vec!["Jane Roe"]),
        (r#"[["Jane Roe"]]"#, vec!["Jane Roe"]),
    ] {
        let claims = stated(&format!(r#"{{"@type": "Article", "author": {author}}}"#));
        assert_eq!(names(&claims), [expected], "{author}");
    }
}

#[test]
fn references_are_followed() {
    let claims = stated(
        r##"{"@graph": [{"@type": "Article", "author": {"@id": "#j"}, "image": {"@id": "#i"}},
        {"@type": "Person", "@id": "#j", "name": "Jane Roe", "jobTitle": "Editor", "url": "https://x.org/j"},
        {"@type": "ImageObject", "@id": "#i", "url": "https://x.org/i.jpg", "width": "800", "caption": "Sea"}]}"##,
    );
    let author = &claims.authors[0].found.value[0];
    assert_eq!(
        (author.name.as_str(), author.role.as_deref(), author.url.as_deref()),
        ("Jane Roe", Some("Editor"), Some("https://x.org/j")),
    );
    let expected = Image {
        url: "https://x.org/i.jpg".into(),
        width: Some(800),
        caption: Some("Sea".into()),
        ..Image::default()
    };
    assert_eq!(claims.images[0].found.value, expected);
}

#[test]
fn images_come_in_many_shapes() {
    for image in [
        r#""i.jpg""#,
        r#"["i.jpg", "j.jpg"]"#,
        r#"{"url": "i.jpg"}"#,
        r#"[{"contentUrl": "i.jpg"}]"#,
    ] {
        let claims = stated(&format!(r#"{{"@type": "Article", "image": {image}}}"#));
        assert_eq!(
            claims.images[0].found.value,
            Image { url: "i.jpg".into(), ..Image::default() },
            "{image}"
        );
    }
}

#[test]
fn keywords_come_as_string_or_list() {
    for keywords in
        [r#""wind, sea""#, r#"["wind", "sea"]"#, r#"[{"name": "wind"}, {"name": "sea"}]"#]
    {
        let claims = stated(&format!(r#"{{"@type": "Article", "keywords": {keywords}}}"#));
        assert_eq!(tags(&claims), [["wind", "sea"]], "{keywords}");
    }
}

#[test]
fn the_path_is_sorted_by_position() {
    let claims = stated(
        r#"{"@type": "BreadcrumbList", "itemListElement": [
        {"position": 2, "item": {"@id": "/w", "name": "World"}}, {"position": 1, "name": "Home"}]}"#,
    );
    assert_eq!(claims.breadcrumbs[0].found.value, ["Home", "World"]);
}

#[test]
fn a_part_that_is_not_free_is_not_free() {
    let json = r#"{"@type": "Article", "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false}}"#;
    assert_eq!(stated(json).stated_free(), Some(false));
}

#[test]
fn live_blogs_state_their_entries() {
    let claims = stated(
        r#"{"@type": "LiveBlogPosting", "headline": "Storm live", "liveBlogUpdate": [
        {"@type": "BlogPosting", "headline": "Wind rises", "datePublished": "2024-05-01T10:00Z", "articleBody": "More."}]}"#,
    );
    let expected = LiveUpdate {
        headline: Some("Wind rises".into()),
        published: Some("2024-05-01T10:00Z".into()),
        body: Some("More.".into()),
    };
    assert_eq!(claims.live_updates, [expected]);
    assert_eq!(claims.first(Slot::Headline), Some("Storm live"));
}

#[test]
fn the_page_and_the_site_speak_apart() {
    let claims = stated(
        r#"{"@graph": [{"@type": "WebPage", "datePublished": "2024-05-01"}, {"@type": "WebSite", "name": "Post"},
        {"@type": "Person", "name": "Jane Roe"}]}"#,
    );
    let published =
        (Voice::JsonLdPage, "WebPage.datePublished".to_owned(), "2024-05-01".to_owned());
    assert_eq!(strings(&claims, Slot::Published), [published]);
    assert_eq!(claims.first(Slot::SiteName), Some("Post"));
    assert_eq!(names(&claims), [["Jane Roe"]]);
}

#[test]
fn a_broken_script_loses_only_itself() {
    let page =
        format!("{}{}", script("{broken"), script(r#"{"@type": "Article", "headline": "Storm"}"#));
    assert_eq!(headlines(&page), ["Storm"]);
    assert_eq!(warnings(&claims(&page)), [WarningCode::BrokenJson]);
}

#[test]
fn an_oversized_script_is_passed_over() {
    let json =
        format!(r#"{{"@type": "Article", "headline": "Storm", "x": "{}"}}"#, "x".repeat(5000));
    assert_eq!(warnings(&stated(&json)), [WarningCode::JsonLimit]);
}

#[test]
fn odd_values_do_no_harm() {
    for json in [
        "null",
        "[]",
        "3",
        r#"{"@type": 7, "headline": {}}"#,
        r#"{"@type": "Article", "author": null}"#,
    ] {
        let claims = stated(json);
        assert_eq!((names(&claims), warnings(&claims)), (vec![], vec![]), "{json}");
    }
}

#[test]
fn the_address_of_the_caller_tells_the_story() {
    let json = r#"[{"@type": "Article", "headline": "A", "url": "https://x.org/a"},
        {"@type": "Article", "headline": "B", "url": "https://x.org/b"}]"#;
    let claims = read(&script(json), Some("https://x.org/b#top"), collect);
    assert_eq!(claims.first(Slot::Headline), Some("B"));
    assert_eq!(values(&script("{}"), Slot::Headline), [""; 0]);
}
