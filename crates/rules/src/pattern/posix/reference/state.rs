//! The sets of steps that are possible at a place, each kept once.
//!
//! glibc keeps two sets in a state: what was entered, and what of it the place allows for what comes before it. When a
//! back-reference leads to a place that has a state already, the entered sets are joined and sifted anew.
//!
//! glibc keeps its states from one key to the next, and takes one that it made for a sifted set for the state of the
//! same set entered after a byte that is no part of a word. So an anchor that asks for what comes before it can be lost
//! after a back-reference, which depends on the keys that were searched before: `(.)\1\>` finds nothing in `--`, but
//! the empty match after it once `aa` was searched.

use std::collections::HashMap;
use std::rc::Rc;

use super::super::super::Steps;
use super::super::TooMuch;
use super::super::condition::Place;
use super::super::program::{Action, StepId};
use super::super::step_set::StepSet;
use super::Referring;
use super::text::Text;

/// At most so many bytes for states.
const MAX_BYTES: usize = 64 << 20;

/// The mark of states that were not sifted by what comes before their place.
const UNSIFTED: u8 = u8::MAX;

/// The mark of states that another key has left, added to what comes before.
const LEFT: u8 = 1 << 7;

/// The number of a state.
pub(super) type StateId = u32;

#[derive(Debug)]
pub(super) struct State {
    /// What was entered.
    pub(super) entered: StepSet,
    /// What of it the place allows.
    pub(super) steps: StepSet,
    /// Whether back-references were entered.
    pub(super) refers: bool,
    /// Whether steps that end the match were entered.
    pub(super) ends: bool,
}

pub(super) struct States<'p> {
    pub(super) referring: &'p Referring,
    all: Vec<Rc<State>>,
    known: HashMap<(StepSet, u8), StateId>,
    next: HashMap<(StateId, u8), Option<StateId>>,
    /// What work is taken from.
    left: &'p Steps,
    bytes: usize,
    /// What of these bytes the states take.
    own: usize,
    /// Whether states are taken that other keys may have left.
    used: bool,
    /// Whether there is such a state.
    pub(super) doubtful: bool,
}

impl<'p> States<'p> {
    /// States as for the first key, or `used` by other keys before.
    pub(super) fn new(referring: &'p Referring, left: &'p Steps, used: bool) -> Self {
        Self {
            referring,
            all: Vec::new(),
            known: HashMap::new(),
            next: HashMap::new(),
            left,
            bytes: 0,
            own: 0,
            used,
            doubtful: false,
        }
    }

    /// Counts work.
    pub(super) fn spend(&self, work: usize) -> Result<(), TooMuch> {
        if self.left.spend(work as u64) { Ok(()) } else { Err(TooMuch) }
    }

    /// Counts memory that is held until the next start.
    pub(super) fn hold(&mut self, bytes: usize) -> Result<(), TooMuch> {
        self.bytes += bytes;
        if self.bytes > MAX_BYTES { Err(TooMuch) } else { Ok(()) }
    }

    fn keep(&mut self, bytes: usize) -> Result<(), TooMuch> {
        self.own += bytes;
        self.hold(bytes)
    }

    /// A new start: what was held for the last one is not held any more, but for the states.
    pub(super) const fn forget(&mut self) {
        self.bytes = self.own;
    }

    pub(super) fn empty(&self) -> StepSet {
        StepSet::new(self.referring.program.steps.len())
    }

    pub(super) fn get(&self, id: StateId) -> Result<Rc<State>, TooMuch> {
        self.all.get(id as usize).cloned().ok_or(TooMuch)
    }

    /// The state of a set that was entered at a place by taking a byte, or at a start; none for nothing. glibc makes
    /// these before it sifts.
    pub(super) fn fresh(&mut self, entered: StepSet, place: Place) -> Result<Option<StateId>, TooMuch> {
        self.state(entered, place.behind(), Some(place))
    }

