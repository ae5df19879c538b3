//! What stands before the story: furniture, slugs, notes, headline, deck, byline, date.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::junk::{self, Zone};
use super::record::{self, Kind};
use super::wrap::{Paragraph, ends_sentence};
use super::{Part, Reader};
use crate::article::{BlockKind, DeskNoteKind, SlugKind, Text};
use crate::lexicon;
use crate::metadata::byline::{self, BylineContext};
use crate::metadata::date::{self, DateHint, Precision};
use crate::metadata::{Author, Moment};
use crate::wire::{agency, credit, dateline, note, sign_off, slug};

/// Paragraphs looked at before the story begins.
const PARAGRAPHS: usize = 60;
/// Longest headline and deck, in characters.
const HEADLINE_CHARS: usize = 220;
const DECK_CHARS: usize = 320;
/// Characters from which a paragraph that ends as a sentence does is prose.
const PROSE_CHARS: usize = 90;
/// Longest line of a byline or date, in characters.
const LINE_CHARS: usize = 160;

impl Reader<'_> {
    /// Reads up to the first paragraph of the story, and gives its index.
    pub(super) fn head(&mut self) -> usize {
        let end = self.paragraphs.len();
        let mut at = 0;
        while at < end.min(PARAGRAPHS) {
            let Some(part) = self.head_part(at) else {
                break;
            };
            self.take(at, part);
            at += 1;
        }
        at
    }

    /// What the paragraph is before the story; `None` where the story begins with it.
    fn head_part(&self, at: usize) -> Option<Part> {
        let paragraph = &self.paragraphs[at];
        let line = paragraph.text.as_str();
        if line.chars().take(HEADLINE_CHARS * 4).count() >= HEADLINE_CHARS * 4 {
            return None;
        }
        if let Some(part) = self.mark(paragraph) {
            return Some(part);
        }
        if dateline::find(line).is_some() {
            return None;
        }
        self.named(paragraph)
            .or_else(|| self.date(line))
            .or_else(|| Self::contact(line))
            .or_else(|| self.byline(at))
            .or_else(|| self.label(at))
            .or_else(|| self.title(at))
    }

    /// Furniture, slugs and notes.
    fn mark(&self, paragraph: &Paragraph) -> Option<Part> {
        let line = paragraph.text.as_str();
        if let Some(mark) = slug::line(line) {
            return Some(Part::Slug(mark));
        }
        match note::read(line) {
            Some(DeskNoteKind::Correction) if !self.has_headline() && !ends_sentence(line) => {
                // "Correction: Harbor Festival story" is a headline.
                let end = line.find(':').map_or(line.len(), |at| at + 1);
                let mark = slug::Mark { kind: SlugKind::Correction, number: None, range: 0..end };
                return Some(Part::Marked(vec![mark], line.to_owned()));
            }
            Some(DeskNoteKind::Correction) => return Some(Part::Correction),
            Some(kind) => return Some(Part::Note(kind)),
            None => {}
        }
        if matches!(record::read(line), Some((Kind::Mail, _))) {
            return Some(Part::Removed("text:mail header"));
        }
        if let Some(credit) = credit::read(line).filter(|_| self.has_headline()) {
            return Some(Part::Credit(credit));
        }
        if let Some(credit) = credit::copyright(line) {
            return Some(Part::Credit(credit));
        }
        if credit::is_copyright(line) && !line.starts_with("COPYRIGHT:") {
            return Some(Part::Rights(line.to_owned()));
        }
        if let Some(rule) = junk::remove(paragraph, Zone::Before) {
            return Some(Part::Removed(rule));
        }
        None
    }

    /// A line of addresses before the story.
    fn contact(line: &str) -> Option<Part> {
        if note::opens_contacts(line) && note::contact(line).is_none() && line.ends_with(':') {
            return Some(Part::Contact(crate::article::Contact {
                emails: Vec::new(),
                phones: Vec::new(),
                raw: line.to_owned(),
                source: None,
            }));
        }
        note::contact(line).map(Part::Contact)
    }

    fn has_headline(&self) -> bool {
        self.metadata.headline.is_some()
    }

    /// A field of a record: `HEADLINE: …`.
    fn named(&self, paragraph: &Paragraph) -> Option<Part> {
        let (kind, value) = record::read(&paragraph.text)?;
        if value.is_empty() {
            return Some(Part::Removed("text:record field"));
        }
        Some(match kind {
            Kind::Headline if !self.has_headline() => Part::Headline(value.to_owned()),
            Kind::Deck => Part::Deck(value.to_owned()),
            Kind::Authors => {
                self.authors(value, true).map_or(Part::Removed("text:record field"), Part::Authors)
            }
            Kind::Published => {
                self.day(value).map_or(Part::Removed("text:record field"), Part::Published)
            }
            Kind::Modified => {
                self.day(value).map_or(Part::Removed("text:record field"), Part::Modified)
            }
            Kind::Section => Part::Section(value.to_owned()),
            Kind::Tags => {
                Part::Tags(value.split([',', ';']).map(|tag| tag.trim().to_owned()).collect())
            }
            Kind::Source => match credit::read(value) {
                Some(credit) => Part::Credit(credit),
                None => Part::Publisher(value.to_owned()),
            },
            Kind::Rights => match credit::copyright(&format!("Copyright {value}")) {
                Some(credit) => Part::Credit(credit),
                None => Part::Rights(value.to_owned()),
            },
            Kind::Mail => Part::Removed("text:mail header"),
            Kind::Headline | Kind::Dateline | Kind::Other => Part::Removed("text:record field"),
        })
    }

    fn day(&self, text: &str) -> Option<Moment> {
        let hint = DateHint {
            language: self.context.language,
            latest: self.fetched,
            today: self.today,
            ..DateHint::default()
        };
        date::read(text, &hint).filter(|moment| moment.precision() >= Precision::Day)
    }

    /// A line that is a date: `May 17, 2013 06:12`, `Updated: …`.
    fn date(&self, line: &str) -> Option<Part> {
        if line.chars().count() > LINE_CHARS || !line.chars().any(char::is_numeric) {
            return None;
        }
        let moment = self.day(line)?;
        let letters = line.chars().filter(|c| c.is_alphabetic()).count();
        let lower = line.to_lowercase();
        let is_update = [
            "updated",
            "modified",
            "aktualisiert",
            "mis à jour",
            "actualizado",
            "aggiornato",
            "수정",
            "更新",
        ]
        .iter()
        .any(|word| lower.contains(word));
        let is_announced = is_update
            || [
                "published",
                "posted",
                "stand:",
                "veröffentlicht",
                "publié",
                "publicado",
                "pubblicato",
                "입력",
                "송고",
                "公開",
            ]
            .iter()
            .any(|word| lower.contains(word));
        if ends_sentence(line) && !is_announced && letters > 16 {
            return None;
        }
        // "Floods of 5 May 2024 cost millions" is a headline: little may stand around a date.
        let limit = if is_announced { 60 } else { 26 };
        let fits = letters <= limit;
        fits.then_some(if is_update && self.metadata.published.is_some() {
            Part::Modified(moment)
        } else {
            Part::Published(moment)
        })
    }

    /// The people of a byline.
    pub(super) fn authors(&self, text: &str, is_stated: bool) -> Option<Vec<Author>> {
        let context = BylineContext { publisher: None, language: self.context.language, is_stated };
        Some(byline::read(text, &context)).filter(|people| !people.is_empty())
    }

    fn byline(&self, at: usize) -> Option<Part> {
        // Old AP copy marks headline and byline with a caret.
        let line = self.paragraphs[at].text.trim_start_matches('^');
        if line.chars().count() > LINE_CHARS {
            return None;
        }
        if self.is_byline(line) && !(ends_sentence(line) && line.chars().count() > PROSE_CHARS) {
            let people = self.house_byline(line).or_else(|| self.authors(line, false));
            return people.map(Part::Authors);
        }
        if let Some(authors) = self.after_byline(line) {
            return Some(Part::Authors(authors));
        }
        let follows_title = self.has_headline();
        let people = self.authors(line, false).filter(|_| follows_title && !ends_sentence(line))?;
        let words = line.split_whitespace().count();
        let works = |author: &Author| {
            author.is_organisation || author.role.is_some() || author.organisation.is_some()
        };
        let before_story = self.paragraphs.get(at + 1).is_some_and(|next| {
            dateline::find(&next.text).is_some() || self.date(&next.text).is_some()
        });
        let is_name = people.len() == 1
            && (2..=4).contains(&words)
            && before_story
            && !is_in_headline(self, line);
        let is_titled =
            people.iter().all(works) && words <= 10 && !Self::reads_as_title(line, &people);
        (is_name || is_titled).then_some(Part::Authors(people))
    }

    /// `by Xinhua writer Lu Qing`, `By Sportswriter Cao Jianjie`: house and role before the names.
    fn house_byline(&self, line: &str) -> Option<Vec<Author>> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (by, rest) = words.split_first()?;
        by.eq_ignore_ascii_case("by").then_some(())?;
        let house = (1..=3).rev().find_map(|count| {
            let agency = agency::named(&rest.get(..count)?.join(" "))?;
            Some((agency.name, count))
        });
        let after = rest.get(house.map_or(0, |(_, count)| count)..)?;
        let is_role = |word: &&&str| sign_off::is_writer(word);
        let role = after.iter().take_while(is_role).count();
        let names = after.get(role..).filter(|names| role > 0 && !names.is_empty())?.join(" ");
        let title = after.get(..role)?.join(" ");
        let with_house = |author: Author| Author {
            role: Some(title.clone()),
            organisation: house.map(|(name, _)| name.to_owned()).or(author.organisation.clone()),
            ..author
        };
        Some(self.authors(&names, true)?.into_iter().map(with_house).collect())
    }

    /// Whether the line opens as a byline does.
    pub(super) fn is_byline(&self, line: &str) -> bool {
        let language = self.context.language;
        crate::metadata::opens_with_cue(line, language.or(Some("en")))
            || crate::metadata::opens_with_cue(line, Some("en"))
    }

    /// Whether names and words of a would-be byline are a headline: it has more words than the names,
    /// titles and organisations.
    fn reads_as_title(line: &str, people: &[Author]) -> bool {
        let count = |text: &str| text.split_whitespace().count();
        let known: usize = people
            .iter()
            .map(|p| {
                count(&p.name)
                    + p.role.as_deref().map_or(0, count)
                    + p.organisation.as_deref().map_or(0, count)
            })
            .sum();
        count(line) > known + people.len() * 2 + 1
    }

    /// The title or house that stands in the line after a byline: `Associated Press Writer`.
    fn after_byline(&self, line: &str) -> Option<Vec<Author>> {
        let (raw, known) = self.last_byline.as_ref()?;
        let is_short = line.chars().count() <= 60 && line.split_whitespace().count() <= HOUSE_WORDS;
        if !is_short || ends_sentence(line) {
            return None;
        }
        if let Some((house, role)) = house_and_role(line) {
            let with_house = |author: &Author| Author {
                role: author.role.clone().or_else(|| Some(role.clone())),
                organisation: author.organisation.clone().or_else(|| house.clone()),
                ..author.clone()
            };
            return Some(known.iter().map(with_house).collect());
        }
        let joined = self.authors(&format!("{raw}\n{line}"), false)?;
        let same =
            joined.len() == known.len() && joined.iter().zip(known).all(|(a, b)| a.name == b.name);
        let more = joined
            .iter()
            .zip(known)
            .any(|(a, b)| a.role != b.role || a.organisation != b.organisation);
        (same && more).then_some(joined)
    }

    /// A section's name above the headline.
    fn label(&self, at: usize) -> Option<Part> {
        let paragraph = &self.paragraphs[at];
        let line = paragraph.text.as_str();
        let is_first = !self.has_headline() && at + 1 < self.paragraphs.len();
        if !is_first || paragraph.count > 1 {
            return None;
        }
        if self.metadata.section.is_none() && junk::is_section(line) {
            return Some(Part::Section(line.to_owned()));
        }
        (self.metadata.publisher.is_none() && is_paper(line))
            .then(|| Part::Publisher(line.to_owned()))
    }

    /// Headline, deck or summary.
    fn title(&self, at: usize) -> Option<Part> {
        let paragraph = &self.paragraphs[at];
        let line = paragraph.text.as_str();
        let next = self.paragraphs.get(at + 1)?;
        let chars = line.chars().count();
        if !self.has_headline() {
            let is_title =
                chars <= HEADLINE_CHARS && paragraph.bullet.is_none() && is_title(line, next);
            return is_title.then(|| without_marks(line));
        }
        if self.continues_headline(at) {
            return Some(Part::HeadlineMore);
        }
        let is_point =
            paragraph.bullet.is_some() || (self.is_in_summary(at) && !ends_sentence(line));
        if is_point && self.body_follows_byline(at) {
            return Some(Part::Block(BlockKind::SummaryBullet { text: Text::plain(line) }));
        }
        let is_deck = chars <= DECK_CHARS
            && self.metadata.deck.is_none()
            && paragraph.bullet.is_none()
            && self.last_byline.is_none()
            && !line.starts_with(['"', '“', '—', '-', '„', '«'])
            && (self.byline_follows(at) || (!ends_sentence(line) && next.text.len() > line.len()));
        is_deck.then(|| Part::Deck(line.to_owned()))
    }

    /// Whether the line is the second of a headline set in two: both short, nothing between them.
    fn continues_headline(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|at| &self.paragraphs[at]) else {
            return false;
        };
        let paragraph = &self.paragraphs[at];
        let is_short = |p: &Paragraph| p.text.chars().count() <= COLUMN_CHARS && p.count == 1;
        let headline = self.metadata.headline.as_ref();
        let is_headline = headline.is_some_and(|field| field.value.ends_with(before.text.as_str()));
        is_headline
            && !paragraph.is_apart
            && is_short(before)
            && is_short(paragraph)
            && !ends_sentence(&before.text)
            && self.paragraphs.get(at + 1).is_some_and(|next| next.is_apart)
    }

    /// Whether a line such as "Summary" stands a few lines before.
    fn is_in_summary(&self, at: usize) -> bool {
        let from = at.saturating_sub(SUMMARY_LINES);
        let before = self.paragraphs.get(from..at).unwrap_or_default();
        before.iter().any(|p| SUMMARIES.contains(&p.text.to_lowercase().as_str()))
    }

    /// Whether a byline, date or dateline stands right after this paragraph.
    fn byline_follows(&self, at: usize) -> bool {
        self.paragraphs.get(at + 1).is_some_and(|next| {
            let is_short = next.text.chars().count() <= LINE_CHARS;
            is_short
                && (crate::metadata::opens_with_cue(
                    &next.text,
                    self.context.language.or(Some("en")),
                ) || self.date(&next.text).is_some())
        })
    }

    /// Whether a byline stands within the next few lines: bullets before it are a summary.
    fn body_follows_byline(&self, at: usize) -> bool {
        (at..at + SUMMARY_LINES).any(|at| self.byline_follows(at))
    }
}

