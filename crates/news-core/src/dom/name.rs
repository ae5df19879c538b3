//! Names of elements and attributes as numbers: those that mean something to somebody are constants,
//! others are numbered as a page brings them.

/// The name of an element or attribute, in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name(pub(super) u32);

impl Name {
    /// The known name `raw`, which is in lower case.
    #[inline]
    pub(super) fn known(raw: &[u8]) -> Option<Self> {
        let mut slot = slot_of(raw);
        loop {
            let number = SLOTS[slot % SLOT_COUNT];
            if number == FREE {
                return None;
            }
            if KNOWN[number as usize].as_bytes() == raw {
                return Some(Self(number as u32));
            }
            slot += 1;
        }
    }
}

macro_rules! names {
    (elements { $($element:ident $element_name:tt)* } attributes { $($attribute:ident $attribute_name:tt)* }) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "only counts")]
        #[derive(Clone, Copy)]
        enum Number {
            $($element,)*
            $($attribute,)*
            EndOfNames,
        }

        /// The text of each known name by its number.
        pub(super) const KNOWN: [&str; Number::EndOfNames as usize] =
            [$($element_name,)* $($attribute_name),*];

        /// Known names of elements; a name with a higher number is of an attribute or unknown.
        pub(super) const ELEMENTS: usize = [$($element_name),*].len();

        #[expect(dead_code, reason = "frequent names are known whether or not anybody asks for them")]
        impl Name {
            $(pub(crate) const $element: Self = Self(Number::$element as u32);)*
            $(pub(crate) const $attribute: Self = Self(Number::$attribute as u32);)*
        }

        /// The constant of a known name, in patterns too: `local_name!("href")`.
        macro_rules! local_name {
            $(($element_name) => { $crate::dom::Name::$element };)*
            $(($attribute_name) => { $crate::dom::Name::$attribute };)*
        }
        pub(crate) use local_name;
    };
}

