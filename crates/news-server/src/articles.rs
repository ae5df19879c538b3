//! One page in, one article out.

use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use news_core::article::Readout;
use news_core::format::{self, Document, Format, FormatOptions, JsonStyle};
use news_core::{Article, Options, Trace};
use news_io::coding::{Coding, pack, unpack};
use news_io::fetch::{self, Outcome, Wanted, charset_of};
use serde::Serialize;

use crate::body;
use crate::etag::Tag;
use crate::negotiate::{self, essence};
use crate::problem::{FETCH_OFF, Problem, UNCHANGED, UNSUPPORTED_TYPE};
use crate::request::{ArticleRequest, Asked, BodyKind, Page, PageBytes, Query, parse};
use crate::state::State;

/// `POST /v1/text:read`
pub(crate) async fn read(Shared(state): Shared<State>, request: Request) -> Response {
    answer(&state, request, Operation::Read).await.into_response()
}

/// Formats of what is more than an article, or less.
pub(crate) const JSON: [Format; 2] = [Format::Json, Format::Ndjson];

/// Says what kind of page it was, also where the body cannot.
const VERDICT: HeaderName = HeaderName::from_static("news-verdict");

/// `POST /v1/articles:extract`
pub(crate) async fn extract(Shared(state): Shared<State>, request: Request) -> Response {
    answer(&state, request, Operation::Extract).await.into_response()
}

/// `POST /v1/articles:explain`
pub(crate) async fn explain(Shared(state): Shared<State>, request: Request) -> Response {
    answer(&state, request, Operation::Explain).await.into_response()
}

/// `POST /v1/articles:convert`
pub(crate) async fn convert(Shared(state): Shared<State>, request: Request) -> Response {
    answer(&state, request, Operation::Convert).await.into_response()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Extract,
    Explain,
    Read,
    Convert,
}

impl Operation {
    fn formats(self) -> &'static [Format] {
        match self {
            Self::Extract | Self::Convert => &Format::ALL,
            Self::Explain | Self::Read => &JSON,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Extract => "extract",
            Self::Explain => "explain",
            Self::Read => "read",
            Self::Convert => "convert",
        }
    }
}

/// All that the head of a request says.
struct Plan {
    operation: Operation,
    kind: BodyKind,
    packed: Coding,
    query: Query,
    format: Format,
    coding: Coding,
    if_none_match: Option<String>,
    limit: usize,
}

