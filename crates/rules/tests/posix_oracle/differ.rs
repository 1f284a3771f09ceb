//! Compares this crate with the oracle, case by case, and shrinks what differs.

use std::collections::BTreeMap;
use std::fmt;

use postproof_model::PatternErrorKind;
use postproof_rules::pattern::{Matched, Pattern, PosixFlags};

use super::bounded::bounded;
use super::generate;
use super::glibc::Compiled;
use super::random::Random;

/// How many subjects each pattern is tried on.
const SUBJECTS: usize = 4;

/// What can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Whether the pattern compiles, or why not.
    Error,
    /// How many groups it has.
    GroupCount,
    /// Whether it matches.
    Verdict,
    /// What the whole match is.
    Whole,
    /// What the groups are.
    Groups,
}

/// A case, with what each side said.
#[derive(Clone, Debug)]
pub struct Found {
    pub difference: Difference,
    pub pattern: Vec<u8>,
    pub flags: PosixFlags,
    pub subject: Vec<u8>,
    pub ours: String,
    pub glibc: String,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} '{}' {} on '{}': here {}, glibc {}",
            self.difference,
            self.pattern.escape_ascii(),
            flag_letters(self.flags),
            self.subject.escape_ascii(),
            self.ours,
            self.glibc
        )
    }
}

/// The flags as letters: e for extended, i for folding case, n for newlines.
pub fn flag_letters(flags: PosixFlags) -> String {
    [('e', flags.extended), ('i', flags.fold_case), ('n', flags.newline)]
        .into_iter()
        .filter_map(|(letter, set)| set.then_some(letter))
        .collect()
}

/// What a run came to.
#[derive(Debug, Default)]
pub struct Tally {
    pub cases: usize,
    /// Patterns that would take the C library too long.
    pub skipped: usize,
    pub errors: usize,
    pub matches: usize,
    pub gave_up: usize,
    pub unknown_groups: usize,
    pub differences: BTreeMap<Difference, usize>,
    /// The first of each kind, shrunk.
    pub examples: Vec<Found>,
}

impl Tally {
    pub fn of(&self, difference: Difference) -> usize {
        self.differences.get(&difference).copied().unwrap_or(0)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cases {}, verdict differences {}, error differences {}, group differences {}, unknown groups {}, \
             given up {} ({} matches, {} malformed patterns, {} patterns skipped)",
            self.cases,
            self.of(Difference::Verdict),
            self.of(Difference::Error) + self.of(Difference::GroupCount),
            self.of(Difference::Groups) + self.of(Difference::Whole),
            self.unknown_groups,
            self.gave_up,
            self.matches,
            self.errors,
            self.skipped
        )
    }
}

/// Compares so many random cases.
pub fn run(cases: usize, seed: u64, keep: usize) -> Tally {
    let mut random = Random::new(seed);
    let mut tally = Tally::default();
    while tally.cases < cases {
        let flags = generate::flags(&mut random);
        let pattern = generate::pattern(&mut random, flags);
        let note = |found: Found, tally: &mut Tally| {
            *tally.differences.entry(found.difference).or_default() += 1;
            if tally.examples.len() < keep {
                tally.examples.push(shrink(found));
            }
        };
        let both = match Both::of(&pattern, flags) {
            Outcome::Compiled(both) => both,
            Outcome::Agreed => {
                tally.cases += 1;
                tally.errors += 1;
                continue;
            }
            Outcome::Skipped => {
                tally.skipped += 1;
                continue;
            }
            Outcome::Differs(found) => {
                tally.cases += 1;
                note(found, &mut tally);
                continue;
            }
        };
        for _ in 0..SUBJECTS {
            let subject = generate::subject(&mut random, &both.ours.ast().root);
            tally.cases += 1;
            if let Some(found) = both.compare(&subject, &mut tally) {
                note(found, &mut tally);
                break;
            }
        }
    }
    tally
}

/// The first thing that differs in a case.
pub fn compare(pattern: &[u8], flags: PosixFlags, subject: &[u8]) -> Option<Found> {
    match Both::of(pattern, flags) {
        Outcome::Compiled(both) => both.compare(subject, &mut Tally::default()),
        Outcome::Differs(found) => Some(found),
        Outcome::Agreed | Outcome::Skipped => None,
    }
}

/// A pattern that both sides compiled.
struct Both<'p> {
    pattern: &'p [u8],
    flags: PosixFlags,
    ours: Pattern,
    glibc: Compiled,
    without_groups: Compiled,
}

enum Outcome<'p> {
    Compiled(Box<Both<'p>>),
    /// Both refused it for the same reason.
    Agreed,
    Skipped,
    Differs(Found),
}

