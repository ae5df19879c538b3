//! The service on a socket: slow clients, refusals that arrive, the end, fetched pages.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use news_server::{Config, State, serve};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::{PAGE, run};

/// A running service.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<std::io::Result<()>>,
}

pub(crate) async fn start(config: Config) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let state = State::new(Config { workers: 1, ..config }).expect("a service");
    let (stop, stopped) = oneshot::channel();
    let stopped = async {
        let _ = stopped.await;
    };
    let ended = tokio::spawn(serve(listener, state, stopped));
    Running { address, stop, ended }
}

impl Running {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    /// Sends one request on a connection of its own; gives status, head and body.
    async fn ask(&self, head: &str, body: &str) -> (u16, String, String) {
        let mut stream = self.connect().await;
        write(&mut stream, &full(head, body)).await;
        answer(&mut stream).await
    }

    pub(crate) async fn end(self) {
        self.stop.send(()).expect("it runs");
        self.ended.await.expect("no panic").expect("no error");
    }
}

/// A request with the length of its body.
pub(crate) fn full(head: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{head} HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/html\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

pub(crate) async fn write(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).await.expect("written");
}

/// Reads one answer that states its length.
pub(crate) async fn answer(stream: &mut TcpStream) -> (u16, String, String) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("a head"));
    }
    let head = String::from_utf8(head).expect("ASCII");
    let status = head.split(' ').nth(1).expect("a status").parse().expect("a number");
    let lower = head.to_ascii_lowercase();
    let length = lower.lines().find_map(|line| line.strip_prefix("content-length:")).map(str::trim);
    let mut body = vec![0; length.expect("a length").parse().expect("a number")];
    stream.read_exact(&mut body).await.expect("a body");
    (status, head, String::from_utf8(body).expect("text"))
}

/// Whether the other end closes, without another byte.
async fn is_closed(stream: &mut TcpStream) -> bool {
    !matches!(stream.read(&mut [0; 1]).await, Ok(n) if n > 0)
}

const EXTRACT: &str = "POST /v1/articles:extract";

