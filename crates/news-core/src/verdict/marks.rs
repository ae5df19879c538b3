//! Words of class names, generators and addresses that tell what kind of page they stand on.

use crate::content::Zone;
use crate::names::{self, Kinds};
use crate::survey::Survey;

/// What the names on a page say.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Elements outside menus and boxes whose class or id says so.
    pub(super) elements: Kinds,
    /// Words of the page's own names.
    pub(super) page: Kinds,
    /// Words of the address.
    pub(super) address: Kinds,
}

/// Sums up what all names of a page say.
pub(super) fn read(survey: &Survey<'_>, zones: &[Zone], url: Option<&str>) -> Marks {
    let mut elements = Kinds::default();
    for (id, bits) in &survey.kinds {
        if zones[*id as usize].has(Zone::NAV | Zone::FOOTER | Zone::ASIDE | Zone::BOXES) {
            continue;
        }
        for (place, count) in elements.iter_mut().enumerate() {
            *count = count.saturating_add(u16::from(bits >> place & 1));
        }
    }
    let address = url.map(|url| names::read(url).kinds).unwrap_or_default();
    Marks { elements, page: survey.page, address }
}
