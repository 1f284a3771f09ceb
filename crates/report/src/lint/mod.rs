//! What lint found, in each format.
//!
//! | format | file |
//! |---|---|
//! | for people | [`text`] |
//! | for programs, an object a line | [`json`] |
//! | SARIF 2.1.0, for the tools that show code | [`sarif`] |
//! | GitHub's annotations | [`github`] |

pub mod github;
pub mod json;
pub mod sarif;
pub mod text;

use postproof_model::lint::Finding;
use postproof_model::{Severity, Span};
use postproof_words::{Lang, Phrase, command, problems, verdicts};

/// How bad a finding is, in a word.
const fn severity(finding: &Finding) -> Phrase {
    match finding.diagnostic.severity() {
        Severity::Error => command::ERROR,
        Severity::Warning => command::WARNING,
        Severity::Unknown => verdicts::UNKNOWN,
        Severity::Hint => command::HINT,
    }
}

/// What is wrong, what Postfix does about it, and how to mend it: each in one or more sentences.
fn sentences(finding: &Finding, lang: Lang) -> [Option<String>; 3] {
    let explained = problems::explain(&finding.diagnostic, lang);
    [Some(explained.what), Some(explained.postfix.to_owned()), explained.mend]
}

/// The same as one text.
fn message(finding: &Finding, lang: Lang) -> String {
    let space = if lang == Lang::En { " " } else { "" };
    sentences(finding, lang).into_iter().flatten().collect::<Vec<_>>().join(space)
}

/// The finding's stretch of the line on which it starts, counted in bytes.
fn in_line(finding: &Finding) -> Span {
    let place = &finding.diagnostic.place;
    let start = place.column.saturating_sub(1).min(finding.line.len());
    Span::new(start, (start + place.span.len()).min(finding.line.len()))
}
