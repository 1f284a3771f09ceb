//! How big a pattern is once PCRE2 has compiled it: over 64 kilobytes, PCRE2 refuses it.
//!
//! Repeated groups are compiled as many times as their counts say, so `(\w{1,255}\.){1,127}` is big. PCRE2's code has an
//! operation of one byte for most pieces, two bytes for each link and count (LINK_SIZE 2, as built by default).

use postproof_model::PcreErrorKind;

use super::super::ast::{ClassItemKind, Conditional, Group, GroupKind, Kind, Node, Repeat, Test, Verb};
use super::Fail;

/// The greatest size in bytes.
const LIMIT: u64 = 1 << 16;
/// Two links with their operations: the ends of a group.
const ENDS: u64 = 6;
/// A class' operation and its table of bits.
const TABLE: u64 = 33;

/// The least and the most it can be. Which it is depends on how PCRE2 packs characters beyond ASCII in brackets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    least: u64,
    most: u64,
}

impl Size {
    const fn exactly(size: u64) -> Self {
        Self { least: size, most: size }
    }

    fn and(self, other: Self) -> Self {
        Self { least: self.least.saturating_add(other.least), most: self.most.saturating_add(other.most) }
    }

    fn plus(self, size: u64) -> Self {
        self.and(Self::exactly(size))
    }

    fn times(self, times: u64) -> Self {
        Self { least: self.least.saturating_mul(times), most: self.most.saturating_mul(times) }
    }

    fn less(self, size: u64) -> Self {
        Self { least: self.least.saturating_sub(size), most: self.most.saturating_sub(size) }
    }
}

/// Whether it is certain that the pattern is small enough; an error where it is certain that it is not.
pub(super) fn check(root: &Node, source: &[u8], utf: bool) -> Result<bool, Fail> {
    // A piece takes some bytes for each of its own at most; only repetitions multiply.
    let size = Sizes { source, utf }.group(root, 0, 0).plus(1);
    if size.least > LIMIT {
        return Err(Fail::new(PcreErrorKind::TooBig, source.len()).blaming(0, source.len()));
    }
    Ok(size.most <= LIMIT)
}

struct Sizes<'s> {
    source: &'s [u8],
    utf: bool,
}

