//! The tree construction of the WHATWG standard: tokens in, nodes out.
//!
//! Each insertion mode is a match on the mode and the number of the tag's name. No script is run, no
//! error is reported, and there is no fragment case. What a page may make the builder do is bounded
//! by [`limits`].
#![expect(clippy::unnested_or_patterns, reason = "patterns of groups stand beside single names")]

#[macro_use]
mod groups;
mod body;
mod characters;
mod foreign;
mod form;
mod formatting;
mod insert;
#[cfg(test)]
mod kept;
mod limits;
mod modes;
mod quirks;
mod stack;
mod table;
mod traits;

use super::arena::{Arena, NONE};
use super::name::Name;
use super::store::{Piece, Store};
use super::tokenizer::{Doctype, Next, Sink, Span, Tag};
use super::{Dom, NodeId};

use formatting::Entry;
#[cfg(test)]
pub(super) use kept::{Kept, Shown, What};
use limits::Guard;
#[cfg(feature = "bench")]
pub(super) use limits::raw_of;
pub(super) use limits::{GuardLimits, GuardReport};
pub(super) use quirks::Quirks;
use stack::{Open, Stack};
#[cfg(test)]
pub(super) use traits::Space;

/// The insertion modes of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Initial,
    BeforeHtml,
    BeforeHead,
    InHead,
    InHeadNoscript,
    AfterHead,
    InBody,
    Text,
    InTable,
    InTableText,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InTemplate,
    AfterBody,
    InFrameset,
    AfterFrameset,
    AfterAfterBody,
    AfterAfterFrameset,
}

/// What a tag came to: how to go on reading, or that it is to be looked at again in another mode.
type Outcome = Option<Next>;

/// To be looked at again, the mode having changed.
const AGAIN: Outcome = None;
/// Done with.
const DONE: Outcome = Some(Next::Data);

/// To be looked at again if that closed what stood around it, else done with.
fn again_if(has_closed: bool) -> Outcome {
    if has_closed { AGAIN } else { DONE }
}

/// The tree builder.
#[expect(clippy::struct_excessive_bools, reason = "the flags of the standard")]
#[derive(Debug)]
pub(super) struct Builder<'t> {
    store: Store<'t>,
    pub(super) arena: Arena,
    stack: Stack,
    /// Active formatting elements and markers.
    formatting: Vec<Entry>,
    mode: Mode,
    /// The mode to return to from text.
    original: Mode,
    /// Modes of open templates.
    templates: Vec<Mode>,
    head: NodeId,
    form: NodeId,
    /// Text in a table, before it is known whether it may stay there.
    pending: Vec<Piece>,
    is_frameset_ok: bool,
    /// Whether a line feed is dropped that follows.
    drops_line_feed: bool,
    is_fostering: bool,
    pub(super) quirks: Quirks,
    is_scripting: bool,
    /// Where the token stands that is looked at.
    place: Span,
    /// Whether the attributes of the tag are in use.
    is_taken: bool,
    guard: Guard,
    #[cfg(test)]
    pub(super) kept: Option<Kept>,
}

impl<'t> Builder<'t> {
    /// A builder for `page`; `is_scripting` says how `noscript` is read.
    pub(super) fn new(page: &'t str, is_scripting: bool, limits: GuardLimits) -> Self {
        Self {
            store: Store::new(page),
            arena: Arena::new(page.len()),
            stack: Stack::new(),
            formatting: Vec::new(),
            mode: Mode::Initial,
            original: Mode::Initial,
            templates: Vec::new(),
            head: NONE,
            form: NONE,
            pending: Vec::new(),
            is_frameset_ok: true,
            drops_line_feed: false,
            is_fostering: false,
            quirks: Quirks::None,
            is_scripting,
            place: (0, 0),
            is_taken: false,
            guard: Guard::new(limits),
            #[cfg(test)]
            kept: None,
        }
    }

    /// The tree, once the end of the page has come; what the limits kept from it; and the number of
    /// open elements that tags may have made the builder look through.
    pub(super) fn finish(self) -> (Dom<'t>, GuardReport, usize) {
        let Guard { report, searched, .. } = self.guard;
        (self.arena.finish(self.store), report, searched)
    }

    /// A start tag that the limits let through.
    fn start(&mut self, tag: &Tag) -> Next {
        self.drops_line_feed = false;
        loop {
            let outcome = if self.is_foreign_start(tag.name) {
                self.foreign_start(tag)
            } else {
                self.start_in(self.mode, tag)
            };
            if let Some(next) = outcome {
                return next;
            }
        }
    }

