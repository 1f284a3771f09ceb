//! What is wrong with a table or with main.cf, and what Postfix does about it.

//!
//! | problems of | file |
//! |---|---|
//! | lines of tables, and consequences | here |
//! | networks, entries, names of tables | [`table`] |
//! | patterns that mean something other than they look like | [`slip`] |
//! | results | [`result`] |
//! | characters and line ends | [`text`] |
//! | a rule and the keys that its table is asked for | [`key`] |
//! | a rule beside others, as sets of keys | [`rule`] |
//! | main.cf | [`main_cf`] |
//! | restrictions, and tables asked for clients | [`restriction`] |

use serde::{Deserialize, Serialize};

use crate::{PatternErrorKind, Place, TableKind};

pub mod key;
pub mod main_cf;
pub mod restriction;
pub mod result;
pub mod rule;
pub mod slip;
pub mod table;
pub mod text;

pub use key::KeyProblem;
pub use main_cf::MainCfProblem;
pub use restriction::{ClientKeyProblem, RestrictionArgument, RestrictionProblem};
pub use result::ResultProblem;
pub use rule::{NoKeyReason, RuleProblem};
pub use slip::SlipProblem;
pub use table::{EntryProblem, MapProblem, NetworkProblem};
pub use text::TextProblem;

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
        /// The kind of table.
        kind: TableKind,
    },
    /// A flag that no longer does anything.
    ObsoleteFlag {
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
    /// `{,3}` in a PCRE pattern: text for PCRE2 before 10.43, a count for later ones.
    CountByVersion,
    /// A rule that begins with white space continues the line above.
    SwallowedRule,
    /// A zero byte: C strings end there.
    ZeroByte,
    /// What stands for a network in a cidr: table is none.
    Network(NetworkProblem),
    /// A line that should hold a key and a value.
    Entry(EntryProblem),
    /// A table's name, `TYPE:NAME`, or what stands there in place of a name.
    Map(MapProblem),
    /// A line of main.cf, or a parameter's value.
    MainCf(MainCfProblem),
    /// A list of restrictions of smtpd(8).
    Restriction(RestrictionProblem),
    /// A pattern of a table that is asked for clients.
    ClientKey(ClientKeyProblem),
    /// A pattern that means something other than it looks like.
    Slip(SlipProblem),
    /// A result that says something other than it looks like.
    Result(ResultProblem),
    /// A character that looks like another, or a line end of another system.
    Text(TextProblem),
    /// A rule and the keys that its table is asked for.
    Key(KeyProblem),
    /// A rule beside the others of its table.
    Rule(RuleProblem),
    /// A line of a file of facts that says nothing which is understood.
    NotAFact {
        /// The line.
        text: String,
    },
    /// main.cf names a file that the project does not have.
    FileMissing {
        /// Its path.
        path: String,
    },
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
    /// When the rule fires, Postfix logs a warning and does nothing.
    NotDone,
    /// The table cannot be opened: Postfix's programs stop or answer "try again later".
    TableRefused,
    /// Postfix warns; the setting stays in use.
    SettingKept,
    /// Postfix's programs that read this stop.
    ConfigurationRefused,
    /// When smtpd(8) comes to it, it warns and answers "451 4.3.5 Server configuration error".
    ServerError,
    /// Postfix says nothing, and strangers can send mail to anywhere through this server.
    OpenRelay,
    /// This tool cannot run the rule; where it might decide, the verdict is unknown.
    Unknown,
}

impl Consequence {
    /// How bad it is.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::RuleDropped
            | Self::BlockUnconditional
            | Self::BlockToTheEnd
            | Self::TableRefused
            | Self::NotDone
            | Self::ServerError
            | Self::OpenRelay
            | Self::ConfigurationRefused => Severity::Error,
            Self::TextIgnored | Self::RuleKept | Self::SettingKept => Severity::Warning,
            Self::Silent => Severity::Hint,
            Self::Unknown => Severity::Unknown,
        }
    }

    /// Whether something that was written down is not in use: a rule is dropped, a table or a whole configuration refused.
    #[must_use]
    pub const fn is_loss(self) -> bool {
        matches!(
            self,
            Self::RuleDropped
                | Self::BlockUnconditional
                | Self::BlockToTheEnd
                | Self::TableRefused
                | Self::ConfigurationRefused
        )
    }

    /// Whether Postfix itself writes a warning about it.
    #[must_use]
    pub const fn postfix_warns(self) -> bool {
        !matches!(self, Self::Silent | Self::OpenRelay | Self::Unknown)
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
