//! Gold pages and predictions, as they stand in JSON Lines files.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::text::is_space;

/// A field that some tools write as one string and some as a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// As one string: `Ana Li, Bo Öz`.
    One(String),
    /// As a list, one entry each.
    Many(Vec<String>),
}

impl OneOrMany {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::One(text) => text.is_empty(),
            Self::Many(entries) => entries.is_empty(),
        }
    }
}

/// What an extractor says about one page: one line of a predictions file. Only `id` must
/// be there; unknown fields are ignored; `None` is an absent or null field.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// The gold page's id.
    pub id: String,
    /// Text of the article; derived from `paragraphs` where absent.
    #[serde(default, deserialize_with = "scalar", skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Paragraphs of the article; the lines of `body` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraphs: Option<Vec<String>>,
    /// Headline.
    #[serde(default, deserialize_with = "scalar", skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Authors' names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authors: Option<OneOrMany>,
    /// ISO date, or date and time, of publication.
    #[serde(default, deserialize_with = "scalar", skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// ISO date, or date and time, of the last change.
    #[serde(default, deserialize_with = "scalar", skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    /// Language tag; only the part before `-` or `_` counts.
    #[serde(default, deserialize_with = "scalar", skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Teaser or summary that the page states.
    #[serde(default, deserialize_with = "scalar", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Keywords.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<OneOrMany>,
    /// How sure the extractor is of its values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidences>,
    /// Time spent on this page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// Why there is no extraction; a page with an error counts as empty.
    #[serde(default, deserialize_with = "scalar", skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// How likely values are right, 0 to 1; `None` where nothing is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Confidences {
    /// Of the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<f64>,
    /// Of the headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<f64>,
    /// Of the authors, all together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authors: Option<f64>,
    /// Of the day of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<f64>,
}

impl Prediction {
    /// Whether the extractor failed on the page.
    pub fn failed(&self) -> bool {
        self.error.as_ref().is_some_and(|error| !error.is_empty())
    }

    /// Names of the scored fields that carry a value.
    pub fn answered(&self) -> impl Iterator<Item = &'static str> {
        let text = |field: &Option<String>| field.as_ref().is_some_and(|text| !text.is_empty());
        let list = |field: &Option<OneOrMany>| field.as_ref().is_some_and(|all| !all.is_empty());
        [
            ("title", text(&self.title)),
            ("authors", list(&self.authors)),
            ("published", text(&self.published)),
            ("modified", text(&self.modified)),
            ("description", text(&self.description)),
            ("tags", list(&self.tags)),
            ("language", text(&self.language)),
        ]
        .into_iter()
        .filter_map(|(name, given)| given.then_some(name))
    }
}

/// Takes a number or `true` for its text, and `false` for nothing: tools are not strict here.
fn scalar<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(input)? {
        Value::Null | Value::Bool(false) => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    })
}

/// One page with its right answers: one line of `gold.jsonl`.
///
/// For every field to be scored, `None` means that the gold does not know (the field is not
/// scored), while an empty string or list means that the page has none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct GoldPage {
    /// Unique in the set.
    pub id: String,
    /// Path of the page's bytes, relative to the folder of the set.
    #[serde(default)]
    pub page: String,
    /// Where the page was fetched.
    pub url: Option<String>,
    /// Host of `url`.
    pub host: Option<String>,
    /// `article`, `listing`, `forum` …
    pub page_type: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// What the page's own `lang` attribute says.
    pub lang_hint: Option<String>,
    /// Encoding to read the page in, whatever the page says; `None` for raw web bytes.
    pub charset: Option<String>,
    /// `dev`, `heldout` …
    pub split: Option<String>,
    /// Who drafted the gold.
    pub gold_source: Option<String>,
    /// Share of the gold text that occurs in the page at all, 0.0..=1.0.
    pub gold_coverage: Option<f64>,
    /// Text of the article.
    pub body: Option<String>,
    /// Paragraphs of the article; the lines of `body` where absent.
    pub paragraphs: Option<Vec<String>>,
    /// Indices of paragraphs that may be left out.
    pub optional: Option<Vec<usize>>,
    /// Headline.
    pub title: Option<String>,
    /// Authors' names.
    pub authors: Option<OneOrMany>,
    /// ISO date, or date and time, of publication.
    pub published: Option<String>,
    /// ISO date, or date and time, of the last change.
    pub modified: Option<String>,
    /// Teaser or summary.
    pub description: Option<String>,
    /// Keywords.
    pub tags: Option<Vec<String>>,
    /// Snippets that must occur in the body.
    #[serde(rename = "with")]
    pub wanted: Option<Vec<String>>,
    /// Snippets that must not occur in the body.
    #[serde(rename = "without")]
    pub unwanted: Option<Vec<String>>,
    /// All other fields.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl GoldPage {
    /// The gold's language, else the page's own hint.
    pub fn any_language(&self) -> Option<&str> {
        let known = |field: &'_ Option<String>| field.as_ref().is_some_and(|tag| !tag.is_empty());
        if known(&self.language) { self.language.as_deref() } else { self.lang_hint.as_deref() }
    }

    /// Value of any field as a group name; `None` for an absent field, as Python prints it.
    pub fn group(&self, field: &str) -> String {
        let record = serde_json::to_value(self).unwrap_or_default();
        match record.get(field) {
            None | Some(Value::Null) => "None".to_owned(),
            Some(Value::Bool(true)) => "True".to_owned(),
            Some(Value::Bool(false)) => "False".to_owned(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    }
}

/// Which gold pages to score; an empty list or `None` is no condition.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Value of `split`.
    pub split: Option<String>,
    /// Languages: the gold's, else the page's hint.
    pub languages: Vec<String>,
    /// Values of `page_type`.
    pub page_types: Vec<String>,
    /// Ids.
    pub ids: Vec<String>,
    /// Lowest `gold_coverage`; a page that states none has 1.0.
    pub min_coverage: f64,
}

