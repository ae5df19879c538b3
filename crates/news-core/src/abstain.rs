//! Withholds what is less sure than the caller wants: out of the article, into the trace.

use serde::Serialize;
use serde_json::Value;

use crate::article::{Article, BodyOrigin, Wire};
use crate::error::{Warning, WarningCode};
use crate::provenance::{Field, Trace, Withheld};

/// Empties every field of `article` whose confidence is below `least`, with a warning and a record
/// each. Does nothing at 0.
pub(crate) fn apply(article: &mut Article, least: f32, trace: &mut Trace) {
    if least <= 0.0 {
        return;
    }
    let mut bar = Bar { least, warnings: Vec::new(), trace };
    let m = &mut article.metadata;
    bar.hold("headline", &mut m.headline);
    bar.hold("alternative_headline", &mut m.alternative_headline);
    bar.hold("deck", &mut m.deck);
    bar.hold("authors", &mut m.authors);
    bar.hold("published", &mut m.published);
    bar.hold("modified", &mut m.modified);
    bar.hold("site_name", &mut m.site_name);
    bar.hold("publisher", &mut m.publisher);
    bar.hold("url", &mut m.url);
    bar.hold("section", &mut m.section);
    bar.hold("breadcrumb", &mut m.breadcrumb);
    bar.hold("tags", &mut m.tags);
    bar.hold("language", &mut m.language);
    bar.hold("image", &mut m.image);
    bar.hold("description", &mut m.description);
    bar.hold("rights", &mut m.rights);
    bar.hold("access", &mut m.access);
    bar.hold("agency", &mut m.agency);
    let mut warnings = bar.warnings;
    body(article, least, &mut warnings, trace);
    article.warnings.append(&mut warnings);
}

struct Bar<'t> {
    least: f32,
    warnings: Vec<Warning>,
    trace: &'t mut Trace,
}

impl Bar<'_> {
    fn hold<T: Serialize>(&mut self, name: &str, field: &mut Option<Field<T>>) {
        let Some(low) = field.take_if(|field| field.confidence < self.least) else { return };
        self.warnings.push(warning(name, low.confidence, self.least));
        self.trace.withhold(|| Withheld {
            field: name.to_owned(),
            value: serde_json::to_value(&low.value).unwrap_or(Value::Null),
            confidence: low.confidence,
            origin: Some(low.origin),
        });
    }
}

/// The body, and with it what was read from it.
fn body(article: &mut Article, least: f32, warnings: &mut Vec<Warning>, trace: &mut Trace) {
    let Some(confidence) = article.body_confidence.take_if(|confidence| *confidence < least) else {
        return;
    };
    warnings.push(warning("body", confidence, least));
    trace.withhold(|| Withheld {
        field: "body".to_owned(),
        value: article.text().into(),
        confidence,
        origin: None,
    });
    article.blocks.clear();
    article.body_origin = BodyOrigin::None;
    article.wire = Wire::default();
    article.reading = None;
}

fn warning(name: &str, confidence: f32, least: f32) -> Warning {
    let message = format!("{name} withheld: {confidence:.2} sure, less than {least:.2}");
    Warning::new(WarningCode::LowConfidence, message)
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, WarningCode, explain, extract};

    const PAGE: &str = "<html><head><title>Harbour opens - The Post</title></head><body><article>\
        <h1>Harbour opens</h1><p class=byline>By Ana Li</p><p>The harbour opened on Monday, after \
        years of work, and the first boat came in before noon.</p><p>Hundreds stood on the quay, \
        although it rained, and the band played until it was dark.</p></article></body></html>";

    fn asking(min_confidence: f32) -> Options {
        Options { min_confidence, any_page: true, ..Options::default() }
    }

    #[test]
    fn nothing_is_withheld_unless_asked() {
        let article = extract(&Source::text(PAGE), &asking(0.0)).expect("a result");
        assert!(article.metadata.headline.is_some() && !article.blocks.is_empty());
    }

    #[test]
    fn what_is_withheld_stands_in_the_trace() {
        let all = extract(&Source::text(PAGE), &asking(0.0)).expect("a result");
        let (article, trace) = explain(&Source::text(PAGE), &asking(1.0)).expect("a result");
        assert_eq!(article.metadata.headline, None);
        assert!(article.blocks.is_empty() && article.reading.is_none());
        let of = |name: &str| trace.withheld.iter().find(|w| w.field == name).expect("a result");
        assert_eq!(of("headline").value, "Harbour opens");
        assert_eq!(of("body").value, all.text().as_ref());
        let low = |w: &&crate::Warning| w.code == WarningCode::LowConfidence;
        assert_eq!(article.warnings.iter().filter(low).count(), trace.withheld.len());
    }
}