/// Characters of a headline set in a column of print.
const COLUMN_CHARS: usize = 30;
/// Labels of a summary before the byline, lower case.
const SUMMARIES: [&str; 3] = ["summary", "key points", "at a glance"];
/// Lines of a summary before the byline.
const SUMMARY_LINES: usize = 8;

/// Whether a line is a headline before what follows it.
fn is_title(line: &str, next: &Paragraph) -> bool {
    let has_letters = line.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let is_shout = line.chars().all(|c| !c.is_lowercase()) && line.len() < next.text.len();
    let stops = line.ends_with(['.', ':', '。', ';', ',']);
    let is_short = line.chars().count() < PROSE_CHARS;
    let ends_initial = line.ends_with("U.S.") || line.ends_with("U.N.") || line.ends_with("Jr.");
    has_letters && (!stops || ends_initial || (is_shout && is_short && !line.ends_with([':', ','])))
}

fn is_in_headline(reader: &Reader<'_>, line: &str) -> bool {
    reader.metadata.headline.as_ref().is_some_and(|field| field.value.contains(line))
}

/// The headline without the marks before it, which become slugs.
fn without_marks(line: &str) -> Part {
    let marks = slug::opening(line);
    let end = marks.last().map_or(0, |mark| mark.range.end);
    let rest = line.get(end..).unwrap_or(line).trim();
    Part::Marked(marks, rest.to_owned())
}

