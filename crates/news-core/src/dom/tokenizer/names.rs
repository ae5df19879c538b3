//! Names of tags and attributes as interned strings.

use html5ever::LocalName;

/// Slots of the cache: a page uses some dozen names.
const SLOTS: usize = 256;
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
        let known = &self.0[slot_of(raw)];
        // What is in the cache is in lower case.
        if **known == *raw {
            return known.clone();
        }
        if raw.bytes().any(|b| b.is_ascii_uppercase() || b == 0) {
            let name = raw.to_ascii_lowercase().replace('\0', "\u{fffd}");
            return self.intern_lower(&name);
        }
        self.intern_lower(raw)
    }

    fn intern_lower(&mut self, name: &str) -> LocalName {
        let interned = LocalName::from(name);
        if name.len() <= LONGEST {
            self.0[slot_of(name)] = interned.clone();
        }
        interned
    }
}

/// By length, first, middle and last byte.
fn slot_of(name: &str) -> usize {
    let bytes = name.as_bytes();
    let byte = |at: usize| bytes.get(at).map_or(0, |b| usize::from(*b));
    let last = bytes.len().saturating_sub(1);
    (bytes.len() + 7 * byte(0) + 31 * byte(last / 2) + 127 * byte(last)) % SLOTS
}
