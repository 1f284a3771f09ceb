//! The machine: runs a program on a key from one start.

use super::program::{Condition, Greed, Op, Pc, Program, Scope, Throw};
use super::stack::{Caught, Choice, Entry, State};

/// How many ways back and changes there may be at a time.
const MAX_STACK: usize = 1 << 20;
/// How many calls and scopes there may be at a time.
const MAX_NESTED: usize = 1 << 18;
/// A place that is not set, no scope, no call.
pub(super) const NONE: u32 = u32::MAX;

/// What running from one start came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Match,
    NoMatch,
    /// A verb threw, from this place.
    Thrown(Throw, u32),
    /// PCRE2 ends the whole match with an error.
    Failed,
    GaveUp,
}

/// Something that is a whole of its own, while it runs.
#[derive(Clone, Copy, Debug)]
struct Open {
    parent: u32,
    scope: Scope,
    /// Where its way back goes on.
    otherwise: Pc,
    /// How many ways back there were before it.
    height: usize,
    at: u32,
    frame: u32,
}

/// A call of a group's pattern, while it runs.
#[derive(Clone, Copy, Debug)]
struct Frame {
    parent: u32,
    group: u32,
    at: u32,
    back: Pc,
    scope: u32,
    height: usize,
    /// Where the remembered places are kept.
    saved: usize,
}

/// What can still be done, and what was found.
#[derive(Debug)]
pub(super) struct Machine<'p, 'k> {
    pub(super) program: &'p Program,
    pub(super) key: &'k [u8],
    pub(super) steps: u64,
    pub(super) at: u32,
    pub(super) slots: Vec<u32>,
    pc: Pc,
    scope: u32,
    frame: u32,
    stack: Vec<Entry>,
    scopes: Vec<Open>,
    frames: Vec<Frame>,
    saved: Vec<u32>,
}

/// Whether to go on with the next operation.
enum Step {
    Next,
    /// The program goes on elsewhere.
    Jumped,
    /// This way does not lead to a match.
    Back,
    End(Ended),
}

impl<'p, 'k> Machine<'p, 'k> {
    pub(super) const fn new(program: &'p Program, key: &'k [u8], steps: u64) -> Self {
        Self {
            program,
            key,
            steps,
            at: 0,
            slots: Vec::new(),
            pc: 0,
            scope: NONE,
            frame: NONE,
            stack: Vec::new(),
            scopes: Vec::new(),
            frames: Vec::new(),
            saved: Vec::new(),
        }
    }

    /// Runs from a start. The places of a match are in the slots, then; it ends where the machine is.
    pub(super) fn run(&mut self, start: u32) -> Ended {
        self.slots.clear();
        self.slots.resize(self.program.slots, NONE);
        self.steps = self.steps.saturating_sub(self.program.slots as u64 / 8);
        self.set_first(start);
        self.at = start;
        self.pc = 0;
        self.scope = NONE;
        self.frame = NONE;
        self.stack.clear();
        self.scopes.clear();
        self.frames.clear();
        self.saved.clear();
        loop {
            if self.steps == 0 || self.stack.len() > MAX_STACK || self.scopes.len().max(self.frames.len()) > MAX_NESTED
            {
                return Ended::GaveUp;
            }
            self.steps -= 1;
            let step = match usize::try_from(self.pc).ok().and_then(|pc| self.program.ops.get(pc)) {
                Some(op) => self.step(op, start),
                None => Step::End(Ended::GaveUp),
            };
            match step {
                Step::Next => self.pc += 1,
                Step::Jumped => {}
                Step::Back => {
                    if let Some(ended) = self.back() {
                        return ended;
                    }
                }
                Step::End(ended) => return ended,
            }
        }
    }