impl Sizes<'_> {
    /// A group with its ends: alternatives and what stands after its opening.
    fn group(&self, node: &Node, extra: u64, steps: usize) -> Size {
        let branches = match &node.kind {
            Kind::Alternation(nodes) => nodes,
            _ => std::slice::from_ref(node),
        };
        let links = 3 * (branches.len() as u64 - 1 + steps as u64);
        branches.iter().fold(Size::exactly(ENDS + extra + links), |size, branch| size.and(self.node(branch)))
    }

    fn node(&self, node: &Node) -> Size {
        Size::exactly(match &node.kind {
            Kind::Empty => self.callout(node),
            Kind::Literal(literal) => 1 + self.width(literal.value),
            Kind::Class(class) => match class.items.as_slice() {
                // A character with more than one other case is a property of its own.
                [item] if !class.negated && matches!(item.kind, ClassItemKind::Literal(_)) => 3,
                // Outside of brackets.
                [item] if item.span == node.span => {
                    if matches!(item.kind, ClassItemKind::Property { .. }) {
                        3
                    } else {
                        1
                    }
                }
                [item] if class.negated && matches!(item.kind, ClassItemKind::Literal(_)) => {
                    return Size { least: 2, most: 5 };
                }
                items if class.chars.is_empty() && !has_property(items) => TABLE,
                // Wide characters are listed: how, cannot be told from the set alone.
                items => {
                    let listed = 9 * (class.chars.ranges().len() + items.len()) as u64;
                    return Size { least: 5, most: TABLE + 8 + listed };
                }
            },
            Kind::Any(_) | Kind::Assertion(_) | Kind::LineBreak(_) | Kind::Grapheme | Kind::SingleByte | Kind::Keep => {
                1
            }
            Kind::Verb(Verb::Accept) => return Size { least: 1, most: 1 + 3 * 250 },
            Kind::Verb(_) => return Size { least: 1, most: 3 + node.span.len() as u64 },
            Kind::Backreference(_) | Kind::Recursion(_) => 3,
            Kind::Group(group) => return self.parentheses(group),
            Kind::Look(look) if look.negative && matches!(look.node.kind, Kind::Empty) => {
                return Size { least: 1, most: ENDS };
            }
            Kind::Look(look) => {
                let steps = look.steps.iter().filter(|steps| **steps > 0).count();
                return self.group(&look.node, 0, steps);
            }
            Kind::Conditional(conditional) => return self.conditional(conditional, node),
            Kind::Concat(nodes) => return nodes.iter().fold(Size::default(), |size, node| size.and(self.node(node))),
            Kind::Alternation(_) => return self.group(node, 0, 0),
            Kind::Repeat(repeat) => return self.repeat(repeat),
        })
    }

    fn parentheses(&self, group: &Group) -> Size {
        let extra = match group.kind {
            GroupKind::Capture { .. } => 2,
            GroupKind::Plain | GroupKind::Atomic => 0,
        };
        self.group(&group.node, extra, 0)
    }

    fn conditional(&self, conditional: &Conditional, node: &Node) -> Size {
        // A back-reference by a name of several groups is written as conditionals of the same span.
        if conditional.no.span == node.span {
            return Size::exactly(5);
        }
        let extra = match &conditional.test {
            Test::Always(_) => Size::exactly(1),
            Test::Group(_) | Test::Recursing(_) => Size::exactly(3),
            Test::Any(_) => Size::exactly(5),
            Test::Look(look) => self.node(look),
        };
        let no = match &conditional.no {
            no if matches!(no.kind, Kind::Empty) && no.span.is_empty() => Size { least: 0, most: 3 },
            no => self.node(no).plus(3),
        };
        extra.and(self.node(&conditional.yes)).and(no).plus(ENDS)
    }

    fn repeat(&self, repeat: &Repeat) -> Size {
        let once = self.node(&repeat.node);
        let (min, max) = (u64::from(repeat.min), repeat.max.map(u64::from));
        let possessive = repeat.greed == super::super::ast::Greed::Possessive;
        match &repeat.node.kind {
            Kind::Group(_) | Kind::Look(_) | Kind::Conditional(_) | Kind::Alternation(_) | Kind::Concat(_) => {
                group_repeat(
                    once,
                    min,
                    max.or(matches!(repeat.node.kind, Kind::Look(_)).then_some(min + 1)),
                    possessive,
                )
            }
            Kind::Recursion(_) => {
                let copies = if min > 0 && (min != 1 || max.is_some()) { min } else { 0 };
                if max == Some(min) {
                    return once.times(min.max(1)).plus(if possessive { ENDS } else { 0 });
                }
                once.times(copies).and(group_repeat(
                    Size::exactly(9),
                    min - copies,
                    max.map(|max| max - copies),
                    possessive,
                ))
            }
            Kind::Class(class) if once.most >= TABLE || class.items.len() > 1 => {
                once.plus(if max == Some(1) || max.is_none() { 1 } else { 5 })
            }
            Kind::Backreference(_) => once.plus(5 + if possessive { ENDS } else { 0 }),
            _ => {
                let unit = Size { least: once.least.saturating_sub(1).max(1), most: once.most };
                let size = match (min, max) {
                    (1, Some(1)) => return once,
                    (0, Some(0)) => return once,
                    (0, Some(1) | None) | (1, None) => unit.plus(1),
                    (0, Some(_)) => unit.plus(3),
                    (1, Some(_)) => once.and(unit.plus(3)),
                    (min, max) if max == Some(min) => unit.plus(3),
                    (min, max) => {
                        unit.plus(3).and(unit.plus(if max.is_none() || max == Some(min + 1) { 1 } else { 3 }))
                    }
                };
                Size { least: size.least.max(once.least), most: size.most.max(once.most) }
            }
        }
    }

    /// How many bytes a character takes.
    fn width(&self, value: u32) -> u64 {
        if self.utf { char::from_u32(value).map_or(1, |char| char.len_utf8() as u64) } else { 1 }
    }

    fn callout(&self, node: &Node) -> u64 {
        let text = self.source.get(node.span.start..node.span.end).unwrap_or_default();
        match text.strip_prefix(b"(?C") {
            None => 0,
            Some(rest) if rest.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b')') => 6,
            Some(rest) => 8 + rest.len() as u64,
        }
    }
}

fn has_property(items: &[super::super::ast::ClassItem]) -> bool {
    items.iter().any(|item| matches!(item.kind, ClassItemKind::Property { .. }))
}

/// A group so many times: copies for the least number, and copies inside one another for what may follow.
fn group_repeat(once: Size, min: u64, max: Option<u64>, possessive: bool) -> Size {
    let optional = |copies: u64| once.plus(1 + ENDS).times(copies).less(if copies > 0 { ENDS } else { 0 });
    let wrapped = if possessive { ENDS } else { 0 };
    match (min, max) {
        (1, Some(1)) => once.plus(wrapped),
        (0, Some(0 | 1)) => once.plus(1 + wrapped),
        (0, None) => once.plus(1 + wrapped),
        (0, Some(max)) => once.plus(1 + ENDS).and(optional(max - 1)).plus(wrapped),
        (min, None) => once.times(min).plus(wrapped),
        (min, Some(max)) => once.times(min).and(optional(max - min)).plus(wrapped),
    }
}
