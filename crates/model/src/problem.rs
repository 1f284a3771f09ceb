//! What is wrong with a table, and what Postfix does about it.

use serde::{Deserialize, Serialize};

use crate::{PatternErrorKind, Place};

/// A problem with where it stands and what follows from it. The words come from `postproof-words`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Problem,
    /// What Postfix does about it, or what this tool cannot do.
    pub consequence: Consequence,
    /// Where.
    pub place: Place,
}

impl Diagnostic {
    /// How bad it is; follows from the consequence.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.consequence.severity()
    }
}

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The table's first text starts with white space, so there is no line that it could continue.
    StartsWithSpace,
    /// A line that starts with a letter or digit and is neither `if` nor `endif`.
    NotARule,
    /// `if` or the second pattern of a pair without a pattern after it.
    NoPattern,
    /// The pattern's second delimiter is missing.
    NoClosingDelimiter {
        /// The delimiter that opened the pattern.
        delimiter: char,
    },
    /// A flag this kind of table does not know.
    UnknownFlag {
        /// The flag.
        flag: char,
    },
    /// The pattern does not compile.
    Pattern(PatternErrorKind),
    /// A rule without a result.
    NoResult,
    /// `$n` where the pattern has fewer groups.
    GroupOutOfRange {
        /// The number after the dollar sign.
        group: u32,
        /// How many groups the pattern has.
        groups: u32,
    },
    /// `$n` in the result of a negated pattern.
    GroupInNegated,
    /// A `$` that is followed by something other than a group number or another dollar sign.
    BadSubstitution {
        /// What follows the dollar sign, as written.
        name: String,
    },
    /// A `${` or `$(` that is never closed.
    UnclosedSubstitution,
    /// `if` never closed by `endif`.
    IfWithoutEndif,
    /// `endif` without an `if`.
    EndifWithoutIf,
    /// Text after the pattern of an `if`.
    TextAfterIf,
    /// Text after an `endif`.
    TextAfterEndif,
    /// A pattern's first character is a tilde: nearly always a slip for `^`.
    TildeForCaret,
    /// The flag `i` switches case folding off.
    FoldingOff,
    /// A rule that begins with white space continues the line above.
    SwallowedRule,
    /// The table's lookup gives an empty result, which its callers refuse.
    EmptyResult,
    /// A zero byte: C strings end there.
    ZeroByte,
    /// A line over Postfix's or this tool's limit.
    LineTooLong,
    /// Something this tool cannot run faithfully yet.
    Unsupported {
        /// What it is, in Postfix's or PCRE's own notation.
        what: String,
    },
}

/// What follows from a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consequence {
    /// Postfix warns, drops the rule and keeps the rest of the table.
    RuleDropped,
    /// Postfix warns and drops the `if`, so that its block applies unconditionally.
    BlockUnconditional,
    /// Postfix warns and ignores the text in question; the rest of the line stands.
    TextIgnored,
    /// Postfix warns; the rule stays in use.
    RuleKept,
    /// Postfix warns; the rest of the table is inside the block.
    BlockToTheEnd,
    /// Postfix says nothing; the rule does what it says, which may not be what was meant.
    Silent,
    /// The table cannot be opened: Postfix's programs stop or answer "try again later".
    TableRefused,
    /// This tool cannot run the rule; where it might decide, the verdict is unknown.
    Unknown,
}

impl Consequence {
    /// How bad it is.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::RuleDropped | Self::BlockUnconditional | Self::BlockToTheEnd | Self::TableRefused => Severity::Error,
            Self::TextIgnored | Self::RuleKept => Severity::Warning,
            Self::Silent => Severity::Hint,
            Self::Unknown => Severity::Unknown,
        }
    }

    /// Whether Postfix itself writes a warning about it.
    #[must_use]
    pub const fn postfix_warns(self) -> bool {
        !matches!(self, Self::Silent | Self::Unknown)
    }
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Postfix does not do what the line says.
    Error,
    /// Postfix warns, and does what the line says.
    Warning,
    /// This tool cannot tell.
    Unknown,
    /// Postfix says nothing, but it may not be what was meant.
    Hint,
}
