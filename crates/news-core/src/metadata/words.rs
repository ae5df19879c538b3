//! Class and id attributes as whole words, and the roles that these name.

use std::borrow::Cow;

/// What a class or id says about an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    Author,
    Date,
    Modified,
    Headline,
    Deck,
    Kicker,
    Tags,
    Breadcrumb,
    Rights,
    Credit,
    /// Not the story: comments, related stories, side bars …
    Aside,
}

impl Role {
    /// The role that a list names.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "author" => Self::Author,
            "date" => Self::Date,
            "modified" => Self::Modified,
            "headline" => Self::Headline,
            "deck" => Self::Deck,
            "kicker" => Self::Kicker,
            "tags" => Self::Tags,
            "breadcrumb" => Self::Breadcrumb,
            "rights" => Self::Rights,
            "credit" => Self::Credit,
            "aside" => Self::Aside,
            _ => return None,
        })
    }
}

/// Number of roles.
const COUNT: usize = Role::Aside as usize + 1;

/// Roles in the order in which they are stated, each once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Roles([Option<Role>; COUNT]);

impl Roles {
    /// Adds a role behind those that are there.
    pub(crate) fn push(&mut self, role: Role) {
        if let Some(place) = self.0.iter_mut().find(|known| known.is_none_or(|k| k == role)) {
            *place = Some(role);
        }
    }

    /// The roles in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Role> + use<> {
        self.0.into_iter().flatten()
    }

    /// Whether no role is stated.
    pub(crate) fn is_empty(&self) -> bool {
        self.0[0].is_none()
    }

    /// Whether a role is stated.
    pub(crate) fn contain(&self, role: Role) -> bool {
        self.0.contains(&Some(role))
    }

    /// Whether a role is stated and no other.
    pub(crate) fn are_only(&self, role: Role) -> bool {
        let mut only = Self::default();
        only.push(role);
        *self == only
    }
}

/// Whether a class or id says that an element is the footer of something: `post-footer`, `footer`.
pub(crate) fn names_footer(attribute: &str) -> bool {
    attribute.len() <= CLASS_BYTES && split(attribute).any(|word| word == "footer")
}

/// Longest class attribute that is read, in bytes: longer ones are generated style names.
const CLASS_BYTES: usize = 400;

/// Words of an identifier or a short text in lower case; they end where the case rises and at every
/// mark or digit: `articleByline-top` gives `article`, `byline`, `top`.
pub(crate) fn split(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    cut(text).map(|word| match word {
        Cow::Borrowed(text) if text.bytes().any(|b| b.is_ascii_uppercase()) => {
            Cow::Owned(text.to_ascii_lowercase())
        }
        word => word,
    })
}

/// As [`split`], but words of ASCII keep their case.
pub(crate) fn cut(text: &str) -> Words<'_> {
    Words { rest: text }
}

/// See [`cut`].
#[derive(Debug)]
pub(crate) struct Words<'a> {
    rest: &'a str,
}

/// What a byte is to a word.
const CASES: [u8; 256] = {
    let mut cases = [OTHER_SCRIPT; 256];
    let mut byte = 0;
    while byte < 128 {
        cases[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            _ => NO_LETTER,
        };
        byte += 1;
    }
    cases
};

const NO_LETTER: u8 = 0;
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const OTHER_SCRIPT: u8 = 3;

impl<'a> Iterator for Words<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        let mut cases = self.rest.bytes().map(|byte| CASES[usize::from(byte)]);
        let start = cases.position(|case| case != NO_LETTER)?;
        let mut before = CASES[usize::from(*self.rest.as_bytes().get(start)?)];
        if before == OTHER_SCRIPT {
            return self.next_of_any_script();
        }
        let ends = |case| {
            let risen = case == UPPER && before == LOWER;
            before = case;
            risen || case == NO_LETTER || case == OTHER_SCRIPT
        };
        let more = cases.position(ends);
        if more.is_some() && before == OTHER_SCRIPT {
            return self.next_of_any_script();
        }
        let end = more.map_or(self.rest.len(), |more| start + 1 + more);
        let word = self.rest.get(start..end)?;
        self.rest = self.rest.get(end..)?;
        Some(Cow::Borrowed(word))
    }
}

impl<'a> Words<'a> {
    fn next_of_any_script(&mut self) -> Option<Cow<'a, str>> {
        let mut word = String::new();
        let mut lower_before = false;
        for (at, c) in self.rest.char_indices() {
            let ends = !c.is_alphabetic() || c.is_uppercase() && lower_before;
            if ends && !word.is_empty() {
                self.rest = self.rest.get(at..)?;
                return Some(Cow::Owned(word));
            }
            if c.is_alphabetic() {
                word.extend(c.to_lowercase());
            }
            lower_before = c.is_lowercase();
        }
        self.rest = "";
        (!word.is_empty()).then_some(Cow::Owned(word))
    }
}

#[cfg(test)]
mod tests {
    use super::{Role, Roles, split};

    #[test]
    fn identifiers_split_at_case_marks_and_digits() {
        let words = |text| split(text).collect::<Vec<_>>();
        assert_eq!(words("articleByline-top2 x__date"), ["article", "byline", "top", "x", "date"]);
        assert_eq!(words("HTMLTitle"), ["htmltitle"]);
        assert_eq!(words("--"), [""; 0]);
        assert_eq!(words("überTitel-été"), ["über", "titel", "été"]);
    }

    #[test]
    fn roles_are_in_the_order_of_their_statement() {
        let mut roles = Roles::default();
        for role in [Role::Date, Role::Author, Role::Date] {
            roles.push(role);
        }
        assert_eq!(roles.iter().collect::<Vec<_>>(), [Role::Date, Role::Author]);
        assert!(roles.contain(Role::Author) && !roles.are_only(Role::Date));
    }
}
