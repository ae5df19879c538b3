//! Which text of the page is the story.
//!
//! One pass measures the page ([`measure`]); the element that holds most prose and least else is the
//! story's root; each segment in and around it is kept or removed by the block model, whose features
//! are those measures ([`features`]), after the rules that state a convention.

use std::sync::LazyLock;

pub(crate) mod cue;
pub(crate) mod data;
pub(crate) mod features;
mod line;
mod measure;
mod root;
pub(crate) mod rules;
mod stated;
pub(crate) mod zone;

use crate::Models;
use crate::dom::{Dom, NodeId, Tag};
use crate::metadata::{Claims, LiveUpdate};
use crate::provenance::{Decision, Fate, Trace};
use crate::trees::{Model, packed};
use crate::{letters, lexicon};

pub(crate) use measure::{Measures, Segment, letters_units, measure, prose_units};
pub(crate) use root::{element_of, lines};
pub(crate) use zone::Zone;

/// The block model that ships, trained by `tools/models/train.py`.
pub(crate) static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::unpack(packed!("blocks"), features::COUNT));

/// The model of pages without a story that ships, trained by `tools/models/train.py`.
pub(crate) static PAGES_MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::unpack(packed!("pages"), features::COUNT));

/// Score at which a segment of a page without a story is kept. Lower than in stories: such content is
/// scattered, and a table of products loses more by a gap than by a label too many.
const ANY_THRESHOLD: f32 = 0.4;

/// Score at which a segment is kept.
const THRESHOLD: f32 = 0.5;

/// What the page states that helps to find its story.
#[derive(Debug, Default, Clone)]
pub(crate) struct Hints<'a> {
    /// Headlines as metadata state them, the document's title among them.
    pub(crate) headlines: Vec<&'a str>,
    /// Description as metadata state it.
    pub(crate) description: Option<&'a str>,
    /// `articleBody` as metadata state it.
    pub(crate) body: Option<&'a str>,
    /// Whether the page says that it is a live blog.
    pub(crate) is_live: bool,
    /// Entries of a live blog that the page states beside its story.
    pub(crate) live_beside: &'a [LiveUpdate],
}

impl<'a> Hints<'a> {
    /// The hints that the page's claims give.
    pub(crate) fn of(claims: &'a Claims) -> Self {
        let is_live = claims.types.contains("LiveBlogPosting");
        Self {
            headlines: claims.headlines(),
            description: claims.description(),
            body: claims.article_body.as_ref().map(|b| b.value.as_str()),
            is_live,
            live_beside: if is_live { &[] } else { &claims.live_updates },
        }
    }
}

/// The story's segments.
#[derive(Debug, Default)]
pub(crate) struct Story {
    /// The element that holds it.
    pub(crate) root: NodeId,
    /// The segment that is the headline.
    pub(crate) headline: Option<usize>,
    /// Indices of the segments kept, in page order.
    pub(crate) kept: Vec<usize>,
    /// Elements of other stories on the page, which were left out.
    pub(crate) others: Vec<NodeId>,
    /// How sure the choice was.
    pub(crate) certainty: Certainty,
}

/// How sure the choice of segments was, in letters.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Certainty {
    /// Letters kept.
    pub(crate) kept: f32,
    /// The same, each segment weighted by its score.
    pub(crate) kept_weighted: f32,
    /// Letters of all segments, weighted by their scores: what the story has by the model.
    pub(crate) all_weighted: f32,
    /// Letters of segments whose score is close to the threshold.
    pub(crate) close: f32,
    /// Letters kept by a rule.
    pub(crate) by_rule: f32,
}

/// Distance from the threshold within which a score is close to it.
const CLOSE: f32 = 0.3;

fn certainty(measures: &Measures, choice: &[rules::Choice], scores: &[f32]) -> Certainty {
    let mut sure = Certainty::default();
    for ((segment, choice), score) in measures.segments.iter().zip(choice).zip(scores) {
        let units = segment.counts.units as f32;
        let by_rule = choice.rule().is_some();
        let keeps = choice.keeps(*score);
        let weight = match (by_rule, keeps) {
            (false, _) => *score,
            (true, true) => 1.0,
            (true, false) => 0.0,
        };
        sure.all_weighted += weight * units;
        if keeps {
            sure.kept += units;
            sure.kept_weighted += weight * units;
            sure.by_rule += if by_rule { units } else { 0.0 };
        }
        if !by_rule && (score - THRESHOLD).abs() < CLOSE {
            sure.close += units;
        }
    }
    sure
}

