//! The configuration: flags before environment before file before defaults.

use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use crate::pool::Waits;

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file cannot be read.
    #[error("{path}: {error}", path = .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The configuration file is not what it should be.
    #[error("{path}: {error}", path = .path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        error: toml::de::Error,
    },
    /// A value makes no sense.
    #[error("{0}")]
    Value(String),
}

/// How log lines look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// JSON objects.
    #[default]
    Json,
    /// For people.
    Text,
}

/// Declares every setting once: its flag, environment variable, key in the file, default and
/// description.
macro_rules! settings {
    ($(
        $(#[doc = $doc:literal])+
        $(#[clap($($clap:tt)*)])?
        $name:ident: $type:ty = $default:expr, $env:literal;
    )*) => {
        /// Every setting, with its value in force.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Config {
            $($(#[doc = $doc])+ pub $name: $type,)*
        }

        impl Default for Config {
            fn default() -> Self {
                Self { $($name: $default,)* }
            }
        }

        /// The settings as flags and environment variables give them: what is not given is `None`.
        #[derive(Debug, Clone, Default, Args)]
        #[command(next_help_heading = "Settings")]
        pub struct Settings {
            $(
                $(#[doc = $doc])+
                #[arg(long, env = $env)]
                $(#[arg($($clap)*)])?
                pub $name: Option<$type>,
            )*
        }

        impl Settings {
            /// What is given here instead of what `config` says.
            fn over(self, config: &mut Config) {
                $(if let Some(value) = self.$name { config.$name = value; })*
            }
        }

        /// Name, environment variable and description of each setting, in order.
        pub const SETTINGS: &[(&str, &str, &str)] =
            &[$((stringify!($name), $env, concat!($($doc),+)),)*];
    };
}

settings! {
    /// Address and port to listen on
    #[clap(value_name = "ADDRESS:PORT")]
    listen: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8080)), "NEWS_LISTEN";
    /// Threads that read pages; 0: one a processor
    workers: usize = 0, "NEWS_WORKERS";
    /// Requests that may wait for a worker; more are answered 503
    queue: usize = 256, "NEWS_QUEUE";
    /// Bytes of one body, as sent and unpacked; more are answered 413
    max_body: usize = 10 << 20, "NEWS_MAX_BODY";
    /// Bytes of all bodies held at once; more are answered 503
    bytes_in_flight: usize = 128 << 20, "NEWS_BYTES_IN_FLIGHT";
    /// Connections held at once; more wait to be accepted
    max_connections: usize = 8192, "NEWS_MAX_CONNECTIONS";
    /// Batches answered at once; more are answered 503
    max_batches: usize = 8, "NEWS_MAX_BATCHES";
    /// Seconds for the header of a request, from its first byte or the start of the connection
    header_timeout: u64 = 10, "NEWS_HEADER_TIMEOUT";
    /// Seconds for the body of a request; for a batch, between two pieces of it
    body_timeout: u64 = 30, "NEWS_BODY_TIMEOUT";
    /// Milliseconds a request may wait for a worker; then it is answered 503
    queue_timeout_ms: u64 = 1200, "NEWS_QUEUE_TIMEOUT_MS";
    /// Seconds for the work on one page, once it is begun
    work_timeout: u64 = 20, "NEWS_WORK_TIMEOUT";
    /// Seconds a connection may be idle between requests
    idle_timeout: u64 = 75, "NEWS_IDLE_TIMEOUT";
    /// Seconds a client may take no byte of an answer
    write_timeout: u64 = 30, "NEWS_WRITE_TIMEOUT";
    /// Seconds to finish accepted requests after SIGTERM or SIGINT
    grace: u64 = 25, "NEWS_GRACE";
    /// Fetch the pages that requests name by address alone
    #[clap(num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    allow_fetch: bool = false, "NEWS_ALLOW_FETCH";
    /// Addresses that may be fetched though they are not public, at any port
    #[clap(value_delimiter = ',', num_args = 1.., value_name = "IP,...")]
    fetch_exceptions: Vec<IpAddr> = Vec::new(), "NEWS_FETCH_EXCEPTIONS";
    /// Fetch without asking robots.txt
    #[clap(num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    ignore_robots: bool = false, "NEWS_IGNORE_ROBOTS";
    /// How fetches introduce themselves; should name somebody to write to
    user_agent: String = news_io::fetch::FetchOptions::default().user_agent, "NEWS_USER_AGENT";
    /// File of API keys, one a line (`#` starts a comment); none: no key is asked for
    #[clap(value_name = "FILE")]
    keys_file: PathBuf = PathBuf::new(), "NEWS_KEYS_FILE";
    /// Requests a minute for each key, or each client address without keys; 0: no limit
    rate: u64 = 0, "NEWS_RATE";
    /// Requests that a client may make at once before the rate counts
    burst: u64 = 60, "NEWS_BURST";
    /// Client addresses are read from X-Forwarded-For: only behind a proxy that sets it
    #[clap(num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    trust_forwarded: bool = false, "NEWS_TRUST_FORWARDED";
    /// How log lines look
    log: LogFormat = LogFormat::Json, "NEWS_LOG";
}

/// The command line of the service.
#[derive(Debug, Clone, Default, Args)]
pub struct ServeArgs {
    /// Configuration file (TOML); its keys are the settings below, with `_` for `-`
    #[arg(long, env = "NEWS_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print the configuration in force as TOML, and end
    #[arg(long)]
    pub print_config: bool,
    /// The settings.
    #[command(flatten)]
    pub settings: Settings,
}

impl ServeArgs {
    /// The configuration in force.
    ///
    /// # Errors
    /// When the file cannot be read or a value makes no sense.
    pub fn config(self) -> Result<Config, ConfigError> {
        let mut config = match self.config {
            None => Config::default(),
            Some(path) => match fs::read_to_string(&path) {
                Err(error) => return Err(ConfigError::File { path, error }),
                Ok(text) => {
                    toml::from_str(&text).map_err(|error| ConfigError::Toml { path, error })?
                }
            },
        };
        self.settings.over(&mut config);
        config.check()?;
        Ok(config)
    }
}

impl Config {
    /// Values that would make the service refuse everything.
    fn check(&self) -> Result<(), ConfigError> {
        let positive = [
            ("max_body", self.max_body as u64),
            ("bytes_in_flight", self.bytes_in_flight as u64),
            ("max_connections", self.max_connections as u64),
            ("max_batches", self.max_batches as u64),
            ("header_timeout", self.header_timeout),
            ("body_timeout", self.body_timeout),
            ("queue_timeout_ms", self.queue_timeout_ms),
            ("work_timeout", self.work_timeout),
            ("idle_timeout", self.idle_timeout),
            ("write_timeout", self.write_timeout),
            ("burst", self.burst),
        ];
        match positive.into_iter().find(|(_, value)| *value == 0) {
            Some((name, _)) => Err(ConfigError::Value(format!("{name} must be more than 0"))),
            None if self.bytes_in_flight < self.max_body => {
                Err(ConfigError::Value("bytes_in_flight must be at least max_body".to_owned()))
            }
            None => Ok(()),
        }
    }

    /// The configuration as TOML.
    #[must_use]
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// Threads that read pages.
    pub(crate) fn workers(&self) -> usize {
        let all = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
        if self.workers == 0 { all } else { self.workers }
    }

    pub(crate) fn body_timeout(&self) -> Duration {
        Duration::from_secs(self.body_timeout)
    }

    pub(crate) fn waits(&self) -> Waits {
        Waits {
            queue: Duration::from_millis(self.queue_timeout_ms),
            work: Duration::from_secs(self.work_timeout),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_configuration_reads_back() {
        let config = Config { workers: 3, allow_fetch: true, ..Config::default() };
        assert_eq!(toml::from_str::<Config>(&config.to_toml()).expect("read"), config);
    }

    #[test]
    fn flags_go_before_the_file_and_the_file_before_defaults() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("news.toml");
        fs::write(&path, "workers = 3\nqueue = 7\n").expect("written");
        let settings = Settings { queue: Some(9), ..Settings::default() };
        let args = ServeArgs { config: Some(path.clone()), settings, ..ServeArgs::default() };
        let config = args.config().expect("a configuration");
        assert_eq!((config.workers, config.queue, config.max_body), (3, 9, 10 << 20));

        fs::write(&path, "wrokers = 3\n").expect("written");
        let args = ServeArgs { config: Some(path), ..ServeArgs::default() };
        let error = args.config().expect_err("an unknown key").to_string();
        assert!(error.contains("wrokers"), "{error}");
    }

    #[test]
    fn values_that_refuse_everything_are_refused() {
        let settings = Settings { max_body: Some(0), ..Settings::default() };
        let error = ServeArgs { settings, ..ServeArgs::default() }.config();
        assert_eq!(error.expect_err("no body").to_string(), "max_body must be more than 0");
    }
}
