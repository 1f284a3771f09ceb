//! Compares this crate with the oracle, case by case, and shrinks what differs.

use std::collections::BTreeMap;
use std::fmt;

use postproof_model::PatternErrorKind;
use postproof_rules::pattern::ast::{Kind, Node};
use postproof_rules::pattern::{Matched, Pattern, PosixFlags};

use super::bounded::bounded;
use super::generate;
use super::glibc::{Compiled, OPEN, Registers};
use super::random::Random;
use super::worker::{PATIENCE, Reply, Worker};

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
    /// It is unknown here, and the C library has an answer.
    Unknown,
    /// There is an answer here, and the C library crashes.
    Crash,
    /// There is an answer here, and the C library takes too long for one.
    TooSlow,
    /// What the C library says depends on the subjects before.
    History,
    /// It is unknown here, and the C library crashes.
    BothCrash,
    /// It is unknown here, and the C library never comes back.
    BothHang,
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
    /// Cases in which the C library's answer depends on the subjects before.
    pub histories: usize,
    /// Groups for which the C library has no end.
    pub open_groups: usize,
    /// Cases of patterns with back-references.
    pub references: usize,
    /// Cases that are unknown here because the C library crashes or never comes back.
    pub defects: usize,
    /// Cases with an answer here that the C library takes too long for.
    pub too_slow: usize,
    pub differences: BTreeMap<Difference, usize>,
    /// The first of each kind, shrunk.
    pub examples: Vec<Found>,
    /// The first cases that are unknown for the C library's sake.
    pub defect_examples: Vec<Found>,
}

impl Tally {
    /// Keeps the smallest of each kind of case that is unknown for the C library's sake.
    fn keep_smallest(&mut self, keep: usize) {
        self.defect_examples.sort_by_key(|found| (found.difference, found.pattern.len() + found.subject.len()));
        self.defect_examples.dedup_by(|one, other| one.pattern == other.pattern && one.difference == other.difference);
        let (mut last, mut count) = (None, 0);
        self.defect_examples.retain(|found| {
            count = if last == Some(found.difference) { count + 1 } else { 1 };
            last = Some(found.difference);
            count <= keep
        });
    }

    pub fn of(&self, difference: Difference) -> usize {
        self.differences.get(&difference).copied().unwrap_or(0)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cases {}, verdict differences {}, error differences {}, group differences {}, \
             given up {} ({} matches, {} malformed patterns, {} patterns skipped; {} with back-references, {} unknown \
             where glibc crashes or hangs, {} where glibc is too slow, {} groups without an end, {} where glibc's \
             answer depends on earlier keys)",
            self.cases,
            self.of(Difference::Verdict),
            self.of(Difference::Error) + self.of(Difference::GroupCount),
            self.of(Difference::Groups) + self.of(Difference::Whole),
            self.gave_up,
            self.matches,
            self.errors,
            self.skipped,
            self.references,
            self.defects,
            self.too_slow,
            self.open_groups,
            self.histories
        )
    }
}

/// What a run compares.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub cases: usize,
    pub seed: u64,
    /// How many differences are shrunk and kept.
    pub keep: usize,
    /// Patterns with back-references only.
    pub only_references: bool,
    /// How many cases that are unknown for the C library's sake are shrunk and kept.
    pub keep_defects: usize,
    /// How long the C library may take for one question about a pattern with back-references, in milliseconds.
    pub patience: i32,
}

impl Options {
    pub fn new(cases: usize, seed: u64) -> Self {
        Self { cases, seed, keep: 10, only_references: false, keep_defects: 0, patience: PATIENCE }
    }
}

/// Compares random cases.
pub fn run(options: Options) -> Tally {
    let mut random = Random::new(options.seed);
    let mut tally = Tally::default();
    let mut worker = Worker::new(options.patience);
    while tally.cases < options.cases {
        let flags = generate::flags(&mut random);
        let pattern = generate::pattern(&mut random, flags, options.only_references);
        let ours = Pattern::posix(&pattern, flags);
        let refers = ours.as_ref().is_ok_and(|ours| refers(&ours.ast().root));
        if options.only_references && !refers {
            continue;
        }
        let note = |found: Found, tally: &mut Tally, worker: &mut Worker| {
            *tally.differences.entry(found.difference).or_default() += 1;
            if tally.examples.len() < options.keep {
                tally.examples.push(shrink(found, worker));
            }
        };
        let both = match Both::of(&pattern, flags, &mut worker) {
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
                note(found, &mut tally, &mut worker);
                continue;
            }
        };
        for _ in 0..SUBJECTS {
            let subject = generate::subject(&mut random, &both.ours.ast().root);
            tally.cases += 1;
            tally.references += usize::from(refers);
            let silent = tally.defects + tally.too_slow;
            if let Some(found) = both.compare(&subject, &mut tally, &mut worker) {
                note(found, &mut tally, &mut worker);
                break;
            }
            // The worker forgets its pattern when it has to be stopped, and would be stopped again.
            if tally.defects + tally.too_slow > silent {
                break;
            }
        }
        tally.keep_smallest(options.keep_defects);
    }
    tally
}

