//! Forward once more through what is left, to see where groups begin and end.
//!
//! Where there is a choice, glibc takes the first way and remembers the second with the groups as they are. At a
//! back-reference it compares what its group took on this way with the text, and goes back to the latest choice where
//! they differ. In a pattern without any choice it neither compares nor goes back.

use postproof_model::Span;

use super::super::super::Captures;
use super::super::TooMuch;
use super::super::program::{Action, StepId};
use super::super::step_set::StepSet;
use super::sift::Sifted;
use super::state::States;
use super::text::Text;

/// At most so many bytes for choices.
const MAX_BYTES: usize = 64 << 20;

/// Where a group began and ended, as far as known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Register {
    from: Option<usize>,
    to: Option<usize>,
}

/// A way that was not taken.
struct Choice {
    at: usize,
    step: StepId,
    registers: Vec<Register>,
    kept: Vec<Register>,
    passed: StepSet,
}

/// Where a step leads.
enum Next {
    Step(StepId),
    Nowhere,
}

struct Walk<'w, 'p, 't> {
    states: &'w mut States<'p>,
    text: Text<'t>,
    sifted: &'w Sifted,
    registers: Vec<Register>,
    /// The registers as they were when a group last closed that had taken something.
    kept: Vec<Register>,
    /// The steps that were passed since a byte was taken.
    passed: StepSet,
    choices: Vec<Choice>,
    at: usize,
}

/// The bounds of the groups up to `wanted`, from 0 for the whole. None where there is no way, for glibc then says that
/// nothing matched. A group that is still open at the end counts as one that took no part: glibc gives it an end before
/// its begin, and Postfix takes nothing from that.
pub(super) fn registers(
    states: &mut States<'_>,
    text: Text<'_>,
    sifted: &Sifted,
    wanted: usize,
) -> Result<Option<Captures>, TooMuch> {
    let end = sifted.log.len().saturating_sub(1);
    let shares = &states.referring.program.shares;
    let mut registers = vec![Register::default(); wanted + 1];
    if let Some(whole) = registers.first_mut() {
        *whole = Register { from: Some(0), to: Some(end) };
    }
    let passed = states.empty();
    let kept = registers.clone();
    let mut walk = Walk { states, text, sifted, registers, kept, passed, choices: Vec::new(), at: 0 };
    if wanted > 0 && !walk.run(end)? {
        return Ok(None);
    }
    let span = |group: usize| {
        let group = shares.get(group).map_or(group, |&shared| shared as usize);
        let register = walk.registers.get(group).copied().unwrap_or_default();
        register.from.zip(register.to).map(|(from, to)| Span::new(from, to).shifted(text.start))
    };
    Ok(Some(Captures::known((0..=wanted).map(span).collect())))
}

