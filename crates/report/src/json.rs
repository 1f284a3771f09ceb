//! For programs: an object a line. Each case is one, each test file that could not be run is one, and the last says how
//! many cases ended in which way and which rules fired.

use std::io::{Result, Write};

use postproof_model::report::{CaseReport, Counts, FileError, Report};
use serde::Serialize;

#[derive(Serialize)]
struct Case<'a> {
    file: &'a str,
    #[serde(flatten)]
    case: &'a CaseReport,
}

#[derive(Serialize)]
struct Failed<'a> {
    file: &'a str,
    error: &'a FileError,
}

#[derive(Serialize)]
struct Last<'a> {
    summary: Counts,
    rules: usize,
    rules_fired: usize,
    coverage: Vec<Table<'a>>,
}

#[derive(Serialize)]
struct Table<'a> {
    table: &'a str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
struct Rule {
    line: usize,
    hits: u64,
}

/// Writes the report.
///
/// # Errors
///
/// What writing to `out` gives.
pub fn write(out: &mut impl Write, report: &Report) -> Result<()> {
    for file in &report.files {
        if let Some(error) = &file.error {
            writeln!(out, "{}", serde_json::to_string(&Failed { file: &file.file, error })?)?;
        }
        for case in &file.cases {
            writeln!(out, "{}", serde_json::to_string(&Case { file: &file.file, case })?)?;
        }
    }
    let (rules_fired, rules) = report.rules();
    let coverage = report.coverage.iter().map(|table| Table {
        table: &table.table,
        rules: table.rules.iter().map(|rule| Rule { line: rule.lines.first, hits: rule.hits }).collect(),
    });
    let last = Last { summary: report.counts(), rules, rules_fired, coverage: coverage.collect() };
    writeln!(out, "{}", serde_json::to_string(&last)?)
}
