//! Words and marks of a text, and the part of speech of each as far as its neighbours tell.

use std::ops::Range;

use super::words::{Classes, Tables, Word};

/// Part of speech, or the sort of mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Name,
    Noun,
    Number,
    Adjective,
    Adverb,
    Determiner,
    Pronoun,
    /// "his", or the ending of "Obama's".
    Possessive,
    Preposition,
    Coordinator,
    Subordinator,
    Modal,
    /// A form of be, have or do.
    Auxiliary,
    To,
    /// Base form or present.
    Base,
    /// Third person of the present.
    Present,
    Past,
    Participle,
    Gerund,
    Comma,
    Stop,
    Colon,
    Semicolon,
    Dash,
    Open,
    Close,
    /// A quotation mark.
    Quote,
    Other,
}

impl Tag {
    /// Whether it is a verb that can stand alone in a clause.
    pub(super) fn is_finite(self) -> bool {
        matches!(self, Self::Present | Self::Past | Self::Base | Self::Modal | Self::Auxiliary)
    }

    /// Whether it is a form of a full verb.
    pub(super) fn is_verb(self) -> bool {
        let nonfinite = matches!(self, Self::Participle | Self::Gerund);
        nonfinite || matches!(self, Self::Present | Self::Past | Self::Base)
    }
}

/// A word or mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) tag: Tag,
    pub(super) word: Word,
    /// Place of the quoted segment it stands in, marks included, plus one. 0: none.
    pub(super) segment: u32,
    /// Begins with a capital.
    pub(super) capital: bool,
}

impl Token {
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(super) fn is(&self, classes: Classes) -> bool {
        self.word.classes.any(classes)
    }

    /// Whether it belongs to a quotation.
    pub(super) fn quoted(&self) -> bool {
        self.segment > 0
    }
}

/// Cuts `text[range]` into tokens and adds them to `tokens`.
pub(super) fn cut(text: &str, range: Range<usize>, tables: &Tables, tokens: &mut Vec<Token>) {
    let mut at = range.start;
    while at < range.end {
        let Some(c) = text.get(at..range.end).and_then(|rest| rest.chars().next()) else { return };
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let end = if c.is_alphanumeric() {
            word_end(text, at, range.end)
        } else {
            clitic_end(text, at, range.end).unwrap_or_else(|| mark_end(text, at, c, range.end))
        };
        tokens.push(token(text, at..end, c, tables));
        at = end.max(at + c.len_utf8());
    }
}

fn token(text: &str, range: Range<usize>, first: char, tables: &Tables) -> Token {
    let slice = text.get(range.clone()).unwrap_or_default();
    let wordy = first.is_alphanumeric()
        || slice.len() > first.len_utf8() && (is_apostrophe(first) || inversion(slice).is_some());
    let word = if wordy { tables.word(slice) } else { Word::default() };
    let tag = if first.is_numeric() { Tag::Number } else { mark_tag(first, slice) };
    Token {
        start: range.start as u32,
        end: range.end as u32,
        tag,
        word,
        segment: 0,
        capital: first.is_uppercase(),
    }
}

fn mark_tag(c: char, slice: &str) -> Tag {
    match c {
        ',' | '，' | '、' => Tag::Comma,
        '.' | '!' | '?' | '…' | '。' | '！' | '？' => Tag::Stop,
        ':' | '：' => Tag::Colon,
        ';' | '；' => Tag::Semicolon,
        '–' | '—' | '―' => Tag::Dash,
        '-' if slice.bytes().all(|b| b == b'-') => Tag::Dash,
        '(' | '[' => Tag::Open,
        ')' | ']' => Tag::Close,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '「' | '」' | '『' | '』' | '`' | '‘' => {
            Tag::Quote
        }
        '\'' | '’' | '›' | '‹' if slice.chars().all(|other| other == c) => Tag::Quote,
        _ => Tag::Other,
    }
}