impl Walk<'_, '_, '_> {
    /// Whether there is a way to the end.
    fn run(&mut self, end: usize) -> Result<bool, TooMuch> {
        let backtracks = self.states.referring.program.splits;
        let mut id = self.states.referring.program.start;
        while self.at <= end {
            self.states.spend(4)?;
            let action = self.states.referring.program.step(id).ok_or(TooMuch)?.action;
            self.note(action);
            let round = backtracks && self.passed.contains(id);
            if (self.at == end && id == self.sifted.last) || round {
                // Good, unless a group is still open.
                let open = backtracks && self.registers.iter().any(|group| group.from.is_some() && group.to.is_none());
                match self.choices.pop() {
                    Some(choice) if open => id = self.resume(choice),
                    _ => return Ok(true),
                }
            }
            id = match self.next(id, end, backtracks)? {
                Next::Step(next) => next,
                Next::Nowhere => match self.choices.pop() {
                    Some(choice) => self.resume(choice),
                    None => return Ok(false),
                },
            };
        }
        Ok(true)
    }

    fn resume(&mut self, choice: Choice) -> StepId {
        self.at = choice.at;
        self.registers = choice.registers;
        self.kept = choice.kept;
        self.passed = choice.passed;
        choice.step
    }

    fn possible(&self, at: usize, id: StepId) -> bool {
        self.sifted.log.get(at).is_some_and(|steps| steps.contains(id))
    }

    fn next(&mut self, id: StepId, end: usize, backtracks: bool) -> Result<Next, TooMuch> {
        let referring = self.states.referring;
        let step = referring.program.step(id).ok_or(TooMuch)?;
        let taken = match step.action {
            Action::Open(_) | Action::Close { .. } | Action::Split | Action::Anchor => {
                return self.pass(id, step.ways.as_slice(), backtracks);
            }
            Action::Backreference(group) => {
                let register = self.registers.get(group as usize).copied();
                let length = match register.map(|register| (register.from, register.to)) {
                    Some((Some(from), Some(to))) => to - from,
                    Some((None, None)) | None if !backtracks => 0,
                    // The C library would subtract from what is not set.
                    _ if !backtracks => return Err(TooMuch),
                    _ => return Ok(Next::Nowhere),
                };
                if backtracks && length > 0 {
                    let from = register.and_then(|register| register.from).unwrap_or_default();
                    self.states.spend(length)?;
                    if !self.text.same(from, self.at, length) {
                        return Ok(Next::Nowhere);
                    }
                }
                if length == 0 {
                    self.passed.insert(id);
                    return Ok(match step.ways.as_slice().first() {
                        Some(&next) if self.possible(self.at, next) => Next::Step(next),
                        _ => Next::Nowhere,
                    });
                }
                length
            }
            Action::Take(_) if self.text.takes(&referring.program, id, self.at, self.text.place(self.at)) => 1,
            Action::Take(_) | Action::End => return Ok(Next::Nowhere),
        };
        self.at += taken;
        if backtracks && (self.at > end || !self.possible(self.at, step.next)) {
            return Ok(Next::Nowhere);
        }
        self.passed.clear();
        Ok(Next::Step(step.next))
    }

    /// Goes on without taking a byte. In a loop the second way is taken the second time round.
    fn pass(&mut self, id: StepId, ways: &[StepId], backtracks: bool) -> Result<Next, TooMuch> {
        // Nothing is possible at this place, and the C library would read where nothing is.
        if self.sifted.log.get(self.at).is_none_or(StepSet::is_empty) {
            return Err(TooMuch);
        }
        self.passed.insert(id);
        let mut possible = ways.iter().copied().filter(|&way| self.possible(self.at, way));
        let (first, second) = (possible.next(), possible.next());
        match (first, second) {
            (None, _) => Ok(Next::Nowhere),
            (Some(first), Some(second)) if self.passed.contains(first) => Ok(Next::Step(second)),
            (Some(first), Some(second)) => {
                if backtracks {
                    self.choose(second)?;
                }
                Ok(Next::Step(first))
            }
            (Some(first), None) => Ok(Next::Step(first)),
        }
    }

    fn choose(&mut self, step: StepId) -> Result<(), TooMuch> {
        let size = 2 * self.registers.len() * std::mem::size_of::<Register>()
            + self.states.referring.program.steps.len() / 8
            + std::mem::size_of::<Choice>();
        self.states.spend(size / 8)?;
        if (self.choices.len() + 1) * size > MAX_BYTES {
            return Err(TooMuch);
        }
        self.choices.push(Choice {
            at: self.at,
            step,
            registers: self.registers.clone(),
            kept: self.kept.clone(),
            passed: self.passed.clone(),
        });
        Ok(())
    }

    /// What a step that is passed means for the registers.
    fn note(&mut self, action: Action) {
        match action {
            Action::Open(group) => {
                if let Some(register) = self.registers.get_mut(group as usize) {
                    *register = Register { from: Some(self.at), to: None };
                }
            }
            Action::Close { group, optional } => {
                let group = group as usize;
                let Some(register) = self.registers.get_mut(group) else { return };
                if register.from.is_none_or(|from| from < self.at) {
                    register.to = Some(self.at);
                    self.kept.clone_from(&self.registers);
                } else if optional && self.kept.get(group).is_some_and(|register| register.from.is_some()) {
                    // It took nothing this time, but something before: that stands, inner groups and all.
                    self.registers.clone_from(&self.kept);
                } else {
                    register.to = Some(self.at);
                }
            }
            _ => {}
        }
    }
}
