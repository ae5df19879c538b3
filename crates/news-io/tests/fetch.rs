//! The guarded fetch on a network that exists only here.

use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use news_io::address::Policy;
use news_io::coding::{Coding, pack, unpack};
use news_io::fetch::{FetchError, FetchOptions, Fetcher, Network, Outcome, Wanted};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

/// A network of one site per address, which writes down what is asked of it.
#[derive(Clone, Default)]
struct Stage {
    /// Answers of the resolver to a name, one for each question; the last one goes on.
    names: BTreeMap<&'static str, Vec<&'static str>>,
    /// The answer of each path, whatever the host.
    pages: BTreeMap<&'static str, Vec<u8>>,
    log: Arc<Mutex<Vec<String>>>,
    asked: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Stage {
    fn name(mut self, name: &'static str, answers: &[&'static str]) -> Self {
        self.names.insert(name, answers.to_vec());
        self
    }

    fn page(self, path: &'static str, status: &str, headers: &str, body: &[u8]) -> Self {
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n");
        self.raw(path, [head.as_bytes(), body].concat())
    }

    fn raw(mut self, path: &'static str, answer: Vec<u8>) -> Self {
        self.pages.insert(path, answer);
        self
    }

    fn note(&self, line: String) {
        self.log.lock().expect("log").push(line);
    }

    fn log(&self) -> Vec<String> {
        self.log.lock().expect("log").clone()
    }
}

impl Network for Stage {
    type Stream = DuplexStream;

    async fn resolve(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        self.note(format!("resolve {name}"));
        let answers = self.names.get(name).ok_or(io::ErrorKind::NotFound)?;
        let mut asked = self.asked.lock().expect("asked");
        let n = asked.entry(name.to_owned()).or_default();
        let answer = answers[(*n).min(answers.len() - 1)];
        *n += 1;
        Ok(answer.split(' ').map(|ip| ip.parse().expect("an address")).collect())
    }

    async fn connect(&self, to: SocketAddr) -> io::Result<DuplexStream> {
        self.note(format!("connect {to}"));
        let (ours, mut theirs) = tokio::io::duplex(1 << 16);
        let stage = self.clone();
        tokio::spawn(async move {
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let Ok(byte) = theirs.read_u8().await else { return };
                request.push(byte);
            }
            let request = String::from_utf8_lossy(&request).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
            let missing = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec();
            stage.note(format!("GET {path}"));
            let answer = stage.pages.get(path.as_str()).unwrap_or(&missing);
            let _ = theirs.write_all(answer).await;
            // A site that says nothing more, but keeps the connection.
            std::future::pending::<()>().await;
        });
        Ok(ours)
    }
}

fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(work)
}

fn options() -> FetchOptions {
    FetchOptions { robots: false, ..FetchOptions::default() }
}

fn get(stage: &Stage, options: FetchOptions, url: &str) -> Result<Outcome, FetchError> {
    run(Fetcher::on(stage.clone(), options).fetch(Wanted { url, ..Wanted::default() }))
}

fn body(outcome: Result<Outcome, FetchError>) -> String {
    match outcome.expect("a page") {
        Outcome::Page(page) => {
            let bytes = unpack(&page.bytes, page.coding, 1 << 20).expect("unpacked");
            String::from_utf8(bytes.into_owned()).expect("text")
        }
        Outcome::NotModified => "not modified".to_owned(),
    }
}

#[test]
fn the_address_checked_is_the_address_connected_to() {
    // The resolver answers a public address first and a private one ever after: rebinding.
    let stage = Stage::default().name("news.example", &["93.184.215.14", "127.0.0.1"]).page(
        "/a",
        "200 OK",
        "",
        b"<p>a story",
    );
    assert_eq!(body(get(&stage, options(), "http://news.example/a")), "<p>a story");
    assert_eq!(stage.log(), ["resolve news.example", "connect 93.184.215.14:80", "GET /a"]);
}

#[test]
fn every_redirect_is_resolved_and_checked_again() {
    let stage = Stage::default().name("news.example", &["93.184.215.14", "10.0.0.1"]).page(
        "/a",
        "302 Found",
        "location: /b\r\n",
        b"",
    );
    assert_eq!(get(&stage, options(), "http://news.example/a").err(), Some(FetchError::Refused));
    assert_eq!(
        stage.log(),
        ["resolve news.example", "connect 93.184.215.14:80", "GET /a", "resolve news.example"]
    );
}

#[test]
fn redirects_lead_nowhere_they_may_not() {
    for (to, error) in [
        ("http://127.0.0.1/", FetchError::Refused),
        ("//[::1]/", FetchError::Refused),
        ("http://2130706433/", FetchError::Refused),
        ("http://93.184.215.14:22/", FetchError::Refused),
        ("file:///etc/passwd", FetchError::Address),
        ("gopher://93.184.215.14/", FetchError::Address),
        ("http://user:secret@93.184.215.14/", FetchError::Address),
        ("javascript:alert(1)", FetchError::Address),
        ("/a", FetchError::Redirects(5)),
    ] {
        let stage = Stage::default().name("news.example", &["93.184.215.14"]);
        let stage = stage.page("/a", "301 Moved", &format!("location: {to}\r\n"), b"");
        assert_eq!(get(&stage, options(), "http://news.example/a").err(), Some(error), "{to}");
    }
}

