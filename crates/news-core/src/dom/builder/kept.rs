//! For tests: what nobody reads of a page is kept too, and where html5ever departs from the standard
//! the builder can depart with it.

use std::collections::HashMap;

use super::traits::{self, ANNOTATION, SCOPE, SPECIAL, Traits};
use super::{Builder, Space};
use crate::dom::NodeId;
use crate::dom::arena::Place;
use crate::dom::name::Name;
use crate::dom::store::{Prefix, part};
use crate::dom::tokenizer::{Doctype, Span, decoded};

/// What is kept.
#[derive(Debug, Default)]
pub(in crate::dom) struct Kept {
    /// Whether the builder departs from the standard as html5ever does.
    departs: bool,
    nodes: HashMap<NodeId, KeptNode>,
}

impl Kept {
    pub(in crate::dom) fn new(departs: bool) -> Self {
        Self { departs, ..Self::default() }
    }
}

#[derive(Debug)]
enum KeptNode {
    Element(Space, String),
    Comment(String),
    Doctype(String),
}

/// A node of the finished tree.
#[derive(Debug)]
pub(in crate::dom) struct Shown {
    /// Nodes around it; the contents of a template count as one.
    pub(in crate::dom) depth: usize,
    pub(in crate::dom) source: Span,
    pub(in crate::dom) what: What,
}

#[derive(Debug)]
pub(in crate::dom) enum What {
    Doctype(String),
    Comment(String),
    Text(String),
    /// Namespace, name in lower case, and attributes: prefix, name, value.
    Element(Space, String, Vec<(Prefix, String, String)>),
}

impl Builder<'_> {
    /// The finished tree in document order.
    pub(in crate::dom) fn shown(&mut self) -> Vec<Shown> {
        self.arena.link();
        let mut shown = Vec::new();
        let below = |builder: &Self, id, depth: usize| {
            builder.arena.children(id).into_iter().rev().map(move |child| (child, depth))
        };
        let mut open: Vec<(NodeId, usize)> = below(self, 0, 0).collect();
        while let Some((id, depth)) = open.pop() {
            let (source, text) = self.arena.shown(id, &self.store);
            let kept = self.kept.as_ref().and_then(|kept| kept.nodes.get(&id));
            let is_template =
                matches!(kept, Some(KeptNode::Element(Space::Html, name)) if name == "template");
            let what = match (text, kept) {
                (Some(text), _) => What::Text(text),
                (None, Some(KeptNode::Element(space, name))) => {
                    What::Element(*space, name.clone(), self.attributes(id))
                }
                (None, Some(KeptNode::Comment(text))) => What::Comment(text.clone()),
                (None, Some(KeptNode::Doctype(text))) => What::Doctype(text.clone()),
                (None, None) => panic!("a node that nobody made"),
            };
            open.extend(below(self, id, depth + 1 + usize::from(is_template)));
            shown.push(Shown { depth, source, what });
        }
        shown
    }

    fn attributes(&self, id: NodeId) -> Vec<(Prefix, String, String)> {
        let store = &self.store;
        let run = store.run(self.arena.attributes(id)).iter();
        let shown =
            run.map(|a| (a.prefix, store.names.text(a.name).to_owned(), store.value(a).to_owned()));
        shown.collect()
    }

    /// Whether the builder does as html5ever 0.40 does where that departs from the standard.
    pub(super) fn departs(&self) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.departs)
    }

    pub(super) fn keep_name(&mut self, node: NodeId, space: Space, name: Name) {
        if let Some(kept) = &mut self.kept {
            let name = self.store.names.text(name).to_owned();
            kept.nodes.insert(node, KeptNode::Element(space, name));
        }
    }

    /// Whether the comment is kept as a node of its own.
    pub(super) fn keep_comment(&mut self, at: Place, text: Span) -> bool {
        let Some(kept) = &mut self.kept else { return false };
        if self.stack.last().is_some_and(|open| open.node != at.parent) {
            self.arena.link();
        }
        let node = self.arena.kept(at, self.place);
        kept.nodes.insert(node, KeptNode::Comment(decoded(part(self.store.page, text))));
        true
    }

    pub(super) fn keep_doctype(&mut self, doctype: &Doctype) {
        let Some(kept) = &mut self.kept else { return };
        let page = self.store.page;
        let text = |span: Option<Span>| decoded(part(page, span.unwrap_or_default()));
        let (public, system) = (text(doctype.public), text(doctype.system));
        let ids = if public.is_empty() && system.is_empty() {
            String::new()
        } else {
            format!(" \"{public}\" \"{system}\"")
        };
        let name = text(doctype.name).to_ascii_lowercase();
        let node = self.arena.kept(Place::end_of(0), self.place);
        kept.nodes.insert(node, KeptNode::Doctype(format!("<!DOCTYPE {name}{ids}>")));
    }
}

/// What html5ever takes an HTML element for: `search` and `keygen` are not special, `isindex` is.
pub(super) fn of_html5ever(name: Name) -> Traits {
    match name {
        Name::SEARCH | Name::KEYGEN => traits::of(name) & !SPECIAL,
        Name::ISINDEX => SPECIAL,
        _ => traits::of(name),
    }
}

/// What html5ever takes a foreign element for: none is special, and `annotation-xml` bounds no scope.
pub(super) fn of_html5ever_foreign(traits: Traits) -> Traits {
    traits & !SPECIAL & if traits & ANNOTATION == 0 { !0 } else { !SCOPE }
}
