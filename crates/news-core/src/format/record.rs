//! JSON objects in the order in which they are written, as other schemas have them.

use serde::{Serialize, Serializer};

use super::clean::one_line;

/// A value of JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Node {
    Text(String),
    Number(u64),
    Flag(bool),
    Object(Record),
    List(Vec<Node>),
}

/// An object whose keys come out in the order in which they were added.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Record(Vec<(&'static str, Node)>);

impl Record {
    /// The object with `key`, if there is a value and it is not empty.
    pub(super) fn with(mut self, key: &'static str, value: impl Into<Option<Node>>) -> Self {
        if let Some(value) = value.into().filter(|value| !value.is_empty()) {
            self.0.push((key, value));
        }
        self
    }

    /// The object with text on one line under `key`.
    pub(super) fn line(self, key: &'static str, text: &str) -> Self {
        self.with(key, Node::Text(one_line(text)))
    }

    /// The same, if there is any.
    pub(super) fn with_line(self, key: &'static str, text: Option<impl AsRef<str>>) -> Self {
        self.with(key, text.map(|text| Node::Text(one_line(text.as_ref()))))
    }
}

impl Node {
    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Object(Record(fields)) => fields.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Number(_) | Self::Flag(_) => false,
        }
    }

    /// A list of objects.
    pub(super) fn list(items: impl IntoIterator<Item = Record>) -> Self {
        Self::List(items.into_iter().map(Self::Object).collect())
    }

    /// A list of lines; empty ones are left out.
    pub(super) fn lines<'t>(lines: impl IntoIterator<Item = &'t String>) -> Self {
        let lines = lines.into_iter().map(|line| one_line(line)).filter(|line| !line.is_empty());
        Self::List(lines.map(Self::Text).collect())
    }
}

impl From<Record> for Node {
    fn from(record: Record) -> Self {
        Self::Object(record)
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
