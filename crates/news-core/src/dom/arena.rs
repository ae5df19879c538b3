//! Where the tree builder puts nodes.
//!
//! As long as each goes to the end of an element that is still open, the order in which they come is
//! document order, and the array that they are pushed to is the tree. Links between them are made once
//! something goes elsewhere: where the standard moves content out of a table or mends crossed
//! formatting elements.

use super::store::{Piece, Run, Store};
use super::tokenizer::Span;
use super::{Dom, Node, NodeId, Tag};
use crate::room;

pub(super) const NONE: NodeId = u32::MAX;

/// What a node is besides its tag; for texts, where their characters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    Element,
    /// The source as it stands.
    Source,
    /// A range of the page other than the source.
    Page,
    /// A range of the buffer.
    Buffer,
    /// A text of its own, put together from several places.
    Joined,
    /// A comment or document type: no reader sees them.
    Silent,
}

/// Neighbours of a node.
#[derive(Debug, Clone, Copy)]
struct Link {
    first: NodeId,
    last: NodeId,
    prev: NodeId,
    next: NodeId,
}

const UNLINKED: Link = Link { first: NONE, last: NONE, prev: NONE, next: NONE };

/// Where a node goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) parent: NodeId,
    /// The sibling before which it goes; [`NONE`]: behind all.
    pub(super) before: NodeId,
}

impl Place {
    pub(super) fn end_of(parent: NodeId) -> Self {
        Self { parent, before: NONE }
    }
}

/// The node that stands for every comment: it moves to where the last one is, so that a million
/// comments take the room of one. Texts on its two sides stay apart all the same.
#[derive(Debug, Clone, Copy)]
enum Silent {
    /// There is no comment.
    None,
    /// The last comment is the child of `parent` that stands before node `before` would.
    Before { parent: NodeId, before: NodeId },
    /// Once there are links.
    Node(NodeId),
}

/// The tree while it is built.
#[derive(Debug)]
pub(super) struct Arena {
    nodes: Vec<Node>,
    /// Ranges of texts in page or buffer.
    spans: Vec<Span>,
    joined: Vec<String>,
    /// Neighbours of each node, or nothing while all stand in document order.
    links: Vec<Link>,
    silent: Silent,
    /// Bytes of the page.
    bytes: usize,
}

impl Arena {
    /// A tree of a page that long, in bytes.
    pub(super) fn new(bytes: usize) -> Self {
        // Pages have a node every 35 bytes and more seldom.
        let mut nodes = Vec::with_capacity(bytes / 35 + 16);
        nodes.push(Node { end: 1, ..node(0, Tag::Document, Kind::Element, (0, 0)) });
        Self {
            nodes,
            spans: Vec::new(),
            joined: Vec::new(),
            links: Vec::new(),
            silent: Silent::None,
            bytes,
        }
    }

    /// Nodes made so far, the one of comments included.
    pub(super) fn len(&self) -> usize {
        self.nodes.len() + usize::from(matches!(self.silent, Silent::Before { .. }))
    }

    pub(super) fn parent(&self, id: NodeId) -> NodeId {
        self.nodes[id as usize].parent
    }

    /// Adds an element.
    #[inline]
    pub(super) fn element(&mut self, at: Place, tag: Tag, run: Run, source: Span) -> NodeId {
        self.push(at, element(at.parent, tag, run, source))
    }

    /// Makes an element that stands nowhere yet.
    pub(super) fn loose_element(&mut self, tag: Tag, run: Run, source: Span) -> NodeId {
        self.link();
        self.push_loose(element(NONE, tag, run, source))
    }

    fn push_loose(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.links.push(UNLINKED);
        self.nodes.len() as NodeId - 1
    }

    #[inline]
    fn push(&mut self, at: Place, node: Node) -> NodeId {
        let id = self.nodes.len() as NodeId;
        let done = node.source.0 as usize;
        if self.links.is_empty() {
            debug_assert!(at.before == NONE && self.is_open(at.parent), "out of order");
            room::push(&mut self.nodes, Node { end: id + 1, ..node }, done, self.bytes);
        } else {
            room::push(&mut self.nodes, Node { parent: NONE, ..node }, done, self.bytes);
            self.links.push(UNLINKED);
            self.put(at, id);
        }
        id
    }

    /// Prepares for nodes at the end of an element that was closed.
    pub(super) fn reopen(&mut self, parent: NodeId) {
        if self.links.is_empty() && !self.is_open(parent) {
            self.link();
        }
    }

    /// Whether a node at the end of `parent` would be the last of the page, while all are in order.
    fn is_open(&self, parent: NodeId) -> bool {
        let mut node = self.nodes.len() as NodeId - 1;
        while node > parent {
            node = self.parent(node);
        }
        node == parent
    }

