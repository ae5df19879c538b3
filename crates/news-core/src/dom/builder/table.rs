//! The insertion modes of tables.

#[cfg(test)]
use super::stack::Open;
use super::traits::{
    BODY_CONTEXT, CELL, FOSTERING, ROW_CONTEXT, SECTION, TABLE_SCOPE, TEMPLATE, Traits,
};
use super::{AGAIN, Builder, DONE, Mode, NONE, Outcome};
use crate::dom::name::Name;
use crate::dom::store::Piece;
use crate::dom::tokenizer::Tag;

impl Builder<'_> {
    /// Text in a table: kept until it is known whether it is white space only.
    pub(super) fn table_text(&mut self, piece: &Piece) {
        if self.stack.last().is_some_and(|open| open.has(self.text_holders())) {
            self.original = self.mode;
            self.mode = Mode::InTableText;
            self.pending.push(*piece);
        } else {
            self.fostering(|builder| builder.body_text(piece));
        }
    }

    /// Elements in which text of tables is kept for the time being.
    #[cfg_attr(not(test), expect(clippy::unused_self, reason = "in tests the builder may depart"))]
    fn text_holders(&self) -> Traits {
        #[cfg(test)]
        if self.departs() {
            return FOSTERING;
        }
        FOSTERING | TEMPLATE
    }

    /// Text in a table is complete: white space stays, all else goes before the table. It stands where the
    /// token does that ends it, so that the source of a table reaches over its end tag.
    pub(super) fn end_table_text(&mut self) -> Outcome {
        self.mode = self.original;
        let mut pending = std::mem::take(&mut self.pending);
        let is_space = |piece| self.store.text(piece).bytes().all(|b| b.is_ascii_whitespace());
        let stays = pending.iter().all(is_space);
        for piece in pending.drain(..) {
            let piece = Piece { place: self.place, ..piece };
            if stays {
                self.add_text(&piece);
            } else {
                self.fostering(|builder| builder.body_text(&piece));
            }
        }
        self.pending = pending;
        AGAIN
    }

    /// What does by the rules of the body what may not stand in a table: it goes before it.
    fn fostering<T>(&mut self, body: impl FnOnce(&mut Self) -> T) -> T {
        self.is_fostering = true;
        let done = body(self);
        self.is_fostering = false;
        done
    }

    pub(super) fn table_start(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::CAPTION => {
                self.stack.pop_to(TABLE_SCOPE);
                self.mark_formatting();
                self.open_in(tag, Mode::InCaption)
            }
            Name::COLGROUP => {
                self.stack.pop_to(TABLE_SCOPE);
                self.open_in(tag, Mode::InColumnGroup)
            }
            Name::COL => {
                self.stack.pop_to(TABLE_SCOPE);
                self.open_implied(Name::COLGROUP);
                self.again_in(Mode::InColumnGroup)
            }
            Name::TBODY | Name::TFOOT | Name::THEAD => {
                self.stack.pop_to(TABLE_SCOPE);
                self.open_in(tag, Mode::InTableBody)
            }
            Name::TD | Name::TH | Name::TR => {
                self.stack.pop_to(TABLE_SCOPE);
                self.open_implied(Name::TBODY);
                self.again_in(Mode::InTableBody)
            }
            Name::TABLE => {
                if self.closes_table() {
                    AGAIN
                } else {
                    DONE
                }
            }
            Name::STYLE | Name::SCRIPT | Name::TEMPLATE => self.head_start(tag),
            Name::INPUT if self.is_hidden_input(tag) => self.add_void(tag.name, tag.attributes),
            Name::FORM => {
                if self.form == NONE && !self.stack.holds(Name::TEMPLATE) {
                    self.form = self.add_html(tag.name, tag.attributes);
                }
                DONE
            }
            _ => self.fostering(|builder| builder.body_start(tag)),
        }
    }

    fn open_in(&mut self, tag: &Tag, mode: Mode) -> Outcome {
        self.open_tag(tag);
        self.mode = mode;
        DONE
    }

    fn again_in(&mut self, mode: Mode) -> Outcome {
        self.mode = mode;
        AGAIN
    }

    /// Closes the table, if one is open here.
    fn closes_table(&mut self) -> bool {
        let is_open = self.stack.has_in_scope(Name::TABLE, TABLE_SCOPE);
        if is_open {
            self.stack.pop_through(Name::TABLE);
            self.reset_mode();
        }
        is_open
    }

    pub(super) fn table_end(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::TABLE => {
                self.closes_table();
                DONE
            }
            Name::BODY
            | Name::CAPTION
            | Name::COL
            | Name::COLGROUP
            | Name::HTML
            | Name::TBODY
            | Name::TD
            | Name::TFOOT
            | Name::TH
            | Name::THEAD
            | Name::TR => DONE,
            Name::TEMPLATE => self.end_template(),
            _ => self.fostering(|builder| builder.body_end(tag)),
        }
    }

    pub(super) fn caption_start(&mut self, tag: &Tag) -> Outcome {
        if !is_part(tag.name) {
            return self.body_start(tag);
        }
        if self.closes_caption() { AGAIN } else { DONE }
    }

    pub(super) fn caption_end(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::CAPTION => {
                self.closes_caption();
                DONE
            }
            Name::TABLE => {
                if self.closes_caption() {
                    AGAIN
                } else {
                    DONE
                }
            }
            Name::BODY
            | Name::COL
            | Name::COLGROUP
            | Name::HTML
            | Name::TBODY
            | Name::TD
            | Name::TFOOT
            | Name::TH
            | Name::THEAD
            | Name::TR => DONE,
            _ => self.body_end(tag),
        }
    }

    fn closes_caption(&mut self) -> bool {
        let is_open = self.stack.has_in_scope(Name::CAPTION, TABLE_SCOPE);
        if is_open {
            self.stack.pop_implied(None);
            self.stack.pop_through(Name::CAPTION);
            self.clear_formatting();
            self.mode = Mode::InTable;
        }
        is_open
    }

    pub(super) fn column_group_start(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::HTML => self.body_start(tag),
            Name::COL => self.add_void(tag.name, tag.attributes),
            Name::TEMPLATE => self.head_start(tag),
            _ => self.end_column_group(),
        }
    }

    /// Closes the group of columns, for what cannot stand in it; ignores that where none is open.
    pub(super) fn end_column_group(&mut self) -> Outcome {
        if !self.stack.ends_with(Name::COLGROUP) {
            return DONE;
        }
        self.stack.pop();
        self.again_in(Mode::InTable)
    }

    pub(super) fn column_group_end(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::COLGROUP => {
                self.end_column_group();
                DONE
            }
            Name::COL => DONE,
            Name::TEMPLATE => self.end_template(),
            _ => self.end_column_group(),
        }
    }

    pub(super) fn table_body_start(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::TR => {
                self.stack.pop_to(BODY_CONTEXT);
                self.open_in(tag, Mode::InRow)
            }
            Name::TH | Name::TD => {
                self.stack.pop_to(BODY_CONTEXT);
                self.open_implied(Name::TR);
                self.again_in(Mode::InRow)
            }
            Name::CAPTION
            | Name::COL
            | Name::COLGROUP
            | Name::TBODY
            | Name::TFOOT
            | Name::THEAD => self.end_table_body(),
            _ => self.table_start(tag),
        }
    }

    /// Closes the part of the table, for what cannot stand in it; ignores that where none is open.
    fn end_table_body(&mut self) -> Outcome {
        if !self.has_table_body() {
            return DONE;
        }
        self.stack.pop_to(BODY_CONTEXT);
        self.stack.pop();
        self.again_in(Mode::InTable)
    }

    fn has_table_body(&self) -> bool {
        #[cfg(test)]
        if self.departs() {
            let names = [Name::TABLE, Name::TBODY, Name::TFOOT];
            let is_one = |open: &Open| names.iter().any(|name| open.is(*name));
            return self.stack.finds(is_one, TABLE_SCOPE);
        }
        self.stack.has_any_in_scope(SECTION, TABLE_SCOPE)
    }

    pub(super) fn table_body_end(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::TBODY | Name::TFOOT | Name::THEAD => {
                if self.stack.has_in_scope(tag.name, TABLE_SCOPE) {
                    self.stack.pop_to(BODY_CONTEXT);
                    self.stack.pop();
                    self.mode = Mode::InTable;
                }
                DONE
            }
            Name::TABLE => self.end_table_body(),
            Name::BODY
            | Name::CAPTION
            | Name::COL
            | Name::COLGROUP
            | Name::HTML
            | Name::TD
            | Name::TH
            | Name::TR => DONE,
            _ => self.table_end(tag),
        }
    }

    pub(super) fn row_start(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::TH | Name::TD => {
                self.stack.pop_to(ROW_CONTEXT);
                self.open_in(tag, Mode::InCell);
                self.mark_formatting();
                DONE
            }
            Name::CAPTION
            | Name::COL
            | Name::COLGROUP
            | Name::TBODY
            | Name::TFOOT
            | Name::THEAD
            | Name::TR => {
                if self.closes_row() {
                    AGAIN
                } else {
                    DONE
                }
            }
            _ => self.table_start(tag),
        }
    }

    /// Closes the row, if one is open here.
    fn closes_row(&mut self) -> bool {
        let is_open = self.stack.has_in_scope(Name::TR, TABLE_SCOPE);
        if is_open {
            self.stack.pop_to(ROW_CONTEXT);
            self.stack.pop();
            self.mode = Mode::InTableBody;
        }
        is_open
    }

    pub(super) fn row_end(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::TR => {
                self.closes_row();
                DONE
            }
            Name::TABLE => {
                if self.closes_row() {
                    AGAIN
                } else {
                    DONE
                }
            }
            Name::TBODY | Name::TFOOT | Name::THEAD => {
                let is_open = self.stack.has_in_scope(tag.name, TABLE_SCOPE);
                if is_open && self.closes_row() { AGAIN } else { DONE }
            }
            Name::BODY
            | Name::CAPTION
            | Name::COL
            | Name::COLGROUP
            | Name::HTML
            | Name::TD
            | Name::TH => DONE,
            _ => self.table_end(tag),
        }
    }

    pub(super) fn cell_start(&mut self, tag: &Tag) -> Outcome {
        if !is_part(tag.name) {
            return self.body_start(tag);
        }
        if !self.stack.has_any_in_scope(CELL, TABLE_SCOPE) {
            return DONE;
        }
        self.close_cell()
    }

    fn close_cell(&mut self) -> Outcome {
        self.stack.pop_implied(None);
        self.stack.pop_through_any(CELL);
        self.clear_formatting();
        self.again_in(Mode::InRow)
    }

    pub(super) fn cell_end(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::TD | Name::TH => {
                if self.stack.has_in_scope(tag.name, TABLE_SCOPE) {
                    self.stack.pop_implied(None);
                    self.stack.pop_through(tag.name);
                    self.clear_formatting();
                    self.mode = Mode::InRow;
                }
                DONE
            }
            Name::BODY | Name::CAPTION | Name::COL | Name::COLGROUP | Name::HTML => DONE,
            Name::TABLE | Name::TBODY | Name::TFOOT | Name::THEAD | Name::TR => {
                if self.stack.has_in_scope(tag.name, TABLE_SCOPE) {
                    self.close_cell()
                } else {
                    DONE
                }
            }
            _ => self.body_end(tag),
        }
    }
}

/// Start tags of parts of a table.
fn is_part(name: Name) -> bool {
    matches!(
        name,
        Name::CAPTION
            | Name::COL
            | Name::COLGROUP
            | Name::TBODY
            | Name::TD
            | Name::TFOOT
            | Name::TH
            | Name::THEAD
            | Name::TR
    )
}
