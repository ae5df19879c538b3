//! Lines that say whose copy a story is: `(Yonhap News)`, `© Agence France-Presse`, `AP/Reuters`.

use super::agency::{self, Agency};

/// What a credit line says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CreditLine {
    pub(crate) agency: Option<Agency>,
    /// The line names the paper beside the agency.
    pub(crate) is_mixed: bool,
}

/// Longest credit line, in bytes; copyright lines are longer.
const BYTES: usize = 90;
const COPYRIGHT_BYTES: usize = 600;

/// Words for "agencies" that credit none by name, lower case.
const AGENCIES: [&str; 12] = [
    "agencies",
    "agency",
    "agenturen",
    "agences",
    "agencias",
    "agenzie",
    "news agencies",
    "wire services",
    "wires",
    "from wire reports",
    "agências",
    "агентства",
];

/// Words that announce a credit, lower case.
const ANNOUNCE: [&str; 18] = [
    "source:",
    "sources:",
    "quelle:",
    "quellen:",
    "fuente:",
    "fuentes:",
    "fonte:",
    "credit:",
    "source :",
    "with inputs from",
    "from",
    "via",
    "출처:",
    "出典:",
    "来源：",
    "来源:",
    "источник:",
    "kilde:",
];

/// Words for the own newsroom in a credit that names an agency too, lower case.
const OWN: [&str; 16] = [
    "eigen",
    "eigene",
    "eb",
    "red",
    "red.",
    "redaktion",
    "staff",
    "own",
    "tg",
    "mit",
    "und",
    "staff and",
    "reporter",
    "lokal",
    "redacción",
    "rédaction",
];

/// Reads a line that credits an agency. `None` for everything else.
pub(crate) fn read(line: &str) -> Option<CreditLine> {
    let line = line.trim();
    if line.len() > BYTES {
        return None;
    }
    let bare = strip(line);
    let lower = bare.to_lowercase();
    if AGENCIES.contains(&lower.as_str()) {
        return Some(CreditLine::default());
    }
    if let Some(agency) = agency::named(bare) {
        return Some(CreditLine { agency: Some(agency), is_mixed: false });
    }
    parts(bare)
}

/// The agency that a copyright line names. `None` for what is no copyright line or names none.
pub(crate) fn copyright(line: &str) -> Option<CreditLine> {
    let found = is_copyright(line).then(|| agency::within(line))?;
    Some(CreditLine { agency: Some(found?), is_mixed: false })
}

/// Openings of copyright lines, lower case.
const COPYRIGHTS: [&str; 13] = [
    "copyright",
    "(c)",
    "©",
    "© ",
    "all rights reserved",
    "alle rechte",
    "tous droits",
    "todos los derechos",
    "tutti i diritti",
    "riproduzione riservata",
    "todos os direitos",
    "<저작권자",
    "저작권자",
];

/// Whether the line claims copyright.
pub(crate) fn is_copyright(line: &str) -> bool {
    let line = line.trim();
    if line.len() > COPYRIGHT_BYTES {
        return false;
    }
    let start = super::lower_head(line, 40);
    let start = start.trim_start_matches(['*', '-', ' ', '<', '[']);
    let begins = COPYRIGHTS.iter().any(|opening| {
        start
            .strip_prefix(opening)
            .is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphabetic()))
    });
    begins && !start.starts_with("copyright law") && !start.starts_with("copyright infringement")
}

/// The line without brackets, dashes, announcing words, years.
fn strip(line: &str) -> &str {
    let mut bare = line.trim_matches(is_decoration);
    for word in ANNOUNCE {
        let head: Option<&str> = bare.get(..word.len());
        if head.is_some_and(|head| head.to_lowercase() == word)
            && let Some(rest) = bare.get(word.len()..)
            && (word.ends_with([':', '：']) || rest.starts_with(' '))
        {
            bare = rest.trim_matches(is_decoration);
        }
    }
    bare
}

fn is_decoration(c: char) -> bool {
    c.is_whitespace() || "()[]（）【】<>«»=*—–-_|/.•#".contains(c)
}

/// `AFP/Reuters`, `dpa, AP`, `eigen/dpa`: every part an agency or the own newsroom.
fn parts(line: &str) -> Option<CreditLine> {
    let mut first: Option<Agency> = None;
    let mut is_mixed = false;
    let mut count = 0;
    for part in line.split(['/', ',', '·', '&', '|', '-', ';']).flat_map(|p| p.split(" and ")) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        count += 1;
        if let Some(agency) = agency::named(part) {
            first.get_or_insert(agency);
        } else if OWN.contains(&part.to_lowercase().as_str()) || is_initials(part) {
            is_mixed = true;
        } else if AGENCIES.contains(&part.to_lowercase().as_str()) {
        } else {
            return None;
        }
    }
    (count > 1 && first.is_some()).then_some(CreditLine { agency: first, is_mixed })
}

/// Initials of a reporter: two to four letters in one case.
fn is_initials(part: &str) -> bool {
    (2..=4).contains(&part.chars().count())
        && (part.chars().all(char::is_lowercase) || part.chars().all(char::is_uppercase))
}

/// The credit in brackets or behind a dash that ends a paragraph: `… he said. (dpa)`.
pub(crate) fn at_end(text: &str) -> Option<(CreditLine, &str)> {
    let tail_at = text.char_indices().rev().take(TAIL_CHARS).last().map_or(0, |(at, _)| at);
    let tail = text.get(tail_at..)?;
    let at = tail.rfind(['(', '—', '–', '['])?;
    let (before, raw) = tail.split_at_checked(at)?;
    let is_after_sentence =
        before.trim_end().ends_with(['.', '!', '?', '"', '”', '“', '»', ')', '다']);
    let is_bracket = raw.starts_with(['(', '[']) && raw.trim_end().ends_with([')', ']', '.']);
    let is_dash = raw.starts_with(['—', '–']) && is_after_sentence;
    if !is_after_sentence || !(is_bracket || is_dash) {
        return None;
    }
    Some((read(raw)?, raw))
}

/// Characters of a paragraph's end in which a credit stands.
const TAIL_CHARS: usize = 50;
