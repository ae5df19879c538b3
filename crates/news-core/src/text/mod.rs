//! Plain text to an article: wire copy, print archives, mails, pages copied as text.
//!
//! Lines are joined to paragraphs ([`wrap`]), what stands before the story is told apart ([`head`]),
//! then the story and what closes it ([`body`]). Nothing is dropped silently: every paragraph becomes a
//! block, a field with its place, or a decision of the trace.

mod body;
mod head;
mod junk;
mod lines;
mod record;
mod wrap;

use crate::article::{
    Article, Block, BlockKind, BodyOrigin, Completeness, Contact, DeskNote, DeskNoteKind, Kind,
    OffsetUnit, SCHEMA_VERSION, SignOff, SlugKind, Text, Verdict, Wire,
};
use crate::decode::Decoded;
use crate::error::{Warning, WarningCode};
use crate::metadata::{self, Author, Metadata, Moment};
use crate::options::Source;
use crate::provenance::{Decision, Fate, Field, Found, Origin, Place, SourceRange, Trace};
use crate::wire::{self, Context, credit, note, slug, stated};
use wrap::Paragraph;

/// Lines at the beginning in which a byline, slug or dateline begins a paragraph of its own.
const OPENING_LINES: usize = 80;
/// Longest line looked at for that, in bytes.
const OPENING_BYTES: usize = 400;
/// Characters of prose that tell the language.
const SAMPLE_CHARS: usize = 700;
/// How sure the fields of a text's head are: read by place and shape, not stated by name.
const CONFIDENCE: f32 = 0.7;
/// The same where a record names the field or a cue opens the line.
const NAMED: f32 = 0.85;

/// What a paragraph turned out to be.
enum Part {
    /// No part of the story, by this rule.
    Removed(&'static str),
    Slug(slug::Mark),
    Note(DeskNoteKind),
    /// A note to readers, which stays a block.
    Correction,
    SignOffs(Vec<SignOff>),
    Credit(credit::CreditLine),
    Contact(Contact),
    Headline(String),
    /// The second line of a headline set in two.
    HeadlineMore,
    /// The marks before a headline, and the headline.
    Marked(Vec<slug::Mark>, String),
    Deck(String),
    Authors(Vec<Author>),
    Published(Moment),
    Modified(Moment),
    Section(String),
    Tags(Vec<String>),
    Publisher(String),
    Rights(String),
    Block(BlockKind),
}

/// The paragraphs, and what has been read of them.
struct Reader<'a> {
    text: &'a str,
    paragraphs: Vec<Paragraph>,
    context: Context<'a>,
    /// Dates after this one are not believed.
    fetched: Option<Moment>,
    /// The same, where that is not known.
    today: Option<Moment>,
    metadata: Metadata,
    wire: Wire,
    blocks: Vec<Block>,
    /// The byline so far, and its people.
    last_byline: Option<(String, Vec<Author>)>,
    trace: &'a mut Trace,
}

/// Reads the text.
pub(crate) fn read(input: &Decoded<'_>, source: &Source<'_>, trace: &mut Trace) -> Article {
    let text = &*input.text;
    let lines = lines::split(text);
    let paragraphs = wrap::paragraphs(text, &lines, |at, line| at < OPENING_LINES && opens(line));
    let language = language(&paragraphs, source);
    let fetched = source.fetched_at.and_then(|at| at.parse().ok());
    let mut reader = Reader {
        text,
        paragraphs,
        context: Context {
            language: language.as_ref().map(|field| field.value.as_str()),
            reference: fetched,
        },
        fetched,
        today: source.today.and_then(|day| day.parse().ok()),
        metadata: Metadata::default(),
        wire: Wire::default(),
        blocks: Vec::new(),
        last_byline: None,
        trace,
    };
    let body = reader.head();
    reader.body(body);
    reader.cut_end_mark();
    let Reader { metadata, wire, blocks, .. } = reader;
    article(input, source, Metadata { language: language.clone(), ..metadata }, wire, blocks)
}

/// Whether a line begins something of its own, whatever stands before it.
fn opens(line: &str) -> bool {
    line.len() <= OPENING_BYTES
        && (slug::line(line).is_some()
            || note::read(line).is_some()
            || wire::dateline::find(line).is_some()
            || record::read(line).is_some()
            || (line.len() < 120
                && metadata::opens_with_cue(line, Some("en"))
                && !wrap::ends_sentence(line)))
}

