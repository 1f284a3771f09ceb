//! POSIX patterns as regcomp(3) of glibc reads them in the C locale.
//!
//! The grammar is that of POSIX.1-2017, XBD 9.3 and 9.4. Where POSIX leaves a choice, glibc 2.36's is taken; every
//! choice here was tried against it.

mod anchors;
mod bracket;
mod captures;
mod condition;
mod grammar;
mod program;
mod step_set;
mod token;
mod tree;

use postproof_model::{PatternError, Span};

use super::ast::{Ast, ClassItem};

/// How a POSIX pattern is read: the flags of regcomp(3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PosixFlags {
    /// An extended pattern (REG_EXTENDED) rather than a basic one.
    pub extended: bool,
    /// Upper and lower case of ASCII letters are the same (REG_ICASE).
    pub fold_case: bool,
    /// `.` and negated brackets do not match a newline, and `^` and `$` match at lines, too (REG_NEWLINE).
    pub newline: bool,
}

/// How deep groups may nest. A limit of this crate, far beyond what people write: trees are walked recursively.
pub const MAX_DEPTH: usize = 200;

/// Parses a pattern. `source` is the pattern alone, without delimiters.
///
/// # Errors
///
/// What regcomp(3) would refuse, and patterns that nest deeper than [`MAX_DEPTH`].
pub fn parse(source: &[u8], flags: PosixFlags) -> Result<Ast, PatternError> {
    grammar::Parser::new(source, flags).parse()
}

/// A byte as glibc compares it: with folding, letters of patterns and of keys become upper case.
const fn folded(byte: u8, flags: PosixFlags) -> u8 {
    if flags.fold_case { byte.to_ascii_uppercase() } else { byte }
}

/// The automaton that finds groups as glibc finds them.
#[derive(Clone, Debug)]
pub(super) struct Groups(program::Program);

impl Groups {
    /// The automaton of a pattern; none for one that would be too big.
    pub(super) fn new(ast: &Ast) -> Option<Self> {
        program::Program::new(&ast.root, ast.groups).map(Self)
    }

    /// The groups, from 0 for the whole, of the longest match that begins at `start`: the outer option is none where
    /// that would take too much memory, the inner where nothing matches there. `wanted` is the highest group that is
    /// asked for.
    #[allow(clippy::option_option)]
    pub(super) fn at(&self, key: &[u8], start: usize, wanted: u32) -> Option<Option<Vec<Option<Span>>>> {
        captures::Run::new(&self.0, key).groups(start, wanted).ok()
    }
}

/// Items of a class, and the bytes they stand for before negation and folding.
type Items = (Vec<ClassItem>, super::ByteSet);
