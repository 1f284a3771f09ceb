//! Results that say something other than they look like.

use serde::{Deserialize, Serialize};

/// What is wrong with a rule's result. header_checks(5), "ACTIONS"; access(5), "ACCEPT ACTIONS" and what follows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultProblem {
    /// Header and body checks have no action of this name.
    NoSuchAction {
        /// The word, as written.
        word: String,
        /// An action whose name looks like it.
        like: Option<String>,
    },
    /// An SMTP reply code in header or body checks.
    ReplyCode {
        /// The code.
        code: String,
    },
    /// An action of access tables in header or body checks.
    AccessAction {
        /// The action, as written.
        word: String,
    },
    /// An action that exists, but not for what asks this table.
    NotHere {
        /// The action.
        action: String,
    },
    /// FILTER without `transport:destination`.
    NoDestination {
        /// What stands there.
        text: String,
    },
    /// REDIRECT or BCC without an address.
    NoAddress {
        /// The action.
        action: String,
        /// What stands there.
        text: String,
    },
    /// REPLACE or PREPEND without a text.
    NoText {
        /// The action.
        action: String,
    },
    /// REPLACE or PREPEND in a header, with a text that is no header.
    NotAHeader {
        /// The action.
        action: String,
        /// The header's name that would make it one, where the pattern tells.
        name: Option<String>,
    },
    /// An escape in a text: the text is used as it is.
    EscapeInText {
        /// The escape, as written: `\n`.
        written: String,
    },
    /// A reply code in the text of REJECT, which the sender is told as text.
    CodeInText {
        /// The code, and the status after it.
        code: String,
    },
    /// A status of success in the text of REJECT: the message is put off, not refused.
    SuccessInText {
        /// The status.
        status: String,
    },
    /// `#` in a result: no comment starts there.
    CommentInText,
    /// PREPEND by a rule that fires on every header.
    PrependEverywhere,
    /// Digits alone in an access table: OK.
    DigitsAlone {
        /// The digits.
        digits: String,
    },
    /// An action of header and body checks in an access table.
    ContentAction {
        /// The action, as written.
        word: String,
    },
    /// An access table's result that is neither an action nor a restriction.
    NoSuchRestriction {
        /// The word, as written.
        word: String,
        /// An action or a restriction whose name looks like it.
        like: Option<String>,
    },
}
