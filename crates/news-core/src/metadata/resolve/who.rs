//! The authors: stated and visible bylines read as people, one list believed.

mod lines;
mod phrase;

use super::super::byline::{self, Author, BylineContext};
use super::super::claims::{Claim, Slot, Voice};
use super::super::words;
use super::{Candidate, Context, Row, Voted, Votes, field, rank};
use crate::dom::{Dom, NodeId, Tag, local_name};
use crate::letters::{fold, same};
use crate::provenance::Found;
use crate::reading::people::is_first_name;

pub(crate) use lines::opens_with_cue;
use lines::{CUE_CHARS, OTHER_CUES, is_label};

/// A list of authors as one place states it.
#[derive(Debug, Clone)]
struct Byline {
    found: Found<Vec<Author>>,
    voice: Voice,
    node: NodeId,
    /// Distance to the headline; 0 for values without a place.
    cost: u32,
    /// Stands right below the story.
    is_at_end: bool,
}

/// Distance in nodes up to which a visible byline is the story's.
const NEAR: u32 = 200;
/// Nodes between two names of one byline.
const TOGETHER: u32 = 60;

/// The authors, and who spoke for them.
pub(super) fn resolve(context: &Context) -> Option<Voted<Vec<Author>>> {
    let mut bylines = stated(context);
    bylines.extend(visible(context));
    if bylines.iter().all(|b| is_impersonal(&b.found.value)) {
        bylines.extend(lines::near_headline(context));
    }
    if bylines.iter().all(|b| is_newsroom(&b.found.value)) {
        bylines.extend(lines::signed_above(context));
    }
    for find in [lines::at_end, lines::facts, lines::named_alone] {
        if bylines.iter().all(|b| is_newsroom(&b.found.value)) {
            let is_open = bylines.iter().all(|b| b.found.value.is_empty());
            let is_sure = |b: &Byline| b.found.value.iter().all(|a| has_first_name(&a.name));
            bylines.extend(find(context).into_iter().filter(|b| is_open || is_sure(b)));
        }
    }
    if bylines.iter().all(|b| b.found.value.is_empty()) {
        bylines.extend(beside_headline(context));
    }
    bylines.retain(|b| !b.found.value.is_empty() && rank(Row::Authors, b.voice).is_some());
    bylines.sort_by_key(|b| (is_impersonal(&b.found.value), rank(Row::Authors, b.voice), b.cost));
    prefer_complete(&mut bylines);
    complete_names(&mut bylines);
    let trust = rank(Row::Authors, bylines.first()?.voice)?;
    let trust = super::CONFIDENCE - super::STEP * trust as f32;
    let ranked: Vec<_> = bylines.iter().map(|b| Candidate::of(&b.found, b.voice)).collect();
    let same = |a: &Vec<Author>, b: &Vec<Author>| are_same(a, b);
    let votes = Votes::of(&ranked, same)?;
    Some((field(ranked, trust, same, context)?, votes))
}

/// Whether two lists name the same people in the same order.
fn are_same(a: &[Author], b: &[Author]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.name, &b.name))
}

fn names(authors: &[Author]) -> Vec<String> {
    authors.iter().map(|a| fold(&a.name)).collect()
}

/// Whether a list names no person: newsrooms stand in for people where nobody is named, and user
/// names for their owners.
fn is_impersonal(authors: &[Author]) -> bool {
    authors.iter().all(|a| a.is_organisation || is_user_name(&a.name))
}

/// Whether a list names houses only. A site may bear the name of its owner, who then is the author.
fn is_newsroom(authors: &[Author]) -> bool {
    authors.iter().all(|a| a.is_organisation && !has_first_name(&a.name))
}

fn is_user_name(name: &str) -> bool {
    !name.contains(char::is_whitespace)
        && name.chars().all(|c| !c.is_uppercase())
        && name.is_ascii()
}

