//! schema.org in JSON-LD, in all the shapes it is found in, and the JSON of old Parse.ly tags.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;

use super::claims::{Claims, LiveUpdate, Slot, Voice, claim, push_list};
use super::json::{Json, Object};
use super::prose::{plain, tag_list};
use super::{Author, Page, repair};
use crate::article::Image;
use crate::dom::NodeId;
use crate::error::{Warning, WarningCode};
use crate::letters::fold;
use crate::provenance::Place;
use crate::work::cost;

/// Most nodes that are read as the story: sites state it twice, seldom more often.
const MAX_STORIES: usize = 3;

/// What tells the story from other nodes of the page.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// Folded headlines the reader sees, and those of the head.
    pub(super) headlines: Vec<String>,
    /// Addresses of the page.
    pub(super) urls: Vec<String>,
}

/// An object with a type.
#[derive(Clone, Copy)]
struct Entity<'v> {
    object: &'v Object<'v>,
    script: NodeId,
    /// Stands in a list of other things (`itemListElement`, `mentions` …).
    listed: bool,
}

/// Reads all scripts of the page.
pub(super) fn read(page: &Page, scripts: &[NodeId], hints: &Hints, claims: &mut Claims) {
    let texts: Vec<(NodeId, Cow<str>)> =
        scripts.iter().map(|node| (*node, page.dom.script_text(*node))).collect();
    let parsed: Vec<(NodeId, Json)> = texts
        .iter()
        .filter_map(|(node, text)| Some((*node, parse(page, *node, text, claims)?)))
        .collect();
    let graph = Graph::of(&parsed, page.limits.json_values);
    if graph.left == 0 {
        let limit = page.limits.json_values;
        let message = format!("JSON-LD was read up to the limit json_values = {limit}");
        claims.warnings.push(Warning::new(WarningCode::JsonLimit, message));
    }
    let stories = graph.stories(hints);
    claims.types = match stories.first() {
        Some(story) => types(story.object).map(str::to_owned).collect(),
        None => graph
            .entities
            .iter()
            .filter(|e| !e.listed)
            .flat_map(|e| types(e.object))
            .map(str::to_owned)
            .collect(),
    };
    for story in stories {
        Reader {
            page,
            graph: &graph,
            claims,
            script: story.script,
            voice: Voice::JsonLd,
            place: Place::JsonLd,
        }
        .story(story.object);
    }
    for entity in &graph.entities {
        Reader {
            page,
            graph: &graph,
            claims,
            script: entity.script,
            voice: Voice::JsonLdPage,
            place: Place::JsonLd,
        }
        .surroundings(entity);
    }
}

fn parse<'t>(page: &Page, script: NodeId, text: &'t str, claims: &mut Claims) -> Option<Json<'t>> {
    let limit = page.limits.json_bytes;
    if text.len() > limit {
        let message = format!(
            "a JSON-LD script of {} bytes is over the limit json_bytes = {limit}",
            text.len()
        );
        claims.warnings.push(Warning::new(WarningCode::JsonLimit, message));
        return None;
    }
    if text.trim().is_empty() {
        return None;
    }
    let start = page.dom.source(script).start;
    if repair::nesting(text) > page.limits.json_depth {
        let limit = page.limits.json_depth;
        let message = format!(
            "the JSON-LD script at byte {start} nests deeper than the limit json_depth = {limit}"
        );
        claims.warnings.push(Warning::new(WarningCode::JsonLimit, message));
        return None;
    }
    if !page.work.pay(text.len() as u64 * cost::JSON_BYTE) {
        let what = format!("the JSON-LD script at byte {start} was passed over");
        claims.warnings.push(page.work.warning(&what));
        return None;
    }
    let value = repair::parse(text);
    if value.is_none() {
        let message = format!("the JSON-LD script at byte {start} is not JSON");
        claims.warnings.push(Warning::new(WarningCode::BrokenJson, message));
    }
    value
}

