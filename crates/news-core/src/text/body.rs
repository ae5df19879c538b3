//! The story and what stands after it: paragraphs, headings, lists, turns; sign-offs, credits, junk.

use super::junk::{self, Zone};
use super::wrap::{Bullet, Paragraph, ends_sentence};
use super::{Part, Reader};
use crate::article::DeskNoteKind;
use crate::article::{Block, BlockKind, ListItem, SlugKind, Text, TurnRole};
use crate::wire::{credit, dateline, note, sign_off, slug};

/// Paragraphs before the end in which sign-offs and notes stand.
const CLOSING: usize = 15;
/// Characters from which a paragraph that ends as a sentence does is prose, and from which any is.
const PROSE_CHARS: usize = 60;
const LONG_CHARS: usize = 160;
/// Longest heading, in characters and words.
const HEADING_CHARS: usize = 90;
const HEADING_WORDS: usize = 14;
/// Longest title in a list of other stories, in characters.
const TITLE_CHARS: usize = 160;

impl Reader<'_> {
    /// Reads the story from paragraph `from` on.
    pub(super) fn body(&mut self, from: usize) {
        let last = self.last_prose(from);
        let asks = self.has_turns(from);
        let mut is_related = false;
        let mut is_contact = false;
        for at in from..self.paragraphs.len() {
            let zone = if at > last { Zone::After } else { Zone::Story };
            let paragraph = &self.paragraphs[at];
            let is_furniture = || junk::remove(paragraph, zone).is_some();
            if is_related && is_title_of_other(paragraph, zone) && !is_furniture() {
                self.take(at, Part::Removed("text:related list"));
                continue;
            }
            is_related = zone != Zone::Before && junk::opens_related(&paragraph.text);
            if is_contact && zone == Zone::After && is_contact_line(paragraph) {
                self.take(at, contact_part(&paragraph.text));
                continue;
            }
            is_contact = note::opens_contacts(&paragraph.text);
            let part = self
                .late_byline(at, from)
                .or_else(|| self.closing(at, zone))
                .unwrap_or_else(|| self.block(at, last, asks));
            self.take(at, part);
        }
    }

    /// A byline that stands after a first paragraph, such as a deck that reads like prose.
    fn late_byline(&self, at: usize, from: usize) -> Option<Part> {
        let line = &self.paragraphs[at].text;
        let is_early = at < from + 4 && self.metadata.authors.is_none();
        let is_byline = is_early
            && line.chars().count() <= HEADING_CHARS
            && !ends_sentence(line)
            && self.is_byline(line);
        is_byline.then(|| self.authors(line, false).map(Part::Authors)).flatten()
    }

    /// The last paragraph that is prose of the story.
    fn last_prose(&self, from: usize) -> usize {
        let is_prose = |at: &usize| {
            let paragraph = &self.paragraphs[*at];
            let chars = paragraph.text.chars().take(LONG_CHARS).count();
            let is_long =
                (chars >= PROSE_CHARS && ends_sentence(&paragraph.text)) || chars >= LONG_CHARS;
            is_long && self.closing(*at, Zone::Story).is_none()
        };
        (from..self.paragraphs.len()).rev().find(is_prose).unwrap_or(from)
    }

    /// Questions and answers are marked as such at least twice.
    fn has_turns(&self, from: usize) -> bool {
        let asked = |p: &&Paragraph| turn(&p.text) == Some(TurnRole::Question);
        self.paragraphs.get(from..).unwrap_or_default().iter().filter(asked).take(2).count() == 2
    }

    /// What is no part of the story. `None` for what is.
    fn closing(&self, at: usize, zone: Zone) -> Option<Part> {
        let paragraph = &self.paragraphs[at];
        let line = paragraph.text.as_str();
        let is_closing = at + CLOSING >= self.paragraphs.len();
        let is_last = zone == Zone::After || at + 3 >= self.paragraphs.len();
        if let Some(mark) = slug::line(line).filter(|mark| is_mark_in_story(mark, zone)) {
            return Some(Part::Slug(mark));
        }
        match note::read(line) {
            Some(DeskNoteKind::Correction) => return Some(Part::Correction),
            Some(kind) if is_closing || kind == DeskNoteKind::Editors => {
                return Some(Part::Note(kind));
            }
            _ => {}
        }
        if let Some(found) = credit::read(line).filter(|_| is_last) {
            return Some(Part::Credit(found));
        }
        if is_closing {
            let sign_offs = sign_off::read(line, self.context.language);
            if !sign_offs.is_empty() {
                return Some(Part::SignOffs(sign_offs));
            }
        }
        if is_closing && line.len() < 120 && line.starts_with("SOURCE ") {
            return Some(Part::Credit(credit::CreditLine::default()));
        }
        if zone == Zone::After && is_record(line) {
            return Some(Part::Removed("text:record field"));
        }
        if is_closing && credit::is_copyright(line) {
            return Some(
                credit::copyright(line).map_or(Part::Rights(line.to_owned()), Part::Credit),
            );
        }
        if let Some(rule) = junk::remove(paragraph, zone) {
            return Some(Part::Removed(rule));
        }
        (zone == Zone::After || is_closing)
            .then(|| note::contact(line).or_else(|| opening_of_contacts(line)))
            .flatten()
            .map(Part::Contact)
    }

    /// The block that a paragraph of the story is.
    fn block(&self, at: usize, last: usize, asks: bool) -> Part {
        let paragraph = &self.paragraphs[at];
        let text = Text::plain(paragraph.text.as_str());
        if let Some(role) = turn(&paragraph.text).filter(|_| asks) {
            return Part::Block(BlockKind::Turn { role, text });
        }
        if let Some(bullet) = self.bullet(at) {
            let ordered = matches!(bullet, Bullet::Number(_));
            return Part::Block(BlockKind::List {
                ordered,
                items: vec![ListItem { depth: 0, text }],
            });
        }
        if self.is_heading(at, last) {
            return Part::Block(BlockKind::Heading { level: 2, text });
        }
        Part::Block(BlockKind::Paragraph { text: self.with_bullet(paragraph) })
    }

    /// The mark of a list item that has a like neighbour; a lone `1.` or dash is text.
    fn bullet(&self, at: usize) -> Option<Bullet> {
        let bullet = self.paragraphs[at].bullet?;
        let like = |other: Option<&Paragraph>, step: i64| {
            let other = other.and_then(|p| p.bullet);
            match (bullet, other) {
                (Bullet::Number(n), Some(Bullet::Number(m))) => i64::from(m) == i64::from(n) + step,
                (Bullet::Number(_), _) | (_, None | Some(Bullet::Number(_))) => false,
                (a, Some(b)) => a == b,
            }
        };
        let before = at.checked_sub(1).and_then(|at| self.paragraphs.get(at));
        let has_like = like(before, -1) || like(self.paragraphs.get(at + 1), 1);
        (has_like || is_dot(self.mark_text(at))).then_some(bullet)
    }

    /// The characters of the source before a list item's text.
    fn mark_text(&self, at: usize) -> &str {
        let range = self.paragraphs[at].range;
        self.text.get(range.start as usize..range.end as usize).unwrap_or("")
    }

    /// The text with the mark that turned out to be none.
    fn with_bullet(&self, paragraph: &Paragraph) -> Text {
        if paragraph.bullet.is_none() {
            return Text::plain(paragraph.text.as_str());
        }
        let source = self.text.get(paragraph.range.start as usize..).unwrap_or("");
        let mark = source.split_whitespace().next().unwrap_or("");
        Text::plain(format!("{mark} {}", paragraph.text))
    }

    fn is_heading(&self, at: usize, last: usize) -> bool {
        let paragraph = &self.paragraphs[at];
        let line = paragraph.text.as_str();
        let is_inside = self.has_prose() && at < last;
        let is_short = paragraph.count == 1
            && line.chars().count() <= HEADING_CHARS
            && line.split_whitespace().count() <= HEADING_WORDS;
        let opens = line.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase());
        let stops = ends_sentence(line) && !line.ends_with(['?', '？']);
        let is_open = stops || line.ends_with([',', '-', '–', '—', '"', '”', '“', '»', '」']);
        let is_apart = paragraph.is_apart || is_shout(line);
        let next_is_text = self.paragraphs.get(at + 1).is_some_and(|next| {
            next.bullet.is_some() || next.text.chars().count() > line.chars().count()
        });
        is_inside && is_short && opens && !is_open && is_apart && next_is_text
    }

    /// Whether a paragraph of the story has been read.
    fn has_prose(&self) -> bool {
        let is_prose = |b: &Block| {
            matches!(
                b.kind,
                BlockKind::Paragraph { .. } | BlockKind::List { .. } | BlockKind::Turn { .. }
            )
        };
        self.blocks.iter().any(is_prose)
    }

    /// Puts a block of the story behind the others: items join their list, a paragraph the dateline that
    /// stands alone before it.
    pub(super) fn push(&mut self, at: usize, kind: BlockKind) {
        let source = self.paragraphs[at].range;
        let Some(last) = self.blocks.last_mut() else {
            self.blocks.push(Block { kind, source: vec![source] });
            return;
        };
        match (&mut last.kind, kind) {
            (
                BlockKind::List { ordered: a, items },
                BlockKind::List { ordered: b, items: more },
            ) if *a == b => {
                items.extend(more);
                last.source.push(source);
            }
            (BlockKind::Paragraph { text }, BlockKind::Paragraph { text: more })
                if is_bare_dateline(&text.text) =>
            {
                text.text.push(' ');
                text.text.push_str(&more.text);
                last.source.push(source);
            }
            (_, kind) => self.blocks.push(Block { kind, source: vec![source] }),
        }
    }
}

