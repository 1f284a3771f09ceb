//! Look-behinds: how many characters back each alternative begins.
//!
//! pcre2pattern(3), "Lookbehind assertions": each alternative has one length. PCRE2 10.42 looks into the groups that an
//! alternative calls or refers to as well, and gives up when there are too many of them.

use std::collections::HashMap;

use postproof_model::{PcreErrorKind, Span};

use super::super::ast::{Direction, GroupKind, Kind, Look, Node, Repeat, Test, Verb};
use super::Fail;
use super::name::Known;
use super::reader::LookbehindNotes;

/// How far back a look-behind can look.
const MAX_LENGTH: u64 = 65_535;
/// How many branches are looked into before it is too much.
const MAX_BRANCHES: u32 = 2000;
/// How many calls are followed into one another: far more than people write.
const MAX_DEPTH: u32 = 300;

/// How far back each alternative of each look-behind begins, by where it was written.
pub(super) type Steps = HashMap<usize, Vec<u32>>;

/// Checks every look-behind.
pub(super) fn check(root: &Node, notes: &LookbehindNotes, known: &Known, utf: bool) -> Result<Steps, Fail> {
    if notes.offsets.is_empty() && !has_lookbehind(root) {
        return Ok(Steps::new());
    }
    let mut groups = HashMap::new();
    collect_groups(root, &mut groups);
    let mut lengths = Lengths {
        notes,
        known,
        utf,
        groups,
        cache: HashMap::new(),
        steps: Steps::new(),
        branches: 0,
        depth: 0,
        into: Vec::new(),
    };
    match lengths.all_within(root) {
        Ok(()) => Ok(lengths.steps),
        Err(NoLength { kind, offset, span }) => {
            let fail = Fail::new(kind.unwrap_or(PcreErrorKind::VariableLookbehind), offset.unwrap_or_default());
            Err(span.map_or(fail, |span| fail.blaming(span.start, span.end)))
        }
    }
}

/// Writes the steps into the tree. A look-behind that was never looked at begins where it stands.
pub(super) fn set_steps(node: &mut Node, steps: &Steps) {
    let start = node.span.start;
    match &mut node.kind {
        Kind::Look(look) => {
            if look.direction == Direction::Behind && look.steps.is_empty() {
                look.steps = steps.get(&start).cloned().unwrap_or_else(|| vec![0; alternatives(&look.node).len()]);
            }
            set_steps(&mut look.node, steps);
        }
        Kind::Group(group) => set_steps(&mut group.node, steps),
        Kind::Repeat(repeat) => set_steps(&mut repeat.node, steps),
        Kind::Alternation(nodes) | Kind::Concat(nodes) => nodes.iter_mut().for_each(|node| set_steps(node, steps)),
        Kind::Conditional(conditional) => {
            if let Test::Look(node) = &mut conditional.test {
                set_steps(node, steps);
            }
            set_steps(&mut conditional.yes, steps);
            set_steps(&mut conditional.no, steps);
        }
        _ => {}
    }
}

fn has_lookbehind(node: &Node) -> bool {
    matches!(&node.kind, Kind::Look(look) if look.direction == Direction::Behind)
        || node.children().into_iter().any(has_lookbehind)
}

fn collect_groups<'n>(node: &'n Node, groups: &mut HashMap<u32, &'n Node>) {
    if let Kind::Group(group) = &node.kind
        && let GroupKind::Capture { index, .. } = group.kind
    {
        groups.entry(index).or_insert(node);
    }
    for child in node.children() {
        collect_groups(child, groups);
    }
}

/// The alternatives at the top of what stands in parentheses.
fn alternatives(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::Alternation(nodes) => nodes,
        _ => std::slice::from_ref(node),
    }
}

/// That there is no one length; where nothing was said yet, the look-behind itself says it.
#[derive(Clone, Copy, Debug)]
struct NoLength {
    kind: Option<PcreErrorKind>,
    offset: Option<usize>,
    span: Option<Span>,
}

const NOT_FIXED: NoLength = NoLength { kind: None, offset: None, span: None };

impl NoLength {
    const fn because(kind: PcreErrorKind) -> Self {
        Self { kind: Some(kind), offset: None, span: None }
    }
}

/// What a piece adds to the length of its branch.
enum Item {
    Length(u64),
    /// The branch ends here, whatever follows.
    EndOfBranch,
}

