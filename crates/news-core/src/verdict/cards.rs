//! Cards: siblings that each lead elsewhere with a heading, picture or time, as lists of stories and
//! products have them.

use std::ops::Range;

use crate::content::{Segment, Zone};
use crate::dom::{Dom, NodeId, Tag};

/// Elements and texts of one card at most: larger ones are sections of the page.
const MAX_NODES: u32 = 200;
/// Siblings from which cards are a list.
const MIN_CARDS: u32 = 3;

/// The cards of a page.
#[derive(Debug, Default)]
pub(super) struct Cards {
    /// Cards of the longest list.
    pub(super) most: u32,
    /// Cards in all lists.
    pub(super) all: u32,
    /// Nodes of the cards, in page order, apart.
    nodes: Vec<Range<NodeId>>,
}

const LINK: u8 = 1;
const FACE: u8 = 2;

/// Finds the cards outside menus.
pub(super) fn find(dom: &Dom, zones: &[Zone]) -> Cards {
    let holds = holds(dom);
    let is_card = |id: &NodeId| {
        holds[*id as usize] == LINK | FACE && dom.end(*id) - *id <= MAX_NODES && *id > 0
    };
    let mut cards = Cards::default();
    for parent in dom.all().filter(|id| holds[*id as usize] == LINK | FACE) {
        if zones[parent as usize].has(Zone::NAV | Zone::FOOTER) {
            continue;
        }
        let mut siblings = dom.children(parent).filter(is_card);
        let Some(first) = siblings.next() else { continue };
        let alike = siblings.filter(|id| dom.tag(*id) == dom.tag(first)).count() as u32 + 1;
        if alike < MIN_CARDS {
            continue;
        }
        cards.most = cards.most.max(alike);
        cards.all += alike;
        cards.nodes.extend(dom.children(parent).filter(is_card).map(|id| id..dom.end(id)));
    }
    cards.nodes.sort_by_key(|range| range.start);
    let mut reached = 0;
    cards.nodes.retain(|range| {
        let is_outer = range.start >= reached;
        reached = reached.max(range.end);
        is_outer
    });
    cards
}

/// What the subtree of each node holds.
fn holds(dom: &Dom) -> Vec<u8> {
    let mut holds = vec![0; dom.len()];
    for id in dom.all().rev() {
        let own = match dom.tag(id) {
            Tag::A => LINK,
            Tag::Img | Tag::Picture | Tag::Time => FACE,
            tag if tag.heading_level().is_some() => FACE,
            _ => 0,
        };
        holds[id as usize] |= own;
        holds[dom.parent(id) as usize] |= holds[id as usize];
    }
    holds
}

impl Cards {
    /// Share of the letters of `segments` that stand in cards, 0 to 1.
    pub(super) fn share<'s>(&self, segments: impl Iterator<Item = &'s Segment>) -> f32 {
        let (mut inside, mut all) = (0, 0);
        for segment in segments {
            all += segment.counts.units;
            let before = self.nodes.partition_point(|range| range.end <= segment.nodes.start);
            let held = self.nodes.get(before).is_some_and(|r| r.start <= segment.nodes.start);
            inside += if held { segment.counts.units } else { 0 };
        }
        inside as f32 / all.max(1) as f32
    }
}
