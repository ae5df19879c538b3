//! What the block model sees of a segment.

use std::collections::HashMap;

use memchr::{memchr, memmem};

use super::cue::{self, Cue};
use super::measure::{Measures, Segment, prose_units};
use super::root::{level, texts};
use super::{Hints, Zone};
use crate::dom::{Dom, NodeId, Tag, push_collapsed};
use crate::letters::fold_all;
use crate::trees::Model;

/// Number of features.
pub(crate) const COUNT: usize = NAMES.len();

/// Names of the features, in order.
pub(crate) const NAMES: [&str; 80] = [
    "units",
    "words",
    "stops",
    "commas",
    "link_density",
    "bold_share",
    "digit_share",
    "capital_share",
    "links",
    "mean_word",
    "ends_sentence",
    "by_breaks",
    "tag",
    "outer_tag",
    "heading_level",
    "in_root",
    "depth_below_root",
    "root_distance",
    "after_headline",
    "headline_distance",
    "is_headline",
    "position",
    "prose_before",
    "prose_after",
    "root_prose_share",
    "parent_prose_share",
    "siblings_same_tag",
    "sibling_prose",
    "container_link_density",
    "container_segments",
    "prev_units",
    "prev_prose",
    "prev_link_density",
    "prev_level",
    "prev_gap",
    "next_units",
    "next_prose",
    "next_link_density",
    "next_level",
    "next_gap",
    "prev2_prose",
    "next2_prose",
    "prose_window",
    "link_window",
    "z_junk",
    "z_nav_foot",
    "z_aside_rel",
    "z_comments",
    "z_promo_share_ad",
    "z_meta_author_tags",
    "z_caption_media",
    "z_deck",
    "z_body",
    "z_headline",
    "z_box",
    "z_hidden",
    "in_article_tag",
    "in_list",
    "in_table",
    "in_quote",
    "in_description",
    "in_stated_body",
    "cue_promo",
    "cue_related",
    "cue_credit",
    "cue_share",
    "cue_meta",
    "cue_legal",
    "prev_cue",
    "next_cue",
    "starts_lower",
    "has_bar",
    "ends_colon_or_ellipsis",
    "repeats",
    "same_class_prose",
    "same_class_segments",
    "after_image",
    "list_link_density",
    "list_segments",
    "headline_words",
];

/// Features of one segment.
pub(crate) type Features = [f32; COUNT];

/// What the features of all segments of a page are read from.
pub(crate) struct Page<'a> {
    dom: &'a Dom,
    measures: &'a Measures,
    root: NodeId,
    headline: Option<usize>,
    /// Prose before each segment, and in all as the last.
    prose: Vec<u32>,
    links: Vec<u32>,
    first_in_root: usize,
    last_in_root: usize,
    counts: Vec<Below>,
    description: String,
    body: String,
    lines: Vec<Line>,
    /// Segments by the hash of their text.
    texts: HashMap<u64, u32>,
    /// Prose and segments by the tag and class of the container.
    classes: HashMap<u64, (u32, u32)>,
}

/// What the wording of a segment tells.
struct Line {
    cue: Option<Cue>,
    starts_lower: bool,
    has_bar: bool,
    /// Hash of the first characters.
    hash: u64,
    class: u64,
    headline_words: f32,
}

/// Elements around a segment that are looked at: real pages nest less than 40 deep.
const REACH: usize = 64;
/// Letters of a stated body that segments are looked up in.
const STATED_LETTERS: usize = 60_000;

/// Sums over the segments below a node.
#[derive(Clone, Copy, Default)]
struct Below {
    segments: u32,
    units: u32,
    link_units: u32,
}

