//! Which groups a match has.
//!
//! POSIX.1-2017 (XBD 9.1) wants the leftmost match, of those the longest, and of each subpattern from left to right the
//! longest. glibc keeps the first two and instead of the third does this: of all ways through its automaton that lead
//! from the leftmost start to the farthest end, it takes at each fork the first way from which that end can still be
//! reached. In a loop that takes no bytes the second way is taken the second time round.

use postproof_model::Span;

use super::super::Steps;
use super::TooMuch;
use super::condition::{Place, Side};
use super::program::{Action, Program, StepId};
use super::step_set::StepSet;

/// At most so many bytes for the steps that are possible at each place.
const MAX_LOG: usize = 64 << 20;

/// Where a group began and ended, as far as known.
type Bounds = (Option<usize>, Option<usize>);

/// What can be reached at each place from one start.
struct Forward {
    /// The possible steps at each place from the start on.
    log: Vec<StepSet>,
    /// The last place where a match can end, and the step that ends it.
    last: Option<(usize, StepId)>,
    /// For how many bytes the automaton stayed in the state it began in. Where the only match is the empty one at the
    /// start, glibc takes it for one that begins so many bytes later.
    idle: usize,
}

/// Runs a program over one key.
pub(super) struct Run<'a> {
    program: &'a Program,
    key: &'a [u8],
    /// Whether anchors see lines: REG_NEWLINE.
    lines: bool,
    stack: Vec<StepId>,
    /// What is possible at a start, whatever comes before it.
    begin: StepSet,
    /// What work is taken from, and what was done since that was last done: steps looked at.
    left: &'a Steps,
    work: usize,
}

impl<'a> Run<'a> {
    pub(super) fn new(program: &'a Program, key: &'a [u8], lines: bool, left: &'a Steps) -> Self {
        let begin = StepSet::new(program.steps.len());
        let mut run = Self { program, key, lines, stack: Vec::new(), begin, left, work: 0 };
        let mut begin = run.begin.clone();
        run.close(&mut begin, program.start);
        run.begin = begin;
        run
    }

    /// Whether a match begins anywhere, for a caller that asks for no bounds.
    pub(super) fn is_match(&mut self) -> Result<bool, TooMuch> {
        self.begins_within(0, self.key.len())
    }

    /// Whether a match begins at one of these places. What is possible from one start does not depend on the others, so
    /// all are followed at once.
    fn begins_within(&mut self, first: usize, last: usize) -> Result<bool, TooMuch> {
        let mut set = StepSet::new(self.program.steps.len());
        for at in first..=self.key.len() {
            if at <= last {
                let mut begin = self.begin.clone();
                self.prune(&mut begin, at, self.lines);
                set.merge(&begin);
            } else if set.is_empty() {
                break;
            }
            if self.end_of(&set, at).is_some() {
                return Ok(true);
            }
            set = self.advance(&set, at);
            self.prune(&mut set, at + 1, true);
            self.check()?;
        }
        Ok(false)
    }

    /// The first place from `from` on where a match begins. To try each by itself would take the square of the key's
    /// length.
    fn next_start(&mut self, from: usize) -> Result<Option<usize>, TooMuch> {
        let end = self.key.len();
        if from > end || !self.begins_within(from, end)? {
            return Ok(None);
        }
        let (mut first, mut width) = (from, 1);
        while first + width <= end && !self.begins_within(first, first + width - 1)? {
            first += width;
            width *= 2;
        }
        let mut last = (first + width - 1).min(end);
        while first < last {
            let middle = usize::midpoint(first, last);
            if self.begins_within(first, middle)? {
                last = middle;
            } else {
                first = middle + 1;
            }
        }
        Ok(Some(first))
    }

    /// The bounds of the groups, from 0 for the whole, of the leftmost-longest match that begins at `from` or later.
    /// `wanted` is the highest group that anyone asked for: the C library looks no further, and which groups are asked
    /// for can change the answer.
    pub(super) fn groups(&mut self, from: usize, wanted: u32) -> Result<Option<Vec<Option<Span>>>, TooMuch> {
        let sources = self.sources();
        let mut start = from;
        while start <= self.key.len() {
            let Forward { mut log, last, idle } = self.forward(start)?;
            let Some((end, last)) = last else {
                match self.next_start(start + 1)? {
                    Some(next) => start = next,
                    None => return Ok(None),
                }
                continue;
            };
            let idle = if end == start { idle } else { 0 };
            if wanted == 0 {
                return Ok(Some(vec![Some(Span::new(start, end).shifted(idle))]));
            }
            log.truncate(end - start + 1);
            if self.program.splits {
                self.sift(&mut log, start, last, &sources)?;
                // No way leads there after all: only now a `$` before a newline is seen to be no end of a line.
                if log.first().is_none_or(StepSet::is_empty) {
                    start += idle + 1;
                    continue;
                }
            }
            return Ok(self.walk(&log, start, last, wanted)?.map(|bounds| self.spans(&bounds, idle)));
        }
        Ok(None)
    }

