//! What the reading works on: a story's running text, cut into paragraphs and sentences once.

use std::ops::Range;

use super::sentences;

/// A story's running text. Every range of the reading counts UTF-8 bytes of `text`.
#[derive(Debug, Clone)]
pub struct Prose<'t> {
    /// The text; paragraphs stand on lines of their own, with or without blank lines between.
    pub text: &'t str,
    /// BCP 47 tag of the language, where it is known. `None` counts as English in Latin script.
    pub language: Option<&'t str>,
    /// Paragraphs in reading order; sorted, apart from each other, none of them blank.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences in reading order; each lies in one paragraph.
    pub sentences: Vec<Range<usize>>,
}

/// A paragraph of a [`Prose`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands, without white space at its ends.
    pub range: Range<usize>,
    /// What it is.
    pub kind: ParagraphKind,
}

/// What a paragraph is, as far as the article's blocks tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphKind {
    /// Running text.
    Plain,
    /// A heading.
    Heading,
    /// A quotation set apart.
    BlockQuote,
    /// A question of an interview.
    Question,
    /// An answer of an interview.
    Answer,
    /// An item of a list, a row of a table, a note: text, but no link of the story's chain.
    Aside,
}

impl<'t> Prose<'t> {
    /// Reads `text` as plain paragraphs: one a line that is not blank.
    pub fn plain(text: &'t str, language: Option<&'t str>) -> Self {
        let paragraphs = lines(text).map(|range| Paragraph { range, kind: ParagraphKind::Plain });
        Self::new(text, language, paragraphs.collect())
    }

    /// Cuts the paragraphs into sentences.
    pub fn new(text: &'t str, language: Option<&'t str>, paragraphs: Vec<Paragraph>) -> Self {
        let within = |paragraph: &Paragraph| {
            let start = paragraph.range.start;
            let text = text.get(paragraph.range.clone()).unwrap_or_default();
            sentences(text, language).into_iter().map(move |s| s.start + start..s.end + start)
        };
        let sentences = paragraphs.iter().flat_map(within).collect();
        Self { text, language, paragraphs, sentences }
    }

    /// The text in `range`; empty where that is no range of it.
    pub fn slice(&self, range: &Range<usize>) -> &'t str {
        self.text.get(range.clone()).unwrap_or_default()
    }
}

/// The lines of `text` that are not blank, without white space at their ends.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let starts = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    starts.filter_map(|(start, line)| {
        let trimmed = line.trim();
        let start = start + (line.len() - line.trim_start().len());
        (!trimmed.is_empty()).then(|| start..start + trimmed.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_lines_and_hold_their_sentences() {
        let prose = Prose::plain("  One. Two.\n\n\u{a0}\nThree \n", None);
        let texts: Vec<&str> = prose.paragraphs.iter().map(|p| prose.slice(&p.range)).collect();
        assert_eq!(texts, ["One. Two.", "Three"]);
        let texts: Vec<&str> = prose.sentences.iter().map(|s| prose.slice(s)).collect();
        assert_eq!(texts, ["One.", "Two.", "Three"]);
    }
}
