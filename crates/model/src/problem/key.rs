//! Rules that wait for a key which their table is not asked for, or not only for.

use serde::{Deserialize, Serialize};

/// A rule and the keys that its table is asked for. header_checks(5), postconf(5), access(5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyProblem {
    /// A header of MIME that this table is never asked for, since another parameter has it.
    ContentHeader {
        /// The header's name.
        header: String,
        /// The parameter whose tables are asked for it.
        parameter: String,
    },
    /// A header that this table meets in the parts of a message only, never in the message's own headers.
    PartHeader {
        /// The header's name.
        header: String,
        /// The parameter whose tables are asked for it in a message's own headers.
        parameter: String,
    },
    /// A header that milters add: Postfix asks milter_header_checks for it, and this table only for what comes with a
    /// message.
    MilterHeader {
        /// The header's name.
        header: String,
    },
    /// A rule that refuses or diverts a message for the Received header that Postfix itself puts on top of it.
    OwnReceived {
        /// That header's first line.
        example: String,
    },
    /// A negated pattern that asks for a header: it matches every other header.
    NegatedHeader {
        /// The header's name.
        header: String,
    },
    /// A key of an indexed table that no client has.
    BracketedKey {
        /// The key, as written.
        key: String,
        /// The key without its brackets.
        plain: String,
    },
    /// A pattern of a sender table that no sender matches.
    NoSender,
    /// A pattern of a recipient table that no recipient matches.
    NoRecipient,
}
