//! What the standard says of elements by their names, as bits.

use crate::dom::name::{ELEMENTS, Name};

pub(super) type Traits = u32;

/// Of the standard's special category.
pub(super) const SPECIAL: Traits = 1;
/// Bounds every scope but that of tables.
pub(super) const SCOPE: Traits = 1 << 1;
const LIST: Traits = 1 << 2;
const BUTTON: Traits = 1 << 3;
/// Bounds table scope; what the stack is cleared back to in a table.
pub(super) const TABLE_SCOPE: Traits = 1 << 4;
/// Bounds list item scope.
pub(super) const LIST_SCOPE: Traits = SCOPE | LIST;
/// Bounds button scope.
pub(super) const BUTTON_SCOPE: Traits = SCOPE | BUTTON;
/// Its end tag may be implied.
pub(super) const IMPLIED_END: Traits = 1 << 5;
/// Its end tag is implied by that of a template.
pub(super) const THOROUGH_END: Traits = 1 << 6;
pub(super) const HEADING: Traits = 1 << 7;
/// Opened again after it was closed by force.
pub(super) const FORMATTING: Traits = 1 << 8;
/// `tbody`, `tfoot`, `thead`.
pub(super) const SECTION: Traits = 1 << 9;
pub(super) const ROW: Traits = 1 << 10;
pub(super) const CELL: Traits = 1 << 11;
pub(super) const TABLE: Traits = 1 << 12;
pub(super) const TEMPLATE: Traits = 1 << 13;
pub(super) const ROOT: Traits = 1 << 14;
/// Content that may not stand in it goes before the table.
pub(super) const FOSTERING: Traits = TABLE | SECTION | ROW;
/// What the stack is cleared back to in a table body, and in a row.
pub(super) const BODY_CONTEXT: Traits = SECTION | TEMPLATE | ROOT;
pub(super) const ROW_CONTEXT: Traits = ROW | TEMPLATE | ROOT;
/// Special, but no bound for an open list item.
pub(super) const PASSED_BY_ITEMS: Traits = 1 << 15;
/// In no HTML namespace.
pub(super) const FOREIGN: Traits = 1 << 16;
pub(super) const SVG: Traits = 1 << 17;
pub(super) const MATH_TEXT_POINT: Traits = 1 << 18;
pub(super) const HTML_POINT: Traits = 1 << 19;
pub(super) const ANNOTATION: Traits = 1 << 20;
/// Never open in HTML; in foreign content like any other.
pub(super) const VOID: Traits = 1 << 21;
/// Holds no elements, or stands at its place in a table only.
pub(super) const LEAF: Traits = 1 << 22;
/// What an article consists of.
pub(super) const PROSE: Traits = 1 << 23;
/// `a` and `nobr`: a new one closes the last.
pub(super) const CLOSING_EACH_OTHER: Traits = 1 << 24;

/// Namespace of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dom) enum Space {
    Html,
    Svg,
    MathMl,
}

/// What an HTML element is.
#[inline]
pub(super) fn of(name: Name) -> Traits {
    TABLE_OF_TRAITS.get(name.0 as usize).copied().unwrap_or(0)
}

/// What a foreign element is; its name is in lower case. `is_html` says whether it is an `annotation-xml`
/// that states to hold HTML.
pub(super) fn of_foreign(space: Space, name: Name, is_html: bool) -> Traits {
    let own = match (space, name) {
        (Space::MathMl, Name::MI | Name::MO | Name::MN | Name::MS | Name::MTEXT) => {
            MATH_TEXT_POINT | SPECIAL | SCOPE
        }
        (Space::MathMl, Name::ANNOTATION_XML) => {
            ANNOTATION | SPECIAL | SCOPE | if is_html { HTML_POINT } else { 0 }
        }
        (Space::Svg, Name::FOREIGNOBJECT | Name::DESC | Name::TITLE) => {
            HTML_POINT | SPECIAL | SCOPE
        }
        _ => 0,
    };
    FOREIGN | own | if space == Space::Svg { SVG } else { 0 }
}

static TABLE_OF_TRAITS: [Traits; ELEMENTS] = {
    let mut table = [0; ELEMENTS];
    let mut number = 0;
    while number < ELEMENTS {
        let name = Name(number as u32);
        table[number] = structure(name) | category(name) | nesting(name);
        number += 1;
    }
    table
};

