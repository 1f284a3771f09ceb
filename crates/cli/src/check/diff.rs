//! What the rules changed in a message, line by line.

use std::io::Write;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use crate::marked;

/// The longest messages that are compared, in bytes: beyond, nobody reads the difference.
const MAX_BYTES: usize = 16 << 20;
/// How long the comparison may take; after that it is coarser.
const TIME: Duration = Duration::from_millis(500);

/// Writes the lines that differ, with two lines around each.
pub(super) fn write(out: &mut impl Write, before: &[u8], after: &[u8], indent: &str) -> std::io::Result<()> {
    if before.len().max(after.len()) > MAX_BYTES {
        return Ok(());
    }
    let diff = TextDiff::configure().timeout(TIME).diff_lines(before, after);
    for (index, group) in diff.grouped_ops(2).iter().enumerate() {
        if index > 0 {
            writeln!(out, "{indent}…")?;
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            let line = change.value();
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            // No blanks at the end of the line that an empty line makes.
            writeln!(out, "{}", format!("{indent}{sign} {}", marked::printable(line)).trim_end())?;
        }
    }
    Ok(())
}
