//! A pattern as the steps that glibc would take through it.
//!
//! Which groups a POSIX match has depends, in glibc, on the order in which its automaton tries its steps. So the
//! automaton here has the same steps in the same order: a repetition is written out as copies, an alternation's
//! branches come in order (but an empty branch comes after the one beside it), and what follows an anchor is there
//! once more with the anchor's condition on every step (see [`anchors`]).

use super::super::ByteSet;
use super::super::ast::{Ast, Kind, Node};
use super::anchors;
use super::condition::Condition;
use super::tree::Tree;

/// At most so many steps; a pattern that needs more is not run this way.
pub(super) const MAX_STEPS: usize = 200_000;

/// The number of a step.
pub(super) type StepId = u32;

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Takes one byte of a set: the set's number.
    Take(u32),
    /// Goes on at the first of its ways that leads to the match.
    Split,
    /// A group begins.
    Open(u32),
    /// A group ends.
    Close {
        /// Which.
        group: u32,
        /// Whether the group as a whole is repeated or optional.
        optional: bool,
    },
    /// Goes on where the step's condition holds.
    Anchor,
    /// Takes what a group took.
    Backreference(u32),
    /// The match ends.
    End,
}

/// One step.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) action: Action,
    /// What must hold where the step is taken.
    pub(super) condition: Condition,
    /// Where it goes without taking a byte, in the order the ways are tried.
    pub(super) ways: Ways,
    /// Where it goes after it took bytes.
    pub(super) next: StepId,
    /// Whether it belongs to a repetition's second or later copy. Steps of groups never count as such.
    pub(super) copied: bool,
}

/// None, one or two ways, in order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ways {
    ids: [StepId; 2],
    len: u8,
}

impl Ways {
    pub(super) fn add(&mut self, id: StepId) {
        if let Some(free) = self.ids.get_mut(usize::from(self.len)) {
            *free = id;
            self.len += 1;
        }
    }

    pub(super) fn as_slice(&self) -> &[StepId] {
        self.ids.get(..usize::from(self.len)).unwrap_or_default()
    }
}

/// A pattern as steps.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) sets: Vec<ByteSet>,
    pub(super) start: StepId,
    /// For each group from 0, the group whose bounds it has: in `((a))` both are one pair of steps.
    pub(super) shares: Vec<u32>,
    /// Whether there is any fork.
    pub(super) splits: bool,
    /// The groups that back-references need: one bit for each.
    needed: u64,
}

impl Program {
    /// The steps of a pattern; none where they would be too many. Without `keep`, groups that no back-reference needs
    /// leave no steps, as with REG_NOSUB.
    pub(super) fn new(ast: &Ast, keep: bool) -> Option<Self> {
        let tree = Tree::new(&ast.root).ok()?;
        let shares = (0..=ast.groups).collect();
        let mut build = Build { steps: Vec::new(), sets: Vec::new(), shares, keep, needed: 0 };
        build.note_references(&ast.root);
        if let Some(tree) = &tree {
            build.share(tree);
        }
        let piece = match &tree {
            Some(tree) => Some(build.tree(tree, Copy::Original)?),
            None => None,
        };
        let end = build.push(Action::End, Condition::NONE, Copy::Original)?;
        let start = piece.as_ref().map_or(end, |piece| piece.first);
        if let Some(piece) = piece {
            build.link(piece, end);
        }
        let Build { steps, sets, shares, needed, .. } = build;
        let splits = steps.iter().any(|step| step.action == Action::Split);
        anchors::spread(Self { steps, sets, start, shares, splits, needed })
    }

    /// Whether a back-reference needs a group.
    pub(super) fn needs(&self, group: u32) -> bool {
        self.needed & bit(group) != 0
    }

    pub(super) fn step(&self, id: StepId) -> Option<&Step> {
        self.steps.get(id as usize)
    }
}

/// A piece of the automaton whose ends lead nowhere yet.
struct Piece {
    first: StepId,
    ends: Vec<End>,
}

/// An end of a piece: what to set when it is known what follows.
#[derive(Clone, Copy)]
enum End {
    Way(StepId),
    Next(StepId),
    Both(StepId),
}

/// Which of a repetition's copies is being built. Steps are the same in each, but glibc handles them differently.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copy {
    /// The piece itself, not repeated or the first of its copies.
    Original,
    /// A second or later copy, or any part of one.
    Later,
}

/// The bit of a group that a back-reference can name.
fn bit(group: u32) -> u64 {
    1_u64.checked_shl(group).unwrap_or(0)
}

