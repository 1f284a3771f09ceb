//! Automata that many patterns share.
//!
//! The states of an automaton are made when a key first needs them, and only so many are kept. Patterns that together
//! would need more states than that are shared out to two automata, and so on, a few times; patterns that are still too
//! much for each other are asked one by one.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::syntax;
use regex_automata::{Input, MatchKind};
use regex_syntax::hir::{Hir, HirKind, Look, Repetition};

use super::{Candidate, Scratch, Undecided, pattern_of};
use crate::pattern::Pattern;
use crate::table::rule::Rule;

/// How many bytes of states one automaton keeps.
const CACHE: usize = 2 << 20;
/// How many bytes its pattern may take.
const PATTERN: usize = 16 << 20;
/// How many times patterns are shared out.
const DEEPEST: u32 = 5;
/// How often an automaton may throw its states away before it counts how many bytes they were good for.
const CLEARED: usize = 4;
/// How many bytes of keys a state must be good for.
const BYTES_FOR_A_STATE: usize = 10;

/// Where the states of automata begin that find all patterns; those before are of automata that find the first pattern.
const FIRST_CACHE: usize = 2;

/// The automata of a table.
#[derive(Debug)]
pub(super) struct Automata {
    groups: Vec<Group>,
}

/// Patterns that share an automaton.
#[derive(Debug)]
struct Group {
    /// Where the states stand among those of all automata.
    cache: usize,
    depth: u32,
    members: Box<[Member]>,
    /// The automaton; none where it would be too big.
    dfa: OnceLock<Option<DFA>>,
    /// One that finds the first of the patterns.
    first: OnceLock<Option<DFA>>,
    /// Whether the patterns are too much for each other.
    split: AtomicBool,
    halves: OnceLock<Option<Box<[Group; 2]>>>,
}

#[derive(Clone, Copy, Debug)]
struct Member {
    rule: u32,
    /// Whether the automaton's word is the pattern's.
    exact: bool,
}

/// The states of the automata, of one thread.
pub(super) type Caches = Vec<Option<Box<Cache>>>;

/// The patterns are too much for each other.
struct TooMuch;

impl Automata {
    /// Automata of the patterns of these rules, each of which can be run as an automaton.
    pub(super) fn new(rules: &[Rule], members: impl Iterator<Item = u32>) -> Self {
        let (mut at_start, mut anywhere) = (Vec::new(), Vec::new());
        for rule in members {
            let Some(wider) = pattern_of(rules, rule).and_then(Pattern::wider) else { continue };
            let member = Member { rule, exact: wider.exact };
            let anchored = wider.hir.properties().look_set_prefix().contains(Look::Start);
            if anchored { at_start.push(member) } else { anywhere.push(member) }
        }
        let group = |cache: usize, members: Vec<Member>| Group::new(cache, 0, members.into());
        let mut groups = vec![group(FIRST_CACHE, at_start), group(FIRST_CACHE + 1, anywhere)];
        groups.retain(|group| !group.members.is_empty());
        Self { groups }
    }

    /// Whether the word of each is the pattern's.
    pub(super) fn are_exact(&self) -> bool {
        self.groups.iter().flat_map(|group| &group.members).all(|member| member.exact)
    }

    /// The first rule whose pattern matches, or may match.
    ///
    /// # Errors
    ///
    /// The patterns are too much for each other.
    pub(super) fn first(&self, rules: &[Rule], key: &[u8], caches: &mut Caches) -> Result<Option<u32>, Undecided> {
        let mut first = None;
        for group in &self.groups {
            let of_group = group.first(rules, key, caches).map_err(|TooMuch| Undecided)?;
            first = match (first, of_group) {
                (Some(one), Some(other)) => Some(u32::min(one, other)),
                (one, other) => one.or(other),
            };
        }
        Ok(first)
    }

    /// Finds the rules whose patterns match.
    pub(super) fn pass(&self, rules: &[Rule], key: &[u8], scratch: &mut Scratch) {
        for group in &self.groups {
            group.pass(rules, key, scratch);
        }
    }
}

impl Group {
    fn new(cache: usize, depth: u32, members: Box<[Member]>) -> Self {
        Self {
            cache,
            depth,
            members,
            dfa: OnceLock::new(),
            first: OnceLock::new(),
            split: AtomicBool::new(false),
            halves: OnceLock::new(),
        }
    }

    fn pass(&self, rules: &[Rule], key: &[u8], scratch: &mut Scratch) {
        if !self.split.load(Ordering::Relaxed) {
            if let Some(dfa) = self.dfa.get_or_init(|| self.build(rules, MatchKind::All)) {
                let Scratch { caches, rules: seen, found, .. } = scratch;
                let mut left = self.members.len();
                let run = states(dfa, caches, self.cache).and_then(|cache| {
                    self.run(dfa, cache, key, |pattern| {
                        if let Some(&Member { rule, exact }) = self.members.get(pattern)
                            && seen.is_new(rule)
                        {
                            found.push(Candidate { rule, certain: exact });
                            left -= 1;
                        }
                        left > 0
                    })
                });
                if run.is_ok() {
                    return;
                }
            }
            self.split.store(true, Ordering::Relaxed);
        }
        if let Some(cache) = scratch.caches.get_mut(self.cache) {
            *cache = None;
        }
        match self.halves.get_or_init(|| self.halves()) {
            Some(halves) => halves.iter().for_each(|half| half.pass(rules, key, scratch)),
            None => {
                for member in &self.members {
                    if scratch.rules.is_new(member.rule) {
                        scratch.found.push(Candidate { rule: member.rule, certain: false });
                    }
                }
            }
        }
    }

    /// Whether all its patterns begin at the start of a key.
    fn is_at_start(&self) -> bool {
        self.cache == FIRST_CACHE
    }

