//! What shapes a clause: classes of words, which the build notes in its tables (`build/quotes.rs`).

/// What the words of `lexicon/quotes/*/words.tsv` are; a word has the bit of its place here.
#[allow(dead_code, reason = "asked by the build")]
pub(super) const CLASSES: [&str; 31] = [
    "adverb",
    "anonymous",
    "as",
    "be",
    "coordinator",
    "determiner",
    "do",
    "genitive",
    "have",
    "indefinite",
    "label",
    "modal",
    "negation",
    "object",
    "oblique",
    "organisation",
    "person",
    "possessive",
    "preposition",
    "question",
    "relative",
    "role",
    "subject",
    "subjunctive",
    "subordinator",
    "that",
    "time",
    "title",
    "to",
    "unnamed",
    "work",
];

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(pub(super) u32);

macro_rules! classes {
    ($($name:ident = $place:literal),* $(,)?) => {
        impl Classes {
            $(pub(super) const $name: Self = Self(1 << $place);)*
        }
    };
}

classes! {
    ADVERB = 0,
    ANONYMOUS = 1,
    AS = 2,
    BE = 3,
    COORDINATOR = 4,
    DETERMINER = 5,
    DO = 6,
    GENITIVE = 7,
    HAVE = 8,
    INDEFINITE = 9,
    LABEL = 10,
    MODAL = 11,
    NEGATION = 12,
    OBJECT = 13,
    OBLIQUE = 14,
    ORGANISATION = 15,
    PERSON = 16,
    POSSESSIVE = 17,
    PREPOSITION = 18,
    QUESTION = 19,
    RELATIVE = 20,
    ROLE = 21,
    SUBJECT = 22,
    SUBJUNCTIVE = 23,
    SUBORDINATOR = 24,
    THAT = 25,
    TIME = 26,
    TITLE = 27,
    TO = 28,
    UNNAMED = 29,
    WORK = 30,
}

impl Classes {
    /// Whether one of `others` is among them.
    pub(super) fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[allow(dead_code, reason = "asked by the build")]
    pub(super) fn named(name: &str) -> Self {
        CLASSES.iter().position(|known| *known == name).map_or(Self(0), |at| Self(1 << at))
    }
}
