//! How far a pattern got in a key that it does not match: "why doesn't it fire?"
//!
//! A pattern is a chain of pieces. The longest beginning of the chain that matches somewhere in the key is found by
//! following all ways through the pattern at once, so the work is bounded by the key's length times the pattern's size.
//! A piece that cannot be followed that way (a back-reference, a look-around) ends the search without an answer, since
//! it cannot be told whether it is to blame; the beginnings are then tried by what runs such patterns
//! ([`Pattern::near_miss`](super::Pattern::near_miss)).

use postproof_model::Span;

use super::ByteSet;
use super::ast::{Assertion, Ast, Class, Kind, Node, Verb};

/// How far a pattern got. Spans are in bytes of the pattern without its delimiters, and of the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The beginning of the pattern that matches somewhere; empty where not even the first piece does.
    pub pattern: Span,
    /// The piece after it, with which it no longer matches.
    pub stopped_at: Span,
    /// Where in the key the beginning matches: the leftmost place, and there the longest stretch.
    pub key: Span,
    /// How far it got in that piece, where it is one of several alternatives or a repetition. The stretch of the key is
    /// that of the beginning and this together.
    pub inside: Option<Box<Self>>,
}

/// How much work may be done, in steps of one piece at one place of the key.
#[derive(Clone, Copy, Debug)]
pub struct Budget(usize);

impl Budget {
    /// So many steps. A step takes some nanoseconds.
    #[must_use]
    pub const fn new(steps: usize) -> Self {
        Self(steps)
    }

    /// How many steps are left.
    #[must_use]
    pub const fn left(&self) -> usize {
        self.0
    }

    fn spend(&mut self) -> Option<()> {
        self.spend_some(1)
    }

    fn spend_some(&mut self, steps: usize) -> Option<()> {
        self.0 = self.0.checked_sub(steps)?;
        Some(())
    }
}

/// How far the pattern got; none where it matches after all, or where that cannot be told within the budget.
#[must_use]
pub fn near_miss(ast: &Ast, key: &[u8], budget: &mut Budget) -> Option<NearMiss> {
    let mut chain = Vec::new();
    flatten(&ast.root, &mut chain);
    Search { utf8: ast.utf8, key, budget }.chain(&[], &chain, 0)
}

/// How many steps go into trying one beginning of a pattern that does not match.
pub(super) const BEGINNING: usize = 100_000;

/// How far the pattern got: its beginnings are tried, each a piece longer or shorter than those whose answer is known.
/// `matches` says where some pieces match; its outer none is that this cannot be told.
pub(super) fn by_beginnings(
    ast: &Ast,
    budget: &mut Budget,
    matches: impl Fn(&Ast) -> Option<Option<Span>>,
) -> Option<NearMiss> {
    let pieces = match &ast.root.kind {
        Kind::Concat(pieces) => pieces.as_slice(),
        _ => std::slice::from_ref(&ast.root),
    };
    // A beginning of so many pieces matches, one of so many does not.
    let (mut hits, mut misses) = (0, pieces.len() + 1);
    let mut key_span = Span::new(0, 0);
    while misses - hits > 1 {
        budget.spend_some(BEGINNING)?;
        let tried = usize::midpoint(hits, misses);
        let beginning = pieces.get(..tried)?;
        let span = Span::new(0, beginning.last().map_or(0, |piece| piece.span.end));
        let root = Node::new(span, Kind::Concat(beginning.to_vec()));
        match matches(&Ast { root, ..*ast })? {
            Some(span) => (hits, key_span) = (tried, span),
            None => misses = tried,
        }
    }
    let stopped = pieces.get(hits)?;
    let end = hits.checked_sub(1).and_then(|last| pieces.get(last)).map_or(0, |piece| piece.span.end);
    Some(NearMiss { pattern: Span::new(0, end), stopped_at: stopped.span, key: key_span, inside: None })
}

/// The pieces of a node that stand one after another, parentheses that only group left out.
fn flatten<'a>(node: &'a Node, chain: &mut Vec<&'a Node>) {
    match &node.kind {
        Kind::Concat(nodes) => nodes.iter().for_each(|node| flatten(node, chain)),
        Kind::Group(group) => flatten(&group.node, chain),
        Kind::Empty | Kind::Keep => {}
        _ => chain.push(node),
    }
}