/// Whether a pattern has a back-reference.
fn refers(node: &Node) -> bool {
    matches!(node.kind, Kind::Backreference(_)) || node.children().into_iter().any(refers)
}

/// The first thing that differs in a case.
pub fn compare(pattern: &[u8], flags: PosixFlags, subject: &[u8], worker: &mut Worker) -> Option<Found> {
    match Both::of(pattern, flags, worker) {
        Outcome::Compiled(both) => {
            let mut tally = Tally::default();
            both.compare(subject, &mut tally, worker).or_else(|| tally.defect_examples.pop())
        }
        Outcome::Differs(found) => Some(found),
        Outcome::Agreed | Outcome::Skipped => None,
    }
}

/// A pattern that both sides compiled.
struct Both<'p> {
    pattern: &'p [u8],
    flags: PosixFlags,
    ours: Pattern,
    groups: usize,
    glibc: Glibc,
}

/// Where the C library is asked.
enum Glibc {
    /// In this process.
    Here { with: Compiled, without: Compiled },
    /// In the worker, where a pattern with back-references was compiled last.
    Apart,
}

impl Glibc {
    fn exec(&self, subject: &[u8], registers: Option<usize>, worker: &mut Worker) -> Reply<Option<Registers>> {
        match (self, registers) {
            (Self::Here { with, .. }, Some(registers)) => Reply::Said(with.exec(subject, registers)),
            (Self::Here { without, .. }, None) => Reply::Said(without.exec(subject, 0)),
            (Self::Apart, registers) => worker.exec(subject, registers),
        }
    }
}

enum Outcome<'p> {
    Compiled(Box<Both<'p>>),
    /// Both refused it for the same reason.
    Agreed,
    Skipped,
    Differs(Found),
}

