//! Conventions of pages that decide before the block model does. Each states the convention it reads.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::measure::{Measures, Segment};
use super::root::{level, segment_text, texts};
use super::{Hints, MIN_ENTRIES, THRESHOLD, Zone};
use crate::dom::{Dom, NodeId, Tag, collapse};
use crate::letters::{fold, fold_all, fold_into};
use crate::wire::sign_off;

/// What is known when the rules are asked.
pub(super) struct Page<'a> {
    pub(super) dom: &'a Dom<'a>,
    pub(super) measures: &'a Measures,
    pub(super) root: NodeId,
    pub(super) headline: Option<usize>,
    pub(super) hints: &'a Hints<'a>,
    pub(super) scores: &'a [f32],
    /// Elements of other stories.
    pub(super) others: Vec<NodeId>,
    /// The element of a live blog beside the story.
    pub(super) feed: Option<NodeId>,
    /// A rule that is not asked.
    pub(super) without: Option<Rule>,
}

impl Page<'_> {
    /// Parts that never hold story prose, but for those that the story as a whole stands in.
    fn foreign(&self) -> Zone {
        let around = self.measures.zones.get(self.root as usize).copied();
        Zone::JUNK.without(around.unwrap_or(Zone::NONE))
    }
}

/// What the rules say of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// Nothing: the model decides.
    Model,
    /// Kept by a rule.
    Keep(Rule),
    /// Removed by a rule.
    Drop(Rule),
}

/// A rule of the body: a convention of pages that decides before the block model does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// What a style or attribute hides is left out.
    Hidden,
    /// The headline is no block of the body.
    Headline,
    /// Other stories on the page are left out.
    AnotherStory,
    /// So is a live blog that the page states beside its story.
    LiveFeed,
    /// The entries of a live blog are kept.
    LiveEntry,
    /// Credits of agencies below the story are kept.
    SignOff,
    /// Tables and preformatted text inside the story are kept.
    TableOrCode,
    /// A list is kept whole.
    List,
    /// Of a line that stands twice one is left out.
    Copy,
}

impl Rule {
    /// The name that the trace gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Headline => "headline",
            Self::AnotherStory => "another story",
            Self::LiveFeed => "live feed",
            Self::LiveEntry => "live entry",
            Self::SignOff => "sign-off",
            Self::TableOrCode => "table or code",
            Self::List => "list",
            Self::Copy => "copy",
        }
    }
}

impl Choice {
    pub(super) fn keeps(self, score: f32) -> bool {
        match self {
            Self::Model => score >= THRESHOLD,
            Self::Keep(_) => true,
            Self::Drop(_) => false,
        }
    }

    pub(super) fn rule(self) -> Option<&'static str> {
        match self {
            Self::Model => None,
            Self::Keep(rule) | Self::Drop(rule) => Some(rule.name()),
        }
    }
}

