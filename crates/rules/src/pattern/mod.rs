//! Patterns: one tree for every dialect, and what runs it.
//!
//! | idea | file |
//! |---|---|
//! | the tree | [`ast`] |
//! | sets of bytes | [`byte_set`] |
//! | sets of characters beyond ASCII | [`char_set`] |
//! | reading POSIX patterns; which groups their matches have | [`posix`] |
//! | reading PCRE patterns | [`pcre`] |
//! | running what is not regular | [`backtrack`](self) |
//! | the automaton for what is regular | [`compile`] |
//! | which words a key must hold to be matched | [`required`](self) |
//! | automata of patterns of the usual size | [`quick`](self) |
//! | automata of small patterns, which keep nothing | [`small`](self) |
//! | what automata may keep, all together | [`kept`](self) |
//! | an automaton whose building is counted | [`counted`](self) |
//! | patterns that were compiled before | [`known`] |
//! | how much work a match may be | [`steps`] |
//! | how far a pattern got that does not match | [`near_miss`] |
//! | which keys patterns match, as sets | [`language`] |
//! | a pattern part by part, for people | [`explain`] |
//! | a pattern as a railroad diagram | [`railroad`] |
//!
//! ```
//! use postproof_model::Span;
//! use postproof_rules::pattern::{Matched, Pattern, PosixFlags};
//!
//! let flags = PosixFlags { extended: true, fold_case: true, newline: false };
//! let pattern = Pattern::posix(br"^Message-ID:.*@([^.]+)\.example>", flags)?;
//! let key = b"Message-Id: <1@relay.example>";
//! assert_eq!(pattern.is_match(key), Matched::Yes);
//! let captures = pattern.captures(key).ok().flatten();
//! assert_eq!(captures.and_then(|captures| captures.group(1)), Some(Span::new(15, 20)));
//! # Ok::<(), postproof_model::PatternError>(())
//! ```

pub mod ast;
mod backtrack;
pub mod byte_set;
mod captures;
pub mod char_set;
pub mod compile;
mod counted;
pub mod explain;
mod kept;
pub mod known;
pub mod language;
pub mod near_miss;
pub mod pcre;
pub mod posix;
mod quick;
pub mod railroad;
pub(crate) mod required;
mod small;
pub mod steps;
mod utf8;

use std::sync::{Arc, OnceLock};

use postproof_model::{PatternError, PcreMatchError, Shortcut, Span, UnknownReason};
use regex_syntax::hir::Hir;

pub use ast::Ast;
pub use byte_set::ByteSet;
pub use captures::Captures;
pub use char_set::CharSet;
use compile::Engine;
pub(crate) use compile::QUICK_STATES;
pub use known::Patterns;
pub use pcre::PcreFlags;
pub use posix::PosixFlags;
pub(crate) use required::Required;
pub use steps::Steps;

/// Whether a pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Matched {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// PCRE2 ends the match with an error: a rule with this pattern does not fire, and neither does a negated one.
    Failed(PcreMatchError),
    /// That cannot be told. It is no verdict: neither yes nor no may follow from it.
    Unknown(Doubt),
}

/// There is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoAnswer {
    /// It cannot be told whether there is a match.
    Unknown(Doubt),
    /// PCRE2 ends the match with an error.
    Failed(PcreMatchError),
}

/// Why it cannot be told whether a pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// It was not found out within bounds; or the pattern holds something that is not run here
    /// ([`Pattern::unsupported`]).
    GaveUp,
    /// PCRE2 answers one way or the other, as it takes a short cut or not.
    Shortcut(Shortcut),
    /// glibc answers one way or the other, as other keys were searched before.
    EarlierKeys,
}

impl From<Doubt> for UnknownReason {
    fn from(doubt: Doubt) -> Self {
        match doubt {
            Doubt::GaveUp => Self::GaveUp,
            Doubt::Shortcut(shortcut) => Self::Shortcut(shortcut),
            Doubt::EarlierKeys => Self::EarlierKeys,
        }
    }
}

