//! Which keys a pattern matches, as a set: is there a key that these match and those do not?
//!
//! The automata of several patterns are walked side by side, shortest keys first, so that what is found is a short key,
//! and what is not found does not exist ([`walk`]). The automata are built as far as the walk needs them; where a walk
//! would grow beyond its limits, it says so.

pub mod walk;

use std::cell::RefCell;

use regex_automata::Input;
use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson;
use regex_automata::util::syntax;
use regex_syntax::hir::Hir;

use super::{ByteSet, Pattern, Steps, compile};
pub use walk::{Term, Witness, witness};

/// How big an automaton may grow, in bytes.
const AUTOMATON: usize = 4 << 20;
/// From how many bytes on what a walk has built is thrown away after it.
const KEPT: usize = 64 << 10;

/// Where newlines may stand in keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Newlines {
    /// Nowhere: body lines, names, addresses.
    Nowhere,
    /// Before the end: headers, whose folded lines begin with white space.
    Inside,
    /// Anywhere.
    Anywhere,
}

/// Why the keys of a pattern are not known as a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoLanguage {
    /// No automaton tells for every key what Postfix's library would.
    NotRegular,
    /// The automaton would be too big.
    TooBig,
}

/// The keys that a pattern matches, of those whose newlines stand where they may.
#[derive(Debug)]
pub struct Language {
    dfa: DFA,
    cache: RefCell<Cache>,
    bytes: usize,
}

impl Pattern {
    /// The keys without a newline that the pattern matches; none where an automaton cannot tell for every key.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.language_in(Newlines::Nowhere, AUTOMATON).ok()
    }

    /// The keys that the pattern matches, of those with newlines here only. The automaton may take so many `bytes` before it
    /// is walked.
    ///
    /// # Errors
    ///
    /// Why an automaton cannot tell for every key.
    pub fn language_in(&self, newlines: Newlines, bytes: usize) -> Result<Language, NoLanguage> {
        if !self.is_regular() {
            return Err(NoLanguage::NotRegular);
        }
        let hir = compile::hir_for(self.ast(), newlines, self.is_posix()).ok_or(NoLanguage::NotRegular)?;
        Language::new(&hir, bytes)
    }

    /// A set of keys that holds all that the pattern matches, wherever they have newlines, and perhaps more. The automaton may
    /// take so many `bytes` before it is walked.
    ///
    /// # Errors
    ///
    /// Why there is no automaton.
    pub fn wider_language(&self, bytes: usize) -> Result<Language, NoLanguage> {
        if !self.is_regular() {
            return Err(NoLanguage::NotRegular);
        }
        let hir = compile::wider_hir(self.ast(), self.is_posix()).ok_or(NoLanguage::NotRegular)?;
        Language::new(&hir, bytes)
    }
}

/// Where one automaton is on a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum At {
    /// It has matched, whatever follows.
    Matched,
    /// It cannot match any more.
    Dead,
    /// Whether it matches no longer matters.
    Idle,
    /// In this state.
    State(LazyStateID),
}

/// The automaton would grow beyond its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooBig;

impl Language {
    fn new(hir: &Hir, bytes: usize) -> Result<Self, NoLanguage> {
        let limit = Some(bytes.min(AUTOMATON));
        let compiler = thompson::Config::new().utf8(false).nfa_size_limit(limit);
        let nfa = thompson::Compiler::new()
            .configure(compiler.clone())
            .build_from_hir(hir)
            .map_err(|_| NoLanguage::TooBig)?;
        let bytes = nfa.memory_usage();
        let dfa = DFA::builder()
            .syntax(syntax::Config::new().utf8(false))
            .thompson(compiler)
            .configure(
                DFA::config()
                    .cache_capacity(AUTOMATON)
                    .skip_cache_capacity_check(true)
                    .minimum_cache_clear_count(Some(0)),
            )
            .build_from_nfa(nfa)
            .map_err(|_| NoLanguage::TooBig)?;
        let cache = RefCell::new(dfa.create_cache());
        Ok(Self { dfa, cache, bytes })
    }

    /// How many bytes the automaton takes before it is walked.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whether a key is one of them. Takes a step for each byte that is looked at, and for each that the automaton grows by.
    ///
    /// # Errors
    ///
    /// Where no steps are left, or the automaton would grow beyond its limit.
    pub fn matches(&self, key: &[u8], steps: &Steps) -> Result<bool, TooBig> {
        let before = self.built();
        let matches = self.follow(key, steps);
        if steps.spend(self.built().saturating_sub(before)) { matches } else { Err(TooBig) }
    }

