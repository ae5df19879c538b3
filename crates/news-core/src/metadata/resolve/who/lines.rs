//! Lines of the page that name authors without saying so in their markup.

use std::sync::LazyLock;

use super::super::super::byline::Author;
use super::super::super::claims::{Voice, claim};
use super::super::super::markup::{self, LineSpan};
use super::super::Context;
use super::phrase::is_phrase;
use super::{Byline, are_same, byline, has_first_name, is_comment, is_impersonal};
use crate::dom::{Dom, NodeId, Tag, local_name};
use crate::lexicon::{self, Initials, Table, WordSet};
use crate::provenance::Place;
use crate::wire::lower_head;

/// Lines near the headline that read like bylines, whatever their markup.
pub(super) fn near_headline(context: &Context) -> Vec<Byline> {
    let Some(headline) = context.headline else {
        return Vec::new();
    };
    let dom = context.page.dom;
    let language = context.language.as_deref();
    let mut lines = markup::lines_near(dom, headline, NEAR_HEADLINE);
    lines.retain(|(node, _)| !dom.contains(*node, headline) && !dom.contains(headline, *node));
    labelled(lines, language)
        .into_iter()
        .filter_map(|(node, text)| Some((node, opened(&text, language)?.to_owned())))
        .filter_map(|(node, text)| line(context, node, text, "line near headline"))
        .collect()
}

/// The lines, a label that stands alone (`Author` above a name) with the line after it.
fn labelled(lines: Vec<(NodeId, String)>, language: Option<&str>) -> Vec<(NodeId, String)> {
    let mut out: Vec<(NodeId, String)> = Vec::new();
    let mut label: Option<String> = None;
    for (node, text) in lines {
        let whole = label.take().map(|label| format!("{label}: {text}"));
        if whole.is_none() && is_label(&text, language) {
            label = Some(text.trim_end_matches([' ', ':', '：']).to_owned());
        }
        out.push((node, whole.unwrap_or(text)));
    }
    out
}

/// Whether a line is nothing but the cue of a byline.
pub(super) fn is_label(line: &str, language: Option<&str>) -> bool {
    let line = line.trim();
    if !CUE_INITIALS.may_hold(first_word(line)) {
        return false;
    }
    let bare = line.trim_end_matches([':', '：']).trim_end().to_lowercase();
    let primary = language.and_then(|tag| tag.split('-').next()).unwrap_or("");
    CUES.get(first_word(&bare)).is_some_and(|cues| {
        cues.iter().any(|[phrase, languages, _]| {
            *phrase == bare && languages.split(',').any(|tag| tag == primary)
        })
    })
}

/// Lines at the end of the story that read like bylines, or are a name set apart.
pub(super) fn at_end(context: &Context) -> Vec<Byline> {
    let Some(end) = context.story.map(|story| story.range.end).filter(|end| *end > 0) else {
        return Vec::new();
    };
    let dom = context.page.dom;
    let language = context.language.as_deref();
    labelled(markup::lines_near(dom, end, NEAR_END), language)
        .into_iter()
        .filter_map(|(node, text)| match opened(&text, language) {
            Some(opened) => Some((node, opened.to_owned())),
            None => is_signature(dom, node, &text, node < end).then_some((node, text)),
        })
        .filter_map(|(node, text)| line(context, node, text, "line at end"))
        .collect()
}

/// A name set apart in bold or italics before the first paragraph of the story. No list has all first
/// names, but a name is not what the story writes in small letters, as it does the words of a heading.
pub(super) fn signed_above(context: &Context) -> Vec<Byline> {
    let Some(story) = context.story.filter(|story| story.range.start > 0) else {
        return Vec::new();
    };
    let dom = context.page.dom;
    let first = markup::lines_near(dom, story.range.start, FIRST_LINES).into_iter();
    let signed = first.filter(|(node, text)| {
        *node < story.prose
            && Some(*node) != context.headline
            && is_signature(dom, *node, text, true)
            && !is_phrase(context, text)
    });
    signed.filter_map(|(node, text)| line(context, node, text, "first line")).take(1).collect()
}

