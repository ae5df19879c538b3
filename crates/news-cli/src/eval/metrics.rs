//! Figures over many pages, with the names and the nesting of the reference scorer's JSON.

use serde::Serialize;

use super::page::{
    AuthorScores, BodyScores, DateScores, PageScores, PrecisionRecall, Segments, SetCounts,
    TextScores, TitleScores,
};
use super::text::{Prf, deviation, mean, ratio};

/// All figures over a group of pages; a group of which no page has the gold is `None`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(default)]
pub struct Metrics {
    /// Shingles, as the article-extraction-benchmark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aeb: Option<AebMetrics>,
    /// Shingles with unspaced scripts cut into characters; `None` where nothing differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aeb_u: Option<PrfMetrics>,
    /// Words, as WCXB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wcxb: Option<PrfMetrics>,
    /// ROUGE-LSum, as fundus-evaluation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rouge: Option<SpreadMetrics>,
    /// Exact paragraphs, as fundus-evaluation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub para: Option<SpreadMetrics>,
    /// Snippet rates, as WCXB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wcxb_snippets: Option<SnippetMetrics>,
    /// Snippets, as trafilatura.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traf: Option<SegmentMetrics>,
    /// Headlines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TitleMetrics>,
    /// Authors, where the gold names some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authors: Option<AuthorMetrics>,
    /// Authors, where the gold says there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authors_none: Option<NoneMetrics>,
    /// Publication days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<DateMetrics>,
    /// Publication days, as htmldate counts them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub htmldate: Option<HtmldateMetrics>,
    /// Publication days, where the gold says there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_none: Option<NoneMetrics>,
    /// Days of the last change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<DateMetrics>,
    /// Days of the last change, where the gold says there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified_none: Option<NoneMetrics>,
    /// Teasers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<TextMetrics>,
    /// Keywords.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<SetMetrics>,
    /// Languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<LanguageMetrics>,
}

/// Macro means and the F1 of those means.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct AebMetrics {
    pub f1: f64,
    pub precision: f64,
    pub recall: f64,
    /// Share of pages with the very same words.
    pub accuracy: f64,
    /// Pages.
    pub n: usize,
}

/// Macro means.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct PrfMetrics {
    pub n: usize,
    pub f1: f64,
    pub precision: f64,
    pub recall: f64,
}

/// Macro means with sample standard deviations.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct SpreadMetrics {
    pub n: usize,
    pub f1: f64,
    pub f1_sd: f64,
    pub precision: f64,
    pub precision_sd: f64,
    pub recall: f64,
    pub recall_sd: f64,
}

/// Macro means of the snippet rates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct SnippetMetrics {
    pub n_with: usize,
    pub with: f64,
    pub n_without: usize,
    /// Lower is better.
    pub without: f64,
}

/// Sums over all snippets.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct SegmentMetrics {
    pub n: usize,
    /// Wanted snippets.
    pub with: usize,
    /// Unwanted snippets.
    pub without: usize,
    pub tp: usize,
    pub fp: usize,
    #[serde(rename = "fn")]
    pub fn_: usize,
    pub tn: usize,
    pub precision: f64,
    pub recall: f64,
    pub accuracy: f64,
    pub f1: f64,
}

/// Headlines in normal form.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct TitleMetrics {
    pub n: usize,
    pub exact: f64,
    /// Share of pages whose answer contains the gold.
    pub inside: f64,
    pub answered: f64,
    /// Mean word F1.
    pub f1: f64,
}

/// Sums over all names, and shares of pages.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct AuthorMetrics {
    pub n: usize,
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    /// Share of pages with all names right and none too many.
    pub all_right: f64,
    pub answered: f64,
    pub token_f1: f64,
}

/// Pages that have no such value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct NoneMetrics {
    pub n: usize,
    /// Pages that were given one all the same.
    pub answered: usize,
}

/// Calendar days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct DateMetrics {
    pub n: usize,
    /// Right / pages.
    pub accuracy: f64,
    /// Right / answered.
    pub precision: f64,
    /// Answered / pages.
    pub answered: f64,
    pub recall: f64,
    pub within_1_day: f64,
}

/// Calendar days: a wrong one is a false positive, none given a false negative.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct HtmldateMetrics {
    pub n: usize,
    pub precision: f64,
    pub recall: f64,
    pub accuracy: f64,
    pub f1: f64,
}

/// Short texts in normal form.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct TextMetrics {
    pub n: usize,
    pub exact: f64,
    pub answered: f64,
    /// Mean word F1.
    pub f1: f64,
}