impl<'a> Page<'a> {
    pub(crate) fn new(
        dom: &'a Dom,
        measures: &'a Measures,
        root: NodeId,
        headline: Option<usize>,
        hints: &Hints,
    ) -> Self {
        let segments = &measures.segments;
        let mut prose = vec![0];
        let mut links = vec![0];
        for segment in segments {
            prose.push(prose.last().copied().unwrap_or_default() + clean_prose(segment));
            links.push(links.last().copied().unwrap_or_default() + segment.counts.link_units);
        }
        let inside = |s: &Segment| dom.contains(root, s.nodes.start);
        let first_in_root = segments.iter().position(inside).unwrap_or_default();
        let last_in_root = segments.iter().rposition(inside).unwrap_or_default();
        let description = fold_all(hints.description.into_iter(), STATED_LETTERS);
        let body = fold_all(hints.body.into_iter(), STATED_LETTERS);
        let counts = below(dom, segments);
        let headline_words = hints.headlines.first().map(|h| words_of(h)).unwrap_or_default();
        let mut start = String::new();
        let lines: Vec<Line> =
            segments.iter().map(|s| line(dom, s, &headline_words, &mut start)).collect();
        let mut texts = HashMap::new();
        let mut classes = HashMap::new();
        for (line, segment) in lines.iter().zip(segments) {
            *texts.entry(line.hash).or_default() += 1;
            let class: &mut (u32, u32) = classes.entry(line.class).or_default();
            *class = (class.0 + clean_prose(segment), class.1 + 1);
        }
        Self {
            dom,
            measures,
            root,
            headline,
            prose,
            links,
            first_in_root,
            last_in_root,
            counts,
            description,
            body,
            lines,
            texts,
            classes,
        }
    }

    /// Features of every segment.
    #[cfg(feature = "training")]
    pub(crate) fn rows(&self) -> Vec<Features> {
        let mut scratch = Vec::with_capacity(COUNT);
        (0..self.measures.segments.len()).map(|i| self.features(i, &mut scratch)).collect()
    }

    /// How much speaks for each segment by the model; 0 for those that are not `asked` about.
    pub(crate) fn scores(&self, model: &Model, asked: impl Fn(&Segment) -> bool) -> Vec<f32> {
        let mut scratch = Vec::with_capacity(COUNT);
        let score = |(i, segment)| {
            if asked(segment) { model.score(&self.features(i, &mut scratch)) } else { 0.0 }
        };
        self.measures.segments.iter().enumerate().map(score).collect()
    }

    fn features(&self, i: usize, out: &mut Vec<f32>) -> Features {
        let segment = &self.measures.segments[i];
        out.clear();
        self.own(segment, out);
        self.place(i, segment, out);
        self.neighbours(i, out);
        zones(segment.zone, out);
        self.surroundings(segment, out);
        self.wording(i, segment, out);
        let mut features = [0.0; COUNT];
        features.copy_from_slice(out);
        features
    }

    /// The segment's own text.
    fn own(&self, segment: &Segment, out: &mut Vec<f32>) {
        let c = &segment.counts;
        let share = |n: u32| n as f32 / c.units.max(1) as f32;
        let tag = self.dom.tag(segment.container);
        let level = level(self.dom, segment);
        out.extend([
            c.units as f32,
            c.words as f32,
            c.stops as f32,
            c.commas as f32,
            c.link_density(),
            share(c.bold_units),
            share(c.digits),
            share(c.capitals),
            c.links as f32,
            c.units as f32 / c.words.max(1) as f32,
            f32::from(self.ends_sentence(segment)),
            f32::from(u8::from(segment.by_breaks)),
            tag_class(tag),
            tag_class(self.dom.tag(self.dom.parent(segment.container))),
            f32::from(level),
        ]);
    }

    /// 2 for a full stop, question or exclamation mark at the end (quotes aside), 1 for a colon.
    fn ends_sentence(&self, segment: &Segment) -> u8 {
        let last = segment
            .nodes
            .clone()
            .rev()
            .map(|id| self.dom.text(id).trim_end())
            .find(|t| !t.is_empty());
        let end = last.and_then(|t| {
            t.trim_end_matches(['"', '\'', '”', '’', '“', '»', ')', ']', ' ']).chars().next_back()
        });
        match end {
            Some('.' | '!' | '?' | '。' | '！' | '？' | '؟' | '।' | '…') => 2,
            Some(':') => 1,
            _ => 0,
        }
    }

