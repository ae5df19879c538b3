//! What the service says of itself: the schema, the API description, the pages for people.
//!
//! The pages are one file each, with their style and script in them, and a policy that lets the
//! browser run nothing else.

use std::sync::LazyLock;

use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use ring::digest::{SHA256, digest};

use crate::openapi;
use crate::operations::json;
use crate::tables::tables;

const FRAME: &str = include_str!("page/frame.html");
const STYLE: &str = include_str!("page/style.css");

/// `GET /v1/schema`
pub(crate) async fn schema() -> Response {
    static SCHEMA: LazyLock<serde_json::Value> = LazyLock::new(news_core::format::schema);
    cached(json(&*SCHEMA))
}

/// `GET /openapi.json`
pub(crate) async fn openapi() -> Response {
    static DESCRIPTION: LazyLock<serde_json::Value> = LazyLock::new(openapi::description);
    cached(json(&*DESCRIPTION))
}

/// `GET /`
pub(crate) async fn playground() -> Response {
    static PAGE: LazyLock<Page> = LazyLock::new(|| {
        let (main, script) =
            (include_str!("page/playground.html"), include_str!("page/playground.js"));
        Page::new("playground", main, Some(script))
    });
    PAGE.response()
}

/// `GET /docs`
pub(crate) async fn docs() -> Response {
    static PAGE: LazyLock<Page> = LazyLock::new(|| {
        let tables: String = tables().iter().map(crate::tables::Table::html).collect();
        let main = include_str!("page/docs.html").replace("<!--TABLES-->", &tables);
        Page::new("reference", &main, None)
    });
    PAGE.response()
}

fn cached(mut response: Response) -> Response {
    let value = HeaderValue::from_static("public, max-age=3600");
    response.headers_mut().insert(CACHE_CONTROL, value);
    response
}

/// A page and the policy that fits it.
struct Page {
    html: String,
    policy: HeaderValue,
}

impl Page {
    /// Puts the content, style and script into the frame.
    fn new(title: &str, main: &str, script: Option<&str>) -> Self {
        // A script element ends at the first end tag in it, be that inside a string.
        let script = script.map(|script| script.replace("</script", "<\\/script"));
        let allowed = script
            .as_ref()
            .map_or_else(|| "'none'".to_owned(), |script| format!("'sha256-{}'", hash(script)));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src {allowed}; connect-src 'self'; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            hash(STYLE),
        );
        let script = script.map(|script| format!("<script>{script}</script>"));
        let main = format!("{main}{}", script.unwrap_or_default());
        let html = FRAME.replace("/*STYLE*/", STYLE).replace("<!--TITLE-->", title);
        let html = html.replace("<!--MAIN-->", &main);
        let none = || HeaderValue::from_static("default-src 'none'");
        Self { html, policy: HeaderValue::from_str(&policy).unwrap_or_else(|_| none()) }
    }

    fn response(&self) -> Response {
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (CONTENT_SECURITY_POLICY, self.policy.clone()),
            (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        ];
        (headers, self.html.clone()).into_response()
    }
}

/// SHA-256 as a policy states it.
fn hash(text: &str) -> String {
    base64(digest(&SHA256, text.as_bytes()).as_ref())
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, n| bits << 8 | u32::from(*chunk.get(n).unwrap_or(&0)));
        for n in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * n)) as usize & 63];
            out.push(if n > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_rfc_4648_has_it() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
