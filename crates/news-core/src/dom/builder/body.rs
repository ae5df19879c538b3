//! The insertion mode of the body.

use super::traits::{BUTTON_SCOPE, HEADING, LIST_SCOPE, PASSED_BY_ITEMS, SCOPE, SPECIAL, Space};
use super::{AGAIN, Builder, DONE, Mode, Outcome, Quirks};
use crate::dom::name::Name;
use crate::dom::store::{Piece, Run};
use crate::dom::tokenizer::{Next, Raw, Tag};

impl Builder<'_> {
    #[inline]
    pub(super) fn body_text(&mut self, piece: &Piece) {
        self.reconstruct_formatting();
        self.note_text(piece);
        self.add_text(piece);
    }

    /// Text other than white space speaks against a frameset.
    #[inline]
    pub(super) fn note_text(&mut self, piece: &Piece) {
        if self.is_frameset_ok {
            self.is_frameset_ok = self.store.is_blank(piece);
        }
    }

    pub(super) fn body_start(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            block!() | Name::P => {
                self.close_paragraph();
                self.open_tag(tag);
                DONE
            }
            Name::A => self.anchor_start(tag),
            formatting!() => {
                self.reconstruct_formatting();
                self.open_formatting(tag);
                DONE
            }
            Name::LI | Name::DD | Name::DT => self.item_start(tag),
            Name::AREA | Name::BR | Name::EMBED | Name::IMG | Name::KEYGEN | Name::WBR => {
                self.void_start(tag.name, tag.attributes)
            }
            heading!() => {
                self.close_paragraph();
                if self.stack.last().is_some_and(|open| open.has(HEADING)) {
                    self.stack.pop();
                }
                self.open_tag(tag);
                DONE
            }
            Name::SVG => self.embedded_start(tag, Space::Svg),
            Name::MATH => self.embedded_start(tag, Space::MathMl),
            metadata!() => self.head_start(tag),
            Name::PARAM | Name::SOURCE | Name::TRACK => self.add_void(tag.name, tag.attributes),
            Name::INPUT => self.input_start(tag),
            Name::BUTTON => self.button_start(tag),
            Name::TABLE => {
                if self.quirks != Quirks::Full {
                    self.close_paragraph();
                }
                self.is_frameset_ok = false;
                self.open_in(tag, Mode::InTable)
            }
            table_part!() | Name::FRAME | Name::HEAD => DONE,
            _ => self.rare_start(tag),
        }
    }

    fn rare_start(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::HTML => self.root_again(tag),
            Name::BODY => self.body_again(tag),
            Name::FRAMESET => self.frameset_instead(tag),
            Name::FORM => self.form_start(tag),
            Name::PRE | Name::LISTING => {
                self.close_paragraph();
                self.open_tag(tag);
                self.drops_line_feed = true;
                self.is_frameset_ok = false;
                DONE
            }
            Name::PLAINTEXT => {
                self.close_paragraph();
                self.open_tag(tag);
                Some(Next::Plaintext)
            }
            Name::NOBR => self.nobr_start(tag),
            Name::APPLET | Name::MARQUEE | Name::OBJECT => {
                self.reconstruct_formatting();
                self.open_tag(tag);
                self.mark_formatting();
                self.is_frameset_ok = false;
                DONE
            }
            Name::HR => self.rule_start(tag),
            Name::IMAGE => self.void_start(Name::IMG, tag.attributes),
            Name::TEXTAREA => {
                self.drops_line_feed = true;
                self.is_frameset_ok = false;
                self.open_raw(tag, Raw::Rcdata)
            }
            Name::XMP => {
                self.close_paragraph();
                self.reconstruct_formatting();
                self.is_frameset_ok = false;
                self.open_raw(tag, Raw::Rawtext)
            }
            Name::IFRAME => {
                self.is_frameset_ok = false;
                self.open_raw(tag, Raw::Rawtext)
            }
            Name::NOEMBED => self.open_raw(tag, Raw::Rawtext),
            Name::NOSCRIPT if self.is_scripting => self.open_raw(tag, Raw::Rawtext),
            Name::SELECT => self.select_start(tag),
            Name::OPTION | Name::OPTGROUP => self.option_start(tag),
            Name::RB | Name::RTC | Name::RP | Name::RT => self.ruby_start(tag),
            _ => {
                self.reconstruct_formatting();
                self.open_tag(tag);
                DONE
            }
        }
    }

    /// Closes an open paragraph.
    #[inline]
    pub(super) fn close_paragraph(&mut self) {
        if self.stack.has_in_scope(Name::P, BUTTON_SCOPE) {
            self.close_known(Name::P);
        }
    }

    /// Closes an element that is in scope, and what is open in it.
    #[inline]
    fn close_known(&mut self, name: Name) {
        self.stack.pop_implied(Some(name));
        self.stack.pop_through(name);
    }

    fn root_again(&mut self, tag: &Tag) -> Outcome {
        if !self.stack.holds(Name::TEMPLATE) {
            self.add_missing(self.root(), tag.attributes);
        }
        DONE
    }

    /// The body, if it is open.
    fn body(&self) -> Option<u32> {
        self.stack.get(1).filter(|open| open.is(Name::BODY)).map(|open| open.node)
    }

    fn body_again(&mut self, tag: &Tag) -> Outcome {
        if let Some(body) = self.body()
            && !self.stack.holds(Name::TEMPLATE)
        {
            self.is_frameset_ok = false;
            self.add_missing(body, tag.attributes);
        }
        DONE
    }

    fn frameset_instead(&mut self, tag: &Tag) -> Outcome {
        if self.is_frameset_ok
            && let Some(body) = self.body()
        {
            self.arena.link();
            self.arena.take(body);
            self.stack.truncate(1);
            self.open_tag(tag);
            self.mode = Mode::InFrameset;
        }
        DONE
    }

    fn item_start(&mut self, tag: &Tag) -> Outcome {
        self.is_frameset_ok = false;
        if let Some(open) = self.open_item(tag.name) {
            self.close_known(open);
        }
        self.close_paragraph();
        self.open_tag(tag);
        DONE
    }

    /// The item that a new one closes.
    #[inline]
    fn open_item(&self, name: Name) -> Option<Name> {
        let closed: [Name; 2] = if name == Name::LI { [name, name] } else { [Name::DD, Name::DT] };
        if !closed.iter().any(|name| self.stack.holds(*name)) {
            return None;
        }
        for open in self.stack.iter().rev() {
            if closed.iter().any(|name| open.is(*name)) {
                return Some(open.name);
            }
            if open.has(SPECIAL) && !open.has(PASSED_BY_ITEMS) {
                return None;
            }
        }
        None
    }

    fn anchor_start(&mut self, tag: &Tag) -> Outcome {
        if let Some(index) = self.active(Name::A) {
            let node = self.formatting[index].node;
            if !self.adopt(Name::A) {
                self.close_any(Name::A);
            }
            self.forget_active(node);
            if let Some(index) = self.stack.position(node) {
                self.stack.remove(index);
            }
        }
        self.reconstruct_formatting();
        self.open_formatting(tag);
        DONE
    }

    fn nobr_start(&mut self, tag: &Tag) -> Outcome {
        self.reconstruct_formatting();
        if self.stack.has_in_scope(Name::NOBR, SCOPE) {
            if !self.adopt(Name::NOBR) {
                self.close_any(Name::NOBR);
            }
            self.reconstruct_formatting();
        }
        self.open_formatting(tag);
        DONE
    }

    fn void_start(&mut self, name: Name, run: Run) -> Outcome {
        self.reconstruct_formatting();
        self.is_frameset_ok = false;
        self.add_void(name, run)
    }

    fn ruby_start(&mut self, tag: &Tag) -> Outcome {
        if self.stack.has_in_scope(Name::RUBY, SCOPE) {
            let is_text = matches!(tag.name, Name::RP | Name::RT);
            self.stack.pop_implied(is_text.then_some(Name::RTC));
        }
        self.open_tag(tag);
        DONE
    }

    fn embedded_start(&mut self, tag: &Tag, space: Space) -> Outcome {
        self.reconstruct_formatting();
        self.add_foreign(tag, space)
    }

    pub(super) fn body_end(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            block!() | Name::BUTTON | Name::LISTING | Name::PRE | Name::SELECT => {
                self.close_block(tag.name);
            }
            formatting!() | Name::A | Name::NOBR => {
                if !self.adopt(tag.name) {
                    self.close_any(tag.name);
                }
            }
            Name::P => {
                if !self.stack.has_in_scope(Name::P, BUTTON_SCOPE) {
                    self.open_implied(Name::P);
                }
                self.close_known(Name::P);
            }
            Name::LI | Name::DD | Name::DT => {
                let bounds = if tag.name == Name::LI { LIST_SCOPE } else { SCOPE };
                if self.stack.has_in_scope(tag.name, bounds) {
                    self.close_known(tag.name);
                }
            }
            heading!() => {
                if self.stack.has_any_in_scope(HEADING, SCOPE) {
                    self.stack.pop_implied(None);
                    self.stack.pop_through_any(HEADING);
                }
            }
            Name::TEMPLATE => return self.end_template(),
            Name::BODY | Name::HTML => return self.end_body(tag.name),
            Name::FORM => self.form_end(),
            Name::APPLET | Name::MARQUEE | Name::OBJECT => {
                if self.close_block(tag.name) {
                    self.clear_formatting();
                }
            }
            Name::BR => return self.void_start(Name::BR, Run::default()),
            _ => self.close_any(tag.name),
        }
        DONE
    }

    /// Closes an element if it is in scope; false if it is not.
    #[inline]
    pub(super) fn close_block(&mut self, name: Name) -> bool {
        let is_open = self.stack.has_in_scope(name, SCOPE);
        if is_open {
            self.stack.pop_implied(None);
            self.stack.pop_through(name);
        }
        is_open
    }

    fn end_body(&mut self, name: Name) -> Outcome {
        if !self.stack.has_in_scope(Name::BODY, SCOPE) {
            return DONE;
        }
        self.mode = Mode::AfterBody;
        if name == Name::HTML { AGAIN } else { DONE }
    }

    /// Any other end tag: closes the element of its name, unless a special one is open in it.
    fn close_any(&mut self, name: Name) {
        if self.stack.lacks(name) {
            return;
        }
        let found = self.stack.iter().rposition(|open| open.is(name) || open.has(SPECIAL));
        let Some(index) = found else { return };
        if !self.stack.get(index).is_some_and(|open| open.is(name)) {
            return;
        }
        self.stack.truncate(index);
    }
}