    /// Where the segment stands on the page.
    fn place(&self, i: usize, segment: &Segment, out: &mut Vec<f32>) {
        let total = self.prose.last().copied().unwrap_or_default().max(1) as f32;
        let in_root = self.dom.contains(self.root, segment.nodes.start);
        let depth = if in_root { self.depth_below_root(segment) } else { -1.0 };
        let outside = if i < self.first_in_root {
            i as f32 - self.first_in_root as f32
        } else {
            i.saturating_sub(self.last_in_root) as f32
        };
        let from_headline = self.headline.map_or(-99.0, |h| i as f32 - h as f32);
        let parent = self.dom.parent(segment.container) as usize;
        let container = segment.container as usize;
        let root_prose = self.measures.prose[self.root as usize].max(1) as f32;
        let below = self.counts[container];
        out.extend([
            f32::from(u8::from(in_root)),
            depth,
            if in_root { 0.0 } else { outside },
            f32::from(u8::from(from_headline > 0.0)),
            from_headline.clamp(-99.0, 200.0),
            f32::from(u8::from(self.headline == Some(i))),
            i as f32 / self.measures.segments.len() as f32,
            self.prose[i] as f32 / total,
            (total - self.prose[i + 1] as f32) / total,
            root_prose / total,
            self.measures.prose[parent] as f32 / root_prose,
            self.same_siblings(segment),
            self.measures.prose[container] as f32 / root_prose,
            below.link_units as f32 / below.units.max(1) as f32,
            below.segments as f32,
        ]);
    }

    /// Elements between the container and the story's root.
    fn depth_below_root(&self, segment: &Segment) -> f32 {
        let mut depth = 0.0;
        for id in self.dom.ancestors(segment.container).take(REACH) {
            if id == self.root {
                break;
            }
            depth += 1.0;
        }
        depth
    }

    /// How many children of the parent have the container's tag, up to 50.
    fn same_siblings(&self, segment: &Segment) -> f32 {
        let tag = self.dom.tag(segment.container);
        let parent = self.dom.parent(segment.container);
        self.dom.children(parent).take(200).filter(|c| self.dom.tag(*c) == tag).count().min(50)
            as f32
    }

    /// What stands before and after.
    fn neighbours(&self, i: usize, out: &mut Vec<f32>) {
        let segments = &self.measures.segments;
        let here = &segments[i];
        for neighbour in [i.checked_sub(1), Some(i + 1)] {
            let Some(other) = neighbour.and_then(|n| segments.get(n)) else {
                out.extend([-1.0, -1.0, -1.0, 8.0, 99.0]);
                continue;
            };
            out.extend([
                other.counts.units as f32,
                clean_prose(other) as f32,
                other.counts.link_density(),
                f32::from(level(self.dom, other)),
                self.gap(here.container, other.container),
            ]);
        }
        let prose = |n: Option<usize>| {
            n.and_then(|n| segments.get(n)).map_or(-1.0, |s| clean_prose(s) as f32)
        };
        let (from, to) = (i.saturating_sub(4), (i + 5).min(segments.len()));
        out.extend([
            prose(i.checked_sub(2)),
            prose(Some(i + 2)),
            (self.prose[to] - self.prose[from]) as f32,
            (self.links[to] - self.links[from]) as f32,
        ]);
    }

    /// Elements between a container and the smallest element that holds another, up to 20.
    fn gap(&self, a: NodeId, b: NodeId) -> f32 {
        let mut at = a;
        for steps in 0..20u8 {
            if self.dom.contains(at, b) {
                return f32::from(steps);
            }
            at = self.dom.parent(at);
        }
        20.0
    }

    fn surroundings(&self, segment: &Segment, out: &mut Vec<f32>) {
        let (mut inside, mut in_article, mut in_list, mut in_table, mut in_quote) =
            (true, false, false, false, false);
        for id in self.dom.outwards(segment.container).take(REACH) {
            inside &= id != self.root;
            match self.dom.tag(id) {
                Tag::Article => in_article = true,
                Tag::Li | Tag::Ul | Tag::Ol | Tag::Dl => in_list |= inside,
                Tag::Td | Tag::Th => in_table |= inside,
                Tag::Blockquote | Tag::Q => in_quote |= inside,
                _ => {}
            }
        }
        out.extend([in_article, in_list, in_table, in_quote].map(|is| f32::from(u8::from(is))));
        let (description, body) = self.agreement(segment);
        out.extend([description, body]);
    }

