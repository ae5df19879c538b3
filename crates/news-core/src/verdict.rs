//! What kind of page this is, and whether the whole story is here.
//!
//! Whether the page holds one story is a learned decision over what the page states and how its
//! text is spread; which kind of story is read from schema types, section and address.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use url::Url;

use crate::article::{Block, BlockKind, BodyOrigin, Completeness, Kind, Verdict};
use crate::content::{Measures, Story, Zone, letters_units, prose_units};
use crate::dom::{Dom, Tag};
use crate::error::{Warning, WarningCode};
use crate::lexicon;
use crate::metadata::{Access, Claims, Metadata};
use crate::trees::Model;

/// The page model that ships, trained by `tools/models/train.py`.
pub(crate) static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_str!("verdict.model"), COUNT));

/// Score from which a page is an article. Set low: a story refused is lost, a listing let through
/// carries its warning in `confidence`.
const THRESHOLD: f32 = 0.2;

/// Names of the features, in order.
pub(crate) const NAMES: [&str; 35] = [
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
];

/// Number of features.
pub(crate) const COUNT: usize = NAMES.len();

/// Features of one page.
pub(crate) type Features = [f32; COUNT];

/// What the page states about its kind.
#[derive(Debug, Default)]
pub(crate) struct Stated {
    /// schema.org types.
    pub(crate) types: BTreeSet<String>,
    /// `og:type`.
    pub(crate) og_type: Option<String>,
}

impl Stated {
    /// Taken from the claims before they are resolved.
    pub(crate) fn of(claims: &Claims) -> Self {
        Self { types: claims.types.clone(), og_type: claims.og_type().map(str::to_owned) }
    }

    /// Whether the page says that it is a live blog.
    pub(crate) fn is_live(&self) -> bool {
        self.types.contains("LiveBlogPosting")
    }
}

/// What the verdict looks at.
#[derive(Clone, Copy)]
pub(crate) struct Evidence<'a> {
    pub(crate) dom: &'a Dom,
    pub(crate) measures: &'a Measures,
    pub(crate) story: &'a Story,
    pub(crate) stated: &'a Stated,
    pub(crate) metadata: &'a Metadata,
    pub(crate) blocks: &'a [Block],
    pub(crate) origin: BodyOrigin,
    pub(crate) url: Option<&'a str>,
}

/// Judges the page.
pub(crate) fn judge(evidence: &Evidence<'_>, features: &Features, model: &Model) -> Verdict {
    let score = model.score(features);
    let score = if is_no_story(features) { score.min(REFUSED) } else { score };
    let is_article = score >= THRESHOLD;
    let kind = if is_article { story_kind(evidence) } else { page_kind(features) };
    Verdict {
        is_article,
        kind,
        completeness: if is_article { completeness(evidence) } else { Completeness::None },
        confidence: if is_article { score } else { 1.0 - score },
        reasons: reasons(features),
    }
}

/// Score of a page that a convention refuses.
const REFUSED: f32 = 0.1;

fn value(features: &Features, name: &str) -> f32 {
    NAMES.iter().position(|n| *n == name).map_or(0.0, |i| features[i])
}

/// Units of text up to which a page may be an error page.
const MAX_ERROR_UNITS: f32 = 1_500.0;

/// Conventions of pages that hold no story: the address of a home page over linked headings; a title and heading that name an
/// error; teasers whose headings lead elsewhere, two for three paragraphs, on a page that does not
/// call itself an article.
fn is_no_story(features: &Features) -> bool {
    let has = |name: &str| value(features, name) > 0.0;
    let teasers =
        value(features, "teaser_headings") > 0.34 && value(features, "linked_headings") >= 5.0;
    let stated = has("type_article") || has("og_article");
    let lists = value(features, "linked_headings") >= 5.0;
    has("home") && !stated && lists
        || has("error_title")
            && has("error_heading")
            && value(features, "story_units") < MAX_ERROR_UNITS
        || teasers && (!stated || has("listing_path"))
}

/// Says in warnings what a caller must not overlook.
pub(crate) fn warn(
    verdict: &Verdict,
    origin: BodyOrigin,
    blocks: &[Block],
    warnings: &mut Vec<Warning>,
) {
    if !verdict.is_article {
        let message = format!("the page reads as {:?} rather than as one story", verdict.kind);
        warnings.push(Warning::new(WarningCode::NotAnArticle, message));
    } else if blocks.is_empty() {
        warnings.push(Warning::new(WarningCode::NoBody, "no text of a story was found"));
    }
    let from = match origin {
        BodyOrigin::JsonLd => "articleBody of its JSON-LD",
        BodyOrigin::State => "the page's application state",
        _ => return,
    };
    warnings
        .push(Warning::new(WarningCode::BodyFromData, format!("the story was read from {from}")));
}