/// A byline that names more people than the one believed, and all of those, goes before it.
fn prefer_complete(bylines: &mut Vec<Byline>) {
    let Some(first) = bylines.first().map(|b| names(&b.found.value)) else {
        return;
    };
    let completes = |b: &Byline| {
        let all = names(&b.found.value);
        b.cost < NEAR
            && all.len() > first.len()
            && all.len() <= MOST_ADDED + first.len()
            && b.found.value.iter().all(|a| !a.is_organisation)
            // What stands beside a name in a byline may be a job title.
            && b.found.value.iter().all(|a| {
                let is_latin = a.name.starts_with(|c: char| c.is_uppercase());
                first.contains(&fold(&a.name)) || !is_latin || has_first_name(&a.name)
            })
            && first.iter().all(|name| all.contains(name))
            // A name run together with a title is not one more.
            && !all.iter().any(|a| first.iter().any(|f| a != f && a.starts_with(f.as_str())))
    };
    if let Some(at) = bylines.iter().position(completes) {
        let complete = bylines.remove(at);
        bylines.insert(0, complete);
    }
}

/// Whether a name begins with a first name, as names of people in Latin script mostly do.
fn has_first_name(name: &str) -> bool {
    name.split([' ', '-']).next().is_some_and(is_first_name)
}

/// Gives the family name to an author stated by the first name alone, where another byline has both,
/// and the title that another byline states with the name.
fn complete_names(bylines: &mut [Byline]) {
    let Some((first, others)) = bylines.split_first_mut() else { return };
    for author in first.found.value.iter_mut().filter(|a| !a.is_organisation) {
        let start = format!("{} ", author.name);
        let near = others.iter().filter(|b| b.cost < NEAR || b.is_at_end);
        let mut known = near.flat_map(|b| &b.found.value);
        if author.role.is_none() {
            let same = known.clone().find(|a| a.name == author.name && a.role.is_some());
            author.role = same.and_then(|a| a.role.clone());
        }
        let mut full = known.by_ref().map(|a| &a.name);
        if !author.name.contains(' ')
            && let Some(name) = full.find(|name| name.starts_with(&start))
        {
            author.name.clone_from(name);
        }
    }
}

/// Most authors that a second source adds to the first.
const MOST_ADDED: usize = 3;

/// What is stated in data.
fn stated(context: &Context) -> Vec<Byline> {
    let placed =
        |voice| matches!(voice, Voice::Classed | Voice::Rel | Voice::Microdata | Voice::Rdfa);
    let claims = context.claims.authors.iter().filter(|c| !placed(c.voice));
    claims.map(|c| byline(context, c, true)).collect()
}

fn byline(context: &Context, claim: &Claim<Vec<Author>>, is_stated: bool) -> Byline {
    let value = if is_stated {
        people(context, &claim.found.value, true)
    } else {
        let short: Vec<Author> = claim.found.value.iter().cloned().map(without_biography).collect();
        people(context, &short, false)
    };
    let mut value = without_editors(value);
    value.retain(|a| !is_label(&a.name, context.language.as_deref()));
    phrase::drop_phrases(context, &mut value, is_stated);
    let cost = super::when::cost(context, claim.node);
    let is_at_end = is_at_end(context, claim.node);
    Byline {
        found: Found { value, ..claim.found.clone() },
        voice: claim.voice,
        node: claim.node,
        cost,
        is_at_end,
    }
}

/// Who is named as editor or translator did not write the story.
fn without_editors(mut authors: Vec<Author>) -> Vec<Author> {
    authors.retain(|a| !matches!(a.role.as_deref(), Some("editor" | "translator")));
    authors
}

/// Whether a node stands right below the story, where blogs and papers of the 2000s sign.
fn is_at_end(context: &Context, node: NodeId) -> bool {
    let end = context.story.map_or(0, |story| story.range.end);
    end > 0 && node >= end && node - end < FOOTER
}

/// Longest text, in bytes, that is a byline as a whole; of a longer one the first line counts.
const BYLINE_BYTES: usize = 160;

fn without_biography(author: Author) -> Author {
    if author.name.len() <= BYLINE_BYTES {
        return author;
    }
    let name = author.name.lines().find(|line| !line.trim().is_empty()).unwrap_or("").to_owned();
    Author { name, ..author }
}