impl Story {
    /// Letters in the segments kept.
    pub(crate) fn units(&self, measures: &Measures) -> u32 {
        self.kept.iter().map(|i| measures.segments[*i].counts.units).sum()
    }

    /// A story of all segments that stand in no part foreign to stories. Captions come with their
    /// pictures.
    pub(crate) fn whole(measures: &Measures) -> Self {
        let foreign = Zone::JUNK | Zone::CAPTION;
        let is_story = |i: &usize| !measures.segments[*i].zone.has(foreign);
        let kept = (0..measures.segments.len()).filter(is_story).collect();
        Self { kept, ..Self::default() }
    }
}

/// Finds the story of the page.
pub(crate) fn find(
    dom: &Dom,
    measures: &Measures,
    hints: &Hints,
    models: &Models<'_>,
    trace: &mut Trace,
) -> Story {
    let root = root::find(dom, measures);
    let headline = root::headline(dom, measures, root, hints);
    let features = features::Page::new(dom, measures, root, headline, hints);
    // What is hidden needs no model: the first rule drops it.
    let scores = features.scores(models.blocks, |segment| !segment.zone.has(Zone::HIDDEN));
    drop(features);
    let mut page = rules::Page {
        dom,
        measures,
        root,
        headline,
        hints,
        scores: &scores,
        others: Vec::new(),
        feed: None,
        without: models.without,
    };
    page.others = rules::other_stories(&page);
    page.feed = rules::live_feed(&page);
    let choice = rules::apply(&page);
    for (i, segment) in measures.segments.iter().enumerate() {
        trace.record(|| decision(dom, segment, choice[i], scores[i]));
    }
    let kept = (0..scores.len()).filter(|i| choice[*i].keeps(scores[*i])).collect();
    let certainty = certainty(measures, &choice, &scores);
    let others = page.others.into_iter().chain(page.feed).collect();
    Story { root, headline, kept, others, certainty }
}

/// The main content of a page that holds no story.
#[derive(Debug)]
pub(crate) struct AnyPage {
    /// Its segments, as those of a story.
    pub(crate) story: Story,
    scores: Vec<f32>,
}

impl AnyPage {
    /// Puts its decisions into the trace, in place of those on the story that is none.
    pub(crate) fn record(&self, dom: &Dom, measures: &Measures, trace: &mut Trace) {
        trace.decisions.clear();
        for (segment, score) in measures.segments.iter().zip(&self.scores) {
            trace.record(|| Decision {
                fate: if *score >= ANY_THRESHOLD { Fate::Kept } else { Fate::Removed },
                rule: format!("model of other pages, {}", segment.zone.name()),
                measured: Some(*score),
                limit: Some(ANY_THRESHOLD),
                path: dom.path(segment.container),
                text: excerpt(dom, segment),
                range: dom.span(&segment.nodes),
            });
        }
    }
}

/// Finds the main content of a page that holds no story: by the model alone, since the conventions of
/// stories (no comments, no lists of links) do not hold there.
pub(crate) fn find_any(dom: &Dom, measures: &Measures, hints: &Hints, model: &Model) -> AnyPage {
    let root = root::find(dom, measures);
    let headline = root::headline(dom, measures, root, hints);
    let features = features::Page::new(dom, measures, root, headline, hints);
    let scores = features.scores(model, |_| true);
    let kept = (0..scores.len()).filter(|i| scores[*i] >= ANY_THRESHOLD).collect();
    AnyPage { story: Story { root, headline, kept, ..Story::default() }, scores }
}

/// Features of every segment of the page.
#[cfg(feature = "training")]
pub(crate) fn features_of(
    dom: &Dom,
    measures: &Measures,
    hints: &Hints,
) -> Vec<features::Features> {
    let root = root::find(dom, measures);
    let headline = root::headline(dom, measures, root, hints);
    features::Page::new(dom, measures, root, headline, hints).rows()
}

