use std::ops::Range;

use super::super::claims::Slot;
use super::super::testing::{collect, metadata, metadata_at, read, script};
use super::super::{Access, Metadata, Page, StoryPlace};
use super::headline::strip_site;
use super::{Row, TRUST, access, resolve};
use crate::dom::Tag;
use crate::provenance::{Field, Place};

fn value<T: Clone>(field: Option<&Field<T>>) -> Option<T> {
    field.map(|f| f.value.clone())
}

fn headline(html: &str) -> Option<String> {
    value(metadata(html).headline.as_ref())
}

fn authors(metadata: &Metadata) -> Vec<String> {
    metadata.authors.iter().flat_map(|f| f.value.iter().map(|a| a.name.clone())).collect()
}

fn published(html: &str) -> Option<String> {
    metadata(html).published.map(|f| f.value.to_string())
}

#[test]
fn every_row_stands_once_and_ranks_nobody_twice() {
    for (at, (row, voices)) in TRUST.iter().enumerate() {
        assert!(TRUST[at + 1..].iter().all(|(other, _)| other != row), "{row:?}");
        for (at, voice) in voices.iter().enumerate() {
            assert!(!voices[at + 1..].contains(voice), "{row:?} {voice:?}");
        }
    }
    assert!(TRUST.iter().any(|(row, _)| *row == Row::Text(Slot::Headline)));
}

#[test]
fn the_headline_has_no_site_name() {
    let sites = ["thedailypost".to_owned(), "dailypost".to_owned()];
    let strip = |title: &'static str| strip_site(title, &sites, &[]);
    assert_eq!(strip("Storm hits | The Daily Post"), "Storm hits");
    assert_eq!(strip("Daily Post - Storm hits"), "Storm hits");
    assert_eq!(strip("Storm hits - World - Daily Post"), "Storm hits - World");
    assert_eq!(strip("Storm: a story"), "Storm: a story");
    assert_eq!(strip("The Daily Post"), "The Daily Post");
    let headings = ["stormhits".to_owned()];
    assert_eq!(strip_site("Storm hits - World - Elsewhere", &[], &headings), "Storm hits");
}

#[test]
fn a_heading_that_the_head_confirms_is_the_headline() {
    let page = "<title>Storm hits coast - Post</title><meta property=og:title content='A storm for the ages'>\
                <h1>Latest</h1><h1>Storm hits coast</h1>";
    assert_eq!(headline(page).as_deref(), Some("Storm hits coast"));
}

#[test]
fn the_name_of_the_site_in_a_heading_is_no_headline() {
    let page = "<meta property=og:site_name content='Wind Blog'><title>Storm | Wind Blog</title><h1>Wind Blog</h1>";
    assert_eq!(headline(page).as_deref(), Some("Storm"));
}

#[test]
fn a_kicker_is_no_part_of_the_headline() {
    let page = "<meta property=og:title content='Storm hits the coast'><h1>Weather - Storm hits the coast</h1>\
                <title>Weather - Storm hits the coast</title>";
    assert_eq!(headline(page).as_deref(), Some("Storm hits the coast"));
}

#[test]
fn agreement_raises_and_contradiction_lowers_confidence() {
    let confidence = |page: &str| metadata(page).headline.map_or(0.0, |f| f.confidence);
    let alone = confidence("<meta property=og:title content='Storm'>");
    let agreed = confidence("<meta property=og:title content='Storm'><title>Storm</title>");
    let denied = confidence("<meta property=og:title content='Storm'><title>Peace</title>");
    assert!(agreed > alone && alone > denied, "{agreed} {alone} {denied}");
}

#[test]
fn losers_are_kept_once() {
    let page = "<meta property=og:title content='Storm'><title>Peace</title><meta name=title content='Peace'>";
    let rejected = metadata(page).headline.map(|f| f.rejected).unwrap_or_default();
    assert_eq!(rejected.iter().map(|r| r.value.as_str()).collect::<Vec<_>>(), ["Peace"]);
    assert_eq!(rejected[0].origin.place, Place::Title);
}

#[test]
fn stated_times_beat_visible_ones() {
    let page = "<meta property=article:published_time content='2024-05-01T10:00:00+02:00'><h1>Storm</h1>\
                <time datetime='2024-05-03'>3 May</time>";
    assert_eq!(published(page).as_deref(), Some("2024-05-01T10:00:00+02:00"));
}

#[test]
fn of_visible_dates_the_one_at_the_headline_counts() {
    let page = "<html lang=en><div class=teaser><time datetime='2024-01-01'>x</time></div><h1>Storm hits</h1>\
                <p>May 2, 2024</p>{}<time datetime='2024-03-03'>y</time>";
    let page = &page.replace("{}", &"<p>Text.</p>".repeat(20));
    assert_eq!(published(page).as_deref(), Some("2024-05-02"));
}

