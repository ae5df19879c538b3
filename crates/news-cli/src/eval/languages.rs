//! One row a language: where the gold names none, the page's own hint counts, else what the
//! extractor says, marked.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::fields::main_language;
use super::{GoldPage, Metrics, PageScores, Prediction, Report, aggregate};

/// Figures shown, with their heads. Body: shingles with unspaced scripts cut into characters.
const HEADS: [&str; 7] = ["pages", "body", "paragraphs", "snippets", "title", "authors", "day"];

/// The rows, most pages first.
#[must_use]
pub fn table(report: &Report) -> String {
    let mut groups: BTreeMap<String, Vec<PageScores>> = BTreeMap::new();
    for (gold, page) in report.golds.iter().zip(&report.pages) {
        let language = language_of(gold, report.predictions.by_id.get(&gold.id));
        groups.entry(language).or_default().push(page.clone());
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(language, pages)| (std::cmp::Reverse(pages.len()), language.clone()));
    let mut text = format!("languages  {}\n {:<9}", report.head.set, "");
    for head in HEADS {
        let _ = write!(text, " {head:>10}");
    }
    text.push('\n');
    for (language, pages) in groups {
        let _ = write!(text, " {language:<9} {:>10}", pages.len());
        for figure in figures(&aggregate(&pages)) {
            let shown = figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.3}"));
            let _ = write!(text, " {shown:>10}");
        }
        text.push('\n');
    }
    text
}

/// ISO 639-1 code, with a question mark where only the extractor says so; `?` where nobody does.
fn language_of(gold: &GoldPage, prediction: Option<&Prediction>) -> String {
    let said = || prediction.and_then(|p| p.language.as_deref()).unwrap_or_default();
    match gold.any_language() {
        Some(language) => main_language(language),
        None => main_language(said()) + "?",
    }
}

fn figures(metrics: &Metrics) -> [Option<f64>; 6] {
    let shingles = metrics.aeb_u.map(|m| m.f1).or(metrics.aeb.map(|m| m.f1));
    [
        shingles,
        metrics.para.map(|m| m.f1),
        metrics.traf.map(|m| m.f1),
        metrics.title.map(|m| m.exact),
        metrics.authors.map(|m| m.f1),
        metrics.published.map(|m| m.accuracy),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gold_comes_before_the_hint_and_the_extractor() {
        let said = Prediction { language: Some("pt-BR".to_owned()), ..Prediction::default() };
        let gold = GoldPage::default();
        assert_eq!(language_of(&gold, Some(&said)), "pt?");
        assert_eq!(language_of(&gold, None), "?");
        let hinted = GoldPage { lang_hint: Some("es-419".to_owned()), ..gold };
        assert_eq!(language_of(&hinted, Some(&said)), "es");
        let known = GoldPage { language: Some("ja".to_owned()), ..hinted };
        assert_eq!(language_of(&known, Some(&said)), "ja");
    }
}
