//! Every problem, as it reaches the client.

use std::fmt::Write as _;

use axum::body::{Body, Bytes};
use futures_util::{StreamExt, stream};
use news_io::coding::{Coding, pack};
use news_server::Config;
use news_server::problem::{KINDS, Problem};

use super::{PAGE, request, run, send, service};

const EXTRACT: &str = "POST /v1/articles:extract";
const HTML: &str = "content-type: text/html";
const JSON: &str = "content-type: application/json";

/// What is sent, and what it is called in the snapshot.
const CASES: &[(&str, &str, &str, &str)] = &[
    ("no such path", "GET /v2", "", ""),
    ("wrong method", "GET /v1/articles:extract", "", ""),
    ("unknown parameter", "POST /v1/articles:extract?feilds=a", HTML, PAGE),
    ("unknown format", "POST /v1/articles:extract?format=pdf", HTML, PAGE),
    ("no flag", "POST /v1/articles:extract?comments=perhaps", HTML, PAGE),
    ("bad date", "POST /v1/articles:extract?fetched_at=today", HTML, PAGE),
    ("bad address", "POST /v1/articles:extract?url=javascript:1", HTML, PAGE),
    ("unknown field", "POST /v1/articles:extract?fields=titel", HTML, PAGE),
    ("nothing accepted", EXTRACT, "content-type: text/html\naccept: image/png", PAGE),
    ("a format of others", "POST /v1/articles:explain?format=markdown", HTML, PAGE),
    ("a picture", EXTRACT, "content-type: image/png", PAGE),
    ("a form", EXTRACT, "content-type: application/x-www-form-urlencoded", PAGE),
    ("unknown coding", EXTRACT, "content-type: text/html\ncontent-encoding: foo", PAGE),
    ("coded twice", EXTRACT, "content-type: text/html\ncontent-encoding: gzip, gzip", PAGE),
    ("not coded", EXTRACT, "content-type: text/html\ncontent-encoding: gzip", PAGE),
    ("empty", EXTRACT, HTML, "  \n"),
    ("binary", EXTRACT, HTML, "\u{89}PNG\r\n\u{1a}\n\0\0\0\rIHDR\0\0"),
    ("no JSON", EXTRACT, JSON, "{"),
    ("JSON of another shape", EXTRACT, JSON, "[]"),
    ("JSON with a wrong type", EXTRACT, JSON, "{\"html\": 5}"),
    ("JSON with an unknown key", EXTRACT, JSON, "{\"htm\": \"\"}"),
    ("JSON with a key twice", EXTRACT, JSON, "{\"html\": \"\", \"html\": \"\"}"),
    ("JSON without a page", EXTRACT, JSON, "{}"),
    ("JSON with two pages", EXTRACT, JSON, "{\"html\": \"a\", \"text\": \"b\"}"),
    ("JSON with a bad date", EXTRACT, JSON, "{\"html\": \"a\", \"fetched_at\": \"now\"}"),
    ("JSON with a bad language", EXTRACT, JSON, "{\"html\": \"a\", \"language\": \"?\"}"),
    ("fetch, which is off", EXTRACT, JSON, "{\"url\": \"http://127.0.0.1/\"}"),
    ("convert without JSON", "POST /v1/articles:convert", HTML, PAGE),
    ("convert of something else", "POST /v1/articles:convert", JSON, "{\"a\": 1}"),
    ("batch of another type", "POST /v1/articles:batch", JSON, "{}"),
    ("declared too large", EXTRACT, "content-type: text/html\ncontent-length: 99999999", ""),
];

#[test]
fn bodies() {
    let mut all = String::new();
    run(async {
        let service = service(Config::default());
        for (name, line, headers, body) in CASES {
            let headers = format!("x-request-id: test\n{headers}");
            let answer = send(&service, request(line, &headers, *body)).await;
            assert_eq!(answer.header("content-type"), "application/problem+json", "{name}");
            assert_eq!(answer.json()["status"], answer.status, "{name}");
            let _ = writeln!(all, "{name}\n  {}", answer.text());
        }
    });
    insta::assert_snapshot!(all);
}

#[test]
fn kinds() {
    let mut all = String::new();
    for kind in KINDS {
        let body = Problem::new(*kind, "…").body(None);
        let _ = writeln!(all, "{}", serde_json::to_string(&body).expect("JSON"));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn too_large_by_every_way() {
    run(async {
        let service = service(Config { max_body: 1000, ..Config::default() });
        let fits = format!("{PAGE}{}", " ".repeat(1000 - PAGE.len()));
        assert_eq!(send(&service, request(EXTRACT, HTML, fits.clone())).await.status, 200);
        let piece = |n| Ok::<_, std::io::Error>(Bytes::from(vec![b'a'; n]));
        let chunked = Body::from_stream(stream::iter([piece(600), piece(600)]));
        let packed = pack(&[b'a'; 1001], Coding::Gzip);
        let packed_headers = format!("{HTML}\ncontent-encoding: gzip");
        for (name, request) in [
            ("one byte more", request(EXTRACT, HTML, format!("{fits} "))),
            ("in pieces", request(EXTRACT, HTML, chunked)),
            ("packed", request(EXTRACT, &packed_headers, packed)),
        ] {
            let answer = send(&service, request).await;
            assert_eq!(answer.status, 413, "{name}");
            assert_eq!(answer.json()["limit"]["value"], 1000, "{name}");
        }
    });
}

#[test]
fn a_body_that_does_not_come() {
    run(async {
        let service = service(Config { body_timeout: 1, ..Config::default() });
        let first = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"<p>"))]);
        let body = Body::from_stream(first.chain(stream::pending()));
        let answer = send(&service, request(EXTRACT, HTML, body)).await;
        assert_eq!((answer.status, answer.json()["code"].clone()), (408, "slow_body".into()));
    });
}

#[test]
fn no_room_for_a_body() {
    run(async {
        let service =
            service(Config { max_body: 4096, bytes_in_flight: 4096, ..Config::default() });
        let (held, hold) = tokio::sync::oneshot::channel::<()>();
        let pieces = stream::iter([Bytes::from(vec![b' '; 4000])]).chain(stream::once(async {
            let _ = hold.await;
            Bytes::from_static(b"<p>x</p>")
        }));
        let body = Body::from_stream(pieces.map(Ok::<_, std::io::Error>));
        let first = tokio::spawn({
            let service = service.clone();
            async move { send(&service, request(EXTRACT, HTML, body)).await }
        });
        // The first request holds its room once the counter says so.
        loop {
            let page = send(&service, request("GET /metrics", "", "")).await;
            if page.text().contains("news_body_bytes 4096") {
                break;
            }
            tokio::task::yield_now().await;
        }
        let answer = send(&service, request(EXTRACT, HTML, PAGE)).await;
        assert_eq!((answer.status, answer.json()["code"].clone()), (503, "busy".into()));
        assert_eq!(answer.header("retry-after"), "1");
        held.send(()).expect("the first waits");
        assert_eq!(first.await.expect("the first").status, 200);
        assert_eq!(send(&service, request(EXTRACT, HTML, PAGE)).await.status, 200);
    });
}
