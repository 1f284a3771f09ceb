//! Where PCRE2 10.42 answers otherwise than its manual promises: it takes something for granted that does not hold.
//!
//! Each is small, and each was found by comparing. Where what PCRE2 does is certain, it is done here, too; where it is
//! not, both ways are tried, and the answer is unknown if they differ.
//!
//! - `\S*\v`: PCRE2 believes that what `\S` takes can never be what `\v` needs, and gives nothing back. But without UCP
//!   `\S` takes the byte 0x85, which is a `\v`. Eight pairs of types are alike.
//! - `a*(?>(b)?)a`: it believes the same of a repetition before an atomic group that may take nothing.
//! - `(?=a)c?a`: it knows that a match begins with `a`, and that another `a` is needed: it asks for two.
//! - `(c|^){0}a`: it counts alternatives that are never tried, and takes this for a pattern that begins at the start.
//! - `(aa|\1*)`: it does not count the branch with the reference to its own group when it computes how many characters a
//!   match has at least.
//! - `a+?(?=b*)b(*THEN)c`: a `(*THEN)` goes back no farther than to a look-ahead or look-behind that was passed before it.
//!   Such patterns are not run here.

use std::collections::BTreeSet;

use super::super::ast::{
    Assertion, Ast, ClassItem, ClassItemKind, ClassName, Direction, Greed, GroupKind, Kind, Literal, Node, Repeat,
    Test, Verb,
};

use super::Settings;
use super::begins::{self, Begins};

/// Whether a `(*THEN)` stands beside a look-around that must match: not within it.
pub(super) fn then_beside_look_around(root: &Node) -> bool {
    /// How many (*THEN)s there are, and whether one stands outside of such a look-around.
    fn count(node: &Node, total: usize) -> (usize, bool) {
        let mut thens = usize::from(matches!(node.kind, Kind::Verb(Verb::Then)));
        let mut beside = false;
        for child in node.children() {
            let (inside, found) = count(child, total);
            thens += inside;
            beside |= found;
        }
        beside |= matches!(&node.kind, Kind::Look(look) if !look.negative) && thens < total;
        (thens, beside)
    }
    let (total, _) = count(root, 0);
    total > 0 && count(root, total).1
}

/// What is doubtful about a pattern.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defects {
    /// Repetitions that give nothing back, by where they begin and end.
    pub(crate) possessive: Vec<(usize, usize)>,
    /// Repetitions that may give nothing back.
    pub(crate) doubtful: Vec<(usize, usize)>,
    /// A match that begins with one of these bytes may need another of the same, in either case.
    pub(crate) needed_again: Vec<u8>,
    /// Fewer characters than this up to the end of the key may be too few.
    pub(crate) least: usize,
    /// PCRE2 may take alternatives into account that are never tried.
    pub(crate) left_out: bool,
    /// Calls or references may go round without end, which PCRE2 may notice.
    pub(crate) may_fail: bool,
    /// What is known of the places where PCRE2 begins.
    pub(crate) begins: Begins,
}

impl Defects {
    /// Looks for them.
    pub(super) fn of(ast: &Ast, settings: &Settings) -> Self {
        let root = &ast.root;
        let mut defects = Self::default();
        if !settings.no_auto_possess {
            defects.repetitions(root, None);
        }
        defects.left_out = has_alternatives_left_out(root);
        let goes_round = has_own_reference(root, &mut Vec::new());
        if settings.no_start_opt {
            // It asks for nothing more than the pattern does, then.
            defects.may_fail = goes_round;
            defects.begins.everywhere = true;
            return defects;
        }
        if !ast.utf8 && !settings.ucp {
            defects.begins.at = begins::first_bytes(root);
        }
        let mut asserted = Vec::new();
        leading_assertions(root, &mut asserted);
        let mut needed = Vec::new();
        last_needed(root, &mut needed);
        asserted.retain(|byte| needed.contains(byte) && count_literal(root, *byte) > 1);
        defects.needed_again = asserted;
        if goes_round {
            defects.least = Needed::of(root);
            // Unless there is a character that it knows every match to hold.
            defects.begins.least = needed_literals(root).is_empty().then_some(defects.least);
            defects.may_fail = defects.begins.least.is_some();
        }
        defects
    }

    fn repetitions(&mut self, node: &Node, after: Option<&After<'_>>) {
        match &node.kind {
            Kind::Repeat(repeat) => {
                self.repetition(node, repeat, after);
                self.repetitions(&repeat.node, after);
            }
            Kind::Concat(nodes) => {
                for (index, node) in nodes.iter().enumerate() {
                    let after = After { nodes: nodes.get(index + 1..).unwrap_or_default(), then: after };
                    self.repetitions(node, Some(&after));
                }
            }
            Kind::Look(look) => self.repetitions(&look.node, None),
            _ => node.children().into_iter().for_each(|child| self.repetitions(child, after)),
        }
    }

