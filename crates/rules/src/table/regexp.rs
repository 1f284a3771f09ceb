//! What is special to regexp: tables: regexp_table(5).

use postproof_model::{PatternError, TableKind};

use super::pattern_rules::{Dialect, Flag};
use crate::pattern::{Pattern, Patterns, PosixFlags};

/// regexp: tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Regexp;

impl Dialect for Regexp {
    type Flags = PosixFlags;

    const KIND: TableKind = TableKind::Regexp;
    const DEFAULT_FLAGS: PosixFlags = PosixFlags::POSTFIX;
    const PAIRS: bool = true;
    const BACKSLASH_ENDS: bool = true;

    fn switch(flags: &mut PosixFlags, flag: u8) -> Flag {
        if flags.switch(flag) { Flag::Known } else { Flag::Unknown }
    }

    fn compile(patterns: &mut Patterns, source: &[u8], flags: PosixFlags) -> Result<Pattern, PatternError> {
        patterns.posix(source, flags)
    }
}
