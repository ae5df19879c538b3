//! From everything stated to one value a field: one trust table, cross-checks, sanity rules.

mod headline;
pub(crate) mod language;
mod votes;
mod when;
pub(crate) mod who;

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use url::Url;

use super::byline::{self, Author, BylineContext};
use super::claims::{Claim, Claims, Slot, Voice};
use super::{Access, Metadata, Page, StoryPlace, markup};
use crate::article::Image;
use crate::dom::{NodeId, Tag, local_name};
use crate::error::{Warning, WarningCode};
use crate::letters::{fold, same};
use crate::provenance::{Field, Found, Origin, Place};

use votes::Voted;
pub(crate) use votes::{Ballots, VOICES, Votes};

/// Fields with a row in the trust table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Text(Slot),
    Authors,
    Tags,
    Breadcrumb,
    Image,
}

use Voice::{
    Article, Citation, Classed, DublinCore, Far, Heading, Html, JsonLd, JsonLdPage, Loose, Meta,
    Microdata, OpenGraph, Rdfa, Rel, Title, Twitter, UrlMonth, Vendor, Visible,
};

/// Whom to believe, field by field, the most trusted first. Who is not named is not believed.
const TRUST: [(Row, &[Voice]); 18] = [
    (
        Row::Text(Slot::Headline),
        &[
            Voice::State,
            Microdata,
            Heading,
            JsonLd,
            OpenGraph,
            Rdfa,
            Vendor,
            Citation,
            DublinCore,
            Twitter,
            Title,
            Meta,
            Classed,
            JsonLdPage,
        ],
    ),
    (Row::Text(Slot::AlternativeHeadline), &[JsonLd, Microdata, Classed]),
    (Row::Text(Slot::Deck), &[Voice::State, Classed, Meta]),
    (
        Row::Text(Slot::Published),
        &[
            Voice::State,
            Article,
            JsonLd,
            Microdata,
            Vendor,
            Citation,
            Rdfa,
            JsonLdPage,
            Voice::Url,
            Visible,
            DublinCore,
            Meta,
            Loose,
            Far,
            UrlMonth,
        ],
    ),
    (
        Row::Text(Slot::Modified),
        &[
            Voice::State,
            JsonLd,
            Article,
            Microdata,
            Rdfa,
            JsonLdPage,
            OpenGraph,
            DublinCore,
            Meta,
            Visible,
        ],
    ),
    (Row::Text(Slot::SiteName), &[OpenGraph, JsonLdPage, JsonLd, Citation, Meta]),
    (
        Row::Text(Slot::Publisher),
        &[Voice::State, JsonLd, Microdata, JsonLdPage, DublinCore, Citation, Meta],
    ),
    (Row::Text(Slot::Url), &[Rel, OpenGraph, JsonLd, Microdata, Vendor]),
    (Row::Text(Slot::Section), &[Voice::State, Article, JsonLd, Vendor, Microdata, Citation, Meta]),
    (
        Row::Text(Slot::Language),
        &[Voice::State, JsonLd, Html, Meta, OpenGraph, Microdata, DublinCore, Citation, JsonLdPage],
    ),
    (
        Row::Text(Slot::Description),
        &[OpenGraph, Meta, JsonLd, Twitter, DublinCore, Vendor, Microdata, JsonLdPage],
    ),
    (Row::Text(Slot::Rights), &[Rel, JsonLd, DublinCore, Meta, Classed]),
    (Row::Text(Slot::Access), &[JsonLd, Microdata, Article]),
    (Row::Text(Slot::Kind), &[OpenGraph]),
    (
        Row::Authors,
        &[
            Voice::State,
            JsonLd,
            Microdata,
            Vendor,
            Article,
            Citation,
            Rel,
            Classed,
            Rdfa,
            DublinCore,
            Twitter,
            Visible,
            Meta,
            JsonLdPage,
            Far,
            Loose,
        ],
    ),
    (
        Row::Tags,
        &[
            Voice::State,
            JsonLd,
            Vendor,
            Article,
            Meta,
            Rel,
            Microdata,
            Classed,
            Citation,
            DublinCore,
        ],
    ),
    (Row::Breadcrumb, &[JsonLdPage, Classed]),
    (Row::Image, &[OpenGraph, JsonLd, Twitter, Microdata, Vendor, Rdfa, Meta]),
];

