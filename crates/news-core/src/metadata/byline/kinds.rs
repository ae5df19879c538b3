//! What words and phrases of bylines are; the build lays out a table of it (`build/bylines.rs`).

macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident: $($variant:ident = $text:literal,)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum $name {
            $($variant,)*
        }

        impl $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The one that a list means by `name`.
            #[allow(dead_code, reason = "asked by the build")]
            pub(super) fn named(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// The one whose place among them `number` is, counted from one.
            pub(super) fn numbered(number: u8) -> Option<Self> {
                Self::ALL.get(usize::from(number).checked_sub(1)?).copied()
            }

            /// Its place among them, counted from one: 0 is free to say that there is none.
            #[allow(dead_code, reason = "asked by the build")]
            pub(super) fn number(self) -> u8 {
                self as u8 + 1
            }
        }
    };
}

kinds! {
    /// What a cue says of the name behind it.
    Kind:
    Author = "author",
    Editor = "editor",
    Translator = "translator",
    Photo = "photo",
    Source = "source",
    With = "with",
    For = "for",
    And = "and",
}

kinds! {
    /// Where a cue counts.
    Where:
    Any = "any",
    Own = "own",
    Colon = "colon",
}

kinds! {
    /// What stands in bylines and is no name.
    Junk:
    Nobody = "nobody",
    Cut = "cut",
    Desk = "desk",
    Degree = "degree",
    Tail = "tail",
}

kinds! {
    /// A word of titles.
    Role:
    Modifier = "modifier",
    Noun = "noun",
}

kinds! {
    /// Where a word makes a name that of an organisation.
    Organisation:
    Word = "word",
    Last = "last",
}
