//! JUnit's XML, as CI servers read it: a suite for each test file, a case for each case. Only what the schema of Jenkins'
//! JUnit plug-in knows is written, which is what the strictest readers take (`tests/formats.rs`).

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
    let mut suite = TestSuite::new(xml(&file.file));
    if let Some(error) = &file.error {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(xml(&failure::file_error(&file.file, error, lang))).set_type("error");
        let mut case = TestCase::new(xml(&file.file), status);
        case.set_classname(xml(&file.file));
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
            status.set_message(first(report, lang)).set_type("failure").set_description(xml(&lines.join("\n")));
            status
        }
        CaseOutcome::Todo => {
            let mut status = TestCaseStatus::skipped();
            let reason = report.todo.as_deref().unwrap_or_default();
            status.set_message(xml(format!("{}: {reason}", words::TODO.say(lang)).trim_end_matches(": ")));
            status
        }
        CaseOutcome::NotRun => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(words::NOT_RUN.say(lang));
            status
        }
    };
    let mut case = TestCase::new(xml(&report.name), status);
    case.set_classname(xml(&file.file));
    if report.outcome == CaseOutcome::TodoPassed {
        case.set_system_out(words::TODO_PASSED.say(lang));
    }
    case
}

/// The first expectation that is not met, in a line.
fn first(report: &CaseReport, lang: Lang) -> String {
    let Some(failure) = report.failures.first() else { return String::new() };
    let Some(mismatch) = failure.mismatches.first() else { return xml(&failure.input) };
    let name = words::expectation(mismatch.expectation).say(lang);
    if failure.input.is_empty() { name.to_owned() } else { xml(&format!("{}: {name}", failure.input)) }
}

/// A text without what no XML may hold: "Extensible Markup Language", 2.2, `Char`.
fn xml(text: &str) -> String {
    let allowed = |c: char| matches!(c, '\n' | '\t') || (!c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().map(|c| if allowed(c) { c } else { '·' }).collect()
}
