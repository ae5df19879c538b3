//! Tables of data, told from tables that lay out a page.

use super::Page;
use crate::article::{BlockKind, Cell, Text};
use crate::dom::{NodeId, Tag, local_name};

/// Rows and columns from which a table without header cells is data.
const MIN_ROWS: usize = 2;
/// Mean units of a cell above which a table is layout.
const MAX_MEAN_CELL: u32 = 200;

/// Whether a table holds data: header cells or a caption, or a grid of short cells; never one with
/// another table inside, and never one that holds most of the page.
pub(crate) fn is_data(page: &Page<'_>, table: NodeId) -> bool {
    let dom = page.dom;
    let below = |tag: Tag| dom.below(table).filter(move |id| dom.tag(*id) == tag).count();
    if below(Tag::Table) > 0 || dom.contains(table, page.story.root) {
        return false;
    }
    let (rows, cells) = (below(Tag::Tr), below(Tag::Td) + below(Tag::Th));
    if rows < MIN_ROWS || cells < 2 * rows {
        return false;
    }
    let prose = page.measures.prose[table as usize] / cells.max(1) as u32;
    prose <= MAX_MEAN_CELL
}

/// Cells of the tables of a story.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Cells so far, those of rows that were left out among them.
    pub(crate) cells: usize,
    /// Cells that span more columns than the limit.
    pub(crate) narrowed: usize,
}

/// Reads the rows of a data table, as long as there are not too many cells, and counts.
pub(crate) fn read(page: &Page<'_>, table: NodeId, tally: &mut Tally) -> BlockKind {
    let dom = page.dom;
    let caption =
        dom.first(table, Tag::Caption).map(|id| dom.inner_text(id)).filter(|c| !c.is_empty());
    let rows = dom
        .below(table)
        .filter(|id| dom.tag(*id) == Tag::Tr)
        .map(|row| {
            let cells = dom.children(row).filter_map(|cell| read_cell(page, cell, tally));
            cells.collect::<Vec<_>>()
        })
        .filter(|row| row.iter().any(|c| !c.text.is_empty()))
        .collect();
    BlockKind::Table { caption, rows }
}

fn read_cell(page: &Page<'_>, id: NodeId, tally: &mut Tally) -> Option<Cell> {
    let header = match page.dom.tag(id) {
        Tag::Th => true,
        Tag::Td => false,
        _ => return None,
    };
    tally.cells += 1;
    if tally.cells > page.limits.table_cells {
        return None;
    }
    let span =
        page.dom.attr(id, local_name!("colspan")).and_then(|v| v.trim().parse::<usize>().ok());
    let limit = page.limits.table_columns.max(1);
    let columns = span.unwrap_or(1).clamp(1, limit);
    tally.narrowed += usize::from(span.is_some_and(|span| span > limit));
    Some(Cell {
        header,
        columns: u16::try_from(columns).unwrap_or(u16::MAX),
        text: Text::plain(page.dom.inner_text(id)),
    })
}
