//! Reading: what a story's text says, as ranges into it.

mod prose;
mod sentence;
pub mod time;

pub use prose::{Paragraph, ParagraphKind, Prose};
pub use sentence::sentences;