/// Most words of a house with a role.
const HOUSE_WORDS: usize = 6;

/// `Associated Press Writer`, `AP Diplomatic Writer`, `Herald Staff Writer`: the house, an agency by its
/// canonical name, and the role.
fn house_and_role(line: &str) -> Option<(Option<String>, String)> {
    let words: Vec<&str> = line.trim_start_matches('^').split_whitespace().collect();
    let role = words.iter().rev().take_while(|word| sign_off::is_writer(word)).count();
    if role == 0 || words.len() > HOUSE_WORDS {
        return None;
    }
    let agency = (1..=3).rev().find_map(|count| {
        Some((agency::named(&words.get(..count)?.join(" "))?.name.to_owned(), count))
    });
    let cut = agency.as_ref().map_or(words.len() - role, |(_, count)| *count);
    let before = words.get(..cut)?.join(" ");
    let house = agency.map(|(name, _)| name).or(Some(before).filter(|name| !name.is_empty()));
    Some((house, words.get(cut..)?.join(" ")))
}

/// Words in the names of newspapers, lower case.
static PAPERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lexicon::lines(include_str!("../../lexicon/newspaper_words.txt")).collect());

/// Whether a line in capitals is the name of a newspaper: `THE EVENING LEDGER`.
fn is_paper(line: &str) -> bool {
    let words: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
    let is_shout = !line.chars().any(char::is_lowercase);
    let has_article =
        words.first().is_some_and(|w| matches!(w.as_str(), "the" | "die" | "das" | "der"));
    is_shout
        && (2..=5).contains(&words.len())
        && has_article
        && words.last().is_some_and(|word| PAPERS.contains(word.as_str()))
}
