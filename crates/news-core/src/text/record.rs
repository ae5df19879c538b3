//! Named fields before the story: records of print archives (`HEADLINE: …`) and heads of mails.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon;

pub(super) const FIELDS: &str = include_str!("../../lexicon/record_fields.tsv");

/// What a named field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Headline,
    Deck,
    Authors,
    Published,
    Modified,
    Section,
    Source,
    Rights,
    Dateline,
    Tags,
    /// A header of a mail without meaning for the story.
    Mail,
    Other,
}

static KINDS: LazyLock<HashMap<&'static str, Kind>> = LazyLock::new(|| {
    lexicon::lines(FIELDS)
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, kind)| (name, kind_named(kind)))
        .collect()
});

fn kind_named(name: &str) -> Kind {
    match name {
        "headline" => Kind::Headline,
        "deck" => Kind::Deck,
        "authors" => Kind::Authors,
        "published" => Kind::Published,
        "modified" => Kind::Modified,
        "section" => Kind::Section,
        "source" => Kind::Source,
        "rights" => Kind::Rights,
        "dateline" => Kind::Dateline,
        "tags" => Kind::Tags,
        "mail" => Kind::Mail,
        _ => Kind::Other,
    }
}

/// Longest name of a field, in bytes.
const NAME_BYTES: usize = 24;

/// The field of a line, and its value.
pub(super) fn read(line: &str) -> Option<(Kind, &str)> {
    let colon = line.find(':').filter(|at| *at <= NAME_BYTES)?;
    let name = line.get(..colon)?;
    // "date:" in running text is no field; names begin with a capital.
    if !name.starts_with(char::is_uppercase) {
        return None;
    }
    let kind = KINDS.get(name.trim().to_lowercase().as_str())?;
    Some((*kind, line.get(colon + 1..)?.trim()))
}
