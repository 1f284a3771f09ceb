//! From the tree to an automaton that runs in time that grows with the key's length alone.

use regex_automata::meta::{Config, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_automata::util::syntax;
use regex_syntax::hir::{Class, ClassBytes, ClassBytesRange, Hir, Look, Repetition};

use super::ByteSet;
use super::ast::{Assertion, Ast, Greed, GroupKind, Kind, Node};

/// An automaton's limit in bytes. A pattern that would need more is one of counts inside counts.
const SIZE_LIMIT: usize = 8 << 20;

/// The pattern as a regular expression without groups; none where it is not regular.
#[must_use]
pub fn hir(ast: &Ast) -> Option<Hir> {
    if ast.utf8 { None } else { node(&ast.root, false) }
}

/// The same for keys that hold no newline: before a last one and at the end are the same place there.
#[must_use]
pub(super) fn hir_of_lines(ast: &Ast) -> Option<Hir> {
    if ast.utf8 { None } else { node(&ast.root, true) }
}

/// An engine for a regular expression; none where it would grow beyond the limit.
pub(super) fn engine(hir: &Hir) -> Option<Regex> {
    let config = Config::new()
        .utf8_empty(false)
        .which_captures(WhichCaptures::Implicit)
        .nfa_size_limit(Some(SIZE_LIMIT))
        .onepass(false)
        .dfa(false)
        .hybrid_cache_capacity(SIZE_LIMIT);
    Regex::builder().configure(config).syntax(syntax::Config::new().utf8(false)).build_from_hir(hir).ok()
}

fn node(node: &Node, lines: bool) -> Option<Hir> {
    let inner = |node: &Node| self::node(node, lines);
    Some(match &node.kind {
        Kind::Empty => Hir::empty(),
        Kind::Literal(literal) => bytes(&literal.bytes),
        Kind::Class(class) => bytes(&class.bytes),
        Kind::Any(any) => bytes(&any.bytes),
        Kind::Assertion(assertion) => Hir::look(match assertion {
            Assertion::Start => Look::Start,
            Assertion::End => Look::End,
            Assertion::LineStart => Look::StartLF,
            Assertion::LineEnd => Look::EndLF,
            Assertion::WordBoundary => Look::WordAscii,
            Assertion::NotWordBoundary => Look::WordAsciiNegate,
            Assertion::WordStart => Look::WordStartAscii,
            Assertion::WordEnd => Look::WordEndAscii,
            Assertion::EndOrFinalNewline if lines => Look::End,
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
            let sub = Box::new(inner(&repeat.node)?);
            Hir::repetition(Repetition { min: repeat.min, max: repeat.max, greedy, sub })
        }
        Kind::Alternation(nodes) => Hir::alternation(nodes.iter().map(inner).collect::<Option<_>>()?),
        Kind::Concat(nodes) => Hir::concat(nodes.iter().map(inner).collect::<Option<_>>()?),
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
