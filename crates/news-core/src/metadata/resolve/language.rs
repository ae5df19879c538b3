//! The language of the story: what the page states, held against its prose.

use super::super::claims::{Slot, Voice};
use super::{Candidate, Context, Row, field, rank};
use crate::provenance::{Field, Found, Origin, Place};

/// Prose, in characters, from which the detector's word counts.
const PROSE_CHARS: usize = 1000;
/// The same where the page states no language.
const FEW_CHARS: usize = 200;
/// Prose that the detector sees, in characters: more costs time and changes nothing.
const SAMPLE_CHARS: usize = 1200;

pub(super) fn resolve(context: &Context, prose: &str) -> Option<Field<String>> {
    let row = Row::Text(Slot::Language);
    let caller = caller(context);
    let claims = context.ranked(row, context.claims.get(Slot::Language)).into_iter();
    let mut ranked: Vec<Candidate<String>> =
        claims.filter_map(|c| Some(Candidate::read(c, normal(&c.found.value)?))).collect();
    ranked.extend(caller.iter().map(|found| Candidate::of(found, Voice::Caller)));
    let trust = ranked.first().and_then(|c| rank(row, c.voice)).unwrap_or(8);
    let mut trust = super::CONFIDENCE - super::STEP * trust as f32;
    let enough = if ranked.is_empty() { FEW_CHARS } else { PROSE_CHARS };
    let read = detect(prose, enough).map(stated_by_prose);
    if let Some(read) = &read {
        let at = ranked.iter().position(|c| primary(&c.value) == read.value);
        if let Some(at) = at {
            // The prose confirms one of the stated tags, which says more (`de-AT`).
            let confirmed = ranked.remove(at);
            ranked.insert(0, confirmed);
            trust = trust.max(0.9);
        } else {
            ranked.insert(0, Candidate::of(read, Voice::Prose));
            trust = 0.85;
        }
    }
    field(ranked, trust, |a, b| primary(a) == primary(b), context)
}

fn stated_by_prose(language: &str) -> Found<String> {
    let origin = Origin { place: Place::Text, key: "prose".to_owned(), range: None };
    Found { value: language.to_owned(), raw: String::new(), origin }
}

fn caller(context: &Context) -> Option<Found<String>> {
    let raw = context.page.source.language?;
    let origin = Origin { place: Place::Caller, key: "language".to_owned(), range: None };
    Some(Found { value: normal(raw)?, raw: raw.to_owned(), origin })
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Names that are written where a tag belongs.
const NAMES: [(&str, &str); 12] = [
    ("arabic", "ar"),
    ("dutch", "nl"),
    ("english", "en"),
    ("french", "fr"),
    ("german", "de"),
    ("deutsch", "de"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("español", "es"),
];

/// A BCP 47 tag in its usual spelling: `de_at` gives `de-AT`. `None` for what is no tag.
fn normal(text: &str) -> Option<String> {
    let text = text.trim().split([',', ';']).next()?.trim().to_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(name, _)| *name == text) {
        return Some((*tag).to_owned());
    }
    let mut parts = text.split(['-', '_']);
    let language = parts
        .next()
        .filter(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()))?;
    let mut tag = language.to_owned();
    for part in parts.take(2) {
        match part.len() {
            2 => tag.extend(["-", &part.to_uppercase()]),
            3 if part.bytes().all(|b| b.is_ascii_digit()) => tag.extend(["-", part]),
            4 => tag.extend(["-", &title_case(part)]),
            _ => {}
        }
    }
    Some(tag)
}

fn title_case(part: &str) -> String {
    let mut chars = part.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The two-letter code of the prose's language, when there is enough of it to tell.
pub(crate) fn of_prose(prose: &str) -> Option<String> {
    detect(prose, FEW_CHARS).map(str::to_owned)
}

/// The language of the prose, when there is enough of it.
fn detect(prose: &str, enough: usize) -> Option<&'static str> {
    let sample: String = prose.chars().take(SAMPLE_CHARS).collect();
    if sample.chars().count() < enough {
        return None;
    }
    let info = whatlang::detect(&sample).filter(whatlang::Info::is_reliable)?;
    Some(short_code(info.lang()))
}

/// The two-letter code where there is one.
fn short_code(lang: whatlang::Lang) -> &'static str {
    use whatlang::Lang as L;
    match lang {
        L::Epo => "eo",
        L::Eng => "en",
        L::Rus => "ru",
        L::Cmn => "zh",
        L::Spa => "es",
        L::Por => "pt",
        L::Ita => "it",
        L::Ben => "bn",
        L::Fra => "fr",
        L::Deu => "de",
        L::Ukr => "uk",
        L::Kat => "ka",
        L::Ara => "ar",
        L::Hin => "hi",
        L::Jpn => "ja",
        L::Heb => "he",
        L::Yid => "yi",
        L::Pol => "pl",
        L::Amh => "am",
        L::Jav => "jv",
        L::Kor => "ko",
        L::Nob => "no",
        L::Dan => "da",
        L::Swe => "sv",
        L::Fin => "fi",
        L::Tur => "tr",
        L::Nld => "nl",
        L::Hun => "hu",
        L::Ces => "cs",
        L::Ell => "el",
        L::Bul => "bg",
        L::Bel => "be",
        L::Mar => "mr",
        L::Kan => "kn",
        L::Ron => "ro",
        L::Slv => "sl",
        L::Hrv => "hr",
        L::Srp => "sr",
        L::Mkd => "mk",
        L::Lit => "lt",
        L::Lav => "lv",
        L::Est => "et",
        L::Tam => "ta",
        L::Vie => "vi",
        L::Urd => "ur",
        L::Tha => "th",
        L::Guj => "gu",
        L::Uzb => "uz",
        L::Pan => "pa",
        L::Aze => "az",
        L::Ind => "id",
        L::Tel => "te",
        L::Pes => "fa",
        L::Mal => "ml",
        L::Ori => "or",
        L::Mya => "my",
        L::Nep => "ne",
        L::Sin => "si",
        L::Khm => "km",
        L::Tuk => "tk",
        L::Aka => "ak",
        L::Zul => "zu",
        L::Sna => "sn",
        L::Afr => "af",
        L::Lat => "la",
        L::Slk => "sk",
        L::Cat => "ca",
        L::Tgl => "tl",
        L::Hye => "hy",
        L::Cym => "cy",
    }
}
