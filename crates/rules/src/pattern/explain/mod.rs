//! A pattern taken apart for people: what each part is, where it was written, what is easily overlooked.
//!
//! | idea | file |
//! |---|---|
//! | from the tree to parts; runs of characters become one part | here |
//! | sets of characters, and the names that fit them | [`characters`] |
//! | what is true of the whole | [`notes`] |
//!
//! A pattern may be long, deep and hostile, and an explanation is for reading: it has at most [`MAX_PARTS`] parts, no
//! deeper than [`MAX_DEPTH`], and says where it leaves off ([`What::AndSoOn`]).
//!
//! ```
//! use postproof_model::explain::What;
//! use postproof_rules::pattern::{Pattern, PosixFlags, explain::explain};
//!
//! let flags = PosixFlags { extended: true, fold_case: true, newline: false };
//! let pattern = Pattern::posix(b"^From:.*[0-9]", flags)?;
//! let parts = explain(pattern.source(), pattern.ast()).root.parts;
//! assert_eq!(parts.len(), 4);
//! assert!(matches!(&parts[1].what, What::Text(text) if &*text.text == b"From:"));
//! # Ok::<(), postproof_model::PatternError>(())
//! ```

mod characters;
mod notes;

use postproof_model::explain::{
    Anchor, CapturingGroup, Case, Direction, Explanation, GROUPS_LISTED, Greed, Group, Part, Repeat, Test, Text, Verb,
    What,
};
use postproof_model::{Bytes, Span};

use super::ast::{self, Assertion, Ast, Backreference, ClassItem, ClassItemKind, GroupKind, Kind, Literal, Node};

/// How many parts an explanation has at most.
pub const MAX_PARTS: usize = 400;
/// How deep parts nest at most.
pub const MAX_DEPTH: usize = 24;
/// How many parts one part consists of at most.
pub const MAX_SIBLINGS: usize = 80;
/// How many bytes of a text are kept at most.
pub const MAX_TEXT: usize = 200;

/// Takes a pattern apart. `source` is what `ast` was parsed from.
#[must_use]
pub fn explain(source: &[u8], ast: &Ast) -> Explanation {
    let mut builder = Builder { source, utf8: ast.utf8, left: MAX_PARTS, cut: false };
    let mut root = builder.part(&ast.root, 0);
    // What the grammar skips at the ends, such as blanks between extended patterns' parts, belongs to the whole.
    if root.span != Span::new(0, source.len()) {
        root = match root.what {
            What::Sequence | What::Either | What::Nothing => root,
            _ => Part { span: root.span, what: What::Sequence, parts: vec![root] },
        };
        root.span = Span::new(0, source.len());
    }
    let mut groups = Vec::new();
    list_groups(&ast.root, &mut groups);
    let mut explanation =
        Explanation { source: Bytes::from(source), case: case(&root), root, groups, notes: Vec::new() };
    explanation.notes = notes::notes(&explanation, ast, builder.cut);
    explanation
}

/// Whether a part and all in it tell upper and lower case apart.
fn case(part: &Part) -> Case {
    let own = match &part.what {
        What::Text(text) => text.case,
        What::Characters(characters) => characters.case,
        What::SameAs { case, .. } => *case,
        _ => Case::Neither,
    };
    part.parts.iter().map(case).fold(own, Case::and)
}

fn list_groups(node: &Node, groups: &mut Vec<CapturingGroup>) {
    if groups.len() >= GROUPS_LISTED {
        return;
    }
    if let Kind::Group(group) = &node.kind
        && let GroupKind::Capture { index, name } = &group.kind
    {
        groups.push(CapturingGroup { index: *index, name: name.clone(), span: node.span });
    }
    for child in node.children() {
        list_groups(child, groups);
    }
}

struct Builder<'s> {
    source: &'s [u8],
    utf8: bool,
    /// How many parts there is still room for.
    left: usize,
    /// Whether something was left out.
    cut: bool,
}

