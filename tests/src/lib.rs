//! What the tests share: the fixture pages, an article as a sheet to be judged by eye, and the
//! properties that every article has.

mod fixture;
mod sheet;
mod soundness;

pub use fixture::{Fixture, pages_folder, root};
pub use sheet::sheet;
pub use soundness::read_soundly;

/// The example of `README.md`, compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
