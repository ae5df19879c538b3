//! When it was published and changed: stated times, visible dates near the headline, the address.

mod script;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::claims::{Claim, Slot, Voice, claim};
use super::super::date::{self, DateHint, Moment, Precision};
use super::super::words;
use super::{Candidate, Context, Row, Voted, Votes, field, markup, rank};
use crate::dom::{NodeId, collapse};
use crate::provenance::{Field, Found, Place};
use crate::{letters, lexicon};

/// Text nodes looked at before and after the headline for a visible date.
const NODES_BEFORE: usize = 15;
const NODES_AFTER: usize = 80;
/// Longest text, in characters, that is a date line and no paragraph.
const LINE_CHARS: usize = 160;
/// Letters, those of the date included, above which a line is a sentence.
const LINE_LETTERS: usize = 60;
/// How far from the beginning of a paragraph a date may stand that is its dateline, in bytes.
const OPENING_BYTES: usize = 40;
/// Weight of a place in what is not the story, in nodes.
const ASIDE: u32 = 10_000;

/// Words that say which date it is.
static CUES: LazyLock<HashMap<&'static str, Slot>> = LazyLock::new(|| {
    lexicon::lines(include_str!("../../../lexicon/date_cues.tsv"))
        .filter_map(|line| line.split_once('\t'))
        .map(|(word, kind)| {
            (word, if kind == "modified" { Slot::Modified } else { Slot::Published })
        })
        .collect()
});

/// Publication with who spoke for it, and the last change.
pub(super) fn resolve(context: &Context) -> (Option<Voted<Moment>>, Option<Field<Moment>>) {
    let source = context.page.source;
    let moment = |stated: Option<&str>| date::read(stated?, &DateHint::default());
    let (latest, today) = (moment(source.fetched_at), moment(source.today));
    let hint = DateHint { language: context.language.as_deref(), day_first: None, latest, today };
    let mut all = read(context, Slot::Published, &hint);
    all.extend(read(context, Slot::Modified, &hint));
    let is_stated = |c: &Dated| c.slot == Slot::Published && is_machine_readable(c.voice);
    let everywhere = !all.iter().any(is_stated);
    all.extend(visible(context, &hint, everywhere));
    let (mut published, mut modified): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|dated| dated.slot == Slot::Published);
    published.extend(from_url(context));
    prefer_month_of_url(&mut published);
    if published.is_empty() {
        published.extend(script::published(context, &hint));
    }
    if published.is_empty() {
        published.extend(modified.iter().filter(|c| is_shown(c.voice)).cloned().map(as_far));
    }
    let shown = published
        .iter()
        .filter(|c| is_shown(c.voice) && c.cost < NEAR * 3)
        .min_by_key(|c| c.cost)
        .map(|c| c.found.value);
    demote_later(&mut published);
    let mut published = choose(context, Slot::Published, published);
    if let (Some((field, _)), Some(shown)) = (&mut published, shown) {
        field.value = in_local_time(field.value, shown).unwrap_or(field.value);
    }
    let first = published.as_ref().map(|(field, _)| field.value);
    modified.retain(|c| first.is_none_or(|first| c.found.value.date() >= first.date()));
    let modified = choose(context, Slot::Modified, modified);
    (published, modified.map(|(field, _)| field))
}

fn is_shown(voice: Voice) -> bool {
    matches!(voice, Voice::Visible | Voice::Far)
}

/// The only date shown, though it says "updated", is the best guess at publication: least trusted.
fn as_far(dated: Dated) -> Dated {
    Dated { voice: Voice::Far, slot: Slot::Published, ..dated }
}

/// Longest text, in bytes, that is a date and little else.
const DATE_BYTES: usize = 30;

/// A story that shows a day at its headline was there on that day: a later one that is stated is that of the
/// move to another system, or of a change, and less trusted.
fn demote_later(claims: &mut [Dated]) {
    let is_date = |c: &&Dated| {
        c.cost < NEAR
            && c.found.raw.len() <= DATE_BYTES
            && c.found.value.precision() >= Precision::Day
    };
    let shown = claims.iter().filter(|c| c.voice == Voice::Visible).min_by_key(|c| c.cost);
    let Some(shown) = shown.filter(is_date) else { return };
    let shown = shown.found.value.date();
    let is_later = |c: &Dated| {
        let stated = c.found.value.date();
        let is_swapped = (stated.month(), stated.day()) == (shown.day(), shown.month());
        stated > shown && (stated - shown).get_days() > 1 && !is_swapped
    };
    let is_stated = |c: &Dated| is_machine_readable(c.voice) && c.voice != Voice::Far;
    if claims.iter().filter(|c| is_stated(c)).all(is_later) {
        claims.iter_mut().filter(|c| is_stated(c)).for_each(|c| c.voice = Voice::Loose);
    }
}