/// The language of the longest paragraphs at the beginning, else the caller's.
fn language(paragraphs: &[Paragraph], source: &Source<'_>) -> Option<Field<String>> {
    let mut sample = String::new();
    for paragraph in paragraphs.iter().filter(|p| p.text.len() > 80).chain(paragraphs) {
        if sample.len() > SAMPLE_CHARS {
            break;
        }
        sample.extend(paragraph.text.chars().take(SAMPLE_CHARS));
        sample.push('\n');
    }
    let read = language_of(&sample).map(|tag| stated(tag, "", "prose", None, NAMED));
    read.or_else(|| {
        let tag = source.language?;
        let origin = Origin { place: Place::Caller, key: "language".to_owned(), range: None };
        Some(Field {
            value: tag.to_owned(),
            raw: tag.to_owned(),
            origin,
            confidence: CONFIDENCE,
            rejected: Vec::new(),
        })
    })
}

/// The language of a text by its first words; `None` where they do not tell.
pub(crate) fn language_of(text: &str) -> Option<String> {
    let end = text.char_indices().nth(2 * SAMPLE_CHARS).map_or(text.len(), |(at, _)| at);
    let sample = text.get(..end).unwrap_or_default();
    if is_english(sample) { Some("en".to_owned()) } else { metadata::of_prose(sample) }
}

/// Words looked at to tell English, and how often "the" must be among them.
const ENGLISH_WORDS: usize = 120;
const ENGLISH_THE: usize = 2;
/// Small words of English; a fifth of the words must be such.
const ENGLISH: [&str; 16] = [
    "the", "of", "and", "to", "that", "was", "with", "said", "is", "in", "on", "a", "for", "from",
    "by", "he",
];

/// Whether the prose is plainly English: far cheaper than the detector, which takes as long as all the
/// rest of a short text and is asked about all others. No other language has "the" twice among them.
fn is_english(sample: &str) -> bool {
    let (mut words, mut the, mut small) = (0, 0, 0);
    for word in sample.split([' ', '\n']).take(ENGLISH_WORDS) {
        words += 1;
        the += usize::from(word.eq_ignore_ascii_case("the"));
        small +=
            usize::from(word.len() <= 4 && ENGLISH.iter().any(|w| word.eq_ignore_ascii_case(w)));
    }
    the >= ENGLISH_THE && small * 5 >= words
}

