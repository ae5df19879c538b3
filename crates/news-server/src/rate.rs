//! Token buckets: so many requests a minute for each client, with bursts.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::state::Client;

/// Clients remembered. Beyond, those whose bucket is full again are forgotten, and if there are
/// none, all are.
const MAX_CLIENTS: usize = 10_000;

/// The buckets of all clients.
#[derive(Debug)]
pub(crate) struct Rates {
    /// Tokens a second; 0: no limit.
    rate: f64,
    /// Tokens of a full bucket.
    burst: f64,
    buckets: Mutex<BTreeMap<Client, Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

/// What a client has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Left {
    /// Requests it may make at once.
    pub(crate) requests: u64,
    /// Seconds until the bucket is full again.
    pub(crate) full_in: u64,
}

impl Rates {
    /// `per_minute` requests, `burst` of them at once.
    pub(crate) fn new(per_minute: u64, burst: u64) -> Self {
        let buckets = Mutex::default();
        Self { rate: per_minute as f64 / 60.0, burst: burst as f64, buckets }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.rate == 0.0
    }

    /// The limit as the header `RateLimit-Policy` states it: a full bucket, and how long one takes
    /// to fill.
    pub(crate) fn policy(&self) -> String {
        format!("\"default\";q={};w={}", self.burst, (self.burst / self.rate).ceil())
    }

    /// Takes a token of `client`, or says how long until there is one.
    pub(crate) fn take(&self, client: Client, now: Instant) -> Result<Left, Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_CLIENTS && !buckets.contains_key(&client) {
            buckets.retain(|_, bucket| self.filled(*bucket, now) < self.burst);
            if buckets.len() >= MAX_CLIENTS {
                buckets.clear();
            }
        }
        let full = Bucket { tokens: self.burst, at: now };
        let bucket = buckets.entry(client).or_insert(full);
        *bucket = Bucket { tokens: self.filled(*bucket, now), at: now };
        if bucket.tokens < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - bucket.tokens) / self.rate));
        }
        bucket.tokens -= 1.0;
        let missing = self.burst - bucket.tokens;
        Ok(Left { requests: bucket.tokens as u64, full_in: (missing / self.rate).ceil() as u64 })
    }

    fn filled(&self, bucket: Bucket, now: Instant) -> f64 {
        let seconds = now.saturating_duration_since(bucket.at).as_secs_f64();
        (bucket.tokens + seconds * self.rate).min(self.burst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_the_rate() {
        let rates = Rates::new(60, 3);
        let (client, start) = (Client::Key(0), Instant::now());
        let at = |seconds: f64| start + Duration::from_secs_f64(seconds);
        for requests in [2, 1, 0] {
            assert_eq!(rates.take(client, start).map(|left| left.requests), Ok(requests));
        }
        assert_eq!(rates.take(client, start), Err(Duration::from_secs(1)));
        assert_eq!(rates.take(client, at(0.75)), Err(Duration::from_millis(250)));
        assert_eq!(rates.take(client, at(1.0)), Ok(Left { requests: 0, full_in: 3 }));
        assert_eq!(rates.take(Client::Key(1), at(1.0)).map(|left| left.requests), Ok(2));
        assert_eq!(rates.take(client, at(99.0)).map(|left| left.requests), Ok(2));
        assert_eq!(rates.policy(), "\"default\";q=3;w=3");
    }

    #[test]
    fn memory_of_clients_is_bounded() {
        let rates = Rates::new(60, 3);
        let now = Instant::now();
        for n in 0..3 * MAX_CLIENTS {
            let _ = rates.take(Client::Key(n), now);
        }
        assert!(rates.buckets.lock().expect("buckets").len() <= MAX_CLIENTS);
    }
}
