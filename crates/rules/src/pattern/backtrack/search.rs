//! From one start to the next: the leftmost match.

use std::collections::BTreeSet;

use postproof_model::Span;

use super::super::Steps;
use super::BUDGET;
use super::machine::{Ended, Machine, NONE};
use super::program::{Program, Throw};

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The parts of the match, the whole first. With `\K` the whole may begin after it ends.
    Match(Vec<Option<Span>>),
    NoMatch,
    /// There is no match; PCRE2 may end the search with an error.
    MayFail,
    /// PCRE2 ends the search with an error.
    Fails,
    /// It takes too long, or PCRE2's answer hangs on how it searches.
    GaveUp,
}

/// A search of a key.
#[derive(Debug)]
pub(crate) struct Search<'p, 'k> {
    machine: Machine<'p, 'k>,
    /// What the machine's steps are taken from.
    steps: &'p Steps,
    /// From a start that so many bytes follow PCRE2 begins indeed, so that an error there is certain.
    begins: Option<usize>,
}

impl<'p, 'k> Search<'p, 'k> {
    /// Of `key`, in as many steps as are left, and in [`BUDGET`] at most. `begins`: from a start that so many bytes follow, it is certain that PCRE2
    /// begins, whatever it knows of the characters that a match needs.
    pub(crate) fn new(program: &'p Program, key: &'k [u8], steps: &'p Steps, begins: Option<usize>) -> Self {
        Self { machine: Machine::new(program, key, BUDGET.min(steps.left())), steps, begins }
    }

    /// Searches from `from` on.
    pub(crate) fn run(mut self, from: usize) -> Found {
        let granted = self.machine.steps;
        let found = self.from(from);
        self.steps.spend(granted.saturating_sub(self.machine.steps));
        found
    }

    fn from(&mut self, from: usize) -> Found {
        let Ok(mut start) = u32::try_from(from) else { return Found::GaveUp };
        if u32::try_from(self.machine.key.len()).is_err() {
            return Found::GaveUp;
        }
        // A verb that throws out of the pattern ends the search or moves it on, and an error ends it. Whether PCRE2 ever
        // begins at that start hangs on what it knows of the first characters of a match: so the search goes on as if it
        // had not, and where that leads elsewhere, the answer is unknown. Ways that come to the same start are one from
        // there: no start is tried twice, however many verbs lead to it.
        let mut so_far = None;
        let mut skipped_to = BTreeSet::new();
        loop {
            let ended = match self.machine.run(start) {
                Ended::Match => Some(Found::Match(self.parts())),
                Ended::NoMatch | Ended::Thrown(Throw::Prune | Throw::Then(_), _) => None,
                Ended::Thrown(Throw::Skip, at) if at <= start => None,
                Ended::Thrown(Throw::Skip, _) if self.machine.program.anchored => Some(Found::NoMatch),
                Ended::Thrown(Throw::Skip, at) => {
                    skipped_to.insert(at);
                    None
                }
                Ended::Thrown(Throw::Commit, _) => Some(Found::NoMatch),
                Ended::Failed if so_far.is_none() && skipped_to.is_empty() && self.begins(start) => {
                    return Found::Fails;
                }
                Ended::Failed => Some(Found::MayFail),
                Ended::GaveUp => return Found::GaveUp,
            };
            let (ended, next) = match ended {
                Some(found @ Found::Match(_)) => (Some(found), None),
                ended => match self.next_start(start).filter(|_| !self.machine.program.anchored) {
                    Some(next) => (ended, Some(next)),
                    None => (Some(agreed(ended, Found::NoMatch)), None),
                },
            };
            if let Some(found) = ended {
                so_far = Some(agreed(so_far, found));
            }
            if so_far == Some(Found::GaveUp) {
                return Found::GaveUp;
            }
            start = match next {
                Some(next) if skipped_to.is_empty() => next,
                next => {
                    skipped_to.extend(next);
                    match skipped_to.pop_first() {
                        Some(next) => next,
                        None => return so_far.unwrap_or(Found::NoMatch),
                    }
                }
            };
        }
    }

    fn begins(&self, start: u32) -> bool {
        self.begins.is_some_and(|least| self.machine.key.len().saturating_sub(start as usize) >= least)
    }

    /// Where the search begins next.
    fn next_start(&self, start: u32) -> Option<u32> {
        let machine = &self.machine;
        let end = machine.end_of_key();
        if start >= end {
            return None;
        }
        let (_, len) = machine.char_of(machine.key, start as usize)?;
        let next = start + u32::try_from(len).unwrap_or(1);
        let line_end = machine.key.get(start as usize..).is_some_and(|rest| rest.starts_with(b"\r\n"));
        Some(if machine.program.skips_line_ends && line_end { next + 1 } else { next })
    }

    fn parts(&self) -> Vec<Option<Span>> {
        let slots = &self.machine.slots;
        let part = |group: usize| {
            let (start, end) = (*slots.get(2 * group)?, *slots.get(2 * group + 1)?);
            (start != NONE && end != NONE).then(|| Span::new(start as usize, end as usize))
        };
        let start = slots.first().copied().unwrap_or_default();
        let whole = Span { start: start as usize, end: self.machine.at as usize };
        std::iter::once(Some(whole)).chain((1..=self.machine.program.groups).map(part)).collect()
    }
}

/// What two ways to search come to, if they agree.
fn agreed(one: Option<Found>, other: Found) -> Found {
    match (one, other) {
        (None, found) => found,
        (Some(Found::NoMatch | Found::MayFail), Found::MayFail) | (Some(Found::MayFail), Found::NoMatch) => {
            Found::MayFail
        }
        (Some(one), other) if one == other => other,
        _ => Found::GaveUp,
    }
}