#[test]
fn a_date_of_change_is_not_one_of_publication() {
    let page =
        "<html lang=en><h1>Storm hits</h1><p>Updated: May 4, 2024</p><p>Published: May 2, 2024</p>";
    let read = metadata(page);
    assert_eq!(read.published.map(|f| f.value.to_string()).as_deref(), Some("2024-05-02"));
    assert_eq!(read.modified.map(|f| f.value.to_string()).as_deref(), Some("2024-05-04"));
}

#[test]
fn a_time_whose_class_says_updated_is_no_time_of_publication() {
    // WordPress states both; a draft is changed before it is published.
    let page = "<h1>Storm</h1><time class='entry-date published' datetime='2024-05-02T09:30'>2 May</time>\
                <time class='updated' datetime='2024-05-01T23:00'>1 May 2024</time>";
    assert_eq!(published(page).as_deref(), Some("2024-05-02T09:30"));
}

#[test]
fn a_script_says_when_where_nothing_else_does() {
    let page = r#"<h1>Storm</h1><script>shop.init({\"item\": {\"published_at\":\"2024-05-02T06:22:28+01:00\"}});
                  x = {"publishedAt" : "2024-05-02"}</script>"#;
    let read = metadata(page).published;
    assert_eq!(
        read.as_ref().map(|f| f.value.to_string()).as_deref(),
        Some("2024-05-02T06:22:28+01:00")
    );
    assert_eq!(read.map(|f| f.origin.key).as_deref(), Some("published_at"));
    let list = page.replace(r#""2024-05-02""#, r#""2024-04-30""#);
    assert_eq!(published(&list), None);
    let shown = page.replace("<h1>", "<p>3 May 2024</p><h1>");
    assert_eq!(published(&shown).as_deref(), Some("2024-05-03"));
}

#[test]
fn a_story_is_not_published_after_the_day_that_it_shows() {
    let page = "<html lang=en><meta property=article:published_time content='2025-06-24T08:00:00Z'>\
                <h1>Storm hits</h1><p>August 25, 2024</p><p>Trees fell.</p>";
    assert_eq!(published(page).as_deref(), Some("2024-08-25"));
    // A day apart may be one of zones, and day and month may be swapped.
    let before = page.replace("T08", "T18").replace("August 25, 2024", "June 23, 2025");
    assert_eq!(published(&before).as_deref(), Some("2025-06-24T18:00:00Z"));
    let swapped = page.replace("2025-06-24", "2025-06-05").replace("August 25, 2024", "5/6/2025");
    assert_eq!(published(&swapped).as_deref(), Some("2025-06-05T08:00:00Z"));
    let prose = page.replace("August 25, 2024", "On August 25, 2024 the council had met for this");
    assert_eq!(published(&prose).as_deref(), Some("2025-06-24T08:00:00Z"));
}

#[test]
fn nothing_changes_before_it_is_published() {
    let page = "<meta property=article:published_time content='2024-05-02'>\
                <meta property=article:modified_time content='2024-05-01'>";
    assert_eq!(metadata(page).modified, None);
}

#[test]
fn years_before_the_web_are_not_believed() {
    assert_eq!(published("<meta name=date content='1970-01-01'>"), None);
}

#[test]
fn an_instant_is_told_in_the_zone_of_the_readers() {
    let page = "<html lang=de><meta property=article:published_time content='2021-11-04T23:00:00Z'><h1>Sturm</h1>\
                <p>5. November 2021</p>";
    assert_eq!(published(page).as_deref(), Some("2021-11-05T00:00:00+01:00"));
}

#[test]
fn the_address_vouches_for_its_month() {
    let page = "<h1>Storm</h1><p>Text without any.</p><footer><p>2010-05-19</p></footer>";
    let read = metadata_at(Some("https://x.org/2010/05/storm"), page);
    assert_eq!(read.published.map(|f| f.value.to_string()).as_deref(), Some("2010-05-19"));
}

#[test]
fn people_beat_the_newsroom() {
    let json = r#"{"@type": "NewsArticle", "headline": "Storm",
        "author": {"@type": "Organization", "name": "Daily Post"}}"#;
    let page = format!("{}<h1>Storm</h1><span class=byline>By Jane Roe</span>", script(json));
    assert_eq!(authors(&metadata(&page)), ["Jane Roe"]);
}

