//! What the story says, as part of the model: ranges into its blocks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Article, Converter, Layout, OffsetUnit};
use crate::error::Warning;
use crate::options::Limits;
use crate::reading;
use crate::reading::people::RoleKind;
use crate::reading::quote::{QuoteKind, SpeakerKind, Stance};
use crate::reading::time::{Anchor, Modifier, Reference, TimeKind};
use crate::work::Work;

/// What the story says. Lists are in reading order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// Sentences of the blocks. They do not overlap and leave out nothing but white space.
    pub sentences: Vec<Span>,
    /// Dates and times said in the text. They do not overlap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<TimeMention>,
    /// People, organisations and places, by their first mention.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<Entity>,
    /// Who said what, by the place where it begins. Contents overlap only where a quotation stands
    /// inside another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Quote>,
}

/// Somebody or something with a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// Its index in [`Reading::entities`].
    pub id: u32,
    /// What it is.
    #[serde(flatten)]
    pub kind: EntityKind,
    /// The fullest form of its name in the text, without titles; a country's usual name.
    pub name: String,
    /// Every mention, in reading order.
    pub mentions: Vec<EntityMention>,
    /// Indices of what it says in [`Reading::quotes`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<u32>,
}

/// What an [`Entity`] is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EntityKind {
    /// A person.
    Person {
        /// How the person is addressed before the name: `Mr.`, `Dr`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        honorific: Option<String>,
        /// Age in years.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        age: Option<u16>,
        /// What the text says the person is, in reading order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        roles: Vec<Role>,
    },
    /// An organisation.
    Organisation {
        /// Its short form of capitals. `None`: the text gives none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acronym: Option<String>,
    },
    /// A place.
    Place {
        /// ISO 3166-1 alpha-2 code of the country it is or lies in. `None`: the gazetteer does not
        /// know the place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        country: Option<String>,
    },
}

/// A place in the text where an [`Entity`] is meant.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EntityMention {
    /// Where it stands, without title and possessive ending.
    #[serde(flatten)]
    pub span: Span,
    /// How it is meant.
    pub kind: MentionKind,
    /// How sure it is that it is this one, 0 to 1.
    pub confidence: f32,
}

/// How an entity is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MentionKind {
    /// A name: of a person, two words or more of it.
    Name,
    /// Part of a name.
    Short,
    /// Part of a person's name behind a title or honorific.
    Title,
    /// A familiar form of a person's name.
    Nickname,
    /// A noun: the spokeswoman.
    Nominal,
    /// A pronoun.
    Pronoun,
    /// An organisation's short form of capitals.
    Acronym,
    /// The adjective or the people of a country: French, Danes.
    Adjective,
}

/// What a person is said to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Role {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// As written.
    pub text: String,
    /// How it is said.
    pub kind: RoleKind,
    /// The organisation, place or person it belongs to, as written. `None`: not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affiliation: Option<String>,
}

/// Something said, and who says it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// How it is said.
    pub kind: QuoteKind,
    /// What is said, in reading order, without the quotation marks around a direct quote. More than
    /// one where the quote is split or runs over paragraphs. Never empty.
    pub contents: Vec<Span>,
    /// The words that attribute it. `None`: it follows from what stands around.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Cue>,
    /// Who says it. `None`: the text does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Speaker>,
    /// Quotations it stands in. 0: it is the writer's own.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub depth: u8,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// The rule that decided.
    pub rule: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(n: &u8) -> bool {
    *n == 0
}

/// The words that attribute a [`Quote`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cue {
    /// Where they stand.
    #[serde(flatten)]
    pub span: Span,
    /// The verb in its base form, or the phrase: `say`, `according to`.
    pub lemma: String,
    /// What saying so means.
    pub stance: Stance,
}

/// Who says a [`Quote`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Speaker {
    /// The whole phrase, apposition included.
    #[serde(flatten)]
    pub span: Span,
    /// The phrase as written.
    pub text: String,
    /// What sort of mention it is.
    pub kind: SpeakerKind,
    /// Taken over from an earlier or later sentence.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub carried: bool,
    /// The speaker's index in [`Reading::entities`]. `None`: no entity of the text, or not known which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<u32>,
    /// The name of that entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A [`Reading`] beside the texts it is a reading of, without the rest of the article.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Readout {
    /// Unit of every range below.
    pub offset_unit: OffsetUnit,
    /// Language as a BCP 47 tag. `None`: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The text of each block, in which the ranges of that block count.
    pub texts: Vec<String>,
    /// What they say.
    pub reading: Reading,
    /// What limits kept from being read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

impl Readout {
    /// Reads a text as it stands: one block, a paragraph a line, nothing taken for page junk,
    /// headline or sign-off.
    #[must_use]
    pub fn of_text(text: &str, language: Option<&str>, anchor: Option<&Anchor>) -> Self {
        Self::within(text, language, anchor, &Limits::default())
    }

    /// [`Self::of_text`] within other limits than the usual ones.
    #[must_use]
    pub fn within(
        text: &str,
        language: Option<&str>,
        anchor: Option<&Anchor>,
        limits: &Limits,
    ) -> Self {
        let (layout, work) = (Layout::plain(text), Work::new(limits));
        let (reading, warning) = reading::read_within(&layout, language, anchor, limits, &work);
        Self {
            offset_unit: OffsetUnit::Utf8,
            language: language.map(str::to_owned),
            texts: vec![text.to_owned()],
            reading,
            warnings: warning.into_iter().collect(),
        }
    }

