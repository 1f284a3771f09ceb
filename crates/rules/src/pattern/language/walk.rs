//! The walk over several automata at once, for the shortest key that they agree to.

use std::collections::{HashMap, VecDeque};

use super::{At, ByteSet, Language, Steps, TooBig};

/// How many places a walk may come to.
const PLACES: usize = 40_000;
/// How many automata are walked at once.
const TOGETHER: usize = 400;
/// How many single steps of automata a walk may take.
const STEPS: u64 = 12_000_000;

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

/// The keys of a language, or all others.
#[derive(Clone, Copy, Debug)]
pub struct Term<'l> {
    /// The language.
    pub language: &'l Language,
    /// Whether the others are meant.
    pub negated: bool,
}

/// A key made of these bytes, not empty, that all of `within` match and none of `without` does. A newline is never in it.
#[must_use]
pub fn witness(alphabet: &ByteSet, within: &[&Language], without: &[&Language]) -> Witness {
    let mut alphabet = *alphabet;
    alphabet.remove(b'\n');
    let term = |language| Term { language, negated: false };
    let within: Vec<Term<'_>> = within.iter().copied().map(term).collect();
    let without: Vec<Vec<Term<'_>>> = without.iter().copied().map(|language| vec![term(language)]).collect();
    find(&alphabet, &within, &without, &Steps::new(STEPS))
}

/// A key made of these bytes, not empty, of which each term of `all` is true, and of each list of `none` at least one is
/// not. A zero byte is never in it: keys are strings of C. A walk takes a step for each byte and automaton,
/// and for each byte that an automaton grows by.
#[must_use]
pub fn find(alphabet: &ByteSet, all: &[Term<'_>], none: &[Vec<Term<'_>>], steps: &Steps) -> Witness {
    let goal = Goal::new(all, none);
    if goal.languages.len() > TOGETHER {
        return Witness::TooBig;
    }
    let found = steps.at_most(STEPS, |steps| goal.walk(alphabet, steps)).unwrap_or(Witness::TooBig);
    for language in &goal.languages {
        language.shrink();
    }
    found
}

/// A term, by the number of its automaton.
#[derive(Clone, Copy)]
struct Part {
    number: usize,
    negated: bool,
}

impl Part {
    /// Whether the term is true whatever follows, or false whatever follows; none where that is open.
    fn decided(self, at: &[At]) -> Option<bool> {
        match at.get(self.number) {
            Some(At::Matched) => Some(!self.negated),
            Some(At::Dead) => Some(self.negated),
            _ => None,
        }
    }
}

/// What is looked for. An automaton that stands in several terms is walked once.
struct Goal<'l> {
    languages: Vec<&'l Language>,
    all: Vec<Part>,
    none: Vec<Vec<Part>>,
}

/// What can still come of a place.
enum Prospect {
    /// No key that goes on from here will do.
    Nothing,
    /// Some may.
    Open,
}

