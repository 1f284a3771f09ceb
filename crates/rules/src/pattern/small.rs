//! Automata of small patterns, a few hundred bytes each, that find nothing out and keep nothing.
//!
//! Of the thousands of patterns of a table each is asked about a key now and then. An automaton whose states are made as
//! keys need them then spends its time waiting for memory. This one holds the set of the places in the pattern that a key
//! has led to as the bits of one number (Glushkov's automaton): the set after a byte is made of the set before it in a few
//! operations, however many places are in it.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// How many places of bytes a pattern may have.
const PLACES: usize = u64::BITS as usize;
/// How many pieces of an expression are looked at: nothing that small has more, but for pieces that match no byte.
const PIECES: usize = 4 * PLACES;

/// Places, a bit each.
type Places = u64;

/// A small automaton.
#[derive(Debug)]
pub(super) struct Small {
    /// For each byte, its place among [`Small::takes`].
    classes: Box<[u8; 256]>,
    /// For each class of bytes, the places that such a byte can stand at.
    takes: Box<[Places]>,
    /// The places after which the place right behind them may come.
    next: Places,
    /// The places after which they themselves may come.
    again: Places,
    /// The places after which others may come.
    elsewhere: Places,
    /// For each place, all that may come after it; none where no place is in `elsewhere`.
    follow: Box<[Places]>,
    ends: Ends,
}

/// How a piece begins and ends. What holds at the start or the end of a key only is kept apart: of two, the second is what
/// holds there.
#[derive(Clone, Copy, Debug, Default)]
struct Ends {
    /// The places that it begins with, inside a key and at its start.
    first: [Places; 2],
    /// The places that it ends with, inside a key and at its end.
    last: [Places; 2],
    /// Whether it matches nothing at all: by whether this is the start, and by whether it is the end.
    empty: [[bool; 2]; 2],
}

impl Small {
    /// An automaton for an expression; none where it has too many places, or asks what stands beside a place.
    pub(super) fn new(hir: &Hir) -> Option<Self> {
        let mut building = Building { sets: Vec::new(), follow: Vec::new(), pieces: 0 };
        let ends = building.piece(hir)?;
        let Building { sets, follow, .. } = building;
        let mut by_byte: [Places; 256] = [0; 256];
        for (at, set) in sets.iter().enumerate() {
            for &(first, last) in set {
                let bytes = by_byte.get_mut(usize::from(first)..=usize::from(last)).unwrap_or_default();
                bytes.iter_mut().for_each(|places| *places |= bit(at));
            }
        }
        // Bytes beyond letters are mostly alike.
        let mut takes: Vec<Places> = vec![by_byte[255]];
        let mut classes = Box::new([0; 256]);
        for (&places, class) in by_byte.iter().zip(classes.iter_mut()) {
            let known = takes.iter().position(|&other| other == places);
            *class = u8::try_from(known.unwrap_or(takes.len())).ok()?;
            if known.is_none() {
                takes.push(places);
            }
        }
        let (mut next, mut again, mut elsewhere) = (0, 0, 0);
        for (at, &after) in follow.iter().enumerate() {
            // Behind the last of 64 there is none.
            let behind = bit(at) << 1;
            next |= if after & behind == 0 { 0 } else { bit(at) };
            again |= after & bit(at);
            elsewhere |= if after & !(behind | bit(at)) == 0 { 0 } else { bit(at) };
        }
        let follow = if elsewhere == 0 { Box::default() } else { follow.into() };
        Some(Self { classes, takes: takes.into(), next, again, elsewhere, follow, ends })
    }

    /// Whether the expression matches anywhere in a key.
    pub(super) fn is_match(&self, key: &[u8]) -> bool {
        let Ends { first: [inside, at_start], last: [anywhere, at_end], empty } = self.ends;
        let [[always, if_end], [if_start, if_both]] = empty;
        if always || if_start || if_end || if_both && key.is_empty() {
            return true;
        }
        let mut places = 0;
        let mut begin = at_start;
        for &byte in key {
            let after = (places & self.next) << 1 | places & self.again | begin;
            let takes = self.classes.get(usize::from(byte)).and_then(|&class| self.takes.get(usize::from(class)));
            places = (after | self.jumps(places)) & takes.copied().unwrap_or_default();
            if places & anywhere != 0 {
                return true;
            }
            begin = inside;
            if places | begin == 0 {
                return false;
            }
        }
        places & at_end != 0
    }

