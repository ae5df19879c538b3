//! Generated trees of elements, through extraction and every format (`news_tests::tree`). What fails is
//! shrunk to the few elements that matter.

use news_core::{Options, Source, extract};
use news_tests::tree::Tree;
use news_tests::{seeds, targets};
use proptest::collection::vec;
use proptest::prelude::*;

/// Bytes that make a story more often than any bytes do: prose in paragraphs of an article.
fn story() -> impl Strategy<Value = Vec<u8>> {
    let open = prop::sample::select(vec![0b000_00000, 0b000_00001, 0b000_00100, 0b000_01000]);
    let prose = 0b011_00000u8..0b011_01000;
    let any = any::<u8>();
    let paragraph = (open, vec(prose, 1..4), vec(any, 0..4)).prop_map(|(open, prose, any)| {
        let close = 0b010_00000;
        [&[open], prose.as_slice(), &any, &[close]].concat()
    });
    vec(paragraph, 0..30).prop_map(|paragraphs| [vec![0b000_00001], paragraphs.concat()].concat())
}

/// Trees a property; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tree(bytes in vec(any::<u8>(), 0..400)) {
        targets::tree(&bytes);
    }

    #[test]
    fn trees_with_a_story(bytes in story()) {
        targets::tree(&bytes);
    }
}

/// What is checked of blocks is checked of some.
#[test]
fn many_trees_give_blocks() {
    let trees = seeds::of("tree");
    let options = Options { any_page: true, ..Options::default() };
    let gives = |bytes: &&Vec<u8>| {
        let tree = Tree::of(bytes);
        let page = Source { content_type: Some("text/html"), ..Source::text(&tree.html) };
        extract(&page, &options).is_ok_and(|article| article.blocks.len() > 2)
    };
    let read = trees.iter().filter(gives).count();
    assert!(3 * read > trees.len(), "{read} of {}", trees.len());
}
