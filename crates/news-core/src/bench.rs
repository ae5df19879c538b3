//! Stages by themselves, for the benchmarks.

use crate::{Error, Limits, Source, decode, dom};

/// Decodes and parses a page; gives the number of nodes of its tree.
///
/// # Errors
/// As [`extract`](crate::extract).
pub fn parse(source: &Source<'_>, limits: &Limits) -> Result<usize, Error> {
    let input = decode::decode(source, limits)?;
    Ok(dom::parse(&input.text, limits).dom.len())
}

/// Decodes a page and cuts it into tokens; gives their number.
///
/// # Errors
/// As [`extract`](crate::extract).
pub fn tokens(source: &Source<'_>, limits: &Limits) -> Result<usize, Error> {
    let input = decode::decode(source, limits)?;
    Ok(dom::tokens::count(&input.text, limits))
}
