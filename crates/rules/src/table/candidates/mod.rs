//! Which rules may answer a key, found in one pass over the key, however many rules there are.
//!
//! Nearly no rule matches nearly any key, so a rule is asked only where something in the key speaks for it: a word that the
//! rule's pattern needs ([`words`]), or an automaton that many patterns share ([`automata`]). What neither tells of, as a
//! negated pattern, is always asked. Nothing here decides by itself, but where an automaton is exact: a rule that is left
//! out is one that does not match for certain, with no doubt and no error.
//!
//! | idea | file |
//! |---|---|
//! | the words of many patterns | [`words`] |
//! | automata of many patterns | [`automata`] |
//! | the rules to ask, in order, with the `if`s around them | [`walk`] |

mod automata;
mod walk;
mod words;

use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use regex_automata::util::pool::{Pool, PoolGuard};

use super::rule::{Condition, Op, Rule};
use crate::pattern::{Pattern, QUICK_STATES};
use automata::Automata;
use words::{Needs, WordIndex};

pub(super) use walk::Walk;

/// With fewer patterns, each is asked by itself.
const FEWEST: usize = 4;
/// With so few patterns, automata alone tell of all of them.
const FEW: usize = 16;

/// How many rules a table has at least for which it takes longer to find out what tells of them than to ask each of them
/// about a few keys.
const MANY: usize = 64;
/// How many keys these are.
const FIRST_KEYS: u32 = 4;
/// How long such a key may be, in bytes.
const SHORT_KEY: usize = 1024;

/// No block.
const NONE: u32 = u32::MAX;

/// What tells which rules of a table may answer, made when it is worth while.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    made: OnceLock<Option<Candidates>>,
    /// How many keys were asked about before it was made.
    keys: AtomicU32,
}

impl Prepared {
    /// What tells; none where there are so few rules that it is not worth while.
    pub(super) fn candidates<'t>(&'t self, rules: impl FnOnce() -> Option<&'t [Rule]>) -> Option<&'t Candidates> {
        self.made.get_or_init(|| rules().and_then(Candidates::new)).as_ref()
    }

    /// Whether a key may as well be asked of each of so many rules: it is one of the first, and there may be no more.
    pub(super) fn asks_each(&self, rules: usize, key: &[u8]) -> bool {
        // Threads that count for one another ask one more; it answers the same.
        rules >= MANY
            && key.len() <= SHORT_KEY
            && self.made.get().is_none()
            && self.keys.fetch_add(1, Ordering::Relaxed) < FIRST_KEYS
    }
}

/// What tells which rules of a table may answer.
#[derive(Debug)]
pub(super) struct Candidates {
    /// For each rule, the `if` right around it.
    around: Box<[u32]>,
    /// The rules that are asked whatever the key is: those in no block, and by the `if` right around them.
    always: Box<[u32]>,
    always_inside: HashMap<u32, Box<[u32]>>,
    words: Option<WordIndex>,
    automata: Automata,
    /// Whether the automata decide by themselves which rule answers.
    decides: bool,
    pool: Pool<Scratch>,
}

/// What a pass over a key writes down. It is used again for the next key.
#[derive(Debug, Default)]
struct Scratch {
    /// The rules that may match, marked where they do for certain.
    found: Vec<Candidate>,
    /// For each rule, the pass that found it last.
    rules: Stamps,
    /// For each word, the same.
    words: Stamps,
    caches: automata::Caches,
}

/// A rule that may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    /// Its index.
    pub(super) rule: u32,
    /// Whether its first condition holds for certain.
    pub(super) certain: bool,
}

/// Rules must be asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Undecided;

/// What was seen in this pass, without clearing anything between passes.
#[derive(Debug, Default)]
struct Stamps {
    pass: u32,
    last: Vec<u32>,
}

impl Stamps {
    /// Begins a pass over so many things.
    fn begin(&mut self, things: usize) {
        if self.last.len() != things || self.pass == u32::MAX {
            self.last.clear();
            self.last.resize(things, 0);
            self.pass = 0;
        }
        self.pass += 1;
    }

    /// Whether this is the first time that the thing is seen.
    #[inline]
    fn is_new(&mut self, thing: u32) -> bool {
        match self.last.get_mut(thing as usize) {
            Some(last) if *last != self.pass => {
                *last = self.pass;
                true
            }
            _ => false,
        }
    }
}