    /// What the words tell, and how the segment repeats others.
    fn wording(&self, i: usize, segment: &Segment, out: &mut Vec<f32>) {
        let line = &self.lines[i];
        let is = |cue: Cue| f32::from(u8::from(line.cue == Some(cue)));
        let cue_at = |n: Option<usize>| {
            n.and_then(|n| self.lines.get(n))
                .and_then(|l| l.cue)
                .map_or(0.0, |c| f32::from(c as u8))
        };
        out.extend(
            [Cue::Promo, Cue::Related, Cue::Credit, Cue::Share, Cue::Meta, Cue::Legal].map(is),
        );
        let total = self.prose.last().copied().unwrap_or_default().max(1) as f32;
        let (class_prose, class_segments) =
            self.classes.get(&line.class).copied().unwrap_or_default();
        let list = self
            .dom
            .outwards(segment.container)
            .take(7)
            .find(|id| matches!(self.dom.tag(*id), Tag::Ul | Tag::Ol | Tag::Table));
        let list = list.map(|id| self.counts[id as usize]);
        out.extend([
            cue_at(i.checked_sub(1)),
            cue_at(Some(i + 1)),
            f32::from(u8::from(line.starts_lower)),
            f32::from(u8::from(line.has_bar)),
            f32::from(self.ends_open(segment)),
            self.texts.get(&line.hash).copied().unwrap_or_default() as f32,
            class_prose as f32 / total,
            class_segments as f32,
            f32::from(u8::from(self.follows_image(segment))),
            list.map_or(-1.0, |l| l.link_units as f32 / l.units.max(1) as f32),
            list.map_or(-1.0, |l| l.segments as f32),
            line.headline_words,
        ]);
    }

    /// 1 when the text ends in a colon, 2 in an ellipsis.
    fn ends_open(&self, segment: &Segment) -> u8 {
        let last = segment
            .nodes
            .clone()
            .rev()
            .map(|id| self.dom.text(id).trim_end())
            .find(|t| !t.is_empty())
            .unwrap_or_default();
        if last.ends_with("...") || last.ends_with('…') {
            2
        } else {
            u8::from(last.ends_with([':', '：']))
        }
    }

    /// Whether a picture or player stands just before, with nothing but wrappers between.
    fn follows_image(&self, segment: &Segment) -> bool {
        const REACH: NodeId = 8;
        let from = segment.nodes.start.saturating_sub(REACH).max(1);
        (from..segment.nodes.start)
            .rev()
            .take_while(|id| self.dom.tag(*id) != Tag::Text || self.dom.text(*id).trim().is_empty())
            .any(|id| {
                matches!(
                    self.dom.tag(id),
                    Tag::Img | Tag::Video | Tag::Iframe | Tag::Picture | Tag::Figure
                )
            })
    }

    /// Whether the segment's beginning stands in the stated description, and in the stated body
    /// (-1: no body is stated).
    fn agreement(&self, segment: &Segment) -> (f32, f32) {
        let absent = if self.body.len() < 200 { -1.0 } else { 0.0 };
        if segment.counts.units < 12 || (self.body.is_empty() && self.description.is_empty()) {
            return (0.0, absent);
        }
        let start = fold_all(texts(self.dom, &segment.nodes), START_LETTERS);
        let described = !self.description.is_empty()
            && (holds(&self.description, &start)
                || (start.len() > 30 && start.starts_with(&self.description)));
        let stated =
            if absent < 0.0 { absent } else { f32::from(u8::from(holds(&self.body, &start))) };
        (f32::from(u8::from(described)), stated)
    }
}

/// Letters at the beginning of a segment that are looked up in what is stated.
const START_LETTERS: usize = 60;

fn holds(text: &str, part: &str) -> bool {
    memmem::find(text.as_bytes(), part.as_bytes()).is_some()
}

/// Characters of a line that are looked at for cues and repetition.
const LINE_CHARS: usize = 64;

/// What the wording of a segment tells. `start` is scratch space.
fn line(dom: &Dom, segment: &Segment, headline: &[String], start: &mut String) -> Line {
    read_start(dom, segment, start);
    let has_bar = has_bar(start);
    let starts_lower = start.chars().next().is_some_and(char::is_lowercase);
    make_lower(start);
    let words = start.split(|c: char| !c.is_alphanumeric());
    let is_shared = |word: &&str| {
        word.len() > SHORT_WORD
            && headline.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
    };
    let shared = words.filter(is_shared).count();
    let class = dom.attr(segment.container, &html5ever::local_name!("class")).unwrap_or_default();
    Line {
        cue: cue::at_start(start),
        starts_lower,
        has_bar,
        hash: hash(start.bytes()),
        class: hash(class.bytes().chain([dom.tag(segment.container) as u8])),
        headline_words: shared as f32 / headline.len().max(1) as f32,
    }
}

