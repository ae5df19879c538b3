//! Reading: what a story's text says, as ranges into it.

mod sentence;
pub mod time;

pub use sentence::sentences;