impl Builder<'_> {
    fn part(&mut self, node: &Node, depth: usize) -> Part {
        if depth >= MAX_DEPTH || self.left == 0 {
            return self.and_so_on(node.span, size(node));
        }
        let mut parts = Vec::new();
        if let Some(character) = Character::of(node, self.utf8) {
            self.left -= 1;
            return Run::new(node.span, character, self.utf8).part();
        }
        if let Some(what) = named_reference(node).or_else(|| word_boundary(node).map(|anchor| What::At { anchor })) {
            self.left -= 1;
            return Part { span: node.span, what, parts };
        }
        let what = match &node.kind {
            Kind::Empty | Kind::Literal(_) => self.empty(node.span),
            Kind::Class(class) => What::Characters(characters::characters(class, self.source, self.utf8)),
            Kind::Any(any) => What::Any { newline: any.bytes.contains(b'\n') },
            Kind::Assertion(assertion) => What::At { anchor: anchor(*assertion) },
            Kind::Group(group) => {
                self.left -= 1;
                parts.push(self.part(&group.node, depth + 1));
                What::Group(match &group.kind {
                    GroupKind::Capture { index, name } => Group::Capture { index: *index, name: name.clone() },
                    GroupKind::Plain => Group::Plain,
                    GroupKind::Atomic => Group::Atomic,
                })
            }
            Kind::Repeat(repeat) => {
                self.left -= 1;
                parts.push(self.part(&repeat.node, depth + 1));
                What::Repeat(self::repeat(repeat))
            }
            Kind::Alternation(nodes) => {
                self.left -= 1;
                self.siblings(nodes.iter(), &mut parts, depth + 1);
                What::Either
            }
            Kind::Concat(_) => return self.sequence(node, depth),
            Kind::Backreference(reference) => {
                What::SameAs { group: reference.group, or: Vec::new(), case: reference_case(*reference) }
            }
            Kind::Look(look) => {
                self.left -= 1;
                parts.push(self.part(&look.node, depth + 1));
                What::Look {
                    direction: match look.direction {
                        ast::Direction::Ahead => Direction::Ahead,
                        ast::Direction::Behind => Direction::Behind,
                    },
                    negative: look.negative,
                }
            }
            Kind::Conditional(conditional) => {
                self.left -= 1;
                self.siblings(node.children().into_iter(), &mut parts, depth + 1);
                What::Conditional { test: test(&conditional.test) }
            }
            Kind::Recursion(recursion) => What::Again { group: recursion.group },
            Kind::LineBreak(line_break) => What::LineBreak { unicode: line_break.unicode },
            Kind::Grapheme => What::Grapheme,
            Kind::SingleByte => What::SingleByte,
            Kind::Keep => What::Keep,
            Kind::Verb(verb) => What::Verb { verb: self::verb(*verb) },
        };
        if parts.is_empty() {
            self.left = self.left.saturating_sub(1);
        }
        Part { span: node.span, what, parts }
    }

    /// Parts side by side, as many as there is room for.
    fn siblings<'n>(&mut self, nodes: impl Iterator<Item = &'n Node>, parts: &mut Vec<Part>, depth: usize) {
        let mut nodes = nodes.peekable();
        while let Some(node) = nodes.peek() {
            if parts.len() >= MAX_SIBLINGS || self.left == 0 {
                let mut span = node.span;
                let left_out = nodes.map(|node| self.left_out(node, &mut span)).sum();
                parts.push(self.and_so_on(span, left_out));
                return;
            }
            parts.push(self.part(node, depth));
            nodes.next();
        }
    }

    /// Pieces one after another: characters that follow each other become one text.
    fn sequence(&mut self, node: &Node, depth: usize) -> Part {
        let mut pieces = Vec::new();
        flatten(node, &mut pieces);
        self.left -= 1;
        let mut parts: Vec<Part> = Vec::new();
        let mut pieces = pieces.into_iter().peekable();
        while let Some(piece) = pieces.next() {
            if parts.len() >= MAX_SIBLINGS || self.left == 0 {
                let mut span = piece.span;
                let left_out = size(piece) + pieces.map(|piece| self.left_out(piece, &mut span)).sum::<usize>();
                parts.push(self.and_so_on(span, left_out));
                break;
            }
            if matches!(piece.kind, Kind::Empty) && piece.span.is_empty() {
                continue;
            }
            if let Some(what) = pieces.peek().and_then(|next| written_once(piece, next)) {
                pieces.next();
                self.left -= 1;
                parts.push(Part { span: piece.span, what, parts: Vec::new() });
                continue;
            }
            let Some(character) = Character::of(piece, self.utf8) else {
                parts.push(self.part(piece, depth + 1));
                continue;
            };
            let mut run = Run::new(piece.span, character, self.utf8);
            while let Some(next) = pieces.peek()
                && let Some(character) = Character::of(next, self.utf8)
                && run.takes(next.span, character, self.utf8)
            {
                pieces.next();
            }
            self.left -= 1;
            parts.push(run.part());
        }
        match parts.len() {
            // All of it was one text.
            1 => parts.remove(0),
            0 => Part { span: node.span, what: What::Nothing, parts },
            _ => Part { span: node.span, what: What::Sequence, parts },
        }
    }

    fn empty(&self, span: Span) -> What {
        match self.source.get(span.start..span.end).unwrap_or_default() {
            [] => What::Nothing,
            [b'(', b'?', b'#', ..] => What::Comment,
            _ => What::Setting,
        }
    }

    fn and_so_on(&mut self, span: Span, left_out: usize) -> Part {
        self.cut = true;
        Part { span, what: What::AndSoOn { left_out }, parts: Vec::new() }
    }

    /// Counts a piece that is left out, and widens the span of all such.
    fn left_out(&self, node: &Node, span: &mut Span) -> usize {
        span.end = span.end.max(node.span.end);
        size(node)
    }
}