    /// The state of a set that was entered at a place; none for nothing.
    pub(super) fn entered(&mut self, entered: StepSet, place: Place) -> Result<Option<StateId>, TooMuch> {
        if !place.is_after_other() {
            return self.fresh(entered, place);
        }
        let program = &self.referring.program;
        let allowed = |place: Place| {
            entered.iter().all(|id| program.step(id).is_some_and(|step| step.condition.holds_behind(place)))
        };
        // At its end a match takes nothing more, so no set that is kept there holds both.
        let does =
            |what: fn(Action) -> bool| entered.iter().any(|id| program.step(id).is_some_and(|step| what(step.action)));
        let left = !allowed(place)
            && self.referring.elsewhere.iter().any(|&place| allowed(place))
            && !(does(|action| action == Action::End)
                && does(|action| matches!(action, Action::Take(_) | Action::Backreference(_))));
        self.doubtful |= left;
        if left && self.used { self.state(entered, place.behind() | LEFT, None) } else { self.fresh(entered, place) }
    }

    /// The state of a set that is not sifted; none for nothing.
    pub(super) fn unsifted(&mut self, steps: StepSet) -> Result<Option<StateId>, TooMuch> {
        self.state(steps, UNSIFTED, None)
    }

    fn state(&mut self, entered: StepSet, behind: u8, place: Option<Place>) -> Result<Option<StateId>, TooMuch> {
        if entered.is_empty() {
            return Ok(None);
        }
        let program = &self.referring.program;
        self.spend(1 + program.steps.len() / 64)?;
        let key = (entered, behind);
        if let Some(&id) = self.known.get(&key) {
            return Ok(Some(id));
        }
        let (mut refers, mut ends) = (false, false);
        let mut steps = key.0.clone();
        for id in key.0.iter() {
            let Some(step) = program.step(id) else { continue };
            refers |= matches!(step.action, Action::Backreference(_));
            ends |= step.action == Action::End;
            if place.is_some_and(|place| !step.condition.holds_behind(place)) {
                steps.remove(id);
            }
        }
        self.keep(program.steps.len() / 2 + 128)?;
        let id = StateId::try_from(self.all.len()).map_err(|_| TooMuch)?;
        self.all.push(Rc::new(State { entered: key.0.clone(), steps, refers, ends }));
        self.known.insert(key, id);
        Ok(Some(id))
    }

    /// What a state leads to when the byte at a place is taken.
    pub(super) fn advance(&mut self, from: StateId, text: &Text<'_>, at: usize) -> Result<Option<StateId>, TooMuch> {
        let Some(byte) = text.byte(at) else { return Ok(None) };
        if let Some(&next) = self.next.get(&(from, byte)) {
            return Ok(next);
        }
        let referring = self.referring;
        let state = self.get(from)?;
        let mut entered = self.empty();
        for id in state.steps.iter() {
            if text.takes(&referring.program, id, at, text.place_in_lines(at))
                && let Some(step) = referring.program.step(id)
            {
                let ahead = referring.closures.ahead(step.next);
                self.spend(ahead.len())?;
                entered.extend(ahead);
            }
        }
        let next = self.fresh(entered, text.place_in_lines(at + 1))?;
        self.keep(32)?;
        self.next.insert((from, byte), next);
        Ok(next)
    }

    /// The first step of a state that ends a match at a place.
    pub(super) fn end(&self, state: &State, text: &Text<'_>, at: usize) -> Option<StepId> {
        if !state.ends {
            return None;
        }
        let place = text.place(at);
        let program = &self.referring.program;
        state.steps.iter().find(|&id| {
            program.step(id).is_some_and(|step| step.action == Action::End && step.condition.holds_ahead(place))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::pattern::{Doubt, Matched, Pattern, PosixFlags};

    #[test]
    fn what_depends_on_earlier_keys_is_told_as_that() {
        let pattern = Pattern::posix(b"(.)\\1\\>", PosixFlags::POSTFIX).unwrap();
        assert_eq!(pattern.is_match(b"--"), Matched::Unknown(Doubt::EarlierKeys));
        assert_eq!(pattern.is_match(b"aa"), Matched::Yes);
    }
}
