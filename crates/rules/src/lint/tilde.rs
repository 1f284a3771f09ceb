//! `/~From:/`: a tilde where a caret was meant. The two stand on one key of a Japanese keyboard.

use postproof_model::{Problem, Span};

use crate::table::rule::Condition;
use crate::table::source::Source;

/// A pattern that starts with a tilde and goes on like a name.
pub(super) fn find(source: &Source<'_>, condition: &Condition) -> Option<(Problem, Span)> {
    let pattern = source.bytes.get(condition.source.start..condition.source.end)?;
    match pattern {
        [b'~', next, ..] if next.is_ascii_alphabetic() || *next == b'(' => {
            Some((Problem::TildeForCaret, Span::new(condition.source.start, condition.source.start + 1)))
        }
        _ => None,
    }
}