/// The pieces of nested sequences as one row.
fn flatten<'n>(node: &'n Node, pieces: &mut Vec<&'n Node>) {
    if let Kind::Concat(nodes) = &node.kind {
        for node in nodes {
            flatten(node, pieces);
        }
    } else {
        pieces.push(node);
    }
}

/// How many pieces a tree has.
fn size(node: &Node) -> usize {
    1 + node.children().into_iter().map(size).sum::<usize>()
}

/// A character that stands for itself.
#[derive(Clone, Copy)]
struct Character {
    value: u32,
    case: Case,
    /// Whether no key has it.
    never: bool,
}

impl Character {
    /// The character that a piece is. One beyond ASCII whose case does not count is a set of its forms in the tree.
    fn of(node: &Node, utf8: bool) -> Option<Self> {
        match &node.kind {
            Kind::Literal(literal) => Some(Self::literal(literal, utf8)),
            Kind::Class(class) if !class.negated => match class.items.as_slice() {
                [ClassItem { span, kind: ClassItemKind::Literal(value) }] if *span == node.span => {
                    Some(Self { value: *value, case: Case::Folded, never: false })
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn literal(literal: &Literal, utf8: bool) -> Self {
        let value = literal.value;
        let has_case = match u8::try_from(value) {
            Ok(byte) if byte.is_ascii() => byte.is_ascii_alphabetic(),
            _ => utf8 && char::from_u32(value).is_some_and(|c| c.is_lowercase() || c.is_uppercase()),
        };
        let case = match literal.bytes.len() {
            _ if !has_case => Case::Neither,
            2.. => Case::Folded,
            _ => Case::Exact,
        };
        Self { value, case, never: literal.bytes.is_empty() && !(utf8 && value > 0x7F) }
    }
}

/// Characters that follow each other.
struct Run {
    span: Span,
    text: Text,
    never: bool,
}

impl Run {
    fn new(span: Span, character: Character, utf8: bool) -> Self {
        let Character { value, case, never } = character;
        let mut run = Self { span, text: Text { text: Bytes::default(), cut: false, case }, never };
        run.push(value, utf8);
        run
    }

    /// Takes one more character, if it is of the same kind.
    fn takes(&mut self, span: Span, character: Character, utf8: bool) -> bool {
        let case = self.text.case.and(character.case);
        if character.never != self.never || case == Case::Mixed {
            return false;
        }
        self.text.case = case;
        self.span.end = span.end;
        self.push(character.value, utf8);
        true
    }

    fn push(&mut self, value: u32, utf8: bool) {
        // A few more than are kept, so that a character of several bytes is not cut in two for want of its end.
        if self.text.text.len() < MAX_TEXT + 4 {
            self.text.text.0.extend_from_slice(&characters::bytes(value, utf8));
        }
    }

    /// The characters as a part; a long text is shortened where a character ends.
    fn part(mut self) -> Part {
        let bytes = &mut self.text.text.0;
        if bytes.len() > MAX_TEXT {
            let whole = bytes.get(..MAX_TEXT).unwrap_or_default();
            let end = match std::str::from_utf8(whole) {
                Err(error) if error.error_len().is_none() => error.valid_up_to(),
                _ => MAX_TEXT,
            };
            bytes.truncate(end);
            self.text.cut = true;
        }
        let what = if self.never { What::Never(self.text) } else { What::Text(self.text) };
        Part { span: self.span, what, parts: Vec::new() }
    }
}

/// The reference to one of several groups that a piece is: where groups share a name, the tree asks them one by one.
fn named_reference(node: &Node) -> Option<What> {
    let mut groups = Vec::new();
    let mut at = node;
    loop {
        match &at.kind {
            Kind::Conditional(conditional) => {
                let Kind::Backreference(reference) = &conditional.yes.kind else { return None };
                // One that was written as a conditional has its parts at places of their own.
                if conditional.yes.span != node.span || conditional.no.span != node.span {
                    return None;
                }
                groups.push(reference.group);
                at = &conditional.no;
            }
            Kind::Backreference(reference) if !groups.is_empty() => {
                groups.push(reference.group);
                let case = reference_case(*reference);
                let group = groups.remove(0);
                return Some(What::SameAs { group, or: groups, case });
            }
            _ => return None,
        }
    }
}

/// Where a word begins or ends, or neither. Where Unicode says what a word is, the tree spells it out: a word before and none
/// after, or none before and one after. Parentheses that were written are wider than what is in them.
fn word_boundary(node: &Node) -> Option<Anchor> {
    let group = match &node.kind {
        Kind::Assertion(Assertion::WordBoundary) => return Some(Anchor::WordBoundary),
        Kind::Group(group) if group.kind == GroupKind::Plain && group.node.span == node.span => group,
        _ => return None,
    };
    let Kind::Alternation(branches) = &group.node.kind else { return None };
    let Kind::Concat(looks) = &branches.first()?.kind else { return None };
    match looks.as_slice() {
        [before, after] if before.span == node.span && after.span == node.span => match &after.kind {
            Kind::Look(look) if look.negative => Some(Anchor::WordBoundary),
            Kind::Look(_) => Some(Anchor::NotWordBoundary),
            _ => None,
        },
        _ => None,
    }
}

/// What two pieces are that were written as one: where a word begins, or where it ends, is a boundary with a word after it,
/// or before it; a dot takes no newline of two characters, and either of them alone.
fn written_once(node: &Node, next: &Node) -> Option<What> {
    if node.span != next.span {
        return None;
    }
    match (&node.kind, &next.kind) {
        (Kind::Look(_), Kind::Any(_)) => Some(What::Any { newline: false }),
        (_, Kind::Look(look)) => {
            word_boundary(node)?;
            let ahead = look.direction == ast::Direction::Ahead;
            Some(What::At { anchor: if ahead { Anchor::WordStart } else { Anchor::WordEnd } })
        }
        _ => None,
    }
}

const fn reference_case(reference: Backreference) -> Case {
    if reference.fold { Case::Folded } else { Case::Exact }
}

const fn anchor(assertion: Assertion) -> Anchor {
    match assertion {
        Assertion::Start => Anchor::Start,
        Assertion::End => Anchor::End,
        Assertion::LineStart => Anchor::LineStart,
        Assertion::LineEnd => Anchor::LineEnd,
        Assertion::EndOrFinalNewline => Anchor::EndOrFinalNewline,
        Assertion::SearchStart => Anchor::SearchStart,
        Assertion::WordBoundary => Anchor::WordBoundary,
        Assertion::NotWordBoundary => Anchor::NotWordBoundary,
        Assertion::WordStart => Anchor::WordStart,
        Assertion::WordEnd => Anchor::WordEnd,
    }
}

fn repeat(repeat: &ast::Repeat) -> Repeat {
    Repeat {
        min: repeat.min,
        max: repeat.max,
        greed: match repeat.greed {
            ast::Greed::Greedy => Greed::Greedy,
            ast::Greed::Lazy => Greed::Lazy,
            ast::Greed::Possessive => Greed::Possessive,
        },
        operator: repeat.operator,
    }
}

const fn verb(verb: ast::Verb) -> Verb {
    match verb {
        ast::Verb::Accept => Verb::Accept,
        ast::Verb::Fail => Verb::Fail,
        ast::Verb::Commit => Verb::Commit,
        ast::Verb::Prune => Verb::Prune,
        ast::Verb::Skip => Verb::Skip,
        ast::Verb::SkipToMark => Verb::SkipToMark,
        ast::Verb::Then => Verb::Then,
        ast::Verb::Mark => Verb::Mark,
    }
}

fn test(test: &ast::Test) -> Test {
    match test {
        ast::Test::Group(group) => Test::Group(*group),
        ast::Test::Recursing(group) => Test::Recursing(*group),
        ast::Test::Any(tests) => {
            let groups = |pick: fn(&ast::Test) -> Option<u32>| tests.iter().map(pick).collect::<Option<Vec<u32>>>();
            let took = groups(|test| if let ast::Test::Group(group) = test { Some(*group) } else { None });
            let runs = groups(|test| if let ast::Test::Recursing(group) = test { *group } else { None });
            match (took, runs) {
                (Some(groups), _) => Test::AnyGroup(groups),
                (None, Some(groups)) => Test::AnyRecursing(groups),
                (None, None) => Test::Recursing(None),
            }
        }
        ast::Test::Look(_) => Test::Look,
        ast::Test::Always(holds) => Test::Always(*holds),
    }
}

#[cfg(test)]
mod tests;