/// Place of a voice in the row; `None` for one that is not believed.
fn rank(row: Row, voice: Voice) -> Option<usize> {
    let (_, voices) = TRUST.iter().find(|(r, _)| *r == row)?;
    voices.iter().position(|v| *v == voice)
}

/// Confidence of the most trusted voice standing alone, and what each step down costs.
const CONFIDENCE: f32 = 0.9;
const STEP: f32 = 0.04;
/// Share of the doubt that a second, independent voice takes away, and that a contradiction adds.
const AGREEMENT: f32 = 0.6;
const CONTRADICTION: f32 = 0.8;

/// What all rules look at.
struct Context<'a> {
    page: &'a Page<'a>,
    claims: &'a Claims,
    story: Option<&'a StoryPlace>,
    /// Address of the page.
    base: Option<Url>,
    /// Names of the site, the publisher and the host, folded.
    sites: Vec<String>,
    /// BCP 47 tag.
    language: Option<String>,
    /// The element of the headline.
    headline: Option<NodeId>,
    /// Nodes of what is not the story, sorted and apart.
    asides: Vec<Range<NodeId>>,
    /// Values left out at the limit so far.
    left_out: Cell<usize>,
    /// Bylines as they were read, visible and stated ones: a page repeats its own.
    bylines: [RefCell<HashMap<String, Vec<Author>>>; 2],
    /// Words of the story that stand in small letters, once somebody asks.
    small_words: OnceCell<HashSet<&'a str>>,
}

/// One value a field out of all claims, and who spoke for those whose confidence is learned.
pub(crate) fn resolve(
    mut claims: Claims,
    page: &Page,
    story: Option<&StoryPlace>,
    prose_sample: &str,
    warnings: &mut Vec<Warning>,
) -> (Metadata, Ballots) {
    warnings.append(&mut claims.warnings);
    let base = page.source.url.and_then(|url| Url::parse(url).ok());
    let sites = site_names(&claims, page, base.as_ref());
    let mut context = Context {
        page,
        claims: &claims,
        story,
        base,
        sites,
        language: None,
        headline: None,
        asides: Vec::new(),
        left_out: Cell::new(0),
        bylines: Default::default(),
        small_words: OnceCell::new(),
    };
    let language = language::resolve(&context, prose_sample);
    context.language = language.as_ref().map(|f| f.value.clone());
    let (headline, headline_votes, node) = headline::resolve(&context);
    context.headline = story.and_then(|s| s.headline).or(node);
    context.asides = asides(&context);
    let (published, modified) = when::resolve(&context);
    let authors = who::resolve(&context);
    let ballots = Ballots {
        headline: headline_votes,
        authors: authors.as_ref().map(|(_, votes)| *votes),
        published: published.as_ref().map(|(_, votes)| *votes),
    };
    let metadata = Metadata {
        alternative_headline: context.alternative(headline.as_ref()),
        headline,
        deck: context.deck(),
        authors: authors.map(|(field, _)| field),
        published: published.map(|(field, _)| field),
        modified,
        site_name: context.text(Slot::SiteName),
        publisher: context.text(Slot::Publisher),
        url: context.url(),
        section: context.text(Slot::Section),
        breadcrumb: context.breadcrumb(),
        tags: context.tags(),
        language,
        image: context.image(),
        description: context.text(Slot::Description),
        rights: context.text(Slot::Rights),
        access: context.access(),
        agency: None,
    };
    warnings.extend(context.limit_warning());
    (metadata, ballots)
}

/// Parts of the page that are not the story. An element that holds the headline or most of the story
/// is none.
fn asides(context: &Context) -> Vec<Range<NodeId>> {
    let dom = context.page.dom;
    let mut out: Vec<Range<NodeId>> = Vec::new();
    for node in context.claims.asides.iter().copied() {
        let holds_headline = context.headline.is_some_and(|h| dom.contains(node, h));
        let holds_story = context.story.is_some_and(|story| {
            let (from, to) = (story.prose.max(node), story.range.end.min(dom.end(node)));
            from == story.prose && 2 * to.saturating_sub(from) > story.range.end - from
        });
        let nested = out.last().is_some_and(|last| node < last.end);
        if !holds_headline && !holds_story && !nested {
            out.push(node..dom.end(node));
        }
    }
    out
}

