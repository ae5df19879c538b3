//! All figures of one page.

use std::collections::BTreeSet;

use super::fields::{author_list, day_gap, main_language, norm_text, same_day, tag_set};
use super::gold::{GoldPage, OneOrMany, Prediction};
use super::punkt::Splitter;
use super::rouge::{RougePage, rouge_words};
use super::text::{
    Prf, ShingleShares, bag_prf, collapse, paragraphs_of, ratio, shared, units, words,
};

/// The figures of one page; `None` where the gold does not say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageScores {
    /// The gold page's id.
    pub id: String,
    /// No prediction, an error, or no text in it.
    pub empty: bool,
    /// The body against the gold's.
    pub body: Option<BodyScores>,
    /// Exact paragraphs, best over the optional ones.
    pub para: Option<Prf>,
    /// ROUGE-LSum, best over the optional paragraphs.
    pub rouge: Option<Prf>,
    /// Share of the wanted snippets that occur, case ignored.
    pub with: Option<f64>,
    /// Share of the unwanted snippets that occur, case ignored.
    pub without: Option<f64>,
    /// Wanted and unwanted snippets, counted as trafilatura does.
    pub segments: Option<Segments>,
    /// Headline.
    pub title: Option<TitleScores>,
    /// Authors, where the gold names some.
    pub authors: Option<AuthorScores>,
    /// Where the gold says there is no author: whether one was given.
    pub authors_none: Option<bool>,
    /// Publication date, where the gold has one.
    pub published: Option<DateScores>,
    /// Where the gold says there is no publication date: whether one was given.
    pub published_none: Option<bool>,
    /// Date of the last change, where the gold has one.
    pub modified: Option<DateScores>,
    /// Where the gold says there is no such date: whether one was given.
    pub modified_none: Option<bool>,
    /// Teaser or summary.
    pub description: Option<TextScores>,
    /// Keywords.
    pub tags: Option<SetCounts>,
    /// Language.
    pub language: Option<LanguageScores>,
}

impl PageScores {
    /// The page's own F1, of shingles or else of snippets.
    pub fn f1(&self) -> Option<f64> {
        let body = self.body.as_ref().map(|body| body.aeb_f1);
        body.or(self.segments.as_ref().map(Segments::f1))
    }
}

/// The body against the gold's.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BodyScores {
    /// Shingle precision and recall over `\w+` words.
    pub aeb: PrecisionRecall,
    /// The same with the scripts written without spaces cut into characters.
    pub aeb_u: PrecisionRecall,
    /// The page's shingle F1.
    pub aeb_f1: f64,
    /// Whether both have the very same words.
    pub same_words: bool,
    /// Words of the gold.
    pub gold_words: usize,
    /// Lower-case word multisets.
    pub wcxb: Prf,
}

/// Precision and recall; `None` where there is nothing to divide by.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PrecisionRecall {
    /// Right / given.
    pub precision: Option<f64>,
    /// Right / gold.
    pub recall: Option<f64>,
}

impl From<ShingleShares> for PrecisionRecall {
    fn from(shares: ShingleShares) -> Self {
        Self { precision: shares.precision(), recall: shares.recall() }
    }
}

/// Wanted (positive) and unwanted (negative) snippets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Segments {
    /// Wanted and there.
    pub tp: usize,
    /// Unwanted and there.
    pub fp: usize,
    /// Wanted, not there.
    pub fn_: usize,
    /// Unwanted, not there.
    pub tn: usize,
}

impl Segments {
    fn f1(&self) -> f64 {
        ratio(2.0 * self.tp as f64, (2 * self.tp + self.fp + self.fn_) as f64)
    }
}

/// Sizes of an answered set against a gold set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SetCounts {
    /// In both.
    pub tp: usize,
    /// Only in the answer.
    pub fp: usize,
    /// Only in the gold.
    pub fn_: usize,
}

