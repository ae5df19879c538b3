//! Organisations and places with every mention of each.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::gazetteer::{self, GAZETTEER, Known};
use super::token::{Shape, Token, key};
use super::{Kind, Mention, Tokens, acronym};
use crate::lexicon;
use crate::reading::Prose;

/// An organisation or a place, and where a text names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Never [`Kind::Person`]: people are grouped by [`people`](crate::reading::people).
    pub kind: Kind,
    /// A country's usual name, else the fullest form in the text.
    pub name: String,
    /// Short form of capitals, where the text gives one.
    pub acronym: Option<String>,
    /// ISO 3166-1 code of the country that a place is or lies in, where the gazetteer knows the place.
    pub country: Option<&'static str>,
    /// Its mentions in reading order; never empty.
    pub mentions: Vec<Naming>,
}

/// One mention of an [`Entity`].
#[derive(Debug, Clone, PartialEq)]
pub struct Naming {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// How it names the entity.
    pub form: Form,
    /// How sure the mention is, 0 to 1.
    pub confidence: f32,
}

/// How a mention names what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By its name.
    Name,
    /// By a part of a name that stands before it: `Perdue` after `Perdue Farms`.
    Short,
    /// By a word of capitals: `IAEA`.
    Acronym,
    /// By the adjective or the people of a country: `French`, `Danes`.
    Adjective,
}

/// How sure an adjective of the gazetteer is.
const ADJECTIVE_CONFIDENCE: f32 = 0.9;

/// Groups the organisations and places among `mentions`, sorted as [`mentions`](super::mentions) gives
/// them, and links the adjectives of countries. Entities come in the order of their first mentions.
pub fn entities(prose: &Prose<'_>, mentions: &[Mention]) -> Vec<Entity> {
    group(prose.text, &Tokens::of(prose.text, &prose.sentences).all, mentions)
}

/// Like [`entities`], of a text that is cut into tokens.
pub(super) fn group(text: &str, tokens: &[Token], mentions: &[Mention]) -> Vec<Entity> {
    let mut groups = Groups { text, tokens, ..Groups::default() };
    let mut at = 0;
    for (i, mention) in mentions.iter().enumerate() {
        groups.add_adjectives(at..groups.first_token(mention.range.start));
        at = groups.first_token(mention.range.end);
        let name = groups.first_token(mention.range.start)..at;
        match mention.kind {
            Kind::Person => {}
            Kind::Organisation => groups.add_organisation(mention, &name),
            Kind::Place => groups.add_place(mention, &name, mentions.get(i + 1)),
        }
    }
    groups.add_adjectives(at..tokens.len());
    groups.entities
}

/// What makes two names the same.
type Key = (Kind, u64);

#[derive(Default)]
struct Groups<'a> {
    text: &'a str,
    tokens: &'a [Token],
    entities: Vec<Entity>,
    by_key: HashMap<Key, usize>,
    /// Beginnings and ends of organisations' names; `None` where several have them.
    parts: HashMap<u64, Option<usize>>,
    /// Short forms in brackets, as written.
    acronyms: HashMap<u32, usize>,
}

