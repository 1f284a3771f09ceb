//! Ways back, what must be undone on them, and how far verbs throw.

use super::program::{Pc, Throw};

/// A place to go on from: in the program, in the key, in scopes and calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) pc: Pc,
    pub(super) at: u32,
    pub(super) scope: u32,
    pub(super) frame: u32,
    /// How many scopes and calls there were; later ones are forgotten.
    pub(super) scopes: u32,
    pub(super) frames: u32,
}

/// Something to do on the way back.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entry {
    /// Another way goes on from here.
    Choice { state: State, kind: Choice },
    /// Characters that were taken can be given back, one at a time, as long as the place is after `low`.
    Run { state: State, low: u32, wide: bool },
    /// More characters of a set may be taken, one at a time.
    LazyRun { state: State, unit: u32, left: u32 },
    /// A place was remembered.
    Restore { slot: u32, old: u32 },
    /// A verb.
    Throw { throw: Throw, at: u32, frame: u32 },
    /// Numbered alternatives began.
    Alternation { number: u32, frame: u32 },
    /// A call began.
    Called { frame: u32 },
}

/// What kind of way another way is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// Of numbered alternatives the next, or any other when the number is 0.
    Branch(u32),
    /// What follows a look-around that does not hold. It catches what verbs throw.
    NotHeld,
}

/// What ends a throw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Caught {
    /// This way goes on.
    By(State),
    /// The search goes on with the next way back.
    Ended,
    /// Nothing: it throws out of the pattern.
    Out,
}
