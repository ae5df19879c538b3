//! Conventions of pages that decide before the block model does. Each states the convention it reads.

use super::measure::{Measures, prose_units};
use super::root::{letters, segment_text};
use super::{Hints, THRESHOLD, Zone};
use crate::dom::{Dom, NodeId, Tag};

/// What is known when the rules are asked.
pub(super) struct Page<'a> {
    pub(super) dom: &'a Dom,
    pub(super) measures: &'a Measures,
    pub(super) root: NodeId,
    pub(super) headline: Option<usize>,
    pub(super) hints: &'a Hints<'a>,
    pub(super) scores: &'a [f32],
}

/// What the rules say of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// Nothing: the model decides.
    Model,
    /// Kept, by the rule of this name.
    Keep(&'static str),
    /// Removed, by the rule of this name.
    Drop(&'static str),
}

impl Choice {
    pub(super) fn keeps(self, score: f32) -> bool {
        match self {
            Self::Model => score >= THRESHOLD,
            Self::Keep(_) => true,
            Self::Drop(_) => false,
        }
    }

    pub(super) fn rule(self) -> Option<&'static str> {
        match self {
            Self::Model => None,
            Self::Keep(rule) | Self::Drop(rule) => Some(rule),
        }
    }
}

/// One choice a segment; later rules do not overrule earlier ones.
pub(super) fn apply(page: &Page<'_>) -> Vec<Choice> {
    let mut choices = vec![Choice::Model; page.measures.segments.len()];
    hidden(page, &mut choices);
    headline(page, &mut choices);
    other_stories(page, &mut choices);
    live_entries(page, &mut choices);
    notes(page, &mut choices);
    set_pieces(page, &mut choices);
    repeats(page, &mut choices);
    choices
}

fn set(choices: &mut [Choice], i: usize, choice: Choice) {
    if let Some(slot) = choices.get_mut(i).filter(|c| **c == Choice::Model) {
        *slot = choice;
    }
}

/// What a style or attribute hides no reader sees. (A box that holds most of the page's prose counts as
/// shown: it waits for a script.)
fn hidden(page: &Page<'_>, choices: &mut [Choice]) {
    for (i, segment) in page.measures.segments.iter().enumerate() {
        if segment.zone.has(Zone::HIDDEN) {
            set(choices, i, Choice::Drop("hidden"));
        }
    }
}

/// The headline is metadata, not a block of the story.
fn headline(page: &Page<'_>, choices: &mut [Choice]) {
    if let Some(i) = page.headline {
        set(choices, i, Choice::Drop("headline"));
    }
}

/// Prose from which an `<article>` is a story of its own, in units.
const STORY_UNITS: u32 = 400;

/// Stories of one page that are told apart.
const MAX_STORIES: usize = 32;

/// What happens to segments of the page's other stories.
pub(super) const ANOTHER_STORY: Choice = Choice::Drop("another story");

/// A page that loads the next story below the first holds several `<article>` elements, each with a
/// first-level heading: only the one with the headline is read.
fn other_stories(page: &Page<'_>, choices: &mut [Choice]) {
    let dom = page.dom;
    let stories: Vec<NodeId> =
        dom.all().filter(|id| is_story(page, *id)).take(MAX_STORIES).collect();
    let Some(headline) = page.headline.and_then(|i| page.measures.segments.get(i)) else { return };
    let Some(own) = stories.iter().find(|id| dom.contains(**id, headline.nodes.start)) else {
        return;
    };
    for (i, segment) in page.measures.segments.iter().enumerate() {
        let at = segment.nodes.start;
        if !dom.contains(*own, at) && stories.iter().any(|id| dom.contains(*id, at)) {
            set(choices, i, ANOTHER_STORY);
        }
    }
}

fn is_story(page: &Page<'_>, id: NodeId) -> bool {
    page.dom.tag(id) == Tag::Article
        && page.measures.prose[id as usize] >= STORY_UNITS
        && page.dom.first(id, Tag::H1).is_some()
}

