//! What follows from a rule's keys as a set, beside the keys of the rules before it. Each is proved, not guessed.

use serde::{Deserialize, Serialize};

use crate::Bytes;

/// A rule among the others of its table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleProblem {
    /// Rules before it answer every key that it matches.
    NeverFires {
        /// The lines of the rules that do; the fewest that were found to do.
        lines: Vec<usize>,
        /// A key that it matches.
        key: Bytes,
        /// The line that answers this key.
        answered: usize,
        /// Whether all of these rules only log, so that nobody expects them to end the search.
        only_log: bool,
    },
    /// It matches the same keys as a rule before it.
    SameAs {
        /// That rule's line.
        line: usize,
        /// A key that both match.
        key: Bytes,
        /// Whether that rule only logs, so that nobody expects it to end the search.
        only_logs: bool,
    },
    /// It matches every key that its table is asked for.
    Everything,
    /// It matches no key that its table is asked for.
    NoKey {
        /// Why.
        why: NoKeyReason,
    },
    /// Proving it would take too much.
    TooBig {
        /// Whether all rules from here on were left out.
        rest: bool,
    },
}

/// Why a rule matches no key that its table is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoKeyReason {
    /// Its pattern matches nothing at all, whatever the key.
    Nothing,
    /// It matches the empty key only, for which no table is asked.
    EmptyKey,
    /// It needs a line break, and keys of this kind have none.
    LineBreak,
    /// No header looks like it.
    NoHeader,
    /// Each condition has keys, but no key meets all of them: two headers' names, say, in nested ifs.
    Together,
}