/// The end of the word that begins at `at`: letters, digits, inner marks, stops of abbreviations.
fn word_end(text: &str, at: usize, limit: usize) -> usize {
    let rest = text.get(at..limit).unwrap_or_default();
    let mut chars = rest.char_indices().peekable();
    let mut end = 0;
    while let Some((place, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = |next: Option<char>| next.is_some_and(char::is_alphanumeric);
        if c.is_alphanumeric() {
            end = place + c.len_utf8();
            continue;
        }
        let inner = match c {
            '-' | '‑' if inversion(rest.get(place..).unwrap_or_default()).is_some() => false,
            '-' | '‑' | '@' | '/' | '_' | '&' => joins(next),
            '\'' | '’' => joins(next) && !is_clitic(rest.get(place..).unwrap_or_default()),
            ',' => next.is_some_and(char::is_numeric) && ends_numeric(rest, place),
            '.' => {
                joins(next)
                    || next == Some(',')
                    || is_abbreviation(rest.get(..place).unwrap_or_default())
            }
            '\u{301}' | '\u{308}' => true,
            _ => false,
        };
        if !inner {
            break;
        }
        end = place + c.len_utf8();
    }
    at + end.max(rest.chars().next().map_or(1, char::len_utf8))
}

fn ends_numeric(text: &str, place: usize) -> bool {
    text.get(..place).and_then(|before| before.chars().next_back()).is_some_and(char::is_numeric)
}

/// Whether a stop after `word` belongs to it: an initial, an acronym, a title, a month.
fn is_abbreviation(word: &str) -> bool {
    let mut chars = word.chars();
    let single = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    let acronym = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    single || acronym || ABBREVIATIONS.contains(&word)
}

/// Abbreviations after which a name or number follows.
const ABBREVIATIONS: [&str; 36] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "Col", "Capt", "Lt", "Sgt", "Rev",
    "St", "Maj", "Jr", "Sr", "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec", "No", "Reps",
    "Sens", "Mme", "Mlle", "Sra", "Sr", "Srta", "Hr", "Fr", "vs",
];

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Endings cut off as tokens of their own.
const CLITICS: [&str; 6] = ["s", "re", "ll", "ve", "d", "m"];

/// Whether `text`, which begins with an apostrophe, opens with an ending such as "'s".
fn is_clitic(text: &str) -> bool {
    let letters: &str = text.get(text.chars().next().map_or(0, char::len_utf8)..).unwrap_or("");
    let len = letters.find(|c: char| !c.is_alphanumeric()).unwrap_or(letters.len());
    letters.get(..len).is_some_and(|ending| CLITICS.iter().any(|c| c.eq_ignore_ascii_case(ending)))
}

/// Subjects that French hangs on their verb: "dit-il", "a-t-elle".
const INVERSIONS: [&str; 11] = [
    "-t-il", "-t-elle", "-t-on", "-t-ils", "-t-elles", "-il", "-elle", "-on", "-ils", "-elles",
    "-je",
];

/// The length of such a subject at the start of `text`.
fn inversion(text: &str) -> Option<usize> {
    let ends = |len: usize| text.get(len..).is_some_and(|rest| !rest.starts_with(is_inner));
    let known = INVERSIONS.iter().filter(|known| text.starts_with(**known) && ends(known.len()));
    known.map(|known| known.len()).next()
}

fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

/// The end of an ending such as "'s" glued to the word before.
fn clitic_end(text: &str, at: usize, limit: usize) -> Option<usize> {
    let rest = text.get(at..limit)?;
    let glued = text.get(..at)?.chars().next_back().is_some_and(char::is_alphanumeric);
    if let Some(len) = inversion(rest).filter(|_| glued) {
        return Some(at + len);
    }
    let first = rest.chars().next().filter(|c| is_apostrophe(*c))?;
    if !glued || !is_clitic(rest) {
        return None;
    }
    let letters = rest.get(first.len_utf8()..)?;
    let len = letters.find(|c: char| !c.is_alphanumeric()).unwrap_or(letters.len());
    Some(at + first.len_utf8() + len)
}

