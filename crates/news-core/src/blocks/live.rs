//! Entries of a live blog: timed, each with its own heading and blocks.

use super::Page;
use crate::article::{Block, BlockKind};
use crate::content::{MIN_ENTRIES, holder_of, live_holders};
use crate::dom::{NodeId, Tag, collapse, local_name};

/// Gathers the blocks of each entry. `nodes` holds the first node of each block.
pub(super) fn entries(page: &Page<'_>, blocks: Vec<Block>, nodes: &[NodeId]) -> Vec<Block> {
    let holders = live_holders(page.dom, page.story.root);
    if holders.len() < MIN_ENTRIES {
        return blocks;
    }
    let mut out: Vec<Block> = Vec::new();
    let mut open: Option<NodeId> = None;
    for (block, node) in blocks.into_iter().zip(nodes) {
        let holder = holder_of(page.dom, &holders, *node);
        match (holder, out.last_mut()) {
            (Some(h), Some(entry)) if open == Some(h) => add(entry, block),
            (Some(h), _) => out.push(entry(page, h, block)),
            (None, _) => out.push(block),
        }
        open = holder;
    }
    out
}

fn entry(page: &Page<'_>, holder: NodeId, first: Block) -> Block {
    let dom = page.dom;
    let time = dom
        .first(holder, Tag::Time)
        .map(|t| dom.attr(t, local_name!("datetime")).map_or_else(|| dom.inner_text(t), collapse));
    let source = first.source.clone();
    let mut entry =
        Block { kind: BlockKind::LiveEntry { time, heading: None, blocks: Vec::new() }, source };
    add(&mut entry, first);
    entry
}

/// Adds a block to an entry: a heading that comes first is the entry's own.
fn add(entry: &mut Block, block: Block) {
    let BlockKind::LiveEntry { heading, blocks, .. } = &mut entry.kind else { return };
    match block.kind {
        BlockKind::Heading { text, .. } if heading.is_none() && blocks.is_empty() => {
            *heading = Some(text.text);
        }
        _ => blocks.push(block),
    }
}
