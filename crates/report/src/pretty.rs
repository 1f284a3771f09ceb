//! For people: every case, and of those that fail why.

use std::io::{Result, Write};

use postproof_model::report::{CaseOutcome, CaseReport, Report};
use postproof_words::{Lang, suite as words};

use crate::marked::{printable, width};
use crate::{coverage, failure};

/// Writes the report.
///
/// # Errors
///
/// What writing to `out` gives.
pub fn write(out: &mut impl Write, report: &Report, lang: Lang) -> Result<()> {
    for file in &report.files {
        let title = if file.title.is_empty() { String::new() } else { format!(": {}", file.title) };
        writeln!(out, "{}", printable(format!("{}{title}", file.file).as_bytes()))?;
        if let Some(error) = &file.error {
            writeln!(out, "    {}", failure::file_error(&file.file, error, lang))?;
        }
        for case in &file.cases {
            self::case(out, case, lang)?;
        }
    }
    writeln!(out)?;
    coverage::summary(out, report, lang)?;
    writeln!(out, "{}", words::summary(&report.counts(), lang))
}

fn case(out: &mut impl Write, case: &CaseReport, lang: Lang) -> Result<()> {
    let words = [words::PASSED, words::FAILED, words::TODO, words::NOT_RUN];
    let wide = words.iter().map(|word| width(word.say(lang))).max().unwrap_or_default();
    let word = match case.outcome {
        CaseOutcome::Passed | CaseOutcome::TodoPassed => words::PASSED,
        CaseOutcome::Failed => words::FAILED,
        CaseOutcome::Todo => words::TODO,
        CaseOutcome::NotRun => words::NOT_RUN,
    };
    let word = word.say(lang);
    let mut line = format!("    {word}{} {}", " ".repeat(wide - width(word)), case.name);
    let mut about = Vec::new();
    if case.inputs > 1 {
        about.push(words::INPUTS.fill(lang, &[("count", &case.inputs.to_string())]));
    }
    match case.outcome {
        CaseOutcome::Failed => about.push(words::LINE.fill(lang, &[("line", &case.line.to_string())])),
        CaseOutcome::Todo => about.extend(case.todo.clone().filter(|reason| !reason.is_empty())),
        CaseOutcome::TodoPassed => about.push(words::TODO_PASSED.say(lang).to_owned()),
        CaseOutcome::Passed | CaseOutcome::NotRun => {}
    }
    if !about.is_empty() {
        line += &format!(" ({})", about.join(words::COMMA.say(lang)));
    }
    writeln!(out, "{}", printable(line.as_bytes()))?;
    if case.outcome == CaseOutcome::Failed {
        for line in failure::lines(case, lang) {
            writeln!(out, "{}", format!("        {line}").trim_end())?;
        }
    }
    Ok(())
}