    /// A start tag by the rules of a mode.
    #[inline]
    fn start_in(&mut self, mode: Mode, tag: &Tag) -> Outcome {
        match mode {
            Mode::InBody => self.body_start(tag),
            Mode::InCell => self.cell_start(tag),
            Mode::InRow => self.row_start(tag),
            Mode::InTableBody => self.table_body_start(tag),
            Mode::InTable => self.table_start(tag),
            Mode::InTableText => self.end_table_text(),
            Mode::InCaption => self.caption_start(tag),
            Mode::InColumnGroup => self.column_group_start(tag),
            Mode::InTemplate => self.template_start(tag),
            Mode::Initial => self.end_initial(),
            Mode::BeforeHtml => self.before_html_start(tag),
            Mode::BeforeHead => self.before_head_start(tag),
            Mode::InHead => self.head_start(tag),
            Mode::InHeadNoscript => self.head_noscript_start(tag),
            Mode::AfterHead => self.after_head_start(tag),
            Mode::AfterBody | Mode::AfterAfterBody => self.after_body_start(tag),
            Mode::InFrameset | Mode::AfterFrameset | Mode::AfterAfterFrameset => {
                self.frameset_start(mode, tag)
            }
            // The tokenizer gives none before the end tag.
            Mode::Text => DONE,
        }
    }

    /// An end tag that the limits let through.
    fn end_of(&mut self, tag: &Tag) {
        self.drops_line_feed = false;
        loop {
            let is_foreign = self.stack.last().is_some_and(Open::is_foreign);
            let outcome =
                if is_foreign { self.foreign_end(tag) } else { self.end_in(self.mode, tag) };
            if outcome.is_some() {
                return;
            }
        }
    }

    /// An end tag by the rules of a mode.
    fn end_in(&mut self, mode: Mode, tag: &Tag) -> Outcome {
        match mode {
            Mode::InBody => self.body_end(tag),
            Mode::Text => self.text_end(),
            Mode::InCell => self.cell_end(tag),
            Mode::InRow => self.row_end(tag),
            Mode::InTableBody => self.table_body_end(tag),
            Mode::InTable => self.table_end(tag),
            Mode::InTableText => self.end_table_text(),
            Mode::InCaption => self.caption_end(tag),
            Mode::InColumnGroup => self.column_group_end(tag),
            Mode::InTemplate => self.template_end_tag(tag),
            Mode::Initial => self.end_initial(),
            Mode::BeforeHtml | Mode::BeforeHead | Mode::AfterHead => self.early_end(mode, tag),
            Mode::InHead => self.head_end(tag),
            Mode::InHeadNoscript => self.head_noscript_end(tag),
            Mode::AfterBody | Mode::AfterAfterBody => self.after_body_end(mode, tag),
            Mode::InFrameset => self.frameset_end(tag),
            Mode::AfterFrameset => {
                if tag.name == Name::HTML {
                    self.mode = Mode::AfterAfterFrameset;
                }
                DONE
            }
            Mode::AfterAfterFrameset => DONE,
        }
    }

    /// Goes over to a mode, in which the token is looked at again.
    #[inline]
    fn again_in(&mut self, mode: Mode) -> Outcome {
        self.mode = mode;
        AGAIN
    }

    /// Closes the current element, and looks at the token again in the mode around it.
    fn leave_to(&mut self, mode: Mode) -> Outcome {
        self.stack.pop();
        self.again_in(mode)
    }

    /// Opens the element of a tag, and goes over to the mode in it.
    #[inline]
    fn open_in(&mut self, tag: &Tag, mode: Mode) -> Outcome {
        self.open_tag(tag);
        self.mode = mode;
        DONE
    }

    /// Goes over to reading the text of the element just opened.
    fn read_text(&mut self) {
        self.original = self.mode;
        self.mode = Mode::Text;
    }
}

impl<'t> Sink<'t> for Builder<'t> {
    #[inline]
    fn store(&mut self) -> &mut Store<'t> {
        &mut self.store
    }

    fn start_tag(&mut self, tag: &Tag) -> Next {
        (self.place, self.is_taken) = (tag.place, false);
        let next = self.guarded_start(tag);
        if !self.is_taken {
            self.store.forget(tag.mark);
        }
        next
    }

    fn end_tag(&mut self, tag: &Tag) {
        self.place = tag.place;
        self.guarded_end(tag);
    }

    fn text(&mut self, piece: Piece) {
        self.place = piece.place;
        if !self.lets_through() {
            return;
        }
        let mut piece = piece;
        if std::mem::take(&mut self.drops_line_feed) && self.store.text(&piece).starts_with('\n') {
            piece = piece.split_at(1).1;
        }
        self.characters(piece);
    }

    fn nul(&mut self, place: Span) {
        self.place = place;
        if self.lets_through() {
            self.drops_line_feed = false;
            self.nul_character(place);
        }
    }

    fn comment(&mut self, text: Span, place: Span) {
        self.place = place;
        if self.lets_through() {
            self.drops_line_feed = false;
            self.insert_comment(text);
        }
    }

    fn doctype(&mut self, doctype: &Doctype, place: Span) {
        self.place = place;
        if !self.lets_through() {
            return;
        }
        self.drops_line_feed = false;
        if self.mode == Mode::Initial {
            self.quirks = quirks::of(doctype, self.store.page);
            self.mode = Mode::BeforeHtml;
            #[cfg(test)]
            self.keep_doctype(doctype);
        }
    }

    fn end(&mut self, place: Span) {
        self.place = place;
        while self.end_of_page().is_none() {}
    }

    #[inline]
    fn is_foreign(&self) -> bool {
        self.stack.last().is_some_and(Open::is_foreign)
    }
}
