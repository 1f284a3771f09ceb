//! GitHub's workflow commands: an annotation at the case that fails, in the files of a pull request.
//! "Workflow commands for GitHub Actions", setting an error message.

use std::io::{Result, Write};

use postproof_model::report::{CaseOutcome, Report};
use postproof_words::{Lang, suite as words};

use crate::failure;
use crate::marked::printable;

/// Writes the report.
///
/// # Errors
///
/// What writing to `out` gives.
pub fn write(out: &mut impl Write, report: &Report, lang: Lang) -> Result<()> {
    for file in &report.files {
        if let Some(error) = &file.error {
            let text = failure::file_error(&file.file, error, lang);
            annotation(out, "error", &file.file, error.line.max(1), "postproof", &text)?;
        }
        for case in &file.cases {
            match case.outcome {
                CaseOutcome::Failed => {
                    let text = failure::lines(case, lang).join("\n");
                    annotation(out, "error", &file.file, case.line, &case.name, &text)?;
                }
                CaseOutcome::TodoPassed => {
                    let text = words::TODO_PASSED.say(lang);
                    annotation(out, "notice", &file.file, case.line, &case.name, text)?;
                }
                CaseOutcome::Passed | CaseOutcome::Todo | CaseOutcome::NotRun => {}
            }
        }
    }
    crate::coverage::summary(out, report, lang)?;
    writeln!(out, "{}", words::summary(&report.counts(), lang))
}

/// Writes one annotation.
pub(crate) fn annotation(
    out: &mut impl Write,
    level: &str,
    file: &str,
    line: usize,
    title: &str,
    text: &str,
) -> Result<()> {
    let (file, title) = (property(file), property(title));
    writeln!(out, "::{level} file={file},line={line},title={title}::{}", data(text))
}

/// What stands after the second pair of colons.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands before it: what nobody means is left out, and what separates is escaped.
fn property(text: &str) -> String {
    data(&printable(text.as_bytes())).replace(':', "%3A").replace(',', "%2C")
}