    fn step(&mut self, op: &'p Op, start: u32) -> Step {
        match op {
            Op::One(unit) => match self.width(*unit, self.at) {
                Some(width) => {
                    self.at += width;
                    Step::Next
                }
                None => Step::Back,
            },
            Op::Run { unit, min, max, greed } => self.run_of(*unit, *min, *max, *greed),
            Op::Try { otherwise, alternation } => {
                let state = self.state(*otherwise);
                self.stack.push(Entry::Choice { state, kind: Choice::Branch(*alternation) });
                Step::Next
            }
            Op::TryThere { first } => {
                let state = self.state(self.pc + 1);
                self.stack.push(Entry::Choice { state, kind: Choice::Branch(0) });
                self.jump(*first)
            }
            Op::Jump(to) => self.jump(*to),
            Op::Alternation(number) => {
                self.stack.push(Entry::Alternation { number: *number, frame: self.frame });
                Step::Next
            }
            Op::Assert(assertion) => self.holds(*assertion).into(),
            Op::Mark { register } => {
                self.set(*register, self.at);
                Step::Next
            }
            Op::Close { group, register } => {
                self.close(*group, *register);
                Step::Next
            }
            Op::CloseUnlessCalled { group, register } => {
                if self.frame == NONE {
                    self.close(*group, *register);
                }
                Step::Next
            }
            Op::Again { register, body, lazy } => self.again(*register, *body, *lazy),
            Op::Reference { group, fold } => self.reference(*group, *fold).into(),
            Op::LineBreak { unicode } => self.line_break(*unicode).into(),
            Op::Grapheme => self.grapheme().into(),
            Op::StepBack(steps) => self.step_back(*steps).into(),
            Op::Open { scope, otherwise } => self.open(*scope, *otherwise),
            Op::End(scope) => self.end(*scope),
            Op::Call { to, group } => self.call(*to, *group),
            Op::Return { group } => self.return_from(*group == 0),
            Op::If { test, otherwise } => {
                if self.test(test) {
                    Step::Next
                } else {
                    self.jump(*otherwise)
                }
            }
            Op::Keep => {
                self.set(0, self.at);
                Step::Next
            }
            Op::Accept { in_look: true } => self.accept_in_look(),
            // In a call, only the call ends.
            Op::Accept { in_look: false } if self.frame != NONE => self.return_from(true),
            Op::Match | Op::Accept { .. } => {
                let begins = self.slots.first().copied().unwrap_or_default();
                let empty = self.at == begins;
                if empty && (self.program.not_empty || self.program.not_empty_at_start && begins == 0 && start == 0) {
                    return Step::Back;
                }
                Step::End(Ended::Match)
            }
            Op::Fail => Step::Back,
            Op::Verb(throw) => {
                self.stack.push(Entry::Throw { throw: *throw, at: self.at, frame: self.frame });
                Step::Next
            }
        }
    }

    fn jump(&mut self, to: Pc) -> Step {
        self.pc = to;
        Step::Jumped
    }

    fn state(&self, pc: Pc) -> State {
        State {
            pc,
            at: self.at,
            scope: self.scope,
            frame: self.frame,
            scopes: length(&self.scopes),
            frames: length(&self.frames),
        }
    }

    fn resume(&mut self, state: State) {
        self.pc = state.pc;
        self.at = state.at;
        self.scope = state.scope;
        self.frame = state.frame;
        self.scopes.truncate(state.scopes as usize);
        self.frames.truncate(state.frames as usize);
        let saved = self.frames.last().map_or(0, |frame| frame.saved + self.program.slots);
        self.saved.truncate(saved);
    }

    fn set_first(&mut self, value: u32) {
        if let Some(slot) = self.slots.first_mut() {
            *slot = value;
        }
    }

    fn set(&mut self, slot: usize, value: u32) {
        if let Some(place) = self.slots.get_mut(slot)
            && *place != value
        {
            let old = std::mem::replace(place, value);
            self.stack.push(Entry::Restore { slot: u32::try_from(slot).unwrap_or(NONE), old });
        }
    }

    fn undo(&mut self, slot: u32, old: u32) {
        if let Some(place) = self.slots.get_mut(slot as usize) {
            *place = old;
        }
    }

    fn close(&mut self, group: usize, register: usize) {
        let began = self.slots.get(register).copied().unwrap_or(NONE);
        self.set(2 * group, began);
        self.set(2 * group + 1, self.at);
    }

    fn again(&mut self, register: usize, body: Pc, lazy: bool) -> Step {
        if self.slots.get(register) == Some(&self.at) {
            return Step::Next;
        }
        let (first, second) = if lazy { (self.pc + 1, body) } else { (body, self.pc + 1) };
        let state = self.state(second);
        self.stack.push(Entry::Choice { state, kind: Choice::Branch(0) });
        self.jump(first)
    }

