//! Stories that stand in data only: `articleBody` of JSON-LD, or the application state that Next.js,
//! Nuxt, Apollo and others ship for their scripts to render.
//!
//! What is found is written as simple HTML and goes through the same block builder as any page.

use std::cell::Cell;

use serde_json::Value;

use super::measure::letters_units;
use crate::article::BodyOrigin;
use crate::dom::{NodeId, Tag, local_name};
use crate::error::Warning;
use crate::letters::fold;
use crate::metadata::state::{as_article, follow};
use crate::metadata::{Claims, Page, nesting};
use crate::work::cost;

/// A story read from data.
#[derive(Debug)]
pub(crate) struct DataBody {
    /// The story as HTML.
    pub(crate) html: String,
    /// Letters in it.
    pub(crate) units: u32,
    /// Where it stood.
    pub(crate) origin: BodyOrigin,
    /// What application state says of the story, as a schema.org object, and the script.
    pub(crate) story: Option<(NodeId, Value)>,
}

/// Units from which a text found in state is a story.
const MIN_UNITS: u32 = 300;

/// The story as data, where it says more than the markup: at least half as much again, and
/// [`MIN_GAIN`] more. `units` are the letters that the markup gave.
pub(crate) fn body(
    page: &Page,
    units: u32,
    claims: &Claims,
    warnings: &mut Vec<Warning>,
) -> Option<DataBody> {
    let is_more = |body: &DataBody| body.units > units + units / 2 + MIN_GAIN;
    let stated = claims.article_body.as_ref().map(|b| from_json_ld(&b.value)).filter(is_more);
    stated.or_else(|| {
        let headlines: Vec<String> =
            claims.headlines().into_iter().map(fold).filter(|h| h.len() > 8).collect();
        (units < WEAK_UNITS)
            .then(|| from_state(page, &headlines, warnings))
            .flatten()
            .filter(is_more)
    })
}

/// Letters that data must add to be preferred.
const MIN_GAIN: u32 = 200;
/// Letters of a story in the markup above which application state is not looked at: it costs a
/// parse of all its JSON.
const WEAK_UNITS: u32 = 600;

/// `articleBody` as HTML: its own tags if it has any, else a paragraph a line.
fn from_json_ld(body: &str) -> DataBody {
    let html = text_or_html(body);
    DataBody { units: letters_units(body), html, origin: BodyOrigin::JsonLd, story: None }
}

/// The story in the page's application state: the longest body of the object that carries the
/// headline, else the longest of all.
fn from_state(page: &Page, headlines: &[String], warnings: &mut Vec<Warning>) -> Option<DataBody> {
    let dom = page.dom;
    let read = |script: NodeId| {
        let root = state(page, script, warnings)?;
        let state = State { root: &root, steps: Cell::new(page.limits.json_values) };
        let (object, mut body) = state.body(headlines)?;
        body.story = Some((script, as_article(object, &root)));
        Some(body)
    };
    let scripts = dom.all().filter(|id| dom.tag(*id) == Tag::Script);
    scripts.filter_map(read).filter(|body| body.units >= MIN_UNITS).max_by_key(|body| body.units)
}

/// The JSON of a script that holds data: a JSON script, or the value assigned to a global.
fn state(page: &Page, id: NodeId, warnings: &mut Vec<Warning>) -> Option<Value> {
    let kind = page.dom.attr(id, local_name!("type")).unwrap_or_default();
    let text = page.dom.raw_text(id);
    let is_json = kind.contains("json");
    if text.len() > page.limits.json_bytes
        || kind.contains("ld+json")
        || is_json && nesting(&text) > page.limits.json_depth
    {
        return None;
    }
    let json = if is_json { &*text } else { assigned(&text)? };
    if !page.work.pay(json.len() as u64 * cost::JSON_BYTE) {
        let start = page.dom.source(id).start;
        warnings.push(page.work.warning(&format!("the script at byte {start} was passed over")));
        return None;
    }
    let value = if is_json {
        serde_json::from_str(json).ok()?
    } else {
        // What follows the value is code.
        serde_json::Deserializer::from_str(json).into_iter::<Value>().next()?.ok()?
    };
    Some(unflatten(value, page.limits.json_values))
}

/// Globals to which frameworks assign their state.
const GLOBALS: [&str; 10] = [
    "__NEXT_DATA__",
    "__NUXT__",
    "__APOLLO_STATE__",
    "__INITIAL_STATE__",
    "__PRELOADED_STATE__",
    "__INITIAL_DATA__",
    "__STATE__",
    "__DATA__",
    "__data__",
    "Fusion.globalContent",
];

