//! Keeps hostile nesting away from the tree.
//!
//! Most tags search the stack of open elements, and every formatting element is opened again in each
//! new block: 5,000 open `<b>` before 5,000 `<p>` make 25 million nodes. Browsers flatten past a depth
//! of 512. So does the guard: it swallows start tags, never text, once too much is open. Each kind of
//! intervention is counted.

use std::collections::HashMap;

use super::stack::Open;
use super::traits::{self, CLOSING_EACH_OTHER, FORMATTING, LEAF, PROSE, VOID};
use super::{Builder, Mode, NONE};
use crate::dom::NodeId;
use crate::dom::name::Name;
use crate::dom::tokenizer::{Next, Raw, Tag};

/// Bounds on the tree.
#[derive(Debug, Clone)]
pub(in crate::dom) struct GuardLimits {
    /// Open elements from which on start tags are swallowed. The tree can become about twice as deep:
    /// where the standard mends crossed formatting elements, what it closes stays around the rest.
    pub(in crate::dom) depth: usize,
    /// Nodes, four attributes counting as one, from which on everything is swallowed.
    pub(in crate::dom) nodes: usize,
    /// Formatting elements open at a time.
    pub(in crate::dom) formatting: usize,
    /// Open elements, summed over the tags handed over, past which tags are ignored: each may make
    /// the builder search all that is open. A page of 2 MB with 40,000 tags at a depth of 20 has below
    /// a million, one of 32 MB about 15 million.
    pub(in crate::dom) search: usize,
}

/// What the guard kept from the tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::dom) struct GuardReport {
    /// Start tags swallowed because too many elements were open. Their text is kept, in the element
    /// that was open.
    pub(in crate::dom) flattened: u64,
    /// Start tags of formatting elements swallowed because too many were open. Their text is kept.
    pub(in crate::dom) unformatted: u64,
    /// Start tags of `html` and `body` after the first few: they could only add attributes.
    pub(in crate::dom) repeated_roots: u64,
    /// Byte of the source from which on tags were ignored, the search through open elements having
    /// cost too much. Text is kept, in the element that was open; that of scripts and styles is not.
    pub(in crate::dom) ignored_tags_from: Option<u32>,
    /// Byte of the source from which on nothing was read, the node budget being spent.
    pub(in crate::dom) truncated_at: Option<u32>,
}

/// Levels below the limit of depth that only elements of prose may take, so that an article inside
/// a thousand `<div>` still has its paragraphs and links.
const PROSE_LEVELS: usize = 64;
/// Levels above the limit of depth for what cannot nest, or only by little: raw text and table
/// cells. Swallowing `<script>` would make its code text.
const SPARE_LEVELS: usize = 16;
/// Comparisons of attributes that formatting elements may cost a page. The builder compares each new
/// one with all open ones of its name; a page of 2 MB costs about 20,000.
const MAX_FORMATTING_WORK: usize = 4_000_000;
/// Start tags of `html` and `body` let through: each is compared with all attributes before. The most
/// seen on 2,789 pages is 19.
const MAX_ROOT_TAGS: u32 = 64;
/// Tokens between two counts of what is open, at least.
const RECOUNT_AFTER: u32 = 16;
/// Tokens between two counts, at most.
const RECOUNT_BY: u32 = 1_024;

/// What the guard counts.
#[derive(Debug)]
pub(in crate::dom) struct Guard {
    limits: GuardLimits,
    pub(in crate::dom) report: GuardReport,
    /// Attributes given to nodes so far, copies included.
    pub(super) attributes: usize,
    /// Open elements when last counted; nodes made since then may be open too.
    open: usize,
    nodes_at_count: usize,
    /// Formatting elements that are open or will be opened again, `a` and `nobr` left out: of these
    /// a new one closes the last. Not less than there are.
    formatting: usize,
    formatting_work: usize,
    /// Most attributes of any formatting element.
    formatting_attributes: usize,
    tokens_since_count: u32,
    root_tags: u32,
    /// Open elements, summed over the tags so far: what they may have made the builder look through.
    pub(super) searched: usize,
    /// Script or style whose text is dropped while tags are ignored.
    dropping: Option<Name>,
    /// Swallowed start tags by name whose end tags are still to come.
    swallowed: HashMap<Name, u32>,
    /// Formatting elements while they are counted, kept for its allocation.
    held: Vec<(NodeId, bool)>,
}

