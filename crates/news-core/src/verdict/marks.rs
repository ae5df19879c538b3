//! Words of class names, generators and addresses that tell what kind of page they stand on.

use crate::content::Zone;
use crate::dom::{Dom, NodeId, Tag, local_name};
use crate::names::{self, Kinds, Names};

/// What the names on a page say.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Elements outside menus and boxes whose class or id says so.
    pub(super) elements: Kinds,
    /// Words of the page's own names: class and id of its outermost elements, its generator.
    pub(super) page: Kinds,
    /// Words of the address.
    pub(super) address: Kinds,
    /// Whether the outermost classes say `page`, as content management systems name what is no post.
    pub(super) is_page: bool,
}

/// Longest class attribute that is read, in bytes: longer ones are lists of utility classes.
const MAX_CLASS: usize = 200;

/// Reads all names of a page in one pass.
pub(super) fn read<'a>(
    dom: &'a Dom<'a>,
    zones: &[Zone],
    url: Option<&str>,
    names: &mut Names<'a>,
) -> Marks {
    let mut marks = Marks::default();
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
            let name = attribute.value;
            let is_name = matches!(attribute.name, local_name!("class") | local_name!("id"));
            if !is_name || !own && name.len() > MAX_CLASS {
                continue;
            }
            let says = names.get(name, names::read);
            if own {
                marks.is_page |= says.is_page;
                add(&mut marks.page, says.kinds);
            } else {
                add(&mut marks.elements, says.kinds.map(|n| n.min(1)));
            }
        }
    }
    marks.address = url.map(count).unwrap_or_default();
    marks
}

/// The software that wrote the page.
fn generator<'a>(dom: &'a Dom<'a>, id: NodeId) -> Option<&'a str> {
    let name = dom.attr(id, local_name!("name"))?;
    name.eq_ignore_ascii_case("generator").then(|| dom.attr(id, local_name!("content")))?
}

fn count(text: &str) -> Kinds {
    names::read(text).kinds
}

fn add(to: &mut Kinds, more: Kinds) {
    for (sum, n) in to.iter_mut().zip(more) {
        *sum = sum.saturating_add(n);
    }
}
