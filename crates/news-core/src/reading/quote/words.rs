//! Word lists of each language: verbs of attribution, parts of speech.

use std::sync::OnceLock;

use super::Stance;
pub(super) use super::classes::Classes;
use crate::frozen::Frozen;
use crate::lexicon;

/// What may follow a cue: its frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Frames(u32);

/// The letters of the frames in the cue lists.
pub(super) const FRAME_LETTERS: &str = "qtwionragsvc";

impl Frames {
    pub(super) const QUOTE: Self = Self(1);
    pub(super) const CLAUSE: Self = Self(1 << 1);
    pub(super) const QUESTION: Self = Self(1 << 2);
    pub(super) const INFINITIVE: Self = Self(1 << 3);
    pub(super) const ORDER: Self = Self(1 << 4);
    pub(super) const NOUN: Self = Self(1 << 5);
    pub(super) const RECIPIENT: Self = Self(1 << 6);
    pub(super) const AS: Self = Self(1 << 7);
    pub(super) const GERUND: Self = Self(1 << 8);
    pub(super) const RAISING: Self = Self(1 << 9);
    pub(super) const NAMING: Self = Self(1 << 10);
    pub(super) const SOURCE: Self = Self(1 << 11);

    /// Whether one of `others` is among them.
    pub(super) fn any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn named(name: &str) -> Self {
        FRAME_LETTERS.find(name).map_or(Self(0), |at| Self(1 << at))
    }
}

/// A verb, noun or phrase of attribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lemma {
    pub(super) name: &'static str,
    pub(super) stance: Stance,
    pub(super) frames: Frames,
    /// Prepositions that lead to the content: "accuse of".
    pub(super) prepositions: Vec<&'static str>,
}

impl Lemma {
    /// The lemma of a row.
    fn read(row: &[&'static str]) -> Option<Self> {
        let [name, stance, frames] = *row else { return None };
        let bits = frames.split(',').map(|frame| Frames::named(frame).0);
        let prepositions = frames.split(',').filter_map(|frame| frame.strip_prefix('p'));
        Some(Self {
            name,
            stance: Stance::named(stance)?,
            frames: Frames(bits.fold(0, |all, bit| all | bit)),
            prepositions: prepositions.collect(),
        })
    }
}

// All that `forms.tsv` of any language says of parts of speech: `PARTS`.
include!(concat!(env!("OUT_DIR"), "/parts.rs"));

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    pub(super) classes: Classes,
    /// Place of its lemma as a verb or phrase, plus one. 0: no cue.
    pub(super) cue: u16,
    /// Place of its lemma as a noun, plus one. 0: no cue.
    pub(super) noun: u16,
}

impl Word {
    /// The word of a record: four bytes of classes, two of each cue, the place of its parts of speech.
    fn of(record: &[u8]) -> Option<(Self, Parts)> {
        let [a, b, c, d, cue_low, cue_high, noun_low, noun_high, parts, ..] = record else {
            return None;
        };
        let word = Self {
            classes: Classes(u32::from_le_bytes([*a, *b, *c, *d])),
            cue: u16::from_le_bytes([*cue_low, *cue_high]),
            noun: u16::from_le_bytes([*noun_low, *noun_high]),
        };
        Some((word, Parts(*parts)))
    }
}

/// Parts of speech of a word, as a place in [`PARTS`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parts(u8);

impl Parts {
    /// The commonest first: letters of `forms.tsv`. Empty: unknown.
    pub(super) fn letters(self) -> &'static str {
        PARTS.get(usize::from(self.0)).copied().unwrap_or_default()
    }
}

/// The words of one language.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "traits of a language, each on its own")]
pub(super) struct Tables {
    words: Frozen<'static>,
    lemmas: Vec<Lemma>,
    /// Common nouns are capitalised: German.
    pub(super) capital_nouns: bool,
    /// The verb comes second, and a comma opens every clause that depends on it: German.
    pub(super) verb_second: bool,
    /// A dash at the start of a line opens speech: French, Spanish.
    pub(super) dashes: bool,
    /// Endings and word order of English hold.
    pub(super) english: bool,
}

/// The word lists of one language.
pub(super) struct Files {
    pub(super) language: &'static str,
    pub(super) traits: &'static str,
    /// Its words, as the build lays them out.
    table: &'static [u8],
    /// Its lemmas, of verbs and then of nouns: name, stance, frames.
    lemmas: &'static str,
}

macro_rules! files {
    ($($language:literal),*) => {
        [$(Files {
            language: $language,
            traits: include_str!(concat!("../../../lexicon/quotes/", $language, "/traits.txt")),
            table: include_bytes!(concat!(env!("OUT_DIR"), "/quotes_", $language, ".table")),
            lemmas: include_str!(concat!(env!("OUT_DIR"), "/lemmas_", $language, ".tsv")),
        }),*]
    };
}

/// What `traits.txt` may hold; [`Tables`] says what each means.
pub(super) const TRAITS: [&str; 4] = ["capital_nouns", "verb_second", "dashes", "english"];

/// The languages with word lists: a language is added here and by a folder of its own.
pub(super) const FILES: [Files; 4] = files!["en", "de", "es", "fr"];

static TABLES: [OnceLock<Tables>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];

/// The words of a language without lists.
static NONE: Tables = Tables {
    words: Frozen::new(&[]),
    lemmas: Vec::new(),
    capital_nouns: false,
    verb_second: false,
    dashes: false,
    english: false,
};

/// Longest word looked up, in bytes: longer ones are no words of the lists.
const LONGEST_BYTES: usize = 32;

impl Tables {
    /// The words of a language; none where it has no lists.
    pub(super) fn of(language: Option<&str>) -> &'static Self {
        let primary = language.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or("en");
        let known = |files: &Files| files.language.eq_ignore_ascii_case(primary);
        let place = FILES.iter().position(known);
        place.map_or(&NONE, |place| TABLES[place].get_or_init(|| Self::read(&FILES[place])))
    }

    /// Whether the language has lists.
    pub(super) fn is_known(&self) -> bool {
        !self.lemmas.is_empty()
    }

    fn read(files: &Files) -> Self {
        let has = |name| lexicon::lines(files.traits).any(|own| own == name);
        let [capital_nouns, verb_second, dashes, english] = TRAITS.map(has);
        let lemmas = lexicon::rows(files.lemmas).filter_map(|row| Lemma::read(&row)).collect();
        let words = Frozen::new(files.table);
        Self { words, lemmas, capital_nouns, verb_second, dashes, english }
    }

    /// What is known of a word, in any case.
    pub(super) fn word(&self, word: &str) -> (Word, Parts) {
        let mut buffer = [0u8; LONGEST_BYTES];
        let known = lower(word, &mut buffer).and_then(|word| self.words.get(word.as_bytes()));
        known.and_then(Word::of).unwrap_or_default()
    }

    /// The lemma of a word's `cue`.
    pub(super) fn lemma(&self, cue: u16) -> Option<&Lemma> {
        self.lemmas.get(usize::from(cue).checked_sub(1)?)
    }
}

/// The word in lower case, its apostrophes straight.
fn lower<'b>(word: &str, buffer: &'b mut [u8; LONGEST_BYTES]) -> Option<&'b str> {
    if word.len() > LONGEST_BYTES {
        return None;
    }
    let mut len = 0;
    for c in word.chars() {
        let c = if c == '\u{2019}' { '\'' } else { c };
        for c in c.to_lowercase() {
            len += c.encode_utf8(buffer.get_mut(len..)?.get_mut(..c.len_utf8())?).len();
        }
    }
    std::str::from_utf8(buffer.get(..len)?).ok()
}
