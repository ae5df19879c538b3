//! The words of dates and times, one table a language: `lexicon/times/<language>.tsv`.

use std::sync::LazyLock;

use super::lexer::{Kind, Tokens};
use crate::lexicon::{WordMap, rows};

/// What a word can mean inside a date or time. A word may have several classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// `1`..=`12`.
    Month,
    /// `1` (Monday) ..=`7`.
    Weekday,
    /// `S MI H D W M Q Y E C WE`: second to century, and weekend.
    Unit,
    /// A number word.
    Number,
    /// "few", "several": a number that is not said.
    Vague,
    /// "half" of "a year and a half"; with a number that many and a half: "anderthalb".
    Half,
    /// `1`..=`31`.
    Ordinal,
    /// "the", "a".
    Article,
    /// `MO AF EV NI DT MI`: a part of the day, as TIMEX3 writes it.
    Part,
    /// `SP SU FA WI`.
    Season,
    /// "last", "this", "next", …; the value names which.
    Relative,
    /// The same behind its noun: "dernière".
    Behind,
    /// Days from the anchor, with an optional part of the day: `-1`, `0NI`.
    DayWord,
    /// `past present future`.
    Reference,
    /// "nearly", "more than"; the value is the modifier.
    Bound,
    /// "early", "late", "mid": `START END MID`.
    Edge,
    /// "beginning", "end": the same, with "of".
    EdgeNoun,
    /// "ago", behind an amount.
    Ago,
    /// "il y a", before an amount.
    AgoBefore,
    /// "dans", before an amount: from now on.
    InBefore,
    /// "earlier" `-1`, "later" `1`, behind an amount.
    Shift,
    /// "every".
    Every,
    /// "daily": the value is the period.
    Often,
    /// `12-25` or a named rule.
    Holiday,
    /// "of".
    Of,
    /// "in", "on", "since", ….
    Preposition,
    /// A sign that the clause looks back.
    Past,
    /// A sign that the clause looks ahead.
    Future,
    /// Minutes east of UTC; `us` behind it: standard time, summer time by the day.
    Zone,
    /// `AM PM`.
    Meridiem,
    /// `12` noon, `24` midnight.
    Noon,
    /// "o'clock", "Uhr".
    Oclock,
    /// "fiscal".
    Fiscal,
    /// "and".
    And,
    /// "or".
    Or,
    /// "period".
    Period,
    /// "twice", "times": before "a week".
    Times,
    /// "old": makes an age of an amount.
    Old,
    /// "more", "full", "additional": may stand between a number and its unit.
    Filler,
    /// "ended", "ending": behind a fiscal period.
    Ended,
    /// "to", "until", "through": between the ends of a range.
    To,
    /// Letters glued to a number: "th", "s", "t".
    Suffix,
    /// "on", between a time and its day.
    On,
    /// "at", between a day and its time.
    At,
    /// "nineties": the tens.
    Decade,
    /// "or so".
    OrSo,
    /// "in", of "earlier in the year".
    InEdge,
    /// "in", "over" and others that a season follows.
    InSeason,
    /// "Q" and "H" of "Q3", "H1".
    QuarterLetter,
    /// "for", "within": before "years" they make it a span.
    Spanning,
    /// A preposition that may follow a rate: "a year for".
    Loose,
    /// "before", "after": what follows dates the days before it.
    Around,
    /// "long" of "decades-long".
    Long,
    /// "his": a number behind it is an age.
    Possessive,
    /// "after", "as": "soon after" is no time by itself.
    NotSoon,
    /// "by" before a month: it is to come.
    Until,
    /// "before" `-1`, "after" `1`: "the day before".
    Neighbour,
    /// Right before a date: "ended" `-1`, "ending" `1`.
    Bounded,
    /// "week" of "the first week of May".
    Week,
    /// "be": the participle behind it is no past.
    Be,
    /// "since": what follows is over.
    Since,
}