#[test]
fn of_nested_bylines_the_innermost_count_together() {
    let page = "<html lang=en><title>Storm</title><h1>Storm</h1><div class='author-box'><a class='author-name'>Jane Roe</a>\
                <a class='author-name'>Adam Doe</a><p>Jane has written for Example Magazine since May.</p></div>";
    assert_eq!(authors(&metadata(page)), ["Jane Roe", "Adam Doe"]);
}

#[test]
fn a_line_with_a_cue_is_a_byline() {
    let page =
        "<html lang=de><title>Sturm</title><h1>Sturm</h1><p>Von Erika Muster</p><p>Es stürmt.</p>";
    assert_eq!(authors(&metadata(page)), ["Erika Muster"]);
}

#[test]
fn commenters_are_no_authors() {
    let page =
        "<title>Storm</title><h1>Storm</h1><div class=comments><b class=author>Troll One</b></div>";
    assert_eq!(authors(&metadata(page)), [""; 0]);
}

#[test]
fn names_in_comments_are_no_authors_whatever_their_class() {
    let page = "<h1>Storm hits</h1><p>Text.</p><ol class='comment-list'><li><b class='author'>Max Roe</b></ol>";
    assert!(metadata(page).authors.is_none());
}

#[test]
fn who_reviewed_is_no_author() {
    let page = "<h1>Storm hits</h1><p>By <a rel=author href='/a'>Jane Roe</a></p>\
                <p>Medically reviewed by <a rel=author href='/b'>Max Doe</a></p>";
    assert_eq!(authors(&metadata(page)), ["Jane Roe"]);
}

