//! Automata that run in time that grows with the key's length alone.
//!
//! Of the thousands of patterns of a table, most are asked about a few keys only, and whether they match is all that is
//! asked: so a small automaton tells that at first ([`super::small`]), where there is one. For long keys, and where a
//! pattern is asked again and again, one is made that finds its states out, and keeps them ([`super::kept`]). What tells
//! where a match begins is made when that is asked.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::meta::{self, Config, Regex};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::util::syntax;
use regex_automata::{Input, Span};
use regex_syntax::hir::Hir;

use super::compile::SIZE_LIMIT;
use super::counted::GaveUp;
use super::kept::Kept;
use super::small::Small;

/// How much of what an automaton has found out it keeps, in bytes.
const CACHE: usize = 1 << 20;
/// How often it may throw that away before it counts how many bytes of keys it was good for.
const CLEARED: usize = 4;
/// How many bytes each state must be good for: else another engine is faster.
const BYTES_FOR_A_STATE: usize = 10;

/// How long keys may be for which a small automaton does.
const SHORT: usize = 4096;
/// How many keys a small automaton is asked about before one is made that keeps its states.
const SELDOM: u32 = 4096;

/// What runs an expression that is not big.
#[derive(Debug)]
pub(super) struct Quick {
    hir: Hir,
    small: Option<Small>,
    /// How many keys the small automaton was asked about.
    asked: AtomicU32,
    forward: OnceLock<Option<Box<DFA>>>,
    caches: Pool<Option<Kept<Cache>>>,
    full: OnceLock<Option<Full>>,
}

/// What finds matches, too.
#[derive(Debug)]
struct Full {
    regex: Regex,
    caches: Pool<Option<Kept<meta::Cache>>>,
}

impl Full {
    fn search(&self, key: &[u8], earliest: bool) -> Option<Span> {
        let mut cache = self.caches.get();
        let states = cache.get_or_insert_with(|| Kept::new(self.regex.create_cache()));
        let found = self.regex.search_with(states, &Input::new(key).earliest(earliest));
        let bytes = states.memory_usage();
        if !states.holds(bytes) {
            *cache = None;
        }
        found.map(|found| found.span())
    }
}

impl Quick {
    pub(super) fn new(hir: Hir) -> Self {
        Self {
            small: Small::new(&hir),
            asked: AtomicU32::new(0),
            forward: OnceLock::new(),
            hir,
            caches: Pool::new(|| None),
            full: OnceLock::new(),
        }
    }

    /// Whether the expression matches anywhere in a key.
    pub(super) fn is_match(&self, key: &[u8]) -> Result<bool, GaveUp> {
        if let Some(small) = self.small.as_ref().filter(|_| key.len() <= SHORT) {
            let asked = self.asked.load(Ordering::Relaxed);
            if asked < SELDOM || !Kept::<Cache>::is_room() {
                // Two threads may count for one: nothing depends on it.
                self.asked.store(asked.saturating_add(1), Ordering::Relaxed);
                return Ok(small.is_match(key));
            }
        }
        if let Some(dfa) = self.forward.get_or_init(|| forward(&self.hir)) {
            let mut cache = self.caches.get();
            let states = cache.get_or_insert_with(|| Kept::new(dfa.create_cache()));
            let matched = run(dfa, states, key);
            let bytes = states.memory_usage();
            if matched.is_none() || !states.holds(bytes) {
                *cache = None;
            }
            if let Some(matched) = matched {
                return Ok(matched);
            }
        }
        Ok(self.full().ok_or(GaveUp)?.search(key, true).is_some())
    }

    /// Where the first match begins.
    pub(super) fn find_start(&self, key: &[u8]) -> Result<Option<usize>, GaveUp> {
        Ok(self.full().ok_or(GaveUp)?.search(key, false).map(|found| found.start))
    }

    fn full(&self) -> Option<&Full> {
        let full = || {
            let config = Config::new()
                .utf8_empty(false)
                .which_captures(WhichCaptures::Implicit)
                .nfa_size_limit(Some(SIZE_LIMIT))
                .onepass(false)
                .dfa(false)
                .hybrid_cache_capacity(CACHE);
            let mut builder = Regex::builder();
            builder.configure(config).syntax(syntax::Config::new().utf8(false));
            let regex = builder.build_from_hir(&self.hir).ok()?;
            Some(Full { regex, caches: Pool::new(|| None) })
        };
        self.full.get_or_init(full).as_ref()
    }
}

