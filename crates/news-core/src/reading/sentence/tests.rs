//! The word lists are sound. What the rules do is in `fixtures/language/sentences.toml`.

use super::tables::{ENDINGS_FILE, FILES, Kind, ROLES, Tables};
use crate::lexicon;

#[test]
fn lists_are_sorted_and_known() {
    lexicon::assert_sorted_and_unique(ENDINGS_FILE);
    for files in &FILES {
        for (table, known) in [
            (
                files.abbreviations,
                &(|kind: &str| Kind::named(kind).is_some()) as &dyn Fn(&str) -> bool,
            ),
            (files.words, &|role: &str| ROLES.contains(&role)),
        ] {
            lexicon::check(table, 2);
            for row in lexicon::rows(table) {
                assert!(known(row[1]), "{}: {row:?}", files.language);
                assert!(!row[0].ends_with('.') && !row[0].contains(' '), "{row:?}");
            }
        }
    }
}

#[test]
fn every_abbreviation_has_one_kind() {
    for files in &FILES {
        let mut words: Vec<_> = lexicon::rows(files.abbreviations).map(|row| row[0]).collect();
        words.dedup();
        assert_eq!(words.len(), lexicon::rows(files.abbreviations).count(), "{}", files.language);
    }
}

#[test]
fn language_or_script_chooses_the_tables() {
    let same = |a: &Tables, b: &Tables| std::ptr::eq(a, b);
    let of = |language| Tables::of(language, "Text");
    assert!(same(of(Some("DE-at")), of(Some("de"))));
    assert!(same(of(Some("nb")), of(Some("da"))));
    assert!(same(of(Some("zz")), of(None)));
    assert!(same(of(None), of(Some("en"))));
    assert!(same(Tables::of(None, "Это текст"), of(Some("ru"))));
}
