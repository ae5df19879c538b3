//! XML 1.0 in UTF-8: well-formed whatever the text is.

use std::fmt::Write as _;

use super::clean::{one_line, visible};

/// An XML document that is being written. Elements are opened and closed by the same call, so they
/// always nest.
#[derive(Debug)]
pub(super) struct Xml {
    out: String,
}

/// Attributes in their order; those without a value are left out.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Xml {
    pub(super) fn new() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// An element on lines of its own, with further elements in it. Without any it is left out.
    pub(super) fn within(
        &mut self,
        tag: &str,
        attributes: Attributes<'_>,
        content: impl FnOnce(&mut Self),
    ) {
        self.unless_empty(tag, attributes, "\n", content);
    }

    /// An element on a line of its own, with running text in it. Without any it is left out.
    pub(super) fn inline(
        &mut self,
        tag: &str,
        attributes: Attributes<'_>,
        content: impl FnOnce(&mut Self),
    ) {
        self.unless_empty(tag, attributes, "", content);
    }

    fn unless_empty(
        &mut self,
        tag: &str,
        attributes: Attributes<'_>,
        lead: &str,
        content: impl FnOnce(&mut Self),
    ) {
        let start = self.out.len();
        self.start(tag, attributes);
        self.out.push_str(lead);
        let empty = self.out.len();
        content(self);
        if self.out.len() == empty {
            self.out.truncate(start);
        } else {
            self.end(tag);
            self.out.push('\n');
        }
    }

    /// An element that there must be, also without content.
    pub(super) fn always(
        &mut self,
        tag: &str,
        attributes: Attributes<'_>,
        content: impl FnOnce(&mut Self),
    ) {
        self.start(tag, attributes);
        content(self);
        self.end(tag);
        self.out.push('\n');
    }

    /// An element with one line of text. Without any it is left out.
    pub(super) fn line(&mut self, tag: &str, attributes: Attributes<'_>, text: &str) {
        self.inline(tag, attributes, |xml| xml.text(&one_line(text)));
    }

    /// An element without content.
    pub(super) fn empty(&mut self, tag: &str, attributes: Attributes<'_>) {
        self.start(tag, attributes);
        self.out.pop();
        self.out.push_str("/>\n");
    }

    /// An empty element inside running text.
    pub(super) fn mark(&mut self, tag: &str) {
        let _ = write!(self.out, "<{tag}/>");
    }

    /// A start tag. Whoever calls it must call [`Self::end`].
    pub(super) fn start(&mut self, tag: &str, attributes: Attributes<'_>) {
        let _ = write!(self.out, "<{tag}");
        for (name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            let _ = write!(self.out, " {name}=\"");
            self.text(value);
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// An end tag.
    pub(super) fn end(&mut self, tag: &str) {
        let _ = write!(self.out, "</{tag}>");
    }

    /// Escaped text. What XML 1.0 does not allow is left out.
    pub(super) fn text(&mut self, text: &str) {
        for c in text.chars().filter_map(visible).filter(|c| is_allowed(*c)) {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                c => self.out.push(c),
            }
        }
    }
}

/// What [`visible`] lets through and XML 1.0 does not: the two last code points of the first plane.
fn is_allowed(c: char) -> bool {
    !matches!(c, '\u{fffe}' | '\u{ffff}')
}
