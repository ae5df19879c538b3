//! One pass over the page: zones of elements, and the segments of text with their counts.

use std::ops::Range;

use super::features;
use super::zone::Zone;
use crate::dom::{Dom, NodeId, Tag, local_name};
use crate::error::Warning;
use crate::letters::{Run, is_blank, is_letter, runs};
use crate::piece::letters_and_digits;
use crate::room;
use crate::work::{Work, cost};

/// A run of text that stands on lines of its own: a paragraph, a heading, a menu item …
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    /// Nodes from the first to the last text node, the last included.
    pub(crate) nodes: Range<NodeId>,
    /// The innermost block element around it.
    pub(crate) container: NodeId,
    /// Parts of the page it stands in.
    pub(crate) zone: Zone,
    /// What it holds.
    pub(crate) counts: Counts,
    /// Ended by line breaks rather than by an element.
    pub(crate) by_breaks: bool,
}

/// Sizes of a text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    /// Letters and digits, in units of Latin letters: a Han character or kana counts 3, a Hangul
    /// syllable 2, since they say as much.
    pub(crate) units: u32,
    /// Units inside links.
    pub(crate) link_units: u32,
    /// Units inside bold.
    pub(crate) bold_units: u32,
    /// Words, or parts between spaces.
    pub(crate) words: u32,
    /// Full stops, question and exclamation marks of any script.
    pub(crate) stops: u32,
    /// Commas, colons, semicolons of any script.
    pub(crate) commas: u32,
    /// Digits.
    pub(crate) digits: u32,
    /// Upper-case letters.
    pub(crate) capitals: u32,
    /// Links.
    pub(crate) links: u32,
}

/// What an ASCII character adds to [`Counts`], as numbers beside each other: units, capitals and digits of
/// 16 bits, stops of 8, commas of 7; the last bit says that it joins words: `it's`, `well-known`.
const ASCII: [u64; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        table[byte] = (c.is_ascii_alphanumeric() as u64)
            | (c.is_ascii_uppercase() as u64) << 16
            | (c.is_ascii_digit() as u64) << 32
            | (matches!(c, b'.' | b'!' | b'?') as u64) << 48
            | (matches!(c, b',' | b':' | b';') as u64) << 56
            | (matches!(c, b'\'' | b'-') as u64) << 63;
        byte += 1;
    }
    table
};

impl Counts {
    fn add_text(&mut self, text: &str, in_link: bool, in_bold: bool) {
        let before = self.units;
        let mut in_word = false;
        for run in runs(text) {
            match run {
                Run::Ascii(run) => self.add_ascii(run, &mut in_word),
                Run::Other(c) => self.add_other(c, &mut in_word),
            }
        }
        let added = self.units - before;
        self.link_units += if in_link { added } else { 0 };
        self.bold_units += if in_bold { added } else { 0 };
    }

    /// Adds ASCII without a jump a character, since none foresees where a word ends.
    fn add_ascii(&mut self, run: &str, in_word: &mut bool) {
        let (mut sums, mut words, mut inside) = (0_u64, 0, u64::from(*in_word));
        for byte in run.bytes() {
            let adds = ASCII[usize::from(byte & 127)];
            sums = sums.wrapping_add(adds);
            let is_letter = adds & 1;
            words += is_letter & !inside;
            inside = is_letter | inside & adds >> 63;
        }
        let sum = |from: u32, bits: u32| (sums >> from & ((1 << bits) - 1)) as u32;
        self.units += sum(0, 16);
        self.capitals += sum(16, 16);
        self.digits += sum(32, 16);
        self.stops += sum(48, 8);
        self.commas += sum(56, 7);
        self.words += words as u32;
        *in_word = inside != 0;
    }

    fn add_other(&mut self, c: char, in_word: &mut bool) {
        let weight = weight(c);
        if weight > 0 {
            self.units += weight;
            self.words += u32::from(!*in_word);
            self.capitals += u32::from(is_capital(c));
            *in_word = true;
        } else {
            self.add_mark(c);
            *in_word &= c == '’';
        }
    }