/// A labelled name in a list of facts, wherever on the page it stands: `Author: Jane Doe`. Where the
/// page labels several, they belong to several stories.
pub(super) fn facts(context: &Context) -> Vec<Byline> {
    let dom = context.page.dom;
    let language = context.language.as_deref();
    let is_labelled = |node: &NodeId| {
        let text = dom.text(*node);
        // White space may stand before the colon.
        let may_be = || CUE_INITIALS.may_hold(first_word(text.trim_start()).trim_end());
        !text.is_empty() && may_be() && label(text).is_some_and(|label| is_label(label, language))
    };
    let places = dom.all().filter(is_labelled).filter(|node| !is_comment(dom, *node));
    let near = places.flat_map(|node| {
        labelled(markup::lines_near(dom, node, FACT), language).into_iter().take(2)
    });
    let found: Vec<Byline> = near
        .filter_map(|(node, text)| Some((node, opened(&text, language)?.to_owned())))
        .map(|(node, text)| line_anywhere(context, node, text, "labelled"))
        .filter(|byline| !is_impersonal(&byline.found.value))
        .filter(|byline| byline.found.value.iter().all(|author| has_first_name(&author.name)))
        .take(MOST_FACTS)
        .collect();
    let is_one = found.windows(2).all(|two| are_same(&two[0].found.value, &two[1].found.value));
    if is_one { found.into_iter().take(1).collect() } else { Vec::new() }
}

/// A person's name that stands alone right below the headline, as designs without a word before it
/// set it.
pub(super) fn named_alone(context: &Context) -> Vec<Byline> {
    let Some(headline) = context.headline else { return Vec::new() };
    let dom = context.page.dom;
    let end = dom.end(headline);
    let prose = context.story.map_or(0, |story| story.prose);
    let lines = markup::lines_near(dom, end, BELOW_HEADLINE).into_iter();
    let alone = lines.filter(|(node, text)| {
        *node < prose && !dom.contains(*node, headline) && is_name_line(text)
    });
    let found = alone.filter_map(|(node, text)| line(context, node, text, "name below headline"));
    found.filter(|byline| !is_impersonal(&byline.found.value)).take(1).collect()
}

/// What stands before the colon of a text, or all of a short one.
fn label(text: &str) -> Option<&str> {
    let head = text.as_bytes().get(..CUE_CHARS.min(text.len())).unwrap_or_default();
    let mut colons = head.iter().enumerate().filter(|(_, byte)| matches!(byte, b':' | 0xef));
    let is_colon = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with([':', '：']));
    let end = colons.find_map(|(at, _)| Some(at).filter(is_colon));
    let is_short = text.len() < CUE_CHARS;
    end.or(is_short.then_some(text.len())).and_then(|end| text.get(..end))
}

/// Labelled names that are looked at.
const MOST_FACTS: usize = 20;

fn line(context: &Context, node: NodeId, text: String, key: &str) -> Option<Byline> {
    (!context.is_aside(node)).then(|| line_anywhere(context, node, text, key))
}

fn line_anywhere(context: &Context, node: NodeId, text: String, key: &str) -> Byline {
    let at = (node, Some(context.page.dom.source(node)));
    let author = Author { name: text.clone(), ..Author::default() };
    let claim = claim(vec![author], text, (Place::Markup, Voice::Visible), key, at);
    byline(context, &claim, false)
}

/// Text nodes around the headline, and around the story's end, among which a byline may stand.
const NEAR_HEADLINE: LineSpan = LineSpan { before: 6, after: 25 };
const NEAR_END: LineSpan = LineSpan { before: 2, after: 4 };
/// Text nodes at the beginning of a story in which a name may stand alone; those of a labelled fact.
const FIRST_LINES: LineSpan = LineSpan { before: 0, after: 12 };
const BELOW_HEADLINE: LineSpan = LineSpan { before: 0, after: 12 };
const FACT: LineSpan = LineSpan { before: 0, after: 2 };

/// Whether the last line of a story is the name under it: short, no sentence, and set to the right or,
/// in the story itself, throughout in bold or italics.
fn is_signature(dom: &Dom, node: NodeId, text: &str, is_inside: bool) -> bool {
    let words = text.split_whitespace().count();
    let is_right = [local_name!("align"), local_name!("style")].into_iter().any(|name| {
        dom.attr(node, name).is_some_and(|stated| stated.to_ascii_lowercase().contains("right"))
    });
    let mut texts = (node..dom.end(node).max(node + 1)).filter(|n| dom.tag(*n) == Tag::Text);
    let is_set = |n: NodeId| {
        let mut up = dom.ancestors(n).take_while(|a| !dom.tag(*a).is_block());
        up.any(|a| matches!(dom.tag(a), Tag::B | Tag::I | Tag::Em | Tag::Strong))
    };
    let marked = is_right || is_inside && texts.all(|n| dom.text(n).trim().is_empty() || is_set(n));
    let is_line =
        text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\'' | '/'));
    (2..=SIGNATURE_WORDS).contains(&words) && is_line && !text.ends_with('.') && marked
}

