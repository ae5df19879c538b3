//! What the learned models see of a page, for the programs under `tools/` that train them.

pub use crate::Models;
pub use crate::content::rules::Rule;
pub use crate::reading::entity::training as entity;
pub use crate::reading::people::training as people;
use crate::survey::Survey;
pub use crate::trees::Model;
use crate::work::Work;
use crate::{Article, Error, Limits, Options, Source, Trace, content, decode, dom, metadata};

/// Names of the block model's features, in order.
pub const BLOCK_FEATURES: &[&str] = &content::features::NAMES;
/// Names of the page model's features, in order.
pub const PAGE_FEATURES: &[&str] = &crate::verdict::NAMES;

/// The rules of the body, in the order in which they are asked.
pub fn rules() -> [Rule; 9] {
    content::rules::all()
}

/// A segment of a page's text.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Its text, white space collapsed.
    pub text: String,
    /// Its features, as many as [`BLOCK_FEATURES`].
    pub features: Vec<f32>,
}

/// What the models saw of a page beside its segments: features of the page, and of the fields that
/// have a learned confidence, where the page has them.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// As many as [`PAGE_FEATURES`].
    pub page: Vec<f32>,
    /// Of the body.
    pub body: Option<Vec<f32>>,
    /// Of the headline.
    pub headline: Option<Vec<f32>>,
    /// Of the authors.
    pub authors: Option<Vec<f32>>,
    /// Of the day of publication.
    pub published: Option<Vec<f32>>,
}

/// Segments of the page in order.
///
/// # Errors
/// As [`extract`](crate::extract).
pub fn segments(source: &Source<'_>, limits: &Limits) -> Result<Vec<Segment>, Error> {
    let input = decode::decode(source, limits)?;
    let parsed = dom::parse(&input.text, limits);
    let dom = &parsed.dom;
    let survey = Survey::of(dom);
    let page = metadata::Page { dom, source, limits, work: &Work::new(limits) };
    let claims = metadata::collect(&page, &survey);
    let measures = content::measure(dom, survey.zones);
    let features = content::features_of(dom, &measures, &content::Hints::of(&claims));
    let texts = measures.segments.iter().map(|s| dom::collapse(&content::text_of(dom, s)));
    Ok(texts.zip(features).map(|(text, f)| Segment { text, features: f.to_vec() }).collect())
}

/// Like [`extract`](crate::extract) with other models than those that ship, and the models'
/// features beside the article: to score pages of hosts that a model was not trained on.
///
/// # Errors
/// As [`extract`](crate::extract).
pub fn extract_with(
    source: &Source<'_>,
    options: &Options,
    models: &Models<'_>,
) -> Result<(Article, Seen), Error> {
    let (trace, work) = (&mut Trace::off(), &Work::new(&options.limits));
    let (article, seen) = crate::run(source, options, models, trace, work)?;
    let rows = seen.fields;
    let seen = Seen {
        page: seen.page.to_vec(),
        body: rows.body.map(Vec::from),
        headline: rows.headline.map(Vec::from),
        authors: rows.authors.map(Vec::from),
        published: rows.published.map(Vec::from),
    };
    Ok((article, seen))
}
