//! Compares this crate with PCRE2, case by case, and shrinks what differs.

use std::collections::BTreeMap;
use std::fmt;

use postproof_model::PatternErrorKind;
use postproof_rules::pattern::{Matched, NoAnswer, Pattern, PcreFlags};

use super::generate;
use super::library::{Compiled, Outcome};
use super::random::Random;

/// How many subjects each pattern is tried on.
const SUBJECTS: usize = 4;

/// What can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Whether the pattern compiles, or why not.
    Error,
    /// The byte at which PCRE2 says that it saw what is wrong.
    Offset,
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
    pub flags: PcreFlags,
    pub subject: Vec<u8>,
    pub ours: String,
    pub pcre2: String,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} '{}' {} on '{}': here {}, PCRE2 {}",
            self.difference,
            self.pattern.escape_ascii(),
            flag_letters(self.flags),
            self.subject.escape_ascii(),
            self.ours,
            self.pcre2
        )
    }
}

/// The flags that are set, as letters; u for UTF-8 text.
pub fn flag_letters(flags: PcreFlags) -> String {
    let letters = [
        ('i', flags.fold_case),
        ('s', flags.dot_all),
        ('m', flags.multiline),
        ('x', flags.extended),
        ('A', flags.anchored),
        ('E', flags.dollar_end_only),
        ('U', flags.ungreedy),
        ('u', flags.utf),
    ];
    letters.into_iter().filter_map(|(letter, set)| set.then_some(letter)).collect()
}

/// What a run came to.
#[derive(Debug, Default)]
pub struct Tally {
    pub cases: usize,
    pub errors: usize,
    pub matches: usize,
    /// Cases whose answer is unknown here, although PCRE2 has one.
    pub unknown: usize,
    /// Cases in which PCRE2 came to its limit.
    pub limits: usize,
    /// Cases in which PCRE2 ends with an error: Postfix then passes over the rule.
    pub match_errors: usize,
    pub differences: BTreeMap<Difference, usize>,
    /// The first of each kind, shrunk.
    pub examples: Vec<Found>,
    /// The first patterns whose answer is unknown.
    pub unknown_examples: Vec<String>,
}

impl Tally {
    fn of(&self, difference: Difference) -> usize {
        self.differences.get(&difference).copied().unwrap_or(0)
    }

    /// How many of ten thousand cases are unknown.
    pub fn unknown_share(&self) -> usize {
        self.unknown * 10_000 / self.cases.max(1)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cases {}, verdict differences {}, error differences {}, offset differences {}, group differences {}, \
             unknown {} ({} in 10,000) ({} matches, {} malformed patterns, {} at PCRE2's limit, {} match errors)",
            self.cases,
            self.of(Difference::Verdict),
            self.of(Difference::Error) + self.of(Difference::GroupCount),
            self.of(Difference::Offset),
            self.of(Difference::Groups) + self.of(Difference::Whole),
            self.unknown,
            self.unknown_share(),
            self.matches,
            self.errors,
            self.limits,
            self.match_errors,
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
            Ok(Some(both)) => both,
            Ok(None) => {
                tally.cases += 1;
                tally.errors += 1;
                continue;
            }
            Err(found) => {
                tally.cases += 1;
                note(found, &mut tally);
                continue;
            }
        };
        for _ in 0..SUBJECTS {
            let ast = both.ours.ast();
            let subject = generate::subject(&mut random, &ast.root, ast.utf8);
            tally.cases += 1;
            let unknown = tally.unknown;
            if let Some(found) = both.compare(&subject, &mut tally) {
                note(found, &mut tally);
                break;
            }
            if tally.unknown > unknown && tally.unknown_examples.len() < keep {
                tally.unknown_examples.push(format!(
                    "'{}' {} on '{}'",
                    pattern.escape_ascii(),
                    flag_letters(flags),
                    subject.escape_ascii()
                ));
            }
        }
    }
    tally
}

/// The first thing that differs in a case.
pub fn compare(pattern: &[u8], flags: PcreFlags, subject: &[u8]) -> Option<Found> {
    match Both::of(pattern, flags) {
        Ok(Some(both)) => both.compare(subject, &mut Tally::default()),
        Ok(None) => None,
        Err(found) => Some(found),
    }
}

/// A pattern that both sides compiled.
struct Both<'p> {
    pattern: &'p [u8],
    flags: PcreFlags,
    ours: Pattern,
    pcre2: Compiled,
}

