//! Many pages in one request: JSON objects line by line, both ways, as slowly as the slower side.
//!
//! A thread of its own takes the body apart, because unpacking and cutting lines is work that waits
//! for the client. Each line goes to the workers; its answer stands in a short queue in the order
//! of the lines. While the queue is full no more of the body is read, and TCP makes the client wait.

mod lines;
mod source;

use std::io::{self, BufReader};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{Stream, stream};
use news_core::Article;
use news_core::format::{self, Document, JsonStyle};
use news_io::coding::{self, Coding};
use news_io::packer::Packer;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

use crate::articles::{fetch_page, unpacked, verdict};
use crate::negotiate::{self, essence};
use crate::problem::{Problem, ProblemBody, UNSUPPORTED_TYPE};
use crate::request::{self, ArticleRequest, Asked, Page, Query, ReadOptions};
use crate::state::{Client, State};
use lines::{Line, Lines};
use source::Source;

/// Answers that wait for those before them, in one batch.
const WINDOW: usize = 16;

/// `POST /v1/articles:batch`
pub(crate) async fn batch(Shared(state): Shared<State>, request: Request) -> Response {
    start(&state, request).into_response()
}

fn start(state: &State, request: Request) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let query = Query::parse(parts.uri.query())?;
    query.options.format()?;
    check_type(&parts.headers)?;
    let packed = request::coding(&parts.headers)?;
    let permit = Arc::clone(&state.batches).try_acquire_owned();
    let permit = permit.map_err(|_| Problem::busy())?;
    let coding = negotiate::coding(&parts.headers);
    let (answers, queue) = mpsc::channel(WINDOW);
    let batch = Batch {
        state: state.clone(),
        options: query.options,
        client: parts.extensions.get().copied().unwrap_or(Client::Unknown),
        runtime: Handle::current(),
        answers,
    };
    tokio::task::spawn_blocking(move || batch.read(body, packed, permit));

    let written = written(state.clone(), queue, Packer::new(coding));
    let mut response = Response::new(Body::from_stream(written));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if coding != Coding::Identity {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    Ok(response)
}

fn check_type(headers: &HeaderMap) -> Result<(), Problem> {
    let stated = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    match essence(stated).to_ascii_lowercase().as_str() {
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" => Ok(()),
        _ => Err(Problem::new(UNSUPPORTED_TYPE, "send application/x-ndjson")),
    }
}

/// The answers in order, each as soon as it and all before it are there.
fn written(
    state: State,
    queue: mpsc::Receiver<oneshot::Receiver<String>>,
    packer: Packer,
) -> impl Stream<Item = io::Result<Bytes>> {
    stream::unfold((state, queue, Some(packer)), |(state, mut queue, packer)| async move {
        let mut packer = packer?;
        let Some(answer) = queue.recv().await else {
            let rest = packer.finish();
            return (!rest.is_empty()).then(|| (Ok(Bytes::from(rest)), (state, queue, None)));
        };
        let bytes = packer.pack(answer.await.unwrap_or_default().as_bytes());
        state.metrics.sent(bytes.len() as u64);
        Some((Ok(Bytes::from(bytes)), (state, queue, Some(packer))))
    })
}

/// One line of the answer: an article or a problem.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BatchAnswer")]
pub(crate) struct Answer<'a> {
    /// The `id` of the line, where it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    /// Number of the line, from 1.
    line: u64,
    /// The HTTP status that the line would have had by itself.
    status: u16,
    /// The article.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Article>")]
    article: Option<Document<'a>>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemBody>,
}

/// The side that reads.
struct Batch {
    state: State,
    options: ReadOptions,
    client: Client,
    runtime: Handle,
    answers: mpsc::Sender<oneshot::Receiver<String>>,
}

impl Batch {
    /// Takes the body apart until it ends, or nobody reads the answers any more.
    fn read(self, body: Body, packed: Coding, _permit: OwnedSemaphorePermit) {
        let limit = self.state.config.max_body;
        let source = Source::new(body, self.state.clone(), self.runtime.clone());
        let unpacked = BufReader::new(coding::reader(packed, BufReader::new(source)));
        for (number, line) in (1..).zip(Lines::new(unpacked, limit)) {
            let line = match line {
                Ok(Line::Whole(bytes)) if bytes.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(Line::Whole(bytes)) => Ok(bytes),
                Ok(Line::TooLong) => Err(Problem::too_large(limit)),
                Err(error) => {
                    self.answer(number, Err(source::told(&error)));
                    return;
                }
            };
            if !self.wait_for_rate() || !self.answer(number, line) {
                return;
            }
        }
    }

