//! `itemprop` and RDFa `property`: the story's properties, not those of comments or pictures in it.

use super::claims::{Claims, Slot, Voice, claim, push_list};
use super::markup::short_text;
use super::prose::{plain, tag_list};
use super::{Author, Page, jsonld};
use crate::article::Image;
use crate::dom::{Dom, NodeId, Tag, local_name};
use crate::provenance::Place;

/// Items that are open at a point of the page, outermost first.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    open: Vec<Scope>,
}

#[derive(Debug)]
struct Scope {
    end: NodeId,
    /// Whether its properties are the story's or the page's.
    is_story: bool,
    /// Whether it is an article, of which one that stands inside it is another.
    is_article: bool,
}

impl Scopes {
    /// Enters `node` when it opens an item; leaves those that ended before it.
    pub(super) fn step(&mut self, node: NodeId) {
        while self.open.last().is_some_and(|scope| scope.end <= node) {
            self.open.pop();
        }
    }

    /// Opens an item of the type named by `itemtype` or `typeof`.
    pub(super) fn enter(&mut self, dom: &Dom, node: NodeId, kind: &str) {
        let kinds = || kind.split_ascii_whitespace().map(jsonld::local_type);
        let is_article = kinds().any(is_article_type);
        let is_other = is_article && self.open.iter().any(|scope| scope.is_article);
        let is_story = kinds().any(is_story_type) && !is_other;
        self.open.push(Scope { end: dom.end(node), is_story, is_article });
    }

    fn speaks_of_story(&self) -> bool {
        self.open.last().is_none_or(|scope| scope.is_story)
    }
}

fn is_article_type(kind: &str) -> bool {
    jsonld::story_rank(kind).is_some_and(|rank| rank > 1)
}

fn is_story_type(kind: &str) -> bool {
    is_article_type(kind)
        || matches!(
            kind,
            "WebPage" | "CreativeWork" | "Blog" | "Item" | "Post" | "ItemPage" | "Node"
        )
        || kind.ends_with("Page")
}

/// Reads one property; `names` is the attribute's value, which may hold several.
pub(super) fn read(
    page: &Page,
    scopes: &Scopes,
    node: NodeId,
    names: &str,
    place: Place,
    claims: &mut Claims,
) {
    if !scopes.speaks_of_story() {
        return;
    }
    for name in names.split_ascii_whitespace() {
        let name = jsonld::local_type(name);
        property(page, node, name, place, claims);
    }
}

fn property(page: &Page, node: NodeId, name: &str, place: Place, claims: &mut Claims) {
    let slot = match name {
        "headline" => Slot::Headline,
        "alternativeHeadline" => Slot::AlternativeHeadline,
        "datePublished" | "created" | "issued" | "dateCreated" => Slot::Published,
        "dateModified" | "modified" => Slot::Modified,
        "articleSection" => Slot::Section,
        "description" | "abstract" => Slot::Description,
        "inLanguage" => Slot::Language,
        "isAccessibleForFree" => Slot::Access,
        "author" | "creator" => return authors(page, node, name, place, claims),
        "keywords" => return keywords(page, node, place, claims),
        "image" => return image(page, node, place, claims),
        "publisher" => Slot::Publisher,
        "mainEntityOfPage" => Slot::Url,
        _ => return,
    };
    let text = match slot {
        Slot::Publisher => inner_name(page.dom, node),
        _ => value(page.dom, node),
    };
    let Some(text) = text else { return };
    let at = (node, Some(page.dom.source(node)));
    let voice = if name == "dateCreated" { Voice::Loose } else { voice(place) };
    claims.add(slot, claim(text.clone(), text, (place, voice), name, at));
}

fn voice(place: Place) -> Voice {
    if place == Place::Rdfa { Voice::Rdfa } else { Voice::Microdata }
}

/// The machine-readable value of a property, else its text.
fn value(dom: &Dom, node: NodeId) -> Option<String> {
    let attribute = [local_name!("content"), local_name!("datetime")]
        .iter()
        .find_map(|name| dom.attr(node, *name))
        .filter(|text| !text.trim().is_empty());
    let link = || match dom.tag(node) {
        Tag::Link => dom.attr(node, local_name!("href")),
        Tag::Img => dom.attr(node, local_name!("src")),
        Tag::Abbr => dom.attr(node, local_name!("title")),
        _ => None,
    };
    match attribute.or_else(link) {
        Some(text) => Some(plain(text)),
        None => short_text(dom, node),
    }
}

/// Most nodes looked through for the name inside a person or publisher.
const NAME_NODES: u32 = 200;

/// The `name` property inside an item, else its value.
fn inner_name(dom: &Dom, node: NodeId) -> Option<String> {
    let below = node + 1..dom.end(node).min(node + NAME_NODES);
    let is_name = |n: &NodeId| {
        [local_name!("itemprop"), local_name!("property")]
            .iter()
            .filter_map(|a| dom.attr(*n, *a))
            .flat_map(str::split_ascii_whitespace)
            .any(|name| jsonld::local_type(name) == "name")
    };
    below.clone().find(is_name).map_or_else(|| value(dom, node), |n| value(dom, n))
}

