//! Which words a key must hold for a pattern to match it.
//!
//! Most patterns of real tables have words in them: a domain, a header's name. A key without them cannot match, and one
//! automaton finds the words of all patterns of a table in one pass over a key. Words are found in the tree as a whole, so a
//! word need not stand at the pattern's beginning; letters count in either case.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::ast::{Kind, Node};
use super::{ByteSet, compile};

/// How long a word may be, in bytes.
const LONGEST: usize = 16;
/// How many ways to spell out a stretch of a pattern are kept apart.
const SPELLINGS: usize = 16;
/// How many words one choice may have: as many as an alternation has.
const WORDS: usize = 4096;
/// How many sets of words are kept.
const CHOICES: usize = 12;

/// Words of which a key must hold one, with letters in lower case. None is empty.
pub(crate) type Words = Vec<Vec<u8>>;

/// What is known of the keys that a regular expression matches.
#[derive(Debug)]
pub(crate) struct Required {
    /// Sets of words, each with one that the key holds. None where there are no such words.
    pub(crate) sets: Vec<Words>,
    /// How many states the expression's automaton has, more or less.
    pub(crate) states: usize,
}

impl Required {
    /// What is known of the keys that a pattern of bytes matches. What is not regular in it may match anything.
    pub(crate) fn of(root: &Node) -> Self {
        let Info { exact, mut sets } = info(root);
        if let Some(exact) = exact {
            keep(&mut sets, exact);
        }
        let states = states_of(root);
        if states > compile::QUICK_STATES {
            // These are looked for one by one.
            sets.retain(|words| words.len() <= SPELLINGS);
        }
        Self { sets, states }
    }

    /// Whether a key holds a word of each set, of those sets that are small.
    pub(super) fn is_held_by(&self, key: &[u8]) -> bool {
        let mut small = self.sets.iter().filter(|words| words.len() <= SPELLINGS);
        small.all(|words| words.iter().any(|word| holds(key, word)))
    }
}

/// Whether a key holds a word, which is in lower case, in any case.
fn holds(key: &[u8], word: &[u8]) -> bool {
    let Some((first, rest)) = word.split_first() else { return true };
    let upper = first.to_ascii_uppercase();
    memchr::memchr2_iter(*first, upper, key)
        .any(|at| key.get(at + 1..at + word.len()).is_some_and(|after| after.eq_ignore_ascii_case(rest)))
}

/// What is known of a piece.
struct Info {
    /// All that it matches, where that is little.
    exact: Option<Words>,
    /// Sets of words of which each has one in whatever it matches.
    sets: Vec<Words>,
}

impl Info {
    const fn nothing() -> Self {
        Self { exact: None, sets: Vec::new() }
    }

    fn of(exact: Words) -> Self {
        Self { exact: Some(exact), sets: Vec::new() }
    }

    /// The set of words that tells most.
    fn best(self) -> Option<Words> {
        let mut sets = self.sets;
        if let Some(exact) = self.exact {
            keep(&mut sets, exact);
        }
        sets.into_iter().max_by_key(|words| (shortest(words), usize::MAX - words.len()))
    }
}

fn shortest(words: &Words) -> usize {
    words.iter().map(Vec::len).min().unwrap_or(0)
}

/// Adds a set, if it tells anything.
fn keep(sets: &mut Vec<Words>, mut words: Words) {
    if shortest(&words) == 0 {
        return;
    }
    words.sort_unstable();
    words.dedup();
    sets.push(words);
    if sets.len() > CHOICES
        && let Some(least) = (0..sets.len()).min_by_key(|&at| sets.get(at).map_or(0, shortest))
    {
        sets.swap_remove(least);
    }
}

fn info(node: &Node) -> Info {
    match &node.kind {
        Kind::Empty | Kind::Assertion(_) | Kind::Look(_) | Kind::Keep => Info::of(vec![Vec::new()]),
        Kind::Literal(literal) => of_bytes(&literal.bytes),
        Kind::Class(class) => of_bytes(&class.bytes),
        Kind::Group(group) => info(&group.node),
        Kind::Concat(pieces) => in_sequence(pieces.iter().map(info)),
        Kind::Alternation(pieces) => one_of(pieces.iter().map(info).collect()),
        Kind::Conditional(conditional) => one_of(vec![info(&conditional.yes), info(&conditional.no)]),
        Kind::Repeat(repeat) => {
            let sub = info(&repeat.node);
            match (repeat.min, repeat.max) {
                (0, Some(1)) => match sub.exact {
                    Some(mut exact) if exact.len() < SPELLINGS => {
                        exact.push(Vec::new());
                        Info::of(exact)
                    }
                    _ => Info::nothing(),
                },
                (0, _) => Info::nothing(),
                (1, Some(1)) => sub,
                (min, max) => repeated(sub, min, max == Some(min)),
            }
        }
        Kind::Any(_)
        | Kind::Backreference(_)
        | Kind::Recursion(_)
        | Kind::LineBreak(_)
        | Kind::Grapheme
        | Kind::SingleByte
        | Kind::Verb(_) => Info::nothing(),
    }
}

/// A piece, at least so many times.
fn repeated(sub: Info, min: u32, exactly: bool) -> Info {
    let mut sets = sub.sets;
    let Some(exact) = sub.exact else { return Info { exact: None, sets } };
    if let [only] = exact.as_slice() {
        let times = usize::try_from(min).unwrap_or(usize::MAX);
        let fits = LONGEST / only.len().max(1);
        let word = only.repeat(times.min(fits));
        if exactly && times <= fits {
            return Info::of(vec![word]);
        }
        keep(&mut sets, vec![word]);
    } else {
        keep(&mut sets, exact);
    }
    Info { exact: None, sets }
}

