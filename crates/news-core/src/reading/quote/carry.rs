//! Quotations that no sentence attributes: they go on from one that has a speaker.

use super::attribution::{Attribution, Cue, Reader};
use super::page::{Page, Unit};
use super::phrase::Phrase;
use super::rule::Rule;
use super::title;
use super::token::Tag;
use super::turn;
use super::words::Classes;

/// Units looked ahead for the attribution of a quotation that opens a paragraph.
const AHEAD: usize = 6;

/// Words from an opening bracket to the quotation it holds: "(motto: “…”)" is no speech.
const BRACKET_WORDS: usize = 10;

/// Words of a fragment that opens a running sentence, above which it is taken for speech.
const LABEL_WORDS: usize = 6;

/// Words of an unattributed fragment inside a sentence, above which it is taken for speech.
const FRAGMENT_WORDS: usize = 12;

/// Adds to the attributions the quotations nobody claims.
pub(super) fn carry(page: &Page<'_>, attributions: Vec<Attribution>) -> Vec<Attribution> {
    let mut carrier = Carrier {
        owner: owners(page, &attributions),
        sorted: attributions.len(),
        found: attributions,
        page,
        last: None,
        waiting: Vec::new(),
    };
    for place in 0..page.segments.len() {
        if page.is_quotation(place) {
            carrier.segment(place);
        }
    }
    carrier.found.retain(|found| !found.content.is_empty());
    carrier.found
}

/// Adjectives and adverbs between an article and the quotation it belongs to.
const ADJECTIVES: usize = 3;

/// Paragraphs a quotation may run over before its speaker is named.
const WAITING: usize = 64;

/// A sentence in the mood of reported speech goes on with what the last speaker said: "Die Lage sei
/// ernst." Languages that have no such mood have no such words.
pub(super) fn reported(
    page: &Page<'_>,
    unit: Unit,
    found: Vec<Attribution>,
    speaker: Option<Phrase>,
) -> Vec<Attribution> {
    if !found.is_empty() || speaker.is_none() || !reports(page, &unit) {
        return found;
    }
    let stop = usize::from(page.tag(unit.end - 1) == Tag::Stop && !page.quoted(unit.end - 1));
    vec![Attribution {
        cue: None,
        source: speaker,
        content: vec![(unit.start, unit.end - stop)],
        rule: Rule::ReportedSpeech,
    }]
}

/// Whether a verb of the sentence stands in the mood of reported speech.
fn reports(page: &Page<'_>, unit: &Unit) -> bool {
    (unit.start..unit.end).any(|at| page.is(at, Classes::SUBJUNCTIVE) && !page.quoted(at))
}

struct Carrier<'p, 't> {
    page: &'p Page<'t>,
    found: Vec<Attribution>,
    /// For each segment the place of its attribution, plus one.
    owner: Vec<usize>,
    /// The last quotation: its segment and attribution.
    last: Option<(usize, usize)>,
    /// Attributions in reading order; what is added stands behind them.
    sorted: usize,
    /// Segments that run on into the next paragraph and have no speaker yet.
    waiting: Vec<usize>,
}

fn owners(page: &Page<'_>, found: &[Attribution]) -> Vec<usize> {
    let mut owner = vec![0; page.segments.len()];
    for (place, attribution) in found.iter().enumerate() {
        for (start, end) in &attribution.content {
            for segment in page.segments_in(*start, *end) {
                owner[segment] = place + 1;
            }
        }
    }
    owner
}

