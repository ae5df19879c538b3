//! Names that are known, as the build lays them out (`build/gazetteer.rs`).

/// What a known name is; a name may be several.
pub(super) const COUNTRY: u8 = 1;
/// An adjective of a country, or its people.
pub(super) const ADJECTIVE: u8 = 2;
pub(super) const CITY: u8 = 4;
pub(super) const REGION: u8 = 8;
pub(super) const ORGANISATION: u8 = 16;
pub(super) const AGENCY: u8 = 32;
pub(super) const FIRST_NAME: u8 = 64;
/// A country by its name in another language than English.
pub(super) const COUNTRY_ABROAD: u8 = 128;

/// Most tokens of a name.
pub(super) const LENGTH: usize = 9;

/// The hash of the first tokens of a name, from that of all but the last and that one in lower case.
pub(super) fn step(hash: u32, lower: u32) -> u32 {
    (hash.rotate_left(5) ^ lower).wrapping_mul(0x9e37_79b1)
}

/// It is another name of its row, as `UK` is.
pub(super) const ABBREVIATION: u8 = 1;
/// Longer names begin with it.
pub(super) const BEGINNING: u8 = 2;

/// A known name: its record, bytes of its kinds, of what else it is, two of the ISO 3166-1 code of its
/// country (0 for none), four of the number of its row, one of the length of the row's main name, and that
/// name; none where it is a first name only.
/// Of what is the beginning of names only the first two are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// What it is, as bits.
    pub(super) kinds: u8,
    /// It is another name of its row.
    pub(super) is_abbreviation: bool,
    rest: &'static [u8],
}

impl Known {
    /// The name in a record, if it is one.
    pub(super) fn of(record: &'static [u8]) -> Option<Self> {
        let [kinds, bits, rest @ ..] = record else { return None };
        let is_abbreviation = bits & ABBREVIATION != 0;
        (*kinds != 0).then_some(Self { kinds: *kinds, is_abbreviation, rest })
    }

    /// ISO 3166-1 code of its country.
    pub(super) fn country(self) -> Option<&'static str> {
        let code = self.rest.get(..2).filter(|code| **code != [0, 0])?;
        std::str::from_utf8(code).ok()
    }

    /// Number of its row, over all tables; the same for all names of a thing.
    pub(super) fn row(self) -> u32 {
        let row = self.rest.get(2..).and_then(<[u8]>::first_chunk);
        row.map_or(0, |row| u32::from_le_bytes(*row))
    }

    /// Main name of the row; empty for what is a first name only.
    pub(super) fn name(self) -> &'static str {
        let length = self.rest.get(6).map_or(0, |length| usize::from(*length));
        let name = self.rest.get(7..7 + length).unwrap_or_default();
        std::str::from_utf8(name).unwrap_or_default()
    }
}