/// Pieces one after another.
fn in_sequence(pieces: impl Iterator<Item = Info>) -> Info {
    let mut sets = Vec::new();
    // The ways to spell out the stretch that ends here.
    let mut stretch: Words = vec![Vec::new()];
    let mut whole = true;
    for piece in pieces {
        let Some(exact) = piece.exact else {
            keep(&mut sets, std::mem::replace(&mut stretch, vec![Vec::new()]));
            piece.sets.into_iter().for_each(|words| keep(&mut sets, words));
            whole = false;
            continue;
        };
        let longest = |words: &Words| words.iter().map(Vec::len).max().unwrap_or(0);
        if stretch.len() * exact.len() <= SPELLINGS && longest(&stretch) + longest(&exact) <= LONGEST {
            stretch = stretch
                .iter()
                .flat_map(|before| exact.iter().map(move |after| [before.as_slice(), after].concat()))
                .collect();
        } else {
            keep(&mut sets, std::mem::replace(&mut stretch, exact));
            whole = false;
        }
    }
    if whole {
        return Info { exact: Some(stretch), sets };
    }
    keep(&mut sets, stretch);
    Info { exact: None, sets }
}

/// One of several pieces.
fn one_of(pieces: Vec<Info>) -> Info {
    let spellings = pieces.iter().map(|piece| piece.exact.as_ref().map(Vec::len)).sum::<Option<usize>>();
    if spellings.is_some_and(|spellings| spellings <= SPELLINGS) {
        return Info::of(pieces.into_iter().filter_map(|piece| piece.exact).flatten().collect());
    }
    let mut all = Words::new();
    for piece in pieces {
        let Some(words) = piece.best() else { return Info::nothing() };
        all.extend(words);
        if all.len() > WORDS {
            return Info::nothing();
        }
    }
    let mut sets = Vec::new();
    keep(&mut sets, all);
    Info { exact: None, sets }
}

/// A set of bytes: a letter in both cases, or a few.
fn of_bytes(set: &ByteSet) -> Info {
    // What matches nothing is left to the engines.
    if set.is_empty() || set.len() > 8 {
        return Info::nothing();
    }
    let mut bytes: Vec<u8> = set.ranges().into_iter().flat_map(|(first, last)| (first..=last).map(lower)).collect();
    bytes.sort_unstable();
    bytes.dedup();
    if bytes.len() > 4 { Info::nothing() } else { Info::of(bytes.into_iter().map(|byte| vec![byte]).collect()) }
}

const fn lower(byte: u8) -> u8 {
    byte.to_ascii_lowercase()
}

/// How many states an automaton of a pattern has, more or less.
fn states_of(node: &Node) -> usize {
    match &node.kind {
        Kind::Repeat(repeat) => times(states_of(&repeat.node), repeat.min, repeat.max),
        _ => node.children().into_iter().map(states_of).fold(1, usize::saturating_add),
    }
}

/// How many states a repetition has.
fn times(once: usize, min: u32, max: Option<u32>) -> usize {
    let times = max.unwrap_or(min.saturating_add(1)).max(1);
    once.saturating_add(1).saturating_mul(usize::try_from(times).unwrap_or(usize::MAX))
}

/// How many states an automaton of an expression has, more or less.
pub(super) fn states(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Bytes(_)) => 1,
        HirKind::Class(Class::Unicode(class)) => 1 + class.ranges().len(),
        HirKind::Capture(capture) => states(&capture.sub),
        HirKind::Concat(pieces) => pieces.iter().map(states).fold(0, usize::saturating_add),
        HirKind::Alternation(pieces) => pieces.iter().map(states).fold(1, usize::saturating_add),
        HirKind::Repetition(repetition) => times(states(&repetition.sub), repetition.min, repetition.max),
    }
}

#[cfg(test)]
mod tests {
    use crate::pattern::{Pattern, PosixFlags};

    fn words(pattern: &str) -> Vec<String> {
        let pattern = Pattern::posix(pattern.as_bytes(), PosixFlags::POSTFIX).unwrap();
        let mut sets: Vec<String> = pattern
            .required()
            .unwrap()
            .sets
            .iter()
            .map(|set| set.iter().map(|word| String::from_utf8_lossy(word).into_owned()).collect::<Vec<_>>().join("|"))
            .collect();
        sets.sort();
        sets
    }

    #[test]
    fn words_are_found_wherever_they_stand() {
        assert_eq!(words("^Subject:.*(Viagra|cialis)"), ["cialis|viagra", "subject:"]);
        assert_eq!(words(r"^mail[0-9]+\.example\.net$"), [".example.net", "mail"]);
        assert_eq!(words("colou?r"), ["color|colour"]);
        assert_eq!(words("a(bc|d[0-9])e"), ["a", "bc|d", "e"]);
        assert_eq!(words("(ab){3}c*"), ["ababab"]);
        assert_eq!(words("x(abc)+y"), ["abc", "x", "y"]);
    }

    #[test]
    fn nothing_is_required_where_there_is_another_way() {
        for pattern in ["[0-9]+", "(abc|[0-9])", "(abc)*", "(abc)?", "(abc|)", "^$", ".*"] {
            assert_eq!(words(pattern), [] as [&str; 0], "{pattern}");
        }
    }
}