/// An automaton that tells whether there is a match.
fn forward(hir: &Hir) -> Option<Box<DFA>> {
    let config =
        thompson::Config::new().utf8(false).which_captures(WhichCaptures::None).nfa_size_limit(Some(SIZE_LIMIT));
    let nfa = thompson::Compiler::new().configure(config).build_from_hir(hir).ok()?;
    let config = DFA::config()
        .cache_capacity(CACHE)
        .skip_cache_capacity_check(true)
        .minimum_cache_clear_count(Some(CLEARED))
        .minimum_bytes_per_state(Some(BYTES_FOR_A_STATE));
    DFA::builder().syntax(syntax::Config::new().utf8(false)).configure(config).build_from_nfa(nfa).ok().map(Box::new)
}

/// Whether an automaton matches anywhere in a key; none where it throws too many states away.
fn run(dfa: &DFA, cache: &mut Cache, key: &[u8]) -> Option<bool> {
    let mut state = dfa.start_state_forward(cache, &Input::new(key)).ok()?;
    cache.search_start(0);
    for (at, &byte) in key.iter().enumerate() {
        state = dfa.next_state(cache, state, byte).ok()?;
        if state.is_tagged() {
            if state.is_quit() {
                return None;
            }
            if state.is_match() || state.is_dead() {
                cache.search_finish(at);
                return Some(state.is_match());
            }
        }
    }
    let end = dfa.next_eoi_state(cache, state).ok()?;
    cache.search_finish(key.len());
    Some(end.is_match())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{Pattern, PosixFlags, compile};

    struct Dice(u64);

    impl Dice {
        fn below(&mut self, bound: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) as usize % bound
        }

        fn pattern(&mut self, depth: usize) -> String {
            if depth == 0 || self.below(4) == 0 {
                let atoms = ["a", "b", "ab", ".", "[^a]", "[a-c]", "^", "$", "-", "c", "\\."];
                return atoms[self.below(atoms.len())].to_owned();
            }
            match self.below(4) {
                0 => format!("({})", self.pattern(depth - 1)),
                1 => format!("({}|{})", self.pattern(depth - 1), self.pattern(depth - 1)),
                2 => {
                    let times = ["*", "+", "?", "{2}", "{0,3}", "{2,}", "{1,4}"];
                    let times = times[self.below(times.len())];
                    format!("({}){times}", self.pattern(depth - 1))
                }
                _ => format!("{}{}", self.pattern(depth - 1), self.pattern(depth - 1)),
            }
        }

        fn key(&mut self) -> Vec<u8> {
            (0..self.below(20)).map(|_| b"aabbcABC-.\n\xE4"[self.below(12)]).collect()
        }
    }

    /// All three that may run a pattern answer alike.
    #[test]
    fn which_automaton_is_asked_makes_no_difference() {
        let mut dice = Dice(7);
        let (mut compared, mut matched) = (0, 0);
        for _ in 0..20_000 {
            let source = dice.pattern(4);
            let Ok(pattern) = Pattern::posix(source.as_bytes(), PosixFlags::POSTFIX) else { continue };
            let Some(hir) = compile::hir(pattern.ast()) else { continue };
            let quick = Quick::new(hir);
            let Some(small) = &quick.small else { continue };
            let Some(dfa) = forward(&quick.hir) else { continue };
            let mut cache = dfa.create_cache();
            for _ in 0..20 {
                let key = dice.key();
                let said = small.is_match(&key);
                assert_eq!(run(&dfa, &mut cache, &key), Some(said), "{source} in {:?}", key.escape_ascii().to_string());
                assert_eq!(quick.find_start(&key).map(|start| start.is_some()), Ok(said), "{source}");
                compared += 1;
                matched += usize::from(said);
            }
        }
        assert!(compared > 100_000 && matched > 10_000 && compared - matched > 10_000, "{matched} of {compared}");
    }
}
