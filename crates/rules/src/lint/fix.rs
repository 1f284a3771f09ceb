//! What mends a finding, where there is one way only and what it leads to is what was meant.

use postproof_model::lint::Edit;
use postproof_model::{
    Bytes, Diagnostic, KeyProblem, NetworkProblem, Problem, ResultProblem, SlipProblem, Span, TextProblem,
};

use crate::table::source::is_space;

/// The edits that mend a finding in `source`, the bytes of the file it is about; empty where a person must decide.
#[must_use]
pub fn fix(diagnostic: &Diagnostic, source: &[u8]) -> Vec<Edit> {
    let span = diagnostic.place.span;
    let at = source.get(span.start..span.end).unwrap_or_default();
    let put = |text: &str| vec![Edit { span, text: Bytes::from(text) }];
    match &diagnostic.problem {
        Problem::TildeForCaret if at == b"~" => put("^"),
        Problem::FoldingOff if at == b"i" => put(""),
        Problem::SwallowedRule => indent(source, span),
        Problem::ObsoleteFlag { .. } if at.len() == 1 => put(""),
        Problem::GroupOutOfRange { group, .. } => number(source, span, *group),
        Problem::BadSubstitution { name } if !name.starts_with(['{', '(']) => dollar(source, span),
        Problem::Network(NetworkProblem::HostBits { network }) => put(network),
        Problem::UnknownFlag { .. } => missing_space(source, span),
        Problem::Slip(SlipProblem::NotAnEscape { written, instead: Some(instead), .. })
            if !written.starts_with('[') =>
        {
            put(instead)
        }
        Problem::Slip(SlipProblem::NotAnEscape { instead: Some(instead), .. }) if at.starts_with(b"\\") => put(instead),
        Problem::Slip(SlipProblem::SpaceAtFold { .. }) if at == b" " => put("[[:space:]]+"),
        Problem::Slip(SlipProblem::BareDot { .. }) => dots(source, span),
        Problem::Result(
            ResultProblem::NoSuchAction { like: Some(like), .. }
            | ResultProblem::NoSuchRestriction { like: Some(like), .. },
        ) => put(like),
        Problem::Result(ResultProblem::CodeInText { .. }) => {
            let blanks = source.get(span.end..).unwrap_or_default().iter().take_while(|&&byte| is_space(byte)).count();
            vec![Edit { span: Span::new(span.start, span.end + blanks), text: Bytes::default() }]
        }
        Problem::Text(TextProblem::Typographic { ascii, .. }) => put(&ascii.to_string()),
        Problem::Text(TextProblem::OtherSpace { .. }) => put(" "),
        Problem::Text(TextProblem::ByteOrderMark) => put(""),
        Problem::Text(TextProblem::CarriageReturns { .. }) => {
            let ends = memchr::memmem::find_iter(source, b"\r\n");
            ends.map(|at| Edit { span: Span::new(at, at + 1), text: Bytes::default() }).collect()
        }
        Problem::Key(KeyProblem::BracketedKey { plain, .. }) => put(plain),
        _ => Vec::new(),
    }
}

/// The white space before a rule that the line above swallows.
fn indent(source: &[u8], span: Span) -> Vec<Edit> {
    let before = source.get(..span.start).unwrap_or_default();
    let blanks = before.iter().rev().take_while(|&&byte| is_space(byte) && byte != b'\n').count();
    if blanks == 0 || before.get(before.len() - blanks - 1).is_none_or(|&byte| byte != b'\n') {
        return Vec::new();
    }
    vec![Edit { span: Span::new(span.start - blanks, span.start), text: Bytes::default() }]
}

/// A dollar sign that stands for itself.
fn dollar(source: &[u8], span: Span) -> Vec<Edit> {
    let stands = source.get(span.start) == Some(&b'$');
    stands.then(|| Edit { span: Span::new(span.start, span.start), text: Bytes::from("$") }).into_iter().collect()
}

/// Dollar signs that stand for themselves, before a group's number that the pattern does not have.
fn number(source: &[u8], span: Span, group: u32) -> Vec<Edit> {
    let text = source.get(span.start..span.end).unwrap_or_default();
    let written = format!("${group}");
    let found = memchr::memmem::find_iter(text, written.as_bytes()).filter(|at| {
        let doubled = at.checked_sub(1).and_then(|before| text.get(before)) == Some(&b'$');
        // Postfix takes letters after a number for a part of the name.
        let ends = text.get(at + written.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
        ends && !doubled
    });
    found.map(|at| Edit { span: Span::new(span.start + at, span.start + at), text: Bytes::from("$") }).collect()
}

/// A space between a pattern and an action in capitals right after it: `/a/REJECT`.
fn missing_space(source: &[u8], span: Span) -> Vec<Edit> {
    const ACTIONS: &[&[u8]] =
        &[b"REJECT", b"DISCARD", b"HOLD", b"WARN", b"INFO", b"IGNORE", b"DUNNO", b"OK", b"PREPEND"];
    let rest = source.get(span.start..).unwrap_or_default();
    let word: Vec<u8> = rest.iter().copied().take_while(u8::is_ascii_uppercase).collect();
    let opens = span.start.checked_sub(1).and_then(|before| source.get(before)).is_some_and(u8::is_ascii_punctuation);
    let stands = opens && ACTIONS.contains(&word.as_slice());
    stands.then(|| Edit { span: Span::new(span.start, span.start), text: Bytes::from(" ") }).into_iter().collect()
}

/// The dots of a name, with backslashes.
fn dots(source: &[u8], span: Span) -> Vec<Edit> {
    let text = source.get(span.start..span.end).unwrap_or_default();
    let bare = text.iter().enumerate().filter(|(at, byte)| {
        **byte == b'.' && at.checked_sub(1).and_then(|before| text.get(before)).is_none_or(|&before| before != b'\\')
    });
    bare.map(|(at, _)| Edit { span: Span::new(span.start + at, span.start + at), text: Bytes::from("\\") }).collect()
}
