//! What those ask who run the service.

use axum::extract::State as Shared;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

use crate::problem::{DRAINING, Problem};
use crate::state::State;

/// Whether the process answers.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Health {
    /// Always `ok`.
    pub status: &'static str,
}

/// Versions.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Version {
    /// Version of the engine and the service.
    pub version: &'static str,
    /// Version of the article's model.
    pub schema_version: &'static str,
    /// Whether this service fetches pages.
    pub fetch: bool,
}

/// `value` as a JSON answer.
pub(crate) fn json(value: &impl Serialize) -> Response {
    let text = serde_json::to_string(value).unwrap_or_default();
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}

/// `GET /healthz`
pub(crate) async fn healthz() -> Response {
    json(&Health { status: "ok" })
}

/// `GET /readyz`
pub(crate) async fn readyz(Shared(state): Shared<State>) -> Result<Response, Problem> {
    if state.is_draining() {
        return Err(Problem::new(DRAINING, "the service is shutting down").retry_after(1));
    }
    Ok(json(&Health { status: "ok" }))
}

/// `GET /version`
pub(crate) async fn version(Shared(state): Shared<State>) -> Response {
    json(&Version {
        version: env!("CARGO_PKG_VERSION"),
        schema_version: news_core::article::SCHEMA_VERSION,
        fetch: state.fetcher.is_some(),
    })
}

/// `GET /metrics`
pub(crate) async fn metrics(Shared(state): Shared<State>) -> Response {
    let levels = [state.gate.taken(), state.gate.bytes(), state.pool.overrun()];
    let page = state.metrics.page(levels);
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], page).into_response()
}
