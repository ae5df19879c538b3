//! What a piece of a byline is: its script, its case, and whether it is a title or an organisation.

use std::sync::LazyLock;

use super::tables::{Junk, Organisation, Role, TABLES};
use super::{BylineContext, VISIBLE_WORDS};
use crate::lexicon::{self, WordSet};

pub(super) fn is_hangul(c: char) -> bool {
    ('\u{AC00}'..='\u{D7A3}').contains(&c)
}

pub(super) fn is_kana(c: char) -> bool {
    ('\u{3040}'..='\u{30FF}').contains(&c)
}

pub(super) fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c) || ('\u{F900}'..='\u{FAFF}').contains(&c) || c == '々'
}

pub(super) fn is_cjk(c: char) -> bool {
    is_hangul(c) || is_kana(c) || is_han(c)
}

/// Whether a word can be part of a name: begins with a capital, or in a script without case.
pub(super) fn is_capital(word: &str) -> bool {
    word.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase())
}

pub(super) fn is_all_capitals(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase)
}

/// Small words inside names, in lower case.
pub(super) static PARTICLES: LazyLock<WordSet> =
    LazyLock::new(|| lexicon::lines(include_str!("../../../lexicon/name_particles.txt")).collect());

pub(crate) fn is_particle(lower: &str) -> bool {
    PARTICLES.contains(lower)
        || lower.starts_with("al-")
        || lower.starts_with("el-")
        || lower.starts_with("d'")
        || lower.starts_with("d’")
}

/// The name in readable case: words in capitals become capitalised, unless they are initials or numerals.
pub(super) fn readable(words: &[&str], is_turkish: bool) -> String {
    let capitals = words.iter().filter(|word| is_all_capitals(word) && letters(word) > 1).count();
    let mixed =
        words.iter().any(|word| letters(word) > 1 && !is_all_capitals(word) && is_capital(word));
    let mut name = String::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            name.push(' ');
        }
        // "Jane DOE" is a surname in capitals, "Jane BBC" more likely is not.
        let lowers = capitals > 0
            && words.len() > 1
            && is_all_capitals(word)
            && letters(word) > if mixed { 3 } else { 1 };
        if lowers {
            push_capitalised(&mut name, word, at, is_turkish);
        } else {
            name.push_str(word);
        }
    }
    name
}

/// Turkish has a dotless i, and its capital is I.
fn push_lower(name: &mut String, c: char, is_turkish: bool) {
    match c {
        'I' if is_turkish => name.push('ı'),
        'İ' => name.push('i'),
        _ => name.extend(c.to_lowercase()),
    }
}

/// `jane-doe`, as in the address of an author's page, as a name.
pub(super) fn from_slug(slug: &str) -> Option<String> {
    let (given, family) = slug.split_once('-')?;
    let is_part = |part: &str| part.len() > 2 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let capital = |part: &str| {
        part.chars()
            .take(1)
            .flat_map(char::to_uppercase)
            .chain(part.chars().skip(1))
            .collect::<String>()
    };
    (is_part(given) && is_part(family)).then(|| format!("{} {}", capital(given), capital(family)))
}

pub(super) fn letters(word: &str) -> usize {
    word.chars().filter(|c| c.is_alphabetic()).count()
}

fn push_capitalised(name: &mut String, word: &str, at: usize, is_turkish: bool) {
    let lower = word.to_lowercase();
    let is_numeral = matches!(word, "II" | "III" | "IV" | "VI" | "VII" | "VIII");
    let is_initials =
        word.contains('.') && !matches!(lower.as_str(), "jr." | "sr." | "dr." | "st.");
    if is_numeral || is_initials {
        name.push_str(word);
    } else if at > 0 && is_particle(&lower) {
        name.push_str(&lower);
    } else {
        let mut starts = true;
        let mut done = 0;
        for c in word.chars() {
            if starts {
                name.push(c);
            } else {
                push_lower(name, c, is_turkish);
            }
            done += 1;
            let mc = done == 2 && lower.starts_with("mc") && lower.len() > 4;
            starts = mc || !(c.is_alphabetic() || (matches!(c, '\'' | '’') && done != 2));
        }
    }
}

