//! One page from one address, and nothing else reached on the way.
//!
//! A name is resolved once; every address it has must be allowed by the [`Policy`]; the connection
//! goes to one of those very addresses. Each redirect goes the same way. What goes wrong is told
//! without saying what stands behind a name, since the asker may be a stranger.

mod network;
mod robots_cache;

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Request, Response, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::task::JoinSet;
use tokio::time::timeout;
use url::{Host, Url};

pub use network::{Internet, Network, Stream};

use crate::address::Policy;
use crate::coding::Coding;
use network::Tls;
use robots_cache::RobotsCache;

/// Longest address that is fetched, in bytes: what browsers and servers agree on.
const MAX_ADDRESS: usize = 8192;

/// Header fields of an answer; more are an error.
const MAX_HEADERS: usize = 200;

/// Bytes of the header of an answer; more are an error.
const MAX_HEADER_BYTES: usize = 64 << 10;

/// Addresses of one name that are tried.
const MAX_ADDRESSES: usize = 3;

/// What a fetch may do.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// How we introduce ourselves.
    pub user_agent: String,
    /// Our name in robots.txt, lower case.
    pub robots_name: String,
    /// Ask robots.txt first. Default `true`.
    pub robots: bool,
    /// Which addresses may be reached.
    pub policy: Policy,
    /// Redirects that are followed. Default 5.
    pub redirects: usize,
    /// Bytes of a body as it comes, packed or not. Default 10 MiB.
    pub bytes: usize,
    /// Time for one connection, TLS included. Default 5 s.
    pub connect_timeout: Duration,
    /// Time for the header of one answer. Default 10 s.
    pub header_timeout: Duration,
    /// Time for all of it: robots.txt, redirects, body. Default 20 s.
    pub total_timeout: Duration,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            user_agent: concat!("news/", env!("CARGO_PKG_VERSION"), " (reads one page on request)")
                .to_owned(),
            robots_name: "news".to_owned(),
            robots: true,
            policy: Policy::default(),
            redirects: 5,
            bytes: 10 << 20,
            connect_timeout: Duration::from_secs(5),
            header_timeout: Duration::from_secs(10),
            total_timeout: Duration::from_secs(20),
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// The address.
    pub url: &'a str,
    /// `ETag` of the copy at hand: nothing is sent where it still holds.
    pub etag: Option<&'a str>,
    /// `Last-Modified` of the copy at hand.
    pub last_modified: Option<&'a str>,
}

/// What came back.
#[derive(Debug)]
pub enum Outcome {
    /// A page.
    Page(Box<Page>),
    /// The copy at hand still holds.
    NotModified,
}

/// A fetched page, still packed.
#[derive(Debug, Clone)]
pub struct Page {
    /// Where it was found in the end.
    pub url: String,
    /// `Content-Type` of the answer.
    pub content_type: Option<String>,
    /// How `bytes` are packed.
    pub coding: Coding,
    /// The body as it came.
    pub bytes: Vec<u8>,
    /// `ETag` of the answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the answer.
    pub last_modified: Option<String>,
}

/// Why there is no page. The messages tell nothing about what stands behind an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// Not an absolute http or https address, or one with a password in it.
    #[error("not an http or https address that can be fetched")]
    Address,
    /// The name or address may not be fetched, or is not known.
    #[error("the address is not known, or is not open to this service")]
    Refused,
    /// robots.txt asks us to stay away, or cannot be had.
    #[error("the site's robots.txt does not allow it")]
    Robots,
    /// The site answered, but not with a page.
    #[error("the site answered with status {0}")]
    Status(u16),
    /// The page is too large.
    #[error("the page is larger than {0} bytes")]
    TooLarge(usize),
    /// Too many redirects.
    #[error("the site redirects more than {0} times")]
    Redirects(usize),
    /// It took too long.
    #[error("the site took too long")]
    Timeout,
    /// No connection, no TLS, no HTTP.
    #[error("the site could not be read")]
    Failed,
}

/// Fetches pages. One for all requests: it remembers the rules of robots.txt for a while.
#[derive(Debug)]
pub struct Fetcher<N = Internet> {
    network: N,
    options: FetchOptions,
    tls: Tls,
    robots: RobotsCache,
}

impl Fetcher {
    /// A fetcher on the system's network.
    #[must_use]
    pub fn new(options: FetchOptions) -> Self {
        Self::on(Internet, options)
    }
}