/// A field of a record after the story: `LOAD-DATE: …`.
fn is_record(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or("");
    name.chars().any(char::is_uppercase)
        && !name.chars().any(char::is_lowercase)
        && super::record::read(line).is_some()
}

fn is_shout(line: &str) -> bool {
    line.chars().any(char::is_uppercase) && !line.chars().any(char::is_lowercase)
}

/// Marks that are nothing but marks of list items.
fn is_dot(source: &str) -> bool {
    source.starts_with(['•', '▪', '●', '‣', '◦', '■', '►'])
}

/// Whether the paragraph is a dateline and nothing more.
fn is_bare_dateline(text: &str) -> bool {
    text.len() < 160 && dateline::find(text).is_some_and(|found| found.range.end == text.len())
}

/// Genres stand before a story, the other marks in capitals or brackets anywhere.
fn is_mark_in_story(mark: &slug::Mark, zone: Zone) -> bool {
    match mark.kind {
        SlugKind::Genre => false,
        SlugKind::End | SlugKind::More | SlugKind::Code => true,
        _ => zone == Zone::After,
    }
}

/// `Q: …` and `A: …`
fn turn(text: &str) -> Option<TurnRole> {
    let role = match text.chars().next()? {
        'Q' | 'F' => TurnRole::Question,
        'A' => TurnRole::Answer,
        _ => return None,
    };
    let rest = text.get(1..)?;
    rest.starts_with([':', '.']).then_some(())?;
    rest.get(1..)?.starts_with(' ').then_some(role)
}

