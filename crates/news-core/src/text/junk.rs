//! Page furniture in text: menus, share bars, print links, lists of other stories, copyright tails.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::wrap::{Paragraph, ends_sentence, is_rule};
use crate::content::cue::{self, Cue};
use crate::lexicon;

pub(super) const FURNITURE: &str = include_str!("../../lexicon/text_furniture.tsv");
pub(super) const SECTIONS: &str = include_str!("../../lexicon/section_names.txt");

/// A rule of [`crate::Decision`] and whether it counts inside the story.
static LINES: LazyLock<HashMap<&'static str, (&'static str, bool)>> = LazyLock::new(|| {
    lexicon::rows(FURNITURE)
        .filter_map(|row| match row.as_slice() {
            [line, kind, place] => Some((*line, (rule(kind), *place == "any"))),
            _ => None,
        })
        .collect()
});

static SECTION_NAMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lexicon::lines(SECTIONS).collect());

fn rule(kind: &str) -> &'static str {
    match kind {
        "share" => "text:share",
        "promo" => "text:promotion",
        "tools" => "text:tools",
        "comments" => "text:comments",
        "cookies" => "text:cookies",
        "advertising" => "text:advertising",
        "mail" => "text:mail footer",
        "media" => "text:media button",
        _ => "text:navigation",
    }
}

/// Longest line of furniture, in bytes.
const FURNITURE_BYTES: usize = 160;
/// Longest line that announces a list or a promotion, in characters.
const CUE_CHARS: usize = 120;

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Before the first paragraph of prose.
    Before,
    Story,
    /// After the last paragraph of prose.
    After,
}

/// The rule by which a line is no story. `None`: keep it.
pub(super) fn remove(paragraph: &Paragraph, zone: Zone) -> Option<&'static str> {
    let line = paragraph.text.as_str();
    if line.len() > FURNITURE_BYTES * 2 {
        return None;
    }
    if is_rule(line) {
        return Some("text:rule");
    }
    if paragraph.count == 1
        && let Some(rule) = furniture(line, zone)
    {
        return Some(rule);
    }
    announced(line, zone)
}

/// A line that is furniture as a whole, or a row of it.
fn furniture(line: &str, zone: Zone) -> Option<&'static str> {
    if line.len() > FURNITURE_BYTES {
        return None;
    }
    let known = |part: &str| {
        let (rule, anywhere) = LINES.get(fold(part).as_str())?;
        (*anywhere || zone != Zone::Story).then_some(*rule)
    };
    if let Some(rule) = known(line).or_else(|| page_number(line)).or_else(|| mail_footer(line)) {
        return Some(rule);
    }
    if zone == Zone::Story {
        return None;
    }
    let parts: Vec<&str> = line
        .split(['|', '·', '•', '>', '»', '›', '/'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() < 2 {
        return None;
    }
    let rows = parts.iter().filter_map(|part| known(part)).collect::<Vec<_>>();
    let named = parts.iter().filter(|part| is_section(part)).count();
    let is_path = line.contains(['>', '»', '›']) && parts.len() >= 2 && named + rows.len() > 0;
    let is_menu = (rows.len() + named) * 2 >= parts.len() && rows.len() + named >= 2;
    if is_path && !ends_sentence(line) {
        return Some("text:breadcrumb");
    }
    is_menu.then(|| rows.first().copied().unwrap_or("text:navigation"))
}

/// `PAGE 3`, `Seite 3`, `- 3 -`
fn page_number(line: &str) -> Option<&'static str> {
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "-–—[]()".contains(c));
    let number = bare.rsplit(' ').next().unwrap_or(bare);
    let is_number =
        !number.is_empty() && number.len() <= 4 && number.chars().all(|c| c.is_ascii_digit());
    let before = bare.get(..bare.len() - number.len())?.trim().to_lowercase();
    let is_page = match before.as_str() {
        "" => bare.len() < line.trim().len(),
        word => ["page", "pg.", "p.", "seite", "página", "pagina", "p"].contains(&word),
    };
    (is_number && is_page).then_some("text:page number")
}

/// Openings of the lines that end a mail to subscribers, lower case.
const MAIL: [&str; 11] = [
    "you are receiving this",
    "you received this",
    "you're receiving this",
    "this email was sent",
    "this e-mail was sent",
    "to unsubscribe",
    "if you no longer wish",
    "sie erhalten diese",
    "vous recevez ce",
    "recibe este correo",
    "ricevi questa",
];

fn mail_footer(line: &str) -> Option<&'static str> {
    let start: String = line.chars().take(32).flat_map(char::to_lowercase).collect();
    MAIL.iter().any(|opening| start.starts_with(opening)).then_some("text:mail footer")
}

/// Lower case, marks, brackets and counts at the ends left out: `[ Share (12) ]` gives `share`.
fn fold(line: &str) -> String {
    let bare = line.trim_matches(|c: char| {
        c.is_whitespace() || c.is_ascii_digit() || "[](){}<>|:*•·►▶▲△↑^«»‹›→←…!".contains(c)
    });
    let bare = if bare.is_empty() { line.trim() } else { bare };
    bare.to_lowercase().replace('’', "'")
}

/// Whether the text is the name of a section.
pub(super) fn is_section(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    lower.len() <= 40 && SECTION_NAMES.contains(&lower.as_str())
}

/// Bytes of a phrase from which it announces by itself, not only before a colon: `sign up for` does,
/// `share` and `like` begin headlines too.
const PHRASE_BYTES: usize = 9;

/// A line whose opening announces something other than the story.
fn announced(line: &str, zone: Zone) -> Option<&'static str> {
    if line.chars().count() > CUE_CHARS {
        return None;
    }
    let lower = line.to_lowercase();
    let (cue, phrase, rest) = cue::matched(&lower)?;
    let rule = match cue {
        Cue::Promo => "text:promotion",
        Cue::Related => "text:related",
        Cue::Share => "text:share",
        Cue::Credit => "text:picture credit",
        Cue::Legal => "text:copyright",
        Cue::Meta => return None,
    };
    let is_sentence = ends_sentence(line) && !line.ends_with(':');
    let is_whole = rest.trim_matches(|c: char| !c.is_alphabetic()).is_empty();
    let is_label = phrase.ends_with(':') || rest.starts_with([':', '：', '|']);
    // Before the headline "WATCH: Whale follows ferry" is one.
    let words = rest.split_whitespace().count();
    if zone == Zone::Before && cue == Cue::Related && is_label && words >= 3 {
        return None;
    }
    let is_sign = phrase.starts_with(['(', '©']) || phrase == "copyright";
    let is_call = phrase.len() >= PHRASE_BYTES
        && phrase.contains(' ')
        && matches!(cue, Cue::Promo | Cue::Related | Cue::Share)
        && (zone == Zone::After || !is_sentence)
        && zone != Zone::Before;
    let is_edge = zone != Zone::Story;
    let found = (is_whole && (is_edge || phrase.contains(' ')))
        || (is_label && (is_edge || !is_sentence))
        || is_sign
        || is_call;
    found.then_some(rule)
}

/// Whether the line announces a list of other stories that follows it.
pub(super) fn opens_related(line: &str) -> bool {
    let lower = line.to_lowercase();
    let Some((Cue::Related, _, rest)) = cue::matched(&lower) else {
        return false;
    };
    let words = rest.split_whitespace().count();
    line.ends_with(':') || (words <= 3 && !rest.contains(':') && !ends_sentence(line))
}
