//! How long a connection may stay in each phase.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use axum::body::Body;
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::sleep;

use crate::config::Config;

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The header of a request is awaited or arriving.
    Head,
    /// A request is being answered: its body and its work have limits of their own.
    Busy,
    /// An answer is sent, and no byte of a next request is here.
    Idle,
}

#[derive(Debug)]
struct Inner {
    phase: Phase,
    since: Instant,
    /// Since when the client has taken no byte of what we write.
    stalled: Option<Instant>,
}

/// The phase of one connection.
#[derive(Debug, Clone)]
pub(super) struct Phases(Arc<Mutex<Inner>>);

impl Default for Phases {
    fn default() -> Self {
        let inner = Inner { phase: Phase::Head, since: Instant::now(), stalled: None };
        Self(Arc::new(Mutex::new(inner)))
    }
}

impl Phases {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, phase: Phase) {
        let mut inner = self.inner();
        inner.phase = phase;
        inner.since = Instant::now();
    }

    /// A request has arrived.
    pub(super) fn busy(&self) -> Busy {
        self.enter(Phase::Busy);
        Busy(self.clone())
    }

    /// Bytes came in.
    fn read(&self) {
        if self.inner().phase == Phase::Idle {
            self.enter(Phase::Head);
        }
    }

    /// A write went through, or not.
    fn wrote(&self, went: bool) {
        let mut inner = self.inner();
        inner.stalled = if went { None } else { inner.stalled.or_else(|| Some(Instant::now())) };
    }
}

/// A request is being answered until this is dropped.
#[derive(Debug)]
pub(super) struct Busy(Phases);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.enter(Phase::Idle);
    }
}

impl Busy {
    /// `body`, which holds on to this until it is sent or given up.
    pub(super) fn until_sent(self, body: Body) -> Body {
        Body::new(Sending { body, _busy: self })
    }
}

struct Sending {
    body: Body,
    _busy: Busy,
}

impl HttpBody for Sending {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The limits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    head: Duration,
    idle: Duration,
    write: Duration,
}

impl Patience {
    pub(super) fn of(config: &Config) -> Self {
        Self {
            head: Duration::from_secs(config.header_timeout),
            idle: Duration::from_secs(config.idle_timeout),
            write: Duration::from_secs(config.write_timeout),
        }
    }

    /// Ends when the connection has used up its time. It looks often enough to be late by a quarter
    /// of the time for a header at most.
    pub(super) async fn watch(self, phases: &Phases) {
        while !self.is_over(phases, Instant::now()) {
            sleep(self.head / 4).await;
        }
    }

    fn is_over(self, phases: &Phases, now: Instant) -> bool {
        let inner = phases.inner();
        let in_phase = now.saturating_duration_since(inner.since);
        let stalled = inner.stalled.map(|since| now.saturating_duration_since(since));
        let over = match inner.phase {
            Phase::Head => in_phase > self.head,
            Phase::Idle => in_phase > self.idle,
            Phase::Busy => false,
        };
        over || stalled.is_some_and(|stalled| stalled > self.write)
    }
}

/// A stream that tells the phases what passes through it.
#[derive(Debug)]
pub(super) struct Patient<S> {
    stream: S,
    phases: Phases,
}

impl<S> Patient<S> {
    pub(super) fn new(stream: S, phases: Phases) -> Self {
        Self { stream, phases }
    }

    fn noted(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        self.phases.wrote(written.is_ready());
        written
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        if buf.filled().len() > before {
            self.phases.read();
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.noted(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.noted(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phase_has_its_time() {
        let seconds = Duration::from_secs;
        let patience = Patience { head: seconds(10), idle: seconds(70), write: seconds(30) };
        let phases = Phases::default();
        let after = |s| Instant::now() + seconds(s);
        assert!(!patience.is_over(&phases, after(9)) && patience.is_over(&phases, after(11)));
        let busy = phases.busy();
        assert!(!patience.is_over(&phases, after(1000)));
        phases.wrote(false);
        assert!(!patience.is_over(&phases, after(29)) && patience.is_over(&phases, after(31)));
        phases.wrote(true);
        drop(busy);
        assert!(!patience.is_over(&phases, after(69)) && patience.is_over(&phases, after(71)));
        phases.read();
        assert!(patience.is_over(&phases, after(11)));
    }
}