fn is_title_of_other(paragraph: &Paragraph, zone: Zone) -> bool {
    let chars = paragraph.text.chars().count();
    let is_title = chars <= TITLE_CHARS && !ends_sentence(&paragraph.text);
    let is_item = paragraph.bullet.is_some() || zone == Zone::After;
    is_title
        && is_item
        && slug::line(&paragraph.text).is_none()
        && !is_closing_line(&paragraph.text)
}

/// Lines that end a list of other stories.
fn is_closing_line(line: &str) -> bool {
    credit::read(line).is_some() || credit::is_copyright(line) || note::contact(line).is_some()
}

/// Most words of a company's name.
const COMPANY_WORDS: usize = 5;

fn is_contact_line(paragraph: &Paragraph) -> bool {
    let line = paragraph.text.as_str();
    // "Example Inc." ends with a full stop too.
    let is_sentence = ends_sentence(line) && line.split_whitespace().count() > COMPANY_WORDS;
    line.chars().count() <= HEADING_CHARS
        && !is_sentence
        && slug::line(line).is_none()
        && !credit::is_copyright(line)
        && !line.starts_with("SOURCE ")
        && !super::wrap::is_rule(line)
}

fn contact_part(line: &str) -> Part {
    Part::Contact(note::contact(line).unwrap_or_else(|| bare_contact(line)))
}

fn bare_contact(line: &str) -> crate::article::Contact {
    crate::article::Contact {
        emails: Vec::new(),
        phones: Vec::new(),
        raw: line.to_owned(),
        source: None,
    }
}

fn opening_of_contacts(line: &str) -> Option<crate::article::Contact> {
    let is_label = line.ends_with(':') || line.split_whitespace().count() <= 3;
    (note::opens_contacts(line) && is_label && !ends_sentence(line.trim_end_matches(':')))
        .then(|| bare_contact(line))
}