/// A pattern, ready to match. Cheap to clone; what runs it is made when it is first needed.
#[derive(Clone, Debug)]
pub struct Pattern(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    source: Vec<u8>,
    ast: Ast,
    machine: Machine,
    /// What a key must hold, once that was asked.
    required: OnceLock<Option<Required>>,
}

/// How long a key may be in which words are looked for one by one.
const WORDS_KEY: usize = 4096;

/// A regular expression that matches every key that a pattern matches.
#[derive(Debug)]
pub(crate) struct Wider {
    /// The expression.
    pub(crate) hir: Hir,
    /// Whether it matches no other keys.
    pub(crate) exact: bool,
}

/// What runs a pattern.
#[derive(Debug)]
enum Machine {
    Posix(Box<Posix>),
    Pcre(Box<pcre::Machine>),
}

#[derive(Debug)]
struct Posix {
    /// Whether an automaton tells what glibc would.
    is_regular: bool,
    regular: OnceLock<Option<Engine>>,
    machine: posix::Machine,
}

impl Posix {
    /// The automaton that tells what glibc would, where there is one.
    fn regular(&self, ast: &Ast) -> Option<&Engine> {
        self.regular.get_or_init(|| self.hir(ast).and_then(Engine::new)).as_ref()
    }

    /// The automaton's pattern.
    fn hir(&self, ast: &Ast) -> Option<Hir> {
        if self.is_regular { compile::hir(ast) } else { None }
    }
}

impl Pattern {
    /// A pattern as regcomp(3) of glibc reads it in the C locale. `source` is the pattern without its delimiters.
    ///
    /// # Errors
    ///
    /// What regcomp(3) refuses, with the part of `source` that is to blame; and what this crate cannot follow, for
    /// which the error's kind says so ([`postproof_model::PatternErrorKind::is_own_limit`]).
    pub fn posix(source: &[u8], flags: PosixFlags) -> Result<Self, PatternError> {
        let ast = posix::parse(source, flags)?;
        let machine = posix::Machine::new(&ast, flags);
        let is_regular = machine.is_plain() && compile::is_regular(&ast);
        let machine = Machine::Posix(Box::new(Posix { is_regular, regular: OnceLock::new(), machine }));
        Ok(Self::of(source, ast, machine))
    }

    /// A pattern as pcre2_compile(3) reads it. `source` is the pattern without its delimiters.
    ///
    /// # Errors
    ///
    /// What PCRE2 refuses, with the part of `source` that is to blame, and the offset that PCRE2 reports.
    pub fn pcre(source: &[u8], flags: PcreFlags) -> Result<Self, PatternError> {
        let (ast, machine) = pcre::Machine::new(source, flags)?;
        Ok(Self::of(source, ast, Machine::Pcre(Box::new(machine))))
    }

    fn of(source: &[u8], ast: Ast, machine: Machine) -> Self {
        Self(Arc::new(Inner { source: source.to_owned(), ast, machine, required: OnceLock::new() }))
    }

    /// Whether it matches every key there is, as far as that can be seen at once.
    pub(crate) fn matches_everything(&self) -> bool {
        fn empty(node: &ast::Node) -> bool {
            match &node.kind {
                ast::Kind::Empty => true,
                ast::Kind::Group(group) => group.kind != ast::GroupKind::Atomic && empty(&group.node),
                ast::Kind::Repeat(repeat) => repeat.min == 0 && repeat.greed == ast::Greed::Greedy,
                ast::Kind::Concat(nodes) => nodes.iter().all(empty),
                _ => false,
            }
        }
        self.is_regular() && empty(&self.ast().root)
    }

    /// A regular expression such that no match of it means no match of the pattern, and nothing else: neither an error nor
    /// doubt. None where there is no such expression.
    pub(crate) fn wider(&self) -> Option<Wider> {
        match &self.0.machine {
            Machine::Posix(posix) => posix.hir(self.ast()).map(|hir| Wider { hir, exact: true }),
            Machine::Pcre(machine) => machine.wider(&self.0.ast).map(|hir| Wider { hir, exact: false }),
        }
    }

