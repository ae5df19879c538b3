//! Reads news pages: bytes in, a structured [`Article`] out, each value with its origin.
//!
//! The pipeline, one module a stage:
//!
//! ```text
//! bytes -> text -> tree -> claims -> story -> blocks -> metadata -> verdict -> wire -> reading
//!        decode   dom   metadata  content   blocks   metadata   verdict   wire   reading
//! ```
//!
//! The core does no I/O, reads no clock and prints nothing: the same bytes and options give the
//! same article.

// clippy.toml keeps clocks, I/O and environment out of the engine; its tests may use them.
#![cfg_attr(test, allow(clippy::disallowed_methods, clippy::disallowed_types))]

mod abstain;
pub mod article;
#[cfg(feature = "bench")]
pub mod bench;
mod blocks;
pub mod checks;
mod comments;
mod confidence;
mod content;
mod decode;
mod dom;
mod error;
pub mod format;
mod frozen;
#[cfg(feature = "fuzz")]
pub mod fuzz;
mod letters;
mod lexicon;
mod memo;
pub mod metadata;
mod names;
mod options;
mod piece;
mod provenance;
pub mod reading;
mod room;
mod survey;
mod text;
#[cfg(feature = "training")]
pub mod training;
mod trees;
mod verdict;
mod wire;
mod work;

use url::Url;

use article::{Block, BodyOrigin, Layout, Readout, Span, Wire};

pub use article::Article;
pub use error::{Error, Warning, WarningCode};
pub use metadata::Metadata;
pub use options::{Content, Limits, Options, Source};
use survey::Survey;
use work::{Work, cost};

pub use provenance::{Decision, Fate, Field, Found, Origin, Place, SourceRange, Trace, Withheld};

/// Reads the article in `source`.
///
/// # Errors
/// Only for input it refuses to read: empty, too large, or no text. A page without a story is an
/// [`Article`] whose verdict says so.
pub fn extract(source: &Source<'_>, options: &Options) -> Result<Article, Error> {
    let (trace, work) = (&mut Trace::off(), &Work::new(&options.limits));
    let (article, _) = run(source, options, &Models::shipped(), trace, work)?;
    Ok(finish(article, source, options, trace, work))
}

/// Like [`extract`], and says why: each text block of the page kept or removed, by which rule.
///
/// # Errors
/// As [`extract`].
pub fn explain(source: &Source<'_>, options: &Options) -> Result<(Article, Trace), Error> {
    let (mut trace, work) = (Trace::on(), &Work::new(&options.limits));
    let (article, _) = run(source, options, &Models::shipped(), &mut trace, work)?;
    Ok((finish(article, source, options, &mut trace, work), trace))
}

/// Reads what a text says, as it stands: ranges count in the decoded text, nothing is taken for page
/// junk, headline or sign-off, HTML is not parsed. The language is the caller's, else the prose's.
///
/// # Errors
/// As [`extract`].
pub fn read_text(source: &Source<'_>, options: &Options) -> Result<Readout, Error> {
    let input = decode::decode(source, &options.limits)?;
    let language = source.language.map(str::to_owned).or_else(|| text::language_of(&input.text));
    let anchor = reading::anchor(&Wire::default(), &Metadata::default(), source);
    let limits = &options.limits;
    Ok(Readout::within(&input.text, language.as_deref(), anchor.as_ref(), limits))
}

/// What stands at the end for pages and texts alike.
fn finish(
    mut article: Article,
    source: &Source<'_>,
    options: &Options,
    trace: &mut Trace,
    work: &Work,
) -> Article {
    let (blocks, limit) = (article.blocks.len(), options.limits.blocks);
    if blocks > limit {
        article.blocks.truncate(limit);
        let message = format!("the story has {blocks} blocks: those after {limit} were left out");
        article.warnings.push(Warning::new(WarningCode::BlockLimit, message));
    }
    let mut article = with_reading(article, source, options, work);
    abstain::apply(&mut article, options.min_confidence, trace);
    article.truncated |= article.warnings.iter().any(|warning| warning.code.cuts_text());
    article
}

