//! What stands visibly on the page: headings, bylines, times, tags, the path, and links that say so.

use std::ops::RangeInclusive;

use super::claims::{Claim, Claims, Slot, Voice, claim, push_list};
use super::prose::{plain, tag_list};
use super::words::{Role, Roles};
use super::{Author, Page};
use crate::dom::{self, Dom, NodeId, Tag, local_name};
use crate::letters::{fold, is_blank};
use crate::names;
use crate::provenance::Place;

/// Most nodes and bytes of an element that is a byline, date or headline.
const SHORT_NODES: u32 = 80;
const SHORT_BYTES: usize = 600;
/// Most claims of one visible kind that are kept: pages of lists hold hundreds.
const MANY: usize = 60;

/// The text of a small element; `None` when it is empty or too large to be one statement.
pub(super) fn short_text(dom: &Dom, node: NodeId) -> Option<String> {
    if dom.end(node) - node > SHORT_NODES {
        return None;
    }
    let text = dom.inner_text(node);
    (!text.is_empty() && text.len() <= SHORT_BYTES).then_some(text)
}

/// Reads elements whose very tag says what they are.
pub(super) fn tagged(page: &Page, node: NodeId, tag: Tag, claims: &mut Claims) {
    match tag {
        Tag::H1 => visible(page, node, Slot::Headline, Voice::Heading, "h1", claims),
        Tag::Title => title(page, node, claims),
        Tag::Html => language(page, node, claims),
        Tag::Time => time(page, node, claims),
        Tag::Link | Tag::A => {
            related(page, node, tag, claims);
            if tag == Tag::A && is_author_link(page.dom, node) {
                author(page, node, Voice::Rel, "a[href author]", claims);
            }
        }
        Tag::Address => author(page, node, Voice::Classed, "address", claims),
        Tag::Aside | Tag::Footer | Tag::Nav => claims.asides.push(node),
        _ => {}
    }
}

fn visible(page: &Page, node: NodeId, slot: Slot, voice: Voice, key: &str, claims: &mut Claims) {
    if claims.get(slot).iter().filter(|c| c.voice == voice).count() >= MANY {
        return;
    }
    let Some(text) = short_text(page.dom, node) else {
        return;
    };
    claims.add(slot, markup(page, node, text.clone(), text, voice, key));
}

fn markup<T>(
    page: &Page,
    node: NodeId,
    value: T,
    raw: String,
    voice: Voice,
    key: &str,
) -> Claim<T> {
    claim(value, raw, (Place::Markup, voice), key, (node, Some(page.dom.source(node))))
}

fn title(page: &Page, node: NodeId, claims: &mut Claims) {
    // Titles of pictures (`svg`) stand in the body.
    if page.dom.tag(page.dom.parent(node)) != Tag::Head
        && claims.get(Slot::Headline).iter().any(|c| c.voice == Voice::Title)
    {
        return;
    }
    let text = plain(&page.dom.raw_text(node));
    let at = (node, Some(page.dom.source(node)));
    claims
        .add(Slot::Headline, claim(text.clone(), text, (Place::Title, Voice::Title), "title", at));
}

fn language(page: &Page, node: NodeId, claims: &mut Claims) {
    let stated = page
        .dom
        .attributes(node)
        .find(|a| matches!(a.name, local_name!("lang") | local_name!("xml:lang")));
    let Some(text) = stated.map(|a| a.value.trim().to_owned()) else {
        return;
    };
    claims.add(Slot::Language, markup(page, node, text.clone(), text, Voice::Html, "html[lang]"));
}

fn time(page: &Page, node: NodeId, claims: &mut Claims) {
    let dom = page.dom;
    if claims.get(Slot::Published).iter().filter(|c| c.voice == Voice::Time).count() >= MANY {
        return;
    }
    let stated = dom.attr(node, local_name!("datetime")).map(str::trim).filter(|t| !t.is_empty());
    let (text, key) = match stated {
        Some(text) => (text.to_owned(), "time[datetime]"),
        None => match short_text(dom, node) {
            Some(text) => (text, "time"),
            None => return,
        },
    };
    claims.add(slot_of_class(dom, node), markup(page, node, text.clone(), text, Voice::Time, key));
}

/// Which date an element holds whose class names one of them; publication where it does not.
pub(super) fn slot_of_class(dom: &Dom, node: NodeId) -> Slot {
    let class = dom.attr(node, local_name!("class")).unwrap_or_default();
    let is_modified = names::read(class).roles.are_only(Role::Modified);
    if is_modified { Slot::Modified } else { Slot::Published }
}

