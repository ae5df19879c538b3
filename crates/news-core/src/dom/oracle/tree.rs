//! html5ever's tree, with all that it has.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::fmt::Write as _;

use html5ever::TokenizerResult;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, QualName, expanded_name, local_name, ns};

const NONE: u32 = u32::MAX;

#[derive(Debug)]
struct Node {
    parent: u32,
    children: Vec<u32>,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Root,
    /// What stands below a template.
    Contents,
    Doctype(String),
    Comment(StrTendril),
    Text(StrTendril),
    Element {
        name: QualName,
        attrs: Vec<Attribute>,
        contents: u32,
        integration_point: bool,
    },
}

/// A tree that keeps everything.
pub(super) struct Tree {
    nodes: RefCell<Vec<Node>>,
    pub(super) quirks: Cell<QuirksMode>,
}

impl Tree {
    pub(super) fn new() -> Self {
        let root = Node { parent: NONE, children: Vec::new(), kind: Kind::Root };
        Self { nodes: RefCell::new(vec![root]), quirks: Cell::new(QuirksMode::NoQuirks) }
    }

    fn add(&self, kind: Kind) -> u32 {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { parent: NONE, children: Vec::new(), kind });
        nodes.len() as u32 - 1
    }

    fn index(&self, id: u32) -> usize {
        let nodes = self.nodes.borrow();
        let siblings = &nodes[nodes[id as usize].parent as usize].children;
        siblings.iter().rposition(|c| *c == id).expect("a child of its parent")
    }

    fn insert(&self, parent: u32, at: usize, child: NodeOrText<u32>) {
        let id = match child {
            NodeOrText::AppendNode(id) => {
                self.remove_from_parent(&id);
                id
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let before = at.checked_sub(1).map(|i| nodes[parent as usize].children[i]);
                if let Some(Node { kind: Kind::Text(old), .. }) =
                    before.map(|id| &mut nodes[id as usize])
                {
                    old.push_tendril(&text);
                    return;
                }
                drop(nodes);
                self.add(Kind::Text(text))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[id as usize].parent = parent;
        let children = &mut nodes[parent as usize].children;
        let at = at.min(children.len());
        children.insert(at, id);
    }

    /// The format of html5lib's tree tests.
    pub(super) fn dump(&self) -> String {
        let nodes = self.nodes.borrow();
        let mut out = String::new();
        let mut open: Vec<(u32, usize)> = nodes[0].children.iter().rev().map(|c| (*c, 0)).collect();
        while let Some((id, depth)) = open.pop() {
            let node = &nodes[id as usize];
            let indent = "  ".repeat(depth.min(2_000));
            let mut depth = depth + 1;
            match &node.kind {
                Kind::Root => {}
                Kind::Contents => writeln!(out, "| {indent}content").expect("a string"),
                Kind::Doctype(doctype) => writeln!(out, "| {indent}{doctype}").expect("a string"),
                Kind::Comment(text) => {
                    writeln!(out, "| {indent}<!-- {text} -->").expect("a string");
                }
                Kind::Text(text) => writeln!(out, "| {indent}\"{text}\"").expect("a string"),
                Kind::Element { name, attrs, contents, .. } => {
                    let space = match name.ns {
                        ns!(svg) => "svg ",
                        ns!(mathml) => "math ",
                        _ => "",
                    };
                    writeln!(out, "| {indent}<{space}{}>", name.local).expect("a string");
                    let mut attrs: Vec<String> = attrs
                        .iter()
                        .map(|attr| {
                            let space = match attr.name.ns {
                                ns!(xlink) => "xlink ",
                                ns!(xml) => "xml ",
                                ns!(xmlns) => "xmlns ",
                                _ => "",
                            };
                            format!("| {indent}  {space}{}=\"{}\"\n", attr.name.local, attr.value)
                        })
                        .collect();
                    attrs.sort();
                    out.extend(attrs);
                    if *contents != NONE {
                        writeln!(out, "| {indent}  content").expect("a string");
                        open.extend(node.children.iter().rev().map(|c| (*c, depth)));
                        depth += 1;
                        open.extend(
                            nodes[*contents as usize].children.iter().rev().map(|c| (*c, depth)),
                        );
                        continue;
                    }
                }
            }
            open.extend(node.children.iter().rev().map(|c| (*c, depth)));
        }
        out
    }
}

impl TreeSink for Tree {
    type Handle = u32;
    type Output = Self;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> u32 {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a u32) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes[*target as usize].kind {
            Kind::Element { name, .. } => name,
            other => panic!("no element: {other:?}"),
        })
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> u32 {
        let template = name.expanded() == expanded_name!(html "template");
        let contents = if template { self.add(Kind::Contents) } else { NONE };
        let integration_point = flags.mathml_annotation_xml_integration_point;
        self.add(Kind::Element { name, attrs, contents, integration_point })
    }

    fn create_comment(&self, text: StrTendril) -> u32 {
        self.add(Kind::Comment(text))
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> u32 {
        unreachable!("HTML has no processing instructions")
    }

    fn append(&self, parent: &u32, child: NodeOrText<u32>) {
        if let NodeOrText::AppendNode(id) = child {
            self.remove_from_parent(&id);
        }
        let end = self.nodes.borrow()[*parent as usize].children.len();
        self.insert(*parent, end, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &u32,
        prev_element: &u32,
        child: NodeOrText<u32>,
    ) {
        if self.nodes.borrow()[*element as usize].parent == NONE {
            self.append(prev_element, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        let ids = if public.is_empty() && system.is_empty() {
            String::new()
        } else {
            format!(" \"{public}\" \"{system}\"")
        };
        let id = self.add(Kind::Doctype(format!("<!DOCTYPE {name}{ids}>")));
        self.append(&0, NodeOrText::AppendNode(id));
    }

    fn get_template_contents(&self, target: &u32) -> u32 {
        match self.nodes.borrow()[*target as usize].kind {
            Kind::Element { contents, .. } if contents != NONE => contents,
            _ => panic!("no template"),
        }
    }

    fn same_node(&self, x: &u32, y: &u32) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.quirks.set(mode);
    }

    fn append_before_sibling(&self, sibling: &u32, new_node: NodeOrText<u32>) {
        if let NodeOrText::AppendNode(id) = new_node {
            self.remove_from_parent(&id);
        }
        let parent = self.nodes.borrow()[*sibling as usize].parent;
        self.insert(parent, self.index(*sibling), new_node);
    }

    fn add_attrs_if_missing(&self, target: &u32, new: Vec<Attribute>) {
        if let Kind::Element { attrs, .. } = &mut self.nodes.borrow_mut()[*target as usize].kind {
            for attr in new {
                if !attrs.iter().any(|a| a.name == attr.name) {
                    attrs.push(attr);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &u32) {
        if self.nodes.borrow()[*target as usize].parent == NONE {
            return;
        }
        let at = self.index(*target);
        let mut nodes = self.nodes.borrow_mut();
        let parent = std::mem::replace(&mut nodes[*target as usize].parent, NONE);
        nodes[parent as usize].children.remove(at);
    }

    fn reparent_children(&self, node: &u32, new_parent: &u32) {
        let mut nodes = self.nodes.borrow_mut();
        let mut children = std::mem::take(&mut nodes[*node as usize].children);
        for child in &children {
            nodes[*child as usize].parent = *new_parent;
        }
        nodes[*new_parent as usize].children.append(&mut children);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &u32) -> bool {
        matches!(
            self.nodes.borrow()[*handle as usize].kind,
            Kind::Element { integration_point: true, .. }
        )
    }
}

/// The tree by html5ever's tokenizer.
pub(super) fn theirs<S: TreeSink<Handle = u32>>(text: &StrTendril, sink: S, scripting: bool) -> S {
    let options = TreeBuilderOpts { scripting_enabled: scripting, ..TreeBuilderOpts::default() };
    let tokenizer = Tokenizer::new(TreeBuilder::new(sink, options), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(text.clone());
    loop {
        match tokenizer.feed(&queue) {
            TokenizerResult::Done => break,
            TokenizerResult::Script(_) | TokenizerResult::EncodingIndicator(_) => {}
        }
    }
    tokenizer.end();
    tokenizer.sink.sink
}
