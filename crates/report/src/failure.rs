//! A failing case, told in lines: what was expected beside what there is, the rule, the input with what matched marked.

use postproof_model::report::{CaseReport, Expectation, FileError, Fired, InputFailure, Mismatch, Seen, UnknownSeen};
use postproof_model::{Lines, RuleRef};
use postproof_words::{Lang, command, smtp, suite as words, verdicts};

use crate::diff;
use crate::marked::{self, printable, width};

/// The most rules that are shown of one input.
const FIRED: usize = 5;

/// The lines of a case, without indent.
#[must_use]
pub fn lines(case: &CaseReport, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for failure in &case.failures {
        input(failure, lang, &mut lines);
    }
    if case.failures_left_out > 0 {
        lines.push(words::FURTHER.fill(lang, &[("count", &case.failures_left_out.to_string())]));
    }
    if case.snapshot.is_some() {
        lines.push(words::SNAPSHOT_HINT.say(lang).to_owned());
    }
    lines
}

/// What is wrong with a test file, with its place.
#[must_use]
pub fn file_error(file: &str, error: &FileError, lang: Lang) -> String {
    let what = words::problem(&error.problem, lang);
    let text = if error.line == 0 {
        words::WHOLE.fill(lang, &[("file", file), ("what", &what)])
    } else {
        let (line, column) = (error.line.to_string(), error.column.to_string());
        words::AT_LINE.fill(lang, &[("file", file), ("line", &line), ("column", &column), ("what", &what)])
    };
    printable(text.as_bytes())
}

fn input(failure: &InputFailure, lang: Lang, lines: &mut Vec<String>) {
    let mut indent = "";
    if !failure.input.is_empty() {
        lines.push(printable(failure.input.as_bytes()));
        indent = "    ";
    }
    let mut snapshot_only = true;
    for mismatch in &failure.mismatches {
        snapshot_only &= mismatch.expectation == Expectation::Snapshot;
        compared(mismatch, indent, lang, lines);
    }
    if !snapshot_only {
        seen(&failure.seen, indent, lang, lines);
    }
}

/// What was expected beside what there is.
fn compared(mismatch: &Mismatch, indent: &str, lang: Lang, lines: &mut Vec<String>) {
    let name = words::expectation(mismatch.expectation).say(lang);
    let nothing = words::NOTHING.say(lang).to_owned();
    let whole = mismatch.expectation == Expectation::Snapshot || mismatch.expected.trim_end().contains('\n');
    if let Some(actual) = mismatch.actual.as_ref().filter(|_| whole) {
        lines.push(format!("{indent}{name}: - {}, + {}", words::EXPECTED.say(lang), words::ACTUAL.say(lang)));
        let diff = diff::lines(&mismatch.expected, actual);
        lines.extend(diff.into_iter().map(|line| format!("{indent}    {line}")));
        return;
    }
    let (expected, actual) = (words::EXPECTED.say(lang), words::ACTUAL.say(lang));
    let wide = width(expected).max(width(actual));
    let label = |label: &str| format!("{label}{}", " ".repeat(wide - width(label)));
    lines.push(format!("{indent}{name}: {} {}", label(expected), one_line(&mismatch.expected)));
    let actual_text = mismatch.actual.as_deref().map_or(nothing, one_line);
    lines.push(format!("{indent}{} {} {actual_text}", " ".repeat(width(name) + 1), label(actual)));
}

/// A text on one line, shortened.
fn one_line(text: &str) -> String {
    let shown = printable(text.trim_end().replace('\n', "⏎").as_bytes());
    if shown.chars().count() <= 200 { shown } else { shown.chars().take(200).chain(['…']).collect() }
}

/// The rules that fired, and what cannot be told.
fn seen(seen: &Seen, indent: &str, lang: Lang, lines: &mut Vec<String>) {
    for fired in seen.fired.iter().take(FIRED) {
        rule(fired, indent, lang, lines);
    }
    if seen.fired.len() > FIRED {
        lines.push(format!("{indent}…"));
    }
    for unknown in seen.unknown.iter().take(FIRED) {
        let unknown_word = verdicts::UNKNOWN.say(lang);
        match unknown {
            UnknownSeen::Lookup { rule, key, reason } => {
                let reason = verdicts::unknown_reason(reason, lang);
                lines.push(format!(
                    "{indent}{unknown_word}: {}: {}",
                    rule_name(rule, lang),
                    printable(reason.as_bytes())
                ));
                lines.extend(marked::lines(key, None, &format!("{indent}    ")));
            }
            UnknownSeen::Session { line, why } => {
                let place = words::LINE.fill(lang, &[("line", &line.to_string())]);
                let why = smtp::unknown(why, lang);
                lines.push(format!("{indent}{unknown_word}: {place}: {}", printable(why.as_bytes())));
            }
        }
    }
    if seen.fired.is_empty() && seen.unknown.is_empty() {
        lines.push(format!("{indent}{}", words::NO_RULE_FIRES.say(lang)));
    }
    if let Some(reply) = &seen.reply {
        lines.push(format!("{indent}{}: {}", words::REPLY.say(lang), one_line(&reply.lossy())));
    }
}

fn rule(fired: &Fired, indent: &str, lang: Lang, lines: &mut Vec<String>) {
    let rule = rule_name(&fired.rule, lang);
    let result = if fired.action.is_empty() { fired.result.lossy().into_owned() } else { fired.action.clone() };
    let (pattern, result) = (printable(&fired.rule.text), printable(result.as_bytes()));
    lines.push(format!("{indent}{rule}: {result} ({pattern})"));
    if fired.line > 0 {
        let line = fired.line.to_string();
        lines.push(match fired.class {
            Some(class) => {
                let class = verdicts::class(class).say(lang);
                format!("{indent}    {}", command::ON_KEY.fill(lang, &[("class", class), ("line", &line)]))
            }
            None => format!("{indent}    {}", words::LINE.fill(lang, &[("line", &line)])),
        });
    }
    lines.extend(marked::lines(&fired.key, fired.matched, &format!("{indent}        ")));
    if !fired.groups.is_empty() {
        let groups = fired.groups.iter().enumerate().map(|(index, span)| {
            let text = span.map_or_else(|| "–".to_owned(), |span| printable(fired.key.slice(span)));
            format!("${}={text}", index + 1)
        });
        lines.push(format!("{indent}    {}: {}", command::GROUPS.say(lang), groups.collect::<Vec<_>>().join(" ")));
    }
}

/// A rule by table and line, and its number where it is one of S25R's.
fn rule_name(rule: &RuleRef, lang: Lang) -> String {
    let at = printable(verdicts::rule_at(rule, lang).as_bytes());
    match rule.s25r {
        None => at,
        Some(number) => {
            format!("{at} ({})", verdicts::S25R_RULE.fill(lang, &[("number", &number.to_string())]))
        }
    }
}

/// The first lines of rules, as people read a list of numbers.
pub(crate) fn numbers(lines: impl Iterator<Item = Lines>) -> String {
    const MOST: usize = 20;
    let mut numbers: Vec<String> = lines.map(|lines| lines.first.to_string()).take(MOST + 1).collect();
    if numbers.len() > MOST {
        numbers.truncate(MOST);
        numbers.push("…".to_owned());
    }
    numbers.join(", ")
}