/// Reads the first [`LINE_CHARS`] characters of a segment.
fn read_start(dom: &Dom, segment: &Segment, start: &mut String) {
    start.clear();
    for id in segment.nodes.clone() {
        if start.len() >= 2 * LINE_CHARS {
            break;
        }
        let text = dom.text(id);
        push_collapsed(start, text.get(..4 * LINE_CHARS).unwrap_or(text));
    }
    let spaces = start.len() - start.trim_start().len();
    start.drain(..spaces);
    let end = start.char_indices().nth(LINE_CHARS).map_or(start.len(), |(at, _)| at);
    start.truncate(end);
}

fn has_bar(text: &str) -> bool {
    if text.is_ascii() {
        memchr(b'|', text.as_bytes()).is_some()
    } else {
        text.contains(['|', '•', '·'])
    }
}

fn make_lower(text: &mut String) {
    if text.is_ascii() {
        text.make_ascii_lowercase();
    } else {
        *text = text.to_lowercase();
    }
}

/// Bytes of a word that says nothing.
const SHORT_WORD: usize = 3;

/// The words of a headline, sorted, each once.
fn words_of(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > SHORT_WORD);
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// FNV-1a.
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

fn below(dom: &Dom, segments: &[Segment]) -> Vec<Below> {
    let mut sums = vec![Below::default(); dom.len()];
    for segment in segments {
        let sum = &mut sums[segment.container as usize];
        sum.segments += 1;
        sum.units += segment.counts.units;
        sum.link_units += segment.counts.link_units;
    }
    for id in dom.all().rev() {
        let child = sums[id as usize];
        let sum = &mut sums[dom.parent(id) as usize];
        sum.segments += child.segments;
        sum.units += child.units;
        sum.link_units += child.link_units;
    }
    sums
}

/// Prose outside the parts that never hold the story's.
fn clean_prose(segment: &Segment) -> u32 {
    if segment.zone.has(Zone::JUNK) { 0 } else { prose_units(&segment.counts) }
}

fn zones(zone: Zone, out: &mut Vec<f32>) {
    let sets = [
        Zone::JUNK,
        Zone::NAV | Zone::FOOTER | Zone::LEGAL,
        Zone::ASIDE | Zone::RELATED,
        Zone::COMMENTS,
        Zone::PROMO | Zone::SHARE | Zone::AD | Zone::OVERLAY | Zone::FORM,
        Zone::META | Zone::AUTHOR | Zone::TAGS,
        Zone::CAPTION | Zone::MEDIA | Zone::EMBED,
        Zone::DECK,
        Zone::BODY,
        Zone::HEADLINE | Zone::HEADER,
        Zone::FACTBOX | Zone::NOTE | Zone::PULLQUOTE | Zone::LIVE,
        Zone::HIDDEN,
    ];
    out.extend(sets.map(|set| (zone.and(set).bits().count_ones()) as f32));
}

/// Kinds of element as the model tells them apart.
fn tag_class(tag: Tag) -> f32 {
    match tag {
        Tag::P => 0.0,
        Tag::Div | Tag::Center => 1.0,
        Tag::Section | Tag::Main | Tag::Article => 2.0,
        Tag::Li => 3.0,
        Tag::Td | Tag::Th => 4.0,
        Tag::Blockquote => 5.0,
        Tag::Figcaption | Tag::Figure => 6.0,
        Tag::Dd | Tag::Dt => 7.0,
        Tag::Pre => 8.0,
        Tag::Ul | Tag::Ol => 9.0,
        Tag::Header | Tag::Hgroup => 10.0,
        Tag::Footer | Tag::Address | Tag::Aside | Tag::Nav | Tag::Form => 11.0,
        _ if tag.heading_level().is_some() => 12.0,
        Tag::Body | Tag::Html => 13.0,
        _ => 14.0,
    }
}