    /// The places that may come after these, where they do not lie side by side.
    #[inline]
    fn jumps(&self, places: Places) -> Places {
        let mut from = places & self.elsewhere;
        let mut to = 0;
        while from != 0 {
            to |= self.follow.get(from.trailing_zeros() as usize).copied().unwrap_or_default();
            from &= from - 1;
        }
        to
    }
}

const fn bit(at: usize) -> Places {
    1 << at
}

/// An automaton that is being built.
struct Building {
    /// For each place, the bytes that can stand there.
    sets: Vec<Vec<(u8, u8)>>,
    /// For each place, those that may come after it.
    follow: Vec<Places>,
    /// How many pieces were looked at.
    pieces: usize,
}

impl Building {
    fn piece(&mut self, hir: &Hir) -> Option<Ends> {
        self.pieces += 1;
        if self.pieces > PIECES {
            return None;
        }
        Some(match hir.kind() {
            HirKind::Empty => Ends::EMPTY,
            HirKind::Literal(literal) => {
                let mut ends = Ends::EMPTY;
                for &byte in &literal.0 {
                    let place = self.place(vec![(byte, byte)])?;
                    ends = self.then(ends, place);
                }
                ends
            }
            HirKind::Class(Class::Bytes(class)) => {
                self.place(class.ranges().iter().map(|range| (range.start(), range.end())).collect())?
            }
            HirKind::Class(Class::Unicode(_)) => return None,
            HirKind::Look(Look::Start) => Ends { empty: [[false; 2], [true; 2]], ..Ends::default() },
            HirKind::Look(Look::End) => Ends { empty: [[false, true]; 2], ..Ends::default() },
            HirKind::Look(_) => return None,
            HirKind::Capture(capture) => self.piece(&capture.sub)?,
            HirKind::Concat(pieces) => {
                let mut ends = Ends::EMPTY;
                for piece in pieces {
                    let piece = self.piece(piece)?;
                    ends = self.then(ends, piece);
                }
                ends
            }
            HirKind::Alternation(pieces) => {
                let mut ends = Ends::default();
                for piece in pieces {
                    ends = ends.or(self.piece(piece)?);
                }
                ends
            }
            HirKind::Repetition(repetition) => {
                let mut ends = Ends::EMPTY;
                for _ in 1..repetition.min {
                    let piece = self.piece(&repetition.sub)?;
                    ends = self.then(ends, piece);
                }
                let mut rest = self.piece(&repetition.sub)?;
                match repetition.max {
                    None => self.link(rest, rest),
                    Some(max) => {
                        // Each further one only after the one before it.
                        let mut further = Vec::new();
                        for _ in 0..max.checked_sub(repetition.min.max(1))? {
                            further.push(self.piece(&repetition.sub)?);
                        }
                        let further = further.into_iter().rev();
                        let further = further.fold(Ends::EMPTY, |after, piece| self.then(piece, after).or(Ends::EMPTY));
                        rest = self.then(rest, further);
                    }
                }
                if repetition.min == 0 {
                    rest = rest.or(Ends::EMPTY);
                }
                self.then(ends, rest)
            }
        })
    }

    /// A place of one byte.
    fn place(&mut self, set: Vec<(u8, u8)>) -> Option<Ends> {
        let at = self.sets.len();
        if at >= PLACES {
            return None;
        }
        self.sets.push(set);
        self.follow.push(0);
        Some(Ends { first: [bit(at); 2], last: [bit(at); 2], empty: [[false; 2]; 2] })
    }

    /// What begins the second may come after what ends the first.
    fn link(&mut self, first: Ends, second: Ends) {
        let [mut from, _] = first.last;
        let [to, _] = second.first;
        while from != 0 {
            if let Some(follow) = self.follow.get_mut(from.trailing_zeros() as usize) {
                *follow |= to;
            }
            from &= from - 1;
        }
    }

