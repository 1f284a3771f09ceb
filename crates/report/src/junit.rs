//! JUnit's XML, as CI servers read it: a suite for each test file, a case for each case.

use std::io::{Error, Result, Write};

use postproof_model::report::{CaseOutcome, CaseReport, FileReport, Report};
use postproof_words::{Lang, suite as words};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use crate::failure;

/// Writes the report.
///
/// # Errors
///
/// What writing to `out` gives.
pub fn write(out: &mut impl Write, report: &Report, lang: Lang) -> Result<()> {
    let mut junit = quick_junit::Report::new("postproof");
    for file in &report.files {
        junit.add_test_suite(suite(file, lang));
    }
    junit.serialize(out).map_err(Error::other)
}

fn suite(file: &FileReport, lang: Lang) -> TestSuite {
    let mut suite = TestSuite::new(file.file.as_str());
    if let Some(error) = &file.error {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(failure::file_error(&file.file, error, lang)).set_type("error");
        let mut case = TestCase::new(file.file.as_str(), status);
        case.set_classname(file.file.as_str());
        suite.add_test_case(case);
    }
    suite.add_test_cases(file.cases.iter().map(|case| self::case(file, case, lang)));
    suite
}

fn case(file: &FileReport, report: &CaseReport, lang: Lang) -> TestCase {
    let status = match report.outcome {
        CaseOutcome::Passed | CaseOutcome::TodoPassed => TestCaseStatus::success(),
        CaseOutcome::Failed => {
            let lines = failure::lines(report, lang);
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(first(report, lang)).set_type("failure").set_description(lines.join("\n"));
            status
        }
        CaseOutcome::Todo => {
            let mut status = TestCaseStatus::skipped();
            let reason = report.todo.as_deref().unwrap_or_default();
            status.set_message(format!("{}: {reason}", words::TODO.say(lang)).trim_end_matches(": "));
            status
        }
        CaseOutcome::NotRun => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(words::NOT_RUN.say(lang));
            status
        }
    };
    let mut case = TestCase::new(report.name.as_str(), status);
    case.set_classname(file.file.as_str());
    if report.outcome == CaseOutcome::TodoPassed {
        case.set_system_out(words::TODO_PASSED.say(lang));
    }
    case.extra.insert("file".into(), file.file.as_str().into());
    case.extra.insert("line".into(), report.line.to_string().into());
    case
}

/// The first expectation that is not met, in a line.
fn first(report: &CaseReport, lang: Lang) -> String {
    let Some(failure) = report.failures.first() else { return String::new() };
    let Some(mismatch) = failure.mismatches.first() else { return failure.input.clone() };
    let name = words::expectation(mismatch.expectation).say(lang);
    if failure.input.is_empty() { name.to_owned() } else { format!("{}: {name}", failure.input) }
}
