//! The tree builder's target: linked nodes while parsing, put into document order at the end.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName, ns};

use super::guard::Growth;
use super::{Dom, Node, NodeId, Tag};

const NONE: u32 = u32::MAX;

/// A node while the tree is being built.
struct Draft {
    parent: u32,
    first: u32,
    last: u32,
    prev: u32,
    next: u32,
    source: (u32, u32),
    content: Content,
}

enum Content {
    Root,
    Text(StrTendril),
    /// Name, attributes, and whether it is a MathML integration point.
    Element(QualName, Vec<Attribute>, bool),
    /// Comments and processing instructions: no reader sees them.
    Silent,
}

/// The builder's tree.
pub(super) struct Sink {
    drafts: RefCell<Vec<Draft>>,
    /// Where the token being handled stands in the source.
    pub(super) position: Cell<(u32, u32)>,
    /// Attributes given to elements so far.
    attributes: Cell<usize>,
    /// The node of comments, once there is one.
    silent: Cell<Option<u32>>,
}

/// Borrowed name of an element.
#[derive(Debug)]
pub(super) struct Name<'a>(Ref<'a, QualName>);

impl html5ever::interface::ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    pub(super) fn new() -> Self {
        let root = draft(Content::Root, (0, 0));
        Self {
            drafts: RefCell::new(vec![root]),
            position: Cell::new((0, 0)),
            attributes: Cell::new(0),
            silent: Cell::new(None),
        }
    }

    fn add(&self, content: Content) -> u32 {
        let mut drafts = self.drafts.borrow_mut();
        drafts.push(draft(content, self.position.get()));
        drafts.len() as u32 - 1
    }

    /// The one node that stands for every comment: it moves to where the last one is, so that a
    /// million comments take the room of one. Texts on its two sides stay apart all the same.
    fn silent(&self) -> u32 {
        let node = self.silent.get().unwrap_or_else(|| self.add(Content::Silent));
        self.silent.set(Some(node));
        node
    }

    fn push_text(&self, parent: u32, before: Option<u32>, text: StrTendril) {
        let last = self.neighbour(parent, before);
        let mut drafts = self.drafts.borrow_mut();
        if let Some(Draft { content: Content::Text(old), source, .. }) =
            drafts.get_mut(last as usize)
        {
            old.push_tendril(&text);
            source.1 = self.position.get().1;
            return;
        }
        drop(drafts);
        let id = self.add(Content::Text(text));
        self.link(parent, before, id);
    }

    /// The node after which something put at the end of `parent`, or before `before`, will stand.
    fn neighbour(&self, parent: u32, before: Option<u32>) -> u32 {
        let drafts = self.drafts.borrow();
        match before {
            Some(sibling) => drafts[sibling as usize].prev,
            None => drafts[parent as usize].last,
        }
    }

    fn link(&self, parent: u32, before: Option<u32>, id: u32) {
        self.unlink(id);
        let prev = self.neighbour(parent, before);
        let mut drafts = self.drafts.borrow_mut();
        let node = &mut drafts[id as usize];
        (node.parent, node.prev, node.next) = (parent, prev, before.unwrap_or(NONE));
        match before {
            Some(sibling) => drafts[sibling as usize].prev = id,
            None => drafts[parent as usize].last = id,
        }
        if prev == NONE {
            drafts[parent as usize].first = id;
        } else {
            drafts[prev as usize].next = id;
        }
    }

    fn unlink(&self, id: u32) {
        let mut drafts = self.drafts.borrow_mut();
        let Draft { parent, prev, next, .. } = drafts[id as usize];
        if parent == NONE {
            return;
        }
        if prev == NONE {
            drafts[parent as usize].first = next;
        } else {
            drafts[prev as usize].next = next;
        }
        if next == NONE {
            drafts[parent as usize].last = prev;
        } else {
            drafts[next as usize].prev = prev;
        }
        let node = &mut drafts[id as usize];
        (node.parent, node.prev, node.next) = (NONE, NONE, NONE);
    }

    fn insert(&self, parent: u32, before: Option<u32>, child: NodeOrText<u32>) {
        match child {
            NodeOrText::AppendNode(id) => self.link(parent, before, id),
            NodeOrText::AppendText(text) => self.push_text(parent, before, text),
        }
    }
}

impl Growth for Sink {
    fn nodes(&self) -> usize {
        self.drafts.borrow().len()
    }

    fn attributes(&self) -> usize {
        self.attributes.get()
    }
}

fn draft(content: Content, source: (u32, u32)) -> Draft {
    Draft { parent: NONE, first: NONE, last: NONE, prev: NONE, next: NONE, source, content }
}