struct Build {
    steps: Vec<Step>,
    sets: Vec<ByteSet>,
    shares: Vec<u32>,
    keep: bool,
    needed: u64,
}

impl Build {
    /// Notes which groups back-references name, those too that are dropped with a piece that is repeated no times.
    fn note_references(&mut self, node: &Node) {
        if let Kind::Backreference(reference) = &node.kind {
            self.needed |= bit(reference.group);
        }
        node.children().into_iter().for_each(|child| self.note_references(child));
    }

    /// Finds out which groups share their bounds. Back-references to any of them need the one that stays.
    fn share(&mut self, tree: &Tree) {
        match tree {
            Tree::Take(_) | Tree::Anchor(_) | Tree::Boundary(..) => {}
            Tree::Backreference(group) => {
                self.needed |= bit(self.shares.get(*group as usize).copied().unwrap_or(*group));
            }
            Tree::Group { index, tree } => {
                let inner = match tree.as_deref() {
                    // A group that holds nothing but a group: both have the same bounds, so one pair of steps does.
                    Some(Tree::Group { index: inner, tree }) => {
                        if let Some(shared) = self.shares.get_mut(*inner as usize) {
                            *shared = *index;
                        }
                        self.needed &= !bit(*inner);
                        tree.as_deref()
                    }
                    other => other,
                };
                if let Some(inner) = inner {
                    self.share(inner);
                }
            }
            Tree::Repeat { tree, .. } => self.share(tree),
            Tree::Alternation(trees) => trees.iter().flatten().for_each(|tree| self.share(tree)),
            Tree::Concat(trees) => trees.iter().for_each(|tree| self.share(tree)),
        }
    }

    fn push(&mut self, action: Action, condition: Condition, copy: Copy) -> Option<StepId> {
        let id = StepId::try_from(self.steps.len()).ok().filter(|_| self.steps.len() < MAX_STEPS)?;
        let copied = copy == Copy::Later;
        self.steps.push(Step { action, condition, ways: Ways::default(), next: 0, copied });
        Some(id)
    }

    fn take(&mut self, set: ByteSet, copy: Copy) -> Option<Piece> {
        let set = self.set(set)?;
        let first = self.push(Action::Take(set), Condition::NONE, copy)?;
        Some(Piece { first, ends: vec![End::Next(first)] })
    }

    fn passing(&mut self, action: Action, condition: Condition, copy: Copy) -> Option<Piece> {
        let first = self.push(action, condition, copy)?;
        Some(Piece { first, ends: vec![End::Way(first)] })
    }

    fn way(&mut self, from: StepId, to: StepId) {
        if let Some(step) = self.steps.get_mut(from as usize) {
            step.ways.add(to);
        }
    }

    fn next(&mut self, from: StepId, to: StepId) {
        if let Some(step) = self.steps.get_mut(from as usize) {
            step.next = to;
        }
    }

    /// Lets a piece go on at `next`.
    fn link(&mut self, piece: Piece, next: StepId) {
        for end in piece.ends {
            match end {
                End::Way(step) => self.way(step, next),
                End::Next(step) => self.next(step, next),
                End::Both(step) => {
                    self.way(step, next);
                    self.next(step, next);
                }
            }
        }
    }

    fn join(&mut self, left: Piece, right: Piece) -> Piece {
        let first = left.first;
        self.link(left, right.first);
        Piece { first, ends: right.ends }
    }

    /// One of two pieces, either of which may be empty.
    fn either(&mut self, left: Option<Piece>, right: Option<Piece>, copy: Copy) -> Option<Piece> {
        let first = self.push(Action::Split, Condition::NONE, copy)?;
        let mut ends = Vec::new();
        let open = left.is_none() || right.is_none();
        for piece in [left, right].into_iter().flatten() {
            self.way(first, piece.first);
            if ends.len() < piece.ends.len() {
                let shorter = std::mem::replace(&mut ends, piece.ends);
                ends.extend(shorter);
            } else {
                ends.extend(piece.ends);
            }
        }
        if open {
            ends.push(End::Way(first));
        }
        Some(Piece { first, ends })
    }

