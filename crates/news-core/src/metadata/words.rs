//! Class and id attributes as whole words, and what these say.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::lexicon::{self, Entry, Phrases};

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

const TABLE: &str = include_str!("../../lexicon/class_words.tsv");

fn role_named(name: &str) -> Option<Role> {
    Some(match name {
        "author" => Role::Author,
        "date" => Role::Date,
        "modified" => Role::Modified,
        "headline" => Role::Headline,
        "deck" => Role::Deck,
        "kicker" => Role::Kicker,
        "tags" => Role::Tags,
        "breadcrumb" => Role::Breadcrumb,
        "rights" => Role::Rights,
        "credit" => Role::Credit,
        "aside" => Role::Aside,
        _ => return None,
    })
}

static ROLES: LazyLock<Phrases<Role>> = LazyLock::new(|| {
    let rows = lexicon::lines(TABLE).filter_map(|line| line.split_once('\t'));
    Phrases::new(rows.filter_map(|(words, role)| Some((words, role_named(role)?))))
});

/// Whether a class or id says that an element is the footer of something: `post-footer`, `footer`.
pub(crate) fn names_footer(attribute: &str) -> bool {
    attribute.len() <= CLASS_BYTES && split(attribute).any(|word| word == "footer")
}

/// Longest class attribute that is read, in bytes: longer ones are generated style names.
const CLASS_BYTES: usize = 400;

/// Roles that a class or id states, in the order of its words; of two words that stand together
/// and one of them, the two win.
pub(crate) fn roles(attribute: &str) -> Vec<Role> {
    let mut out = Vec::new();
    if attribute.len() > CLASS_BYTES {
        return out;
    }
    let mut before: Option<&Entry<Role>> = None;
    for word in split(attribute) {
        if let Some(role) = before.and_then(|b| b.before(&word)) {
            push(&mut out, Some(role));
            before = None;
            continue;
        }
        push(&mut out, before.and_then(|b| b.alone));
        before = ROLES.get(&word);
    }
    push(&mut out, before.and_then(|b| b.alone));
    out
}

fn push(out: &mut Vec<Role>, role: Option<Role>) {
    out.extend(role.filter(|role| !out.contains(role)));
}

/// Words of an identifier or a short text in lower case; they end where the case rises and at every
/// mark or digit: `articleByline-top` gives `article`, `byline`, `top`.
pub(crate) fn split(text: &str) -> Words<'_> {
    Words { rest: text }
}

/// See [`split`].
#[derive(Debug)]
pub(crate) struct Words<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        let bytes = self.rest.as_bytes();
        let start = bytes.iter().position(|b| b.is_ascii_alphabetic() || !b.is_ascii())?;
        let mut end = start;
        let (mut lower_before, mut has_upper) = (false, false);
        while let Some(b) = bytes.get(end).filter(|b| b.is_ascii_alphabetic()) {
            let is_upper = b.is_ascii_uppercase();
            if is_upper && lower_before {
                break;
            }
            (lower_before, has_upper) = (!is_upper, has_upper || is_upper);
            end += 1;
        }
        if bytes.get(end).is_some_and(|b| !b.is_ascii()) {
            return self.next_of_any_script();
        }
        let word = self.rest.get(start..end)?;
        self.rest = self.rest.get(end..)?;
        Some(if has_upper { Cow::Owned(word.to_ascii_lowercase()) } else { Cow::Borrowed(word) })
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
    use super::{Role, TABLE, roles, split};

    #[test]
    fn lexicon_is_sorted_and_every_role_is_known() {
        crate::lexicon::check(TABLE, 2);
        for row in crate::lexicon::rows(TABLE) {
            assert!(super::role_named(row[1]).is_some(), "role of {row:?}");
        }
    }

    #[test]
    fn identifiers_split_at_case_marks_and_digits() {
        let words = |text| split(text).collect::<Vec<_>>();
        assert_eq!(words("articleByline-top2 x__date"), ["article", "byline", "top", "x", "date"]);
        assert_eq!(words("HTMLTitle"), ["htmltitle"]);
        assert_eq!(words("--"), [""; 0]);
        assert_eq!(words("überTitel-été"), ["über", "titel", "été"]);
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
    fn generated_names_are_passed_over() {
        assert_eq!(roles(&"author ".repeat(100)), []);
    }
}
