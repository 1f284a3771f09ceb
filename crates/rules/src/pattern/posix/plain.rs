//! Which patterns glibc matches otherwise than their anchors say.
//!
//! Two things are peculiar. Without REG_NEWLINE, `^` and `$` still match at a newline where the pattern itself takes
//! that newline right before or after them. And in a repetition that is written out as copies, an anchor may bind
//! nothing in the later copies. Patterns in which neither can happen, nearly all, are plain.

use super::super::ast::{Assertion, Kind, Node};

/// Whether the pattern is plain. May say no for a pattern that is.
pub(super) fn plain(root: &Node) -> bool {
    Around { taken_before: false, taken_after: false, copied: false }.check(root)
}

/// What stands around a piece.
#[derive(Clone, Copy)]
struct Around {
    /// Whether a newline may have been taken before it.
    taken_before: bool,
    /// Whether a newline may be taken after it.
    taken_after: bool,
    /// Whether it is inside a repetition of which there are copies.
    copied: bool,
}

impl Around {
    fn check(self, node: &Node) -> bool {
        match &node.kind {
            Kind::Assertion(assertion) => match assertion {
                _ if self.copied => false,
                Assertion::Start => !self.taken_before || node.span.len() > 1,
                Assertion::End => !self.taken_after || node.span.len() > 1,
                _ => true,
            },
            Kind::Group(group) => self.check(&group.node),
            Kind::Repeat(repeat) => {
                let twice = repeat.max.is_none_or(|max| max > 1);
                let copies = twice && (repeat.min > 0 || repeat.max.is_some());
                let takes = twice && takes(&repeat.node);
                Self {
                    taken_before: self.taken_before || takes,
                    taken_after: self.taken_after || takes,
                    copied: self.copied || copies,
                }
                .check(&repeat.node)
            }
            Kind::Alternation(nodes) => nodes.iter().all(|node| self.check(node)),
            Kind::Concat(nodes) => nodes.iter().enumerate().all(|(index, node)| {
                let (before, after) = nodes.split_at(index);
                let taken_before = self.taken_before || before.iter().any(takes);
                let taken_after = self.taken_after || after.iter().skip(1).any(takes);
                !holds_anchor(node) || Self { taken_before, taken_after, ..self }.check(node)
            }),
            _ => true,
        }
    }
}

/// Whether a piece may take a newline.
fn takes(node: &Node) -> bool {
    match &node.kind {
        Kind::Literal(literal) => literal.bytes.contains(b'\n'),
        Kind::Class(class) => class.bytes.contains(b'\n'),
        Kind::Any(any) => any.bytes.contains(b'\n'),
        Kind::Backreference(_) => true,
        Kind::Repeat(repeat) if repeat.max == Some(0) => false,
        _ => node.children().into_iter().any(takes),
    }
}

/// Whether a piece holds an anchor, at any depth.
fn holds_anchor(node: &Node) -> bool {
    matches!(node.kind, Kind::Assertion(_)) || node.children().into_iter().any(holds_anchor)
}
