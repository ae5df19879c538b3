//! Beginnings of lines that announce something other than story prose: "Read more", "Sign up",
//! "Photo:".

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::letters::is_letter;
use crate::lexicon::{self, Phrases};

/// What the beginning of a line announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Cue {
    /// Newsletter, subscription, advertising.
    Promo = 1,
    /// Another story.
    Related,
    /// Picture credit or source.
    Credit,
    /// A button.
    Share,
    /// Byline, date, tags.
    Meta,
    /// Copyright, terms.
    Legal,
}

/// Phrases by their first word.
static PHRASES: LazyLock<Phrases<Vec<(&'static str, Cue)>>> = LazyLock::new(|| {
    let mut phrases: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for line in lexicon::lines(include_str!("../../lexicon/cues.tsv")) {
        let Some((phrase, kind)) = line.split_once('\t') else {
            continue;
        };
        let cue = match kind {
            "promo" => Cue::Promo,
            "related" => Cue::Related,
            "credit" => Cue::Credit,
            "share" => Cue::Share,
            "meta" => Cue::Meta,
            _ => Cue::Legal,
        };
        phrases.entry(first_word(phrase)).or_default().push((phrase, cue));
    }
    Phrases::new(phrases.into_iter())
});

fn first_word(text: &str) -> &str {
    let more = text.bytes().skip(1).take_while(u8::is_ascii_alphanumeric).count();
    let is_ascii = |at: usize| text.as_bytes().get(at).is_none_or(u8::is_ascii);
    if is_ascii(0) && is_ascii(1 + more) {
        return text.get(..(1 + more).min(text.len())).unwrap_or_default();
    }
    let end =
        text.char_indices().find(|(i, c)| *i > 0 && !is_letter(*c)).map_or(text.len(), |(i, _)| i);
    text.get(..end).unwrap_or(text)
}

/// What the line announces; the longest phrase decides. `line` is lower case and trimmed.
pub(crate) fn at_start(line: &str) -> Option<Cue> {
    matched(line).map(|(cue, _, _)| cue)
}

/// As [`at_start`], with the phrase and what follows it.
pub(crate) fn matched(line: &str) -> Option<(Cue, &'static str, &str)> {
    let is_plain = line.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
    let may_open = |c| is_letter(c) || matches!(c, '©' | '(');
    let line = if is_plain { line } else { line.trim_start_matches(|c| !may_open(c)) };
    let ends = |phrase: &str| {
        let rest = line.strip_prefix(phrase)?;
        let boundary = rest.chars().next().is_none_or(|c| !is_letter(c));
        let closed = phrase.chars().next_back().is_none_or(|c| !is_letter(c) || !c.is_ascii());
        (boundary || closed).then_some(rest)
    };
    let phrases = PHRASES.get(first_word(line))?.alone.as_ref()?;
    phrases
        .iter()
        .filter_map(|(phrase, cue)| Some((*cue, *phrase, ends(phrase)?)))
        .max_by_key(|(_, phrase, _)| phrase.len())
}
