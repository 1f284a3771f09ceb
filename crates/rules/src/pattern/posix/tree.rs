//! A pattern without the parts that glibc drops before it builds its automaton.

use super::super::ByteSet;
use super::super::ast::{Assertion, GroupKind, Kind, Node};
use super::condition::Condition;

/// A piece that matches something: `a{0}` is no piece, and `a{1}` is `a`.
pub(super) enum Tree {
    /// One byte of a set.
    Take(ByteSet),
    /// A place.
    Anchor(Condition),
    /// A place that fulfils either of two conditions.
    Boundary(Condition, Condition),
    /// What a group took.
    Backreference(u32),
    /// A group, which may hold nothing.
    Group {
        /// Its number.
        index: u32,
        /// What it holds.
        tree: Option<Box<Tree>>,
    },
    /// A piece several times.
    Repeat {
        /// The piece.
        tree: Box<Tree>,
        /// At least so often.
        min: u32,
        /// At most so often.
        max: Option<u32>,
    },
    /// One of several, some of which may be empty.
    Alternation(Vec<Option<Tree>>),
    /// Two or more, one after another.
    Concat(Vec<Tree>),
}

/// What a tree holds that POSIX does not know.
pub(super) struct NotPosix;

impl Tree {
    /// The pieces of a pattern; none where nothing is left of it.
    pub(super) fn new(node: &Node) -> Result<Option<Self>, NotPosix> {
        Ok(Some(match &node.kind {
            Kind::Empty => return Ok(None),
            Kind::Literal(literal) => Self::Take(literal.bytes),
            Kind::Class(class) => Self::Take(class.bytes),
            Kind::Any(any) => Self::Take(any.bytes),
            Kind::Assertion(assertion) => match assertion {
                // Inside a pattern, glibc's `^` and `$` see lines even without REG_NEWLINE, its \` and \' never.
                Assertion::Start if node.span.len() == 1 => Self::Anchor(Condition::LINE_START),
                Assertion::End if node.span.len() == 1 => Self::Anchor(Condition::LINE_END),
                Assertion::Start => Self::Anchor(Condition::START),
                Assertion::End => Self::Anchor(Condition::END),
                Assertion::LineStart => Self::Anchor(Condition::LINE_START),
                Assertion::LineEnd => Self::Anchor(Condition::LINE_END),
                Assertion::WordStart => Self::Anchor(Condition::WORD_START),
                Assertion::WordEnd => Self::Anchor(Condition::WORD_END),
                Assertion::WordBoundary => Self::Boundary(Condition::WORD_START, Condition::WORD_END),
                Assertion::NotWordBoundary => Self::Boundary(Condition::INSIDE_WORD, Condition::OUTSIDE_WORD),
                Assertion::EndOrFinalNewline | Assertion::SearchStart => return Err(NotPosix),
            },
            Kind::Backreference(reference) => Self::Backreference(reference.group),
            Kind::Group(group) => match &group.kind {
                GroupKind::Capture { index, .. } => {
                    Self::Group { index: *index, tree: Self::new(&group.node)?.map(Box::new) }
                }
                GroupKind::Plain | GroupKind::Atomic => return Err(NotPosix),
            },
            Kind::Repeat(repeat) => {
                let Some(tree) = Self::new(&repeat.node)? else { return Ok(None) };
                match (repeat.min, repeat.max) {
                    (0, Some(0)) => return Ok(None),
                    (1, Some(1)) => tree,
                    (min, max) => Self::Repeat { tree: Box::new(tree), min, max },
                }
            }
            Kind::Alternation(nodes) => Self::Alternation(nodes.iter().map(Self::new).collect::<Result<_, _>>()?),
            Kind::Concat(nodes) => {
                let mut trees = Vec::with_capacity(nodes.len());
                for node in nodes {
                    trees.extend(Self::new(node)?);
                }
                match trees.len() {
                    0 | 1 => return Ok(trees.pop()),
                    _ => Self::Concat(trees),
                }
            }
            Kind::Look(_)
            | Kind::Conditional(_)
            | Kind::Recursion(_)
            | Kind::LineBreak(_)
            | Kind::Grapheme
            | Kind::SingleByte
            | Kind::Keep
            | Kind::Verb(_) => return Err(NotPosix),
        }))
    }
}
