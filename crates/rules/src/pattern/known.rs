//! Patterns that were compiled before, by how they are written: of a table of a thousand rules in which one is edited, one
//! pattern is compiled.

use std::collections::HashMap;
use std::sync::Arc;

use postproof_model::PatternError;

use super::{Pattern, PcreFlags, PosixFlags};

/// Patterns, kept from one parse of a table to the next. Those that no table has any more are dropped when
/// [`Patterns::forget_unused`] says so.
#[derive(Debug, Default)]
pub struct Patterns {
    /// None where nothing is kept.
    known: Option<HashMap<Flags, HashMap<Vec<u8>, Pattern>>>,
}

/// How a pattern is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Flags {
    Posix(PosixFlags),
    Pcre(PcreFlags),
}

impl Patterns {
    /// Keeps patterns.
    #[must_use]
    pub fn keeping() -> Self {
        Self { known: Some(HashMap::new()) }
    }

    /// As [`Pattern::posix`].
    ///
    /// # Errors
    ///
    /// As [`Pattern::posix`].
    pub fn posix(&mut self, source: &[u8], flags: PosixFlags) -> Result<Pattern, PatternError> {
        self.pattern(source, Flags::Posix(flags))
    }

    /// As [`Pattern::pcre`].
    ///
    /// # Errors
    ///
    /// As [`Pattern::pcre`].
    pub fn pcre(&mut self, source: &[u8], flags: PcreFlags) -> Result<Pattern, PatternError> {
        self.pattern(source, Flags::Pcre(flags))
    }

    fn pattern(&mut self, source: &[u8], flags: Flags) -> Result<Pattern, PatternError> {
        let compile = || match flags {
            Flags::Posix(flags) => Pattern::posix(source, flags),
            Flags::Pcre(flags) => Pattern::pcre(source, flags),
        };
        let Some(known) = &mut self.known else { return compile() };
        let known = known.entry(flags).or_default();
        if let Some(pattern) = known.get(source) {
            return Ok(pattern.clone());
        }
        let pattern = compile()?;
        known.insert(source.to_owned(), pattern.clone());
        Ok(pattern)
    }

    /// Drops the patterns that nobody else has.
    pub fn forget_unused(&mut self) {
        for known in self.known.iter_mut().flat_map(HashMap::values_mut) {
            known.retain(|_, pattern| Arc::strong_count(&pattern.0) > 1);
        }
    }

    /// How many are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.iter().flat_map(HashMap::values).map(HashMap::len).sum()
    }

    /// Whether none is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_alike_is_compiled_once() {
        let mut patterns = Patterns::keeping();
        let basic = PosixFlags { extended: false, ..PosixFlags::POSTFIX };
        let first = patterns.posix(b"a+", PosixFlags::POSTFIX).unwrap();
        let again = patterns.posix(b"a+", PosixFlags::POSTFIX).unwrap();
        let other = patterns.posix(b"a+", basic).unwrap();
        let pcre = patterns.pcre(b"a+", PcreFlags::POSTFIX).unwrap();
        assert!(Arc::ptr_eq(&first.0, &again.0));
        assert!(!Arc::ptr_eq(&first.0, &other.0) && !pcre.is_posix());
        assert!(patterns.posix(b"(", PosixFlags::POSTFIX).is_err());
        assert_eq!(patterns.len(), 3);
        drop((again, other));
        patterns.forget_unused();
        assert_eq!(patterns.len(), 2);
        assert!(Patterns::default().posix(b"a", basic).is_ok());
    }
}
