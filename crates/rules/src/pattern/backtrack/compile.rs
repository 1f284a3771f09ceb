//! From the tree to a program.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ast::{
    self, Any, Ast, Conditional, Direction, GroupKind, Kind, Literal, Look, Node, Repeat, Test, Verb,
};
use super::super::pcre::{Newline, Settings};
use super::super::{ByteSet, CharSet};
use super::program::{Condition, Greed, Op, Pc, Program, Scope, Throw, UNLIMITED, Unit};

/// How many operations a program may have. PCRE2 refuses what would be bigger than 64 kilobytes.
const MAX_OPS: usize = 1 << 17;

/// The program is too big.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TooBig;

type Compiled = Result<(), TooBig>;

impl Program {
    /// Compiles a pattern; none where it would become too big. The repetitions that begin and end at the places in
    /// `possessive` give nothing back, whatever they say.
    pub(crate) fn new(ast: &Ast, settings: &Settings, possessive: &[(usize, usize)]) -> Option<Self> {
        let mut needs = Needs::default();
        needs.see(&ast.root);
        let groups = usize::try_from(ast.groups).ok()?;
        let mut compiler = Compiler {
            possessive,
            ops: Vec::new(),
            units: Vec::new(),
            utf: ast.utf8,
            // Two places for the match, two for each group, one more for where each group begins.
            registers: 3 * (groups + 1),
            groups,
            then: needs.then,
            alternations: 0,
            around: Vec::new(),
            open: Vec::new(),
            in_look: 0,
            subroutines: BTreeMap::new(),
            calls: Vec::new(),
        };
        compiler.whole(&ast.root, &needs.called).ok()?;
        let any_newline = matches!(settings.newline, Newline::CrLf | Newline::AnyCrLf | Newline::Any);
        Some(Self {
            ops: compiler.ops,
            units: compiler.units,
            groups,
            slots: compiler.registers,
            utf: ast.utf8,
            ucp: settings.ucp,
            newline: settings.newline,
            anchored: settings.anchored,
            not_empty: settings.not_empty,
            not_empty_at_start: settings.not_empty_at_start,
            skips_line_ends: any_newline && !settings.names_line_ends,
            throws: needs.throws,
        })
    }
}

/// What the whole of a pattern asks for.
#[derive(Default)]
struct Needs {
    called: BTreeSet<u32>,
    then: bool,
    throws: bool,
}

impl Needs {
    fn see(&mut self, node: &Node) {
        match &node.kind {
            Kind::Recursion(recursion) => {
                self.called.insert(recursion.group);
            }
            Kind::Verb(verb) => {
                self.then |= *verb == Verb::Then;
                self.throws |= matches!(verb, Verb::Commit | Verb::Prune | Verb::Skip | Verb::SkipToMark | Verb::Then);
            }
            _ => {}
        }
        for child in node.children() {
            self.see(child);
        }
    }
}

struct Compiler<'c> {
    /// Repetitions that give nothing back, by where they begin and end.
    possessive: &'c [(usize, usize)],
    ops: Vec<Op>,
    units: Vec<Unit>,
    utf: bool,
    registers: usize,
    groups: usize,
    /// Whether `(*THEN)` occurs, for which alternatives have numbers.
    then: bool,
    alternations: u32,
    /// The numbers of the alternatives around.
    around: Vec<u32>,
    /// The groups that are open, and how many look-arounds were when they opened.
    open: Vec<(usize, usize)>,
    in_look: usize,
    subroutines: BTreeMap<u32, Pc>,
    /// Calls whose subroutine is not compiled yet.
    calls: Vec<(usize, u32)>,
}