/// An address that states a month vouches for visible dates of that month.
fn prefer_month_of_url(claims: &mut [Dated]) {
    let Some(month) =
        claims.iter().find(|c| c.voice == Voice::UrlMonth).map(|c| c.found.value.date())
    else {
        return;
    };
    for claim in claims.iter_mut().filter(|c| is_shown(c.voice)) {
        let date = claim.found.value.date();
        if (date.year(), date.month()) == (month.year(), month.month()) {
            (claim.voice, claim.cost) = (Voice::Url, claim.cost + 1);
        }
    }
}

/// A dated claim.
#[derive(Debug, Clone)]
struct Dated {
    found: Found<Moment>,
    voice: Voice,
    slot: Slot,
    /// How far from the headline it stands, in nodes, weighted; less is better.
    cost: u32,
}

fn is_machine_readable(voice: Voice) -> bool {
    !matches!(voice, Voice::Time | Voice::Classed | Voice::Visible | Voice::Url)
}

/// The same instant in the zone of the readers, where a date beside the headline shows the day
/// before or after: `2021-11-04T23:00Z` is `2021-11-05T00:00+01:00` on a page that says 5 November.
fn in_local_time(stated: Moment, shown: Moment) -> Option<Moment> {
    let utc = stated
        .offset()
        .filter(|o| o.is_zero())
        .and(stated.time())
        .map(|t| stated.date().to_datetime(t))?;
    if shown.offset().is_some() || utc.date() == shown.date() {
        return None;
    }
    let hours = (1..=MAX_HOURS).flat_map(|h| [h, -h]).find(|h| shows(utc, *h, shown))?;
    let local = utc.checked_add(jiff::Span::new().hours(hours)).ok()?;
    format!(
        "{}{}{:02}:00",
        local.strftime("%Y-%m-%dT%H:%M:%S"),
        if hours < 0 { '-' } else { '+' },
        hours.abs()
    )
    .parse()
    .ok()
}

/// Zones farther from UTC than this have few readers.
const MAX_HOURS: i64 = 10;

/// Whether a clock `hours` from UTC shows what the page shows, as far as that is stated.
fn shows(utc: jiff::civil::DateTime, hours: i64, shown: Moment) -> bool {
    let Ok(local) = utc.checked_add(jiff::Span::new().hours(hours)) else {
        return false;
    };
    let same_time =
        shown.time().is_none_or(|t| (t.hour(), t.minute()) == (local.hour(), local.minute()));
    local.date() == shown.date() && same_time
}

fn choose(context: &Context, slot: Slot, mut claims: Vec<Dated>) -> Option<Voted<Moment>> {
    let row = Row::Text(slot);
    claims.retain(|c| rank(row, c.voice).is_some());
    claims.sort_by_key(|c| (rank(row, c.voice), c.cost));
    let trust = super::CONFIDENCE - super::STEP * rank(row, claims.first()?.voice)? as f32;
    let ranked: Vec<_> = claims.iter().map(|c| Candidate::of(&c.found, c.voice)).collect();
    let same = |a: &Moment, b: &Moment| a.date() == b.date();
    let votes = Votes::of(&ranked, same)?;
    Some((field(ranked, trust, same, context)?, votes))
}

/// Claims of a slot that are dates.
fn read(context: &Context, slot: Slot, hint: &DateHint) -> Vec<Dated> {
    context.claims.get(slot).iter().filter_map(|c| dated(context, slot, c, hint)).collect()
}