    fn add_mark(&mut self, c: char) {
        match c {
            '。' | '！' | '？' | '؟' | '।' | '…' | '۔' => {
                self.stops += 1;
            }
            '、' | '，' | '：' | '；' | '،' | '؛' => self.commas += 1,
            _ => {}
        }
    }

    /// Share of the text inside links, 0 to 1; 0 for no text.
    pub(crate) fn link_density(&self) -> f32 {
        if self.units == 0 { 0.0 } else { self.link_units as f32 / self.units as f32 }
    }
}

/// Whether a character outside ASCII is a capital.
fn is_capital(c: char) -> bool {
    match c {
        'ß'..='ÿ' | 'а'..='џ' | '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => false,
        _ => c.is_uppercase(),
    }
}

/// Units of a character outside ASCII, 0 for what is no letter or digit.
fn weight(c: char) -> u32 {
    match c {
        '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2fa1f}' => 3,
        '\u{ac00}'..='\u{d7af}' => 2,
        // Marks of Indic and Arabic scripts are not alphabetic for Rust but part of words; counted
        // through their base letters.
        _ => u32::from(is_letter(c)),
    }
}

/// Units of a text.
pub(crate) fn letters_units(text: &str) -> u32 {
    let units = |run| match run {
        Run::Ascii(run) => letters_and_digits(run.as_bytes()),
        Run::Other(c) => weight(c),
    };
    runs(text).map(units).sum()
}

/// What the passes found.
#[derive(Debug, Default)]
pub(crate) struct Measures {
    /// Zone of each node, inherited parts included.
    pub(crate) zones: Vec<Zone>,
    /// Prose below each node, in units.
    pub(crate) prose: Vec<u32>,
    /// Segments in page order.
    pub(crate) segments: Vec<Segment>,
}

impl Measures {
    /// Pays for what is done with segments; those not paid for are left out, which is told.
    pub(crate) fn pay(&mut self, dom: &Dom, work: &Work, warnings: &mut Vec<Warning>) -> bool {
        let paid = work.pay_for(self.segments.len(), cost::SEGMENT);
        let Some(first) = self.segments.get(paid) else { return true };
        let at = dom.source(first.nodes.start).start;
        warnings.push(work.warning(&format!("text after byte {at} was left out")));
        self.segments.truncate(paid);
        false
    }
}

/// Measures the page, of whose elements the own zones are known: segments forwards, prose of subtrees backwards, inherited zones
/// forwards.
pub(crate) fn measure(dom: &Dom, own: Vec<Zone>) -> Measures {
    let mut segments = segment(dom);
    let prose = prose_below(dom, &segments);
    let zones = inherit(dom, own, &prose);
    for segment in &mut segments {
        let first = zones[segment.nodes.start as usize];
        segment.zone = first.and(zones[segment.nodes.end as usize - 1]);
    }
    Measures { zones, prose, segments }
}

/// Units of running text in a segment: 0 for what reads like a label, a list of links or a heading.
pub(crate) fn prose_units(counts: &Counts) -> u32 {
    let sentence_like = counts.units >= 40 && counts.stops + counts.commas > 0;
    if sentence_like && counts.link_density() < 0.5 { counts.units - counts.link_units } else { 0 }
}

fn prose_below(dom: &Dom, segments: &[Segment]) -> Vec<u32> {
    let mut prose = vec![0; dom.len()];
    for segment in segments {
        prose[segment.container as usize] += prose_units(&segment.counts);
    }
    for id in dom.all().rev() {
        prose[dom.parent(id) as usize] += prose[id as usize];
    }
    prose
}

/// Share of the page's prose above which a box is no such box, whatever its name says: a body with
/// the class `has-sidebar` is no sidebar.
const MOST: f32 = 0.5;
/// The same for parts that can outgrow the story.
const NEARLY_ALL: f32 = 0.9;

/// Parts whose names count for less than that of a story's body inside them: a `teaser-content` around
/// an `article-body` is the free part of a story.
const OUTRANKED: Zone = Zone::BOXES;