/// Whether a line is a person's name and nothing else: words that begin with a first name.
fn is_name_line(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\'' | '’');
    let words = text.split_whitespace().count();
    (2..=NAME_WORDS).contains(&words)
        && text.chars().all(is_plain)
        && !text.ends_with('.')
        && has_first_name(text)
}

/// Most words of a name that stands alone.
const NAME_WORDS: usize = 4;
/// Most words of a name under a story.
const SIGNATURE_WORDS: usize = 3;

/// Words that open a byline, by their first word: the phrase, its languages, and where it counts.
static CUES: LazyLock<Table<Vec<[&'static str; 3]>>> = LazyLock::new(|| {
    let mut cues: Table<Vec<_>> = Table::default();
    for row in lexicon::rows(include_str!("../../../../lexicon/byline_cues.tsv")) {
        if let [phrase, "author", languages, place] = row.as_slice() {
            cues.entry(first_word(phrase)).or_default().push([*phrase, *languages, *place]);
        }
    }
    cues
});

/// What rules out most first words of lines.
static CUE_INITIALS: LazyLock<Initials> = LazyLock::new(|| Initials::of(CUES.keys().copied()));

/// Words before the names of people who did not write the story.
pub(super) static OTHER_CUES: LazyLock<WordSet> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../../../../lexicon/byline_cues.tsv"));
    let others =
        rows.filter(|row| matches!(row.get(1), Some(&("editor" | "translator" | "photo"))));
    others.filter_map(|row| row.first().copied()).collect()
});

/// What a cue is found by: it ends before a space or colon.
fn first_word(text: &str) -> &str {
    let is_end = |(at, byte): (usize, u8)| match byte {
        b' ' | b':' | b'\n' => true,
        // What the wide colon begins with.
        0xef => text.get(at..).is_some_and(|rest| rest.starts_with('：')),
        _ => false,
    };
    text.get(..text.bytes().enumerate().position(is_end).unwrap_or(text.len())).unwrap_or(text)
}

/// A line from where a byline begins in it: at its first word (`By Jane Doe`, `Text: Jane Doe`), and
/// in a Chinese line of date and source at a word that names reporters, up to the tools in brackets
/// (`来源：江河报　本报记者 欧阳翀　【字号 大 中 小】`).
fn opened<'t>(line: &'t str, language: Option<&str>) -> Option<&'t str> {
    let primary = language.and_then(|tag| tag.split('-').next()).unwrap_or("");
    if opens_with_cue(line, language) {
        return Some(line);
    }
    let inner = line.match_indices(' ').filter_map(|(at, _)| line.get(at + 1..));
    let opened = (primary == "zh").then_some(inner)?.take(INNER_WORDS);
    opened.into_iter().find(|rest| opens_with_cue(rest, language))?.split('【').next()
}

/// Words of a line at which a Chinese byline may begin.
const INNER_WORDS: usize = 8;

/// Whether a line opens as a byline does: `By Jane Doe`, `Text: Jane Doe`.
pub(crate) fn opens_with_cue(line: &str, language: Option<&str>) -> bool {
    let line = line.trim_start();
    let first = first_word(line);
    let cues = CUE_INITIALS.may_hold(first).then(|| CUES.get(first.to_lowercase().as_str()));
    let Some(cues) = cues.flatten() else {
        return false;
    };
    let primary = language.and_then(|tag| tag.split('-').next()).unwrap_or("");
    let head = lower_head(line, CUE_CHARS);
    cues.iter().any(|[phrase, languages, place]| {
        let rest =
            head.strip_prefix(phrase).filter(|rest| rest.starts_with([' ', ':', '：', '\n']));
        let colon = rest.is_some_and(|rest| rest.trim_start().starts_with([':', '：']));
        let spoken = languages.split(',').any(|tag| tag == primary);
        rest.is_some() && (colon || (spoken && *place != "colon"))
    })
}

/// Characters of a line in which its cue stands.
pub(super) const CUE_CHARS: usize = 40;
