//! What is true of a pattern as a whole, and what is easily overlooked in it.

use postproof_model::Span;
use postproof_model::explain::{Explanation, ItemKind, Note, Part, What};

use super::super::ast::{Assertion, Ast, Kind, Node};

/// How many notes of one kind there are at most.
const MAX_EACH: usize = 3;

/// The notes on a pattern. `cut` says that the explanation leaves something out.
pub(super) fn notes(explanation: &Explanation, ast: &Ast, cut: bool) -> Vec<Note> {
    let mut notes = Vec::new();
    if matches_nothing(&ast.root) {
        notes.push(Note::MatchesEverything);
    } else if !is_tied(&ast.root) {
        notes.push(Note::Anywhere);
    }
    let text = if ast.utf8 { None } else { std::str::from_utf8(&explanation.source).ok() };
    let mut walk = Walk { text, bytes: !ast.utf8, notes };
    walk.part(&explanation.root);
    notes = walk.notes;
    if cut {
        notes.push(Note::Cut);
    }
    notes
}

/// Whether some way to match takes nothing at the start of the key, whatever the key is.
fn matches_nothing(node: &Node) -> bool {
    match &node.kind {
        Kind::Empty | Kind::Assertion(Assertion::Start | Assertion::LineStart | Assertion::SearchStart) => true,
        Kind::Group(group) => matches_nothing(&group.node),
        Kind::Repeat(repeat) => repeat.min == 0 || matches_nothing(&repeat.node),
        Kind::Alternation(nodes) => nodes.iter().any(matches_nothing),
        Kind::Concat(nodes) => nodes.iter().all(matches_nothing),
        // These may match nothing, or not; a note must not say too much.
        Kind::Assertion(_)
        | Kind::Backreference(_)
        | Kind::Look(_)
        | Kind::Conditional(_)
        | Kind::Recursion(_)
        | Kind::Keep
        | Kind::Verb(_) => false,
        Kind::Literal(_) | Kind::Class(_) | Kind::Any(_) | Kind::LineBreak(_) | Kind::Grapheme | Kind::SingleByte => {
            false
        }
    }
}

/// Whether every way to match begins at the start of the key, or of a line.
fn is_tied(node: &Node) -> bool {
    match &node.kind {
        Kind::Assertion(Assertion::Start | Assertion::LineStart | Assertion::SearchStart) => true,
        Kind::Group(group) => is_tied(&group.node),
        Kind::Repeat(repeat) => repeat.min > 0 && is_tied(&repeat.node),
        Kind::Alternation(nodes) => nodes.iter().all(is_tied),
        Kind::Concat(nodes) => nodes
            .iter()
            .find(|node| !matches!(node.kind, Kind::Empty | Kind::Look(_) | Kind::Keep | Kind::Verb(_)))
            .is_some_and(is_tied),
        Kind::Conditional(conditional) => is_tied(&conditional.yes) && is_tied(&conditional.no),
        Kind::Empty
        | Kind::Literal(_)
        | Kind::Class(_)
        | Kind::Any(_)
        | Kind::Assertion(_)
        | Kind::Backreference(_)
        | Kind::Look(_)
        | Kind::Recursion(_)
        | Kind::LineBreak(_)
        | Kind::Grapheme
        | Kind::SingleByte
        | Kind::Verb(_)
        | Kind::Keep => false,
    }
}

struct Walk<'e> {
    /// The pattern as text, where it is one whose characters may be taken apart: a pattern of bytes, written in UTF-8.
    text: Option<&'e str>,
    /// Whether the pattern matches bytes rather than UTF-8 text.
    bytes: bool,
    notes: Vec<Note>,
}

impl Walk<'_> {
    fn part(&mut self, part: &Part) {
        match &part.what {
            What::Text(_) if self.begins_within(part.span) => self.say(Note::SplitCharacter(self.widened(part.span))),
            What::Repeat(_) if self.begins_within(part.span) => {
                self.say(Note::SplitCharacter(self.widened(part.span)));
                return;
            }
            What::Never(_) => self.say(Note::NeverMatches(part.span)),
            What::Characters(characters) => {
                let split = characters
                    .items
                    .iter()
                    .any(|item| self.begins_within(item.span) && !matches!(item.kind, ItemKind::Named { .. }));
                if split {
                    self.say(Note::SplitCharacter(part.span));
                }
                if characters.negated && characters.newline {
                    self.say(Note::TakesNewlines);
                }
            }
            What::Any { newline: true } => self.say(Note::TakesNewlines),
            What::Repeat(repeat) => {
                let counted = repeat.max.unwrap_or(repeat.min) > 1;
                let arbitrary = part.parts.iter().any(|part| match &part.what {
                    What::Any { .. } => true,
                    What::Characters(characters) => characters.negated,
                    _ => false,
                });
                if self.bytes && counted && arbitrary {
                    self.say(Note::CountsBytes(part.span));
                }
            }
            _ => {}
        }
        for part in &part.parts {
            self.part(part);
        }
    }

    /// Whether a span begins within a character of several bytes.
    fn begins_within(&self, span: Span) -> bool {
        self.text.is_some_and(|text| !text.is_char_boundary(span.start))
    }

    /// The span with the whole of the characters at its ends.
    fn widened(&self, span: Span) -> Span {
        let Some(text) = self.text else { return span };
        let start = (0..=span.start).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
        let end = (span.end..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        Span::new(start, end)
    }

    /// Adds a note that is not there yet. Of those about a place a few are enough.
    fn say(&mut self, note: Note) {
        let kind = std::mem::discriminant(&note);
        let alike = self.notes.iter().filter(|said| std::mem::discriminant(*said) == kind).count();
        if alike < MAX_EACH && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}