impl Class {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "month" => Self::Month,
            "weekday" => Self::Weekday,
            "unit" => Self::Unit,
            "number" => Self::Number,
            "vague" => Self::Vague,
            "half" => Self::Half,
            "ordinal" => Self::Ordinal,
            "article" => Self::Article,
            "part" => Self::Part,
            "season" => Self::Season,
            "relative" => Self::Relative,
            "behind" => Self::Behind,
            "day_word" => Self::DayWord,
            "reference" => Self::Reference,
            "bound" => Self::Bound,
            "edge" => Self::Edge,
            "edge_noun" => Self::EdgeNoun,
            "ago" => Self::Ago,
            "ago_before" => Self::AgoBefore,
            "in_before" => Self::InBefore,
            "shift" => Self::Shift,
            "every" => Self::Every,
            "often" => Self::Often,
            "holiday" => Self::Holiday,
            "of" => Self::Of,
            "preposition" => Self::Preposition,
            "past" => Self::Past,
            "future" => Self::Future,
            "zone" => Self::Zone,
            "meridiem" => Self::Meridiem,
            "noon" => Self::Noon,
            "oclock" => Self::Oclock,
            "fiscal" => Self::Fiscal,
            "and" => Self::And,
            "or" => Self::Or,
            "period" => Self::Period,
            "times" => Self::Times,
            "old" => Self::Old,
            "filler" => Self::Filler,
            "ended" => Self::Ended,
            "to" => Self::To,
            "suffix" => Self::Suffix,
            "on" => Self::On,
            "at" => Self::At,
            "decade" => Self::Decade,
            "or_so" => Self::OrSo,
            "in_edge" => Self::InEdge,
            "in_season" => Self::InSeason,
            "quarter_letter" => Self::QuarterLetter,
            "spanning" => Self::Spanning,
            "loose" => Self::Loose,
            "around" => Self::Around,
            "long" => Self::Long,
            "possessive" => Self::Possessive,
            "not_soon" => Self::NotSoon,
            "until" => Self::Until,
            "neighbour" => Self::Neighbour,
            "bounded" => Self::Bounded,
            "week" => Self::Week,
            "be" => Self::Be,
            "since" => Self::Since,
            _ => return None,
        })
    }

    /// Whether an expression can begin with it.
    fn opens(self) -> bool {
        !matches!(
            self,
            Self::Preposition
                | Self::Of
                | Self::Past
                | Self::Future
                | Self::Zone
                | Self::Meridiem
                | Self::And
                | Self::Or
                | Self::Old
                | Self::Filler
                | Self::Ended
                | Self::To
                | Self::Ago
                | Self::Oclock
                | Self::Suffix
                | Self::On
                | Self::At
                | Self::OrSo
                | Self::InEdge
                | Self::InSeason
                | Self::Spanning
                | Self::Loose
                | Self::Around
                | Self::Long
                | Self::Possessive
                | Self::NotSoon
                | Self::Until
                | Self::Bounded
                | Self::Neighbour
                | Self::Week
                | Self::Be
                | Self::Since
        )
    }
}

/// One meaning of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sense {
    pub class: Class,
    pub value: &'static str,
    /// The value as a number, 0 where it is none.
    pub number: i32,
    /// An everyday word too ("may", "fall"): means time only beside other time words.
    pub weak: bool,
    /// Plural.
    pub plural: bool,
}

#[derive(Debug, Default)]
pub(super) struct Word {
    pub senses: Vec<Sense>,
    pub opens: bool,
    /// Phrases that end with this word, as their words' ids, longest first; and the phrase's own id.
    phrases: Vec<(Vec<u16>, u16)>,
}

/// All words of one language.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: WordMap<&'static [u8], u16>,
    words: Vec<Word>,
    /// For each first byte (its low five bits) the lengths of the words that begin with it, as bits.
    lengths: [u32; 32],
    /// Day before month in `4/5/2024`.
    pub day_first: bool,
    /// Past verbs end in "-ed".
    pub english: bool,
}

/// Longest word looked up, in bytes.
pub(super) const MAX_WORD: usize = 24;

