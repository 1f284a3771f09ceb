//! POSIX patterns as regcomp(3) of glibc reads them in the C locale.
//!
//! The grammar is that of POSIX.1-2017, XBD 9.3 and 9.4. Where POSIX leaves a choice, glibc 2.36's is taken; every
//! choice here was tried against it.

mod anchors;
mod bracket;
mod captures;
mod condition;
mod grammar;
mod plain;
mod program;
mod reference;
mod step_set;
mod token;
mod tree;

use std::sync::OnceLock;

use postproof_model::PatternError;

use captures::Run;
use program::Program;
use reference::{Referring, Subject};

use super::ast::{Ast, ClassItem, Kind, Node};
use super::near_miss::{self, Budget, NearMiss};
use super::{Captures, Doubt, Steps};

/// How a POSIX pattern is read: the flags of regcomp(3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PosixFlags {
    /// An extended pattern (REG_EXTENDED) rather than a basic one.
    pub extended: bool,
    /// Upper and lower case of ASCII letters are the same (REG_ICASE).
    pub fold_case: bool,
    /// `.` and negated brackets do not match a newline, and `^` and `$` match at lines, too (REG_NEWLINE).
    pub newline: bool,
}

impl PosixFlags {
    /// What a pattern without flags has in Postfix: regexp_table(5).
    pub const POSTFIX: Self = Self { extended: true, fold_case: true, newline: false };

    /// Switches the setting over that a flag of a regexp: table stands for; false where there is no such flag.
    pub const fn switch(&mut self, flag: u8) -> bool {
        match flag {
            b'i' => self.fold_case = !self.fold_case,
            b'm' => self.newline = !self.newline,
            b'x' => self.extended = !self.extended,
            _ => return false,
        }
        true
    }
}

/// How deep groups may nest. A limit of this crate, far beyond what people write: trees are walked recursively.
pub const MAX_DEPTH: usize = 200;

/// Parses a pattern. `source` is the pattern alone, without delimiters.
///
/// # Errors
///
/// What regcomp(3) would refuse, and patterns that nest deeper than [`MAX_DEPTH`].
pub fn parse(source: &[u8], flags: PosixFlags) -> Result<Ast, PatternError> {
    grammar::Parser::new(source, flags).parse()
}

/// A byte as glibc compares it: with folding, letters of patterns and of keys become upper case.
const fn folded(byte: u8, flags: PosixFlags) -> u8 {
    if flags.fold_case { byte.to_ascii_uppercase() } else { byte }
}

/// What runs a pattern as glibc does, bit by bit: for groups, for back-references, and for patterns whose anchors glibc
/// takes in ways of its own.
#[derive(Debug)]
pub(super) struct Machine {
    flags: PosixFlags,
    plain: bool,
    refers: bool,
    without_groups: OnceLock<Option<Engine>>,
    with_groups: OnceLock<Option<Engine>>,
}

/// A pattern's steps, and what else it takes to run them.
#[derive(Debug)]
enum Engine {
    Regular(Program),
    Referring(Box<Referring>),
}

impl Engine {
    /// How many steps it took to make it, more or less.
    const fn cost(&self) -> usize {
        match self {
            Self::Regular(program) => 4 * program.steps.len(),
            Self::Referring(referring) => referring.cost(),
        }
    }
}

/// How many steps it takes to find out that a pattern is too big to be run.
const TOO_BIG: usize = 1 << 20;

/// How many steps a beginning of a pattern may have that is tried to see how far the pattern gets.
const MAX_BEGINNING: usize = 1000;

/// There is no answer within bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooMuch;

impl From<TooMuch> for Doubt {
    fn from(_: TooMuch) -> Self {
        Self::GaveUp
    }
}

impl Machine {
    pub(super) fn new(ast: &Ast, flags: PosixFlags) -> Self {
        Self {
            flags,
            plain: plain::plain(&ast.root),
            refers: refers(&ast.root),
            without_groups: OnceLock::new(),
            with_groups: OnceLock::new(),
        }
    }

    /// Whether every anchor means what its name says, so that other engines may decide whether the pattern matches.
    pub(super) const fn is_plain(&self) -> bool {
        self.plain
    }

    /// Whether the pattern matches, for a caller that asks for no bounds (REG_NOSUB).
    pub(super) fn is_match(&self, ast: &Ast, key: &[u8], steps: &Steps) -> Result<bool, Doubt> {
        match self.ready(&self.without_groups, ast, false, steps)? {
            Engine::Regular(program) => {
                Run::new(program, key, self.flags.newline, steps).is_match().map_err(Doubt::from)
            }
            Engine::Referring(referring) => referring.is_match(self.subject(key), steps),
        }
    }

    /// The groups, from 0 for the whole, of the match that begins at `from` or later; up to the group `wanted`.
    pub(super) fn groups(
        &self,
        ast: &Ast,
        key: &[u8],
        from: usize,
        wanted: u32,
        steps: &Steps,
    ) -> Result<Option<Captures>, Doubt> {
        match self.ready(&self.with_groups, ast, true, steps)? {
            Engine::Regular(program) => {
                let spans = Run::new(program, key, self.flags.newline, steps).groups(from, wanted)?;
                Ok(spans.map(Captures::known))
            }
            Engine::Referring(referring) => referring.groups(self.subject(key), wanted, steps),
        }
    }

