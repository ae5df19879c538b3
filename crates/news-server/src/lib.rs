//! The engine over HTTP: [`app`] is the service without a socket, [`serve()`] puts it on one.
//!
//! A request passes [`observe`](crate) (id, key, rate, log), is read under limits, takes a place in
//! the queue, and is worked on by one of a fixed number of threads that do nothing else. What goes
//! wrong is a [`problem`]. The sockets' own threads never read a page.

pub mod config;
pub mod openapi;
pub mod operations;
pub mod problem;
pub mod request;

mod articles;
mod batch;
mod body;
mod etag;
mod keys;
mod log;
mod metrics;
mod negotiate;
mod observe;
mod pool;
mod rate;
mod reference;
mod routes;
mod run;
mod serve;
mod state;
pub mod tables;

pub use config::{Config, ConfigError, ServeArgs};
pub use keys::KEYS_VARIABLE;
pub use metrics::METRICS;
pub use observe::Peer;
pub use routes::{ENDPOINTS, Endpoint, Gives, Takes, app};
pub use run::{RunError, run};
pub use serve::serve;
pub use state::{Shared, State};
