//! The part of a key that a match may take: from where it begins to the key's end. Places in it count from there.

use super::super::condition::Place;
use super::super::program::{Action, Program, StepId};

#[derive(Clone, Copy)]
pub(super) struct Text<'k> {
    pub(super) key: &'k [u8],
    pub(super) start: usize,
    /// Whether anchors see lines: REG_NEWLINE.
    pub(super) lines: bool,
    /// Whether upper and lower case are the same: REG_ICASE.
    pub(super) fold: bool,
}

impl Text<'_> {
    pub(super) const fn len(&self) -> usize {
        self.key.len() - self.start
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.key.get(self.start + at).copied()
    }

    pub(super) fn place(&self, at: usize) -> Place {
        Place::new(self.key, self.start + at, self.lines)
    }

    /// A place as glibc's tables of transitions see it: lines count always.
    pub(super) fn place_in_lines(&self, at: usize) -> Place {
        Place::new(self.key, self.start + at, true)
    }

    /// Whether the bytes at two places are the same.
    pub(super) fn same(&self, one: usize, other: usize, length: usize) -> bool {
        let part = |at: usize| self.key.get(self.start + at..self.start + at + length);
        match (part(one), part(other)) {
            (Some(one), Some(other)) if self.fold => one.eq_ignore_ascii_case(other),
            (Some(one), Some(other)) => one == other,
            _ => false,
        }
    }

    /// Whether a step takes the byte at a place that is seen as `place`.
    pub(super) fn takes(&self, program: &Program, id: StepId, at: usize, place: Place) -> bool {
        let Some(step) = program.step(id) else { return false };
        let Action::Take(set) = step.action else { return false };
        let listed = program.sets.get(set as usize).zip(self.byte(at)).is_some_and(|(set, byte)| set.contains(byte));
        listed && step.condition.holds_ahead(place)
    }
}
