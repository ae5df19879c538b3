//! One list of entities out of what the parts found, and each quote with its speaker among them.

use std::ops::Range;

use super::{entity, people, quote};
use crate::article::{
    Cue, Entity, EntityKind, EntityMention, Layout, MentionKind, Quote, Role, Speaker,
};

/// Entities by their first mention, and quotes by their beginning.
pub(super) fn join(
    layout: &Layout,
    people: Vec<people::Person>,
    others: Vec<entity::Entity>,
    quotes: Vec<quote::Quote>,
) -> (Vec<Entity>, Vec<Quote>) {
    let persons = people.into_iter().filter_map(|person| person_of(layout, person));
    let others = others.into_iter().filter_map(|other| other_of(layout, other));
    let mut found: Vec<(Entity, Vec<Range<usize>>)> = persons.chain(others).collect();
    found.sort_by_key(|(_, ranges)| ranges.first().map(|range| range.start));
    let mut entities = Vec::with_capacity(found.len());
    let mut cast = Cast::default();
    for (id, (entity, ranges)) in found.into_iter().enumerate() {
        cast.add(id as u32, &entity, ranges);
        entities.push(Entity { id: id as u32, ..entity });
    }
    cast.mentions.sort_by_key(|mention| (mention.range.start, mention.range.end));
    let mut all = Vec::with_capacity(quotes.len());
    for quote in quotes {
        let Some(quote) = quote_of(layout, &cast, &entities, quote) else { continue };
        if let Some(entity) = quote.speaker.as_ref().and_then(|speaker| speaker.entity) {
            entities[entity as usize].quotes.push(all.len() as u32);
        }
        all.push(quote);
    }
    (entities, all)
}

/// A mention of an entity, in bytes of the text.
struct Mention {
    range: Range<usize>,
    entity: u32,
    is_person: bool,
}

/// Everybody who may speak, by where they are mentioned.
#[derive(Default)]
struct Cast {
    mentions: Vec<Mention>,
}

/// Mentions looked back over for one that reaches into a phrase: mentions hardly overlap.
const LOOK_BACK: usize = 4;

impl Cast {
    fn add(&mut self, entity: u32, of: &Entity, ranges: Vec<Range<usize>>) {
        let is_person = matches!(of.kind, EntityKind::Person { .. });
        let mentions = ranges.into_iter().map(|range| Mention { range, entity, is_person });
        self.mentions.extend(mentions);
    }

    /// The mentions that share text with `range`.
    fn within(&self, range: &Range<usize>) -> impl Iterator<Item = &Mention> {
        let first = self.mentions.partition_point(|mention| mention.range.start < range.start);
        let inside = self.mentions.get(first.saturating_sub(LOOK_BACK)..).unwrap_or_default();
        let inside = inside.iter().take_while(|mention| mention.range.start < range.end);
        inside.filter(|mention| mention.range.end > range.start)
    }

    /// Whom a speaker's phrase means: a person in it; else what it ends in, so that "the mayor of
    /// Lyon" is not Lyon, but "the Bank of Spain" is the bank.
    fn speaker(&self, phrase: &quote::Speaker) -> Option<u32> {
        let person = |range| self.within(range).filter(|m| m.is_person).last();
        if let Some(person) = person(&phrase.head).or_else(|| person(&phrase.range)) {
            return Some(person.entity);
        }
        let is_name = |mention: &&Mention| {
            let covers = mention.range.start <= phrase.head.start + ARTICLE;
            covers && mention.range.end + POSSESSIVE >= phrase.head.end
        };
        self.within(&phrase.head).find(is_name).map(|mention| mention.entity)
    }
}

/// Bytes of an article before a name: "The ".
const ARTICLE: usize = 4;
/// Bytes of what may stand between a name and the end of its phrase: a full stop, "’s".
const POSSESSIVE: usize = 4;

