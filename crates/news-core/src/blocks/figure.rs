//! Pictures of the story, with caption and credit.

use super::{Page, address};
use crate::article::{BlockKind, Image};
use crate::content::Zone;
use crate::dom::{NodeId, Tag, local_name};
use crate::metadata::words;

/// Pixels below which a picture is an icon or a tracking pixel.
const MIN_SIDE: u32 = 60;

/// The picture that stands at `id` and the node after it.
pub(crate) fn read(page: &Page<'_>, id: NodeId) -> Option<(BlockKind, NodeId)> {
    let dom = page.dom;
    let (image, holder) = match dom.tag(id) {
        Tag::Figure => (dom.first(id, Tag::Img)?, id),
        Tag::Img => (id, captioned(page, id)),
        _ => return None,
    };
    let mut picture = image_at(page, image)?;
    (picture.caption, picture.credit) = caption(page, holder);
    Some((BlockKind::Figure { image: picture }, dom.end(holder).max(id + 1)))
}

/// The element around a picture that holds its caption and no other text; the picture itself
/// where there is none.
fn captioned(page: &Page<'_>, image: NodeId) -> NodeId {
    let dom = page.dom;
    let segments = &page.measures.segments;
    let is_holder = |id: &NodeId| {
        let first = segments.partition_point(|s| s.nodes.start < *id);
        let inside = segments.iter().skip(first).take_while(|s| s.nodes.start < dom.end(*id));
        let mut captions = inside.map(|s| s.zone.has(Zone::CAPTION)).peekable();
        captions.peek().is_some() && captions.all(|is_caption| is_caption)
    };
    dom.ancestors(image)
        .take(3)
        .take_while(|a| dom.end(*a) - *a < 60)
        .find(is_holder)
        .unwrap_or(image)
}

fn image_at(page: &Page<'_>, id: NodeId) -> Option<Image> {
    let attr = |name| page.dom.attr(id, name).map(str::trim).filter(|v| !v.is_empty());
    let number = |name| attr(name).and_then(|v| v.trim_end_matches("px").parse::<u32>().ok());
    let (width, height) = (number(local_name!("width")), number(local_name!("height")));
    if width.is_some_and(|w| w < MIN_SIDE) || height.is_some_and(|h| h < MIN_SIDE) {
        return None;
    }
    let lazy = [
        local_name!("data-src"),
        local_name!("data-original"),
        local_name!("data-lazy-src"),
        local_name!("data-srcset"),
        local_name!("srcset"),
        local_name!("src"),
    ];
    let url = lazy
        .into_iter()
        .filter_map(attr)
        .filter_map(|v| candidate(name_is_set(v), v))
        .find_map(|v| address(page.base, v))?;
    let alt = attr(local_name!("alt")).map(crate::dom::collapse);
    Some(Image { url, alt, caption: None, credit: None, width, height })
}

fn name_is_set(value: &str) -> bool {
    value.contains(", ")
        || value.ends_with('w') && value.contains(' ')
        || value.ends_with('x') && value.contains(' ')
}

/// The address in a `src`, or the largest picture of a `srcset`; none for inline data.
fn candidate(is_set: bool, value: &str) -> Option<&str> {
    if value.starts_with("data:") {
        return None;
    }
    if !is_set {
        return Some(value);
    }
    let size = |part: &&str| {
        part.split_whitespace()
            .nth(1)
            .and_then(|s| s.get(..s.len() - 1))
            .and_then(|s| s.parse::<f32>().ok())
            .unwrap_or(1.0)
    };
    let best = value.split(", ").map(str::trim).max_by(|a, b| size(a).total_cmp(&size(b)))?;
    best.split_whitespace().next()
}

/// Caption and credit below an element.
fn caption(page: &Page<'_>, holder: NodeId) -> (Option<String>, Option<String>) {
    let dom = page.dom;
    let mut caption = String::new();
    let mut credit = String::new();
    for id in dom.below(holder).filter(|id| dom.tag(*id) == Tag::Text) {
        let zone = page.measures.zones[id as usize];
        if zone.has(Zone::HIDDEN | Zone::SHARE) {
            continue;
        }
        let out = if is_credit(page, holder, id) { &mut credit } else { &mut caption };
        crate::dom::push_collapsed(out, dom.text(id));
        crate::dom::push_collapsed(out, " ");
    }
    let tidy = |text: String| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    (tidy(caption), tidy(credit))
}

/// Words of a class that name a credit.
const CREDIT_WORDS: [&str; 10] = [
    "credit",
    "credits",
    "copyright",
    "source",
    "photographer",
    "quelle",
    "bildnachweis",
    "fotograf",
    "agency",
    "byline",
];

fn is_credit(page: &Page<'_>, holder: NodeId, id: NodeId) -> bool {
    page.dom.ancestors(id).take_while(|a| *a != holder).any(|a| {
        let names =
            [page.dom.attr(a, local_name!("class")), page.dom.attr(a, local_name!("itemprop"))];
        names
            .into_iter()
            .flatten()
            .any(|n| words::split(n).any(|word| CREDIT_WORDS.contains(&&*word)))
    })
}