impl<N: Network> Fetcher<N> {
    /// A fetcher on some network.
    #[must_use]
    pub fn on(network: N, options: FetchOptions) -> Self {
        Self { network, options, tls: Tls::default(), robots: RobotsCache::default() }
    }

    /// Gets a page.
    ///
    /// # Errors
    /// When the address may not be asked, or gives no page.
    pub async fn fetch(&self, wanted: Wanted<'_>) -> Result<Outcome, FetchError> {
        let url = parse(wanted.url)?;
        let work = self.follow(url, wanted, self.options.robots);
        timeout(self.options.total_timeout, work).await.unwrap_or(Err(FetchError::Timeout))
    }

    /// Asks `url`, then wherever it redirects to.
    async fn follow(
        &self,
        mut url: Url,
        wanted: Wanted<'_>,
        robots: bool,
    ) -> Result<Outcome, FetchError> {
        for _ in 0..=self.options.redirects {
            if robots && !self.is_allowed(&url).await? {
                return Err(FetchError::Robots);
            }
            let mut answer = self.ask(&url, wanted).await?;
            let status = answer.head.status();
            match redirect(&url, &answer.head)? {
                Some(next) => url = next,
                None if status == StatusCode::NOT_MODIFIED => return Ok(Outcome::NotModified),
                None if status.is_success() => {
                    let bytes = answer.body(self.options.bytes).await?;
                    return page(url, answer.head.headers(), bytes).map(Outcome::Page);
                }
                None => return Err(FetchError::Status(status.as_u16())),
            }
        }
        Err(FetchError::Redirects(self.options.redirects))
    }

    /// Whether robots.txt of the site lets us ask for `url`.
    async fn is_allowed(&self, url: &Url) -> Result<bool, FetchError> {
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let site = &url[..url::Position::BeforePath];
        if let Some(answer) = self.robots.allows(site, path) {
            return Ok(answer);
        }
        let file = url.join("/robots.txt").map_err(|_| FetchError::Address)?;
        let wanted = Wanted { url: file.as_str(), ..Wanted::default() };
        let got = Box::pin(self.follow(file.clone(), wanted, false)).await;
        let robots = robots_cache::judge(got, &self.options.robots_name)?;
        let answer = robots.allows(path);
        self.robots.keep(site, robots);
        Ok(answer)
    }

    /// One request to one address.
    async fn ask(&self, url: &Url, wanted: Wanted<'_>) -> Result<Answer, FetchError> {
        let addresses = self.addresses(url).await?;
        let stream = timeout(self.options.connect_timeout, self.connect(url, &addresses));
        let stream = stream.await.map_err(|_| FetchError::Timeout)??;
        let request = self.request(url, wanted)?;
        let answer = timeout(self.options.header_timeout, send(stream, request));
        answer.await.map_err(|_| FetchError::Timeout)?
    }

    /// Where `url` leads, all of it allowed. A name that is not known and one that leads where
    /// nobody may go are the same to the asker.
    async fn addresses(&self, url: &Url) -> Result<Vec<SocketAddr>, FetchError> {
        let port = url.port_or_known_default().ok_or(FetchError::Address)?;
        let found = match url.host().ok_or(FetchError::Address)? {
            Host::Ipv4(address) => vec![IpAddr::V4(address)],
            Host::Ipv6(address) => vec![IpAddr::V6(address)],
            Host::Domain(name) => {
                let found = timeout(self.options.connect_timeout, self.network.resolve(name));
                let found = found.await.map_err(|_| FetchError::Refused)?;
                found.map_err(|_| FetchError::Refused)?
            }
        };
        let found: Vec<_> = found.into_iter().map(|ip| SocketAddr::new(ip, port)).collect();
        let allowed = found.iter().all(|address| self.options.policy.allows(*address));
        if allowed && !found.is_empty() { Ok(found) } else { Err(FetchError::Refused) }
    }

