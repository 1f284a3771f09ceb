//! Whether a key matches a PCRE pattern, and with which groups.
//!
//! First an automaton is asked whether something wider matches ([`superset`]): in nearly all keys nothing does. Only where
//! it does, the ways through the pattern are tried in PCRE2's order.

use std::sync::OnceLock;

use postproof_model::{PatternError, PcreMatchError, Shortcut, Span};
use regex_syntax::hir::Hir;

use super::super::ast::Ast;
use super::super::backtrack::{Found, Program, Search};
use super::super::compile::Engine;
use super::super::near_miss::{self, Budget, NearMiss};
use super::super::{Doubt, Matched, NoAnswer, Steps};
use super::defects::{self, Defects};
use super::{Begins, Newline, PcreFlags, Settings, superset};

/// What runs a pattern.
#[derive(Debug)]
pub(in super::super) struct Machine {
    settings: Settings,
    defects: Defects,
    filter: OnceLock<Option<Engine>>,
    /// None where it would be too big.
    program: OnceLock<Option<Program>>,
    /// The program for the case that the doubtful repetitions give nothing back.
    other: OnceLock<Option<Program>>,
}

impl Machine {
    /// Reads a pattern.
    pub(in super::super) fn new(source: &[u8], flags: PcreFlags) -> Result<(Ast, Self), PatternError> {
        let mut parsed = super::parse(source, flags)?;
        if defects::then_beside_look_around(&parsed.ast.root) {
            parsed.settings.unsupported.get_or_insert("(*THEN)");
        }
        let defects = Defects::of(&parsed.ast, &parsed.settings);
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

    /// Whether nothing but the pattern's language decides: PCRE2 takes no short cut that shows, and ends with no error.
    pub(in super::super) fn is_regular(&self) -> bool {
        let defects = &self.defects;
        let settings = &self.settings;
        settings.unsupported.is_none()
            && !settings.anchored
            && !settings.ucp
            && !settings.not_empty
            && !settings.not_empty_at_start
            && settings.newline == Newline::Lf
            && !defects.may_fail
            && !defects.left_out
            && defects.doubtful.is_empty()
            && defects.possessive.is_empty()
            && defects.needed_again.is_empty()
    }

    /// Whether the automaton that is asked first has been made.
    pub(in super::super) fn is_ready(&self) -> bool {
        self.filter.get().is_some()
    }

    /// A regular expression that, where it does not match, tells that the pattern does not, and that PCRE2 ends with no
    /// error.
    pub(in super::super) fn wider(&self, ast: &Ast) -> Option<Hir> {
        if self.has_wider(ast) { superset::of(ast, &self.settings) } else { None }
    }

    /// Whether there is such an expression.
    pub(in super::super) fn has_wider(&self, ast: &Ast) -> bool {
        self.settings.unsupported.is_none() && !self.defects.may_fail && !ast.utf8 && superset::is_some(&ast.root)
    }

    /// Whether a key matches; no where PCRE2 may end with an error.
    pub(in super::super) fn is_match(&self, ast: &Ast, key: &[u8], steps: &Steps) -> Matched {
        match self.captures(ast, key, steps) {
            Ok(Some(_)) => Matched::Yes,
            Ok(None) => Matched::No,
            Err(NoAnswer::Failed(error)) => Matched::Failed(error),
            Err(NoAnswer::Unknown(doubt)) => Matched::Unknown(doubt),
        }
    }

    /// Whether a key matches; unknown where PCRE2 may end with an error.
    pub(in super::super) fn is_match_or_error(&self, ast: &Ast, key: &[u8], steps: &Steps) -> Matched {
        match self.search(ast, key, steps) {
            Ok(Found::Match(_)) => Matched::Yes,
            Ok(Found::NoMatch) => Matched::No,
            Ok(Found::Fails) => Matched::Failed(PcreMatchError::RecursionLoop),
            Ok(Found::MayFail) => Matched::Unknown(Doubt::Shortcut(Shortcut::Start)),
            Ok(Found::Unknown(doubt)) => Matched::Unknown(doubt),
            Err(error) => Matched::Failed(error),
        }
    }

    /// The parts of the match, the whole first.
    pub(in super::super) fn captures(
        &self,
        ast: &Ast,
        key: &[u8],
        steps: &Steps,
    ) -> Result<Option<Vec<Option<Span>>>, NoAnswer> {
        // Where PCRE2 may end with an error, it is worth knowing, since Postfix then warns.
        let may_fail = self.defects.may_fail || ast.utf8 && std::str::from_utf8(key).is_err();
        if self.settings.unsupported.is_none() && !may_fail {
            let filter = self.filter.get_or_init(|| superset::of(ast, &self.settings).and_then(Engine::new));
            if filter.as_ref().is_some_and(|filter| filter.is_match(key, steps) == Ok(false)) {
                return Ok(None);
            }
        }
        match self.search(ast, key, steps) {
            Ok(Found::Match(parts)) => Ok(Some(parts)),
            Ok(Found::NoMatch | Found::MayFail) => Ok(None),
            Ok(Found::Fails) => Err(NoAnswer::Failed(PcreMatchError::RecursionLoop)),
            Ok(Found::Unknown(doubt)) => Err(NoAnswer::Unknown(doubt)),
            Err(error) => Err(NoAnswer::Failed(error)),
        }
    }

    /// Tries the ways through the pattern.
    fn search(&self, ast: &Ast, key: &[u8], steps: &Steps) -> Result<Found, PcreMatchError> {
        if ast.utf8 && std::str::from_utf8(key).is_err() {
            return Err(PcreMatchError::KeyNotUtf8);
        }
        if self.settings.unsupported.is_some() {
            return Ok(Found::Unknown(Doubt::GaveUp));
        }
        let run = |program: &Option<Program>| match program {
            Some(program) => Search::new(program, key, steps, self.defects.begins).run(0),
            None => Found::Unknown(Doubt::GaveUp),
        };
        let certain = &self.defects.possessive;
        let found = run(self.program.get_or_init(|| Program::new(ast, &self.settings, certain)));
        if !self.defects.doubtful.is_empty() {
            let all = || [certain.as_slice(), &self.defects.doubtful].concat();
            let other = run(self.other.get_or_init(|| Program::new(ast, &self.settings, &all())));
            if other != found {
                let gave_up = [&found, &other].contains(&&Found::Unknown(Doubt::GaveUp));
                let doubt = if gave_up { Doubt::GaveUp } else { Doubt::Shortcut(Shortcut::Possession) };
                return Ok(Found::Unknown(doubt));
            }
        }
        Ok(match self.doubtful(&found, key) {
            Some(shortcut) => Found::Unknown(Doubt::Shortcut(shortcut)),
            None => found,
        })
    }

    /// How far the pattern got.
    pub(in super::super) fn near_miss(&self, ast: &Ast, key: &[u8], budget: &mut Budget) -> Option<NearMiss> {
        if self.settings.unsupported.is_some() || ast.utf8 && std::str::from_utf8(key).is_err() {
            return None;
        }
        near_miss::by_beginnings(ast, budget, |beginning| {
            let program = Program::new(beginning, &self.settings, &self.defects.possessive)?;
            let steps = Steps::new(near_miss::BEGINNING as u64);
            match Search::new(&program, key, &steps, Begins::default()).run(0) {
                Found::Match(parts) => Some(parts.first().copied().flatten().filter(|whole| whole.start <= whole.end)),
                Found::NoMatch => Some(None),
                Found::MayFail | Found::Fails | Found::Unknown(_) => None,
            }
        })
    }

    /// Why PCRE2 may find no match here, because it asks for more than the pattern does.
    fn doubtful(&self, found: &Found, key: &[u8]) -> Option<Shortcut> {
        let Found::Match(parts) = found else { return None };
        let start = parts.first().copied().flatten()?.start;
        if self.defects.left_out && (1..key.len()).contains(&start) {
            return Some(Shortcut::Anchor);
        }
        let rest = key.get(start..).unwrap_or_default();
        let asks_for_more = match rest.split_first() {
            None => self.defects.least > 0,
            Some((first, after)) => {
                rest.len() < self.defects.least
                    || self.defects.needed_again.contains(&first.to_ascii_lowercase())
                        && !after.iter().any(|byte| byte.eq_ignore_ascii_case(first))
            }
        };
        asks_for_more.then_some(Shortcut::Start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pattern;

    #[test]
    fn what_is_not_regular_is_told_how_far_it_got() {
        let near = |pattern: &str, key: &str| {
            let compiled = Pattern::pcre(pattern.as_bytes(), PcreFlags::POSTFIX).unwrap();
            let near = compiled.near_miss(key.as_bytes(), &mut Budget::new(10_000_000))?;
            let text = |span: Span| pattern[span.start..span.end].to_owned();
            Some((text(near.pattern), text(near.stopped_at), key[near.key.start..near.key.end].to_owned()))
        };
        let told = |pattern: &str, stopped: &str, key: &str| Some((pattern.into(), stopped.into(), key.into()));
        assert_eq!(near("^(a|b)\\1c", "aabb"), told("^(a|b)\\1", "c", "aa"));
        assert_eq!(near("^Subject:(?!.*unsub).*sub", "Subject: unsub"), told("^Subject:", "(?!.*unsub)", "Subject:"));
        assert_eq!(near("a++a", "xaaa"), told("a++", "a", "aaa"));
        assert_eq!(near("(?<=x)a", "a"), told("", "(?<=x)", ""));
        assert_eq!(near("(?=a)a", "a"), None);
        // The pieces one after another are enough for a pattern that is regular.
        assert_eq!(near("\\d{3}-\\d", "12-3"), told("", "\\d{3}", ""));
    }

    /// Each matches `}Aabx` for PCRE2 10.42 (postmap 3.7.11), which without the look-ahead it would not.
    #[test]
    fn then_beside_a_look_around_is_not_run() {
        for pattern in ["}a+?(?=)[a-z](*THEN)x", "(}a+?(?=b*))[a-z](*THEN)x", "(?(VERSION>=4)})a+?(?=|b)[a-z](*THEN)x"]
        {
            let compiled = Pattern::pcre(pattern.as_bytes(), PcreFlags::POSTFIX).unwrap();
            assert_eq!(compiled.unsupported().as_deref(), Some("(*THEN)"), "{pattern}");
            assert!(matches!(compiled.is_match(b"}Aabx"), Matched::Unknown(_)), "{pattern}");
        }
        for pattern in ["}a+?[a-z](*THEN)x", "(?=}(*THEN)a|})}a", "(?!z)}a+?[a-z](*THEN)x"] {
            let compiled = Pattern::pcre(pattern.as_bytes(), PcreFlags::POSTFIX).unwrap();
            assert_eq!(compiled.unsupported(), None, "{pattern}");
        }
    }
}
