//! What the machine can do.

use super::super::ast::Assertion;
use super::super::pcre::Newline;
use super::super::{ByteSet, CharSet};

/// A place in a program.
pub(super) type Pc = u32;

/// A set of characters that takes one of them at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Bytes; in UTF-8 text, ASCII.
    pub(super) bytes: ByteSet,
    /// Characters beyond ASCII, in UTF-8 text.
    pub(super) chars: CharSet,
    /// Whether characters beyond ASCII are looked at as such.
    pub(super) utf: bool,
}

/// The greatest number of times, when there is no limit.
pub(super) const UNLIMITED: u32 = u32::MAX;

#[derive(Clone, Debug)]
pub(super) enum Op {
    /// Takes one character of a set.
    One(usize),
    /// Takes characters of a set, at least and at most so many: the most first, unless `lazy`.
    Run {
        unit: usize,
        min: u32,
        max: u32,
        greed: Greed,
    },
    /// Goes on with the next operation; if that fails, with this one. `alternation` says whose alternatives these are,
    /// where `(*THEN)` may ask for it.
    Try {
        otherwise: Pc,
        alternation: u32,
    },
    /// Goes on here; if that fails, with the next operation.
    TryThere {
        first: Pc,
    },
    Jump(Pc),
    /// The alternatives of this number begin.
    Alternation(u32),
    Assert(Assertion),
    /// Remembers the place in a register.
    Mark {
        register: usize,
    },
    /// What was taken since the mark is the group's.
    Close {
        group: usize,
        register: usize,
    },
    /// The same before `(*ACCEPT)`, which closes nothing in a recursion.
    CloseUnlessCalled {
        group: usize,
        register: usize,
    },
    /// The end of a loop's body: once more, unless the body took nothing.
    Again {
        register: usize,
        body: Pc,
        lazy: bool,
    },
    /// What a group took, once more.
    Reference {
        group: usize,
        fold: bool,
    },
    /// Takes a line break.
    LineBreak {
        unicode: bool,
    },
    /// Takes what a reader calls one character.
    Grapheme,
    /// Goes back so many characters.
    StepBack(u32),
    /// Something begins that is a whole of its own.
    Open {
        scope: Scope,
        otherwise: Pc,
    },
    /// And ends.
    End(Scope),
    /// Runs the pattern of a group.
    Call {
        to: Pc,
        group: u32,
    },
    /// And comes back. From the whole pattern there is no way back into it.
    Return {
        group: u32,
    },
    /// Goes on with the next operation if the test holds.
    If {
        test: Condition,
        otherwise: Pc,
    },
    /// The match begins here.
    Keep,
    /// `(*ACCEPT)`, in a look-around or elsewhere.
    Accept {
        in_look: bool,
    },
    Fail,
    /// Passes, and throws far when the search comes back to it.
    Verb(Throw),
    /// The end of the pattern.
    Match,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Greed {
    Greedy,
    Lazy,
    Possessive,
}

/// What can be a whole of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// An atomic group.
    Atomic,
    /// A look-around that must hold; with ways back into it, or without.
    Positive { atomic: bool },
    /// One that must not.
    Negative,
    /// A look-around that a conditional tests.
    Test,
}

/// What a conditional tests, apart from look-arounds.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    Group(usize),
    Recursing(Option<u32>),
    Any(Vec<Self>),
    Always(bool),
}

/// What a verb does when the search comes back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Throw {
    Commit,
    Prune,
    Skip,
    /// To the next of these alternatives; 0 where there are none around.
    Then(u32),
}

/// A pattern for the machine.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub(super) ops: Vec<Op>,
    pub(super) units: Vec<Unit>,
    /// How many groups there are.
    pub(super) groups: usize,
    /// How many places are remembered: the ends of the match and of each group, then registers.
    pub(super) slots: usize,
    pub(super) utf: bool,
    /// Whether Unicode decides what a letter is, in patterns of bytes, too.
    pub(super) ucp: bool,
    pub(super) newline: Newline,
    pub(super) anchored: bool,
    pub(super) not_empty: bool,
    pub(super) not_empty_at_start: bool,
    /// After a carriage return the search does not begin at the newline that belongs to it.
    pub(super) skips_line_ends: bool,
    /// Whether verbs throw.
    pub(super) throws: bool,
}
