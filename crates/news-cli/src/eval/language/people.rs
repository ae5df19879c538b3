//! What the tasks about people share: reading texts with this engine, gold and predictions by genre.

use anyhow::Context as _;
use news_core::reading::people::{Person, people};
use news_core::reading::{Prose, entity};
use serde::Serialize;

use super::{Record, Set, push_line, records};

/// A gold text with a genre.
pub(super) trait Text {
    fn genre(&self) -> Option<&str>;
}

/// The people whom this engine reads in a text.
pub(super) fn read(text: &str, language: Option<&str>) -> Vec<Person> {
    let prose = Prose::plain(text, language);
    people(&prose, &entity::mentions(&prose))
}

/// Gold texts of the genres that count, and the predictions, written where the set says so.
pub(super) fn answers<G: Record + Text, P: Record + Serialize>(
    set: &Set<'_>,
    predict: fn(&G) -> P,
) -> anyhow::Result<(Vec<G>, Vec<P>)> {
    let mut golds: Vec<G> = records(set.gold)?;
    if let Some(genres) = set.genres {
        golds.retain(|gold| gold.genre().is_some_and(|own| genres.iter().any(|g| g == own)));
    }
    let answers: Vec<P> = match set.pred {
        Some(path) => records(path)?,
        None => golds.iter().map(predict).collect(),
    };
    if let Some(path) = set.write {
        let mut lines = String::new();
        answers.iter().try_for_each(|answer| push_line(&mut lines, answer))?;
        std::fs::write(path, lines).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok((golds, answers))
}
