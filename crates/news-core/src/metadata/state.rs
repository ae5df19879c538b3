//! What application state says of its story, put into the words of schema.org.

use serde_json::{Map, Value, json};

/// Names that frameworks and CMSs give the properties of a story, by the schema.org name.
const PROPERTIES: [(&str, &[&str]); 9] = [
    ("headline", &["headline", "title", "headlines", "webTitle", "heading"]),
    ("alternativeHeadline", &["subheadline", "subtitle", "kicker", "dek", "deck", "standfirst"]),
    ("description", &["description", "summary", "excerpt", "abstract"]),
    (
        "datePublished",
        &[
            "datePublished",
            "publishedAt",
            "published_at",
            "publishDate",
            "publish_date",
            "publicationDate",
            "firstPublished",
            "first_publish_date",
            "publishedDate",
            "published",
            "pubDate",
            "postDate",
            "displayDate",
            "display_date",
            "date",
        ],
    ),
    (
        "dateModified",
        &[
            "dateModified",
            "updatedAt",
            "updated_at",
            "modifiedAt",
            "lastUpdated",
            "dateUpdated",
            "last_updated_date",
            "updated",
            "modified",
        ],
    ),
    ("articleSection", &["section", "articleSection", "category", "primarySection"]),
    ("inLanguage", &["inLanguage", "language", "locale"]),
    ("keywords", &["keywords", "tags", "topics"]),
    (
        "author",
        &["author", "authors", "byline", "bylines", "by", "writers", "contributors", "creator"],
    ),
];

/// Whether a key names the day of publication and nothing else: `date` may be any.
pub(crate) fn is_published_key(key: &str) -> bool {
    let mut published = PROPERTIES.iter().filter(|(name, _)| *name == "datePublished");
    key != "date" && published.any(|(_, keys)| keys.contains(&key))
}

/// The story's object as a schema.org `Article`. `root` is the whole state, in which references
/// (`__ref`) are looked up.
pub(crate) fn as_article(story: &Value, root: &Value) -> Value {
    let mut article = Map::new();
    article.insert("@type".to_owned(), json!("Article"));
    for (name, keys) in PROPERTIES {
        let found = keys
            .iter()
            .filter_map(|key| story.get(*key))
            .find_map(|value| property(name, value, root));
        if let Some(value) = found {
            article.insert(name.to_owned(), value);
        }
    }
    Value::Object(article)
}

fn property(name: &str, value: &Value, root: &Value) -> Option<Value> {
    match name {
        "author" => {
            let items = match value {
                Value::Array(items) => items.as_slice(),
                one => std::slice::from_ref(one),
            };
            let people: Vec<Value> = items.iter().filter_map(|item| person(item, root)).collect();
            (!people.is_empty()).then_some(Value::Array(people))
        }
        "keywords" => match follow(value, root) {
            Value::Array(items) => {
                let names = items.iter().filter_map(|item| text(item, root));
                Some(Value::Array(names.map(Value::String).collect()))
            }
            one => text(one, root).map(Value::String),
        },
        _ => text(value, root).map(Value::String),
    }
}

/// Keys under which a value keeps its words.
const NAME_KEYS: [&str; 9] =
    ["name", "fullName", "full_name", "displayName", "title", "basic", "headline", "label", "text"];

/// The words of a value: itself, or the first of [`NAME_KEYS`]; numbers of seconds or milliseconds
/// since 1970 too.
fn text(value: &Value, root: &Value) -> Option<String> {
    match follow(value, root) {
        Value::String(text) => Some(text.clone()).filter(|t| !t.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => NAME_KEYS
            .iter()
            .filter_map(|key| map.get(*key))
            .find_map(|v| v.as_str())
            .map(str::to_owned),
        Value::Array(items) => items.first().and_then(|first| match first {
            Value::Array(_) => None,
            one => text(one, root),
        }),
        _ => None,
    }
}

fn person(value: &Value, root: &Value) -> Option<Value> {
    let name = text(value, root)?;
    let object = follow(value, root);
    let role = ["role", "jobTitle", "position"].iter().find_map(|key| object.get(*key)?.as_str());
    Some(json!({"@type": "Person", "name": name, "jobTitle": role}))
}

/// What a reference of a normalised cache points to; the value itself otherwise.
pub(crate) fn follow<'v>(value: &'v Value, root: &'v Value) -> &'v Value {
    value.get("__ref").and_then(Value::as_str).and_then(|name| root.get(name)).unwrap_or(value)
}
