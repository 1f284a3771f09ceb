//! A regular expression that matches every key that a pattern matches, and may match more.
//!
//! An automaton runs it in time that grows with the key's length alone, and nearly every key of a table matches nearly none
//! of its patterns: so no way through a pattern need be tried to know that there is none. What is not regular is replaced by
//! something wider: a look-around by nothing, a back-reference by anything.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, Look, Repetition};

use super::super::ast::{Any, Assertion, Ast, Kind, LineBreak, Literal, Node, Verb};
use super::super::{ByteSet, CharSet, compile};
use super::{Newline, Settings};

/// The wider pattern; none where there is none that would tell anything.
pub(super) fn of(ast: &Ast, settings: &Settings) -> Option<Hir> {
    let superset = Superset { utf: ast.utf8, ucp: settings.ucp, newline: settings.newline };
    let hir = superset.node(&ast.root)?;
    Some(if settings.anchored { Hir::concat(vec![Hir::look(Look::Start), hir]) } else { hir })
}

/// Whether there is a wider pattern for this piece.
pub(super) fn is_some(node: &Node) -> bool {
    // What follows it need not be there.
    !matches!(node.kind, Kind::Verb(Verb::Accept)) && node.children().into_iter().all(is_some)
}

struct Superset {
    utf: bool,
    ucp: bool,
    newline: Newline,
}

impl Superset {
    fn node(&self, node: &Node) -> Option<Hir> {
        Some(match &node.kind {
            Kind::Literal(Literal { value, bytes }) => {
                let beyond = if *value >= 0x80 { CharSet::new(vec![(*value, *value)]) } else { CharSet::EMPTY };
                self.set(bytes, &beyond)
            }
            Kind::Class(class) => self.set(&class.bytes, &class.chars),
            Kind::Any(Any { bytes }) => self.set(bytes, &CharSet::EMPTY.complement()),
            Kind::SingleByte => compile::bytes(&ByteSet::ALL),
            Kind::LineBreak(LineBreak { .. }) => any(1, Some(3)),
            Kind::Grapheme => any(1, None),
            Kind::Assertion(assertion) => self.assertion(*assertion),
            Kind::Group(group) => self.node(&group.node)?,
            Kind::Repeat(repeat) => {
                let sub = Box::new(self.node(&repeat.node)?);
                Hir::repetition(Repetition { min: repeat.min, max: repeat.max, greedy: true, sub })
            }
            Kind::Alternation(nodes) => Hir::alternation(self.all(nodes)?),
            Kind::Concat(nodes) => Hir::concat(self.all(nodes)?),
            Kind::Conditional(conditional) => {
                Hir::alternation(vec![self.node(&conditional.yes)?, self.node(&conditional.no)?])
            }
            Kind::Backreference(_) | Kind::Recursion(_) => any(0, None),
            // What follows it need not be there.
            Kind::Verb(Verb::Accept) => return None,
            Kind::Verb(Verb::Fail) => Hir::fail(),
            Kind::Verb(_) | Kind::Empty | Kind::Keep | Kind::Look(_) => Hir::empty(),
        })
    }

    fn all(&self, nodes: &[Node]) -> Option<Vec<Hir>> {
        nodes.iter().map(|node| self.node(node)).collect()
    }

    fn assertion(&self, assertion: Assertion) -> Hir {
        let lines = self.newline == Newline::Lf;
        match assertion {
            Assertion::Start | Assertion::SearchStart => Hir::look(Look::Start),
            Assertion::End => Hir::look(Look::End),
            Assertion::LineStart if lines => Hir::look(Look::StartLF),
            Assertion::LineEnd | Assertion::EndOrFinalNewline if lines => Hir::look(Look::EndLF),
            Assertion::WordBoundary if !self.ucp => Hir::look(Look::WordAscii),
            Assertion::NotWordBoundary if !self.ucp => Hir::look(Look::WordAsciiNegate),
            _ => Hir::empty(),
        }
    }

    /// One character of a set.
    fn set(&self, bytes: &ByteSet, chars: &CharSet) -> Hir {
        if !self.utf {
            return compile::bytes(bytes);
        }
        let ascii = bytes.ranges().into_iter().map(|(first, last)| (u32::from(first), u32::from(last)));
        // Surrogates are no characters, and none is in the key.
        let whole = ascii.chain(chars.ranges().iter().copied()).flat_map(|(first, last)| {
            let around = [(first, last.min(0xD7FF)), (first.max(0xE000), last)];
            around.into_iter().filter_map(|(first, last)| {
                let (first, last) = (char::from_u32(first)?, char::from_u32(last)?);
                (first <= last).then(|| ClassUnicodeRange::new(first, last))
            })
        });
        Hir::class(Class::Unicode(ClassUnicode::new(whole)))
    }
}

/// So many bytes, whichever.
fn any(min: u32, max: Option<u32>) -> Hir {
    Hir::repetition(Repetition { min, max, greedy: true, sub: Box::new(compile::bytes(&ByteSet::ALL)) })
}