    /// How far a pattern with back-references got.
    pub(super) fn near_miss(&self, ast: &Ast, key: &[u8], budget: &mut Budget) -> Option<NearMiss> {
        if !self.refers {
            return None;
        }
        near_miss::by_beginnings(ast, budget, |beginning| {
            let program = Program::new(beginning, true).filter(|program| program.steps.len() <= MAX_BEGINNING)?;
            let steps = Steps::new(near_miss::BEGINNING as u64);
            if !refers(&beginning.root) {
                let spans = Run::new(&program, key, self.flags.newline, &steps).groups(0, 0).ok()?;
                return Some(spans.and_then(|spans| spans.first().copied().flatten()));
            }
            let referring = Referring::new(program, self.flags.newline)?;
            let captures = referring.groups(self.subject(key), 0, &steps).ok()?;
            Some(captures.and_then(|captures| captures.whole()))
        })
    }

    /// What runs the pattern. Its making is counted each time it is used, for what is answered must not depend on whether it
    /// was made before.
    fn ready<'e>(
        &self,
        engine: &'e OnceLock<Option<Engine>>,
        ast: &Ast,
        keep: bool,
        steps: &Steps,
    ) -> Result<&'e Engine, TooMuch> {
        let engine = engine.get_or_init(|| self.engine(ast, keep)).as_ref();
        let cost = engine.map_or(TOO_BIG, Engine::cost);
        if steps.spend(cost as u64) { engine.ok_or(TooMuch) } else { Err(TooMuch) }
    }

    fn engine(&self, ast: &Ast, keep: bool) -> Option<Engine> {
        let program = Program::new(ast, keep)?;
        if self.refers {
            Referring::new(program, self.flags.newline).map(Box::new).map(Engine::Referring)
        } else {
            Some(Engine::Regular(program))
        }
    }

    const fn subject<'k>(&self, key: &'k [u8]) -> Subject<'k> {
        Subject { key, lines: self.flags.newline, fold: self.flags.fold_case }
    }
}

/// Whether a pattern was written with a back-reference anywhere. Then glibc runs it in its own way, even where the
/// back-reference is dropped with a piece that is repeated no times.
fn refers(node: &Node) -> bool {
    matches!(node.kind, Kind::Backreference(_)) || node.children().into_iter().any(refers)
}

/// Items of a class, and the bytes they stand for before negation and folding.
type Items = (Vec<ClassItem>, super::ByteSet);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pattern;
    use postproof_model::Span;

    #[test]
    fn what_has_back_references_is_told_how_far_it_got() {
        let near = |pattern: &str, key: &str| {
            let compiled = Pattern::posix(pattern.as_bytes(), PosixFlags::POSTFIX).unwrap();
            let near = compiled.near_miss(key.as_bytes(), &mut Budget::new(10_000_000))?;
            let text = |span: Span| pattern[span.start..span.end].to_owned();
            Some((text(near.pattern), text(near.stopped_at), key[near.key.start..near.key.end].to_owned()))
        };
        let told = |pattern: &str, stopped: &str, key: &str| Some((pattern.into(), stopped.into(), key.into()));
        assert_eq!(near("^(a|b)\\1c", "aabb"), told("^(a|b)\\1", "c", "aa"));
        assert_eq!(near("^(a|b)\\1c", "ab"), told("^(a|b)", "\\1", "a"));
        assert_eq!(
            near("^([a-z]+)-\\1\\.example$", "dsl-dsl.example.com"),
            told("^([a-z]+)-\\1\\.example", "$", "dsl-dsl.example")
        );
        assert_eq!(near("x(a)\\1", "ya"), told("", "x", ""));
        assert_eq!(near("(a)\\1", "aa"), None);
    }

    /// Every chain of up to three of these pieces after a group, on every key of up to four of these characters.
    #[test]
    fn the_beginning_matches_and_one_piece_more_does_not() {
        let pieces = ["a", "\\1", "(b*)", "\\1*", "$", "(a|\\1b)"];
        let mut chains: Vec<Vec<&str>> = vec![vec!["(a|ab)"]];
        for length in 1..4 {
            let longer = chains.iter().filter(|chain| chain.len() == length);
            let longer: Vec<_> =
                longer.flat_map(|chain| pieces.map(|piece| [chain.as_slice(), &[piece]].concat())).collect();
            chains.extend(longer);
        }
        let mut keys: Vec<String> = vec![String::new()];
        for length in 0..4 {
            let longer = keys.iter().filter(|key| key.len() == length);
            let longer: Vec<_> = longer.flat_map(|key| ["a", "b"].map(|c| format!("{key}{c}"))).collect();
            keys.extend(longer);
        }
        let mut told = 0;
        for chain in chains.iter().filter(|chain| chain.concat().contains('\\')) {
            let compile =
                |count: usize| Pattern::posix(chain[..count].concat().as_bytes(), PosixFlags::POSTFIX).unwrap();
            let beginnings: Vec<Pattern> = (0..=chain.len()).map(compile).collect();
            let whole = &beginnings[chain.len()];
            for key in &keys {
                let Some(near) = whole.near_miss(key.as_bytes(), &mut Budget::new(10_000_000)) else { continue };
                told += 1;
                let passed = (0..chain.len()).find(|&count| near.stopped_at.start < chain[..=count].concat().len());
                let matched = |count: usize| beginnings[count].find(key.as_bytes()).map(|found| found.is_some());
                let passed = passed.unwrap();
                assert_eq!(matched(passed), Ok(true), "{chain:?} {key}: {near:?}");
                assert_eq!(matched(passed + 1), Ok(false), "{chain:?} {key}: {near:?}");
            }
        }
        assert!(told > 1000, "{told}");
    }

    #[test]
    fn trying_beginnings_is_bounded() {
        let pattern = Pattern::posix(b"(a*)*(a{1,200}){1,200}\\1b", PosixFlags::POSTFIX).unwrap();
        let mut budget = Budget::new(1_000_000);
        assert_eq!(pattern.near_miss(&[b'a'; 5000], &mut budget), None);
    }
}
