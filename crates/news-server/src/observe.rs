//! Around every request: its id, its key and rate, the log line, the counters, the headers that every
//! answer has.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State as Shared};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, HeaderName};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use hyper::body::Body as _;
use ring::rand::{SecureRandom, SystemRandom};
use tracing::Instrument;

use crate::body::lingering;
use crate::problem::{INTERNAL, Problem, RATE_LIMITED, UNAUTHORIZED};
use crate::rate::Left;
use crate::routes;
use crate::state::{Client, State};

/// Longest request id that is taken over from the client, in characters.
const MAX_ID: usize = 128;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The address at the other end of the connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Answers one request: from the id to the log line.
pub(crate) async fn observe(
    Shared(state): Shared<State>,
    request: Request,
    next: Next,
) -> Response {
    let start = Instant::now();
    let id = request_id(request.headers());
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or("other", MatchedPath::as_str).to_owned();
    let trace = request.headers().get("traceparent").and_then(|v| v.to_str().ok()).unwrap_or("");
    let span = tracing::info_span!("request", id, %method, route, traceparent = trace);
    let _present = state.metrics.request();

    let request = lingering(request, state.config.max_body);
    let work = AssertUnwindSafe(answer(&state, request, next)).catch_unwind();
    let response = work.instrument(span.clone()).await;
    let response = response.unwrap_or_else(|_| {
        Problem::new(INTERNAL, "the request could not be answered").into_response()
    });
    let (response, code) = finish(&state, response, &id);

    let (status, took) = (response.status().as_u16(), start.elapsed());
    state.metrics.answered(&route, status, took);
    let bytes = response.body().size_hint().exact().unwrap_or_default();
    state.metrics.sent(bytes);
    span.in_scope(|| {
        tracing::info!(status, code, bytes, ms = took.as_secs_f64() * 1000.0, "answered");
    });
    response
}

/// Keys and rates, then the answer.
async fn answer(state: &State, mut request: Request, next: Next) -> Response {
    if routes::is_open(request.uri().path()) {
        return next.run(request).await;
    }
    let client = match client(state, &request) {
        Ok(client) => client,
        Err(problem) => return problem.into_response(),
    };
    request.extensions_mut().insert(client);
    if state.rates.is_open() {
        return next.run(request).await;
    }
    let taken = state.rates.take(client, Instant::now());
    let (left, mut response) = match taken {
        Ok(left) => (left, next.run(request).await),
        Err(wait) => (Left { requests: 0, full_in: seconds(wait) }, too_many(wait).into_response()),
    };
    let policy = state.rates.policy();
    let limit = format!("\"default\";r={};t={}", left.requests, left.full_in);
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", limit)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}

fn too_many(wait: Duration) -> Problem {
    Problem::new(RATE_LIMITED, "too many requests: slow down").retry_after(seconds(wait))
}

fn seconds(wait: Duration) -> u64 {
    wait.as_secs_f64().ceil() as u64
}

/// Who asks; a problem where a key is needed and not there.
fn client(state: &State, request: &Request) -> Result<Client, Problem> {
    if !state.keys.is_open() {
        let key = state.keys.find(request.headers());
        let missing = "send a key: `Authorization: Bearer KEY` or `X-API-Key: KEY`";
        return key.map(Client::Key).ok_or_else(|| Problem::new(UNAUTHORIZED, missing));
    }
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    let stated = state.config.trust_forwarded.then(|| forwarded(request.headers())).flatten();
    Ok(stated.or(peer).map_or(Client::Unknown, |address| Client::Address(network(address))))
}

/// The address that the nearest proxy saw: the last one of the list, which it wrote itself.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let list = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    list.rsplit(',').next()?.trim().parse().ok()
}

fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
    }
}

/// The id that the client gave, where it is one that can stand in a log; else a new one.
fn request_id(headers: &HeaderMap) -> String {
    let given = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok());
    let is_plain = |id: &&str| {
        (1..=MAX_ID).contains(&id.len())
            && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    given.filter(is_plain).map_or_else(new_id, str::to_owned)
}

fn new_id() -> String {
    let mut bytes = [0; 16];
    // Without randomness there are still requests to answer.
    let _ = SystemRandom::new().fill(&mut bytes);
    format!("{:032x}", u128::from_be_bytes(bytes))
}

/// Writes a problem's body and the headers that every answer has; gives the problem's code.
fn finish(state: &State, mut response: Response, id: &str) -> (Response, &'static str) {
    let problem = response.extensions_mut().remove::<Problem>();
    if let Some(problem) = &problem {
        state.metrics.refused(problem.kind.code);
        let body = serde_json::to_vec(&problem.body(Some(id))).unwrap_or_default();
        response.headers_mut().remove(CONTENT_LENGTH);
        *response.body_mut() = Body::from(body);
    }
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
    let fixed = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    // An article as HTML comes from a stranger's page: a browser is to treat it as such.
    let sandbox = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(sandbox);
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    (response, problem.map_or("", |problem| problem.kind.code))
}
