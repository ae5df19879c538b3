//! What the desk tells editors and readers, and lines with addresses.

use std::sync::LazyLock;

use super::first_word;
use crate::article::{Contact, DeskNoteKind};
use crate::letters::head;
use crate::lexicon::Initials;

/// Openings of notes to editors, lower case.
const EDITORS: [&str; 18] = [
    "attn:",
    "(attn:",
    "attn ",
    "eds:",
    "(eds:",
    "eds.:",
    "eds note",
    "editors:",
    "(editors:",
    "note to editors",
    "notes to editors",
    "(note to editors",
    "undated:",
    "hinweis an die redaktionen",
    "note aux rédactions",
    "achtung redaktionen",
    "a los editores",
    "(adds ",
];

/// Openings of lines that say where a story stood in print, lower case.
const PRINT: [&str; 10] = [
    "a version of this article appear",
    "a version of this story appear",
    "a version of this review appear",
    "this article appeared in",
    "this article originally appeared",
    "this story appeared in",
    "this story originally appeared",
    "this article was first published",
    "order reprints",
    "dieser artikel erschien",
];

/// Openings of lines about the author, the agency or its rules, lower case.
const ABOUT: [&str; 11] = [
    "our standards:",
    "about the author",
    "about the writer",
    "the opinions expressed",
    "the views expressed",
    "the writer is",
    "the author is",
    "follow ",
    "e-mail:",
    "this story has not been edited by",
    "this report was automatically",
];

/// Longest note, in bytes.
const BYTES: usize = 800;

/// The kind of note that a line is. Corrections are told by the words of `note_cues.txt`.
pub(crate) fn read(line: &str) -> Option<DeskNoteKind> {
    if line.len() > BYTES {
        return None;
    }
    let line = line.trim();
    let start = INITIALS.may_hold(first_word(line)).then(|| super::lower_head(line, HEAD_CHARS));
    let begins =
        |openings: &[&str]| start.as_ref().is_some_and(|start| begins_with(start, openings));
    if begins(&EDITORS) {
        return Some(DeskNoteKind::Editors);
    }
    if begins(&PRINT) {
        return Some(DeskNoteKind::Print);
    }
    let head = head(line, HEAD_CHARS).trim_start_matches(['(', '[', '*']).trim();
    if crate::content::is_note(head) {
        return Some(DeskNoteKind::Correction);
    }
    let is_handle = !begins(&["follow "]) || line.contains('@') || line.contains("http");
    (begins(&ABOUT) && is_handle).then_some(DeskNoteKind::About)
}

/// Characters of a line in which the opening of a note stands.
const HEAD_CHARS: usize = 48;

/// What rules out most first words of lines.
static INITIALS: LazyLock<Initials> = LazyLock::new(|| {
    let openings = EDITORS.into_iter().chain(PRINT).chain(ABOUT);
    Initials::of(openings.map(first_word))
});

/// Longest line of addresses, in bytes.
const CONTACT_BYTES: usize = 300;
/// Most words of a contact line beside its addresses.
const CONTACT_WORDS: usize = 14;

/// Openings of contact lines, lower case.
const CONTACTS: [&str; 22] = [
    "contact:",
    "contacts:",
    "contact ",
    "media contact",
    "press contact",
    "media inquiries",
    "press inquiries",
    "for more information",
    "for further information",
    "investor relations",
    "investor contact",
    "pressekontakt",
    "kontakt:",
    "rückfragen",
    "ansprechpartner",
    "contact presse",
    "contacto",
    "contatti",
    "contatto",
    "tel:",
    "tel.:",
    "phone:",
];

/// Whether the line opens a list of addresses: `Media Contact:`.
pub(crate) fn opens_contacts(line: &str) -> bool {
    line.len() <= CONTACT_BYTES && begins_with(&super::lower_head(line.trim(), 24), &CONTACTS)
}

fn begins_with(start: &str, openings: &[&str]) -> bool {
    let first = start.bytes().next();
    openings.iter().any(|opening| opening.bytes().next() == first && start.starts_with(opening))
}

/// Reads a line of mail addresses and telephone numbers. Prose that mentions one is none.
pub(crate) fn contact(line: &str) -> Option<Contact> {
    let line = line.trim();
    if line.len() > CONTACT_BYTES {
        return None;
    }
    let emails = if line.contains('@') { emails(line) } else { Vec::new() };
    let phones = phones(line);
    if emails.is_empty() && phones.is_empty() && !line.starts_with("((") {
        return None;
    }
    let is_desk_line = line.starts_with("((") && line.ends_with("))");
    let few = line.split_whitespace().count() <= CONTACT_WORDS;
    let is_contact = is_desk_line
        || (few && (!emails.is_empty() || (opens_contacts(line) && !phones.is_empty())))
        || (few && is_phone_line(line, &phones));
    let ends_sentence = line.ends_with('.') && few && line.split_whitespace().count() > 8;
    (is_contact && !ends_sentence).then(|| Contact {
        emails,
        phones,
        raw: line.to_owned(),
        source: None,
    })
}

/// Whether there is little beside a number: `+1 202 555 0100`, `Phone: 555-0100`.
fn is_phone_line(line: &str, phones: &[String]) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    !phones.is_empty() && letters <= 12
}

fn emails(line: &str) -> Vec<String> {
    let ends = |c: char| {
        c.is_whitespace() || matches!(c, '(' | ')' | ';' | ',' | '<' | '>' | '[' | ']' | '|')
    };
    let words = line.split(ends).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|word| is_email(word)).map(str::to_owned).collect()
}

fn is_email(word: &str) -> bool {
    let Some((user, host)) = word.split_once('@') else {
        return false;
    };
    !user.is_empty()
        && host.contains('.')
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
}

/// Fewest digits of a telephone number.
const MIN_DIGITS: usize = 7;

/// Runs of digits with the marks of telephone numbers between them, at least seven digits.
fn phones(line: &str) -> Vec<String> {
    let is_part =
        |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '.' | '/');
    if line.bytes().filter(u8::is_ascii_digit).count() < MIN_DIGITS {
        return Vec::new();
    }
    line.split(|c: char| !is_part(c))
        .map(|run| run.trim_matches(|c: char| !c.is_ascii_digit() && c != '+' && c != '(').trim())
        .filter(|run| (MIN_DIGITS..=15).contains(&run.chars().filter(char::is_ascii_digit).count()))
        .filter(|run| !is_date_like(run))
        .map(str::to_owned)
        .collect()
}

/// `2024-01-05`, `05.01.2024`
fn is_date_like(run: &str) -> bool {
    let day = run.split(' ').next().unwrap_or(run);
    let parts: Vec<&str> = day.split(['-', '.', '/']).collect();
    parts.len() == 3 && parts.iter().any(|p| p.len() == 4) && parts.iter().all(|p| p.len() <= 4)
}
