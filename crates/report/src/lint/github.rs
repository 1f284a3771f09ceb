//! GitHub's annotations, in the files of a pull request.

use std::io::{Result, Write};

use postproof_model::Severity;
use postproof_model::lint::LintReport;
use postproof_words::{Lang, lint as words};

use crate::github::annotation;

/// Writes the report.
///
/// # Errors
///
/// What writing to `out` gives.
pub fn write(out: &mut impl Write, report: &LintReport, lang: Lang) -> Result<()> {
    for (file, finding) in report.findings() {
        let level = match finding.diagnostic.severity() {
            Severity::Error => "error",
            Severity::Warning | Severity::Hint => "warning",
            Severity::Unknown => "notice",
        };
        let code = finding.diagnostic.problem.code();
        let title = format!("{} {}", code.code(), code.name());
        let line = finding.diagnostic.place.line.max(1);
        annotation(out, level, &file.file, line, &title, &super::message(finding, lang))?;
    }
    writeln!(out, "{}", words::summary(report, lang))
}
