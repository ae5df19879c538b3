//! What part of a page an element is, by its tag, role, classes and id.

use std::ops::{BitOr, BitOrAssign};

use crate::dom::{Dom, Name, NodeId, Tag, local_name};
use crate::names::{self, Names};

/// A set of parts an element belongs to, its own or inherited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Zone(u32);

impl BitOr for Zone {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Zone {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

macro_rules! zones {
    ($($(#[$doc:meta])* $name:ident $word:literal)*) => {
        impl Zone {
            zones!(@consts 0u32; $($(#[$doc])* $name)*);

            /// The zone that a lexicon entry names.
            pub(crate) fn named(name: &str) -> Option<Self> {
                match name { $($word => Some(Self::$name),)* _ => None }
            }

            /// The first zone of the set, for people.
            pub(crate) fn name(self) -> &'static str {
                $(if self.has(Self::$name) { return $word; })*
                "page"
            }
        }
    };
    (@consts $n:expr; $(#[$doc:meta])* $head:ident $($rest:tt)*) => {
        $(#[$doc])* pub(crate) const $head: Self = Self(1 << $n);
        zones!(@consts $n + 1; $($rest)*);
    };
    (@consts $n:expr;) => {};
}

zones! {
    /// Not shown.
    HIDDEN "hidden"
    /// Menus and breadcrumbs.
    NAV "nav"
    /// Footer of the page.
    FOOTER "footer"
    /// Header of the page or the article.
    HEADER "header"
    /// Beside the story.
    ASIDE "aside"
    /// Readers' comments.
    COMMENTS "comments"
    /// Teasers of other stories.
    RELATED "related"
    /// Newsletter, subscription, paywall and app boxes.
    PROMO "promo"
    /// Share and follow buttons.
    SHARE "share"
    /// Advertising.
    AD "ad"
    /// Byline, date and the like.
    META "meta"
    /// About the author.
    AUTHOR "author"
    /// Tag lists.
    TAGS "tags"
    /// Consent, pop-ups, tool tips.
    OVERLAY "overlay"
    /// Caption or credit of a picture.
    CAPTION "caption"
    /// Players, galleries, pictures.
    MEDIA "media"
    /// Forms and polls.
    FORM "form"
    /// Standfirst.
    DECK "deck"
    /// The body of the story, by its name.
    BODY "body"
    /// Pull quote.
    PULLQUOTE "pullquote"
    /// Correction or editor's note.
    NOTE "note"
    /// Small print: copyright, legal.
    LEGAL "legal"
    /// Embedded post or document.
    EMBED "embed"
    /// Fact box: part of the story, set apart.
    FACTBOX "factbox"
    /// Timed entry of a live blog.
    LIVE "live"
    /// Headline or kicker of the story.
    HEADLINE "headline"
}

impl Zone {
    /// Parts that never hold story prose.
    pub(crate) const JUNK: Self = Self(
        Self::HIDDEN.0
            | Self::NAV.0
            | Self::FOOTER.0
            | Self::ASIDE.0
            | Self::COMMENTS.0
            | Self::RELATED.0
            | Self::PROMO.0
            | Self::SHARE.0
            | Self::AD.0
            | Self::META.0
            | Self::AUTHOR.0
            | Self::TAGS.0
            | Self::OVERLAY.0
            | Self::FORM.0
            | Self::LEGAL.0,
    );

    /// Boxes beside or inside a story.
    pub(crate) const BOXES: Self = Self(
        Self::RELATED.0 | Self::PROMO.0 | Self::META.0 | Self::SHARE.0 | Self::AD.0 | Self::TAGS.0,
    );

    /// No part.
    pub(crate) const NONE: Self = Self(0);

    /// Whether the sets share a part.
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The set without `other`.
    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The parts in both sets.
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The set as bits, a feature of the block model.
    pub(crate) fn bits(self) -> u32 {
        self.0
    }
}

/// The zone an element opens, not counting what it inherits.
pub(super) fn own<'a>(dom: &'a Dom, id: NodeId, names: &mut Names<'a>) -> Zone {
    let mut zone = of_tag(dom.tag(id));
    for attribute in dom.attributes(id) {
        let value = attribute.value;
        zone |= match attribute.name {
            local_name!("class") | local_name!("id") => names.get(value, names::read).zone,
            local_name!("hidden") => Zone::HIDDEN,
            local_name!("style") if hides(value) => Zone::HIDDEN,
            local_name!("role") => of_role(value),
            local_name!("itemprop") => of_itemprop(value),
            name if is_telling_data(name) => names.get(value, names::read).zone,
            _ => Zone::NONE,
        };
    }
    zone
}

/// Data attributes in which component frameworks name what an element is.
fn is_telling_data(name: Name) -> bool {
    matches!(
        name,
        local_name!("data-component")
            | local_name!("data-testid")
            | local_name!("data-module")
            | local_name!("data-widget-type")
            | local_name!("data-block")
            | local_name!("data-qa")
            | local_name!("data-type")
    )
}

/// Whether a style keeps an element from being seen, in one of the ways of style sheets. Not those by which
/// pages fold text that a reader may unfold (`height: 0`) or fade it in (`opacity: 0`).
fn hides(style: &str) -> bool {
    let compact: String =
        style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    if compact.contains("display:none") || compact.contains("visibility:hidden") {
        return true;
    }
    let rules: Vec<(&str, &str)> =
        compact.split(';').take(MAX_RULES).filter_map(|rule| rule.split_once(':')).collect();
    let value = |name: &str| rules.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    let out_of_sight =
        ["left", "top", "text-indent"].iter().any(|name| value(name).is_some_and(is_far));
    let clipped = value("clip-path").is_some_and(|path| path.starts_with("inset(100%"))
        || value("clip").is_some_and(|clip| clip.starts_with("rect(0"));
    let ground = value("background-color").or(value("background"));
    let inked = value("color").is_some_and(|ink| is_colour(ink) && ground == Some(ink));
    out_of_sight || clipped || inked
}

/// Whether a value is a colour of its own, not that of something else.
fn is_colour(value: &str) -> bool {
    value.starts_with('#') || value.starts_with("rgb") || matches!(value, "white" | "black")
}

/// Rules of one style that are looked at: more is written by a program, and not to be read.
const MAX_RULES: usize = 64;

/// A place that no screen shows: `-9999px`.
fn is_far(value: &str) -> bool {
    let length = value
        .strip_prefix('-')
        .and_then(|value| value.strip_suffix("px").or(value.strip_suffix("em")));
    length.and_then(|length| length.parse::<f32>().ok()).is_some_and(|length| length >= FAR)
}

/// Pixels or characters beside the page from which text is meant not to be seen.
const FAR: f32 = 900.0;

fn of_tag(tag: Tag) -> Zone {
    match tag {
        Tag::Nav => Zone::NAV,
        Tag::Footer => Zone::FOOTER,
        Tag::Header => Zone::HEADER,
        Tag::Aside => Zone::ASIDE,
        Tag::Figure | Tag::Picture => Zone::MEDIA,
        Tag::Figcaption => Zone::CAPTION,
        Tag::Form => Zone::FORM,
        _ if tag.is_invisible() => Zone::HIDDEN,
        _ => Zone::NONE,
    }
}

fn of_role(role: &str) -> Zone {
    match role {
        "navigation" | "menu" | "menubar" | "tablist" => Zone::NAV,
        "complementary" => Zone::ASIDE,
        "contentinfo" => Zone::FOOTER,
        "banner" => Zone::HEADER,
        "dialog" | "alertdialog" | "alert" | "tooltip" => Zone::OVERLAY,
        "search" | "form" => Zone::FORM,
        _ => Zone::NONE,
    }
}

fn of_itemprop(value: &str) -> Zone {
    match value {
        "articleBody" => Zone::BODY,
        "author" | "datePublished" | "dateModified" | "publisher" => Zone::META,
        "headline" => Zone::HEADLINE,
        "caption" | "copyrightHolder" => Zone::CAPTION,
        "comment" => Zone::COMMENTS,
        _ => Zone::NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::hides;

    #[test]
    fn styles_that_hide() {
        for style in [
            "color: red; DISPLAY : none !important",
            "visibility:hidden",
            "position:absolute; left:-9999px",
            "text-indent: -999em",
            "clip: rect(0 0 0 0)",
            "clip-path:inset(100%)",
            "color:#fff;background:#fff",
            "background-color: white; color: white",
        ] {
            assert!(hides(style), "{style}");
        }
    }

    #[test]
    fn styles_that_show() {
        for style in [
            "",
            "left:-20px",
            "margin-left:-9999px",
            "height:0",
            "overflow:hidden",
            "height:0;overflow:hidden",
            "background-color:none;color:none",
            "color:#fff;background:#000",
            "opacity:0",
            "clip-path:circle(50%)",
        ] {
            assert!(!hides(style), "{style}");
        }
    }
}
