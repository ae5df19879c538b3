//! SVG and MathML.

use super::traits::{ANNOTATION, HTML_POINT, MATH_TEXT_POINT, SVG, Space};
use super::{Builder, DONE, Outcome};
use crate::dom::name::{KNOWN, Name};
use crate::dom::store::{Piece, Prefix, Run};
use crate::dom::tokenizer::Tag;

impl Builder<'_> {
    /// Whether a start tag is read by the rules for foreign content.
    #[inline]
    pub(super) fn is_foreign_start(&self, name: Name) -> bool {
        let Some(open) = self.stack.last().filter(|open| open.is_foreign()) else { return false };
        let is_html = open.has(HTML_POINT)
            || open.has(MATH_TEXT_POINT) && !matches!(name, Name::MGLYPH | Name::MALIGNMARK)
            || open.has(ANNOTATION) && name == Name::SVG;
        !is_html
    }

    /// Whether text is read by the rules for foreign content.
    #[inline]
    pub(super) fn is_foreign_text(&self) -> bool {
        self.stack
            .last()
            .is_some_and(|open| open.is_foreign() && !open.has(HTML_POINT | MATH_TEXT_POINT))
    }

    pub(super) fn foreign_text(&mut self, piece: &Piece) {
        self.note_text(piece);
        self.add_text(piece);
    }

    pub(super) fn foreign_start(&mut self, tag: &Tag) -> Outcome {
        let is_font = tag.name == Name::FONT
            && [Name::COLOR, Name::FACE, Name::SIZE]
                .iter()
                .any(|name| self.store.find(tag.attributes, *name).is_some());
        if is_font || leaves_foreign(tag.name) {
            self.leave_foreign();
            return self.start_in(self.mode, tag);
        }
        let is_svg = self.stack.last().is_some_and(|open| open.has(SVG));
        self.add_foreign(tag, if is_svg { Space::Svg } else { Space::MathMl })
    }

    /// Pops what is open of foreign content.
    fn leave_foreign(&mut self) {
        #[cfg(test)]
        let departs = self.departs();
        while self.stack.last().is_some_and(|open| {
            #[cfg(test)]
            if departs && open.has(ANNOTATION) {
                return true;
            }
            open.is_foreign() && !open.has(MATH_TEXT_POINT | HTML_POINT)
        }) {
            self.stack.pop();
        }
    }

    pub(super) fn foreign_end(&mut self, tag: &Tag) -> Outcome {
        if matches!(tag.name, Name::BR | Name::P) {
            self.leave_foreign();
            return self.end_in(self.mode, tag);
        }
        // From the current element outwards: the first of the name is closed, and what stands around
        // the first HTML element is none of this tag's.
        let outwards = self.stack.iter().enumerate().rev();
        let found = outwards
            .take_while(|(_, open)| open.is_foreign())
            .find(|(_, open)| open.name == tag.name);
        match found.map(|(index, _)| index) {
            Some(index) => {
                self.stack.truncate(index);
                DONE
            }
            None => self.end_in(self.mode, tag),
        }
    }

    /// Whether the attributes of an `annotation-xml` say that it holds HTML.
    pub(super) fn states_html(&self, run: Run) -> bool {
        self.store.find(run, Name::ENCODING).is_some_and(|encoding| {
            ["text/html", "application/xhtml+xml"]
                .iter()
                .any(|known| encoding.eq_ignore_ascii_case(known))
        })
    }

    /// Parts the attributes that have a namespace from their prefixes.
    pub(super) fn adjust_attributes(&mut self, run: Run) {
        for attribute in self.store.run_mut(run) {
            let name = match KNOWN.get(attribute.name.0 as usize) {
                Some(name) if name.starts_with('x') => *name,
                _ => continue,
            };
            let (prefix, local) = match name.split_once(':') {
                Some(("xlink", _)) => (Prefix::Xlink, name.get(6..)),
                Some(("xml", _)) => (Prefix::Xml, name.get(4..)),
                Some(("xmlns", _)) => (Prefix::Xmlns, name.get(6..)),
                _ if name == "xmlns" => (Prefix::Xmlns, Some(name)),
                _ => continue,
            };
            if let Some(local) = local.and_then(|local| Name::known(local.as_bytes())) {
                (attribute.name, attribute.prefix) = (local, prefix);
            }
        }
    }
}

/// Start tags that cannot stand in foreign content.
fn leaves_foreign(name: Name) -> bool {
    matches!(
        name,
        heading!()
            | Name::B
            | Name::BIG
            | Name::BLOCKQUOTE
            | Name::BODY
            | Name::BR
            | Name::CENTER
            | Name::CODE
            | Name::DD
            | Name::DIV
            | Name::DL
            | Name::DT
            | Name::EM
            | Name::EMBED
            | Name::HEAD
            | Name::HR
            | Name::I
            | Name::IMG
            | Name::LI
            | Name::LISTING
            | Name::MENU
            | Name::META
            | Name::NOBR
            | Name::OL
            | Name::P
            | Name::PRE
            | Name::RUBY
            | Name::S
            | Name::SMALL
            | Name::SPAN
            | Name::STRONG
            | Name::STRIKE
            | Name::SUB
            | Name::SUP
            | Name::TABLE
            | Name::TT
            | Name::U
            | Name::UL
            | Name::VAR
    )
}
