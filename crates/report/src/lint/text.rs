//! For people: where, what, the line with its stretch marked, what Postfix does, how to mend it.

use std::io::{Result, Write};

use postproof_model::lint::LintReport;
use postproof_words::{Lang, lint as words};

use super::{in_line, sentences, severity};
use crate::marked::{lines, printable};

/// Writes the report.
///
/// # Errors
///
/// What writing to `out` gives.
pub fn write(out: &mut impl Write, report: &LintReport, lang: Lang) -> Result<()> {
    let space = if lang == Lang::En { " " } else { "" };
    for (file, finding) in report.findings() {
        let place = &finding.diagnostic.place;
        let code = finding.diagnostic.problem.code();
        let [what, postfix, mend] = sentences(finding, lang);
        writeln!(
            out,
            "{}:{}:{}: {}[{} {}]: {}",
            printable(file.file.as_bytes()),
            place.line,
            place.column,
            severity(finding).say(lang),
            code.code(),
            code.name(),
            printable(what.unwrap_or_default().as_bytes()),
        )?;
        if !finding.line.trim_ascii().is_empty() {
            for line in lines(&finding.line, Some(in_line(finding)), "    ") {
                writeln!(out, "{line}")?;
            }
        }
        let fix = (!finding.fix.is_empty()).then(|| words::FIX_DOES_IT.say(lang).to_owned());
        let rest: Vec<String> = [postfix, mend, fix].into_iter().flatten().collect();
        writeln!(out, "    {}\n", printable(rest.join(space).as_bytes()))?;
    }
    writeln!(out, "{}", words::summary(report, lang))
}
