//! Text as the reference scorer sees it: Python's `\w`, `\s`, `str.split` and multisets.

use std::collections::HashMap;
use std::ops::Range;

use unicode_general_category::{GeneralCategory as Category, get_general_category};

/// Precision, recall and F1, each 0.0..=1.0.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct Prf {
    /// Right answers / answers.
    pub precision: f64,
    /// Right answers / gold.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

impl Prf {
    pub(super) fn new(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        Self { precision, recall, f1: ratio(2.0 * precision * recall, sum) }
    }

    /// From counts; 0.0 where there is nothing to divide by.
    pub(super) fn of_counts(right: usize, answers: usize, gold: usize) -> Self {
        Self::new(ratio(right as f64, answers as f64), ratio(right as f64, gold as f64))
    }
}

/// `part / whole`, or 0.0 for an empty whole.
pub(super) fn ratio(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

/// Mean of the values, 0.0 for none.
pub(super) fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, n) = values.into_iter().fold((0.0, 0_usize), |(sum, n), x| (sum + x, n + 1));
    ratio(sum, n as f64)
}

/// Sample standard deviation, 0.0 for fewer than two values.
pub(super) fn deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let middle = mean(values.iter().copied());
    let squares: f64 = values.iter().map(|x| (x - middle).powi(2)).sum();
    (squares / (values.len() - 1) as f64).sqrt()
}

/// Python's `\w`: a letter, a number of any kind, or the underscore. Combining marks are not.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    is_letter(get_general_category(c)) || is_number(get_general_category(c))
}

fn is_letter(category: Category) -> bool {
    use Category::{
        LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter,
    };
    matches!(
        category,
        UppercaseLetter | LowercaseLetter | TitlecaseLetter | ModifierLetter | OtherLetter
    )
}

fn is_number(category: Category) -> bool {
    use Category::{DecimalNumber, LetterNumber, OtherNumber};
    matches!(category, DecimalNumber | LetterNumber | OtherNumber)
}

/// Python's `\d`: a decimal digit of any script.
pub(super) fn is_decimal(c: char) -> bool {
    c.is_ascii_digit() || get_general_category(c) == Category::DecimalNumber
}

/// Python's `\s` and `str.isspace`: Unicode white space and the four ASCII separators.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// Scripts written without spaces, whose characters count as words one by one in `units`.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// Runs of word characters.
pub(super) fn words(text: &str) -> Vec<&str> {
    slices(text, spans(text, |_| false))
}

/// Runs of word characters, with the scripts written without spaces cut into characters.
pub(super) fn units(text: &str) -> Vec<&str> {
    slices(text, unit_spans(text))
}

/// Byte ranges of `units`.
pub(super) fn unit_spans(text: &str) -> Vec<Range<usize>> {
    spans(text, is_unspaced)
}

fn slices(text: &str, spans: Vec<Range<usize>>) -> Vec<&str> {
    spans.into_iter().filter_map(|span| text.get(span)).collect()
}

fn spans(text: &str, alone: fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        let single = alone(c);
        if !single && is_word(c) {
            open.get_or_insert(at);
            continue;
        }
        found.extend(open.take().map(|start| start..at));
        found.extend(single.then(|| at..at + c.len_utf8()));
    }
    found.extend(open.map(|start| start..text.len()));
    found
}

/// Runs of white space become one space, none at the ends: `" ".join(text.split())`.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The lines of a text, white space collapsed, empty ones left out.
pub(super) fn paragraphs_of(text: &str) -> Vec<String> {
    text.split('\n').map(collapse).filter(|line| !line.is_empty()).collect()
}

/// Size of the multiset intersection.
pub(super) fn shared<T: Ord>(mut a: Vec<T>, mut b: Vec<T>) -> usize {
    a.sort_unstable();
    b.sort_unstable();
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let order = x.cmp(y);
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
        both += usize::from(order.is_eq());
    }
    both
}

/// Numbers for words, so that comparing two long texts compares integers.
#[derive(Debug, Default)]
struct Vocabulary<'a>(HashMap<&'a str, u32>);

impl<'a> Vocabulary<'a> {
    fn ids(&mut self, words: &[&'a str]) -> Vec<u32> {
        words.iter().map(|word| self.id(word)).collect()
    }

    fn id(&mut self, word: &'a str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(word).or_insert(next)
    }
}

/// Word-multiset precision, recall and F1, as WCXB counts them.
pub(super) fn bag_prf(answer: &[&str], gold: &[&str]) -> Prf {
    if answer.is_empty() || gold.is_empty() {
        let score = f64::from(answer.is_empty() && gold.is_empty());
        return Prf { precision: score, recall: score, f1: score };
    }
    let mut ids = Vocabulary::default();
    let right = shared(ids.ids(answer), ids.ids(gold));
    Prf::of_counts(right, answer.len(), gold.len())
}

/// Shares of right, superfluous and missing 4-word shingles; they sum to 1.0, or are all 0.0.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ShingleShares {
    right: f64,
    superfluous: f64,
    missing: f64,
}

impl ShingleShares {
    pub(super) fn new(gold: &[&str], answer: &[&str]) -> Self {
        let mut ids = Vocabulary::default();
        let (gold, answer) = (shingles(&ids.ids(gold)), shingles(&ids.ids(answer)));
        let sizes = (gold.len(), answer.len());
        let right = shared(gold, answer);
        let sum = (sizes.0 + sizes.1 - right) as f64;
        Self {
            right: ratio(right as f64, sum),
            superfluous: ratio((sizes.1 - right) as f64, sum),
            missing: ratio((sizes.0 - right) as f64, sum),
        }
    }

    /// `None` where there is nothing to divide by.
    pub(super) fn precision(self) -> Option<f64> {
        share(self.right, self.superfluous)
    }

    /// `None` where there is nothing to divide by.
    pub(super) fn recall(self) -> Option<f64> {
        share(self.right, self.missing)
    }

    /// 1.0 where both texts are empty.
    pub(super) fn f1(self) -> f64 {
        let sum = 2.0 * self.right + self.superfluous + self.missing;
        if sum == 0.0 { 1.0 } else { 2.0 * self.right / sum }
    }
}

fn share(right: f64, wrong: f64) -> Option<f64> {
    (right + wrong > 0.0).then(|| right / (right + wrong))
}

/// Every run of four words; a text of one to three words is one shingle.
fn shingles(ids: &[u32]) -> Vec<[u32; 4]> {
    if ids.is_empty() {
        return Vec::new();
    }
    if ids.len() < 4 {
        let mut short = [u32::MAX; 4];
        short.iter_mut().zip(ids).for_each(|(slot, id)| *slot = *id);
        return vec![short];
    }
    ids.array_windows().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_leave_out_marks_and_keep_numbers() {
        assert_eq!(words("don\u{2019}t_x ½ e\u{301}a"), ["don", "t_x", "½", "e", "a"]);
    }

    #[test]
    fn units_cut_han_and_kana() {
        assert_eq!(units("東京2024年 abc"), ["東", "京", "2024", "年", "abc"]);
    }

    #[test]
    fn collapse_takes_ascii_separators_as_space() {
        assert_eq!(collapse("\u{a0}a\x1c\u{3000}b\n"), "a b");
    }

    #[test]
    fn short_texts_are_one_shingle() {
        let shares = ShingleShares::new(&["a", "b"], &["a", "b"]);
        assert_eq!((shares.precision(), shares.recall()), (Some(1.0), Some(1.0)));
        assert_eq!(ShingleShares::new(&[], &["a"]).recall(), None);
    }
}