fn site_names(claims: &Claims, page: &Page, base: Option<&Url>) -> Vec<String> {
    let stated = [Slot::SiteName, Slot::Publisher].into_iter().flat_map(|slot| claims.get(slot));
    let mut names: Vec<String> = stated.map(|c| fold(&c.found.value)).collect();
    names.extend(base.and_then(host_name));
    names.extend(claims.get(Slot::Headline).iter().filter_map(|c| linked_home(page, base, c)));
    names.retain(|name| name.chars().count() > 1);
    names.dedup();
    names
}

/// A heading that as a whole links to the home page is the name of the site: blogs set it as `h1`.
fn linked_home(page: &Page, base: Option<&Url>, claim: &Claim<String>) -> Option<String> {
    if claim.voice != Heading {
        return None;
    }
    let link = page.dom.below(claim.node).find(|n| page.dom.tag(*n) == Tag::A)?;
    let href = page.dom.attr(link, local_name!("href"))?.trim();
    let home = || base.and_then(|base| base.join("/").ok());
    let is_home =
        href == "/" || home().is_some_and(|home| home.join(href).is_ok_and(|u| u == home));
    let name = fold(&claim.found.value);
    (is_home && fold(&page.dom.inner_text(link)) == name).then_some(name)
}

/// The label of the host that names the site: `example` of `www.example.co.uk`, `dw` of `www.dw.com`.
fn host_name(url: &Url) -> Option<String> {
    let host = url.host_str()?.to_ascii_lowercase();
    let labels: Vec<&str> = host.split('.').filter(|label| *label != "www").collect();
    let name = labels.iter().rev().skip(1).find(|label| label.len() > 3).or(labels.first())?;
    Some(fold(name))
}

/// A value that may be chosen for a field, and who states it. What is not chosen is not copied.
#[derive(Debug, Clone)]
struct Candidate<'c, T: Clone> {
    value: Cow<'c, T>,
    raw: &'c str,
    origin: &'c Origin,
    voice: Voice,
}

impl<'c, T: Clone> Candidate<'c, T> {
    /// What is stated, as it is stated.
    fn of(found: &'c Found<T>, voice: Voice) -> Self {
        let value = Cow::Borrowed(&found.value);
        Self { value, raw: &found.raw, origin: &found.origin, voice }
    }

    /// What a claim states, read as `value`.
    fn read<U>(claim: &'c Claim<U>, value: T) -> Self {
        let Found { raw, origin, .. } = &claim.found;
        Self { value: Cow::Owned(value), raw, origin, voice: claim.voice }
    }

    fn found(self) -> Found<T> {
        let value = self.value.into_owned();
        Found { value, raw: self.raw.to_owned(), origin: self.origin.clone() }
    }
}

/// The winner and the losers out of candidates in falling order of trust; `trust` is the
/// confidence of the first when nobody else speaks.
fn field<T: PartialEq + Clone>(
    ranked: Vec<Candidate<T>>,
    trust: f32,
    same: impl Fn(&T, &T) -> bool,
    context: &Context,
) -> Option<Field<T>> {
    let mut ranked = ranked.into_iter();
    let winner = ranked.next()?;
    let agree = |c: &Candidate<T>| same(&c.value, &winner.value);
    let others = ranked.as_slice().iter().filter(|c| c.voice != winner.voice);
    let agrees = others.clone().any(agree);
    let differs = others.take(2).any(|c| !agree(c));
    let mut confidence = trust;
    if agrees {
        confidence += (1.0 - confidence) * AGREEMENT;
    } else if differs {
        confidence *= CONTRADICTION;
    }
    let mut rejected: Vec<Found<T>> = Vec::new();
    for candidate in ranked {
        let known = agree(&candidate) || rejected.iter().any(|r| r.value == *candidate.value);
        if !known {
            rejected.push(candidate.found());
        }
    }
    context.limit(&mut rejected);
    let Found { value, raw, origin } = winner.found();
    Some(Field { value, raw, origin, confidence, rejected })
}