impl Vocabulary {
    /// The language's table; `None`: English. A language without a table has no words.
    pub(super) fn of(language: Option<&str>) -> &'static Self {
        let primary = language.map(|tag| tag.split(['-', '_']).next().unwrap_or_default());
        match primary.map(str::to_ascii_lowercase).as_deref() {
            None | Some("en" | "") => &ENGLISH,
            Some("de") => &GERMAN,
            Some("fr") => &FRENCH,
            Some("es") => &SPANISH,
            Some(_) => &NONE,
        }
    }

    /// The id of a lower-case word, 0 if it has none.
    pub(super) fn id(&self, word: &[u8]) -> u16 {
        let Some(&first) = word.first() else { return 0 };
        let lengths = self.lengths[usize::from(first & 31)];
        if word.len() > MAX_WORD || lengths & (1 << word.len()) == 0 {
            return 0;
        }
        self.ids.get(word).copied().unwrap_or(0)
    }

    pub(super) fn word(&self, id: u16) -> Option<&Word> {
        self.words.get(usize::from(id))
    }

    /// The longest phrase that ends with the last of `ids` (given from the last backwards): its
    /// number of words and its id.
    pub(super) fn phrase(&self, last: u16, before: impl Fn(usize) -> u16) -> Option<(usize, u16)> {
        let phrases = &self.word(last)?.phrases;
        let fits = |words: &[u16]| {
            words.iter().rev().enumerate().skip(1).all(|(back, id)| before(back) == *id)
        };
        phrases.iter().find(|(words, _)| fits(words)).map(|(words, id)| (words.len(), *id))
    }

    fn parse(table: &'static str, day_first: bool, english: bool) -> Self {
        let mut vocabulary =
            Self { words: vec![Word::default()], day_first, english, ..Self::default() };
        for row in rows(table) {
            let [phrase, class, value] = row[..] else { continue };
            let Some(sense) = sense(class, value) else { continue };
            let id = vocabulary.add_phrase(phrase);
            let word = &mut vocabulary.words[usize::from(id)];
            word.senses.push(sense);
            word.opens |= sense.class.opens();
        }
        vocabulary.join_prefixes();
        for word in &mut vocabulary.words {
            word.phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        vocabulary
    }

    /// A phrase that begins with a shorter one ("New Year's" Eve) is met with that one already made
    /// one token.
    fn join_prefixes(&mut self) {
        let all: Vec<(Vec<u16>, u16)> =
            self.words.iter().flat_map(|word| word.phrases.clone()).collect();
        let mut by_first: WordMap<u16, Vec<&(Vec<u16>, u16)>> = WordMap::default();
        for phrase in &all {
            by_first.entry(phrase.0[0]).or_default().push(phrase);
        }
        for (long, id) in &all {
            let alike = by_first.get(&long[0]).into_iter().flatten();
            for (short, token) in alike.filter(|(short, _)| short.len() < long.len()) {
                let Some(rest) = long.strip_prefix(short.as_slice()) else { continue };
                let joined = [&[*token], rest].concat();
                if let Some(word) =
                    rest.last().and_then(|last| self.words.get_mut(usize::from(*last)))
                {
                    word.phrases.push((joined, *id));
                }
            }
        }
    }

    /// The id of a word or phrase, made if new.
    fn add_phrase(&mut self, phrase: &'static str) -> u16 {
        if phrase.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return self.add_word(phrase);
        }
        let parts: Vec<_> = Tokens::pieces(phrase).collect();
        let ids: Vec<u16> = parts.iter().map(|part| self.add_word(part)).collect();
        let [.., last] = ids[..] else { return 0 };
        if ids.len() == 1 {
            return last;
        }
        let known = &self.words[usize::from(last)].phrases;
        if let Some((_, id)) = known.iter().find(|(words, _)| *words == ids) {
            return *id;
        }
        let id = self.words.len() as u16;
        self.words.push(Word::default());
        self.words[usize::from(last)].phrases.push((ids, id));
        id
    }

    fn add_word(&mut self, word: &'static str) -> u16 {
        if let Some(id) = self.ids.get(word.as_bytes()) {
            return *id;
        }
        let id = self.words.len() as u16;
        self.words.push(Word::default());
        self.ids.insert(word.as_bytes(), id);
        if let Some(first) = word.as_bytes().first() {
            self.lengths[usize::from(first & 31)] |= 1 << word.len().min(31);
        }
        id
    }

    /// The first sense of this class.
    pub(super) fn sense(&self, kind: Kind, class: Class) -> Option<Sense> {
        let Kind::Word(id) = kind else { return None };
        self.word(id)?.senses.iter().find(|sense| sense.class == class).copied()
    }
}

/// A row's class and value; `?` behind the value: weak, `+`: plural.
fn sense(class: &str, value: &'static str) -> Option<Sense> {
    let class = Class::named(class)?;
    let plain = value.trim_end_matches(['?', '+']);
    let digits = plain.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    Some(Sense {
        class,
        value: plain,
        number: digits.parse().unwrap_or(0),
        weak: value.ends_with('?'),
        plural: value.contains('+'),
    })
}

static ENGLISH: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::parse(include_str!("../../../lexicon/times/en.tsv"), false, true));
static GERMAN: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::parse(include_str!("../../../lexicon/times/de.tsv"), true, false));
static FRENCH: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::parse(include_str!("../../../lexicon/times/fr.tsv"), true, false));
static SPANISH: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::parse(include_str!("../../../lexicon/times/es.tsv"), true, false));
static NONE: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::parse("", true, false));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_every_class_is_known() {
        for table in [
            include_str!("../../../lexicon/times/en.tsv"),
            include_str!("../../../lexicon/times/de.tsv"),
            include_str!("../../../lexicon/times/fr.tsv"),
            include_str!("../../../lexicon/times/es.tsv"),
        ] {
            crate::lexicon::check(table, 3);
            for row in rows(table) {
                assert!(Class::named(row[1]).is_some(), "unknown class in {row:?}");
                assert!(row[0].len() <= 3 * MAX_WORD, "too long: {row:?}");
            }
        }
    }
}
