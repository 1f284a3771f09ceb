//! Which keys a pattern matches, as a set: is there a key that these match and those do not?
//!
//! The automata of several patterns are walked side by side, shortest keys first, so that what is found is a short key,
//! and what is not found does not exist. The automata are built as far as the walk needs them; where a walk would grow
//! beyond its limits, it says so.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};

use regex_automata::Input;
use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson;
use regex_automata::util::syntax;

use super::{ByteSet, Pattern, compile};

/// How big an automaton may grow, in bytes.
const AUTOMATON: usize = 4 << 20;
/// How many places a walk may come to.
const PLACES: usize = 40_000;
/// How many automata are walked at once.
const TOGETHER: usize = 400;
/// How many single steps of automata a walk may take.
const STEPS: usize = 12_000_000;

/// The keys that a pattern matches, of those without a newline.
#[derive(Debug)]
pub struct Language {
    dfa: DFA,
    cache: RefCell<Cache>,
    pattern: Pattern,
}

/// What a walk comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Witness {
    /// This key: none is shorter.
    Key(Vec<u8>),
    /// There is no such key.
    None,
    /// The automata are too big to tell.
    TooBig,
}

impl Pattern {
    /// The keys that the pattern matches; none where an automaton cannot tell for every key.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        if !self.is_regular() {
            return None;
        }
        let hir = compile::hir_of_lines(self.ast())?;
        let compiler = thompson::Config::new().utf8(false).nfa_size_limit(Some(AUTOMATON));
        let dfa = DFA::builder()
            .syntax(syntax::Config::new().utf8(false))
            .thompson(compiler.clone())
            .configure(
                DFA::config()
                    .cache_capacity(AUTOMATON)
                    .skip_cache_capacity_check(true)
                    .minimum_cache_clear_count(Some(0)),
            )
            .build_from_nfa(thompson::Compiler::new().configure(compiler).build_from_hir(&hir).ok()?)
            .ok()?;
        let cache = RefCell::new(dfa.create_cache());
        Some(Language { dfa, cache, pattern: self.clone() })
    }
}

/// Where one automaton is on a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum At {
    /// It has matched, whatever follows.
    Matched,
    /// It cannot match any more.
    Dead,
    /// In this state.
    State(LazyStateID),
}

/// The automaton would grow beyond its limit.
struct TooBig;

impl Language {
    /// The pattern.
    #[must_use]
    pub const fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    fn start(&self) -> Result<At, TooBig> {
        let start = self.dfa.start_state_forward(&mut self.cache.borrow_mut(), &Input::new(b"")).map_err(|_| TooBig)?;
        Self::at(start)
    }

    fn at(state: LazyStateID) -> Result<At, TooBig> {
        if state.is_match() {
            Ok(At::Matched)
        } else if state.is_dead() {
            Ok(At::Dead)
        } else if state.is_quit() {
            Err(TooBig)
        } else {
            Ok(At::State(state))
        }
    }

    fn next(&self, at: At, byte: u8) -> Result<At, TooBig> {
        match at {
            At::Matched | At::Dead => Ok(at),
            At::State(state) => {
                let next = self.dfa.next_state(&mut self.cache.borrow_mut(), state, byte).map_err(|_| TooBig)?;
                Self::at(next)
            }
        }
    }

    /// Whether the key matches if it ends here.
    fn ends(&self, at: At) -> Result<bool, TooBig> {
        match at {
            At::Matched => Ok(true),
            At::Dead => Ok(false),
            At::State(state) => {
                let end = self.dfa.next_eoi_state(&mut self.cache.borrow_mut(), state).map_err(|_| TooBig)?;
                Ok(end.is_match())
            }
        }
    }
}

/// A key made of these bytes, not empty, that all of `within` match and none of `without` does. A newline is never in it.
#[must_use]
pub fn witness(alphabet: &ByteSet, within: &[&Language], without: &[&Language]) -> Witness {
    if within.len() + without.len() > TOGETHER {
        return Witness::TooBig;
    }
    walk(alphabet, within, without).unwrap_or(Witness::TooBig)
}

fn walk(alphabet: &ByteSet, within: &[&Language], without: &[&Language]) -> Result<Witness, TooBig> {
    let all: Vec<&Language> = within.iter().chain(without).copied().collect();
    let bytes = representatives(alphabet, &all);
    let start: Vec<At> = all.iter().map(|language| language.start()).collect::<Result<_, _>>()?;
    // Each place: the one before it, and the byte between.
    let mut places: Vec<(usize, u8)> = vec![(0, 0)];
    let mut known: HashMap<Vec<At>, usize> = HashMap::from([(start.clone(), 0)]);
    let mut queue = VecDeque::from([(start, 0)]);
    let mut steps = 0;
    while let Some((at, place)) = queue.pop_front() {
        for &byte in &bytes {
            steps += all.len();
            if steps > STEPS {
                return Err(TooBig);
            }
            let next: Vec<At> =
                all.iter().zip(&at).map(|(language, at)| language.next(*at, byte)).collect::<Result<_, _>>()?;
            let (wanted, unwanted) = next.split_at_checked(within.len()).unwrap_or_default();
            // No key that goes on from here will do.
            if wanted.contains(&At::Dead) || unwanted.contains(&At::Matched) || known.contains_key(&next) {
                continue;
            }
            let number = places.len();
            if number > PLACES {
                return Err(TooBig);
            }
            places.push((place, byte));
            let mut ends = all.iter().zip(&next).enumerate();
            if ends.try_fold(true, |yes, (index, (language, at))| {
                Ok(yes && language.ends(*at)? == (index < within.len()))
            })? {
                return Ok(Witness::Key(spell(&places, number)));
            }
            known.insert(next.clone(), number);
            queue.push_back((next, number));
        }
    }
    Ok(Witness::None)
}

