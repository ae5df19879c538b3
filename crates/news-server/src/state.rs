//! What all requests share.

use std::io;
use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use news_io::address::Policy;
use news_io::fetch::{FetchOptions, Fetcher};
use tokio::sync::Semaphore;

use crate::config::{Config, ConfigError};
use crate::keys::Keys;
use crate::metrics::Metrics;
use crate::pool::{Gate, Lost, Pool, Waits};
use crate::problem::{INTERNAL, Problem, TOO_SLOW};
use crate::rate::Rates;

/// What all requests share: made once, cheap to clone.
#[derive(Debug, Clone)]
pub struct State(Arc<Shared>);

/// What stands behind [`State`]: nothing of it is public.
#[derive(Debug)]
pub struct Shared {
    pub(crate) config: Config,
    pub(crate) pool: Pool,
    pub(crate) gate: Gate,
    /// Lines of batches that may wait or be worked on: apart from [`Self::gate`], so that a batch
    /// waits and single requests do not.
    pub(crate) lines: Arc<Semaphore>,
    pub(crate) batches: Arc<Semaphore>,
    pub(crate) metrics: Metrics,
    pub(crate) keys: Keys,
    pub(crate) rates: Rates,
    pub(crate) fetcher: Option<Fetcher>,
    draining: AtomicBool,
}

impl Deref for State {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl State {
    /// Reads the keys and starts the workers.
    ///
    /// # Errors
    /// When the keys cannot be read or no thread can be started.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        let keys = Keys::load(&config)?;
        let workers = config.workers();
        let pool = Pool::new(workers, config.waits().work)
            .map_err(|e: io::Error| ConfigError::Value(e.to_string()))?;
        let fetcher = config.allow_fetch.then(|| Fetcher::new(fetch_options(&config)));
        Ok(Self(Arc::new(Shared {
            pool,
            gate: Gate::new(workers + config.queue, config.bytes_in_flight),
            lines: Arc::new(Semaphore::new(2 * workers)),
            batches: Arc::new(Semaphore::new(config.max_batches)),
            metrics: Metrics::default(),
            keys,
            rates: Rates::new(config.rate, config.burst),
            fetcher,
            draining: AtomicBool::new(false),
            config,
        })))
    }

    /// From here on `/readyz` says that the service is going away.
    pub(crate) fn start_draining(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    /// Does `work` on a worker.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        ticket: impl Send + 'static,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let waits = self.config.waits();
        self.pool.run(ticket, waits, work).await.unwrap_or_else(|lost| Err(self.lost(lost)))
    }

    /// The same for a line of a batch, which waits for a worker as long as it takes.
    pub(crate) async fn run_line<T: Send + 'static>(
        &self,
        ticket: impl Send + 'static,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let waits = Waits { queue: Duration::MAX, ..self.config.waits() };
        self.pool.run(ticket, waits, work).await.unwrap_or_else(|lost| Err(self.lost(lost)))
    }

    fn lost(&self, lost: Lost) -> Problem {
        let seconds = self.config.work_timeout;
        match lost {
            Lost::Panicked => Problem::new(INTERNAL, "the page could not be read"),
            Lost::Waited => Problem::busy(),
            Lost::Slow => Problem::new(TOO_SLOW, format!("the work took more than {seconds} s"))
                .at_limit("work_timeout", seconds as usize),
        }
    }
}

fn fetch_options(config: &Config) -> FetchOptions {
    FetchOptions {
        user_agent: config.user_agent.clone(),
        robots: !config.ignore_robots,
        policy: Policy { exceptions: config.fetch_exceptions.clone(), ..Policy::default() },
        bytes: config.max_body,
        total_timeout: Duration::from_secs(config.work_timeout.min(20)),
        ..FetchOptions::default()
    }
}

/// Who is asking, as far as limits go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Client {
    /// The holder of a key, by its place in the list.
    Key(usize),
    /// An address; of IPv6 the network of 64 bits, which is one customer.
    Address(IpAddr),
    /// Nobody knows.
    Unknown,
}
