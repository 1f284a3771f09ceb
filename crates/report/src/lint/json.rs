//! For programs: an object a line, one for each finding, and a last one that counts them.

use std::io::{Result, Write};

use postproof_model::lint::{Edit, LintReport};
use postproof_model::{Code, Consequence, Problem, Severity};
use postproof_words::Lang;
use serde::Serialize;

#[derive(Serialize)]
struct Finding<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    last_line: usize,
    start: usize,
    end: usize,
    code: Code,
    name: &'static str,
    severity: Severity,
    consequence: Consequence,
    problem: &'a Problem,
    message: String,
    fix: &'a [Edit],
}

#[derive(Serialize)]
struct Last {
    findings: usize,
    files: usize,
    left_out: usize,
}

/// Writes the report. Offsets and columns count bytes; offsets from 0, lines and columns from 1.
///
/// # Errors
///
/// What writing to `out` gives.
pub fn write(out: &mut impl Write, report: &LintReport, lang: Lang) -> Result<()> {
    for (file, finding) in report.findings() {
        let place = &finding.diagnostic.place;
        let code = finding.diagnostic.problem.code();
        let line = Finding {
            file: &file.file,
            line: place.line,
            column: place.column,
            last_line: place.lines.last.max(place.line),
            start: place.span.start,
            end: place.span.end,
            code,
            name: code.name(),
            severity: finding.diagnostic.severity(),
            consequence: finding.diagnostic.consequence,
            problem: &finding.diagnostic.problem,
            message: super::message(finding, lang),
            fix: &finding.fix,
        };
        writeln!(out, "{}", serde_json::to_string(&line)?)?;
    }
    let last = Last { findings: report.findings().count(), files: report.files.len(), left_out: report.left_out() };
    writeln!(out, "{}", serde_json::to_string(&last)?)
}