/// What stands behind the name of such a global, from the first bracket on.
fn assigned(script: &str) -> Option<&str> {
    let at = GLOBALS.iter().find_map(|name| script.find(name).map(|at| at + name.len()))?;
    let after = script.get(at..)?;
    let open = after.find(['{', '['])?;
    after.get(open..)
}

/// Nuxt 3 writes its state as one array in which numbers stand for places of the array. Only
/// strings and the objects and arrays that hold them matter here: each object is given its
/// strings, each array its items, one level at a time while the budget lasts.
fn unflatten(value: Value, mut budget: usize) -> Value {
    let Value::Array(table) = &value else {
        return value;
    };
    let is_flat = table.len() > 3
        && table.first().is_some_and(|first| match first {
            Value::Array(tag) => tag.first().is_some_and(Value::is_string),
            Value::Object(map) => !map.is_empty() && map.values().all(Value::is_u64),
            _ => false,
        });
    if !is_flat {
        return value;
    }
    resolve_flat(table, 0, 0, &mut budget)
}

/// Nesting of a flattened state that is followed.
const MAX_FLAT_DEPTH: usize = 40;

fn resolve_flat(table: &[Value], index: usize, depth: usize, budget: &mut usize) -> Value {
    if depth > MAX_FLAT_DEPTH || *budget == 0 {
        return Value::Null;
    }
    *budget -= 1;
    let mut follow = |v: &Value| match v.as_u64() {
        Some(n) => resolve_flat(table, n as usize, depth + 1, budget),
        None => v.clone(),
    };
    match table.get(index) {
        Some(Value::Object(map)) => {
            Value::Object(map.iter().map(|(k, v)| (k.clone(), follow(v))).collect())
        }
        Some(Value::Array(items)) if items.first().is_some_and(Value::is_string) => {
            items.get(1).map_or(Value::Null, follow)
        }
        Some(Value::Array(items)) => Value::Array(items.iter().map(follow).collect()),
        Some(other) => other.clone(),
        None => Value::Null,
    }
}

/// Keys under which stories keep their text, the likeliest first.
const BODY_KEYS: [&str; 22] = [
    "articleBody",
    "bodyHtml",
    "body_html",
    "contentHtml",
    "content_html",
    "htmlBody",
    "bodyText",
    "body",
    "content_elements",
    "contentElements",
    "content",
    "blocks",
    "paragraphs",
    "text",
    "html",
    "components",
    "elements",
    "story",
    "fullText",
    "articleText",
    "rendered",
    "children",
];
/// Keys of a headline.
const HEADLINE_KEYS: [&str; 7] =
    ["headline", "title", "headlines", "name", "heading", "webTitle", "seoTitle"];

struct State<'a> {
    root: &'a Value,
    /// Values that may still be written: references can be circular.
    steps: Cell<usize>,
}

