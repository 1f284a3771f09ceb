//! Braces and the lists between them, as main.cf writes tables in place of names.
//!
//! (Postfix: `balpar`, `extpar`, `mystrtokq`.)

use postproof_model::{MapProblem, Span};

use super::source::is_space;

/// White space and commas, which stand between the parts of a list.
pub(super) const fn is_separator(byte: u8) -> bool {
    matches!(byte, b',' | b' ' | b'\t' | b'\r' | b'\n')
}

/// The bytes between the brace that `span` of `text` begins with and the one that closes it, which must be its last.
pub(super) fn inside(text: &[u8], span: Span) -> Result<Span, (MapProblem, Span)> {
    let bytes = text.get(span.start..span.end).unwrap_or_default();
    if bytes.first() != Some(&b'{') {
        return Err((MapProblem::NoBrace, span));
    }
    let mut depth = 0usize;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            let end = span.start + at;
            return if end + 1 == span.end {
                Ok(Span::new(span.start + 1, end))
            } else {
                Err((MapProblem::TextAfterBrace, Span::new(end + 1, span.end)))
            };
        }
    }
    Err((MapProblem::UnclosedBrace, Span::new(span.start, span.start + 1)))
}

/// A span without the white space at its start and end.
pub(super) fn trimmed(text: &[u8], span: Span) -> Span {
    let bytes = text.get(span.start..span.end).unwrap_or_default();
    let start = bytes.iter().take_while(|&&byte| is_space(byte)).count();
    let end = bytes.iter().rev().take_while(|&&byte| is_space(byte)).count();
    if start == bytes.len() { Span::new(span.end, span.end) } else { Span::new(span.start + start, span.end - end) }
}

/// The parts of a list: what stands between separators that are not in braces.
pub(crate) fn parts(text: &[u8], span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = None;
    let mut depth = 0usize;
    for at in span.start..span.end {
        let Some(&byte) = text.get(at) else { break };
        if depth == 0 && is_separator(byte) {
            parts.extend(start.take().map(|start| Span::new(start, at)));
            continue;
        }
        start.get_or_insert(at);
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    parts.extend(start.map(|start| Span::new(start, span.end)));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<&str> {
        parts(text.as_bytes(), Span::new(0, text.len())).iter().map(|span| &text[span.start..span.end]).collect()
    }

    #[test]
    fn parts_stand_between_separators_outside_braces() {
        assert_eq!(
            list(" regexp:/a,\tpcre:{ {/a, b/ c} } ,, x}{y z}w "),
            ["regexp:/a", "pcre:{ {/a, b/ c} }", "x}{y z}w"]
        );
        assert_eq!(list("a {b"), ["a", "{b"]);
        assert_eq!(list(" , "), [""; 0]);
    }

    #[test]
    fn a_brace_reaches_to_its_own_end_or_not() {
        let whole = |text: &str| inside(text.as_bytes(), Span::new(0, text.len()));
        assert_eq!(whole("{ {a} {b} }"), Ok(Span::new(1, 10)));
        assert_eq!(whole("a"), Err((MapProblem::NoBrace, Span::new(0, 1))));
        assert_eq!(whole("{ {a}"), Err((MapProblem::UnclosedBrace, Span::new(0, 1))));
        assert_eq!(whole("{a} b"), Err((MapProblem::TextAfterBrace, Span::new(3, 5))));
    }
}