    fn run_of(&mut self, unit: usize, min: u32, max: u32, greed: Greed) -> Step {
        for _ in 0..min {
            match self.width(unit, self.at) {
                Some(width) => self.at += width,
                None => return Step::Back,
            }
        }
        self.steps = self.steps.saturating_sub(u64::from(min));
        let more = max.saturating_sub(min);
        if more == 0 {
            return Step::Next;
        }
        if greed == Greed::Lazy {
            let state = self.state(self.pc + 1);
            self.stack.push(Entry::LazyRun { state, unit: u32::try_from(unit).unwrap_or(NONE), left: more });
            return Step::Next;
        }
        let low = self.at;
        let mut taken = 0;
        while taken < more
            && let Some(width) = self.width(unit, self.at)
        {
            self.at += width;
            taken += 1;
        }
        self.steps = self.steps.saturating_sub(u64::from(taken));
        if greed == Greed::Greedy && self.at > low {
            let wide = self.is_wide(unit);
            let state = self.state(self.pc + 1);
            self.stack.push(Entry::Run { state, low, wide });
        }
        Step::Next
    }

    fn open(&mut self, scope: Scope, otherwise: Pc) -> Step {
        let height = self.stack.len();
        let open = Open { parent: self.scope, scope, otherwise, height, at: self.at, frame: self.frame };
        if matches!(scope, Scope::Negative | Scope::Test) {
            let state = self.state(otherwise);
            self.stack.push(Entry::Choice { state, kind: Choice::NotHeld });
        }
        self.scope = length(&self.scopes);
        self.scopes.push(open);
        Step::Next
    }

    fn current(&self) -> Option<Open> {
        self.scopes.get(self.scope as usize).copied()
    }

    fn end(&mut self, scope: Scope) -> Step {
        let Some(open) = self.current() else { return Step::End(Ended::GaveUp) };
        self.leave(open, scope != Scope::Positive { atomic: false })
    }

    /// Leaves something that holds; what is `atomic` has no way back into it.
    fn leave(&mut self, open: Open, atomic: bool) -> Step {
        self.scope = open.parent;
        if open.scope == Scope::Negative {
            self.undo_to(open.height);
            return Step::Back;
        }
        if open.scope != Scope::Atomic {
            self.at = open.at;
        }
        if atomic {
            self.cut(open.height);
        }
        Step::Next
    }

    /// `(*ACCEPT)` in a look-around: the nearest that runs holds.
    fn accept_in_look(&mut self) -> Step {
        while let Some(open) = self.current() {
            if open.scope == Scope::Atomic {
                self.scope = open.parent;
                continue;
            }
            self.frame = open.frame;
            // What follows it begins where its way back would, or, for a test, after its end.
            let Some(end) = self.end_of(open) else { return Step::End(Ended::GaveUp) };
            self.pc = end;
            return self.leave(open, true);
        }
        // Called from outside of its look-around.
        Step::End(Ended::Failed)
    }

    /// The operation that ends something open: the last before its way back that does so.
    fn end_of(&self, open: Open) -> Option<Pc> {
        let before = usize::try_from(open.otherwise).ok()?;
        let ops = self.program.ops.get(..before)?;
        let at = ops.iter().rposition(|op| matches!(op, Op::End(scope) if *scope == open.scope))?;
        Pc::try_from(at).ok()
    }

    fn call(&mut self, to: Pc, group: u32) -> Step {
        let mut frame = self.frame;
        while let Some(open) = self.frames.get(frame as usize) {
            if open.group == group {
                if open.at == self.at {
                    return Step::End(Ended::Failed);
                }
                break;
            }
            frame = open.parent;
            self.steps = self.steps.saturating_sub(1);
        }
        let saved = self.saved.len();
        if saved + self.slots.len() > MAX_STACK {
            return Step::End(Ended::GaveUp);
        }
        self.steps = self.steps.saturating_sub(self.slots.len() as u64 / 8);
        self.saved.extend_from_slice(&self.slots);
        let height = self.stack.len();
        let back = self.pc + 1;
        let callee = length(&self.frames);
        if self.program.throws {
            self.stack.push(Entry::Called { frame: callee });
        }
        self.frames.push(Frame { parent: self.frame, group, at: self.at, back, scope: self.scope, height, saved });
        self.frame = callee;
        self.jump(to)
    }

