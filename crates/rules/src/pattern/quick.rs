//! Automata that run in time that grows with the key's length alone.
//!
//! Of the thousands of patterns of a table, most are asked about a few keys only, and whether they match is all that is
//! asked: so an automaton that tells just that is made first, which takes little time. What tells where a match begins is
//! made when that is asked.

use std::sync::OnceLock;

use regex_automata::Input;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::meta::{Config, Regex};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::util::syntax;
use regex_syntax::hir::Hir;

use super::compile::SIZE_LIMIT;
use super::counted::GaveUp;

/// How much of what an automaton has found out it keeps, in bytes. A table may have thousands of them.
const CACHE: usize = 1 << 20;
/// How often it may throw that away before it counts how many bytes of keys it was good for.
const CLEARED: usize = 4;
/// How many bytes each state must be good for: else another engine is faster.
const BYTES_FOR_A_STATE: usize = 10;

/// What runs an expression that is not big.
#[derive(Debug)]
pub(super) struct Quick {
    hir: Hir,
    forward: Option<DFA>,
    caches: Pool<Option<Cache>>,
    full: OnceLock<Option<Regex>>,
}

impl Quick {
    pub(super) fn new(hir: Hir) -> Self {
        Self { forward: forward(&hir), hir, caches: Pool::new(|| None), full: OnceLock::new() }
    }

    /// Whether the expression matches anywhere in a key.
    pub(super) fn is_match(&self, key: &[u8]) -> Result<bool, GaveUp> {
        if self.full.get().is_none()
            && let Some(dfa) = &self.forward
        {
            let mut cache = self.caches.get();
            if let Some(matched) = run(dfa, cache.get_or_insert_with(|| dfa.create_cache()), key) {
                return Ok(matched);
            }
            *cache = None;
        }
        Ok(self.full().ok_or(GaveUp)?.is_match(key))
    }

    /// What finds matches, too.
    pub(super) fn full(&self) -> Option<&Regex> {
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
            builder.build_from_hir(&self.hir).ok()
        };
        self.full.get_or_init(full).as_ref()
    }
}

/// An automaton that tells whether there is a match.
fn forward(hir: &Hir) -> Option<DFA> {
    let config =
        thompson::Config::new().utf8(false).which_captures(WhichCaptures::None).nfa_size_limit(Some(SIZE_LIMIT));
    let nfa = thompson::Compiler::new().configure(config).build_from_hir(hir).ok()?;
    let config = DFA::config()
        .cache_capacity(CACHE)
        .skip_cache_capacity_check(true)
        .minimum_cache_clear_count(Some(CLEARED))
        .minimum_bytes_per_state(Some(BYTES_FOR_A_STATE));
    DFA::builder().syntax(syntax::Config::new().utf8(false)).configure(config).build_from_nfa(nfa).ok()
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