struct Lengths<'n> {
    notes: &'n LookbehindNotes,
    known: &'n Known,
    utf: bool,
    groups: HashMap<u32, &'n Node>,
    /// The lengths of groups that were looked into; none for those that have none.
    cache: HashMap<u32, Option<u64>>,
    steps: Steps,
    /// How many branches were looked into so far.
    branches: u32,
    depth: u32,
    /// The groups that calls led into.
    into: Vec<u32>,
}

impl<'n> Lengths<'n> {
    /// The look-behinds in a piece, in the order they were written.
    fn all_within(&mut self, node: &'n Node) -> Result<(), NoLength> {
        match &node.kind {
            Kind::Look(look) if look.direction == Direction::Behind => self.lookbehind(node.span, look),
            _ => node.children().into_iter().try_for_each(|child| self.all_within(child)),
        }
    }

    fn lookbehind(&mut self, span: Span, look: &'n Look) -> Result<(), NoLength> {
        let mut steps = Vec::new();
        for branch in alternatives(&look.node) {
            let length = self.branch(std::iter::once(branch)).map_err(|no_length| {
                let own =
                    || self.notes.offsets.iter().find(|(start, _)| *start == span.start).map(|(_, offset)| *offset);
                NoLength {
                    kind: no_length.kind.or(Some(PcreErrorKind::VariableLookbehind)),
                    offset: no_length.offset.or_else(own),
                    span: no_length.span.or(Some(span)),
                }
            })?;
            steps.push(u32::try_from(length).unwrap_or(u32::MAX));
        }
        self.steps.insert(span.start, steps);
        Ok(())
    }

    /// The length of pieces one after another.
    fn branch(&mut self, nodes: impl Iterator<Item = &'n Node>) -> Result<u64, NoLength> {
        self.branches += 1;
        if self.branches > MAX_BRANCHES + 1 || self.depth > MAX_DEPTH {
            return Err(NoLength::because(PcreErrorKind::LookbehindTooComplex));
        }
        self.depth += 1;
        let mut length = 0;
        let result = nodes.map(|node| self.pieces(node, &mut length)).find_map(|piece| match piece {
            Ok(Item::Length(_)) => None,
            Ok(Item::EndOfBranch) => Some(Ok(())),
            Err(no_length) => Some(Err(no_length)),
        });
        self.depth -= 1;
        result.unwrap_or(Ok(())).map(|()| length)
    }

    /// Adds the lengths of one piece or several to that of the branch.
    fn pieces(&mut self, node: &'n Node, length: &mut u64) -> Result<Item, NoLength> {
        if let Kind::Concat(nodes) = &node.kind {
            for node in nodes {
                if let Item::EndOfBranch = self.pieces(node, length)? {
                    return Ok(Item::EndOfBranch);
                }
            }
            return Ok(Item::Length(0));
        }
        let (node, repeat) = match &node.kind {
            Kind::Repeat(repeat) => (&repeat.node, Some(&**repeat)),
            _ => (node, None),
        };
        let Item::Length(once) = self.piece(node)? else { return Ok(Item::EndOfBranch) };
        *length += once;
        let too_long = NoLength::because(PcreErrorKind::LookbehindTooLong);
        if *length > MAX_LENGTH {
            return Err(too_long);
        }
        if let Some(Repeat { min, max, .. }) = repeat {
            // A repeated look-ahead takes nothing, however often.
            if !matches!(&node.kind, Kind::Look(look) if look.direction == Direction::Ahead) {
                if *max != Some(*min) {
                    return Err(NoLength::because(PcreErrorKind::VariableLookbehind));
                }
                *length = *length - once + once * u64::from(*min);
                if *length > MAX_LENGTH {
                    return Err(too_long);
                }
            }
        }
        Ok(Item::Length(0))
    }

