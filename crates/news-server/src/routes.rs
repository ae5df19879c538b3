//! Every endpoint, once: the router, the API description and the documents are made from this table.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};

use crate::observe::observe;
use crate::problem::{METHOD_NOT_ALLOWED, NOT_FOUND, Problem};
use crate::state::State;
use crate::{articles, batch, operations, reference};

/// An endpoint.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Its path.
    pub path: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it gives.
    pub gives: Gives,
    /// Whether it is answered without key and rate.
    pub open: bool,
}

/// What an endpoint takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// A page or text as it is, or JSON of it.
    Page,
    /// One JSON object a line.
    Lines,
    /// An article as JSON.
    Article,
}

/// What an endpoint gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// An article, in any format.
    Article,
    /// An article with the reasons, as JSON.
    Explained,
    /// What a text says, as JSON.
    Readout,
    /// One JSON object a line.
    Lines,
    /// A JSON object.
    Json,
    /// A page for people.
    Page,
    /// Text in Prometheus' format.
    Metrics,
}

/// Every endpoint.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: "POST",
        path: "/v1/articles:extract",
        summary: "Reads a page or text: verdict, metadata, blocks",
        takes: Takes::Page,
        gives: Gives::Article,
        open: false,
    },
    Endpoint {
        method: "POST",
        path: "/v1/articles:explain",
        summary: "The same, and why each block of the page was kept or removed",
        takes: Takes::Page,
        gives: Gives::Explained,
        open: false,
    },
    Endpoint {
        method: "POST",
        path: "/v1/articles:batch",
        summary: "Reads many pages: a JSON object a line in, one a line out, in the same order",
        takes: Takes::Lines,
        gives: Gives::Lines,
        open: false,
    },
    Endpoint {
        method: "POST",
        path: "/v1/articles:convert",
        summary: "Writes an article, given as JSON, in another format",
        takes: Takes::Article,
        gives: Gives::Article,
        open: false,
    },
    Endpoint {
        method: "POST",
        path: "/v1/text:read",
        summary: "Reads what a text says, as it stands; of a page, what its story says",
        takes: Takes::Page,
        gives: Gives::Readout,
        open: false,
    },
    Endpoint {
        method: "GET",
        path: "/v1/schema",
        summary: "The JSON Schema of the article",
        takes: Takes::Nothing,
        gives: Gives::Json,
        open: true,
    },
    Endpoint {
        method: "GET",
        path: "/openapi.json",
        summary: "This interface as OpenAPI 3.1",
        takes: Takes::Nothing,
        gives: Gives::Json,
        open: true,
    },
    Endpoint {
        method: "GET",
        path: "/",
        summary: "The playground: a page beside its article",
        takes: Takes::Nothing,
        gives: Gives::Page,
        open: true,
    },
    Endpoint {
        method: "GET",
        path: "/docs",
        summary: "This reference, for people",
        takes: Takes::Nothing,
        gives: Gives::Page,
        open: true,
    },
    Endpoint {
        method: "GET",
        path: "/healthz",
        summary: "Whether the process answers",
        takes: Takes::Nothing,
        gives: Gives::Json,
        open: true,
    },
    Endpoint {
        method: "GET",
        path: "/readyz",
        summary: "Whether it takes requests: 503 while it shuts down",
        takes: Takes::Nothing,
        gives: Gives::Json,
        open: true,
    },
    Endpoint {
        method: "GET",
        path: "/version",
        summary: "Versions of the engine and of the article's schema",
        takes: Takes::Nothing,
        gives: Gives::Json,
        open: true,
    },
    Endpoint {
        method: "GET",
        path: "/metrics",
        summary: "Counters for Prometheus",
        takes: Takes::Nothing,
        gives: Gives::Metrics,
        open: false,
    },
];

/// The service, without a socket.
pub fn app(state: State) -> Router {
    let mut router = Router::new();
    for endpoint in ENDPOINTS {
        router = router.route(endpoint.path, handler(endpoint));
    }
    router
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(state.clone(), observe))
        .with_state(state)
}

fn handler(endpoint: &Endpoint) -> MethodRouter<State> {
    match endpoint.path {
        "/v1/articles:extract" => post(articles::extract),
        "/v1/articles:explain" => post(articles::explain),
        "/v1/articles:batch" => post(batch::batch),
        "/v1/articles:convert" => post(articles::convert),
        "/v1/text:read" => post(articles::read),
        "/v1/schema" => get(reference::schema),
        "/openapi.json" => get(reference::openapi),
        "/" => get(reference::playground),
        "/docs" => get(reference::docs),
        "/healthz" => get(operations::healthz),
        "/readyz" => get(operations::readyz),
        "/version" => get(operations::version),
        _ => get(operations::metrics),
    }
}

/// Whether a path is answered without key and rate.
pub(crate) fn is_open(path: &str) -> bool {
    ENDPOINTS.iter().any(|endpoint| endpoint.open && endpoint.path == path)
}

async fn not_found() -> Problem {
    Problem::new(NOT_FOUND, "there is nothing at this path")
}

async fn method_not_allowed(request: Request) -> Response {
    let path = request.uri().path();
    let method = ENDPOINTS.iter().find(|e| e.path == path).map_or("GET", |e| e.method);
    let allow = if method == "GET" { "GET, HEAD" } else { method };
    let problem = Problem::new(METHOD_NOT_ALLOWED, format!("this path takes {allow}"));
    let mut response = problem.into_response();
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
    response
}
