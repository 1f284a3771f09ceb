//! What is wrong with a pattern.

use serde::{Deserialize, Serialize};

use crate::{PcreErrorKind, Span};

/// Why a pattern does not compile, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatternError {
    /// What is wrong.
    pub kind: PatternErrorKind,
    /// The bytes of the pattern that are to blame, within the pattern (without its delimiters).
    pub span: Span,
}

/// What can be wrong with a pattern. Kinds without a source named are errors of regcomp(3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PatternErrorKind {
    /// A repetition with nothing before it to repeat: regcomp's REG_BADRPT.
    NothingToRepeat,
    /// An opening parenthesis that is never closed: REG_EPAREN.
    UnclosedGroup,
    /// A closing parenthesis that was never opened, in basic patterns: REG_EPAREN or, on other systems, REG_ERPAREN.
    UnopenedGroup,
    /// An opening bracket that is never closed: REG_EBRACK.
    UnclosedBracket,
    /// An opening bracket, or `[^`, at the very end: REG_BADPAT.
    BracketAtEnd,
    /// An opening brace that is never closed: REG_EBRACE.
    UnclosedBrace,
    /// Something other than counts between the braces, or counts the wrong way round: REG_BADBR.
    BadBrace,
    /// A count over 32767, or a pattern that grows too big: REG_ESIZE or REG_ESPACE.
    TooBig,
    /// A range whose end sorts before its start: REG_ERANGE.
    BadRange,
    /// A class name that does not exist: REG_ECTYPE.
    UnknownClass,
    /// A collating element that does not exist: REG_ECOLLATE.
    UnknownCollatingElement,
    /// A backslash at the very end: REG_EESCAPE.
    TrailingBackslash,
    /// A back-reference to a group that is not complete there: REG_ESUBREG.
    UnknownGroup,
    /// A zero byte, which ends a pattern for the C library.
    ZeroByte,
    /// What PCRE2 refuses, in patterns of pcre: tables.
    Pcre {
        /// What it is.
        kind: PcreErrorKind,
        /// The byte of the pattern at which PCRE2 says that it saw it; Postfix logs it.
        offset: u32,
    },
    /// Groups nest deeper than this tool follows. The C library may well compile the pattern, so what it matches is
    /// unknown.
    TooDeep,
}

impl PatternErrorKind {
    /// Whether the limit is this tool's own: nobody knows, then, what the pattern matches, and it must not count as
    /// one that Postfix refuses.
    #[must_use]
    pub const fn is_own_limit(self) -> bool {
        matches!(self, Self::TooDeep)
    }

    /// The text that the library has for it and that Postfix logs: regerror(3) of glibc, pcre2_get_error_message(3). None
    /// for what the library does not refuse.
    #[must_use]
    pub const fn text(self) -> Option<&'static str> {
        Some(match self {
            Self::NothingToRepeat => "Invalid preceding regular expression",
            Self::UnclosedGroup | Self::UnopenedGroup => "Unmatched ( or \\(",
            Self::UnclosedBracket => "Unmatched [, [^, [:, [., or [=",
            Self::BracketAtEnd => "Invalid regular expression",
            Self::UnclosedBrace => "Unmatched \\{",
            Self::BadBrace => "Invalid content of \\{\\}",
            Self::TooBig => "Regular expression too big",
            Self::BadRange => "Invalid range end",
            Self::UnknownClass => "Invalid character class name",
            Self::UnknownCollatingElement => "Invalid collation character",
            Self::TrailingBackslash => "Trailing backslash",
            Self::UnknownGroup => "Invalid back reference",
            Self::Pcre { kind, .. } => kind.text(),
            Self::ZeroByte | Self::TooDeep => return None,
        })
    }
}