/// All objects of all scripts.
struct Graph<'v> {
    entities: Vec<Entity<'v>>,
    by_id: HashMap<&'v str, &'v Object<'v>>,
    /// Persons with names.
    people: usize,
    /// Values that may still be looked at.
    left: usize,
}

/// Properties whose values are about other things than the page.
const OTHER_THINGS: [&str; 12] = [
    "itemListElement",
    "mentions",
    "about",
    "citation",
    "isPartOf",
    "isBasedOn",
    "comment",
    "review",
    "relatedLink",
    "subjectOf",
    "liveBlogUpdate",
    "blogPost",
];

impl<'v> Graph<'v> {
    fn of(parsed: &'v [(NodeId, Json<'v>)], left: usize) -> Self {
        let mut graph = Self { entities: Vec::new(), by_id: HashMap::new(), people: 0, left };
        for (script, value) in parsed {
            graph.walk(*script, value);
        }
        graph
    }

    fn walk(&mut self, script: NodeId, value: &'v Json<'v>) {
        let mut open = vec![(value, false)];
        while let Some((value, listed)) = open.pop() {
            let Some(left) = self.left.checked_sub(1) else { return };
            self.left = left;
            match value {
                Json::Array(items) => open.extend(items.iter().rev().map(|item| (item, listed))),
                Json::Object(object) => {
                    self.adopt(Entity { object, script, listed });
                    let is_child = |key: &str| listed || OTHER_THINGS.contains(&key);
                    let is_nested = |v: &Json| matches!(v, Json::Object(_) | Json::Array(_));
                    let nested = object.iter().rev().filter(|(_, v)| is_nested(v));
                    open.extend(nested.map(|(key, value)| (value, is_child(key))));
                }
                _ => {}
            }
        }
    }

    fn adopt(&mut self, entity: Entity<'v>) {
        // A reference has nothing but its id; the node that it refers to has more.
        if let Some(id) = entity.object.get("@id").and_then(Json::as_str)
            && entity.object.len() > 1
        {
            self.by_id.entry(id).or_insert(entity.object);
        }
        if entity.object.has("@type") {
            let is_person =
                types(entity.object).any(|t| t == "Person") && entity.object.has("name");
            self.people += usize::from(is_person);
            self.entities.push(entity);
        }
    }

    /// The nodes that state the story of this page, the surest first.
    fn stories(&self, hints: &Hints) -> Vec<Entity<'v>> {
        let mut ranked: Vec<(i32, Entity<'v>)> = self
            .entities
            .iter()
            .filter_map(|entity| Some((rank(entity, hints)?, *entity)))
            .collect();
        ranked.sort_by_key(|(rank, _)| -rank);
        let best = ranked.first().map_or(0, |(rank, _)| *rank);
        // A second node counts when it speaks of the same story as surely.
        ranked.retain(|(rank, _)| *rank > 0 && (*rank >= MATCH || best < MATCH));
        let keep = if best < MATCH { 1 } else { MAX_STORIES };
        ranked.into_iter().take(keep).map(|(_, entity)| entity).collect()
    }

    /// The object itself, or the one that a bare `@id` refers to.
    fn follow(&self, object: &'v Object<'v>) -> &'v Object<'v> {
        let bare = object.len() <= 2 && !object.has("name");
        let id = object.get("@id").and_then(Json::as_str).filter(|_| bare);
        id.and_then(|id| self.by_id.get(id)).copied().unwrap_or(object)
    }
}