/// What a rule decides.
type Decide = fn(&Page<'_>, &mut [Choice]);

/// The rules in the order in which they are asked; later ones do not overrule earlier ones.
const RULES: [(Rule, Decide); 9] = [
    (Rule::Hidden, hidden),
    (Rule::Headline, headline),
    (Rule::AnotherStory, in_other_stories),
    (Rule::LiveFeed, in_live_feed),
    (Rule::LiveEntry, live_entries),
    (Rule::SignOff, sign_offs),
    (Rule::TableOrCode, set_pieces),
    (Rule::List, lists),
    (Rule::Copy, repeats),
];

/// The rules alone.
#[cfg(feature = "training")]
pub(crate) fn all() -> [Rule; RULES.len()] {
    RULES.map(|(rule, _)| rule)
}

/// One choice a segment.
pub(super) fn apply(page: &Page<'_>) -> Vec<Choice> {
    let mut choices = vec![Choice::Model; page.measures.segments.len()];
    for (rule, decide) in RULES {
        if page.without != Some(rule) {
            decide(page, &mut choices);
        }
    }
    choices
}

fn set(choices: &mut [Choice], i: usize, choice: Choice) {
    if let Some(slot) = choices.get_mut(i).filter(|c| **c == Choice::Model) {
        *slot = choice;
    }
}

/// What a style or attribute hides no reader sees. (A box that holds most of the page's prose counts as
/// shown: it waits for a script.)
fn hidden(page: &Page<'_>, choices: &mut [Choice]) {
    for (i, segment) in page.measures.segments.iter().enumerate() {
        if segment.zone.has(Zone::HIDDEN) {
            set(choices, i, Choice::Drop(Rule::Hidden));
        }
    }
}

/// The headline is metadata, not a block of the story.
fn headline(page: &Page<'_>, choices: &mut [Choice]) {
    if let Some(i) = page.headline {
        set(choices, i, Choice::Drop(Rule::Headline));
    }
}

/// Prose from which an `<article>` is a story of its own, in units.
const STORY_UNITS: u32 = 400;

/// Stories of one page that are told apart.
const MAX_STORIES: usize = 32;

/// Elements of the page's other stories: a page that loads the next story below the first holds several
/// `<article>` elements, each with a first-level heading, and only the one with the headline is read.
pub(super) fn other_stories(page: &Page<'_>) -> Vec<NodeId> {
    let dom = page.dom;
    let mut stories: Vec<NodeId> =
        dom.all().filter(|id| is_story(page, *id)).take(MAX_STORIES).collect();
    let headline = page.headline.and_then(|i| page.measures.segments.get(i));
    let own = headline.and_then(|headline| {
        stories.iter().copied().find(|id| dom.contains(*id, headline.nodes.start))
    });
    stories.retain(|id| own.is_some_and(|own| !dom.contains(own, *id) && !dom.contains(*id, own)));
    stories
}

/// The element of the live blog that the page states beside its story (JSON-LD with an article and a
/// `LiveBlogPosting`): the smallest that holds the headings of all entries that are stated. A feed that a story
/// comes before is none of that story's; without one, the feed is all there is, and the model decides.
pub(super) fn live_feed(page: &Page<'_>) -> Option<NodeId> {
    let stated = page.hints.live_beside.iter().filter_map(|entry| entry.headline.as_deref());
    let mut stated: HashSet<String> = stated.map(fold).collect();
    stated.remove("");
    // An entry without a heading is often stated with that of the page.
    for headline in &page.hints.headlines {
        stated.remove(&fold(headline));
    }
    if stated.len() < MIN_ENTRIES {
        return None;
    }
    let (dom, segments) = (page.dom, &page.measures.segments);
    let is_entry = |segment: &&Segment| {
        level(dom, segment) < 7
            && stated.contains(&fold_all(texts(dom, &segment.nodes), usize::MAX))
    };
    let mut headings = segments.iter().filter(is_entry).map(|segment| segment.nodes.start);
    let (first, last) = (headings.next()?, headings.next_back()?);
    let feed = dom.ancestors(first).find(|id| dom.contains(*id, last))?;
    let before = segments.iter().zip(page.scores).take_while(|(s, _)| s.nodes.start < feed);
    let told = before.filter(|(_, score)| **score >= THRESHOLD);
    let units: u32 = told.map(|(segment, _)| segment.counts.units).sum();
    (units >= STORY_UNITS).then_some(feed)
}

fn in_other_stories(page: &Page<'_>, choices: &mut [Choice]) {
    drop_below(page, &page.others, Rule::AnotherStory, choices);
}

fn in_live_feed(page: &Page<'_>, choices: &mut [Choice]) {
    drop_below(page, page.feed.as_slice(), Rule::LiveFeed, choices);
}

fn drop_below(page: &Page<'_>, elements: &[NodeId], rule: Rule, choices: &mut [Choice]) {
    for (i, segment) in page.measures.segments.iter().enumerate() {
        if elements.iter().any(|id| page.dom.contains(*id, segment.nodes.start)) {
            set(choices, i, Choice::Drop(rule));
        }
    }
}

fn is_story(page: &Page<'_>, id: NodeId) -> bool {
    page.dom.tag(id) == Tag::Article
        && page.measures.prose[id as usize] >= STORY_UNITS
        && page.dom.first(id, Tag::H1).is_some()
}

/// Everything in the entries of a live blog is the story, but for bars and boxes.
fn live_entries(page: &Page<'_>, choices: &mut [Choice]) {
    if !page.hints.is_live {
        return;
    }
    let holders = super::live_holders(page.dom, page.root);
    for (i, segment) in page.measures.segments.iter().enumerate() {
        let at = segment.nodes.start;
        let foreign = Zone::JUNK | Zone::CAPTION | Zone::MEDIA | Zone::EMBED;
        let is_label = page.dom.ancestors(at).take(4).any(|a| page.dom.tag(a) == Tag::Time);
        let is_heading = level(page.dom, segment) < 7;
        let is_menu = segment.counts.link_density() > 0.8 && !is_heading;
        if segment.zone.has(foreign) || is_label || is_menu {
            continue;
        }
        if super::holder_of(page.dom, &holders, at).is_some() {
            set(choices, i, Choice::Keep(Rule::LiveEntry));
        }
    }
}

/// Segments after the last kept one in which the story is still signed.
const SIGN_OFF_REACH: usize = 3;

/// Agencies sign below the story, in a line that reads like no prose: `Reporting by Jane Doe;
/// Editing by John Roe`. It belongs to the story.
fn sign_offs(page: &Page<'_>, choices: &mut [Choice]) {
    let Some(last) = (0..page.scores.len()).rfind(|i| choices[*i].keeps(page.scores[*i])) else {
        return;
    };
    let end = page.scores.len().min(last + SIGN_OFF_REACH + 1);
    for i in last.saturating_sub(SIGN_OFF_REACH)..end {
        let segment = &page.measures.segments[i];
        let foreign = page.foreign().without(Zone::META);
        let is_signed = || sign_off::is_one(&collapse(&segment_text(page.dom, &segment.nodes)));
        if !segment.zone.has(foreign) && is_signed() {
            set(choices, i, Choice::Keep(Rule::SignOff));
        }
    }
}

/// Items of a list from which on a part of them tells what the others are.
const LIST_ITEMS: usize = 3;

/// A list is read whole: where most of its items are kept, short ones are too.
fn lists(page: &Page<'_>, choices: &mut [Choice]) {
    let segments = &page.measures.segments;
    let list = |i: usize| {
        let mut around = page.dom.outwards(segments[i].container).take(1 + LIST_REACH);
        around.find(|id| matches!(page.dom.tag(*id), Tag::Ul | Tag::Ol)).unwrap_or_default()
    };
    // The document, which is no list, stands for none.
    let lists: Vec<NodeId> = (0..segments.len()).map(list).collect();
    let mut from = 0;
    for items in lists.chunk_by(|a, b| a == b) {
        let range = from..from + items.len();
        from = range.end;
        let kept = range.clone().filter(|i| choices[*i].keeps(page.scores[*i])).count();
        if items.first() == Some(&0) || items.len() < LIST_ITEMS || 2 * kept < items.len() {
            continue;
        }
        for i in range {
            let is_menu = segments[i].counts.link_density() > 0.8;
            if !segments[i].zone.has(page.foreign()) && !is_menu {
                set(choices, i, Choice::Keep(Rule::List));
            }
        }
    }
}

/// Elements between a list and the text of an item.
const LIST_REACH: usize = 4;

/// Tables with header cells and preformatted text between the story's first and last paragraph are
/// part of it, whole.
fn set_pieces(page: &Page<'_>, choices: &mut [Choice]) {
    let dom = page.dom;
    let segments = &page.measures.segments;
    let kept = |i: &usize| page.scores[*i] >= THRESHOLD;
    let (Some(first), Some(last)) =
        ((0..segments.len()).find(kept), (0..segments.len()).rfind(kept))
    else {
        return;
    };
    // The holder looked at last, and what it is: a large table has many segments.
    let mut seen = (0, false);
    for (i, segment) in segments.iter().enumerate().take(last + 1).skip(first) {
        let holder = dom
            .outwards(segment.container)
            .take(7)
            .take_while(|id| *id != page.root)
            .find(|id| matches!(dom.tag(*id), Tag::Table | Tag::Pre));
        let Some(holder) = holder.filter(|_| !segment.zone.has(Zone::JUNK)) else { continue };
        if seen.0 != holder {
            seen = (holder, is_set_piece(dom, holder));
        }
        if seen.1 && segment.counts.link_density() < 0.8 {
            set(choices, i, Choice::Keep(Rule::TableOrCode));
        }
    }
}

fn is_set_piece(dom: &Dom, holder: NodeId) -> bool {
    dom.tag(holder) == Tag::Pre
        || dom.first(holder, Tag::Th).is_some() && dom.first(holder, Tag::Table).is_none()
}

/// Letters from which a text that stands twice may be a copy.
const COPY_LETTERS: usize = 40;
/// Letters from which two paragraphs in a row are no refrain.
const PROSE_LETTERS: u32 = 100;

/// Drops the copies of lines that stand twice: one in the story whose other stands outside it (a
/// teaser), one right beside the other (each for another screen size), a deck that the story repeats,
/// the entry of a table of contents that a heading below repeats, and what is set twice with its
/// neighbours (a box, a whole container). A line that its author repeats is read as often as it is
/// written.
fn repeats(page: &Page<'_>, choices: &mut [Choice]) {
    let long = |i: &usize| {
        let segment = &page.measures.segments[*i];
        choices[*i].keeps(page.scores[*i]) && segment.counts.units as usize >= COPY_LETTERS
    };
    let at: Vec<usize> = (0..choices.len()).filter(long).collect();
    let lines = Lines { page, letters: at.iter().map(|_| OnceCell::new()).collect(), at: &at };
    let mut units: Vec<u32> = (0..at.len()).map(|k| lines.units(k)).collect();
    units.sort_unstable();
    let may_recur = |k: &usize| {
        let units = units.get(units.partition_point(|units| *units < lines.units(*k)) + 1..);
        units.and_then(<[u32]>::first) == Some(&lines.units(*k))
    };
    let mut seen: HashMap<&[u8], usize> = HashMap::new();
    for k in (0..at.len()).filter(may_recur) {
        let Some(first) = seen.insert(lines.letters(k), k) else { continue };
        if lines.is_inside(k) && !lines.is_inside(first) || lines.is_entry(first, k) {
            set(choices, at[first], Choice::Drop(Rule::Copy));
        } else if !lines.is_inside(k) || lines.is_copy(first, k) {
            set(choices, at[k], Choice::Drop(Rule::Copy));
            seen.insert(lines.letters(k), first);
        }
    }
}

/// The long lines that are kept: their segments, and their letters, once they are asked for.
struct Lines<'a> {
    page: &'a Page<'a>,
    at: &'a [usize],
    letters: Vec<OnceCell<Vec<u8>>>,
}

