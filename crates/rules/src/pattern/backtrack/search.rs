//! From one start to the next: the leftmost match.

use std::collections::BTreeSet;

use postproof_model::{Shortcut, Span};

use super::super::pcre::Begins;
use super::super::{Doubt, Steps};
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
    Unknown(Doubt),
}

/// A search of a key.
#[derive(Debug)]
pub(crate) struct Search<'p, 'k> {
    machine: Machine<'p, 'k>,
    /// What the machine's steps are taken from.
    steps: &'p Steps,
    /// What is known of the places where PCRE2 begins.
    begins: Begins,
}

impl<'p, 'k> Search<'p, 'k> {
    /// Of `key`, in as many steps as are left, and in [`BUDGET`] at most. `begins`: what is known of the
    /// places where PCRE2 begins.
    pub(crate) fn new(program: &'p Program, key: &'k [u8], steps: &'p Steps, begins: Begins) -> Self {
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
        let Ok(mut start) = u32::try_from(from) else { return Found::Unknown(Doubt::GaveUp) };
        if u32::try_from(self.machine.key.len()).is_err() {
            return Found::Unknown(Doubt::GaveUp);
        }
        if self.begins.everywhere || self.begins.at.is_some() {
            return self.certain(start);
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
                Ended::GaveUp => return Found::Unknown(Doubt::GaveUp),
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
            if let Some(Found::Unknown(doubt)) = so_far {
                return Found::Unknown(doubt);
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

    /// Searches where it is known where PCRE2 begins, so that what a verb does is certain. An error is so only where PCRE2
    /// cannot know that there is no match at all.
    fn certain(&mut self, mut start: u32) -> Found {
        let mut may_fail = false;
        let no_match = |may_fail: bool| if may_fail { Found::MayFail } else { Found::NoMatch };
        loop {
            let rest = self.machine.key.get(start as usize..).unwrap_or_default();
            if let Some(bytes) = self.begins.at
                && rest.first().is_none_or(|byte| !bytes.contains(*byte))
            {
                match self.next_start(start).filter(|_| !self.machine.program.anchored) {
                    Some(next) => start = next,
                    None => return no_match(may_fail),
                }
                continue;
            }
            let next = match self.machine.run(start) {
                Ended::Match if may_fail => return Found::Unknown(Doubt::Shortcut(Shortcut::Start)),
                Ended::Match => return Found::Match(self.parts()),
                Ended::Thrown(Throw::Commit, _) => return no_match(may_fail),
                Ended::Thrown(Throw::Skip, at) if at > start => Some(self.not_in_line_end(at)),
                Ended::NoMatch | Ended::Thrown(Throw::Prune | Throw::Then(_) | Throw::Skip, _) => None,
                Ended::Failed if !may_fail && (self.begins.everywhere || self.begins(start)) => return Found::Fails,
                Ended::Failed => {
                    may_fail = true;
                    None
                }
                Ended::GaveUp => return Found::Unknown(Doubt::GaveUp),
            };
            match next.or_else(|| self.next_start(start)).filter(|_| !self.machine.program.anchored) {
                Some(next) => start = next,
                None => return no_match(may_fail),
            }
        }
    }

    fn begins(&self, start: u32) -> bool {
        self.begins.least.is_some_and(|least| self.machine.key.len().saturating_sub(start as usize) >= least)
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

    /// The same place, but the next after a line end in whose midst it is.
    fn not_in_line_end(&self, at: u32) -> u32 {
        let (before, after) = self.machine.key.split_at_checked(at as usize).unwrap_or_default();
        let inside = before.ends_with(b"\r") && after.starts_with(b"\n");
        at + u32::from(self.machine.program.skips_line_ends && inside)
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
        (Some(Found::Unknown(doubt)), _) | (_, Found::Unknown(doubt)) => Found::Unknown(doubt),
        _ => Found::Unknown(Doubt::Shortcut(Shortcut::Start)),
    }
}
