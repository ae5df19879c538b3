//! Short strings cleaned for reading and comparing.

use crate::dom::{self, collapse};
use crate::options::Limits;

/// A value as a reader sees it: entities and tags that were escaped twice resolved, white space
/// collapsed.
pub(crate) fn plain(text: &str) -> String {
    let text = collapse(text);
    let escaped = text.contains('&') && text.contains(';') || text.contains('<');
    if !escaped {
        return text;
    }
    let parsed = dom::parse(&text, &Limits::default());
    let once = parsed.dom.inner_text(0);
    let twice = once.contains("&amp;") || once.contains("&#") || once.contains("&quot;");
    if twice { dom::parse(&once, &Limits::default()).dom.inner_text(0) } else { once }
}

/// Tags out of one string: parted by semicolons or bars if there are any, else by commas.
pub(crate) fn tag_list(text: &str) -> Vec<String> {
    let separator = [';', '|'].into_iter().find(|c| text.contains(*c)).unwrap_or(',');
    let separators = [separator, if separator == ',' { '、' } else { separator }, '，'];
    text.split(separators)
        .map(|tag| tag.trim().trim_matches('"').to_owned())
        .filter(|t| !t.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{plain, tag_list};

    #[test]
    fn escaped_twice_is_read_twice() {
        assert_eq!(plain("  A &amp;amp; B \n C "), "A & B C");
        assert_eq!(plain("<b>Big</b> news"), "Big news");
        assert_eq!(plain("3 < 4 & more"), "3 < 4 & more");
    }

    #[test]
    fn tags_part_at_the_rarer_mark() {
        assert_eq!(tag_list("a, b ,, c"), ["a", "b", "c"]);
        assert_eq!(tag_list("Doe, Jane; politics"), ["Doe, Jane", "politics"]);
        assert_eq!(tag_list("税、予算"), ["税", "予算"]);
    }
}
