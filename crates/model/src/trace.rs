//! What each rule of a table made of a key: why it answered, or why it did not.

use serde::{Deserialize, Serialize};

use crate::{Answer, Bytes, PcreMatchError, RuleRef, Span, UnknownReason};

/// A lookup, rule by rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The table's name.
    pub table: String,
    /// The key as the table's rules saw it: folded to lower case where the table does that.
    pub key: Bytes,
    /// The rules in the order in which they were tried, up to the one that answered.
    pub steps: Vec<Step>,
    /// How many more rules were tried than are listed. Those left out stand before the one that answered, which is always
    /// listed, or at the end.
    #[serde(default)]
    pub steps_left_out: usize,
    /// The lookups in other tables that this one made: pipemap: and unionmap:.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Trace>,
    /// The answer.
    pub answer: Answer,
}

/// What one rule made of the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The rule.
    pub rule: RuleRef,
    /// What it made of it.
    pub outcome: StepOutcome,
}

/// What a rule makes of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepOutcome {
    /// It answers.
    Answers,
    /// An `if` that lets the key through.
    LetsThrough,
    /// An `if` that the key does not fulfil: its block is passed over.
    ShutsOut {
        /// How far its pattern got; none for a negated one, which matched.
        near: Option<NearMiss>,
        /// What matched, where the pattern is negated.
        matched: Option<Span>,
    },
    /// It does not match.
    Misses {
        /// How far its pattern got, where that was found out.
        near: Option<NearMiss>,
    },
    /// Its pattern matched, but it is negated, or the second pattern of the pair matched, too.
    MatchedButNegated {
        /// The part of the key that matched.
        matched: Option<Span>,
    },
    /// Not tried: it lies in the block of an `if` that shut the key out.
    ShutOut,
    /// PCRE2 ended the match with an error, so the rule did not fire; where it is an `if`, its block is passed over.
    Failed(PcreMatchError),
    /// It could not be run.
    Unknown(UnknownReason),
}

/// How far a pattern got that did not match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearMiss {
    /// The beginning of the pattern that does match somewhere in the key, in the table's source; empty where not even the
    /// first piece does.
    pub pattern: Span,
    /// The piece after it, with which it no longer matches, in the table's source.
    pub stopped_at: Span,
    /// Where in the key the beginning matches: the leftmost place, and there the longest stretch.
    pub key: Span,
    /// How far it got in that piece, where it is one of several alternatives or a repetition. The stretch of the key is
    /// that of the beginning and this together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Box<NearMiss>>,
}
