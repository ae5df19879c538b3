//! Dotted field names: `metadata.headline.value`, `blocks.text`, and short names such as
//! `headline`.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

use super::schema;
use crate::article::Article;

/// Names of the metadata fields, in the order of the model. Each is a short name for the field's
/// value.
pub const METADATA_FIELDS: [&str; 18] = [
    "headline",
    "alternative_headline",
    "deck",
    "authors",
    "published",
    "modified",
    "site_name",
    "publisher",
    "url",
    "section",
    "breadcrumb",
    "tags",
    "language",
    "image",
    "description",
    "rights",
    "access",
    "agency",
];

/// Short names that stand for a field of the verdict.
const VERDICT_FIELDS: [&str; 3] = ["is_article", "kind", "completeness"];

/// The name of a field of the written article.
///
/// Either its path in the model, steps parted by dots (`metadata.headline.origin`, `blocks.text`:
/// lists are passed through), or a short name: a metadata field (its value; `authors.name` goes
/// on from there), `is_article`, `kind`, `completeness`, or `text` ([`Article::text`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPath {
    /// Keys under which it is written.
    shown: Vec<String>,
    /// Keys that lead to the first shown one in the model.
    prefix: &'static [&'static str],
    /// Keys between the first shown one and the next.
    infix: &'static [&'static str],
}

/// The article has no field of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no field {path:?} in the article: {step:?} is none of {}", .known.join(", "))]
pub struct UnknownField {
    path: String,
    step: String,
    known: Vec<String>,
}

impl FromStr for FieldPath {
    type Err = UnknownField;

    fn from_str(path: &str) -> Result<Self, UnknownField> {
        let shown: Vec<String> = path.split('.').map(|step| step.trim().to_owned()).collect();
        let first = shown.first().map_or("", String::as_str);
        let (prefix, infix): (&[_], &[_]) = if METADATA_FIELDS.contains(&first) {
            (&["metadata"], &["value"])
        } else if VERDICT_FIELDS.contains(&first) {
            (&["verdict"], &[])
        } else {
            (&[], &[])
        };
        let path = Self { shown, prefix, infix };
        path.check()?;
        Ok(path)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown.join("."))
    }
}

impl FieldPath {
    /// Every key from the root of the model to the field.
    fn steps(&self) -> impl Iterator<Item = &str> {
        let shown = self.shown.iter().map(String::as_str);
        let (first, rest) = (shown.clone().take(1), shown.skip(1));
        self.prefix.iter().copied().chain(first).chain(self.infix.iter().copied()).chain(rest)
    }

    /// Walks the schema along the path.
    fn check(&self) -> Result<(), UnknownField> {
        static SCHEMA: LazyLock<Value> = LazyLock::new(schema);
        if self.is_text() {
            return Ok(());
        }
        let mut here = vec![&*SCHEMA];
        for step in self.steps() {
            let known = here.iter().flat_map(|node| properties(node, &SCHEMA));
            let (names, next): (Vec<_>, Vec<_>) = known.unzip();
            here = next
                .into_iter()
                .zip(&names)
                .filter(|(_, name)| **name == step)
                .map(|(v, _)| v)
                .collect();
            if here.is_empty() {
                return Err(self.unknown(step, names));
            }
        }
        Ok(())
    }

    fn unknown(&self, step: &str, names: Vec<&str>) -> UnknownField {
        let mut known: Vec<String> = names.into_iter().map(str::to_owned).collect();
        if self.shown.first().is_some_and(|first| first == step) {
            known.extend(METADATA_FIELDS.iter().chain(&VERDICT_FIELDS).map(|&n| n.to_owned()));
            known.push("text".to_owned());
        }
        known.sort();
        known.dedup();
        UnknownField { path: self.to_string(), step: step.to_owned(), known }
    }

    fn is_text(&self) -> bool {
        self.shown == ["text"]
    }
}