    fn return_from(&mut self, atomic: bool) -> Step {
        let Some(frame) = self.frames.get(self.frame as usize).copied() else { return Step::End(Ended::GaveUp) };
        if atomic {
            self.cut(frame.height);
        }
        // The start of the match stays as it was set; everything else is as it was.
        for slot in 2..self.slots.len() {
            let before = self.saved.get(frame.saved + slot).copied().unwrap_or(NONE);
            self.set(slot, before);
        }
        self.scope = frame.scope;
        self.frame = frame.parent;
        self.jump(frame.back)
    }

    fn test(&self, test: &Condition) -> bool {
        match test {
            Condition::Group(group) => self.slots.get(2 * group).is_some_and(|slot| *slot != NONE),
            Condition::Recursing(group) => {
                self.frames.get(self.frame as usize).is_some_and(|frame| group.is_none_or(|group| group == frame.group))
            }
            Condition::Any(tests) => tests.iter().any(|test| self.test(test)),
            Condition::Always(held) => *held,
        }
    }

    /// Forgets the ways back beyond a height, but not what must be undone.
    fn cut(&mut self, height: usize) {
        let mut kept = height;
        for at in height..self.stack.len() {
            if let Some(entry @ Entry::Restore { .. }) = self.stack.get(at).copied()
                && let Some(place) = self.stack.get_mut(kept)
            {
                *place = entry;
                kept += 1;
            }
        }
        self.steps = self.steps.saturating_sub((self.stack.len() - height) as u64 / 8);
        self.stack.truncate(kept);
    }

    fn undo_to(&mut self, height: usize) {
        while self.stack.len() > height {
            if let Some(Entry::Restore { slot, old }) = self.stack.pop() {
                self.undo(slot, old);
            }
        }
    }

    /// Takes the next way back; the end where there is none.
    fn back(&mut self) -> Option<Ended> {
        loop {
            self.steps = self.steps.saturating_sub(1);
            match self.stack.pop() {
                None => return Some(Ended::NoMatch),
                Some(Entry::Choice { state, .. }) => {
                    self.resume(state);
                    return None;
                }
                Some(Entry::Run { mut state, low, wide }) => {
                    state.at = self.before(state.at, wide);
                    if state.at > low {
                        self.stack.push(Entry::Run { state, low, wide });
                    }
                    self.resume(state);
                    return None;
                }
                Some(Entry::LazyRun { mut state, unit, left }) => {
                    if let Some(width) = self.width(unit as usize, state.at) {
                        state.at += width;
                        if left > 1 {
                            self.stack.push(Entry::LazyRun { state, unit, left: left - 1 });
                        }
                        self.resume(state);
                        return None;
                    }
                }
                Some(Entry::Restore { slot, old }) => self.undo(slot, old),
                Some(Entry::Alternation { .. } | Entry::Called { .. }) => {}
                Some(Entry::Throw { throw, at, frame }) => match self.throw(throw, frame) {
                    Caught::By(state) => {
                        self.resume(state);
                        return None;
                    }
                    Caught::Ended => {}
                    Caught::Out => return Some(Ended::Thrown(throw, at)),
                },
            }
        }
    }

    /// Unwinds until something catches what a verb throws.
    fn throw(&mut self, throw: Throw, from: u32) -> Caught {
        loop {
            match self.stack.pop() {
                None => return Caught::Out,
                Some(Entry::Restore { slot, old }) => self.undo(slot, old),
                Some(Entry::Choice { state, kind: Choice::NotHeld }) => return Caught::By(state),
                Some(Entry::Choice { state, kind: Choice::Branch(number) }) => {
                    if throw == Throw::Then(number) && number > 0 && state.frame == from {
                        return Caught::By(state);
                    }
                }
                Some(Entry::Alternation { number, frame }) => {
                    if throw == Throw::Then(number) && frame == from {
                        return Caught::Ended;
                    }
                }
                // Thrown by something that the call runs: the call does not match.
                Some(Entry::Called { frame }) if frame == from => return Caught::Ended,
                Some(Entry::Run { .. } | Entry::LazyRun { .. } | Entry::Throw { .. } | Entry::Called { .. }) => {}
            }
        }
    }
}

impl From<bool> for Step {
    fn from(holds: bool) -> Self {
        if holds { Self::Next } else { Self::Back }
    }
}

fn length<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(NONE)
}
