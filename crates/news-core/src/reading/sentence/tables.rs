//! Word lists of each language.

use std::sync::{LazyLock, OnceLock};

use crate::lexicon::{self, Table, WordSet};

/// What an abbreviation says about the full stop after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name follows: the stop never ends a sentence.
    Title,
    /// Ends a sentence only before a word that usually opens one.
    Inner,
    /// Ends a sentence before any capital.
    Closing,
    /// Goes with the number that follows; before anything else an ordinary word.
    Number,
    /// Ends a sentence, but not before a weekday, month or time zone.
    Clock,
    /// `b.` and `d.`: goes with the number or month that follows.
    Life,
    /// Ends a sentence before a capital where a number stands before it.
    Unit,
}

/// What the words in `lexicon/sentence_words` are.
pub(super) const ROLES: [&str; 5] = ["opener", "follower", "lead", "verb", "credit"];
const OPENER: usize = 0;
const FOLLOWER: usize = 1;
const LEAD: usize = 2;
const VERB: usize = 3;
const CREDIT: usize = 4;

/// The words of one language.
#[derive(Debug, Default)]
pub(super) struct Tables {
    abbreviations: Table<Kind>,
    /// Words by their role in [`ROLES`].
    words: [WordSet; ROLES.len()],
    /// Writes ordinals as a number and a full stop.
    pub(super) ordinals: bool,
}

/// Letters looked at to decide the script.
const SCRIPT_SAMPLE: usize = 400;

/// The word lists of one language.
pub(super) struct Files {
    pub(super) language: &'static str,
    pub(super) abbreviations: &'static str,
    pub(super) words: &'static str,
}

macro_rules! files {
    ($($language:literal),*) => {
        [$(Files {
            language: $language,
            abbreviations: include_str!(concat!("../../../lexicon/abbreviations/", $language, ".txt")),
            words: include_str!(concat!("../../../lexicon/sentence_words/", $language, ".txt")),
        }),*]
    };
}

pub(super) const FILES: [Files; 15] = files![
    "en", "cs", "da", "de", "es", "fi", "fr", "hu", "it", "nl", "pl", "pt", "ru", "sv", "tr"
];

static TABLES: [OnceLock<Tables>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];

/// Endings of file names and addresses: a capitalised one opens no sentence.
static ENDINGS: LazyLock<WordSet> = LazyLock::new(|| lexicon::lines(ENDINGS_FILE).collect());

pub(super) const ENDINGS_FILE: &str = include_str!("../../../lexicon/file_endings.txt");

impl Tables {
    /// The words for a text: of the language, else of its script.
    pub(super) fn of(language: Option<&str>, text: &str) -> &'static Self {
        let primary = language.and_then(|tag| tag.split(['-', '_']).next());
        let code = match primary.map(str::to_ascii_lowercase).as_deref() {
            Some("nb" | "nn" | "no") => "da",
            Some("sk") => "cs",
            Some("uk" | "be" | "bg" | "sr" | "mk") => "ru",
            Some("ca" | "gl") => "es",
            Some(other) => {
                FILES.map(|files| files.language).into_iter().find(|l| *l == other).unwrap_or("en")
            }
            None if is_cyrillic(text) => "ru",
            None => "en",
        };
        let place = FILES.iter().position(|files| files.language == code).unwrap_or(0);
        TABLES[place].get_or_init(|| Self::read(&FILES[place]))
    }

    fn read(files: &Files) -> Self {
        let mut tables = Self::default();
        for row in lexicon::rows(files.abbreviations) {
            if let [word, kind] = row[..] {
                tables.abbreviations.extend(Kind::named(kind).map(|kind| (word, kind)));
            }
        }
        for row in lexicon::rows(files.words) {
            if let [word, role] = row[..]
                && let Some(set) = ROLES.iter().position(|name| *name == role)
            {
                tables.words[set].insert(word);
            }
        }
        tables.ordinals = !tables.words[LEAD].is_empty();
        tables
    }

    /// What the word before a full stop is, if not an ordinary word: an initial, an acronym with
    /// stops, or an abbreviation of the language.
    ///
    /// An entry in lower case stands for any case, one with a capital only for itself and for
    /// capitals throughout.
    pub(super) fn kind(&self, word: &str) -> Option<Kind> {
        if let Some(kind) = self.abbreviations.get(word) {
            return Some(*kind);
        }
        if is_initials(word) {
            return Some(Kind::Inner);
        }
        if !word.contains(char::is_uppercase) {
            return None;
        }
        let lower = word.to_lowercase();
        if let Some(kind) = self.abbreviations.get(lower.as_str()) {
            return Some(*kind);
        }
        let shouted = word.chars().count() > 1 && !word.contains(char::is_lowercase);
        shouted.then(|| self.abbreviations.get(capitalised(&lower).as_str()).copied())?
    }

    /// Whether the word usually opens a sentence.
    pub(super) fn opens(&self, word: &str) -> bool {
        word.starts_with(char::is_uppercase) && has(&self.words[OPENER], word)
    }

    /// Whether the word goes on after an ordinal or a time of day.
    pub(super) fn follows(&self, word: &str) -> bool {
        has(&self.words[FOLLOWER], word)
    }

    /// Whether the word leads in an ordinal.
    pub(super) fn leads(&self, word: &str) -> bool {
        has(&self.words[LEAD], word)
    }

    /// Whether the word, with a colon, opens a credit line.
    pub(super) fn credits(&self, word: &str) -> bool {
        word.starts_with(char::is_uppercase) && has(&self.words[CREDIT], word)
    }

    /// Whether the word is a verb that attributes speech.
    pub(super) fn speaks(&self, word: &str) -> bool {
        self.words[VERB].contains(word)
    }
}

/// Whether the word is an ending of addresses or file names.
pub(super) fn is_ending(word: &str) -> bool {
    has(&ENDINGS, word)
}

impl Kind {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "title" => Self::Title,
            "inner" => Self::Inner,
            "closing" => Self::Closing,
            "number" => Self::Number,
            "clock" => Self::Clock,
            "life" => Self::Life,
            "unit" => Self::Unit,
            _ => return None,
        })
    }
}

fn has(set: &WordSet, word: &str) -> bool {
    set.contains(word) || set.contains(word.to_lowercase().as_str())
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// `J`, `U.S`, `И.О`: single letters between stops.
fn is_initials(word: &str) -> bool {
    let mut letters = word.split('.').peekable();
    let single = |part: &str| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    };
    let first = letters.peek().is_some_and(|part| part.starts_with(char::is_uppercase));
    (first || word.contains('.')) && letters.all(single)
}

fn is_cyrillic(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(SCRIPT_SAMPLE);
    let (mut cyrillic, mut all) = (0, 0);
    for letter in letters {
        all += 1;
        cyrillic += usize::from(matches!(letter, '\u{400}'..='\u{52f}'));
    }
    cyrillic * 2 > all
}
