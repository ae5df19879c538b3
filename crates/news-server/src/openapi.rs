//! The API description, OpenAPI 3.1, made from [`ENDPOINTS`], the types and [`KINDS`].

use news_core::article::Readout;
use news_core::format::Format;
use news_core::{Article, Trace};
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use crate::articles::JSON;
use crate::batch::Answer;
use crate::operations::{Health, Version};
use crate::problem::{self, KINDS, ProblemBody};
use crate::request::{ArticleRequest, LANGUAGE, MOMENT, PARAMETERS, URL};
use crate::routes::{ENDPOINTS, Endpoint, Gives, Takes};

/// The description.
#[must_use]
pub fn description() -> Value {
    let mut schemas = Schemas::new();
    let mut paths = Map::new();
    for endpoint in ENDPOINTS {
        let operation = operation(endpoint, &mut schemas);
        let path = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        path[endpoint.method.to_ascii_lowercase()] = operation;
    }
    let problem = schemas.reference::<ProblemBody>();
    let mut responses = Map::new();
    for status in statuses() {
        let kinds: Vec<_> = KINDS.iter().filter(|kind| kind.status == status).collect();
        let lines: Vec<_> = kinds.iter().map(|k| format!("`{}`: {}", k.code, k.title)).collect();
        let content = json!({ problem::MEDIA_TYPE: { "schema": problem } });
        let response = json!({ "description": lines.join(". "), "content": content });
        responses.insert(format!("Problem{status}"), response);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "news",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Reads news pages: HTML or plain text in, the article out",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas.all(),
            "responses": responses,
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer" },
                "header": { "type": "apiKey", "in": "header", "name": "X-API-Key" },
            },
        },
    })
}

/// Schemas of the types, collected under one roof.
struct Schemas(SchemaGenerator);

impl Schemas {
    fn new() -> Self {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        });
        Self(settings.into_generator())
    }

    /// A reference to the schema of a type.
    fn reference<T: schemars::JsonSchema>(&mut self) -> Value {
        self.0.subschema_for::<T>().into()
    }

    fn all(mut self) -> Map<String, Value> {
        self.0.take_definitions(true)
    }
}

/// Every status of a problem, once.
fn statuses() -> Vec<u16> {
    let mut all: Vec<_> = KINDS.iter().map(|kind| kind.status).collect();
    all.dedup();
    all
}

fn operation(endpoint: &Endpoint, schemas: &mut Schemas) -> Value {
    let name = endpoint.path.rsplit(['/', ':']).next().unwrap_or_default();
    let name = name.split('.').next().filter(|name| !name.is_empty()).unwrap_or("playground");
    let mut operation = json!({
        "operationId": name,
        "summary": endpoint.summary,
        "responses": responses(endpoint, schemas),
    });
    if !endpoint.open {
        operation["security"] = json!([{}, { "bearer": [] }, { "header": [] }]);
    }
    if endpoint.method == "POST" {
        operation["parameters"] = PARAMETERS.iter().map(|p| parameter(endpoint, p)).collect();
        let content = content(endpoint.takes, schemas);
        operation["requestBody"] = json!({ "required": true, "content": content });
    }
    operation
}

fn parameter(endpoint: &Endpoint, &(name, meaning): &(&str, &str)) -> Value {
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    let schema = match name {
        "comments" | "any_page" | "reading" | "standalone" => json!({ "type": "boolean" }),
        "min_confidence" => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        "format" if matches!(endpoint.gives, Gives::Article) => {
            json!({ "type": "string", "enum": Format::ALL.map(Format::name) })
        }
        "format" => json!({ "type": "string", "enum": JSON.map(Format::name) }),
        "offset_unit" => json!({ "type": "string", "enum": ["codepoint", "utf8", "utf16"] }),
        "url" => json!({ "type": "string", "format": "uri", "pattern": URL }),
        "fetched_at" | "written" => text(MOMENT),
        "language" => text(LANGUAGE),
        _ => text("^[a-z_]+([.,][a-z_]+)*$"),
    };
    json!({ "name": name, "in": "query", "description": meaning, "schema": schema })
}

/// What a request may hold.
fn content(takes: Takes, schemas: &mut Schemas) -> Value {
    let text = json!({ "schema": { "type": "string" } });
    match takes {
        Takes::Nothing => json!({}),
        Takes::Page => json!({
            "text/html": text,
            "application/xhtml+xml": text,
            "text/plain": text,
            "application/json": { "schema": schemas.reference::<ArticleRequest>() },
        }),
        Takes::Lines => json!({
            "application/x-ndjson": { "schema": schemas.reference::<ArticleRequest>() },
        }),
        Takes::Article => json!({
            "application/json": { "schema": schemas.reference::<Article>() },
        }),
    }
}

fn responses(endpoint: &Endpoint, schemas: &mut Schemas) -> Value {
    let mut all = Map::new();
    let content = given(endpoint, schemas);
    all.insert("200".to_owned(), json!({ "description": "Done", "content": content }));
    for status in statuses().into_iter().filter(|status| happens(endpoint, *status)) {
        let reference = json!({ "$ref": format!("#/components/responses/Problem{status}") });
        all.insert(status.to_string(), reference);
    }
    Value::Object(all)
}

/// Whether an endpoint answers with a status: 404 and 405 belong to paths that are none.
fn happens(endpoint: &Endpoint, status: u16) -> bool {
    match status {
        404 | 405 => false,
        401 | 429 => !endpoint.open,
        500 => true,
        503 => endpoint.method == "POST" || endpoint.path == "/readyz",
        _ => endpoint.method == "POST",
    }
}

fn given(endpoint: &Endpoint, schemas: &mut Schemas) -> Value {
    let text = json!({ "schema": { "type": "string" } });
    match endpoint.gives {
        Gives::Article => {
            let article = json!({ "schema": schemas.reference::<Article>() });
            let formats = Format::ALL.into_iter().map(|format| {
                let is_json = matches!(format, Format::Json | Format::Ndjson);
                let media = crate::negotiate::essence(format.media_type()).to_owned();
                (media, if is_json { article.clone() } else { text.clone() })
            });
            Value::Object(formats.collect())
        }
        Gives::Explained => {
            let (article, trace) = (schemas.reference::<Article>(), schemas.reference::<Trace>());
            let trace = json!({ "type": "object", "properties": { "trace": trace } });
            json!({ "application/json": { "schema": { "allOf": [article, trace] } } })
        }
        Gives::Readout => {
            json!({ "application/json": { "schema": schemas.reference::<Readout>() } })
        }
        Gives::Lines => json!({
            "application/x-ndjson": { "schema": schemas.reference::<Answer<'_>>() },
        }),
        Gives::Json => {
            let schema = match endpoint.path {
                "/healthz" | "/readyz" => schemas.reference::<Health>(),
                "/version" => schemas.reference::<Version>(),
                _ => json!({ "type": "object" }),
            };
            json!({ "application/json": { "schema": schema } })
        }
        Gives::Page => json!({ "text/html": text }),
        Gives::Metrics => json!({ "text/plain": text }),
    }
}
