//! Text to tree. Nothing else knows the parser.

use super::Dom;
use super::builder::{Builder, GuardLimits, GuardReport};
use super::tokenizer::{TokenizerLimits, TokenizerReport, tokenize};
use crate::error::{Warning, WarningCode};
use crate::options::Limits;

/// The tree, and what the limits cut.
#[derive(Debug)]
pub(crate) struct Parsed<'t> {
    pub(crate) dom: Dom<'t>,
    pub(crate) warnings: Vec<Warning>,
    /// Open elements that tags may have made the tree builder look through.
    pub(crate) searched: usize,
}

/// Parses any text below 4 GiB; never fails.
pub(crate) fn parse<'t>(text: &'t str, limits: &Limits) -> Parsed<'t> {
    let guard_limits = GuardLimits {
        depth: limits.depth,
        nodes: limits.nodes,
        formatting: limits.formatting,
        search: limits.search,
    };
    let mut builder = Builder::new(text, true, guard_limits);
    let tokenizer_limits = TokenizerLimits { max_attributes: limits.attributes };
    let tokenizer_report = tokenize(&mut builder, &tokenizer_limits);
    let (dom, guard_report, searched) = builder.finish();
    let warnings = warnings(&tokenizer_report, &guard_report, limits);
    Parsed { dom, warnings, searched }
}

fn warnings(tokenizer: &TokenizerReport, guard: &GuardReport, limits: &Limits) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |code, message| warnings.push(Warning::new(code, message));
    if guard.flattened > 0 {
        let (count, depth) = (guard.flattened, limits.depth);
        warn(
            WarningCode::DepthLimit,
            format!("{count} elements near or below depth {depth} were flattened"),
        );
    }
    if guard.unformatted > 0 {
        let count = guard.unformatted;
        warn(
            WarningCode::FormattingLimit,
            format!("{count} formatting elements were not opened: too many were open"),
        );
    }
    if let Some(at) = guard.ignored_tags_from {
        let depth = limits.depth;
        warn(
            WarningCode::DepthLimit,
            format!("too many tags near or below depth {depth}: tags after byte {at} were ignored"),
        );
    }
    if let Some(at) = guard.truncated_at {
        let nodes = limits.nodes;
        warn(
            WarningCode::NodeLimit,
            format!("the tree has {nodes} nodes: what comes after byte {at} was not read"),
        );
    }
    if tokenizer.dropped_attributes > 0 {
        let (count, limit) = (tokenizer.dropped_attributes, limits.attributes);
        warn(
            WarningCode::AttributeLimit,
            format!("{count} attributes after the first {limit} of a tag were dropped"),
        );
    }
    if tokenizer.unfinished_tag_bytes > 0 {
        let count = tokenizer.unfinished_tag_bytes;
        warn(
            WarningCode::UnfinishedTag,
            format!("the page ends within a tag: its last {count} bytes were not read"),
        );
    }
    if guard.repeated_roots > 0 {
        let count = guard.repeated_roots;
        warn(
            WarningCode::AttributeLimit,
            format!("the attributes of {count} repeated html or body tags were dropped"),
        );
    }
    warnings
}