names! {
    elements {
    A "a" ABBR "abbr" ACRONYM "acronym" ADDRESS "address" ARTICLE "article" ASIDE "aside"
    AUDIO "audio" B "b" BASE "base" BDI "bdi" BDO "bdo" BIG "big" BLOCKQUOTE "blockquote"
    BODY "body" BR "br" BUTTON "button" CANVAS "canvas" CAPTION "caption" CENTER "center"
    CITE "cite" CODE "code" COL "col" DATALIST "datalist" DD "dd" DEL "del" DETAILS "details"
    DFN "dfn" DIALOG "dialog" DIR "dir" DIV "div" DL "dl" DT "dt" EM "em" EMBED "embed"
    FIELDSET "fieldset" FIGCAPTION "figcaption" FIGURE "figure" FONT "font" FOOTER "footer"
    FORM "form" FRAME "frame" FRAMESET "frameset" H1 "h1" H2 "h2" H3 "h3" H4 "h4" H5 "h5" H6 "h6"
    HEAD "head" HEADER "header" HGROUP "hgroup" HR "hr" HTML "html" I "i" IFRAME "iframe" IMG "img"
    INPUT "input" INS "ins" KBD "kbd" LABEL "label" LEGEND "legend" LI "li" LINK "link" MAIN "main"
    MAP "map" MARK "mark" MATH "math" MENU "menu" META "meta" NAV "nav" NOFRAMES "noframes"
    NOSCRIPT "noscript" OBJECT "object" OL "ol" OPTGROUP "optgroup" OPTION "option" P "p"
    PICTURE "picture" PRE "pre" Q "q" RP "rp" RT "rt" RUBY "ruby" S "s" SAMP "samp" SCRIPT "script"
    SECTION "section" SELECT "select" SMALL "small" SOURCE "source" SPAN "span" STRIKE "strike"
    STRONG "strong" STYLE "style" SUB "sub" SUMMARY "summary" SUP "sup" SVG "svg" TABLE "table"
    TBODY "tbody" TD "td" TEMPLATE "template" TEXTAREA "textarea" TFOOT "tfoot" TH "th"
    THEAD "thead" TIME "time" TITLE "title" TR "tr" TRACK "track" TT "tt" U "u" UL "ul" VAR "var"
    VIDEO "video" WBR "wbr" APPLET "applet" AREA "area" BASEFONT "basefont" BGSOUND "bgsound"
    IMAGE "image" KEYGEN "keygen" LISTING "listing" MARQUEE "marquee" NOBR "nobr" NOEMBED "noembed"
    PARAM "param" PLAINTEXT "plaintext" RB "rb" RTC "rtc" SEARCH "search" XMP "xmp"
    ANNOTATION_XML "annotation-xml" DESC "desc" FOREIGNOBJECT "foreignobject"
    MALIGNMARK "malignmark" MGLYPH "mglyph" MI "mi" MN "mn" MO "mo" MS "ms" MTEXT "mtext"
    ISINDEX "isindex" COLGROUP "colgroup" CIRCLE "circle" CLIPPATH "clippath" DEFS "defs" G "g" LINE "line"
    LINEARGRADIENT "lineargradient" PATH "path" POLYGON "polygon" RECT "rect" STOP "stop"
    SYMBOL "symbol" USE "use" DATA "data" OUTPUT "output" PROGRESS "progress" SLOT "slot"
    }
    attributes {
    ID "id" REL "rel" CONTENT "content" CLASS "class" TYPE "type" HREF "href" NAME "name"
    PROPERTY "property" ALT "alt" SRC "src" HEIGHT "height" WIDTH "width" LANG "lang"
    TARGET "target" CHARSET "charset" SIZES "sizes" D "d" VIEWBOX "viewbox" MEDIA "media"
    ROLE "role" XMLNS "xmlns" SRCSET "srcset" ARIA_LABEL "aria-label" AS "as" FILL "fill"
    PLACEHOLDER "placeholder" LOADING "loading" CROSSORIGIN "crossorigin" ACTION "action"
    TABINDEX "tabindex" VALUE "value" METHOD "method" DATETIME "datetime" FOR "for"
    FILL_RULE "fill-rule" ARIA_HIDDEN "aria-hidden" STROKE "stroke" STROKE_WIDTH "stroke-width"
    DECODING "decoding" ARIA_EXPANDED "aria-expanded" CLIP_RULE "clip-rule" HTTP_EQUIV "http-equiv"
    TRANSFORM "transform" R "r" Y "y" CX "cx" CY "cy" DATA_SRC "data-src" X "x"
    FETCHPRIORITY "fetchpriority" ARIA_CONTROLS "aria-controls" STROKE_LINECAP "stroke-linecap"
    REQUIRED "required" ITEMPROP "itemprop" ONCLICK "onclick" ARIA_LABELLEDBY "aria-labelledby"
    DATA_NAME "data-name" ONLOAD "onload" VERSION "version" DATA_ID "data-id"
    STROKE_LINEJOIN "stroke-linejoin" X1 "x1" X2 "x2" Y1 "y1" Y2 "y2" AUTOCOMPLETE "autocomplete"
    HIDDEN "hidden" ARIA_HASPOPUP "aria-haspopup" ITEMTYPE "itemtype" ITEMSCOPE "itemscope"
    ITEMID "itemid" ITEMREF "itemref" RX "rx" RY "ry" DATA_SRCSET "data-srcset"
    IMAGESRCSET "imagesrcset" POINTS "points" DISABLED "disabled" DATA_TESTID "data-testid"
    FOCUSABLE "focusable" DATA_ACTION "data-action" DATA_URL "data-url" CLIP_PATH "clip-path"
    CHECKED "checked" DATA_SIZES "data-sizes" COLOR "color" IMAGESIZES "imagesizes"
    DATA_TYPE "data-type" ALLOWFULLSCREEN "allowfullscreen" FRAMEBORDER "frameborder"
    ARIA_DESCRIBEDBY "aria-describedby" DATA_POST_ID "data-post-id" HREFLANG "hreflang"
    ALIGN "align" LAYOUT "layout" ARIA_CURRENT "aria-current" OFFSET "offset" MAXLENGTH "maxlength"
    DATA_TITLE "data-title" VALUES "values" STOP_COLOR "stop-color" DATA_TARGET "data-target"
    SCROLLING "scrolling" DATA_MODULE "data-module" NOVALIDATE "novalidate"
    GRADIENTUNITS "gradientunits" DATA_POSITION "data-position" DATA_QA "data-qa"
    DATA_COMPONENT "data-component" DATA_BLOCK "data-block" DATA_WIDGET_TYPE "data-widget-type"
    OPACITY "opacity" ARIA_LIVE "aria-live" DATA_SOURCE "data-source" DATA_INDEX "data-index"
    PRELOAD "preload" PRESERVEASPECTRATIO "preserveaspectratio" REFERRERPOLICY "referrerpolicy"
    CLEAR "clear" DATA_LINK "data-link" DATA_DATE "data-date" TYPEOF "typeof" COLSPAN "colspan"
    ROWSPAN "rowspan" DATA_ORIGINAL "data-original" DATA_LAZY_SRC "data-lazy-src"
    DATA_INSTGRM_PERMALINK "data-instgrm-permalink" ENCODING "encoding" FACE "face" SIZE "size"
    ASYNC "async" DEFER "defer" NONCE "nonce" INTEGRITY "integrity" BORDER "border"
    CELLPADDING "cellpadding" CELLSPACING "cellspacing" VALIGN "valign" BGCOLOR "bgcolor" REV "rev"
    VOCAB "vocab" RESOURCE "resource" ABOUT "about" XLINK_ACTUATE "xlink:actuate"
    XLINK_ARCROLE "xlink:arcrole" XLINK_HREF "xlink:href" XLINK_ROLE "xlink:role"
    XLINK_SHOW "xlink:show" XLINK_TITLE "xlink:title" XLINK_TYPE "xlink:type" XML_LANG "xml:lang"
    XML_SPACE "xml:space" XMLNS_XLINK "xmlns:xlink" ACTUATE "actuate" ARCROLE "arcrole" SHOW "show"
    SPACE "space" XLINK "xlink"
    }
}

