//! Names of tags and attributes as interned strings.

use html5ever::LocalName;

/// Slots of the cache: a page uses a few dozen long names.
const SLOTS: usize = 256;
/// Names that an interned string holds without a table, in bytes.
const INLINE: usize = 7;
/// Longest name kept in the cache, in bytes.
const LONGEST: usize = 48;

/// The last names seen. Interning hashes a name and may lock a table; most names recur.
#[derive(Debug)]
pub(super) struct Names(Vec<LocalName>);

impl Default for Names {
    fn default() -> Self {
        Self(vec![LocalName::default(); SLOTS])
    }
}

impl Names {
    /// `raw` in lower case, NULs made U+FFFD.
    pub(super) fn intern(&mut self, raw: &str) -> LocalName {
        if raw.bytes().any(|b| b.is_ascii_uppercase() || b == 0) {
            let name = raw.to_ascii_lowercase().replace('\0', "\u{fffd}");
            return self.intern_lower(&name);
        }
        self.intern_lower(raw)
    }

    fn intern_lower(&mut self, name: &str) -> LocalName {
        if name.len() <= INLINE || name.len() > LONGEST {
            return LocalName::from(name);
        }
        let hash = name.bytes().fold(name.len(), |hash, b| hash.wrapping_mul(31) ^ usize::from(b));
        let slot = &mut self.0[hash % SLOTS];
        if **slot != *name {
            *slot = LocalName::from(name);
        }
        slot.clone()
    }
}
