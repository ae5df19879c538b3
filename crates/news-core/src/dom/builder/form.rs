//! Forms and what stands in them.

use super::traits::SCOPE;
use super::{Builder, DONE, NONE, Outcome};
use crate::dom::name::Name;
use crate::dom::tokenizer::Tag;

impl Builder<'_> {
    pub(super) fn form_start(&mut self, tag: &Tag) -> Outcome {
        let is_in_template = self.stack.holds(Name::TEMPLATE);
        if self.form == NONE || is_in_template {
            self.close_paragraph();
            let form = self.open_tag(tag);
            if !is_in_template {
                self.form = form;
            }
        }
        DONE
    }

    pub(super) fn button_start(&mut self, tag: &Tag) -> Outcome {
        self.close_block(Name::BUTTON);
        self.reconstruct_formatting();
        self.open_tag(tag);
        self.is_frameset_ok = false;
        DONE
    }

    /// Whether an `input` is not to be seen.
    pub(super) fn is_hidden_input(&self, tag: &Tag) -> bool {
        self.store
            .find(tag.attributes, Name::TYPE)
            .is_some_and(|kind| kind.eq_ignore_ascii_case("hidden"))
    }

    /// Closes a list of choices; false if none is open here.
    fn closes_select(&mut self) -> bool {
        let is_open = self.stack.has_in_scope(Name::SELECT, SCOPE);
        if is_open {
            self.stack.pop_through(Name::SELECT);
        }
        is_open
    }

    pub(super) fn input_start(&mut self, tag: &Tag) -> Outcome {
        self.closes_select();
        self.reconstruct_formatting();
        self.is_frameset_ok &= self.is_hidden_input(tag);
        self.add_void(tag.name, tag.attributes)
    }

    pub(super) fn rule_start(&mut self, tag: &Tag) -> Outcome {
        self.close_paragraph();
        if self.stack.has_in_scope(Name::SELECT, SCOPE) {
            self.stack.pop_implied(None);
        }
        self.is_frameset_ok = false;
        self.add_void(tag.name, tag.attributes)
    }

    pub(super) fn select_start(&mut self, tag: &Tag) -> Outcome {
        if !self.closes_select() {
            self.reconstruct_formatting();
            self.open_tag(tag);
            self.is_frameset_ok = false;
        }
        DONE
    }

    pub(super) fn option_start(&mut self, tag: &Tag) -> Outcome {
        if self.stack.has_in_scope(Name::SELECT, SCOPE) {
            self.stack.pop_implied((tag.name == Name::OPTION).then_some(Name::OPTGROUP));
        } else if self.stack.ends_with(Name::OPTION) {
            self.stack.pop();
        }
        self.reconstruct_formatting();
        self.open_tag(tag);
        DONE
    }

    pub(super) fn form_end(&mut self) {
        if self.stack.holds(Name::TEMPLATE) {
            self.close_block(Name::FORM);
            return;
        }
        let form = std::mem::replace(&mut self.form, NONE);
        if form == NONE || !self.stack.finds(|open| open.node == form, SCOPE) {
            return;
        }
        self.stack.pop_implied(None);
        if let Some(index) = self.stack.position(form) {
            self.stack.remove(index);
        }
    }
}