    fn repetition(&mut self, node: &Node, repeat: &Repeat, after: Option<&After<'_>>) {
        if repeat.greed == Greed::Possessive || repeat.max == Some(repeat.min) {
            return;
        }
        let at = (node.span.start, node.span.end);
        let partners = Type::of(&repeat.node).map(Type::believed_apart).unwrap_or_default();
        let needs = |node: &Node| Type::of(node).is_some_and(|kind| partners.contains(&kind));
        let next = after.and_then(|after| after.nodes.first());
        let direct = next.is_some_and(|next| match &next.kind {
            Kind::Repeat(repeat) => repeat.min > 0 && needs(&repeat.node),
            _ => needs(next),
        });
        if direct {
            self.possessive.push(at);
        } else if reaches(after, &needs) || is_single(&repeat.node) && reaches(after, &may_be_nothing_atomic) {
            self.doubtful.push(at);
        }
    }
}

/// What follows a piece: the rest of its branch, then what follows the parentheses around.
struct After<'n> {
    nodes: &'n [Node],
    then: Option<&'n After<'n>>,
}

/// Types of characters that PCRE2 compares with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    NotSpace,
    Space,
    Horizontal,
    Vertical,
    LineBreak,
    NotNewline,
}

impl Type {
    fn of(node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::LineBreak(_) => Some(Self::LineBreak),
            Kind::Any(any) if any.bytes.len() < 256 => Some(Self::NotNewline),
            // The dot after (*ANY).
            Kind::Class(class)
                if class.negated && class.items.iter().any(|item| is_named(item.kind, ClassName::VerticalSpace)) =>
            {
                Some(Self::NotNewline)
            }
            Kind::Class(class) => match class.items.as_slice() {
                [item] if item.span == node.span => match (item.kind, class.negated) {
                    (kind, true) if is_named(kind, ClassName::Space) => Some(Self::NotSpace),
                    (kind, false) if is_named(kind, ClassName::Space) => Some(Self::Space),
                    (kind, false) if is_named(kind, ClassName::HorizontalSpace) => Some(Self::Horizontal),
                    (kind, false) if is_named(kind, ClassName::VerticalSpace) => Some(Self::Vertical),
                    _ => None,
                },
                _ => None,
            },
            // The dot after (*CRLF).
            Kind::Concat(nodes) => match nodes.as_slice() {
                [first, last] if first.span == node.span && last.span == node.span => Some(Self::NotNewline),
                _ => None,
            },
            _ => None,
        }
    }

    /// The types whose characters PCRE2 believes to be others, although some are the same.
    const fn believed_apart(self) -> &'static [Self] {
        match self {
            Self::NotSpace => &[Self::LineBreak, Self::Horizontal, Self::Vertical],
            Self::NotNewline => &[Self::LineBreak],
            Self::LineBreak => &[Self::Space, Self::NotNewline],
            Self::Horizontal | Self::Vertical => &[Self::NotSpace],
            Self::Space => &[],
        }
    }
}

fn is_named(kind: ClassItemKind, wanted: ClassName) -> bool {
    matches!(kind, ClassItemKind::Named { name, negated: false } if name == wanted)
}

/// What takes one character.
const fn is_single(node: &Node) -> bool {
    matches!(
        node.kind,
        Kind::Literal(_) | Kind::Class(_) | Kind::Any(_) | Kind::LineBreak(_) | Kind::Grapheme | Kind::SingleByte
    )
}

/// An atomic group, or a possessive repetition of one, that may take nothing.
fn may_be_nothing_atomic(node: &Node) -> bool {
    match &node.kind {
        Kind::Repeat(repeat) => repeat.greed == Greed::Possessive && repeat.min == 0 && !is_single(&repeat.node),
        Kind::Group(group) => group.kind == GroupKind::Atomic && least(&group.node) == 0,
        _ => false,
    }
}

/// Whether something that `wanted` says yes to may come next.
fn reaches(after: Option<&After<'_>>, wanted: &impl Fn(&Node) -> bool) -> bool {
    let mut after = after;
    while let Some(here) = after {
        for node in here.nodes {
            if begins(node, wanted) {
                return true;
            }
            if least(node) > 0 {
                return false;
            }
        }
        after = here.then;
    }
    false
}

fn begins(node: &Node, wanted: &impl Fn(&Node) -> bool) -> bool {
    if wanted(node) {
        return true;
    }
    match &node.kind {
        Kind::Concat(nodes) => {
            for node in nodes {
                if begins(node, wanted) {
                    return true;
                }
                if least(node) > 0 {
                    return false;
                }
            }
            false
        }
        Kind::Look(_) => false,
        _ => node.children().into_iter().any(|child| begins(child, wanted)),
    }
}