    fn spans(&self, bounds: &[Bounds], idle: usize) -> Vec<Option<Span>> {
        let span = |group: usize| {
            let group = self.program.shares.get(group).map_or(group, |&shared| shared as usize);
            let (start, end) = bounds.get(group).copied().unwrap_or_default();
            start.zip(end).map(|(start, end)| Span::new(start, end).shifted(idle))
        };
        (0..bounds.len()).map(span).collect()
    }

    /// For each step, those that lead to it without taking a byte.
    fn sources(&self) -> Vec<Vec<StepId>> {
        let mut sources = vec![Vec::new(); self.program.steps.len()];
        for (id, step) in (0..).zip(&self.program.steps) {
            for &way in step.ways.as_slice() {
                if let Some(sources) = sources.get_mut(way as usize) {
                    sources.push(id);
                }
            }
        }
        sources
    }

    fn check(&mut self) -> Result<(), TooMuch> {
        let work = std::mem::take(&mut self.work);
        if self.left.spend(work as u64) { Ok(()) } else { Err(TooMuch) }
    }

    /// Adds to a set everything that follows a step without taking a byte.
    fn close(&mut self, set: &mut StepSet, from: StepId) {
        self.stack.push(from);
        while let Some(id) = self.stack.pop() {
            self.work += 1;
            if set.insert(id)
                && let Some(step) = self.program.step(id)
            {
                self.stack.extend_from_slice(step.ways.as_slice());
            }
        }
    }

    /// Takes out of a set what cannot be at a place for what comes before it.
    fn prune(&mut self, set: &mut StepSet, at: usize, lines: bool) {
        let place = Place::new(self.key, at, lines);
        for id in set.iter() {
            self.work += 1;
            if self.program.step(id).is_none_or(|step| !step.condition.holds_behind(place)) {
                self.stack.push(id);
            }
        }
        for id in self.stack.drain(..) {
            set.remove(id);
        }
    }

    /// What a set leads to when the byte at a place is taken. Here glibc sees lines always: `$` holds before every
    /// newline that is taken, and `^` after it.
    fn advance(&mut self, set: &StepSet, at: usize) -> StepSet {
        let mut next = StepSet::new(self.program.steps.len());
        self.work += self.program.steps.len() / 64;
        for id in set.iter() {
            self.work += 1;
            if self.takes(id, at, true)
                && let Some(step) = self.program.step(id)
            {
                self.close(&mut next, step.next);
            }
        }
        next
    }

    fn forward(&mut self, start: usize) -> Result<Forward, TooMuch> {
        let steps = self.program.steps.len();
        let mut set = self.begin.clone();
        let begin = (set.clone(), Side::before(self.key, start, self.lines));
        let (mut idle, mut idling) = (0, true);
        self.prune(&mut set, start, self.lines);
        let mut log = Vec::new();
        let mut last = None;
        let mut at = start;
        loop {
            if let Some(end) = self.end_of(&set, at) {
                last = Some((at, end));
            }
            if (log.len() + 1) * steps.div_ceil(8) > MAX_LOG {
                return Err(TooMuch);
            }
            self.check()?;
            if at == self.key.len() || set.is_empty() {
                log.push(set);
                return Ok(Forward { log, last, idle });
            }
            let mut next = self.advance(&set, at);
            at += 1;
            idling = idling && (&begin.0, begin.1) == (&next, Side::before(self.key, at, true));
            if idling {
                idle += 1;
            }
            self.prune(&mut next, at, true);
            log.push(std::mem::replace(&mut set, next));
        }
    }

    /// The first step of a set that ends a match here.
    fn end_of(&self, set: &StepSet, at: usize) -> Option<StepId> {
        let place = Place::new(self.key, at, self.lines);
        set.iter().find(|&id| {
            self.program.step(id).is_some_and(|step| step.action == Action::End && step.condition.holds_ahead(place))
        })
    }

