//! Forward through a key: which steps are possible at each place, and what back-references may have read.
//!
//! At each place glibc notes where groups open that back-references need. Where a back-reference is possible, it looks
//! for each of these openings and each closing after it whether the text between them stands here once more, and
//! whether there is a way from the one to the other and from there to here (see [`super::arrival`]). Not all of what it
//! finds belongs to one way from start to end: that is sorted out backwards (see [`super::sift`]).

use super::super::TooMuch;
use super::super::program::{Action, StepId};
use super::arrival::{Bar, Path};
use super::state::{StateId, States};
use super::text::Text;

/// What a back-reference may have read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// The back-reference.
    pub(super) step: StepId,
    /// Where it stands.
    pub(super) at: usize,
    /// Its group.
    pub(super) group: u32,
    /// Where the group began.
    pub(super) from: usize,
    /// Where the group ended.
    pub(super) to: usize,
    /// The groups whose bounds may be reached from here without taking bytes, as far as is known: one bit for each.
    pub(super) reach: u64,
}

impl Reading {
    pub(super) const fn len(&self) -> usize {
        self.to - self.from
    }
}

/// What is known about the readings at each place.
#[derive(Debug, Default)]
pub(super) struct Readings {
    pub(super) all: Vec<Reading>,
    /// The length of the longest.
    pub(super) longest: usize,
}

impl Readings {
    /// The numbers of the readings at a place.
    pub(super) fn at(&self, at: usize) -> std::ops::Range<usize> {
        let first = self.all.partition_point(|reading| reading.at < at);
        let count = self.all.get(first..).unwrap_or_default().iter().take_while(|reading| reading.at == at).count();
        first..first + count
    }
}

/// A place where a group begins that a back-reference needs.
#[derive(Debug, Default)]
struct Opening {
    step: StepId,
    at: usize,
    group: u32,
    path: Path,
    closings: Vec<Closing>,
}

/// A place where it ends again.
#[derive(Debug)]
struct Closing {
    step: StepId,
    at: usize,
    path: Path,
}

/// What is possible from one start.
pub(super) struct Forward<'r, 'p, 't> {
    pub(super) states: &'r mut States<'p>,
    pub(super) text: Text<'t>,
    /// The state at each place.
    pub(super) log: Vec<Option<StateId>>,
    pub(super) readings: Readings,
    openings: Vec<Opening>,
    /// The last place where a match can end.
    pub(super) last: Option<usize>,
}

/// Back-references that are to be followed one after another.
struct Following {
    steps: Vec<StepId>,
    next: usize,
    /// Which reading is to be followed next, where a back-reference's are at hand.
    reading: Option<usize>,
}

impl<'r, 'p, 't> Forward<'r, 'p, 't> {
    pub(super) fn new(states: &'r mut States<'p>, text: Text<'t>) -> Self {
        Self { states, text, log: Vec::new(), readings: Readings::default(), openings: Vec::new(), last: None }
    }

    /// Goes on from the state at the start until nothing is possible any more.
    pub(super) fn run(&mut self, begin: StateId) -> Result<(), TooMuch> {
        self.log.push(Some(begin));
        self.arrived(0)?;
        // What back-references add at the start is in the state already, or else forgotten.
        let mut current = Some(begin);
        let mut at = 0;
        loop {
            if let Some(state) = current {
                let state = self.states.get(state)?;
                if self.states.end(&state, &self.text, at).is_some() {
                    self.last = Some(at);
                }
            }
            if at == self.text.len() {
                return Ok(());
            }
            let mut next = match current {
                Some(state) => self.states.advance(state, &self.text, at)?,
                None => None,
            };
            at += 1;
            if let Some(logged) = self.log.get(at).copied().flatten() {
                let mut entered = self.states.get(logged)?.entered.clone();
                if let Some(next) = next {
                    entered.merge(&self.states.get(next)?.entered);
                }
                next = self.states.entered(entered, self.text.place(at))?;
            } else if next.is_none() && at >= self.log.len() {
                return Ok(());
            }
            self.put(at, next)?;
            self.arrived(at)?;
            current = self.log.get(at).copied().flatten();
        }
    }

    fn put(&mut self, at: usize, state: Option<StateId>) -> Result<(), TooMuch> {
        if self.log.len() <= at {
            self.states.spend(at + 1 - self.log.len())?;
            self.log.resize(at + 1, None);
        }
        if let Some(slot) = self.log.get_mut(at) {
            *slot = state;
        }
        Ok(())
    }

    /// Notes the groups that begin at a place, and follows the back-references there.
    fn arrived(&mut self, at: usize) -> Result<(), TooMuch> {
        let Some(state) = self.log.get(at).copied().flatten() else { return Ok(()) };
        let state = self.states.get(state)?;
        let steps: Vec<StepId> = state.steps.iter().collect();
        self.open(&steps, at)?;
        if state.refers { self.follow(steps, at) } else { Ok(()) }
    }

    fn open(&mut self, steps: &[StepId], at: usize) -> Result<(), TooMuch> {
        self.states.spend(steps.len())?;
        for &step in steps {
            if let Some(group) = self.states.referring.opens(step) {
                self.states.hold(std::mem::size_of::<Opening>())?;
                self.openings.push(Opening { step, at, group, ..Opening::default() });
            }
        }
        Ok(())
    }

