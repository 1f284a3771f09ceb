//! What access tables say of a client.

use serde::{Deserialize, Serialize};

use crate::{Action, Answer, Bytes, Reply, RuleRef};

/// One lookup of one key in one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyLookup {
    /// The table's name.
    pub table: String,
    /// The key.
    pub key: Bytes,
    /// What the table answered.
    pub answer: Answer,
    /// Later rules of the table that would have matched the key, too.
    pub also: Vec<RuleRef>,
}

/// What the tables decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostOutcome {
    /// No table decides: the next restriction is asked.
    Undecided,
    /// OK: this list of restrictions ends here, the later lists are still asked.
    Permitted,
    /// The client is told this.
    Rejected(Reply),
    /// A table answers with a restriction, a DISCARD, a FILTER or the like: what it does is not part of the host's verdict.
    Other(Action),
    /// It cannot be told.
    Unknown,
}

/// What the access tables say of one client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostVerdict {
    /// The line of the input, from 1.
    pub line: usize,
    /// The client as given.
    pub input: Bytes,
    /// The verified name: `unknown` when there is none.
    pub name: Bytes,
    /// The address, where it was given.
    pub address: Option<Bytes>,
    /// The lookups that were made, in order; the last one decided, unless the outcome is undecided.
    pub lookups: Vec<KeyLookup>,
    /// What was decided.
    pub outcome: HostOutcome,
    /// The action that decided, and the text after it.
    pub action: Option<(Action, Bytes)>,
}
