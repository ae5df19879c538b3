//! The element that holds the story, and the headline above it.

use std::ops::Range;

use super::measure::{Measures, Segment, prose_units};
use super::stated::Stated;
use super::{Hints, Zone};
use crate::dom::{Dom, NodeId, Tag};
use crate::letters::fold_into;

/// Weight of a segment that is no prose: what a root loses by holding it. Set so that a paragraph
/// of 100 units outweighs two menu items.
const LABEL_COST: f32 = 12.0;
/// Units of one paragraph that count; a huge one says no more than a long one.
const MAX_PROSE: u32 = 800;
/// Share of the best root's weight that a smaller element needs to be taken in its place.
const NEARLY_AS_GOOD: f32 = 0.9;
/// Share of the root's prose that containers named as the body must hold to be believed.
const NAMED_BODY_SHARE: f32 = 0.6;

/// The element that holds most of the prose and least else; 0 (the document) when there is none.
pub(crate) fn find(dom: &Dom, measures: &Measures) -> NodeId {
    let weights = weights(dom, measures);
    let mut best = 0;
    for id in 1..dom.len() as NodeId {
        if weights[id as usize] >= weights[best as usize] && dom.tag(id) != Tag::Text {
            best = id;
        }
    }
    let root = narrow(dom, &weights, best);
    named_body(dom, measures, root).unwrap_or(root)
}

fn weights(dom: &Dom, measures: &Measures) -> Vec<f32> {
    let mut weights = vec![0.0; dom.len()];
    for segment in &measures.segments {
        weights[segment.container as usize] += weight(segment);
    }
    for id in dom.all().rev() {
        weights[dom.parent(id) as usize] += weights[id as usize];
    }
    weights
}

fn weight(segment: &Segment) -> f32 {
    let zone = segment.zone;
    let prose = prose_units(&segment.counts).min(MAX_PROSE) as f32;
    if zone.has(Zone::JUNK) {
        -2.0
    } else if prose > 0.0 {
        if zone.has(Zone::CAPTION | Zone::MEDIA) { prose * 0.2 } else { prose }
    } else if segment.counts.link_density() > 0.5 {
        -LABEL_COST
    } else {
        -LABEL_COST / 4.0
    }
}

/// The smallest element below `best` on the way down its heaviest children that is nearly as good.
fn narrow(dom: &Dom, weights: &[f32], best: NodeId) -> NodeId {
    let mut root = best;
    let wanted = weights[best as usize] * NEARLY_AS_GOOD;
    loop {
        let heavy = dom.children(root).find(|child| weights[*child as usize] >= wanted);
        match heavy {
            Some(child) => root = child,
            None => return root,
        }
    }
}

/// The smallest element around all containers that a name marks as the body, if they hold most of
/// the prose of `root`.
fn named_body(dom: &Dom, measures: &Measures, root: NodeId) -> Option<NodeId> {
    let total = measures.prose[root as usize] as f32;
    let opens_body = |id: NodeId| {
        let zone = measures.zones[id as usize];
        let outer = measures.zones[dom.parent(id) as usize];
        zone.has(Zone::BODY)
            && !outer.has(Zone::BODY)
            && !zone.has(Zone::JUNK)
            && measures.prose[id as usize] > 0
    };
    let bodies: Vec<NodeId> = dom.below(root).filter(|id| opens_body(*id)).collect();
    let held: u32 = bodies.iter().map(|id| measures.prose[*id as usize]).sum();
    if bodies.is_empty() || (held as f32) < NAMED_BODY_SHARE * total {
        return None;
    }
    Some(common(dom, *bodies.first()?, *bodies.last()?))
}

/// The smallest element that holds both.
pub(crate) fn common(dom: &Dom, a: NodeId, b: NodeId) -> NodeId {
    if dom.contains(a, b) {
        a
    } else {
        dom.ancestors(a).find(|id| dom.contains(*id, b)).unwrap_or_default()
    }
}

/// The segment that is the story's headline: the one that agrees with a stated headline, headings
/// first; else the last first-level heading before the story's end.
pub(crate) fn headline(
    dom: &Dom,
    measures: &Measures,
    root: NodeId,
    hints: &Hints<'_>,
) -> Option<usize> {
    let stated: Vec<Stated> = hints
        .headlines
        .iter()
        .take(MAX_STATED)
        .map(|h| {
            let mut letters = Vec::new();
            fold_into(std::iter::once(*h), MAX_STATED_LETTERS, &mut letters);
            Stated::new(letters)
        })
        .collect();
    let before: Vec<usize> = candidates(dom, measures, dom.end(root)).collect();
    let mut line = Vec::new();
    let agrees = |i: &usize| {
        let mut nodes = measures.segments[*i].nodes.clone();
        while fold_line(dom, &mut nodes, &mut line) {
            if stated.iter().any(|stated| names_the_same(&line, stated)) {
                return true;
            }
        }
        false
    };
    let rank = |i: &usize| level(dom, &measures.segments[*i]);
    let agreeing = before.iter().copied().filter(agrees).min_by_key(rank);
    agreeing.or_else(|| before.into_iter().rfind(|i| rank(i) == 1))
}