impl SetCounts {
    fn new(gold: &BTreeSet<String>, answer: &BTreeSet<String>) -> Self {
        let tp = gold.intersection(answer).count();
        Self { tp, fp: answer.len() - tp, fn_: gold.len() - tp }
    }
}

/// A headline in normal form.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct TitleScores {
    /// As a text.
    pub text: TextScores,
    /// The gold occurs in the answer.
    pub inside: bool,
}

/// A short text in normal form.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct TextScores {
    /// Equal.
    pub exact: bool,
    /// There is an answer.
    pub answered: bool,
    /// Word-multiset F1.
    pub f1: f64,
}

impl TextScores {
    /// Both in normal form.
    fn new(gold: &str, answer: &str) -> Self {
        let f1 = bag_prf(&units(answer), &units(gold)).f1;
        Self { exact: gold == answer, answered: !answer.is_empty(), f1 }
    }
}

/// Authors' names.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct AuthorScores {
    /// Whole names.
    pub names: SetCounts,
    /// Word-multiset F1 over all names.
    pub token_f1: f64,
}

/// A date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateScores {
    /// There is an answer.
    pub answered: bool,
    /// Same calendar day.
    pub right: bool,
    /// Days between answer and gold, where both are dates.
    pub gap_days: Option<i64>,
}

/// A language.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LanguageScores {
    /// There is an answer.
    pub answered: bool,
    /// Same code.
    pub right: bool,
}

/// What counts of a prediction: nothing of one that failed.
#[derive(Debug, Default)]
struct Answer<'p> {
    fields: Option<&'p Prediction>,
    body: String,
    paragraphs: Vec<String>,
}

impl<'p> Answer<'p> {
    fn new(prediction: Option<&'p Prediction>) -> Self {
        let Some(fields) = prediction.filter(|prediction| !prediction.failed()) else {
            return Self::default();
        };
        let body = body_of(fields);
        let paragraphs = match &fields.paragraphs {
            None => paragraphs_of(&body),
            Some(all) => all.iter().map(|p| collapse(p)).filter(|p| !p.is_empty()).collect(),
        };
        Self { fields: Some(fields), body, paragraphs }
    }

    fn text(&self, field: fn(&Prediction) -> &Option<String>) -> &'p str {
        self.fields.and_then(|fields| field(fields).as_deref()).unwrap_or_default()
    }

    fn list(&self, field: fn(&Prediction) -> &Option<OneOrMany>) -> Option<&'p OneOrMany> {
        self.fields.and_then(|fields| field(fields).as_ref())
    }
}

