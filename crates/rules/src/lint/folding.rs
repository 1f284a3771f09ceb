//! `/x/i`: in other tools the flag asks for case folding; here it is on, and the flag switches it off.

use postproof_model::{Problem, Span};

use crate::table::rule::Condition;
use crate::table::source::Source;

/// A pattern whose flags leave case folding off.
pub(super) fn find(source: &Source<'_>, condition: &Condition) -> Option<(Problem, Span)> {
    let flags = source.bytes.get(condition.flags.start..condition.flags.end)?;
    let first = memchr::memchr(b'i', flags)?;
    let odd = memchr::memchr_iter(b'i', flags).count() % 2 == 1;
    let pattern = source.bytes.get(condition.source.start..condition.source.end)?;
    (odd && !tells_case_apart(pattern))
        .then(|| (Problem::FoldingOff, Span::new(condition.flags.start + first, condition.flags.start + first + 1)))
}

/// Whether a pattern shows that letter case is meant to count: it names both cases of a letter itself, or the alphabet of
/// base64, or it is made of the bytes of a charset that writes other characters with letters.
fn tells_case_apart(pattern: &[u8]) -> bool {
    let has = |part: &[u8]| memchr::memmem::find(pattern, part).is_some();
    if std::str::from_utf8(pattern).is_err() || has(b"[[:cntrl:]]") || has(br"\x") || has(b"A-Za-z0-9+") {
        return true;
    }
    pattern.split(|&byte| byte == b'[').skip(1).any(|bracket| {
        let inside = bracket.split(|&byte| byte == b']').next().unwrap_or_default();
        let both = |byte: &u8| byte.is_ascii_uppercase() && inside.contains(&byte.to_ascii_lowercase());
        !inside.contains(&b'-') && inside.iter().any(both)
    })
}