/// Makes own zones those of nodes with all that is around them.
fn inherit(dom: &Dom, mut zones: Vec<Zone>, prose: &[u32]) -> Vec<Zone> {
    let total = prose.first().copied().unwrap_or_default().max(1) as f32;
    for id in dom.all() {
        let share = prose[id as usize] as f32 / total;
        let mut zone = zones[id as usize];
        if share > NEARLY_ALL {
            zone = zone
                .without(Zone::JUNK | Zone::CAPTION | Zone::DECK | Zone::HEADLINE | Zone::MEDIA);
        } else if share > MOST {
            zone =
                zone.and(Zone::COMMENTS | Zone::BODY | Zone::LIVE | Zone::FOOTER | Zone::RELATED);
        }
        let mut inherited = zones[dom.parent(id) as usize];
        if zone.has(Zone::BODY) && !zone.has(Zone::JUNK) {
            inherited = inherited.without(OUTRANKED);
        }
        zones[id as usize] = zone | inherited;
    }
    zones
}

fn segment(dom: &Dom) -> Vec<Segment> {
    let mut pass = Pass {
        dom,
        segments: Vec::with_capacity(dom.len() / NODES),
        run: None,
        open: Vec::new(),
        breaks: 0,
        last: 0,
        line: 0,
        invisible_end: 0,
        link_end: 0,
        bold_end: 0,
    };
    for id in dom.all() {
        pass.close_until(id);
        match dom.tag(id) {
            Tag::Text if id < pass.invisible_end => {}
            Tag::Text => pass.text(id),
            tag => pass.element(id, tag),
        }
    }
    pass.flush(false);
    pass.segments
}

/// Nodes for each segment of most pages, at least.
const NODES: usize = 8;

/// Characters that open an item of a list written with line breaks.
const BULLETS: [char; 7] = ['•', '·', '▪', '■', '●', '►', '‣'];

/// Units from which a line that ends a sentence is a paragraph: `Brightmoor Corp.` is none.
const LINE_UNITS: u32 = 40;

struct Pass<'a> {
    dom: &'a Dom<'a>,
    segments: Vec<Segment>,
    /// The segment being filled.
    run: Option<Segment>,
    /// Open block elements: id and end.
    open: Vec<(NodeId, NodeId)>,
    /// Line breaks since the last text.
    breaks: u32,
    /// The last text.
    last: NodeId,
    /// Units of the segment before its last line.
    line: u32,
    invisible_end: NodeId,
    link_end: NodeId,
    bold_end: NodeId,
}

