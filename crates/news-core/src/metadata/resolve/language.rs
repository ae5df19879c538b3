//! The language of the story: what the page states, held against its prose.

use super::super::claims::{Claim, Slot, Voice};
use super::{Context, Row, field, rank};
use crate::provenance::{Field, Found, Origin, Place};

/// Prose, in characters, from which the detector's word counts.
const PROSE_CHARS: usize = 1000;
/// The same where the page states no language.
const FEW_CHARS: usize = 200;
/// Prose that the detector sees, in characters: more costs time and changes nothing.
const SAMPLE_CHARS: usize = 1200;

pub(super) fn resolve(context: &Context, prose: &str) -> Option<Field<String>> {
    let stated: Vec<Claim<String>> =
        context.claims.get(Slot::Language).iter().filter_map(normalised).collect();
    let mut ranked: Vec<(Found<String>, Voice)> = context
        .ranked(Row::Text(Slot::Language), &stated)
        .into_iter()
        .map(|c| (c.found.clone(), c.voice))
        .collect();
    ranked.extend(caller(context));
    let trust = ranked.first().and_then(|(_, v)| rank(Row::Text(Slot::Language), *v)).unwrap_or(8);
    let mut trust = super::CONFIDENCE - super::STEP * trust as f32;
    let enough = if ranked.is_empty() { FEW_CHARS } else { PROSE_CHARS };
    if let Some((read, _)) = detect(prose, enough) {
        let at = ranked.iter().position(|(f, _)| primary(&f.value) == read.value);
        if let Some(at) = at {
            // The prose confirms one of the stated tags, which says more (`de-AT`).
            let confirmed = ranked.remove(at);
            ranked.insert(0, confirmed);
            trust = trust.max(0.9);
        } else {
            ranked.insert(0, (read, Voice::Prose));
            trust = 0.85;
        }
    }
    field(ranked, trust, |a, b| primary(a) == primary(b), context)
}

fn caller(context: &Context) -> Option<(Found<String>, Voice)> {
    let raw = context.page.source.language?;
    let origin = Origin { place: Place::Caller, key: "language".to_owned(), range: None };
    Some((Found { value: normal(raw)?, raw: raw.to_owned(), origin }, Voice::Caller))
}

fn normalised(claim: &Claim<String>) -> Option<Claim<String>> {
    let value = normal(&claim.found.value)?;
    Some(claim.clone().map(|_| value))
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
    detect(prose, FEW_CHARS).map(|(found, _)| found.value)
}

/// The language of the prose, when there is enough of it.
fn detect(prose: &str, enough: usize) -> Option<(Found<String>, f64)> {
    let sample: String = prose.chars().take(SAMPLE_CHARS).collect();
    if sample.chars().count() < enough {
        return None;
    }
    let info = whatlang::detect(&sample).filter(whatlang::Info::is_reliable)?;
    let origin = Origin { place: Place::Text, key: "prose".to_owned(), range: None };
    Some((
        Found { value: short_code(info.lang()).to_owned(), raw: String::new(), origin },
        info.confidence(),
    ))
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
