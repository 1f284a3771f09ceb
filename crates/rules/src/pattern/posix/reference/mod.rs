//! Patterns with back-references, run as glibc runs them.
//!
//! glibc has no simple search for these. It runs its automaton and guesses on the way what back-references may have read
//! ([`forward`], [`arrival`]); it then keeps what leads from start to end under every guess ([`sift`], [`limits`]); and
//! it walks through the rest for the groups ([`registers`]). Each part is an approximation that the next one corrects,
//! not always fully, so each is done here in the same way and order. Where glibc would go round for ever or run out of
//! its stack, there is no answer here.

mod arrival;
mod closure;
mod first;
mod forward;
mod limits;
mod registers;
mod sift;
mod state;
mod text;

use super::super::ByteSet;
use super::super::{Captures, Doubt, Steps};
use super::TooMuch;
use super::condition::{Place, is_word};
use super::program::{Action, Program, StepId};
use super::step_set::StepSet;
use arrival::Bar;
use closure::Closures;
use first::First;
use forward::Forward;
use sift::{Sift, Sifted};
use state::States;
use text::Text;

/// A pattern with back-references, ready to run.
#[derive(Debug)]
pub(super) struct Referring {
    program: Program,
    closures: Closures,
    /// What is possible at a start before any byte is taken.
    begin: StepSet,
    first: First,
    /// Other places than those after other bytes that back-references may lead to: after a word, after a newline.
    elsewhere: Vec<Place>,
}

/// What is searched, and how.
#[derive(Clone, Copy)]
pub(super) struct Subject<'k> {
    pub(super) key: &'k [u8],
    /// Whether anchors see lines: REG_NEWLINE.
    pub(super) lines: bool,
    /// Whether upper and lower case are the same: REG_ICASE.
    pub(super) fold: bool,
}

impl Referring {
    /// Makes a program ready; none where it is too big.
    pub(super) fn new(program: Program, lines: bool) -> Option<Self> {
        let closures = Closures::new(&program)?;
        let begin = begin(&program, &closures);
        let first = First::new(&program, &begin);
        let elsewhere = elsewhere(&program, &closures, lines);
        Some(Self { program, closures, begin, first, elsewhere })
    }

    /// How many steps it took to make it ready, more or less.
    pub(super) const fn cost(&self) -> usize {
        self.closures.total
    }

    /// Whether the pattern matches, for a caller that asks for no bounds.
    pub(super) fn is_match(&self, subject: Subject<'_>, steps: &Steps) -> Result<bool, Doubt> {
        self.whatever_was_before(steps, |states| Ok(self.search(states, subject)?.is_some()))
    }

    /// The bounds of the groups up to `wanted`, from 0 for the whole, of the first match.
    pub(super) fn groups(&self, subject: Subject<'_>, wanted: u32, steps: &Steps) -> Result<Option<Captures>, Doubt> {
        self.whatever_was_before(steps, |states| match self.search(states, subject)? {
            Some((text, sifted)) => registers::registers(states, text, &sifted, wanted as usize),
            None => Ok(None),
        })
    }

    /// What is so whichever keys were searched before; what depends on them is not known.
    fn whatever_was_before<T: PartialEq>(
        &self,
        steps: &Steps,
        search: impl Fn(&mut States<'_>) -> Result<T, TooMuch>,
    ) -> Result<T, Doubt> {
        let mut states = States::new(self, steps, false);
        let found = search(&mut states)?;
        if states.doubtful && search(&mut States::new(self, steps, true))? != found {
            return Err(Doubt::EarlierKeys);
        }
        Ok(found)
    }

    fn search<'k>(&self, states: &mut States<'_>, subject: Subject<'k>) -> Result<Option<(Text<'k>, Sifted)>, TooMuch> {
        let Subject { key, lines, fold } = subject;
        for start in 0..=key.len() {
            states.spend(1)?;
            if !self.first.allows(key, start, lines) {
                continue;
            }
            states.forget();
            let text = Text { key, start, lines, fold };
            let Some(begin) = states.fresh(self.begin.clone(), text.place(0))? else { continue };
            let mut forward = Forward::new(states, text);
            forward.run(begin)?;
            let Forward { log, readings, last, .. } = forward;
            let Some(last) = last else { continue };
            if let Some(sifted) = Sift::new(states, text, &log, readings).run(last)? {
                return Ok(Some((text, sifted)));
            }
        }
        Ok(None)
    }

    /// The group that a step opens, where a back-reference needs it.
    fn opens(&self, id: StepId) -> Option<u32> {
        match self.program.step(id)?.action {
            Action::Open(group) if self.program.needs(group) => Some(group),
            _ => None,
        }
    }

    fn bar(&self, id: StepId, bar: Bar) -> bool {
        match (self.program.step(id).map(|step| step.action), bar) {
            (Some(Action::Open(group)), Bar::Open(barred))
            | (Some(Action::Close { group, .. }), Bar::Close(barred)) => group == barred,
            _ => false,
        }
    }
}

/// The places, but for those after other bytes, that a back-reference may lead to: its group must end there, too.
/// Without lines nothing is after a newline.
fn elsewhere(program: &Program, closures: &Closures, lines: bool) -> Vec<Place> {
    let ends_group = |id: &StepId| matches!(program.step(*id).map(|step| step.action), Some(Action::Close { group, .. }) if program.needs(group));
    let mut last = ByteSet::EMPTY;
    for step in &program.steps {
        if let Action::Take(set) = step.action
            && closures.ahead(step.next).iter().any(ends_group)
        {
            last = last.union(&program.sets.get(set as usize).copied().unwrap_or_default());
        }
    }
    let word = ByteSet::filter(is_word).intersection(&last);
    let mut places = Vec::new();
    if !word.is_empty() {
        places.push(Place::new(b"a", 1, true));
    }
    if lines && last.contains(b'\n') {
        places.push(Place::new(b"\n", 1, true));
    }
    places
}

/// What is possible at a start. A back-reference whose group may have ended there takes nothing.
fn begin(program: &Program, closures: &Closures) -> StepSet {
    let mut begin = StepSet::new(program.steps.len());
    begin.extend(closures.ahead(program.start));
    let mut skip = 0;
    loop {
        let may_end = |group: u32| {
            begin.iter().any(|id| {
                matches!(program.step(id).map(|step| step.action), Some(Action::Close { group: close, .. }) if close == group)
            })
        };
        let more = begin.iter().skip(skip).find_map(|id| {
            let step = program.step(id)?;
            let Action::Backreference(group) = step.action else { return None };
            let next = step.ways.as_slice().first().copied()?;
            (may_end(group) && !begin.contains(next)).then_some(next)
        });
        let Some(next) = more else { return begin };
        begin.extend(closures.ahead(next));
        // glibc begins anew, but at the second step.
        skip = 1;
    }
}