/// The body of a prediction, joined from its paragraphs where it has no body.
pub(super) fn body_of(prediction: &Prediction) -> String {
    if let Some(body) = &prediction.body {
        return body.clone();
    }
    let given = prediction.paragraphs.iter().flatten().map(String::as_str);
    given.filter(|p| !p.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// All figures of one page; without a prediction it counts as empty. ROUGE needs a splitter.
pub fn score_page(
    gold: &GoldPage,
    prediction: Option<&Prediction>,
    rouge: Option<&Splitter>,
) -> PageScores {
    let answer = Answer::new(prediction);
    let mut scores = PageScores {
        id: gold.id.clone(),
        empty: collapse(&answer.body).is_empty(),
        ..PageScores::default()
    };
    score_body(gold, &answer, rouge, &mut scores);
    score_snippets(gold, &answer.body, &mut scores);
    score_names(gold, &answer, &mut scores);
    score_dates(gold, &answer, &mut scores);
    score_texts(gold, &answer, &mut scores);
    scores
}

fn score_body(gold: &GoldPage, answer: &Answer, rouge: Option<&Splitter>, to: &mut PageScores) {
    let Some(body) = &gold.body else { return };
    to.body = Some(body_scores(body, &answer.body));
    let paragraphs = gold.paragraphs.clone().unwrap_or_else(|| paragraphs_of(body));
    if paragraphs.is_empty() {
        return;
    }
    let variants = variants(&paragraphs, gold.optional.as_deref().unwrap_or_default());
    to.para = best(variants.iter().map(|variant| para_prf(variant, &answer.paragraphs)));
    if let Some(splitter) = rouge.filter(|_| is_mostly_ascii(body)) {
        let mut page = RougePage::new(&answer.paragraphs.join("\n\n"), splitter);
        to.rouge = best(variants.iter().map(|variant| page.score(&variant.join("\n\n"))));
    }
}

fn body_scores(gold: &str, answer: &str) -> BodyScores {
    let (gold_words, answer_words) = (words(gold), words(answer));
    let shares = ShingleShares::new(&gold_words, &answer_words);
    let lower = (gold.to_lowercase(), answer.to_lowercase());
    BodyScores {
        aeb: shares.into(),
        aeb_u: ShingleShares::new(&units(gold), &units(answer)).into(),
        aeb_f1: shares.f1(),
        same_words: gold_words == answer_words,
        gold_words: gold_words.len(),
        wcxb: bag_prf(&words(&lower.1), &words(&lower.0)),
    }
}

/// ROUGE sees ASCII words only: at least 0.7 of the characters must be in such.
fn is_mostly_ascii(text: &str) -> bool {
    let ascii: usize = rouge_words(text).iter().map(String::len).sum();
    let all: usize = words(text).iter().map(|word| word.chars().count()).sum();
    ascii as f64 >= 0.7 * all as f64
}

/// The first of the highest F1.
fn best(scores: impl Iterator<Item = Prf>) -> Option<Prf> {
    scores.reduce(|best, next| if next.f1 > best.f1 { next } else { best })
}

/// Above this many optional paragraphs only all or none of them are left out.
const MAX_OPTIONAL: usize = 4;

/// The gold with every choice of optional paragraphs left out, fewest first.
fn variants<'g>(paragraphs: &'g [String], optional: &[usize]) -> Vec<Vec<&'g str>> {
    let choices = if optional.len() > MAX_OPTIONAL {
        vec![Vec::new(), optional.to_vec()]
    } else {
        choices(optional)
    };
    let without = |left_out: &Vec<usize>| {
        let kept = paragraphs.iter().enumerate().filter(|(at, _)| !left_out.contains(at));
        kept.map(|(_, paragraph)| paragraph.as_str()).collect()
    };
    choices.iter().map(without).collect()
}

fn choices(optional: &[usize]) -> Vec<Vec<usize>> {
    let slots = |bits: usize| (0..optional.len()).filter(move |slot| bits >> slot & 1 == 1);
    let mut all: Vec<Vec<usize>> =
        (0..1 << optional.len()).map(|bits| slots(bits).collect()).collect();
    all.sort_by_key(|slots| (slots.len(), slots.clone()));
    all.iter().map(|slots| slots.iter().map(|&slot| optional[slot]).collect()).collect()
}

fn para_prf(gold: &[&str], answer: &[String]) -> Prf {
    let given: Vec<&str> = answer.iter().map(String::as_str).collect();
    Prf::of_counts(shared(gold.to_vec(), given), answer.len(), gold.len())
}

fn score_snippets(gold: &GoldPage, body: &str, to: &mut PageScores) {
    if gold.wanted.is_none() && gold.unwanted.is_none() {
        return;
    }
    let lower = body.to_lowercase();
    to.with = gold.wanted.as_deref().map(|snippets| snippet_rate(&lower, snippets));
    to.without = gold.unwanted.as_deref().map(|snippets| snippet_rate(&lower, snippets));
    let wanted = gold.wanted.as_deref().unwrap_or_default();
    let unwanted = gold.unwanted.as_deref().unwrap_or_default();
    let flat = collapse(body);
    let there = |all: &[String]| all.iter().filter(|one| flat.contains(&collapse(one))).count();
    let (tp, fp) = (there(wanted), there(unwanted));
    to.segments = Some(Segments { tp, fp, fn_: wanted.len() - tp, tn: unwanted.len() - fp });
}

