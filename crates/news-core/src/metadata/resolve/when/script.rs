//! The day of publication in scripts whose structure nobody knows, for pages that state it nowhere else.

use memchr::memmem;

use super::super::super::claims::{Slot, Voice, claim};
use super::super::super::date::{self, DateHint, Moment};
use super::super::super::{is_jsonld, state};
use super::{Context, Dated, is_believable};
use crate::dom::{NodeId, Tag};
use crate::letters::head;
use crate::provenance::Place;

/// What the keys of a day of publication that are looked for have in common; the others (`pubDate`, `displayDate`) stand in
/// configurations, too.
const STEM: &[u8] = b"ublish";
/// Longest key and longest value, in bytes.
const KEY_BYTES: usize = 24;
const VALUE_BYTES: usize = 40;

/// The value under the keys that frameworks give a day of publication (`"publishedAt": "2024-05-01T10:00Z"`), where
/// all of the page are of one day: lists of stories have several. What JSON-LD states was heard already.
pub(super) fn published(context: &Context, hint: &DateHint) -> Option<Dated> {
    let dom = context.page.dom;
    let is_unknown = |node: NodeId| dom.tag(node) == Tag::Script && !is_jsonld(dom, node);
    let texts = dom.all().filter(|node| is_unknown(dom.parent(*node)));
    let pairs = |node| pairs(dom.text(node), hint).map(move |pair| (node, pair));
    let mut stated = texts.flat_map(pairs);
    let (node, first) = stated.next()?;
    let is_one_day = stated.all(|(_, other)| other.moment.date() == first.moment.date());
    is_one_day.then(|| first.dated(context, node))
}

/// A key of a script with its value.
struct Pair<'s> {
    key: &'s str,
    value: &'s str,
    moment: Moment,
}

impl Pair<'_> {
    fn dated(self, context: &Context, node: NodeId) -> Dated {
        let at = (node, Some(context.page.dom.source(node)));
        let found =
            claim(self.moment, self.value, (Place::State, Voice::Loose), self.key, at).found;
        let cost = super::cost(context, node);
        Dated { found, voice: Voice::Loose, slot: Slot::Published, cost }
    }
}

/// The days of publication in a script.
fn pairs<'s>(script: &'s str, hint: &DateHint) -> impl Iterator<Item = Pair<'s>> {
    memmem::find_iter(script.as_bytes(), STEM).filter_map(|at| pair(script, at, hint))
}

/// The key around a place and what stands behind it in quotes, which may be escaped.
fn pair<'s>(script: &'s str, at: usize, hint: &DateHint) -> Option<Pair<'s>> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let bytes = script.as_bytes();
    let before = bytes.get(..at)?.iter().rev().take(KEY_BYTES).take_while(|b| is_word(b)).count();
    let behind = bytes.get(at..)?.iter().take(KEY_BYTES).take_while(|b| is_word(b)).count();
    let key = script.get(at - before..at + behind).filter(|key| state::is_published_key(key))?;
    let rest = head(script.get(at + behind..)?, 2 * VALUE_BYTES);
    let rest = rest.trim_start_matches('\\').strip_prefix('"')?.trim_start().strip_prefix(':')?;
    let rest = rest.trim_start().trim_start_matches('\\').strip_prefix('"')?;
    let value = rest.split(['"', '\\']).next().filter(|value| value.len() <= VALUE_BYTES)?;
    let moment = date::read_plain(value, hint).filter(is_believable)?;
    Some(Pair { key, value, moment })
}