/// How deep alternatives in alternatives are looked into.
const MAX_INSIDE: usize = 3;
/// How many alternatives are looked into.
const MAX_BRANCHES: usize = 32;
/// How many times of a repetition are looked into.
const MAX_TIMES: u32 = 32;

struct Search<'s> {
    utf8: bool,
    key: &'s [u8],
    budget: &'s mut Budget,
}

/// The longest beginning that matches: how many pieces, and where.
struct Best {
    pieces: usize,
    start: usize,
    end: usize,
}

impl Search<'_> {
    /// How far `chain` gets after `before`, which matches somewhere.
    fn chain(&mut self, before: &[&Node], chain: &[&Node], depth: usize) -> Option<NearMiss> {
        let whole: Vec<&Node> = before.iter().chain(chain).copied().collect();
        let program = Program::new(&whole, self.utf8)?;
        let best = program.longest(self.key, self.budget)?;
        let passed = best.pieces.checked_sub(before.len())?;
        let stopped = chain.get(passed)?;
        let matched = |count: usize| chain.get(count.checked_sub(1)?).map(|node| node.span.end);
        let first = chain.first().map_or(0, |node| if depth == 0 { 0 } else { node.span.start });
        Some(NearMiss {
            pattern: Span::new(first, matched(passed).unwrap_or(first)),
            stopped_at: stopped.span,
            key: Span::new(best.start, best.end),
            inside: self.inside(whole.get(..best.pieces)?, stopped, depth).map(Box::new),
        })
    }

    fn inside(&mut self, before: &[&Node], piece: &Node, depth: usize) -> Option<NearMiss> {
        if depth == MAX_INSIDE {
            return None;
        }
        // A repetition of parentheses is looked into, one of a single character tells enough by itself.
        let branches: Vec<(&Node, u32)> = match &piece.kind {
            Kind::Alternation(branches) => branches.iter().take(MAX_BRANCHES).map(|branch| (branch, 1)).collect(),
            Kind::Repeat(repeat) if matches!(repeat.node.kind, Kind::Group(_)) => vec![(&repeat.node, repeat.min)],
            _ => return None,
        };
        let mut furthest: Option<NearMiss> = None;
        for (branch, times) in branches {
            let mut chain = Vec::new();
            for _ in 0..times.min(MAX_TIMES) {
                flatten(branch, &mut chain);
            }
            let Some(near) = self.chain(before, &chain, depth + 1) else { continue };
            let got_somewhere = !near.pattern.is_empty() || near.inside.is_some();
            if got_somewhere && furthest.as_ref().is_none_or(|best| near.reach() > best.reach()) {
                furthest = Some(near);
            }
        }
        furthest
    }
}

impl NearMiss {
    /// How far it reaches in the key, what lies inside included.
    fn reach(&self) -> usize {
        self.inside.as_ref().map_or(self.key.len(), |inside| inside.reach())
    }
}

/// What to do at a place of the program.
enum Op<'a> {
    /// Take a byte of the set.
    Byte(ByteSet, usize),
    /// Take a character of UTF-8 text.
    Char(Char<'a>, usize),
    /// Be at a place of this kind.
    Assert(Assertion, usize),
    /// Go on at all of these.
    Split(Vec<usize>),
    /// So many pieces of the chain have matched.
    Passed(usize, usize),
    /// Something that cannot be followed.
    Wall,
    /// The end of the chain.
    End,
}

/// A character of UTF-8 text.
#[derive(Clone, Copy)]
enum Char<'a> {
    One(u32, ByteSet),
    Of(&'a Class),
    Any(ByteSet),
}

struct Program<'a> {
    ops: Vec<Op<'a>>,
    start: usize,
    utf8: bool,
}

/// How many places a program may have; counts inside counts make more.
const MAX_OPS: usize = 4000;

/// The bytes of a key that one step takes at most.
const MAX_STEP: usize = 4;

