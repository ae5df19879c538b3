//! What the page states about the story: every claim collected with its place, then one value a
//! field by one trust table.

pub mod byline;
mod claims;
pub mod date;
mod json;
mod jsonld;
mod markup;
mod meta;
mod microdata;
mod prose;
pub(crate) mod repair;
mod resolve;
pub(crate) mod state;
#[cfg(test)]
mod testing;
pub(crate) mod words;

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use byline::Author;
pub(crate) use claims::{Claims, LiveUpdate, Slot};
pub use date::{Moment, Precision};
pub(crate) use repair::nesting;
pub(crate) use resolve::language::of_prose;
pub(crate) use resolve::who::opens_with_cue;
pub(crate) use resolve::{Ballots, VOICES, Votes, resolve};

use crate::article::{Block, BlockKind, Image};
use crate::content::Segment;
use crate::dom::{Dom, NodeId, Tag, collapse, local_name};
use crate::letters::fold;
use crate::options::{Limits, Source};
use crate::provenance::{Field, Origin, Place, SourceRange};
use crate::survey::{How, Stated, Survey};
use crate::work::Work;

/// What the page states about the story. `None`: not stated, or not believable.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Metadata {
    /// The headline, without site name.
    pub headline: Option<Field<String>>,
    /// Another headline: the one for search engines, for social networks, or a kicker line.
    pub alternative_headline: Option<Field<String>>,
    /// The deck (standfirst): the summary set between headline and story.
    pub deck: Option<Field<String>>,
    /// Who wrote it, in the order of the byline.
    pub authors: Option<Field<Vec<Author>>>,
    /// When it was first published.
    pub published: Option<Field<Moment>>,
    /// When it was last changed.
    pub modified: Option<Field<Moment>>,
    /// Name of the site.
    pub site_name: Option<Field<String>>,
    /// Name of the publishing organisation.
    pub publisher: Option<Field<String>>,
    /// Canonical address.
    pub url: Option<Field<String>>,
    /// Section of the site or paper.
    pub section: Option<Field<String>>,
    /// Path to the page, outermost first.
    pub breadcrumb: Option<Field<Vec<String>>>,
    /// Tags, keywords, topics.
    pub tags: Option<Field<Vec<String>>>,
    /// BCP 47 language of the story.
    pub language: Option<Field<String>>,
    /// The lead image.
    pub image: Option<Field<Image>>,
    /// Description for search engines.
    pub description: Option<Field<String>>,
    /// Copyright line or licence address.
    pub rights: Option<Field<String>>,
    /// Whether reading is free.
    pub access: Option<Field<Access>>,
    /// The wire agency the story came from, by its canonical name.
    pub agency: Option<Field<String>>,
}

/// Whether reading is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// For everybody.
    Free,
    /// For subscribers or registered readers.
    Paid,
}

/// A parsed page, and what the caller knows about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) dom: &'a Dom<'a>,
    pub(crate) source: &'a Source<'a>,
    pub(crate) limits: &'a Limits,
    pub(crate) work: &'a Work,
}

/// Where the story stands on the page.
#[derive(Debug, Clone)]
pub(crate) struct StoryPlace {
    /// The element that holds the headline.
    pub(crate) headline: Option<NodeId>,
    /// Nodes of the story.
    pub(crate) range: Range<NodeId>,
    /// Where its prose begins, behind the deck.
    pub(crate) prose: NodeId,
}

/// Adds the line of the page that the story's search took for its headline, where no heading says it:
/// pages of the 2000s set headlines as bold text.
pub(crate) fn add_headline(page: &Page, line: &Segment, claims: &mut Claims) {
    let lines = crate::content::lines(page.dom, &line.nodes).map(|line| collapse(&line));
    let text = lines.max_by_key(String::len).unwrap_or_default();
    let is_heading = |c: &claims::Claim<String>| {
        c.voice == claims::Voice::Heading && fold(&c.found.value) == fold(&text)
    };
    if claims.get(Slot::Headline).iter().any(is_heading) {
        return;
    }
    let at = (line.container, Some(page.dom.span(&line.nodes)));
    let source = (Place::Markup, claims::Voice::Heading);
    claims.add(Slot::Headline, claims::claim(text.clone(), text, source, "headline line", at));
}