/// Slots of the table of known names, four times as many as there are.
pub(super) const SLOT_COUNT: usize = 1024;
/// An empty slot.
const FREE: u16 = u16::MAX;

/// The number of each known name at its slot or at the first free one behind it.
static SLOTS: [u16; SLOT_COUNT] = slots();

const fn slots() -> [u16; SLOT_COUNT] {
    let mut slots = [FREE; SLOT_COUNT];
    let mut number = 0;
    while number < KNOWN.len() {
        let mut slot = slot_of(KNOWN[number].as_bytes()) % SLOT_COUNT;
        while slots[slot] != FREE {
            slot = (slot + 1) % SLOT_COUNT;
        }
        slots[slot] = number as u16;
        number += 1;
    }
    slots
}

/// By length, first, middle and last byte: names are short and differ there.
#[inline]
pub(super) const fn slot_of(raw: &[u8]) -> usize {
    let len = raw.len();
    if len == 0 {
        return 0;
    }
    let mixed = len * 173
        + raw[0] as usize * 501
        + raw[len / 2] as usize * 497
        + raw[len - 1] as usize * 169;
    mixed ^ (mixed >> 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_found() {
        for (number, name) in KNOWN.iter().enumerate() {
            assert_eq!(Name::known(name.as_bytes()), Some(Name(number as u32)), "{name}");
        }
        assert_eq!(Name::known(b"x-unknown"), None);
        assert_eq!(local_name!("href"), Name::HREF);
    }
}