impl Carrier<'_, '_> {
    fn segment(&mut self, place: usize) {
        if let Some(attribution) = self.owner[place].checked_sub(1) {
            self.settle(attribution);
            self.last = Some((place, attribution));
            return;
        }
        let Some(unit) = self.unit_of(place) else { return };
        let (start, end) = self.page.spans[place];
        if let Some(attribution) = turn::inserted(self.page, start, end) {
            self.push(place, attribution);
            return;
        }
        if !self.is_speech(place, &unit) {
            return;
        }
        if self.signed(place) {
            return;
        }
        if self.after_colon(place, &unit) {
            return;
        }
        if let Some(attribution) = self
            .introduced(&unit, place)
            .or_else(|| self.sentence_before(place, &unit))
            .or_else(|| self.same_paragraph(place))
        {
            self.join(place, attribution);
        } else if self.waiting.len() < WAITING
            && !self.page.segments[place].closed
            && self.goes_on(place)
        {
            self.waiting.push(place);
        } else {
            self.add(place);
        }
    }

    /// "One line stayed with her: …" inside a sentence: its subject speaks.
    fn after_colon(&mut self, place: usize, unit: &Unit) -> bool {
        let start = self.page.spans[place].0;
        if start <= unit.start + 1 || self.page.tag(start - 1) != Tag::Colon {
            return false;
        }
        let bracket = (unit.start..start).rev().take(BRACKET_WORDS);
        let bracket =
            bracket.map(|at| self.page.tag(at)).find(|tag| matches!(tag, Tag::Open | Tag::Close));
        if bracket == Some(Tag::Open) {
            return true;
        }
        let source = Reader::new(self.page, *unit).main_subject(start - 1);
        if source.is_none() {
            return false;
        }
        self.push(
            place,
            Attribution {
                cue: Some(Cue { start: start - 1, end: start, lemma: 0 }),
                source,
                content: vec![self.page.spans[place]],
                rule: Rule::SubjectColon,
            },
        );
        true
    }

    /// The last attribution of the sentence right before, in the same paragraph, where it has a
    /// speaker: "She rejected that. …"
    fn sentence_before(&self, place: usize, unit: &Unit) -> Option<usize> {
        let start = self.page.spans[place].0;
        if start != unit.start {
            return None;
        }
        let at = self.page.units.partition_point(|known| known.end <= start).checked_sub(1)?;
        let before = self.page.units.get(at).filter(|known| known.paragraph == unit.paragraph)?;
        let sorted = self.found.get(..self.sorted)?;
        let from = sorted.partition_point(|found| found.order() < before.start);
        let to = sorted.partition_point(|found| found.order() < before.end);
        let speaks = |place: &usize| {
            sorted
                .get(*place)
                .is_some_and(|found| found.source.is_some() && !found.content.is_empty())
        };
        let quotes = |place: &usize| {
            let content = sorted.get(*place).into_iter().flat_map(|found| &found.content);
            content.into_iter().any(|(start, _)| self.page.quoted(*start))
        };
        let places = (from..to).rev().filter(speaks);
        let quoted = places.clone().find(quotes);
        quoted.or_else(|| places.clone().next())
    }

    /// "…" — Name: signed at the end of its paragraph, or by the whole next one.
    fn signed(&mut self, place: usize) -> bool {
        let end = self.page.spans[place].1;
        let paragraph = self.paragraph(place);
        let at = self.page.units.partition_point(|unit| unit.end <= end);
        let Some(next) = self.page.units.get(at).filter(|unit| unit.paragraph <= paragraph + 1)
        else {
            return false;
        };
        if next.paragraph != paragraph && next.start != end {
            return false;
        }
        let Some((cue, source)) = turn::signature(self.page, end, next.end) else { return false };
        self.push(
            place,
            Attribution {
                cue: Some(cue),
                source: Some(source),
                content: vec![self.page.spans[place]],
                rule: Rule::Signature,
            },
        );
        true
    }

    fn push(&mut self, place: usize, attribution: Attribution) {
        self.found.push(attribution);
        let attribution = self.found.len() - 1;
        self.owner[place] = attribution + 1;
        self.settle(attribution);
        self.last = Some((place, attribution));
    }

    fn paragraph(&self, segment: usize) -> usize {
        self.page.segments.get(segment).map_or(0, |segment| segment.paragraph)
    }

    fn unit_of(&self, place: usize) -> Option<Unit> {
        let start = self.page.spans.get(place)?.0;
        let after = self.page.units.partition_point(|unit| unit.end <= start);
        self.page.units.get(after).copied()
    }