impl<'a> State<'a> {
    /// The object that holds the story, and its body.
    fn body(&self, headlines: &[String]) -> Option<(&'a Value, DataBody)> {
        let mut best: Option<(bool, &'a Value, DataBody)> = None;
        let mut stack = vec![self.root];
        let mut budget = self.steps.get();
        while let Some(value) = stack.pop() {
            if budget == 0 {
                break;
            }
            budget -= 1;
            match value {
                Value::Array(items) => stack.extend(items),
                Value::Object(map) => {
                    stack.extend(map.values());
                    let Some(body) = self.body_of(value) else { continue };
                    let named = headlines.iter().any(|h| has_headline(value, h));
                    if best.as_ref().is_none_or(|b| (b.0, b.2.units) < (named, body.units)) {
                        best = Some((named, value, body));
                    }
                }
                _ => {}
            }
        }
        best.map(|(_, object, body)| (object, body))
    }

    /// The longest body directly in this object.
    fn body_of(&self, object: &Value) -> Option<DataBody> {
        BODY_KEYS
            .iter()
            .filter_map(|key| object.get(*key))
            .map(|value| {
                let mut html = String::new();
                self.write(value, "p", 0, &mut html);
                DataBody {
                    units: letters_units(&without_tags(&html)),
                    html,
                    origin: BodyOrigin::State,
                    story: None,
                }
            })
            .filter(|body| body.units >= MIN_UNITS)
            .max_by_key(|body| body.units)
    }

    /// Appends a value as HTML: strings as they are or as an element, arrays item by item, objects by
    /// their text and type. Nesting is bounded by the JSON parser and [`MAX_NESTING`].
    fn write(&self, value: &Value, tag: &str, depth: usize, out: &mut String) {
        if depth > MAX_NESTING || self.steps.get() == 0 {
            return;
        }
        self.steps.set(self.steps.get() - 1);
        match value {
            Value::String(text) if is_html(text) && tag == "p" => out.push_str(text),
            Value::String(text) if tag == "p" => out.push_str(&text_or_html(text)),
            Value::String(text) => push_element(out, tag, text),
            Value::Array(items) if items.len() <= MAX_ITEMS => {
                for item in items {
                    self.write(item, tag, depth + 1, out);
                }
            }
            Value::Object(map) => {
                let target = follow(value, self.root);
                if !std::ptr::eq(target, value) {
                    return self.write(target, tag, depth + 1, out);
                }
                let tag = element_of(value).unwrap_or(tag);
                if tag == "skip" {
                    return;
                }
                let text = TEXT_KEYS
                    .iter()
                    .filter_map(|key| map.get(*key))
                    .find(|v| !v.is_null() && v.as_str() != Some(""));
                if let Some(text) = text {
                    self.write(text, tag, depth + 1, out);
                }
            }
            _ => {}
        }
    }
}

/// Nesting of blocks that is followed, and items of one list of blocks.
const MAX_NESTING: usize = 12;
const MAX_ITEMS: usize = 10_000;

/// Keys under which a block keeps its text, the likeliest first.
const TEXT_KEYS: [&str; 14] = [
    "html",
    "text",
    "content",
    "value",
    "paragraph",
    "body",
    "items",
    "children",
    "data",
    "blocks",
    "model",
    "richText",
    "attributes",
    "content_elements",
];
/// Keys that name the kind of a block.
const TYPE_KEYS: [&str; 6] = ["type", "kind", "__typename", "_type", "blockType", "component"];

/// The element that shows a block of this kind; "skip" for what is no prose.
fn element_of(block: &Value) -> Option<&'static str> {
    let kind = TYPE_KEYS.iter().find_map(|key| block.get(*key)?.as_str())?.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| kind.contains(w));
    if has(&[
        "image",
        "photo",
        "video",
        "audio",
        "gallery",
        "ad",
        "embed",
        "related",
        "promo",
        "newsletter",
        "social",
        "teaser",
        "aside",
    ]) && !has(&["head", "lead", "readmore"])
    {
        Some("skip")
    } else if has(&["head", "subtitle", "crosshead", "title"]) {
        Some("h2")
    } else if has(&["quote"]) {
        Some("blockquote")
    } else if has(&["list"]) {
        Some("li")
    } else {
        None
    }
}

/// Whether one of the object's headlines agrees with `headline`, in letters.
fn has_headline(object: &Value, headline: &str) -> bool {
    let says = |value: &Value| value.as_str().is_some_and(|text| agrees(&fold(text), headline));
    HEADLINE_KEYS.iter().filter_map(|key| object.get(*key)).any(|value| match value {
        Value::Object(map) => map.values().any(says),
        one => says(one),
    })
}

fn agrees(a: &str, b: &str) -> bool {
    a.len() > 8 && (a == b || b.starts_with(a) || a.starts_with(b))
}

fn is_html(text: &str) -> bool {
    ["<p", "</p>", "<br", "</div>", "</h2>", "</li>"].iter().any(|tag| text.contains(tag))
}

/// Text with tags as it is; plain text as a paragraph a line.
fn text_or_html(text: &str) -> String {
    if is_html(text) {
        return text.to_owned();
    }
    let mut html = String::new();
    text.split(['\n', '\r', '\u{2028}'])
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .for_each(|l| push_element(&mut html, "p", l));
    html
}

/// Inline tags may stand in the text; what looks like no tag is escaped by the HTML parser itself.
fn push_element(out: &mut String, tag: &str, text: &str) {
    let is_inline = text.contains("</");
    let text =
        if is_inline { text.to_owned() } else { text.replace('&', "&amp;").replace('<', "&lt;") };
    // Data often holds entities already.
    let text = text
        .replace("&amp;#", "&#")
        .replace("&amp;quot;", "&quot;")
        .replace("&amp;amp;", "&amp;")
        .replace("&amp;nbsp;", "&nbsp;");
    out.extend(["<", tag, ">", &text, "</", tag, ">\n"]);
}

fn without_tags(html: &str) -> String {
    let mut inside = false;
    html.chars()
        .filter(|c| {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                _ => return !inside,
            }
            false
        })
        .collect()
}