/// The fewest characters a piece takes, as far as that is plain.
fn least(node: &Node) -> usize {
    match &node.kind {
        Kind::Literal(_) | Kind::Class(_) | Kind::Any(_) | Kind::LineBreak(_) | Kind::Grapheme | Kind::SingleByte => 1,
        Kind::Group(group) => least(&group.node),
        Kind::Repeat(repeat) => least(&repeat.node).saturating_mul(repeat.min as usize),
        Kind::Concat(nodes) => nodes.iter().map(least).fold(0, usize::saturating_add),
        Kind::Alternation(nodes) => nodes.iter().map(least).min().unwrap_or_default(),
        Kind::Conditional(conditional) => least(&conditional.yes).min(least(&conditional.no)),
        _ => 0,
    }
}

/// The most that PCRE2 may believe a match to take at least, when it leaves branches out of account.
struct Needed<'n> {
    root: &'n Node,
    /// The groups around; 0 for the whole pattern.
    open: Vec<u32>,
    /// How many more pieces are looked at.
    left: usize,
}

impl<'n> Needed<'n> {
    /// How many pieces are looked at before it is taken for endless: calls of calls of calls may be.
    const PIECES: usize = 100_000;

    fn of(root: &'n Node) -> usize {
        Self { root, open: vec![0], left: Self::PIECES }.by(root)
    }

    fn by(&mut self, node: &'n Node) -> usize {
        if self.left == 0 {
            return usize::MAX;
        }
        self.left -= 1;
        match &node.kind {
            Kind::Group(group) => match group.kind {
                GroupKind::Capture { index, .. } => self.group(index, &group.node),
                GroupKind::Plain | GroupKind::Atomic => self.by(&group.node),
            },
            Kind::Repeat(repeat) => self.by(&repeat.node).saturating_mul(repeat.min as usize),
            Kind::Concat(nodes) => nodes.iter().fold(0, |sum: usize, node| sum.saturating_add(self.by(node))),
            // Later branches only ever lower what the first one needs.
            Kind::Alternation(nodes) => nodes.first().map_or(0, |node| self.by(node)),
            Kind::Conditional(conditional) => self.by(&conditional.yes),
            Kind::Backreference(reference) => self.other(reference.group),
            Kind::Recursion(recursion) => self.other(recursion.group),
            _ => least(node),
        }
    }

    fn group(&mut self, index: u32, node: &'n Node) -> usize {
        self.open.push(index);
        let needed = self.by(node);
        self.open.pop();
        needed
    }

    /// A group that is called or referred to. One that stands around counts for nothing.
    fn other(&mut self, group: u32) -> usize {
        if self.open.contains(&group) {
            return 0;
        }
        self.root.group(group).map_or(0, |node| self.group(group, node))
    }
}

/// The characters that PCRE2 may know every match to hold, folded.
fn needed_literals(node: &Node) -> BTreeSet<u32> {
    let folded = |value: u32| match u8::try_from(value) {
        Ok(byte) => u32::from(byte.to_ascii_lowercase()),
        // Beyond ASCII the parts of a character count, which other characters have, too: one name for all.
        Err(_) => u32::MAX,
    };
    match &node.kind {
        Kind::Literal(literal) => BTreeSet::from([folded(literal.value)]),
        Kind::Class(class) => match class.items.as_slice() {
            [ClassItem { kind: ClassItemKind::Literal(value), .. }] => BTreeSet::from([folded(*value)]),
            _ => BTreeSet::new(),
        },
        Kind::Group(group) => needed_literals(&group.node),
        Kind::Repeat(repeat) if repeat.min > 0 => needed_literals(&repeat.node),
        Kind::Look(look) => needed_literals(&look.node),
        Kind::Concat(nodes) => nodes.iter().flat_map(needed_literals).collect(),
        Kind::Alternation(nodes) => {
            let sets = nodes.iter().map(needed_literals);
            sets.reduce(|one, other| one.intersection(&other).copied().collect()).unwrap_or_default()
        }
        Kind::Conditional(conditional) => {
            needed_literals(&conditional.yes).union(&needed_literals(&conditional.no)).copied().collect()
        }
        _ => BTreeSet::new(),
    }
}

/// Whether there are alternatives that are never tried: `(a|b){0}`.
fn has_alternatives_left_out(node: &Node) -> bool {
    match &node.kind {
        Kind::Repeat(repeat) if repeat.max == Some(0) => has_alternatives(node),
        _ => node.children().into_iter().any(has_alternatives_left_out),
    }
}

fn has_alternatives(node: &Node) -> bool {
    matches!(node.kind, Kind::Alternation(_)) || node.children().into_iter().any(has_alternatives)
}

