//! What kind of page this is, and whether the whole story is here.
//!
//! Whether the page holds one story is a learned decision over what the page states and how its
//! text is spread; which kind of story is read from schema types, section and address.

mod cards;
mod features;
mod kind;
mod marks;
mod shape;
mod tally;

use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(crate) use features::{COUNT, Features, NAMES, features};

use url::Url;

use crate::article::{Block, BodyOrigin, Completeness, Kind, Verdict};
use crate::content::{Measures, Story};
use crate::dom::Dom;
use crate::error::{Warning, WarningCode};
use crate::metadata::{Access, Claims, Metadata, words};
use crate::survey::Survey;
use crate::trees::{Model, packed};

/// The page model that ships, trained by `tools/models/train.py`.
pub(crate) static MODEL: LazyLock<Model> = LazyLock::new(|| Model::unpack(packed!("page"), COUNT));

/// Score from which a page is an article: 99 % of the stories of unseen hosts have it, 9 % of the
/// listings, products, services and forums.
const THRESHOLD: f32 = 0.45;
/// Score below which a page that is no article gives no body either. Set low: the body of a story
/// that is refused in doubt is not lost.
const SURELY_NONE: f32 = 0.015;

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
    pub(crate) dom: &'a Dom<'a>,
    pub(crate) survey: &'a Survey<'a>,
    pub(crate) measures: &'a Measures,
    pub(crate) story: &'a Story,
    pub(crate) stated: &'a Stated,
    pub(crate) metadata: &'a Metadata,
    pub(crate) blocks: &'a [Block],
    /// Letters of the blocks.
    pub(crate) written: u32,
    pub(crate) origin: BodyOrigin,
    pub(crate) url: Option<&'a str>,
    /// The same, where it is one.
    pub(crate) address: Option<&'a Url>,
    /// Letters of the body that the page's data state.
    pub(crate) stated_units: Option<u32>,
}

/// How much speaks for an article, 0 to 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Score {
    /// For the verdict.
    pub(crate) article: f32,
    /// For the body: where all but the address speaks for a story, it is kept.
    body: f32,
}

impl Score {
    /// Whether the page gives no body.
    pub(crate) fn drops_body(self) -> bool {
        self.body < SURELY_NONE
    }
}

/// Scores the page: as the model does, and no higher than conventions allow.
pub(crate) fn score(evidence: &Evidence<'_>, features: &Features, model: &Model) -> Score {
    let learned = model.probability(features);
    let shown = if is_error_page(features) || is_list(features) {
        REFUSED
    } else if is_product(features) || is_thread(evidence.stated, features) {
        DOUBTED
    } else {
        1.0
    };
    let is_home = is_home_page(features);
    let article = learned.min(if is_home { REFUSED } else { shown });
    let is_story_at_home = is_home && learned.min(shown) >= THRESHOLD;
    Score { article, body: if is_story_at_home { learned } else { article } }
}

/// How sure a verdict is: half where it could be either, 1 at the ends.
fn confidence(score: f32) -> f32 {
    let distance = if score >= THRESHOLD {
        (score - THRESHOLD) / (1.0 - THRESHOLD)
    } else {
        (THRESHOLD - score) / THRESHOLD
    };
    0.5 + distance / 2.0
}

/// Judges the page by its [`Score`] for an article.
pub(crate) fn judge(evidence: &Evidence<'_>, features: &Features, score: f32) -> Verdict {
    let is_article = score >= THRESHOLD;
    let kind = if is_article { kind::story_kind(evidence) } else { page_kind(features) };
    Verdict {
        is_article,
        kind,
        completeness: if is_article { completeness(evidence) } else { Completeness::None },
        confidence: confidence(score),
        reasons: reasons(features),
    }
}

/// Most that a page scores that a convention refuses for sure, and in doubt.
const REFUSED: f32 = 0.01;
const DOUBTED: f32 = 0.3;

fn value(features: &Features, name: &str) -> f32 {
    NAMES.iter().position(|n| *n == name).map_or(0.0, |i| features[i])
}

/// Units of text up to which a page may be an error page.
const MAX_ERROR_UNITS: f32 = 1_500.0;

/// Elements named as those of forums from which a page at the address of a thread is one.
const THREAD_ELEMENTS: f32 = 30.0;

