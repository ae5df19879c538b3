//! Titles of works, programmes and nicknames: marked as quotations are, but nobody says them.

use super::page::Page;
use super::token::Tag;
use super::words::Classes;

/// Most words a title has.
const WORDS: usize = 12;

/// Most words of a single-quoted heading between paragraphs.
const HEADING_WORDS: usize = 8;

/// Takes the marks off titles, so that their words are words of the sentence.
pub(super) fn unmark(page: &mut Page<'_>) {
    for place in 0..page.segments.len() {
        if !page.is_quotation(place) || !(is_title(page, place) || is_heading(page, place)) {
            continue;
        }
        let (start, end) = page.spans[place];
        for token in page.tokens.get_mut(start..end).unwrap_or_default() {
            token.quote(false);
        }
        page.spans[place] = (start, start);
    }
}

/// Whether the segment is written as titles are and stands where one can.
fn is_title(page: &Page<'_>, place: usize) -> bool {
    let (start, end) = page.spans[place];
    let Some(before) = start.checked_sub(1) else { return false };
    if end - start > WORDS || page.segments.get(place).is_some_and(|s| !s.closed) {
        return false;
    }
    if end - start == 3 && is_address(page.word(start + 1)) {
        return true;
    }
    let capitals = capitals(page, start + 1, end);
    let work = page.is(before, Classes::WORK) && !page.quoted(before);
    let tag = page.tag(before);
    let name_around =
        tag == Tag::Name && page.tag(end) == Tag::Name && page.bytes(before, end).len() < 60;
    let after_work = page.is(end, Classes::WORK);
    let led = matches!(tag, Tag::Possessive | Tag::Preposition | Tag::Determiner | Tag::Name);
    match capitals {
        Some(_) if work || name_around => true,
        Some(count) => count >= 2 && (led || after_work) && !ends_speech(page, end),
        None => matches!(page.word(before), "titled" | "entitled" | "nicknamed"),
    }
}

/// "example.org": a site named by its address.
fn is_address(word: &str) -> bool {
    let last = word.rsplit_once('.').map(|(_, last)| last);
    last.is_some_and(|last| last.len() > 1 && last.bytes().all(|b| b.is_ascii_lowercase()))
}

/// Whether every longer word of a segment has a capital.
pub(super) fn is_capitalised(page: &Page<'_>, start: usize, end: usize) -> bool {
    capitals(page, start + 1, end).is_some_and(|count| count > 1)
}

/// Capitalised words among tokens; `None` where a longer word is not, as in a sentence.
fn capitals(page: &Page<'_>, start: usize, end: usize) -> Option<usize> {
    let mut count = 0;
    for at in start..end {
        let token = page.token(at)?;
        let word = page.word(at);
        let small = word.chars().count() <= 3 || !word.starts_with(char::is_alphabetic);
        if token.capital() {
            count += 1;
        } else if !small || at == start {
            return None;
        }
    }
    (count > 0).then_some(count)
}

/// Whether a question or exclamation ends the segment: titles seldom do.
fn ends_speech(page: &Page<'_>, end: usize) -> bool {
    end.checked_sub(2).is_some_and(|at| matches!(page.word(at), "!" | "?"))
}

/// A heading between paragraphs, in single marks and alone on its line.
fn is_heading(page: &Page<'_>, place: usize) -> bool {
    let Some(segment) = page.segments.get(place) else { return false };
    let Some(paragraph) = page.prose.paragraphs.get(segment.paragraph) else { return false };
    let (start, end) = page.spans[place];
    let alone = segment.outer.start == paragraph.range.start
        && segment.outer.end + 1 >= paragraph.range.end;
    alone
        && page.word(start).starts_with(['\'', '‘'])
        && page.word(start).chars().count() == 1
        && end - start <= HEADING_WORDS + 3
}
