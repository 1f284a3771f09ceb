//! A rule that is indented and so becomes part of the line above.

use postproof_model::{Consequence, Lines, Problem, Span};

use crate::table::logical_line::logical_lines;
use crate::table::source::{Source, is_space};

/// Continuation lines that look like rules of their own.
pub(super) fn find<'s>(source: &'s Source<'_>) -> impl Iterator<Item = (Problem, Consequence, Span, Lines)> + 's {
    logical_lines(source.bytes).flat_map(|line| {
        // Text after an if or an endif is no result: Postfix warns of it.
        let first = line.text.split(|&byte| is_space(byte)).next().unwrap_or_default();
        let block = first.eq_ignore_ascii_case(b"if") || first.eq_ignore_ascii_case(b"endif");
        let consequence = if block { Consequence::TextIgnored } else { Consequence::Silent };
        let pieces: Vec<(usize, usize)> = line.continuations().collect();
        let ends = pieces.iter().map(|&(at, _)| at).skip(1).chain([line.text.len()]);
        let found = pieces.iter().zip(ends).filter_map(|(&(at, in_source), end)| {
            let text = line.text.get(at..end)?;
            let indent = text.iter().take_while(|&&byte| is_space(byte)).count();
            let rule = text.get(indent..)?.trim_ascii_end();
            let start = in_source + indent;
            looks_like_a_rule(rule)
                .then(|| (Problem::SwallowedRule, consequence, Span::new(start, start + rule.len()), line.lines))
        });
        found.collect::<Vec<_>>()
    })
}

/// `/pattern/flags`, with a `!`, `if` or `endif` in front perhaps, and then white space or nothing.
fn looks_like_a_rule(text: &[u8]) -> bool {
    let (word, rest) = text
        .split_at_checked(text.iter().position(|&byte| is_space(byte)).unwrap_or(text.len()))
        .unwrap_or((text, b""));
    if word.eq_ignore_ascii_case(b"endif") {
        return true;
    }
    let pattern = if word.eq_ignore_ascii_case(b"if") { rest.trim_ascii_start() } else { text };
    let pattern = pattern.strip_prefix(b"!").unwrap_or(pattern);
    let Some(inside) = pattern.strip_prefix(b"/") else { return false };
    let mut escaped = false;
    let end = inside.iter().position(|&byte| {
        let closes = byte == b'/' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    });
    let Some(end) = end else { return false };
    let flags = inside.get(end + 1..).unwrap_or_default();
    let after = flags.iter().position(|byte| !byte.is_ascii_lowercase()).unwrap_or(flags.len());
    flags.get(after).is_none_or(|&byte| is_space(byte))
}
