//! A rule as parsed: what must match, and what it then says.

use postproof_model::{Lines, Span, UnknownReason};

use super::network::Network;
use super::substitution::Template;
use crate::pattern::Pattern;

/// One logical line of a table that Postfix keeps.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The physical lines it stands on.
    pub lines: Lines,
    /// The logical line in the source.
    pub span: Span,
    /// Its pattern in the source: negation, delimiters and flags included; the second pattern, too, where there are two.
    pub pattern: Span,
    /// What it does.
    pub op: Op,
}

/// What a rule does.
#[derive(Clone, Debug)]
pub enum Op {
    /// Answers the keys that match.
    Answer {
        /// What must match.
        condition: Condition,
        /// What must not match, in the form `/a/!/b/`; its own negation is folded in.
        second: Option<Condition>,
        /// What it says.
        result: Template,
    },
    /// Lets only keys that match through to the rules up to its end.
    If {
        /// What must match.
        condition: Condition,
        /// The index of the rule after the block: its `endif`'s, or the number of rules.
        end: usize,
    },
    /// Ends a block. It stays in the list so that a rule's index is its place.
    Endif,
}

/// Something that must, or must not, be true of a key.
#[derive(Clone, Debug)]
pub struct Condition {
    /// What; an error where Postfix would keep the rule but this tool cannot run it.
    pub test: Result<Test, UnknownReason>,
    /// Whether it must not be true.
    pub negated: bool,
    /// The pattern's own bytes in the source, without delimiters.
    pub source: Span,
    /// The flags, in the source; empty where there are none.
    pub flags: Span,
}

/// What can be true of a key.
#[derive(Clone, Debug)]
pub enum Test {
    /// The pattern matches: regexp: and pcre:.
    Pattern(Pattern),
    /// It is an address of the network: cidr:.
    Network(Network),
    /// It is the key of the entry: hash: and the like. The table's index tells.
    Key,
    /// Nothing is asked: static:.
    Always,
}

impl Rule {
    /// Whether it answers every key, as far as that can be seen at once.
    pub(super) fn answers_everything(&self) -> bool {
        matches!(&self.op, Op::Answer { condition, second: None, result } if result.highest_group() == 0
            && !condition.negated
            && condition.pattern().is_some_and(Pattern::matches_everything))
    }

    /// What must, or must not, match.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let (first, second) = match &self.op {
            Op::Answer { condition, second, .. } => (Some(condition), second.as_ref()),
            Op::If { condition, .. } => (Some(condition), None),
            Op::Endif => (None, None),
        };
        first.into_iter().chain(second)
    }
}

impl Condition {
    /// The pattern, where the condition is one that can be run.
    #[must_use]
    pub const fn pattern(&self) -> Option<&Pattern> {
        match &self.test {
            Ok(Test::Pattern(pattern)) => Some(pattern),
            _ => None,
        }
    }
}