impl Guard {
    pub(super) fn new(limits: GuardLimits) -> Self {
        Self {
            limits,
            report: GuardReport::default(),
            attributes: 0,
            open: 0,
            nodes_at_count: 0,
            formatting: 0,
            formatting_work: 0,
            formatting_attributes: 0,
            tokens_since_count: RECOUNT_AFTER,
            root_tags: 0,
            searched: 0,
            dropping: None,
            swallowed: HashMap::new(),
            held: Vec::new(),
        }
    }
}

impl Builder<'_> {
    /// Counts a token; false if the node budget is spent.
    #[inline]
    fn counts_token(&mut self) -> bool {
        let guard = &mut self.guard;
        guard.tokens_since_count = guard.tokens_since_count.saturating_add(1);
        if self.arena.len() + guard.attributes / 4 < guard.limits.nodes {
            return true;
        }
        guard.report.truncated_at.get_or_insert(self.place.0);
        false
    }

    fn ignores_tags(&self) -> bool {
        self.guard.searched > self.guard.limits.search
    }

    /// Whether text, a comment or a document type is looked at.
    #[inline]
    pub(super) fn lets_through(&mut self) -> bool {
        self.counts_token() && self.guard.dropping.is_none()
    }

    /// A start tag, if the limits let it through.
    #[inline]
    pub(super) fn guarded_start(&mut self, tag: &Tag) -> Next {
        if !self.counts_token() {
            return Next::Data;
        }
        if self.ignores_tags() {
            return self.ignored_start(tag);
        }
        if !self.admits(tag) {
            return Next::Data;
        }
        self.account_search();
        self.start(tag)
    }

    /// An end tag, if the limits let it through.
    #[inline]
    pub(super) fn guarded_end(&mut self, tag: &Tag) {
        if !self.counts_token() {
            return;
        }
        // The end tag of raw text comes through whatever the limits.
        let is_in_text = self.mode == Mode::Text;
        if self.ignores_tags() && !(is_in_text && self.guard.report.ignored_tags_from.is_none()) {
            self.guard.report.ignored_tags_from.get_or_insert(self.place.0);
            self.guard.dropping.take_if(|name| *name == tag.name);
            return;
        }
        if self.closes_swallowed(tag.name) && !is_in_text {
            return;
        }
        self.account_search();
        self.end_of(tag);
    }

    /// A start tag once tags are ignored: its text is still read for what it is.
    #[cold]
    fn ignored_start(&mut self, tag: &Tag) -> Next {
        self.guard.report.ignored_tags_from.get_or_insert(self.place.0);
        let Some(raw) = raw_of(tag.name) else { return Next::Data };
        if !matches!(tag.name, Name::TITLE | Name::TEXTAREA | Name::XMP) {
            self.guard.dropping = Some(tag.name);
        }
        Next::Raw(raw)
    }

    /// Open elements; not less than there are.
    fn depth(&self) -> usize {
        self.guard.open + (self.arena.len() - self.guard.nodes_at_count)
    }

    /// Whether the depth is below `limit`; counts again if it seems not to be.
    fn is_below(&mut self, limit: usize) -> bool {
        self.depth() < limit || (self.recount() && self.depth() < limit)
    }

    /// Counts what is open. Between two counts the guard knows an upper bound only: a count costs as
    /// much as there is open, hence not at each token; false if it is too early.
    fn recount(&mut self) -> bool {
        if self.guard.tokens_since_count < RECOUNT_AFTER {
            return false;
        }
        // Open formatting elements are in the stack and in the list of active ones.
        let mut held = std::mem::take(&mut self.guard.held);
        held.clear();
        let is_closing = |name| traits::of(name) & CLOSING_EACH_OTHER != 0;
        let open = self.stack.iter().filter(|open| open.has(FORMATTING));
        held.extend(open.map(|open| (open.node, is_closing(open.name))));
        let others = self.stack.len() - held.len();
        let active = self.formatting.iter().filter(|entry| entry.node != NONE);
        held.extend(active.map(|entry| (entry.node, is_closing(entry.name))));
        held.sort_unstable();
        held.dedup();
        let closing = held.iter().filter(|(_, is_closing)| *is_closing).count();
        let pointers = usize::from(self.head != NONE) + usize::from(self.form != NONE);
        let guard = &mut self.guard;
        guard.formatting = held.len() - closing;
        guard.open = others + held.len() + pointers;
        guard.searched += guard.open;
        guard.nodes_at_count = self.arena.len();
        guard.tokens_since_count = 0;
        guard.held = held;
        true
    }

    /// Adds what a tag may cost.
    #[inline]
    fn account_search(&mut self) {
        if self.guard.tokens_since_count >= RECOUNT_BY {
            self.recount();
        }
        self.guard.searched += self.guard.open;
    }

    /// Whether a start tag is let through.
    #[inline]
    fn admits(&mut self, tag: &Tag) -> bool {
        if matches!(tag.name, Name::HTML | Name::BODY) {
            self.guard.root_tags = self.guard.root_tags.saturating_add(1);
            let is_admitted = self.guard.root_tags <= MAX_ROOT_TAGS;
            self.guard.report.repeated_roots += u64::from(!is_admitted);
            return is_admitted;
        }
        if !self.admits_depth(tag) {
            *self.guard.swallowed.entry(tag.name).or_default() += 1;
            self.guard.report.flattened += 1;
            return false;
        }
        if traits::of(tag.name) & FORMATTING != 0 && !self.admits_formatting(tag) {
            *self.guard.swallowed.entry(tag.name).or_default() += 1;
            self.guard.report.unformatted += 1;
            return false;
        }
        true
    }

    #[inline]
    fn admits_depth(&mut self, tag: &Tag) -> bool {
        let lowest = self.guard.limits.depth.saturating_sub(PROSE_LEVELS);
        self.depth() < lowest || self.admits_deep(tag, lowest)
    }

    #[cold]
    fn admits_deep(&mut self, tag: &Tag, lowest: usize) -> bool {
        let nesting = traits::of(tag.name);
        let is_foreign = self.stack.last().is_some_and(Open::is_foreign);
        if nesting & VOID != 0 && !is_foreign {
            return true;
        }
        let limit = if nesting & (VOID | LEAF) != 0 {
            self.guard.limits.depth + SPARE_LEVELS
        } else if nesting & PROSE != 0 {
            self.guard.limits.depth
        } else {
            lowest
        };
        self.is_below(limit) || (tag.is_self_closing && is_foreign)
    }

    fn admits_formatting(&mut self, tag: &Tag) -> bool {
        if traits::of(tag.name) & CLOSING_EACH_OTHER != 0 {
            return true;
        }
        if self.guard.formatting >= self.guard.limits.formatting {
            self.recount();
        }
        let guard = &mut self.guard;
        let open = guard.formatting;
        let attributes = guard.formatting_attributes.max(usize::from(tag.attributes.count));
        let work = guard.formatting_work + open * (1 + attributes);
        if open >= guard.limits.formatting || work > MAX_FORMATTING_WORK {
            return false;
        }
        guard.formatting_attributes = attributes;
        guard.formatting_work = work;
        guard.formatting = open + 1;
        true
    }

    /// Whether an end tag belongs to a swallowed start tag.
    #[inline]
    fn closes_swallowed(&mut self, name: Name) -> bool {
        !self.guard.swallowed.is_empty() && self.closes_one_swallowed(name)
    }

    #[cold]
    fn closes_one_swallowed(&mut self, name: Name) -> bool {
        // Swallowed elements stand on top of what is open. Once less is open, they are closed.
        let below = self.guard.limits.depth.saturating_sub(PROSE_LEVELS);
        if self.recount()
            && self.depth() < below
            && self.guard.formatting < self.guard.limits.formatting
        {
            self.guard.swallowed.clear();
            return false;
        }
        let swallowed = &mut self.guard.swallowed;
        match swallowed.get_mut(&name) {
            Some(1) => swallowed.remove(&name).is_some(),
            Some(count) => {
                *count -= 1;
                true
            }
            None => false,
        }
    }
}

/// How what follows a start tag is read where that is no markup.
pub(in crate::dom) fn raw_of(name: Name) -> Option<Raw> {
    match name {
        Name::SCRIPT => Some(Raw::Script),
        Name::TITLE | Name::TEXTAREA => Some(Raw::Rcdata),
        Name::STYLE
        | Name::XMP
        | Name::IFRAME
        | Name::NOEMBED
        | Name::NOFRAMES
        | Name::NOSCRIPT => Some(Raw::Rawtext),
        _ => None,
    }
}