    /// Follows the back-references among the steps at a place. One that has read nothing leads to more of them.
    fn follow(&mut self, steps: Vec<StepId>, at: usize) -> Result<(), TooMuch> {
        let referring = self.states.referring;
        let mut stack = vec![Following { steps, next: 0, reading: None }];
        while let Some(top) = stack.last_mut() {
            self.states.spend(1)?;
            let Some(&id) = top.steps.get(top.next) else {
                stack.pop();
                continue;
            };
            let step = referring.program.step(id).ok_or(TooMuch)?;
            let Action::Backreference(group) = step.action else {
                top.next += 1;
                continue;
            };
            let Some(reading) = top.reading else {
                if step.condition.holds_ahead(self.text.place(at)) {
                    top.reading = Some(self.readings.all.len());
                    self.read(id, group, at)?;
                } else {
                    top.next += 1;
                }
                continue;
            };
            let Some(read) = self.readings.all.get(reading) else {
                top.reading = None;
                top.next += 1;
                continue;
            };
            top.reading = Some(reading + 1);
            if read.step != id || read.at != at {
                continue;
            }
            let length = read.len();
            let next = if length == 0 { step.ways.as_slice().first().copied().ok_or(TooMuch)? } else { step.next };
            let ahead = referring.closures.ahead(next);
            let before = self.steps_at(at)?;
            self.enter(at + length, ahead)?;
            if length == 0 && self.steps_at(at)? > before {
                self.open(ahead, at)?;
                stack.push(Following { steps: ahead.to_vec(), next: 0, reading: None });
            }
        }
        Ok(())
    }

    fn steps_at(&self, at: usize) -> Result<usize, TooMuch> {
        match self.log.get(at).copied().flatten() {
            Some(state) => Ok(self.states.get(state)?.steps.len()),
            None => Ok(0),
        }
    }

    /// Adds steps to those that are possible at a place.
    fn enter(&mut self, at: usize, steps: &[StepId]) -> Result<(), TooMuch> {
        let mut entered = match self.log.get(at).copied().flatten() {
            Some(state) => self.states.get(state)?.entered.clone(),
            None => self.states.empty(),
        };
        self.states.spend(steps.len())?;
        entered.extend(steps);
        let state = self.states.entered(entered, self.text.place(at))?;
        self.put(at, state)
    }

    /// Finds out what a back-reference can read at a place.
    fn read(&mut self, step: StepId, group: u32, at: usize) -> Result<(), TooMuch> {
        let known = self.readings.at(at);
        self.states.spend(known.len() + self.openings.len())?;
        if self.readings.all.get(known).unwrap_or_default().iter().any(|reading| reading.step == step) {
            return Ok(());
        }
        for index in 0..self.openings.len() {
            let Some(opening) = self.openings.get_mut(index).filter(|opening| opening.group == group) else { continue };
            let mut opening = std::mem::take(opening);
            self.read_from(&mut opening, step, at)?;
            if let Some(slot) = self.openings.get_mut(index) {
                *slot = opening;
            }
        }
        Ok(())
    }

    /// Finds out what a back-reference can read at a place of the group that began at an opening.
    fn read_from(&mut self, opening: &mut Opening, step: StepId, at: usize) -> Result<(), TooMuch> {
        let (began, group) = (opening.at, opening.group);
        // How far the group's text has been compared, and how far the text that the back-reference may read.
        let (mut ended, mut read) = (began, at);
        for closing in &mut opening.closings {
            let length = closing.at - ended;
            self.states.spend(length)?;
            // The groups that end later begin with this text, too.
            if !self.text.same(ended, read, length) {
                return Ok(());
            }
            ended += length;
            read += length;
            self.read_to(began, group, closing, step, at)?;
        }
        if !opening.closings.is_empty() {
            ended += 1;
        }
        while ended <= at {
            self.states.spend(1)?;
            if ended > began {
                if !self.text.same(ended - 1, read, 1) {
                    break;
                }
                read += 1;
            }
            if let Some(close) = self.close_at(group, ended)?
                && self.arrives(&mut opening.path, (opening.step, began), (close, ended), Bar::Close(group))?
            {
                let mut closing = Closing { step: close, at: ended, path: Path::default() };
                self.read_to(began, group, &mut closing, step, at)?;
                self.states.hold(std::mem::size_of::<Closing>())?;
                opening.closings.push(closing);
            }
            ended += 1;
        }
        Ok(())
    }

    /// The first step that ends a group at a place.
    fn close_at(&self, group: u32, at: usize) -> Result<Option<StepId>, TooMuch> {
        let Some(state) = self.log.get(at).copied().flatten() else { return Ok(None) };
        let state = self.states.get(state)?;
        Ok(state.steps.iter().find(|&id| self.states.referring.bar(id, Bar::Close(group))))
    }

    /// Notes what a back-reference can read of a group whose bounds are given, where a way leads there from its end.
    fn read_to(
        &mut self,
        from: usize,
        group: u32,
        closing: &mut Closing,
        step: StepId,
        at: usize,
    ) -> Result<(), TooMuch> {
        let to = closing.at;
        if self.arrives(&mut closing.path, (closing.step, to), (step, at), Bar::Open(group))? {
            self.states.hold(std::mem::size_of::<Reading>())?;
            let reach = if from == to { u64::MAX } else { 0 };
            self.readings.all.push(Reading { step, at, group, from, to, reach });
            self.readings.longest = self.readings.longest.max(to - from);
        }
        Ok(())
    }
}