/// Adds what the story says, where that is asked for and there is a story.
fn with_reading(
    mut article: Article,
    source: &Source<'_>,
    options: &Options,
    work: &Work,
) -> Article {
    if options.reading && !article.blocks.is_empty() {
        let language = article.metadata.language.as_ref().map(|field| field.value.as_str());
        let anchor = reading::anchor(&article.wire, &article.metadata, source);
        let mut layout = Layout::taking(&mut article.blocks);
        if let Some(line) = &article.wire.dateline {
            layout =
                layout.cut_behind(Span { block: line.block, start: line.start, end: line.end });
        }
        let (limits, anchor) = (&options.limits, anchor.as_ref());
        let (reading, warning) = reading::read_within(&layout, language, anchor, limits, work);
        layout.give_back(&mut article.blocks);
        article.reading = Some(reading);
        article.warnings.extend(warning);
    }
    article
}

/// The learned decisions.
#[derive(Debug, Clone, Copy)]
pub struct Models<'a> {
    /// Which segments are the story.
    pub blocks: &'a trees::Model,
    /// Which segments are the content of a page without a story.
    pub pages: &'a trees::Model,
    /// Whether the page holds a story.
    pub verdict: &'a trees::Model,
    /// A rule of the body that is not asked, to measure what it is worth; `None` asks all.
    pub without: Option<content::rules::Rule>,
}

impl Models<'static> {
    fn shipped() -> Self {
        let (blocks, pages, verdict) = (&*content::MODEL, &*content::PAGES_MODEL, &*verdict::MODEL);
        Self { blocks, pages, verdict, without: None }
    }
}

/// What the models saw of a page beside its segments.
#[cfg_attr(not(feature = "training"), expect(dead_code, reason = "read by tools/models"))]
#[derive(Debug)]
struct Seen {
    page: verdict::Features,
    fields: confidence::Rows,
}

impl Default for Seen {
    fn default() -> Self {
        Self { page: [0.0; verdict::COUNT], fields: confidence::Rows::default() }
    }
}

