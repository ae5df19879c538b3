//! Class and id attributes as whole words, and what these say.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon;

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

/// What a word says by itself, and with the words that may follow it.
#[derive(Debug, Default)]
struct Entry {
    alone: Option<Role>,
    before: Vec<(&'static str, Role)>,
}

/// The table by first word, and which words need no look at it.
struct Roles {
    entries: HashMap<&'static str, Entry>,
    /// Lengths, as bits, of the words that begin with each letter.
    lengths: [u32; 26],
}

static ROLES: LazyLock<Roles> = LazyLock::new(Roles::load);

impl Roles {
    fn load() -> Self {
        let mut roles = Self { entries: HashMap::new(), lengths: [0; 26] };
        for line in lexicon::lines(TABLE) {
            let Some((words, role)) = line.split_once('\t') else {
                continue;
            };
            let Some(role) = role_named(role) else {
                continue;
            };
            let (first, second) =
                words.split_once(' ').map_or((words, None), |(a, b)| (a, Some(b)));
            roles.note(first);
            let entry = roles.entries.entry(first).or_default();
            match second {
                Some(second) => entry.before.push((second, role)),
                None => entry.alone = Some(role),
            }
        }
        roles
    }

    fn note(&mut self, word: &str) {
        if let Some(lengths) = letter(word).and_then(|at| self.lengths.get_mut(at)) {
            *lengths |= 1 << word.len().min(31);
        }
    }

    fn find(&self, word: &str) -> Option<&Entry> {
        let lengths = letter(word).and_then(|at| self.lengths.get(at))?;
        (lengths & 1 << word.len().min(31) != 0).then(|| self.entries.get(word))?
    }
}

fn letter(word: &str) -> Option<usize> {
    word.bytes().next().filter(u8::is_ascii_lowercase).map(|b| (b - b'a') as usize)
}

/// Whether a class or id says that an element is the footer of something: `post-footer`, `footer`.
pub(crate) fn names_footer(attribute: &str) -> bool {
    attribute.len() <= CLASS_BYTES && split(attribute).iter().any(|word| word == "footer")
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
    let mut before: Option<&Entry> = None;
    let mut rest = attribute;
    while next_word(&mut rest, &mut buffer) {
        let pair = before.and_then(|b| b.before.iter().find(|(second, _)| *second == buffer));
        if let Some((_, role)) = pair {
            push(&mut out, Some(*role));
            before = None;
            continue;
        }
        push(&mut out, before.and_then(|b| b.alone));
        before = ROLES.find(&buffer);
    }
    push(&mut out, before.and_then(|b| b.alone));
    out
}

fn push(out: &mut Vec<Role>, role: Option<Role>) {
    out.extend(role.filter(|role| !out.contains(role)));
}

/// Moves the next word of `rest`, in lower case, to `word`: words end where the case rises and at
/// every mark or digit. Whether there was one.
fn next_word(rest: &mut &str, word: &mut String) -> bool {
    word.clear();
    let mut lower_before = false;
    for (at, c) in rest.char_indices() {
        let ends = !c.is_alphabetic() || c.is_uppercase() && lower_before;
        if ends && !word.is_empty() {
            *rest = rest.get(at..).unwrap_or("");
            return true;
        }
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
        } else if c.is_alphabetic() {
            word.extend(c.to_lowercase());
        }
        lower_before = c.is_lowercase();
    }
    *rest = "";
    !word.is_empty()
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
