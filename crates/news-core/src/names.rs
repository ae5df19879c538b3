//! What the class and id attributes of a page say: each is cut into words once, for all who ask.

use std::ops::Range;
use std::sync::LazyLock;

use crate::content::Zone;
use crate::lexicon::{self, Entry, Phrases};
use crate::metadata::words::{self, Role, Roles};
use crate::piece::{self, PIECE, Piece, Sets};

/// Kinds of page that words tell.
pub(crate) const KINDS: [&str; 6] = ["shop", "thread", "manual", "list", "site", "story"];

/// Words per kind, in the order of [`KINDS`].
pub(crate) type Kinds = [u16; KINDS.len()];

/// What the class or id of an element says of it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Says {
    /// The part of the page that it opens.
    pub(crate) zone: Zone,
    /// What it holds.
    pub(crate) roles: Roles,
    /// Words that pages of each kind use.
    pub(crate) kinds: Kinds,
    /// Whether it is the name in a card (hCard): `fn`.
    pub(crate) is_name: bool,
    /// Whether it is `page`, as content management systems name what is no post.
    pub(crate) is_page: bool,
}

/// What a word, or a pair of words, says.
#[derive(Debug, Clone, Copy, Default)]
struct Meaning {
    zone: Zone,
    role: Option<Role>,
    /// Index of [`KINDS`].
    kind: Option<usize>,
}

impl Meaning {
    /// This and what another list says of the same word.
    fn with(self, other: Self) -> Self {
        Self {
            zone: self.zone | other.zone,
            role: self.role.or(other.role),
            kind: self.kind.or(other.kind),
        }
    }
}

const ZONES: &str = include_str!("../lexicon/zone_words.tsv");
const ROLES: &str = include_str!("../lexicon/class_words.tsv");
const PAGES: &str = include_str!("../lexicon/page_words.tsv");

