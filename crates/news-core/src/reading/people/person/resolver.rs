//! Names to people: which names are one person's.

use std::collections::HashMap;
use std::ops::Range;

use super::super::kinds::Kinds;
use super::super::name::{Name, OTHER, is_family_first};
use super::super::tables::TABLES;
use super::super::token::{Shape, Tokens};
use super::super::{Gender, MentionKind};
use super::likeness::{SLIP_LETTERS, agree, is_clipped, is_slip, words};
use super::{Cast, Figure, INSIDE, Seen};

/// People with a word in common that are compared at most, the latest first.
const COMPARED: usize = 24;
/// Confidence of another name from which a word is a surname only behind a usual first name.
const SURELY_OTHER: f32 = 0.8;
/// What is left of the confidence of a name without a full form in the text.
const ALONE: f32 = 0.8;
/// Tokens between a name and "known as" at most.
const ALIAS: usize = 12;
/// Confidence where another person could be meant as well.
const AMBIGUOUS: f32 = 0.6;

/// Joins names that are one person's.
pub(in super::super) fn resolve(tokens: &Tokens<'_>, names: &[Name]) -> Cast {
    let mut resolver = Resolver {
        tokens,
        cast: Cast::default(),
        whole: HashMap::new(),
        by_word: HashMap::new(),
        previous: None,
    };
    let full: Vec<Option<usize>> = names.iter().map(|name| resolver.full(name)).collect();
    for figure in &mut resolver.cast.figures {
        figure.latest = None;
    }
    let firsts = first_places(names, &full, resolver.cast.figures.len());
    for (name, full) in names.iter().zip(full) {
        resolver.mention(name, full, &firsts);
    }
    resolver.cast
}

/// The first token of each person's first full name.
fn first_places(names: &[Name], full: &[Option<usize>], people: usize) -> Vec<usize> {
    let mut firsts = vec![usize::MAX; people];
    for (name, person) in names.iter().zip(full) {
        if let Some(first) = person.and_then(|person| firsts.get_mut(person)) {
            *first = (*first).min(name.tokens.start);
        }
    }
    firsts
}

struct Resolver<'a, 't> {
    tokens: &'a Tokens<'t>,
    cast: Cast,
    /// People by their whole name.
    whole: HashMap<String, usize>,
    /// People by each word of their names, in the order of their first mention.
    by_word: HashMap<String, Vec<usize>>,
    /// The full name read last: its person and end.
    previous: Option<(usize, usize)>,
}

impl Resolver<'_, '_> {
    /// The person of a full name: known or new. `None` for a single word.
    fn full(&mut self, name: &Name) -> Option<usize> {
        let (words, suffix) = words(self.tokens, &name.tokens);
        if words.len() < 2 || !name.sure || !name.shown && self.begins_with_surname(&words) {
            return None;
        }
        let key = words.join(" ") + suffix.as_deref().unwrap_or_default();
        if let Some(&person) = self.whole.get(&key) {
            self.cast.figures[person].latest = Some(name.tokens.start);
            self.previous = Some((person, name.tokens.end));
            return Some(person);
        }
        let known = self.same(&words, suffix.as_deref()).or_else(|| self.alias(&name.tokens));
        let person = known.unwrap_or_else(|| self.add(&name.tokens));
        self.extend(person, words, suffix, &name.tokens);
        self.whole.insert(key, person);
        Some(person)
    }

    /// Whether the name begins with the surname of somebody known: a thing of theirs.
    fn begins_with_surname(&self, words: &[String]) -> bool {
        if words.len() < 2 {
            return false;
        }
        let known =
            words.first().and_then(|word| self.by_word.get(word)).map_or(&[][..], Vec::as_slice);
        let mut latest =
            known.iter().rev().take(COMPARED).filter_map(|&p| self.cast.figures.get(p));
        let surname =
            |figure: &Figure| !figure.family_first && figure.words.last() == words.first();
        latest.any(surname)
    }

    /// The person named before "also known as" in front of the name.
    fn alias(&self, tokens: &Range<usize>) -> Option<usize> {
        let before = tokens.start.checked_sub(2)?;
        let known_as = self.tokens.str(before) == "known" && self.tokens.str(before + 1) == "as";
        let (person, end) = self.previous.filter(|_| known_as)?;
        (before - end <= ALIAS).then_some(person)
    }

    fn add(&mut self, tokens: &Range<usize>) -> usize {
        let family_first = is_family_first(self.tokens, tokens);
        let first = self.tokens.list.get(tokens.start);
        let given = first.is_some_and(|t| t.is(Kinds::FIRST) && !t.is(Kinds::PLACE));
        let figure = Figure { full: tokens.clone(), family_first, given, ..Figure::default() };
        self.cast.figures.push(figure);
        self.cast.figures.len() - 1
    }