impl Plan {
    fn new(request: &Request, operation: Operation, limit: usize) -> Result<Self, Problem> {
        let headers = request.headers();
        let query = Query::parse(request.uri().query())?;
        let kind = BodyKind::of(headers)?;
        if operation == Operation::Convert && kind != BodyKind::Json {
            return Err(Problem::new(UNSUPPORTED_TYPE, "send the article as application/json"));
        }
        let formats = operation.formats();
        let format = match query.format {
            Some(format) if formats.contains(&format) => format,
            Some(_) => return Err(negotiate::not_written(formats)),
            None => negotiate::format(headers, formats)?,
        };
        Ok(Self {
            operation,
            kind,
            packed: crate::request::coding(headers)?,
            format,
            coding: negotiate::coding(headers),
            if_none_match: header(headers, IF_NONE_MATCH),
            limit,
            query,
        })
    }
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// An answer ready to be sent.
#[derive(Debug)]
struct Reply {
    bytes: Vec<u8>,
    format: Format,
    coding: Coding,
    tag: Tag,
    verdict: String,
    /// Facts of a fetched page.
    fetched: Option<Fetched>,
}

#[derive(Debug, Clone)]
pub(crate) struct Fetched {
    url: String,
    etag: Option<String>,
    last_modified: Option<String>,
}

/// What a worker made of a body.
enum Step {
    Done(Box<Reply>),
    Fetch(Box<ArticleRequest>, Box<Plan>),
}

async fn answer(state: &State, request: Request, operation: Operation) -> Result<Reply, Problem> {
    let plan = Plan::new(&request, operation, state.config.max_body)?;
    let declared = body::declared(request.headers());
    let (bytes, room) = body::read(state, declared, request.into_body()).await?;
    let ticket = (state.gate.place()?, room);
    let reply = match state.run(ticket, move || plan.read(bytes)).await? {
        Step::Done(reply) => reply,
        Step::Fetch(wanted, plan) => fetched(state, wanted, plan).await?,
    };
    state.metrics.judged(&reply.verdict);
    Ok(*reply)
}

/// Fetches the page, then reads it.
async fn fetched(
    state: &State,
    asked: Box<ArticleRequest>,
    plan: Box<Plan>,
) -> Result<Box<Reply>, Problem> {
    let (page, room) = fetch_page(state, &asked).await?;
    let ticket = (state.gate.place()?, room);
    let step = state.run(ticket, move || {
        let (page, facts) = unpacked(page, *asked, plan.limit)?;
        let mut reply = plan.write(&page)?;
        reply.fetched = Some(facts);
        Ok(reply)
    });
    step.await.map(Box::new)
}

/// The page that a request names by its address, and the room it takes.
pub(crate) async fn fetch_page(
    state: &State,
    asked: &ArticleRequest,
) -> Result<(fetch::Page, crate::pool::Room), Problem> {
    let Some(fetcher) = &state.fetcher else {
        return Err(Problem::new(FETCH_OFF, "send the page itself as html or text"));
    };
    // Room for the largest page, since its size is not known before it is here.
    let mut room = state.gate.room();
    room.grow(state.config.max_body)?;
    let wanted = Wanted {
        url: asked.url.as_deref().unwrap_or_default(),
        etag: asked.if_none_match.as_deref(),
        last_modified: asked.if_modified_since.as_deref(),
    };
    match fetcher.fetch(wanted).await? {
        Outcome::Page(page) => Ok((*page, room)),
        Outcome::NotModified => {
            Err(Problem::new(UNCHANGED, "the page is the one named by the request's validators"))
        }
    }
}

/// The page as it is to be read. Without another word it was fetched just now.
pub(crate) fn unpacked(
    page: fetch::Page,
    asked: ArticleRequest,
    limit: usize,
) -> Result<(Page, Fetched), Problem> {
    let bytes = unpack(&page.bytes, page.coding, limit)?.into_owned();
    let facts =
        Fetched { url: page.url.clone(), etag: page.etag, last_modified: page.last_modified };
    let stated = page.content_type.unwrap_or_default();
    let charset = charset_of(&stated).map(str::to_owned);
    let now = || jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let page = Page {
        bytes: PageBytes::Raw(bytes),
        url: Some(page.url),
        content_type: (!stated.is_empty()).then_some(stated),
        charset,
        fetched_at: Some(asked.fetched_at.unwrap_or_else(now)),
        written: asked.written,
        language: asked.language,
        options: asked.options,
    };
    Ok((page, facts))
}

impl Plan {
    /// Does the work: unpacks, parses, reads, writes. Runs on a worker.
    fn read(self, bytes: Vec<u8>) -> Result<Step, Problem> {
        let bytes = match self.packed {
            Coding::Identity => bytes,
            packed => unpack(&bytes, packed, self.limit)?.into_owned(),
        };
        if self.operation == Operation::Convert {
            return self.convert(&bytes).map(|reply| Step::Done(Box::new(reply)));
        }
        let page = match &self.kind {
            BodyKind::Page { .. } => Page::raw(bytes, &self.kind, self.query.clone()),
            BodyKind::Json => {
                let asked: ArticleRequest = parse(&bytes)?;
                let asked =
                    ArticleRequest { options: asked.options.or(&self.query.options), ..asked };
                match asked.check()? {
                    Asked::Page(page) => *page,
                    Asked::Fetch(asked) => return Ok(Step::Fetch(asked, Box::new(self))),
                }
            }
        };
        self.write(&page).map(|reply| Step::Done(Box::new(reply)))
    }