/// The end of a mark: runs of dashes, stops and doubled single marks are one.
fn mark_end(text: &str, at: usize, c: char, limit: usize) -> usize {
    let runs = matches!(c, '-' | '.' | '\'' | '`' | '‘' | '’' | '…');
    let rest = text.get(at..limit).unwrap_or_default();
    let most = if matches!(c, '-' | '.') { usize::MAX } else { 2 };
    let same = rest.chars().take_while(|next| *next == c).take(most).count();
    at + c.len_utf8() * if runs { same.max(1) } else { 1 }
}

/// Gives each token its part of speech; `starts` are the places that open a sentence.
pub(super) fn tag(text: &str, tokens: &mut [Token], tables: &Tables) {
    let mut before = Tag::Stop;
    let mut verb_before = Before::default();
    for at in 0..tokens.len() {
        let opens = matches!(before, Tag::Stop | Tag::Quote | Tag::Colon) || at == 0;
        let next = tokens.get(at + 1).copied();
        let Some(token) = tokens.get(at).copied() else { return };
        let glued = at > 0 && tokens.get(at - 1).is_some_and(|last| last.end == token.start);
        let owns = glued && token.tag == Tag::Quote && !token.quoted() && before != Tag::Quote;
        let owns = owns && text.get(token.range()).is_some_and(|mark| matches!(mark, "'" | "’"));
        let tag = if owns {
            Tag::Possessive
        } else {
            choose(text, &token, next, opens, before, &verb_before, tables)
        };
        if let Some(token) = tokens.get_mut(at) {
            token.tag = tag;
        }
        verb_before.step(tag, &token);
        verb_before.plural = text.get(token.range()).is_some_and(|word| word.ends_with('s'));
        before = tag;
    }
}

