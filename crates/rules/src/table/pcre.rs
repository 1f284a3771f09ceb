//! What is special to pcre: tables: pcre_table(5).

use postproof_model::{PatternError, TableKind};

use super::pattern_rules::{Dialect, Flag};
use crate::pattern::{Pattern, Patterns, PcreFlags};

/// pcre: tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pcre;

impl Dialect for Pcre {
    type Flags = PcreFlags;

    const KIND: TableKind = TableKind::Pcre;
    const DEFAULT_FLAGS: PcreFlags = PcreFlags::POSTFIX;
    const PAIRS: bool = false;
    const BACKSLASH_ENDS: bool = false;

    fn switch(flags: &mut PcreFlags, flag: u8) -> Flag {
        match flag {
            // PCRE2 has no PCRE_EXTRA: what it asked for, PCRE2 does always.
            b'X' => Flag::Obsolete,
            _ if flags.switch(flag) => Flag::Known,
            _ => Flag::Unknown,
        }
    }

    fn compile(patterns: &mut Patterns, source: &[u8], flags: PcreFlags) -> Result<Pattern, PatternError> {
        patterns.pcre(source, flags)
    }
}