/// The pattern of a rule's first condition, where to know that it does not match is to know that the condition does not
/// hold.
fn screened(condition: &Condition) -> Option<&Pattern> {
    if condition.negated { None } else { condition.pattern() }
}

/// The condition that a rule asks first.
fn first_condition(rule: &Rule) -> Option<&Condition> {
    match &rule.op {
        Op::Answer { condition, .. } | Op::If { condition, .. } => Some(condition),
        Op::Endif => None,
    }
}

/// The pattern that speaks for a rule.
fn pattern_of(rules: &[Rule], rule: u32) -> Option<&Pattern> {
    rules.get(rule as usize).and_then(first_condition).and_then(screened)
}

impl Candidates {
    /// For these rules; none where there are so few of them that it is not worth while.
    pub(super) fn new(rules: &[Rule]) -> Option<Self> {
        let count = u32::try_from(rules.len()).ok().filter(|&count| count < NONE)?;
        let mut around = Vec::with_capacity(rules.len());
        let mut always: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut open: Vec<(u32, usize)> = Vec::new();
        let mut needs = Vec::new();
        for (index, rule) in (0..count).zip(rules) {
            while open.last().is_some_and(|(_, end)| *end <= index as usize) {
                open.pop();
            }
            let block = open.last().map_or(NONE, |(block, _)| *block);
            around.push(block);
            if let Op::If { end, .. } = &rule.op {
                open.push((index, *end));
            }
            let Some(condition) = first_condition(rule) else { continue };
            match screened(condition).and_then(Pattern::required) {
                Some(required) => needs.push(Needs { rule: index, required }),
                None => always.entry(block).or_default().push(index),
            }
        }
        if needs.len() < FEWEST {
            return None;
        }
        let few = needs.len() <= FEW && needs.iter().all(|needs| needs.required.states <= QUICK_STATES);
        let (words, rest) = if few { (None, needs) } else { WordIndex::new(needs) };
        let (small, big): (Vec<_>, Vec<_>) = rest.into_iter().partition(|needs| needs.required.states <= QUICK_STATES);
        for Needs { rule, .. } in big {
            let block = around.get(rule as usize).copied().unwrap_or(NONE);
            always.entry(block).or_default().push(rule);
        }
        always.values_mut().for_each(|rules| rules.sort_unstable());
        let automata = Automata::new(rules, small.into_iter().map(|needs| needs.rule));
        let decides = words.is_none()
            && always.is_empty()
            && automata.are_exact()
            && rules
                .iter()
                .all(|rule| matches!(&rule.op, Op::Answer { second: None, result, .. } if result.highest_group() == 0));
        Some(Self {
            around: around.into(),
            always: always.remove(&NONE).unwrap_or_default().into(),
            always_inside: always.into_iter().map(|(block, rules)| (block, rules.into())).collect(),
            words,
            automata,
            decides,
            pool: Pool::new(Scratch::default),
        })
    }

    /// The rules from `start` on that may answer the key, in order. The blocks that `start` lies in are taken to be open.
    pub(super) fn walk<'t>(&'t self, rules: &'t [Rule], key: &[u8], start: usize) -> Walk<'t> {
        let mut scratch = self.pool.get();
        self.pass(rules, key, &mut scratch);
        Walk::new(self, rules, scratch, start)
    }

    /// The first rule that answers the key, where that is found out without asking any.
    ///
    /// # Errors
    ///
    /// It is not.
    pub(super) fn decide(&self, rules: &[Rule], key: &[u8]) -> Result<Option<usize>, Undecided> {
        if !self.decides {
            return Err(Undecided);
        }
        let first = self.automata.first(rules, key, &mut self.pool.get().caches)?;
        Ok(first.map(|rule| rule as usize))
    }

    fn pass(&self, rules: &[Rule], key: &[u8], scratch: &mut Scratch) {
        scratch.found.clear();
        scratch.rules.begin(rules.len());
        if let Some(words) = &self.words {
            words.pass(key, scratch);
        }
        self.automata.pass(rules, key, scratch);
        if scratch.found.len() > 1 {
            scratch.found.sort_unstable();
        }
    }

    fn always_in(&self, block: u32) -> &[u32] {
        if block == NONE {
            return &self.always;
        }
        self.always_inside.get(&block).map(|rules| &**rules).unwrap_or_default()
    }
}

/// What a pass found, held for a walk.
type Held<'t> = PoolGuard<'t, Scratch, fn() -> Scratch>;
