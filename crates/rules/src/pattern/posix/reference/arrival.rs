//! Whether there is a way from one step at one place to another at a later place.
//!
//! A way from a group's opening may not leave the group, and one from its closing may not open it again, or what the
//! back-reference reads would be another text. Where such a bar stands in a closure, glibc goes through the closure step
//! by step, and then it takes every back-reference on the way for one that takes nothing.

use super::super::TooMuch;
use super::super::program::StepId;
use super::super::step_set::StepSet;
use super::forward::Forward;
use super::state::StateId;

/// A step that a way does not pass.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bar {
    /// The opening of a group, which is not even reached.
    Open(u32),
    /// The closing of a group, which is reached.
    Close(u32),
}

/// What can be reached from a step: a way is asked for again at later places, and is then continued.
#[derive(Debug, Default)]
pub(super) struct Path {
    /// The state at each place from the first on.
    states: Vec<Option<StateId>>,
    /// The place, counted from the text's start, up to which this is known; 0 where nothing is.
    known: usize,
}

impl Path {
    fn get(&self, from: usize, at: usize) -> Option<StateId> {
        at.checked_sub(from).and_then(|at| self.states.get(at).copied().flatten())
    }
}

impl Forward<'_, '_, '_> {
    /// Whether a way leads from a step at a place to another.
    pub(super) fn arrives(
        &mut self,
        path: &mut Path,
        (first, from): (StepId, usize),
        (last, to): (StepId, usize),
        bar: Bar,
    ) -> Result<bool, TooMuch> {
        let mut at = if path.known == 0 { from } else { path.known };
        let mut current = path.get(from, at);
        let refers = match current {
            Some(state) => self.states.get(state)?.refers,
            None => false,
        };
        if at == from || refers {
            let mut steps = match current {
                Some(state) if at != from => self.states.get(state)?.steps.clone(),
                _ => {
                    let mut steps = self.states.empty();
                    steps.insert(first);
                    self.spread(&steps, bar)?
                }
            };
            self.spread_readings(&mut steps, path, from, at, bar)?;
            current = self.states.entered(steps, self.text.place(at))?;
            self.set(path, from, at, current)?;
        }
        let mut absent = 0;
        while at < to && absent <= self.readings.longest {
            let mut steps = self.taken(current, at)?;
            at += 1;
            if let Some(state) = path.get(from, at) {
                steps.merge(&self.states.get(state)?.steps);
            }
            if !steps.is_empty() {
                steps = self.spread(&steps, bar)?;
                self.spread_readings(&mut steps, path, from, at, bar)?;
            }
            current = self.states.entered(steps, self.text.place(at))?;
            self.set(path, from, at, current)?;
            absent = if current.is_none() { absent + 1 } else { 0 };
        }
        path.known = at;
        match path.get(from, to) {
            Some(state) => Ok(self.states.get(state)?.steps.contains(last)),
            None => Ok(false),
        }
    }

    fn set(&mut self, path: &mut Path, from: usize, at: usize, state: Option<StateId>) -> Result<(), TooMuch> {
        let index = at - from;
        if path.states.len() <= index {
            let more = index + 1 - path.states.len();
            self.states.spend(more)?;
            self.states.hold(more * std::mem::size_of::<Option<StateId>>())?;
            path.states.resize(index + 1, None);
        }
        if let Some(slot) = path.states.get_mut(index) {
            *slot = state;
        }
        Ok(())
    }

    /// The steps after the byte at a place was taken, without what follows them.
    fn taken(&mut self, from: Option<StateId>, at: usize) -> Result<StepSet, TooMuch> {
        let mut steps = self.states.empty();
        let Some(from) = from else { return Ok(steps) };
        let state = self.states.get(from)?;
        let place = self.text.place(at);
        let program = &self.states.referring.program;
        let mut work = 1;
        for id in state.steps.iter() {
            work += 1;
            if self.text.takes(program, id, at, place)
                && let Some(step) = program.step(id)
            {
                steps.insert(step.next);
            }
        }
        self.states.spend(work)?;
        Ok(steps)
    }

    /// What follows steps without taking a byte, up to a bar. In order: a back-reference that a closure without bar has
    /// brought in is not passed later.
    fn spread(&mut self, from: &StepSet, bar: Bar) -> Result<StepSet, TooMuch> {
        let referring = self.states.referring;
        let mut steps = self.states.empty();
        let mut stack = Vec::new();
        for start in from.iter() {
            let ahead = referring.closures.ahead(start);
            self.states.spend(1 + ahead.len())?;
            if !ahead.iter().any(|&id| referring.bar(id, bar)) {
                steps.extend(ahead);
                continue;
            }
            stack.push(start);
            while let Some(id) = stack.pop() {
                self.states.spend(1)?;
                if steps.contains(id) {
                    continue;
                }
                if referring.bar(id, bar) {
                    if matches!(bar, Bar::Close(_)) {
                        steps.insert(id);
                    }
                    continue;
                }
                steps.insert(id);
                if let Some(step) = referring.program.step(id) {
                    stack.extend_from_slice(step.ways.as_slice());
                }
            }
        }
        Ok(steps)
    }

    /// Adds what the back-references among the steps at a place lead to.
    fn spread_readings(
        &mut self,
        steps: &mut StepSet,
        path: &mut Path,
        from: usize,
        at: usize,
        bar: Bar,
    ) -> Result<(), TooMuch> {
        let readings = self.readings.at(at);
        let mut index = readings.start;
        while index < readings.end {
            self.states.spend(1)?;
            let Some(reading) = self.readings.all.get(index) else { break };
            index += 1;
            if !steps.contains(reading.step) {
                continue;
            }
            let step = self.states.referring.program.step(reading.step).ok_or(TooMuch)?;
            let length = reading.len();
            if length == 0 {
                let next = step.ways.as_slice().first().copied().ok_or(TooMuch)?;
                if steps.contains(next) {
                    continue;
                }
                let mut more = self.states.empty();
                more.insert(next);
                let more = self.spread(&more, bar)?;
                steps.merge(&more);
                // glibc begins anew until the step is there: for ever, where a bar stands in its place.
                if !steps.contains(next) {
                    return Err(TooMuch);
                }
                index = readings.start;
            } else {
                let next = step.next;
                let mut there = match path.get(from, at + length) {
                    Some(state) => self.states.get(state)?.steps.clone(),
                    None => self.states.empty(),
                };
                if there.insert(next) {
                    let state = self.states.unsifted(there)?;
                    self.set(path, from, at + length, state)?;
                }
            }
        }
        Ok(())
    }
}
