//! The service as a process: from its arguments to its end.

use std::io::{self, Write};

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::config::{ConfigError, ServeArgs};
use crate::state::State;
use crate::{log, serve};

/// Why the service did not start, or ended.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(std::net::SocketAddr, io::Error),
    /// Something else of the system.
    #[error(transparent)]
    System(#[from] io::Error),
}

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// When the configuration cannot be used or the address is taken.
pub fn run(args: ServeArgs) -> Result<(), RunError> {
    let print = args.print_config;
    let config = args.config()?;
    if print {
        return Ok(io::stdout().write_all(config.to_toml().as_bytes())?);
    }
    log::start(config.log);
    raise_file_limit();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let result = runtime.block_on(async {
        let listener = TcpListener::bind(config.listen).await;
        let listener = listener.map_err(|error| RunError::Listen(config.listen, error))?;
        let (mut term, mut int) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let state = State::new(config)?;
        say_ready(&listener)?;
        let stop = async move {
            let (term, int) = (std::pin::pin!(term.recv()), std::pin::pin!(int.recv()));
            futures_util::future::select(term, int).await;
            tracing::info!("draining");
        };
        serve::serve(listener, state, stop).await.map_err(RunError::System)
    });
    // Work that is not done by now is not waited for.
    runtime.shutdown_background();
    result
}

fn say_ready(listener: &TcpListener) -> io::Result<()> {
    tracing::info!(address = %listener.local_addr()?, "listening");
    Ok(())
}

/// As many open files as the machine lets us have: each connection is one.
fn raise_file_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(error = %error, "the limit of open files stays as it is");
    }
}
