//! Backward through what was possible: only what leads from the start to the match's end is kept.
//!
//! A way that takes a back-reference must have passed its group's bounds where the reading says. So for each reading
//! that leads to a kept step, glibc sifts once more from there to the start under that limit (see [`super::limits`]),
//! inside that again for each reading on the way, and keeps what any of these keep. If the start is not among it, the
//! next shorter place where a match may end is tried.

use std::collections::HashMap;

use super::super::TooMuch;
use super::super::program::{Action, StepId};
use super::super::step_set::StepSet;
use super::forward::Readings;
use super::state::{StateId, States};
use super::text::Text;

/// How deep limits may stand inside limits. The C library would have used up its stack.
const MAX_DEPTH: usize = 2_000;

/// What is left of the possible steps.
pub(super) struct Sifted {
    /// The steps at each place.
    pub(super) log: Vec<StepSet>,
    /// The step that ends the match, and the place, which is the last of the log.
    pub(super) last: StepId,
}

pub(super) struct Sift<'r, 'p, 't> {
    pub(super) states: &'r mut States<'p>,
    pub(super) text: Text<'t>,
    pub(super) log: &'r [Option<StateId>],
    pub(super) readings: Readings,
    /// What the sifting at hand keeps.
    kept: Vec<StepSet>,
    /// What all siftings under limits kept.
    limited: Vec<StepSet>,
    /// The siftings under limits that were begun, and whether they are done: one that begins inside itself never ends.
    begun: HashMap<Key, bool>,
}

/// What makes a sifting under limits what it is: the step and place it begins at; each limit's group and bounds.
type Key = (StepId, usize, Vec<(u32, usize, usize)>);

/// One sifting.
struct Frame {
    last: StepId,
    from: usize,
    /// The readings whose limits hold.
    limits: Vec<usize>,
    /// Where it is.
    at: usize,
    /// For how many places nothing was kept.
    absent: usize,
    /// The back-references that are still to be looked at here, from the last, and how many readings of the one at hand.
    references: Vec<StepId>,
    reading: usize,
    /// What was kept here, while a sifting inside this one goes over it.
    saved: Option<StepSet>,
    key: Option<Key>,
}

impl Frame {
    const fn new(last: StepId, from: usize, limits: Vec<usize>, key: Option<Key>) -> Self {
        let at = from;
        Self { last, from, limits, at, absent: 0, references: Vec::new(), reading: 0, saved: None, key }
    }
}

impl<'r, 'p, 't> Sift<'r, 'p, 't> {
    pub(super) fn new(
        states: &'r mut States<'p>,
        text: Text<'t>,
        log: &'r [Option<StateId>],
        readings: Readings,
    ) -> Self {
        Self { states, text, log, readings, kept: Vec::new(), limited: Vec::new(), begun: HashMap::new() }
    }

    /// Sifts for the longest match that there is, up to a place; none where there is none.
    pub(super) fn run(mut self, longest: usize) -> Result<Option<Sifted>, TooMuch> {
        let bytes = (longest + 1) * 2 * (48 + self.states.referring.program.steps.len() / 8);
        self.states.hold(bytes)?;
        for at in (0..=longest).rev() {
            let Some(state) = self.log.get(at).copied().flatten() else { continue };
            let state = self.states.get(state)?;
            if !state.ends {
                continue;
            }
            // Where the end is not allowed after all, glibc goes on from the pattern's first step.
            let last = self.states.end(&state, &self.text, at).unwrap_or(0);
            self.kept = vec![self.states.empty(); at + 1];
            self.limited = self.kept.clone();
            self.begun.clear();
            self.states.spend(2 * (at + 1))?;
            self.sift(last, at)?;
            let start = |log: &[StepSet]| log.first().is_some_and(|steps| !steps.is_empty());
            if start(&self.kept) || start(&self.limited) {
                for (kept, limited) in self.kept.iter_mut().zip(&self.limited) {
                    kept.merge(limited);
                }
                return Ok(Some(Sifted { log: self.kept, last }));
            }
        }
        Ok(None)
    }

    fn sift(&mut self, last: StepId, from: usize) -> Result<(), TooMuch> {
        let mut first = Frame::new(last, from, Vec::new(), None);
        self.keep_last(&mut first)?;
        let mut frames = vec![first];
        while let Some(frame) = frames.last_mut() {
            if let Some(saved) = frame.saved.take() {
                self.limit(frame.at)?;
                if let Some(kept) = self.kept.get_mut(frame.at) {
                    *kept = saved;
                }
            }
            if let Some(reading) = self.next_reading(frame)? {
                let Some((step, key)) = self.begin(reading, &frame.limits)? else { continue };
                frame.saved = self.kept.get(frame.at).cloned();
                let mut limits = frame.limits.clone();
                limits.insert(limits.partition_point(|&limit| limit < reading), reading);
                let mut inner = Frame::new(step, frame.at, limits, Some(key));
                self.keep_last(&mut inner)?;
                frames.push(inner);
                if frames.len() > MAX_DEPTH {
                    return Err(TooMuch);
                }
            } else if !self.step_back(frame)? {
                if let Some(key) = frame.key.take() {
                    self.begun.insert(key, true);
                }
                frames.pop();
            }
        }
        Ok(())
    }

