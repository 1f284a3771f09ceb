//! Which rule lines fired, in the format that lcov(1) and most coverage services read: geninfo(1), "FILES".

use std::io::{Result, Write};

use postproof_model::report::Report;

use crate::marked::printable;

/// Writes the tables that are files of their own; the line of a rule is its first.
///
/// # Errors
///
/// What writing to `out` gives.
pub fn write(out: &mut impl Write, report: &Report) -> Result<()> {
    for table in report.coverage.iter().filter(|table| table.is_file) {
        writeln!(out, "TN:postproof")?;
        writeln!(out, "SF:{}", printable(table.table.as_bytes()))?;
        for rule in &table.rules {
            writeln!(out, "DA:{},{}", rule.lines.first, rule.hits)?;
        }
        writeln!(out, "LF:{}\nLH:{}\nend_of_record", table.rules.len(), table.fired())?;
    }
    Ok(())
}
