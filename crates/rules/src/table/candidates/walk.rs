//! The rules to ask, in the order of the table.

use super::{Candidate, Candidates, Held, NONE};
use crate::table::rule::{Op, Rule};

/// A way through a table's rules: all of them, or those that may answer.
pub(in crate::table) enum Walk<'t> {
    /// All.
    All {
        /// The next.
        next: usize,
    },
    /// Those that may answer.
    Some(Found<'t>),
}

/// A way through the rules that may answer.
pub(in crate::table) struct Found<'t> {
    candidates: &'t Candidates,
    held: Held<'t>,
    /// How many of those that were found have been passed.
    passed: usize,
    /// The block that is being passed.
    block: Block<'t>,
    /// The blocks around it.
    outer: Vec<Block<'t>>,
}

/// A block that is open: its `if`, its end, and those of its rules that are always asked and were not yet.
struct Block<'t> {
    block: u32,
    end: u32,
    always: &'t [u32],
}

impl<'t> Walk<'t> {
    pub(super) fn new(candidates: &'t Candidates, rules: &'t [Rule], held: Held<'t>, start: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(NONE);
        let block = |block: u32, end: u32| {
            let always = candidates.always_in(block);
            Block { block, end, always: always.get(always.partition_point(|&rule| rule < start)..).unwrap_or_default() }
        };
        let mut inside = Vec::new();
        let mut around = candidates.around.get(start as usize).copied().unwrap_or(NONE);
        while let Some(Rule { op: Op::If { end, .. }, .. }) = rules.get(around as usize) {
            inside.push(block(around, u32::try_from(*end).unwrap_or(NONE)));
            around = candidates.around.get(around as usize).copied().unwrap_or(NONE);
        }
        let mut found = Found {
            candidates,
            passed: held.found.partition_point(|found| found.rule < start),
            held,
            block: block(NONE, NONE),
            outer: Vec::new(),
        };
        while let Some(block) = inside.pop() {
            found.enter(block);
        }
        Self::Some(found)
    }

    /// The next rule to ask.
    pub(in crate::table) fn next(&mut self) -> Option<Candidate> {
        match self {
            Self::All { next } => {
                let rule = u32::try_from(*next).ok()?;
                *next += 1;
                Some(Candidate { rule, certain: false })
            }
            Self::Some(found) => found.next(),
        }
    }

    /// The `if` that was asked last holds.
    pub(in crate::table) fn open(&mut self, rule: usize, end: usize) {
        if let Self::Some(found) = self {
            let (Ok(block), Ok(end)) = (u32::try_from(rule), u32::try_from(end)) else { return };
            found.enter(Block { block, end, always: found.candidates.always_in(block) });
        }
    }

    /// The `if` that was asked last, whose block has this end, does not hold.
    pub(in crate::table) const fn shut(&mut self, end: usize) {
        if let Self::All { next } = self {
            *next = end;
        }
    }
}

impl<'t> Found<'t> {
    fn enter(&mut self, block: Block<'t>) {
        self.outer.push(std::mem::replace(&mut self.block, block));
    }

    fn next(&mut self) -> Option<Candidate> {
        loop {
            let around = &self.candidates.around;
            let block = &mut self.block;
            let always = block.always.first().copied();
            let found = self.held.found.get(self.passed).copied().filter(|candidate| candidate.rule < block.end);
            match (found, always) {
                (Some(candidate), always) if always.is_none_or(|always| candidate.rule < always) => {
                    self.passed += 1;
                    // What was found in blocks that are shut is passed over.
                    if around.get(candidate.rule as usize) == Some(&block.block) {
                        return Some(candidate);
                    }
                }
                (_, Some(rule)) => {
                    block.always = block.always.get(1..).unwrap_or_default();
                    return Some(Candidate { rule, certain: false });
                }
                _ => self.block = self.outer.pop()?,
            }
        }
    }
}
