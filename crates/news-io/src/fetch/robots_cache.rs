//! The rules of the sites asked lately.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{FetchError, Outcome};
use crate::coding::unpack;
use crate::robots::Robots;

/// Sites whose rules are kept; beyond, all are forgotten.
const MAX_SITES: usize = 128;

/// How long rules are believed. RFC 9309 allows a day.
const LIFETIME: Duration = Duration::from_hours(1);

/// Bytes of a robots.txt that are read: the least that RFC 9309 asks for.
const MAX_BYTES: usize = 500 << 10;

/// Bytes that a robots.txt may unpack to; a larger one is taken for none.
const MAX_UNPACKED: usize = 10 << 20;

#[derive(Debug, Default)]
pub(super) struct RobotsCache(Mutex<BTreeMap<String, (Instant, Robots)>>);

impl RobotsCache {
    /// What is known of `site` says about `path`; `None` where nothing is.
    pub(super) fn allows(&self, site: &str, path: &str) -> Option<bool> {
        let sites = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, robots) = sites.get(site)?;
        (since.elapsed() < LIFETIME).then(|| robots.allows(path))
    }

    pub(super) fn keep(&self, site: &str, robots: Robots) {
        let mut sites = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sites.len() >= MAX_SITES {
            sites.clear();
        }
        sites.insert(site.to_owned(), (Instant::now(), robots));
    }
}

/// What came of asking for robots.txt, as RFC 9309 reads it: no such file allows everything, a
/// site in trouble nothing.
pub(super) fn judge(got: Result<Outcome, FetchError>, agent: &str) -> Result<Robots, FetchError> {
    match got {
        Ok(Outcome::Page(page)) => {
            let bytes = unpack(&page.bytes, page.coding, MAX_UNPACKED);
            let bytes = bytes.unwrap_or_default();
            let bytes = bytes.get(..MAX_BYTES).unwrap_or(&bytes);
            Ok(Robots::parse(&String::from_utf8_lossy(bytes), agent))
        }
        Ok(Outcome::NotModified)
        | Err(FetchError::Status(400..=499) | FetchError::Redirects(_) | FetchError::TooLarge(_)) => {
            Ok(Robots::default())
        }
        Err(FetchError::Status(_)) => Ok(Robots::closed()),
        Err(error) => Err(error),
    }
}
