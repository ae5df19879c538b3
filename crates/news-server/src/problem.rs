//! What can go wrong, as RFC 9457 problems: one table, from which the documents are written.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use news_io::coding::{Coding, UnpackError};
use news_io::fetch::FetchError;
use schemars::JsonSchema;
use serde::Serialize;

/// Media type of problems.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// One kind of problem. `code` is stable; `type` is the place in the reference page that tells more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Stable name for programs.
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// What it means, for people.
    pub title: &'static str,
}

macro_rules! kinds {
    ($($name:ident $code:literal $status:literal $retryable:literal $title:literal)*) => {
        $(
            #[doc = $title]
            pub const $name: Kind =
                Kind { code: $code, status: $status, retryable: $retryable, title: $title };
        )*
        /// Every kind, by status.
        pub const KINDS: &[Kind] = &[$($name),*];
    };
}

kinds! {
    BAD_QUERY "bad_query" 400 false "A query parameter is unknown or has no such value"
    BAD_JSON "bad_json" 400 false "The body is not the JSON that this endpoint reads"
    BAD_ENCODING "bad_encoding" 400 false "The body is not packed as Content-Encoding says"
    BAD_BODY "bad_body" 400 false "The body ended before its stated length, or was not valid HTTP"
    UNAUTHORIZED "unauthorized" 401 false "No API key, or one that is not known"
    FETCH_OFF "fetch_off" 403 false "This service does not fetch pages: send the page itself"
    NOT_FOUND "not_found" 404 false "There is nothing at this path"
    METHOD_NOT_ALLOWED "method_not_allowed" 405 false "This path does not take this method"
    NOT_ACCEPTABLE "not_acceptable" 406 false "None of the media types in Accept can be written"
    SLOW_BODY "slow_body" 408 true "The body did not arrive in time"
    UNCHANGED "unchanged" 412 false "The answer would be the one named by If-None-Match"
    TOO_LARGE "too_large" 413 false "The body is larger than the limit, as sent or unpacked"
    UNSUPPORTED_TYPE "unsupported_type" 415 false "The media type or content coding of the body is not read here"
    EMPTY "empty" 422 false "There is nothing to read: no bytes, or white space only"
    NOT_TEXT "not_text" 422 false "The body is neither a page nor text"
    BAD_VALUE "bad_value" 422 false "The JSON is well formed, but a value in it cannot be used"
    BAD_URL "bad_url" 422 false "Not an http or https address that can be fetched"
    FETCH_REFUSED "fetch_refused" 422 false "The address is not known, or is not open to this service"
    FETCH_ROBOTS "fetch_robots" 422 false "The site's robots.txt does not allow it"
    RATE_LIMITED "rate_limited" 429 true "Too many requests from this client"
    INTERNAL "internal" 500 false "A fault of the service; the request id finds it in the log"
    FETCH_FAILED "fetch_failed" 502 true "The site could not be read"
    FETCH_STATUS "fetch_status" 502 false "The site answered with an error"
    BUSY "busy" 503 true "All places are taken"
    DRAINING "draining" 503 true "The service is shutting down"
    TOO_SLOW "too_slow" 504 false "The work took longer than the limit"
    FETCH_TIMEOUT "fetch_timeout" 504 true "The site took too long"
}

impl Kind {
    /// The `type` of its problems: a reference to the page that this service serves.
    #[must_use]
    pub fn type_uri(&self) -> String {
        format!("/docs#problem-{}", self.code)
    }
}

/// A limit that was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LimitMet {
    /// Its name in the configuration.
    pub name: &'static str,
    /// Its value.
    pub value: u64,
}

/// A problem on its way to the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind it is.
    pub kind: Kind,
    /// What is the matter with this request. Holds nothing of the article, nothing of the machine.
    pub detail: String,
    /// The limit that was met.
    pub limit: Option<LimitMet>,
    /// Seconds after which to try again.
    pub retry_after: Option<u64>,
}

/// A problem as it is written.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct ProblemBody {
    /// Reference to what the kind of problem means.
    pub r#type: String,
    /// The same in one sentence.
    pub title: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What is the matter with this request.
    pub detail: String,
    /// Stable name for programs.
    pub code: &'static str,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// The limit that was met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<LimitMet>,
    /// Id of the request, as in the header `X-Request-Id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl Problem {
    /// A problem of `kind`.
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), limit: None, retry_after: None }
    }

    /// The same, met at a limit.
    #[must_use]
    pub fn at_limit(self, name: &'static str, value: usize) -> Self {
        Self { limit: Some(LimitMet { name, value: value as u64 }), ..self }
    }

    /// The same, worth another try in some seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds.max(1)), ..self }
    }

    /// All places taken.
    #[must_use]
    pub fn busy() -> Self {
        Self::new(BUSY, "all places are taken: try again shortly").retry_after(1)
    }

    /// Larger than `limit` bytes.
    #[must_use]
    pub fn too_large(limit: usize) -> Self {
        Self::new(TOO_LARGE, format!("the body has more than {limit} bytes"))
            .at_limit("max_body", limit)
    }

    /// As it is written.
    #[must_use]
    pub fn body(&self, request_id: Option<&str>) -> ProblemBody {
        ProblemBody {
            r#type: self.kind.type_uri(),
            title: self.kind.title,
            status: self.kind.status,
            detail: self.detail.clone(),
            code: self.kind.code,
            retryable: self.kind.retryable,
            limit: self.limit.clone(),
            request_id: request_id.map(str::to_owned),
        }
    }

    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// The head only: `observe` writes the body, because it knows the request's id.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.kind == UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<news_core::Error> for Problem {
    fn from(error: news_core::Error) -> Self {
        let detail = error.to_string();
        match error {
            news_core::Error::Empty => Self::new(EMPTY, detail),
            news_core::Error::TooLarge { limit, .. } => Self::too_large(limit),
            _ => Self::new(NOT_TEXT, detail),
        }
    }
}

impl From<UnpackError> for Problem {
    fn from(error: UnpackError) -> Self {
        match error {
            UnpackError::TooLarge { limit } => Self::too_large(limit),
            UnpackError::Broken(Coding::Identity) => Self::new(BAD_BODY, error.to_string()),
            UnpackError::Broken(_) => Self::new(BAD_ENCODING, error.to_string()),
        }
    }
}

impl From<FetchError> for Problem {
    fn from(error: FetchError) -> Self {
        let kind = match error {
            FetchError::Address => BAD_URL,
            FetchError::Refused => FETCH_REFUSED,
            FetchError::Robots => FETCH_ROBOTS,
            FetchError::Status(_) => FETCH_STATUS,
            FetchError::Timeout => FETCH_TIMEOUT,
            _ => FETCH_FAILED,
        };
        Self::new(kind, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_sorted_by_status() {
        let mut codes: Vec<_> = KINDS.iter().map(|kind| kind.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), KINDS.len());
        assert!(KINDS.is_sorted_by_key(|kind| kind.status));
    }
}