    /// The first of its rules whose pattern matches.
    fn first(&self, rules: &[Rule], key: &[u8], caches: &mut Caches) -> Result<Option<u32>, TooMuch> {
        if self.split.load(Ordering::Relaxed) {
            return Err(TooMuch);
        }
        // Of matches that begin at one place, the automaton can prefer that of the first pattern, and be done where no
        // pattern before it can match any more.
        let (kind, dfa, cache) = if self.is_at_start() {
            (MatchKind::LeftmostFirst, &self.first, self.cache - FIRST_CACHE)
        } else {
            (MatchKind::All, &self.dfa, self.cache)
        };
        let dfa = dfa.get_or_init(|| self.build(rules, kind)).as_ref().ok_or(TooMuch)?;
        let cache = states(dfa, caches, cache)?;
        // Members stand in the order of their rules.
        let mut first = self.members.len();
        self.run(dfa, cache, key, |pattern| {
            first = first.min(pattern);
            first > 0
        })?;
        Ok(self.members.get(first).map(|member| member.rule))
    }

    fn halves(&self) -> Option<Box<[Self; 2]>> {
        if self.depth >= DEEPEST || self.members.len() < 2 {
            return None;
        }
        let (first, second) = self.members.split_at(self.members.len() / 2);
        let half =
            |number: usize, members: &[Member]| Self::new(2 * self.cache + 2 + number, self.depth + 1, members.into());
        Some(Box::new([half(0, first), half(1, second)]))
    }

    fn build(&self, rules: &[Rule], kind: MatchKind) -> Option<DFA> {
        let hirs = self.members.iter().map(|member| {
            let wider = pattern_of(rules, member.rule)?.wider()?;
            let hir = without_end(wider.hir);
            Some(if kind == MatchKind::LeftmostFirst { lazy(hir) } else { hir })
        });
        let hirs: Vec<Hir> = hirs.collect::<Option<_>>()?;
        let config =
            thompson::Config::new().utf8(false).which_captures(WhichCaptures::None).nfa_size_limit(Some(PATTERN));
        let nfa = thompson::Compiler::new().configure(config).build_many_from_hir(&hirs).ok()?;
        let config = DFA::config()
            .match_kind(kind)
            .cache_capacity(CACHE)
            .skip_cache_capacity_check(true)
            .minimum_cache_clear_count(Some(CLEARED))
            .minimum_bytes_per_state(Some(BYTES_FOR_A_STATE));
        DFA::builder().syntax(syntax::Config::new().utf8(false)).configure(config).build_from_nfa(nfa).ok()
    }

    /// Runs the automaton over a key, until `note`, which hears which patterns match, wants to hear no more.
    #[inline]
    fn run(
        &self,
        dfa: &DFA,
        cache: &mut Cache,
        key: &[u8],
        mut note: impl FnMut(usize) -> bool,
    ) -> Result<(), TooMuch> {
        let mut matches = |cache: &Cache, state: LazyStateID| {
            (0..dfa.match_len(cache, state))
                .fold(true, |_, index| note(dfa.match_pattern(cache, state, index).as_usize()))
        };
        let mut state = dfa.start_state_forward(cache, &Input::new(key)).map_err(|_| TooMuch)?;
        cache.search_start(0);
        for (at, &byte) in key.iter().enumerate() {
            let next = dfa.next_state(cache, state, byte).map_err(|_| TooMuch)?;
            // In a state that goes round, what was found is known.
            if next.is_tagged() && next != state {
                if next.is_quit() {
                    return Err(TooMuch);
                }
                if next.is_dead() || next.is_match() && !matches(cache, next) {
                    cache.search_finish(at);
                    return Ok(());
                }
            }
            state = next;
        }
        let end = dfa.next_eoi_state(cache, state).map_err(|_| TooMuch)?;
        cache.search_finish(key.len());
        if end.is_match() {
            matches(cache, end);
        }
        Ok(())
    }
}

/// The states of an automaton.
fn states<'c>(dfa: &DFA, caches: &'c mut Caches, cache: usize) -> Result<&'c mut Cache, TooMuch> {
    if caches.len() <= cache {
        caches.resize_with(cache + 1, || None);
    }
    let cache = caches.get_mut(cache).ok_or(TooMuch)?;
    Ok(cache.get_or_insert_with(|| Box::new(dfa.create_cache())))
}

/// The expression that tries the fewest of whatever is repeated: it matches the same keys, and knows it at the first byte
/// that tells.
fn lazy(hir: Hir) -> Hir {
    match hir.into_kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Capture(capture) => lazy(*capture.sub),
        HirKind::Concat(pieces) => Hir::concat(pieces.into_iter().map(lazy).collect()),
        HirKind::Alternation(pieces) => Hir::alternation(pieces.into_iter().map(lazy).collect()),
        HirKind::Repetition(repetition) => {
            let sub = Box::new(lazy(*repetition.sub));
            Hir::repetition(Repetition { greedy: false, sub, ..repetition })
        }
    }
}

/// The expression without what may be left out at its end: `.*` after the last word matters to nobody who only asks whether
/// there is a match, and would have the automaton say so at each byte.
fn without_end(hir: Hir) -> Hir {
    match hir.kind() {
        HirKind::Repetition(repetition) if repetition.min == 0 => Hir::empty(),
        HirKind::Concat(_) => match hir.into_kind() {
            HirKind::Concat(mut pieces) => {
                while let Some(HirKind::Repetition(repetition)) = pieces.last().map(Hir::kind)
                    && repetition.min == 0
                {
                    pieces.pop();
                }
                Hir::concat(pieces)
            }
            _ => Hir::empty(),
        },
        _ => hir,
    }
}
