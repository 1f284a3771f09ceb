//! Problems of tables on standard error: what is wrong, where, what Postfix does about it, how to mend it.

use postproof_model::{Diagnostic, Severity};
use postproof_words::{Lang, command, problems, verdicts};

use crate::outcome::complain;

/// Says the problems of which `wanted` is true.
pub(crate) fn say(diagnostics: &[Diagnostic], lang: Lang, wanted: impl Fn(&Diagnostic) -> bool) {
    for diagnostic in diagnostics.iter().filter(|diagnostic| wanted(diagnostic)) {
        complain(&line(diagnostic, lang));
    }
}

/// A problem without the word for how bad it is, where that word stands before it already.
pub(crate) fn without_severity(diagnostic: &Diagnostic, lang: Lang) -> String {
    let line = line(diagnostic, lang);
    line.split_once(": ").map_or(line.clone(), |(_, rest)| rest.to_owned())
}

fn line(diagnostic: &Diagnostic, lang: Lang) -> String {
    let severity = match diagnostic.severity() {
        Severity::Error | Severity::Warning => command::WARNING,
        Severity::Unknown => verdicts::UNKNOWN,
        Severity::Hint => command::HINT,
    };
    let explained = problems::explain(diagnostic, lang);
    let place = &diagnostic.place;
    let phrase = if place.lines.first != place.lines.last {
        command::PROBLEM_LINES
    } else if place.line == place.lines.first {
        command::PROBLEM
    } else {
        // A table in place of a file's name has no lines; Postfix counts its rules instead.
        command::PROBLEM_RULE
    };
    let mut text = phrase.fill(
        lang,
        &[
            ("severity", severity.say(lang)),
            ("table", &place.file),
            ("line", &place.line.to_string()),
            ("column", &place.column.to_string()),
            ("first", &place.lines.first.to_string()),
            ("last", &place.lines.last.to_string()),
            ("what", &explained.what),
        ],
    );
    for more in [Some(explained.postfix), explained.mend.as_deref()].into_iter().flatten() {
        if lang == Lang::En {
            text.push(' ');
        }
        text.push_str(more);
    }
    text
}
