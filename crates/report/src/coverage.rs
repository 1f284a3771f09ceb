//! Which rules fired, for people: in a few lines, and table by table.

use std::io::{Result, Write};

use postproof_model::report::{Report, RuleCoverage, TableCoverage};
use postproof_words::{Lang, suite as words};

use crate::failure::numbers;
use crate::marked::printable;

/// The percentage of rules that fired, rounded down to a tenth, so that 100 means all.
#[must_use]
pub fn percent(fired: usize, count: usize) -> String {
    let tenths = (fired * 1000).checked_div(count).unwrap_or(1000);
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// How many rules fired, and the lines of those that never did. Nothing where there are no rules.
///
/// # Errors
///
/// What writing to `out` gives.
pub fn summary(out: &mut impl Write, report: &Report, lang: Lang) -> Result<()> {
    let (fired, count) = report.rules();
    if count == 0 {
        return Ok(());
    }
    for table in &report.coverage {
        let never = table.rules.iter().filter(|rule| rule.hits == 0).map(|rule| rule.lines);
        let lines = numbers(never);
        if !lines.is_empty() {
            let text = words::NEVER_FIRED.fill(lang, &[("table", &table.table), ("lines", &lines)]);
            writeln!(out, "{}", printable(text.as_bytes()))?;
        }
    }
    writeln!(out, "{}", covered(fired, count, lang))
}

fn covered(fired: usize, count: usize, lang: Lang) -> String {
    let values = [("fired", &*fired.to_string()), ("count", &count.to_string()), ("percent", &percent(fired, count))];
    words::COVERED.fill(lang, &values)
}

/// Every table line by line, with how often each rule fired; `!` before those that never did.
///
/// # Errors
///
/// What writing to `out` gives.
pub fn listing(out: &mut impl Write, report: &Report, lang: Lang) -> Result<()> {
    for table in &report.coverage {
        let title = format!("{}: {}", table.table, covered(table.fired(), table.rules.len(), lang));
        writeln!(out, "{}", printable(title.as_bytes()))?;
        self::table(out, table)?;
        writeln!(out)?;
    }
    Ok(())
}

fn table(out: &mut impl Write, table: &TableCoverage) -> Result<()> {
    let mut rules = table.rules.iter().peekable();
    let source = table.source.strip_suffix(b"\n").unwrap_or(&table.source);
    for (index, line) in source.split(|&byte| byte == b'\n').enumerate() {
        let mut here = String::new();
        // A table in place of a file's name has several rules on its one line.
        while let Some(rule) = rules.next_if(|rule| rule.lines.first <= index + 1) {
            here = count(rule);
        }
        writeln!(out, "{}", format!("{here:>8} | {}", printable(line)).trim_end())?;
    }
    for rule in rules {
        writeln!(out, "{:>8} | {}", count(rule), printable(&rule.text))?;
    }
    Ok(())
}

fn count(rule: &RuleCoverage) -> String {
    if rule.hits == 0 { "! 0".to_owned() } else { rule.hits.to_string() }
}