    /// Whether an unclaimed segment is speech: a sentence of its own or introduced by a mark, not
    /// words under reservation inside a sentence.
    fn is_speech(&self, place: usize, unit: &Unit) -> bool {
        let (start, end) = self.page.spans[place];
        if !self.page.tables.is_known() {
            return true;
        }
        if start == unit.start {
            let runs_on =
                (end..unit.end).any(|at| !matches!(self.page.tag(at), Tag::Stop | Tag::Quote));
            return !runs_on || end - start > LABEL_WORDS;
        }
        let before = self.page.tag(start - 1);
        if self.page.token(start - 1).is_some_and(|token| token.word.noun > 0) {
            return true;
        }
        let introduced =
            matches!(before, Tag::Colon | Tag::Comma | Tag::Stop | Tag::Dash | Tag::Quote);
        if before == Tag::Colon && self.names_work(unit, start) {
            return false;
        }
        let fragment = self.page.tables.capital_nouns && self.is_fragment(unit, start, end);
        introduced && end - start > 3 && !title::is_capitalised(self.page, start, end)
            || end - start > FRAGMENT_WORDS
            || fragment
    }

    /// Where nouns have capitals, names do not begin small: "der „schwarze Tag“". One word alone
    /// may be a mere reservation, unless it is reported or judges. Several words, small ones among
    /// them, that an indefinite article introduces are no name either: "eine „Kluft im Land“".
    fn is_fragment(&self, unit: &Unit, start: usize, end: usize) -> bool {
        let small = |at: usize| {
            self.page.token(at).is_some_and(|token| !token.capital() && token.tag != Tag::Number)
        };
        let one = end - start <= 3;
        if !small(start + 1) {
            return !one && (start + 1..end - 1).any(small) && self.is_indefinite(start);
        }
        let judges = self.page.is(start - 1, Classes::AS);
        end - start > 2 && (!one || judges || reports(self.page, unit))
    }

    /// "Sein neues Buch: „Es ist spät“": a work before the colon, and nobody who speaks. English
    /// books speak.
    fn names_work(&self, unit: &Unit, colon: usize) -> bool {
        let any = |class| (unit.start..colon).any(|at| self.page.is(at, class));
        let speaks = |at: usize| self.page.token(at).is_some_and(|token| token.word.cue > 0);
        self.page.tables.capital_nouns
            && any(Classes::WORK)
            && !any(Classes::PERSON.or(Classes::ORGANISATION))
            && !(unit.start..colon).any(speaks)
    }

    /// Whether an indefinite article stands before the segment, adjectives between.
    fn is_indefinite(&self, start: usize) -> bool {
        let before = (0..start).rev().take(1 + ADJECTIVES);
        let mut before = before.skip_while(|at| {
            matches!(self.page.tag(*at), Tag::Adjective | Tag::Adverb | Tag::Other)
                && !self.page.quoted(*at)
        });
        before.next().is_some_and(|at| self.page.is(at, Classes::INDEFINITE))
    }

    /// "He said:" right before, at the end of the paragraph or sentence.
    fn introduced(&self, unit: &Unit, place: usize) -> Option<usize> {
        let start = self.page.spans[place].0;
        let near = |found: &Attribution| {
            found.content.is_empty()
                && found.cue.is_some_and(|cue| cue.end <= start && start - cue.end < 40)
        };
        let at = self.sorted.min(self.found.len());
        let at =
            self.found.get(..at).unwrap_or_default().partition_point(|found| found.order() < start);
        let from = at.saturating_sub(3);
        let place = (from..at).rev().find(|place| near(&self.found[*place]))?;
        let between = self.found[place].cue.map_or(start, |cue| cue.end);
        let clean = (between..start).all(|at| self.page.tag(at) != Tag::Stop);
        (clean && start == unit.start || between >= unit.start).then_some(place)
    }