fn person_of(layout: &Layout, person: people::Person) -> Option<(Entity, Vec<Range<usize>>)> {
    let text = |range: &Range<usize>| layout.text().get(range.clone());
    let age = person.age.as_ref().and_then(text).and_then(|age| age.parse().ok());
    let roles = person.roles.iter().filter_map(|role| {
        Some(Role {
            span: layout.span(&role.range)?,
            text: text(&role.range)?.to_owned(),
            kind: role.kind,
            affiliation: role.affiliation.as_ref().and_then(text).map(str::to_owned),
        })
    });
    let kind = EntityKind::Person {
        honorific: person.honorific.as_ref().and_then(text).map(str::to_owned),
        age,
        roles: roles.collect(),
    };
    let mentions = person.mentions.into_iter().map(|m| (m.range, m.kind.into(), m.confidence));
    entity_of(layout, person.name, kind, mentions)
}

impl From<people::MentionKind> for MentionKind {
    fn from(kind: people::MentionKind) -> Self {
        match kind {
            people::MentionKind::Full => Self::Name,
            people::MentionKind::Short => Self::Short,
            people::MentionKind::Title => Self::Title,
            people::MentionKind::Nickname => Self::Nickname,
            people::MentionKind::Nominal => Self::Nominal,
            people::MentionKind::Pronoun => Self::Pronoun,
        }
    }
}

fn other_of(layout: &Layout, other: entity::Entity) -> Option<(Entity, Vec<Range<usize>>)> {
    let kind = match other.kind {
        entity::Kind::Person => return None,
        entity::Kind::Organisation => EntityKind::Organisation { acronym: other.acronym },
        entity::Kind::Place => EntityKind::Place { country: other.country.map(str::to_owned) },
    };
    let mentions = other.mentions.into_iter().map(|m| (m.range, m.form.into(), m.confidence));
    entity_of(layout, other.name, kind, mentions)
}

impl From<entity::Form> for MentionKind {
    fn from(form: entity::Form) -> Self {
        match form {
            entity::Form::Name => Self::Name,
            entity::Form::Short => Self::Short,
            entity::Form::Acronym => Self::Acronym,
            entity::Form::Adjective => Self::Adjective,
        }
    }
}

fn entity_of(
    layout: &Layout,
    name: String,
    kind: EntityKind,
    mentions: impl Iterator<Item = (Range<usize>, MentionKind, f32)>,
) -> Option<(Entity, Vec<Range<usize>>)> {
    let placed = mentions.filter_map(|(range, kind, confidence)| {
        let span = layout.span(&range)?;
        Some((EntityMention { span, kind, confidence }, range))
    });
    let (mentions, ranges): (Vec<_>, Vec<_>) = placed.unzip();
    let entity = Entity { id: 0, kind, name, mentions, quotes: Vec::new() };
    (!ranges.is_empty()).then_some((entity, ranges))
}

fn quote_of(
    layout: &Layout,
    cast: &Cast,
    entities: &[Entity],
    quote: quote::Quote,
) -> Option<Quote> {
    let contents: Vec<_> = quote.contents.iter().filter_map(|r| layout.span(r)).collect();
    let cue = quote.cue.and_then(|cue| {
        Some(Cue { span: layout.span(&cue.range)?, lemma: cue.lemma, stance: cue.stance })
    });
    let speaker = quote.speaker.and_then(|speaker| {
        let entity = cast.speaker(&speaker);
        let name = entity.and_then(|id| entities.get(id as usize)).map(|e| e.name.clone());
        Some(Speaker {
            span: layout.span(&speaker.range)?,
            text: layout.text().get(speaker.range)?.to_owned(),
            kind: speaker.kind,
            carried: speaker.carried,
            entity,
            name,
        })
    });
    let (kind, depth, confidence, rule) = (quote.kind, quote.depth, quote.confidence, quote.rule);
    (!contents.is_empty()).then_some(Quote {
        kind,
        contents,
        cue,
        speaker,
        depth,
        confidence,
        rule,
    })
}