#[test]
fn a_job_title_completes_no_byline() {
    let data = script(r#"{"@type":"Article","author":{"name":"Jane Roe"}}"#);
    let page = format!(
        "{data}<h1>Storm hits</h1><div class=author><p>Jane Roe</p><p>Senior Tester</p></div>"
    );
    assert_eq!(authors(&metadata(&page)), ["Jane Roe"]);
    let page =
        format!("{data}<h1>Storm hits</h1><div class=author><p>Jane Roe</p><p>Paul Doe</p></div>");
    assert_eq!(authors(&metadata(&page)), ["Jane Roe", "Paul Doe"]);
}

#[test]
fn a_labelled_fact_names_the_author() {
    let fact =
        "<ul><li><strong>Date</strong> 3 May</li><li><strong>Author</strong> Jane Roe</li></ul>";
    let page = format!("<html lang=en><h1>Storm hits</h1><p>Text.</p><aside>{fact}</aside>");
    assert_eq!(authors(&metadata(&page)), ["Jane Roe"]);
    let several = format!("{page}<aside><ul><li><strong>Author</strong> Max Doe</li></ul></aside>");
    assert!(metadata(&several).authors.is_none());
}

#[test]
fn a_name_alone_below_the_headline_is_the_author() {
    let page = "<h1>Storm hits</h1><p>Jane Roe</p><p>3 May 2024</p><p>Trees fell.</p>";
    assert_eq!(authors(&of_story(page, 2..3)), ["Jane Roe"]);
}

/// The metadata of a page whose story is these of its paragraphs, the last of them its prose.
fn of_story(page: &str, paragraphs: Range<usize>) -> Metadata {
    read(page, None, |page| {
        let all: Vec<u32> = page.dom.all().filter(|n| page.dom.tag(*n) == Tag::P).collect();
        let (first, prose) = (all[paragraphs.start], all[paragraphs.end - 1]);
        let story = StoryPlace { headline: None, prose, range: first..page.dom.end(prose) };
        resolve(collect(page), page, Some(&story), "", &mut Vec::new()).0
    })
}

#[test]
fn a_bold_line_before_the_prose_is_a_byline_unless_the_story_writes_its_words_small() {
    let page = |line: &str| {
        let house = "<meta name=author content='The Mountain Times'><meta property=og:site_name content='The Mountain Times'>";
        format!(
            "{house}<h1>Dam levels fall</h1><p><b>{line}</b></p><p>Herders count the key facts and walk further.</p>"
        )
    };
    assert_eq!(authors(&of_story(&page("Mphwe Letlaka"), 0..2)), ["Mphwe Letlaka"]);
    let two = authors(&of_story(&page("Mphwe Letlaka/Qhobo Tsiu"), 0..2));
    assert_eq!(two, ["Mphwe Letlaka", "Qhobo Tsiu"]);
    assert_eq!(authors(&of_story(&page("Key Facts"), 0..2)), ["The Mountain Times"]);
}

#[test]
fn what_the_story_writes_small_is_no_author_beside_a_name() {
    let page = "<h1>Leeks</h1><span class=byline>By Jane Roe, Soil Educator &amp; Bed Planner</span>                <p>Every educator knows that leeks want deep soil and a bed of their own.</p>";
    assert_eq!(authors(&of_story(page, 0..1)), ["Jane Roe"]);
    let menu = "<h1>Leeks</h1><span class=author>Root Crops</span><p>Of all root crops leeks want depth.</p>";
    assert_eq!(authors(&of_story(menu, 0..1)), [""; 0]);
    let stated = "<meta name=author content='Root Crops'><h1>Leeks</h1><p>Of all root crops leeks want depth.</p>";
    assert_eq!(authors(&of_story(stated, 0..1)), ["Root Crops"]);
    let two = "<meta name=author content='Jane Roe, Mphwe Young'><h1>Leeks</h1><p>The young plants want depth.</p>";
    assert_eq!(
        authors(&of_story(
            &two.replace(
                "meta name=author content='Jane Roe, Mphwe Young'",
                "i class=byline>By Mphwe Young</i"
            ),
            0..1
        )),
        ["Mphwe Young"]
    );
    assert_eq!(authors(&of_story(two, 0..1)), ["Jane Roe", "Mphwe Young"]);
}

#[test]
fn who_reviewed_is_no_author_though_the_words_stand_in_two_elements() {
    let page = "<h1>Leeks</h1>By <a rel=author href='/a'>Jane Roe</a> <b>| Reviewed</b> <i>by:</i> <a rel=author href='/b'>John Poe</a>";
    assert_eq!(authors(&metadata(page)), ["Jane Roe"]);
}

#[test]
fn a_link_to_the_page_of_its_name_is_a_byline() {
    let page = "<h1>Storm hits</h1><p><a href='/blog/authors/jane-roe'>Jane Roe</a> <a href='/blog/authors/all'>More Names</a></p>";
    assert_eq!(authors(&metadata(page)), ["Jane Roe"]);
}

#[test]
fn languages_are_tags() {
    let language = |lang: &str| value(metadata(&format!("<html lang='{lang}'>")).language.as_ref());
    assert_eq!(language("de_at").as_deref(), Some("de-AT"));
    assert_eq!(language("zh-hans-cn").as_deref(), Some("zh-Hans-CN"));
    assert_eq!(language("English").as_deref(), Some("en"));
    assert_eq!(language("x"), None);
}

#[test]
fn long_prose_corrects_the_stated_language() {
    let prose =
        "Der Sturm hat in der Nacht die Küste erreicht und viele Bäume umgeworfen. ".repeat(20);
    let run = |page: &Page| resolve(collect(page), page, None, &prose, &mut Vec::new()).0.language;
    let corrected = read("<html lang=en>", None, run).map(|f| (f.value, f.origin.place));
    assert_eq!(corrected, Some(("de".to_owned(), Place::Text)));
    let confirmed =
        read("<html lang=en><meta property=og:locale content=de_CH>", None, run).map(|f| f.value);
    assert_eq!(confirmed.as_deref(), Some("de-CH"));
}

#[test]
fn tags_are_cleaned() {
    let page = "<meta name=keywords content='Wind, wind, 98be933f-38cf-4fba-b6c6-ad438e82010a, type:news, Sea'>";
    assert_eq!(
        value(metadata(page).tags.as_ref()),
        Some(vec!["Wind".to_owned(), "Sea".to_owned()])
    );
}

#[test]
fn addresses_are_absolute() {
    let page = "<link rel=canonical href='/a'><meta property=og:image content='//cdn.x.org/i.jpg'>";
    let read = metadata_at(Some("https://x.org/a?utm=1"), page);
    assert_eq!(value(read.url.as_ref()).as_deref(), Some("https://x.org/a"));
    assert_eq!(read.image.map(|f| f.value.url).as_deref(), Some("https://cdn.x.org/i.jpg"));
}

#[test]
fn access_is_read_from_its_words() {
    assert_eq!(access(" True "), Some(Access::Free));
    assert_eq!(access("metered"), Some(Access::Paid));
    assert_eq!(access("perhaps"), None);
}

#[test]
fn the_story_s_own_headline_tells_what_is_near() {
    let page =
        "<title>Storm</title><h1>Storm</h1><p>2024-01-01</p><h2>Storm again</h2><p>2024-02-02</p>";
    let run = |page: &Page| {
        let place = StoryPlace { headline: page.dom.first(0, Tag::H2), range: 0..1, prose: 0 };
        resolve(collect(page), page, Some(&place), "", &mut Vec::new()).0.published
    };
    assert_eq!(read(page, None, run).map(|f| f.value.to_string()).as_deref(), Some("2024-02-02"));
}

#[test]
fn an_empty_page_states_nothing() {
    assert_eq!(metadata(""), Metadata::default());
}
