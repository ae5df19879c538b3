//! Element names as a small enum, and the sets of them that mean something to a reader.

use super::name::{ELEMENTS, Name, local_name};

macro_rules! tags {
    ($($variant:ident $name:tt)*) => {
        /// Kind of node: text, a known HTML element, or anything else.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub(crate) enum Tag {
            /// The root of the tree.
            Document,
            /// A text node.
            Text,
            /// An unknown or foreign element.
            Other,
            $(
                #[doc = $name]
                $variant,
            )*
        }

        impl Tag {
            /// The tag of an HTML element's name.
            #[inline]
            pub(crate) fn of(name: Name) -> Self {
                TAGS.get(name.0 as usize).copied().unwrap_or(Self::Other)
            }

            /// The name in lower case; `#text`, `#document` and `*` for what has none.
            pub(crate) fn name(self) -> &'static str {
                match self {
                    Self::Document => "#document",
                    Self::Text => "#text",
                    Self::Other => "*",
                    $(Self::$variant => $name,)*
                }
            }
        }

        /// The tag of each known name.
        static TAGS: [Tag; ELEMENTS] = {
            let mut tags = [Tag::Other; ELEMENTS];
            $(tags[local_name!($name).0 as usize] = Tag::$variant;)*
            tags
        };
    };
}

tags! {
    A "a" Abbr "abbr" Acronym "acronym" Address "address" Article "article" Aside "aside" Audio "audio"
    B "b" Base "base" Bdi "bdi" Bdo "bdo" Big "big" Blockquote "blockquote" Body "body" Br "br"
    Button "button" Canvas "canvas" Caption "caption" Center "center" Cite "cite" Code "code" Col "col"
    Datalist "datalist" Dd "dd" Del "del" Details "details" Dfn "dfn" Dialog "dialog" Dir "dir" Div "div" Dl "dl" Dt "dt"
    Em "em" Embed "embed" Fieldset "fieldset" Figcaption "figcaption" Figure "figure" Font "font"
    Footer "footer" Form "form" Frame "frame" Frameset "frameset" H1 "h1" H2 "h2" H3 "h3" H4 "h4"
    H5 "h5" H6 "h6" Head "head" Header "header" Hgroup "hgroup" Hr "hr" Html "html" I "i"
    Iframe "iframe" Img "img" Input "input" Ins "ins" Kbd "kbd" Label "label" Legend "legend" Li "li"
    Link "link" Main "main" Map "map" Mark "mark" Math "math" Menu "menu" Meta "meta" Nav "nav"
    Noframes "noframes" Noscript "noscript" Object "object" Ol "ol" Optgroup "optgroup" Option "option"
    P "p" Picture "picture" Pre "pre" Q "q" Rp "rp" Rt "rt" Ruby "ruby" S "s" Samp "samp"
    Script "script" Section "section" Select "select" Small "small" Source "source" Span "span"
    Strike "strike" Strong "strong" Style "style" Sub "sub" Summary "summary" Sup "sup" Svg "svg"
    Table "table" Tbody "tbody" Td "td" Template "template" Textarea "textarea" Tfoot "tfoot" Th "th"
    Thead "thead" Time "time" Title "title" Tr "tr" Track "track" Tt "tt" U "u" Ul "ul" Var "var"
    Video "video" Wbr "wbr"
}

impl Tag {
    /// Elements whose text no reader sees as prose. An `<option>` outside a list of choices is shown.
    pub(crate) fn is_invisible(self) -> bool {
        use Tag::{
            Audio, Button, Canvas, Datalist, Dialog, Embed, Frameset, Head, Iframe, Math, Noframes,
            Noscript, Object, Rp, Rt, Script, Select, Style, Svg, Template, Textarea, Video,
        };
        matches!(
            self,
            Audio
                | Button
                | Canvas
                | Datalist
                | Dialog
                | Embed
                | Frameset
                | Head
                | Iframe
                | Math
                | Noframes
                | Noscript
                | Object
                | Rp
                | Rt
                | Script
                | Select
                | Style
                | Svg
                | Template
                | Textarea
                | Video
        )
    }

    /// Elements that stand on lines of their own in the default style sheet.
    pub(crate) fn is_block(self) -> bool {
        use Tag::{
            Address, Article, Aside, Blockquote, Body, Caption, Center, Dd, Details, Dir, Div, Dl,
            Document, Dt, Fieldset, Figcaption, Figure, Footer, Form, H1, H2, H3, H4, H5, H6,
            Header, Hgroup, Hr, Html, Legend, Li, Main, Menu, Nav, Ol, P, Pre, Section, Summary,
            Table, Tbody, Td, Tfoot, Th, Thead, Tr, Ul,
        };
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Body
                | Caption
                | Center
                | Dd
                | Details
                | Dir
                | Div
                | Dl
                | Document
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Header
                | Hgroup
                | Hr
                | Html
                | Legend
                | Li
                | Main
                | Menu
                | Nav
                | Ol
                | P
                | Pre
                | Section
                | Summary
                | Table
                | Tbody
                | Td
                | Tfoot
                | Th
                | Thead
                | Tr
                | Ul
        )
    }

    /// Whether words on both sides of this element are apart for a reader.
    pub(crate) fn breaks_text(self) -> bool {
        self.is_block() || matches!(self, Tag::Br | Tag::Img | Tag::Input)
    }

    /// Level of a heading, 1 to 6.
    pub(crate) fn heading_level(self) -> Option<u8> {
        match self {
            Tag::H1 => Some(1),
            Tag::H2 => Some(2),
            Tag::H3 => Some(3),
            Tag::H4 => Some(4),
            Tag::H5 => Some(5),
            Tag::H6 => Some(6),
            _ => None,
        }
    }
}