/// Text of a segment as it stands.
pub(crate) fn text_of(dom: &Dom, segment: &Segment) -> String {
    root::segment_text(dom, &segment.nodes)
}

fn decision(dom: &Dom, segment: &Segment, choice: rules::Choice, score: f32) -> Decision {
    let by_model = choice.rule().is_none();
    let rule = choice
        .rule()
        .map_or_else(|| format!("block model, {}", segment.zone.name()), str::to_owned);
    Decision {
        fate: if choice.keeps(score) { Fate::Kept } else { Fate::Removed },
        rule,
        measured: by_model.then_some(score),
        limit: by_model.then_some(THRESHOLD),
        path: dom.path(segment.container),
        text: excerpt(dom, segment),
        range: dom.span(&segment.nodes),
    }
}

/// Characters of a segment shown in a trace.
const EXCERPT_CHARS: usize = 120;

fn excerpt(dom: &Dom, segment: &Segment) -> String {
    let mut text = String::new();
    for id in segment.nodes.clone() {
        crate::dom::push_collapsed(&mut text, dom.text(id));
        if text.len() > 4 * EXCERPT_CHARS {
            break;
        }
    }
    text.chars().take(EXCERPT_CHARS).collect()
}

/// Entries from which a page that says it has a live blog is read as one.
pub(crate) const MIN_ENTRIES: usize = 2;

/// Elements between an entry of a live blog and its time.
const ENTRY_REACH: usize = 12;

/// The one of `holders` (siblings, in page order) that holds `node`.
pub(crate) fn holder_of(dom: &Dom, holders: &[NodeId], node: NodeId) -> Option<NodeId> {
    let before = holders.partition_point(|h| *h <= node);
    let last = holders.get(before.checked_sub(1)?)?;
    dom.contains(*last, node).then_some(*last)
}

/// The elements of the entries: siblings of one tag that each hold a time, most of them siblings.
pub(crate) fn live_holders(dom: &Dom, root: NodeId) -> Vec<NodeId> {
    let times = dom.below(root).filter(|id| dom.tag(*id) == Tag::Time);
    let mut best: Vec<NodeId> = Vec::new();
    for time in times.take(3) {
        for holder in dom.ancestors(time).take(ENTRY_REACH).take_while(|a| *a != root) {
            let siblings: Vec<NodeId> = dom
                .children(dom.parent(holder))
                .filter(|s| dom.tag(*s) == dom.tag(holder) && dom.first(*s, Tag::Time).is_some())
                .collect();
            if siblings.len() > best.len() {
                best = siblings;
            }
        }
    }
    best
}

static NOTE_CUES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lexicon::lines(include_str!("../../lexicon/note_cues.txt")).collect());

/// What these begin with, each once.
static NOTE_INITIALS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut initials: Vec<char> = NOTE_CUES.iter().filter_map(|cue| cue.chars().next()).collect();
    initials.dedup();
    initials
});

/// Whether a paragraph opens as corrections and editor's notes do: with a cue and a colon or full
/// stop, between which a date may stand.
pub(crate) fn is_note(text: &str) -> bool {
    let marks = [':', '.', '：', '—', '–'];
    let start = text.trim_start_matches(['*', '(', '[', '—', '-', ' ']);
    let first = start.chars().next().and_then(|first| first.to_lowercase().next());
    let may_begin = first.is_some_and(|first| NOTE_INITIALS.contains(&first));
    if !may_begin || !text.chars().take(60).any(|c| marks.contains(&c)) {
        return false;
    }
    let start = letters::head(start, 48).to_lowercase().replace('’', "'");
    let is_dated = |rest: &str| {
        let date = rest.strip_prefix([',', '(']).and_then(|rest| rest.split_once(": "));
        date.is_some_and(|(date, _)| {
            date.len() <= DATE_BYTES && date.bytes().any(|b| b.is_ascii_digit())
        })
    };
    let ends = |rest: &str| {
        let rest = rest.trim_start();
        rest.starts_with(marks) || is_dated(rest)
    };
    NOTE_CUES.iter().any(|cue| start.strip_prefix(cue).is_some_and(ends))
}

/// Longest date between the cue of a note and its colon, in bytes.
const DATE_BYTES: usize = 24;