    /// Gives a run of attributes to an element.
    pub(super) fn set_attributes(&mut self, id: NodeId, run: Run) {
        let node = &mut self.nodes[id as usize];
        (node.data, node.count) = (run.first, run.count);
    }

    /// The attributes of an element.
    pub(super) fn attributes(&self, id: NodeId) -> Run {
        let node = &self.nodes[id as usize];
        Run { first: node.data, count: node.count }
    }

    /// Adds text, or appends it to the text that it follows.
    pub(super) fn text(&mut self, at: Place, piece: &Piece, store: &Store<'_>) {
        let before = self.text_before(at);
        if before != NONE {
            return self.append(before, piece, store);
        }
        let kind = match (piece.is_source(), piece.is_decoded) {
            (true, _) => Kind::Source,
            (false, false) => Kind::Page,
            (false, true) => Kind::Buffer,
        };
        let mut text = node(at.parent, Tag::Text, kind, piece.place);
        if kind != Kind::Source {
            text.data = self.spans.len() as u32;
            self.spans.push(piece.content);
        }
        self.push(at, text);
    }

    /// The text that something put there would follow, if it is one.
    #[inline]
    fn text_before(&self, at: Place) -> NodeId {
        let prev = if self.links.is_empty() {
            let next = self.nodes.len() as NodeId;
            let is_apart = matches!(self.silent,
                Silent::Before { parent, before } if parent == at.parent && before == next);
            let is_child = self.nodes[next as usize - 1].parent == at.parent && !is_apart;
            if is_child { next - 1 } else { NONE }
        } else {
            self.neighbour(at)
        };
        let is_text = self.nodes.get(prev as usize).is_some_and(|node| node.tag == Tag::Text);
        if is_text { prev } else { NONE }
    }

    fn append(&mut self, id: NodeId, piece: &Piece, store: &Store<'_>) {
        let text = &mut self.nodes[id as usize];
        let end = text.source.1;
        text.source.1 = piece.place.1;
        let span = self.spans.get_mut(text.data as usize);
        match (text.kind, span) {
            (Kind::Source, _) if piece.is_source() && end == piece.place.0 => {}
            (Kind::Buffer, Some(span)) if piece.is_decoded && span.1 == piece.content.0 => {
                span.1 = piece.content.1;
            }
            (Kind::Page, Some(span)) if !piece.is_decoded && span.1 == piece.content.0 => {
                span.1 = piece.content.1;
            }
            (Kind::Joined, _) => self.joined[text.data as usize].push_str(store.text(piece)),
            (kind, span) => {
                let content = span.map_or((0, 0), |span| *span);
                let content = if kind == Kind::Source { (text.source.0, end) } else { content };
                let is_decoded = kind == Kind::Buffer;
                let old = Piece { place: text.source, content, is_decoded };
                text.kind = Kind::Joined;
                text.data = self.joined.len() as u32;
                self.joined.push([store.text(&old), store.text(piece)].concat());
            }
        }
    }

    /// Moves the node of comments.
    pub(super) fn comment(&mut self, at: Place) {
        if self.links.is_empty() {
            debug_assert_eq!(at.before, NONE, "out of order");
            self.silent = Silent::Before { parent: at.parent, before: self.nodes.len() as NodeId };
            return;
        }
        let id = match self.silent {
            Silent::Node(id) => id,
            _ => self.silent_node(),
        };
        self.put(at, id);
    }

    /// Adds a node for a comment or document type.
    #[cfg(test)]
    pub(super) fn kept(&mut self, at: Place, source: Span) -> NodeId {
        self.push(at, node(at.parent, Tag::Other, Kind::Silent, source))
    }

    /// The nodes below `id` that are its children.
    #[cfg(test)]
    pub(super) fn children(&self, id: NodeId) -> Vec<NodeId> {
        let next = |id: &NodeId| Some(self.links[*id as usize].next).filter(|id| *id != NONE);
        let first = Some(self.links[id as usize].first).filter(|id| *id != NONE);
        std::iter::successors(first, next).collect()
    }

    /// Where a node stands in the source, and its text.
    #[cfg(test)]
    pub(super) fn shown(&self, id: NodeId, store: &Store<'_>) -> (Span, Option<String>) {
        let node = &self.nodes[id as usize];
        let content = self.spans.get(node.data as usize).copied().unwrap_or_default();
        let piece = |content, is_decoded| {
            Some(store.text(&Piece { place: node.source, content, is_decoded }).to_owned())
        };
        let text = match node.kind {
            Kind::Element | Kind::Silent => None,
            Kind::Source => piece(node.source, false),
            Kind::Page => piece(content, false),
            Kind::Buffer => piece(content, true),
            Kind::Joined => self.joined.get(node.data as usize).cloned(),
        };
        (node.source, text)
    }