/// How surely a node is the story of this page; `None` for what is no story at all.
fn rank(entity: &Entity, hints: &Hints) -> Option<i32> {
    let object = entity.object;
    let kind = types(object).filter_map(story_rank).max()?;
    let headline = fold(&string(object.get("headline").or(object.get("name"))).unwrap_or_default());
    let same_headline = !headline.is_empty()
        && hints.headlines.iter().any(|h| *h == headline || contains_most(h, &headline));
    let same_url = addresses(object).any(|url| hints.urls.iter().any(|own| same_address(own, url)));
    let told = ["author", "datePublished", "articleBody"]
        .iter()
        .map(|k| i32::from(object.has(k)))
        .sum::<i32>();
    let matches = MATCH * i32::from(same_headline) + MATCH * i32::from(same_url);
    let listed = if entity.listed { -MATCH } else { 0 };
    Some(kind + matches + listed + told)
}

/// Weight of an equal headline or address: more than all else together.
const MATCH: i32 = 10;

/// One title holds the other, and little else: a site name or a kicker.
fn contains_most(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    long.contains(short) && short.len() * 2 > long.len()
}

fn same_address(a: &str, b: &str) -> bool {
    let bare = |url: &str| {
        let url = url.split(['?', '#']).next().unwrap_or("");
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        url.trim_start_matches("www.").trim_end_matches('/').to_ascii_lowercase()
    };
    let (a, b) = (bare(a), bare(b));
    // A home page is no story.
    a == b && a.contains('/')
}

fn addresses<'o>(object: &'o Object<'o>) -> impl Iterator<Item = &'o str> {
    let main = object.get("mainEntityOfPage");
    let nested = main.and_then(Json::as_object).and_then(|m| m.get("@id").or(m.get("url")));
    [object.get("url"), object.get("@id"), main, nested]
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
}

fn types<'o>(object: &'o Object<'o>) -> impl Iterator<Item = &'o str> {
    let (one, many) = match object.get("@type") {
        Some(Json::String(name)) => (Some(&**name), None),
        Some(Json::Array(names)) => (None, Some(names)),
        _ => (None, None),
    };
    one.into_iter().chain(many.into_iter().flatten().filter_map(Json::as_str)).map(local_type)
}

/// `NewsArticle` of `https://schema.org/NewsArticle` and `schema:NewsArticle`.
pub(super) fn local_type(name: &str) -> &str {
    name.rsplit(['/', '#', ':']).next().unwrap_or(name)
}

/// How much a type is a story: `None` for what is none.
pub(super) fn story_rank(kind: &str) -> Option<i32> {
    match kind {
        _ if kind.ends_with("Article") || kind.ends_with("Posting") => Some(4),
        "Report" | "Reportage" | "Review" | "Interview" => Some(4),
        "VideoObject" | "AudioObject" | "PodcastEpisode" | "Recipe" | "HowTo" | "CreativeWork"
        | "MediaObject" | "ImageGallery" | "TechArticle" | "ClaimReview" | "Event" => Some(1),
        _ => None,
    }
}

/// The string in a value: itself, its `@value`, its `name`, or the first of an array.
fn string(value: Option<&Json>) -> Option<String> {
    let mut value = value?;
    for _ in 0..4 {
        value = match value {
            Json::String(text) => return Some(plain(text)).filter(|t| !t.is_empty()),
            Json::Number(number) => return Some(number.to_string()),
            Json::Bool(flag) => return Some(flag.to_string()),
            Json::Array(items) => items.first()?,
            Json::Object(object) => {
                ["@value", "name", "@id", "url"].iter().find_map(|key| object.get(key))?
            }
            Json::Null => return None,
        };
    }
    None
}

/// A value as a list: an array's items, else itself.
fn list<'j>(value: Option<&'j Json<'j>>) -> &'j [Json<'j>] {
    match value {
        Some(Json::Array(items)) => items,
        Some(Json::Null) | None => &[],
        Some(one) => std::slice::from_ref(one),
    }
}

/// Reads one node into the claims.
struct Reader<'r, 'v> {
    page: &'r Page<'r>,
    graph: &'r Graph<'v>,
    claims: &'r mut Claims,
    script: NodeId,
    voice: Voice,
    place: Place,
}