/// Whether a group refers to itself, or is called within itself.
fn has_own_reference(node: &Node, open: &mut Vec<u32>) -> bool {
    match &node.kind {
        Kind::Backreference(reference) if open.contains(&reference.group) => true,
        Kind::Recursion(recursion) if recursion.group == 0 || open.contains(&recursion.group) => true,
        Kind::Group(group) => match group.kind {
            GroupKind::Capture { index, .. } => {
                open.push(index);
                let found = has_own_reference(&group.node, open);
                open.pop();
                found
            }
            GroupKind::Plain | GroupKind::Atomic => has_own_reference(&group.node, open),
        },
        _ => node.children().into_iter().any(|child| has_own_reference(child, open)),
    }
}

/// The bytes with which look-aheads begin that stand where a match begins, before something that no byte is known of.
fn leading_assertions(node: &Node, asserted: &mut Vec<u8>) {
    match &node.kind {
        Kind::Concat(nodes) => {
            for node in nodes {
                // After a caret PCRE2 knows no byte that a match begins with.
                if matches!(node.kind, Kind::Assertion(Assertion::Start | Assertion::LineStart)) && node.span.len() == 1
                {
                    break;
                }
                leading_assertions(node, asserted);
                let passes =
                    matches!(node.kind, Kind::Look(_) | Kind::Assertion(_) | Kind::Empty | Kind::Keep | Kind::Verb(_));
                if !(passes || asserted.is_empty() && least(node) == 0) {
                    break;
                }
            }
        }
        Kind::Look(look) if look.direction == Direction::Ahead && !look.negative => {
            first_literals(&look.node, asserted);
            leading_assertions(&look.node, asserted);
        }
        Kind::Look(_) => {}
        Kind::Conditional(conditional) => {
            if let Test::Look(test) = &conditional.test {
                leading_assertions(test, asserted);
            }
            leading_assertions(&conditional.yes, asserted);
            leading_assertions(&conditional.no, asserted);
        }
        _ => node.children().into_iter().for_each(|child| leading_assertions(child, asserted)),
    }
}

fn first_literals(node: &Node, found: &mut Vec<u8>) {
    match &node.kind {
        Kind::Literal(literal) => found.extend(literal_byte(literal)),
        Kind::Class(class) => {
            // A bracket around one character is that character.
            if let ([item], false) = (class.items.as_slice(), class.negated)
                && let ClassItemKind::Literal(value) = item.kind
            {
                found.extend(u8::try_from(value).ok().map(|byte| byte.to_ascii_lowercase()));
            }
        }
        Kind::Concat(nodes) => {
            for node in nodes {
                first_literals(node, found);
                if least(node) > 0 {
                    break;
                }
            }
        }
        _ => node.children().into_iter().for_each(|child| first_literals(child, found)),
    }
}

/// The bytes of which one may be the last that PCRE2 knows every match to hold. Says whether the piece is certain to have
/// one, so that none before it counts.
fn last_needed(node: &Node, found: &mut Vec<u8>) -> bool {
    match &node.kind {
        Kind::Literal(literal) => {
            found.extend(literal_byte(literal));
            true
        }
        Kind::Class(class) => {
            let literals = class.items.iter().filter_map(|item| match item.kind {
                ClassItemKind::Literal(value) => u8::try_from(value).ok().map(|byte| byte.to_ascii_lowercase()),
                _ => None,
            });
            found.extend(literals.take(2));
            false
        }
        Kind::Group(group) => last_needed(&group.node, found),
        Kind::Repeat(repeat) => repeat.min > 0 && last_needed(&repeat.node, found),
        Kind::Concat(nodes) => nodes.iter().rev().any(|node| last_needed(node, found)),
        Kind::Look(_) | Kind::Alternation(_) | Kind::Conditional(_) => {
            for child in node.children() {
                last_needed(child, found);
            }
            false
        }
        _ => false,
    }
}

/// The byte by which PCRE2 knows a literal, folded.
fn literal_byte(literal: &Literal) -> Option<u8> {
    u8::try_from(literal.value).ok().map(|byte| byte.to_ascii_lowercase())
}

/// How often a byte is written as a literal, in either case.
fn count_literal(node: &Node, byte: u8) -> usize {
    let own = match &node.kind {
        Kind::Literal(literal) => usize::from(literal_byte(literal) == Some(byte)),
        Kind::Class(class) if !class.negated && class.items.len() <= 2 => class
            .items
            .iter()
            .filter(|item| {
                matches!(item.kind, ClassItemKind::Literal(value)
                    if u8::try_from(value).is_ok_and(|value| value.eq_ignore_ascii_case(&byte)))
            })
            .count(),
        _ => 0,
    };
    own + node.children().into_iter().map(|child| count_literal(child, byte)).sum::<usize>()
}
