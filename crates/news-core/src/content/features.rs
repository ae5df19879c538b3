//! What the block model sees of a segment.

use std::cell::{Cell, RefCell};

use super::cue::Cue;
use super::line::{Line, LineReader, class_of};
use super::measure::{Measures, Segment, prose_units};
use super::root::{level, texts};
use super::stated::{RUN, Stated};
use super::{Hints, Zone};
use crate::dom::{Dom, NodeId, Tag};
use crate::letters::{fold_into, is_blank};
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
    dom: &'a Dom<'a>,
    measures: &'a Measures,
    root: NodeId,
    headline: Option<usize>,
    /// Prose before each segment, and in all as the last; links and units likewise.
    prose: Vec<u32>,
    links: Vec<u32>,
    units: Vec<u32>,
    first_in_root: usize,
    last_in_root: usize,
    around: Vec<Around>,
    description: Stated,
    body: Stated,
    lines: Vec<Line>,
    /// Level of the heading around each segment.
    levels: Vec<u8>,
    /// Segments that begin like each.
    repeats: Vec<u32>,
    /// Prose and number of the segments in containers of the tag and class of each.
    classes: Vec<(u32, u32)>,
    siblings: Cell<Siblings>,
    /// Letters at the beginning of the segment that is looked at.
    start: RefCell<Vec<u8>>,
}

/// Elements around a segment that are looked at: real pages nest less than 40 deep.
const REACH: usize = 64;
/// Letters of a stated body that segments are looked up in.
const STATED_LETTERS: usize = 60_000;

/// Sums over the segments below a node.
#[derive(Clone, Copy)]
struct Below {
    segments: u32,
    units: u32,
    link_units: u32,
}

