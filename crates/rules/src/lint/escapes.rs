//! Escapes of PCRE's in regexp: tables, where they stand for the character after the backslash.
//!
//! regex(7) knows none of these. With glibc, a backslash before a letter changes nothing where case counts; where it is
//! folded, as in Postfix's tables, a small letter after a backslash matches nothing at all. Within brackets a backslash is a
//! character of the set.

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
    let instead = Some(instead).filter(|text| !text.is_empty());
    let problem = Problem::Slip(SlipProblem::NotAnEscape { written, means, instead });
    Some((problem, in_pattern(condition, pattern, span)))
}

type Found = (String, Option<String>, String, Span);

/// Letters that mean something after a backslash in PCRE.
const MEANT: &[u8] = b"abcdefghklnoprstuvwxz";

fn in_node(node: &Node, source: &[u8]) -> Option<Found> {
    match &node.kind {
        Kind::Literal(literal) => {
            let [b'\\', letter] = *source.get(node.span.start..node.span.end)? else { return None };
            let known =
                ESCAPES.iter().find(|(known, ..)| *known == letter).map(|(_, instead, _)| (*instead).to_owned());
            let nothing = literal.bytes.is_empty();
            let letter = char::from(letter);
            // A letter that no escape begins with was meant as itself.
            let itself = || if MEANT.contains(&(letter as u8)) { String::new() } else { letter.to_string() };
            let instead = if nothing { known.unwrap_or_else(itself) } else { known? };
            Some((format!("\\{letter}"), (!nothing).then(|| letter.to_string()), instead, node.span))
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
            Some((format!("[\\{letter}]"), Some(format!("\\, {letter}")), instead.to_owned(), span))
        }),
        _ => node.children().into_iter().find_map(|child| in_node(child, source)),
    }
}