    /// Takes in another form of a person's name.
    fn extend(
        &mut self,
        person: usize,
        words: Vec<String>,
        suffix: Option<String>,
        tokens: &Range<usize>,
    ) {
        for word in &words {
            let people = self.by_word.entry(word.clone()).or_default();
            if people.last() != Some(&person) {
                people.push(person);
            }
        }
        let given = self.given_gender(tokens);
        self.previous = Some((person, tokens.end));
        let figure = &mut self.cast.figures[person];
        figure.latest = Some(tokens.start);
        figure.suffix = figure.suffix.take().or(suffix);
        let letters = |words: &[String]| words.iter().map(String::len).sum::<usize>();
        if words.len() > figure.words.len()
            || (words.len() == figure.words.len() && letters(&words) > letters(&figure.words) + 1)
        {
            figure.words = words;
            figure.full = tokens.clone();
        }
        if !figure.stated && figure.gender == Gender::Unknown && !figure.family_first {
            figure.gender = given;
        }
    }

    /// Gender of the first name; of the second where the first is an initial.
    fn given_gender(&self, tokens: &Range<usize>) -> Gender {
        let mut given = tokens.clone().take(2).filter_map(|at| self.tokens.list.get(at));
        given.find(|t| t.shape != Shape::Initial).map_or(Gender::Unknown, |t| t.word().name)
    }

    /// The latest person whose name agrees with `words`.
    fn same(&self, words: &[String], suffix: Option<&str>) -> Option<usize> {
        let last = words.last()?;
        let people = self.by_word.get(last)?;
        let agreeing = people.iter().rev().take(COMPARED).copied().filter(|&person| {
            self.cast.figures.get(person).is_some_and(|f| {
                let suffixes = f.suffix.as_deref().zip(suffix).is_none_or(|(a, b)| a == b);
                suffixes && agree(&f.words, words)
            })
        });
        agreeing.max_by_key(|&person| self.cast.figures[person].latest)
    }

    /// Gives a name to its person.
    fn mention(&mut self, name: &Name, full: Option<usize>, firsts: &[usize]) {
        let titled = self.title_gender(&name.title);
        let (person, kind, confidence) = match full {
            Some(person) => (person, MentionKind::Full, name.confidence),
            None => match self.short(name, titled, firsts) {
                Some((person, sure)) => {
                    let share = if sure { 1.0 } else { AMBIGUOUS };
                    (person, self.kind(name, person), (name.confidence.max(0.8)) * share)
                }
                None if !name.shown
                    && self.begins_with_surname(&words(self.tokens, &name.tokens).0) =>
                {
                    return self.inner(name);
                }
                None if name.sure => {
                    let near = self.misspelt(name).unwrap_or_else(|| self.single(name));
                    (near, MentionKind::Short, name.confidence * ALONE)
                }
                None => return self.inner(name),
            },
        };
        let kind = if kind == MentionKind::Short && !name.title.is_empty() {
            MentionKind::Title
        } else {
            kind
        };
        let figure = &mut self.cast.figures[person];
        figure.latest = Some(name.tokens.start);
        figure.called += usize::from(kind != MentionKind::Full);
        figure.state(titled);
        let (tokens, title) = (name.tokens.clone(), name.title.clone());
        let sentence = name.sentence;
        self.cast.seen.push(Seen { person, tokens, title, sentence, kind, confidence });
    }

    /// A person's name inside another name: the Ann Miller Foundation.
    fn inner(&mut self, name: &Name) {
        let shouted = self.tokens.sentences.get(name.sentence).is_some_and(|s| s.shouted);
        let run = name.tokens.clone();
        let mut at = run.start;
        while at < run.end && run.len() > 1 {
            let part = |len: usize| at..(at + len).min(run.end);
            let whole = |len: usize| {
                let words = words(self.tokens, &part(len)).0;
                self.whole.get(&words.join(" ")).copied().map(|person| (person, len))
            };
            let found = whole(3).or_else(|| whole(2));
            let single = || {
                let part = Name { tokens: part(1), ..name.clone() };
                let alone = (shouted || at == run.start) && !self.is_known_word(at);
                let (person, _) = self.short(&part, Gender::Unknown, &[]).filter(|_| alone)?;
                let last = self.cast.figures[person].words.last()?;
                (*last == words(self.tokens, &part.tokens).0.concat()).then_some((person, 1))
            };
            let Some((person, len)) = found.or_else(single) else {
                at += 1;
                continue;
            };
            let kind = if len > 1 { MentionKind::Full } else { MentionKind::Short };
            let confidence = if shouted { AMBIGUOUS } else { INSIDE };
            let (tokens, title) = (at..at + len, at..at);
            let sentence = name.sentence;
            self.cast.seen.push(Seen { person, tokens, title, sentence, kind, confidence });
            at += len;
        }
    }