static WORDS: LazyLock<Phrases<Meaning>> = LazyLock::new(|| {
    let rows = |list| lexicon::lines(list).filter_map(|line| line.split_once('\t'));
    let none = Meaning::default();
    let zones = rows(ZONES).map(|(word, zone)| {
        (word, Meaning { zone: Zone::named(zone).unwrap_or_default(), ..none })
    });
    let roles = rows(ROLES).map(|(word, role)| (word, Meaning { role: Role::named(role), ..none }));
    let kinds = rows(PAGES).map(|(word, kind)| {
        (word, Meaning { kind: KINDS.iter().position(|known| *known == kind), ..none })
    });
    // What `Reader::whole_name` looks for.
    let names = ["fn", "page"].map(|word| (word, none));
    let mut words: Vec<_> = zones.chain(roles).chain(kinds).chain(names).collect();
    // Sorted lists one behind the other.
    words.sort_by_key(|(word, _)| *word);
    let whole = |same: &[(&'static str, Meaning)]| {
        let meanings = same.iter().map(|(_, meaning)| *meaning);
        Some((same.first()?.0, meanings.fold(none, Meaning::with)))
    };
    Phrases::new(words.chunk_by(|a, b| a.0 == b.0).filter_map(whole))
});

/// Longest single name of which the zone is read, in bytes: longer ones are generated.
const ZONE_BYTES: usize = 80;
/// Longest attribute whose roles are read, in bytes: longer ones are generated style names.
const ROLE_BYTES: usize = 400;

/// Reads a class or id attribute.
pub(crate) fn read(attribute: &str) -> Says {
    let mut reader = Reader::new(attribute);
    match plain(attribute) {
        Some((piece, sets)) => reader.piece(&piece, &sets),
        None => attribute.split_ascii_whitespace().for_each(|name| reader.name(name)),
    }
    reader.end()
}

/// A short attribute of printable ASCII.
#[inline]
fn plain(text: &str) -> Option<(Piece<'_>, Sets)> {
    let piece = Piece::of(text)?;
    let sets = piece.sets();
    (sets.others == 0 && !sets.has_controls).then_some((piece, sets))
}

/// Where the words of a piece begin and end, by the rules of [`words::cut`].
struct Cut<'p, 't> {
    piece: &'p Piece<'t>,
    begins: u64,
    ends: u64,
    /// Beginnings of words that may be in the list.
    known: u64,
}

impl<'p, 't> Cut<'p, 't> {
    fn of(piece: &'p Piece<'t>, sets: &Sets, words: &Phrases<Meaning>) -> Self {
        let rises = sets.capitals & (sets.letters & !sets.capitals) << 1;
        let begins = sets.letters & !(sets.letters << 1) | rises;
        let mut cut = Self { piece, begins, ends: !sets.letters | begins, known: 0 };
        // Without a jump a word: most are not in the list.
        for start in piece::places(begins) {
            let is_known = words.may_hold(piece.key(&cut.word(start)));
            cut.known |= u64::from(is_known) << start;
        }
        cut
    }

    /// The word that begins at a place.
    fn word(&self, start: usize) -> Range<usize> {
        let ends = self.ends & piece::from(start + 1);
        start..(ends.trailing_zeros() as usize).min(PIECE)
    }
}

/// Reads the names of an attribute, in their order.
struct Reader {
    words: &'static Phrases<Meaning>,
    says: Says,
    roles: RoleReader,
}

impl Reader {
    fn new(attribute: &str) -> Self {
        let reads = attribute.len() <= ROLE_BYTES;
        let roles = RoleReader { reads, ..RoleReader::default() };
        Self { words: &WORDS, says: Says::default(), roles }
    }

    fn end(self) -> Says {
        Says { roles: self.roles.end(), ..self.says }
    }

    /// Reads a single name.
    fn name(&mut self, name: &str) {
        match plain(name) {
            Some((piece, sets)) => self.piece(&piece, &sets),
            None => self.odd_name(name),
        }
    }

    /// Reads the names of a piece.
    fn piece(&mut self, piece: &Piece, sets: &Sets) {
        let cut = Cut::of(piece, sets, self.words);
        if cut.known == 0 && self.roles.before.is_none() {
            return;
        }
        let changes = sets.digits ^ sets.digits << 1;
        for name in piece::runs(sets.all & !sets.spaces) {
            let inside = piece::from(name.start) & !piece::from(name.end);
            if cut.known & inside == 0 && self.roles.before.is_none() {
                continue;
            }
            let changes = changes & inside & inside << 1;
            if changes != 0 && changes.count_ones() as usize >= MAX_CHANGES {
                self.odd_name(piece.part(&name));
            } else {
                self.whole_name(piece.part(&name));
                self.plain_name(&cut, inside);
            }
        }
    }

    /// Reads the words of one name.
    fn plain_name(&mut self, cut: &Cut, inside: u64) {
        let mut zones = ZoneReader { reads: true, ..ZoneReader::default() };
        for start in piece::places(cut.begins & inside) {
            let is_known = cut.known >> start & 1 != 0;
            if is_known || !self.is_idle(&zones) {
                let range = cut.word(start);
                let word = cut.piece.part(&range);
                let key = is_known.then(|| cut.piece.key(&range));
                let entry = key.and_then(|key| self.words.find_by(key, word));
                self.word(word, entry, &mut zones);
            }
        }
        self.says.zone |= zones.end();
    }

    /// Reads a name that is long, generated or not ASCII.
    fn odd_name(&mut self, name: &str) {
        self.whole_name(name);
        let reads = name.len() <= ZONE_BYTES;
        let mut zones = ZoneReader { reads, ..ZoneReader::default() };
        if is_generated(name) {
            for part in name.split(['-', '_']) {
                zones.reads = reads && !is_generated(part);
                self.words_of(part, &mut zones);
            }
        } else {
            self.words_of(name, &mut zones);
        }
        self.says.zone |= zones.end();
    }

    fn words_of(&mut self, part: &str, zones: &mut ZoneReader) {
        for word in words::cut(part) {
            let entry = self.words.find(&word);
            self.word(&word, entry, zones);
        }
    }

    fn whole_name(&mut self, name: &str) {
        self.says.is_name |= name == "fn";
        self.says.is_page |= name == "page";
    }

    /// Whether no word before waits for the next one.
    fn is_idle(&self, zones: &ZoneReader) -> bool {
        self.roles.before.is_none() && zones.before.is_none()
    }

    fn word(&mut self, word: &str, entry: Option<&'static Entry<Meaning>>, zones: &mut ZoneReader) {
        if entry.is_none() && self.is_idle(zones) {
            return;
        }
        let alone = entry.and_then(|entry| entry.alone).unwrap_or_default();
        if let Some(count) = alone.kind.and_then(|kind| self.says.kinds.get_mut(kind)) {
            *count = count.saturating_add(1);
        }
        self.roles.step(word, entry);
        zones.step(word, entry);
    }
}

/// Reads the roles of an attribute, in the order of its words; of two words that stand together and one of
/// them, the two win.
#[derive(Default)]
struct RoleReader {
    reads: bool,
    before: Option<&'static Entry<Meaning>>,
    roles: Roles,
}

impl RoleReader {
    fn step(&mut self, word: &str, entry: Option<&'static Entry<Meaning>>) {
        if !self.reads {
            return;
        }
        let pair = self.before.and_then(|before| before.before(word)).and_then(|pair| pair.role);
        if let Some(role) = pair {
            self.roles.push(role);
            self.before = None;
        } else {
            self.push_before();
            self.before = entry;
        }
    }

    fn push_before(&mut self) {
        let alone = self.before.and_then(|before| before.alone);
        if let Some(role) = alone.and_then(|alone| alone.role) {
            self.roles.push(role);
        }
    }

    fn end(mut self) -> Roles {
        self.push_before();
        self.roles
    }
}

/// Reads the zone of one name: each of its words counts, alone or with the one before it.
#[derive(Default)]
struct ZoneReader {
    reads: bool,
    before: Option<&'static Entry<Meaning>>,
    zone: Zone,
}

impl ZoneReader {
    fn step(&mut self, word: &str, entry: Option<&'static Entry<Meaning>>) {
        if !self.reads {
            return;
        }
        if let Some(before) = self.before {
            let pair = before.before(word).map_or(Zone::NONE, |pair| pair.zone);
            self.zone |= if pair == Zone::NONE { alone(before) } else { pair };
        }
        self.before = entry;
    }

    fn end(self) -> Zone {
        let zone = self.zone | self.before.map_or(Zone::NONE, alone);
        if zone.has(Zone::JUNK) { zone.without(Zone::BODY) } else { zone }
    }
}

/// The zone that a word names by itself.
fn alone(entry: &Entry<Meaning>) -> Zone {
    entry.alone.map_or(Zone::NONE, |alone| alone.zone)
}

/// Changes between letters and digits from which a part of a class name is generated.
const MAX_CHANGES: usize = 4;

/// Whether a class name or a part of it is a hash, in which no word says anything: `f98b1ad2`.
fn is_generated(part: &str) -> bool {
    let (mut changes, mut was_digit) = (0, part.starts_with(|c: char| c.is_ascii_digit()));
    for byte in part.bytes() {
        let is_digit = byte.is_ascii_digit();
        changes += usize::from(is_digit != was_digit);
        was_digit = is_digit;
    }
    changes >= MAX_CHANGES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(attribute: &str) -> Vec<Role> {
        read(attribute).roles.iter().collect()
    }

    #[test]
    fn lists_are_sorted_and_every_meaning_is_known() {
        for list in [ZONES, ROLES, PAGES] {
            lexicon::check(list, 2);
        }
        for row in lexicon::rows(ZONES) {
            assert!(Zone::named(row[1]).is_some(), "zone of {row:?}");
        }
        for row in lexicon::rows(ROLES) {
            assert!(Role::named(row[1]).is_some(), "role of {row:?}");
        }
        for row in lexicon::rows(PAGES) {
            assert!(KINDS.contains(&row[1]), "kind of {row:?}");
        }
    }

    #[test]
    fn whole_words_state_roles() {
        assert_eq!(roles("c-articleByline"), [Role::Author]);
        assert_eq!(roles("elementor-widget-date"), [Role::Aside, Role::Date]);
        assert_eq!(roles("authoring navigationless"), []);
    }

    #[test]
    fn two_words_beat_one() {
        assert_eq!(roles("entry-date updated-at"), [Role::Date, Role::Modified]);
        assert_eq!(roles("date-updated"), [Role::Modified]);
        assert_eq!(roles("date"), [Role::Date]);
    }

    #[test]
    fn long_attributes_state_no_roles() {
        assert_eq!(roles(&"author ".repeat(100)), []);
    }

    #[test]
    fn the_words_of_a_name_open_zones() {
        assert_eq!(read("siteFooter").zone, Zone::FOOTER);
        assert_eq!(read("article-body").zone, Zone::BODY);
        assert!(read("article-body-share").zone.has(Zone::SHARE));
        assert!(!read("article-body-share").zone.has(Zone::BODY));
    }

    #[test]
    fn generated_names_open_none() {
        assert_eq!(read("f98b1ad2footer").zone, Zone::NONE);
        assert_eq!(read("f98b1ad2-footer").zone, Zone::FOOTER);
        assert_eq!(read(&format!("footer{}", "-x".repeat(40))).zone, Zone::NONE);
    }

    #[test]
    fn words_of_kinds_are_counted_whole() {
        assert_eq!(read("single-product storefront addToCart").kinds, [2, 0, 0, 0, 0, 1]);
    }

    #[test]
    fn whole_names_are_told() {
        let says = read("page fn");
        assert!(says.is_name && says.is_page);
        let says = read("pages fn-2");
        assert!(!says.is_name && !says.is_page);
    }
}