/// Sums over all entries.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct SetMetrics {
    pub n: usize,
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
}

/// Shares of pages.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[expect(missing_docs, reason = "figures named as everywhere")]
pub struct LanguageMetrics {
    pub n: usize,
    pub answered: f64,
    pub right: f64,
}

/// All figures over these pages.
pub fn aggregate(pages: &[PageScores]) -> Metrics {
    let mut metrics = Metrics::default();
    add_bodies(pages, &mut metrics);
    add_snippets(pages, &mut metrics);
    add_fields(pages, &mut metrics);
    add_dates(pages, &mut metrics);
    metrics
}

/// The pages that have a value, unless none has.
fn some<T>(pages: &[PageScores], field: impl Fn(&PageScores) -> Option<T>) -> Option<Vec<T>> {
    let values: Vec<T> = pages.iter().filter_map(field).collect();
    (!values.is_empty()).then_some(values)
}

fn share<T>(pages: &[T], holds: impl Fn(&T) -> bool) -> f64 {
    ratio(count(pages, holds) as f64, pages.len() as f64)
}

fn count<T>(pages: &[T], holds: impl Fn(&T) -> bool) -> usize {
    pages.iter().filter(|page| holds(page)).count()
}

fn mean_of<T>(pages: &[T], value: impl Fn(&T) -> f64) -> f64 {
    mean(pages.iter().map(value))
}

fn add_bodies(pages: &[PageScores], to: &mut Metrics) {
    let Some(bodies) = some(pages, |page| page.body.clone()) else {
        return;
    };
    to.aeb = Some(aeb(&bodies));
    let differs = bodies.iter().any(|body| body.aeb_u != body.aeb);
    to.aeb_u = differs.then(|| shingle_means(&bodies, |body| body.aeb_u));
    to.wcxb = Some(PrfMetrics {
        n: bodies.len(),
        f1: mean_of(&bodies, |body| body.wcxb.f1),
        precision: mean_of(&bodies, |body| body.wcxb.precision),
        recall: mean_of(&bodies, |body| body.wcxb.recall),
    });
    to.rouge = some(pages, |page| page.rouge).map(|scores| spread(&scores));
    to.para = some(pages, |page| page.para).map(|scores| spread(&scores));
}

fn aeb(bodies: &[BodyScores]) -> AebMetrics {
    let PrfMetrics { n, f1, precision, recall } = shingle_means(bodies, |body| body.aeb);
    AebMetrics { f1, precision, recall, accuracy: share(bodies, |body| body.same_words), n }
}

fn shingle_means(bodies: &[BodyScores], of: fn(&BodyScores) -> PrecisionRecall) -> PrfMetrics {
    let precision = mean(bodies.iter().filter_map(|body| of(body).precision));
    let recall = mean(bodies.iter().filter_map(|body| of(body).recall));
    PrfMetrics { n: bodies.len(), f1: Prf::new(precision, recall).f1, precision, recall }
}

fn spread(scores: &[Prf]) -> SpreadMetrics {
    let column = |of: fn(&Prf) -> f64| {
        let values: Vec<f64> = scores.iter().map(of).collect();
        (mean(values.iter().copied()), deviation(&values))
    };
    let (f1, f1_sd) = column(|score| score.f1);
    let (precision, precision_sd) = column(|score| score.precision);
    let (recall, recall_sd) = column(|score| score.recall);
    SpreadMetrics { n: scores.len(), f1, f1_sd, precision, precision_sd, recall, recall_sd }
}

fn add_snippets(pages: &[PageScores], to: &mut Metrics) {
    let Some(segments) = some(pages, |page| page.segments) else {
        return;
    };
    let rates = |of: fn(&PageScores) -> Option<f64>| some(pages, of).unwrap_or_default();
    let (with, without) = (rates(|page| page.with), rates(|page| page.without));
    to.wcxb_snippets = Some(SnippetMetrics {
        n_with: with.len(),
        with: mean_of(&with, |rate| *rate),
        n_without: without.len(),
        without: mean_of(&without, |rate| *rate),
    });
    to.traf = Some(segment_metrics(&segments));
}

fn segment_metrics(pages: &[Segments]) -> SegmentMetrics {
    let sum = |of: fn(&Segments) -> usize| pages.iter().map(of).sum::<usize>();
    let (tp, fp) = (sum(|page| page.tp), sum(|page| page.fp));
    let (fn_, tn) = (sum(|page| page.fn_), sum(|page| page.tn));
    let share = |part: usize, whole: usize| ratio(part as f64, whole as f64);
    SegmentMetrics {
        n: pages.len(),
        with: tp + fn_,
        without: fp + tn,
        tp,
        fp,
        fn_,
        tn,
        precision: share(tp, tp + fp),
        recall: share(tp, tp + fn_),
        accuracy: share(tp + tn, tp + tn + fp + fn_),
        f1: share(2 * tp, 2 * tp + fp + fn_),
    }
}

