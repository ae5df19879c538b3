//! The claims table: for every field, what the page states, by whom, and where.

use std::collections::{BTreeSet, HashSet};

use super::Author;
use crate::article::Image;
use crate::dom::NodeId;
use crate::error::Warning;
use crate::provenance::{Found, Origin, Place, SourceRange};

/// Fields that a page states as one string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slot {
    Headline,
    AlternativeHeadline,
    Deck,
    Published,
    Modified,
    SiteName,
    Publisher,
    Url,
    Section,
    Language,
    Description,
    Rights,
    Access,
    /// `og:type`.
    Kind,
}

/// Number of [`Slot`]s.
const SLOTS: usize = Slot::Kind as usize + 1;

/// Who speaks: the kinds of sources that the trust table ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Voice {
    /// The story's node in JSON-LD.
    JsonLd,
    /// The page's or the site's node in JSON-LD.
    JsonLdPage,
    /// The story's object in application state.
    State,
    /// `og:*`.
    OpenGraph,
    /// `article:*`.
    Article,
    /// `twitter:*`.
    Twitter,
    /// Parse.ly, Sailthru, Cxense and the like.
    Vendor,
    /// Dublin Core.
    DublinCore,
    /// A name that says it loosely: `dateCreated`, `uploadDate`, `dc.contributor`.
    Loose,
    /// `citation_*`, PRISM.
    Citation,
    /// Any other `<meta>`.
    Meta,
    /// `itemprop` of the story.
    Microdata,
    /// RDFa `property`.
    Rdfa,
    /// `<h1>`.
    Heading,
    /// An element whose class names the field.
    Classed,
    /// `<title>`.
    Title,
    /// `rel=author`, `rel=tag`, `rel=license`, `rel=canonical`.
    Rel,
    /// `<time>`.
    Time,
    /// Visible text that reads like the field, near the headline.
    Visible,
    /// The same far from the headline.
    Far,
    /// Attributes of `<html>`.
    Html,
    /// The address.
    Url,
    /// The address, which states no more than a month.
    UrlMonth,
    /// The prose.
    Prose,
    /// The caller.
    Caller,
}

/// A value, who states it, and the node it stands in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Claim<T> {
    pub(crate) found: Found<T>,
    pub(crate) voice: Voice,
    /// The element; 0 for values that have no place of their own on the page.
    pub(crate) node: NodeId,
}

/// One entry of a live blog as JSON-LD states it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LiveUpdate {
    pub(crate) headline: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) body: Option<String>,
}

/// Everything the page states.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    strings: [Vec<Claim<String>>; SLOTS],
    pub(crate) authors: Vec<Claim<Vec<Author>>>,
    pub(crate) tags: Vec<Claim<Vec<String>>>,
    pub(crate) images: Vec<Claim<Image>>,
    pub(crate) breadcrumbs: Vec<Claim<Vec<String>>>,
    /// schema.org types of the story's node, else of all nodes: `NewsArticle`, `LiveBlogPosting` …
    pub(crate) types: BTreeSet<String>,
    /// `articleBody` of the story's node.
    pub(crate) article_body: Option<Found<String>>,
    /// `liveBlogUpdate` of the nodes that state the story.
    pub(crate) live_updates: Vec<LiveUpdate>,
    /// Elements that hold what is not the story: comments, related stories, side bars, footers.
    pub(super) asides: Vec<NodeId>,
    /// The `twitter:data` tag that a label says is the author.
    pub(super) twitter_author: Option<String>,
    pub(crate) warnings: Vec<Warning>,
}

impl Claims {
    /// What is stated for `slot`, in page order within each kind of source.
    pub(crate) fn get(&self, slot: Slot) -> &[Claim<String>] {
        &self.strings[slot as usize]
    }

    /// Adds a string; empty ones are dropped.
    pub(super) fn add(&mut self, slot: Slot, claim: Claim<String>) {
        if !claim.found.value.is_empty() {
            self.strings[slot as usize].push(claim);
        }
    }

    /// Distinct headlines that the page states, whoever states them.
    pub(crate) fn headlines(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        let stated = self.get(Slot::Headline).iter().map(|claim| claim.found.value.as_str());
        stated.filter(|headline| seen.insert(*headline)).collect()
    }

    /// The first stated string of a slot.
    pub(crate) fn first(&self, slot: Slot) -> Option<&str> {
        self.get(slot).first().map(|c| c.found.value.as_str())
    }

    /// The description that the page states for search engines.
    pub(crate) fn description(&self) -> Option<&str> {
        self.first(Slot::Description)
    }

    /// `og:type`.
    pub(crate) fn og_type(&self) -> Option<&str> {
        self.first(Slot::Kind)
    }

    /// `isAccessibleForFree` of the story's JSON-LD node, as a string.
    #[cfg_attr(not(test), expect(dead_code, reason = "the verdict reads it"))]
    pub(crate) fn stated_free(&self) -> Option<bool> {
        let claim = self.get(Slot::Access).iter().find(|c| c.voice == Voice::JsonLd)?;
        super::resolve::access(&claim.found.value).map(|a| a == super::Access::Free)
    }
}

/// Adds to the claim before it when that is by the same source under the same key, as repeated tags
/// (`article:tag`) together state one list.
pub(super) fn push_list<T>(list: &mut Vec<Claim<Vec<T>>>, claim: Claim<Vec<T>>) {
    let same = |last: &Claim<Vec<T>>| {
        last.voice == claim.voice && last.found.origin.key == claim.found.origin.key
    };
    match list.iter_mut().rev().find(|last| same(last)) {
        Some(last) => {
            last.found.raw.push_str(", ");
            last.found.raw.push_str(&claim.found.raw);
            last.found.value.extend(claim.found.value);
        }
        None if claim.found.value.is_empty() => {}
        None => list.push(claim),
    }
}

/// A claim whose raw string is given apart.
pub(super) fn claim<T>(
    value: T,
    raw: impl Into<String>,
    (place, voice): (Place, Voice),
    key: impl Into<String>,
    (node, range): (NodeId, Option<SourceRange>),
) -> Claim<T> {
    let origin = Origin { place, key: key.into(), range };
    Claim { found: Found { value, raw: raw.into(), origin }, voice, node }
}

impl<T> Claim<T> {
    /// The same claim with another value.
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Claim<U> {
        let Found { value, raw, origin } = self.found;
        Claim {
            found: Found { value: change(value), raw, origin },
            voice: self.voice,
            node: self.node,
        }
    }
}
