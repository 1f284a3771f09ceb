//! What a reading says about its group: it began and ended at these places, and nowhere else.

use std::cmp::Ordering;

use super::super::TooMuch;
use super::super::program::{Action, StepId};
use super::super::step_set::StepSet;
use super::sift::Sift;

/// Which bounds of a group a place is at.
#[derive(Clone, Copy)]
struct Bounds {
    from: bool,
    to: bool,
}

impl Sift<'_, '_, '_> {
    /// Whether a limit's group begins or ends between two steps at their places.
    pub(super) fn crosses(
        &mut self,
        limits: &[usize],
        one: (StepId, usize),
        other: (StepId, usize),
    ) -> Result<bool, TooMuch> {
        for &limit in limits {
            if self.side(limit, one)? != self.side(limit, other)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a step at a place is before a limit's group, in it, or after it.
    fn side(&mut self, limit: usize, (step, at): (StepId, usize)) -> Result<Ordering, TooMuch> {
        let reading = self.readings.all.get(limit).ok_or(TooMuch)?;
        if at < reading.from {
            return Ok(Ordering::Less);
        }
        if reading.to < at {
            return Ok(Ordering::Greater);
        }
        let bounds = Bounds { from: at == reading.from, to: at == reading.to };
        if !bounds.from && !bounds.to {
            return Ok(Ordering::Equal);
        }
        let group = reading.group;
        self.side_at_bounds(bounds, group, step, at)
    }

    /// At the bounds of a group, what follows the step tells: its opening is still to come, or its closing.
    fn side_at_bounds(&mut self, bounds: Bounds, group: u32, from: StepId, at: usize) -> Result<Ordering, TooMuch> {
        /// A closure that is looked through, and the reading that is looked at of the back-reference at hand.
        struct Look<'c> {
            from: StepId,
            ahead: &'c [StepId],
            reading: usize,
        }
        let referring = self.states.referring;
        let readings = self.readings.at(at);
        let bit = 1_u64.checked_shl(group).unwrap_or(0);
        let mut stack = vec![Look { from, ahead: referring.closures.ahead(from), reading: readings.start }];
        while let Some(look) = stack.last_mut() {
            self.states.spend(1)?;
            let Some((&id, rest)) = look.ahead.split_first() else {
                stack.pop();
                // It leads to neither bound, so it is not looked through again.
                if let Some(outer) = stack.last_mut() {
                    if let Some(reading) = self.readings.all.get_mut(outer.reading) {
                        reading.reach &= !bit;
                    }
                    outer.reading += 1;
                }
                continue;
            };
            let step = referring.program.step(id).ok_or(TooMuch)?;
            match step.action {
                Action::Open(open) if bounds.from && open == group => return Ok(Ordering::Less),
                Action::Close { group: close, .. } if bounds.to && close == group => return Ok(Ordering::Equal),
                Action::Backreference(_) if look.reading < readings.end => {
                    let reading = self.readings.all.get(look.reading).ok_or(TooMuch)?;
                    if reading.step != id || (bit != 0 && reading.reach & bit == 0) {
                        look.reading += 1;
                        continue;
                    }
                    let next = step.ways.as_slice().first().copied().ok_or(TooMuch)?;
                    if next == look.from {
                        return Ok(if bounds.from { Ordering::Less } else { Ordering::Equal });
                    }
                    // Round and round without taking a byte: the C library's stack ends here.
                    if stack.iter().any(|look| look.from == next) {
                        return Err(TooMuch);
                    }
                    let ahead = referring.closures.ahead(next);
                    stack.push(Look { from: next, ahead, reading: readings.start });
                    continue;
                }
                _ => {}
            }
            look.ahead = rest;
            look.reading = readings.start;
        }
        Ok(if bounds.to { Ordering::Greater } else { Ordering::Equal })
    }

    /// Takes out of the steps at a place what limits do not allow. `possible` is what was possible there before.
    ///
    /// The order in which this looks at steps is glibc's: it goes by their numbers in a list from which it takes out as
    /// it goes, so that some are passed over.
    pub(super) fn prune(
        &mut self,
        steps: &mut StepSet,
        possible: &StepSet,
        limits: &[usize],
        at: usize,
    ) -> Result<(), TooMuch> {
        if limits.is_empty() {
            return Ok(());
        }
        let referring = self.states.referring;
        let mut list: Vec<StepId> = steps.iter().collect();
        for &limit in limits {
            let reading = self.readings.all.get(limit).ok_or(TooMuch)?;
            if at <= reading.from || reading.at < at {
                continue;
            }
            let (group, ends) = (reading.group, reading.to == at);
            let opens =
                |id: &StepId| matches!(referring.program.step(*id), Some(step) if step.action == Action::Open(group));
            let closes = |id: &StepId| matches!(referring.program.step(*id).map(|step| step.action), Some(Action::Close { group: close, .. }) if close == group);
            let mut index = 0;
            if ends {
                let (open, close) = (list.iter().copied().rfind(opens), list.iter().copied().rfind(closes));
                if let Some(open) = open {
                    self.without(open, &mut list, possible)?;
                }
                let Some(close) = close else { continue };
                while let Some(&id) = list.get(index) {
                    if referring.closures.leads(close, id) || referring.closures.leads(id, close) {
                        index += 1;
                        continue;
                    }
                    let before = list.len();
                    self.without(id, &mut list, possible)?;
                    // The C library would try this for ever.
                    if list.len() == before {
                        return Err(TooMuch);
                    }
                }
            } else {
                while let Some(&id) = list.get(index) {
                    if opens(&id) || closes(&id) {
                        self.without(id, &mut list, possible)?;
                    }
                    index += 1;
                }
            }
        }
        steps.clear();
        steps.extend(&list);
        Ok(())
    }

    /// Takes out a step and what leads to it, but for what also leads elsewhere among the steps.
    fn without(&mut self, id: StepId, list: &mut Vec<StepId>, possible: &StepSet) -> Result<(), TooMuch> {
        let referring = self.states.referring;
        let behind = referring.closures.behind(id);
        self.states.spend(behind.len() + list.len())?;
        let mut spared = self.states.empty();
        for &source in behind.iter().filter(|&&source| source != id) {
            let Some(step) =
                referring.program.step(source).filter(|step| !matches!(step.action, Action::Backreference(_)))
            else {
                continue;
            };
            // The second way is overlooked where it leads to the very first step.
            let mut ways = step.ways.as_slice().iter().enumerate();
            let elsewhere = |(index, way): (usize, &StepId)| {
                (index == 0 || *way != 0) && !referring.closures.leads(*way, id) && list.binary_search(way).is_ok()
            };
            if ways.any(elsewhere) {
                let sources = referring.closures.behind(source);
                self.states.spend(sources.len())?;
                sources.iter().filter(|&&source| possible.contains(source)).for_each(|&source| {
                    spared.insert(source);
                });
            }
        }
        list.retain(|id| behind.binary_search(id).is_err() || spared.contains(*id));
        Ok(())
    }
}
