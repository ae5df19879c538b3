//! How likely the body, headline, authors and day of publication are right.
//!
//! Each has a small model of its own, trained on the labelled pages (`tools/models/train.py`). It sees
//! the page as the verdict does, who states the value and who another, and the value itself. All
//! other fields keep the rough confidence that the trust table gives.

use std::sync::LazyLock;

use crate::article::BodyOrigin;
use crate::content::letters_units;
use crate::metadata::{Author, Ballots, Metadata, Precision, VOICES, Votes};
use crate::provenance::{Field, Place};
use crate::trees::{Model, packed};
use crate::verdict::{self, Evidence};

/// What every model sees: the page, and the page model's score.
const PAGE: usize = verdict::COUNT + 1;
/// What the models of metadata see of the votes.
const VOTES: usize = VOICES + 4;
/// Measures of the value itself.
const HEADLINE: usize = 5;
const AUTHORS: usize = 7;
const PUBLISHED: usize = 7;
const BODY: usize = 8;

/// What the models see; `None` for a field that the page does not have.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    pub(crate) body: Option<[f32; PAGE + BODY]>,
    pub(crate) headline: Option<[f32; PAGE + VOTES + HEADLINE]>,
    pub(crate) authors: Option<[f32; PAGE + VOTES + AUTHORS]>,
    pub(crate) published: Option<[f32; PAGE + VOTES + PUBLISHED]>,
}

static BODY_MODEL: LazyLock<Model> = LazyLock::new(|| Model::unpack(packed!("body"), PAGE + BODY));
static HEADLINE_MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::unpack(packed!("headline"), PAGE + VOTES + HEADLINE));
static AUTHORS_MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::unpack(packed!("authors"), PAGE + VOTES + AUTHORS));
static PUBLISHED_MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::unpack(packed!("published"), PAGE + VOTES + PUBLISHED));

/// Measures everything that the models look at. `score` is that of the page model.
pub(crate) fn rows(
    e: &Evidence<'_>,
    page: &verdict::Features,
    score: f32,
    ballots: &Ballots,
) -> Rows {
    let start = || page.iter().copied().chain([score]).collect::<Vec<f32>>();
    let m = e.metadata;
    Rows {
        body: (!e.blocks.is_empty()).then(|| filled(start(), &body(e))).flatten(),
        headline: field(start, m.headline.as_ref(), ballots.headline, |f| headline(&f.value)),
        authors: field(start, m.authors.as_ref(), ballots.authors, authors),
        published: field(start, m.published.as_ref(), ballots.published, |_| published(m)),
    }
}

/// Puts the learned confidences into the metadata, and gives that of the body.
pub(crate) fn set(metadata: &mut Metadata, rows: &Rows) -> Option<f32> {
    if let (Some(field), Some(row)) = (&mut metadata.headline, &rows.headline) {
        field.confidence = HEADLINE_MODEL.probability(row);
    }
    if let (Some(field), Some(row)) = (&mut metadata.authors, &rows.authors) {
        field.confidence = AUTHORS_MODEL.probability(row);
    }
    if let (Some(field), Some(row)) = (&mut metadata.published, &rows.published) {
        field.confidence = PUBLISHED_MODEL.probability(row);
    }
    rows.body.as_ref().map(|row| BODY_MODEL.probability(row))
}

fn filled<const N: usize>(mut start: Vec<f32>, own: &[f32]) -> Option<[f32; N]> {
    start.extend(own);
    start.try_into().ok()
}

fn field<T, const N: usize, const OWN: usize>(
    start: impl Fn() -> Vec<f32>,
    field: Option<&Field<T>>,
    votes: Option<Votes>,
    own: impl Fn(&Field<T>) -> [f32; OWN],
) -> Option<[f32; N]> {
    let (field, votes) = (field?, votes?);
    let mut row = start();
    row.extend(votes.stances.map(f32::from));
    row.extend([
        votes.winner as f32,
        votes.others as f32,
        field.confidence,
        place(field.origin.place),
    ]);
    filled(row, &own(field))
}

fn place(place: Place) -> f32 {
    match place {
        Place::JsonLd | Place::State => 0.0,
        Place::OpenGraph | Place::Meta => 1.0,
        Place::Microdata | Place::Rdfa | Place::Link => 2.0,
        Place::Markup | Place::Title | Place::Text => 3.0,
        Place::Url | Place::Caller => 4.0,
    }
}

fn headline(value: &str) -> [f32; HEADLINE] {
    let has = |signs: &[&str]| signs.iter().any(|sign| value.contains(sign));
    [
        letters_units(value) as f32,
        value.split_whitespace().count() as f32,
        f32::from(u8::from(has(&[" | ", " - ", " – ", " — ", " · "]))),
        f32::from(u8::from(has(&[": "]))),
        f32::from(u8::from(value.ends_with(['…', '.']))),
    ]
}

fn authors(field: &Field<Vec<Author>>) -> [f32; AUTHORS] {
    let all = &field.value;
    let words = |name: &str| name.split_whitespace().count() as f32;
    let share = |n: usize| n as f32 / all.len().max(1) as f32;
    [
        all.len() as f32,
        share(all.iter().filter(|a| a.is_organisation).count()),
        share(all.iter().filter(|a| a.role.is_some()).count()),
        all.iter().map(|a| words(&a.name)).fold(f32::MAX, f32::min),
        all.iter().map(|a| words(&a.name)).fold(0.0, f32::max),
        share(
            all.iter().filter(|a| a.name.chars().any(|c| !c.is_alphabetic() && c != ' ')).count(),
        ),
        field.raw.len() as f32 / all.iter().map(|a| a.name.len()).sum::<usize>().max(1) as f32,
    ]
}

fn published(metadata: &Metadata) -> [f32; PUBLISHED] {
    let Some(field) = &metadata.published else { return [0.0; PUBLISHED] };
    let day = field.value.date();
    let gap = |other: jiff::civil::Date| (other.duration_since(day).as_hours() / 24) as f32;
    let gaps = || field.rejected.iter().map(|found| gap(found.value.date()));
    [
        f32::from(u8::from(field.value.precision() >= Precision::Minute)),
        f32::from(u8::from(field.value.offset().is_some())),
        metadata.modified.as_ref().map_or(-1.0, |m| gap(m.value.date())),
        gaps().fold(0.0, f32::min),
        gaps().fold(0.0, f32::max),
        f32::from(day.year()),
        f32::from(u8::from(day.day() == 1)),
    ]
}

/// What the block model said of the story, and whether the page's data say the same.
fn body(e: &Evidence<'_>) -> [f32; BODY] {
    let sure = &e.story.certainty;
    let ratio = |a: f32, b: f32| if b > 0.0 { a / b } else { 0.0 };
    [
        ratio(sure.kept_weighted, sure.kept),
        ratio(sure.kept_weighted, sure.all_weighted),
        ratio(sure.close, sure.kept),
        ratio(sure.by_rule, sure.kept),
        e.stated_units.map_or(-1.0, |stated| ratio(e.written as f32, stated as f32)),
        e.story.others.len() as f32,
        match e.origin {
            BodyOrigin::Markup => 0.0,
            BodyOrigin::JsonLd => 1.0,
            _ => 2.0,
        },
        e.blocks.len() as f32,
    ]
}
