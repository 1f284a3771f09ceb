//! The flags `x`, `s` and `m`, which change more than their name says.
//!
//! regexp_table(5) and pcre_table(5): flags toggle, so that `s`, which pcre: tables have on, switches DOTALL off, and `x`
//! takes extended regular expressions from a regexp: table.

use postproof_model::{Problem, SlipProblem, Span};

use super::place::in_pattern;
use super::reader::Reader;
use crate::pattern::Pattern;
use crate::pattern::ast::{Assertion, Kind, Node};
use crate::table::rule::Condition;
use crate::table::source::{Source, is_space};

/// What a pattern's flags change unawares.
pub(super) fn find(source: &Source<'_>, condition: &Condition, reader: Reader) -> Vec<(Problem, Span)> {
    let Some(pattern) = condition.pattern() else { return Vec::new() };
    let flags = source.bytes.get(condition.flags.start..condition.flags.end).unwrap_or_default();
    let toggled = |flag: u8| memchr::memchr_iter(flag, flags).count() % 2 == 1;
    let mut found = Vec::new();
    if toggled(b'x') {
        found.extend(if pattern.is_posix() { basic(pattern) } else { extended(pattern) });
    }
    if toggled(b's') && !pattern.is_posix() && reader.is_header() {
        found.extend(
            first(&pattern.ast().root, &|node| matches!(node.kind, Kind::Any(_)))
                .map(|node| (SlipProblem::DotStopsAtFold, node.span)),
        );
    }
    if toggled(b'm') && reader.is_header() {
        let at_lines = |node: &Node| matches!(node.kind, Kind::Assertion(Assertion::LineStart | Assertion::LineEnd));
        if let Some(node) = first(&pattern.ast().root, &at_lines) {
            let anchor = if node.kind == Kind::Assertion(Assertion::LineStart) { '^' } else { '$' };
            found.push((SlipProblem::AnchorAtFold { anchor }, node.span));
        }
    }
    found.into_iter().map(|(problem, span)| (Problem::Slip(problem), in_pattern(condition, pattern, span))).collect()
}

fn first<'n>(node: &'n Node, wanted: &dyn Fn(&Node) -> bool) -> Option<&'n Node> {
    if wanted(node) {
        return Some(node);
    }
    node.children().into_iter().find_map(|child| first(child, wanted))
}

/// The bytes of a pattern that stand outside of brackets and after no backslash, with their places.
fn plain(source: &[u8]) -> impl Iterator<Item = (usize, u8)> + '_ {
    let (mut escaped, mut bracket) = (false, None::<usize>);
    source.iter().copied().enumerate().filter(move |&(at, byte)| {
        if let Some(start) = bracket {
            // A closing bracket that stands first is a character.
            let first = at == start + 1 || (at == start + 2 && source.get(start + 1) == Some(&b'^'));
            if byte == b']' && !first {
                bracket = None;
            }
            return false;
        }
        if escaped {
            escaped = false;
            return false;
        }
        escaped = byte == b'\\';
        if byte == b'[' {
            bracket = Some(at);
        }
        true
    })
}

/// An operator that is a character in basic regular expressions.
fn basic(pattern: &Pattern) -> Option<(SlipProblem, Span)> {
    let (at, operator) = plain(pattern.source()).find(|(_, byte)| b"(|+?{".contains(byte))?;
    Some((SlipProblem::BasicSyntax { operator: char::from(operator).to_string() }, Span::new(at, at + 1)))
}

/// A space between two words, or a `#`, that an extended pattern leaves out.
fn extended(pattern: &Pattern) -> Option<(SlipProblem, Span)> {
    let source = pattern.source();
    let word = |at: Option<usize>| at.and_then(|at| source.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    plain(source).find_map(|(at, byte)| match byte {
        b'#' => Some((SlipProblem::CommentInPattern, Span::new(at, source.len()))),
        byte if is_space(byte) && word(at.checked_sub(1)) && word(Some(at + 1)) => {
            Some((SlipProblem::SpaceIgnored, Span::new(at, at + 1)))
        }
        _ => None,
    })
}
