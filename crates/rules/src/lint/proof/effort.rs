//! How much work the proofs for one table may be. Tables come from anyone.

use std::cell::Cell;

use crate::pattern::Steps;

/// How many single steps of automata: about a second.
const STEPS: u64 = 40_000_000;
/// How many bytes of automata, before they are walked. One that is given up counts as what it was allowed.
const BYTES: usize = 192 << 20;

/// What may still be done.
pub(super) struct Effort {
    steps: Steps,
    bytes: Cell<usize>,
}

impl Effort {
    pub(super) const fn new() -> Self {
        Self { steps: Steps::new(STEPS), bytes: Cell::new(BYTES) }
    }

    pub(super) const fn steps(&self) -> &Steps {
        &self.steps
    }

    /// Takes bytes for an automaton.
    pub(super) fn take(&self, bytes: usize) {
        self.bytes.set(self.bytes.get().saturating_sub(bytes));
    }

    /// Whether nothing more may be done.
    pub(super) fn is_spent(&self) -> bool {
        self.steps.left() == 0 || self.bytes.get() == 0
    }
}
