//! The body of a batch as a reader that waits for its pieces.

use std::error::Error;
use std::fmt;
use std::io::{self, Read};

use axum::body::Body;
use bytes::{Buf, Bytes};
use http_body_util::BodyExt;
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::body::slow;
use crate::problem::{BAD_BODY, BAD_ENCODING, Problem};
use crate::state::State;

pub(super) struct Source {
    body: Body,
    piece: Bytes,
    state: State,
    runtime: Handle,
}

impl Source {
    pub(super) fn new(body: Body, state: State, runtime: Handle) -> Self {
        Self { body, piece: Bytes::new(), state, runtime }
    }

    /// The next piece; an empty one at the end.
    async fn next(&mut self) -> Result<Bytes, Problem> {
        loop {
            let frame = timeout(self.state.config.body_timeout(), self.body.frame()).await;
            let Some(frame) = frame.map_err(|_| slow(&self.state))? else {
                return Ok(Bytes::new());
            };
            let frame = frame.map_err(|_| Problem::new(BAD_BODY, "the body could not be read"))?;
            match frame.into_data() {
                Ok(piece) if !piece.is_empty() => return Ok(piece),
                _ => {}
            }
        }
    }
}

impl Read for Source {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.piece.is_empty() {
            let runtime = self.runtime.clone();
            let piece = runtime.block_on(self.next());
            self.piece = piece.map_err(|problem| io::Error::other(Told(problem)))?;
            self.state.metrics.received(self.piece.len());
        }
        let n = self.piece.len().min(buf.len());
        self.piece.split_to(n).copy_to_slice(buf.get_mut(..n).unwrap_or_default());
        Ok(n)
    }
}

/// A problem on its way through readers.
#[derive(Debug)]
struct Told(Problem);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.detail)
    }
}

impl Error for Told {}

/// What is the matter with the body.
pub(super) fn told(error: &io::Error) -> Problem {
    let told = error.get_ref().and_then(|error| error.downcast_ref::<Told>());
    let damaged = || Problem::new(BAD_ENCODING, "the body is not packed as it says");
    told.map_or_else(damaged, |told| told.0.clone())
}