/// The bytes on the way to a place.
fn spell(places: &[(usize, u8)], mut place: usize) -> Vec<u8> {
    let mut key = Vec::new();
    while place > 0 {
        let Some(&(before, byte)) = places.get(place) else { break };
        key.push(byte);
        place = before;
    }
    key.reverse();
    key
}

/// One byte of each kind that the automata tell apart, letters first, so that keys are ones that people can read.
fn representatives(alphabet: &ByteSet, all: &[&Language]) -> Vec<u8> {
    let readable = (b'a'..=b'z').chain(b'0'..=b'9').chain(b'.'..=b'.').chain(b'-'..=b'-').chain(b'A'..=b'Z');
    let order = readable.chain(b' '..=b'~').chain(0..=u8::MAX);
    let mut seen: HashMap<Vec<u8>, u8> = HashMap::new();
    let mut bytes = Vec::new();
    for byte in order.filter(|&byte| byte != 0 && byte != b'\n' && alphabet.contains(byte)) {
        let kind = all.iter().map(|language| language.dfa.byte_classes().get(byte)).collect();
        seen.entry(kind).or_insert_with(|| {
            bytes.push(byte);
            byte
        });
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{Matched, PcreFlags, PosixFlags};

    const FLAGS: PosixFlags = PosixFlags { extended: true, fold_case: true, newline: false };

    fn posix(source: &str) -> Language {
        Pattern::posix(source.as_bytes(), FLAGS).unwrap().language().unwrap()
    }

    fn pcre(source: &str) -> Option<Language> {
        Pattern::pcre(source.as_bytes(), PcreFlags::POSTFIX).unwrap().language()
    }

    fn of(within: &[&str], without: &[&str]) -> Witness {
        let within: Vec<_> = within.iter().map(|source| posix(source)).collect();
        let without: Vec<_> = without.iter().map(|source| posix(source)).collect();
        witness(&ByteSet::ALL, &within.iter().collect::<Vec<_>>(), &without.iter().collect::<Vec<_>>())
    }

    fn key(text: &str) -> Witness {
        Witness::Key(text.as_bytes().to_vec())
    }

    #[test]
    fn a_key_shows_that_patterns_differ() {
        assert_eq!(of(&["^mail"], &["^mail\\.example"]), key("mail"));
        assert_eq!(of(&["^mail\\.example$"], &["^mail"]), Witness::None);
        assert_eq!(of(&["^[0-9]+$", "[a-z]"], &[]), Witness::None);
        assert_eq!(of(&["^[0-9]+", "[a-z]$"], &["^0"]), key("1a"));
        assert_eq!(of(&["a"], &["^a", "a$", "ba", "ca"]), key("dab"));
        assert_eq!(of(&["^(a|b)$"], &["^a$", "^b$"]), Witness::None);
        assert_eq!(of(&["\\bx\\b"], &["^x", "x$"]), key(".x."));
    }

    #[test]
    fn what_is_not_regular_has_no_language() {
        assert!(Pattern::posix(b"(a)\\1", FLAGS).unwrap().language().is_none());
        assert!(pcre("(?=a)b").is_none());
        assert!(pcre("(?>a)b").is_none());
        assert!(pcre("^a$").is_some());
    }

    /// Every witness is what the matchers say it is; and where none is found, no short key is one.
    #[test]
    fn witnesses_match_as_they_should() {
        let sources = ["^[^.]*[0-9]{3}", "\\.(a|b0)$", "^(a|ab)[^.]*[0-9]", "^a0.$", ".", "^$|0", "[^a-z]", "\\bb\\b"];
        let mut keys = vec![Vec::new()];
        for length in 0..5 {
            let longer = |key: &Vec<u8>| b"ab0.".map(|byte| [key.as_slice(), &[byte]].concat());
            let all: Vec<_> = keys.iter().filter(|key| key.len() == length).flat_map(longer).collect();
            keys.extend(all);
        }
        keys.remove(0);
        let languages = sources.map(posix);
        let yes = languages.each_ref().map(|language| {
            let matches = |key: &Vec<u8>| language.pattern().is_match(key) == Matched::Yes;
            keys.iter().map(matches).collect::<Vec<_>>()
        });
        for (one, language) in languages.iter().enumerate() {
            for (other, second) in languages.iter().enumerate() {
                match witness(&ByteSet::ALL, &[language], &[second]) {
                    Witness::Key(key) => {
                        assert_eq!(language.pattern().is_match(&key), Matched::Yes, "{one} {other} {key:?}");
                        assert_eq!(second.pattern().is_match(&key), Matched::No, "{one} {other} {key:?}");
                    }
                    Witness::None => {
                        let shown = keys.iter().enumerate().find(|(index, _)| yes[one][*index] && !yes[other][*index]);
                        assert_eq!(shown, None, "{} {}", sources[one], sources[other]);
                    }
                    Witness::TooBig => panic!("{one} {other}"),
                }
            }
        }
    }

    #[test]
    fn big_automata_are_given_up() {
        assert_eq!(of(&["a.{200}b.{200}[ac].{300}"], &["x.{300}a.{100}[bd].{100}c"]), Witness::TooBig);
    }
}