/// The auxiliary that governs the next verb, adverbs passed over.
#[derive(Debug, Default)]
struct Before {
    governor: Option<Governor>,
    /// The noun phrase being read stands behind a preposition.
    object: bool,
    /// The word ends as plurals do.
    plural: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Governor {
    Be,
    Have,
    Base,
    Subject,
}

impl Before {
    fn step(&mut self, tag: Tag, token: &Token) {
        let nominal = matches!(
            tag,
            Tag::Name
                | Tag::Noun
                | Tag::Determiner
                | Tag::Adjective
                | Tag::Number
                | Tag::Possessive
        );
        self.object = tag == Tag::Preposition || nominal && self.object;
        self.governor = match tag {
            Tag::Adverb => return,
            Tag::Auxiliary if token.is(Classes::BE) => Some(Governor::Be),
            Tag::Auxiliary if token.is(Classes::HAVE) => Some(Governor::Have),
            Tag::Auxiliary | Tag::Modal | Tag::To => Some(Governor::Base),
            Tag::Pronoun if token.is(Classes::PERSON) => Some(Governor::Subject),
            _ => None,
        }
    }
}

fn choose(
    text: &str,
    token: &Token,
    next: Option<Token>,
    opens: bool,
    before: Tag,
    verb: &Before,
    tables: &Tables,
) -> Tag {
    if token.tag != Tag::Other {
        return token.tag;
    }
    let word = text.get(token.range()).unwrap_or_default();
    if let Some(tag) = closed(token, word.starts_with(is_apostrophe), next, before) {
        return tag;
    }
    if token.capital
        && !tables.capital_nouns
        && !(opens && (!token.word.parts.is_empty() || token.word.cue > 0) && !is_name_next(next))
    {
        return Tag::Name;
    }
    if token.capital && tables.capital_nouns {
        return Tag::Noun;
    }
    if !word.starts_with(char::is_alphabetic) {
        return Tag::Other;
    }
    if tables.capital_nouns && token.word.parts.is_empty() {
        return uncapitalised(token, next);
    }
    if !tables.english && token.word.cue > 0 {
        return Tag::Past;
    }
    let nominal = next.is_some_and(|next| next.capital || next.is(Classes::ROLE));
    let plain = !token.word.parts.contains(['v', 'z', 'd']) && !nominal;
    if plain && token.is(Classes::ROLE.or(Classes::ORGANISATION)) {
        return Tag::Noun;
    }
    let parts = if token.word.parts.is_empty() { ending(word, tables) } else { token.word.parts };
    open(parts, token.word.cue > 0, next, before, verb)
}

fn is_name_next(next: Option<Token>) -> bool {
    next.is_some_and(|next| next.capital)
}

/// The part of speech of a word that shapes clauses.
fn closed(token: &Token, clitic: bool, next: Option<Token>, before: Tag) -> Option<Tag> {
    let is = |class| token.is(class);
    let plain = token.word.classes;
    if plain == Classes::default() {
        return None;
    }
    if clitic && is(Classes::BE) && is_ending_s(next, before) {
        return Some(Tag::Possessive);
    }
    let auxiliary = Classes::BE.or(Classes::HAVE).or(Classes::DO);
    Some(match () {
        () if is(Classes::TO) => {
            let verb = next.is_some_and(|next| {
                let base = next.word.parts.contains('v') || next.is(auxiliary);
                let unknown = next.word.parts.is_empty() && next.tag == Tag::Other;
                let bare = unknown && next.word.classes == Classes::default();
                (base || bare) && !next.capital
                    || next.tag == Tag::Quote
                    || next.word.parts.starts_with('r')
            });
            if verb { Tag::To } else { Tag::Preposition }
        }
        () if is(auxiliary) => Tag::Auxiliary,
        () if is(Classes::MODAL) && !(token.capital && is(Classes::TIME)) => Tag::Modal,
        () if is(Classes::NEGATION) => Tag::Adverb,
        () if is(Classes::POSSESSIVE) && (!is(Classes::OBJECT) || leads_noun(next)) => {
            Tag::Possessive
        }
        () if is(Classes::THAT.or(Classes::RELATIVE).or(Classes::QUESTION)) => Tag::Subordinator,
        () if is(Classes::PERSON.or(Classes::OBJECT)) => Tag::Pronoun,
        () if is(Classes::COORDINATOR) => Tag::Coordinator,
        () if is(Classes::SUBORDINATOR) && is(Classes::PREPOSITION) => {
            if next.is_some_and(|next| next.is(Classes::PERSON)) {
                Tag::Subordinator
            } else {
                Tag::Preposition
            }
        }
        () if is(Classes::SUBORDINATOR) => Tag::Subordinator,
        () if is(Classes::PREPOSITION) => Tag::Preposition,
        () if is(Classes::DETERMINER) => Tag::Determiner,
        () if is(Classes::SUBJECT) => Tag::Pronoun,
        () if is(Classes::TIME) && token.capital => Tag::Name,
        () if is(Classes::ADVERB) => Tag::Adverb,
        () => return None,
    })
}

/// Whether "'s" is the ending of a noun and no verb.
fn is_ending_s(next: Option<Token>, before: Tag) -> bool {
    let verb = next.is_none_or(|next| {
        next.is(Classes::DETERMINER.or(Classes::NEGATION).or(Classes::ADVERB))
            || next.word.parts.starts_with(['g', 'p'])
    });
    matches!(before, Tag::Name | Tag::Noun) && !verb
}

fn leads_noun(next: Option<Token>) -> bool {
    next.is_some_and(|next| {
        let open = next.word.classes == Classes::default() && next.tag == Tag::Other;
        let parts = next.word.parts;
        open && (next.capital || parts.is_empty() || parts.contains(['n', 'j']))
            || next.is(Classes::ROLE.or(Classes::ORGANISATION))
            || next.tag == Tag::Number
    })
}

/// Whether a word is a verb as it stands, so that the one before it is none.
fn is_finite_word(next: Option<Token>) -> bool {
    let auxiliary = Classes::BE.or(Classes::HAVE).or(Classes::DO).or(Classes::MODAL);
    next.is_some_and(|next| {
        !next.capital && (next.is(auxiliary) || next.word.parts.starts_with(['v', 'z', 'd']))
    })
}

/// Whether a word opens what only a verb governs: "to run", "that he", "he".
fn complements(next: Option<Token>) -> bool {
    next.is_some_and(|next| next.is(Classes::TO.or(Classes::PERSON).or(Classes::THAT)))
}

/// A word without capital where nouns have one: a verb of attribution, else an adjective before a
/// noun.
fn uncapitalised(token: &Token, next: Option<Token>) -> Tag {
    match () {
        () if token.word.cue > 0 => Tag::Past,
        () if next.is_some_and(|next| next.capital) => Tag::Adjective,
        () => Tag::Other,
    }
}

/// Parts of speech by the ending, where the lists do not have the word.
fn ending(word: &str, tables: &Tables) -> &'static str {
    if !tables.english {
        return "n";
    }
    let long = word.len() > 4;
    let ends = |endings: &[&str]| long && endings.iter().any(|ending| word.ends_with(ending));
    match () {
        () if ends(&["ing"]) => "gn",
        () if ends(&["ed"]) => "dp",
        () if ends(&["ly"]) => "r",
        () if ends(&["ous", "ful", "able", "ible", "less", "ical", "ish", "ive", "ic", "al"]) => {
            "j"
        }
        () => "n",
    }
}

