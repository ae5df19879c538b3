//! This engine's own predictions.

use std::path::Path;
use std::time::Instant;

use news_core::{Article, Content, Options, Source};

use super::{Confidences, GoldPage, OneOrMany, Prediction, read_page};

/// What this engine says about a page of a set whose pages lie in `pages`, and how long it took. A
/// page that cannot be read or is refused gives a prediction that says why.
#[must_use]
pub fn predict_page(pages: &Path, page: &GoldPage, options: &Options) -> Prediction {
    let started = |bytes: Vec<u8>| {
        // A set that says utf-8 was stored so, whatever its pages declare.
        let stored =
            page.charset.as_deref().is_some_and(|charset| charset.eq_ignore_ascii_case("utf-8"));
        let text = stored.then(|| String::from_utf8_lossy(&bytes).into_owned());
        let content = text.as_deref().map_or(Content::Bytes(&bytes), Content::Text);
        let source = Source { content, url: page.url.as_deref(), ..Source::default() };
        let start = Instant::now();
        let result = news_core::extract(&source, options);
        (result, start.elapsed().as_secs_f64())
    };
    match read_page(pages, page).map(started) {
        Ok((Ok(article), seconds)) => {
            Prediction { seconds: Some(seconds), ..prediction(&page.id, &article) }
        }
        Ok((Err(error), seconds)) => {
            Prediction { seconds: Some(seconds), ..failure(&page.id, &error.to_string()) }
        }
        Err(error) => failure(&page.id, &format!("{error:#}")),
    }
}

fn failure(id: &str, error: &str) -> Prediction {
    Prediction { id: id.to_owned(), error: Some(error.to_owned()), ..Prediction::default() }
}

/// One line of a predictions file. The deck is not part of the body.
#[must_use]
pub fn prediction(id: &str, article: &Article) -> Prediction {
    let meta = &article.metadata;
    let authors = meta
        .authors
        .as_ref()
        .map(|field| field.value.iter().map(|author| author.name.clone()).collect());
    let language = meta.language.as_ref().map(|field| field.value.clone());
    Prediction {
        id: id.to_owned(),
        body: Some(article.text()),
        paragraphs: Some(
            article.blocks.iter().flat_map(news_core::article::Block::lines).collect(),
        ),
        title: meta.headline.as_ref().map(|field| field.value.clone()),
        authors: authors.map(OneOrMany::Many),
        published: meta.published.as_ref().map(|field| field.value.to_string()),
        modified: meta.modified.as_ref().map(|field| field.value.to_string()),
        language,
        description: meta.description.as_ref().map(|field| field.value.clone()),
        tags: meta.tags.as_ref().map(|field| OneOrMany::Many(field.value.clone())),
        confidence: Some(confidences(article)),
        ..Prediction::default()
    }
}

fn confidences(article: &Article) -> Confidences {
    let meta = &article.metadata;
    Confidences {
        body: article.body_confidence.map(f64::from),
        title: meta.headline.as_ref().map(|field| f64::from(field.confidence)),
        authors: meta.authors.as_ref().map(|field| f64::from(field.confidence)),
        published: meta.published.as_ref().map(|field| f64::from(field.confidence)),
    }
}
