//! Which kind of story a page holds: what it states of itself, then what its blocks show.

use std::collections::HashMap;
use std::sync::LazyLock;

use url::Url;

use super::Evidence;
use crate::article::{Block, BlockKind, Kind};
use crate::lexicon;

static KINDS: LazyLock<HashMap<&'static str, Kind>> = LazyLock::new(|| {
    let kind = |name: &str| serde_json::from_value(serde_json::Value::from(name)).ok();
    lexicon::lines(include_str!("../../lexicon/kinds.tsv"))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(word, name)| Some((word, kind(name)?)))
        .collect()
});

fn kind_named(word: &str) -> Option<Kind> {
    KINDS.get(word.trim().to_lowercase().as_str()).copied()
}

/// Pictures from which a story with little text is a gallery, and units that are little.
const GALLERY_FIGURES: usize = 5;
const LITTLE_TEXT: u32 = 1_500;

/// The kind of the story.
pub(super) fn story_kind(e: &Evidence<'_>) -> Kind {
    let typed = e.stated.types.iter().filter_map(|t| kind_named(t)).find(|k| *k != Kind::Video);
    let section = e.metadata.section.as_ref().and_then(|s| kind_named(&s.value));
    typed
        .or_else(|| shape(e))
        .or(section)
        .or_else(|| kind_in_path(e.address?))
        .map_or(Kind::NewsStory, |kind| plausible(e, kind))
}

/// What the blocks themselves show.
fn shape(e: &Evidence<'_>) -> Option<Kind> {
    let count = |f: &dyn Fn(&BlockKind) -> bool| e.blocks.iter().filter(|b| f(&b.kind)).count();
    let figures = count(&|k| matches!(k, BlockKind::Figure { .. }));
    let video = e.stated.types.contains("VideoObject")
        || e.stated.og_type.as_deref().is_some_and(|t| t.starts_with("video"));
    if count(&|k| matches!(k, BlockKind::LiveEntry { .. })) > 2 {
        Some(Kind::LiveBlog)
    } else if count(&|k| matches!(k, BlockKind::Turn { .. })) > 5 {
        Some(Kind::Interview)
    } else if is_press_release(e) {
        Some(Kind::PressRelease)
    } else if figures >= GALLERY_FIGURES && e.written < LITTLE_TEXT {
        Some(Kind::Gallery)
    } else if video && e.written < LITTLE_TEXT {
        Some(Kind::Video)
    } else {
        None
    }
}

static PRESS_CUES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lexicon::lines(include_str!("../../lexicon/press_cues.txt")).collect());

/// Lines at the end of a text in which a press release names its source or contact.
const PRESS_LINES: usize = 8;

fn is_press_release(e: &Evidence<'_>) -> bool {
    let lines = e.blocks.iter().rev().take(PRESS_LINES).flat_map(Block::borrowed_lines);
    lines.into_iter().any(|line| PRESS_CUES.iter().any(|cue| line.starts_with(cue)))
}

/// A page filed under videos that is mostly text is a story with a video.
fn plausible(e: &Evidence<'_>, kind: Kind) -> Kind {
    match kind {
        Kind::Video | Kind::Gallery | Kind::Podcast if e.written > 2 * LITTLE_TEXT => {
            Kind::NewsStory
        }
        kind => kind,
    }
}

fn kind_in_path(url: &Url) -> Option<Kind> {
    let steps: Vec<&str> = url.path_segments()?.collect();
    let folders = steps.get(..steps.len().saturating_sub(1))?;
    folders.iter().find_map(|step| kind_named(step))
}