    fn write(&self, page: &Page) -> Result<Reply, Problem> {
        let options = page.options.format()?;
        let tag = Tag::of_page(page, self.format, self.operation.name());
        self.unless_known(&tag)?;
        let (source, engine) = (page.source(), page.options.engine());
        let (text, verdict) = match self.operation {
            Operation::Read => (self.readout(page, &options)?, "text".to_owned()),
            Operation::Explain => {
                let (article, trace) = news_core::explain(&source, &engine)?;
                let document = format::document(&article, &options);
                let record = Explained { article: document, trace: &trace };
                (format::to_json(&record, self.style()), verdict(&article))
            }
            Operation::Extract | Operation::Convert => {
                let article = news_core::extract(&source, &engine)?;
                (format::write(&article, self.format, &options), verdict(&article))
            }
        };
        Ok(self.reply(text, tag, verdict))
    }

    /// What a text says as it stands, or what the story of a page says.
    fn readout(&self, page: &Page, options: &FormatOptions) -> Result<String, Problem> {
        let source = page.source();
        let engine = Options { reading: true, ..page.options.engine() };
        let readout = if source.content_type.is_some_and(|kind| essence(kind) == "text/plain") {
            news_core::read_text(&source, &engine)?
        } else {
            Readout::from(news_core::extract(&source, &engine)?)
        };
        Ok(format::to_json(&readout.with_offsets(options.offset_unit), self.style()))
    }

    fn style(&self) -> JsonStyle {
        if self.format == Format::Json { JsonStyle::Indented } else { JsonStyle::Line }
    }

    fn convert(&self, bytes: &[u8]) -> Result<Reply, Problem> {
        let options = self.query.options.format()?;
        let tag = Tag::of_json(bytes, &self.query.options, self.format);
        self.unless_known(&tag)?;
        let article: Article = parse(bytes)?;
        let text = format::write(&article, self.format, &options);
        Ok(self.reply(text, tag, verdict(&article)))
    }

    fn unless_known(&self, tag: &Tag) -> Result<(), Problem> {
        match &self.if_none_match {
            Some(known) if tag.is_in(known) => {
                Err(Problem::new(UNCHANGED, "the answer is the one you have"))
            }
            _ => Ok(()),
        }
    }

    fn reply(&self, text: String, tag: Tag, verdict: String) -> Reply {
        let coding = negotiate::worth(self.coding, text.len());
        let bytes = match coding {
            Coding::Identity => text.into_bytes(),
            packed => pack(text.as_bytes(), packed),
        };
        Reply { bytes, format: self.format, coding, tag, verdict, fetched: None }
    }
}

/// An article with its trace.
#[derive(Serialize)]
pub(crate) struct Explained<'a> {
    #[serde(flatten)]
    article: Document<'a>,
    trace: &'a Trace,
}

/// The name of the kind of page.
pub(crate) fn verdict(article: &Article) -> String {
    let name = serde_json::to_value(article.verdict.kind).ok();
    name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().to_owned()
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.bytes));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.format.media_type()));
        headers.insert(VARY, HeaderValue::from_static("accept, accept-encoding"));
        if self.coding != Coding::Identity {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(self.coding.name()));
        }
        let mut facts = vec![(ETAG, self.tag.header(self.coding)), (VERDICT, self.verdict)];
        if let Some(fetched) = self.fetched {
            let named = [
                ("news-fetched-url", Some(fetched.url)),
                ("news-fetched-etag", fetched.etag),
                ("news-fetched-last-modified", fetched.last_modified),
            ];
            let named = named.into_iter().filter_map(|(name, value)| {
                value.map(|value| (HeaderName::from_static(name), value))
            });
            facts.extend(named);
        }
        for (name, value) in facts {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        response
    }
}
