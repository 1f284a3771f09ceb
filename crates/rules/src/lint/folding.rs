//! `/x/i`: in other tools the flag asks for case folding; here it is on, and the flag switches it off.

use postproof_model::{Problem, Span};

use crate::table::rule::Condition;
use crate::table::source::Source;

/// A pattern whose flags leave case folding off.
pub(super) fn find(source: &Source<'_>, condition: &Condition) -> Option<(Problem, Span)> {
    let flags = source.bytes.get(condition.flags.start..condition.flags.end)?;
    let first = memchr::memchr(b'i', flags)?;
    let odd = memchr::memchr_iter(b'i', flags).count() % 2 == 1;
    odd.then(|| (Problem::FoldingOff, Span::new(condition.flags.start + first, condition.flags.start + first + 1)))
}
