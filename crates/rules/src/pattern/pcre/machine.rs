//! Whether a key matches a PCRE pattern, and with which groups.
//!
//! First an automaton is asked whether something wider matches ([`superset`]): in nearly all keys nothing does. Only where
//! it does, the ways through the pattern are tried in PCRE2's order.

use std::sync::OnceLock;

use postproof_model::{PatternError, PcreMatchError, Span};
use regex_automata::meta::Regex;

use super::super::ast::Ast;
use super::super::backtrack::{BUDGET, Found, Program, Search};
use super::super::{Matched, NoAnswer, compile};
use super::defects::Defects;
use super::{PcreFlags, Settings, superset};

/// What runs a pattern.
#[derive(Debug)]
pub(in super::super) struct Machine {
    settings: Settings,
    defects: Defects,
    filter: OnceLock<Option<Regex>>,
    /// None where it would be too big.
    program: OnceLock<Option<Program>>,
    /// The program for the case that the doubtful repetitions give nothing back.
    other: OnceLock<Option<Program>>,
}

impl Machine {
    /// Reads a pattern.
    pub(in super::super) fn new(source: &[u8], flags: PcreFlags) -> Result<(Ast, Self), PatternError> {
        let parsed = super::parse(source, flags)?;
        let defects = Defects::of(&parsed.ast.root, !parsed.settings.no_auto_possess);
        let machine = Self {
            settings: parsed.settings,
            defects,
            filter: OnceLock::new(),
            program: OnceLock::new(),
            other: OnceLock::new(),
        };
        Ok((parsed.ast, machine))
    }

    /// What in the pattern is not run.
    pub(in super::super) const fn unsupported(&self) -> Option<&'static str> {
        self.settings.unsupported
    }

    /// Whether a key matches; no where PCRE2 may end with an error.
    pub(in super::super) fn is_match(&self, ast: &Ast, key: &[u8]) -> Matched {
        match self.captures(ast, key) {
            Ok(Some(_)) => Matched::Yes,
            Ok(None) => Matched::No,
            Err(NoAnswer::Failed(error)) => Matched::Failed(error),
            Err(NoAnswer::GaveUp) => Matched::GaveUp,
        }
    }

    /// Whether a key matches; given up where PCRE2 may end with an error.
    pub(in super::super) fn is_match_or_error(&self, ast: &Ast, key: &[u8]) -> Matched {
        match self.search(ast, key) {
            Ok(Found::Match(_)) => Matched::Yes,
            Ok(Found::NoMatch) => Matched::No,
            Ok(Found::Fails) => Matched::Failed(PcreMatchError::RecursionLoop),
            Ok(Found::MayFail | Found::GaveUp) => Matched::GaveUp,
            Err(error) => Matched::Failed(error),
        }
    }

    /// The parts of the match, the whole first.
    pub(in super::super) fn captures(&self, ast: &Ast, key: &[u8]) -> Result<Option<Vec<Option<Span>>>, NoAnswer> {
        // Where PCRE2 may end with an error, it is worth knowing, since Postfix then warns.
        let may_fail = self.defects.begins.is_some() || ast.utf8 && std::str::from_utf8(key).is_err();
        if self.settings.unsupported.is_none() && !may_fail {
            let filter =
                self.filter.get_or_init(|| superset::of(ast, &self.settings).as_ref().and_then(compile::engine));
            if filter.as_ref().is_some_and(|filter| !filter.is_match(key)) {
                return Ok(None);
            }
        }
        match self.search(ast, key) {
            Ok(Found::Match(parts)) => Ok(Some(parts)),
            Ok(Found::NoMatch | Found::MayFail) => Ok(None),
            Ok(Found::Fails) => Err(NoAnswer::Failed(PcreMatchError::RecursionLoop)),
            Ok(Found::GaveUp) => Err(NoAnswer::GaveUp),
            Err(error) => Err(NoAnswer::Failed(error)),
        }
    }

    /// Tries the ways through the pattern.
    fn search(&self, ast: &Ast, key: &[u8]) -> Result<Found, PcreMatchError> {
        if ast.utf8 && std::str::from_utf8(key).is_err() {
            return Err(PcreMatchError::KeyNotUtf8);
        }
        if self.settings.unsupported.is_some() {
            return Ok(Found::GaveUp);
        }
        let run = |program: &Option<Program>| match program {
            Some(program) => Search::new(program, key, BUDGET, self.defects.begins).run(0),
            None => Found::GaveUp,
        };
        let certain = &self.defects.possessive;
        let found = run(self.program.get_or_init(|| Program::new(ast, &self.settings, certain)));
        if !self.defects.doubtful.is_empty() {
            let all = || [certain.as_slice(), &self.defects.doubtful].concat();
            if run(self.other.get_or_init(|| Program::new(ast, &self.settings, &all()))) != found {
                return Ok(Found::GaveUp);
            }
        }
        Ok(if self.is_doubtful(&found, key) { Found::GaveUp } else { found })
    }

    /// Whether PCRE2 may find no match here, because it asks for more than the pattern does.
    fn is_doubtful(&self, found: &Found, key: &[u8]) -> bool {
        let Found::Match(parts) = found else { return false };
        let Some(start) = parts.first().copied().flatten().map(|whole| whole.start) else { return false };
        let rest = key.get(start..).unwrap_or_default();
        let Some((first, after)) = rest.split_first() else { return self.defects.least > 0 };
        rest.len() < self.defects.least
            || self.defects.needed_again.contains(&first.to_ascii_lowercase())
                && !after.iter().any(|byte| byte.eq_ignore_ascii_case(first))
    }
}