    fn follow(&self, key: &[u8], steps: &Steps) -> Result<bool, TooBig> {
        let mut at = self.start()?;
        for &byte in key {
            if !matches!(at, At::State(_)) {
                break;
            }
            if !steps.spend(1) {
                return Err(TooBig);
            }
            at = self.next(at, byte)?;
        }
        self.ends(at)
    }

    /// How many bytes the part takes that was built on walks. To build a byte of it takes about as long as a step.
    fn built(&self) -> u64 {
        self.cache.borrow().memory_usage() as u64
    }

    /// Forgets what a walk has built, where that is much.
    fn shrink(&self) {
        let mut cache = self.cache.borrow_mut();
        if cache.memory_usage() > KEPT {
            *cache = self.dfa.create_cache();
        }
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
            At::Matched | At::Dead | At::Idle => Ok(at),
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
            At::Dead | At::Idle => Ok(false),
            At::State(state) => {
                let end = self.dfa.next_eoi_state(&mut self.cache.borrow_mut(), state).map_err(|_| TooBig)?;
                Ok(end.is_match())
            }
        }
    }

    /// The number of a byte's class: bytes of one class are not told apart.
    fn class(&self, byte: u8) -> u8 {
        self.dfa.byte_classes().get(byte)
    }
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
        let patterns = sources.map(|source| Pattern::posix(source.as_bytes(), FLAGS).unwrap());
        let yes = patterns
            .each_ref()
            .map(|language| keys.iter().map(|key| language.is_match(key) == Matched::Yes).collect::<Vec<_>>());
        for (one, language) in languages.iter().enumerate() {
            for (other, second) in languages.iter().enumerate() {
                match witness(&ByteSet::ALL, &[language], &[second]) {
                    Witness::Key(key) => {
                        assert_eq!(patterns[one].is_match(&key), Matched::Yes, "{one} {other} {key:?}");
                        assert_eq!(patterns[other].is_match(&key), Matched::No, "{one} {other} {key:?}");
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

    /// On every key of up to five of these bytes whose newlines stand where they may.
    #[test]
    fn newlines_are_taken_as_the_matchers_take_them() {
        let sources = [
            "^a",
            "a$",
            "^a$",
            "^",
            "$",
            ".",
            "^.$",
            "a.b",
            "[^a]",
            "[^a]$",
            "a[[:space:]]b",
            "^ ",
            "a*$",
            "(a|b$)",
            "(^a|b)$",
            "\\ba",
            "a\\b",
            "^(a|b.)*$",
            "a$b",
            "a^b",
            ".^b",
            "a$.",
            "b?$",
        ];
        let flags = |m| PosixFlags { newline: m, ..FLAGS };
        let mut patterns = Vec::new();
        for source in sources.map(str::as_bytes) {
            patterns.extend([false, true].map(|m| Pattern::posix(source, flags(m)).unwrap()));
            for switched in [&b""[..], b"m", b"s", b"ms", b"E", b"mE"] {
                let mut flags = PcreFlags::POSTFIX;
                assert!(switched.iter().all(|flag| flags.switch(*flag)));
                patterns.push(Pattern::pcre(source, flags).unwrap());
            }
        }
        let mut keys = vec![Vec::new()];
        for length in 0..5 {
            let longer = |key: &Vec<u8>| b"ab \n".map(|byte| [key.as_slice(), &[byte]].concat());
            let all: Vec<_> = keys.iter().filter(|key: &&Vec<u8>| key.len() == length).flat_map(longer).collect();
            keys.extend(all);
        }
        let mut compared = 0;
        for pattern in &patterns {
            for newlines in [Newlines::Nowhere, Newlines::Inside, Newlines::Anywhere] {
                let exact = pattern.language_in(newlines, AUTOMATON);
                let wider = pattern.wider_language(AUTOMATON);
                let may = |key: &&Vec<u8>| match newlines {
                    Newlines::Nowhere => !key.contains(&b'\n'),
                    Newlines::Inside => !key.ends_with(b"\n"),
                    Newlines::Anywhere => true,
                };
                for key in keys.iter().filter(may) {
                    let matched = pattern.is_match(key) == Matched::Yes;
                    let told = |language: &Language| language.matches(key, &Steps::new(1_000_000)).unwrap();
                    if let Ok(exact) = &exact {
                        assert_eq!(told(exact), matched, "{newlines:?} {pattern:?} {key:?}");
                        compared += 1;
                    }
                    if let Ok(wider) = &wider {
                        assert!(!matched || told(wider), "{pattern:?} {key:?}");
                    }
                }
            }
        }
        assert!(compared > 300_000, "{compared}");
    }

    #[test]
    fn big_automata_are_given_up() {
        assert_eq!(of(&["a.{200}b.{200}[ac].{300}"], &["x.{300}a.{100}[bd].{100}c"]), Witness::TooBig);
    }
}