/// Bytes -> text -> tree -> claims -> story -> blocks -> metadata -> verdict -> article, and what the
/// models saw.
fn run(
    source: &Source<'_>,
    options: &Options,
    models: &Models<'_>,
    trace: &mut Trace,
    work: &Work,
) -> Result<(Article, Seen), Error> {
    let limits = &options.limits;
    let input = decode::decode(source, limits)?;
    if !input.is_markup {
        return Ok((text::read(&input, source, trace), Seen::default()));
    }
    let parsed = dom::parse(&input.text, limits);
    let dom = &parsed.dom;
    let mut warnings = [input.warnings, parsed.warnings].concat();
    work.spend(parsed.searched as u64 + dom.len() as u64 * cost::NODE);

    let page = metadata::Page { dom, source, limits, work };
    let mut survey = Survey::of(dom);
    let mut claims = metadata::collect(&page, &survey);
    let stated = verdict::Stated::of(&claims);

    let mut measures = content::measure(dom, std::mem::take(&mut survey.zones));
    let truncated = !measures.pay(dom, work, &mut warnings);
    let measures = &measures;
    let hints = content::Hints::of(&claims);
    let story = &content::find(dom, measures, &hints, models, trace);
    let any = options.any_page.then(|| content::find_any(dom, measures, &hints, models.pages));
    if let Some(line) = story.headline.and_then(|i| measures.segments.get(i)) {
        metadata::add_headline(&page, line, &mut claims);
    }
    let base = blocks::base(dom, source.url, &mut warnings);
    let is_live = stated.is_live();
    let view = blocks::Page { dom, measures, story, base: base.as_ref(), limits, is_live };
    let data = content::data::body(&page, story.units(measures), &claims, &mut warnings);
    let (mut blocks, origin) = story_blocks(view, data.as_ref(), &mut warnings);
    if let Some((script, story)) = data.as_ref().and_then(|data| data.story.as_ref()) {
        metadata::add_state(&page, *script, story, &mut claims);
    }

    let place = blocks::place(view);
    let sample = blocks::sample(&blocks);
    let stated_units = claims.article_body.as_ref().map(|b| content::letters_units(&b.value));
    let (mut metadata, ballots) =
        metadata::resolve(claims, &page, place.as_ref(), &sample, &mut warnings);
    metadata::complete_image(&mut metadata, &blocks, limits.values);
    let summaries = [&metadata.deck, &metadata.description].map(|field| text_of(field.as_ref()));
    blocks::mark_deck(&mut blocks, summaries);

    let address = source.url.and_then(|url| Url::parse(url).ok());
    let evidence = verdict::Evidence {
        dom,
        survey: &survey,
        measures,
        story,
        stated: &stated,
        metadata: &metadata,
        blocks: &blocks,
        written: blocks::letters(&blocks),
        origin,
        url: source.url,
        address: address.as_ref(),
        stated_units,
    };
    let features = verdict::features(&evidence);
    let score = verdict::score(&evidence, &features, models.verdict);
    let verdict = verdict::judge(&evidence, &features, score.article);
    let mut rows = confidence::rows(&evidence, &features, score.article, &ballots);
    let confidence = confidence::set(&mut metadata, &rows);
    if verdict.kind.lists() {
        // The bylines on a list are those of the stories it lists.
        metadata.authors = None;
    }
    let body = match any.filter(|_| !verdict.is_article) {
        Some(any) => {
            any.record(dom, measures, trace);
            rows.body = None;
            let view = blocks::Page { story: &any.story, ..view };
            let (blocks, origin) = story_blocks(view, data.as_ref(), &mut warnings);
            Body { blocks, origin, confidence: None }
        }
        None if score.drops_body() => Body::default(),
        None => Body { blocks, origin, confidence },
    };
    let wire = wire::read(&body.blocks, &mut metadata, source.fetched_at);
    verdict::warn(&verdict, body.origin, &body.blocks, &mut warnings);
    if !story.others.is_empty() {
        let message = "the page holds further stories or a live blog, which were left out";
        warnings.push(Warning::new(WarningCode::SeveralStories, message));
    }
    let comments = if options.comments { comments::read(dom, measures, story) } else { Vec::new() };
    let article = Article {
        schema_version: article::SCHEMA_VERSION.to_owned(),
        offset_unit: article::OffsetUnit::Utf8,
        verdict,
        metadata,
        blocks: body.blocks,
        body_origin: body.origin,
        body_confidence: body.confidence,
        wire,
        reading: None,
        comments,
        encoding: input.encoding,
        truncated,
        warnings,
    };
    Ok((article, Seen { page: features, fields: rows }))
}

/// What the article holds.
#[derive(Debug, Default)]
struct Body {
    blocks: Vec<Block>,
    origin: BodyOrigin,
    confidence: Option<f32>,
}

fn text_of(field: Option<&Field<String>>) -> Option<&str> {
    field.map(|field| field.value.as_str())
}

/// The story's blocks: from data where that says more than the markup, else from the markup.
fn story_blocks(
    view: blocks::Page<'_>,
    data: Option<&content::data::DataBody>,
    warnings: &mut Vec<Warning>,
) -> (Vec<Block>, BodyOrigin) {
    match data {
        Some(data) => {
            (blocks::from_html(&data.html, view.base, view.limits, warnings), data.origin)
        }
        None if view.story.kept.is_empty() => (Vec::new(), BodyOrigin::None),
        None => (blocks::build(view, warnings), BodyOrigin::Markup),
    }
}
