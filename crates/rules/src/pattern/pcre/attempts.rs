//! How often pcre2_match(3) may go back at most, before it gives up or finds a match.
//!
//! PCRE2 counts how often it tries another way from one start, and ends the match with an error beyond ten million
//! (pcre2api(3), "match limit"; Postfix sets no other). A rule whose match ends with an error does not fire: so what is
//! to hold for every key may rest only on patterns that never come to that. The count here is one of the worst case, and
//! more than PCRE2's.

use super::super::ByteSet;
use super::super::ast::{Kind, Node, Repeat};

/// The limit that PCRE2 is built with.
pub(in super::super) const LIMIT: u64 = 10_000_000;

/// What trying all ways through a piece takes.
#[derive(Clone, Copy)]
struct Ways {
    /// How often what follows the piece is tried.
    out: u64,
    /// How often another way is tried within the piece.
    tries: u64,
}

impl Ways {
    const ONE: Self = Self { out: 1, tries: 0 };
    const UNKNOWN: Self = Self { out: u64::MAX, tries: u64::MAX };
}

/// How often other ways are tried at most from one start of a key of so many bytes.
pub(in super::super) fn attempts(root: &Node, length: u64) -> u64 {
    let ways = ways(root, length);
    ways.tries.saturating_add(ways.out)
}

fn ways(node: &Node, length: u64) -> Ways {
    match &node.kind {
        Kind::Empty | Kind::Literal(_) | Kind::Class(_) | Kind::Any(_) | Kind::Assertion(_) => Ways::ONE,
        Kind::Group(group) => {
            let inner = ways(&group.node, length);
            Ways { tries: inner.tries.saturating_add(2), ..inner }
        }
        Kind::Alternation(nodes) => {
            let apart = begin_apart(nodes);
            let none = Ways { out: 0, tries: 0 };
            nodes.iter().map(|node| ways(node, length)).fold(none, |all, one| Ways {
                // Of branches that begin with different bytes, one can be taken.
                out: if apart { all.out.max(one.out) } else { all.out.saturating_add(one.out) },
                tries: all.tries.saturating_add(one.tries).saturating_add(2),
            })
        }
        Kind::Concat(nodes) => concat(nodes, length),
        Kind::Repeat(repeat) => repeated(repeat, length),
        _ => Ways::UNKNOWN,
    }
}

fn concat(nodes: &[Node], length: u64) -> Ways {
    let mut all = Ways::ONE;
    for (index, node) in nodes.iter().enumerate() {
        let mut one = ways(node, length);
        // Where what follows can never stand where the repetition still goes on, only its end leads anywhere.
        if let (Kind::Repeat(repeat), Some(next)) = (&node.kind, nodes.get(index + 1))
            && let (Some(set), Some(first)) = (set_of(&repeat.node), set_of(next))
            && set.intersection(&first).is_empty()
            && repeat.max.is_none()
        {
            one = Ways { out: 1, tries: one.tries.saturating_add(one.out) };
        }
        all = Ways {
            out: all.out.saturating_mul(one.out),
            tries: all.tries.saturating_add(all.out.saturating_mul(one.tries)),
        };
    }
    all
}

fn repeated(repeat: &Repeat, length: u64) -> Ways {
    let most = u64::from(repeat.max.unwrap_or(u32::MAX)).min(length.saturating_add(1));
    let least = u64::from(repeat.min).min(most);
    let one = ways(&repeat.node, length);
    if set_of(&repeat.node).is_some() {
        let out = most - least + 1;
        return Ways { out, tries: out };
    }
    // So many times, each may be the last.
    let times = most.saturating_add(1);
    if one.out <= 1 {
        return Ways { out: times, tries: times.saturating_mul(one.tries.saturating_add(4)) };
    }
    let mut all = Ways { out: 1, tries: 4 };
    let mut ends = 1_u64;
    for _ in 0..most {
        all.tries = all.tries.saturating_add(ends.saturating_mul(one.tries.saturating_add(4)));
        ends = ends.saturating_mul(one.out);
        all.out = all.out.saturating_add(ends);
        if all.out == u64::MAX {
            return Ways::UNKNOWN;
        }
    }
    all
}

/// The bytes that a piece takes exactly one of.
fn set_of(node: &Node) -> Option<ByteSet> {
    match &node.kind {
        Kind::Literal(literal) => Some(literal.bytes),
        Kind::Class(class) => Some(class.bytes),
        Kind::Any(any) => Some(any.bytes),
        _ => None,
    }
}

/// The bytes that a piece begins with, where it takes any.
fn begins(node: &Node) -> Option<ByteSet> {
    match &node.kind {
        Kind::Concat(nodes) => begins(nodes.first()?),
        Kind::Group(group) => begins(&group.node),
        Kind::Repeat(repeat) if repeat.min > 0 => begins(&repeat.node),
        _ => set_of(node),
    }
}

/// Whether no two of these can begin at the same byte.
fn begin_apart(nodes: &[Node]) -> bool {
    let mut taken = ByteSet::EMPTY;
    nodes.iter().all(|node| {
        begins(node).is_some_and(|set| {
            let apart = taken.intersection(&set).is_empty();
            taken = taken.union(&set);
            apart
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::pattern::{Pattern, PcreFlags};

    #[test]
    fn what_never_comes_to_the_limit() {
        let surely =
            |source: &str, length| Pattern::pcre(source.as_bytes(), PcreFlags::POSTFIX).unwrap().answers_surely(length);
        for source in ["a", "^Subject:.*viagra", "^(To|Cc):.*@", "^[^:]+: *x", "(a|b|c)*d", "\\.[a-z]{2,6}$"] {
            assert!(surely(source, 110_000), "{source}");
        }
        // Each of these fails in a long key: postmap 3.7.11 warns that the match limit is exceeded.
        for source in ["(a.*)(a.*)[bc]", "a.*a.*[bc]", "(a|aa)*[bc]", "(a*)*[bc]"] {
            assert!(!surely(source, 110_000), "{source}");
        }
        assert!(surely("^a.*b.*c", 2_048));
        assert!(!surely("^a.*b.*c.*d", 2_048));
        assert!(surely("^([a-z]+\\.)+[0-9]", 2_048));
    }
}