impl Lines<'_> {
    fn segment(&self, k: usize) -> &Segment {
        &self.page.measures.segments[self.at[k]]
    }

    /// Letters, which are as many in equal lines.
    fn units(&self, k: usize) -> u32 {
        self.segment(k).counts.units
    }

    fn letters(&self, k: usize) -> &[u8] {
        self.letters[k].get_or_init(|| {
            let mut letters = Vec::new();
            fold_into(texts(self.page.dom, &self.segment(k).nodes), usize::MAX, &mut letters);
            letters
        })
    }

    fn are_equal(&self, a: usize, b: usize) -> bool {
        self.units(a) == self.units(b) && self.letters(a) == self.letters(b)
    }

    fn is_inside(&self, k: usize) -> bool {
        self.page.dom.contains(self.page.root, self.segment(k).nodes.start)
    }

    fn is_heading(&self, k: usize) -> bool {
        level(self.page.dom, self.segment(k)) < 7
    }

    /// Whether the first of two equal lines announces the second, a heading.
    fn is_entry(&self, first: usize, second: usize) -> bool {
        self.is_heading(second) && !self.is_heading(first)
    }

    /// Whether the second of two equal lines of the story is set, not written, again.
    fn is_copy(&self, first: usize, second: usize) -> bool {
        second == first + 1
            || self.segment(first).zone.has(Zone::DECK)
            || self.segment(second).zone.has(Zone::DECK)
            || self.is_set_twice(first, second)
    }

    /// Whether the lines before or after two equal ones are equal too, and all of them either in other
    /// elements or no refrain.
    fn is_set_twice(&self, first: usize, second: usize) -> bool {
        let holder = |k: usize| self.page.dom.parent(self.segment(k).container);
        let is_pair = |a: Option<usize>, b: Option<usize>| {
            let (Some(a), Some(b)) = (a, b) else { return false };
            let equal = b < self.at.len() && self.are_equal(a, b);
            let is_prose = |k: usize| self.units(k) >= PROSE_LETTERS;
            equal && (holder(first) != holder(second) || is_prose(first) && is_prose(a))
        };
        is_pair(first.checked_sub(1), second.checked_sub(1))
            || is_pair(Some(first + 1), Some(second + 1))
    }
}