/// Links that state their relation.
fn related(page: &Page, node: NodeId, tag: Tag, claims: &mut Claims) {
    let dom = page.dom;
    let Some(relations) = dom.attr(node, local_name!("rel")) else {
        return;
    };
    let href = dom.attr(node, local_name!("href")).unwrap_or("").trim();
    for relation in relations.split_ascii_whitespace() {
        let is = |name: &str| relation.eq_ignore_ascii_case(name);
        match tag {
            _ if is("license") => link(page, node, href, Slot::Rights, claims),
            Tag::A if is("author") => author(page, node, Voice::Rel, "a[rel=author]", claims),
            Tag::A if is("tag") => tag_link(page, node, claims),
            Tag::Link if is("canonical") => link(page, node, href, Slot::Url, claims),
            _ => {}
        }
    }
}

fn link(page: &Page, node: NodeId, href: &str, slot: Slot, claims: &mut Claims) {
    let at = (node, Some(page.dom.source(node)));
    let key = if slot == Slot::Url { "canonical" } else { "license" };
    claims.add(slot, claim(href.to_owned(), href, (Place::Link, Voice::Rel), key, at));
}

fn tag_link(page: &Page, node: NodeId, claims: &mut Claims) {
    if let Some(text) = short_text(page.dom, node) {
        push_list(
            &mut claims.tags,
            markup(page, node, vec![text.clone()], text, Voice::Rel, "a[rel=tag]"),
        );
    }
}

fn author(page: &Page, node: NodeId, voice: Voice, key: &str, claims: &mut Claims) {
    if claims.authors.iter().filter(|c| c.voice == voice).count() >= MANY {
        return;
    }
    let Some(text) = parted_text(page.dom, node) else {
        return;
    };
    let href = page.dom.attr(node, local_name!("href")).map(str::to_owned);
    let author = Author { name: text.clone(), url: href, ..Author::default() };
    claims.authors.push(markup(page, node, vec![author], text, voice, key));
}

/// The text of a small element, a line for each element that follows another with nothing between
/// them: a name and a date in two `span`s are two things. What `<br>` parts are two lines.
pub(super) fn parted_text(dom: &Dom, node: NodeId) -> Option<String> {
    if dom.end(node) - node > SHORT_NODES {
        return None;
    }
    let mut out = String::new();
    let mut before = None;
    for n in node..dom.end(node) {
        if dom.tag(n) == Tag::Br && !out.is_empty() {
            out.truncate(out.trim_end().len());
            out.push('\n');
            continue;
        }
        let hidden =
            || dom.ancestors(n).take_while(|a| *a >= node).any(|a| dom.tag(a).is_invisible());
        if dom.tag(n) != Tag::Text || hidden() {
            continue;
        }
        let text = dom.text(n);
        if is_blank(text) {
            out.push_str(if out.ends_with(['\n', ' ']) || out.is_empty() { "" } else { " " });
            continue;
        }
        let parent = dom.parent(n);
        let flows = before.is_none_or(|b| dom.contains(parent, b) || dom.contains(b, parent));
        let flows = flows || out.ends_with('\n');
        out.truncate(if flows { out.len() } else { out.trim_end().len() });
        out.push_str(if flows || out.is_empty() { spacing(text, &out) } else { "\n" });
        dom::push_collapsed(&mut out, text.trim_start_matches(dom::is_space));
        let is_open = text.ends_with(char::is_whitespace);
        out.truncate(if is_open { out.trim_end().len() } else { out.len() });
        out.push_str(if is_open { " " } else { "" });
        before = Some(parent);
    }
    out.truncate(out.trim_end().len());
    let out = if out.starts_with(char::is_whitespace) { out.trim().to_owned() } else { out };
    (!out.is_empty() && out.len() <= SHORT_BYTES).then_some(out)
}

fn spacing(text: &str, out: &str) -> &'static str {
    let wanted =
        text.starts_with(char::is_whitespace) && !out.is_empty() && !out.ends_with([' ', '\n']);
    if wanted { " " } else { "" }
}