    /// The readout with every range counted in `unit`.
    #[must_use]
    pub fn with_offsets(mut self, unit: OffsetUnit) -> Self {
        let from = self.offset_unit;
        if from != unit {
            let texts = &self.texts;
            let text = |index| texts.get(index as usize).map(|text| text.as_str().into());
            let mut converter = Converter { from, to: unit, text, tables: BTreeMap::new() };
            self.reading.for_each_span(|span| converter.convert(span));
            self.offset_unit = unit;
        }
        self
    }
}

/// Who said what, in the words of the text: a row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution<'r> {
    /// The speaker's name where the reading knows it, else the mention as written. `None`: not told.
    pub speaker: Option<&'r str>,
    /// The mention as written.
    pub mention: Option<&'r str>,
    /// What the text first says the speaker is.
    pub role: Option<&'r str>,
    /// How it is said.
    pub kind: QuoteKind,
    /// The cue's base form.
    pub cue: Option<&'r str>,
    /// What saying so means.
    pub stance: Option<Stance>,
    /// What is said, its parts in reading order.
    pub said: Vec<&'r str>,
    /// Its first part.
    pub span: Span,
}

impl Attribution<'_> {
    /// Whether any of it stands in quotation marks.
    #[must_use]
    pub fn is_in_marks(&self) -> bool {
        self.kind != QuoteKind::Indirect
    }
}

impl Readout {
    /// The quotes with their speakers' names and roles, in reading order. The ranges must count
    /// UTF-8 bytes; parts that do not are left out.
    #[must_use]
    pub fn attributions(&self) -> Vec<Attribution<'_>> {
        self.reading.quotes.iter().filter_map(|quote| self.attribution(quote)).collect()
    }

    fn attribution<'r>(&'r self, quote: &'r Quote) -> Option<Attribution<'r>> {
        let speaker = quote.speaker.as_ref();
        let entity = speaker.and_then(|s| self.reading.entities.get(s.entity? as usize));
        let mention = speaker.map(|s| s.text.as_str());
        Some(Attribution {
            speaker: entity.map(|entity| entity.name.as_str()).or(mention),
            mention,
            role: entity.and_then(Entity::role),
            kind: quote.kind,
            cue: quote.cue.as_ref().map(|cue| cue.lemma.as_str()),
            stance: quote.cue.as_ref().map(|cue| cue.stance),
            said: quote.contents.iter().filter_map(|span| self.slice(*span)).collect(),
            span: *quote.contents.first()?,
        })
    }

    fn slice(&self, span: Span) -> Option<&str> {
        self.texts.get(span.block as usize)?.get(span.start as usize..span.end as usize)
    }
}

impl Entity {
    /// What the text first says a person is, honorifics apart. `None`: nothing, or no person.
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        let EntityKind::Person { roles, .. } = &self.kind else { return None };
        let role = roles.iter().find(|role| role.kind != RoleKind::Honorific)?;
        Some(&role.text)
    }
}

impl From<Article> for Readout {
    /// Keeps what was read; an article that was not read gives an empty reading.
    fn from(mut article: Article) -> Self {
        article.warnings.retain(|warning| warning.code.cuts());
        Self {
            warnings: article.warnings,
            offset_unit: article.offset_unit,
            language: article.metadata.language.map(|field| field.value),
            texts: article.blocks.iter().map(|block| block.lines().join("\n")).collect(),
            reading: article.reading.unwrap_or_default(),
        }
    }
}

/// A range of a block's text: of its [`lines`](super::Block::lines) joined by line breaks.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Span {
    /// Index of the block in [`Article::blocks`](super::Article::blocks).
    pub block: u32,
    /// First unit of the range (see [`Article::offset_unit`](super::Article::offset_unit)).
    pub start: u32,
    /// One past its last unit.
    pub end: u32,
}

/// A date or time said in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TimeMention {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// What sort of time it is.
    pub kind: TimeKind,
    /// The value as TIMEX3 writes it: `2024-05-02`, `2024-W18`, `P3D`, `XXXX-WXX-1`,
    /// `PRESENT_REF`. What could not be resolved is `X`.
    pub value: String,
    /// What "late" or "nearly" adds. `None`: the value as it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
    /// The date it was resolved against. `None`: it needed none, or there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Reference>,
}

impl Reading {
    /// Calls `visit` on every range.
    pub(super) fn for_each_span(&mut self, mut visit: impl FnMut(&mut Span)) {
        self.sentences.iter_mut().for_each(&mut visit);
        self.times.iter_mut().for_each(|time| visit(&mut time.span));
        for entity in &mut self.entities {
            entity.mentions.iter_mut().for_each(|mention| visit(&mut mention.span));
            if let EntityKind::Person { roles, .. } = &mut entity.kind {
                for role in roles {
                    visit(&mut role.span);
                }
            }
        }
        for quote in &mut self.quotes {
            quote.contents.iter_mut().for_each(&mut visit);
            quote.cue.iter_mut().for_each(|cue| visit(&mut cue.span));
            quote.speaker.iter_mut().for_each(|speaker| visit(&mut speaker.span));
        }
    }
}