impl<'l> Goal<'l> {
    fn new(all: &[Term<'l>], none: &[Vec<Term<'l>>]) -> Self {
        let mut languages: Vec<&'l Language> = Vec::new();
        let mut part = |term: &Term<'l>| {
            let known = languages.iter().position(|known| std::ptr::eq(*known, term.language));
            let number = known.unwrap_or_else(|| {
                languages.push(term.language);
                languages.len() - 1
            });
            Part { number, negated: term.negated }
        };
        let all = all.iter().map(&mut part).collect();
        let none = none.iter().map(|list| list.iter().map(&mut part).collect()).collect();
        Self { languages, all, none }
    }

    fn walk(&self, alphabet: &ByteSet, steps: &Steps) -> Result<Witness, TooBig> {
        let bytes = self.representatives(alphabet);
        let mut start: Vec<At> = self.languages.iter().map(|language| language.start()).collect::<Result<_, _>>()?;
        if matches!(self.settle(&mut start), Prospect::Nothing) {
            return Ok(Witness::None);
        }
        // Each place: the one before it, and the byte between.
        let mut places: Vec<(usize, u8)> = vec![(0, 0)];
        let mut known: HashMap<Vec<At>, usize> = HashMap::from([(start.clone(), 0)]);
        let mut queue = VecDeque::from([(start, 0)]);
        let mut began = true;
        let mut built = self.built();
        while let Some((at, place)) = queue.pop_front() {
            if std::mem::take(&mut began) {
                // The empty key is none, but what is possible after it may be possible again later.
                known.clear();
            }
            for &byte in &bytes {
                if !steps.spend(self.languages.len() as u64) {
                    return Err(TooBig);
                }
                let mut next: Vec<At> = self
                    .languages
                    .iter()
                    .zip(&at)
                    .map(|(language, at)| language.next(*at, byte))
                    .collect::<Result<_, _>>()?;
                if matches!(self.settle(&mut next), Prospect::Nothing) || known.contains_key(&next) {
                    continue;
                }
                let number = places.len();
                if number > PLACES {
                    return Err(TooBig);
                }
                places.push((place, byte));
                if self.ends(&next)? {
                    return Ok(Witness::Key(spell(&places, number)));
                }
                known.insert(next.clone(), number);
                queue.push_back((next, number));
            }
            let now = self.built();
            if !steps.spend(now.saturating_sub(built)) {
                return Err(TooBig);
            }
            built = now;
        }
        Ok(Witness::None)
    }

    /// How many bytes of the automata were built on walks.
    fn built(&self) -> u64 {
        self.languages.iter().map(|language| language.built()).sum()
    }

    /// What can still come of a place; automata that no longer matter are set at rest, so that fewer places differ.
    fn settle(&self, at: &mut [At]) -> Prospect {
        if self.all.iter().any(|part| part.decided(at) == Some(false)) {
            return Prospect::Nothing;
        }
        let mut matters = vec![false; at.len()];
        let mut set = |part: &Part| {
            if let Some(matters) = matters.get_mut(part.number) {
                *matters = true;
            }
        };
        self.all.iter().for_each(&mut set);
        for list in &self.none {
            let decided: Vec<Option<bool>> = list.iter().map(|part| part.decided(at)).collect();
            if decided.iter().all(|decided| *decided == Some(true)) {
                return Prospect::Nothing;
            }
            match decided.iter().position(|decided| *decided == Some(false)) {
                // One term that is not true is enough.
                Some(first) => list.get(first).into_iter().for_each(&mut set),
                None => list.iter().for_each(&mut set),
            }
        }
        for (at, matters) in at.iter_mut().zip(matters) {
            if !matters {
                *at = At::Idle;
            }
        }
        Prospect::Open
    }

    /// Whether a key that ends here will do.
    fn ends(&self, at: &[At]) -> Result<bool, TooBig> {
        let is_true = |part: &Part| match (self.languages.get(part.number), at.get(part.number)) {
            (Some(language), Some(at)) => Ok(language.ends(*at)? != part.negated),
            _ => Err(TooBig),
        };
        for part in &self.all {
            if !is_true(part)? {
                return Ok(false);
            }
        }
        for list in &self.none {
            // A list that is settled has a term that is false whatever follows.
            if list.iter().any(|part| part.decided(at) == Some(false)) {
                continue;
            }
            let mut every = true;
            for part in list {
                every &= is_true(part)?;
            }
            if every {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// One byte of each kind that the automata tell apart, letters first, so that keys are ones that people can read.
    fn representatives(&self, alphabet: &ByteSet) -> Vec<u8> {
        let readable = (b'a'..=b'z').chain(b'0'..=b'9').chain(b'.'..=b'.').chain(b'-'..=b'-').chain(b'A'..=b'Z');
        let order = readable.chain(b' '..=b'~').chain(0..=u8::MAX);
        let mut seen: HashMap<Vec<u8>, u8> = HashMap::new();
        let mut bytes = Vec::new();
        for byte in order.filter(|&byte| byte != 0 && alphabet.contains(byte)) {
            let kind = self.languages.iter().map(|language| language.class(byte)).collect();
            seen.entry(kind).or_insert_with(|| {
                bytes.push(byte);
                byte
            });
        }
        bytes
    }
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
