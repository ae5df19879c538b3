//! What the page model sees of a page.

use url::Url;

use super::tally::{Tally, is_linked};
use super::{Evidence, marks, shape};
use crate::content::{Segment, Zone, letters_units, prose_units};
use crate::dom::Tag;
use crate::provenance::{Field, Place};

/// Names of the features, in order.
pub(crate) const NAMES: [&str; 80] = [
    "story_units",
    "story_segments",
    "mean_paragraph",
    "story_share",
    "page_segments",
    "page_link_density",
    "story_link_density",
    "headline_found",
    "first_headings",
    "linked_headings",
    "articles",
    "teasers",
    "type_article",
    "type_listing",
    "type_product",
    "type_forum",
    "og_article",
    "og_website",
    "published",
    "authors",
    "path_depth",
    "slug_words",
    "path_digits",
    "listing_path",
    "has_query",
    "error_title",
    "stops_per_100",
    "forms",
    "comments_units",
    "images",
    "list_share",
    "teaser_headings",
    "times_in_story",
    "home",
    "error_heading",
    "shop_elements",
    "thread_elements",
    "manual_elements",
    "list_elements",
    "site_elements",
    "story_elements",
    "shop_page",
    "thread_page",
    "manual_page",
    "list_page",
    "site_page",
    "story_page",
    "shop_address",
    "thread_address",
    "manual_address",
    "list_address",
    "site_address",
    "story_address",
    "is_page",
    "most_cards",
    "cards",
    "card_share",
    "story_card_share",
    "prices",
    "codes",
    "buttons",
    "inputs",
    "times",
    "calls",
    "headings",
    "story_headings",
    "short_share",
    "long_paragraphs",
    "longest_paragraph",
    "other_prose_share",
    "quotes_per_100",
    "questions_per_100",
    "capital_share",
    "direct_per_100",
    "words",
    "published_by",
    "authors_by",
    "headline_units",
    "slug_in_headline",
    "search",
];

/// Number of features.
pub(crate) const COUNT: usize = NAMES.len();

/// Features of one page.
pub(crate) type Features = [f32; COUNT];

/// Features of the page.
pub(crate) fn features(e: &Evidence<'_>) -> Features {
    let mut out = Vec::with_capacity(COUNT);
    let tally = Tally::of(e);
    spread(e, &mut out);
    structure(e, &tally, &mut out);
    stated(e, &mut out);
    address(e, &mut out);
    rest(e, &tally, &mut out);
    marks(e, &mut out);
    shape::parts(e, &tally, &mut out);
    shape::shape(e, &mut out);
    sources(e, &mut out);
    debug_assert_eq!(out.len(), COUNT);
    let mut features = [0.0; COUNT];
    features.copy_from_slice(&out);
    features
}

/// How the text is spread over the page.
fn spread(e: &Evidence<'_>, out: &mut Vec<f32>) {
    let segments = &e.measures.segments;
    let kept = || e.story.kept.iter().map(|i| &segments[*i]);
    let sum = |f: &dyn Fn(&Segment) -> u32| segments.iter().map(f).sum::<u32>() as f32;
    let (units, links) = (sum(&|s| s.counts.units), sum(&|s| s.counts.link_units));
    let story: u32 = kept().map(|s| s.counts.units).sum();
    let story_links: u32 = kept().map(|s| s.counts.link_units).sum();
    let paragraphs = kept().filter(|s| prose_units(&s.counts) > 0).count();
    out.extend([
        story as f32,
        e.story.kept.len() as f32,
        story as f32 / paragraphs.max(1) as f32,
        story as f32 / units.max(1.0),
        segments.len() as f32,
        links / units.max(1.0),
        story_links as f32 / story.max(1) as f32,
    ]);
}

fn structure(e: &Evidence<'_>, tally: &Tally, out: &mut Vec<f32>) {
    out.extend([
        flag(e.story.headline.is_some()),
        tally.count(&[Tag::H1]),
        tally.linked_headings as f32,
        tally.count(&[Tag::Article]),
        tally.teasers as f32,
    ]);
}

fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}

fn stated(e: &Evidence<'_>, out: &mut Vec<f32>) {
    let types = &e.stated.types;
    let any = |words: &[&str]| flag(types.iter().any(|t| words.iter().any(|w| t.ends_with(w))));
    let og = e.stated.og_type.as_deref().unwrap_or_default();
    out.extend([
        any(&["Article", "BlogPosting", "Report", "Review", "Recipe"]),
        any(&["CollectionPage", "ItemList", "SearchResultsPage", "Blog", "ProfilePage"]),
        any(&[
            "Product",
            "Offer",
            "AggregateOffer",
            "Service",
            "LocalBusiness",
            "SoftwareApplication",
        ]),
        any(&["DiscussionForumPosting", "QAPage", "FAQPage", "Question"]),
        flag(og.eq_ignore_ascii_case("article") || og.ends_with(":article")),
        flag(og.eq_ignore_ascii_case("website")),
        flag(e.metadata.published.is_some()),
        e.metadata.authors.as_ref().map_or(0.0, |a| a.value.len() as f32),
    ]);
}

/// Steps of an address under which lists stand.
const LISTING_STEPS: [&str; 18] = [
    "tag",
    "tags",
    "category",
    "categories",
    "search",
    "topic",
    "topics",
    "author",
    "authors",
    "archive",
    "archives",
    "page",
    "forum",
    "forums",
    "product",
    "products",
    "shop",
    "collections",
];

fn address(e: &Evidence<'_>, out: &mut Vec<f32>) {
    let Some(url) = e.address else {
        out.extend([-1.0; 5]);
        return;
    };
    let steps: Vec<&str> =
        url.path_segments().into_iter().flatten().filter(|s| !s.is_empty()).collect();
    let slug = steps.last().copied().unwrap_or_default();
    out.extend([
        steps.len() as f32,
        slug.split(['-', '_']).filter(|w| w.len() > 1).count() as f32,
        url.path().chars().filter(char::is_ascii_digit).count() as f32,
        flag(steps.iter().any(|s| LISTING_STEPS.contains(s))),
        flag(url.query().is_some()),
    ]);
}

/// Words of the titles of error pages.
const ERROR_WORDS: [&str; 17] = [
    "not found",
    "page not found",
    "access denied",
    "forbidden",
    "nicht gefunden",
    "introuvable",
    "no encontrada",
    "just a moment",
    "can’t find",
    "can't find",
    "page introuvable",
    "attention required",
    "not a bot",
    "not a robot",
    "verify you are human",
    "checking your browser",
    "security check",
];

fn rest(e: &Evidence<'_>, tally: &Tally, out: &mut Vec<f32>) {
    let title = tally.title.map(|id| e.dom.raw_text(id).to_lowercase()).unwrap_or_default();
    let segments = &e.measures.segments;
    let kept = || e.story.kept.iter().map(|i| &segments[*i]);
    let stops: u32 = kept().map(|s| s.counts.stops).sum();
    let units: u32 = kept().map(|s| s.counts.units).sum();
    let comments: u32 =
        segments.iter().filter(|s| s.zone.has(Zone::COMMENTS)).map(|s| s.counts.units).sum();
    let in_list = kept().filter(|s| e.dom.tag(s.container) == Tag::Li).count();
    let (teasers, times) = inside(e);
    out.extend([
        flag(is_error(&title)),
        100.0 * stops as f32 / units.max(1) as f32,
        tally.count(&[Tag::Form]),
        comments as f32,
        tally.count(&[Tag::Img]),
        in_list as f32 / e.story.kept.len().max(1) as f32,
        teasers,
        times,
        flag(e.address.is_some_and(is_home)),
        flag(tally.first_headings.iter().any(|id| is_error(&e.dom.inner_text(*id).to_lowercase()))),
    ]);
}