/// Reads a story's object that application state gave, in the words of schema.org.
pub(super) fn read_state(page: &Page, script: NodeId, story: &Value, claims: &mut Claims) {
    let story = Json::from(story.clone());
    let Some(object) = story.as_object() else { return };
    let graph = Graph::of(&[], 1);
    let (voice, place) = (Voice::State, Place::State);
    Reader { page, graph: &graph, claims, script, voice, place }.story(object);
}

/// Properties that are one string.
const STRINGS: [(&str, Slot); 17] = [
    ("headline", Slot::Headline),
    ("name", Slot::Headline),
    ("alternativeHeadline", Slot::AlternativeHeadline),
    ("alternateName", Slot::AlternativeHeadline),
    ("datePublished", Slot::Published),
    ("uploadDate", Slot::Published),
    ("dateCreated", Slot::Published),
    ("dateModified", Slot::Modified),
    ("publisher", Slot::Publisher),
    ("mainEntityOfPage", Slot::Url),
    ("url", Slot::Url),
    ("articleSection", Slot::Section),
    ("inLanguage", Slot::Language),
    ("description", Slot::Description),
    ("copyrightNotice", Slot::Rights),
    ("license", Slot::Rights),
    ("isAccessibleForFree", Slot::Access),
];

/// Properties that come near their field, but mean something else.
const LOOSE: [&str; 2] = ["dateCreated", "uploadDate"];

