//! Which of the stated headlines is the story's, and titles without the name of the site.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::super::claims::{Claim, Slot, Voice};
use super::{Candidate, Context, Row, Votes, field, rank};
use crate::dom::NodeId;
use crate::letters::{fold, same};
use crate::provenance::Field;

/// What stands between a headline and the name of the site.
const SEPARATORS: [&str; 16] = [
    " | ", " - ", " – ", " — ", " :: ", " · ", " » ", " « ", " • ", " / ", " ‹ ", " > ", " ~ ",
    " : ", "|", ": ",
];

/// A claim of a headline, cleaned.
#[derive(Debug, Clone)]
struct Title<'c> {
    claim: &'c Claim<String>,
    text: &'c str,
    folded: String,
    rank: usize,
}

/// The headline, who spoke for it, and the element that shows it.
pub(super) fn resolve(context: &Context) -> (Option<Field<String>>, Option<Votes>, Option<NodeId>) {
    let mut all = candidates(context);
    all.sort_by_key(|c| c.rank);
    // Headings by class that nothing confirms are those of other stories and boxes.
    let is_other = |c: &Title| c.claim.voice == Voice::Classed && c.rank > LAST;
    if all.iter().any(|c| !is_other(c)) {
        all.retain(|c| !is_other(c));
    }
    let node = all.iter().find(|c| is_visible(c.claim)).map(|c| c.claim.node);
    if let Some(first) = all.first().cloned()
        && let Some(at) = all.iter().position(|c| is_without_kicker(c, &first))
        && !(is_title(&first, &all) && begins_midway(&all, at, &first))
    {
        let short = all.remove(at);
        all.insert(0, short);
    }
    let trust =
        all.first().and_then(|c| rank(Row::Text(Slot::Headline), c.claim.voice)).unwrap_or(0);
    let trust = super::CONFIDENCE - super::STEP * trust as f32;
    let ranked: Vec<_> = all.iter().map(Title::candidate).collect();
    let same = |a: &String, b: &String| same(a, b);
    let votes = Votes::of(&ranked, same);
    (field(ranked, trust, same, context), votes, node)
}

impl<'c> Title<'c> {
    fn candidate(&self) -> Candidate<'c, String> {
        let stated = Candidate::of(&self.claim.found, self.claim.voice);
        let is_whole = self.text.len() == stated.value.len();
        let value = if is_whole { stated.value } else { Cow::Owned(self.text.to_owned()) };
        Candidate { value, ..stated }
    }
}

fn is_visible(claim: &Claim<String>) -> bool {
    matches!(claim.voice, Voice::Heading | Voice::Classed)
}

/// All believed claims, cleaned and ranked: a heading that the head of the page confirms goes
/// before its voice, one that resembles nothing stated there goes behind all.
fn candidates<'c>(context: &Context<'c>) -> Vec<Title<'c>> {
    let ranked = context.ranked(Row::Text(Slot::Headline), context.claims.get(Slot::Headline));
    let headings: Vec<String> = ranked
        .iter()
        .filter(|c| is_visible(c))
        .map(|c| fold(&c.found.value))
        .filter(|text| !context.sites.contains(text))
        .collect();
    let clean = |claim: &'c Claim<String>| {
        let whole = claim.found.value.as_str();
        let text =
            if is_visible(claim) { whole } else { strip_site(whole, &context.sites, &headings) };
        let rank = rank(Row::Text(Slot::Headline), claim.voice).unwrap_or(LAST);
        Title { claim, text, folded: fold(text), rank }
    };
    let mut all: Vec<Title> = ranked.into_iter().map(clean).collect();
    let stated = Stated::of(&all);
    let ranks: Vec<usize> = all.iter().map(|title| placed(title, &stated, context)).collect();
    for (title, rank) in all.iter_mut().zip(ranks) {
        title.rank = rank;
    }
    all
}

/// What the head of the page says of the headline.
struct Stated<'t> {
    /// Folded titles, and whether each speaks of the story.
    titles: Vec<(&'t str, bool)>,
    /// The letter pairs of each, once a heading is compared with them.
    pairs: OnceCell<Vec<Vec<u64>>>,
}

impl<'t> Stated<'t> {
    fn of(all: &'t [Title]) -> Self {
        let said = all.iter().filter(|c| !is_visible(c.claim) && !c.folded.is_empty());
        let speaks = |c: &Title| c.claim.voice != Voice::JsonLdPage;
        let titles = said.map(|c| (c.folded.as_str(), speaks(c))).collect();
        Self { titles, pairs: OnceCell::new() }
    }

    /// Whether a heading is about what one of the titles is about.
    fn resembles(&self, heading: &str) -> bool {
        let all = || self.titles.iter().map(|(title, _)| pairs(title)).collect();
        let own = pairs(heading);
        self.pairs.get_or_init(all).iter().any(|stated| overlap(&own, stated) >= ALIKE)
    }
}

/// Place behind all voices.
const LAST: usize = 100;
/// Share of a heading's letter pairs that a stated title has too, when they are about one thing.
const ALIKE: f32 = 0.5;