/// Whether the words name an organisation: `Some(full name of the agency)`.
#[expect(clippy::option_option, reason = "an organisation may or may not be a known agency")]
pub(super) fn organisation(
    text: &str,
    lower: &str,
    words: &[&str],
    context: &BylineContext<'_>,
) -> Option<Option<&'static str>> {
    if let Some(full) = TABLES.agency(text) {
        return Some(Some(full));
    }
    let is_publisher =
        context.publisher.is_some_and(|publisher| publisher.trim().to_lowercase() == lower);
    if is_publisher || TABLES.junk(lower) == Some(Junk::Desk) {
        return Some(None);
    }
    let last = words.len().saturating_sub(1);
    let is_word = |(at, word): (usize, &&str)| {
        let key = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_lowercase();
        match TABLES.organisation(&key) {
            Some(Organisation::Word) => true,
            Some(Organisation::Last) => at == last && at > 0,
            None => false,
        }
    };
    let lowers: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    if is_title(&lowers) {
        return None;
    }
    if words.iter().enumerate().any(is_word) {
        return Some(words.first().and_then(|word| TABLES.agency(word)));
    }
    let is_host = words.len() == 1 && !text.contains('@') && is_host(text);
    is_host.then_some(None)
}

/// Visible text is believed to be the name of an organisation when it is written like one.
pub(super) fn is_organisation_shaped(words: &[&str]) -> bool {
    let small = |word: &str| {
        matches!(word, "of" | "and" | "the" | "for" | "für" | "und" | "et" | "&")
            || is_particle(word)
    };
    words.len() <= VISIBLE_WORDS + 1
        && words.first().is_some_and(|word| is_capital(word) || word.contains('.'))
        && words.iter().all(|word| is_capital(word) || small(word) || word.contains('.'))
}

/// `example.com`: a name with a short ending in lower case.
pub(super) fn is_host(text: &str) -> bool {
    let Some((name, ending)) = text.rsplit_once('.') else {
        return false;
    };
    let known = matches!(
        ending,
        "com"
            | "de"
            | "at"
            | "ch"
            | "net"
            | "org"
            | "co"
            | "uk"
            | "fr"
            | "it"
            | "es"
            | "info"
            | "news"
            | "tv"
    );
    known && name.len() > 1
}

/// Whether all words are such as stand beside a title.
pub(super) fn is_field(words: &[&str]) -> bool {
    words.iter().all(|word| TABLES.role(&word.to_lowercase()).is_some())
}

pub(super) fn is_desk(lower: &str) -> bool {
    TABLES.junk(lower) == Some(Junk::Desk)
}

/// "Our", which is no part of a title, in the languages that write it before one.
pub(super) const OUR: [&str; 17] = [
    "our", "unser", "unsere", "unserem", "unserer", "unseren", "notre", "nos", "nuestro",
    "nuestra", "nosso", "nossa", "nostro", "nostra", "dal", "onze", "наш",
];

pub(super) fn title_text(words: &[&str]) -> String {
    let skipped =
        words.iter().take_while(|word| OUR.contains(&word.to_lowercase().as_str())).count();
    words.get(skipped..).unwrap_or(words).join(" ")
}

pub(super) fn is_role_noun(lower: &str) -> bool {
    let role = TABLES.role(lower).or_else(|| match lower.trim_end_matches('.') {
        word if word.len() < lower.len() => TABLES.role(word),
        _ => None,
    });
    role == Some(Role::Noun)
}

/// Whether all words are words of titles, one of them a noun.
pub(super) fn is_title(lower: &[String]) -> bool {
    let mut has_noun = false;
    for word in lower {
        match TABLES.role(word.trim_matches(|c: char| matches!(c, '.' | '&' | '\'' | '"'))) {
            Some(role) => has_noun |= role == Role::Noun,
            None if word == "&" => {}
            None if word.contains('-') => match word.rsplit('-').next() {
                Some(head) if is_role_noun(head) => has_noun = true,
                _ => return false,
            },
            None => return false,
        }
    }
    has_noun
}