#[test]
fn those_who_do_not_ask_are_let_go() {
    run(async {
        let service = start(Config { header_timeout: 1, ..Config::default() }).await;
        let mut silent = service.connect().await;
        let mut slow = service.connect().await;
        write(&mut slow, "GET /healthz HTTP/1.1\r\nx-slow: ").await;
        let (mut in_pieces, mut out) = service.connect().await.into_split();
        let trickle = tokio::spawn(async move {
            let _ = out.write_all(b"GET /healthz HTTP/1.1\r\nx-slow: ").await;
            while out.write_all(b"a").await.is_ok() {
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
        });
        assert!(is_closed(&mut silent).await);
        assert!(is_closed(&mut slow).await);
        assert!(!matches!(in_pieces.read(&mut [0; 1]).await, Ok(n) if n > 0));
        trickle.await.expect("no panic");
        assert_eq!(service.ask("GET /healthz", "").await.0, 200);
        service.end().await;
    });
}

#[test]
fn those_who_asked_may_be_idle_for_longer() {
    run(async {
        let service = start(Config { header_timeout: 1, ..Config::default() }).await;
        let mut stream = service.connect().await;
        for _ in 0..2 {
            write(&mut stream, &full(EXTRACT, PAGE)).await;
            assert_eq!(answer(&mut stream).await.0, 200);
            // Longer than the time for a header.
            tokio::time::sleep(std::time::Duration::from_millis(1600)).await;
        }
        write(&mut stream, "GET /hea").await;
        assert!(is_closed(&mut stream).await, "a started header has its time");
        service.end().await;
    });
}

#[test]
fn idle_connections_do_not_hold_up_the_end() {
    run(async {
        let service = start(Config::default()).await;
        let mut silent = service.connect().await;
        let mut idle = service.connect().await;
        write(&mut idle, &full("GET /healthz", "")).await;
        assert_eq!(answer(&mut idle).await.0, 200);
        // Ends though both are open: the grace is 25 s, the test's patience less.
        service.end().await;
        assert!(is_closed(&mut silent).await && is_closed(&mut idle).await);
    });
}

#[test]
fn accepted_requests_are_finished_at_the_end() {
    run(async {
        let service = start(Config::default()).await;
        let mut stream = service.connect().await;
        let request = full(EXTRACT, PAGE);
        let (first, rest) = request.split_at(request.len() - 100);
        write(&mut stream, first).await;
        let mut probe = service.connect().await;
        write(&mut probe, &full("GET /readyz", "")).await;
        assert_eq!(answer(&mut probe).await.0, 200);
        service.stop.send(()).expect("it runs");
        // The idle connection is closed: from here on the service is ending.
        assert!(is_closed(&mut probe).await);
        assert!(TcpStream::connect(service.address).await.is_err(), "nobody listens any more");
        write(&mut stream, rest).await;
        let (status, _, body) = answer(&mut stream).await;
        assert_eq!(status, 200);
        assert!(body.contains("Ferry resumes after storm"));
        assert!(is_closed(&mut stream).await);
        service.ended.await.expect("no panic").expect("no error");
    });
}

#[test]
fn a_client_that_stays_is_left_after_the_grace() {
    run(async {
        let service = start(Config { grace: 1, ..Config::default() }).await;
        let mut stream = service.connect().await;
        let request = full(EXTRACT, PAGE);
        write(&mut stream, request.split_at(request.len() - 100).0).await;
        let mut probe = service.connect().await;
        write(&mut probe, &full("GET /healthz", "")).await;
        assert_eq!(answer(&mut probe).await.0, 200);
        service.end().await;
    });
}

#[test]
fn a_refusal_reaches_those_who_are_still_sending() {
    run(async {
        let service = start(Config { max_body: 1 << 20, ..Config::default() }).await;
        let body = "a".repeat((1 << 20) + 1);
        let (status, _, body) = service.ask(EXTRACT, &body).await;
        assert_eq!(status, 413, "{body}");
        // Not a byte of the body, and none will come.
        let mut stream = service.connect().await;
        let head = "POST /v1/articles:extract HTTP/1.1\r\nhost: x\r\ncontent-type: text/html\r\n";
        write(&mut stream, &format!("{head}content-length: 99999999999\r\n\r\n")).await;
        assert_eq!(answer(&mut stream).await.0, 413);
        let mut stream = service.connect().await;
        let expect = "expect: 100-continue\r\ncontent-length: 99999999999\r\n\r\n";
        write(&mut stream, &format!("{head}{expect}")).await;
        assert_eq!(answer(&mut stream).await.0, 413);
        assert!(is_closed(&mut stream).await);
        service.end().await;
    });
}

#[test]
fn more_than_there_is_room_for() {
    run(async {
        let service = start(Config { queue: 1, ..Config::default() }).await;
        let page = PAGE.replace("</article>", &"<p>The ramp was mended.</p>".repeat(20_000));
        let all = (0..40).map(|_| service.ask(EXTRACT, &page));
        let all = futures_util::future::join_all(all).await;
        let count = |wanted| all.iter().filter(|(status, ..)| *status == wanted).count();
        assert!(count(200) >= 1, "somebody is served");
        assert_eq!(count(200) + count(503), 40);
        let shed = all.iter().filter(|(status, ..)| *status == 503);
        assert!(shed.clone().all(|(_, head, _)| head.contains("retry-after: 1")));
        assert!(shed.count() >= 1, "nobody is made to wait for 38 pages");
        assert_eq!(service.ask(EXTRACT, PAGE).await.0, 200);
        service.end().await;
    });
}

#[test]
fn nobody_waits_long_for_a_worker() {
    run(async {
        let service = start(Config { queue_timeout_ms: 100, ..Config::default() }).await;
        let page = PAGE.replace("</article>", &"<p>The ramp was mended.</p>".repeat(300_000));
        let heavy = futures_util::future::join_all((0..4).map(|_| service.ask(EXTRACT, &page)));
        let small = async {
            // By now the worker has a heavy page, and more of them wait.
            tokio::time::sleep(Duration::from_millis(300)).await;
            let begun = Instant::now();
            let (status, head, _) = service.ask(EXTRACT, PAGE).await;
            (status, head, begun.elapsed())
        };
        let (heavy, (status, head, took)) = futures_util::future::join(heavy, small).await;
        assert!(heavy.iter().any(|(status, ..)| *status == 200));
        assert_eq!(status, 503, "{head}");
        assert!(head.contains("retry-after: 1") && took < Duration::from_secs(2), "{took:?}");
        service.end().await;
    });
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    run(async {
        let service = start(Config::default()).await;
        let mut stream = service.connect().await;
        let one =
            |n: usize| format!("GET /healthz HTTP/1.1\r\nhost: x\r\nx-request-id: {n}\r\n\r\n");
        write(&mut stream, &(0..40).map(one).collect::<String>()).await;
        for n in 0..40 {
            let (status, head, _) = answer(&mut stream).await;
            assert!(
                status == 200 && head.contains(&format!("x-request-id: {n}\r\n")),
                "{n} {head}"
            );
        }
        service.end().await;
    });
}

/// A site on 127.0.0.2 whose pages are given by their path.
async fn site(pages: impl Fn(&str) -> String + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.2:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.expect("a request"));
            }
            let request = String::from_utf8(request).expect("text");
            let answer = pages(request.split(' ').nth(1).expect("a path"));
            stream.write_all(answer.as_bytes()).await.expect("written");
        }
    });
    address
}