    /// Whether the word is one of the tables, and no mere name.
    fn is_known_word(&self, at: usize) -> bool {
        let other = Kinds::FUNCTION.with(Kinds::PLACE).with(Kinds::ORGANISATION).with(Kinds::ROLE);
        self.tokens.list.get(at).is_some_and(|t| t.is(other))
    }

    fn kind(&self, name: &Name, person: usize) -> MentionKind {
        let (words, _) = words(self.tokens, &name.tokens);
        let figure = &self.cast.figures[person];
        match words.as_slice() {
            [word] if !figure.words.contains(word) => MentionKind::Nickname,
            [_] => MentionKind::Short,
            _ if words.len() < figure.words.len() => MentionKind::Short,
            _ => MentionKind::Full,
        }
    }

    /// Gender that the titles before a name state.
    fn title_gender(&self, title: &Range<usize>) -> Gender {
        let mut genders =
            title.clone().filter_map(|at| Some(self.tokens.list.get(at)?.word().noun));
        genders.find(|gender| *gender != Gender::Unknown).unwrap_or_default()
    }

    /// A person of whom the text gives one word of the name only.
    fn single(&mut self, name: &Name) -> usize {
        let (words, suffix) = words(self.tokens, &name.tokens);
        let person = self.add(&name.tokens);
        self.extend(person, words, suffix, &name.tokens);
        person
    }

    /// The person named last whose surname is the word but for one letter.
    fn misspelt(&self, name: &Name) -> Option<usize> {
        let (words, _) = words(self.tokens, &name.tokens);
        let [word] = words.as_slice() else { return None };
        let near = |figure: &Figure| {
            let surname = figure.words.last().filter(|_| figure.words.len() > 1);
            surname.is_some_and(|surname| is_slip(word, surname, SLIP_LETTERS - 1))
        };
        let latest = self.cast.seen.iter().rev().take(COMPARED).map(|seen| seen.person);
        latest.into_iter().find(|&person| self.cast.figures.get(person).is_some_and(near))
    }

    /// The person of a name that may be short for a full one, and whether no other could be meant.
    fn short(&self, name: &Name, titled: Gender, firsts: &[usize]) -> Option<(usize, bool)> {
        let (words, _) = words(self.tokens, &name.tokens);
        if words.len() == 1 && self.is_where(name) {
            return None;
        }
        let last = words.last()?;
        let mut known: Vec<usize> = Vec::new();
        for word in std::iter::once(last.as_str()).chain(TABLES.long_forms(last).iter().copied()) {
            let people = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
            known.extend(people.iter().rev().take(COMPARED));
        }
        if is_clipped(last) {
            known.extend(self.cast.seen.iter().rev().take(COMPARED).map(|seen| seen.person));
        }
        let fits = |&person: &usize| {
            let figure = self.cast.figures.get(person)?;
            let surname =
                |rank: &u8| *rank > 1 && figure.given || *rank > 2 && name.other < SURELY_OTHER;
            let rank = figure.rank(&words).filter(|rank| name.other < OTHER || surname(rank))?;
            let against = figure.gender.contradicts(titled);
            let first = firsts.get(person).copied().unwrap_or(0);
            let near = figure.latest.map_or(usize::MAX - first.max(1), |latest| latest.max(1));
            let read = figure.latest.is_some();
            let known = (rank, figure.called, read, if read { near } else { usize::MAX - first });
            (!against).then_some((known, person))
        };
        let mut fitting: Vec<_> = known.iter().filter_map(fits).collect();
        fitting.sort_unstable();
        fitting.dedup();
        let &((rank, ..), person) = fitting.last()?;
        let rivals = fitting.iter().filter(|((r, ..), p)| *r == rank && *p != person).count();
        Some((person, rivals == 0))
    }

    /// A place by its surroundings: in Paris.
    fn is_where(&self, name: &Name) -> bool {
        let Some(before) = name.tokens.start.checked_sub(1) else { return false };
        let place = self.tokens.list.get(name.tokens.start).is_some_and(|t| t.is(Kinds::PLACE));
        place && matches!(self.tokens.str(before), "in" | "In" | "to" | "from" | "at" | "near")
    }
}
