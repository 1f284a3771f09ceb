//! Patterns: one tree for every dialect, and what runs it.
//!
//! | idea | file |
//! |---|---|
//! | the tree | [`ast`] |
//! | sets of bytes | [`byte_set`] |
//! | sets of characters beyond ASCII | [`char_set`] |
//! | reading POSIX patterns; which groups their matches have | [`posix`] |
//! | the automaton for what is regular | [`compile`] |
//! | how far a pattern got that does not match | [`near_miss`] |
//! | a pattern part by part, for people | [`explain`] |
//! | a pattern as a railroad diagram | [`railroad`] |
//!
//! ```
//! use postproof_model::Span;
//! use postproof_rules::pattern::{Matched, Pattern, PosixFlags};
//!
//! let flags = PosixFlags { extended: true, fold_case: true, newline: false };
//! let pattern = Pattern::posix(br"^Message-ID:.*@([^.]+)\.example>", flags)?;
//! let key = b"Message-Id: <1@relay.example>";
//! assert_eq!(pattern.is_match(key), Matched::Yes);
//! let captures = pattern.captures(key).ok().flatten();
//! assert_eq!(captures.and_then(|captures| captures.group(1)), Some(Span::new(15, 20)));
//! # Ok::<(), postproof_model::PatternError>(())
//! ```

pub mod ast;
pub mod byte_set;
mod captures;
pub mod char_set;
pub mod compile;
pub mod explain;
pub mod near_miss;
pub mod posix;
pub mod railroad;

use std::sync::{Arc, OnceLock};

use postproof_model::{PatternError, Span};
use regex_automata::meta::Regex;
use regex_syntax::hir::Hir;

pub use ast::Ast;
pub use byte_set::ByteSet;
pub use captures::Captures;
pub use char_set::CharSet;
pub use posix::PosixFlags;

/// Whether a pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Matched {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It was not found out within bounds. That is no verdict: neither yes nor no may follow from it.
    GaveUp,
}

/// The match was given up: it is not known whether there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GaveUp;

/// A pattern, ready to match. Cheap to clone; what runs it is made when it is first needed.
#[derive(Clone, Debug)]
pub struct Pattern(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    source: Vec<u8>,
    ast: Ast,
    hir: Option<Hir>,
    regular: OnceLock<Option<Regex>>,
    posix: posix::Machine,
    irregular: bool,
}

impl Pattern {
    /// A pattern as regcomp(3) of glibc reads it in the C locale. `source` is the pattern without its delimiters.
    ///
    /// # Errors
    ///
    /// What regcomp(3) refuses, with the part of `source` that is to blame; and what this crate cannot follow, for
    /// which the error's kind says so ([`postproof_model::PatternErrorKind::is_own_limit`]).
    pub fn posix(source: &[u8], flags: PosixFlags) -> Result<Self, PatternError> {
        let ast = posix::parse(source, flags)?;
        let posix = posix::Machine::new(&ast, flags);
        let irregular = compile::hir(&ast).is_none();
        let hir = if posix.is_plain() { compile::hir(&ast) } else { None };
        Ok(Self(Arc::new(Inner { source: source.to_owned(), ast, hir, regular: OnceLock::new(), posix, irregular })))
    }

    /// The pattern as it was written, without delimiters.
    #[must_use]
    pub fn source(&self) -> &[u8] {
        &self.0.source
    }

    /// The pattern's tree.
    #[must_use]
    pub fn ast(&self) -> &Ast {
        &self.0.ast
    }

    /// How many groups the pattern captures.
    #[must_use]
    pub fn groups(&self) -> u32 {
        self.0.ast.groups
    }

    /// The pattern as a regular expression without groups; none where it is not regular.
    #[must_use]
    pub fn hir(&self) -> Option<&Hir> {
        self.0.hir.as_ref()
    }

    /// Whether the pattern matches anywhere in `key`, for a caller that wants no bounds, as Postfix where a result has
    /// no `$n`. A key holds no zero byte: it is a string of C.
    ///
    /// In rare patterns glibc finds no match when asked for groups although it finds one when not asked, so a caller
    /// that wants groups takes its verdict from [`Self::captures_up_to`]. No here means no there.
    #[must_use]
    pub fn is_match(&self, key: &[u8]) -> Matched {
        let inner = &self.0;
        let matched = match self.regular() {
            Some(regex) => Ok(regex.is_match(key)),
            None if inner.irregular => Err(posix::TooMuch),
            None => inner.posix.is_match(&inner.ast, key),
        };
        match matched {
            Ok(true) => Matched::Yes,
            Ok(false) => Matched::No,
            Err(_) => Matched::GaveUp,
        }
    }

    /// The part of `key` that the pattern matches: the leftmost, and of those that begin there the longest.
    ///
    /// # Errors
    ///
    /// When the search was given up.
    pub fn find(&self, key: &[u8]) -> Result<Option<Span>, GaveUp> {
        match self.captures_up_to(key, 0)? {
            None => Ok(None),
            Some(captures) => captures.whole().map(Some).ok_or(GaveUp),
        }
    }

    /// The part of `key` that the pattern matches, and its groups, as regexec(3) of glibc yields them.
    ///
    /// # Errors
    ///
    /// When the search was given up.
    pub fn captures(&self, key: &[u8]) -> Result<Option<Captures>, GaveUp> {
        self.captures_up_to(key, self.groups())
    }

    /// As [`Self::captures`], for a caller that asks for the groups up to `wanted` only, as Postfix does when the
    /// highest `$n` of a result is lower than the number of groups. In rare patterns glibc answers otherwise, then.
    ///
    /// # Errors
    ///
    /// When the search was given up.
    pub fn captures_up_to(&self, key: &[u8], wanted: u32) -> Result<Option<Captures>, GaveUp> {
        let inner = &self.0;
        if inner.irregular {
            return Err(GaveUp);
        }
        let wanted = wanted.min(self.groups());
        let found = match self.regular() {
            Some(regex) => match regex.find(key) {
                Some(found) => Some(found.start()),
                None => return Ok(None),
            },
            None => None,
        };
        match inner.posix.groups(&inner.ast, key, found.unwrap_or(0), wanted) {
            Ok(spans) => Ok(spans.map(Captures::known)),
            Err(_) if found.is_some() => Ok(Some(Captures::unknown())),
            Err(_) => Err(GaveUp),
        }
    }

    fn regular(&self) -> Option<&Regex> {
        let inner = &self.0;
        inner.regular.get_or_init(|| inner.hir.as_ref().and_then(compile::engine)).as_ref()
    }
}
