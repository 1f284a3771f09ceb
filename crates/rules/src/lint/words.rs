//! Words in patterns: in brackets, over a fold, encoded.

use postproof_model::{Problem, SlipProblem, Span};

use super::names;
use super::place::in_pattern;
use super::reader::Reader;
use crate::pattern::Pattern;
use crate::pattern::ast::{ClassItemKind, Kind, Node};
use crate::table::rule::Condition;

/// What words of a pattern do unawares.
pub(super) fn find(condition: &Condition, reader: Reader) -> Vec<(Problem, Span)> {
    let Some(pattern) = condition.pattern() else { return Vec::new() };
    let mut found: Vec<(SlipProblem, Span)> = Vec::new();
    found.extend(class(&pattern.ast().root, false));
    // Received headers are folded where programs fold them, always at the same places.
    let received = names::of(pattern).iter().any(|name| name.eq_ignore_ascii_case("received"));
    if reader.is_header() && !received {
        found.extend(space(&pattern.ast().root, pattern));
    }
    if reader.is_header() || reader.is_body() {
        found.extend(encoded(pattern, reader.is_header()));
    }
    found.into_iter().map(|(problem, span)| (Problem::Slip(problem), in_pattern(condition, pattern, span))).collect()
}

/// A bracket expression whose characters spell a word: four letters or more, not in the order of the alphabet, and once.
fn class(node: &Node, repeated: bool) -> Option<(SlipProblem, Span)> {
    match &node.kind {
        Kind::Class(class) if !repeated && !class.negated => {
            let letter = |kind| match kind {
                ClassItemKind::Literal(value) => u8::try_from(value).ok().filter(u8::is_ascii_alphabetic),
                _ => None,
            };
            let word: Vec<u8> = class.items.iter().map(|item| letter(item.kind)).collect::<Option<_>>()?;
            let same_case = word.iter().all(u8::is_ascii_uppercase) || word.iter().skip(1).all(u8::is_ascii_lowercase);
            let sorted = word.windows(2).all(|pair| pair.first() < pair.last());
            let vowel = word.iter().any(|letter| b"aeiouyAEIOUY".contains(letter));
            (word.len() >= 4 && same_case && !sorted && vowel).then(|| {
                let word = String::from_utf8_lossy(&word).into_owned();
                (SlipProblem::WordAsClass { word }, node.span)
            })
        }
        Kind::Repeat(repeat) => class(&repeat.node, true),
        _ => node.children().into_iter().find_map(|child| class(child, false)),
    }
}

fn literal(node: &Node) -> Option<u8> {
    match &node.kind {
        Kind::Literal(literal) => u8::try_from(literal.value).ok(),
        _ => None,
    }
}

/// A space between two words.
fn space(node: &Node, pattern: &Pattern) -> Option<(SlipProblem, Span)> {
    if let Kind::Concat(nodes) = &node.kind {
        let alphanumeric =
            |node: Option<&Node>| node.and_then(literal).is_some_and(|byte| byte.is_ascii_alphanumeric());
        let is_space = |(index, node): &(usize, &Node)| {
            literal(node) == Some(b' ')
                && node.span.len() == 1
                && alphanumeric(index.checked_sub(1).and_then(|before| nodes.get(before)))
                && alphanumeric(nodes.get(index + 1))
        };
        if let Some((index, node)) = nodes.iter().enumerate().find(is_space) {
            let run = |step: &dyn Fn(usize) -> Option<usize>| {
                let mut at = index;
                while let Some(next) = step(at).filter(|&next| alphanumeric(nodes.get(next))) {
                    at = next;
                }
                at
            };
            let first = nodes.get(run(&|at| at.checked_sub(1))).map_or(0, |node| node.span.start);
            let last = nodes.get(run(&|at| at.checked_add(1))).map_or(0, |node| node.span.end);
            let words = String::from_utf8_lossy(pattern.source().get(first..last)?).into_owned();
            return Some((SlipProblem::SpaceAtFold { words }, node.span));
        }
    }
    node.children().into_iter().find_map(|child| space(child, pattern))
}

/// The first run of characters beyond ASCII.
fn encoded(pattern: &Pattern, header: bool) -> Option<(SlipProblem, Span)> {
    let source = std::str::from_utf8(pattern.source()).ok()?;
    let first = source.find(|char: char| !char.is_ascii())?;
    // The whole word, so that people find it.
    let before: usize =
        source.get(..first)?.chars().rev().take_while(|char| char.is_alphanumeric()).map(char::len_utf8).sum();
    let start = first - before;
    let in_word = |char: &char| char.is_alphanumeric() || !char.is_ascii();
    let run: String = source.get(start..)?.chars().take_while(in_word).take(40).collect();
    let span = Span::new(start, start + run.len());
    Some((SlipProblem::Encoded { text: run, header }, span))
}