/// Everything in the entries of a live blog is the story, but for bars and boxes.
fn live_entries(page: &Page<'_>, choices: &mut [Choice]) {
    if !page.hints.is_live {
        return;
    }
    let holders = super::live_holders(page.dom, page.root);
    for (i, segment) in page.measures.segments.iter().enumerate() {
        let at = segment.nodes.start;
        let foreign = Zone::JUNK | Zone::CAPTION | Zone::MEDIA | Zone::EMBED;
        let is_label = page.dom.ancestors(at).take(4).any(|a| page.dom.tag(a) == Tag::Time);
        let is_heading = super::root::level(page.dom, page.measures, i) < 7;
        let is_menu = segment.counts.link_density() > 0.8 && !is_heading;
        if segment.zone.has(foreign) || is_label || is_menu {
            continue;
        }
        if super::holder_of(page.dom, &holders, at).is_some() {
            set(choices, i, Choice::Keep("live entry"));
        }
    }
}

/// Segments after the last kept one in which a correction still belongs to the story.
const NOTE_REACH: usize = 6;

/// Corrections and editor's notes stand before or after the story and belong to it.
fn notes(page: &Page<'_>, choices: &mut [Choice]) {
    let kept = |i: &usize| page.scores[*i] >= THRESHOLD;
    let (Some(first), Some(last)) =
        ((0..page.scores.len()).find(kept), (0..page.scores.len()).rfind(kept))
    else {
        return;
    };
    let end = page.scores.len().min(last + NOTE_REACH + 1);
    for i in first.saturating_sub(NOTE_REACH)..end {
        let segment = &page.measures.segments[i];
        let foreign = Zone::JUNK.without(Zone::META);
        let is_prose = prose_units(&segment.counts) > 0 && !segment.zone.has(foreign);
        if is_prose
            && super::is_note(&crate::dom::collapse(&segment_text(page.dom, &segment.nodes)))
        {
            set(choices, i, Choice::Keep("note"));
        }
    }
}

/// Tables with header cells and preformatted text between the story's first and last paragraph are
/// part of it, whole.
fn set_pieces(page: &Page<'_>, choices: &mut [Choice]) {
    let dom = page.dom;
    let segments = &page.measures.segments;
    let kept = |i: &usize| page.scores[*i] >= THRESHOLD;
    let (Some(first), Some(last)) =
        ((0..segments.len()).find(kept), (0..segments.len()).rfind(kept))
    else {
        return;
    };
    // The holder looked at last, and what it is: a large table has many segments.
    let mut seen = (0, false);
    for (i, segment) in segments.iter().enumerate().take(last + 1).skip(first) {
        let holder = std::iter::once(segment.container)
            .chain(dom.ancestors(segment.container).take(6))
            .take_while(|id| *id != page.root)
            .find(|id| matches!(dom.tag(*id), Tag::Table | Tag::Pre));
        let Some(holder) = holder.filter(|_| !segment.zone.has(Zone::JUNK)) else { continue };
        if seen.0 != holder {
            seen = (holder, is_set_piece(dom, holder));
        }
        if seen.1 && segment.counts.link_density() < 0.8 {
            set(choices, i, Choice::Keep("table or code"));
        }
    }
}

fn is_set_piece(dom: &Dom, holder: NodeId) -> bool {
    dom.tag(holder) == Tag::Pre
        || dom.first(holder, Tag::Th).is_some() && dom.first(holder, Tag::Table).is_none()
}

/// Letters from which a text that stands twice is a copy.
const COPY_LETTERS: usize = 40;

/// A paragraph that stands twice (for two screen sizes, or once as a teaser) is read once: inside the
/// root if one copy stands there, else where it comes first.
fn repeats(page: &Page<'_>, choices: &mut [Choice]) {
    let mut seen: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for i in 0..choices.len() {
        let segment = &page.measures.segments[i];
        if !choices[i].keeps(page.scores[i]) || (segment.counts.units as usize) < COPY_LETTERS {
            continue;
        }
        let text = letters(&segment_text(page.dom, &segment.nodes));
        let inside = |i: usize| page.dom.contains(page.root, page.measures.segments[i].nodes.start);
        match seen.get(&text).copied() {
            Some(first) if inside(i) && !inside(first) => {
                set(choices, first, Choice::Drop("copy"));
                seen.insert(text, i);
            }
            Some(_) => set(choices, i, Choice::Drop("copy")),
            None => {
                seen.insert(text, i);
            }
        }
    }
}
