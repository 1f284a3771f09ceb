//! What a table answers to a key.

use serde::{Deserialize, Serialize};

use crate::{Bytes, Lines, Span, TableKind};

/// A rule, named so that people and programs find it again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RuleRef {
    /// The table's name, as the project or the command line has it.
    pub table: String,
    /// The physical lines it stands on.
    pub lines: Lines,
    /// The logical line within the file, from its first byte to its last, line ends between them included.
    pub span: Span,
    /// The pattern within the file: negation, delimiters and flags included.
    pub pattern: Span,
    /// The pattern as written: the bytes of [`RuleRef::pattern`].
    pub text: Bytes,
    /// The number of the S25R rule that this is, when its pattern is one of S25R's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub s25r: Option<u8>,
}

/// A rule that answered, with everything it said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// The rule.
    pub rule: RuleRef,
    /// The part of the key that matched; none when the pattern is negated.
    pub matched: Option<Span>,
    /// The groups' parts of the key, the first at index 0. A group that took no part is none.
    ///
    /// Empty when [`Hit::groups_unknown`], and when the pattern has no groups.
    pub groups: Vec<Option<Span>>,
    /// Whether the pattern has groups whose bounds could not be told.
    #[serde(default)]
    pub groups_unknown: bool,
    /// The result, substitutions done.
    pub result: Bytes,
    /// The `if`s that let the key through to this rule, outermost first.
    #[serde(default)]
    pub conditions: Vec<RuleRef>,
    /// The lookups that made this answer, in order, where several tables did: pipemap: and unionmap:. Then
    /// [`Hit::rule`] is the rule that gave the last of a pipeline's results, or the first of a union's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
}

/// One of the lookups that make an answer together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// The key, which in a pipeline is what the table before it answered.
    pub key: Bytes,
    /// What was found.
    pub hit: Hit,
}

/// What a table answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// No rule matches.
    NotFound,
    /// This rule answers. (Boxed: the common answer is no answer.)
    Found(Box<Hit>),
    /// It cannot be told.
    Unknown {
        /// The first rule that cannot be run and might decide.
        rule: RuleRef,
        /// Why it cannot be run.
        reason: UnknownReason,
    },
}

/// Why an answer is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownReason {
    /// The rule holds something this tool cannot run faithfully; its diagnostic says what.
    Unsupported {
        /// What it is, in the table's own notation.
        what: String,
    },
    /// The match was given up: it would take too many steps.
    GaveUp,
    /// It depends on a short cut that PCRE2 may take while it searches.
    Shortcut(Shortcut),
    /// It depends on the keys that Postfix looked up before: the C library keeps what it found out about them, and anchors
    /// after back-references can be lost.
    EarlierKeys,
    /// The result would be longer than any that makes sense.
    ResultTooLong,
    /// The result needs a group whose bounds cannot be told.
    Group {
        /// The group's number.
        group: u32,
    },
    /// Only a server or a database knows.
    NeedsServer {
        /// The kind of table.
        kind: TableKind,
    },
    /// Only the environment of the program that asks knows.
    Environment,
    /// One of several results, by chance.
    Choices {
        /// All that are possible.
        results: Vec<Bytes>,
    },
    /// The lookup fails: no answer, and not "not found" either. Postfix puts the mail off.
    Fails(LookupFailure),
}

/// A short cut of PCRE2, which ought to change no answer and does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shortcut {
    /// It does not begin where it knows that no match can begin: `(*NO_START_OPT)` switches this off.
    Start,
    /// Repetitions give nothing back where it believes that to be useless: `(*NO_AUTO_POSSESS)` switches this off.
    Possession,
    /// It takes the pattern for one that can match at the start of the key only, for a part of it that is repeated no times.
    Anchor,
}

impl Shortcut {
    /// What is written at a pattern's start to switch it off; none where nothing does.
    #[must_use]
    pub const fn setting(self) -> Option<&'static str> {
        match self {
            Self::Start => Some("(*NO_START_OPT)"),
            Self::Possession => Some("(*NO_AUTO_POSSESS)"),
            Self::Anchor => None,
        }
    }
}

/// Why a lookup fails in Postfix, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookupFailure {
    /// The table cannot be opened; its diagnostic says why.
    TableRefused,
    /// The result is not UTF-8, and the program that asks takes nothing else (smtputf8_enable).
    ResultNotUtf8,
    /// The table is of the kind fail:, which fails always.
    Always,
}
