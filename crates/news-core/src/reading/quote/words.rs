//! Word lists of each language: what shapes a clause, verbs of attribution, parts of speech.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Stance;
use crate::lexicon;

/// What the words of `lexicon/quotes/*/words.tsv` are; a word has the bit of its place here.
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
pub(super) struct Classes(u32);

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

    fn named(name: &str) -> Self {
        CLASSES.iter().position(|known| *known == name).map_or(Self(0), |at| Self(1 << at))
    }
}

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

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    pub(super) classes: Classes,
    /// Parts of speech, the commonest first: letters of `forms.tsv`. Empty: unknown.
    pub(super) parts: &'static str,
    /// Place of its lemma as a verb or phrase, plus one. 0: no cue.
    pub(super) cue: u16,
    /// Place of its lemma as a noun, plus one. 0: no cue.
    pub(super) noun: u16,
}

/// The words of one language.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "traits of a language, each on its own")]
pub(super) struct Tables {
    words: HashMap<&'static str, Word>,
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
    pub(super) words: &'static str,
    pub(super) cues: &'static str,
    pub(super) nouns: &'static str,
    pub(super) forms: &'static str,
}

macro_rules! files {
    ($($language:literal),*) => {
        [$(Files {
            language: $language,
            traits: include_str!(concat!("../../../lexicon/quotes/", $language, "/traits.txt")),
            words: include_str!(concat!("../../../lexicon/quotes/", $language, "/words.tsv")),
            cues: include_str!(concat!("../../../lexicon/quotes/", $language, "/cues.tsv")),
            nouns: include_str!(concat!("../../../lexicon/quotes/", $language, "/nouns.tsv")),
            forms: include_str!(concat!("../../../lexicon/quotes/", $language, "/forms.tsv")),
        }),*]
    };
}

/// What `traits.txt` may hold; [`Tables`] says what each means.
pub(super) const TRAITS: [&str; 4] = ["capital_nouns", "verb_second", "dashes", "english"];

/// The languages with word lists: a language is added here and by a folder of its own.
pub(super) const FILES: [Files; 4] = files!["en", "de", "es", "fr"];

static TABLES: LazyLock<Vec<Tables>> = LazyLock::new(|| FILES.iter().map(Tables::read).collect());

/// The words of a language without lists.
static NONE: LazyLock<Tables> = LazyLock::new(Tables::default);

/// Longest word looked up, in bytes: longer ones are no words of the lists.
const LONGEST_BYTES: usize = 32;

impl Tables {
    /// The words of a language; none where it has no lists.
    pub(super) fn of(language: Option<&str>) -> &'static Self {
        let primary = language.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or("en");
        let known = |files: &Files| files.language.eq_ignore_ascii_case(primary);
        FILES.iter().position(known).map_or(&NONE, |place| &TABLES[place])
    }

    /// Whether the language has lists.
    pub(super) fn is_known(&self) -> bool {
        !self.lemmas.is_empty()
    }

    fn read(files: &Files) -> Self {
        let has = |name| lexicon::lines(files.traits).any(|own| own == name);
        let [capital_nouns, verb_second, dashes, english] = TRAITS.map(has);
        let mut tables = Self { capital_nouns, verb_second, dashes, english, ..Self::default() };
        for row in lexicon::rows(files.words) {
            if let [word, classes] = row[..] {
                let bits = classes.split(' ').map(|name| Classes::named(name).0);
                tables.words.entry(word).or_default().classes = Classes(bits.sum());
            }
        }
        for row in lexicon::rows(files.forms) {
            if let [word, parts] = row[..] {
                tables.words.entry(word).or_default().parts = parts;
            }
        }
        for row in lexicon::rows(files.cues) {
            tables.add_cue(&row, |word| &mut word.cue);
        }
        for row in lexicon::rows(files.nouns) {
            tables.add_cue(&row, |word| &mut word.noun);
        }
        tables
    }

    fn add_cue(&mut self, row: &[&'static str], slot: fn(&mut Word) -> &mut u16) {
        let [name, stance, frames, forms] = *row else { return };
        let Some(stance) = Stance::named(stance) else { return };
        let bits = frames.split(',').map(|frame| Frames::named(frame).0);
        let prepositions = frames.split(',').filter_map(|frame| frame.strip_prefix('p'));
        self.lemmas.push(Lemma {
            name,
            stance,
            frames: Frames(bits.fold(0, |all, bit| all | bit)),
            prepositions: prepositions.collect(),
        });
        for form in forms.split(' ') {
            *slot(self.words.entry(form).or_default()) = self.lemmas.len() as u16;
        }
    }

    /// What is known of a word, in any case.
    pub(super) fn word(&self, word: &str) -> Word {
        let mut buffer = [0u8; LONGEST_BYTES];
        lower(word, &mut buffer).and_then(|word| self.words.get(word)).copied().unwrap_or_default()
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