/// Chooses among the parts of speech a word can have.
fn open(parts: &str, cue: bool, next: Option<Token>, before: Tag, verb: &Before) -> Tag {
    let has = |part| parts.contains(part);
    let by = next.is_some_and(|next| {
        next.is(Classes::PREPOSITION) && !next.is(Classes::SUBORDINATOR.or(Classes::TO))
    });
    let finite = || match () {
        () if has('d') && !(has('p') && by && before == Tag::Noun && !parts.starts_with('d')) => {
            Some(Tag::Past)
        }
        () if has('z') => Some(Tag::Present),
        () if has('v') => Some(Tag::Base),
        () => None,
    };
    let governed = match verb.governor {
        Some(Governor::Base) if has('v') => Some(Tag::Base),
        Some(Governor::Be) if has('g') => Some(Tag::Gerund),
        Some(Governor::Be | Governor::Have) if has('p') => Some(Tag::Participle),
        Some(Governor::Subject) => finite(),
        _ => None,
    };
    if let Some(tag) = governed {
        return tag;
    }
    match before {
        Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::Number => {
            if has('n') && !has('j') {
                return Tag::Noun;
            }
            if before == Tag::Adjective && cue && has('d') {
                return Tag::Past;
            }
            if has('j') || has('p') {
                return Tag::Adjective;
            }
        }
        Tag::Preposition if has('n') && !parts.starts_with(['g', 'j']) => return Tag::Noun,
        Tag::Name | Tag::Noun if has('n') && !has('g') && is_finite_word(next) => {
            return Tag::Noun;
        }
        Tag::Name | Tag::Noun if has('n') && !has('g') && verb.object && !complements(next) => {
            return Tag::Noun;
        }
        Tag::Name | Tag::Noun if has('d') || has('z') => {
            return finite().unwrap_or(Tag::Participle);
        }
        Tag::Subordinator | Tag::Coordinator if has('d') || has('z') && !has('n') => {
            return finite().unwrap_or(Tag::Noun);
        }
        Tag::Name | Tag::Noun if cue && has('v') && verb.plural && !verb.object => {
            return Tag::Base;
        }
        Tag::Comma if cue && has('g') => return Tag::Gerund,
        _ => {}
    }
    match parts.chars().next() {
        Some('v') => Tag::Base,
        Some('z') => Tag::Present,
        Some('d') => Tag::Past,
        Some('p') => Tag::Participle,
        Some('g') => Tag::Gerund,
        Some('j') => Tag::Adjective,
        Some('r') => Tag::Adverb,
        _ => Tag::Noun,
    }
}
