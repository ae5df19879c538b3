//! Class and id attributes as whole words, and what these say.

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
    attribute.len() <= CLASS_BYTES && any_word(attribute, |word| word == "footer")
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
    let mut buffer = String::new();
    let mut before: Option<&Entry<Role>> = None;
    let mut rest = attribute;
    while next_word(&mut rest, &mut buffer) {
        if let Some(role) = before.and_then(|b| b.before(&buffer)) {
            push(&mut out, Some(role));
            before = None;
            continue;
        }
        push(&mut out, before.and_then(|b| b.alone));
        before = ROLES.get(&buffer);
    }
    push(&mut out, before.and_then(|b| b.alone));
    out
}

fn push(out: &mut Vec<Role>, role: Option<Role>) {
    out.extend(role.filter(|role| !out.contains(role)));
}

/// Moves the next word of `rest`, in lower case, to `word`: words end where the case rises and at
/// every mark or digit. Whether there was one.
pub(crate) fn next_word(rest: &mut &str, word: &mut String) -> bool {
    word.clear();
    let bytes = rest.as_bytes();
    let is_part = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii();
    let Some(start) = bytes.iter().position(is_part) else {
        *rest = "";
        return false;
    };
    let mut end = start;
    let mut lower_before = false;
    while let Some(b) = bytes.get(end).filter(|b| b.is_ascii_alphabetic()) {
        if lower_before && b.is_ascii_uppercase() {
            break;
        }
        lower_before = b.is_ascii_lowercase();
        end += 1;
    }
    if bytes.get(end).is_some_and(|b| !b.is_ascii()) {
        return next_word_of_any_script(rest, word);
    }
    word.push_str(rest.get(start..end).unwrap_or_default());
    word.make_ascii_lowercase();
    *rest = rest.get(end..).unwrap_or_default();
    true
}

fn next_word_of_any_script(rest: &mut &str, word: &mut String) -> bool {
    let mut lower_before = false;
    for (at, c) in rest.char_indices() {
        let ends = !c.is_alphabetic() || c.is_uppercase() && lower_before;
        if ends && !word.is_empty() {
            *rest = rest.get(at..).unwrap_or("");
            return true;
        }
        if c.is_alphabetic() {
            word.extend(c.to_lowercase());
        }
        lower_before = c.is_lowercase();
    }
    *rest = "";
    !word.is_empty()
}

/// Whether a word of an identifier or a short text is such a one.
pub(crate) fn any_word(text: &str, is: impl Fn(&str) -> bool) -> bool {
    let (mut rest, mut word) = (text, String::new());
    while next_word(&mut rest, &mut word) {
        if is(&word) {
            return true;
        }
    }
    false
}

/// Words of an identifier or a short text in lower case: `articleByline-top` gives `article`,
/// `byline`, `top`.
pub(crate) fn split(text: &str) -> Vec<String> {
    let (mut rest, mut word) = (text, String::new());
    std::iter::from_fn(|| next_word(&mut rest, &mut word).then(|| word.clone())).collect()
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
        assert_eq!(split("articleByline-top2 x__date"), ["article", "byline", "top", "x", "date"]);
        assert_eq!(split("HTMLTitle"), ["htmltitle"]);
        assert_eq!(split("--"), Vec::<String>::new());
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