/// Properties of a schema node, through references, alternatives and list items.
fn properties<'a>(node: &'a Value, root: &'a Value) -> Vec<(&'a str, &'a Value)> {
    let mut out = Vec::new();
    let mut seen: Vec<&Value> = Vec::new();
    let mut todo = vec![node];
    while let Some(node) = todo.pop() {
        if seen.iter().any(|other| std::ptr::eq(*other, node)) {
            continue;
        }
        seen.push(node);
        let own = node.get("properties").and_then(Value::as_object);
        out.extend(own.into_iter().flatten().map(|(name, value)| (name.as_str(), value)));
        let several =
            ["oneOf", "anyOf", "allOf"].iter().filter_map(|key| node.get(*key)?.as_array());
        todo.extend(several.flatten());
        todo.extend(node.get("items"));
        let target = node.get("$ref").and_then(Value::as_str);
        todo.extend(target.and_then(|t| root.pointer(t.strip_prefix('#')?)));
    }
    out
}

/// Some fields of an article, in the order asked for.
#[derive(Debug)]
pub(super) enum Picked {
    All(Value),
    Object(Vec<(String, Picked)>),
    Array(Vec<Picked>),
}

impl Serialize for Picked {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All(value) => value.serialize(serializer),
            Self::Array(items) => items.serialize(serializer),
            Self::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

/// The fields at `paths`; `null` where the article has none.
pub(super) fn pick(article: &Article, paths: &[FieldPath]) -> Picked {
    let mut model = as_value(article);
    if let Some(object) = model.as_object_mut().filter(|_| paths.iter().any(FieldPath::is_text)) {
        object.insert("text".to_owned(), Value::String(article.text()));
    }
    let mut root = Selection::default();
    for path in paths {
        root.add(path);
    }
    root.pick(&model)
}

/// The model as a value. It goes through text, because a value would turn the 0.95 of an `f32` into
/// 0.949999988079071.
fn as_value(article: &Article) -> Value {
    let text = serde_json::to_string(article).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Which keys of an object are wanted, and which below them.
#[derive(Default)]
struct Selection<'a> {
    whole: bool,
    entries: Vec<Entry<'a>>,
}

struct Entry<'a> {
    key: &'a str,
    prefix: &'static [&'static str],
    infix: &'static [&'static str],
    below: Selection<'a>,
}

impl<'a> Selection<'a> {
    fn add(&mut self, path: &'a FieldPath) {
        let mut here = self;
        let (mut prefix, mut infix) = (path.prefix, path.infix);
        for key in &path.shown {
            here = here.entry(key, std::mem::take(&mut prefix), std::mem::take(&mut infix));
        }
        here.whole = true;
    }

    fn entry(
        &mut self,
        key: &'a str,
        prefix: &'static [&'static str],
        infix: &'static [&'static str],
    ) -> &mut Self {
        let at = self.entries.iter().position(|e| e.key == key).unwrap_or_else(|| {
            self.entries.push(Entry { key, prefix, infix, below: Selection::default() });
            self.entries.len() - 1
        });
        &mut self.entries[at].below
    }

    fn pick(&self, value: &Value) -> Picked {
        match value {
            _ if self.whole => Picked::All(value.clone()),
            Value::Array(items) => Picked::Array(items.iter().map(|v| self.pick(v)).collect()),
            Value::Object(_) => {
                Picked::Object(self.entries.iter().map(|e| e.pick(value)).collect())
            }
            _ => Picked::All(Value::Null),
        }
    }
}

impl Entry<'_> {
    fn pick(&self, value: &Value) -> (String, Picked) {
        let steps = self.prefix.iter().copied().chain([self.key]).chain(self.infix.iter().copied());
        let found = steps.fold(value, |here, step| &here[step]);
        (self.key.to_owned(), self.below.pick(found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_fields_are_those_of_the_model() {
        let schema = schema();
        let known = schema["$defs"]["Metadata"]["properties"].as_object().expect("an object");
        let mut names = METADATA_FIELDS.to_vec();
        names.sort_unstable();
        assert_eq!(names, known.keys().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn paths_are_checked_against_the_model() {
        for good in [
            "metadata.headline.value",
            "blocks.text",
            "blocks.blocks.text",
            "authors.name",
            "text",
            "kind",
            "verdict.confidence",
            "blocks.marks.url",
            "encoding",
            "warnings.code",
        ] {
            assert_eq!(good.parse::<FieldPath>().map(|p| p.to_string()), Ok(good.to_owned()));
        }
        for bad in
            ["", "headlin", "metadata.titel", "blocks.text.more", "text.x", "authors.", "url.x"]
        {
            assert!(bad.parse::<FieldPath>().is_err(), "{bad}");
        }
    }
}
