//! The elements of a page, counted in one pass.

use super::Evidence;
use crate::content::Zone;
use crate::dom::{Dom, NodeId, Tag, local_name};

/// How many elements of each kind a page has, and which of a few.
#[derive(Debug)]
pub(super) struct Tally {
    tags: [u32; 256],
    /// Headings of any level.
    pub(super) headings: u32,
    /// Headings that are links.
    pub(super) linked_headings: u32,
    /// Boxes of other stories.
    pub(super) teasers: u32,
    /// Links that dial a number.
    pub(super) calls: u32,
    /// The first title.
    pub(super) title: Option<NodeId>,
    /// First-level headings.
    pub(super) first_headings: Vec<NodeId>,
}

impl Tally {
    pub(super) fn of(e: &Evidence<'_>) -> Self {
        let dom = e.dom;
        let mut tally = Self {
            tags: [0; 256],
            headings: 0,
            linked_headings: 0,
            teasers: 0,
            calls: 0,
            title: None,
            first_headings: Vec::new(),
        };
        for id in dom.all() {
            let tag = dom.tag(id);
            tally.tags[tag as usize] += 1;
            match tag {
                Tag::Text => continue,
                Tag::A => tally.calls += u32::from(is_call(dom, id)),
                Tag::Title => tally.title = tally.title.or(Some(id)),
                Tag::H1 => tally.first_headings.push(id),
                _ => {}
            }
            if tag.heading_level().is_some() {
                tally.headings += 1;
                tally.linked_headings += u32::from(is_linked(dom, id));
            }
            if e.measures.zones[id as usize].has(Zone::RELATED) {
                let outer = e.measures.zones[dom.parent(id) as usize];
                tally.teasers += u32::from(!outer.has(Zone::RELATED));
            }
        }
        tally
    }

    /// Elements of some kinds.
    pub(super) fn count(&self, tags: &[Tag]) -> f32 {
        tags.iter().map(|tag| self.tags[*tag as usize]).sum::<u32>() as f32
    }
}

/// Whether a heading holds a link or stands in one.
pub(super) fn is_linked(dom: &Dom, heading: NodeId) -> bool {
    dom.tag(dom.parent(heading)) == Tag::A || dom.first(heading, Tag::A).is_some()
}

/// Whether a link dials a number.
fn is_call(dom: &Dom, id: NodeId) -> bool {
    let href = dom.attr(id, local_name!("href")).unwrap_or_default();
    href.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:"))
}
