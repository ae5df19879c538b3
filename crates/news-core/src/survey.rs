//! One pass over the elements of a page, in which each attribute is looked at once: the parts of the page
//! that names open, what they say of kinds of page, and what states something of the story.

use crate::content::{Zone, zone};
use crate::dom::{Attribute, Dom, Name, NodeId, Tag, local_name};
use crate::memo::Memo;
use crate::metadata::words::{Role, Roles};
use crate::names::{self, KINDS, Kinds, Says};

/// What the attributes of a page say.
#[derive(Debug, Default)]
pub(crate) struct Survey<'a> {
    /// The part of the page that each node opens, what it inherits left out. None in what nobody sees.
    pub(crate) zones: Vec<Zone>,
    /// Attributes that may state something of the story, in the order of the page.
    pub(crate) stated: Vec<Stated<'a>>,
    /// Elements whose class or id has words of a kind of page, with the kinds as bits; not the outermost.
    pub(crate) kinds: Vec<(NodeId, u8)>,
    /// Words of the page's own names: class and id of its outermost elements, its generator.
    pub(crate) page: Kinds,
    /// Whether the outermost names say `page`, as content management systems name what is no post.
    pub(crate) is_page: bool,
}

/// An attribute that may state something of the story.
#[derive(Debug)]
pub(crate) struct Stated<'a> {
    pub(crate) node: NodeId,
    pub(crate) value: &'a str,
    pub(crate) how: How,
}

/// How an attribute states something.
#[derive(Debug)]
pub(crate) enum How {
    /// A class or id with words for what it holds.
    Name { roles: Roles, is_name: bool },
    /// A name for tests that says that the element holds an author.
    Test,
    /// `itemprop`.
    Microdata,
    /// `property`, but on a `<meta>`.
    Rdfa,
    /// `itemscope`.
    Scope,
    /// `itemtype` and `typeof`.
    Type,
}

/// Longest class attribute whose kinds count, in bytes: longer ones are lists of utility classes.
const KIND_BYTES: usize = 200;

impl<'a> Survey<'a> {
    /// Looks at a page.
    pub(crate) fn of(dom: &'a Dom<'a>) -> Self {
        let mut survey = Self { zones: vec![Zone::NONE; dom.len()], ..Self::default() };
        let names = &mut Memo::default();
        let mut invisible_end = 0;
        for id in dom.all() {
            let tag = dom.tag(id);
            if tag == Tag::Text {
                continue;
            }
            let mut zone = zone::of_tag(tag);
            for attribute in dom.attributes_of(id, is_telling) {
                zone |= survey.attribute(id, tag, attribute, names);
            }
            if id >= invisible_end {
                survey.zones[id as usize] = zone;
                invisible_end = if tag.is_invisible() { dom.end(id) } else { invisible_end };
            }
            if tag == Tag::Meta {
                survey.add_generator(dom, id);
            }
        }
        survey
    }

    /// Notes what an attribute says, and gives the part of the page that it opens.
    fn attribute(
        &mut self,
        id: NodeId,
        tag: Tag,
        Attribute { name, value }: Attribute<'a>,
        names: &mut Memo<'a, Says>,
    ) -> Zone {
        let mut state = |how| {
            if tag != Tag::Script {
                self.stated.push(Stated { node: id, value, how });
            }
        };
        match name {
            local_name!("class") | local_name!("id") => {
                let says = names.get(value, names::read);
                self.name(id, tag, value, says);
                says.zone
            }
            // Sites with generated class names name their parts for their tests.
            local_name!("data-testid") | local_name!("data-component") | local_name!("data-qa") => {
                let says = names.get(value, names::read);
                if says.roles.contain(Role::Author) {
                    state(How::Test);
                }
                says.zone
            }
            // Data attributes in which component frameworks name what an element is.
            local_name!("data-module")
            | local_name!("data-widget-type")
            | local_name!("data-block")
            | local_name!("data-type") => names.get(value, names::read).zone,
            local_name!("itemprop") => {
                state(How::Microdata);
                zone::of_itemprop(value)
            }
            local_name!("property") if tag != Tag::Meta => {
                state(How::Rdfa);
                Zone::NONE
            }
            local_name!("itemscope") => {
                state(How::Scope);
                Zone::NONE
            }
            local_name!("itemtype") | local_name!("typeof") => {
                state(How::Type);
                Zone::NONE
            }
            local_name!("hidden") => Zone::HIDDEN,
            local_name!("style") if zone::hides(value) => Zone::HIDDEN,
            local_name!("role") => zone::of_role(value),
            _ => Zone::NONE,
        }
    }

    fn name(&mut self, id: NodeId, tag: Tag, value: &'a str, says: &Says) {
        match tag {
            Tag::Html | Tag::Body => {
                self.is_page |= says.is_page;
                add(&mut self.page, says.kinds);
                return;
            }
            Tag::Script => {}
            _ if says.is_name || !says.roles.is_empty() => {
                let how = How::Name { roles: says.roles, is_name: says.is_name };
                self.stated.push(Stated { node: id, value, how });
            }
            _ => {}
        }
        if says.kinds != [0; KINDS.len()] && value.len() <= KIND_BYTES && tag != Tag::Meta {
            let bits = says.kinds.iter().rev().fold(0, |bits, n| bits << 1 | u8::from(*n > 0));
            self.kinds.push((id, bits));
        }
    }

