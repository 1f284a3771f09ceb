//! Which groups a match has.
//!
//! POSIX.1-2017 (XBD 9.1) wants the leftmost match, of those the longest, and of each subpattern from left to right the
//! longest. glibc keeps the first two and instead of the third does this: of all ways through its automaton that lead
//! from the leftmost start to the farthest end, it takes at each fork the first way from which that end can still be
//! reached. In a loop that takes no bytes the second way is taken the second time round.

use postproof_model::Span;

use super::condition::Place;
use super::program::{Action, Program, StepId};
use super::step_set::StepSet;

/// At most so many bytes for the steps that are possible at each place.
const MAX_LOG: usize = 64 << 20;

/// Where a group began and ended, as far as known.
type Bounds = (Option<usize>, Option<usize>);

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooMuch;

/// What can be reached at each place from one start.
struct Forward {
    /// The possible steps at each place from the start on.
    log: Vec<StepSet>,
    /// The last place where a match can end, and the step that ends it.
    last: Option<(usize, StepId)>,
}

/// Runs a program over one key.
pub(super) struct Run<'a> {
    program: &'a Program,
    key: &'a [u8],
    /// For each step, those that lead to it without taking a byte.
    sources: Vec<Vec<StepId>>,
    stack: Vec<StepId>,
}

impl<'a> Run<'a> {
    pub(super) fn new(program: &'a Program, key: &'a [u8]) -> Self {
        let mut sources = vec![Vec::new(); program.steps.len()];
        for (id, step) in (0..).zip(&program.steps) {
            for &way in step.ways.as_slice() {
                if let Some(sources) = sources.get_mut(way as usize) {
                    sources.push(id);
                }
            }
        }
        Self { program, key, sources, stack: Vec::new() }
    }

    /// The bounds of the groups, from 0 for the whole, of the longest match that begins at `start`; none where none
    /// does. `wanted` is the highest group that anyone asked for: the C library looks no further, and which groups
    /// are asked for can change the answer.
    pub(super) fn groups(&mut self, start: usize, wanted: u32) -> Result<Option<Vec<Option<Span>>>, TooMuch> {
        let Forward { mut log, last } = self.forward(start)?;
        let Some((end, last)) = last else { return Ok(None) };
        log.truncate(end - start + 1);
        self.sift(&mut log, start, last);
        let mut bounds = self.walk(&log, start, last, wanted).ok_or(TooMuch)?;
        for group in 1..bounds.len() {
            let shared = self.program.shares.get(group).map_or(group, |&shared| shared as usize);
            if shared != group {
                let of_shared = bounds.get(shared).copied().unwrap_or_default();
                if let Some(bounds) = bounds.get_mut(group) {
                    *bounds = of_shared;
                }
            }
        }
        Ok(Some(
            bounds.into_iter().map(|(start, end)| start.zip(end).map(|(start, end)| Span::new(start, end))).collect(),
        ))
    }

    /// Adds to a set everything that follows a step without taking a byte.
    fn close(&mut self, set: &mut StepSet, from: StepId) {
        self.stack.push(from);
        while let Some(id) = self.stack.pop() {
            if set.insert(id)
                && let Some(step) = self.program.step(id)
            {
                self.stack.extend_from_slice(step.ways.as_slice());
            }
        }
    }

    /// Takes out of a set what cannot be at a place for what comes before it.
    fn prune(&self, set: &mut StepSet, at: usize) {
        let place = Place::new(self.key, at);
        let fails = |id: &StepId| self.program.step(*id).is_none_or(|step| !step.condition.holds_behind(place));
        let failing: Vec<StepId> = set.iter().filter(fails).collect();
        for id in failing {
            set.remove(id);
        }
    }

    fn forward(&mut self, start: usize) -> Result<Forward, TooMuch> {
        let steps = self.program.steps.len();
        let mut set = StepSet::new(steps);
        self.close(&mut set, self.program.start);
        let mut log = Vec::new();
        let mut last = None;
        let mut at = start;
        loop {
            self.prune(&mut set, at);
            if let Some(end) = self.end_of(&set, at) {
                last = Some((at, end));
            }
            if (log.len() + 1) * steps.div_ceil(8) > MAX_LOG {
                return Err(TooMuch);
            }
            if at == self.key.len() || set.is_empty() {
                log.push(set);
                return Ok(Forward { log, last });
            }
            let mut next = StepSet::new(steps);
            for id in set.iter() {
                if self.takes(id, at)
                    && let Some(step) = self.program.step(id)
                {
                    self.close(&mut next, step.next);
                }
            }
            log.push(std::mem::replace(&mut set, next));
            at += 1;
        }
    }

