//! TAP, version 14: <https://testanything.org/tap-version-14-specification.html>.

use std::io::{Result, Write};

use postproof_model::report::{CaseOutcome, Report};
use postproof_words::{Lang, suite as words};

use crate::failure;
use crate::marked::printable;

/// Writes the report: one test for each case, and one that fails for each test file that could not be run.
///
/// # Errors
///
/// What writing to `out` gives.
pub fn write(out: &mut impl Write, report: &Report, lang: Lang) -> Result<()> {
    let count: usize = report.files.iter().map(|file| file.cases.len() + usize::from(file.error.is_some())).sum();
    writeln!(out, "TAP version 14\n1..{count}")?;
    let mut number = 0;
    for file in &report.files {
        if let Some(error) = &file.error {
            number += 1;
            writeln!(out, "not ok {number} - {}", escaped(&file.file))?;
            yaml(out, &[failure::file_error(&file.file, error, lang)])?;
        }
        for case in &file.cases {
            number += 1;
            let name = escaped(&format!("{}: {}", file.file, case.name));
            let (ok, directive) = match case.outcome {
                CaseOutcome::Passed => ("ok", String::new()),
                CaseOutcome::Failed => ("not ok", String::new()),
                CaseOutcome::Todo => {
                    ("not ok", format!(" # TODO {}", escaped(case.todo.as_deref().unwrap_or_default())))
                }
                CaseOutcome::TodoPassed => ("ok", format!(" # TODO {}", words::TODO_PASSED.say(lang))),
                CaseOutcome::NotRun => ("ok", format!(" # SKIP {}", words::NOT_RUN.say(lang))),
            };
            writeln!(out, "{}", format!("{ok} {number} - {name}{directive}").trim_end())?;
            if matches!(case.outcome, CaseOutcome::Failed | CaseOutcome::Todo) {
                yaml(out, &failure::lines(case, lang))?;
            }
        }
    }
    Ok(())
}

/// A YAML block with the lines as they are.
fn yaml(out: &mut impl Write, lines: &[String]) -> Result<()> {
    writeln!(out, "  ---\n  message: |2-")?;
    for line in lines {
        writeln!(out, "{}", format!("      {line}").trim_end())?;
    }
    writeln!(out, "  ...")
}

/// A description: `#` begins a directive, and a backslash escapes.
fn escaped(text: &str) -> String {
    printable(text.as_bytes()).replace('\\', "\\\\").replace('#', "\\#")
}