fn placed(candidate: &Title, stated: &Stated, context: &Context) -> usize {
    if !is_visible(candidate.claim) {
        let is_name = candidate.claim.found.origin.key.rsplit('.').next() == Some("name");
        let news = candidate.claim.voice == Voice::JsonLd
            && candidate.claim.found.origin.key.contains("News");
        let site = context.sites.contains(&candidate.folded);
        return match (news, site || is_name) {
            (_, true) => candidate.rank + LAST,
            (true, false) => 0,
            (false, false) => candidate.rank + 2,
        };
    }
    let confirmed = stated.titles.contains(&(&candidate.folded, true));
    if confirmed && !context.sites.contains(&candidate.folded) {
        return 1;
    }
    if candidate.claim.voice == Voice::Classed {
        return candidate.rank + if stated.titles.is_empty() { 2 } else { LAST };
    }
    let alike = stated.titles.is_empty() || stated.resembles(&candidate.folded);
    candidate.rank + if alike { 2 } else { LAST }
}

/// The pairs of neighbouring letters of a text, sorted, each once.
fn pairs(text: &str) -> Vec<u64> {
    let pair = |(a, b)| u64::from(a) << 32 | u64::from(b);
    let mut pairs: Vec<u64> = text.chars().zip(text.chars().skip(1)).map(pair).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Share of the letter pairs of `a` that `b` has.
fn overlap(a: &[u64], b: &[u64]) -> f32 {
    let shared = a.iter().filter(|pair| b.binary_search(pair).is_ok()).count();
    if a.is_empty() { 0.0 } else { shared as f32 / a.len() as f32 }
}

/// Whether a headline is the title of the page word for word: then the words it begins with are no
/// kicker, if no mark parts them from the rest.
fn is_title(headline: &Title, all: &[Title]) -> bool {
    all.iter().any(|c| c.claim.voice == Voice::Title && c.text == headline.text)
}

fn begins_midway(all: &[Title], at: usize, whole: &Title) -> bool {
    let short = all.get(at).map_or("", |c| c.text);
    let at = whole.text.len().checked_sub(short.len());
    let before = at.and_then(|at| whole.text.get(..at)).map(str::trim_end);
    before.is_some_and(|before| before.ends_with(char::is_alphanumeric))
}

/// Share of the longer title that the shorter must be, to be the same without a kicker.
const MOST: f32 = 0.4;

/// Whether a stated title is `whole` without the kicker before it.
fn is_without_kicker(candidate: &Title, whole: &Title) -> bool {
    let speaks =
        matches!(candidate.claim.voice, Voice::JsonLd | Voice::OpenGraph | Voice::Microdata);
    let (short, long) = (&candidate.folded, &whole.folded);
    speaks
        && candidate.rank < LAST
        && short != long
        && long.ends_with(short.as_str())
        && short.len() as f32 > MOST * long.len() as f32
}

/// Longest title that is taken apart, in bytes.
const TITLE_BYTES: usize = 600;

/// A title without the name of the site: what a heading on the page confirms, else what is left
/// when parts that name the site go.
pub(super) fn strip_site<'t>(title: &'t str, sites: &[String], headings: &[String]) -> &'t str {
    let mut rest = title.trim();
    if rest.len() > TITLE_BYTES {
        return rest;
    }
    while let Some(shorter) = shorten(rest, sites, headings) {
        rest = shorter;
    }
    rest
}

fn shorten<'t>(title: &'t str, sites: &[String], headings: &[String]) -> Option<&'t str> {
    let separators = separators(title);
    if separators == 0 || headings.contains(&fold(title)) {
        return None;
    }
    let present = || (0..).zip(SEPARATORS).filter(|(at, _)| separators & 1 << at != 0);
    let named = present().find_map(|(_, sep)| {
        let last = title.rsplit_once(sep);
        let first = title.split_once(sep).map(|(a, b)| (b, a));
        let cuts = [last, first].into_iter().flatten();
        let mut kept = cuts
            .filter(|(kept, gone)| !fold(kept).is_empty() && names_site(gone, sites, sep == ": "));
        kept.next().map(|(kept, _)| kept)
    });
    let confirmed = || present().find_map(|(_, sep)| confirmed(title, sep, headings));
    named.or_else(confirmed).map(str::trim)
}

/// The separators that stand in a title, as bits: a title mostly has one of them or none.
fn separators(title: &str) -> u16 {
    let bytes = title.as_bytes();
    let begins = |at: usize| match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b' '), Some(mark)) => !mark.is_ascii_alphanumeric(),
        (Some(b':'), Some(space)) => *space == b' ',
        (first, _) => first == Some(&b'|'),
    };
    let here = |at: usize| {
        let rest = bytes.get(at..).unwrap_or_default();
        let fits = |sep: &str| u16::from(rest.starts_with(sep.as_bytes()));
        (0..).zip(SEPARATORS).fold(0, |found, (bit, sep)| found | fits(sep) << bit)
    };
    (0..bytes.len()).filter(|at| begins(*at)).fold(0, |found, at| found | here(at))
}

/// The part of a title before or behind a separator that a heading repeats.
fn confirmed<'t>(title: &'t str, sep: &str, headings: &[String]) -> Option<&'t str> {
    let parts =
        title.match_indices(sep).flat_map(|(at, _)| [title.get(..at), title.get(at + sep.len()..)]);
    parts.flatten().find(|part| headings.contains(&fold(part)))
}

/// Longest name of a site, in letters, that is recognised by a part of it.
const NAME_CHARS: usize = 40;

/// Whether a part of a title is the name of the site. `strictly`: nothing but the name.
fn names_site(part: &str, sites: &[String], strictly: bool) -> bool {
    let part = fold(part);
    let chars = part.chars().count();
    let close = |site: &String| {
        let within =
            site.contains(&part) || part.contains(site.as_str()) && part.len() < site.len() * 3;
        (3..NAME_CHARS).contains(&chars) && site.chars().count() > 2 && within
    };
    !part.is_empty() && sites.iter().any(|site| part == *site || !strictly && close(site))
}