impl Context<'_> {
    /// Cuts a list of values at the limit, and counts what is lost.
    fn limit<T>(&self, values: &mut Vec<T>) {
        let limit = self.page.limits.values;
        let lost = values.len().saturating_sub(limit);
        self.left_out.set(self.left_out.get() + lost);
        values.truncate(limit);
    }

    /// The values up to the limit; counts what is lost.
    fn within_limit<'v, T>(&self, values: &'v [T]) -> &'v [T] {
        let (within, lost) = values.split_at(values.len().min(self.page.limits.values));
        self.left_out.set(self.left_out.get() + lost.len());
        within
    }

    fn limit_warning(&self) -> Option<Warning> {
        let (lost, limit) = (self.left_out.get(), self.page.limits.values);
        let message = || {
            format!(
                "{lost} authors, tags or candidates after the first {limit} of a field were left out"
            )
        };
        (lost > 0).then(|| Warning::new(WarningCode::ValueLimit, message()))
    }

    /// The people that the text of a byline names.
    fn byline(&self, text: &str, byline: &BylineContext) -> Vec<Author> {
        let known = &self.bylines[usize::from(byline.is_stated)];
        if let Some(people) = known.borrow().get(text) {
            return people.clone();
        }
        let people = byline::read(text, byline);
        known.borrow_mut().insert(text.to_owned(), people.clone());
        people
    }

    /// Claims of a row that are believed, the most trusted first.
    fn ranked<'c, T>(&self, row: Row, claims: &'c [Claim<T>]) -> Vec<&'c Claim<T>> {
        let mut ranked: Vec<(usize, &Claim<T>)> = claims
            .iter()
            .filter(|c| matches!(row, Row::Text(Slot::Headline)) || !self.is_aside(c.node))
            .filter_map(|c| Some((rank(row, c.voice)?, c)))
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, claim)| claim).collect()
    }

    /// Whether a node stands in what is not the story.
    fn is_aside(&self, node: NodeId) -> bool {
        self.aside_around(node).is_some()
    }

    /// The outermost part of the page around a node that is not the story.
    fn aside_around(&self, node: NodeId) -> Option<&Range<NodeId>> {
        let at = self.asides.partition_point(|range| range.end <= node);
        self.asides.get(at).filter(|range| range.contains(&node))
    }

    /// The candidates that claims are read as: the most trusted first.
    fn choose<'c, U, T: Clone + PartialEq + 'c>(
        &self,
        row: Row,
        claims: &'c [Claim<U>],
        read: impl Fn(&'c Claim<U>) -> Option<Candidate<'c, T>>,
        same: impl Fn(&T, &T) -> bool,
    ) -> Option<Field<T>> {
        let ranked: Vec<_> = self.ranked(row, claims).into_iter().filter_map(read).collect();
        let trust = CONFIDENCE - STEP * rank(row, ranked.first()?.voice)? as f32;
        field(ranked, trust.max(0.1), same, self)
    }

    /// A field of a row whose claims are what they say, those apart that `counts` refuses.
    fn choose_text(
        &self,
        slot: Slot,
        counts: impl Fn(&Claim<String>) -> bool,
    ) -> Option<Field<String>> {
        self.choose(
            Row::Text(slot),
            self.claims.get(slot),
            |c| counts(c).then(|| Candidate::of(&c.found, c.voice)),
            |a, b| same(a, b),
        )
    }

    fn text(&self, slot: Slot) -> Option<Field<String>> {
        self.choose_text(slot, |_| true)
    }

    /// The deck stands before the prose: below it, the class names of decks are those of headings.
    fn deck(&self) -> Option<Field<String>> {
        let prose = self.story.map_or(NodeId::MAX, |story| story.prose);
        self.choose_text(Slot::Deck, |c| c.voice != Classed || c.node < prose)
    }

    /// Another headline than the one chosen.
    fn alternative(&self, headline: Option<&Field<String>>) -> Option<Field<String>> {
        let chosen = headline.map_or("", |h| &h.value);
        self.choose_text(Slot::AlternativeHeadline, |c| !same(&c.found.value, chosen))
    }

    /// The canonical address, absolute.
    fn url(&self) -> Option<Field<String>> {
        let stated = self.choose(
            Row::Text(Slot::Url),
            self.claims.get(Slot::Url),
            |c| Some(Candidate::read(c, self.absolute(&c.found.value)?)),
            |a, b| a == b,
        );
        stated.or_else(|| {
            let url = self.page.source.url?;
            let origin = Origin { place: Place::Caller, key: "url".to_owned(), range: None };
            let rejected = Vec::new();
            Some(Field {
                value: url.to_owned(),
                raw: url.to_owned(),
                origin,
                confidence: 0.5,
                rejected,
            })
        })
    }

    /// An address of the web made absolute.
    fn absolute(&self, address: &str) -> Option<String> {
        let url = match &self.base {
            Some(base) => base.join(address).ok()?,
            None => Url::parse(address).ok()?,
        };
        matches!(url.scheme(), "http" | "https").then(|| url.into())
    }

    fn breadcrumb(&self) -> Option<Field<Vec<String>>> {
        let mut field = self.choose(
            Row::Breadcrumb,
            &self.claims.breadcrumbs,
            |c| Some(Candidate::of(&c.found, c.voice)),
            |a, b| a == b,
        )?;
        self.limit(&mut field.value);
        Some(field)
    }

    fn tags(&self) -> Option<Field<Vec<String>>> {
        let read = |tags: &[String]| {
            Some(readable_tags(tags)).filter(|tags| !tags.is_empty() && !is_run_together(tags))
        };
        let mut field = self.choose(
            Row::Tags,
            &self.claims.tags,
            |c| Some(Candidate::read(c, read(&c.found.value)?)),
            |a, b| a == b,
        )?;
        self.limit(&mut field.value);
        Some(field)
    }

    fn access(&self) -> Option<Field<Access>> {
        self.choose(
            Row::Text(Slot::Access),
            self.claims.get(Slot::Access),
            |c| Some(Candidate::read(c, access(&c.found.value)?)),
            |a, b| a == b,
        )
    }

    fn image(&self) -> Option<Field<Image>> {
        let read = |image: &Image| Some(Image { url: self.absolute(&image.url)?, ..image.clone() });
        self.choose(
            Row::Image,
            &self.claims.images,
            |c| Some(Candidate::read(c, read(&c.found.value)?)),
            |a, b| a.url == b.url,
        )
    }
}

