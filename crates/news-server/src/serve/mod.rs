//! The service on a socket: connections, their time limits, and the end.
//!
//! `axum::serve` sets no timer, so a client that sends nothing would stay for ever. Here each
//! connection runs beside a watch that looks at how long it has been in its phase.

mod patience;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use futures_util::future::{Either, select};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::time::{sleep, timeout};
use tower::ServiceExt;

use crate::observe::Peer;
use crate::routes::app;
use crate::state::State;
use patience::{Patience, Patient, Phases};

/// Bytes of a request's header, which is also the buffer of each connection.
const MAX_HEADER_BYTES: usize = 32 << 10;

/// Header fields of a request.
const MAX_HEADERS: usize = 100;

/// Pause after an accept that failed, for want of files or memory.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Connections waiting in the system's queue that are still taken once the end has begun.
const LAST_ACCEPTED: usize = 1024;

/// Serves `state` on `listener` until `stop`, then finishes what was accepted.
///
/// # Errors
/// When the listener is of no use.
pub async fn serve(
    listener: TcpListener,
    state: State,
    stop: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(state.config.max_connections));
    let (ending, end) = watch::channel(false);
    let (alive, mut all_gone) = mpsc::channel::<()>(1);
    let shared = Shared { router: app(state.clone()), state: state.clone(), end, alive };
    let open = move |stream: TcpStream, peer, place| {
        tokio::spawn(connection(shared.clone(), stream, peer, place));
    };
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = std::pin::pin!(accept(&listener, &places));
        match select(&mut stop, next).await {
            Either::Left(_) => break,
            Either::Right(((stream, peer, place), _)) => {
                open(stream, peer, place);
            }
        }
    }
    state.start_draining();
    // Connections that the system accepted for us are accepted.
    for _ in 0..LAST_ACCEPTED {
        let next = timeout(Duration::ZERO, accept(&listener, &places)).await;
        let Ok((stream, peer, place)) = next else { break };
        open(stream, peer, place);
    }
    drop(listener);
    let _ = ending.send(true);
    drop(open);
    let grace = Duration::from_secs(state.config.grace);
    if timeout(grace, all_gone.recv()).await.is_err() {
        tracing::warn!("some requests were not finished within the grace");
    }
    Ok(())
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, Option<OwnedSemaphorePermit>) {
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, place),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// What every connection holds.
#[derive(Clone)]
struct Shared {
    router: Router,
    state: State,
    end: watch::Receiver<bool>,
    /// Never sent on: the other end sees when the last one is gone.
    alive: mpsc::Sender<()>,
}

/// One connection, from its first byte to its last.
async fn connection(
    mut shared: Shared,
    stream: TcpStream,
    peer: SocketAddr,
    _place: Option<OwnedSemaphorePermit>,
) {
    let _present = shared.state.metrics.connection();
    let _alive = shared.alive;
    let _ = stream.set_nodelay(true);
    let phases = Phases::default();
    let patience = Patience::of(&shared.state.config);
    let (router, marks) = (shared.router, phases.clone());
    let service = service_fn(move |request: Request<Incoming>| {
        let busy = marks.busy();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        let answer = router.clone().oneshot(request);
        async move { answer.await.map(|response| response.map(|body| busy.until_sent(body))) }
    });
    let connection = http1::Builder::new()
        .max_buf_size(MAX_HEADER_BYTES)
        .max_headers(MAX_HEADERS)
        .serve_connection(TokioIo::new(Patient::new(stream, phases.clone())), service);
    let mut connection = std::pin::pin!(connection);
    let mut watch = std::pin::pin!(patience.watch(&phases));
    let ended = std::pin::pin!(async {
        let _ = shared.end.wait_for(|end| *end).await;
    });
    // The connection ends by itself, or its time is up, or the service ends: then it may finish the
    // request it is in.
    let both = select(connection.as_mut(), watch.as_mut());
    if let Either::Right(_) = select(both, ended).await {
        connection.as_mut().graceful_shutdown();
        select(connection, watch).await;
    }
}
