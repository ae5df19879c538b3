//! The words of bylines, from the tables of `lexicon/`.

use std::sync::LazyLock;

pub(super) use super::kinds::{Junk, Kind, Organisation, Role, Where};
use super::name::is_cjk;
use crate::frozen::Frozen;
use crate::letters::ascii_lower;
use crate::lexicon;

#[derive(Debug)]
pub(super) struct Cue {
    pub(super) kind: Kind,
    pub(super) languages: &'static str,
    pub(super) place: Where,
}

pub(super) struct Tables {
    /// Words and phrases in lower case: a byte each at the places [`WORDS`] to [`CUES`], then the cues: kind,
    /// place, bytes of the languages, the languages.
    words: Frozen<'static>,
    /// Lower-cased name -> full name.
    agencies: Frozen<'static>,
    /// Titles written without spaces beside a name, longest first.
    pub(super) glued_roles: LazyLock<Vec<&'static str>>,
    /// Ends of notes that are no names.
    pub(super) tails: LazyLock<Vec<&'static str>>,
    /// Agency names without spaces around them, longest first.
    pub(super) glued_agencies: LazyLock<Vec<&'static str>>,
}

/// Bytes of a name that is looked up without allocating.
const AGENCY_BYTES: usize = 64;

/// Most words of a cue or junk phrase that begins with the word.
const WORDS: usize = 0;
/// What [`Junk`], [`Role`] and [`Organisation`] it is.
const JUNK: usize = 1;
const ROLE: usize = 2;
const ORGANISATION: usize = 3;
/// How many cues it is.
const CUES: usize = 4;

pub(super) const AGENCIES: &str = include_str!("../../../lexicon/agencies.tsv");
pub(super) const JUNK_LIST: &str = include_str!("../../../lexicon/byline_junk.tsv");
pub(super) const ROLES: &str = include_str!("../../../lexicon/roles.tsv");

pub(super) static TABLES: Tables = Tables {
    words: Frozen::new(include_bytes!(concat!(env!("OUT_DIR"), "/bylines.table"))),
    agencies: Frozen::new(include_bytes!(concat!(env!("OUT_DIR"), "/agencies.table"))),
    glued_roles: LazyLock::new(|| {
        glued(lexicon::rows(ROLES).filter_map(|row| row.first().copied()))
    }),
    tails: LazyLock::new(|| {
        lexicon::lines(JUNK_LIST).filter_map(|line| line.strip_suffix("\ttail")).collect()
    }),
    glued_agencies: LazyLock::new(|| {
        let names = |row: lexicon::Row| {
            let [name, short, others] =
                [0, 1, 2].map(|at| row.get(at).copied().unwrap_or_default());
            [name, short].into_iter().chain(others.split('|'))
        };
        glued(lexicon::rows(AGENCIES).flat_map(names))
    }),
};

/// Those of `names` that are written without spaces around them, longest first.
fn glued(names: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut glued: Vec<_> = names.filter(|name| name.starts_with(is_cjk)).collect();
    glued.sort_by_key(|name| std::cmp::Reverse(name.len()));
    glued
}

impl Tables {
    /// The byte at one of the places of what is known of a word or phrase; 0 for others.
    fn byte(&self, phrase: &str, place: usize) -> u8 {
        let known = self.words.get(phrase.as_bytes());
        known.and_then(|known| known.get(place)).copied().unwrap_or_default()
    }

    /// Most words of a cue or junk phrase that begins with the word.
    pub(super) fn phrase_words(&self, word: &str) -> Option<usize> {
        Some(usize::from(self.byte(word, WORDS))).filter(|words| *words > 0)
    }

    /// What a phrase is that is no name.
    pub(super) fn junk(&self, phrase: &str) -> Option<Junk> {
        Junk::numbered(self.byte(phrase, JUNK))
    }

    /// What a word is in titles.
    pub(super) fn role(&self, word: &str) -> Option<Role> {
        Role::numbered(self.byte(word, ROLE))
    }

    /// Where a word makes a name that of an organisation.
    pub(super) fn organisation(&self, word: &str) -> Option<Organisation> {
        Organisation::numbered(self.byte(word, ORGANISATION))
    }

    /// The cues that a phrase is.
    pub(super) fn cues(&self, phrase: &str) -> impl Iterator<Item = Cue> {
        let known = self.words.get(phrase.as_bytes()).unwrap_or_default();
        let (head, mut rest) = known.split_at_checked(CUES + 1).unwrap_or_default();
        let cues = head.last().copied().unwrap_or_default();
        let cue = move |_| {
            let [kind, place, length, behind @ ..] = rest else { return None };
            let (languages, behind) = behind.split_at_checked(usize::from(*length))?;
            rest = behind;
            let languages = std::str::from_utf8(languages).ok()?;
            Some(Cue { kind: Kind::numbered(*kind)?, languages, place: Where::numbered(*place)? })
        };
        (0..cues).map_while(cue)
    }

    /// The full name of an agency. Abbreviations of two letters must be in capitals.
    pub(super) fn agency(&self, name: &str) -> Option<&'static str> {
        let name = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name);
        let name = name.trim_matches('.');
        let mut buffer = [0; AGENCY_BYTES];
        let short = if name.is_ascii() { ascii_lower(name, &mut buffer) } else { None };
        let known = if name.len() <= 2 {
            self.agencies.get(name.as_bytes())
        } else if let Some(lower) = short {
            self.agencies.get(lower)
        } else {
            self.agencies.get(name.to_lowercase().as_bytes())
        };
        let (length, rest) = known?.split_first()?;
        std::str::from_utf8(rest.get(..usize::from(*length))?).ok()
    }
}