    /// One piece after another.
    fn then(&mut self, one: Ends, other: Ends) -> Ends {
        self.link(one, other);
        let both = |at_start: usize, at_end: usize| {
            let empty = |ends: &Ends| ends.empty.get(at_start).and_then(|by_end| by_end.get(at_end)) == Some(&true);
            empty(&one) && empty(&other)
        };
        let [[always, _], [if_start, _]] = one.empty;
        let [[inside, if_end], _] = other.empty;
        let when = |holds: bool, places: Places| if holds { places } else { 0 };
        Ends {
            first: [one.first[0] | when(always, other.first[0]), one.first[1] | when(if_start, other.first[1])],
            last: [other.last[0] | when(inside, one.last[0]), other.last[1] | when(if_end, one.last[1])],
            empty: [[both(0, 0), both(0, 1)], [both(1, 0), both(1, 1)]],
        }
    }
}

impl Ends {
    /// Those of nothing.
    const EMPTY: Self = Self { first: [0; 2], last: [0; 2], empty: [[true; 2]; 2] };

    /// One of two pieces.
    fn or(self, other: Self) -> Self {
        let either = |one: [bool; 2], other: [bool; 2]| [one[0] || other[0], one[1] || other[1]];
        Self {
            first: [self.first[0] | other.first[0], self.first[1] | other.first[1]],
            last: [self.last[0] | other.last[0], self.last[1] | other.last[1]],
            empty: [either(self.empty[0], other.empty[0]), either(self.empty[1], other.empty[1])],
        }
    }
}

#[cfg(test)]
mod tests {
    use regex_automata::meta::Regex;
    use regex_automata::util::syntax;

    use super::*;

    fn hir(pattern: &str) -> Hir {
        regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern).unwrap()
    }

    /// All keys of up to so many of these letters.
    fn keys(letters: &[u8], longest: usize) -> Vec<Vec<u8>> {
        let mut keys = vec![Vec::new()];
        let mut begin = 0;
        for _ in 0..longest {
            let end = keys.len();
            for at in begin..end {
                for &letter in letters {
                    let key = [keys[at].as_slice(), &[letter]].concat();
                    keys.push(key);
                }
            }
            begin = end;
        }
        keys
    }

    /// Says what a regular expression's own library says, for every short key.
    #[test]
    fn as_the_library_says() {
        let pieces = ["", "a", "b", "ab", "[ab]", ".", "^", "$", "a*", "(ab)+", "(a|^)", "(b|$)", "(^a)?", "(b$)*"];
        let wrapped = ["{}", "({})*", "({})?", "({})+", "({}){2}", "({}){1,3}", "({}){0,2}", "({}){2,}", "({}|bb)"];
        let keys = keys(b"ab\n", 5);
        let mut compared = 0;
        for one in pieces {
            for other in pieces {
                for wrap in wrapped {
                    for pattern in
                        [wrap.replace("{}", &format!("{one}{other}")), format!("{one}{}", wrap.replace("{}", other))]
                    {
                        let hir = hir(&pattern);
                        let small = Small::new(&hir).unwrap();
                        let library =
                            Regex::builder().syntax(syntax::Config::new().utf8(false)).build_from_hir(&hir).unwrap();
                        for key in &keys {
                            assert_eq!(small.is_match(key), library.is_match(key), "{pattern:?} in {key:?}");
                            compared += 1;
                        }
                    }
                }
            }
        }
        assert_eq!(compared, 2 * 14 * 14 * 9 * keys.len());
    }

    #[test]
    fn what_is_not_small_is_left_to_others() {
        for pattern in ["[ab]{65}", "(a{8}){9}", "((a?){1000}){1000}", r"\bab", "(?m)^a", "(?m)a$"] {
            assert!(Small::new(&hir(pattern)).is_none(), "{pattern}");
        }
        let all = Small::new(&hir("^[ab]{63}c$")).unwrap();
        let key = "ab".repeat(31) + "ac";
        assert!(all.is_match(key.as_bytes()) && !all.is_match(&key.as_bytes()[1..]));
    }
}
