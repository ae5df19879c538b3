//! The insertion modes around the body: what comes before it, text, templates, what comes after, and
//! framesets.

use super::stack::Open;
use super::traits::{IMPLIED_END, THOROUGH_END};
use super::{AGAIN, Builder, DONE, Mode, NONE, Outcome, Quirks};
use crate::dom::name::Name;
use crate::dom::store::Run;
use crate::dom::tokenizer::{Raw, Tag};

impl Builder<'_> {
    /// The end of the page; to be looked at again, or done with.
    pub(super) fn end_of_page(&mut self) -> Outcome {
        match self.mode {
            Mode::Initial => self.end_initial(),
            Mode::BeforeHtml => self.end_before_html(),
            Mode::BeforeHead => self.end_before_head(),
            Mode::InHead => self.end_head(),
            Mode::InHeadNoscript => self.end_head_noscript(),
            Mode::AfterHead => self.end_after_head(),
            Mode::Text => {
                self.text_end();
                AGAIN
            }
            Mode::InTableText => self.end_table_text(),
            Mode::AfterBody
            | Mode::InFrameset
            | Mode::AfterFrameset
            | Mode::AfterAfterBody
            | Mode::AfterAfterFrameset => DONE,
            _ if self.templates.is_empty() || !self.stack.holds(Name::TEMPLATE) => DONE,
            _ => {
                self.close_template();
                AGAIN
            }
        }
    }

    pub(super) fn end_initial(&mut self) -> Outcome {
        self.quirks = Quirks::Full;
        self.again_in(Mode::BeforeHtml)
    }

    pub(super) fn end_before_html(&mut self) -> Outcome {
        self.open_root(Run::default());
        self.again_in(Mode::BeforeHead)
    }

    pub(super) fn before_html_start(&mut self, tag: &Tag) -> Outcome {
        if tag.name != Name::HTML {
            return self.end_before_html();
        }
        self.open_root(tag.attributes);
        self.mode = Mode::BeforeHead;
        DONE
    }

    pub(super) fn end_before_head(&mut self) -> Outcome {
        self.head = self.open_implied(Name::HEAD);
        self.again_in(Mode::InHead)
    }

    pub(super) fn before_head_start(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::HTML => self.body_start(tag),
            Name::HEAD => {
                self.head = self.open_tag(tag);
                self.mode = Mode::InHead;
                DONE
            }
            _ => self.end_before_head(),
        }
    }

    /// An end tag before, or right after, the head.
    pub(super) fn early_end(&mut self, mode: Mode, tag: &Tag) -> Outcome {
        match (mode, tag.name) {
            (Mode::AfterHead, Name::TEMPLATE) => self.end_template(),
            (Mode::AfterHead, Name::BODY | Name::HTML | Name::BR) => self.end_after_head(),
            (Mode::BeforeHtml, Name::HEAD | Name::BODY | Name::HTML | Name::BR) => {
                self.end_before_html()
            }
            (Mode::BeforeHead, Name::HEAD | Name::BODY | Name::HTML | Name::BR) => {
                self.end_before_head()
            }
            _ => DONE,
        }
    }

    pub(super) fn end_head(&mut self) -> Outcome {
        self.leave_to(Mode::AfterHead)
    }

    pub(super) fn head_start(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::HTML => self.body_start(tag),
            Name::HEAD => DONE,
            _ => self.metadata_start(tag).unwrap_or_else(|| self.end_head()),
        }
    }

    /// What the head is made of, wherever it stands; `None` for any other start tag.
    #[inline]
    fn metadata_start(&mut self, tag: &Tag) -> Option<Outcome> {
        let outcome = match tag.name {
            head_void!() => self.add_void(tag.name, tag.attributes),
            Name::TITLE => self.open_raw(tag, Raw::Rcdata),
            Name::NOSCRIPT if !self.is_scripting => self.open_in(tag, Mode::InHeadNoscript),
            Name::NOFRAMES | Name::STYLE | Name::NOSCRIPT => self.open_raw(tag, Raw::Rawtext),
            Name::SCRIPT => self.open_raw(tag, Raw::Script),
            Name::TEMPLATE => self.start_template(tag),
            _ => return None,
        };
        Some(outcome)
    }

    fn start_template(&mut self, tag: &Tag) -> Outcome {
        self.mark_formatting();
        self.is_frameset_ok = false;
        self.templates.push(Mode::InTemplate);
        self.open_in(tag, Mode::InTemplate)
    }

    /// `</template>`.
    pub(super) fn end_template(&mut self) -> Outcome {
        if self.stack.holds(Name::TEMPLATE) {
            while self.stack.last().is_some_and(|open| open.has(IMPLIED_END | THOROUGH_END)) {
                self.stack.pop();
            }
            self.close_template();
        }
        DONE
    }

    fn close_template(&mut self) {
        self.stack.pop_through(Name::TEMPLATE);
        self.clear_formatting();
        self.templates.pop();
        self.reset_mode();
    }

    pub(super) fn head_end(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::HEAD => {
                self.end_head();
                DONE
            }
            Name::BODY | Name::HTML | Name::BR => self.end_head(),
            Name::TEMPLATE => self.end_template(),
            _ => DONE,
        }
    }

    pub(super) fn end_head_noscript(&mut self) -> Outcome {
        self.leave_to(Mode::InHead)
    }

    pub(super) fn head_noscript_start(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::HTML => self.body_start(tag),
            Name::BASEFONT
            | Name::BGSOUND
            | Name::LINK
            | Name::META
            | Name::NOFRAMES
            | Name::STYLE => self.head_start(tag),
            Name::HEAD | Name::NOSCRIPT => DONE,
            _ => self.end_head_noscript(),
        }
    }

    pub(super) fn head_noscript_end(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::NOSCRIPT => {
                self.end_head_noscript();
                DONE
            }
            Name::BR => self.end_head_noscript(),
            _ => DONE,
        }
    }

    pub(super) fn end_after_head(&mut self) -> Outcome {
        self.open_implied(Name::BODY);
        self.again_in(Mode::InBody)
    }

    pub(super) fn after_head_start(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::HTML => self.body_start(tag),
            Name::BODY => {
                self.is_frameset_ok = false;
                self.open_in(tag, Mode::InBody)
            }
            Name::FRAMESET => self.open_in(tag, Mode::InFrameset),
            metadata!() => self.late_metadata(tag),
            Name::HEAD => DONE,
            _ => self.end_after_head(),
        }
    }

    /// What belongs into the head goes there, though the head is closed.
    fn late_metadata(&mut self, tag: &Tag) -> Outcome {
        let (head, index) = (self.head, self.stack.len());
        self.arena.reopen(head);
        let traits = self.traits_of(Name::HEAD);
        self.stack.push(Open { node: head, name: Name::HEAD, traits });
        let outcome = self.head_start(tag);
        if self.stack.get(index).is_some_and(|open| open.node == head) {
            self.stack.remove(index);
        }
        outcome
    }

    /// The end tag of what was read as text.
    pub(super) fn text_end(&mut self) -> Outcome {
        self.stack.pop();
        self.mode = self.original;
        DONE
    }

    pub(super) fn template_start(&mut self, tag: &Tag) -> Outcome {
        let mode = match tag.name {
            metadata!() => return self.head_start(tag),
            table_section!() | Name::CAPTION | Name::COLGROUP => Mode::InTable,
            Name::COL => Mode::InColumnGroup,
            Name::TR => Mode::InTableBody,
            cell!() => Mode::InRow,
            _ => Mode::InBody,
        };
        self.templates.pop();
        self.templates.push(mode);
        self.again_in(mode)
    }

    pub(super) fn template_end_tag(&mut self, tag: &Tag) -> Outcome {
        if tag.name == Name::TEMPLATE { self.end_template() } else { DONE }
    }

    pub(super) fn after_body_start(&mut self, tag: &Tag) -> Outcome {
        if tag.name == Name::HTML {
            return self.body_start(tag);
        }
        self.again_in(Mode::InBody)
    }

    pub(super) fn after_body_end(&mut self, mode: Mode, tag: &Tag) -> Outcome {
        if mode == Mode::AfterBody && tag.name == Name::HTML {
            self.mode = Mode::AfterAfterBody;
            return DONE;
        }
        self.again_in(Mode::InBody)
    }

    pub(super) fn frameset_start(&mut self, mode: Mode, tag: &Tag) -> Outcome {
        match (mode, tag.name) {
            (_, Name::HTML) => self.body_start(tag),
            (_, Name::NOFRAMES) => self.head_start(tag),
            (Mode::InFrameset, Name::FRAMESET) => {
                self.open_tag(tag);
                DONE
            }
            (Mode::InFrameset, Name::FRAME) => self.add_void(tag.name, tag.attributes),
            _ => DONE,
        }
    }

    pub(super) fn frameset_end(&mut self, tag: &Tag) -> Outcome {
        if tag.name == Name::FRAMESET && self.stack.len() > 1 {
            self.stack.pop();
            if !self.stack.ends_with(Name::FRAMESET) {
                self.mode = Mode::AfterFrameset;
            }
        }
        DONE
    }

    /// Resets the insertion mode appropriately.
    pub(super) fn reset_mode(&mut self) {
        let outwards = self.stack.iter().enumerate().rev().filter(|(_, open)| !open.is_foreign());
        let mut modes = outwards.filter_map(|(index, open)| {
            let mode = match open.name {
                cell!() if index > 0 => Mode::InCell,
                Name::TR => Mode::InRow,
                table_section!() => Mode::InTableBody,
                Name::CAPTION => Mode::InCaption,
                Name::COLGROUP => Mode::InColumnGroup,
                Name::TABLE => Mode::InTable,
                Name::TEMPLATE => *self.templates.last()?,
                Name::HEAD if index > 0 => Mode::InHead,
                Name::BODY => Mode::InBody,
                Name::FRAMESET => Mode::InFrameset,
                Name::HTML if self.head == NONE => Mode::BeforeHead,
                Name::HTML => Mode::AfterHead,
                _ => return None,
            };
            Some(mode)
        });
        self.mode = modes.next().unwrap_or(Mode::InBody);
    }
}