impl<'v> Reader<'_, 'v> {
    fn place(&self) -> ((Place, Voice), (NodeId, Option<crate::provenance::SourceRange>)) {
        ((self.place, self.voice), (0, Some(self.page.dom.source(self.script))))
    }

    fn say(&mut self, slot: Slot, key: String, text: String) {
        let (source, at) = self.place();
        self.claims.add(slot, claim(text.clone(), text, source, key, at));
    }

    fn story(&mut self, object: &'v Object<'v>) {
        let kind = types(object).next().unwrap_or("").to_owned();
        for (property, slot) in STRINGS {
            if let Some(text) = self.property(object, property) {
                let voice = self.voice;
                self.voice = if LOOSE.contains(&property) { Voice::Loose } else { voice };
                self.say(slot, format!("{kind}.{property}"), text);
                self.voice = voice;
            }
        }
        self.authors(object, &kind);
        self.keywords(object, &kind);
        self.image(object, &kind);
        self.body(object, &kind);
        self.paid_part(object, &kind);
        if let Some(text) = self.property(object, "isPartOf").filter(|name| !name.contains("://")) {
            self.say(Slot::SiteName, format!("{kind}.isPartOf"), text);
        }
    }

    /// The string of a property, references followed.
    fn property(&self, object: &'v Object<'v>, property: &str) -> Option<String> {
        let value = object.get(property)?;
        let first = list(Some(value)).first()?;
        match first {
            Json::Object(inner) => {
                let inner = self.graph.follow(inner);
                string(
                    inner
                        .get("name")
                        .or(inner.get("@value"))
                        .or(inner.get("@id"))
                        .or(inner.get("alternateName")),
                )
            }
            plain => string(Some(plain)),
        }
    }

    fn authors(&mut self, object: &'v Object<'v>, kind: &str) {
        for property in ["author", "creator"] {
            let authors: Vec<Author> =
                list(object.get(property)).iter().flat_map(|value| self.author(value)).collect();
            if authors.is_empty() {
                continue;
            }
            let raw = authors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
            let (source, at) = self.place();
            self.claims.authors.push(claim(authors, raw, source, format!("{kind}.{property}"), at));
            return;
        }
    }

    fn author(&self, value: &'v Json<'v>) -> Vec<Author> {
        match value {
            Json::Object(object) => person(self.graph.follow(object)),
            Json::Array(items) => {
                items.iter().filter_map(|item| string(Some(item))).map(named).collect()
            }
            other => string(Some(other)).map(named).into_iter().collect(),
        }
    }

    fn keywords(&mut self, object: &'v Object<'v>, kind: &str) {
        let values = list(object.get("keywords"));
        let names = values.iter().filter_map(|value| string(Some(value)));
        let tags: Vec<String> = match values {
            [one @ Json::String(_)] => string(Some(one)).map(|t| tag_list(&t)).unwrap_or_default(),
            _ => names.collect(),
        };
        let raw = tags.join(", ");
        let (source, at) = self.place();
        push_list(&mut self.claims.tags, claim(tags, raw, source, format!("{kind}.keywords"), at));
    }

    fn image(&mut self, object: &'v Object<'v>, kind: &str) {
        let Some(image) = list(object.get("image")).first().and_then(|value| self.picture(value))
        else {
            return;
        };
        let raw = image.url.clone();
        let (source, at) = self.place();
        self.claims.images.push(claim(image, raw, source, format!("{kind}.image"), at));
    }

    fn picture(&self, value: &'v Json<'v>) -> Option<Image> {
        let Json::Object(object) = value else {
            return Some(Image { url: string(Some(value))?, ..Image::default() });
        };
        let object = self.graph.follow(object);
        let text = |key: &str| string(object.get(key));
        let size = |key: &str| text(key)?.trim_end_matches("px").parse().ok();
        Some(Image {
            url: text("url").or_else(|| text("contentUrl"))?,
            alt: None,
            caption: text("caption"),
            credit: text("creditText")
                .or_else(|| text("copyrightHolder"))
                .or_else(|| text("author")),
            width: size("width"),
            height: size("height"),
        })
    }

    fn body(&mut self, object: &'v Object<'v>, kind: &str) {
        for update in list(object.get("liveBlogUpdate")).iter().filter_map(Json::as_object) {
            let text = |key: &str| string(update.get(key));
            let entry = LiveUpdate {
                headline: text("headline"),
                published: text("datePublished"),
                body: text("articleBody"),
            };
            self.claims.live_updates.push(entry);
        }
        let Some(text) =
            object.get("articleBody").and_then(Json::as_str).filter(|t| !t.trim().is_empty())
        else {
            return;
        };
        let (source, at) = self.place();
        let found = claim(text.to_owned(), "", source, format!("{kind}.articleBody"), at).found;
        self.claims.article_body.get_or_insert(found);
    }

    /// `hasPart` says which part is for subscribers where the node itself says nothing.
    fn paid_part(&mut self, object: &'v Object<'v>, kind: &str) {
        if object.has("isAccessibleForFree") {
            return;
        }
        let parts = list(object.get("hasPart")).iter().filter_map(Json::as_object);
        let stated: Vec<String> =
            parts.filter_map(|p| string(p.get("isAccessibleForFree"))).collect();
        if let Some(free) = stated.into_iter().find(|s| s.eq_ignore_ascii_case("false")) {
            self.say(Slot::Access, format!("{kind}.hasPart.isAccessibleForFree"), free);
        }
    }

    /// What nodes around the story state: the page, the site, the publisher, the path.
    fn surroundings(&mut self, entity: &Entity<'v>) {
        let object = entity.object;
        let Some(kind) = types(object).next().map(str::to_owned) else {
            return;
        };
        let wanted: &[(&str, Slot)] = match kind.as_str() {
            "BreadcrumbList" => return self.breadcrumb(object),
            _ if entity.listed => &[],
            "WebSite" => &[("name", Slot::SiteName), ("inLanguage", Slot::Language)],
            "Person" if self.graph.people == 1 => return self.lone_person(object),
            _ if kind.ends_with("Organization") => &[("name", Slot::Publisher)],
            _ if kind.ends_with("Page") => &[
                ("name", Slot::Headline),
                ("datePublished", Slot::Published),
                ("dateModified", Slot::Modified),
                ("inLanguage", Slot::Language),
                ("description", Slot::Description),
            ],
            _ => &[],
        };
        for (property, slot) in wanted {
            if let Some(text) = self.property(object, property) {
                self.say(*slot, format!("{kind}.{property}"), text);
            }
        }
    }

    /// Yoast states the author of a page as a node that nothing refers to.
    fn lone_person(&mut self, object: &'v Object<'v>) {
        if self.claims.authors.iter().any(|c| c.voice == Voice::JsonLd) {
            return;
        }
        let authors = person(object);
        let raw = authors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
        let (source, at) = self.place();
        push_list(&mut self.claims.authors, claim(authors, raw, source, "Person.name", at));
    }

    fn breadcrumb(&mut self, object: &'v Object<'v>) {
        let mut items: Vec<(u64, String)> = list(object.get("itemListElement"))
            .iter()
            .filter_map(Json::as_object)
            .filter_map(|item| {
                let position = item.get("position").and_then(|p| string(Some(p))?.parse().ok());
                let inner = item.get("item").and_then(Json::as_object).and_then(|i| i.get("name"));
                Some((position.unwrap_or(u64::MAX), string(item.get("name").or(inner))?))
            })
            .collect();
        items.sort_by_key(|(position, _)| *position);
        let names: Vec<String> = items.into_iter().map(|(_, name)| name).collect();
        let raw = names.join(" > ");
        let (source, at) = self.place();
        if !names.is_empty() {
            self.claims.breadcrumbs.push(claim(names, raw, source, "BreadcrumbList", at));
        }
    }
}