    /// Begins to sift under a reading's limit; none where that was done already.
    fn begin(&mut self, reading: usize, limits: &[usize]) -> Result<Option<(StepId, Key)>, TooMuch> {
        let of = |reading: usize| {
            self.readings.all.get(reading).map(|reading| (reading.group, reading.from, reading.to)).ok_or(TooMuch)
        };
        let read = self.readings.all.get(reading).ok_or(TooMuch)?;
        let (step, at) = (read.step, read.at);
        let mut distinct = Vec::new();
        let place = limits.partition_point(|&limit| limit < reading);
        let (before, after) = limits.split_at(place);
        for &limit in before.iter().chain([&reading]).chain(after) {
            let limit = of(limit)?;
            // A group that begins later than all that is still to be sifted limits nothing.
            if limit.1 <= at && !distinct.contains(&limit) {
                distinct.push(limit);
            }
        }
        self.states.spend(4 + 2 * limits.len())?;
        self.states.hold(64 + 24 * distinct.len())?;
        let key = (step, at, distinct);
        match self.begun.get(&key) {
            Some(true) => Ok(None),
            Some(false) => Err(TooMuch),
            None => {
                self.begun.insert(key.clone(), false);
                Ok(Some((step, key)))
            }
        }
    }

    /// Adds what was kept up to a place to what siftings under limits kept.
    fn limit(&mut self, at: usize) -> Result<(), TooMuch> {
        self.states.spend(at + 1)?;
        for (limited, kept) in self.limited.iter_mut().zip(&self.kept).take(at + 1) {
            limited.merge(kept);
        }
        Ok(())
    }

    /// Keeps the last step and what leads to it.
    fn keep_last(&mut self, frame: &mut Frame) -> Result<(), TooMuch> {
        let mut steps = self.states.empty();
        steps.insert(frame.last);
        self.keep(frame, steps)
    }

    /// Goes one place back; says whether there was one.
    fn step_back(&mut self, frame: &mut Frame) -> Result<bool, TooMuch> {
        let Some(at) = frame.at.checked_sub(1) else { return Ok(false) };
        let nothing = self.kept.get(frame.at).is_none_or(StepSet::is_empty);
        frame.absent = if nothing { frame.absent + 1 } else { 0 };
        if frame.absent > self.readings.longest {
            self.states.spend(frame.at)?;
            self.kept.iter_mut().take(frame.at).for_each(StepSet::clear);
            return Ok(false);
        }
        frame.at = at;
        let mut steps = self.states.empty();
        if let Some(state) = self.log.get(at).copied().flatten() {
            let state = self.states.get(state)?;
            let program = &self.states.referring.program;
            let place = self.text.place(at);
            let mut work = 1;
            for id in state.steps.iter() {
                work += 1;
                let Some(next) = program.step(id).map(|step| step.next) else { continue };
                if self.text.takes(program, id, at, place)
                    && self.kept.get(at + 1).is_some_and(|kept| kept.contains(next))
                    && !self.crosses(&frame.limits, (next, at + 1), (id, at))?
                {
                    steps.insert(id);
                }
            }
            self.states.spend(work)?;
        }
        self.keep(frame, steps)?;
        Ok(true)
    }

    /// Keeps steps at a place and what leads to them there, as far as limits allow.
    fn keep(&mut self, frame: &mut Frame, mut steps: StepSet) -> Result<(), TooMuch> {
        frame.references.clear();
        frame.reading = 0;
        if let Some(state) = self.log.get(frame.at).copied().flatten() {
            let state = self.states.get(state)?;
            let referring = self.states.referring;
            if !steps.is_empty() {
                let mut behind = self.states.empty();
                let mut work = 1;
                for id in steps.iter() {
                    let sources = referring.closures.behind(id);
                    work += sources.len();
                    behind.extend(sources);
                }
                self.states.spend(work)?;
                behind.retain(&state.steps);
                steps.merge(&behind);
                self.prune(&mut steps, &state.steps, &frame.limits, frame.at)?;
            }
            if state.refers && !self.readings.at(frame.at).is_empty() {
                let refers = |id: &StepId| {
                    matches!(referring.program.step(*id).map(|step| step.action), Some(Action::Backreference(_)))
                };
                frame.references.extend(state.steps.iter().filter(refers));
                frame.references.reverse();
            }
        }
        if let Some(kept) = self.kept.get_mut(frame.at) {
            *kept = steps;
        }
        Ok(())
    }

    /// The next reading at a place that leads to a kept step.
    fn next_reading(&mut self, frame: &mut Frame) -> Result<Option<usize>, TooMuch> {
        let range = self.readings.at(frame.at);
        while let Some(&id) = frame.references.last() {
            if id == frame.last && frame.at == frame.from {
                frame.references.pop();
                continue;
            }
            let program = &self.states.referring.program;
            let step = program.step(id).ok_or(TooMuch)?;
            let (first, next) = (step.ways.as_slice().first().copied().ok_or(TooMuch)?, step.next);
            while range.start + frame.reading < range.end {
                let index = range.start + frame.reading;
                frame.reading += 1;
                self.states.spend(1)?;
                let Some(reading) = self.readings.all.get(index).filter(|reading| reading.step == id) else { continue };
                let to = frame.at + reading.len();
                let target = if reading.len() == 0 { first } else { next };
                if to <= frame.from
                    && self.kept.get(to).is_some_and(|kept| kept.contains(target))
                    && !self.crosses(&frame.limits, (id, frame.at), (target, to))?
                {
                    return Ok(Some(index));
                }
            }
            frame.reading = 0;
            frame.references.pop();
        }
        Ok(None)
    }
}
