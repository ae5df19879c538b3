//! What each endpoint gives.

use news_core::format::{Format, FormatOptions, write};
use news_core::{Options, Source, extract};
use news_io::coding::{Coding, pack, unpack};
use news_server::{Config, ENDPOINTS, METRICS};
use serde_json::{Value, json};

use super::{PAGE, ask, request, run, send, service};

const EXTRACT: &str = "POST /v1/articles:extract";
const HTML: &str = "content-type: text/html; charset=utf-8";

#[test]
fn the_answer_is_what_the_library_gives() {
    let source = Source {
        content_type: Some("text/html"),
        charset: Some("utf-8"),
        ..Source::bytes(PAGE.as_bytes())
    };
    let article = extract(&source, &Options::default()).expect("an article");
    for format in Format::ALL {
        let headers = format!("{HTML}\naccept: {}", format.media_type());
        let answer = ask(EXTRACT, &headers, PAGE);
        assert_eq!(answer.status, 200);
        assert_eq!(answer.text(), write(&article, format, &FormatOptions::default()), "{format}");
        assert_eq!(answer.header("content-type"), format.media_type());
        assert_eq!(answer.header("news-verdict"), "news_story");
    }
}

#[test]
fn the_same_page_by_every_way() {
    let json = |body: &Value| ask(EXTRACT, "content-type: application/json", body.to_string());
    let html = json(&json!({ "html": PAGE }));
    assert_eq!(html.json()["metadata"]["headline"]["value"], "Ferry resumes after storm");
    let text = json(&json!({ "text": "Ferry resumes\n\nBy Ana Ruiz\n\nThe ferry sailed again." }));
    assert_eq!(text.status, 200, "{}", text.text());
    let plain =
        ask(EXTRACT, "content-type: text/plain", "Ferry resumes\n\nThe ferry sailed again.");
    assert_eq!(plain.status, 200, "{}", plain.text());

    let options = json!({ "html": PAGE, "url": "https://harbourpost.example/2024/05/02/ferry",
        "options": { "fields": ["headline", "published"], "offset_unit": "utf16" } });
    let by_json = json(&options);
    let query = "?url=https://harbourpost.example/2024/05/02/ferry&fields=headline,published";
    let by_query = ask(&format!("{EXTRACT}{query}"), HTML, PAGE);
    assert_eq!(by_json.json(), by_query.json());
    assert_eq!(by_json.json().as_object().map(serde_json::Map::len), Some(2));
}

#[test]
fn charset_of_the_transport_counts() {
    let page = PAGE.replace("storm", "шторма");
    let bytes = in_windows_1251(&page);
    let answer = ask(EXTRACT, "content-type: text/html; charset=\"windows-1251\"", bytes);
    assert!(answer.text().contains("шторма"), "{}", answer.text());
}

/// `text` in windows-1251; what it lacks becomes a question mark.
fn in_windows_1251(text: &str) -> Vec<u8> {
    let byte = |c: char| match c as u32 {
        code @ 0..=0x7f => code as u8,
        code @ 0x410..=0x44f => (code - 0x410 + 0xc0) as u8,
        _ => b'?',
    };
    text.chars().map(byte).collect()
}

#[test]
fn a_page_without_a_story_is_an_answer() {
    let page = include_str!("../../../../fixtures/pages/error-404.html");
    let answer = ask(EXTRACT, HTML, page);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["verdict"]["is_article"], false);
    assert_eq!(answer.header("news-verdict"), "error_page");
}

#[test]
fn a_text_is_read_as_it_stands() {
    let text = "Rates rose. They fell on 3 May 2024, Zoë said.";
    let answer = ask("POST /v1/text:read", "content-type: text/plain", text);
    let reading = &answer.json()["reading"];
    assert_eq!(reading["sentences"].as_array().map(Vec::len), Some(2), "{}", answer.text());
    assert_eq!(reading["times"][0]["value"], "2024-05-03");
    let json = json!({ "text": text }).to_string();
    let by_json = ask("POST /v1/text:read", "content-type: application/json", json);
    assert_eq!(by_json.text(), answer.text());
    let of_page = ask("POST /v1/text:read", HTML, PAGE);
    assert_eq!(of_page.json()["reading"]["sentences"].as_array().map(Vec::len), Some(2));
}

#[test]
fn reading_can_be_left_out() {
    let with = ask(EXTRACT, HTML, PAGE).json();
    let without = ask(&format!("{EXTRACT}?reading=false"), HTML, PAGE).json();
    assert!(with["reading"].is_object() && !without["reading"].is_object());
}

#[test]
fn explain_adds_the_reasons() {
    let answer = ask("POST /v1/articles:explain", HTML, PAGE);
    let decisions = answer.json()["trace"]["decisions"].as_array().cloned().expect("decisions");
    assert!(decisions.iter().any(|d| d["fate"] == "removed" && d["text"] == "© Harbour Post"));
    assert_eq!(answer.json()["verdict"]["is_article"], true);
}

#[test]
fn an_article_converts_to_every_format() {
    let article = ask(EXTRACT, HTML, PAGE);
    for format in Format::ALL {
        let headers = format!("{HTML}\naccept: {}", format.media_type());
        let direct = ask(EXTRACT, &headers, PAGE);
        let headers = format!("content-type: application/json\naccept: {}", format.media_type());
        let converted = ask("POST /v1/articles:convert", &headers, article.text().to_owned());
        assert_eq!(converted.text(), direct.text(), "{format}");
    }
}

