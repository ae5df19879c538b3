//! Elements that the standard names together, as patterns to match a name with.

/// Blocks that close a paragraph and are closed by their name alone.
macro_rules! block {
    () => {
        Name::ADDRESS
            | Name::ARTICLE
            | Name::ASIDE
            | Name::BLOCKQUOTE
            | Name::CENTER
            | Name::DETAILS
            | Name::DIALOG
            | Name::DIR
            | Name::DIV
            | Name::DL
            | Name::FIELDSET
            | Name::FIGCAPTION
            | Name::FIGURE
            | Name::FOOTER
            | Name::HEADER
            | Name::HGROUP
            | Name::MAIN
            | Name::MENU
            | Name::NAV
            | Name::OL
            | Name::SEARCH
            | Name::SECTION
            | Name::SUMMARY
            | Name::UL
    };
}

macro_rules! heading {
    () => {
        Name::H1 | Name::H2 | Name::H3 | Name::H4 | Name::H5 | Name::H6
    };
}

/// Formatting elements but `a` and `nobr`, each of which closes the last of its kind.
macro_rules! formatting {
    () => {
        Name::B
            | Name::BIG
            | Name::CODE
            | Name::EM
            | Name::FONT
            | Name::I
            | Name::S
            | Name::SMALL
            | Name::STRIKE
            | Name::STRONG
            | Name::TT
            | Name::U
    };
}

/// Empty elements of the head.
macro_rules! head_void {
    () => {
        Name::BASE | Name::BASEFONT | Name::BGSOUND | Name::LINK | Name::META
    };
}

/// What is read by the rules of the head wherever it stands.
macro_rules! metadata {
    () => {
        head_void!() | Name::NOFRAMES | Name::SCRIPT | Name::STYLE | Name::TEMPLATE | Name::TITLE
    };
}

macro_rules! table_section {
    () => {
        Name::TBODY | Name::TFOOT | Name::THEAD
    };
}

macro_rules! cell {
    () => {
        Name::TD | Name::TH
    };
}

/// What stands around the sections of a table.
macro_rules! table_frame {
    () => {
        Name::CAPTION | Name::COL | Name::COLGROUP
    };
}

/// What stands in a table only.
macro_rules! table_part {
    () => {
        table_frame!() | table_section!() | Name::TR | cell!()
    };
}
