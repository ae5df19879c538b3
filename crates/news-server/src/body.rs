//! Bodies coming in: read under limits, or drained so that a refusal reaches the client.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, Request, header};
use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::timeout;

use crate::pool::{Full, Room};
use crate::problem::{BAD_BODY, Problem, SLOW_BODY};
use crate::state::State;

/// How long a refused body is drained. A connection closed over unread bytes is reset, and the
/// client would lose the answer that says why.
const LINGER: Duration = Duration::from_secs(5);

impl From<Full> for Problem {
    fn from(_: Full) -> Self {
        Self::busy()
    }
}

/// The size that the header states, when it does.
pub(crate) fn declared(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The whole body, as it was sent, and the room it takes.
pub(crate) async fn read(
    state: &State,
    declared: Option<usize>,
    mut body: Body,
) -> Result<(Vec<u8>, Room), Problem> {
    let limit = state.config.max_body;
    if declared.is_some_and(|declared| declared > limit) {
        return Err(Problem::too_large(limit));
    }
    state.gate.look(declared.unwrap_or(0))?;
    let mut room = state.gate.room();
    let mut bytes = Vec::new();
    let work = async {
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Problem::new(BAD_BODY, "the body could not be read"))?;
            let Ok(piece) = frame.into_data() else { continue };
            if bytes.len() + piece.len() > limit {
                return Err(Problem::too_large(limit));
            }
            room.grow(piece.len())?;
            bytes.extend_from_slice(&piece);
        }
        Ok(())
    };
    timeout(state.config.body_timeout(), work).await.map_err(|_| slow(state))??;
    state.metrics.received(bytes.len());
    Ok((bytes, room))
}

/// The body did not come in time.
pub(crate) fn slow(state: &State) -> Problem {
    let seconds = state.config.body_timeout;
    Problem::new(SLOW_BODY, format!("the body did not arrive within {seconds} s"))
        .at_limit("body_timeout", seconds as usize)
}

/// `request` with a body that is drained for a while if it is dropped before its end, at most
/// `limit` bytes of it.
pub(crate) fn lingering(request: Request<Body>, limit: usize) -> Request<Body> {
    // Reading on would invite a client that waits for our leave to send.
    if request.headers().contains_key(header::EXPECT) {
        return request;
    }
    request.map(|body| Body::new(Lingering { body: Some(body), limit }))
}

struct Lingering {
    body: Option<Body>,
    limit: usize,
}

impl HttpBody for Lingering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let frame = Pin::new(body).poll_frame(cx);
        if matches!(frame, Poll::Ready(None | Some(Err(_)))) {
            self.body = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(SizeHint::default, HttpBody::size_hint)
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        if self.is_end_stream() {
            return;
        }
        if let (Some(body), Ok(runtime)) = (self.body.take(), tokio::runtime::Handle::try_current())
        {
            runtime.spawn(timeout(LINGER, drain(body, self.limit)));
        }
    }
}

async fn drain(mut body: Body, limit: usize) {
    let mut left = limit;
    while let Some(Ok(frame)) = body.frame().await {
        left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
        if left == 0 {
            return;
        }
    }
}
