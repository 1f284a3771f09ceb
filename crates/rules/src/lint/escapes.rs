//! Escapes of PCRE's in regexp: tables, where they stand for the character after the backslash.
//!
//! regex(7) knows none of these; glibc takes a backslash before an ordinary character for nothing, and within brackets for
//! a character of the set.

use postproof_model::{Problem, SlipProblem, Span};

use super::place::in_pattern;
use crate::pattern::ast::{ClassItemKind, Kind, Node};
use crate::table::rule::Condition;

/// The letter of an escape, what a regexp: table writes for it, and what it writes within brackets.
const ESCAPES: &[(u8, &str, &str)] = &[
    (b'd', "[0-9]", "0-9"),
    (b'D', "[^0-9]", ""),
    (b't', "[[:blank:]]", "[:blank:]"),
    (b'h', "[[:blank:]]", "[:blank:]"),
    (b'n', "", ""),
    (b'r', "", ""),
    (b'x', "", ""),
    (b'Q', "", ""),
    (b'E', "", ""),
    (b'A', "^", ""),
    (b'Z', "$", ""),
    (b'z', "$", ""),
    (b'R', "", ""),
    (b'K', "", ""),
];
/// Escapes that glibc knows, too, but not within brackets.
const IN_BRACKETS: &[(u8, &str)] = &[(b's', "[:space:]"), (b'S', ""), (b'w', "[:alnum:]_"), (b'W', "")];

/// The first such escape.
pub(super) fn find(condition: &Condition) -> Option<(Problem, Span)> {
    let pattern = condition.pattern().filter(|pattern| pattern.is_posix())?;
    let (written, means, instead, span) = in_node(&pattern.ast().root, pattern.source())?;
    let instead = Some(instead).filter(|text| !text.is_empty()).map(str::to_owned);
    let problem = Problem::Slip(SlipProblem::NotAnEscape { written, means, instead });
    Some((problem, in_pattern(condition, pattern, span)))
}

type Found = (String, String, &'static str, Span);

fn in_node(node: &Node, source: &[u8]) -> Option<Found> {
    match &node.kind {
        Kind::Literal(_) => {
            let [b'\\', letter] = *source.get(node.span.start..node.span.end)? else { return None };
            let (_, instead, _) = ESCAPES.iter().find(|(known, ..)| *known == letter)?;
            Some((format!("\\{}", char::from(letter)), char::from(letter).to_string(), instead, node.span))
        }
        Kind::Class(class) => class.items.windows(2).find_map(|pair| {
            let [one, other] = pair else { return None };
            let (ClassItemKind::Literal(0x5c), ClassItemKind::Literal(letter)) = (one.kind, other.kind) else {
                return None;
            };
            let letter = u8::try_from(letter).ok()?;
            let outside = ESCAPES.iter().map(|(known, _, inside)| (*known, *inside));
            let (_, instead) = outside.chain(IN_BRACKETS.iter().copied()).find(|(known, _)| *known == letter)?;
            let span = Span::new(one.span.start, other.span.end);
            let letter = char::from(letter);
            Some((format!("[\\{letter}]"), format!("\\ {letter}"), instead, span))
        }),
        _ => node.children().into_iter().find_map(|child| in_node(child, source)),
    }
}
