use super::{junk, record, wrap};
use crate::lexicon;

#[test]
fn tables_are_sound() {
    lexicon::check(junk::FURNITURE, 3);
    lexicon::check(record::FIELDS, 2);
    lexicon::assert_sorted_and_unique(junk::SECTIONS);
    lexicon::assert_sorted_and_unique(wrap::PREFIXES);
}