/// Reads an element by what its class or id, `attribute`, says: what it holds, and whether it is a name.
pub(super) fn classed(
    page: &Page,
    node: NodeId,
    attribute: &str,
    (roles, is_name): (Roles, bool),
    claims: &mut Claims,
) {
    if is_name && is_in_card(page.dom, node) {
        author(page, node, Voice::Rel, "vcard fn", claims);
    }
    let mut dated = false;
    for role in roles.iter() {
        match role {
            Role::Aside => claims.asides.push(node),
            Role::Author => author(page, node, Voice::Classed, attribute, claims),
            Role::Date | Role::Modified if dated => {}
            Role::Modified => dated = date(page, node, Slot::Modified, attribute, claims),
            Role::Date => dated = date(page, node, Slot::Published, attribute, claims),
            Role::Headline => {
                visible(page, node, Slot::Headline, Voice::Classed, attribute, claims);
            }
            Role::Deck => visible(page, node, Slot::Deck, Voice::Classed, attribute, claims),
            Role::Kicker => {
                visible(page, node, Slot::AlternativeHeadline, Voice::Classed, attribute, claims);
            }
            Role::Rights => visible(page, node, Slot::Rights, Voice::Classed, attribute, claims),
            Role::Breadcrumb => breadcrumb(page, node, claims),
            Role::Tags => tags(page, node, claims),
            Role::Credit => {}
        }
    }
}

/// Whether an element stands in the card (hCard, of hAtom) of an author: `author vcard`.
fn is_in_card(dom: &Dom, node: NodeId) -> bool {
    around_author(dom, node).any(|class| class.split_ascii_whitespace().any(|word| word == "vcard"))
}

/// Classes of an element and of those close around it that say that they are of an author.
fn around_author<'a>(dom: &'a Dom<'a>, node: NodeId) -> impl Iterator<Item = &'a str> {
    std::iter::once(node)
        .chain(dom.ancestors(node).take(CARD_DEPTH))
        .filter_map(|id| dom.attr(id, local_name!("class")))
        .filter(|class| names::read(class).roles.are_only(Role::Author))
}

/// Elements between the card of an author and the name in it.
const CARD_DEPTH: usize = 3;

/// Lengths of [`AUTHOR_PAGES`], in bytes.
const STEP_BYTES: RangeInclusive<usize> = 5..=18;

/// Steps of addresses under which sites keep the pages of their authors.
const AUTHOR_PAGES: [&str; 16] = [
    "author",
    "authors",
    "autor",
    "autoren",
    "autores",
    "autori",
    "auteur",
    "auteurs",
    "autorzy",
    "columnists",
    "contributor",
    "contributors",
    "writers",
    "forfatter",
    "redakteur",
    "staff-contributors",
];

/// Whether an address has such a step before its last one. By bytes: most links of a page are looked at
/// for this alone.
fn is_of_authors(href: &str) -> bool {
    let mut start = 0;
    memchr::memchr_iter(b'/', href.as_bytes()).any(|end| {
        let step = href.as_bytes().get(start..end).unwrap_or_default();
        start = end + 1;
        STEP_BYTES.contains(&step.len())
            && step.first().is_some_and(|first| AUTHOR_INITIALS.contains(first))
            && AUTHOR_PAGES.iter().any(|page| page.as_bytes() == step)
    })
}

/// What [`AUTHOR_PAGES`] begin with.
const AUTHOR_INITIALS: &[u8] = b"acfrsw";

/// Whether a link leads to the page of an author whose name it shows: the last step of
/// the address has a word of it; outside a byline, all of them.
fn is_author_link(dom: &Dom, node: NodeId) -> bool {
    let href = dom.attr(node, local_name!("href")).unwrap_or("").trim_end_matches('/');
    if href.len() > SHORT_BYTES || !is_of_authors(href) {
        return false;
    }
    let Some(text) = short_text(dom, node) else { return false };
    let name = href.rsplit('/').next().map(fold).unwrap_or_default();
    let is_named = |word: String| word.len() > 2 && name.contains(&word);
    text.contains(' ') && fold(&text) == name
        || around_author(dom, node).next().is_some()
            && text.split_whitespace().map(fold).any(is_named)
}

/// Reads an element whose name in the tests of the site says that it holds an author.
pub(super) fn tested(page: &Page, node: NodeId, attribute: &str, claims: &mut Claims) {
    author(page, node, Voice::Classed, attribute, claims);
}