/// The children of an element that have one tag: neighbours ask for the same.
#[derive(Clone, Copy, Default)]
struct Siblings {
    parent: NodeId,
    tag: Option<Tag>,
    count: usize,
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
        let prose = sums(segments.iter().map(clean_prose));
        let links = sums(segments.iter().map(|segment| segment.counts.link_units));
        let units = sums(segments.iter().map(|segment| segment.counts.units));
        let inside = |s: &Segment| dom.contains(root, s.nodes.start);
        let first_in_root = segments.iter().position(inside).unwrap_or_default();
        let last_in_root = segments.iter().rposition(inside).unwrap_or_default();
        let stated = |text: Option<&str>| {
            let mut letters = Vec::new();
            fold_into(text.into_iter(), STATED_LETTERS, &mut letters);
            Stated::new(letters)
        };
        let mut reader = LineReader::new(hints.headlines.first().copied().unwrap_or_default());
        let mut lines = Vec::with_capacity(segments.len());
        let starts = segments.iter().map(|segment| {
            let (line, start) = reader.read(dom, segment);
            lines.push(line);
            start
        });
        let mut repeats = vec![0; segments.len()];
        alike(starts, |same| {
            for (_, i) in same {
                repeats[*i as usize] = same.len() as u32;
            }
        });
        let mut classes = vec![(0, 0); segments.len()];
        alike(segments.iter().map(|segment| class_of(dom, segment)), |same| {
            let prose = same.iter().map(|(_, i)| clean_prose(&segments[*i as usize])).sum();
            for (_, i) in same {
                classes[*i as usize] = (prose, same.len() as u32);
            }
        });
        Self {
            dom,
            measures,
            root,
            headline,
            prose,
            links,
            units,
            first_in_root,
            last_in_root,
            around: around(dom, root),
            description: stated(hints.description),
            body: stated(hints.body),
            lines,
            levels: segments.iter().map(|segment| level(dom, segment)).collect(),
            repeats,
            classes,
            siblings: Cell::default(),
            start: RefCell::default(),
        }
    }

    /// Features of every segment.
    #[cfg(feature = "training")]
    pub(crate) fn rows(&self) -> Vec<Features> {
        (0..self.measures.segments.len()).map(|i| self.features(i)).collect()
    }

    /// How much speaks for each segment by the model; 0 for those that are not `asked` about.
    pub(crate) fn scores(&self, model: &Model, asked: impl Fn(&Segment) -> bool) -> Vec<f32> {
        let score = |(i, segment)| {
            if asked(segment) { model.decision(&self.features(i)) } else { 0.0 }
        };
        self.measures.segments.iter().enumerate().map(score).collect()
    }

    fn features(&self, i: usize) -> Features {
        let segment = &self.measures.segments[i];
        let end = self.end_of(segment);
        let mut features = [0.0; COUNT];
        let rest = features.as_mut_slice();
        let rest = put(rest, self.own(i, segment, end));
        let rest = put(rest, self.place(i, segment));
        let rest = put(rest, self.neighbour(segment, i.checked_sub(1)));
        let rest = put(rest, self.neighbour(segment, Some(i + 1)));
        let rest = put(rest, self.window(i));
        let rest = put(rest, zones(segment.zone));
        let rest = put(rest, self.surroundings(segment));
        let rest = put(rest, self.agreement(segment));
        let rest = put(rest, self.wording(i, segment, end));
        debug_assert!(rest.is_empty());
        features
    }

    /// The segment's own text, which ends with `end`.
    fn own(&self, i: usize, segment: &Segment, end: &str) -> [f32; 15] {
        let c = &segment.counts;
        let share = |n: u32| n as f32 / c.units.max(1) as f32;
        let tag = self.dom.tag(segment.container);
        [
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
            f32::from(ends_sentence(end)),
            f32::from(u8::from(segment.by_breaks)),
            tag_class(tag),
            tag_class(self.dom.tag(self.dom.parent(segment.container))),
            f32::from(self.levels[i]),
        ]
    }

    /// The last text of a segment that is no white space, without that behind it.
    fn end_of(&self, segment: &Segment) -> &str {
        let texts = segment.nodes.clone().rev().map(|id| self.dom.text(id).trim_end());
        texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// Where the segment stands on the page.
    fn place(&self, i: usize, segment: &Segment) -> [f32; 15] {
        let total = self.total();
        let in_root = self.dom.contains(self.root, segment.nodes.start);
        let depth = if in_root { self.depth_below_root(segment) as f32 } else { -1.0 };
        let outside = if i < self.first_in_root {
            i as f32 - self.first_in_root as f32
        } else {
            i.saturating_sub(self.last_in_root) as f32
        };
        let from_headline = self.headline.map_or(-99.0, |h| i as f32 - h as f32);
        let parent = self.dom.parent(segment.container) as usize;
        let container = segment.container as usize;
        let root_prose = self.measures.prose[self.root as usize].max(1) as f32;
        let below = self.below(segment.container);
        [
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
            self.same_siblings(segment) as f32,
            self.measures.prose[container] as f32 / root_prose,
            below.link_units as f32 / below.units.max(1) as f32,
            below.segments as f32,
        ]
    }

    /// Sums over the segments in an element that ends them, which no segment reaches over.
    fn below(&self, id: NodeId) -> Below {
        let segments = &self.measures.segments;
        let before = |node| segments.partition_point(|segment| segment.nodes.start < node);
        let (from, to) = (before(id), before(self.dom.end(id)));
        Below {
            segments: (to - from) as u32,
            units: self.units[to] - self.units[from],
            link_units: self.links[to] - self.links[from],
        }
    }

    /// Prose of the page, at least 1.
    fn total(&self) -> f32 {
        self.prose.last().copied().unwrap_or_default().max(1) as f32
    }

    /// Elements between the container and the story's root; where it is not below the root, those around
    /// it.
    fn depth_below_root(&self, segment: &Segment) -> usize {
        let depth = |id: NodeId| self.around[id as usize].depth as usize;
        let is_below = segment.container > self.root;
        let outer = if is_below { depth(self.root) } else { 0 };
        depth(segment.container).saturating_sub(outer + 1).min(REACH)
    }

    /// How many children of the parent have the container's tag, up to 50.
    fn same_siblings(&self, segment: &Segment) -> usize {
        let tag = self.dom.tag(segment.container);
        let parent = self.dom.parent(segment.container);
        let known = self.siblings.get();
        if known.parent == parent && known.tag == Some(tag) {
            return known.count;
        }
        let alike = self.dom.children(parent).take(200).filter(|c| self.dom.tag(*c) == tag);
        let count = alike.count().min(50);
        self.siblings.set(Siblings { parent, tag: Some(tag), count });
        count
    }

    /// A segment before or after `here`.
    fn neighbour(&self, here: &Segment, at: Option<usize>) -> [f32; 5] {
        let at = at.and_then(|at| Some((self.measures.segments.get(at)?, self.levels.get(at)?)));
        let Some((other, level)) = at else { return [-1.0, -1.0, -1.0, 8.0, 99.0] };
        [
            other.counts.units as f32,
            clean_prose(other) as f32,
            other.counts.link_density(),
            f32::from(*level),
            self.gap(here.container, other.container),
        ]
    }

    /// What stands two segments away, and in the nearest nine.
    fn window(&self, i: usize) -> [f32; 4] {
        let segments = &self.measures.segments;
        let prose = |n: Option<usize>| {
            n.and_then(|n| segments.get(n)).map_or(-1.0, |s| clean_prose(s) as f32)
        };
        let (from, to) = (i.saturating_sub(4), (i + 5).min(segments.len()));
        [
            prose(i.checked_sub(2)),
            prose(Some(i + 2)),
            (self.prose[to] - self.prose[from]) as f32,
            (self.links[to] - self.links[from]) as f32,
        ]
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

    fn surroundings(&self, segment: &Segment) -> [f32; 4] {
        let around = self.around[segment.container as usize];
        let kinds = if around.depth as usize <= REACH {
            around.kinds
        } else {
            let mut inside = true;
            self.dom.outwards(segment.container).take(REACH).fold(0, |kinds, id| {
                inside &= id != self.root;
                kinds | kind_of(self.dom.tag(id), inside)
            })
        };
        [ARTICLE, LIST, TABLE, QUOTE].map(|kind| f32::from(u8::from(kinds & kind != 0)))
    }

    /// What the words tell, and how the segment repeats others. Its text ends with `end`.
    fn wording(&self, i: usize, segment: &Segment, end: &str) -> [f32; 18] {
        let line = &self.lines[i];
        let is = |cue: Cue| f32::from(u8::from(line.cue == Some(cue)));
        let cue_at = |n: Option<usize>| {
            n.and_then(|n| self.lines.get(n))
                .and_then(|l| l.cue)
                .map_or(0.0, |c| f32::from(c as u8))
        };
        let (class_prose, class_segments) = self.classes[i];
        let list = self
            .dom
            .outwards(segment.container)
            .take(7)
            .find(|id| matches!(self.dom.tag(*id), Tag::Ul | Tag::Ol | Tag::Table));
        let list = list.map(|id| self.below(id));
        [
            is(Cue::Promo),
            is(Cue::Related),
            is(Cue::Credit),
            is(Cue::Share),
            is(Cue::Meta),
            is(Cue::Legal),
            cue_at(i.checked_sub(1)),
            cue_at(Some(i + 1)),
            f32::from(u8::from(line.starts_lower)),
            f32::from(u8::from(line.has_bar)),
            f32::from(ends_open(end)),
            self.repeats[i] as f32,
            class_prose as f32 / self.total(),
            class_segments as f32,
            f32::from(u8::from(self.follows_image(segment))),
            list.map_or(-1.0, |l| l.link_units as f32 / l.units.max(1) as f32),
            list.map_or(-1.0, |l| l.segments as f32),
            line.headline_words,
        ]
    }

    /// Whether a picture or player stands just before, with nothing but wrappers between.
    fn follows_image(&self, segment: &Segment) -> bool {
        const REACH: NodeId = 8;
        let from = segment.nodes.start.saturating_sub(REACH).max(1);
        for id in (from..segment.nodes.start).rev() {
            match self.dom.tag(id) {
                Tag::Img | Tag::Video | Tag::Iframe | Tag::Picture | Tag::Figure => return true,
                Tag::Text if !is_blank(self.dom.text(id)) => return false,
                _ => {}
            }
        }
        false
    }

    /// Whether the segment's beginning stands in the stated description, and in the stated body
    /// (-1: no body is stated).
    fn agreement(&self, segment: &Segment) -> [f32; 2] {
        let (description, body) = (self.description.letters(), self.body.letters());
        let absent = if body.len() < 200 { -1.0 } else { 0.0 };
        if segment.counts.units < 12 || (body.is_empty() && description.is_empty()) {
            return [0.0, absent];
        }
        // Most begin with a run of letters that is in neither.
        let start = &mut *self.start.borrow_mut();
        fold_into(texts(self.dom, &segment.nodes), RUN, start);
        let may_be_described = !description.is_empty() && self.description.may_share(start);
        if !may_be_described && (absent < 0.0 || !self.body.may_share(start)) {
            return [0.0, absent];
        }
        fold_into(texts(self.dom, &segment.nodes), START_LETTERS, start);
        let described = !description.is_empty()
            && (self.description.holds(start)
                || (start.len() > 30 && start.starts_with(description)));
        let stated =
            if absent < 0.0 { absent } else { f32::from(u8::from(self.body.holds(start))) };
        [f32::from(u8::from(described)), stated]
    }
}

/// Letters at the beginning of a segment that are looked up in what is stated.
const START_LETTERS: usize = 60;

/// Writes features, and gives the room behind them.
fn put<const N: usize>(room: &mut [f32], features: [f32; N]) -> &mut [f32] {
    let Some((to, behind)) = room.split_first_chunk_mut() else { return &mut [] };
    *to = features;
    behind
}

/// The sums before each number, and the whole as the last.
fn sums(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut sum = 0;
    let behind = numbers.map(|number| {
        sum += number;
        sum
    });
    std::iter::once(0).chain(behind).collect()
}

/// Shows `each` the places of equal keys. By sorting, since the page chooses the keys.
fn alike(keys: impl Iterator<Item = u64>, each: impl FnMut(&[(u64, u32)])) {
    let mut keys: Vec<(u64, u32)> = keys.zip(0..).collect();
    keys.sort_unstable();
    keys.chunk_by(|a, b| a.0 == b.0).for_each(each);
}

/// 2 for a full stop, question or exclamation mark at the end (quotes aside), 1 for a colon.
pub(super) fn ends_sentence(end: &str) -> u8 {
    let end = end.trim_end_matches(['"', '\'', '”', '’', '“', '»', ')', ']', ' ']);
    match end.chars().next_back() {
        Some('.' | '!' | '?' | '。' | '！' | '？' | '؟' | '।' | '…') => 2,
        Some(':') => 1,
        _ => 0,
    }
}

/// 1 when the text ends in a colon, 2 in an ellipsis.
fn ends_open(end: &str) -> u8 {
    if end.ends_with("...") || end.ends_with('…') {
        2
    } else {
        u8::from(end.ends_with([':', '：']))
    }
}

/// Elements that a node stands in, itself among them.
#[derive(Clone, Copy, Default)]
struct Around {
    /// How many, up to what can be counted, which is far beyond [`REACH`].
    depth: u16,
    /// What they are: [`ARTICLE`] and the like, all but articles inside the story's root only.
    kinds: u8,
}

const ARTICLE: u8 = 1;
const LIST: u8 = 2;
const TABLE: u8 = 4;
const QUOTE: u8 = 8;

fn kind_of(tag: Tag, inside: bool) -> u8 {
    match tag {
        Tag::Article => ARTICLE,
        Tag::Li | Tag::Ul | Tag::Ol | Tag::Dl if inside => LIST,
        Tag::Td | Tag::Th if inside => TABLE,
        Tag::Blockquote | Tag::Q if inside => QUOTE,
        _ => 0,
    }
}

fn around(dom: &Dom, root: NodeId) -> Vec<Around> {
    let mut around = vec![Around::default(); dom.len()];
    for id in dom.all() {
        let outer = around[dom.parent(id) as usize];
        let kinds = outer.kinds | kind_of(dom.tag(id), true);
        let kinds = if id == root { kinds & ARTICLE } else { kinds };
        around[id as usize] = Around { depth: outer.depth.saturating_add(1), kinds };
    }
    around
}

/// Prose outside the parts that never hold the story's.
fn clean_prose(segment: &Segment) -> u32 {
    if segment.zone.has(Zone::JUNK) { 0 } else { prose_units(&segment.counts) }
}

fn zones(zone: Zone) -> [f32; 12] {
    if zone == Zone::NONE {
        return [0.0; 12];
    }
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
    sets.map(|set| zone.and(set).bits().count_ones() as f32)
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
