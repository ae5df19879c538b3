//! Keeps hostile nesting away from the tree builder.
//!
//! html5ever has no limit of depth, walks its stack of open elements for most tags and opens every
//! formatting element again in each new block: 100,000 nested `<div>` take it over ten seconds, and
//! 5,000 open `<b>` before 5,000 `<p>` make 25 million nodes. Browsers flatten past a depth of 512.
//! So does the guard: it stands between tokenizer and tree builder and swallows start tags, never
//! text, once too much is open. Each kind of intervention is counted.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use html5ever::interface::{ElemName, Tracer, TreeSink};
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{LocalName, local_name, ns};

use super::tokenizer::Span;

/// What the guard asks of the tree that is being built.
pub(super) trait Growth {
    /// Nodes made so far.
    fn nodes(&self) -> usize;
    /// Attributes given to nodes so far, copies by the tree builder included.
    fn attributes(&self) -> usize;
}

/// Bounds on the tree.
#[derive(Debug, Clone)]
pub(super) struct GuardLimits {
    /// Open elements from which on start tags are swallowed. The tree can become about twice as deep:
    /// where the standard mends crossed formatting elements, what it closes stays around the rest.
    pub(super) depth: usize,
    /// Nodes, four attributes counting as one, from which on everything is swallowed.
    pub(super) nodes: usize,
    /// Formatting elements open at a time.
    pub(super) formatting: usize,
    /// Open elements, summed over the tags handed over, past which tags are ignored: for each the tree
    /// builder may search all that is open, at 5 to 9 ns each. A page of 2 MB with 40,000 tags at a
    /// depth of 20 has below a million, one of 32 MB about 15 million.
    pub(super) search: usize,
}

/// What the guard kept from the tree builder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct GuardReport {
    /// Start tags swallowed because too many elements were open. Their text is kept, in the element
    /// that was open.
    pub(super) flattened: u64,
    /// Start tags of formatting elements swallowed because too many were open. Their text is kept.
    pub(super) unformatted: u64,
    /// Start tags of `html` and `body` after the first few: they could only add attributes.
    pub(super) repeated_roots: u64,
    /// Byte of the source from which on tags were ignored, the search through open elements having
    /// cost too much. Text is kept, in the element that was open; that of scripts and styles is not.
    pub(super) ignored_tags_from: Option<u32>,
    /// Byte of the source from which on nothing was read, the node budget being spent.
    pub(super) truncated_at: Option<u32>,
}

/// Levels below the limit of depth that only elements of prose may take, so that an article inside
/// a thousand `<div>` still has its paragraphs and links.
const PROSE_LEVELS: usize = 64;
/// Levels above the limit of depth for what cannot nest, or only by little: raw text and table
/// cells. Swallowing `<script>` would make its code text.
const SPARE_LEVELS: usize = 16;
/// Comparisons of attributes that formatting elements may cost a page. The tree builder compares
/// each new one with all open ones of its name; a page of 2 MB costs about 20,000.
const MAX_FORMATTING_WORK: usize = 4_000_000;
/// Start tags of `html` and `body` handed over: each is compared with all attributes before. The most seen on 2,789 pages is 19.
const MAX_ROOT_TAGS: u32 = 64;
/// Tokens between two looks at the tree builder's stack, at least.
const RECOUNT_AFTER: u32 = 16;
/// Tokens between two looks, at most.
const RECOUNT_BY: u32 = 1_024;

/// Stands between tokenizer and tree builder.
pub(super) struct Guard<'a, S: TreeSink> {
    builder: &'a TreeBuilder<S::Handle, S>,
    position: &'a Cell<Span>,
    limits: GuardLimits,
    report: RefCell<GuardReport>,
    /// Open elements when last counted; nodes made since then may be open too.
    open: Cell<usize>,
    nodes_at_count: Cell<usize>,
    /// Formatting elements that are open or will be opened again, `a` and `nobr` left out: of these
    /// a new one closes the last. Not less than there are.
    formatting: Cell<usize>,
    formatting_work: Cell<usize>,
    /// Most attributes of any formatting element.
    formatting_attributes: Cell<usize>,
    tokens_since_count: Cell<u32>,
    root_tags: Cell<u32>,
    /// Open elements, summed over the tags so far.
    searched: Cell<usize>,
    /// Whether the tree builder waits for the end tag of raw text.
    in_raw_text: Cell<bool>,
    /// Script or style whose text is dropped while tags are ignored.
    dropping: RefCell<Option<LocalName>>,
    /// Swallowed start tags by name whose end tags are still to come.
    swallowed: RefCell<HashMap<LocalName, u32>>,
    /// Handles the tree builder holds, kept for its allocation.
    held: RefCell<Vec<S::Handle>>,
}

