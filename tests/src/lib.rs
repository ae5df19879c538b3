//! What the tests share: the fixture pages, an article as a sheet to be judged by eye, the properties
//! that every article has, read or written, and the fuzz targets that look for one without.

mod fixture;
pub mod mutant;
pub mod seeds;
mod sheet;
mod soundness;
pub mod targets;
pub mod tree;
pub mod written;

pub use fixture::{Fixture, pages_folder, root};
pub use sheet::sheet;
pub use soundness::{read_soundly, read_text_soundly};

/// The example of `README.md`, compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
