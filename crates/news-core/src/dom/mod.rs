//! The page as an immutable arena in document order.
//!
//! Nodes stand in preorder: the subtree of node `n` is the contiguous range `n..end(n)`, so passes
//! over the page are loops over an array. Nothing recurses and nothing is changed after parsing.

mod arena;
mod builder;
mod name;
#[cfg(test)]
mod oracle;
mod parse;
mod space;
mod store;
mod tag;
mod tokenizer;
#[cfg(feature = "bench")]
pub(crate) mod tokens;

use std::borrow::Cow;
use std::ops::Range;

use arena::Kind;
pub(crate) use name::{Name, local_name};
pub(crate) use parse::parse;
pub(crate) use space::{collapse, is_space, push_collapsed};
use store::{Attr, part, value};
pub(crate) use tag::Tag;
use tokenizer::Span;

use crate::provenance::SourceRange;

/// Index of a node; 0 is the document.
pub(crate) type NodeId = u32;

/// One node: 24 bytes.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// One past the last node of the subtree.
    end: NodeId,
    parent: NodeId,
    /// Element: index of the first of its `attributes`; text: index into `spans` or `joined`.
    data: u32,
    /// Bytes of the start tag, or of the text, in the source.
    source: Span,
    /// Attributes of an element.
    count: u16,
    tag: Tag,
    kind: Kind,
}

/// An attribute of an element.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attribute<'d> {
    pub(crate) name: Name,
    pub(crate) value: &'d str,
}

/// The tree.
#[derive(Debug, Default)]
pub(crate) struct Dom<'t> {
    nodes: Vec<Node>,
    attributes: Vec<Attr>,
    /// Where texts stand that are not the source as it stands: in `page` or `buffer`.
    spans: Vec<Span>,
    /// Texts put together from several places.
    joined: Vec<String>,
    page: &'t str,
    /// Texts and values that were decoded.
    buffer: String,
}

/// Longest path that is written, in bytes, marks between its steps aside.
const PATH_BYTES: usize = 240;
/// Longest id or class in a path, in bytes.
const STEP_BYTES: usize = 60;