    /// What a key must hold for the pattern to match it; none where [`Self::wider`] is none.
    pub(crate) fn required(&self) -> Option<&Required> {
        let required = || {
            let has_wider = match &self.0.machine {
                Machine::Posix(posix) => posix.is_regular,
                Machine::Pcre(machine) => machine.has_wider(self.ast()),
            };
            has_wider.then(|| Required::of(&self.ast().root))
        };
        self.0.required.get_or_init(required).as_ref()
    }

    /// The pattern as it was written, without delimiters.
    #[must_use]
    pub fn source(&self) -> &[u8] {
        &self.0.source
    }

    /// The pattern's tree.
    #[must_use]
    pub fn ast(&self) -> &Ast {
        &self.0.ast
    }

    /// How many groups the pattern captures.
    #[must_use]
    pub fn groups(&self) -> u32 {
        self.0.ast.groups
    }

    /// Whether it is a POSIX pattern.
    #[must_use]
    pub fn is_posix(&self) -> bool {
        matches!(self.0.machine, Machine::Posix(_))
    }

    /// What in the pattern this crate does not run, as it is written there; none where it runs all of it.
    #[must_use]
    pub fn unsupported(&self) -> Option<String> {
        match &self.0.machine {
            Machine::Posix(_) => None,
            Machine::Pcre(machine) => machine.unsupported().map(str::to_owned),
        }
    }

    /// Whether Postfix's library has an answer for every key of so many bytes, other than that it gave up: pcre2_match(3)
    /// gives up after a number of attempts.
    #[must_use]
    pub fn answers_surely(&self, length: u64) -> bool {
        match &self.0.machine {
            Machine::Posix(_) => true,
            Machine::Pcre(_) => pcre::attempts(&self.0.ast.root, length) < pcre::LIMIT,
        }
    }

    /// Whether an automaton tells for every key what Postfix's library would.
    fn is_regular(&self) -> bool {
        match &self.0.machine {
            Machine::Posix(posix) => posix.is_regular,
            Machine::Pcre(machine) => machine.is_regular(),
        }
    }

    /// Whether the pattern matches anywhere in `key`, for a caller that wants no bounds, as Postfix where a result has
    /// no `$n`. A key holds no zero byte: it is a string of C.
    ///
    /// In rare patterns glibc finds no match when asked for groups although it finds one when not asked, so a caller
    /// that wants groups takes its verdict from [`Self::captures_up_to`]. No here means no there. And where PCRE2 would
    /// end with an error, no may be said instead: for a rule that is not negated, that is the same.
    #[must_use]
    pub fn is_match(&self, key: &[u8]) -> Matched {
        self.is_match_within(key, &Steps::for_lookup())
    }

    /// As [`Self::is_match`], in as many steps as are left.
    #[must_use]
    pub fn is_match_within(&self, key: &[u8], steps: &Steps) -> Matched {
        if self.lacks_words(key) {
            return Matched::No;
        }
        match &self.0.machine {
            Machine::Posix(posix) => {
                let matched = match posix.regular(&self.0.ast) {
                    Some(engine) => engine.is_match(key, steps).map_err(Doubt::from),
                    None => posix.machine.is_match(&self.0.ast, key, steps),
                };
                match matched {
                    Ok(true) => Matched::Yes,
                    Ok(false) => Matched::No,
                    Err(doubt) => Matched::Unknown(doubt),
                }
            }
            Machine::Pcre(machine) => machine.is_match(&self.0.ast, key, steps),
        }
    }

    /// Whether the key lacks a word that the pattern needs, asked where it spares the making of an automaton, and always
    /// where the automaton is big.
    fn lacks_words(&self, key: &[u8]) -> bool {
        let ready = match &self.0.machine {
            Machine::Posix(posix) => posix.regular.get().is_some(),
            Machine::Pcre(machine) => machine.is_ready(),
        };
        let Some(required) = self.required() else { return false };
        let asked = if required.states > QUICK_STATES { true } else { !ready && key.len() <= WORDS_KEY };
        asked && !required.is_held_by(key)
    }

