//! Where PCRE2 begins to search.
//!
//! PCRE2 passes over places where it knows that no match can begin. As long as nothing but a match counts, that changes no
//! answer. But a verb such as `(*COMMIT)` ends the search when it is passed in vain, and calls without end are an error: then
//! it counts whether the search ever began there. (pcre2pattern(3), "Optimizations that affect backtracking verbs".)

use super::super::ByteSet;
use super::super::ast::{GroupKind, Kind, Node, Verb};

/// What is known of the places where PCRE2 begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Begins {
    /// Everywhere: the pattern says `(*NO_START_OPT)`.
    pub(crate) everywhere: bool,
    /// Nowhere else than at these bytes, and at each of them, unless it knows that there is no match at all.
    pub(crate) at: Option<ByteSet>,
    /// Wherever so many bytes follow, although nothing is known of the places before.
    pub(crate) least: Option<usize>,
}

/// The bytes with which a match begins, where PCRE2 is certain to know them: the first character is written as such, after
/// nothing but verbs. By Unicode's folding a character may have more than two forms, of which PCRE2 knows none.
pub(super) fn first_bytes(node: &Node) -> Option<ByteSet> {
    match &node.kind {
        Kind::Literal(literal) => Some(literal.bytes),
        Kind::Repeat(repeat) if repeat.min > 0 && matches!(repeat.node.kind, Kind::Literal(_)) => {
            first_bytes(&repeat.node)
        }
        Kind::Group(group) if group.kind != GroupKind::Atomic => first_bytes(&group.node),
        Kind::Concat(nodes) => first_bytes(nodes.iter().find(|node| !passes(node))?),
        _ => None,
    }
}

/// What takes nothing and says nothing about where a match begins.
const fn passes(node: &Node) -> bool {
    match node.kind {
        Kind::Empty => true,
        Kind::Verb(verb) => {
            matches!(verb, Verb::Mark | Verb::Commit | Verb::Prune | Verb::Skip | Verb::SkipToMark | Verb::Then)
        }
        _ => false,
    }
}