    fn piece(&mut self, node: &'n Node) -> Result<Item, NoLength> {
        let start = node.span.start;
        Ok(Item::Length(match &node.kind {
            Kind::Literal(_) | Kind::Class(_) | Kind::Any(_) => 1,
            Kind::Empty | Kind::Assertion(_) | Kind::Keep => 0,
            Kind::Verb(Verb::Accept | Verb::Fail) => return Ok(Item::EndOfBranch),
            Kind::Verb(_) => 0,
            Kind::LineBreak(_) | Kind::Grapheme => return Err(NOT_FIXED),
            Kind::SingleByte if self.utf => return Err(NoLength::because(PcreErrorKind::SingleByteInLookbehind)),
            Kind::SingleByte => 1,
            Kind::Look(look) if look.direction == Direction::Behind => {
                self.lookbehind(node.span, look)?;
                0
            }
            Kind::Look(look) => {
                self.all_within(&look.node)?;
                0
            }
            Kind::Group(group) => {
                let index = match group.kind {
                    GroupKind::Capture { index, .. } => Some(index),
                    GroupKind::Plain | GroupKind::Atomic => None,
                };
                self.group(alternatives(&group.node), index)?
            }
            // A back-reference by a name of several groups is written as conditionals.
            Kind::Conditional(_) if self.notes.ambiguous.contains(&start) => return Err(variable()),
            Kind::Conditional(_) if self.notes.defines.contains(&start) => 0,
            Kind::Conditional(conditional) => {
                let test = match &conditional.test {
                    Test::Look(node) => Some(&**node),
                    _ => None,
                };
                let first = self.branch(test.into_iter().chain([&conditional.yes]))?;
                if !self.notes.single_branches.contains(&start) {
                    for other in alternatives(&conditional.no) {
                        if self.branch(std::iter::once(other))? != first {
                            return Err(NOT_FIXED);
                        }
                    }
                }
                first
            }
            Kind::Backreference(reference) => {
                if self.notes.unknown.contains(&start) {
                    return Err(self.no_such_group(node));
                }
                if self.notes.same_numbers {
                    return Err(variable());
                }
                self.reference(node, reference.group)?
            }
            Kind::Recursion(recursion) => {
                if self.notes.unknown.contains(&start) {
                    return Err(self.no_such_group(node));
                }
                self.reference(node, recursion.group)?
            }
            Kind::Repeat(_) | Kind::Alternation(_) | Kind::Concat(_) => {
                let mut length = 0;
                if let Item::EndOfBranch = self.pieces(node, &mut length)? {
                    return Ok(Item::EndOfBranch);
                }
                length
            }
        }))
    }

    /// The length of a group, all of whose alternatives must have the same.
    fn group(&mut self, branches: &'n [Node], index: Option<u32>) -> Result<u64, NoLength> {
        if let Some(index) = index.filter(|_| !self.notes.same_numbers)
            && let Some(length) = self.cache.get(&index)
        {
            return length.ok_or(NOT_FIXED);
        }
        let mut common = None;
        for branch in branches {
            let length = self.branch(std::iter::once(branch));
            let differs = length.as_ref().is_ok_and(|length| common.is_some_and(|common| common != *length));
            if length.is_err() || differs {
                if let Some(index) = index {
                    self.cache.insert(index, None);
                }
                return Err(length.err().unwrap_or(NOT_FIXED));
            }
            common = length.ok();
        }
        let length = common.unwrap_or_default();
        if let Some(index) = index {
            self.cache.insert(index, Some(length));
        }
        Ok(length)
    }

    /// The length of a group that a call or a back-reference leads to.
    fn reference(&mut self, node: &'n Node, group: u32) -> Result<u64, NoLength> {
        if group > self.known.groups {
            return Err(self.no_such_group(node));
        }
        let Some(target) = self.groups.get(&group).copied() else { return Err(variable()) };
        let within = target.span.start < node.span.start && node.span.end <= target.span.end;
        let Kind::Group(inner) = &target.kind else { return Err(variable()) };
        if within || self.into.contains(&group) {
            return Err(variable());
        }
        self.into.push(group);
        let length = self.group(alternatives(&inner.node), Some(group));
        self.into.pop();
        length.map_err(|no_length| if no_length.kind.is_none() { variable() } else { no_length })
    }

    fn no_such_group(&self, node: &Node) -> NoLength {
        let offset =
            self.notes.references.iter().find(|(start, _)| *start == node.span.start).map(|(_, offset)| *offset);
        NoLength { kind: Some(PcreErrorKind::UnknownGroup), offset, span: Some(node.span) }
    }
}

const fn variable() -> NoLength {
    NoLength::because(PcreErrorKind::VariableLookbehind)
}