/// Gives the lead image the caption, credit and size of the figure that shows it: the one with the
/// same file name, else the first before the story's first paragraph. Without a stated image that
/// first figure is the lead image.
pub(crate) fn complete_image(metadata: &mut Metadata, blocks: &[Block], limit: usize) {
    let mut leading = blocks.iter().take_while(|b| !matches!(b.kind, BlockKind::Paragraph { .. }));
    let first = leading.find_map(figure);
    let stated = metadata.image.as_ref().map(|f| file_name(&f.value.url).to_owned());
    let same = stated.and_then(|name| {
        blocks.iter().take(limit).filter_map(figure).find(|(f, _)| file_name(&f.url) == name)
    });
    match (&mut metadata.image, same, first) {
        (Some(field), Some((shown, _)), _) => describe(&mut field.value, shown),
        (Some(field), None, Some((shown, _))) if field.value.caption.is_none() => {
            field.value.caption.clone_from(&shown.caption);
            field.value.credit.clone_from(&shown.credit);
        }
        (image @ None, _, Some((shown, range))) => {
            let key = "first figure".to_owned();
            let origin = Origin { place: Place::Markup, key, range };
            let (value, raw) = (shown.clone(), shown.url.clone());
            *image = Some(Field { value, raw, origin, confidence: 0.6, rejected: Vec::new() });
        }
        _ => {}
    }
}

fn figure(block: &Block) -> Option<(&Image, Option<SourceRange>)> {
    match &block.kind {
        BlockKind::Figure { image } => Some((image, block.source.first().copied())),
        _ => None,
    }
}

/// Last step of an address, without query: the same picture is often served under several sizes.
fn file_name(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    path.rsplit('/').next().unwrap_or(path)
}

fn describe(image: &mut Image, shown: &Image) {
    let fill = |to: &mut Option<String>, from: &Option<String>| {
        if to.is_none() {
            to.clone_from(from);
        }
    };
    fill(&mut image.caption, &shown.caption);
    fill(&mut image.credit, &shown.credit);
    fill(&mut image.alt, &shown.alt);
    image.width = image.width.or(shown.width);
    image.height = image.height.or(shown.height);
}

/// Adds what application state says of the story, put into the words of schema.org by [`state`].
pub(crate) fn add_state(
    page: &Page,
    script: NodeId,
    story: &serde_json::Value,
    claims: &mut Claims,
) {
    jsonld::read_state(page, script, story, claims);
}

/// Reads everything that the page states, in one pass over its elements.
pub(crate) fn collect(page: &Page, survey: &Survey) -> Claims {
    let mut claims = Claims::default();
    let mut scopes = microdata::Scopes::default();
    let mut scripts = Vec::new();
    let mut stated = survey.stated.as_slice();
    for node in page.dom.all() {
        match page.dom.tag(node) {
            Tag::Text => continue,
            Tag::Script => scripts.extend(is_jsonld(page.dom, node).then_some(node)),
            Tag::Meta => meta::read(page, node, &mut claims),
            tag => markup::tagged(page, node, tag, &mut claims),
        }
        let count = stated.iter().take_while(|stated| stated.node == node).count();
        if let Some((own, rest)) = stated.split_at_checked(count).filter(|_| count > 0) {
            attributes(page, node, own, &mut scopes, &mut claims);
            stated = rest;
        }
    }
    let hints = hints(page, &claims);
    jsonld::read(page, &scripts, &hints, &mut claims);
    claims
}

fn is_jsonld(dom: &Dom, node: NodeId) -> bool {
    let kind = dom.attr(node, local_name!("type")).unwrap_or("");
    kind.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case("application/ld+json")
}

/// Reads the attributes of an element that may state something.
fn attributes(
    page: &Page,
    node: NodeId,
    stated: &[Stated],
    scopes: &mut microdata::Scopes,
    claims: &mut Claims,
) {
    scopes.step(node);
    let mut property = None;
    let mut opened = None;
    for Stated { value, how, .. } in stated {
        match how {
            How::Name { roles, is_name } => {
                markup::classed(page, node, value, (*roles, *is_name), claims);
            }
            How::Test => markup::tested(page, node, value, claims),
            How::Microdata => property = Some((*value, Place::Microdata)),
            How::Rdfa => property = Some((*value, Place::Rdfa)),
            How::Scope => opened = opened.or(Some("")),
            How::Type => opened = Some(*value),
        }
    }
    // A property belongs to the item around its element, also when the element opens another.
    if let Some((names, place)) = property {
        microdata::read(page, scopes, node, names, place, claims);
    }
    if let Some(kind) = opened {
        scopes.enter(page.dom, node, kind);
    }
}

/// What tells the page's own story from others that JSON-LD states.
fn hints(page: &Page, claims: &Claims) -> jsonld::Hints {
    let headlines = claims.get(Slot::Headline).iter().map(|c| fold(&c.found.value));
    let urls = claims.get(Slot::Url).iter().map(|c| c.found.value.clone());
    jsonld::Hints {
        headlines: headlines.filter(|h| !h.is_empty()).collect(),
        urls: urls.chain(page.source.url.map(str::to_owned)).collect(),
    }
}
