//! What a page's extraction lost and what it took too much, word by word.

use std::cmp::Reverse;
use std::fmt::Write as _;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::gold::{GoldPage, Prediction};
use super::page::{PageScores, body_of};
use super::text::{collapse, unit_spans};

/// Differences shown for one page, the longest ones.
const MAX_SHOWN: usize = 12;
/// Words shown at either end of a run.
const EDGE: usize = 10;
/// Words compared of either text: two texts of this length that share nothing take 0.3 s.
const MAX_WORDS: usize = 5_000;

/// A text and where its words lie.
struct Worded<'t> {
    text: &'t str,
    words: Vec<std::ops::Range<usize>>,
}

impl<'t> Worded<'t> {
    fn new(text: &'t str) -> Self {
        let mut words = unit_spans(text);
        words.truncate(MAX_WORDS);
        Self { text, words }
    }

    fn all(&self) -> Vec<&'t str> {
        self.words.iter().map(|span| self.text.get(span.clone()).unwrap_or_default()).collect()
    }

    /// The text from one word to another, punctuation between included.
    fn between(&self, from: usize, to: usize) -> String {
        let ends =
            self.words.get(from).zip(to.checked_sub(1).and_then(|last| self.words.get(last)));
        let text = ends.and_then(|(first, last)| self.text.get(first.start..last.end));
        collapse(text.unwrap_or_default())
    }

    /// The same, its middle cut out where it is long.
    fn excerpt(&self, from: usize, to: usize) -> String {
        if to - from <= 2 * EDGE {
            return self.between(from, to);
        }
        format!("{} … {}", self.between(from, from + EDGE), self.between(to - EDGE, to))
    }
}

/// A heading with the page's figures, then its missing (`-`) and extra (`+`) words in the order of
/// the text, each with the words before it.
pub(super) fn page_diff(
    gold: &GoldPage,
    page: &PageScores,
    prediction: Option<&Prediction>,
) -> String {
    let mut text = heading(gold, page);
    if let Some(error) = prediction.and_then(|prediction| prediction.error.as_deref()) {
        let _ = writeln!(text, "  error: {error}");
    }
    let answer = prediction.filter(|one| !one.failed()).map(body_of).unwrap_or_default();
    match &gold.body {
        Some(body) => text.push_str(&word_diff(body, &answer)),
        None => text.push_str(&snippet_diff(gold, &collapse(&answer))),
    }
    text
}

fn heading(gold: &GoldPage, page: &PageScores) -> String {
    let kind = gold.page_type.as_deref().unwrap_or("-");
    let language = gold.any_language().unwrap_or("-");
    let url = gold.url.as_deref().unwrap_or("-");
    format!("{}  f1 {:.3}  {kind}  {language}  {url}\n", gold.id, page.f1().unwrap_or_default())
}

fn snippet_diff(gold: &GoldPage, answer: &str) -> String {
    let mut text = String::new();
    let mut list = |snippets: &Option<Vec<String>>, there: bool, sign: char| {
        for snippet in snippets.iter().flatten().map(|snippet| collapse(snippet)) {
            if answer.contains(&snippet) == there {
                let _ = writeln!(text, "  {sign} {snippet}");
            }
        }
    };
    list(&gold.wanted, false, '-');
    list(&gold.unwanted, true, '+');
    text
}

fn word_diff(gold: &str, answer: &str) -> String {
    let (gold, answer) = (Worded::new(gold), Worded::new(answer));
    let mut runs = capture_diff_slices(Algorithm::Patience, &gold.all(), &answer.all());
    runs.retain(|run| size(run) > 0);
    let left_out = runs.len().saturating_sub(MAX_SHOWN);
    runs.sort_by_key(|run| Reverse(size(run)));
    runs.truncate(MAX_SHOWN);
    runs.sort_by_key(|run| (run.old_range().start, run.new_range().start));
    let mut text: String = runs.iter().map(|run| run_text(&gold, &answer, run)).collect();
    if left_out > 0 {
        let _ = writeln!(text, "  and {left_out} shorter differences");
    }
    if gold.words.len().max(answer.words.len()) == MAX_WORDS {
        let _ = writeln!(text, "  only the first {MAX_WORDS} words are compared");
    }
    text
}

/// Words that differ, 0 for a run of equal words.
fn size(run: &DiffOp) -> usize {
    match run {
        DiffOp::Equal { .. } => 0,
        _ => run.old_range().len().max(run.new_range().len()),
    }
}

fn run_text(gold: &Worded, answer: &Worded, run: &DiffOp) -> String {
    let (lost, extra) = (run.old_range(), run.new_range());
    let before = gold.between(lost.start.saturating_sub(4), lost.start);
    let mut text = if before.is_empty() { String::new() } else { format!("  = {before}\n") };
    for (sign, side, range) in [('-', gold, lost), ('+', answer, extra)] {
        if !range.is_empty() {
            let words = side.excerpt(range.start, range.end);
            let _ = writeln!(text, "  {sign} {} words: {words}", range.len());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_and_extra_words_stand_in_order() {
        assert_eq!(
            word_diff("One two, three four.", "Zero. One two, four five six."),
            "  + 1 words: Zero\n  = One two\n  - 1 words: three\n  = One two, three four\n  \
             + 2 words: five six\n"
        );
    }

    #[test]
    fn longest_differences_are_kept() {
        let gold: Vec<_> = (0..40).map(|n| format!("g{n} same{n}")).collect();
        let answer: Vec<_> = (0..40).map(|n| format!("a{n} same{n}")).collect();
        let text = word_diff(&gold.join(" "), &(answer.join(" ") + " one two three"));
        let last: Vec<_> = text.lines().rev().take(2).collect();
        assert_eq!(last, ["  and 29 shorter differences", "  + 3 words: one two three"]);
    }

    #[test]
    fn long_runs_are_cut_in_the_middle() {
        let long: Vec<_> = (0..30).map(|n| n.to_string()).collect();
        assert_eq!(
            word_diff(&long.join(" "), ""),
            "  - 30 words: 0 1 2 3 4 5 6 7 8 9 … 20 21 22 23 24 25 26 27 28 29\n"
        );
    }
}
