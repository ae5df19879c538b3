//! The part of speech of each word, as far as its neighbours tell.

use super::token::{Tag, Token, is_apostrophe};
use super::words::{Classes, Tables};

/// Gives each token its part of speech; `starts` are the places that open a sentence.
pub(super) fn tag(text: &str, tokens: &mut [Token], tables: &Tables) {
    let mut before = Tag::Stop;
    let mut verb_before = Before::default();
    for at in 0..tokens.len() {
        let behind = verb_before.behind_quote;
        let opens = match before {
            Tag::Quote => !behind,
            before => matches!(before, Tag::Stop | Tag::Colon) || at == 0,
        };
        let next = tokens.get(at + 1).copied();
        let Some(token) = tokens.get(at).copied() else { return };
        let glued =
            at > 0 && tokens.get(at - 1).is_some_and(|last| last.end() == token.start as usize);
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
        verb_before.behind_quote = match tag {
            Tag::Quote => token.quoted() && before == Tag::Comma,
            _ => verb_before.behind_quote && !tag.is_finite() && tag != Tag::Comma,
        };
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
    /// A quotation that ends in a comma stands before, no verb between: "“…,” Lee added".
    behind_quote: bool,
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
    if token.capital()
        && !tables.capital_nouns
        && (!opens
            || (token.parts.letters().is_empty() && token.word.cue == 0)
            || is_name_next(next))
    {
        return Tag::Name;
    }
    if token.capital() && tables.capital_nouns {
        return Tag::Noun;
    }
    if !word.starts_with(char::is_alphabetic) {
        return Tag::Other;
    }
    if tables.capital_nouns && token.parts.letters().is_empty() {
        return uncapitalised(token, next);
    }
    if !tables.english && token.word.cue > 0 {
        return Tag::Past;
    }
    let nominal = next.is_some_and(|next| next.capital() || next.is(Classes::ROLE));
    let plain = !token.parts.letters().contains(['v', 'z', 'd']) && !nominal;
    if plain && token.is(Classes::ROLE.or(Classes::ORGANISATION)) {
        return Tag::Noun;
    }
    let parts =
        if token.parts.letters().is_empty() { ending(word, tables) } else { token.parts.letters() };
    open(parts, token.word.cue > 0, next, before, verb)
}

fn is_name_next(next: Option<Token>) -> bool {
    next.is_some_and(|next| next.capital())
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
                let base = next.parts.letters().contains('v') || next.is(auxiliary);
                let unknown = next.parts.letters().is_empty() && next.tag == Tag::Other;
                let bare = unknown && next.word.classes == Classes::default();
                (base || bare) && !next.capital()
                    || next.tag == Tag::Quote
                    || next.parts.letters().starts_with('r')
            });
            if verb { Tag::To } else { Tag::Preposition }
        }
        () if is(auxiliary) => Tag::Auxiliary,
        () if is(Classes::MODAL) && !(token.capital() && is(Classes::TIME)) => Tag::Modal,
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
        () if is(Classes::TIME) && token.capital() => Tag::Name,
        () if is(Classes::ADVERB) => Tag::Adverb,
        () => return None,
    })
}

/// Whether "'s" is the ending of a noun and no verb.
fn is_ending_s(next: Option<Token>, before: Tag) -> bool {
    let verb = next.is_none_or(|next| {
        next.is(Classes::DETERMINER.or(Classes::NEGATION).or(Classes::ADVERB))
            || next.parts.letters().starts_with(['g', 'p'])
    });
    matches!(before, Tag::Name | Tag::Noun) && !verb
}

fn leads_noun(next: Option<Token>) -> bool {
    next.is_some_and(|next| {
        let open = next.word.classes == Classes::default() && next.tag == Tag::Other;
        let parts = next.parts.letters();
        open && (next.capital() || parts.is_empty() || parts.contains(['n', 'j']))
            || next.is(Classes::ROLE.or(Classes::ORGANISATION))
            || next.tag == Tag::Number
    })
}

/// Whether a word is a verb as it stands, so that the one before it is none.
fn is_finite_word(next: Option<Token>) -> bool {
    let auxiliary = Classes::BE.or(Classes::HAVE).or(Classes::DO).or(Classes::MODAL);
    next.is_some_and(|next| {
        !next.capital() && (next.is(auxiliary) || next.parts.letters().starts_with(['v', 'z', 'd']))
    })
}

