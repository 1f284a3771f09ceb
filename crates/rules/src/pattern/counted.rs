//! Big automata: to find the next state of one takes a step for each of the places in the pattern that it stands for, of
//! which a pattern of counts inside counts has tens of thousands. So those steps are counted.
//!
//! Nothing is kept from one key to the next, so that what is answered does not depend on the keys before.

use regex_automata::hybrid::CacheError;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::syntax;
use regex_syntax::hir::Hir;

use super::{Doubt, Steps};

/// How much of what was found out for one key is kept at once, in bytes.
const CACHE: usize = 16 << 20;

/// There are not as many steps as it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GaveUp;

impl From<GaveUp> for Doubt {
    fn from(_: GaveUp) -> Self {
        Self::GaveUp
    }
}

impl From<CacheError> for GaveUp {
    fn from(_: CacheError) -> Self {
        Self
    }
}

/// A big automaton.
#[derive(Debug)]
pub(super) struct Counted {
    dfa: DFA,
}

impl Counted {
    /// An automaton for an expression; none where it would have more than so many bytes.
    pub(super) fn new(hir: &Hir, size: usize) -> Option<Self> {
        let config = thompson::Config::new().utf8(false).which_captures(WhichCaptures::None).nfa_size_limit(Some(size));
        let nfa = thompson::Compiler::new().configure(config).build_from_hir(hir).ok()?;
        let config = DFA::config().cache_capacity(CACHE).skip_cache_capacity_check(true);
        let dfa =
            DFA::builder().syntax(syntax::Config::new().utf8(false)).configure(config).build_from_nfa(nfa).ok()?;
        Some(Self { dfa })
    }

    /// Whether the expression matches anywhere in a key.
    pub(super) fn is_match(&self, key: &[u8], steps: &Steps) -> Result<bool, GaveUp> {
        let mut cache = self.dfa.create_cache();
        let mut built = cache.memory_usage();
        let mut state =
            self.dfa.start_state_forward(&mut cache, &regex_automata::Input::new(key)).map_err(|_| GaveUp)?;
        for &byte in key {
            state = self.dfa.next_state(&mut cache, state, byte)?;
            spend(&cache, &mut built, steps)?;
            if state.is_tagged() {
                if state.is_match() || state.is_dead() {
                    return Ok(state.is_match());
                }
                if state.is_quit() {
                    return Err(GaveUp);
                }
            }
        }
        let end = self.dfa.next_eoi_state(&mut cache, state)?;
        spend(&cache, &mut built, steps)?;
        Ok(end.is_match())
    }
}

/// Takes a step for each byte by which the automaton has grown: it grows by one or two for each place in the pattern.
fn spend(cache: &Cache, built: &mut usize, steps: &Steps) -> Result<(), GaveUp> {
    let now = cache.memory_usage();
    // Where it was full, it begins anew.
    let grown = now.checked_sub(*built).unwrap_or(now);
    *built = now;
    if steps.spend(grown as u64) { Ok(()) } else { Err(GaveUp) }
}
