//! From the tree to an automaton that runs in time that grows with the key's length alone.

use regex_syntax::hir::{Class, ClassBytes, ClassBytesRange, Hir, Look, Repetition};

use super::ast::{Assertion, Ast, Greed, GroupKind, Kind, Node};
use super::counted::{Counted, GaveUp};
use super::language::Newlines;
use super::quick::Quick;
use super::{ByteSet, Steps, required};

/// An automaton's limit in bytes. A pattern that would need more is one of counts inside counts.
pub(super) const SIZE_LIMIT: usize = 8 << 20;

/// How many states an automaton may have so that a step of it takes no time to speak of.
pub(crate) const QUICK_STATES: usize = 1000;

/// The pattern as a regular expression without groups; none where it is not regular.
#[must_use]
pub fn hir(ast: &Ast) -> Option<Hir> {
    if ast.utf8 { None } else { node(&ast.root, Place { newlines: None, posix: true, last: false, wider: false }) }
}

/// Whether [`hir`] is one.
pub(super) fn is_regular(ast: &Ast) -> bool {
    fn regular(node: &Node) -> bool {
        let piece = match &node.kind {
            Kind::Assertion(assertion) => !matches!(assertion, Assertion::EndOrFinalNewline | Assertion::SearchStart),
            Kind::Group(group) => group.kind != GroupKind::Atomic,
            Kind::Repeat(repeat) => repeat.greed != Greed::Possessive,
            Kind::Backreference(_)
            | Kind::Look(_)
            | Kind::Conditional(_)
            | Kind::Recursion(_)
            | Kind::LineBreak(_)
            | Kind::Grapheme
            | Kind::SingleByte
            | Kind::Keep
            | Kind::Verb(_) => return false,
            Kind::Empty | Kind::Literal(_) | Kind::Class(_) | Kind::Any(_) | Kind::Alternation(_) | Kind::Concat(_) => {
                true
            }
        };
        piece && node.children().into_iter().all(regular)
    }
    !ast.utf8 && regular(&ast.root)
}

/// The same for keys that hold newlines here only, and for a caller that asks whether there is a match, not where; none
/// where it is not regular.
#[must_use]
pub(super) fn hir_for(ast: &Ast, newlines: Newlines, posix: bool) -> Option<Hir> {
    if ast.utf8 { None } else { node(&ast.root, Place { newlines: Some(newlines), posix, last: true, wider: false }) }
}

/// The same for all keys, where it may match more than the pattern: before any newline for before a last one, and the like.
#[must_use]
pub(super) fn wider_hir(ast: &Ast, posix: bool) -> Option<Hir> {
    let newlines = Some(Newlines::Anywhere);
    if ast.utf8 { None } else { node(&ast.root, Place { newlines, posix, last: true, wider: true }) }
}

/// Where a piece stands, for what depends on it.
#[derive(Clone, Copy)]
struct Place {
    /// Where newlines may stand in keys, if the pattern is for such keys only.
    newlines: Option<Newlines>,
    posix: bool,
    /// Whether nothing follows it in the pattern.
    last: bool,
    /// Whether it may match more.
    wider: bool,
}

impl Place {
    /// PCRE's `$`: the end, or before a newline that ends the key. Where nothing follows in the pattern, that newline may as
    /// well be part of the match.
    fn end_or_final_newline(self) -> Option<Hir> {
        let end = Hir::look(Look::End);
        match self.newlines? {
            Newlines::Nowhere | Newlines::Inside => Some(end),
            Newlines::Anywhere if self.last => {
                let newline = Hir::concat(vec![bytes(&ByteSet::of(b'\n')), end.clone()]);
                Some(Hir::alternation(vec![end, newline]))
            }
            Newlines::Anywhere => self.wider.then(|| Hir::look(Look::EndLF)),
        }
    }
}

/// What runs a regular expression.
#[derive(Debug)]
pub(super) enum Engine {
    /// In time that grows with the key's length alone.
    Quick(Box<Quick>),
    /// Big enough that the building of its automaton must be counted.
    Counted(Box<Counted>),
}

impl Engine {
    /// An engine for a regular expression; none where it would grow beyond the limit.
    pub(super) fn new(hir: Hir) -> Option<Self> {
        if required::states(&hir) > QUICK_STATES {
            return Counted::new(&hir, SIZE_LIMIT).map(|counted| Self::Counted(Box::new(counted)));
        }
        Some(Self::Quick(Box::new(Quick::new(hir))))
    }

    /// Whether the expression matches anywhere in a key.
    pub(super) fn is_match(&self, key: &[u8], steps: &Steps) -> Result<bool, GaveUp> {
        match self {
            Self::Quick(quick) => quick.is_match(key),
            Self::Counted(counted) => counted.is_match(key, steps),
        }
    }

