//! Which of the stated headlines is the story's, and titles without the name of the site.

use std::collections::HashSet;

use super::super::claims::{Claim, Slot, Voice};
use super::{Context, Row, Votes, field, rank};
use crate::dom::NodeId;
use crate::letters::fold;
use crate::provenance::{Field, Found};

/// What stands between a headline and the name of the site.
const SEPARATORS: [&str; 16] = [
    " | ", " - ", " – ", " — ", " :: ", " · ", " » ", " « ", " • ", " / ", " ‹ ", " > ", " ~ ",
    " : ", "|", ": ",
];

/// A claim of a headline, cleaned.
#[derive(Debug, Clone)]
struct Candidate<'c> {
    claim: &'c Claim<String>,
    text: String,
    folded: String,
    rank: usize,
}

/// The headline, who spoke for it, and the element that shows it.
pub(super) fn resolve(context: &Context) -> (Option<Field<String>>, Option<Votes>, Option<NodeId>) {
    let mut all = candidates(context);
    all.sort_by_key(|c| c.rank);
    // Headings by class that nothing confirms are those of other stories and boxes.
    let is_other = |c: &Candidate| c.claim.voice == Voice::Classed && c.rank > LAST;
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
    let found: Vec<(Found<String>, Voice)> = all
        .into_iter()
        .map(|c| (Found { value: c.text, ..c.claim.found.clone() }, c.claim.voice))
        .collect();
    let same = |a: &String, b: &String| fold(a) == fold(b);
    let votes = Votes::of(&found, same);
    (field(found, trust, same, context), votes, node)
}

fn is_visible(claim: &Claim<String>) -> bool {
    matches!(claim.voice, Voice::Heading | Voice::Classed)
}

/// All believed claims, cleaned and ranked: a heading that the head of the page confirms goes
/// before its voice, one that resembles nothing stated there goes behind all.
fn candidates<'c>(context: &Context<'c>) -> Vec<Candidate<'c>> {
    let ranked = context.ranked(Row::Text(Slot::Headline), context.claims.get(Slot::Headline));
    let headings: Vec<String> = ranked
        .iter()
        .filter(|c| is_visible(c))
        .map(|c| fold(&c.found.value))
        .filter(|text| !context.sites.contains(text))
        .collect();
    let clean = |claim: &'c Claim<String>| {
        let text = if is_visible(claim) {
            claim.found.value.clone()
        } else {
            strip_site(&claim.found.value, &context.sites, &headings)
        };
        let folded = fold(&text);
        Candidate {
            claim,
            text,
            folded,
            rank: rank(Row::Text(Slot::Headline), claim.voice).unwrap_or(LAST),
        }
    };
    let mut all: Vec<Candidate> = ranked.into_iter().map(clean).collect();
    let stated: Vec<(String, bool)> = all
        .iter()
        .filter(|c| !is_visible(c.claim) && !c.folded.is_empty())
        .map(|c| (c.folded.clone(), c.claim.voice != Voice::JsonLdPage))
        .collect();
    for candidate in &mut all {
        candidate.rank = placed(candidate, &stated, context);
    }
    all
}

/// Place behind all voices.
const LAST: usize = 100;
/// Share of a heading's letter pairs that a stated title has too, when they are about one thing.
const ALIKE: f32 = 0.5;

fn placed(candidate: &Candidate, stated: &[(String, bool)], context: &Context) -> usize {
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
    let confirmed = stated.iter().any(|(s, counts)| *counts && *s == candidate.folded);
    if confirmed && !context.sites.contains(&candidate.folded) {
        return 1;
    }
    if candidate.claim.voice == Voice::Classed {
        return candidate.rank + if stated.is_empty() { 2 } else { LAST };
    }
    let alike =
        stated.is_empty() || stated.iter().any(|(s, _)| overlap(&candidate.folded, s) >= ALIKE);
    candidate.rank + if alike { 2 } else { LAST }
}

/// Share of the letter pairs of `a` that `b` has.
fn overlap(a: &str, b: &str) -> f32 {
    let pairs =
        |text: &str| -> HashSet<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (a, b) = (pairs(a), pairs(b));
    if a.is_empty() { 0.0 } else { a.intersection(&b).count() as f32 / a.len() as f32 }
}

/// Whether a headline is the title of the page word for word: then the words it begins with are no
/// kicker, if no mark parts them from the rest.
fn is_title(headline: &Candidate, all: &[Candidate]) -> bool {
    all.iter().any(|c| c.claim.voice == Voice::Title && c.text == headline.text)
}

fn begins_midway(all: &[Candidate], at: usize, whole: &Candidate) -> bool {
    let short = all.get(at).map_or("", |c| c.text.as_str());
    let at = whole.text.len().checked_sub(short.len());
    let before = at.and_then(|at| whole.text.get(..at)).map(str::trim_end);
    before.is_some_and(|before| before.ends_with(char::is_alphanumeric))
}

/// Share of the longer title that the shorter must be, to be the same without a kicker.
const MOST: f32 = 0.4;

/// Whether a stated title is `whole` without the kicker before it.
fn is_without_kicker(candidate: &Candidate, whole: &Candidate) -> bool {
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
pub(super) fn strip_site(title: &str, sites: &[String], headings: &[String]) -> String {
    let mut rest = title.trim();
    if rest.len() > TITLE_BYTES {
        return rest.to_owned();
    }
    while let Some(shorter) = shorten(rest, sites, headings) {
        rest = shorter;
    }
    rest.to_owned()
}

fn shorten<'t>(title: &'t str, sites: &[String], headings: &[String]) -> Option<&'t str> {
    let whole = fold(title);
    if headings.contains(&whole) {
        return None;
    }
    let named = SEPARATORS.iter().find_map(|sep| {
        let last = title.rsplit_once(sep);
        let first = title.split_once(sep).map(|(a, b)| (b, a));
        let cuts = [last, first].into_iter().flatten();
        let mut kept = cuts
            .filter(|(kept, gone)| !fold(kept).is_empty() && names_site(gone, sites, *sep == ": "));
        kept.next().map(|(kept, _)| kept)
    });
    named.or_else(|| confirmed(title, headings)).map(str::trim)
}

/// The part of a title before or behind a separator that a heading repeats.
fn confirmed<'t>(title: &'t str, headings: &[String]) -> Option<&'t str> {
    SEPARATORS.iter().find_map(|sep| {
        let parts = title
            .match_indices(sep)
            .flat_map(|(at, _)| [title.get(..at), title.get(at + sep.len()..)]);
        parts.flatten().find(|part| headings.contains(&fold(part)))
    })
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
