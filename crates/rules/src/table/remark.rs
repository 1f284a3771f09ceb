//! What Postfix warns of while it looks a key up.

use postproof_model::{Bytes, PcreMatchError, RuleRef};

/// A warning that belongs to a lookup rather than to a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The key is not UTF-8, so the table was not asked and has not found it.
    KeyNotUtf8 {
        /// The table.
        table: String,
        /// The key.
        key: Bytes,
    },
    /// The result is not UTF-8, so the lookup fails.
    ResultNotUtf8 {
        /// The table.
        table: String,
        /// The key.
        key: Bytes,
        /// The result.
        result: Bytes,
    },
    /// PCRE2 ended the match with an error, so the rule did not fire.
    MatchFailed {
        /// The rule.
        rule: RuleRef,
        /// The error.
        error: PcreMatchError,
    },
}
