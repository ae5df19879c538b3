//! Many pages in one request.

use std::fmt::Write as _;

use axum::body::{Body, Bytes};
use futures_util::{StreamExt, stream};
use http_body_util::BodyExt;
use news_io::coding::{Coding, pack, unpack};
use news_server::Config;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{PAGE, ask, request, run, send, service};

const BATCH: &str = "POST /v1/articles:batch";
const LINES: &str = "content-type: application/x-ndjson";

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn answers_stand_in_the_order_of_the_lines() {
    let mut body = String::new();
    for n in 0..60 {
        // Later pages are shorter, so that they would overtake.
        let filler = "<p>The ramp was mended overnight.</p>".repeat(60 - n);
        let page = PAGE.replace("</article>", &format!("{filler}</article>"));
        let _ = writeln!(body, "{}", json!({ "id": { "n": n }, "html": page }));
    }
    let answer = ask(BATCH, LINES, body);
    let lines = lines(answer.text());
    assert_eq!(lines.len(), 60);
    for (n, line) in lines.iter().enumerate() {
        assert_eq!(line["id"]["n"], n);
        assert_eq!(line["line"], n + 1);
        assert_eq!(line["status"], 200);
        assert_eq!(line["article"]["metadata"]["headline"]["value"], "Ferry resumes after storm");
    }
}

#[test]
fn a_bad_line_is_one_problem() {
    let good = json!({ "html": PAGE, "options": { "fields": ["headline"] } });
    let body = [
        good.to_string(),
        String::new(),
        "{\"id\": 7, \"html\": \"\"}".to_owned(),
        "no JSON".to_owned(),
        "{\"id\": \"x\", \"url\": \"http://127.0.0.1/\"}".to_owned(),
        format!("{{\"id\": 9, \"html\": \"{}\"}}", "a".repeat(5000)),
        "<div>".repeat(10),
        good.to_string(),
    ];
    let request = request(BATCH, LINES, body.join("\n"));
    let answer = run(async {
        send(&service(Config { max_body: 4096, ..Config::default() }), request).await
    });
    let summary: Vec<_> = lines(answer.text())
        .iter()
        .map(|l| format!("{} {} {} {}", l["line"], l["id"], l["status"], l["problem"]["code"]))
        .collect();
    assert_eq!(
        summary,
        [
            "1 null 200 null",
            "3 7 422 \"empty\"",
            "4 null 400 \"bad_json\"",
            "5 \"x\" 403 \"fetch_off\"",
            "6 null 413 \"too_large\"",
            "7 null 400 \"bad_json\"",
            "8 null 200 null",
        ]
    );
    assert_eq!(
        lines(answer.text())[0]["article"],
        json!({"headline": "Ferry resumes after storm"})
    );
}

#[test]
fn many_small_lines() {
    const COUNT: usize = 5000;
    let line = json!({ "text": "x", "options": { "fields": ["kind"], "reading": false } });
    let answer = ask(BATCH, LINES, format!("{line}\n").repeat(COUNT));
    let lines = lines(answer.text());
    assert_eq!(lines.len(), COUNT);
    assert!(lines.iter().zip(1..).all(|(line, n)| line["line"] == n && line["status"] == 200));
}

#[test]
fn packed_both_ways() {
    let line = format!("{}\n", json!({ "html": PAGE }));
    let body = line.repeat(3);
    let plain = ask(BATCH, LINES, body.clone());
    for coding in [Coding::Gzip, Coding::Zstd, Coding::Brotli, Coding::Deflate] {
        let name = coding.name();
        let headers = format!("{LINES}\ncontent-encoding: {name}\naccept-encoding: {name}");
        let answer = ask(BATCH, &headers, pack(body.as_bytes(), coding));
        assert_eq!(answer.header("content-encoding"), name);
        let text = unpack(&answer.bytes, coding, 1 << 20).expect("whole");
        assert_eq!(text, plain.bytes, "{coding:?}");
    }
    let cut = pack(body.as_bytes(), Coding::Gzip);
    let cut = cut[..cut.len() - 20].to_vec();
    let answer = ask(BATCH, &format!("{LINES}\ncontent-encoding: gzip"), cut);
    let last = lines(answer.text()).pop().expect("a line");
    assert_eq!(last["problem"]["code"], "bad_encoding");
}

#[test]
fn answers_come_while_the_body_is_still_open() {
    run(async {
        let line = Bytes::from(format!("{}\n", json!({ "html": PAGE })));
        let (more, rest) = tokio::sync::oneshot::channel::<()>();
        let second = line.clone();
        let pieces = stream::iter([line]).chain(stream::once(async {
            let _ = rest.await;
            second
        }));
        let body = Body::from_stream(pieces.map(Ok::<_, std::io::Error>));
        let service = service(Config::default());
        let response = service.oneshot(request(BATCH, LINES, body)).await.expect("an answer");
        let mut body = response.into_body();
        let first = body.frame().await.expect("a line").expect("no error");
        assert!(first.into_data().expect("bytes").ends_with(b"\n"));
        // Only now does the client send its second line.
        more.send(()).expect("the body waits");
        let rest = body.collect().await.expect("the rest").to_bytes();
        assert_eq!(lines(std::str::from_utf8(&rest).expect("text")).len(), 1);
    });
}

#[test]
fn a_reader_that_waits_makes_the_sender_wait() {
    run(async {
        let sent = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let count = sent.clone();
        let line = Bytes::from(format!("{}\n", json!({ "html": PAGE })));
        let pieces = stream::repeat(line).map(move |line| {
            count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Ok::<_, std::io::Error>(line)
        });
        let service = service(Config::default());
        let request = request(BATCH, LINES, Body::from_stream(pieces));
        let response = service.oneshot(request).await.expect("an answer");
        let mut body = response.into_body();
        // An endless body: whoever read it ahead of the answers would never stop.
        for _ in 0..40 {
            body.frame().await.expect("a line").expect("no error");
        }
        let ahead = sent.load(std::sync::atomic::Ordering::Relaxed) - 40;
        assert!(ahead < 100, "{ahead} lines ahead");
    });
}

#[test]
fn so_many_batches_at_once() {
    run(async {
        let service = service(Config { max_batches: 1, ..Config::default() });
        let endless = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        let first = service.clone().oneshot(request(BATCH, LINES, endless)).await.expect("one");
        assert_eq!(first.status(), 200);
        let second = send(&service, request(BATCH, LINES, "")).await;
        assert_eq!((second.status, second.json()["code"].clone()), (503, "busy".into()));
    });
}
