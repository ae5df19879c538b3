//! The language of the story: what the page states, held against its prose.

mod profiles;
mod script;
mod tally;
mod trigram;

use std::sync::LazyLock;

use super::super::claims::{Slot, Voice};
use super::{Candidate, Context, Row, field, rank};
use crate::provenance::{Field, Found, Origin, Place};
use profiles::{Profiles, profiles};
use script::{Script, Scripts};

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
    prose.char_indices().nth(enough.checked_sub(1)?)?;
    let end = prose.char_indices().nth(SAMPLE_CHARS).map_or(prose.len(), |(at, _)| at);
    surely(prose.get(..end)?)
}

/// The two-letter code of the language that a text is surely written in.
fn surely(text: &str) -> Option<&'static str> {
    let scripts = Scripts::of(text);
    let profiles = match scripts.main()? {
        Script::Latin => &LATIN,
        Script::Cyrillic => &CYRILLIC,
        Script::Arabic => &ARABIC,
        Script::Devanagari => &DEVANAGARI,
        Script::Hebrew => &HEBREW,
        Script::Han => return chinese_or_japanese(&scripts),
        Script::Hiragana | Script::Katakana => return Some("ja"),
        Script::Hangul => return Some("ko"),
        Script::Greek => return Some("el"),
        Script::Armenian => return Some("hy"),
        Script::Bengali => return Some("bn"),
        Script::Gurmukhi => return Some("pa"),
        Script::Gujarati => return Some("gu"),
        Script::Oriya => return Some("or"),
        Script::Tamil => return Some("ta"),
        Script::Telugu => return Some("te"),
        Script::Kannada => return Some("kn"),
        Script::Malayalam => return Some("ml"),
        Script::Sinhala => return Some("si"),
        Script::Thai => return Some("th"),
        Script::Burmese => return Some("my"),
        Script::Georgian => return Some("ka"),
        Script::Ethiopic => return Some("am"),
        Script::Khmer => return Some("km"),
    };
    profiles.detect(text)
}

static LATIN: LazyLock<Profiles> = LazyLock::new(|| profiles!("latin"));
static CYRILLIC: LazyLock<Profiles> = LazyLock::new(|| profiles!("cyrillic"));
static ARABIC: LazyLock<Profiles> = LazyLock::new(|| profiles!("arabic"));
static DEVANAGARI: LazyLock<Profiles> = LazyLock::new(|| profiles!("devanagari"));
static HEBREW: LazyLock<Profiles> = LazyLock::new(|| profiles!("hebrew"));

/// Shares of the syllabaries above which a text mostly in Chinese characters is Japanese, and below which
/// it is Chinese that quotes some.
const JAPANESE: f64 = 0.2;
const CHINESE: f64 = 0.02;

/// The language of a text mostly in Chinese characters.
fn chinese_or_japanese(scripts: &Scripts) -> Option<&'static str> {
    let kana = scripts.count(Script::Hiragana) + scripts.count(Script::Katakana);
    match f64::from(kana) / f64::from(kana + scripts.count(Script::Han)) {
        share if share > JAPANESE => Some("ja"),
        share if share > CHINESE => None,
        _ => Some("zh"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_tells_its_language() {
        let told = [
            (
                "en",
                "The harbour was closed on Monday because of the storm, the port authority said.",
            ),
            (
                "de",
                "Der Hafen blieb am Montag wegen des Sturms geschlossen, teilte die Behörde mit.",
            ),
            (
                "fr",
                "Le port est resté fermé lundi à cause de la tempête, ont annoncé les autorités.",
            ),
            ("ru", "Порт был закрыт в понедельник из-за шторма, сообщили местные власти города."),
            ("uk", "Порт був зачинений у понеділок через шторм, повідомили місцеві органи влади."),
            ("el", "Το λιμάνι έκλεισε τη Δευτέρα λόγω της καταιγίδας."),
            ("zh", "由于暴风雨，港口周一关闭。"),
            ("ja", "港は嵐のため月曜日に閉鎖されました。"),
        ];
        for (language, prose) in told {
            assert_eq!(surely(&prose.repeat(3)), Some(language), "{prose}");
        }
        assert_eq!(surely("12:30"), None);
    }

    #[test]
    fn too_little_prose_tells_nothing() {
        let prose =
            "The harbour was closed on Monday because of the storm, the port said. ".repeat(3);
        assert_eq!(of_prose(&prose).as_deref(), Some("en"));
        assert_eq!(of_prose(&prose.chars().take(FEW_CHARS - 1).collect::<String>()), None);
    }
}
