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
    Some(Box<Found<'t>>),
}

/// A way through the rules that may answer.
pub(in crate::table) struct Found<'t> {
    candidates: &'t Candidates,
    held: Held<'t>,
    /// How many of those that were found have been passed.
    passed: usize,
    /// The blocks that are open, each with its end, and how many of the rules were passed that are always asked in it.
    open: Vec<Block<'t>>,
}

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
        let mut open = Vec::new();
        let mut around = candidates.around.get(start as usize).copied().unwrap_or(NONE);
        while let Some(Rule { op: Op::If { end, .. }, .. }) = rules.get(around as usize) {
            open.push(block(around, u32::try_from(*end).unwrap_or(NONE)));
            around = candidates.around.get(around as usize).copied().unwrap_or(NONE);
        }
        open.push(block(NONE, NONE));
        open.reverse();
        let passed = held.found.partition_point(|found| found.rule < start);
        Self::Some(Box::new(Found { candidates, held, passed, open }))
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
            found.open.push(Block { block, end, always: found.candidates.always_in(block) });
        }
    }

    /// The `if` that was asked last, whose block has this end, does not hold.
    pub(in crate::table) const fn shut(&mut self, end: usize) {
        if let Self::All { next } = self {
            *next = end;
        }
    }
}

impl Found<'_> {
    fn next(&mut self) -> Option<Candidate> {
        loop {
            let around = &self.candidates.around;
            let block = self.open.last_mut()?;
            // What was found in blocks that are shut is passed over.
            let mut found = self.held.found.get(self.passed).copied();
            while let Some(candidate) = found
                && candidate.rule < block.end
                && around.get(candidate.rule as usize) != Some(&block.block)
            {
                self.passed += 1;
                found = self.held.found.get(self.passed).copied();
            }
            let found = found.filter(|candidate| candidate.rule < block.end);
            let always = block.always.first().copied();
            match (found, always) {
                (Some(candidate), always) if always.is_none_or(|always| candidate.rule < always) => {
                    self.passed += 1;
                    return Some(candidate);
                }
                (_, Some(rule)) => {
                    block.always = block.always.get(1..).unwrap_or_default();
                    return Some(Candidate { rule, certain: false });
                }
                _ => {
                    self.open.pop();
                }
            }
        }
    }
}