impl<'a> Program<'a> {
    fn new(chain: &[&'a Node], utf8: bool) -> Option<Self> {
        let mut program = Self { ops: Vec::new(), start: 0, utf8 };
        let mut next = program.push(Op::End)?;
        for (index, piece) in chain.iter().enumerate().rev() {
            next = program.push(Op::Passed(index + 1, next))?;
            next = program.node(piece, next)?;
        }
        program.start = next;
        Some(program)
    }

    fn push(&mut self, op: Op<'a>) -> Option<usize> {
        let at = self.ops.len();
        self.ops.push(op);
        (at < MAX_OPS).then_some(at)
    }

    /// Writes a node down that goes on at `next`. Gives back where it begins.
    fn node(&mut self, node: &'a Node, next: usize) -> Option<usize> {
        match &node.kind {
            Kind::Empty | Kind::Keep => Some(next),
            Kind::Literal(literal) => self.character(Char::One(literal.value, literal.bytes), next),
            Kind::Class(class) => self.character(Char::Of(class), next),
            Kind::Any(any) => self.character(Char::Any(any.bytes), next),
            Kind::SingleByte => self.push(Op::Byte(ByteSet::ALL, next)),
            Kind::Assertion(assertion) => self.push(Op::Assert(*assertion, next)),
            Kind::Group(group) => self.node(&group.node, next),
            Kind::Concat(nodes) => nodes.iter().rev().try_fold(next, |next, node| self.node(node, next)),
            Kind::Alternation(nodes) => {
                let entries = nodes.iter().map(|node| self.node(node, next)).collect::<Option<_>>()?;
                self.push(Op::Split(entries))
            }
            Kind::Repeat(repeat) => {
                let mut entry = match repeat.max {
                    None => {
                        let again = self.push(Op::Split(Vec::new()))?;
                        let body = self.node(&repeat.node, again)?;
                        if let Some(Op::Split(entries)) = self.ops.get_mut(again) {
                            *entries = vec![body, next];
                        }
                        again
                    }
                    Some(max) => {
                        let mut entry = next;
                        for _ in repeat.min..max {
                            let body = self.node(&repeat.node, entry)?;
                            entry = self.push(Op::Split(vec![body, next]))?;
                        }
                        entry
                    }
                };
                for _ in 0..repeat.min {
                    // Copies of nothing are still copies: the limit on places does not end them.
                    let body = self.node(&repeat.node, entry)?;
                    if body == entry {
                        break;
                    }
                    entry = body;
                }
                Some(entry)
            }
            Kind::Verb(Verb::Fail) => self.push(Op::Split(Vec::new())),
            Kind::Backreference(_)
            | Kind::Look(_)
            | Kind::Conditional(_)
            | Kind::Recursion(_)
            | Kind::LineBreak(_)
            | Kind::Grapheme
            | Kind::Verb(_) => self.push(Op::Wall),
        }
    }

    fn character(&mut self, character: Char<'a>, next: usize) -> Option<usize> {
        if self.utf8 {
            return self.push(Op::Char(character, next));
        }
        let bytes = match character {
            Char::One(_, bytes) | Char::Any(bytes) => bytes,
            Char::Of(class) => class.bytes,
        };
        self.push(Op::Byte(bytes, next))
    }

    /// The longest beginning of the chain that matches anywhere; none where that cannot be told.
    fn longest(&self, key: &[u8], budget: &mut Budget) -> Option<Best> {
        let mut best = Best { pieces: 0, start: 0, end: 0 };
        // Where each way goes on, and where it started, for this place of the key and those that one step can reach.
        let mut waiting: [Vec<(usize, usize)>; MAX_STEP + 1] = Default::default();
        let mut seen = vec![usize::MAX; self.ops.len()];
        let mut stack = Vec::new();
        for at in 0..=key.len() {
            let mut ways = waiting.get_mut(at % (MAX_STEP + 1)).map(std::mem::take)?;
            ways.sort_by_key(|&(_, start)| start);
            ways.push((self.start, at));
            for (op, start) in ways {
                stack.push(op);
                while let Some(op) = stack.pop() {
                    budget.spend()?;
                    match seen.get_mut(op) {
                        Some(last) if *last != at => *last = at,
                        _ => continue,
                    }
                    let taken = match self.ops.get(op)? {
                        Op::Byte(bytes, next) => key.get(at).filter(|&&byte| bytes.contains(byte)).map(|_| (1, *next)),
                        Op::Char(character, next) => character.length_at(key, at).map(|length| (length, *next)),
                        Op::Assert(assertion, next) => {
                            if holds(*assertion, key, at) {
                                stack.push(*next);
                            }
                            None
                        }
                        Op::Split(entries) => {
                            stack.extend(entries.iter().rev());
                            None
                        }
                        Op::Passed(pieces, next) => {
                            let longer = *pieces > best.pieces
                                || *pieces == best.pieces
                                    && (start < best.start || start == best.start && at > best.end);
                            if longer {
                                best = Best { pieces: *pieces, start, end: at };
                            }
                            stack.push(*next);
                            None
                        }
                        Op::Wall => return None,
                        Op::End => None,
                    };
                    if let Some((length, next)) = taken {
                        waiting.get_mut((at + length) % (MAX_STEP + 1))?.push((next, start));
                    }
                }
            }
        }
        Some(best)
    }
}

impl Char<'_> {
    /// How many bytes the character at this place takes, if it is one of these.
    fn length_at(self, key: &[u8], at: usize) -> Option<usize> {
        let first = *key.get(at)?;
        if first.is_ascii() {
            let bytes = match self {
                Self::One(_, bytes) | Self::Any(bytes) => bytes,
                Self::Of(class) => class.bytes,
            };
            return bytes.contains(first).then_some(1);
        }
        let length = match first {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => return None,
        };
        let character = std::str::from_utf8(key.get(at..at + length)?).ok()?.chars().next()?;
        let value = u32::from(character);
        let matches = match self {
            Self::One(wanted, _) => wanted == value || same_folded(wanted, character),
            Self::Of(class) => class.chars.contains(value),
            Self::Any(_) => true,
        };
        matches.then_some(length)
    }
}