    fn silent_node(&mut self) -> NodeId {
        let id = self.push_loose(node(NONE, Tag::Other, Kind::Silent, (0, 0)));
        self.silent = Silent::Node(id);
        id
    }

    /// From here on nodes may go anywhere.
    pub(super) fn link(&mut self) {
        if !self.links.is_empty() {
            return;
        }
        self.links = vec![UNLINKED; self.nodes.len()];
        let comment = match self.silent {
            Silent::Before { parent, before } => Some((parent, before)),
            _ => None,
        };
        let silent = comment.map(|_| self.silent_node());
        let count = self.nodes.len() as NodeId - NodeId::from(silent.is_some());
        for id in 1..=count {
            if let (Some(silent), Some((parent, before))) = (silent, comment)
                && before == id
            {
                self.put(Place::end_of(parent), silent);
            }
            if id < count {
                let parent = std::mem::replace(&mut self.nodes[id as usize].parent, NONE);
                self.put(Place::end_of(parent), id);
            }
        }
    }

    /// The node that something put there would follow; [`NONE`]: it would be the first.
    fn neighbour(&self, at: Place) -> NodeId {
        match at.before {
            NONE => self.links[at.parent as usize].last,
            sibling => self.links[sibling as usize].prev,
        }
    }

    /// Puts a node elsewhere.
    pub(super) fn put(&mut self, at: Place, id: NodeId) {
        self.take(id);
        let prev = self.neighbour(at);
        self.nodes[id as usize].parent = at.parent;
        let link = &mut self.links[id as usize];
        (link.prev, link.next) = (prev, at.before);
        match at.before {
            NONE => self.links[at.parent as usize].last = id,
            sibling => self.links[sibling as usize].prev = id,
        }
        match prev {
            NONE => self.links[at.parent as usize].first = id,
            prev => self.links[prev as usize].next = id,
        }
    }

    /// Takes a node out of the tree, with all below it.
    pub(super) fn take(&mut self, id: NodeId) {
        let parent = std::mem::replace(&mut self.nodes[id as usize].parent, NONE);
        if parent == NONE {
            return;
        }
        let Link { prev, next, .. } = self.links[id as usize];
        match prev {
            NONE => self.links[parent as usize].first = next,
            prev => self.links[prev as usize].next = next,
        }
        match next {
            NONE => self.links[parent as usize].last = prev,
            next => self.links[next as usize].prev = prev,
        }
    }

    /// Moves all children of `from` behind those of `to`.
    pub(super) fn move_children(&mut self, from: NodeId, to: NodeId) {
        loop {
            let child = self.links[from as usize].first;
            if child == NONE {
                return;
            }
            self.put(Place::end_of(to), child);
        }
    }

    /// The finished tree; what stands nowhere is left behind.
    pub(super) fn finish(mut self, store: Store<'_>) -> Dom<'_> {
        if self.links.is_empty() {
            for id in (1..self.nodes.len()).rev() {
                let Node { end, parent, .. } = self.nodes[id];
                let parent = &mut self.nodes[parent as usize];
                parent.end = parent.end.max(end);
            }
        } else {
            self.nodes = self.in_order();
        }
        Dom {
            nodes: self.nodes,
            attributes: store.attributes,
            spans: self.spans,
            joined: self.joined,
            page: store.page,
            buffer: store.buffer,
        }
    }

    /// The linked nodes in document order.
    fn in_order(&self) -> Vec<Node> {
        let mut nodes: Vec<Node> = Vec::with_capacity(self.nodes.len());
        nodes.push(self.nodes[0]);
        // Each open element: its node here, and in document order.
        let mut open: Vec<(NodeId, NodeId)> = vec![(0, 0)];
        let mut next = self.links[0].first;
        while let Some(&(from, to)) = open.last() {
            if next == NONE {
                open.pop();
                nodes[to as usize].end = nodes.len() as NodeId;
                next = if from == 0 { NONE } else { self.links[from as usize].next };
                continue;
            }
            let node = self.nodes[next as usize];
            let id = nodes.len() as NodeId;
            if node.kind == Kind::Silent {
                next = self.links[next as usize].next;
                continue;
            }
            nodes.push(Node { parent: to, end: id + 1, ..node });
            if node.kind == Kind::Element {
                open.push((next, id));
                next = self.links[next as usize].first;
            } else {
                next = self.links[next as usize].next;
            }
        }
        nodes
    }
}

fn element(parent: NodeId, tag: Tag, run: Run, source: Span) -> Node {
    Node { data: run.first, count: run.count, ..node(parent, tag, Kind::Element, source) }
}

fn node(parent: NodeId, tag: Tag, kind: Kind, source: Span) -> Node {
    Node { end: 0, parent, data: 0, source, count: 0, tag, kind }
}
