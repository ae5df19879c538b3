//! What part of a page an element is, by its tag, role, classes and id.

use std::ops::{BitOr, BitOrAssign};

use crate::dom::Tag;

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

/// Whether a style keeps an element from being seen, in one of the ways of style sheets. Not those by which
/// pages fold text that a reader may unfold (`height: 0`) or fade it in (`opacity: 0`).
pub(crate) fn hides(style: &str) -> bool {
    let mut compact = String::with_capacity(style.len());
    let words = style.split(char::is_whitespace);
    words.for_each(|word| compact.push_str(word));
    compact.make_ascii_lowercase();
    if compact.contains("display:none") || compact.contains("visibility:hidden") {
        return true;
    }
    let mut first = FirstRules::default();
    compact
        .split(';')
        .take(MAX_RULES)
        .filter_map(|rule| rule.split_once(':'))
        .for_each(|(name, value)| first.add(name, value));
    let clipped = first.clip_path.is_some_and(|path| path.starts_with("inset(100%"))
        || first.clip.is_some_and(|clip| clip.starts_with("rect(0"));
    let ground = first.background_color.or(first.background);
    let inked = first.color.is_some_and(|ink| is_colour(ink) && ground == Some(ink));
    first.places.into_iter().flatten().any(is_far) || clipped || inked
}

/// The values of the first rules of a style that name what can hide.
#[derive(Default)]
struct FirstRules<'s> {
    /// `left`, `top`, `text-indent`.
    places: [Option<&'s str>; 3],
    clip_path: Option<&'s str>,
    clip: Option<&'s str>,
    background_color: Option<&'s str>,
    background: Option<&'s str>,
    color: Option<&'s str>,
}

impl<'s> FirstRules<'s> {
    fn add(&mut self, name: &str, value: &'s str) {
        let first = match name {
            "left" => &mut self.places[0],
            "top" => &mut self.places[1],
            "text-indent" => &mut self.places[2],
            "clip-path" => &mut self.clip_path,
            "clip" => &mut self.clip,
            "background-color" => &mut self.background_color,
            "background" => &mut self.background,
            "color" => &mut self.color,
            _ => return,
        };
        first.get_or_insert(value);
    }
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

/// The part of the page that an element opens by its tag.
pub(crate) fn of_tag(tag: Tag) -> Zone {
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

/// The same by its `role`.
pub(crate) fn of_role(role: &str) -> Zone {
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

/// The same by its `itemprop`.
pub(crate) fn of_itemprop(value: &str) -> Zone {
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