    /// The first step of a set that ends a match here.
    fn end_of(&self, set: &StepSet, at: usize) -> Option<StepId> {
        let place = Place::new(self.key, at);
        set.iter().find(|&id| {
            self.program.step(id).is_some_and(|step| step.action == Action::End && step.condition.holds_ahead(place))
        })
    }

    /// Whether a step takes the byte at a place.
    fn takes(&self, id: StepId, at: usize) -> bool {
        let Some(step) = self.program.step(id) else { return false };
        let Action::Take(set) = step.action else { return false };
        let listed = self.program.sets.get(set as usize).zip(self.key.get(at)).is_some_and(|(set, &b)| set.contains(b));
        listed && step.condition.holds_ahead(Place::new(self.key, at))
    }

    /// Keeps of the possible steps only those from which the last one can be reached at the last place.
    fn sift(&mut self, log: &mut [StepSet], start: usize, last: StepId) {
        let mut targets = StepSet::new(self.program.steps.len());
        let mut reached = vec![last];
        for place in (0..log.len()).rev() {
            targets.clear();
            self.stack.append(&mut reached);
            while let Some(id) = self.stack.pop() {
                if targets.insert(id)
                    && let Some(sources) = self.sources.get(id as usize)
                {
                    self.stack.extend_from_slice(sources);
                }
            }
            if let Some(set) = log.get_mut(place) {
                set.retain(&targets);
            }
            if let [.., before, sifted] = log.get(..=place).unwrap_or_default() {
                let leads = |id: &StepId| {
                    self.takes(*id, start + place - 1)
                        && self.program.step(*id).is_some_and(|step| sifted.contains(step.next))
                };
                reached.extend(before.iter().filter(leads));
            }
        }
    }

    /// Goes from the start to the last step, and notes where groups begin and end.
    fn walk(&self, log: &[StepSet], start: usize, last: StepId, wanted: u32) -> Option<Vec<Bounds>> {
        let end = start + log.len().checked_sub(1)?;
        let mut bounds: Vec<Bounds> = vec![(None, None); wanted as usize + 1];
        *bounds.first_mut()? = (Some(start), Some(end));
        // As they were when a group last closed that had taken something.
        let mut kept = bounds.clone();
        let mut passed = StepSet::new(self.program.steps.len());
        let (mut at, mut id) = (start, self.program.start);
        loop {
            let step = self.program.step(id)?;
            self.note(step.action, at, &mut bounds, &mut kept);
            if at == end && id == last {
                return Some(bounds);
            }
            if matches!(step.action, Action::Take(_)) {
                if !self.takes(id, at) {
                    return None;
                }
                at += 1;
                id = step.next;
                passed.clear();
            } else {
                passed.insert(id);
                let possible = log.get(at - start)?;
                let mut ways = step.ways.as_slice().iter().copied().filter(|&way| possible.contains(way));
                let first = ways.next()?;
                id = ways.next().filter(|_| passed.contains(first)).unwrap_or(first);
            }
        }
    }

    fn note(&self, action: Action, at: usize, bounds: &mut [Bounds], kept: &mut [Bounds]) {
        match action {
            Action::Open(group) => {
                if let Some(bounds) = bounds.get_mut(group as usize) {
                    *bounds = (Some(at), None);
                }
            }
            Action::Close { group, optional } => {
                let group = group as usize;
                let Some((began, ended)) = bounds.get_mut(group) else { return };
                if began.is_none_or(|began| began < at) {
                    *ended = Some(at);
                    kept.copy_from_slice(bounds);
                } else if optional && kept.get(group).is_some_and(|(began, _)| began.is_some()) {
                    // It took nothing this time, but something before: that stands, inner groups and all.
                    bounds.copy_from_slice(kept);
                } else {
                    *ended = Some(at);
                }
            }
            _ => {}
        }
    }
}
