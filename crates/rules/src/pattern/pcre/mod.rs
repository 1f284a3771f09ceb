//! PCRE patterns as pcre2_compile(3) of PCRE2 10.42 reads them, which is what pcre: tables are made of.
//!
//! pcre2pattern(3) and pcre2syntax(3) describe the grammar. Where they leave something open, PCRE2 10.42 was asked; every
//! choice here was tried against it.
//!
//! | idea | file |
//! |---|---|
//! | settings at the very start: `(*UTF)` | [`start`] |
//! | the pattern from left to right | [`reader`] |
//! | what stands after a backslash | [`escape`] |
//! | what stands between brackets | [`bracket`] |
//! | parentheses, `(?…` and `(*…` | [`group`], [`condition`], [`verb`] |
//! | names and numbers of groups | [`name`] |
//! | sets of characters, with negation and folding settled | [`set`] |
//! | properties and folding, as PCRE2 knows them | [`unicode`] |
//! | how far back a look-behind looks | [`lookbehind`] |
//! | how big the pattern is once PCRE2 has compiled it | [`size`] |
//! | a regular expression that matches whatever the pattern matches | [`superset`] |
//! | where PCRE2 begins to search | [`begins`] |
//! | how often it may go back | [`attempts`] |
//! | whether a key matches, and with which groups | [`machine`], [`defects`] |

mod attempts;
mod begins;
mod bracket;
mod condition;
mod defects;
mod escape;
mod group;
mod lookbehind;
mod machine;
mod name;
mod reader;
mod set;
mod size;
mod start;
mod superset;
pub(crate) mod unicode;
mod verb;

use postproof_model::{PatternError, PatternErrorKind, PcreErrorKind, Span};

use super::ast::Ast;

pub(super) use attempts::{LIMIT, attempts};
pub(super) use begins::Begins;
pub(super) use machine::Machine;

/// How a pattern of a pcre: table is read: what the flags of pcre_table(5) stand for, and whether it is one of UTF-8 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PcreFlags {
    /// Upper and lower case are the same: `i`, on in Postfix.
    pub fold_case: bool,
    /// `.` matches a newline, too: `s`, on in Postfix.
    pub dot_all: bool,
    /// `^` and `$` match at lines: `m`.
    pub multiline: bool,
    /// White space and `#` comments are left out of the pattern: `x`.
    pub extended: bool,
    /// The match must begin at the start of the key: `A`.
    pub anchored: bool,
    /// `$` does not match before a newline that ends the key: `E`.
    pub dollar_end_only: bool,
    /// Repetitions try the fewest first, and the most with `?` after them: `U`.
    pub ungreedy: bool,
    /// Pattern and key are UTF-8 text. Postfix never asks for it; a pattern does, with `(*UTF)` at its start.
    pub utf: bool,
}

impl PcreFlags {
    /// What a pattern without flags has in Postfix.
    pub const POSTFIX: Self = Self {
        fold_case: true,
        dot_all: true,
        multiline: false,
        extended: false,
        anchored: false,
        dollar_end_only: false,
        ungreedy: false,
        utf: false,
    };

    /// Switches the setting over that a flag of a pcre: table stands for; false where there is no such flag, or where it
    /// does nothing any more, as `X`.
    pub const fn switch(&mut self, flag: u8) -> bool {
        match flag {
            b'i' => self.fold_case = !self.fold_case,
            b's' => self.dot_all = !self.dot_all,
            b'm' => self.multiline = !self.multiline,
            b'x' => self.extended = !self.extended,
            b'A' => self.anchored = !self.anchored,
            b'E' => self.dollar_end_only = !self.dollar_end_only,
            b'U' => self.ungreedy = !self.ungreedy,
            _ => return false,
        }
        true
    }
}

/// What ends a line, for `.`, `^` and `$`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Newline {
    /// A newline.
    #[default]
    Lf,
    /// A carriage return.
    Cr,
    /// The two in this order: carriage return, newline.
    CrLf,
    /// Any of these three.
    AnyCrLf,
    /// Any of Unicode's line ends.
    Any,
    /// A zero byte.
    Nul,
}

impl Newline {
    /// How many bytes the newline takes that a text begins with, if it does. `any` tells how many the text's first
    /// character takes, where Unicode ends lines with it.
    pub(crate) fn length(self, text: &[u8], any: impl FnOnce() -> Option<usize>) -> Option<usize> {
        match self {
            Self::Lf => text.starts_with(b"\n").then_some(1),
            Self::Cr => text.starts_with(b"\r").then_some(1),
            Self::Nul => text.starts_with(b"\0").then_some(1),
            Self::CrLf => text.starts_with(b"\r\n").then_some(2),
            Self::AnyCrLf | Self::Any if text.starts_with(b"\r\n") => Some(2),
            Self::AnyCrLf => text.first().is_some_and(|byte| matches!(byte, b'\r' | b'\n')).then_some(1),
            Self::Any => any(),
        }
    }
}

/// A pattern that PCRE2 compiles.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    /// Its tree.
    pub(crate) ast: Ast,
    /// What holds for the whole of it.
    pub(crate) settings: Settings,
}

/// What holds for a whole pattern and is no part of its tree.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settings {
    /// The match must begin at the start of the key.
    pub(crate) anchored: bool,
    /// Unicode decides what letters, digits and spaces are: `(*UCP)`.
    pub(crate) ucp: bool,
    /// What ends a line.
    pub(crate) newline: Newline,
    /// An empty match is none: `(*NOTEMPTY)`.
    pub(crate) not_empty: bool,
    /// An empty match at the start of the key is none: `(*NOTEMPTY_ATSTART)`.
    pub(crate) not_empty_at_start: bool,
    /// Repetitions that need not give anything back are not made possessive: `(*NO_AUTO_POSSESS)`.
    pub(crate) no_auto_possess: bool,
    /// The search begins everywhere, even where no match can begin: `(*NO_START_OPT)`.
    pub(crate) no_start_opt: bool,
    /// A carriage return or newline is written out, which moves where the search begins again.
    pub(crate) names_line_ends: bool,
    /// Something this crate does not run, as PCRE2 writes it.
    pub(crate) unsupported: Option<&'static str>,
}

/// Parses a pattern. `source` is the pattern alone, without delimiters.
///
/// # Errors
///
/// What pcre2_compile(3) would refuse, with the number it gives.
pub(crate) fn parse(source: &[u8], flags: PcreFlags) -> Result<Parsed, PatternError> {
    reader::parse(source, flags).map_err(|fail| fail.into_error(source))
}

/// What PCRE2 refuses, and the byte at which it says that it saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fail {
    kind: PcreErrorKind,
    offset: usize,
    /// Where the part begins that is to blame, when it is known.
    blame: Option<Span>,
}

impl Fail {
    const fn new(kind: PcreErrorKind, offset: usize) -> Self {
        Self { kind, offset, blame: None }
    }

    /// The same, with the part to blame, unless one is known already.
    fn blaming(mut self, start: usize, end: usize) -> Self {
        if self.blame.is_none() && start < end {
            self.blame = Some(Span::new(start, end));
        }
        self
    }

    fn into_error(self, source: &[u8]) -> PatternError {
        let end = self.offset.min(source.len());
        let span = self.blame.unwrap_or_else(|| Span::new(end.saturating_sub(1), end));
        let span = Span::new(span.start.min(source.len()), span.end.clamp(span.start.min(source.len()), source.len()));
        let offset = u32::try_from(self.offset).unwrap_or(u32::MAX);
        PatternError { kind: PatternErrorKind::Pcre { kind: self.kind, offset }, span }
    }
}
