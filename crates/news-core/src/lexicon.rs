//! Word lists: data files, one entry a line, `#` comments, tab columns.

/// Entries of a word list: lines that are neither empty nor comments.
pub(crate) fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .map(|line| line.trim_end_matches([' ', '\r']))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
pub(crate) fn assert_sorted_and_unique(file: &'static str) {
    let entries: Vec<_> = lines(file).collect();
    for pair in entries.windows(2) {
        assert!(pair[0] < pair[1], "{:?} must stand before {:?}, once", pair[1], pair[0]);
    }
}

/// The entries of a table: its columns, in file order. Comments and blank lines are left out.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    lines(table).map(|line| line.split('\t').collect())
}

/// Asserts that the table is sorted by bytes, that no line is there twice, and that each has
/// `columns` columns.
#[cfg(test)]
pub(crate) fn check(table: &'static str, columns: usize) {
    assert_sorted_and_unique(table);
    for entry in lines(table) {
        assert_eq!(entry.split('\t').count(), columns, "columns of {entry:?}");
    }
}
