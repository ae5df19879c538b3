//! Every format over every block kind: snapshots, and properties over hostile text.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod article;
mod properties;
mod schema;
mod snapshots;