/// Whether two characters differ in case alone. Whether the pattern folds is not known here, so where it does not, it may
/// be said to get a little further than it does.
fn same_folded(wanted: u32, character: char) -> bool {
    let Some(wanted) = char::from_u32(wanted) else { return false };
    wanted.to_lowercase().eq(character.to_lowercase())
}

/// Whether a place of the key is of this kind.
fn holds(assertion: Assertion, key: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| key.get(before).copied());
    let after = key.get(at).copied();
    let is_word = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match assertion {
        Assertion::Start | Assertion::SearchStart => at == 0,
        Assertion::End => after.is_none(),
        Assertion::LineStart => before.is_none_or(|byte| byte == b'\n'),
        Assertion::LineEnd => after.is_none_or(|byte| byte == b'\n'),
        Assertion::EndOrFinalNewline => after.is_none() || after == Some(b'\n') && at + 1 == key.len(),
        Assertion::WordBoundary => is_word(before) != is_word(after),
        Assertion::NotWordBoundary => is_word(before) == is_word(after),
        Assertion::WordStart => !is_word(before) && is_word(after),
        Assertion::WordEnd => is_word(before) && !is_word(after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{Pattern, PosixFlags};

    fn near(pattern: &str, key: &str) -> Option<NearMiss> {
        let flags = PosixFlags { extended: true, fold_case: true, newline: false };
        let pattern = Pattern::posix(pattern.as_bytes(), flags).unwrap();
        near_miss(pattern.ast(), key.as_bytes(), &mut Budget::new(1_000_000))
    }

    fn texts<'t>(pattern: &'t str, key: &'t str) -> (&'t str, &'t str, &'t str) {
        let near = near(pattern, key).unwrap();
        (
            &pattern[near.pattern.start..near.pattern.end],
            &pattern[near.stopped_at.start..near.stopped_at.end],
            &key[near.key.start..near.key.end],
        )
    }

    #[test]
    fn the_longest_beginning_that_matches_is_found() {
        assert_eq!(texts("^Subject:.*viagra", "Subject: buy viaga now"), ("^Subject:.*viag", "r", "Subject: buy viag"));
        assert_eq!(
            texts("^From:.*\\.example\\.net>", "From: <a@example.net>"),
            ("^From:.*\\.", "e", "From: <a@example.")
        );
        assert_eq!(texts("~From:", "From: x"), ("", "~", ""));
        assert_eq!(texts("^b", "ab"), ("^", "b", ""));
        assert_eq!(texts("a$", "ab a b"), ("a", "$", "a"));
        assert_eq!(texts("[0-9]{5}\\.", "x1234.y98765-z"), ("[0-9]{5}", "\\.", "98765"));
    }

    /// Every chain of up to three of these pieces, on every key of up to four of these characters.
    #[test]
    fn the_beginning_matches_and_one_piece_more_does_not() {
        let pieces = ["a", "b", ".", "^", "$", "[ab]*", "b?", "a{2}", "(a|bc)"];
        let mut patterns: Vec<Vec<&str>> = vec![Vec::new()];
        for length in 0..3 {
            let longer = patterns.iter().filter(|pattern| pattern.len() == length);
            let longer: Vec<_> =
                longer.flat_map(|pattern| pieces.map(|piece| [pattern.as_slice(), &[piece]].concat())).collect();
            patterns.extend(longer);
        }
        let mut keys: Vec<String> = vec![String::new()];
        for length in 0..4 {
            let longer = keys.iter().filter(|key| key.len() == length);
            let longer: Vec<_> = longer.flat_map(|key| ["a", "b", "c"].map(|c| format!("{key}{c}"))).collect();
            keys.extend(longer);
        }
        let flags = PosixFlags { extended: true, fold_case: false, newline: false };
        let compile = |source: &str| Pattern::posix(source.as_bytes(), flags).unwrap();
        let mut missed = 0;
        for pieces in patterns.iter().filter(|pieces| !pieces.is_empty()) {
            let beginnings: Vec<Pattern> = (0..=pieces.len()).map(|count| compile(&pieces[..count].concat())).collect();
            for key in &keys {
                let matched = |count: usize| beginnings[count].is_match(key.as_bytes()) == crate::pattern::Matched::Yes;
                let whole = &beginnings[pieces.len()];
                let near = near_miss(whole.ast(), key.as_bytes(), &mut Budget::new(100_000));
                if matched(pieces.len()) {
                    assert_eq!(near, None, "{pieces:?} {key}");
                    continue;
                }
                missed += 1;
                let near = near.unwrap();
                let ends = |count: usize| pieces[..count].concat().len();
                let passed = (0..pieces.len()).find(|&count| near.stopped_at.start < ends(count + 1)).unwrap();
                assert!(matched(passed) && !matched(passed + 1), "{pieces:?} {key}: {near:?}");
            }
        }
        assert!(missed > 10_000);
    }

    #[test]
    fn parentheses_that_only_group_are_looked_through() {
        assert_eq!(texts("^((dhcp)-([0-9]+))\\.", "dhcp-12-34.example"), ("^((dhcp)-([0-9]+", "\\.", "dhcp-12"));
    }

    #[test]
    fn inside_alternatives_the_furthest_is_told() {
        let pattern = "^(dialup|dhcp|ppp)[0-9]";
        let found = near(pattern, "dial-up7.example").unwrap();
        assert_eq!((found.pattern, found.stopped_at), (Span::new(0, 1), Span::new(2, 17)));
        let inside = found.inside.unwrap();
        assert_eq!(&pattern[inside.pattern.start..inside.pattern.end], "dial");
        assert_eq!(&pattern[inside.stopped_at.start..inside.stopped_at.end], "u");
        assert_eq!(inside.key, Span::new(0, 4));
        let repeated = near("^(ab){3}", "abax").unwrap();
        assert_eq!(repeated.stopped_at, Span::new(1, 8));
        assert_eq!(repeated.inside.unwrap().key, Span::new(0, 3));
    }

    #[test]
    fn what_matches_or_cannot_be_followed_is_not_told() {
        assert_eq!(near("a", "xa"), None);
        assert_eq!(near("(a)\\1b", "aac"), None);
        let flags = PosixFlags { extended: true, fold_case: true, newline: false };
        let pattern = Pattern::posix(b"(a*)*b", flags).unwrap();
        assert_eq!(near_miss(pattern.ast(), &[b'a'; 10_000], &mut Budget::new(1000)), None);
        assert!(near_miss(pattern.ast(), &[b'a'; 10_000], &mut Budget::new(1_000_000)).is_some());
    }
}
