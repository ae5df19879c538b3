//! The stack of open elements.

use super::traits::{self, Traits};
use crate::dom::NodeId;
use crate::dom::name::{ELEMENTS, Name};

/// An open element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    pub(super) node: NodeId,
    /// In lower case, in foreign content too.
    pub(super) name: Name,
    pub(super) traits: Traits,
}

impl Open {
    /// Whether it is the HTML element of that name.
    pub(super) fn is(&self, name: Name) -> bool {
        self.name == name && !self.is_foreign()
    }

    pub(super) fn is_foreign(&self) -> bool {
        self.has(traits::FOREIGN)
    }

    /// Whether it has one of `traits`.
    pub(super) fn has(&self, traits: Traits) -> bool {
        self.traits & traits != 0
    }
}

/// Open elements, the root first; never searched for what its counts say is not there.
#[derive(Debug)]
pub(super) struct Stack {
    open: Vec<Open>,
    /// How many HTML elements of each known name are open.
    counts: [u32; ELEMENTS],
}

impl Stack {
    pub(super) fn new() -> Self {
        Self { open: Vec::with_capacity(64), counts: [0; ELEMENTS] }
    }

    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Open> {
        self.open.iter()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Open> {
        self.open.get(index)
    }

    /// The current node.
    #[inline]
    pub(super) fn last(&self) -> Option<&Open> {
        self.open.last()
    }

    /// Whether the current node is the HTML element of that name.
    pub(super) fn ends_with(&self, name: Name) -> bool {
        self.last().is_some_and(|open| open.is(name))
    }

    #[inline]
    fn count(&mut self, open: &Open, by: i32) {
        if !open.is_foreign()
            && let Some(count) = self.counts.get_mut(open.name.0 as usize)
        {
            *count = count.wrapping_add_signed(by);
        }
    }

    #[inline]
    pub(super) fn push(&mut self, open: Open) {
        self.count(&open, 1);
        self.open.push(open);
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<Open> {
        let open = self.open.pop()?;
        self.count(&open, -1);
        Some(open)
    }

    pub(super) fn truncate(&mut self, len: usize) {
        while self.open.len() > len {
            self.pop();
        }
    }

    pub(super) fn remove(&mut self, index: usize) {
        let open = self.open.remove(index);
        self.count(&open, -1);
    }

    pub(super) fn insert(&mut self, index: usize, open: Open) {
        self.count(&open, 1);
        self.open.insert(index, open);
    }

    /// Puts another element of the same name in the place of one.
    pub(super) fn replace(&mut self, index: usize, node: NodeId) {
        self.open[index].node = node;
    }

    /// Where an element stands.
    pub(super) fn position(&self, node: NodeId) -> Option<usize> {
        self.open.iter().rposition(|open| open.node == node)
    }

    /// Whether an HTML element of a known name is open.
    #[inline]
    pub(super) fn holds(&self, name: Name) -> bool {
        self.counts.get(name.0 as usize).is_some_and(|count| *count > 0)
    }

    /// Whether no HTML element of that name is open, as far as can be told without a search.
    pub(super) fn lacks(&self, name: Name) -> bool {
        self.counts.get(name.0 as usize) == Some(&0)
    }

    /// Whether an HTML element of a known name is open and nothing above it has one of the `bounds`.
    #[inline]
    pub(super) fn has_in_scope(&self, name: Name, bounds: Traits) -> bool {
        self.holds(name) && self.finds(|open| open.is(name), bounds)
    }

    /// Whether an element with one of `traits` is open and nothing above it has one of the `bounds`.
    pub(super) fn has_any_in_scope(&self, traits: Traits, bounds: Traits) -> bool {
        self.finds(|open| open.has(traits), bounds)
    }

    pub(super) fn finds(&self, is_it: impl Fn(&Open) -> bool, bounds: Traits) -> bool {
        let first = self.open.iter().rev().find(|open| is_it(open) || open.has(bounds));
        first.is_some_and(is_it)
    }

    /// Pops up to and including the last HTML element of a name.
    pub(super) fn pop_through(&mut self, name: Name) {
        while self.pop().is_some_and(|open| !open.is(name)) {}
    }

    /// Pops up to and including the last element with one of `traits`.
    pub(super) fn pop_through_any(&mut self, traits: Traits) {
        while self.pop().is_some_and(|open| !open.has(traits)) {}
    }

    /// Pops down to an element with one of `traits`.
    pub(super) fn pop_to(&mut self, traits: Traits) {
        while self.last().is_some_and(|open| !open.has(traits)) {
            self.pop();
        }
    }

    /// Pops elements whose end tags are implied, but not one of the name `except`.
    #[inline]
    pub(super) fn pop_implied(&mut self, except: Option<Name>) {
        while self.last().is_some_and(|open| {
            open.has(traits::IMPLIED_END) && except.is_none_or(|name| !open.is(name))
        }) {
            self.pop();
        }
    }
}