    /// The quotation before it in the paragraph, else the next one.
    fn same_paragraph(&self, place: usize) -> Option<usize> {
        let paragraph = self.paragraph(place);
        let same = |segment: usize| self.paragraph(segment) == paragraph;
        if let Some((segment, attribution)) = self.last {
            let runs_on =
                !self.page.segments[segment].closed && self.paragraph(segment) + 1 == paragraph;
            if same(segment) || runs_on && self.opens_paragraph(place) {
                return Some(attribution);
            }
        }
        let ahead = place + 1..self.owner.len().min(place + 1 + AHEAD);
        let next = ahead.take_while(|next| same(*next)).find(|next| self.owner[*next] > 0)?;
        self.owner[next].checked_sub(1)
    }

    fn opens_paragraph(&self, place: usize) -> bool {
        let segment = &self.page.segments[place];
        let paragraph = self.page.prose.paragraphs.get(segment.paragraph);
        paragraph.is_some_and(|paragraph| paragraph.range.start == segment.outer.start)
    }

    /// Whether the next paragraph opens with a quotation.
    fn goes_on(&self, place: usize) -> bool {
        let next = place + 1;
        next < self.owner.len()
            && self.paragraph(next) == self.paragraph(place) + 1
            && self.opens_paragraph(next)
    }

    fn join(&mut self, place: usize, attribution: usize) {
        let span = self.page.spans[place];
        let content = &mut self.found[attribution].content;
        let at = content.partition_point(|known| known.0 < span.0);
        content.insert(at, span);
        self.owner[place] = attribution + 1;
        self.settle(attribution);
        self.last = Some((place, attribution));
    }

    /// Gives the segments that wait for a speaker to an attribution.
    fn settle(&mut self, attribution: usize) {
        let waiting = std::mem::take(&mut self.waiting);
        let spans = waiting.iter().map(|place| self.page.spans[*place]);
        self.found[attribution].content.splice(0..0, spans);
        for place in waiting {
            self.owner[place] = attribution + 1;
        }
    }

    /// A quotation without attribution; its speaker is the last one's, where that is near.
    fn add(&mut self, place: usize) {
        let inside = self.unit_of(place).filter(|unit| unit.start < self.page.spans[place].0);
        let told = inside.filter(|unit| !reports(self.page, unit));
        let subject = told
            .and_then(|unit| Reader::new(self.page, unit).main_subject(self.page.spans[place].0));
        let source = subject.or_else(|| self.speaker_before(place));
        self.push(
            place,
            Attribution {
                cue: None,
                source,
                content: vec![self.page.spans[place]],
                rule: Rule::Carried,
            },
        );
    }

    /// Who spoke last in this paragraph or the one before; else the subject of its last sentence.
    fn speaker_before(&self, place: usize) -> Option<Phrase> {
        let start = self.page.spans[place].0;
        let paragraph = self.paragraph(place);
        let unit = self.page.units.partition_point(|unit| unit.end <= start).checked_sub(1)?;
        let unit = self.page.units.get(unit).filter(|unit| unit.paragraph + 1 >= paragraph)?;
        let first = self.page.units.partition_point(|known| known.paragraph < unit.paragraph);
        let first = self.page.units.get(first).map_or(0, |unit| unit.start);
        let quoted = self.last.filter(|(segment, _)| self.page.spans[*segment].0 >= first);
        let quoted = quoted.and_then(|(_, attribution)| self.found.get(attribution));
        let sorted = self.found.get(..self.sorted).unwrap_or_default();
        let at = sorted.partition_point(|found| found.order() < start);
        let told = at.checked_sub(1).and_then(|at| sorted.get(at));
        let told = told.filter(|found| found.order() >= first);
        let latest = match (told, quoted) {
            (Some(told), Some(quoted)) if told.order() > quoted.order() => Some(told),
            (told, quoted) => quoted.or(told),
        };
        let source = latest.and_then(|found| found.source);
        source.or_else(|| Reader::new(self.page, *unit).main_subject(unit.end))
    }
}