async fn by_url(service: &Running, url: &str) -> (u16, String, Value) {
    let body = json!({ "url": url }).to_string();
    let mut stream = service.connect().await;
    let request = full(EXTRACT, &body).replace("text/html", "application/json");
    write(&mut stream, &request).await;
    let (status, head, body) = answer(&mut stream).await;
    (status, head, serde_json::from_str(&body).expect("JSON"))
}

/// What the site of these tests answers.
fn pages(path: &str) -> String {
    let page = |body: &str| {
        let length = body.len();
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\netag: \"1\"";
        format!("{head}\r\ncontent-length: {length}\r\n\r\n{body}")
    };
    match path {
        "/story" => page(PAGE),
        "/robots.txt" => page("User-agent: *\nDisallow: /closed"),
        _ => match path.strip_prefix("/to?") {
            Some(to) => {
                format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
            }
            None => "HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n".to_owned(),
        },
    }
}

async fn on_a_site<T>(config: Config, work: impl AsyncFnOnce(Running, SocketAddr) -> T) -> T {
    let address = site(pages).await;
    work(start(config).await, address).await
}

#[test]
fn pages_are_fetched_where_that_is_allowed() {
    let exceptions = vec!["127.0.0.2".parse().expect("an address")];
    let config = Config { allow_fetch: true, fetch_exceptions: exceptions, ..Config::default() };
    run(on_a_site(config, async |service, site| {
        let (status, head, article) = by_url(&service, &format!("http://{site}/story")).await;
        assert_eq!(status, 200, "{article}");
        assert_eq!(article["metadata"]["headline"]["value"], "Ferry resumes after storm");
        assert!(head.contains(&format!("news-fetched-url: http://{site}/story")), "{head}");
        assert!(head.contains("news-fetched-etag: \"1\""));
        for (path, status, code) in [
            ("/closed", 422, "fetch_robots"),
            ("/missing", 502, "fetch_status"),
            ("/to?http://127.0.0.1/", 422, "fetch_refused"),
            ("/to?file:///etc/passwd", 422, "bad_url"),
            ("/to?/to?/to", 502, "fetch_status"),
        ] {
            let (got, _, problem) = by_url(&service, &format!("http://{site}{path}")).await;
            assert_eq!((got, problem["code"].as_str()), (status, Some(code)), "{path}");
        }
        for url in ["http://127.0.0.1/", "http://[::ffff:127.0.0.2]/", "http://localhost/"] {
            let (status, _, problem) = by_url(&service, url).await;
            assert_eq!((status, problem["code"].as_str()), (422, Some("fetch_refused")), "{url}");
        }
        service.end().await;
    }));
}

#[test]
fn nothing_is_fetched_where_that_is_not_allowed() {
    run(on_a_site(Config::default(), async |service, site| {
        let (status, _, problem) = by_url(&service, &format!("http://{site}/story")).await;
        assert_eq!((status, problem["code"].as_str()), (403, Some("fetch_off")));
        service.end().await;
    }));
}