impl TreeSink for Sink {
    type Handle = u32;
    type Output = Dom;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Dom {
        flatten(self.drafts.into_inner())
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> u32 {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a u32) -> Name<'a> {
        Name(Ref::map(self.drafts.borrow(), |drafts| match &drafts[*target as usize].content {
            Content::Element(name, ..) => name,
            _ => unreachable!("the tree builder asks for names of elements only"),
        }))
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> u32 {
        self.attributes.set(self.attributes.get() + attrs.len());
        self.add(Content::Element(name, attrs, flags.mathml_annotation_xml_integration_point))
    }

    fn create_comment(&self, _text: StrTendril) -> u32 {
        self.silent()
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> u32 {
        self.silent()
    }

    fn append(&self, parent: &u32, child: NodeOrText<u32>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &u32,
        prev_element: &u32,
        child: NodeOrText<u32>,
    ) {
        let has_parent = self.drafts.borrow()[*element as usize].parent != NONE;
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(
        &self,
        _name: StrTendril,
        _public: StrTendril,
        _system: StrTendril,
    ) {
    }

    fn get_template_contents(&self, target: &u32) -> u32 {
        // A template's contents stay below the template: no reader sees either.
        *target
    }

    fn same_node(&self, x: &u32, y: &u32) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &u32, new_node: NodeOrText<u32>) {
        let parent = self.drafts.borrow()[*sibling as usize].parent;
        if parent == NONE {
            return;
        }
        self.insert(parent, Some(*sibling), new_node);
    }

    fn add_attrs_if_missing(&self, target: &u32, attrs: Vec<Attribute>) {
        let mut drafts = self.drafts.borrow_mut();
        if let Content::Element(_, old, _) = &mut drafts[*target as usize].content {
            for attr in attrs {
                if !old.iter().any(|a| a.name == attr.name) {
                    old.push(attr);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &u32) {
        self.unlink(*target);
    }

    fn reparent_children(&self, node: &u32, new_parent: &u32) {
        loop {
            let child = self.drafts.borrow()[*node as usize].first;
            if child == NONE {
                return;
            }
            self.link(*new_parent, None, child);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &u32) -> bool {
        match &self.drafts.borrow()[*handle as usize].content {
            Content::Element(_, _, integration_point) => *integration_point,
            _ => false,
        }
    }
}

/// Puts the drafts into document order; silent and unlinked ones are left behind.
fn flatten(mut drafts: Vec<Draft>) -> Dom {
    let mut dom = Dom { nodes: Vec::with_capacity(drafts.len()), ..Dom::default() };
    dom.nodes.push(Node { end: 1, parent: 0, data: 0, source: (0, 0), tag: Tag::Document });
    dom.attributes.push(Vec::new());
    // Each open element: its draft and its node.
    let mut open: Vec<(u32, NodeId)> = vec![(0, 0)];
    let mut next = drafts[0].first;
    while let Some(&(parent_draft, parent)) = open.last() {
        if next == NONE {
            open.pop();
            let end = dom.nodes.len() as NodeId;
            dom.nodes[parent as usize].end = end;
            next = if parent_draft == 0 { NONE } else { drafts[parent_draft as usize].next };
            continue;
        }
        let draft = &mut drafts[next as usize];
        let following = draft.next;
        match dom.adopt(draft, parent) {
            Some(id) => {
                open.push((next, id));
                next = draft.first;
            }
            None => next = following,
        }
    }
    dom
}

impl Dom {
    /// Adds a draft as the next node; gives its id when it may have children.
    fn adopt(&mut self, draft: &mut Draft, parent: NodeId) -> Option<NodeId> {
        let id = self.nodes.len() as NodeId;
        let (tag, data) = match std::mem::replace(&mut draft.content, Content::Silent) {
            Content::Root | Content::Silent => return None,
            Content::Text(text) => {
                self.texts.push(text);
                (Tag::Text, self.texts.len() as u32 - 1)
            }
            Content::Element(name, attributes, _) => {
                self.attributes.push(attributes);
                (tag_of(&name), self.attributes.len() as u32 - 1)
            }
        };
        self.nodes.push(Node { end: id + 1, parent, data, source: draft.source, tag });
        (tag != Tag::Text).then_some(id)
    }
}

fn tag_of(name: &QualName) -> Tag {
    let tag = Tag::of(&name.local);
    let html = name.ns == ns!(html);
    if html || matches!(tag, Tag::Svg | Tag::Math) { tag } else { Tag::Other }
}
