//! Whether earlier rules answer all that a rule matches.
//!
//! It begins with a key that the rule matches. An earlier rule that answers it is taken along, and the next key sought is one
//! that none of those taken matches; so long until no earlier rule answers the key, and the rule fires on it; or until there
//! is no such key. Most rules of most tables are done with after one key.

use super::Entry;
use super::effort::Effort;
use super::keys::Shapes;
use super::reach::{Part, Reach, holds};
use crate::pattern::language::Term;

/// How many earlier rules are taken together.
const TOGETHER: usize = 64;
/// How many earlier rules are compared with one to see whether they have the same keys.
const ALIKE: usize = 16;

/// What a search for a key comes to.
pub(super) enum Found {
    Key(Vec<u8>),
    None,
    TooBig,
}

/// Whether earlier rules answer all that a rule matches.
pub(super) enum Covered {
    /// A key is left that none of them answers for sure.
    No,
    /// These do, by their numbers among the rules before.
    By(Vec<usize>),
    TooBig,
}

/// Whether a rule matches every key.
pub(super) fn is_everything(shapes: &Shapes, reach: &Reach, effort: &Effort) -> bool {
    reach.sure && matches!(shapes.find(&[], &[reach.terms()], effort), Found::None)
}

/// The rules before one.
pub(super) struct Cover<'c> {
    pub(super) shapes: &'c Shapes,
    pub(super) effort: &'c Effort,
    pub(super) before: &'c [Entry],
}

impl Cover<'_> {
    /// Which rules before it answer all that a rule matches; those that are `left_out` are passed over.
    pub(super) fn of(&self, reach: &Reach, left_out: &[bool]) -> Covered {
        let mut taken: Vec<(usize, Vec<&Part>)> = Vec::new();
        loop {
            match self.left(reach, &taken, None) {
                Found::None => break,
                Found::TooBig => return Covered::TooBig,
                Found::Key(key) => {
                    let mut next = None;
                    for (number, entry) in self.before.iter().enumerate() {
                        let known = taken.iter().any(|(taken, _)| *taken == number);
                        if known || left_out.get(number) == Some(&true) {
                            continue;
                        }
                        let Some(parts) = entry.reach.beside(reach) else { continue };
                        match holds(parts.iter().copied(), &key, self.effort) {
                            Ok(true) => {
                                next = Some((number, parts));
                                break;
                            }
                            Ok(false) => {}
                            Err(_) => return Covered::TooBig,
                        }
                    }
                    let Some(next) = next else { return Covered::No };
                    if taken.len() >= TOGETHER {
                        return Covered::TooBig;
                    }
                    taken.push(next);
                }
            }
        }
        // Those that the others make needless are dropped.
        let mut index = 0;
        while taken.len() > 1 && index < taken.len() {
            if matches!(self.left(reach, &taken, Some(index)), Found::None) {
                taken.remove(index);
            } else {
                index += 1;
            }
        }
        let mut numbers: Vec<usize> = taken.into_iter().map(|(number, _)| number).collect();
        numbers.sort_unstable();
        Covered::By(numbers)
    }

    /// A key that the rule matches, and none of those taken does, but for one of them.
    fn left(&self, reach: &Reach, taken: &[(usize, Vec<&Part>)], but: Option<usize>) -> Found {
        let kept = taken.iter().enumerate().filter(|(index, _)| Some(*index) != but);
        let none: Vec<Vec<Term<'_>>> =
            kept.map(|(_, (_, parts))| parts.iter().map(|part| part.term()).collect()).collect();
        // Nothing is left where a rule has no condition but those that this one has, too.
        if none.iter().any(Vec::is_empty) {
            return Found::None;
        }
        self.shapes.find(&reach.terms(), &none, self.effort)
    }

    /// The first rule before it that matches the same keys as a rule that matches `key`, its shortest.
    pub(super) fn same(&self, reach: &Reach, key: &[u8]) -> Option<usize> {
        let mut tried = 0;
        for (number, entry) in self.before.iter().enumerate() {
            let Some(parts) = entry.reach.beside(reach) else { continue };
            let alike = entry.key.len() == key.len()
                && holds(parts.iter().copied(), key, self.effort) == Ok(true)
                && reach.holds(&entry.key, self.effort) == Ok(true);
            if !alike {
                continue;
            }
            tried += 1;
            if tried > ALIKE {
                return None;
            }
            let less = self.left(reach, &[(number, parts)], None);
            let all: Vec<&Part> = reach.parts.iter().collect();
            let more = self.left(&entry.reach, &[(number, all)], None);
            if matches!((less, more), (Found::None, Found::None)) {
                return Some(number);
            }
        }
        None
    }
}
