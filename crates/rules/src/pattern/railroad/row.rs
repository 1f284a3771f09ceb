//! Blocks one after another; where they need more room than there is, they go on below.

use postproof_model::drawing::RADIUS;

use super::block::{Block, GAP, Kind, ROW_GAP};

/// Blocks one after another, in as few rows as the limit allows. `whole` says that they are the whole diagram, which may
/// end at the end of its last row; otherwise a rail leads back up to the first.
pub(super) fn rows(blocks: Vec<Block>, limit: i32, whole: bool) -> Block {
    let total: i32 = blocks.iter().map(|block| block.width + GAP).sum::<i32>() - GAP;
    if total <= limit || blocks.len() < 2 {
        return row(blocks);
    }
    // The rails to the next row take some room at both ends.
    let limit = limit - 4 * RADIUS;
    let mut rows: Vec<Vec<Block>> = Vec::new();
    let mut room = 0;
    for block in blocks {
        room -= block.width + GAP;
        match rows.last_mut() {
            // The last dot never stands alone.
            Some(last) if room >= 0 || matches!(block.kind, Kind::Dot(_)) => last.push(block),
            _ => {
                room = limit - block.width;
                rows.push(vec![block]);
            }
        }
    }
    let rows: Vec<Block> = rows.into_iter().map(row).collect();
    let width = rows.iter().map(|row| row.width).max().unwrap_or_default() + 4 * RADIUS;
    let up = rows.first().map_or(0, |row| row.up);
    let lines = row_lines(&rows);
    let down = rows.last().zip(lines.last()).map_or(0, |(row, line)| line + row.down);
    Block { width, up, down, kind: Kind::Rows { rows, whole } }
}

fn row(blocks: Vec<Block>) -> Block {
    Block {
        width: blocks.iter().map(|block| block.width + GAP).sum::<i32>() - if blocks.is_empty() { 0 } else { GAP },
        up: blocks.iter().map(|block| block.up).max().unwrap_or(1),
        down: blocks.iter().map(|block| block.down).max().unwrap_or(1),
        kind: Kind::Row(blocks),
    }
}

/// How far below the first each row's middle line is. Between two rows runs the rail from one to the next.
pub(super) fn row_lines(rows: &[Block]) -> Vec<i32> {
    let mut lines = Vec::with_capacity(rows.len());
    let mut y = 0;
    let mut bottom = 0;
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            y = (bottom + 2 * ROW_GAP + row.up).max(y + 4 * RADIUS);
        }
        lines.push(y);
        bottom = y + row.down;
    }
    lines
}