impl Pass<'_> {
    fn close_until(&mut self, id: NodeId) {
        while self.open.last().is_some_and(|(_, end)| *end <= id) {
            self.open.pop();
            self.flush(false);
        }
    }

    fn element(&mut self, id: NodeId, tag: Tag) {
        if id < self.invisible_end {
            return;
        }
        match tag {
            _ if tag.is_invisible() => self.invisible_end = self.dom.end(id),
            Tag::Br => self.breaks += 1,
            Tag::A if self.dom.attr(id, local_name!("href")).is_some() => {
                self.link_end = self.dom.end(id).max(self.link_end);
                self.run.iter_mut().for_each(|run| run.counts.links += 1);
            }
            Tag::B | Tag::Strong => self.bold_end = self.dom.end(id).max(self.bold_end),
            _ if tag.is_block() => {
                self.flush(false);
                self.open.push((id, self.dom.end(id)));
            }
            _ => {}
        }
    }

    fn text(&mut self, id: NodeId) {
        let text = self.dom.text(id);
        if is_blank(text) {
            return;
        }
        if self.breaks >= 2 || self.breaks == 1 && self.ends_paragraph(text) {
            self.flush(true);
        }
        if self.breaks > 0 {
            self.line = self.run.as_ref().map_or(0, |run| run.counts.units);
        }
        self.breaks = 0;
        self.last = id;
        let (in_link, in_bold) = (id < self.link_end, id < self.bold_end);
        let container = self.open.last().map_or(0, |(id, _)| *id);
        let run = self.run.get_or_insert_with(|| Segment {
            nodes: id..id,
            container,
            zone: Zone::NONE,
            counts: Counts { links: u32::from(in_link), ..Counts::default() },
            by_breaks: false,
        });
        run.nodes.end = id + 1;
        run.counts.add_text(text, in_link, in_bold);
    }

    /// Whether the single line break before `text` ends a paragraph: an item follows, or a sentence ended. Other
    /// lines are those of a verse, a list or an address, and stay together, as headings do.
    fn ends_paragraph(&self, text: &str) -> bool {
        let heads = |(id, _): &(NodeId, NodeId)| self.dom.tag(*id).heading_level().is_some();
        let ends_sentence = || {
            let last = self.dom.text(self.last).trim_end().trim_end_matches(['“', '«', '」']);
            features::ends_sentence(last) == 2 && !self.open.last().is_some_and(heads)
        };
        let units = self.run.as_ref().map_or(0, |run| run.counts.units.saturating_sub(self.line));
        text.trim_start().starts_with(BULLETS) || units >= LINE_UNITS && ends_sentence()
    }

    fn flush(&mut self, by_breaks: bool) {
        (self.breaks, self.line) = (0, 0);
        if let Some(mut run) = self.run.take() {
            run.by_breaks = by_breaks;
            if run.counts.units > 0 {
                let done = run.nodes.start as usize;
                room::push(&mut self.segments, run, done, self.dom.len());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(text: &str) -> Counts {
        let mut counts = Counts::default();
        counts.add_text(text, false, false);
        counts
    }

    #[test]
    fn words_join_at_apostrophes_and_hyphens() {
        for (text, words) in [
            ("", 0),
            ("It's a well-known fact", 4),
            ("It’s – 3,5 km", 4),
            ("' -a- 'b'", 2),
            ("Ärzte’s Röntgen-Gerät", 2),
        ] {
            assert_eq!(counts(text).words, words, "{text}");
        }
    }

    #[test]
    fn a_line_that_ends_a_sentence_is_a_paragraph() {
        let sentence = "The harbour board will meet again on Thursday evening.";
        for (html, expected) in [
            (format!("<p>{sentence}<br>{sentence}</p>"), 2),
            (format!("<p>“{sentence}“<br>\n{sentence}</p>"), 2),
            (format!("<p>Roses are red,<br>violets are blue<br>{sentence}</p>"), 1),
            (format!("<p>Brightmoor Corp.<br>{sentence}</p>"), 1),
            (format!("<h2>{sentence}<br>{sentence}</h2>"), 1),
            (format!("<p>{sentence}<br><br>Roses are red</p>"), 2),
            ("<p>The city:<br>• took it<br>• gave it</p>".to_owned(), 3),
        ] {
            let dom = crate::dom::parse(&html, &crate::Limits::default()).dom;
            assert_eq!(segment(&dom).len(), expected, "{html}");
        }
    }

    #[test]
    fn marks_and_letters_are_counted() {
        let c = counts("“Ja, Österreich!” 12:30? 東京。");
        let found = [c.units, c.capitals, c.digits, c.stops, c.commas, c.words];
        assert_eq!(found, [22, 2, 4, 3, 2, 5]);
    }

    #[test]
    fn long_runs_count_like_short_ones() {
        let text = "It's 7 o'clock, isn't it? No; it is NOT. ";
        let (one, many) = (counts(text), counts(&text.repeat(100)));
        for (one, many) in [
            (one.units, many.units),
            (one.capitals, many.capitals),
            (one.digits, many.digits),
            (one.stops, many.stops),
            (one.commas, many.commas),
            (one.words, many.words),
        ] {
            assert_eq!(100 * one, many);
        }
        assert_eq!(letters_units(text), one.units);
    }

    #[test]
    fn capitals_are_those_of_the_standard_library() {
        for c in '\u{80}'..=char::MAX {
            assert_eq!(is_capital(c), c.is_uppercase(), "{c:?}");
        }
    }
}
