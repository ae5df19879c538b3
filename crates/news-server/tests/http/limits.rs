//! Keys and rates.

use std::fs;

use news_server::Config;

use super::{PAGE, request, run, send, service};

const EXTRACT: &str = "POST /v1/articles:extract";

#[test]
fn keys_guard_what_costs() {
    let folder = tempfile::tempdir().expect("a folder");
    let keys_file = folder.path().join("keys");
    fs::write(&keys_file, "# ours\nthe-first-of-two-keys\nthe-second-of-two-keys\n").expect("keys");
    run(async {
        let service = service(Config { keys_file, ..Config::default() });
        let status = async |line: &str, header: &str| {
            let headers = format!("content-type: text/html\n{header}");
            let answer = send(&service, request(line, headers.trim_end(), PAGE)).await;
            (answer.status, answer.header("www-authenticate").to_owned())
        };
        let refused = (401, "Bearer".to_owned());
        let fine = (200, String::new());
        assert_eq!(status(EXTRACT, "").await, refused);
        assert_eq!(status(EXTRACT, "x-api-key: the-second-of-two-key").await, refused);
        assert_eq!(status("GET /metrics", "").await, refused);
        assert_eq!(status("GET /nothing", "").await, refused);
        assert_eq!(status(EXTRACT, "x-api-key: the-second-of-two-keys").await, fine);
        assert_eq!(status(EXTRACT, "authorization: Bearer the-first-of-two-keys").await, fine);
        for open in ["/healthz", "/readyz", "/version", "/openapi.json", "/v1/schema", "/", "/docs"]
        {
            assert_eq!(status(&format!("GET {open}"), "").await, fine, "{open}");
        }
    });
}

#[test]
fn each_client_has_its_rate() {
    run(async {
        let config = Config { rate: 1, burst: 2, trust_forwarded: true, ..Config::default() };
        let service = service(config);
        let ask = async |from: &str| {
            let headers = format!("content-type: text/html\nx-forwarded-for: {from}");
            send(&service, request(EXTRACT, &headers, PAGE)).await
        };
        for left in ["1", "0"] {
            let answer = ask("198.51.100.1").await;
            assert_eq!(answer.status, 200);
            assert!(answer.header("ratelimit").contains(&format!("r={left};")));
            assert_eq!(answer.header("ratelimit-policy"), "\"default\";q=2;w=120");
        }
        let answer = ask("203.0.113.9, 198.51.100.1").await;
        assert_eq!((answer.status, answer.json()["code"].clone()), (429, "rate_limited".into()));
        let wait: u64 = answer.header("retry-after").parse().expect("seconds");
        assert!((1..=60).contains(&wait));
        assert_eq!(ask("198.51.100.2").await.status, 200);
        assert_eq!(ask("2001:db8::1").await.status, 200);
        assert_eq!(ask("2001:db8::2").await.status, 200);
        assert_eq!(ask("2001:db8::3").await.status, 429);
        let health = send(&service, request("GET /healthz", "", "")).await;
        assert_eq!((health.status, health.header("ratelimit")), (200, ""));
    });
}