impl Selection {
    /// Whether the page meets all conditions.
    pub fn takes(&self, page: &GoldPage) -> bool {
        let listed = |list: &[String], value: Option<&str>| {
            list.is_empty() || list.iter().any(|entry| Some(entry.as_str()) == value)
        };
        (self.split.is_none() || self.split == page.split)
            && listed(&self.languages, page.any_language())
            && listed(&self.page_types, page.page_type.as_deref())
            && listed(&self.ids, Some(&page.id))
            && page.gold_coverage.unwrap_or(1.0) >= self.min_coverage
    }
}

/// The gold file of a set: `gold.jsonl` in the folder, or the path itself if it is a file.
pub fn gold_file(set: &Path) -> PathBuf {
    if set.is_dir() { set.join("gold.jsonl") } else { set.to_owned() }
}

/// The folder that a set's `page` paths start from.
pub fn set_folder(set: &Path) -> &Path {
    if set.is_dir() { set } else { set.parent().unwrap_or(set) }
}

/// All gold pages of a set, in the order of its file.
pub fn load_gold(set_dir: &Path) -> anyhow::Result<Vec<GoldPage>> {
    read_lines(&gold_file(set_dir))
}

/// The bytes of a page, decompressed if its name ends in `.gz`.
pub fn read_page(set_dir: &Path, page: &GoldPage) -> anyhow::Result<Vec<u8>> {
    let path = set_folder(set_dir).join(&page.page);
    let mut bytes = Vec::new();
    let read = open(&path).and_then(|mut file| Ok(file.read_to_end(&mut bytes)?));
    read.with_context(|| format!("cannot read {}", path.display()))?;
    Ok(bytes)
}

/// Predictions by id; of two with one id the later counts.
#[derive(Debug, Clone, Default)]
pub struct Predictions {
    /// By id.
    pub by_id: BTreeMap<String, Prediction>,
    /// How many were replaced by a later one.
    pub duplicates: usize,
}

impl FromIterator<Prediction> for Predictions {
    fn from_iter<I: IntoIterator<Item = Prediction>>(all: I) -> Self {
        let mut found = Self::default();
        for one in all {
            let replaced = found.by_id.insert(one.id.clone(), one);
            found.duplicates += usize::from(replaced.is_some());
        }
        found
    }
}

/// Reads a predictions file, gzipped if its name ends in `.gz`.
pub fn load_predictions(path: &Path) -> anyhow::Result<Predictions> {
    Ok(read_lines(path)?.into_iter().collect())
}

fn read_lines<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let file = open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut records = Vec::new();
    for (n, line) in BufReader::new(file).lines().enumerate() {
        let place = || format!("{}:{}", path.display(), n + 1);
        let line = line.with_context(place)?;
        if !line.trim_matches(is_space).is_empty() {
            records.push(serde_json::from_str(&line).with_context(place)?);
        }
    }
    Ok(records)
}

fn open(path: &Path) -> anyhow::Result<Box<dyn Read>> {
    let file = File::open(path)?;
    let zipped = path.extension().is_some_and(|end| end == "gz");
    Ok(if zipped { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
}