/// Stated headlines that lines of the page are held against, and letters of each.
const MAX_STATED: usize = 12;
const MAX_STATED_LETTERS: usize = 500;

/// Letters of a segment that can be a headline.
const MAX_HEADLINE_UNITS: u32 = 300;

/// Short segments above the story's end that stand in no part foreign to it.
fn candidates(dom: &Dom, measures: &Measures, end: NodeId) -> impl Iterator<Item = usize> {
    let count = measures.segments.partition_point(|s| s.nodes.start < end);
    let foreign = Zone::RELATED | Zone::ASIDE | Zone::COMMENTS | Zone::NAV | Zone::FOOTER;
    (0..count).filter(move |i| {
        let segment = &measures.segments[*i];
        let is_heading = level(dom, segment) < 7 || segment.zone.has(Zone::HEADLINE);
        let is_label = segment.counts.link_units == 0 && segment.counts.stops < 3;
        !segment.zone.has(foreign)
            && segment.counts.units <= MAX_HEADLINE_UNITS
            && (is_heading || is_label)
    })
}

/// Whether a line of the page and a stated headline say the same: one is the other, or a good part
/// of it, since documents' titles carry the names of site and section.
fn names_the_same(line: &[u8], stated: &Stated) -> bool {
    const MIN_LETTERS: usize = 12;
    let (letters, length) = (line.len(), stated.letters().len());
    line == stated.letters() && !line.is_empty()
        || letters >= MIN_LETTERS && 10 * letters >= 4 * length && stated.holds(line)
        || length >= MIN_LETTERS && 10 * length >= 6 * letters && stated.is_in(line)
}

/// Level of the heading around a segment; 7 for none.
pub(crate) fn level(dom: &Dom, segment: &Segment) -> u8 {
    let mut around = dom.outwards(segment.container).take(3);
    around.find_map(|id| dom.tag(id).heading_level()).unwrap_or(7)
}

/// The element of a segment: its container where that holds nothing else, else the one of its longest
/// text.
pub(crate) fn element_of(dom: &Dom, segment: &Segment) -> NodeId {
    let is_text = |id: &NodeId| !dom.text(*id).trim().is_empty();
    let inside = dom.below(segment.container).filter(is_text);
    if inside.into_iter().all(|id| segment.nodes.contains(&id)) {
        return segment.container;
    }
    let longest = segment.nodes.clone().max_by_key(|id| dom.text(*id).len());
    longest.map_or(segment.container, |id| dom.parent(id))
}

/// Lines of a run of nodes, parted by `<br>`: a kicker may stand above a headline.
pub(crate) fn lines(dom: &Dom, nodes: &Range<NodeId>) -> impl Iterator<Item = String> {
    let nodes: Vec<NodeId> = nodes.clone().collect();
    let line = |run: &[NodeId]| run.iter().map(|id| dom.text(*id)).collect::<String>();
    let lines: Vec<String> = nodes.split(|id| dom.tag(*id) == Tag::Br).map(line).collect();
    lines.into_iter()
}

/// Reads the letters of the next of the [`lines`] of a run of nodes, which is taken from it, where there
/// is one.
fn fold_line(dom: &Dom, nodes: &mut Range<NodeId>, letters: &mut Vec<u8>) -> bool {
    let line = nodes.clone();
    let end = line.clone().find(|id| dom.tag(*id) == Tag::Br).unwrap_or(line.end);
    nodes.start = line.end.min(end + 1);
    fold_into((line.start..end).map(|id| dom.text(id)), usize::MAX, letters);
    !line.is_empty()
}

/// Texts of a run of nodes, as they stand, without scripts and what else nobody sees in between.
pub(crate) fn texts<'d>(dom: &'d Dom, nodes: &Range<NodeId>) -> impl Iterator<Item = &'d str> {
    let (mut next, end) = (nodes.start, nodes.end);
    std::iter::from_fn(move || {
        while next < end && dom.tag(next).is_invisible() {
            next = dom.end(next);
        }
        let id = next;
        next += 1;
        (id < end).then(|| dom.text(id))
    })
}

/// Text of a run of nodes: its [`texts`] in one.
pub(crate) fn segment_text(dom: &Dom, nodes: &Range<NodeId>) -> String {
    texts(dom, nodes).collect()
}