impl Groups<'_> {
    /// The first token that begins at `byte` or behind it.
    fn first_token(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| (token.start as usize) < byte)
    }

    fn add_place(&mut self, mention: &Mention, name: &Range<usize>, next: Option<&Mention>) {
        let known = GAZETTEER.whole(&self.tokens[name.clone()]);
        let places = gazetteer::COUNTRY | gazetteer::CITY | gazetteer::REGION;
        let known = known
            .filter(|known| known.kinds & places != 0 || known.kinds == gazetteer::COUNTRY_ABROAD);
        let is_country = |known: &Known| {
            known.kinds & gazetteer::COUNTRY != 0 || known.kinds == gazetteer::COUNTRY_ABROAD
        };
        if let Some(known) = known.filter(is_country) {
            let is_short = self.tokens[name.start].shape == Shape::Dotted
                || self.tokens[name.start].shape == Shape::Upper && known.is_abbreviation;
            let form = if is_short { Form::Acronym } else { Form::Name };
            self.add_country(&known, mention.range.clone(), form, mention.confidence);
            return;
        }
        let around = next.and_then(|next| self.country_behind(mention, next));
        let key = (Kind::Place, self.key(name));
        let entity = self.entity(key, mention, known.map(Known::name));
        let own = around.or(known.and_then(Known::country));
        self.entities[entity].country = self.entities[entity].country.or(own);
        self.note(entity, mention, Form::Name);
    }

    /// The country that a place right behind a comma names: `Paris, Texas`.
    fn country_behind(&self, mention: &Mention, next: &Mention) -> Option<&'static str> {
        let between = self.text.get(mention.range.end..next.range.start)?;
        let name = self.first_token(next.range.start)..self.first_token(next.range.end);
        let wider = gazetteer::COUNTRY | gazetteer::REGION;
        let known = GAZETTEER.whole(&self.tokens[name])?;
        (between == ", " && next.kind == Kind::Place && known.kinds & wider != 0)
            .then_some(known.country())?
    }

    fn add_country(&mut self, known: &Known, range: Range<usize>, form: Form, confidence: f32) {
        let Some(code) = known.country() else { return };
        let key = (Kind::Place, u64::from(known.row()));
        let entity = *self.by_key.entry(key).or_insert_with(|| {
            self.entities.push(Entity {
                kind: Kind::Place,
                name: known.name().to_owned(),
                acronym: None,
                country: Some(code),
                mentions: Vec::new(),
            });
            self.entities.len() - 1
        });
        self.entities[entity].mentions.push(Naming { range, form, confidence });
    }

    fn add_organisation(&mut self, mention: &Mention, name: &Range<usize>) {
        let Some(first) = self.tokens.get(name.start) else { return };
        let key = (Kind::Organisation, self.key(name));
        let is_alone = name.len() == 1;
        let (entity, form) = if let Some(entity) = self.by_key.get(&key) {
            let is_acronym = is_alone && is_short(first);
            (*entity, if is_acronym { Form::Acronym } else { Form::Name })
        } else if let Some(entity) = self.acronyms.get(&first.word).filter(|_| is_alone) {
            (*entity, Form::Acronym)
        } else if let Some(Some(entity)) = self.parts.get(&self.words(name)) {
            (*entity, Form::Short)
        } else {
            let known = self.known_organisation(name);
            let form = match known {
                Some(known) if known.is_abbreviation && is_alone && is_short(first) => {
                    Form::Acronym
                }
                _ => Form::Name,
            };
            (self.entity(key, mention, known.map(Known::name)), form)
        };
        if form == Form::Name {
            self.note_parts(entity, name);
        }
        self.note(entity, mention, form);
        if let Some(short) = acronym::behind(self.text, self.tokens, name) {
            let token = &self.tokens[short];
            self.acronyms.insert(token.word, entity);
            let written = self.text.get(token.range()).map(str::to_owned);
            let acronym = &mut self.entities[entity].acronym;
            *acronym = acronym.take().or(written);
        }
    }

    fn known_organisation(&self, name: &Range<usize>) -> Option<Known> {
        let organisations = gazetteer::ORGANISATION | gazetteer::AGENCY;
        let known = GAZETTEER.whole(&self.tokens[self.without_company_ending(name)])?;
        (known.kinds & organisations != 0).then_some(known)
    }

    /// The entity of a key; a new one where there is none.
    fn entity(&mut self, key: Key, mention: &Mention, known: Option<&str>) -> usize {
        let next = self.entities.len();
        let entity = *self.by_key.entry(key).or_insert(next);
        if entity == next {
            let written = self.text.get(mention.range.clone()).unwrap_or_default();
            let name = known.unwrap_or(written).to_owned();
            let (acronym, country, mentions) = (None, None, Vec::new());
            self.entities.push(Entity { kind: mention.kind, name, acronym, country, mentions });
        }
        entity
    }

    fn note(&mut self, entity: usize, mention: &Mention, form: Form) {
        let written = self.text.get(mention.range.clone()).unwrap_or_default();
        let entity = &mut self.entities[entity];
        let Mention { range, confidence, .. } = mention.clone();
        if form == Form::Name && is_fuller(written, &entity.name) {
            written.clone_into(&mut entity.name);
        }
        if form == Form::Acronym && entity.acronym.is_none() && entity.name != written {
            entity.acronym = Some(written.to_owned());
        }
        entity.mentions.push(Naming { range, form, confidence });
    }

    /// Notes by which parts of its name an organisation may be named later.
    fn note_parts(&mut self, entity: usize, name: &Range<usize>) {
        let whole = self.without_company_ending(name);
        let ends = (whole.start + 1..whole.end).map(|end| whole.start..end);
        let starts = (whole.start + 1..whole.end).map(|start| start..whole.end);
        let parts: Vec<u64> =
            ends.chain(starts).take(2 * PARTS).map(|part| self.words(&part)).collect();
        for part in parts {
            match self.parts.entry(part) {
                Entry::Vacant(slot) => {
                    slot.insert(Some(entity));
                }
                Entry::Occupied(mut slot) if *slot.get() != Some(entity) => {
                    slot.insert(None);
                }
                Entry::Occupied(_) => {}
            }
        }
    }

    /// Adds the adjectives of countries in a part of the text that no mention holds.
    fn add_adjectives(&mut self, part: Range<usize>) {
        let Some(mut rest) = self.tokens.get(part) else { return };
        while let Some((token, behind)) = rest.split_first() {
            let found = token.is_capital().then(|| GAZETTEER.longest(rest)).flatten();
            let Some((length, known)) = found else {
                rest = behind;
                continue;
            };
            if known.kinds & gazetteer::ADJECTIVE != 0 {
                let range = token.start as usize..rest[length - 1].end();
                self.add_country(&known, range, Form::Adjective, ADJECTIVE_CONFIDENCE);
            }
            rest = &rest[length..];
        }
    }

    /// What names of the same thing have in common: the row of the gazetteer, else their words.
    fn key(&self, name: &Range<usize>) -> u64 {
        let name = self.without_company_ending(name);
        let known = GAZETTEER.whole(&self.tokens[name.clone()]);
        known.map_or_else(|| self.words(&name), |known| u64::from(known.row()))
    }

    /// A number for the words of a name, larger than any row.
    fn words(&self, name: &Range<usize>) -> u64 {
        key(&self.tokens[name.clone()]) | 1 << 63
    }

    fn without_company_ending(&self, name: &Range<usize>) -> Range<usize> {
        let is_ending = |token: &Token| {
            let word = self.text.get(token.range()).unwrap_or_default().trim_end_matches('.');
            COMPANY_ENDINGS.contains(word)
        };
        let ends = name.len() > 1 && self.tokens.get(name.end - 1).is_some_and(is_ending);
        name.start..name.end - usize::from(ends)
    }
}

/// Most tokens at the beginning and the end of a name that may stand for it.
const PARTS: usize = 8;

/// Words at the end of a company's name that say its legal form.
static COMPANY_ENDINGS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    lexicon::lines(include_str!("../../../lexicon/company_endings.txt")).collect()
});

fn is_short(token: &Token) -> bool {
    matches!(token.shape, Shape::Upper | Shape::Dotted)
}

/// Whether `written` is a better name than `name`: longer, or not in capitals throughout.
fn is_fuller(written: &str, name: &str) -> bool {
    let shouts = |name: &str| name.len() > 6 && !name.contains(char::is_lowercase);
    match (shouts(written), shouts(name)) {
        (false, true) => true,
        (true, false) => false,
        _ => written.len() > name.len(),
    }
}
