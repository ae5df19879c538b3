//! The list of active formatting elements, and how they are mended where they cross others.

use super::stack::Open;
use super::traits::{SCOPE, SPECIAL};
use super::{Builder, NONE};
use crate::dom::NodeId;
use crate::dom::arena::Place;
use crate::dom::name::Name;
use crate::dom::store::Run;
use crate::dom::tokenizer::Tag;

/// A formatting element that will be opened again, or a marker.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// [`NONE`] for a marker.
    pub(super) node: NodeId,
    pub(super) name: Name,
    pub(super) run: Run,
}

/// Elements alike after which a further one makes the list forget the first.
const ALIKE: usize = 3;
/// Times that the adoption agency starts over.
const OUTER_ROUNDS: usize = 8;
/// Formatting elements that it keeps between the one closed and the block in it.
const INNER_ROUNDS: usize = 3;

impl Builder<'_> {
    /// Puts a marker behind the active formatting elements.
    pub(super) fn mark_formatting(&mut self) {
        self.formatting.push(Entry { node: NONE, name: Name::A, run: Run::default() });
    }

    /// Forgets the active formatting elements down to the last marker.
    pub(super) fn clear_formatting(&mut self) {
        while self.formatting.pop().is_some_and(|entry| entry.node != NONE) {}
    }

    /// The last entry of a name behind the last marker.
    pub(super) fn active(&self, name: Name) -> Option<usize> {
        let start = self.formatting.iter().rposition(|e| e.node == NONE).map_or(0, |i| i + 1);
        let behind = self.formatting.get(start..)?;
        behind.iter().rposition(|entry| entry.name == name).map(|i| start + i)
    }

    pub(super) fn active_node(&self, node: NodeId) -> Option<usize> {
        self.formatting.iter().position(|entry| entry.node == node)
    }

    pub(super) fn forget_active(&mut self, node: NodeId) {
        if let Some(index) = self.active_node(node) {
            self.formatting.remove(index);
        }
    }

    /// Opens a formatting element and remembers it.
    pub(super) fn open_formatting(&mut self, tag: &Tag) {
        let (mut alike, mut first) = (0, 0);
        for (index, entry) in self.formatting.iter().enumerate().rev() {
            if entry.node == NONE {
                break;
            }
            if entry.name == tag.name && self.store.is_same(entry.run, tag.attributes) {
                (alike, first) = (alike + 1, index);
            }
        }
        if alike >= ALIKE {
            self.formatting.remove(first);
        }
        let node = self.open_tag(tag);
        self.formatting.push(Entry { node, name: tag.name, run: tag.attributes });
    }

    /// Opens the active formatting elements again that are not open.
    #[inline]
    pub(super) fn reconstruct_formatting(&mut self) {
        if self.formatting.last().is_some_and(|last| !self.is_marker_or_open(last)) {
            self.reopen_formatting();
        }
    }

    fn is_marker_or_open(&self, entry: &Entry) -> bool {
        entry.node == NONE || self.stack.position(entry.node).is_some()
    }

    fn reopen_formatting(&mut self) {
        let open = self.formatting.iter().rposition(|entry| self.is_marker_or_open(entry));
        for index in open.map_or(0, |i| i + 1)..self.formatting.len() {
            let Entry { name, run, .. } = self.formatting[index];
            self.formatting[index].node = self.open_html(name, run);
        }
    }

    /// The adoption agency algorithm for an end tag; false if it is an end tag like any other.
    pub(super) fn adopt(&mut self, name: Name) -> bool {
        if self.stack.ends_with(name) && self.active_node(self.current()).is_none() {
            self.stack.pop();
            return true;
        }
        for _ in 0..OUTER_ROUNDS {
            let Some(index) = self.active(name) else { return false };
            let Entry { node, .. } = self.formatting[index];
            let Some(place) = self.stack.position(node) else {
                self.formatting.remove(index);
                return true;
            };
            if !self.stack.finds(|open| open.node == node, SCOPE) {
                return true;
            }
            let Some(block) = self.furthest_block(place) else {
                self.stack.truncate(place);
                self.formatting.remove(index);
                return true;
            };
            self.arena.link();
            self.mend(index, place, block);
        }
        true
    }

    /// The outermost special element inside the formatting element at `place`.
    fn furthest_block(&self, place: usize) -> Option<usize> {
        let inner = self.stack.iter().skip(place + 1);
        inner.enumerate().find(|(_, open)| open.has(SPECIAL)).map(|(i, _)| place + 1 + i)
    }

    /// One round: the formatting element of entry `index`, open at `place`, goes into the block open at
    /// `block`, around all that is in it.
    fn mend(&mut self, index: usize, place: usize, block: usize) {
        let Entry { node: formatting, name, run } = self.formatting[index];
        let at = |builder: &Self, index: usize| builder.stack.get(index).copied();
        let (Some(ancestor), Some(furthest)) = (at(self, place.saturating_sub(1)), at(self, block))
        else {
            return;
        };
        let (last, bookmark) = self.mend_between(place, block, furthest.node);
        self.arena.take(last);
        let target = self.appropriate_in(ancestor);
        self.arena.put(target, last);
        let new = self.add_loose(name, run);
        self.arena.move_children(furthest.node, new);
        self.arena.put(Place::end_of(furthest.node), new);
        let entry = Entry { node: new, name, run };
        match bookmark.and_then(|node| self.active_node(node)) {
            Some(behind) => {
                self.formatting.insert(behind + 1, entry);
                self.forget_active(formatting);
            }
            None => {
                if let Some(index) = self.active_node(formatting) {
                    self.formatting[index] = entry;
                }
            }
        }
        if let Some(index) = self.stack.position(formatting) {
            self.stack.remove(index);
        }
        if let Some(index) = self.stack.position(furthest.node) {
            let traits = self.traits_of(name);
            self.stack.insert(index + 1, Open { node: new, name, traits });
        }
    }

    /// Opens anew what stands between the formatting element and the block. Gives what is to be put into
    /// the common ancestor, and the entry behind which the formatting element's goes, if not in its own
    /// place.
    fn mend_between(
        &mut self,
        place: usize,
        block: usize,
        furthest: NodeId,
    ) -> (NodeId, Option<NodeId>) {
        let (mut last, mut bookmark) = (furthest, None);
        for (round, index) in (place + 1..block).rev().enumerate() {
            let node = self.stack.get(index).map_or(NONE, |open| open.node);
            let mut entry = self.active_node(node);
            if round >= INNER_ROUNDS
                && let Some(index) = entry.take()
            {
                self.formatting.remove(index);
            }
            let Some(entry) = entry else {
                self.stack.remove(index);
                continue;
            };
            let Entry { name, run, .. } = self.formatting[entry];
            let new = self.add_loose(name, run);
            self.stack.replace(index, new);
            self.formatting[entry].node = new;
            if last == furthest {
                bookmark = Some(new);
            }
            self.arena.put(Place::end_of(new), last);
            last = new;
        }
        (last, bookmark)
    }
}
