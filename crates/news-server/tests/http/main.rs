//! The service from outside: without a socket where that is enough, on one where time counts.

mod batch;
mod browser;
mod endpoints;
mod limits;
mod problems;
mod reference;
mod sockets;

use std::future::Future;
use std::io::Write as _;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use http_body_util::BodyExt;
use news_server::{Config, State, app};
use serde_json::Value;
use tower::ServiceExt;

/// A page composed for these tests.
const PAGE: &str = "<html lang=en><head><title>Ferry resumes | Harbour Post</title></head><body>
    <nav><a href=/a>Home</a> <a href=/b>News</a></nav><article>
    <h1>Ferry resumes after storm</h1><p class=byline>By Ana Ruiz</p>
    <p>The island ferry sailed again on Tuesday, two days after the storm had torn its ramp away.</p>
    <p>“We carried <em>everybody</em> who was waiting,” said the harbour master, Bo Lindqvist.</p>
    </article><footer>© Harbour Post</footer></body></html>";

/// A service that listens nowhere, with one worker.
fn service(config: Config) -> Router {
    app(State::new(Config { workers: 1, ..config }).expect("a service"))
}

/// Writes past the test harness, which swallows what a test that passes prints.
fn say(line: &str) {
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(work)
}

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("UTF-8")
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }
}

/// A request: `POST /path`, headers as `name: value` lines, a body.
fn request(line: &str, headers: &str, body: impl Into<Body>) -> Request<Body> {
    let (method, path) = line.split_once(' ').expect("a method and a path");
    let mut request = Request::builder().method(method).uri(path);
    for header in headers.lines() {
        let (name, value) = header.split_once(": ").expect("a header");
        request = request.header(name.trim(), value);
    }
    request.body(body.into()).expect("a request")
}

async fn send(service: &Router, request: Request<Body>) -> Answer {
    let response = service.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
    Answer { status: parts.status.as_u16(), headers: parts.headers, bytes }
}

/// One request to a fresh service.
fn ask(line: &str, headers: &str, body: impl Into<Body>) -> Answer {
    let request = request(line, headers, body);
    run(async { send(&service(Config::default()), request).await })
}