fn person(object: &Object) -> Vec<Author> {
    let text = |key: &str| string(object.get(key));
    let url = text("url").or_else(|| text("sameAs")).filter(|u| u.contains("://"));
    let is_organisation = types(object).any(|t| t.ends_with("Organization"));
    let parts = || Some(format!("{} {}", text("givenName")?, text("familyName")?));
    let names: Vec<String> = match object.get("name") {
        Some(Json::Array(names)) => names.iter().filter_map(|n| string(Some(n))).collect(),
        Some(name) => string(Some(name)).into_iter().collect(),
        None => parts().into_iter().collect(),
    };
    let only = names.len() == 1;
    let author = |name| Author {
        name,
        role: text("jobTitle"),
        url: url.clone().filter(|_| only),
        is_organisation,
        ..Author::default()
    };
    names.into_iter().map(author).collect()
}

fn named(name: String) -> Author {
    Author { name, ..Author::default() }
}

/// Reads the JSON of the old `parsely-page` tag.
pub(super) fn read_parsely(page: &Page, node: NodeId, content: &str, claims: &mut Claims) {
    let Some(Json::Object(object)) =
        (content.len() <= page.limits.json_bytes).then(|| repair::parse(content)).flatten()
    else {
        return;
    };
    let source = (Place::Meta, Voice::Vendor);
    let at = (node, Some(page.dom.source(node)));
    let strings = [
        ("title", Slot::Headline),
        ("link", Slot::Url),
        ("pub_date", Slot::Published),
        ("section", Slot::Section),
    ];
    for (key, slot) in strings {
        if let Some(text) = string(object.get(key)) {
            claims.add(slot, claim(text.clone(), text, source, format!("parsely-page.{key}"), at));
        }
    }
    let strings = |key: &str| {
        list(object.get(key)).iter().filter_map(|v| string(Some(v))).collect::<Vec<_>>()
    };
    let mut names = strings("authors");
    if names.is_empty() {
        names = strings("author");
    }
    let raw = names.join(", ");
    push_list(
        &mut claims.authors,
        claim(names.into_iter().map(named).collect(), raw, source, "parsely-page.authors", at),
    );
    let tags = strings("tags");
    let raw = tags.join(", ");
    push_list(&mut claims.tags, claim(tags, raw, source, "parsely-page.tags", at));
}

#[cfg(test)]
mod tests;
