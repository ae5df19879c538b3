//! Nodes made and put where the standard wants them.

use super::stack::Open;
use super::traits::{self, FOSTERING, Space, TABLE, TEMPLATE, Traits};
use super::{Builder, DONE, Mode, NONE, Next, Outcome};
use crate::dom::arena::Place;
use crate::dom::name::Name;
use crate::dom::store::{Piece, Run};
use crate::dom::tokenizer::{Raw, Sink as _, Span, Tag as TagToken};
use crate::dom::{NodeId, Tag};

impl Builder<'_> {
    /// The node of the current element; the document before there is one.
    #[inline]
    pub(super) fn current(&self) -> NodeId {
        self.stack.last().map_or(0, |open| open.node)
    }

    /// The appropriate place for inserting a node.
    #[inline]
    pub(super) fn appropriate(&mut self) -> Place {
        match self.stack.last() {
            Some(open) if self.is_fostering => self.appropriate_in(*open),
            Some(open) => Place::end_of(open.node),
            None => Place::end_of(0),
        }
    }

    /// The appropriate place if `target` were the current element.
    pub(super) fn appropriate_in(&mut self, target: Open) -> Place {
        if !self.is_fostering || !target.has(FOSTERING) {
            return Place::end_of(target.node);
        }
        self.arena.link();
        let Some(index) = self.stack.iter().rposition(|open| open.has(TABLE | TEMPLATE)) else {
            return Place::end_of(self.root());
        };
        let node_at = |index: usize| self.stack.get(index).map_or(0, |open| open.node);
        let found = node_at(index);
        if self.stack.get(index).is_some_and(|open| open.has(TEMPLATE)) {
            return Place::end_of(found);
        }
        match self.arena.parent(found) {
            NONE => Place::end_of(node_at(index.saturating_sub(1))),
            parent => Place { parent, before: found },
        }
    }

    /// The root element.
    pub(super) fn root(&self) -> NodeId {
        self.stack.get(0).map_or(0, |open| open.node)
    }

    /// What an HTML element of that name is.
    #[cfg_attr(not(test), expect(clippy::unused_self, reason = "in tests the builder may depart"))]
    #[inline]
    pub(super) fn traits_of(&self, name: Name) -> Traits {
        #[cfg(test)]
        if self.departs() {
            return super::kept::of_html5ever(name);
        }
        traits::of(name)
    }

    /// Adds an element at a place.
    #[inline]
    fn add(&mut self, at: Place, space: Space, name: Name, run: Run) -> NodeId {
        let tag = Tag::of(name);
        let is_known = space == Space::Html || matches!(tag, Tag::Svg | Tag::Math);
        let tag = if is_known { tag } else { Tag::Other };
        self.note(run);
        let node = self.arena.element(at, tag, run, self.place);
        #[cfg(test)]
        self.keep_name(node, space, name);
        node
    }

    fn note(&mut self, run: Run) {
        self.is_taken |= run.count > 0;
        self.guard.attributes += usize::from(run.count);
    }

    /// Makes an HTML element that stands nowhere yet.
    pub(super) fn add_loose(&mut self, name: Name, run: Run) -> NodeId {
        self.note(run);
        let node = self.arena.loose_element(Tag::of(name), run, self.place);
        #[cfg(test)]
        self.keep_name(node, Space::Html, name);
        node
    }

    /// Inserts an HTML element that is not open.
    #[inline]
    pub(super) fn add_html(&mut self, name: Name, run: Run) -> NodeId {
        let at = self.appropriate();
        self.add(at, Space::Html, name, run)
    }

    /// Inserts an HTML element and opens it.
    #[inline]
    pub(super) fn open_html(&mut self, name: Name, run: Run) -> NodeId {
        let node = self.add_html(name, run);
        self.stack.push(Open { node, name, traits: self.traits_of(name) });
        node
    }

    #[inline]
    pub(super) fn open_tag(&mut self, tag: &TagToken) -> NodeId {
        self.open_html(tag.name, tag.attributes)
    }

    /// Inserts an element that no tag states, and opens it.
    pub(super) fn open_implied(&mut self, name: Name) -> NodeId {
        self.open_html(name, Run::default())
    }

    /// Inserts an element and opens it, and reads what follows as its text.
    #[expect(clippy::unnecessary_wraps, reason = "an outcome as all others")]
    pub(super) fn open_raw(&mut self, tag: &TagToken, raw: Raw) -> Outcome {
        self.open_tag(tag);
        self.read_text();
        Some(Next::Raw(raw))
    }

    /// Inserts an element that holds nothing.
    #[inline]
    pub(super) fn add_void(&mut self, name: Name, run: Run) -> Outcome {
        self.add_html(name, run);
        DONE
    }

    /// Inserts a foreign element; opens it if it does not close itself.
    pub(super) fn add_foreign(&mut self, tag: &TagToken, space: Space) -> Outcome {
        let is_html = self.states_html(tag.attributes);
        let traits = traits::of_foreign(space, tag.name, is_html);
        #[cfg(test)]
        let traits =
            if self.departs() { super::kept::of_html5ever_foreign(traits) } else { traits };
        self.adjust_attributes(tag.attributes);
        let at = self.appropriate();
        let node = self.add(at, space, tag.name, tag.attributes);
        if !tag.is_self_closing {
            self.stack.push(Open { node, name: tag.name, traits });
        }
        DONE
    }

    /// Inserts the root element.
    pub(super) fn open_root(&mut self, run: Run) {
        let node = self.add(Place::end_of(0), Space::Html, Name::HTML, run);
        self.stack.push(Open { node, name: Name::HTML, traits: self.traits_of(Name::HTML) });
    }

    /// Inserts text.
    #[inline]
    pub(super) fn add_text(&mut self, piece: &Piece) {
        let at = self.appropriate();
        self.arena.text(at, piece, &self.store);
    }

    /// Inserts a comment.
    #[cfg_attr(not(test), expect(unused_variables, reason = "only tests keep the text"))]
    pub(super) fn insert_comment(&mut self, text: Span) {
        if self.mode == Mode::InTableText {
            self.end_table_text();
        }
        let at = match self.mode {
            _ if self.is_foreign() => self.appropriate(),
            Mode::Initial | Mode::BeforeHtml | Mode::AfterAfterBody | Mode::AfterAfterFrameset => {
                Place::end_of(0)
            }
            Mode::AfterBody => Place::end_of(self.root()),
            _ => self.appropriate(),
        };
        #[cfg(test)]
        if self.keep_comment(at, text) {
            return;
        }
        self.arena.comment(at);
    }

    /// Gives an element the attributes of a tag that it lacks.
    pub(super) fn add_missing(&mut self, node: NodeId, run: Run) {
        let merged = self.store.merged(self.arena.attributes(node), run);
        self.is_taken = true;
        self.arena.set_attributes(node, merged);
    }
}