#[test]
fn no_connection_to_what_is_not_public() {
    let stage = Stage::default()
        .name("inside.example", &["10.0.0.1"])
        .name("mixed.example", &["93.184.215.14 127.0.0.1"])
        .name("localhost", &["127.0.0.1"]);
    for url in [
        "http://127.0.0.1/",
        "http://0x7f.1/",
        "http://017700000001/",
        "http://127.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[::]/",
        "http://0/",
        "http://169.254.169.254/latest/meta-data/",
        "http://１２７.０.０.１/",
        "http://localhost./",
        "http://localhost/",
        "http://inside.example/",
        "http://mixed.example/",
        "http://unknown.example/",
        "http://93.184.215.14:8080/",
    ] {
        assert_eq!(get(&stage, options(), url).err(), Some(FetchError::Refused), "{url}");
    }
    for url in ["", "x", "ftp://a/", "http://u@a/", "http://a:99999/", "http://[::1", "data:,x"] {
        assert_eq!(get(&stage, options(), url).err(), Some(FetchError::Address), "{url}");
    }
    assert!(stage.log().iter().all(|line| line.starts_with("resolve")), "{:?}", stage.log());
}

#[test]
fn robots_txt_is_asked_first_and_once() {
    let rules = b"User-agent: *\nDisallow: /closed";
    let stage = Stage::default()
        .page("/robots.txt", "200 OK", "", rules)
        .page("/open", "200 OK", "", b"open");
    let fetcher = Fetcher::on(stage.clone(), FetchOptions::default());
    let get = |url| run(fetcher.fetch(Wanted { url, ..Wanted::default() }));
    assert_eq!(get("http://8.8.8.8/closed/a").err(), Some(FetchError::Robots));
    assert_eq!(body(get("http://8.8.8.8/open")), "open");
    let asked: Vec<_> = stage.log().into_iter().filter(|line| line.starts_with("GET")).collect();
    assert_eq!(asked, ["GET /robots.txt", "GET /open"]);
}

#[test]
fn a_site_in_trouble_is_left_alone_and_one_without_rules_is_open() {
    let stage = Stage::default().page("/a", "200 OK", "", b"a");
    assert_eq!(body(get(&stage, FetchOptions::default(), "http://8.8.8.8/a")), "a");
    let stage = stage.page("/robots.txt", "503 Busy", "", b"");
    let got = get(&stage, FetchOptions::default(), "http://8.8.8.8/a");
    assert_eq!(got.err(), Some(FetchError::Robots));
}

#[test]
fn sizes_are_capped() {
    let stage = Stage::default()
        .page("/large", "200 OK", "", &[b'a'; 1001])
        .page("/fits", "200 OK", "", &[b'a'; 1000])
        .page("/packed", "200 OK", "content-encoding: gzip\r\n", &pack(b"story", Coding::Gzip))
        .page("/odd", "200 OK", "content-encoding: compress\r\n", b"x")
        .raw("/headers", [b"HTTP/1.1 200 OK\r\n", &b"a: b\r\n".repeat(300)[..], b"\r\n"].concat())
        .raw(
            "/header",
            [b"HTTP/1.1 200 OK\r\na: ", &b"b".repeat(100_000)[..], b"\r\n\r\n"].concat(),
        );
    let options = || FetchOptions { bytes: 1000, ..options() };
    let get = |path: &str| get(&stage, options(), &format!("http://8.8.8.8{path}"));
    assert_eq!(get("/large").err(), Some(FetchError::TooLarge(1000)));
    assert_eq!(body(get("/fits")).len(), 1000);
    assert_eq!(body(get("/packed")), "story");
    for path in ["/odd", "/headers", "/header"] {
        assert_eq!(get(path).err(), Some(FetchError::Failed), "{path}");
    }
    assert_eq!(get("/none").err(), Some(FetchError::Status(404)));
}

#[test]
fn silence_ends() {
    let stage = Stage::default()
        .raw("/head", b"HTTP/1.1 200".to_vec())
        .raw("/body", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\na".to_vec());
    let options = || FetchOptions {
        header_timeout: Duration::from_millis(50),
        total_timeout: Duration::from_millis(200),
        ..options()
    };
    for path in ["/head", "/body"] {
        let got = get(&stage, options(), &format!("http://8.8.8.8{path}"));
        assert_eq!(got.err(), Some(FetchError::Timeout), "{path}");
    }
}

#[test]
fn a_copy_at_hand_is_not_sent_again() {
    let stage = Stage::default().page("/a", "304 Not Modified", "", b"");
    let wanted = Wanted { url: "http://8.8.8.8/a", etag: Some("\"1\""), last_modified: None };
    let got = run(Fetcher::on(stage, options()).fetch(wanted));
    assert_eq!(body(got), "not modified");
}

#[test]
fn exceptions_are_for_addresses_that_are_named() {
    let policy = Policy { exceptions: vec![[127, 0, 0, 2].into()], ..Policy::default() };
    let stage = Stage::default().page("/a", "200 OK", "", b"a");
    let options = || FetchOptions { policy: policy.clone(), ..options() };
    assert_eq!(body(get(&stage, options(), "http://127.0.0.2:9000/a")), "a");
    let got = get(&stage, options(), "http://127.0.0.1/a");
    assert_eq!(got.err(), Some(FetchError::Refused));
}
