//! Where glibc tries to begin a match: only at bytes with which one can begin, and where an anchor asks for the key's
//! start, only there. It is no more than a short cut, but what is passed over cannot go wrong either.

use super::super::super::ByteSet;
use super::super::condition::Place;
use super::super::program::{Action, Program};
use super::super::step_set::StepSet;

#[derive(Debug)]
pub(super) struct First {
    /// The bytes with which a match can begin; the zero byte stands for the key's end. None where it may take nothing.
    bytes: Option<ByteSet>,
    /// Whether there is nothing to begin with but at the key's start; with lines, and without.
    anchored: [bool; 2],
}

impl First {
    pub(super) fn new(program: &Program, begin: &StepSet) -> Self {
        let [other, word, newline, start] = [(&b"-"[..], 1), (b"a", 1), (b"\n", 1), (b"", 0)].map(|(key, at)| {
            let place = Place::new(key, at, true);
            let allowed = |id: &u32| program.step(*id).is_some_and(|step| step.condition.holds_behind(place));
            begin.iter().filter(allowed).collect::<Vec<_>>()
        });
        let nowhere = other.is_empty() && word.is_empty();
        let mut bytes = Some(ByteSet::EMPTY);
        for steps in [&other, &word, &newline, &start] {
            for &id in steps {
                match program.step(id).map(|step| step.action) {
                    Some(Action::Take(set)) => {
                        let set = program.sets.get(set as usize).copied().unwrap_or_default();
                        // A dot hides what comes after it, even the end of the match.
                        let dot = !set.contains(0) && set.len() >= 254;
                        let set = if dot { ByteSet::ALL } else { set };
                        bytes = bytes.map(|bytes| bytes.union(&set));
                        if dot {
                            break;
                        }
                    }
                    Some(Action::End) => {
                        bytes = None;
                        break;
                    }
                    _ => {}
                }
            }
        }
        Self { bytes, anchored: [nowhere, nowhere && newline.is_empty()] }
    }

    /// Whether a match is tried at a place.
    pub(super) fn allows(&self, key: &[u8], at: usize, lines: bool) -> bool {
        let anchored = if lines { self.anchored[1] } else { self.anchored[0] };
        let byte = key.get(at).copied().unwrap_or(0);
        (at == 0 || !anchored) && (key.is_empty() || self.bytes.is_none_or(|bytes| bytes.contains(byte)))
    }
}