/// Whether a page that does not call itself an article says that it is a thread of a forum: by its
/// schema, or by its address and its markup.
fn is_thread(stated: &Stated, features: &Features) -> bool {
    let typed = ["DiscussionForumPosting", "QAPage"].iter().any(|t| stated.types.contains(*t));
    let named = value(features, "thread_address") > 0.0
        && value(features, "thread_elements") >= THREAD_ELEMENTS;
    value(features, "type_article") == 0.0 && (typed || named)
}

/// Whether a page calls itself a product and nothing else.
fn is_product(features: &Features) -> bool {
    let has = |name: &str| value(features, name) > 0.0;
    has("type_product") && !is_stated(features) && !has("story_address")
}

/// Whether a page calls itself an article.
fn is_stated(features: &Features) -> bool {
    value(features, "type_article") > 0.0 || value(features, "og_article") > 0.0
}

/// Headings that are links from which a page lists stories.
const MANY_LINKED: f32 = 5.0;

/// Whether the address is that of a home page over linked headings. Such addresses also stand on pages
/// that were saved or moved, and small papers print their newest story there.
fn is_home_page(features: &Features) -> bool {
    let lists = value(features, "linked_headings") >= MANY_LINKED;
    value(features, "home") > 0.0 && lists && !is_stated(features)
}

/// Whether title and heading name an error, over little text.
fn is_error_page(features: &Features) -> bool {
    let named = ["error_title", "error_heading"].iter().all(|name| value(features, name) > 0.0);
    named && value(features, "story_units") < MAX_ERROR_UNITS
}

/// Whether teasers stand between the paragraphs: headings that lead elsewhere, one for three paragraphs,
/// on a page that does not call itself an article.
fn is_list(features: &Features) -> bool {
    let lists = value(features, "linked_headings") >= MANY_LINKED;
    let teasers = value(features, "teaser_headings") > 0.34 && lists;
    teasers && (!is_stated(features) || value(features, "listing_path") > 0.0)
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

/// Elements named as those of shops or forums from which the page is one.
const MANY_MARKS: f32 = 8.0;

/// Prices from which such a page sells.
const MANY_PRICES: f32 = 3.0;

/// Which kind of page without a story: error page and home page by convention, then what the page
/// says of itself, then its marks.
fn page_kind(features: &Features) -> Kind {
    let value = |name: &str| value(features, name);
    let has = |name: &str| value(name) > 0.0;
    let sells = value("shop_elements") >= MANY_MARKS && value("prices") >= MANY_PRICES;
    if has("error_title") && has("error_heading") {
        Kind::ErrorPage
    } else if has("home") {
        Kind::HomePage
    } else if has("search") {
        Kind::SearchResults
    } else if has("type_forum") || has("thread_page") || value("thread_elements") >= MANY_MARKS {
        Kind::Forum
    } else if has("type_product") || has("shop_page") || sells {
        Kind::Product
    } else if value("linked_headings") >= MANY_LINKED || has("listing_path") || has("type_listing")
    {
        Kind::Listing
    } else {
        Kind::NotArticle
    }
}

/// Units below which a story behind a wall is a teaser.
const TEASER_UNITS: u32 = 1_500;

fn completeness(e: &Evidence<'_>) -> Completeness {
    let paid = e.metadata.access.as_ref().is_some_and(|a| a.value == Access::Paid);
    let is_teaser =
        e.written < TEASER_UNITS && e.origin == BodyOrigin::Markup && (paid || has_wall(e));
    if is_teaser { Completeness::Teaser } else { Completeness::Complete }
}

/// Class words of walls. Words of subscription alone (`subscribe`, `abo`) stand on free pages too.
const WALL: [&str; 3] = ["paywall", "regwall", "piano"];
/// Nodes behind the story in which a wall may stand.
const WALL_NODES: u32 = 400;

/// Whether a subscription wall stands on the page: an element whose class says so and holds text.
fn has_wall(e: &Evidence<'_>) -> bool {
    let after = e.story.kept.last().map_or(0, |i| e.measures.segments[*i].nodes.end);
    let end = after.saturating_add(WALL_NODES).min(e.dom.len() as u32);
    (after.max(1)..end).any(|id| {
        let class = e.dom.attr(id, crate::dom::local_name!("class")).unwrap_or_default();
        class.len() < 200 && words::split(class).any(|word| WALL.contains(&&*word))
    })
}