    /// Sends a line to the workers. `false`: nobody waits for the answer.
    fn answer(&self, number: u64, line: Result<Vec<u8>, Problem>) -> bool {
        let (reply, answer) = oneshot::channel();
        if self.answers.blocking_send(answer).is_err() {
            return false;
        }
        let (state, options) = (self.state.clone(), self.options.clone());
        let ticket = self.runtime.block_on(ticket(&state, line.as_ref().map_or(0, Vec::len)));
        self.runtime.spawn(async move {
            let work = Work { state: &state, number };
            let text = match line {
                Ok(line) => work.page(line, options, ticket).await,
                Err(problem) => work.problem(None, &problem),
            };
            let _ = reply.send(text);
        });
        true
    }

    /// Each line counts as a request; one too many waits. `false`: nobody waits for the answers.
    fn wait_for_rate(&self) -> bool {
        while !self.state.rates.is_open()
            && let Err(wait) = self.state.rates.take(self.client, Instant::now())
        {
            if self.answers.is_closed() {
                return false;
            }
            thread::sleep(wait.min(Duration::from_secs(1)));
        }
        true
    }
}

/// What a line holds while it is worked on: a place among the lines, and room for its bytes.
type Ticket = (Option<OwnedSemaphorePermit>, crate::pool::Room);

async fn ticket(state: &State, bytes: usize) -> Ticket {
    let place = Arc::clone(&state.lines).acquire_owned().await.ok();
    (place, state.gate.wait_for_room(bytes).await)
}

/// A line in work.
struct Work<'a> {
    state: &'a State,
    number: u64,
}

impl Work<'_> {
    async fn page(&self, line: Vec<u8>, options: ReadOptions, ticket: Ticket) -> String {
        let number = self.number;
        let begun = self.state.run_line(ticket, move || {
            let mut asked: ArticleRequest = request::parse(&line)?;
            let id = asked.id.take();
            asked.options = asked.options.or(&options);
            let begun = asked.check().and_then(|asked| begin(asked, id.as_ref(), number));
            Ok((id, begun))
        });
        let (id, begun) = match begun.await {
            Ok(begun) => begun,
            Err(problem) => return self.problem(None, &problem),
        };
        let read = match begun {
            Ok(Begun::Read(read)) => Ok(read),
            Ok(Begun::Fetch(asked)) => self.fetched(*asked, id.clone()).await,
            Err(problem) => Err(problem),
        };
        match read {
            Ok(read) => {
                self.state.metrics.judged(&read.verdict);
                self.state.metrics.line("read");
                read.text
            }
            Err(problem) => self.problem(id.as_ref(), &problem),
        }
    }

    async fn fetched(&self, asked: ArticleRequest, id: Option<Value>) -> Result<Read, Problem> {
        let (page, room) = fetch_page(self.state, &asked).await?;
        let (limit, number) = (self.state.config.max_body, self.number);
        let work = move || read(&unpacked(page, asked, limit)?.0, id.as_ref(), number);
        self.state.run_line(room, work).await
    }

    fn problem(&self, id: Option<&Value>, problem: &Problem) -> String {
        self.state.metrics.refused(problem.kind.code);
        self.state.metrics.line("refused");
        let status = problem.kind.status;
        let problem = Some(problem.body(None));
        let answer = Answer { id, line: self.number, status, article: None, problem };
        format::to_json(&answer, JsonStyle::Line)
    }
}

/// What became of a line on its first worker.
enum Begun {
    Read(Read),
    Fetch(Box<ArticleRequest>),
}

fn begin(asked: Asked, id: Option<&Value>, number: u64) -> Result<Begun, Problem> {
    match asked {
        Asked::Page(page) => read(&page, id, number).map(Begun::Read),
        Asked::Fetch(asked) => Ok(Begun::Fetch(asked)),
    }
}

/// A page that was read.
struct Read {
    /// The line of the answer.
    text: String,
    verdict: String,
}

fn read(page: &Page, id: Option<&Value>, number: u64) -> Result<Read, Problem> {
    let options = page.options.format()?;
    let article = news_core::extract(&page.source(), &page.options.engine())?;
    let document = Some(format::document(&article, &options));
    let answer = Answer { id, line: number, status: 200, article: document, problem: None };
    Ok(Read { text: format::to_json(&answer, JsonStyle::Line), verdict: verdict(&article) })
}