impl<'p> Both<'p> {
    fn of(pattern: &'p [u8], flags: PosixFlags, worker: &mut Worker) -> Outcome<'p> {
        let found = |difference, ours: String, glibc: String| {
            Outcome::Differs(Found { difference, pattern: pattern.to_vec(), flags, subject: Vec::new(), ours, glibc })
        };
        let ours = Pattern::posix(pattern, flags);
        let apart = ours.as_ref().is_ok_and(|ours| refers(&ours.ast().root));
        if !apart && ours.as_ref().is_ok_and(|ours| !bounded(&ours.ast().root)) {
            return Outcome::Skipped;
        }
        let theirs = if apart {
            match worker.compile(pattern, flags) {
                Reply::Said(said) => said.map(|groups| (groups, Glibc::Apart)),
                Reply::Crashed | Reply::TooSlow => return Outcome::Skipped,
            }
        } else {
            Compiled::new(pattern, flags, true).and_then(|with| {
                let without = Compiled::new(pattern, flags, false)?;
                Ok((with.groups(), Glibc::Here { with, without }))
            })
        };
        match (ours, theirs) {
            (Ok(ours), Ok((groups, glibc))) => {
                if ours.groups() as usize != groups {
                    return found(Difference::GroupCount, ours.groups().to_string(), groups.to_string());
                }
                Outcome::Compiled(Box::new(Self { pattern, flags, ours, groups, glibc }))
            }
            (Err(ours), Err(glibc)) if code(ours.kind) == glibc => Outcome::Agreed,
            (ours, glibc) => {
                let ours = ours.map_or_else(|error| code(error.kind), |_| 0);
                found(Difference::Error, ours.to_string(), glibc.err().unwrap_or(0).to_string())
            }
        }
    }

    /// Whether the C library says something else once it was asked about another subject. Which one is tried out.
    fn depends_on_history(
        &self,
        subject: &[u8],
        wanted: Option<usize>,
        said: &Option<Registers>,
        worker: &mut Worker,
    ) -> bool {
        let mut random = Random::new(1);
        let alike =
            |with: u8| subject.iter().map(|&byte| if byte.is_ascii_alphanumeric() { byte } else { with }).collect();
        let mut before: Vec<Vec<u8>> = vec![subject.to_vec(), alike(b'a'), alike(b'\n'), alike(b'b')];
        before.extend((0..2_000).map(|_| generate::subject(&mut random, &self.ours.ast().root)));
        let registers = wanted.map(|wanted| wanted + 1);
        before.iter().any(|before| match worker.exec_after(before, subject, registers) {
            Reply::Said(after) => after != *said,
            Reply::Crashed | Reply::TooSlow => {
                let _ = worker.compile(self.pattern, self.flags);
                false
            }
        })
    }

    fn compare(&self, subject: &[u8], tally: &mut Tally, worker: &mut Worker) -> Option<Found> {
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
        let again = |worker: &mut Worker| {
            let _ = worker.compile(self.pattern, self.flags);
        };
        // Which groups are asked for is part of the question: none, all, and fewer.
        for wanted in [None, Some(self.groups), Some(subject.len() % (self.groups + 1))] {
            let ours = match wanted {
                None => match self.ours.is_match(subject) {
                    Matched::Yes => Ok(Some(Vec::new())),
                    Matched::No => Ok(None),
                    Matched::Unknown(_) | Matched::Failed(_) => Err(Difference::Verdict),
                },
                Some(wanted) => match self.ours.captures_up_to(subject, u32::try_from(wanted).unwrap_or(0)) {
                    Err(_) => Err(Difference::Verdict),
                    Ok(Some(captures)) if captures.groups_unknown() => Err(Difference::Groups),
                    Ok(captures) => Ok(captures.map(|captures| {
                        std::iter::once(captures.whole())
                            .chain(captures.groups().iter().copied())
                            .map(|span| span.map(|span| (span.start, span.end)))
                            .collect::<Vec<_>>()
                    })),
                },
            };
            let Ok(ours) = ours else {
                // Where this crate gives up, the C library may never come back.
                if matches!(self.glibc, Glibc::Here { .. }) {
                    again(worker);
                }
                let difference = match worker.exec(subject, wanted.map(|wanted| wanted + 1)) {
                    Reply::Said(said) if self.depends_on_history(subject, wanted, &said, worker) => {
                        tally.histories += 1;
                        tally.defect_examples.extend(found(
                            Difference::History,
                            "unknown".into(),
                            shown(said.as_ref()),
                        ));
                        continue;
                    }
                    Reply::Said(said) => {
                        tally.gave_up += 1;
                        return found(Difference::Unknown, "unknown".into(), shown(said.as_ref()));
                    }
                    Reply::Crashed => Difference::BothCrash,
                    Reply::TooSlow => Difference::BothHang,
                };
                tally.defects += 1;
                tally.defect_examples.extend(found(difference, "unknown".into(), "nothing".into()));
                return None;
            };
            let mut expected = match self.glibc.exec(subject, wanted.map(|wanted| wanted + 1), worker) {
                Reply::Said(said) => said,
                Reply::Crashed => return found(Difference::Crash, shown(ours.as_ref()), "crash".into()),
                Reply::TooSlow => {
                    tally.too_slow += 1;
                    tally.defect_examples.extend(found(Difference::TooSlow, shown(ours.as_ref()), "slow".into()));
                    return None;
                }
            };
            // A group without an end: Postfix takes nothing from it, as from one that took no part.
            for register in expected.iter_mut().flatten() {
                if register.is_some_and(|(_, end)| end == OPEN) {
                    *register = None;
                    tally.open_groups += 1;
                }
            }
            if ours != expected {
                let difference = match (&ours, &expected) {
                    (Some(ours), Some(expected)) if ours.first() == expected.first() => Difference::Groups,
                    (Some(_), Some(_)) => Difference::Whole,
                    _ => Difference::Verdict,
                };
                let asked = wanted.map_or_else(|| " without groups".into(), |wanted| format!(" up to group {wanted}"));
                // A defect of glibc's own: the pattern, compiled anew, finds in this key what is found here, but not
                // after it was asked for other keys.
                again(worker);
                if let Reply::Said(mut fresh) = worker.exec(subject, wanted.map(|wanted| wanted + 1)) {
                    for register in fresh.iter_mut().flatten() {
                        *register = register.filter(|&(_, end)| end != OPEN);
                    }
                    if fresh == ours {
                        tally.histories += 1;
                        let asked = shown(expected.as_ref()) + &asked + " after other keys";
                        tally.defect_examples.extend(found(Difference::History, shown(ours.as_ref()), asked));
                        return None;
                    }
                }
                return found(difference, shown(ours.as_ref()), shown(expected.as_ref()) + &asked);
            }
            tally.matches += usize::from(wanted.is_none() && expected.is_some());
        }
        None
    }
}

fn shown(registers: Option<&Registers>) -> String {
    registers.map_or_else(
        || "no match".to_owned(),
        |registers| {
            let shown = |register: &Option<(usize, usize)>| {
                register.map_or_else(
                    || "-".to_owned(),
                    |(start, end)| if end == OPEN { format!("{start}-open") } else { format!("{start}-{end}") },
                )
            };
            std::iter::once("match".to_owned()).chain(registers.iter().map(shown)).collect::<Vec<_>>().join(" ")
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
pub fn shrink(mut found: Found, worker: &mut Worker) -> Found {
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
            compare(&pattern, flags, &subject, worker).filter(|smaller| smaller.difference == found.difference)
        });
        match better {
            Some(better) => found = better,
            None => return found,
        }
    }
}