impl<'p> Both<'p> {
    fn of(pattern: &'p [u8], flags: PosixFlags) -> Outcome<'p> {
        let found = |difference, ours: String, glibc: String| {
            Outcome::Differs(Found { difference, pattern: pattern.to_vec(), flags, subject: Vec::new(), ours, glibc })
        };
        let ours = Pattern::posix(pattern, flags);
        if ours.as_ref().is_ok_and(|ours| !bounded(&ours.ast().root)) {
            return Outcome::Skipped;
        }
        match (ours, Compiled::new(pattern, flags, true), Compiled::new(pattern, flags, false)) {
            (Ok(ours), Ok(glibc), Ok(without_groups)) => {
                if ours.groups() as usize != glibc.groups() {
                    return found(Difference::GroupCount, ours.groups().to_string(), glibc.groups().to_string());
                }
                Outcome::Compiled(Box::new(Self { pattern, flags, ours, glibc, without_groups }))
            }
            (Err(ours), Err(glibc), Err(_)) if code(ours.kind) == glibc => Outcome::Agreed,
            (ours, glibc, _) => {
                let ours = ours.map_or_else(|error| code(error.kind), |_| 0);
                found(Difference::Error, ours.to_string(), glibc.err().unwrap_or(0).to_string())
            }
        }
    }

    fn compare(&self, subject: &[u8], tally: &mut Tally) -> Option<Found> {
        let found = |difference, ours: String, glibc: String| {
            Some(Found {
                difference,
                pattern: self.pattern.to_vec(),
                flags: self.flags,
                subject: subject.to_vec(),
                ours,
                glibc,
            })
        };
        let expected = self.without_groups.exec(subject, 0).is_some();
        match self.ours.is_match(subject) {
            Matched::GaveUp => {
                tally.gave_up += 1;
                return None;
            }
            Matched::Yes if expected => tally.matches += 1,
            Matched::No if !expected => {}
            other => return found(Difference::Verdict, format!("{other:?}"), format!("{expected} without groups")),
        }
        // Which groups are asked for is part of the question: try all, and fewer.
        let groups = self.glibc.groups();
        for wanted in [groups, subject.len() % (groups + 1)] {
            let ours = match self.ours.captures_up_to(subject, u32::try_from(wanted).unwrap_or(0)) {
                Err(_) => {
                    tally.gave_up += 1;
                    return None;
                }
                Ok(None) => None,
                Ok(Some(captures)) if captures.groups_unknown() => {
                    tally.unknown_groups += 1;
                    return None;
                }
                Ok(Some(captures)) => Some(
                    std::iter::once(captures.whole())
                        .chain(captures.groups().iter().copied())
                        .map(|span| span.map(|span| (span.start, span.end)))
                        .collect::<Vec<_>>(),
                ),
            };
            // Only now: where this crate gives up, the C library may never come back.
            let expected = self.glibc.exec(subject, wanted + 1);
            if ours != expected {
                let difference = match (&ours, &expected) {
                    (Some(ours), Some(expected)) if ours.first() == expected.first() => Difference::Groups,
                    (Some(_), Some(_)) => Difference::Whole,
                    _ => Difference::Verdict,
                };
                return found(difference, shown(ours.as_ref()), shown(expected.as_ref()));
            }
        }
        None
    }
}

fn shown(registers: Option<&Vec<Option<(usize, usize)>>>) -> String {
    registers.map_or_else(
        || "no match".to_owned(),
        |registers| {
            let shown = |register: &Option<(usize, usize)>| {
                register.map_or_else(|| "-".to_owned(), |(start, end)| format!("{start}-{end}"))
            };
            registers.iter().map(shown).collect::<Vec<_>>().join(" ")
        },
    )
}

/// The code that regcomp(3) returns for what is wrong.
pub fn code(kind: PatternErrorKind) -> i32 {
    match kind {
        PatternErrorKind::BracketAtEnd => libc::REG_BADPAT,
        PatternErrorKind::UnknownCollatingElement => libc::REG_ECOLLATE,
        PatternErrorKind::UnknownClass => libc::REG_ECTYPE,
        PatternErrorKind::TrailingBackslash => libc::REG_EESCAPE,
        PatternErrorKind::UnknownGroup => libc::REG_ESUBREG,
        PatternErrorKind::UnclosedBracket => libc::REG_EBRACK,
        PatternErrorKind::UnclosedGroup | PatternErrorKind::UnopenedGroup => libc::REG_EPAREN,
        PatternErrorKind::UnclosedBrace => libc::REG_EBRACE,
        PatternErrorKind::BadBrace => libc::REG_BADBR,
        PatternErrorKind::BadRange => libc::REG_ERANGE,
        PatternErrorKind::NothingToRepeat => libc::REG_BADRPT,
        // REG_ESIZE of glibc's regex.h, which the libc crate does not name.
        PatternErrorKind::TooBig => 15,
        _ => -1,
    }
}

/// The smallest case that differs in the same way, as far as taking bytes away leads.
pub fn shrink(mut found: Found) -> Found {
    loop {
        let mut smaller = Vec::new();
        for at in 0..found.pattern.len() {
            for width in [4, 3, 2, 1] {
                if at + width <= found.pattern.len() {
                    let mut pattern = found.pattern.clone();
                    pattern.drain(at..at + width);
                    smaller.push((pattern, found.flags, found.subject.clone()));
                }
            }
            if found.pattern[at] != b'a' && found.pattern[at].is_ascii_alphanumeric() {
                let mut pattern = found.pattern.clone();
                pattern[at] = b'a';
                smaller.push((pattern, found.flags, found.subject.clone()));
            }
        }
        for at in 0..found.subject.len() {
            let mut subject = found.subject.clone();
            subject.remove(at);
            smaller.push((found.pattern.clone(), found.flags, subject));
        }
        for flags in [PosixFlags { fold_case: false, ..found.flags }, PosixFlags { newline: false, ..found.flags }] {
            if flags != found.flags {
                smaller.push((found.pattern.clone(), flags, found.subject.clone()));
            }
        }
        let better = smaller.into_iter().find_map(|(pattern, flags, subject)| {
            compare(&pattern, flags, &subject).filter(|smaller| smaller.difference == found.difference)
        });
        match better {
            Some(better) => found = better,
            None => return found,
        }
    }
}
