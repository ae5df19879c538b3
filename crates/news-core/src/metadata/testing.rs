//! Short views of claims and metadata, for the tests of this module's parts.

use super::claims::{Claim, Claims, Slot, Voice};
use super::{Metadata, Page, resolve};
use crate::dom;
use crate::error::WarningCode;
use crate::options::{Limits, Source};
use crate::survey::Survey;
use crate::work::Work;

/// What a page states.
pub(super) fn claims(html: &str) -> Claims {
    read(html, None, collect)
}

pub(super) fn collect(page: &Page) -> Claims {
    super::collect(page, &Survey::of(page.dom))
}

/// What is believed of a page.
pub(super) fn metadata(html: &str) -> Metadata {
    metadata_at(None, html)
}

pub(super) fn metadata_at(url: Option<&str>, html: &str) -> Metadata {
    read(html, url, |page| resolve(collect(page), page, None, "", &mut Vec::new()).0)
}

pub(super) fn read<T>(html: &str, url: Option<&str>, run: impl FnOnce(&Page) -> T) -> T {
    let limits = Limits { json_bytes: 4000, ..Limits::default() };
    let source = Source { url, ..Source::text(html) };
    let parsed = dom::parse(html, &limits);
    let work = Work::new(&limits);
    run(&Page { dom: &parsed.dom, source: &source, limits: &limits, work: &work })
}

/// Voice, key and value of the claims of a slot.
pub(super) fn strings(claims: &Claims, slot: Slot) -> Vec<(Voice, String, String)> {
    claims.get(slot).iter().map(view).collect()
}

fn view(claim: &Claim<String>) -> (Voice, String, String) {
    (claim.voice, claim.found.origin.key.clone(), claim.found.value.clone())
}

/// Values of the claims of a slot.
pub(super) fn values(html: &str, slot: Slot) -> Vec<String> {
    claims(html).get(slot).iter().map(|c| c.found.value.clone()).collect()
}

/// Names of the authors, one list a claim.
pub(super) fn names(claims: &Claims) -> Vec<Vec<String>> {
    claims.authors.iter().map(|c| c.found.value.iter().map(|a| a.name.clone()).collect()).collect()
}

/// Tags, one list a claim.
pub(super) fn tags(claims: &Claims) -> Vec<Vec<String>> {
    claims.tags.iter().map(|c| c.found.value.clone()).collect()
}

pub(super) fn warnings(claims: &Claims) -> Vec<WarningCode> {
    claims.warnings.iter().map(|w| w.code).collect()
}

/// The page with one JSON-LD script.
pub(super) fn script(json: &str) -> String {
    format!("<script type='application/ld+json'>{json}</script>")
}
