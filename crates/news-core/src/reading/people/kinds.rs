//! What words are, where people are read; the build lays out tables of it (`build/people.rs`).

/// What a word is, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Kinds(u32);

impl Kinds {
    /// A first name, where it is capitalised.
    pub(super) const FIRST: Self = Self(1);
    /// Addresses a person: Mr, Sheikh.
    pub(super) const HONORIFIC: Self = Self(1 << 1);
    /// An office or calling that may stand capitalised before a name.
    pub(super) const TITLE: Self = Self(1 << 2);
    /// Any noun for a person.
    pub(super) const PERSON: Self = Self(1 << 3);
    /// Somebody's relative, friend or rival.
    pub(super) const RELATION: Self = Self(1 << 4);
    /// No part of a name.
    pub(super) const FUNCTION: Self = Self(1 << 5);
    /// A form of to be or become.
    pub(super) const COPULA: Self = Self(1 << 6);
    /// A verb of speaking.
    pub(super) const SPEECH: Self = Self(1 << 7);
    /// Stands before a noun for a person: former, foreign.
    pub(super) const MODIFIER: Self = Self(1 << 8);
    /// Joins what follows to a noun: of, for, at.
    pub(super) const LINK: Self = Self(1 << 9);
    /// A name with it is an organisation's.
    pub(super) const ORGANISATION: Self = Self(1 << 10);
    /// A name with it is a place's.
    pub(super) const PLACE: Self = Self(1 << 11);
    /// Follows a name: Jr., III.
    pub(super) const SUFFIX: Self = Self(1 << 12);
    /// Joins parts of a name: van, al.
    pub(super) const PARTICLE: Self = Self(1 << 13);
    /// A surname that stands before the given name.
    pub(super) const FAMILY_FIRST: Self = Self(1 << 14);
    /// A third-person pronoun of one person.
    pub(super) const PRONOUN: Self = Self(1 << 15);
    /// A plural noun.
    pub(super) const PLURAL: Self = Self(1 << 16);
    /// An article, a demonstrative or a possessive pronoun.
    pub(super) const DETERMINER: Self = Self(1 << 17);
    /// A preposition.
    pub(super) const PREPOSITION: Self = Self(1 << 18);

    /// A verb that helps another: has, will.
    pub(super) const AUXILIARY: Self = Self(1 << 19);
    /// An adjective of a country.
    pub(super) const NATION: Self = Self(1 << 20);

    /// A noun for a person that is an adjective as often.
    pub(super) const ADJECTIVE: Self = Self(1 << 21);

    /// Says no more of a person than the gender: man, girl.
    pub(super) const ANYBODY: Self = Self(1 << 22);

    /// A first name that many bear.
    pub(super) const COMMON: Self = Self(1 << 23);

    /// Nouns that can head a role.
    pub(super) const ROLE: Self = Self(Self::TITLE.0 | Self::PERSON.0 | Self::RELATION.0);

    /// Whether any of the kinds in `other` is among these.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// These and those of `other`.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These without those of `other`.
    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    #[allow(dead_code, reason = "asked by the build")]
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "function" => Self::FUNCTION,
            "copula" => Self::COPULA,
            "speech" => Self::SPEECH,
            "modifier" => Self::MODIFIER,
            "link" => Self::LINK,
            "organisation" => Self::ORGANISATION,
            "place" => Self::PLACE,
            "suffix" => Self::SUFFIX,
            "particle" => Self::PARTICLE,
            "determiner" => Self::DETERMINER,
            "adjective" => Self::ADJECTIVE,
            "auxiliary" => Self::AUXILIARY,
            "nation" => Self::NATION,
            "preposition" => Self::PREPOSITION,
            "relation" => Self::RELATION,
            "person" => Self::PERSON,
            _ => return None,
        })
    }
}

/// What the tables say of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Word {
    /// What it is.
    pub(super) kinds: Kinds,
    /// Gender of those who bear it as a first name.
    pub(super) name: Gender,
    /// Gender that it states as a noun, an honorific or a pronoun.
    pub(super) noun: Gender,
    /// Case of a pronoun.
    pub(super) case: Case,
}

impl Word {
    /// The word of a table's number: its kinds, and above them two bits each for name, noun and case.
    pub(super) fn of(number: u32) -> Self {
        let two = |shift: u32| number >> shift & 3;
        let gender = |shift| match two(shift) {
            1 => Gender::Female,
            2 => Gender::Male,
            _ => Gender::Unknown,
        };
        let case = match two(28) {
            1 => Case::Object,
            2 => Case::Possessive,
            3 => Case::Reflexive,
            _ => Case::Subject,
        };
        Self { kinds: Kinds(number & 0xff_ffff), name: gender(24), noun: gender(26), case }
    }

    /// Its number in a table.
    pub(super) fn number(self) -> u32 {
        self.kinds.0
            | (self.name as u32) << 24
            | (self.noun as u32) << 26
            | (self.case as u32) << 28
    }
}

/// Case of a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Case {
    /// he, she
    #[default]
    Subject,
    /// him, and her where nothing of hers follows
    Object,
    /// his, her
    Possessive,
    /// himself, herself
    Reflexive,
}

/// Gender, as far as the text and the usual bearers of a name tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Gender {
    /// Not told, or contradictory.
    #[default]
    Unknown,
    /// She.
    Female,
    /// He.
    Male,
}

impl Gender {
    #[allow(dead_code, reason = "asked by the build")]
    pub(super) fn named(name: &str) -> Self {
        match name {
            "m" => Self::Male,
            "f" => Self::Female,
            _ => Self::Unknown,
        }
    }

    /// This, or the other where this is unknown.
    pub(super) fn or(self, other: Self) -> Self {
        if self == Self::Unknown { other } else { self }
    }

    /// Whether one person cannot be of both.
    pub(super) fn contradicts(self, other: Self) -> bool {
        self != Self::Unknown && other != Self::Unknown && self != other
    }
}

/// Gender that a noun's ending states.
pub(super) fn gender_by_form(noun: &str) -> Gender {
    if noun.ends_with("woman") || noun.ends_with("tress") {
        Gender::Female
    } else if noun.ends_with("sman") || noun.ends_with("wman") {
        Gender::Male
    } else {
        Gender::Unknown
    }
}