impl Reader<'_> {
    /// Puts a paragraph where it belongs.
    fn take(&mut self, at: usize, part: Part) {
        self.note_decision(at, &part);
        let range = self.paragraphs[at].range;
        let raw = self.paragraphs[at].text.clone();
        let source = Some(range);
        match part {
            Part::Removed(_) => {}
            Part::Slug(mark) => self.wire.slugs.push(wire::slug_of(&mark, &raw, source)),
            Part::Note(kind) => self.wire.notes.push(DeskNote { kind, raw, source }),
            Part::Correction => {
                let text = Text::plain(raw.as_str());
                self.wire.notes.push(DeskNote { kind: DeskNoteKind::Correction, raw, source });
                self.push(at, BlockKind::Note { text });
            }
            Part::SignOffs(sign_offs) => {
                self.wire.sign_offs.extend(sign_offs.into_iter().map(|s| SignOff { source, ..s }));
            }
            Part::Credit(found) => self.credit(&found, &raw, source),
            Part::Contact(contact) => {
                self.wire.contacts.push(Contact { source, ..contact });
            }
            Part::Block(kind) => self.push(at, kind),
            part => self.field(part, &raw, range),
        }
    }

    /// The first credit counts; later ones that say more take its place, and it becomes a note.
    fn credit(&mut self, found: &credit::CreditLine, raw: &str, source: Option<SourceRange>) {
        let credit = wire::credit_of(found, raw, source);
        let old = match &self.wire.credit {
            Some(old) if old.agency.is_some() => Some(credit.clone()),
            _ => self.wire.credit.replace(credit),
        };
        if let Some(old) = old {
            let note = DeskNote { kind: DeskNoteKind::About, raw: old.raw, source: old.source };
            self.wire.notes.push(note);
        }
    }

    fn field(&mut self, part: Part, raw: &str, range: SourceRange) {
        let meta = &mut self.metadata;
        let read = |key: &'static str| Reading { raw, key, range };
        match part {
            Part::Headline(value) => self.headline(value, raw, range, NAMED),
            Part::Marked(marks, value) => {
                let slugs = marks.iter().map(|mark| wire::slug_of(mark, raw, Some(range)));
                self.wire.slugs.extend(slugs);
                self.headline(value, raw, range, CONFIDENCE);
            }
            Part::HeadlineMore => self.headline_more(raw, range),
            Part::Deck(value) => self.deck(value, raw, range),
            Part::Authors(people) => self.authors_field(people, raw, range),
            Part::Published(value) => read("date line").set(&mut meta.published, value),
            Part::Modified(value) => read("date line").set(&mut meta.modified, value),
            Part::Section(value) => read("section line").set(&mut meta.section, value),
            Part::Tags(value) => read("record field").set(&mut meta.tags, value),
            Part::Publisher(value) => read("publisher line").set(&mut meta.publisher, value),
            Part::Rights(value) => read("copyright line").set(&mut meta.rights, value),
            _ => {}
        }
    }

    /// A deck is a field and a block.
    fn deck(&mut self, value: String, raw: &str, range: SourceRange) {
        let block = BlockKind::Deck { text: Text::plain(value.as_str()) };
        self.blocks.push(Block { kind: block, source: vec![range] });
        let key = "line after the headline";
        set(&mut self.metadata.deck, stated(value, raw, key, Some(range), CONFIDENCE));
    }

    /// Takes the mark that ends the last paragraph out of the story: `… it came early." Enditem`.
    fn cut_end_mark(&mut self) {
        let Some(Block { kind: BlockKind::Paragraph { text }, source }) = self.blocks.last_mut()
        else {
            return;
        };
        if let Some(mark) = slug::at_end(&text.text) {
            self.wire.slugs.push(wire::slug_of(&mark, &text.text, source.last().copied()));
            text.text.truncate(mark.range.start);
            text.text.truncate(text.text.trim_end().len());
        }
    }

    fn headline(&mut self, value: String, raw: &str, range: SourceRange, confidence: f32) {
        set(&mut self.metadata.headline, stated(value, raw, "first line", Some(range), confidence));
    }

    fn headline_more(&mut self, raw: &str, range: SourceRange) {
        if let Some(field) = &mut self.metadata.headline {
            for text in [&mut field.value, &mut field.raw] {
                text.push(' ');
                text.push_str(raw);
            }
            if let Some(old) = &mut field.origin.range {
                old.end = range.end;
            }
        }
    }

    /// The people of a further byline line join those before; a title or house replaces the reading.
    fn authors_field(&mut self, people: Vec<Author>, raw: &str, range: SourceRange) {
        let raw = raw.trim_start_matches('^');
        let joined = match &self.last_byline {
            Some((before, _)) => format!("{before}\n{raw}"),
            None => raw.to_owned(),
        };
        let mut all = match (&self.last_byline, &self.metadata.authors) {
            (Some((_, known)), Some(field)) if same_names(known, &people) => {
                let kept = field.value.iter().filter(|a| !people.iter().any(|p| p.name == a.name));
                kept.cloned().collect()
            }
            (_, Some(field)) => field.value.clone(),
            _ => Vec::new(),
        };
        for person in &people {
            if !all.iter().any(|author: &Author| author.name == person.name) {
                all.push(person.clone());
            }
        }
        self.last_byline = Some((joined.clone(), people));
        let mut field = stated(all, &joined, "byline", Some(range), NAMED);
        if let Some(old) = self.metadata.authors.take() {
            // Both lines state the authors: the range covers them.
            let start = old.origin.range.map_or(range.start, |old| old.start.min(range.start));
            field.origin.range = Some(SourceRange { start, end: range.end });
        }
        self.metadata.authors = Some(field);
    }

    fn note_decision(&mut self, at: usize, part: &Part) {
        let paragraph = &self.paragraphs[at];
        let (fate, rule) = match part {
            Part::Removed(rule) => (Fate::Removed, *rule),
            Part::Block(kind) => (Fate::Kept, block_rule(kind)),
            part => (Fate::Kept, field_rule(part)),
        };
        self.trace.record(|| Decision {
            fate,
            rule: rule.to_owned(),
            measured: None,
            limit: None,
            path: format!("line {}", paragraph.line),
            text: paragraph.text.chars().take(TRACE_CHARS).collect(),
            range: paragraph.range,
        });
    }
}

/// Characters of text in a decision.
const TRACE_CHARS: usize = 120;

fn same_names(a: &[Author], b: &[Author]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.name == b.name)
}