impl Dom<'_> {
    /// Number of nodes, the document included.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// Kind of node.
    pub(crate) fn tag(&self, id: NodeId) -> Tag {
        self.node(id).tag
    }

    /// The parent; the document is its own.
    pub(crate) fn parent(&self, id: NodeId) -> NodeId {
        self.node(id).parent
    }

    /// One past the last node of the subtree.
    pub(crate) fn end(&self, id: NodeId) -> NodeId {
        self.node(id).end
    }

    /// All nodes below `id`, in document order.
    pub(crate) fn below(&self, id: NodeId) -> Range<NodeId> {
        id + 1..self.end(id)
    }

    /// All nodes of the page but the document.
    pub(crate) fn all(&self) -> Range<NodeId> {
        1..self.nodes.len() as NodeId
    }

    /// Children in order.
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.end(id);
        let mut next = id + 1;
        std::iter::from_fn(move || {
            let child = next;
            (child < end).then(|| {
                next = self.end(child);
                child
            })
        })
    }

    /// Parents from the nearest up to the document, which is not given.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.outwards(self.parent(id))
    }

    /// The node and then its ancestors, the document left out.
    pub(crate) fn outwards(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut next = id;
        std::iter::from_fn(move || {
            let node = next;
            next = self.parent(node);
            (node != 0).then_some(node)
        })
    }

    /// Whether `inner` is `outer` or below it.
    pub(crate) fn contains(&self, outer: NodeId, inner: NodeId) -> bool {
        outer <= inner && inner < self.end(outer)
    }

    /// Text of a text node; empty for any other.
    #[inline]
    pub(crate) fn text(&self, id: NodeId) -> &str {
        let node = self.node(id);
        // Most texts are the source as it stands.
        if node.kind == Kind::Source { part(self.page, node.source) } else { self.other_text(node) }
    }

    fn other_text(&self, node: &Node) -> &str {
        let span = || self.spans.get(node.data as usize).copied().unwrap_or_default();
        match node.kind {
            Kind::Element | Kind::Silent => "",
            Kind::Source => part(self.page, node.source),
            Kind::Page => part(self.page, span()),
            Kind::Buffer => part(&self.buffer, span()),
            Kind::Joined => self.joined.get(node.data as usize).map_or("", String::as_str),
        }
    }

    /// Value of an attribute.
    pub(crate) fn attr(&self, id: NodeId, name: Name) -> Option<&str> {
        let run = self.run(id);
        let found = run.iter().find(|a| a.name == name)?;
        Some(value(self.page, &self.buffer, found))
    }

    /// Attributes of an element in source order; empty for text.
    pub(crate) fn attributes(&self, id: NodeId) -> impl ExactSizeIterator<Item = Attribute<'_>> {
        let value = |a| value(self.page, &self.buffer, a);
        self.run(id).iter().map(move |a| Attribute { name: a.name, value: value(a) })
    }

    /// Those of the attributes whose names are asked for.
    pub(crate) fn attributes_of(
        &self,
        id: NodeId,
        is_asked: impl Fn(Name) -> bool,
    ) -> impl Iterator<Item = Attribute<'_>> {
        let asked = self.run(id).iter().filter(move |a| is_asked(a.name));
        asked.map(|a| Attribute { name: a.name, value: value(self.page, &self.buffer, a) })
    }

    fn run(&self, id: NodeId) -> &[Attr] {
        let node = self.node(id);
        let first = node.data as usize;
        self.attributes.get(first..first + usize::from(node.count)).unwrap_or_default()
    }

    /// Bytes of the start tag or text in the source.
    pub(crate) fn source(&self, id: NodeId) -> SourceRange {
        let (start, end) = self.node(id).source;
        SourceRange { start, end }
    }

    /// Bytes from the start tag to the last node of the subtree.
    pub(crate) fn extent(&self, id: NodeId) -> SourceRange {
        let start = self.source(id).start;
        let end = (id..self.end(id)).map(|n| self.source(n).end).max().unwrap_or(start);
        SourceRange { start, end }
    }

    /// Bytes from the first to the last of some neighbouring nodes.
    pub(crate) fn span(&self, nodes: &Range<NodeId>) -> SourceRange {
        let last = nodes.end.saturating_sub(1).max(nodes.start);
        SourceRange { start: self.source(nodes.start).start, end: self.source(last).end }
    }

    /// Names of the elements down to `id`, each with its id or first class: `body>div.page>p`. The
    /// outermost of many are an ellipsis: a path stands beside every segment of a trace.
    pub(crate) fn path(&self, id: NodeId) -> String {
        let mut steps = Vec::new();
        let mut room = PATH_BYTES;
        for at in std::iter::once(id).chain(self.ancestors(id)) {
            let step = self.step(at);
            let Some(left) = room.checked_sub(step.len()) else {
                steps.push("…".to_owned());
                break;
            };
            room = left;
            steps.push(step);
        }
        steps.reverse();
        steps.join(">")
    }

    fn step(&self, id: NodeId) -> String {
        let name = self.tag(id).name();
        let class =
            self.attr(id, local_name!("class")).and_then(|c| c.split_ascii_whitespace().next());
        let cut = |word: &str| word.get(..word.floor_char_boundary(STEP_BYTES)).map(str::to_owned);
        match (self.attr(id, local_name!("id")).and_then(cut), class.and_then(cut)) {
            (Some(own), _) => format!("{name}#{own}"),
            (None, Some(class)) => format!("{name}.{class}"),
            (None, None) => name.to_owned(),
        }
    }

    /// All text below `id`, as it stands.
    pub(crate) fn raw_text(&self, id: NodeId) -> String {
        (id..self.end(id)).map(|n| self.text(n)).collect()
    }

    /// The same of an element that mostly holds one text.
    pub(crate) fn script_text(&self, id: NodeId) -> Cow<'_, str> {
        match self.below(id) {
            Range { start, end } if end == start + 1 => Cow::Borrowed(self.text(start)),
            _ => Cow::Owned(self.raw_text(id)),
        }
    }

    /// Text a reader sees below `id`: white space collapsed, elements that start a line parted by a
    /// space, scripts and styles left out.
    pub(crate) fn inner_text(&self, id: NodeId) -> String {
        let mut out = String::new();
        let mut n = id;
        while n < self.end(id) {
            let tag = self.tag(n);
            if tag.is_invisible() {
                n = self.end(n);
                continue;
            }
            if tag == Tag::Text {
                push_collapsed(&mut out, self.text(n));
            } else if tag.breaks_text() {
                push_collapsed(&mut out, " ");
            }
            n += 1;
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// First element of kind `tag` below `id`.
    pub(crate) fn first(&self, id: NodeId, tag: Tag) -> Option<NodeId> {
        self.below(id).find(|n| self.tag(*n) == tag)
    }
}
