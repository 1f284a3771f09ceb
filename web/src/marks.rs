//! From a report to what the editors draw.

use crate::editor::{Badge, Found, FoundProblem, FoundStretch, Mend, changes_of};
use crate::tone;
use postproof_model::Severity;
use postproof_protocol::desk::LintFinding;
use postproof_protocol::{Report, RuleMark, Tone};
use postproof_words::{Lang, page, problems};

/// What to draw over the table with this index.
pub(crate) fn of_table(report: &Report, index: usize, found: &[LintFinding], lang: Lang) -> Found {
    let Some(marks) = report.files.get(index) else { return Found::default() };
    Found {
        problems: problems_of(found, lang),
        lines: marks
            .rules
            .iter()
            .filter(|rule| rule.decided)
            .map(|rule| FoundStretch {
                from: rule.whole.from,
                to: rule.whole.to,
                tone: tone::name(rule.tone.unwrap_or(Tone::Unknown)),
            })
            .collect(),
        stretches: Vec::new(),
        badges: marks.rules.iter().filter_map(|rule| badge_of_rule(rule, lang)).collect(),
    }
}

fn problems_of(found: &[LintFinding], lang: Lang) -> Vec<FoundProblem> {
    let problem = |found: &LintFinding| {
        let explained = problems::explain(&found.diagnostic, lang);
        FoundProblem {
            from: found.mark.from,
            to: found.mark.to,
            // The editor's own words for how bad a problem is.
            severity: match found.diagnostic.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Unknown => "info",
                Severity::Hint => "hint",
            },
            texts: [explained.what, explained.postfix.to_owned()].into_iter().chain(explained.mend).collect(),
            code: found.diagnostic.problem.code().code(),
            mend: (!found.fix.is_empty())
                .then(|| Mend { label: page::MEND.say(lang), changes: changes_of(&found.fix) }),
        }
    };
    found.iter().map(problem).collect()
}

/// A rule's badge: filled with how often it fired, hollow with how often it would have.
fn badge_of_rule(rule: &RuleMark, lang: Lang) -> Option<Badge> {
    let badge = |text: String, tone, hollow, phrase: postproof_words::Phrase, count: usize| Badge {
        at: rule.whole.from,
        text,
        tone: tone::name(tone),
        hollow,
        label: phrase.fill(lang, &[("count", &count.to_string())]),
    };
    if rule.hits > 0 {
        let tone = rule.tone.unwrap_or(Tone::Unknown);
        Some(badge(short(rule.hits), tone, false, page::FIRED, rule.hits))
    } else if rule.unknown > 0 {
        Some(badge("?".to_owned(), Tone::Unknown, false, page::MAY_FIRE, rule.unknown))
    } else if rule.would_hit > 0 {
        Some(badge(short(rule.would_hit), Tone::Unknown, true, page::WOULD_FIRE, rule.would_hit))
    } else {
        None
    }
}

/// A count that fits a gutter.
fn short(count: usize) -> String {
    match count {
        0..1000 => count.to_string(),
        1000..10_000 => format!("{}k", count / 1000),
        _ => "∞".to_owned(),
    }
}

/// What to draw over the input in front.
pub(crate) fn of_input(report: &Report) -> Found {
    let mut found = Found::default();
    for mark in &report.input {
        let tone = tone::name(mark.tone);
        found.lines.push(FoundStretch { from: mark.lines.from, to: mark.lines.to, tone });
        found.stretches.extend(mark.matched.iter().map(|mark| FoundStretch { from: mark.from, to: mark.to, tone }));
        if found.badges.last().is_none_or(|badge| badge.at != mark.lines.from) {
            found.badges.push(Badge {
                at: mark.lines.from,
                text: tone::sign(mark.tone).to_owned(),
                tone,
                hollow: false,
                label: String::new(),
            });
        }
    }
    found
}
