//! What is wrong in main.cf.

use serde::{Deserialize, Serialize};

/// What is wrong in main.cf. postconf(1) and postconf(5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MainCfProblem {
    /// The first text starts with white space, so there is no setting that it could continue.
    NothingToContinue,
    /// A line without `=` after the parameter's name.
    NoEqualsSign,
    /// A line that starts with `=`.
    NoName,
    /// The parameter is set again further down.
    SetAgain {
        /// The parameter.
        name: String,
        /// The line that counts.
        line: usize,
    },
    /// No parameter of this name is known, and none refers to it.
    UnknownParameter {
        /// The name.
        name: String,
        /// A known parameter whose name looks like it.
        like: Option<String>,
    },
    /// The parameter belongs to the past.
    ObsoleteParameter {
        /// The name.
        name: String,
        /// The parameter to use in its place; none where it is best left out.
        instead: Option<String>,
    },
    /// A parameter that nobody can set.
    ReadOnlyParameter {
        /// The name.
        name: String,
    },
    /// `$name` where nothing of this name is known.
    UndefinedName {
        /// The name.
        name: String,
    },
    /// A dollar sign without a name after it.
    EmptyName,
    /// `${` or `$(` that is never closed.
    UnclosedReference,
    /// Something between `${` and `}` that is no name.
    BadName,
    /// `{` within `${…}` that is never closed.
    UnclosedBrace,
    /// No operator between the sides of a comparison.
    NoOperator,
    /// Letters after an operator other than `level`.
    UnknownOperator {
        /// The operator, as written.
        operator: String,
    },
    /// No right side of a comparison in braces.
    NoRightSide,
    /// Something other than `?` or `:` after a comparison.
    NoQuestionMark,
    /// Something other than `:` after the first choice.
    NoColon,
    /// Something after the second choice.
    TextAfterChoice,
    /// A number that is too big to be compared.
    NumberTooBig {
        /// The number.
        number: String,
    },
    /// Something other than a compatibility level at `<level` and the like.
    BadLevel {
        /// What stands there.
        level: String,
    },
    /// Parameters that refer to each other in a circle.
    Loop {
        /// One of them.
        name: String,
    },
    /// References nest too deeply.
    TooDeep,
    /// The value comes out bigger than this tool follows.
    TooBig,
    /// Neither yes nor no.
    NotBoolean {
        /// The parameter.
        name: String,
        /// Its value.
        value: String,
    },
    /// No whole number that Postfix can hold.
    NotInteger {
        /// The parameter.
        name: String,
        /// Its value.
        value: String,
    },
    /// A number below the least, or above the most, that Postfix accepts.
    OutOfRange {
        /// The parameter.
        name: String,
        /// Its value.
        value: i64,
        /// The least.
        least: Option<i64>,
        /// The most.
        most: Option<i64>,
    },
    /// No time.
    NotTime {
        /// The parameter.
        name: String,
        /// Its value.
        value: String,
    },
    /// `#` within a value: no comment starts there.
    CommentInValue,
}
