//! The insertion modes of tables.

#[cfg(test)]
use super::stack::Open;
use super::traits::{
    BODY_CONTEXT, CELL, FOSTERING, ROW_CONTEXT, SECTION, TABLE_SCOPE, TEMPLATE, Traits,
};
use super::{AGAIN, Builder, DONE, Mode, NONE, Outcome, again_if};
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
        let stays = pending.iter().all(|piece| self.store.is_blank(piece));
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
            table_section!() => {
                self.stack.pop_to(TABLE_SCOPE);
                self.open_in(tag, Mode::InTableBody)
            }
            cell!() | Name::TR => {
                self.stack.pop_to(TABLE_SCOPE);
                self.open_implied(Name::TBODY);
                self.again_in(Mode::InTableBody)
            }
            Name::TABLE => again_if(self.closes_table()),
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
            table_part!() | Name::BODY | Name::HTML => DONE,
            Name::TEMPLATE => self.end_template(),
            _ => self.fostering(|builder| builder.body_end(tag)),
        }
    }

    pub(super) fn caption_start(&mut self, tag: &Tag) -> Outcome {
        if !matches!(tag.name, table_part!()) {
            return self.body_start(tag);
        }
        again_if(self.closes_caption())
    }

    pub(super) fn caption_end(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            Name::CAPTION => {
                self.closes_caption();
                DONE
            }
            Name::TABLE => again_if(self.closes_caption()),
            table_section!()
            | cell!()
            | Name::BODY
            | Name::COL
            | Name::COLGROUP
            | Name::HTML
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
        self.leave_to(Mode::InTable)
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
            cell!() => {
                self.stack.pop_to(BODY_CONTEXT);
                self.open_implied(Name::TR);
                self.again_in(Mode::InRow)
            }
            table_frame!() | table_section!() => self.end_table_body(),
            _ => self.table_start(tag),
        }
    }

    /// Closes the part of the table, for what cannot stand in it; ignores that where none is open.
    fn end_table_body(&mut self) -> Outcome {
        if !self.has_table_body() {
            return DONE;
        }
        self.leave_table_body()
    }

    fn leave_table_body(&mut self) -> Outcome {
        self.stack.pop_to(BODY_CONTEXT);
        self.leave_to(Mode::InTable)
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
            table_section!() => {
                if self.stack.has_in_scope(tag.name, TABLE_SCOPE) {
                    self.leave_table_body();
                }
                DONE
            }
            Name::TABLE => self.end_table_body(),
            table_frame!() | cell!() | Name::BODY | Name::HTML | Name::TR => DONE,
            _ => self.table_end(tag),
        }
    }

    pub(super) fn row_start(&mut self, tag: &Tag) -> Outcome {
        match tag.name {
            cell!() => {
                self.stack.pop_to(ROW_CONTEXT);
                self.open_in(tag, Mode::InCell);
                self.mark_formatting();
                DONE
            }
            table_frame!() | table_section!() | Name::TR => again_if(self.closes_row()),
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
            Name::TABLE => again_if(self.closes_row()),
            table_section!() => {
                let is_open = self.stack.has_in_scope(tag.name, TABLE_SCOPE);
                again_if(is_open && self.closes_row())
            }
            table_frame!() | cell!() | Name::BODY | Name::HTML => DONE,
            _ => self.table_end(tag),
        }
    }

    pub(super) fn cell_start(&mut self, tag: &Tag) -> Outcome {
        if !matches!(tag.name, table_part!()) {
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
            cell!() => {
                if self.stack.has_in_scope(tag.name, TABLE_SCOPE) {
                    self.stack.pop_implied(None);
                    self.stack.pop_through(tag.name);
                    self.clear_formatting();
                    self.mode = Mode::InRow;
                }
                DONE
            }
            table_frame!() | Name::BODY | Name::HTML => DONE,
            table_section!() | Name::TABLE | Name::TR => {
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