impl<'p> Both<'p> {
    /// None where both refuse the pattern for the same reason.
    fn of(pattern: &'p [u8], flags: PcreFlags) -> Result<Option<Self>, Found> {
        let found = |difference, ours: String, pcre2: String| Found {
            difference,
            pattern: pattern.to_vec(),
            flags,
            subject: Vec::new(),
            ours,
            pcre2,
        };
        match (Pattern::pcre(pattern, flags), Compiled::new(pattern, flags)) {
            (Ok(ours), Ok(pcre2)) if ours.groups() == pcre2.groups() => Ok(Some(Self { pattern, flags, ours, pcre2 })),
            (Ok(ours), Ok(pcre2)) => {
                Err(found(Difference::GroupCount, ours.groups().to_string(), pcre2.groups().to_string()))
            }
            (ours, pcre2) => {
                let ours = ours.err().map_or((0, 0), |error| match error.kind {
                    PatternErrorKind::Pcre { kind, offset } => (kind.code(), offset as usize),
                    _ => (-1000, 0),
                });
                let pcre2 = pcre2.err().unwrap_or_default();
                // PCRE2 has a number for each way not to be UTF-8, this crate one for all.
                let same = ours.0 == pcre2.0 || ours.0 == -3 && (-23..=-3).contains(&pcre2.0);
                let shown = |(code, offset)| format!("{code} at {offset}");
                if !same {
                    Err(found(Difference::Error, shown(ours), shown(pcre2)))
                } else if ours.1 != pcre2.1 {
                    Err(found(Difference::Offset, shown(ours), shown(pcre2)))
                } else {
                    Ok(None)
                }
            }
        }
    }

    fn compare(&self, subject: &[u8], tally: &mut Tally) -> Option<Found> {
        let found = |difference, ours: String, pcre2: String| {
            Some(Found {
                difference,
                pattern: self.pattern.to_vec(),
                flags: self.flags,
                subject: subject.to_vec(),
                ours,
                pcre2,
            })
        };
        let expected = self.pcre2.exec(subject);
        if expected == Outcome::Limit {
            tally.limits += 1;
            return None;
        }
        if matches!(expected, Outcome::Match(_)) {
            tally.matches += 1;
        }
        if matches!(expected, Outcome::Error(_)) {
            tally.match_errors += 1;
        }
        // For a rule that is not negated, an error is as good as no match; for a negated one it is neither.
        let (plain, negated) = (self.ours.is_match(subject), self.ours.is_match_or_error(subject));
        if matches!(plain, Matched::Unknown(_)) {
            tally.unknown += 1;
            return None;
        }
        let plain_agrees = match plain {
            Matched::Yes => matches!(expected, Outcome::Match(_)),
            Matched::No => matches!(expected, Outcome::NoMatch | Outcome::Error(_)),
            Matched::Failed(_) => matches!(expected, Outcome::Error(_)),
            Matched::Unknown(_) => true,
        };
        let negated_agrees = match negated {
            Matched::Yes => matches!(expected, Outcome::Match(_)),
            Matched::No => expected == Outcome::NoMatch,
            Matched::Failed(_) => matches!(expected, Outcome::Error(_)),
            Matched::Unknown(_) => true,
        };
        if !plain_agrees || !negated_agrees {
            return found(Difference::Verdict, format!("{plain:?}, negated {negated:?}"), format!("{expected:?}"));
        }
        if matches!(negated, Matched::Unknown(_)) {
            tally.unknown += 1;
        }
        let Outcome::Match(expected) = expected else { return None };
        let ours = match self.ours.captures(subject) {
            Ok(Some(captures)) => std::iter::once(captures.whole())
                .chain(captures.groups().iter().copied())
                .map(|span| span.map(|span| (span.start, span.end)))
                .collect::<Vec<_>>(),
            Ok(None) | Err(NoAnswer::Unknown(_) | NoAnswer::Failed(_)) => Vec::new(),
        };
        if ours != expected {
            let same_whole = ours.first() == expected.first();
            let difference = if same_whole { Difference::Groups } else { Difference::Whole };
            return found(difference, format!("{ours:?}"), format!("{expected:?}"));
        }
        None
    }
}

/// The smallest case that differs in the same way, as far as taking bytes away leads.
pub fn shrink(mut found: Found) -> Found {
    loop {
        let mut smaller = Vec::new();
        for at in 0..found.pattern.len() {
            for width in [6, 4, 3, 2, 1] {
                if at + width <= found.pattern.len() {
                    let mut pattern = found.pattern.clone();
                    pattern.drain(at..at + width);
                    smaller.push((pattern, found.flags, found.subject.clone()));
                }
            }
        }
        for at in 0..found.subject.len() {
            let mut subject = found.subject.clone();
            subject.remove(at);
            smaller.push((found.pattern.clone(), found.flags, subject));
        }
        let flags = found.flags;
        let fewer = [
            PcreFlags { fold_case: false, ..flags },
            PcreFlags { dot_all: true, ..flags },
            PcreFlags { multiline: false, ..flags },
            PcreFlags { extended: false, ..flags },
            PcreFlags { anchored: false, ..flags },
            PcreFlags { dollar_end_only: false, ..flags },
            PcreFlags { ungreedy: false, ..flags },
            PcreFlags { utf: false, ..flags },
        ];
        for flags in fewer {
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