/// Features of the page.
pub(crate) fn features(e: &Evidence<'_>) -> Features {
    let mut out = Vec::with_capacity(COUNT);
    spread(e, &mut out);
    structure(e, &mut out);
    stated(e, &mut out);
    address(e, &mut out);
    rest(e, &mut out);
    let mut features = [0.0; COUNT];
    features.copy_from_slice(&out);
    features
}

/// How the text is spread over the page.
fn spread(e: &Evidence<'_>, out: &mut Vec<f32>) {
    let segments = &e.measures.segments;
    let kept = || e.story.kept.iter().map(|i| &segments[*i]);
    let sum =
        |f: &dyn Fn(&crate::content::Segment) -> u32| segments.iter().map(f).sum::<u32>() as f32;
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

fn structure(e: &Evidence<'_>, out: &mut Vec<f32>) {
    let dom = e.dom;
    let mut first_headings = 0;
    let mut linked_headings = 0;
    let mut articles = 0;
    let mut teasers = 0;
    for id in dom.all() {
        let tag = dom.tag(id);
        first_headings += u32::from(tag == Tag::H1);
        if tag.heading_level().is_some()
            && (dom.first(id, Tag::A).is_some() || dom.tag(dom.parent(id)) == Tag::A)
        {
            linked_headings += 1;
        }
        articles += u32::from(tag == Tag::Article);
        let outer = e.measures.zones[dom.parent(id) as usize];
        teasers += u32::from(
            e.measures.zones[id as usize].has(Zone::RELATED) && !outer.has(Zone::RELATED),
        );
    }
    out.extend([
        flag(e.story.headline.is_some()),
        first_headings as f32,
        linked_headings as f32,
        articles as f32,
        teasers as f32,
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
    let Some(url) = e.url.and_then(|u| Url::parse(u).ok()) else {
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
const ERROR_WORDS: [&str; 12] = [
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
];

fn rest(e: &Evidence<'_>, out: &mut Vec<f32>) {
    let title = e
        .dom
        .all()
        .find(|id| e.dom.tag(*id) == Tag::Title)
        .map(|id| e.dom.raw_text(id).to_lowercase())
        .unwrap_or_default();
    let segments = &e.measures.segments;
    let kept = || e.story.kept.iter().map(|i| &segments[*i]);
    let stops: u32 = kept().map(|s| s.counts.stops).sum();
    let units: u32 = kept().map(|s| s.counts.units).sum();
    let comments: u32 =
        segments.iter().filter(|s| s.zone.has(Zone::COMMENTS)).map(|s| s.counts.units).sum();
    let count = |tag: Tag| e.dom.all().filter(|id| e.dom.tag(*id) == tag).count() as f32;
    let in_list = kept().filter(|s| e.dom.tag(s.container) == Tag::Li).count();
    let (teasers, times) = inside(e);
    out.extend([
        flag(is_error(&title)),
        100.0 * stops as f32 / units.max(1) as f32,
        count(Tag::Form),
        comments as f32,
        count(Tag::Img),
        in_list as f32 / e.story.kept.len().max(1) as f32,
        teasers,
        times,
        flag(is_home(e.url)),
        flag(
            e.dom
                .all()
                .filter(|id| e.dom.tag(*id) == Tag::H1)
                .any(|id| is_error(&e.dom.inner_text(id).to_lowercase())),
        ),
    ]);
}

fn is_error(title: &str) -> bool {
    let code = |word: &str| matches!(word, "404" | "403" | "410" | "500" | "503");
    let names_code = title.split(|c: char| !c.is_alphanumeric()).take(2).any(code);
    title.len() < 120 && (names_code || ERROR_WORDS.iter().any(|w| title.contains(w)))
}

/// Whether an address is that of a home page: no path but for an index file or a language.
fn is_home(url: Option<&str>) -> bool {
    let Some(url) = url.and_then(|u| Url::parse(u).ok()) else { return false };
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
        let linked = || e.dom.first(id, Tag::A).is_some() || e.dom.tag(e.dom.parent(id)) == Tag::A;
        headings += u32::from(tag.heading_level().is_some() && linked());
    }
    (headings as f32 / e.story.kept.len().max(1) as f32, times as f32)
}

/// Names the features that speak loudest, for people.
fn reasons(features: &Features) -> Vec<String> {
    let told = [
        "story_units",
        "story_share",
        "type_article",
        "og_article",
        "published",
        "linked_headings",
        "listing_path",
        "error_title",
    ];
    told.iter().map(|name| format!("{name} = {}", value(features, name))).collect()
}

fn page_kind(features: &Features) -> Kind {
    let has = |name: &str| value(features, name) > 0.0;
    let lists = value(features, "linked_headings") >= 5.0
        || has("listing_path")
        || has("type_listing")
        || has("home");
    if lists && !has("error_title") { Kind::Listing } else { Kind::NotArticle }
}

static KINDS: LazyLock<HashMap<&'static str, Kind>> = LazyLock::new(|| {
    let kind = |name: &str| serde_json::from_value(serde_json::Value::from(name)).ok();
    lexicon::lines(include_str!("../lexicon/kinds.tsv"))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(word, name)| Some((word, kind(name)?)))
        .collect()
});

fn kind_named(word: &str) -> Option<Kind> {
    KINDS.get(word.trim().to_lowercase().as_str()).copied()
}

/// Pictures from which a story with little text is a gallery, and units that are little.
const GALLERY_FIGURES: usize = 5;
const LITTLE_TEXT: u32 = 1_500;

fn story_kind(e: &Evidence<'_>) -> Kind {
    let typed = e.stated.types.iter().filter_map(|t| kind_named(t)).find(|k| *k != Kind::Video);
    let section = e.metadata.section.as_ref().and_then(|s| kind_named(&s.value));
    typed
        .or_else(|| shape(e))
        .or(section)
        .or_else(|| kind_in_path(e.url?))
        .map_or(Kind::NewsStory, |kind| plausible(e, kind))
}

/// What the blocks themselves show.
fn shape(e: &Evidence<'_>) -> Option<Kind> {
    let count = |f: &dyn Fn(&BlockKind) -> bool| e.blocks.iter().filter(|b| f(&b.kind)).count();
    let units: u32 = e.blocks.iter().flat_map(Block::lines).map(|l| letters_units(&l)).sum();
    let figures = count(&|k| matches!(k, BlockKind::Figure { .. }));
    let video = e.stated.types.contains("VideoObject")
        || e.stated.og_type.as_deref().is_some_and(|t| t.starts_with("video"));
    if count(&|k| matches!(k, BlockKind::LiveEntry { .. })) > 2 {
        Some(Kind::LiveBlog)
    } else if count(&|k| matches!(k, BlockKind::Turn { .. })) > 5 {
        Some(Kind::Interview)
    } else if is_press_release(e) {
        Some(Kind::PressRelease)
    } else if figures >= GALLERY_FIGURES && units < LITTLE_TEXT {
        Some(Kind::Gallery)
    } else if video && units < LITTLE_TEXT {
        Some(Kind::Video)
    } else {
        None
    }
}

static PRESS_CUES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lexicon::lines(include_str!("../lexicon/press_cues.txt")).collect());