impl Compiler<'_> {
    fn whole(&mut self, root: &Node, called: &BTreeSet<u32>) -> Compiled {
        self.alternatives(root, &[])?;
        self.push(Op::Match)?;
        for group in called {
            let start = self.here();
            self.subroutines.insert(*group, start);
            let Some(node) = root.group(*group) else { continue };
            self.around.clear();
            self.open.clear();
            if *group > 0 {
                self.open.push((usize::try_from(*group).unwrap_or_default(), 0));
            }
            self.in_look = 0;
            self.alternatives(node, &[])?;
            self.push(Op::Return { group: *group })?;
        }
        for (at, group) in std::mem::take(&mut self.calls) {
            let start = self.subroutines.get(&group).copied().unwrap_or_default();
            if let Some(Op::Call { to, .. }) = self.ops.get_mut(at) {
                *to = start;
            }
        }
        Ok(())
    }

    fn here(&self) -> Pc {
        Pc::try_from(self.ops.len()).unwrap_or(Pc::MAX)
    }

    fn push(&mut self, op: Op) -> Result<usize, TooBig> {
        if self.ops.len() >= MAX_OPS {
            return Err(TooBig);
        }
        self.ops.push(op);
        Ok(self.ops.len() - 1)
    }

    /// Sets where an operation goes otherwise: to here.
    fn land(&mut self, at: usize) {
        let here = self.here();
        if let Some(
            Op::Try { otherwise, .. }
            | Op::TryThere { first: otherwise }
            | Op::Open { otherwise, .. }
            | Op::If { otherwise, .. }
            | Op::Jump(otherwise),
        ) = self.ops.get_mut(at)
        {
            *otherwise = here;
        }
    }

    /// What stands in parentheses: alternatives, of which a look-behind's begin some characters back.
    fn alternatives(&mut self, node: &Node, steps: &[u32]) -> Compiled {
        let branches = match &node.kind {
            Kind::Alternation(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let number = if self.then && branches.len() > 1 { self.number_alternation()? } else { 0 };
        let mut ends = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let last = index + 1 == branches.len();
            let choice = if last { None } else { Some(self.push(Op::Try { otherwise: 0, alternation: number })?) };
            if let Some(steps) = steps.get(index).filter(|steps| **steps > 0) {
                self.push(Op::StepBack(*steps))?;
            }
            self.node(branch)?;
            if !last {
                ends.push(self.push(Op::Jump(0))?);
            }
            if let Some(choice) = choice {
                self.land(choice);
            }
        }
        for end in ends {
            self.land(end);
        }
        if number > 0 {
            self.around.pop();
        }
        Ok(())
    }

    fn number_alternation(&mut self) -> Result<u32, TooBig> {
        self.alternations += 1;
        self.push(Op::Alternation(self.alternations))?;
        self.around.push(self.alternations);
        Ok(self.alternations)
    }

    fn node(&mut self, node: &Node) -> Compiled {
        if let Some(unit) = self.unit(node) {
            let unit = self.add(unit);
            self.push(Op::One(unit))?;
            return Ok(());
        }
        match &node.kind {
            Kind::Empty | Kind::Literal(_) | Kind::Class(_) | Kind::Any(_) | Kind::SingleByte => {}
            Kind::Assertion(assertion) => {
                self.push(Op::Assert(*assertion))?;
            }
            Kind::Group(group) => match &group.kind {
                GroupKind::Capture { index, .. } => {
                    let group_index = usize::try_from(*index).unwrap_or_default();
                    let register = 2 * (self.groups + 1) + group_index;
                    self.push(Op::Mark { register })?;
                    self.open.push((group_index, self.in_look));
                    self.alternatives(&group.node, &[])?;
                    self.open.pop();
                    self.push(Op::Close { group: group_index, register })?;
                }
                GroupKind::Plain => self.alternatives(&group.node, &[])?,
                GroupKind::Atomic => self.atomic(|compiler| compiler.alternatives(&group.node, &[]))?,
            },
            Kind::Repeat(repeat) => self.repeat(node, repeat)?,
            Kind::Alternation(_) => self.alternatives(node, &[])?,
            Kind::Concat(nodes) => nodes.iter().try_for_each(|node| self.node(node))?,
            Kind::Backreference(reference) => {
                let group = usize::try_from(reference.group).unwrap_or_default();
                self.push(Op::Reference { group, fold: reference.fold })?;
            }
            Kind::Look(look) => self.look(look)?,
            Kind::Conditional(conditional) => self.conditional(conditional)?,
            Kind::Recursion(recursion) => {
                let at = self.push(Op::Call { to: 0, group: recursion.group })?;
                self.calls.push((at, recursion.group));
            }
            Kind::LineBreak(line_break) => {
                self.push(Op::LineBreak { unicode: line_break.unicode })?;
            }
            Kind::Grapheme => {
                self.push(Op::Grapheme)?;
            }
            Kind::Keep => {
                self.push(Op::Keep)?;
            }
            Kind::Verb(verb) => self.verb(*verb)?,
        }
        Ok(())
    }

    fn verb(&mut self, verb: Verb) -> Compiled {
        let op = match verb {
            Verb::Mark => return Ok(()),
            Verb::Fail => Op::Fail,
            Verb::Commit => Op::Verb(Throw::Commit),
            Verb::Prune => Op::Verb(Throw::Prune),
            Verb::Skip | Verb::SkipToMark => Op::Verb(Throw::Skip),
            Verb::Then => Op::Verb(Throw::Then(self.around.last().copied().unwrap_or_default())),
            Verb::Accept => {
                // What is open around it ends here; what lies beyond a look-around does not.
                let open: Vec<usize> = self
                    .open
                    .iter()
                    .rev()
                    .filter(|(_, looks)| *looks >= self.in_look)
                    .map(|(group, _)| *group)
                    .collect();
                for group in open {
                    let register = 2 * (self.groups + 1) + group;
                    self.push(Op::CloseUnlessCalled { group, register })?;
                }
                Op::Accept { in_look: self.in_look > 0 }
            }
        };
        self.push(op)?;
        Ok(())
    }

    fn atomic(&mut self, body: impl FnOnce(&mut Self) -> Compiled) -> Compiled {
        self.push(Op::Open { scope: Scope::Atomic, otherwise: 0 })?;
        body(self)?;
        self.push(Op::End(Scope::Atomic))?;
        Ok(())
    }

    fn look(&mut self, look: &Look) -> Compiled {
        let scope = if look.negative { Scope::Negative } else { Scope::Positive { atomic: look.atomic } };
        let open = self.push(Op::Open { scope, otherwise: 0 })?;
        self.look_body(look)?;
        self.push(Op::End(scope))?;
        self.land(open);
        Ok(())
    }

    fn look_body(&mut self, look: &Look) -> Compiled {
        self.in_look += 1;
        // (*THEN) goes no farther than the look-around, even where there is but one alternative.
        let number = if self.then { self.number_alternation()? } else { 0 };
        let steps = if look.direction == Direction::Behind { look.steps.as_slice() } else { &[] };
        self.alternatives(&look.node, steps)?;
        if number > 0 {
            self.around.pop();
        }
        self.in_look -= 1;
        Ok(())
    }

    fn conditional(&mut self, conditional: &Conditional) -> Compiled {
        let Test::Look(test) = &conditional.test else {
            let test = condition(&conditional.test);
            let branch = self.push(Op::If { test, otherwise: 0 })?;
            self.node(&conditional.yes)?;
            let end = self.push(Op::Jump(0))?;
            self.land(branch);
            self.node(&conditional.no)?;
            self.land(end);
            return Ok(());
        };
        let Kind::Look(look) = &test.kind else { return Ok(()) };
        let open = self.push(Op::Open { scope: Scope::Test, otherwise: 0 })?;
        self.look_body(look)?;
        self.push(Op::End(Scope::Test))?;
        let (held, not) =
            if look.negative { (&conditional.no, &conditional.yes) } else { (&conditional.yes, &conditional.no) };
        self.node(held)?;
        let end = self.push(Op::Jump(0))?;
        self.land(open);
        self.node(not)?;
        self.land(end);
        Ok(())
    }

    fn repeat(&mut self, node: &Node, repeat: &Repeat) -> Compiled {
        let (min, mut max) = (repeat.min, repeat.max);
        let possessive =
            repeat.greed == ast::Greed::Possessive || self.possessive.contains(&(node.span.start, node.span.end));
        if let Some(unit) = self.unit(&repeat.node) {
            let unit = self.add(unit);
            let greed = match repeat.greed {
                _ if possessive => Greed::Possessive,
                ast::Greed::Greedy => Greed::Greedy,
                ast::Greed::Lazy => Greed::Lazy,
                ast::Greed::Possessive => Greed::Possessive,
            };
            self.push(Op::Run { unit, min, max: max.unwrap_or(UNLIMITED), greed })?;
            return Ok(());
        }
        if matches!(repeat.node.kind, Kind::Look(_)) && max.is_none() {
            // Looking again sees nothing new.
            max = Some(min.saturating_add(1));
        }
        if possessive {
            return self.atomic(|compiler| compiler.copies(&repeat.node, min, max, false));
        }
        self.copies(&repeat.node, min, max, repeat.greed == ast::Greed::Lazy)
    }

    /// A piece so many times: written out as often as it must be there, then what may follow.
    fn copies(&mut self, node: &Node, min: u32, max: Option<u32>, lazy: bool) -> Compiled {
        let Some(max) = max else {
            for _ in 1..min {
                self.node(node)?;
            }
            let skip = if min == 0 { Some(self.choice(lazy)?) } else { None };
            let register = self.registers;
            self.registers += 1;
            let body = self.here();
            self.push(Op::Mark { register })?;
            self.node(node)?;
            self.push(Op::Again { register, body, lazy })?;
            skip.into_iter().for_each(|skip| self.land(skip));
            return Ok(());
        };
        for _ in 0..min {
            self.node(node)?;
        }
        let mut skips = Vec::new();
        for _ in min..max {
            skips.push(self.choice(lazy)?);
            self.node(node)?;
        }
        skips.into_iter().for_each(|skip| self.land(skip));
        Ok(())
    }

    /// A choice between what follows and what comes after it.
    fn choice(&mut self, lazy: bool) -> Result<usize, TooBig> {
        self.push(if lazy { Op::TryThere { first: 0 } } else { Op::Try { otherwise: 0, alternation: 0 } })
    }

    /// What takes exactly one character, as a set.
    fn unit(&self, node: &Node) -> Option<Unit> {
        let utf = self.utf;
        let beyond = |all: bool| if utf && all { CharSet::EMPTY.complement() } else { CharSet::EMPTY };
        Some(match &node.kind {
            Kind::Literal(Literal { value, bytes }) => {
                let chars = if utf && *value >= 0x80 { CharSet::new(vec![(*value, *value)]) } else { CharSet::EMPTY };
                Unit { bytes: *bytes, chars, utf }
            }
            Kind::Class(class) => Unit { bytes: class.bytes, chars: class.chars.clone(), utf },
            Kind::Any(Any { bytes }) => Unit { bytes: *bytes, chars: beyond(true), utf },
            Kind::SingleByte => Unit { bytes: ByteSet::ALL, chars: CharSet::EMPTY, utf: false },
            _ => return None,
        })
    }

    fn add(&mut self, unit: Unit) -> usize {
        if let Some(index) = self.units.iter().rev().take(8).position(|known| *known == unit) {
            return self.units.len() - 1 - index;
        }
        self.units.push(unit);
        self.units.len() - 1
    }
}

fn condition(test: &Test) -> Condition {
    match test {
        Test::Group(group) => Condition::Group(usize::try_from(*group).unwrap_or_default()),
        Test::Recursing(group) => Condition::Recursing(*group),
        Test::Any(tests) => Condition::Any(tests.iter().map(condition).collect()),
        Test::Always(held) => Condition::Always(*held),
        Test::Look(_) => Condition::Always(false),
    }
}
