//! Text and NULs, by the mode.

use super::{Builder, Mode};
use crate::dom::store::Piece;
use crate::dom::tokenizer::{Span, is_space};

impl Builder<'_> {
    /// Text in any mode.
    pub(super) fn characters(&mut self, piece: Piece) {
        let mut piece = piece;
        while piece.content.0 < piece.content.1 {
            if self.is_foreign_text() {
                return self.foreign_text(&piece);
            }
            match self.mode {
                Mode::InBody | Mode::InCell | Mode::InCaption | Mode::InTemplate => {
                    return self.body_text(&piece);
                }
                Mode::Text => return self.add_text(&piece),
                Mode::InTable | Mode::InTableBody | Mode::InRow => self.table_text(&piece),
                Mode::InTableText => self.pending.push(piece),
                _ => {
                    piece = self.run_of_characters(piece);
                    continue;
                }
            }
            return;
        }
    }

    /// White space and the rest in modes that part them: takes care of what `piece` begins with, and gives
    /// what is left, for the mode that then is.
    fn run_of_characters(&mut self, piece: Piece) -> Piece {
        let text = self.store.text(&piece).as_bytes();
        let space = text.iter().take_while(|b| is_space(**b)).count();
        if space > 0 {
            let (space, rest) = piece.split_at(space);
            self.early_space(&space);
            return rest;
        }
        let ignored = text.iter().take_while(|b| !is_space(**b)).count();
        if self.leaves_mode() {
            return piece;
        }
        piece.split_at(ignored).1
    }

    /// White space where it is parted from text.
    fn early_space(&mut self, piece: &Piece) {
        match self.mode {
            Mode::Initial | Mode::BeforeHtml | Mode::BeforeHead => {}
            Mode::AfterBody | Mode::AfterAfterBody | Mode::AfterAfterFrameset => {
                self.body_text(piece);
            }
            _ => self.add_text(piece),
        }
    }

    /// Goes from a mode that takes no text to the next; false if the text is ignored instead.
    fn leaves_mode(&mut self) -> bool {
        match self.mode {
            Mode::Initial => _ = self.end_initial(),
            Mode::BeforeHtml => _ = self.end_before_html(),
            Mode::BeforeHead => _ = self.end_before_head(),
            Mode::InHead => _ = self.end_head(),
            Mode::InHeadNoscript => _ = self.end_head_noscript(),
            Mode::AfterHead => _ = self.end_after_head(),
            Mode::InColumnGroup => return self.end_column_group().is_none(),
            Mode::AfterBody | Mode::AfterAfterBody => self.mode = Mode::InBody,
            _ => return false,
        }
        true
    }

    /// A NUL: in HTML it is dropped, but it ends the modes that text ends.
    pub(super) fn nul_character(&mut self, place: Span) {
        loop {
            if self.is_foreign_text() {
                let start = self.store.buffer.len() as u32;
                self.store.buffer.push(char::REPLACEMENT_CHARACTER);
                let content = (start, self.store.buffer.len() as u32);
                return self.add_text(&Piece { place, content, is_decoded: true });
            }
            if !self.leaves_mode() {
                return;
            }
        }
    }
}