fn add_fields(pages: &[PageScores], to: &mut Metrics) {
    to.title = some(pages, |page| page.title).map(|titles| title_metrics(&titles));
    to.authors = some(pages, |page| page.authors).map(|authors| author_metrics(&authors));
    to.authors_none = some(pages, |page| page.authors_none).map(|given| none_metrics(&given));
    to.description = some(pages, |page| page.description).map(|texts| text_metrics(&texts));
    to.tags = some(pages, |page| page.tags).map(|tags| {
        let Prf { precision, recall, f1 } = micro(&tags);
        SetMetrics { n: tags.len(), precision, recall, f1 }
    });
    to.language = some(pages, |page| page.language).map(|languages| LanguageMetrics {
        n: languages.len(),
        answered: share(&languages, |language| language.answered),
        right: share(&languages, |language| language.right),
    });
}

fn title_metrics(titles: &[TitleScores]) -> TitleMetrics {
    let texts: Vec<_> = titles.iter().map(|title| title.text).collect();
    let TextMetrics { n, exact, answered, f1 } = text_metrics(&texts);
    TitleMetrics { n, exact, inside: share(titles, |title| title.inside), answered, f1 }
}

fn text_metrics(texts: &[TextScores]) -> TextMetrics {
    TextMetrics {
        n: texts.len(),
        exact: share(texts, |text| text.exact),
        answered: share(texts, |text| text.answered),
        f1: mean_of(texts, |text| text.f1),
    }
}

fn author_metrics(authors: &[AuthorScores]) -> AuthorMetrics {
    let names: Vec<_> = authors.iter().map(|page| page.names).collect();
    let Prf { precision, recall, f1 } = micro(&names);
    AuthorMetrics {
        n: authors.len(),
        precision,
        recall,
        f1,
        all_right: share(&names, |page| page.fp == 0 && page.fn_ == 0),
        answered: share(&names, |page| page.tp + page.fp > 0),
        token_f1: mean_of(authors, |page| page.token_f1),
    }
}

fn micro(pages: &[SetCounts]) -> Prf {
    let sum = |of: fn(&SetCounts) -> usize| pages.iter().map(of).sum::<usize>();
    let tp = sum(|page| page.tp);
    Prf::of_counts(tp, tp + sum(|page| page.fp), tp + sum(|page| page.fn_))
}

fn none_metrics(given: &[bool]) -> NoneMetrics {
    NoneMetrics { n: given.len(), answered: count(given, |given| *given) }
}

fn add_dates(pages: &[PageScores], to: &mut Metrics) {
    let dates = some(pages, |page| page.published);
    let none = some(pages, |page| page.published_none);
    to.htmldate = dates.as_ref().map(|dates| htmldate(dates, none.as_deref().unwrap_or_default()));
    to.published = dates.map(|dates| date_metrics(&dates));
    to.published_none = none.map(|given| none_metrics(&given));
    to.modified = some(pages, |page| page.modified).map(|dates| date_metrics(&dates));
    to.modified_none = some(pages, |page| page.modified_none).map(|given| none_metrics(&given));
}

fn date_metrics(dates: &[DateScores]) -> DateMetrics {
    let right = count(dates, |date| date.right) as f64;
    let near = |date: &DateScores| date.right || date.gap_days.is_some_and(|days| days <= 1);
    let accuracy = share(dates, |date| date.right);
    DateMetrics {
        n: dates.len(),
        accuracy,
        precision: ratio(right, count(dates, |date| date.answered) as f64),
        answered: share(dates, |date| date.answered),
        recall: accuracy,
        within_1_day: share(dates, near),
    }
}

fn htmldate(dates: &[DateScores], none: &[bool]) -> HtmldateMetrics {
    let tp = count(dates, |date| date.right);
    let answered = count(dates, |date| date.answered);
    let given = count(none, |given| *given);
    let fp = answered - tp + given;
    let missed = dates.len() - answered + none.len() - given;
    let share = |part: usize, whole: usize| ratio(part as f64, whole as f64);
    HtmldateMetrics {
        n: dates.len() + none.len(),
        precision: share(tp, tp + fp),
        recall: share(tp, tp + missed),
        accuracy: share(tp, tp + fp + missed),
        f1: share(2 * tp, 2 * tp + fp + missed),
    }
}