    fn tree(&mut self, tree: &Tree, copy: Copy) -> Option<Piece> {
        match tree {
            Tree::Take(set) => self.take(*set, copy),
            Tree::Anchor(condition) => self.passing(Action::Anchor, *condition, copy),
            Tree::Boundary(one, other) => {
                let left = self.passing(Action::Anchor, *one, copy)?;
                let right = self.passing(Action::Anchor, *other, copy)?;
                self.either(Some(left), Some(right), copy)
            }
            Tree::Backreference(group) => {
                let group = self.shares.get(*group as usize).copied()?;
                let first = self.push(Action::Backreference(group), Condition::NONE, copy)?;
                Some(Piece { first, ends: vec![End::Both(first)] })
            }
            Tree::Group { index, tree } => self.group(*index, tree.as_deref(), copy, false),
            Tree::Repeat { tree, min, max } => self.repeat(tree, *min, *max, copy),
            Tree::Alternation(trees) => {
                let mut trees = trees.iter();
                let mut piece = self.branch(trees.next()?.as_ref(), copy)?;
                for tree in trees {
                    let right = self.branch(tree.as_ref(), copy)?;
                    piece = Some(self.either(piece, right, copy)?);
                }
                piece
            }
            Tree::Concat(trees) => {
                let mut trees = trees.iter();
                let mut piece = self.tree(trees.next()?, copy)?;
                for tree in trees {
                    let right = self.tree(tree, copy)?;
                    piece = self.join(piece, right);
                }
                Some(piece)
            }
        }
    }

    #[allow(clippy::option_option)]
    fn branch(&mut self, tree: Option<&Tree>, copy: Copy) -> Option<Option<Piece>> {
        match tree {
            Some(tree) => self.tree(tree, copy).map(Some),
            None => Some(None),
        }
    }

    /// A group; `optional` where it is repeated or optional as a whole.
    fn group(&mut self, group: u32, tree: Option<&Tree>, copy: Copy, optional: bool) -> Option<Piece> {
        let tree = match tree {
            Some(Tree::Group { tree, .. }) => tree.as_deref(),
            other => other,
        };
        if let Some(tree) = tree.filter(|_| !self.keep && self.needed & bit(group) == 0) {
            return self.tree(tree, copy);
        }
        let open = self.passing(Action::Open(group), Condition::NONE, Copy::Original)?;
        let inner = self.branch(tree, copy)?;
        let close = self.passing(Action::Close { group, optional }, Condition::NONE, Copy::Original)?;
        let rest = match inner {
            Some(inner) => self.join(inner, close),
            None => close,
        };
        Some(self.join(open, rest))
    }

    /// The first copy of a piece that need not be there. A group in it is optional, which glibc forgets where it copies.
    fn optional(&mut self, tree: &Tree, copy: Copy, marked: bool) -> Option<Piece> {
        match tree {
            Tree::Group { index, tree } if marked => self.group(*index, tree.as_deref(), copy, true),
            _ => self.tree(tree, copy),
        }
    }

    /// `min` copies, then either a loop or one optional copy inside another: `a{1,3}` is `a(a?a)?`, from the left.
    fn repeat(&mut self, tree: &Tree, min: u32, max: Option<u32>, copy: Copy) -> Option<Piece> {
        let mut piece: Option<Piece> = None;
        let mut next_copy = copy;
        let marked = copy == Copy::Original;
        for index in 1..=min {
            // What marks the first copy that need not be there goes one too far where there are two before it.
            let marked = marked && index == min && min > 1 && max != Some(min);
            let right = self.optional(tree, next_copy, marked)?;
            next_copy = Copy::Later;
            piece = Some(match piece {
                Some(piece) => self.join(piece, right),
                None => right,
            });
        }
        if max == Some(min) {
            return piece;
        }
        let mut rest = self.optional(tree, next_copy, marked)?;
        match max {
            None => {
                let first = self.push(Action::Split, Condition::NONE, copy)?;
                self.way(first, rest.first);
                self.link(rest, first);
                rest = Piece { first, ends: vec![End::Way(first)] };
            }
            Some(max) => {
                rest = self.either(Some(rest), None, copy)?;
                for _ in min + 1..max {
                    let right = self.tree(tree, Copy::Later)?;
                    rest = self.join(rest, right);
                    rest = self.either(Some(rest), None, copy)?;
                }
            }
        }
        Some(match piece {
            Some(piece) => self.join(piece, rest),
            None => rest,
        })
    }

    fn set(&mut self, set: ByteSet) -> Option<u32> {
        // The last few sets are the likely ones: a repetition's copies.
        let known = self.sets.iter().rposition(|known| *known == set);
        let id = known.unwrap_or_else(|| {
            self.sets.push(set);
            self.sets.len() - 1
        });
        u32::try_from(id).ok()
    }
}