fn is_error(title: &str) -> bool {
    let code = |word: &str| matches!(word, "404" | "403" | "410" | "500" | "503");
    let names_code = title.split(|c: char| !c.is_alphanumeric()).take(2).any(code);
    title.len() < 120 && (names_code || ERROR_WORDS.iter().any(|w| title.contains(w)))
}

/// Whether an address is that of a home page: no path but for an index file or a language.
fn is_home(url: &Url) -> bool {
    let mut steps = url.path_segments().into_iter().flatten().filter(|s| !s.is_empty());
    url.query().is_none() && steps.all(|s| s.starts_with("index.") || s.len() == 2)
}

/// Headings that are links, per paragraph kept, and times, both between the first and the last segment
/// of the story: teasers of a list have both.
fn inside(e: &Evidence<'_>) -> (f32, f32) {
    let node = |i: Option<&usize>| {
        i.and_then(|i| e.measures.segments.get(*i)).map_or(0u32, |s| s.nodes.start)
    };
    let (first, last) = (node(e.story.kept.first()), node(e.story.kept.last()));
    let from = first.saturating_sub(20).max(1);
    let (mut headings, mut times) = (0, 0);
    for id in from..last {
        let tag = e.dom.tag(id);
        times += u32::from(tag == Tag::Time);
        headings += u32::from(tag.heading_level().is_some() && is_linked(e.dom, id));
    }
    (headings as f32 / e.story.kept.len().max(1) as f32, times as f32)
}

/// What names of classes, software and address say.
fn marks(e: &Evidence<'_>, out: &mut Vec<f32>) {
    let marks = marks::read(e.survey, &e.measures.zones, e.url);
    for counts in [marks.elements, marks.page, marks.address] {
        out.extend(counts.map(f32::from));
    }
    out.push(flag(e.survey.is_page));
}

/// Who states day and authors, and whether headline and address say the same.
fn sources(e: &Evidence<'_>, out: &mut Vec<f32>) {
    let metadata = e.metadata;
    let headline = metadata.headline.as_ref().map(|h| h.value.to_lowercase()).unwrap_or_default();
    out.extend([
        place_class(metadata.published.as_ref()),
        place_class(metadata.authors.as_ref()),
        letters_units(&headline) as f32,
        slug_share(e.address, &headline),
        flag(is_search(e)),
    ]);
}

/// Whether a page calls itself the result of a search, or its address asks for one.
fn is_search(e: &Evidence<'_>) -> bool {
    let asks = |url: &Url| {
        let query = url.query_pairs().any(|(key, value)| {
            matches!(&*key, "q" | "s" | "query" | "search" | "keyword" | "keywords")
                && !value.is_empty()
        });
        let step = url.path_segments().into_iter().flatten().any(|step| step == "search");
        query || step
    };
    e.stated.types.contains("SearchResultsPage") || e.address.is_some_and(asks)
}

/// 0 for nothing, 1 for the address, 2 for visible text, 3 for data.
fn place_class<T>(field: Option<&Field<T>>) -> f32 {
    match field.map(|f| f.origin.place) {
        None => 0.0,
        Some(Place::Url) => 1.0,
        Some(Place::Markup | Place::Text | Place::Title) => 2.0,
        Some(_) => 3.0,
    }
}

/// Share of the words of the last step of the address that the headline has; -1 without any.
fn slug_share(url: Option<&Url>, headline: &str) -> f32 {
    let Some(url) = url else { return -1.0 };
    let steps = url.path_segments().into_iter().flatten();
    let slug = steps.rev().find(|s| !s.is_empty()).unwrap_or_default().to_lowercase();
    let words: Vec<&str> =
        slug.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2).collect();
    if words.is_empty() {
        return -1.0;
    }
    let held = words.iter().filter(|word| headline.contains(**word)).count();
    held as f32 / words.len() as f32
}