    /// Whether a step takes the byte at a place.
    fn takes(&self, id: StepId, at: usize, lines: bool) -> bool {
        let Some(step) = self.program.step(id) else { return false };
        let Action::Take(set) = step.action else { return false };
        let listed = self.program.sets.get(set as usize).zip(self.key.get(at)).is_some_and(|(set, &b)| set.contains(b));
        listed && step.condition.holds_ahead(Place::new(self.key, at, lines))
    }

    /// Keeps of the possible steps only those from which the last one can be reached at the last place.
    fn sift(
        &mut self,
        log: &mut [StepSet],
        start: usize,
        last: StepId,
        sources: &[Vec<StepId>],
    ) -> Result<(), TooMuch> {
        let mut targets = StepSet::new(self.program.steps.len());
        let mut reached = vec![last];
        for place in (0..log.len()).rev() {
            targets.clear();
            self.stack.append(&mut reached);
            while let Some(id) = self.stack.pop() {
                self.work += 1;
                if targets.insert(id)
                    && let Some(sources) = sources.get(id as usize)
                {
                    self.stack.extend_from_slice(sources);
                }
            }
            if let Some(set) = log.get_mut(place) {
                set.retain(&targets);
            }
            if let [.., before, sifted] = log.get(..=place).unwrap_or_default() {
                let leads = |id: &StepId| {
                    self.takes(*id, start + place - 1, self.lines)
                        && self.program.step(*id).is_some_and(|step| sifted.contains(step.next))
                };
                reached.extend(before.iter().filter(leads));
                self.work += reached.len() + self.program.steps.len() / 64;
            }
            self.check()?;
        }
        Ok(())
    }

    /// Goes from the start to the last step, and notes where groups begin and end. None where there is no way on, for
    /// glibc then says that nothing matched; an error where the way goes round for ever, as glibc then does.
    fn walk(
        &mut self,
        log: &[StepSet],
        start: usize,
        last: StepId,
        wanted: u32,
    ) -> Result<Option<Vec<Bounds>>, TooMuch> {
        let end = start + log.len().saturating_sub(1);
        let mut bounds: Vec<Bounds> = vec![(None, None); wanted as usize + 1];
        if let Some(whole) = bounds.first_mut() {
            *whole = (Some(start), Some(end));
        }
        // As they were when a group last closed that had taken something.
        let mut kept = bounds.clone();
        let mut passed = StepSet::new(self.program.steps.len());
        let mut since_byte = 0;
        let (mut at, mut id) = (start, self.program.start);
        loop {
            let Some(step) = self.program.step(id) else { return Ok(None) };
            note(step.action, at, &mut bounds, &mut kept);
            self.work += 1 + match step.action {
                Action::Close { .. } => bounds.len(),
                _ => 0,
            };
            self.check()?;
            if at == end && id == last {
                return Ok(Some(bounds));
            }
            if matches!(step.action, Action::Take(_)) {
                if !self.takes(id, at, self.lines) {
                    return Ok(None);
                }
                at += 1;
                id = step.next;
                since_byte = 0;
                passed.clear();
            } else {
                passed.insert(id);
                since_byte += 1;
                // Each fork has been left both ways by then.
                if since_byte > 4 * self.program.steps.len() {
                    return Err(TooMuch);
                }
                let Some(possible) = log.get(at - start) else { return Ok(None) };
                let mut ways = step.ways.as_slice().iter().copied().filter(|&way| possible.contains(way));
                let Some(first) = ways.next() else { return Ok(None) };
                id = ways.next().filter(|_| passed.contains(first)).unwrap_or(first);
            }
        }
    }
}

/// What a step that is passed means for the bounds.
fn note(action: Action, at: usize, bounds: &mut [Bounds], kept: &mut [Bounds]) {
    match action {
        Action::Open(group) => {
            if let Some(bounds) = bounds.get_mut(group as usize) {
                *bounds = (Some(at), None);
            }
        }
        Action::Close { group, optional } => {
            let group = group as usize;
            let Some((began, ended)) = bounds.get_mut(group) else { return };
            if began.is_none_or(|began| began < at) {
                *ended = Some(at);
                kept.copy_from_slice(bounds);
            } else if optional && kept.get(group).is_some_and(|(began, _)| began.is_some()) {
                // It took nothing this time, but something before: that stands, inner groups and all.
                bounds.copy_from_slice(kept);
            } else {
                *ended = Some(at);
            }
        }
        _ => {}
    }
}