impl<'a, S> Guard<'a, S>
where
    S: TreeSink + Growth,
    S::Handle: Clone + Ord,
{
    /// A guard before `builder`, whose sink's `position` says where the current token stands.
    pub(super) fn new(
        builder: &'a TreeBuilder<S::Handle, S>,
        position: &'a Cell<Span>,
        limits: GuardLimits,
    ) -> Self {
        Self {
            builder,
            position,
            limits,
            report: RefCell::default(),
            open: Cell::new(0),
            nodes_at_count: Cell::new(0),
            formatting: Cell::new(0),
            formatting_work: Cell::new(0),
            formatting_attributes: Cell::new(0),
            tokens_since_count: Cell::new(RECOUNT_AFTER),
            root_tags: Cell::new(0),
            searched: Cell::new(0),
            in_raw_text: Cell::new(false),
            dropping: RefCell::default(),
            swallowed: RefCell::default(),
            held: RefCell::default(),
        }
    }

    /// What was kept back, at the end.
    pub(super) fn into_report(self) -> GuardReport {
        self.report.into_inner()
    }

    /// Open elements that the tree builder may have searched so far.
    pub(super) fn searched(&self) -> usize {
        self.searched.get()
    }

    /// Whether the node budget is spent.
    fn is_spent(&self) -> bool {
        let sink = &self.builder.sink;
        if sink.nodes() + sink.attributes() / 4 < self.limits.nodes {
            return false;
        }
        self.report.borrow_mut().truncated_at.get_or_insert(self.position.get().0);
        true
    }

    /// Open elements; not less than there are.
    fn depth(&self) -> usize {
        self.open.get() + (self.builder.sink.nodes() - self.nodes_at_count.get())
    }

    /// Whether `depth` is below `limit`; counts again if it seems not to be.
    fn is_below(&self, limit: usize) -> bool {
        self.depth() < limit || (self.recount() && self.depth() < limit)
    }

    /// Counts what the tree builder holds open. Most of its pops are not told to the sink, so
    /// between two counts the guard knows an upper bound only. A count costs as much as there is
    /// open, hence not at each token; false if it is too early.
    fn recount(&self) -> bool {
        if self.tokens_since_count.get() < RECOUNT_AFTER {
            return false;
        }
        let sink = &self.builder.sink;
        self.held.borrow_mut().clear();
        self.builder.trace_handles(&Collector { sink, formatting: &self.held, others: &self.open });
        let mut formatting = self.held.borrow_mut();
        // Open formatting elements are in the stack and in the list of active ones.
        formatting.sort_unstable();
        formatting.dedup();
        let closing_each_other = formatting
            .iter()
            .filter(|handle| {
                matches!(
                    *sink.elem_name(handle).local_name(),
                    local_name!("a") | local_name!("nobr")
                )
            })
            .count();
        self.formatting.set(formatting.len() - closing_each_other);
        self.open.set(self.open.get() + formatting.len());
        self.searched.set(self.searched.get() + self.open.get());
        self.nodes_at_count.set(sink.nodes());
        self.tokens_since_count.set(0);
        true
    }

    /// Adds what a tag may cost the tree builder.
    fn account_search(&self) {
        if self.tokens_since_count.get() >= RECOUNT_BY {
            self.recount();
        }
        self.searched.set(self.searched.get() + self.open.get());
    }

    /// What becomes of a token once tags are ignored; `None` for what is handed over.
    fn ignore(&self, token: &Token) -> Option<TokenSinkResult<S::Handle>> {
        let mut dropping = self.dropping.borrow_mut();
        if self.report.borrow().ignored_tags_from.is_none() {
            // Not before the end tag of a script or the like has come through.
            if self.in_raw_text.get() || !matches!(token, Token::TagToken(_)) {
                return None;
            }
            self.report.borrow_mut().ignored_tags_from = Some(self.position.get().0);
        }
        let Token::TagToken(tag) = token else {
            let dropped = dropping.is_some() && !matches!(token, Token::EOFToken);
            return dropped.then_some(TokenSinkResult::Continue);
        };
        if tag.kind == TagKind::EndTag {
            dropping.take_if(|name| *name == tag.name);
            return Some(TokenSinkResult::Continue);
        }
        let Some(raw) = raw_kind(&tag.name) else { return Some(TokenSinkResult::Continue) };
        if !matches!(tag.name, local_name!("title") | local_name!("textarea") | local_name!("xmp"))
        {
            *dropping = Some(tag.name.clone());
        }
        Some(TokenSinkResult::RawData(raw))
    }

    /// Whether the start tag is handed over.
    fn admits(&self, tag: &Tag) -> bool {
        if matches!(tag.name, local_name!("html") | local_name!("body")) {
            self.root_tags.set(self.root_tags.get().saturating_add(1));
            let admitted = self.root_tags.get() <= MAX_ROOT_TAGS;
            self.report.borrow_mut().repeated_roots += u64::from(!admitted);
            return admitted;
        }
        if !self.admits_depth(tag) {
            self.swallow(&tag.name);
            self.report.borrow_mut().flattened += 1;
            return false;
        }
        if is_formatting(&tag.name) && !self.admits_formatting(tag) {
            self.swallow(&tag.name);
            self.report.borrow_mut().unformatted += 1;
            return false;
        }
        true
    }

    fn admits_depth(&self, tag: &Tag) -> bool {
        let lowest = self.limits.depth.saturating_sub(PROSE_LEVELS);
        if self.depth() < lowest {
            return true;
        }
        let limit = match Nesting::of(&tag.name) {
            Nesting::Void if !self.in_foreign_content() => return true,
            Nesting::Void | Nesting::Leaf => self.limits.depth + SPARE_LEVELS,
            Nesting::Prose => self.limits.depth,
            Nesting::Any => lowest,
        };
        self.is_below(limit) || (tag.self_closing && self.in_foreign_content())
    }

    fn admits_formatting(&self, tag: &Tag) -> bool {
        if matches!(tag.name, local_name!("a") | local_name!("nobr")) {
            return true;
        }
        if self.formatting.get() >= self.limits.formatting {
            self.recount();
        }
        let open = self.formatting.get();
        let attributes = self.formatting_attributes.get().max(tag.attrs.len());
        let work = self.formatting_work.get() + open * (1 + attributes);
        if open >= self.limits.formatting || work > MAX_FORMATTING_WORK {
            return false;
        }
        self.formatting_attributes.set(attributes);
        self.formatting_work.set(work);
        self.formatting.set(open + 1);
        true
    }

    fn in_foreign_content(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn swallow(&self, name: &LocalName) {
        *self.swallowed.borrow_mut().entry(name.clone()).or_default() += 1;
    }

    /// Whether the end tag belongs to a swallowed start tag.
    fn closes_swallowed(&self, name: &LocalName) -> bool {
        if self.swallowed.borrow().is_empty() {
            return false;
        }
        // Swallowed elements stand on top of what is open. Once less is open, they are closed.
        let below = self.limits.depth.saturating_sub(PROSE_LEVELS);
        if self.recount() && self.depth() < below && self.formatting.get() < self.limits.formatting
        {
            self.swallowed.borrow_mut().clear();
            return false;
        }
        let mut swallowed = self.swallowed.borrow_mut();
        match swallowed.get_mut(name) {
            Some(1) => swallowed.remove(name).is_some(),
            Some(count) => {
                *count -= 1;
                true
            }
            None => false,
        }
    }
}

impl<S> TokenSink for Guard<'_, S>
where
    S: TreeSink + Growth,
    S::Handle: Clone + Ord,
{
    type Handle = S::Handle;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<S::Handle> {
        self.tokens_since_count.set(self.tokens_since_count.get().saturating_add(1));
        if !matches!(token, Token::EOFToken) && self.is_spent() {
            return TokenSinkResult::Continue;
        }
        if self.searched.get() > self.limits.search
            && let Some(result) = self.ignore(&token)
        {
            return result;
        }
        if let Token::TagToken(tag) = &token {
            self.in_raw_text.set(false);
            let swallowed = match tag.kind {
                TagKind::StartTag => !self.admits(tag),
                TagKind::EndTag => self.closes_swallowed(&tag.name),
            };
            if swallowed {
                return TokenSinkResult::Continue;
            }
            self.account_search();
        }
        let result = self.builder.process_token(token, line_number);
        if matches!(result, TokenSinkResult::RawData(_)) {
            self.in_raw_text.set(true);
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.in_foreign_content()
    }
}

/// How what follows a start tag is read where that is no markup.
pub(super) fn raw_kind(name: &LocalName) -> Option<RawKind> {
    match *name {
        local_name!("script") => Some(RawKind::ScriptData),
        local_name!("title") | local_name!("textarea") => Some(RawKind::Rcdata),
        local_name!("style")
        | local_name!("xmp")
        | local_name!("iframe")
        | local_name!("noembed")
        | local_name!("noframes")
        | local_name!("noscript") => Some(RawKind::Rawtext),
        _ => None,
    }
}

/// Sorts what the tree builder holds into formatting elements, which it holds twice, and others,
/// which it holds once but for the head and the form.
struct Collector<'a, S: TreeSink> {
    sink: &'a S,
    formatting: &'a RefCell<Vec<S::Handle>>,
    others: &'a Cell<usize>,
}

impl<S: TreeSink> Tracer for Collector<'_, S>
where
    S::Handle: Clone + Ord,
{
    type Handle = S::Handle;

    fn trace_handle(&self, node: &S::Handle) {
        if self.sink.same_node(node, &self.sink.get_document()) {
            // The first one.
            self.others.set(0);
            return;
        }
        let name = self.sink.elem_name(node);
        if *name.ns() == ns!(html) && is_formatting(name.local_name()) {
            self.formatting.borrow_mut().push(node.clone());
        } else {
            self.others.set(self.others.get() + 1);
        }
    }
}

/// How deep an element may stand.
enum Nesting {
    /// Never open in HTML; in foreign content like any other.
    Void,
    /// Holds no elements, or stands at its place in a table only.
    Leaf,
    /// What an article consists of.
    Prose,
    Any,
}

impl Nesting {
    fn of(name: &LocalName) -> Self {
        match *name {
            local_name!("area")
            | local_name!("base")
            | local_name!("basefont")
            | local_name!("bgsound")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("frame")
            | local_name!("hr")
            | local_name!("image")
            | local_name!("img")
            | local_name!("input")
            | local_name!("keygen")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr") => Self::Void,
            local_name!("caption")
            | local_name!("colgroup")
            | local_name!("head")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("noscript")
            | local_name!("optgroup")
            | local_name!("option")
            | local_name!("plaintext")
            | local_name!("script")
            | local_name!("style")
            | local_name!("tbody")
            | local_name!("td")
            | local_name!("textarea")
            | local_name!("tfoot")
            | local_name!("th")
            | local_name!("thead")
            | local_name!("title")
            | local_name!("tr")
            | local_name!("xmp") => Self::Leaf,
            local_name!("a")
            | local_name!("article")
            | local_name!("aside")
            | local_name!("b")
            | local_name!("blockquote")
            | local_name!("cite")
            | local_name!("dd")
            | local_name!("dl")
            | local_name!("dt")
            | local_name!("em")
            | local_name!("figcaption")
            | local_name!("figure")
            | local_name!("footer")
            | local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6")
            | local_name!("header")
            | local_name!("i")
            | local_name!("li")
            | local_name!("main")
            | local_name!("nav")
            | local_name!("ol")
            | local_name!("p")
            | local_name!("picture")
            | local_name!("pre")
            | local_name!("q")
            | local_name!("strong")
            | local_name!("sub")
            | local_name!("sup")
            | local_name!("table")
            | local_name!("template")
            | local_name!("time")
            | local_name!("ul") => Self::Prose,
            _ => Self::Any,
        }
    }
}

/// Elements that the standard opens again after they were closed by force.
fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("a")
            | local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}