fn block_rule(kind: &BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading { .. } => "text:heading",
        BlockKind::List { .. } => "text:list item",
        BlockKind::Turn { .. } => "text:turn",
        BlockKind::SummaryBullet { .. } => "text:summary",
        _ => "text:paragraph",
    }
}

fn field_rule(part: &Part) -> &'static str {
    match part {
        Part::Slug(_) => "text:slug",
        Part::Note(_) => "text:desk note",
        Part::Correction => "text:correction",
        Part::SignOffs(_) => "text:sign-off",
        Part::Credit(_) => "text:credit",
        Part::Contact(_) => "text:contact",
        Part::Headline(_) | Part::HeadlineMore | Part::Marked(..) => "text:headline",
        Part::Deck(_) => "text:deck",
        Part::Authors(_) => "text:byline",
        Part::Published(_) | Part::Modified(_) => "text:date",
        Part::Section(_) => "text:section",
        Part::Tags(_) => "text:tags",
        Part::Publisher(_) => "text:publisher",
        _ => "text:rights",
    }
}

/// A line from which a field is read.
struct Reading<'a> {
    raw: &'a str,
    key: &'static str,
    range: SourceRange,
}

impl Reading<'_> {
    fn set<T>(self, field: &mut Option<Field<T>>, value: T) {
        set(field, stated(value, self.raw, self.key, Some(self.range), NAMED));
    }
}

/// Sets a field, or keeps a further value among the rejected ones.
fn set<T>(field: &mut Option<Field<T>>, new: Field<T>) {
    match field {
        None => *field = Some(new),
        Some(old) => {
            old.rejected.push(Found { value: new.value, raw: new.raw, origin: new.origin });
        }
    }
}

fn article(
    input: &Decoded<'_>,
    source: &Source<'_>,
    mut metadata: Metadata,
    mut wire: Wire,
    blocks: Vec<Block>,
) -> Article {
    let context = Context::of(&metadata, source.fetched_at);
    wire.dateline = wire::dateline(&blocks, context);
    wire::closing_words(&blocks, &mut wire);
    wire::finish(&mut wire, &mut metadata);
    let mut warnings = input.warnings.clone();
    if blocks.is_empty() {
        warnings.push(Warning::new(WarningCode::NotAnArticle, "the text holds no story"));
    }
    Article {
        schema_version: SCHEMA_VERSION.to_owned(),
        offset_unit: OffsetUnit::Utf8,
        verdict: verdict(&metadata, &wire, &blocks),
        metadata,
        body_confidence: None,
        body_origin: if blocks.is_empty() { BodyOrigin::None } else { BodyOrigin::Text },
        blocks,
        wire,
        reading: None,
        comments: Vec::new(),
        encoding: input.encoding.clone(),
        truncated: false,
        warnings,
    }
}

fn verdict(metadata: &Metadata, wire: &Wire, blocks: &[Block]) -> Verdict {
    let is_article = !blocks.is_empty();
    let reasons = vec![format!("plain text, {} paragraphs", blocks.len())];
    let confidence = if metadata.headline.is_some() && blocks.len() > 1 { 0.8 } else { 0.5 };
    Verdict {
        is_article,
        kind: kind(wire, blocks),
        completeness: if is_article { Completeness::Complete } else { Completeness::None },
        confidence,
        reasons,
    }
}

/// Agencies that carry press releases, by canonical name.
const RELEASES: [&str; 7] = [
    "ACCESSWIRE",
    "Business Wire",
    "EIN Presswire",
    "GlobeNewswire",
    "Newsfile",
    "PR Newswire",
    "news aktuell",
];

fn kind(wire: &Wire, blocks: &[Block]) -> Kind {
    let agencies = [
        wire.dateline.as_ref().and_then(|dateline| dateline.agency.as_deref()),
        wire.credit.as_ref().and_then(|credit| credit.agency.as_deref()),
    ];
    let is_release = agencies.into_iter().flatten().any(|name| RELEASES.contains(&name));
    let has_notice = wire
        .slugs
        .iter()
        .any(|slug| slug.kind == SlugKind::Embargo && !slug.raw.to_lowercase().contains("embargo"));
    let turns = blocks.iter().filter(|b| matches!(b.kind, BlockKind::Turn { .. })).count();
    if blocks.is_empty() {
        Kind::NotArticle
    } else if is_release || has_notice {
        Kind::PressRelease
    } else if turns >= 4 && turns * 2 >= blocks.len() {
        Kind::Interview
    } else {
        Kind::NewsStory
    }
}

#[cfg(test)]
mod tests;