/// Whether a word opens what only a verb governs: "to run", "that he", "he".
fn complements(next: Option<Token>) -> bool {
    next.is_some_and(|next| next.is(Classes::TO.or(Classes::PERSON).or(Classes::THAT)))
}

/// A word without capital where nouns have one: a verb of attribution or in the mood of reported
/// speech, else an adjective before a noun.
fn uncapitalised(token: &Token, next: Option<Token>) -> Tag {
    match () {
        () if token.word.cue > 0 => Tag::Past,
        () if token.is(Classes::SUBJUNCTIVE) => Tag::Present,
        () if next.is_some_and(|next| next.capital()) => Tag::Adjective,
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

/// Chooses among the parts of speech a word can have: by what governs it, then by the word before.
fn open(parts: &str, cue: bool, next: Option<Token>, before: Tag, verb: &Before) -> Tag {
    let word = Open { parts, cue, next, before, verb };
    word.governed().or_else(|| word.after()).unwrap_or_else(|| first(parts))
}

/// A word that may be of several parts of speech, and its neighbours.
struct Open<'a> {
    parts: &'a str,
    /// It may attribute.
    cue: bool,
    next: Option<Token>,
    before: Tag,
    verb: &'a Before,
}

impl Open<'_> {
    fn has(&self, part: char) -> bool {
        self.parts.contains(part)
    }

    /// The form in which the word is the verb of a clause, if it can be.
    fn finite(&self) -> Option<Tag> {
        match () {
            () if self.has('d') && !self.is_reduced() => Some(Tag::Past),
            () if self.has('z') => Some(Tag::Present),
            () if self.has('v') => Some(Tag::Base),
            () => None,
        }
    }

    /// "the bridge called by", "a plan seen as": rather a participle than a verb in the past.
    fn is_reduced(&self) -> bool {
        let by = self.next.is_some_and(|next| {
            next.is(Classes::PREPOSITION) && !next.is(Classes::SUBORDINATOR.or(Classes::TO))
        });
        let nominal = matches!(self.before, Tag::Noun | Tag::Name);
        self.has('p') && by && !self.verb.behind_quote && nominal && !self.parts.starts_with('d')
    }

    /// Behind an auxiliary, a modal verb, "to" or a pronoun.
    fn governed(&self) -> Option<Tag> {
        match self.verb.governor? {
            Governor::Base if self.has('v') => Some(Tag::Base),
            Governor::Be if self.has('g') => Some(Tag::Gerund),
            Governor::Be | Governor::Have if self.has('p') => Some(Tag::Participle),
            Governor::Subject => self.finite(),
            _ => None,
        }
    }

    /// By the word or mark before it.
    fn after(&self) -> Option<Tag> {
        match self.before {
            Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::Number => {
                self.in_noun_phrase()
            }
            Tag::Preposition if self.has('n') && !self.parts.starts_with(['g', 'j']) => {
                Some(Tag::Noun)
            }
            Tag::Name | Tag::Noun => self.after_noun(),
            Tag::Subordinator | Tag::Coordinator
                if self.has('d') || self.has('z') && !self.has('n') =>
            {
                Some(self.finite().unwrap_or(Tag::Noun))
            }
            Tag::Comma if self.cue && self.has('g') => Some(Tag::Gerund),
            Tag::Quote if self.cue && self.has('d') && self.verb.behind_quote => Some(Tag::Past),
            _ => None,
        }
    }

    fn in_noun_phrase(&self) -> Option<Tag> {
        let counted = matches!(self.before, Tag::Adjective | Tag::Number);
        match () {
            () if self.has('n') && !self.has('j') => Some(Tag::Noun),
            () if counted && self.cue && self.has('d') => Some(Tag::Past),
            () if self.has('j') || self.has('p') => Some(Tag::Adjective),
            () => None,
        }
    }

    fn after_noun(&self) -> Option<Tag> {
        let compound = self.has('n') && !self.has('g');
        let object = self.verb.object;
        match () {
            () if compound && is_finite_word(self.next) => Some(Tag::Noun),
            () if compound && object && !complements(self.next) => Some(Tag::Noun),
            () if self.has('d') || self.has('z') => Some(self.finite().unwrap_or(Tag::Participle)),
            () if self.cue && self.has('v') && self.verb.plural && !object => Some(Tag::Base),
            () => None,
        }
    }
}

/// The part of speech that a word usually has.
fn first(parts: &str) -> Tag {
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