fn date(page: &Page, node: NodeId, slot: Slot, key: &str, claims: &mut Claims) -> bool {
    if claims.get(slot).iter().filter(|c| c.voice == Voice::Classed).count() >= MANY {
        return false;
    }
    // hAtom writes the machine-readable value into the title of an `abbr`.
    let value = [local_name!("title"), local_name!("datetime")]
        .iter()
        .find_map(|a| page.dom.attr(node, *a))
        .map(plain);
    let has_digit = |text: &String| text.chars().any(|c| c.is_ascii_digit());
    let text = value.filter(has_digit).or_else(|| parted_text(page.dom, node).filter(has_digit));
    let Some(text) = text else { return false };
    claims.add(slot, markup(page, node, text.clone(), text, Voice::Classed, key));
    true
}

fn breadcrumb(page: &Page, node: NodeId, claims: &mut Claims) {
    if claims.breadcrumbs.iter().any(|c| c.voice == Voice::Classed) {
        return;
    }
    let dom = page.dom;
    let below = dom.below(node).take(MANY * 5).filter(|n| dom.tag(*n) == Tag::A);
    let names: Vec<String> = below.filter_map(|n| short_text(dom, n)).collect();
    if !names.is_empty() {
        let raw = names.join(" > ");
        claims.breadcrumbs.push(markup(page, node, names, raw, Voice::Classed, "breadcrumb"));
    }
}

/// Lines around a node that may be bylines: whole blocks, and in a block that holds more than a
/// byline what `<br>` and other blocks leave together.
pub(super) fn lines_near(dom: &Dom, place: NodeId, span: LineSpan) -> Vec<(NodeId, String)> {
    let mut out: Vec<(NodeId, String)> = Vec::new();
    let mut run: Option<(NodeId, NodeId)> = None;
    for node in near(dom, place, span.before, span.after) {
        // The line is the smallest block around the text.
        let block = dom.ancestors(node).find(|a| dom.tag(*a).is_block()).unwrap_or(node);
        if out.last().is_some_and(|(last, _)| *last == block) {
            continue;
        }
        let whole = (!dom.contains(block, place))
            .then(|| parted_text(dom, block))
            .flatten()
            .filter(|text| text.len() <= LINE_BYTES);
        if let Some(text) = whole {
            out.push((block, text));
            continue;
        }
        let (first, last) = run.filter(|(_, last)| is_one_line(dom, *last, node)).map_or_else(
            || (node, node),
            |(first, _)| {
                out.pop();
                (first, node)
            },
        );
        let text: String = (first..=last).map(|n| dom.text(n)).collect();
        run = Some((first, last));
        out.push((first, dom::collapse(&text)));
    }
    out.retain(|(_, text)| text.len() <= LINE_BYTES);
    out
}

/// Whether nothing between two texts begins a new line.
fn is_one_line(dom: &Dom, first: NodeId, second: NodeId) -> bool {
    let block = |n| dom.ancestors(n).find(|a| dom.tag(*a).is_block());
    let parts = |n: NodeId| dom.tag(n) == Tag::Br || dom.tag(n).is_block();
    block(first) == block(second) && !(first + 1..second).any(parts)
}

/// How many text nodes before and after a place may hold a byline.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineSpan {
    pub(super) before: usize,
    pub(super) after: usize,
}

/// Longest line, in bytes, that is a byline.
const LINE_BYTES: usize = 200;

fn tags(page: &Page, node: NodeId, claims: &mut Claims) {
    let dom = page.dom;
    let links: Vec<String> = dom
        .below(node)
        .take(MANY * 5)
        .filter(|n| dom.tag(*n) == Tag::A)
        .filter_map(|n| short_text(dom, n))
        .flat_map(|text| tag_list(&text))
        .take(MANY)
        .collect();
    if !links.is_empty() && !claims.tags.iter().any(|c| c.voice == Voice::Classed) {
        let raw = links.join(", ");
        claims.tags.push(markup(page, node, links, raw, Voice::Classed, "tags"));
    }
}

/// Text nodes that stand around the headline.
pub(super) fn near(dom: &Dom, headline: NodeId, before: usize, after: usize) -> Vec<NodeId> {
    let is_text = |n: &NodeId| dom.tag(*n) == Tag::Text && !is_blank(dom.text(*n));
    let mut nodes: Vec<NodeId> = (1..headline).rev().filter(is_text).take(before).collect();
    nodes.reverse();
    nodes.extend((headline..dom.len() as NodeId).filter(is_text).take(after));
    nodes
}