const fn structure(name: Name) -> Traits {
    match name {
        Name::HTML => SCOPE | TABLE_SCOPE | ROOT,
        Name::TABLE => SCOPE | TABLE_SCOPE | TABLE,
        Name::TEMPLATE => SCOPE | TABLE_SCOPE | TEMPLATE,
        Name::APPLET | Name::MARQUEE | Name::OBJECT | Name::SELECT => SCOPE,
        Name::CAPTION => SCOPE | THOROUGH_END,
        cell!() => SCOPE | CELL | THOROUGH_END,
        Name::TR => ROW | THOROUGH_END,
        table_section!() => SECTION | THOROUGH_END,
        Name::COLGROUP => THOROUGH_END,
        Name::OL | Name::UL => LIST,
        Name::BUTTON => BUTTON,
        Name::ADDRESS | Name::DIV => PASSED_BY_ITEMS,
        Name::P => PASSED_BY_ITEMS | IMPLIED_END | THOROUGH_END,
        Name::DD
        | Name::DT
        | Name::LI
        | Name::OPTGROUP
        | Name::OPTION
        | Name::RB
        | Name::RP
        | Name::RT
        | Name::RTC => IMPLIED_END | THOROUGH_END,
        heading!() => HEADING,
        Name::A | Name::NOBR => FORMATTING | CLOSING_EACH_OTHER,
        formatting!() => FORMATTING,
        _ => 0,
    }
}

const fn category(name: Name) -> Traits {
    match name {
        metadata!()
        | table_part!()
        | heading!()
        | Name::ADDRESS
        | Name::APPLET
        | Name::AREA
        | Name::ARTICLE
        | Name::ASIDE
        | Name::BLOCKQUOTE
        | Name::BODY
        | Name::BR
        | Name::BUTTON
        | Name::CENTER
        | Name::DD
        | Name::DETAILS
        | Name::DIR
        | Name::DIV
        | Name::DL
        | Name::DT
        | Name::EMBED
        | Name::FIELDSET
        | Name::FIGCAPTION
        | Name::FIGURE
        | Name::FOOTER
        | Name::FORM
        | Name::FRAME
        | Name::FRAMESET
        | Name::HEAD
        | Name::HEADER
        | Name::HGROUP
        | Name::HR
        | Name::HTML
        | Name::IFRAME
        | Name::IMG
        | Name::INPUT
        | Name::KEYGEN
        | Name::LI
        | Name::LISTING
        | Name::MAIN
        | Name::MARQUEE
        | Name::MENU
        | Name::NAV
        | Name::NOEMBED
        | Name::NOSCRIPT
        | Name::OBJECT
        | Name::OL
        | Name::P
        | Name::PARAM
        | Name::PLAINTEXT
        | Name::PRE
        | Name::SEARCH
        | Name::SECTION
        | Name::SELECT
        | Name::SOURCE
        | Name::SUMMARY
        | Name::TABLE
        | Name::TEXTAREA
        | Name::TRACK
        | Name::UL
        | Name::WBR
        | Name::XMP => SPECIAL,
        _ => 0,
    }
}

/// How deep an element may stand, as the limits of depth ask.
const fn nesting(name: Name) -> Traits {
    match name {
        head_void!()
        | Name::AREA
        | Name::BR
        | Name::COL
        | Name::EMBED
        | Name::FRAME
        | Name::HR
        | Name::IMAGE
        | Name::IMG
        | Name::INPUT
        | Name::KEYGEN
        | Name::PARAM
        | Name::SOURCE
        | Name::TRACK
        | Name::WBR => VOID,
        table_section!()
        | cell!()
        | Name::CAPTION
        | Name::COLGROUP
        | Name::HEAD
        | Name::IFRAME
        | Name::NOEMBED
        | Name::NOFRAMES
        | Name::NOSCRIPT
        | Name::OPTGROUP
        | Name::OPTION
        | Name::PLAINTEXT
        | Name::SCRIPT
        | Name::STYLE
        | Name::TEXTAREA
        | Name::TITLE
        | Name::TR
        | Name::XMP => LEAF,
        heading!()
        | Name::A
        | Name::ARTICLE
        | Name::ASIDE
        | Name::B
        | Name::BLOCKQUOTE
        | Name::CITE
        | Name::DD
        | Name::DL
        | Name::DT
        | Name::EM
        | Name::FIGCAPTION
        | Name::FIGURE
        | Name::FOOTER
        | Name::HEADER
        | Name::I
        | Name::LI
        | Name::MAIN
        | Name::NAV
        | Name::OL
        | Name::P
        | Name::PICTURE
        | Name::PRE
        | Name::Q
        | Name::STRONG
        | Name::SUB
        | Name::SUP
        | Name::TABLE
        | Name::TEMPLATE
        | Name::TIME
        | Name::UL => PROSE,
        _ => 0,
    }
}