fn authors(page: &Page, node: NodeId, name: &str, place: Place, claims: &mut Claims) {
    let Some(text) = inner_name(page.dom, node) else {
        return;
    };
    let url = page
        .dom
        .below(node)
        .take(NAME_NODES as usize)
        .find_map(|n| page.dom.attr(n, local_name!("href")));
    let author = Author { name: text.clone(), url: url.map(str::to_owned), ..Author::default() };
    let at = (node, Some(page.dom.source(node)));
    claims.authors.push(claim(vec![author], text, (place, voice(place)), name, at));
}

fn keywords(page: &Page, node: NodeId, place: Place, claims: &mut Claims) {
    let Some(text) = value(page.dom, node) else {
        return;
    };
    let at = (node, Some(page.dom.source(node)));
    push_list(
        &mut claims.tags,
        claim(tag_list(&text), text, (place, voice(place)), "keywords", at),
    );
}

fn image(page: &Page, node: NodeId, place: Place, claims: &mut Claims) {
    let dom = page.dom;
    let inner = || {
        let below = node + 1..dom.end(node).min(node + NAME_NODES);
        below
            .into_iter()
            .find(|n| dom.tag(*n) == Tag::Img)
            .and_then(|n| dom.attr(n, local_name!("src")))
    };
    let own = [local_name!("content"), local_name!("src"), local_name!("href")];
    let Some(url) = own.iter().find_map(|a| dom.attr(node, *a)).or_else(inner) else {
        return;
    };
    let at = (node, Some(dom.source(node)));
    let image = Image { url: url.to_owned(), ..Image::default() };
    claims.images.push(claim(image, url, (place, voice(place)), "image", at));
}

#[cfg(test)]
mod tests {
    use super::super::claims::{Slot, Voice};
    use super::super::testing::{claims, names, strings, tags, values};

    const STORY: &str = "<div itemscope itemtype='https://schema.org/NewsArticle'>";

    #[test]
    fn properties_of_the_story_are_read() {
        let claims = claims(&format!(
            "{STORY}<h2 itemprop='headline'>Storm hits coast</h2>\
             <meta itemprop='datePublished' content='2024-05-01'><meta itemprop='keywords' content='wind, sea'>\
             <span itemprop='author' itemscope itemtype='https://schema.org/Person'>by <a itemprop='url name' href='/j'>\
             Jane Roe</a></span></div>",
        ));
        let headline = (Voice::Microdata, "headline".to_owned(), "Storm hits coast".to_owned());
        assert_eq!(strings(&claims, Slot::Headline), [headline]);
        assert_eq!(claims.first(Slot::Published), Some("2024-05-01"));
        assert_eq!(names(&claims), [["Jane Roe"]]);
        assert_eq!(claims.authors[0].found.value[0].url.as_deref(), Some("/j"));
        assert_eq!(tags(&claims), [["wind", "sea"]]);
    }

    #[test]
    fn properties_of_other_items_are_not() {
        for kind in ["Comment", "ImageObject", "Person", "Product"] {
            let page = format!(
                "{STORY}<div itemscope itemtype='https://schema.org/{kind}'>\
                 <time itemprop='datePublished' content='2001-01-01'></time></div></div>"
            );
            assert_eq!(values(&page, Slot::Published), [""; 0], "{kind}");
        }
    }

    #[test]
    fn an_article_in_the_story_is_another() {
        let page = format!(
            "{STORY}<span itemprop='author'>Jane Roe</span>\
             <div itemscope itemtype='https://schema.org/NewsArticle'><i itemprop='author'>Al Doe</i></div></div>"
        );
        assert_eq!(names(&claims(&page)), [["Jane Roe"]]);
    }

    #[test]
    fn after_an_inner_item_the_outer_one_speaks() {
        let page = format!(
            "{STORY}<div itemscope itemtype='https://schema.org/Person'></div>\
             <time itemprop='datePublished' datetime='2024-05-01'>1 May</time></div>"
        );
        assert_eq!(claims(&page).get(Slot::Published)[0].found.value, "2024-05-01");
    }

    #[test]
    fn a_publisher_is_its_name() {
        let page = format!(
            "{STORY}<div itemprop='publisher' itemscope itemtype='https://schema.org/Organization'>\
             <img itemprop='logo' src='l.png'><meta itemprop='name' content='The Post'></div></div>"
        );
        assert_eq!(values(&page, Slot::Publisher), ["The Post"]);
    }

    #[test]
    fn rdfa_with_prefixes_is_read() {
        let claims = claims(
            "<div typeof='sioc:Item foaf:Document'><span property='dc:date dc:created' \
             content='2013-05-06T07:08:09+02:00'>6 May</span></div>",
        );
        let expected = (Voice::Rdfa, "created".to_owned(), "2013-05-06T07:08:09+02:00".to_owned());
        assert_eq!(strings(&claims, Slot::Published), [expected]);
    }

    #[test]
    fn stray_properties_count() {
        assert_eq!(
            values("<time itemprop='datePublished' datetime='2020-02-03'></time>", Slot::Published)
                [1..],
            ["2020-02-03"]
        );
    }

    #[test]
    fn a_date_of_creation_speaks_softly() {
        let claims =
            claims(&format!("{STORY}<meta itemprop='dateCreated' content='2020-02-03'></div>"));
        let expected = (Voice::Loose, "dateCreated".to_owned(), "2020-02-03".to_owned());
        assert_eq!(strings(&claims, Slot::Published), [expected]);
    }
}