    /// A place where no match begins before, if there is a match: where the first begins, unless that is not known.
    pub(super) fn find_start(&self, key: &[u8], steps: &Steps) -> Result<Option<usize>, GaveUp> {
        match self {
            Self::Quick(quick) => quick.find_start(key),
            Self::Counted(counted) => Ok(counted.is_match(key, steps)?.then_some(0)),
        }
    }
}

fn node(node: &Node, place: Place) -> Option<Hir> {
    let inner = |node: &Node| self::node(node, place);
    Some(match &node.kind {
        Kind::Empty => Hir::empty(),
        Kind::Literal(literal) => bytes(&literal.bytes),
        Kind::Class(class) => bytes(&class.bytes),
        Kind::Any(any) => bytes(&any.bytes),
        // PCRE2's does not match after a newline that ends the key.
        Kind::Assertion(Assertion::LineStart)
            if !place.posix && !place.wider && place.newlines == Some(Newlines::Anywhere) =>
        {
            return None;
        }
        Kind::Assertion(Assertion::EndOrFinalNewline) => place.end_or_final_newline()?,
        Kind::Assertion(assertion) => Hir::look(match assertion {
            Assertion::Start => Look::Start,
            Assertion::End => Look::End,
            Assertion::LineStart => Look::StartLF,
            Assertion::LineEnd => Look::EndLF,
            Assertion::WordBoundary => Look::WordAscii,
            Assertion::NotWordBoundary => Look::WordAsciiNegate,
            Assertion::WordStart => Look::WordStartAscii,
            Assertion::WordEnd => Look::WordEndAscii,
            Assertion::EndOrFinalNewline | Assertion::SearchStart => return None,
        }),
        Kind::Group(group) => match group.kind {
            GroupKind::Capture { .. } | GroupKind::Plain => inner(&group.node)?,
            GroupKind::Atomic => return None,
        },
        Kind::Repeat(repeat) => {
            let greedy = match repeat.greed {
                Greed::Greedy => true,
                Greed::Lazy => false,
                Greed::Possessive => return None,
            };
            let sub = Box::new(self::node(&repeat.node, Place { last: false, ..place })?);
            Hir::repetition(Repetition { min: repeat.min, max: repeat.max, greedy, sub })
        }
        Kind::Alternation(nodes) => Hir::alternation(nodes.iter().map(inner).collect::<Option<_>>()?),
        Kind::Concat(nodes) => {
            let pieces = nodes.iter().enumerate().map(|(index, piece)| {
                self::node(piece, Place { last: place.last && index + 1 == nodes.len(), ..place })
            });
            Hir::concat(pieces.collect::<Option<_>>()?)
        }
        Kind::Backreference(_)
        | Kind::Look(_)
        | Kind::Conditional(_)
        | Kind::Recursion(_)
        | Kind::LineBreak(_)
        | Kind::Grapheme
        | Kind::SingleByte
        | Kind::Keep
        | Kind::Verb(_) => return None,
    })
}

/// One byte of a set.
pub(super) fn bytes(set: &ByteSet) -> Hir {
    let ranges = set.ranges().into_iter().map(|(first, last)| ClassBytesRange::new(first, last));
    Hir::class(Class::Bytes(ClassBytes::new(ranges)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{Pattern, PcreFlags, PosixFlags};

    #[test]
    fn what_is_called_regular_has_an_expression() {
        let flags = PosixFlags { extended: true, fold_case: true, newline: false };
        let posix = ["^a$", "(a|b)*c{2,3}", "(a)\\1", "\\bx\\B", "[^a]", "\\<a\\>"];
        let pcre = [
            "^a",
            "a$",
            "a\\Z",
            "\\Ga",
            "a++",
            "(?>a)b",
            "(?=a)b",
            "(a)?(?(1)b|c)",
            "(a(?R)?b)",
            "\\R",
            "\\X",
            "\\C",
            "a\\Kb",
            "a(*COMMIT)b",
            "(a)\\1",
            "a*?b",
            "(?:a|b)",
        ];
        let posix = posix.iter().map(|source| Pattern::posix(source.as_bytes(), flags).unwrap());
        let pcre = pcre.iter().map(|source| Pattern::pcre(source.as_bytes(), PcreFlags::POSTFIX).unwrap());
        let told: Vec<bool> = posix
            .chain(pcre)
            .map(|pattern| {
                let ast = pattern.ast();
                assert_eq!(is_regular(ast), hir(ast).is_some(), "{}", String::from_utf8_lossy(pattern.source()));
                is_regular(ast)
            })
            .collect();
        assert!(told.contains(&true) && told.contains(&false));
    }
}
