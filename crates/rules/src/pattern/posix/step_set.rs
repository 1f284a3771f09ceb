//! Sets of steps, one for each place of a key.

use super::program::StepId;

/// A set of steps.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct StepSet(Vec<u64>);

impl StepSet {
    pub(super) fn new(steps: usize) -> Self {
        Self(vec![0; steps.div_ceil(64)])
    }

    pub(super) fn contains(&self, id: StepId) -> bool {
        self.0.get(id as usize / 64).is_some_and(|word| word >> (id % 64) & 1 == 1)
    }

    /// Adds a step; says whether it is new.
    pub(super) fn insert(&mut self, id: StepId) -> bool {
        let Some(word) = self.0.get_mut(id as usize / 64) else { return false };
        let bit = 1 << (id % 64);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    pub(super) fn remove(&mut self, id: StepId) {
        if let Some(word) = self.0.get_mut(id as usize / 64) {
            *word &= !(1 << (id % 64));
        }
    }

    /// Adds steps.
    pub(super) fn extend(&mut self, ids: &[StepId]) {
        for &id in ids {
            self.insert(id);
        }
    }

    /// How many steps are in it.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn clear(&mut self) {
        self.0.fill(0);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Adds what is in `other`.
    pub(super) fn merge(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// Keeps only what is in `other`, too.
    pub(super) fn retain(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    /// The steps in it, from the lowest number.
    pub(super) fn iter(&self) -> impl Iterator<Item = StepId> + '_ {
        (0..).step_by(64).zip(&self.0).flat_map(|(base, &word)| {
            std::iter::successors((word != 0).then_some(word), |word| {
                let rest = word & (word - 1);
                (rest != 0).then_some(rest)
            })
            .map(move |word| base + word.trailing_zeros())
        })
    }
}
