//! Texts of several lines, compared line by line.

use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use crate::marked::printable;

/// The longest texts that are compared, in bytes: beyond, nobody reads the difference.
const MAX_BYTES: usize = 1 << 20;
/// How long the comparison may take; after that it is coarser.
const TIME: Duration = Duration::from_millis(500);
/// The most lines that are shown.
const LINES: usize = 200;

/// The lines that differ, with two lines around each: `-` before those expected, `+` before those that are there.
#[must_use]
pub fn lines(expected: &str, actual: &str) -> Vec<String> {
    if expected.len().max(actual.len()) > MAX_BYTES {
        return Vec::new();
    }
    let diff = TextDiff::configure().timeout(TIME).diff_lines(expected, actual);
    let mut lines = Vec::new();
    for (index, group) in diff.grouped_ops(2).iter().enumerate() {
        if index > 0 {
            lines.push("…".to_owned());
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            let line = change.value();
            let line = line.strip_suffix('\n').unwrap_or(line);
            lines.push(format!("{sign} {}", printable(line.as_bytes())).trim_end().to_owned());
            if lines.len() >= LINES {
                lines.push("…".to_owned());
                return lines;
            }
        }
    }
    lines
}