fn dated(context: &Context, slot: Slot, claim: &Claim<String>, hint: &DateHint) -> Option<Dated> {
    let visible = matches!(claim.voice, Voice::Classed | Voice::Time);
    let text = &claim.found.value;
    let plain = date::read_plain(text, hint);
    let found = if visible && plain.is_none() { date::find(text, hint) } else { None };
    let slot = found.as_ref().and_then(|(range, _)| cue(text.get(..range.start)?)).unwrap_or(slot);
    let read = || found.as_ref().map(|(_, moment)| *moment);
    let stated = plain.or_else(|| date::read(text, hint));
    let moment = stated.or_else(read).filter(is_believable)?;
    let cost = cost(context, claim.node);
    let Found { raw, origin, .. } = &claim.found;
    let found = Found { value: moment, raw: raw.clone(), origin: origin.clone() };
    let placed = visible || matches!(claim.voice, Voice::Microdata | Voice::Rdfa);
    let voice = match claim.voice {
        _ if placed && context.is_aside(claim.node) => Voice::Far,
        _ if visible => seen_at(cost),
        voice => voice,
    };
    Some(Dated { found, voice, slot, cost })
}

/// The web is not older than this.
const FIRST_YEAR: i16 = 1990;

fn is_believable(moment: &Moment) -> bool {
    moment.date().year() >= FIRST_YEAR
}

/// Weight of a node before the headline against one behind it.
const BEFORE: u32 = 4;

pub(super) fn cost(context: &Context, node: NodeId) -> u32 {
    match context.headline {
        Some(headline) if node < headline => (headline - node) * BEFORE,
        Some(headline) => node - headline,
        None => node,
    }
}

/// Cost up to which a visible date is the story's. Measured on trafilatura-eval, WCXB and htmldate:
/// right in 94 % of pages below 20, 87 % below 60, 64 % below 150, 40 % beyond.
const NEAR: u32 = 60;

fn seen_at(cost: u32) -> Voice {
    if cost < NEAR { Voice::Visible } else { Voice::Far }
}

/// Weight of plain text against an element that says that it is a date, in nodes.
const PLAIN: u32 = 10;

/// Dates in short lines, around the headline or on the whole page.
fn visible(context: &Context, hint: &DateHint, everywhere: bool) -> Vec<Dated> {
    let dom = context.page.dom;
    let headline = context.headline.unwrap_or(0);
    let nodes = if everywhere {
        dom.all().collect()
    } else {
        markup::near(dom, headline, NODES_BEFORE, NODES_AFTER)
    };
    nodes.into_iter().filter_map(|node| line(context, hint, node)).collect()
}

fn line(context: &Context, hint: &DateHint, node: NodeId) -> Option<Dated> {
    let dom = context.page.dom;
    let all = dom.text(node);
    if all.is_empty() || dom.tag(dom.parent(node)).is_invisible() {
        return None;
    }
    let head = letters::head(all, LINE_CHARS);
    let is_whole = head.len() == all.len();
    if !head.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let text = collapse(head);
    let (range, moment) = date::find(&text, hint).filter(|(_, m)| is_believable(m))?;
    if !is_whole && range.start > OPENING_BYTES {
        return None;
    }
    let cue = text.get(..range.start).and_then(cue);
    let at = (node, Some(dom.source(node)));
    let aside = context.is_aside(node);
    let count = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_line = is_whole && count <= LINE_LETTERS;
    let cost = cost(context, node) + PLAIN + if is_line { 0 } else { NEAR };
    let voice = if aside { Voice::Far } else { seen_at(cost) };
    let found = claim(moment, text, (Place::Markup, voice), "visible date", at).found;
    Some(Dated {
        found,
        voice,
        slot: cue.unwrap_or_else(|| markup::slot_of_class(dom, dom.parent(node))),
        cost: cost + u32::from(aside) * ASIDE,
    })
}

/// What the last cue in a text says.
fn cue(text: &str) -> Option<Slot> {
    words::split(text).filter_map(|word| CUES.get(&*word)).last().copied()
}

/// The address of the page itself inside that of an archive, which holds the day of the copy.
fn archived(url: &str) -> &str {
    let inner = url.rfind("/http").and_then(|at| url.get(at + 1..));
    inner.filter(|inner| inner.contains("://")).unwrap_or(url)
}

fn from_url(context: &Context) -> Option<Dated> {
    let own = context.page.source.url.map(str::to_owned);
    let stated = context.claims.first(Slot::Url).map(str::to_owned);
    let (url, moment) = own
        .into_iter()
        .chain(stated)
        .find_map(|url| Some((url.clone(), date::from_url(archived(&url))?)))?;
    let found = claim(moment, url, (Place::Url, Voice::Url), "url", (0, None)).found;
    let voice = if moment.precision() == Precision::Month { Voice::UrlMonth } else { Voice::Url };
    Some(Dated { found, voice, slot: Slot::Published, cost: 0 })
}