/// What stands at elements of the page: of nested ones the innermost that name somebody, those that
/// stand together as one byline.
fn visible(context: &Context) -> Vec<Byline> {
    let dom = context.page.dom;
    let mut found: Vec<Byline> = context
        .claims
        .authors
        .iter()
        .filter(|c| matches!(c.voice, Voice::Classed | Voice::Rel | Voice::Microdata | Voice::Rdfa))
        .filter(|c| !context.is_aside(c.node) || is_post_footer(context, c.node))
        .filter(|c| !is_comment(dom, c.node) && !is_for_others(dom, c.node))
        .map(|c| byline(context, c, c.voice != Voice::Classed))
        .filter(|b| !b.found.value.is_empty())
        .collect();
    found.sort_by_key(|b| b.node);
    // Sorted, what an element holds follows it, as far as it reaches.
    let holds = |at: usize, outer: &Byline| {
        let mut inside = found[at + 1..].iter().take_while(|i| dom.contains(outer.node, i.node));
        inside.any(|i| i.node > outer.node && i.voice == outer.voice)
    };
    let inner: Vec<bool> = found.iter().enumerate().map(|(at, b)| !holds(at, b)).collect();
    let mut kept = inner.iter();
    found.retain(|_| *kept.next().unwrap_or(&true));
    let mut out: Vec<Byline> = Vec::new();
    for byline in found {
        match out.iter_mut().rev().find(|last| last.voice == byline.voice) {
            Some(last) if byline.node - last.node <= TOGETHER && same_key(last, &byline) => {
                join(last, byline);
            }
            _ => out.push(byline),
        }
    }
    demote_far(&mut out);
    out
}

/// Whether a node stands in the footer of the post itself: one beside the story in an element that is
/// not the whole page, and right below the story.
fn is_post_footer(context: &Context, node: NodeId) -> bool {
    let dom = context.page.dom;
    let Some(range) = context.story.map(|story| &story.range).filter(|range| !range.is_empty())
    else {
        return false;
    };
    let belongs = |aside: NodeId| {
        let parent = dom.parent(aside);
        let says = [local_name!("class"), local_name!("id")]
            .iter()
            .filter_map(|name| dom.attr(aside, *name))
            .any(words::names_footer);
        let is_near = aside >= range.end && aside - range.end < FOOTER;
        is_near
            && (dom.tag(aside) == Tag::Footer || says)
            && !matches!(dom.tag(parent), Tag::Body | Tag::Main)
            && dom.contains(parent, range.start)
    };
    context.aside_around(node).is_some_and(|aside| belongs(aside.start))
}

/// Nodes between a story and its footer: buttons for sharing, mostly.
const FOOTER: u32 = 80;

fn same_key(a: &Byline, b: &Byline) -> bool {
    a.found.origin.key == b.found.origin.key
}

fn join(into: &mut Byline, more: Byline) {
    for author in more.found.value {
        if !into.found.value.iter().any(|a| same(&a.name, &author.name)) {
            into.found.value.push(author);
        }
    }
    into.found.raw.push_str(", ");
    into.found.raw.push_str(&more.found.raw);
}

/// Names far from the headline count when they stand at the story's end or all agree: else they are
/// those of other stories.
fn demote_far(bylines: &mut Vec<Byline>) {
    let far: Vec<&[Author]> =
        bylines.iter().filter(|b| b.cost >= NEAR).map(|b| &*b.found.value).collect();
    let agree = far.windows(2).all(|pair| are_same(pair[0], pair[1]));
    bylines.retain(|b| b.cost < NEAR || agree || b.is_at_end);
    for byline in bylines.iter_mut().filter(|b| b.cost >= NEAR) {
        byline.voice = Voice::Far;
    }
}

/// Elements that say that they are bylines, right below the headline, in parts of the page that pass
/// for asides: some sites set the line of author and date in an `<aside>`.
fn beside_headline(context: &Context) -> Vec<Byline> {
    let Some(headline) = context.headline else {
        return Vec::new();
    };
    let dom = context.page.dom;
    let end = dom.end(headline);
    let near = |c: &&Claim<Vec<Author>>| {
        matches!(c.voice, Voice::Classed | Voice::Rel)
            && (end..end + BESIDE).contains(&c.node)
            && !is_comment(dom, c.node)
    };
    let claims = context.claims.authors.iter().filter(near);
    claims.map(|c| byline(context, c, c.voice != Voice::Classed)).take(1).collect()
}