#[test]
fn hostile_articles_convert_to_inert_text() {
    let mut article = ask(EXTRACT, HTML, PAGE).json();
    article["blocks"][0]["text"] = "<script>alert(1)</script>".into();
    article["blocks"][0]["marks"] = json!([
        { "start": 0, "end": 4_000_000_000_u32, "mark": "strong" },
        { "start": 7, "end": 3, "mark": "emphasis" },
        { "start": 0, "end": 5, "mark": "link", "url": "javascript:alert(1)" },
    ]);
    for accept in ["text/html", "text/markdown", "application/json", "text/plain"] {
        let headers = format!("content-type: application/json\naccept: {accept}");
        let answer = ask("POST /v1/articles:convert", &headers, article.to_string());
        assert_eq!(answer.status, 200, "{accept}: {}", answer.text());
        if accept == "text/html" {
            assert!(!answer.text().contains("<script") && !answer.text().contains("javascript:"));
        }
        assert!(answer.header("content-security-policy").contains("sandbox"));
    }
}

#[test]
fn bodies_are_unpacked_and_answers_packed() {
    let page = PAGE.replace("</article>", &"<p>The ramp was mended overnight.</p>".repeat(40));
    let plain = ask(EXTRACT, HTML, page.clone());
    for coding in Coding::ALL {
        let name = coding.name();
        let headers = format!("{HTML}\ncontent-encoding: {name}\naccept-encoding: {name}");
        let answer = ask(EXTRACT, &headers, pack(page.as_bytes(), coding));
        assert_eq!(answer.status, 200, "{name}");
        if coding != Coding::Identity {
            assert_eq!(answer.header("content-encoding"), name);
        }
        let bytes = unpack(&answer.bytes, coding, 1 << 20).expect("packed");
        assert_eq!(bytes, plain.bytes, "{name}");
    }
}

#[test]
fn tags_name_input_options_and_format() {
    run(async {
        let service = service(Config::default());
        let tag = async |line: &str, headers: &str, body: &'static str| {
            let answer = send(&service, request(line, headers, body)).await;
            answer.header("etag").to_owned()
        };
        let first = tag(EXTRACT, HTML, PAGE).await;
        assert_eq!(first, tag(EXTRACT, HTML, PAGE).await);
        let mut all = vec![first.clone()];
        all.push(tag(EXTRACT, HTML, "<p>another</p>").await);
        all.push(tag(&format!("{EXTRACT}?comments=true"), HTML, PAGE).await);
        all.push(tag(EXTRACT, &format!("{HTML}\naccept: text/plain"), PAGE).await);
        all.push(tag(EXTRACT, &format!("{HTML}\naccept-encoding: gzip"), PAGE).await);
        all.push(tag("POST /v1/articles:explain", HTML, PAGE).await);
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);

        let again = format!("{HTML}\nif-none-match: \"x\", W/{first}");
        let answer = send(&service, request(EXTRACT, &again, PAGE)).await;
        assert_eq!((answer.status, answer.json()["code"].clone()), (412, "unchanged".into()));
    });
}

#[test]
fn every_endpoint_is_there_and_says_how_it_is_asked() {
    for endpoint in ENDPOINTS {
        let path = endpoint.path;
        let answer = ask(&format!("{} {path}", endpoint.method), "", "");
        if endpoint.method == "GET" {
            assert_eq!(answer.status, 200, "{path}");
        } else {
            assert!((400..500).contains(&answer.status), "{path}");
        }
        let answer = ask(&format!("DELETE {path}"), "", "");
        assert_eq!(answer.status, 405, "{path}");
        assert!(answer.header("allow").contains(endpoint.method), "{path}");
        assert_eq!(answer.json()["code"], "method_not_allowed");
    }
}

#[test]
fn answers_have_the_headers_that_all_have() {
    for (line, id) in [("GET /healthz", "a-b.C_9"), ("GET /nothing", "x"), (EXTRACT, "y")] {
        let answer = ask(line, &format!("x-request-id: {id}"), "");
        assert_eq!(answer.header("x-request-id"), id);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(!answer.header("content-security-policy").is_empty());
    }
    let answer = ask("GET /healthz", "x-request-id: a b", "");
    assert_eq!(answer.header("x-request-id").len(), 32);
    let length: usize = ask("GET /no", "", "").header("content-length").parse().unwrap_or(0);
    assert!(length == 0 || length == ask("GET /no", "", "").bytes.len());
}

#[test]
fn operations() {
    assert_eq!(ask("GET /healthz", "", "").json(), json!({ "status": "ok" }));
    assert_eq!(ask("GET /readyz", "", "").json(), json!({ "status": "ok" }));
    let version = ask("GET /version", "", "").json();
    assert_eq!(version["schema_version"], "1");
    assert_eq!(ask("GET /v1/schema", "", "").json(), news_core::format::schema());

    run(async {
        let service = service(Config::default());
        send(&service, request(EXTRACT, HTML, PAGE)).await;
        send(&service, request(EXTRACT, HTML, "")).await;
        let page = send(&service, request("GET /metrics", "", "")).await;
        for line in [
            "news_requests_total{route=\"/v1/articles:extract\",status=\"200\"} 1",
            "news_refusals_total{code=\"empty\"} 1",
            "news_verdicts_total{kind=\"news_story\"} 1",
            "news_queue_depth 0",
            "news_body_bytes 0",
        ] {
            assert!(page.text().lines().any(|l| l == line), "{line}\n{}", page.text());
        }
        assert!(METRICS.iter().all(|(name, ..)| page.text().contains(name)));
    });
}
