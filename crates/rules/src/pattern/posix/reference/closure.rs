//! What follows each step, and what leads to it, without a byte being taken.
//!
//! A back-reference ends the way here, although it may take nothing: whether it does depends on the key.

use super::super::program::{Action, Program, StepId};
use super::super::step_set::StepSet;

/// At most so many steps in all closures together. A pattern that needs more is one of counts inside counts.
const MAX_TOTAL: usize = 1 << 20;

/// The closures of a program's steps; each holds its own step, too, and is in order.
#[derive(Debug)]
pub(super) struct Closures {
    ahead: Vec<Box<[StepId]>>,
    behind: Vec<Vec<StepId>>,
    /// How many steps are in all of them together.
    pub(super) total: usize,
}

impl Closures {
    /// The closures of a program; none where they would be too big.
    pub(super) fn new(program: &Program) -> Option<Self> {
        let steps = program.steps.len();
        let mut ahead = Vec::with_capacity(steps);
        let mut behind = vec![Vec::new(); steps];
        let mut seen = StepSet::new(steps);
        let (mut stack, mut total) = (Vec::new(), 0);
        for from in 0..StepId::try_from(steps).ok()? {
            let mut found = Vec::new();
            stack.push(from);
            while let Some(id) = stack.pop() {
                if !seen.insert(id) {
                    continue;
                }
                found.push(id);
                total += 1;
                if total > MAX_TOTAL {
                    return None;
                }
                let step = program.step(id)?;
                if !matches!(step.action, Action::Backreference(_)) {
                    stack.extend_from_slice(step.ways.as_slice());
                }
            }
            found.sort_unstable();
            for &id in &found {
                seen.remove(id);
                behind.get_mut(id as usize)?.push(from);
            }
            ahead.push(found.into_boxed_slice());
        }
        Some(Self { ahead, behind, total })
    }

    /// What follows a step.
    pub(super) fn ahead(&self, id: StepId) -> &[StepId] {
        self.ahead.get(id as usize).map(AsRef::as_ref).unwrap_or_default()
    }

    /// What leads to a step.
    pub(super) fn behind(&self, id: StepId) -> &[StepId] {
        self.behind.get(id as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a step follows another.
    pub(super) fn leads(&self, from: StepId, to: StepId) -> bool {
        self.ahead(from).binary_search(&to).is_ok()
    }
}