/// Whether a node stands in a comment of a reader, as the names of the elements around it say.
fn is_comment(dom: &Dom, node: NodeId) -> bool {
    let names = [local_name!("class"), local_name!("id")];
    let around = std::iter::once(node).chain(dom.ancestors(node).take(COMMENT_DEPTH));
    let mut said = around.flat_map(|id| names.iter().filter_map(move |name| dom.attr(id, *name)));
    said.any(|name| may_name_comment(name) && words::split(name).any(|w| is_comment_word(&w)))
}

/// Whether a name has letters that all words for comments share.
fn may_name_comment(name: &str) -> bool {
    let bytes = name.as_bytes();
    memchr::memchr2_iter(b'm', b'M', bytes)
        .filter_map(|at| bytes.get(at + 1..at + 4))
        .any(|rest| rest.eq_ignore_ascii_case(b"ent"))
}

/// Whether the words before a node say that it names somebody else than the author: `Reviewed by`, in
/// one text or in two.
fn is_for_others(dom: &Dom, node: NodeId) -> bool {
    let before = (node.saturating_sub(CUE_NODES)..node).rev();
    let texts = before.filter(|n| dom.tag(*n) == Tag::Text);
    let bare = texts.map(|n| dom.text(n).trim_matches(|c: char| !c.is_alphanumeric()));
    let short = bare.filter(|text| !text.is_empty()).take_while(|text| text.len() < CUE_CHARS);
    let said: Vec<String> = short.take(2).map(str::to_lowercase).collect();
    let is_cue = |words: &str| OTHER_CUES.contains(words);
    match said.as_slice() {
        [last, first] => is_cue(last) || is_cue(&format!("{first} {last}")),
        [last] => is_cue(last),
        _ => false,
    }
}

/// Nodes between a cue and the name after it.
const CUE_NODES: u32 = 8;

/// Elements between a comment and the name of its author. The page as a whole says whether it has
/// comments, so that its outermost elements tell nothing.
const COMMENT_DEPTH: usize = 6;

/// `comment-author`, `commentlist`, `kommentare`; but `commentary` is opinion.
fn is_comment_word(word: &str) -> bool {
    let is_comments = word.starts_with("comment") && !word.starts_with("commentary");
    is_comments || word == "kommentare" || word == "comentarios"
}

/// Nodes below a headline in which a byline is the story's, whatever stands around it.
const BESIDE: u32 = 40;

/// Reads names as people, no more of them than a field keeps: each is compared with those before it.
fn people(context: &Context, stated: &[Author], is_stated: bool) -> Vec<Author> {
    let stated = context.within_limit(stated);
    let publisher = context.claims.first(Slot::SiteName);
    let byline = BylineContext { publisher, language: context.language.as_deref(), is_stated };
    let mut out: Vec<Author> = Vec::new();
    for stated in stated {
        let mut people = context.byline(&stated.name, &byline);
        if let [only] = people.as_mut_slice() {
            only.role = only.role.take().or_else(|| stated.role.clone());
            only.url = only.url.take().or_else(|| context.absolute(stated.url.as_deref()?));
            only.is_organisation |= stated.is_organisation;
        }
        for mut person in people {
            person.is_organisation |= is_site(context, &person.name) || is_host(&person.name);
            if !out.iter().any(|a| same(&a.name, &person.name)) {
                out.push(person);
            }
        }
    }
    drop_site(context, &mut out);
    context.limit(&mut out);
    out
}

/// Whether a name is that of the site, or its initials are: `dw.com` is that of Deutsche Welle.
fn is_site(context: &Context, name: &str) -> bool {
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).collect();
    context.sites.contains(&fold(name)) || context.sites.contains(&fold(&initials))
}

/// Whether a name is that of a host: `example.com`.
fn is_host(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    !name.contains(' ')
        && (2..=4).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_alphabetic())
}

/// The site itself, named beside people, is no author.
fn drop_site(context: &Context, authors: &mut Vec<Author>) {
    if authors.iter().any(|a| !a.is_organisation) {
        authors.retain(|a| !(a.is_organisation && context.sites.contains(&fold(&a.name))));
    }
}