#[cfg(test)]
mod tests {
    use super::super::claims::{Slot, Voice};
    use super::super::testing::{claims, names, read, strings, tags, values};
    use crate::dom;

    #[test]
    fn headings_and_title_are_headlines() {
        let claims = claims(
            "<title>Storm | Post</title><h1>Storm <small>live</small></h1><p class='entry-title'>Storm</p>\
             <svg><title>icon</title></svg>",
        );
        let expected = [
            (Voice::Title, "title", "Storm | Post"),
            (Voice::Heading, "h1", "Storm live"),
            (Voice::Classed, "entry-title", "Storm"),
        ];
        assert_eq!(
            strings(&claims, Slot::Headline),
            expected.map(|(v, k, t)| (v, k.into(), t.into()))
        );
    }

    #[test]
    fn relations_of_links_are_claims() {
        let claims = claims(
            "<link rel='canonical' href='https://x.org/a'><a rel='license' href='/cc'>CC</a>\
             <a rel='tag' href='/t/1'>Wind</a><a rel='tag' href='/t/2'>Sea</a><a rel='author' href='/j'>Jane Roe</a>",
        );
        assert_eq!(claims.first(Slot::Url), Some("https://x.org/a"));
        assert_eq!(claims.first(Slot::Rights), Some("/cc"));
        assert_eq!(tags(&claims), [["Wind", "Sea"]]);
        assert_eq!(names(&claims), [["Jane Roe"]]);
    }

    #[test]
    fn times_give_their_value_or_their_text() {
        let page =
            "<time datetime='2024-05-01T10:00'>May 1</time><time>2 May 2024</time><time></time>";
        assert_eq!(values(page, Slot::Published), ["2024-05-01T10:00", "2 May 2024"]);
    }

    #[test]
    fn classes_that_say_date_count_with_a_digit() {
        let page = "<div class='post-date'>1 May 2024</div><div class='post-date'>soon</div>\
                    <abbr class='published' title='2024-05-02T08:00'>Thursday</abbr><i class='last-updated'>3.5.2024</i>";
        assert_eq!(values(page, Slot::Published), ["1 May 2024", "2024-05-02T08:00"]);
        assert_eq!(values(page, Slot::Modified), ["3.5.2024"]);
    }

    #[test]
    fn the_language_attribute_is_a_claim() {
        assert_eq!(values("<html lang='de-AT'><p>x", Slot::Language), ["de-AT"]);
    }

    #[test]
    fn a_path_is_its_links() {
        let claims = claims(
            "<ul class='breadcrumb-list'><li><a href='/'>Home</a><li><a href='/w'>World</a></ul>",
        );
        assert_eq!(claims.breadcrumbs[0].found.value, ["Home", "World"]);
    }

    #[test]
    fn large_elements_are_no_bylines() {
        let page = format!("<div class='author'>{}</div>", "<p>word</p>".repeat(80));
        assert_eq!(names(&claims(&page)), Vec::<Vec<String>>::new());
    }

    #[test]
    fn steps_of_authors_have_the_lengths_that_are_looked_at() {
        let lengths = || super::AUTHOR_PAGES.iter().map(|page| page.len());
        let all = lengths().min().unwrap_or(0)..=lengths().max().unwrap_or(0);
        assert_eq!(super::STEP_BYTES, all);
        let mut initials: Vec<u8> =
            super::AUTHOR_PAGES.iter().filter_map(|page| page.bytes().next()).collect();
        initials.sort_unstable();
        initials.dedup();
        assert_eq!(super::AUTHOR_INITIALS, initials);
        assert!(super::is_of_authors("https://x.org/authors/jane-roe"));
        assert!(!super::is_of_authors("https://x.org/authors"));
    }

    #[test]
    fn parted_text_breaks_between_neighbours_only() {
        let parted = |html: &str| {
            let page = format!("<div>{html}</div>");
            read(&page, None, |page| {
                let node = page.dom.first(0, dom::Tag::Div).unwrap_or(0);
                super::parted_text(page.dom, node)
            })
        };
        assert_eq!(
            parted("<span>Jane Roe</span><span>May 5</span>").as_deref(),
            Some("Jane Roe\nMay 5")
        );
        assert_eq!(
            parted("By <a>Jane Roe</a> and <a>Al Doe</a>").as_deref(),
            Some("By Jane Roe and Al Doe")
        );
        assert_eq!(parted("<script>x</script> <b></b>"), None);
    }
}