/// Lines at the end of a text in which a press release names its source or contact.
const PRESS_LINES: usize = 8;

fn is_press_release(e: &Evidence<'_>) -> bool {
    let lines = e.blocks.iter().rev().take(PRESS_LINES).flat_map(Block::lines);
    lines.into_iter().any(|line| PRESS_CUES.iter().any(|cue| line.starts_with(cue)))
}

/// A page filed under videos that is mostly text is a story with a video.
fn plausible(e: &Evidence<'_>, kind: Kind) -> Kind {
    let units: u32 = e.blocks.iter().flat_map(Block::lines).map(|l| letters_units(&l)).sum();
    match kind {
        Kind::Video | Kind::Gallery | Kind::Podcast if units > 2 * LITTLE_TEXT => Kind::NewsStory,
        kind => kind,
    }
}

fn kind_in_path(url: &str) -> Option<Kind> {
    let url = Url::parse(url).ok()?;
    let steps: Vec<&str> = url.path_segments()?.collect();
    let folders = steps.get(..steps.len().saturating_sub(1))?;
    folders.iter().find_map(|step| kind_named(step))
}

/// Units below which a story behind a wall is a teaser.
const TEASER_UNITS: u32 = 1_500;

fn completeness(e: &Evidence<'_>) -> Completeness {
    let units: u32 = e.blocks.iter().flat_map(Block::lines).map(|l| letters_units(&l)).sum();
    let paid = e.metadata.access.as_ref().is_some_and(|a| a.value == Access::Paid);
    let is_teaser = units < TEASER_UNITS && e.origin == BodyOrigin::Markup && (paid || has_wall(e));
    if is_teaser { Completeness::Teaser } else { Completeness::Complete }
}

/// Whether a subscription wall stands on the page: an element whose class says so and holds text.
fn has_wall(e: &Evidence<'_>) -> bool {
    const WALL: [&str; 8] = [
        "paywall",
        "regwall",
        "piano",
        "subscribe",
        "subscription",
        "abo",
        "abonnement",
        "registration",
    ];
    let after = e.story.kept.last().map_or(0, |i| e.measures.segments[*i].nodes.end);
    let end = after.saturating_add(400).min(e.dom.len() as u32);
    (after.max(1)..end).any(|id| {
        let class = e.dom.attr(id, &html5ever::local_name!("class")).unwrap_or_default();
        class.len() < 200
            && crate::content::class_words(class)
                .iter()
                .any(|w| WALL.get(..3).is_some_and(|w2| w2.contains(&w.as_str())))
    })
}