    /// Adds what the name of the software says that wrote the page.
    fn add_generator(&mut self, dom: &Dom, id: NodeId) {
        let is_generator = |name: &&str| name.eq_ignore_ascii_case("generator");
        let name = dom.attr(id, local_name!("name")).filter(is_generator);
        if let Some(content) = name.and_then(|_| dom.attr(id, local_name!("content"))) {
            add(&mut self.page, names::read(content).kinds);
        }
    }
}

/// Attributes that [`Survey::attribute`] reads: a third of those of most pages.
fn is_telling(name: Name) -> bool {
    matches!(
        name,
        local_name!("class")
            | local_name!("id")
            | local_name!("data-testid")
            | local_name!("data-component")
            | local_name!("data-qa")
            | local_name!("data-module")
            | local_name!("data-widget-type")
            | local_name!("data-block")
            | local_name!("data-type")
            | local_name!("itemprop")
            | local_name!("property")
            | local_name!("itemscope")
            | local_name!("itemtype")
            | local_name!("typeof")
            | local_name!("hidden")
            | local_name!("style")
            | local_name!("role")
    )
}

fn add(to: &mut Kinds, more: Kinds) {
    for (sum, n) in to.iter_mut().zip(more) {
        *sum = sum.saturating_add(n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::parse;
    use crate::options::Limits;

    /// What `show` makes of the survey of a page.
    fn of<T>(html: &str, show: impl Fn(&Dom, &Survey) -> T) -> T {
        let parsed = parse(html, &Limits::default());
        show(&parsed.dom, &Survey::of(&parsed.dom))
    }

    /// The own zones of the paragraphs.
    fn zones(html: &str) -> Vec<Zone> {
        of(html, |dom, survey| {
            let paragraphs = dom.all().filter(|id| dom.tag(*id) == Tag::P);
            paragraphs.map(|id| survey.zones[id as usize]).collect()
        })
    }

    #[test]
    fn attributes_open_parts_of_a_page() {
        let page = "<p class=sidebar><p id=site-footer><p hidden><p style='Display: none'>\
            <p style='color: red'><p role=navigation><p itemprop=articleBody><p data-module=comments>\
            <p data-qa=footer><p data-other=footer><p title=footer>";
        let expected = [
            Zone::ASIDE,
            Zone::FOOTER,
            Zone::HIDDEN,
            Zone::HIDDEN,
            Zone::NONE,
            Zone::NAV,
            Zone::BODY,
            Zone::COMMENTS,
            Zone::FOOTER,
            Zone::NONE,
            Zone::NONE,
        ];
        assert_eq!(zones(page), expected);
        assert_eq!(zones("<p class=sidebar hidden>"), [Zone::ASIDE | Zone::HIDDEN]);
    }

    #[test]
    fn what_nobody_sees_opens_no_part() {
        assert_eq!(
            zones("<dialog class=sidebar><p class=footer></dialog><p class=footer>"),
            [Zone::NONE, Zone::FOOTER]
        );
        assert_eq!(zones(""), []);
    }

    #[test]
    fn what_states_something_is_kept_in_order() {
        let page = "<meta property=a itemprop=b><div itemscope itemtype=c class=byline>\
            <i property=d class='other fn' typeof=e data-testid=author-name><b data-testid=footer>\
            <script class=byline itemprop=f></script><u class=other>";
        let stated = of(page, |_, survey| {
            let show = |stated: &Stated| (stated.value.to_owned(), format!("{:?}", stated.how));
            survey.stated.iter().map(show).collect::<Vec<_>>()
        });
        let hows = ["Microdata", "Scope", "Type", "Name", "Rdfa", "Name", "Type", "Test"];
        let values = ["b", "", "c", "byline", "d", "other fn", "e", "author-name"];
        assert_eq!(stated.len(), hows.len(), "{stated:?}");
        for ((value, how), (expected, name)) in stated.iter().zip(values.into_iter().zip(hows)) {
            assert!(value == expected && how.starts_with(name), "{stated:?}");
        }
    }

    #[test]
    fn words_of_kinds_are_told_of_elements_and_of_the_page() {
        let long = "product ".repeat(KIND_BYTES / 8 + 1);
        let page = format!(
            "<html id=page class='product forum'><meta name=GENERATOR content='Product thing'>\
             <meta name=other content=product><div class='product product'><p id='article'>\
             <p class='{long}'><script class=product></script>"
        );
        of(&page, |dom, survey| {
            let kinds: Vec<_> =
                survey.kinds.iter().map(|(id, bits)| (dom.tag(*id), *bits)).collect();
            let bit = |kind| 1_u8 << KINDS.iter().position(|known| *known == kind).expect("a kind");
            let [shop, story] = ["shop", "story"].map(bit);
            assert_eq!(kinds, [(Tag::Div, shop), (Tag::P, story), (Tag::Script, shop)]);
            assert!(survey.is_page);
            assert_eq!((survey.page[0], survey.page[1]), (2, 1));
        });
        assert!(!of("<body class=pages><p class=page>", |_, survey| survey.is_page));
    }
}