/// 1.0 for no snippets, wanted or not: WCXB's own scorer does so.
fn snippet_rate(lower_body: &str, snippets: &[String]) -> f64 {
    if snippets.is_empty() {
        return 1.0;
    }
    let there = snippets.iter().filter(|one| lower_body.contains(&one.to_lowercase()));
    there.count() as f64 / snippets.len() as f64
}

fn score_names(gold: &GoldPage, answer: &Answer, to: &mut PageScores) {
    if gold.authors.is_some() {
        let names = author_list(gold.authors.as_ref());
        let given = author_list(answer.list(|fields| &fields.authors));
        if names.is_empty() {
            to.authors_none = Some(!given.is_empty());
        } else {
            to.authors = Some(author_scores(&names, &given));
        }
    }
    if let Some(tags) = gold.tags.as_ref().filter(|tags| !tags.is_empty()) {
        let tags = tags.iter().map(|tag| norm_text(tag)).collect();
        to.tags = Some(SetCounts::new(&tags, &tag_set(answer.list(|fields| &fields.tags))));
    }
}

fn author_scores(gold: &[String], answer: &[String]) -> AuthorScores {
    let set = |names: &[String]| names.iter().cloned().collect();
    let gold_words: Vec<&str> = gold.iter().flat_map(|name| units(name)).collect();
    let answer_words: Vec<&str> = answer.iter().flat_map(|name| units(name)).collect();
    AuthorScores {
        names: SetCounts::new(&set(gold), &set(answer)),
        token_f1: bag_prf(&answer_words, &gold_words).f1,
    }
}

fn score_dates(gold: &GoldPage, answer: &Answer, to: &mut PageScores) {
    let published = answer.text(|fields| &fields.published);
    (to.published, to.published_none) = date_scores(gold.published.as_deref(), published);
    let modified = answer.text(|fields| &fields.modified);
    (to.modified, to.modified_none) = date_scores(gold.modified.as_deref(), modified);
}

/// The second for a gold that says there is no date.
fn date_scores(gold: Option<&str>, answer: &str) -> (Option<DateScores>, Option<bool>) {
    let answered = !answer.is_empty();
    match gold {
        None => (None, None),
        Some("") => (None, Some(answered)),
        Some(gold) => {
            let (right, gap_days) = (same_day(gold, answer), day_gap(gold, answer));
            (Some(DateScores { answered, right, gap_days }), None)
        }
    }
}

fn score_texts(gold: &GoldPage, answer: &Answer, to: &mut PageScores) {
    let given = |field: &Option<String>| field.clone().filter(|text| !text.is_empty());
    to.title = given(&gold.title).map(|title| {
        let (gold, answer) = (norm_text(&title), norm_text(answer.text(|fields| &fields.title)));
        TitleScores { text: TextScores::new(&gold, &answer), inside: answer.contains(&gold) }
    });
    to.description = given(&gold.description).map(|text| {
        let answer = norm_text(answer.text(|fields| &fields.description));
        TextScores::new(&norm_text(&text), &answer)
    });
    to.language = given(&gold.language).map(|language| {
        let answer = main_language(answer.text(|fields| &fields.language));
        LanguageScores { answered: !answer.is_empty(), right: answer == language }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_come_fewest_left_out_first() {
        assert_eq!(choices(&[3, 5]), [vec![], vec![3], vec![5], vec![3, 5]]);
    }

    #[test]
    fn a_missing_page_scores_zero() {
        let gold = GoldPage { body: Some("a b".to_owned()), ..GoldPage::default() };
        let scores = score_page(&gold, None, Some(&Splitter::Plain));
        assert_eq!((scores.empty, scores.f1()), (true, Some(0.0)));
        assert_eq!(scores.rouge, Some(Prf::default()));
    }
}