/// The name without the title before or after it. The name keeps at least two words.
pub(super) fn strip_title<'w, 's>(words: &'w [&'s str]) -> (&'w [&'s str], Option<String>) {
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    for cut in 2..words.len() {
        if let (Some((name, title)), Some(tail)) = (words.split_at_checked(cut), lower.get(cut..))
                        && is_title(tail)
            // "Budget Garden Expert" is what a site calls itself.
            && lower.get(cut - 1).is_none_or(|word| TABLES.role(word).is_none())
        {
            return (name, Some(title_text(title)));
        }
    }
    for cut in (1..words.len().saturating_sub(1)).rev() {
        if let (Some((title, name)), Some(head)) = (words.split_at_checked(cut), lower.get(..cut))
            && is_title(head)
        {
            return (name, Some(title_text(title)));
        }
    }
    (words, None)
}

pub(super) fn is_suffix(words: &[&str]) -> bool {
    matches!(
        words,
        ["Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV" | "jr." | "JR." | "JR" | "sr."]
    )
}

/// Takes marks off the ends, and degrees off the end.
pub(super) fn trim_words(words: &mut Vec<&str>) {
    let trim = |word: &mut &str| {
        *word = word.trim_matches(|c: char| {
            matches!(
                c,
                '"' | '“'
                    | '”'
                    | '„'
                    | '«'
                    | '»'
                    | '*'
                    | '_'
                    | '-'
                    | '–'
                    | '!'
                    | '?'
                    | '…'
                    | '›'
                    | '‹'
                    | '+'
                    | '#'
            )
        });
    };
    if let [only] = words.as_mut_slice() {
        trim(only);
    } else {
        if let Some(first) = words.first_mut() {
            *first = first.trim_start_matches(|c: char| !c.is_alphanumeric());
        }
        if let Some(last) = words.last_mut() {
            *last = last.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
        }
    }
    words.retain(|word| word.chars().any(char::is_alphanumeric));
    let is_small = |word: &str| {
        word != "e"
            && (PARTICLES.contains(word) || (word.len() <= 3 && TABLES.role(word).is_some()))
    };
    while words.len() > 1 && words.last().is_some_and(|word| is_small(word)) {
        words.pop();
    }
    while words.len() > 2
        && words.last().is_some_and(|word| {
            let lower = word.to_lowercase();
            lower.len() > 2
                && is_all_capitals_or_dotted(word)
                && TABLES.junk(&lower) == Some(Junk::Degree)
        })
    {
        words.pop();
    }
    if let Some(last) = words.last_mut() {
        let bare = last.trim_end_matches('.');
        let is_short_form = matches!(bare, "Corp" | "Bros");
        if bare.chars().count() > 3 && !bare.contains('.') && !is_short_form {
            *last = bare;
        }
    }
}

fn is_all_capitals_or_dotted(word: &str) -> bool {
    is_all_capitals(word) || word.contains('.') || word == "PhD"
}

/// The agency at the head of a word without spaces, and the rest of the word.
pub(super) fn strip_agency(word: &str) -> (Option<&'static str>, &str) {
    let found =
        TABLES.glued_agencies.iter().find_map(|alias| Some((*alias, word.strip_prefix(*alias)?)));
    found.map_or((None, word), |(alias, rest)| (TABLES.agency(alias), rest))
}

/// The name without the title glued to it, and the title.
pub(super) fn strip_glued_title(word: &str) -> (&str, Option<&'static str>) {
    for role in TABLES.glued_roles.iter() {
        if let Some(rest) = word.strip_prefix(*role).or_else(|| word.strip_suffix(*role)) {
            return (rest, Some(role));
        }
    }
    (word, None)
}