    /// As [`Self::is_match`], but no means no: for a negated rule, which must not fire where PCRE2 ends with an error.
    #[must_use]
    pub fn is_match_or_error(&self, key: &[u8]) -> Matched {
        self.is_match_or_error_within(key, &Steps::for_lookup())
    }

    /// As [`Self::is_match_or_error`], in as many steps as are left.
    #[must_use]
    pub fn is_match_or_error_within(&self, key: &[u8], steps: &Steps) -> Matched {
        match &self.0.machine {
            Machine::Posix(_) => self.is_match_within(key, steps),
            Machine::Pcre(machine) => machine.is_match_or_error(&self.0.ast, key, steps),
        }
    }

    /// How far the pattern got in a key that it does not match; none where it matches after all, or where that cannot be
    /// told within the budget.
    #[must_use]
    pub fn near_miss(&self, key: &[u8], budget: &mut near_miss::Budget) -> Option<near_miss::NearMiss> {
        let ast = self.ast();
        near_miss::near_miss(ast, key, budget).or_else(|| match &self.0.machine {
            Machine::Posix(posix) => posix.machine.near_miss(ast, key, budget),
            Machine::Pcre(machine) => machine.near_miss(ast, key, budget),
        })
    }

    /// The part of `key` that the pattern matches: the leftmost, and of those that begin there POSIX's longest or PCRE2's
    /// first.
    ///
    /// # Errors
    ///
    /// When there is no answer.
    pub fn find(&self, key: &[u8]) -> Result<Option<Span>, NoAnswer> {
        self.find_within(key, &Steps::for_lookup())
    }

    /// As [`Self::find`], in as many steps as are left.
    ///
    /// # Errors
    ///
    /// When there is no answer.
    pub fn find_within(&self, key: &[u8], steps: &Steps) -> Result<Option<Span>, NoAnswer> {
        match self.captures_within(key, 0, steps)? {
            None => Ok(None),
            Some(captures) => captures.whole().map(Some).ok_or(NoAnswer::Unknown(Doubt::GaveUp)),
        }
    }

    /// The part of `key` that the pattern matches, and its groups, as regexec(3) of glibc or pcre2_match(3) yields them.
    ///
    /// # Errors
    ///
    /// When there is no answer.
    pub fn captures(&self, key: &[u8]) -> Result<Option<Captures>, NoAnswer> {
        self.captures_up_to(key, self.groups())
    }

    /// As [`Self::captures`], for a caller that asks for the groups up to `wanted` only, as Postfix does when the
    /// highest `$n` of a result is lower than the number of groups. In rare patterns glibc answers otherwise, then.
    ///
    /// # Errors
    ///
    /// When there is no answer.
    pub fn captures_up_to(&self, key: &[u8], wanted: u32) -> Result<Option<Captures>, NoAnswer> {
        self.captures_within(key, wanted, &Steps::for_lookup())
    }

    /// As [`Self::captures_up_to`], in as many steps as are left.
    ///
    /// # Errors
    ///
    /// When there is no answer.
    pub fn captures_within(&self, key: &[u8], wanted: u32, steps: &Steps) -> Result<Option<Captures>, NoAnswer> {
        let wanted = wanted.min(self.groups());
        let posix = match &self.0.machine {
            Machine::Posix(posix) => posix,
            Machine::Pcre(machine) => {
                let spans = machine.captures(&self.0.ast, key, steps)?;
                return Ok(spans.map(|mut spans| {
                    spans.truncate(wanted as usize + 1);
                    Captures::known(spans)
                }));
            }
        };
        let found = match posix.regular(&self.0.ast) {
            Some(engine) => match engine.find_start(key, steps).map_err(|gave_up| NoAnswer::Unknown(gave_up.into()))? {
                Some(start) => Some(start),
                None => return Ok(None),
            },
            None => None,
        };
        match posix.machine.groups(&self.0.ast, key, found.unwrap_or(0), wanted, steps) {
            Ok(captures) => Ok(captures),
            Err(_) if found.is_some() => Ok(Some(Captures::unknown())),
            Err(doubt) => Err(NoAnswer::Unknown(doubt)),
        }
    }
}
