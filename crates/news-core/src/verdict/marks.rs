//! Words of class names, generators and addresses that tell what kind of page they stand on.

use std::sync::LazyLock;

use html5ever::local_name;

use crate::content::Zone;
use crate::dom::{Dom, NodeId, Tag};
use crate::lexicon::{self, Phrases};
use crate::memo::Memo;
use crate::metadata::words;

/// Kinds of page that words tell.
pub(super) const KINDS: [&str; COUNT] = ["shop", "thread", "manual", "list", "site", "story"];
/// Number of kinds.
pub(super) const COUNT: usize = 6;

/// Words per kind, in the order of [`KINDS`].
type Counts = [u16; COUNT];

static WORDS: LazyLock<Phrases<usize>> = LazyLock::new(|| {
    let kind = |name: &str| KINDS.iter().position(|kind| *kind == name);
    let rows = lexicon::lines(include_str!("../../lexicon/page_words.tsv"));
    let rows = rows.filter_map(|line| line.split_once('\t'));
    Phrases::new(rows.filter_map(|(word, name)| Some((word, kind(name)?))))
});

/// What the names on a page say.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Elements outside menus and boxes whose class or id says so.
    pub(super) elements: Counts,
    /// Words of the page's own names: class and id of its outermost elements, its generator.
    pub(super) page: Counts,
    /// Words of the address.
    pub(super) address: Counts,
    /// Whether the outermost classes say `page`, as content management systems name what is no post.
    pub(super) is_page: bool,
}

/// Longest class attribute that is read, in bytes: longer ones are lists of utility classes.
const MAX_CLASS: usize = 200;

/// Reads all names of a page in one pass.
pub(super) fn read(dom: &Dom, zones: &[Zone], url: Option<&str>) -> Marks {
    let mut marks = Marks::default();
    let mut seen: Memo<'_, Counts> = Memo::default();
    for id in dom.all() {
        let own = match dom.tag(id) {
            Tag::Text => continue,
            Tag::Html | Tag::Body => true,
            Tag::Meta => {
                add(&mut marks.page, generator(dom, id).map(count).unwrap_or_default());
                continue;
            }
            _ => false,
        };
        if !own && zones[id as usize].has(Zone::NAV | Zone::FOOTER | Zone::ASIDE | Zone::BOXES) {
            continue;
        }
        for attribute in dom.attributes(id) {
            let name = &*attribute.value;
            let names = matches!(attribute.name.local, local_name!("class") | local_name!("id"));
            if !names || !own && name.len() > MAX_CLASS {
                continue;
            }
            let words = *seen.get(name, count);
            if own {
                marks.is_page |= name.split_ascii_whitespace().any(|word| word == "page");
                add(&mut marks.page, words);
            } else {
                add(&mut marks.elements, words.map(|n| n.min(1)));
            }
        }
    }
    marks.address = url.map(count).unwrap_or_default();
    marks
}

/// The software that wrote the page.
fn generator(dom: &Dom, id: NodeId) -> Option<&str> {
    let name = dom.attr(id, &local_name!("name"))?;
    name.eq_ignore_ascii_case("generator").then(|| dom.attr(id, &local_name!("content")))?
}

fn count(names: &str) -> Counts {
    let mut counts = Counts::default();
    for word in words::split(names) {
        if let Some(kind) = WORDS.get(&word).and_then(|entry| entry.alone) {
            counts[kind] = counts[kind].saturating_add(1);
        }
    }
    counts
}

fn add(to: &mut Counts, more: Counts) {
    for (sum, n) in to.iter_mut().zip(more) {
        *sum = sum.saturating_add(n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_names_kinds() {
        let list = include_str!("../../lexicon/page_words.tsv");
        lexicon::check(list, 2);
        for row in lexicon::rows(list) {
            assert!(KINDS.contains(&row[1]), "kind of {row:?}");
        }
    }

    #[test]
    fn words_are_counted_whole() {
        assert_eq!(count("single-product storefront addToCart"), [2, 0, 0, 0, 0, 1]);
    }
}
