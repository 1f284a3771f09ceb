//! Spreads the condition of each anchor over the steps that follow it without taking a byte.
//!
//! glibc does not test an anchor where it stands. It makes a copy of every step that can follow the anchor before the
//! next byte is taken, up to and including the steps that take one or end the match, and puts the condition on each.
//! Which copies there are, and in which order, decides between groups where several ways lead to the same end.

use std::collections::HashMap;

use super::condition::Condition;
use super::program::{Action, MAX_STEPS, Program, StepId, Ways};

/// The program with conditions spread; none where that takes too many steps.
pub(super) fn spread(program: Program) -> Option<Program> {
    if program.steps.iter().all(|step| step.condition.is_none()) {
        return Some(program);
    }
    let originals = program.steps.len();
    let mut spread = Spread { program, known: HashMap::new() };
    let mut visited = vec![false; originals];
    // In the order in which anchors are first met on the way from each step.
    for root in 0..originals {
        let mut stack = vec![StepId::try_from(root).ok()?];
        while let Some(id) = stack.pop() {
            // Copies lead to copies only: their anchors are done.
            let Some(visited) = visited.get_mut(id as usize) else { continue };
            if std::mem::replace(visited, true) {
                continue;
            }
            if spread.program.step(id)?.action == Action::Anchor && !spread.followed_by_copy(id) {
                spread.from(id)?;
            }
            let step = spread.program.step(id)?;
            if !matches!(step.action, Action::Backreference(_)) {
                stack.extend(step.ways.as_slice().iter().rev());
            }
        }
    }
    Some(spread.program)
}

struct Spread {
    program: Program,
    /// The latest copy of a step with a condition.
    known: HashMap<(StepId, Condition), StepId>,
}

/// What is left to do.
enum Task {
    /// Copy what follows a step; its copy is there.
    Follow { step: StepId, copy: StepId, condition: Condition },
    /// Copy a second way, now that all is done that follows from the first.
    Second { way: StepId, copy: StepId, condition: Condition },
}

impl Spread {
    /// Whether a step of a repetition's later copy follows. glibc takes it for a step that has the condition already,
    /// so that such an anchor binds nothing: `(^a)+` matches all of `aa`.
    fn followed_by_copy(&self, anchor: StepId) -> bool {
        let following = self.program.step(anchor).and_then(|step| step.ways.as_slice().first().copied());
        following.and_then(|id| self.program.step(id)).is_some_and(|step| step.copied)
    }

    fn from(&mut self, anchor: StepId) -> Option<()> {
        let condition = self.program.step(anchor)?.condition;
        let mut tasks = vec![Task::Follow { step: anchor, copy: anchor, condition }];
        while let Some(task) = tasks.pop() {
            match task {
                Task::Follow { step, copy, condition } => self.follow(anchor, step, copy, condition, &mut tasks)?,
                Task::Second { way, copy, condition } => {
                    let id = self.copy(way, condition)?;
                    self.way(copy, id);
                    tasks.push(Task::Follow { step: way, copy: id, condition });
                }
            }
        }
        Some(())
    }

    fn follow(
        &mut self,
        root: StepId,
        step: StepId,
        copy: StepId,
        condition: Condition,
        tasks: &mut Vec<Task>,
    ) -> Option<()> {
        let original = self.program.step(step)?.clone();
        let ways = original.ways;
        if let Some(copied) = self.program.steps.get_mut(copy as usize) {
            copied.ways = Ways::default();
            copied.next = original.next;
        }
        match (original.action, ways.as_slice()) {
            // Bytes that a back-reference takes end the condition's reach; if it takes none, the condition goes on.
            (Action::Backreference(_), _) => {
                let id = self.copy(original.next, condition)?;
                self.way(copy, id);
                tasks.push(Task::Follow { step: original.next, copy: id, condition });
            }
            (_, []) => {}
            // Round to the anchor again: what follows it is copied already.
            (_, [way]) if step == root && copy != root => self.way(copy, *way),
            (_, [way]) => {
                let condition = condition.and(original.condition);
                let id = self.copy(*way, condition)?;
                self.way(copy, id);
                tasks.push(Task::Follow { step: *way, copy: id, condition });
            }
            (_, [first, second, ..]) => {
                tasks.push(Task::Second { way: *second, copy, condition });
                if let Some(&id) = self.known.get(&(*first, condition)) {
                    self.way(copy, id);
                } else {
                    let id = self.copy(*first, condition)?;
                    self.way(copy, id);
                    tasks.push(Task::Follow { step: *first, copy: id, condition });
                }
            }
        }
        Some(())
    }

    /// A copy of a step with a condition. Its own, an anchor's, stays on it.
    fn copy(&mut self, step: StepId, condition: Condition) -> Option<StepId> {
        let mut copy = self.program.step(step)?.clone();
        let id = StepId::try_from(self.program.steps.len()).ok().filter(|&id| (id as usize) < MAX_STEPS)?;
        copy.condition = copy.condition.and(condition);
        self.known.insert((step, copy.condition), id);
        self.program.steps.push(copy);
        Some(id)
    }

    fn way(&mut self, from: StepId, to: StepId) {
        if let Some(step) = self.program.steps.get_mut(from as usize) {
            step.ways.add(to);
        }
    }
}
