//! Where in a table's source a piece of a pattern or of a result stands.

use postproof_model::Span;

use crate::pattern::Pattern;
use crate::table::rule::{Condition, Op, Rule};
use crate::table::source::{Source, is_space};

/// Where a piece of a pattern stands in the table's source; the whole pattern, where it goes over several lines.
pub(super) fn in_pattern(condition: &Condition, pattern: &Pattern, piece: Span) -> Span {
    let whole = condition.source.len() == pattern.source().len();
    if whole { piece.shifted(condition.source.start) } else { condition.source }
}

/// A rule's result in the source, as written, without the white space around it.
pub(super) fn result<'a>(source: &Source<'a>, rule: &Rule) -> (Span, &'a [u8]) {
    let start = rule.pattern.end.max(rule.span.start);
    let rest = source.bytes.get(start..rule.span.end).unwrap_or_default();
    let before = rest.iter().take_while(|&&byte| is_space(byte)).count();
    let text = rest.get(before..).unwrap_or_default();
    let after = text.iter().rev().take_while(|&&byte| is_space(byte)).count();
    let text = text.get(..text.len() - after).unwrap_or_default();
    // Between a key and its value in place of a file's name there is an =.
    let literal = if let Op::Answer { result, .. } = &rule.op { result.text() } else { None };
    let value = literal.filter(|value| !value.is_empty() && text.starts_with(b"="));
    if let Some((value, at)) = value.and_then(|value| Some((value, memchr::memmem::rfind(text, value)?))) {
        let start = start + before + at;
        return (Span::new(start, start + value.len()), text.get(at..at + value.len()).unwrap_or_default());
    }
    (Span::new(start + before, start + before + text.len()), text)
}
