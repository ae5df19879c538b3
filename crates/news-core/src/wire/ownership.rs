//! Whose work a story is: the publisher's, an agency's, or both.

use super::agency;
use crate::article::{Ownership, SignOffKind, Wire};
use crate::metadata::{Author, Metadata};
use crate::provenance::Field;

/// Agencies are believed from these on: dateline and credit state them, sign-offs imply them.
const CONFIDENCE: f32 = 0.9;

/// Whose work the story is. `None` where neither a person nor an agency is named.
pub(super) fn judge(wire: &Wire, metadata: &Metadata) -> Option<Ownership> {
    let authors = metadata.authors.as_ref().map_or(&[][..], |field| &field.value);
    let is_agency_named = authors.iter().any(is_agency);
    let is_staff_named = authors.iter().any(|a| !a.is_organisation && !works_for_agency(a));
    let is_unknown_house =
        wire.dateline.as_ref().is_some_and(|d| d.agency.is_none() && d.agency_text.is_some());
    let house = wire.dateline.as_ref().is_some_and(|d| d.agency.is_some());
    let credit = wire.credit.as_ref();
    if credit.is_some_and(|credit| is_shared(&credit.raw))
        || has_material(wire, is_agency_named, house)
    {
        return Some(Ownership::Mixed);
    }
    let is_agency = house
        || is_agency_named
        || authors.iter().any(works_for_agency)
        || credit.is_some_and(|credit| credit.agency.is_some());
    // A person beside an agency's name, without the agency's dateline: the paper's own, with agency copy.
    let is_by_both = is_agency_named && is_staff_named && !house && wire.credit.is_none();
    match (is_agency, is_staff_named) {
        _ if is_by_both => Some(Ownership::Mixed),
        (true, _) => Some(Ownership::Agency),
        (false, true) if !is_unknown_house => Some(Ownership::Own),
        (false, _) => None,
    }
}

fn is_agency(author: &Author) -> bool {
    author.is_organisation && agency::in_brackets(&author.name).is_some()
}

fn works_for_agency(author: &Author) -> bool {
    author.organisation.as_deref().is_some_and(|name| agency::named(name).is_some())
}

/// Whether a credit names the own newsroom beside the agency: `eigen/dpa`.
fn is_shared(raw: &str) -> bool {
    super::credit::read(raw).is_some_and(|credit| credit.is_mixed)
}

/// Whether an agency contributed to a story that is not its own.
fn has_material(wire: &Wire, is_agency_named: bool, house: bool) -> bool {
    let thanked = wire.sign_offs.iter().any(|sign_off| {
        sign_off.kind == SignOffKind::Contributor && sign_off.people.iter().any(is_agency)
    });
    thanked && !is_agency_named && !house
}

/// The agency that dateline or credit state.
pub(super) fn agency(wire: &Wire) -> Option<Field<String>> {
    let dateline = wire.dateline.as_ref().and_then(|dateline| {
        let name = dateline.agency.clone()?;
        Some(super::stated(name, &dateline.raw, "dateline", None, CONFIDENCE))
    });
    dateline.or_else(|| {
        let credit = wire.credit.as_ref()?;
        let name = credit.agency.clone()?;
        Some(super::stated(name, &credit.raw, "credit", credit.source, CONFIDENCE))
    })
}