/// Longest tag, in characters: longer ones are sentences.
const TAG_CHARS: usize = 60;
/// Words from which a lone tag is a list whose separators are lost.
const TAG_WORDS: usize = 6;

/// Tags each once, without the ids and typed entries (`category:news`) that machines add.
fn readable_tags(tags: &[String]) -> Vec<String> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut is_new = |tag: &str| {
        let folded = fold(tag);
        !folded.is_empty() && seen.insert(folded)
    };
    let mut tags: Vec<String> = tags
        .iter()
        .filter(|tag| tag.chars().count() <= TAG_CHARS && !is_id(tag) && is_new(tag))
        .cloned()
        .collect();
    if tags.iter().any(|tag| !tag.contains(':')) {
        tags.retain(|tag| !tag.contains(':'));
    }
    tags
}

/// Whether a tag is a number or a hexadecimal id.
fn is_id(tag: &str) -> bool {
    let long = tag.len() >= 16 && tag.bytes().any(|b| b.is_ascii_digit());
    long && tag.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

fn is_run_together(tags: &[String]) -> bool {
    matches!(tags, [only] if only.split_whitespace().count() >= TAG_WORDS)
}

/// What a string says about access.
pub(crate) fn access(text: &str) -> Option<Access> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "free" | "yes" | "1" => Some(Access::Free),
        "false" | "locked" | "metered" | "paid" | "premium" | "no" | "0" => Some(Access::Paid),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
