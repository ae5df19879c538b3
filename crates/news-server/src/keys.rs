//! API keys: from a file or the environment, compared in constant time, kept only as digests.

use std::env;
use std::fs;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use ring::digest::{SHA256, digest};
use subtle::ConstantTimeEq;

use crate::config::{Config, ConfigError};

/// Environment variable with keys, parted by commas. No setting, so that `--print-config` cannot
/// show it and no process list does.
pub const KEYS_VARIABLE: &str = "NEWS_API_KEYS";

/// Characters a key has at least.
const MIN_LENGTH: usize = 16;

/// The keys that are known. None: everybody may ask.
#[derive(Debug, Default)]
pub(crate) struct Keys(Vec<Vec<u8>>);

impl Keys {
    /// Reads the keys of the file and of the environment.
    pub(crate) fn load(config: &Config) -> Result<Self, ConfigError> {
        let path = &config.keys_file;
        let file = if path.as_os_str().is_empty() {
            String::new()
        } else {
            let file = fs::read_to_string(path);
            file.map_err(|error| ConfigError::File { path: path.clone(), error })?
        };
        let variable = env::var(KEYS_VARIABLE).unwrap_or_default();
        let keys = Self::of(file.lines().chain(variable.split(',')))?;
        if keys.0.is_empty() && !path.as_os_str().is_empty() {
            let message = format!("{}: no key in this file", path.display());
            return Err(ConfigError::Value(message));
        }
        Ok(keys)
    }

    fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Self, ConfigError> {
        let keys = lines.map(|line| line.split('#').next().unwrap_or_default().trim());
        let keys: Vec<_> = keys.filter(|key| !key.is_empty()).collect();
        if keys.iter().any(|key| key.len() < MIN_LENGTH) {
            let message = format!("an API key has fewer than {MIN_LENGTH} characters");
            return Err(ConfigError::Value(message));
        }
        Ok(Self(keys.into_iter().map(hash).collect()))
    }

    /// Whether no key is asked for.
    pub(crate) fn is_open(&self) -> bool {
        self.0.is_empty()
    }

    /// The place of the key that the request shows. Every key is compared, whatever came before.
    pub(crate) fn find(&self, headers: &HeaderMap) -> Option<usize> {
        let shown = hash(shown(headers)?);
        let mut found = None;
        for (at, key) in self.0.iter().enumerate() {
            if bool::from(key.ct_eq(&shown)) {
                found = Some(at);
            }
        }
        found
    }
}

fn hash(key: &str) -> Vec<u8> {
    digest(&SHA256, key.as_bytes()).as_ref().to_vec()
}

/// `Authorization: Bearer KEY` or `X-API-Key: KEY`.
fn shown(headers: &HeaderMap) -> Option<&str> {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| {
        let (scheme, key) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
    });
    bearer.or_else(|| headers.get("x-api-key")?.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_by_either_header() {
        let lines = "first-key-of-two-x # ours\n\n# nobody\nsecond-key-of-two".lines();
        let keys = Keys::of(lines).expect("keys");
        let find = |name: &'static str, value: &'static str| {
            keys.find(&HeaderMap::from_iter([(
                name.parse().expect("a name"),
                value.parse().expect("a value"),
            )]))
        };
        assert_eq!(find("authorization", "bearer first-key-of-two-x"), Some(0));
        assert_eq!(find("x-api-key", "second-key-of-two"), Some(1));
        assert_eq!(find("x-api-key", "second-key-of-tw"), None);
        assert_eq!(find("authorization", "Basic second-key-of-two"), None);
        assert!(!keys.is_open() && keys.find(&HeaderMap::new()).is_none());
        assert!(Keys::of("short".lines()).is_err());
    }
}
