//! html5ever as it comes, tokenizer and tree builder, into the smallest tree that holds a page: the
//! bare parse that everything is measured against.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

const NONE: u32 = u32::MAX;

/// Parses a page; gives the number of nodes.
pub(crate) fn parse(text: &str) -> usize {
    let arena = parse_document(Arena::new(), ParseOpts::default()).one(StrTendril::from(text));
    arena.nodes.into_inner().len()
}

/// What a node is; kept, as a parser has to, though nobody looks.
enum Content {
    Other,
    Text(StrTendril),
    Element(QualName, Vec<Attribute>, bool),
}

struct Node {
    content: Content,
    parent: u32,
    first: u32,
    last: u32,
    prev: u32,
    next: u32,
}

struct Arena {
    nodes: RefCell<Vec<Node>>,
}

#[derive(Debug)]
struct Name<'a>(Ref<'a, QualName>);

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Arena {
    fn new() -> Self {
        let arena = Self { nodes: RefCell::new(Vec::new()) };
        arena.add(Content::Other);
        arena
    }

    fn add(&self, content: Content) -> u32 {
        let mut nodes = self.nodes.borrow_mut();
        let (parent, first, last, prev, next) = (NONE, NONE, NONE, NONE, NONE);
        nodes.push(Node { content, parent, first, last, prev, next });
        nodes.len() as u32 - 1
    }

    fn unlink(nodes: &mut [Node], id: u32) {
        let Node { parent, prev, next, .. } = nodes[id as usize];
        if parent == NONE {
            return;
        }
        match prev {
            NONE => nodes[parent as usize].first = next,
            prev => nodes[prev as usize].next = next,
        }
        match next {
            NONE => nodes[parent as usize].last = prev,
            next => nodes[next as usize].prev = prev,
        }
        let node = &mut nodes[id as usize];
        (node.parent, node.prev, node.next) = (NONE, NONE, NONE);
    }

    /// Puts `id` below `parent`, before `next` or at the end.
    fn link(nodes: &mut [Node], parent: u32, next: u32, id: u32) {
        Self::unlink(nodes, id);
        let prev = Self::neighbour(nodes, parent, next);
        let node = &mut nodes[id as usize];
        (node.parent, node.prev, node.next) = (parent, prev, next);
        match next {
            NONE => nodes[parent as usize].last = id,
            next => nodes[next as usize].prev = id,
        }
        match prev {
            NONE => nodes[parent as usize].first = id,
            prev => nodes[prev as usize].next = id,
        }
    }

    fn neighbour(nodes: &[Node], parent: u32, next: u32) -> u32 {
        if next == NONE { nodes[parent as usize].last } else { nodes[next as usize].prev }
    }

    fn insert(&self, parent: u32, next: u32, child: NodeOrText<u32>) {
        let id = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let prev = Self::neighbour(&nodes, parent, next);
                if let Some(Node { content: Content::Text(old), .. }) = nodes.get_mut(prev as usize)
                {
                    old.push_tendril(&text);
                    return;
                }
                drop(nodes);
                self.add(Content::Text(text))
            }
        };
        Self::link(&mut self.nodes.borrow_mut(), parent, next, id);
    }

    fn parent(&self, id: u32) -> u32 {
        self.nodes.borrow()[id as usize].parent
    }
}

impl TreeSink for Arena {
    type Handle = u32;
    type Output = Self;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> u32 {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a u32) -> Name<'a> {
        Name(Ref::map(self.nodes.borrow(), |nodes| match &nodes[*target as usize].content {
            Content::Element(name, ..) => name,
            _ => unreachable!("the tree builder asks for names of elements only"),
        }))
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> u32 {
        self.add(Content::Element(name, attrs, flags.mathml_annotation_xml_integration_point))
    }

    fn create_comment(&self, _text: StrTendril) -> u32 {
        self.add(Content::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> u32 {
        self.add(Content::Other)
    }

    fn append(&self, parent: &u32, child: NodeOrText<u32>) {
        self.insert(*parent, NONE, child);
    }

    fn append_based_on_parent_node(&self, element: &u32, prev: &u32, child: NodeOrText<u32>) {
        if self.parent(*element) == NONE {
            self.append(prev, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &u32) -> u32 {
        *target
    }

    fn same_node(&self, x: &u32, y: &u32) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &u32, new_node: NodeOrText<u32>) {
        let parent = self.parent(*sibling);
        if parent != NONE {
            self.insert(parent, *sibling, new_node);
        }
    }

    fn add_attrs_if_missing(&self, target: &u32, attrs: Vec<Attribute>) {
        if let Content::Element(_, old, _) = &mut self.nodes.borrow_mut()[*target as usize].content
        {
            let missing = attrs.into_iter().filter(|attr| old.iter().all(|a| a.name != attr.name));
            let missing: Vec<Attribute> = missing.collect();
            old.extend(missing);
        }
    }

    fn remove_from_parent(&self, target: &u32) {
        Self::unlink(&mut self.nodes.borrow_mut(), *target);
    }

    fn reparent_children(&self, node: &u32, new_parent: &u32) {
        let mut nodes = self.nodes.borrow_mut();
        while nodes[*node as usize].first != NONE {
            let child = nodes[*node as usize].first;
            Self::link(&mut nodes, *new_parent, NONE, child);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &u32) -> bool {
        matches!(self.nodes.borrow()[*handle as usize].content, Content::Element(_, _, true))
    }
}
