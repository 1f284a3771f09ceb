//! What access tables say of a client.

use serde::{Deserialize, Serialize};

use crate::{Action, Answer, Bytes, Reply, RuleRef, S25rFired, SmtpUnknown, Tried};

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
    /// The rules of S25R that match what was asked, each with the part of the key that makes it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fired: Vec<S25rFired>,
    /// Why it cannot be told what the client is told, where that is not for the last lookup's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<SmtpUnknown>,
}

/// What a server with a main.cf tells one client that sends mail from one address to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServedVerdict {
    /// The line of the input, from 1.
    pub line: usize,
    /// The client as given.
    pub input: Bytes,
    /// The verified name: `unknown` when there is none.
    pub name: Bytes,
    /// The address, where it was given.
    pub address: Option<Bytes>,
    /// What the client calls itself.
    pub helo: Bytes,
    /// The sender.
    pub sender: Bytes,
    /// The recipient.
    pub recipient: Bytes,
    /// The last line that the client says: the first that is refused or whose answer is unknown, or RCPT TO. Empty where that
    /// is the greeting.
    pub command: Bytes,
    /// What the client is told.
    pub told: HostTold,
    /// The restrictions that were tried up to then, in order.
    pub tried: Vec<Tried>,
    /// Which of them decided, from 0: the one that refused; of a client that is let in, the one whose permit ended a list.
    /// None where none did.
    pub decided: Option<usize>,
    /// The rules of S25R that match what was asked, each with the part of the key that makes it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fired: Vec<S25rFired>,
}

/// What comes of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostTold {
    /// It is let in.
    Permitted,
    /// No table decides.
    Undecided,
    /// It is told this, code first.
    Rejected(Bytes),
    /// It depends on what an action does that is not part of the verdict.
    Other(Action),
    /// It cannot be told, for this reason; none where the lookup says it.
    Unknown(Option<SmtpUnknown>),
}

/// What decided about a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostDecider {
    /// The restriction as main.cf has it, where there is a main.cf, and the parameter that holds its list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restriction: Option<(String, Bytes)>,
    /// The rule of a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleRef>,
    /// The key for which it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Bytes>,
}

/// What comes of a client, and what decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostDecision {
    /// What comes of it.
    pub told: HostTold,
    /// What decided; none where nothing did.
    pub decider: Option<HostDecider>,
    /// The rules of S25R that match.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fired: Vec<S25rFired>,
}

/// What let a client in, and what would have come of it otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The lines or restrictions that let it in: the first as it is, each further one if those before it were not there.
    pub by: Vec<HostDecider>,
    /// What would come of it if none of them were there.
    pub otherwise: HostDecision,
}

/// A line for a white list that would let a client in, and was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The line, for a regexp: table.
    pub line: String,
    /// What it is about.
    pub scope: ProposalScope,
    /// The restriction, or the table where there is no main.cf, that refuses the client now and that the line must come before.
    pub before: Bytes,
    /// How many other clients of the same input it would let in that are refused now.
    pub frees: usize,
    /// Whether not all that match were tried, so that it may be more.
    pub or_more: bool,
}

/// What a white list's line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalScope {
    /// The client's name.
    Name,
    /// All names in the domain that holds it.
    Domain,
    /// The client's address.
    Address,
}

/// Many clients, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostSummary {
    /// How many there were.
    pub hosts: u64,
    /// How many are let in.
    pub permitted: u64,
    /// How many are told to try again later: replies 4xx.
    pub deferred: u64,
    /// How many are refused: replies 5xx.
    pub rejected: u64,
    /// How many no table decides.
    pub undecided: u64,
    /// How many depend on another action.
    pub other: u64,
    /// How many cannot be told.
    pub unknown: u64,
    /// The rules and restrictions that decided: those of most clients first, then by restriction, table and line.
    pub deciders: Vec<Counted>,
    /// S25R's rules that matched, by number.
    pub s25r: Vec<S25rCounted>,
}

/// What comes of a client, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostFate {
    /// It is let in.
    Permitted,
    /// It is told to try again later.
    Deferred,
    /// It is refused.
    Rejected,
    /// No table decides.
    Undecided,
    /// It depends on another action.
    Other,
    /// It cannot be told.
    Unknown,
}

impl HostTold {
    /// The same in one word.
    #[must_use]
    pub fn fate(&self) -> HostFate {
        match self {
            Self::Permitted => HostFate::Permitted,
            Self::Undecided => HostFate::Undecided,
            Self::Rejected(reply) if reply.first() == Some(&b'4') => HostFate::Deferred,
            Self::Rejected(_) => HostFate::Rejected,
            Self::Other(_) => HostFate::Other,
            Self::Unknown(_) => HostFate::Unknown,
        }
    }
}

/// A rule or a restriction, and how many clients it decided in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// What decided.
    #[serde(flatten)]
    pub decider: HostDecider,
    /// What came of them.
    pub fate: HostFate,
    /// How many.
    pub hosts: u64,
}

/// A rule of S25R, and how many clients' names have what it looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct S25rCounted {
    /// The rule's number.
    pub number: u8,
    /// How many clients it decided.
    pub decided: u64,
    /// How many it matched, decided by it or by a rule of the same table before it.
    pub matched: u64,
}