    /// A connection to the first of `addresses` that answers.
    async fn connect(
        &self,
        url: &Url,
        addresses: &[SocketAddr],
    ) -> Result<Box<dyn Stream>, FetchError> {
        for address in addresses.iter().take(MAX_ADDRESSES) {
            let Ok(stream) = self.network.connect(*address).await else { continue };
            if url.scheme() == "http" {
                return Ok(Box::new(stream));
            }
            let name = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
            let name = ServerName::try_from(name.trim_end_matches('.').to_owned());
            let name = name.map_err(|_| FetchError::Address)?;
            let stream = self.tls.0.connect(name, stream).await;
            return stream.map(|s| Box::new(s) as Box<dyn Stream>).map_err(|_| FetchError::Failed);
        }
        Err(FetchError::Failed)
    }

    fn request(&self, url: &Url, wanted: Wanted<'_>) -> Result<Request<Empty<Bytes>>, FetchError> {
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
        let uri: Uri = path.parse().map_err(|_| FetchError::Address)?;
        let mut request = Request::get(uri)
            .header(header::HOST, host)
            .header(header::USER_AGENT, &self.options.user_agent)
            .header(header::ACCEPT, "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1")
            .header(header::ACCEPT_ENCODING, "br, zstd, gzip")
            .header(header::CONNECTION, "close");
        if let Some(etag) = wanted.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(date) = wanted.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, date);
        }
        request.body(Empty::new()).map_err(|_| FetchError::Address)
    }
}

/// Gets one page and waits for it: for programs that do nothing meanwhile.
///
/// # Errors
/// As [`Fetcher::fetch`]; also when the system gives no runtime.
pub fn fetch_blocking(options: FetchOptions, wanted: Wanted<'_>) -> Result<Outcome, FetchError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|_| FetchError::Failed)?.block_on(Fetcher::new(options).fetch(wanted))
}

/// The address of a page, if it is one that can be fetched at all.
fn parse(address: &str) -> Result<Url, FetchError> {
    let url = (address.len() <= MAX_ADDRESS).then(|| Url::parse(address).ok()).flatten();
    url.filter(is_fetchable).ok_or(FetchError::Address)
}

fn is_fetchable(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.as_str().len() <= MAX_ADDRESS
}

/// Where an answer sends us on to.
fn redirect(url: &Url, head: &Response<()>) -> Result<Option<Url>, FetchError> {
    if !matches!(head.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = text(head.headers().get(header::LOCATION)).ok_or(FetchError::Failed)?;
    let next = url.join(&location).map_err(|_| FetchError::Address)?;
    if is_fetchable(&next) { Ok(Some(next)) } else { Err(FetchError::Address) }
}

fn page(url: Url, headers: &HeaderMap, bytes: Vec<u8>) -> Result<Box<Page>, FetchError> {
    let coding = text(headers.get(header::CONTENT_ENCODING));
    let coding = Coding::of_header(coding.as_deref()).map_err(|_| FetchError::Failed)?;
    Ok(Box::new(Page {
        url: url.into(),
        content_type: text(headers.get(header::CONTENT_TYPE)),
        coding,
        bytes,
        etag: text(headers.get(header::ETAG)),
        last_modified: text(headers.get(header::LAST_MODIFIED)),
    }))
}

/// The charset that a `Content-Type` states.
#[must_use]
pub fn charset_of(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (key.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
    })
}

fn text(value: Option<&HeaderValue>) -> Option<String> {
    value.and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// An answer whose body is still to be read. The connection ends with it.
struct Answer {
    head: Response<()>,
    body: Incoming,
    _connection: JoinSet<()>,
}

async fn send(
    stream: Box<dyn Stream>,
    request: Request<Empty<Bytes>>,
) -> Result<Answer, FetchError> {
    let handshake = hyper::client::conn::http1::Builder::new()
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_HEADER_BYTES)
        .handshake(TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.map_err(|_| FetchError::Failed)?;
    let mut task = JoinSet::new();
    task.spawn(async { drop(connection.await) });
    let answer = sender.send_request(request).await.map_err(|_| FetchError::Failed)?;
    let (parts, body) = answer.into_parts();
    Ok(Answer { head: Response::from_parts(parts, ()), body, _connection: task })
}

impl Answer {
    /// The whole body, at most `limit` bytes.
    async fn body(&mut self, limit: usize) -> Result<Vec<u8>, FetchError> {
        let mut bytes = Vec::new();
        while let Some(frame) = self.body.frame().await {
            let Ok(piece) = frame.map_err(|_| FetchError::Failed)?.into_data() else { continue };
            if bytes.len() + piece.len() > limit {
                return Err(FetchError::TooLarge(limit));
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }
}
