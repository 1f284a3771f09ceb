//! A rule's conditions, those of the `if`s around it included, as sets of keys.

use std::collections::HashMap;
use std::rc::Rc;

use super::effort::Effort;
use super::keys::Keys;
use crate::pattern::Pattern;
use crate::pattern::ast::{Assertion, Kind, Node};
use crate::pattern::language::{Language, Newlines, NoLanguage, Term, TooBig};
use crate::table::Table;
use crate::table::rule::{Condition, Op, Rule};

/// How big one automaton may be before it is walked, in bytes. Ordinary ones take some kilobytes.
const AUTOMATON: usize = 1 << 20;

/// Why a rule takes no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// No automaton tells what one of its patterns matches.
    NotRegular,
    /// An automaton would be too big.
    TooBig,
}

/// A condition: the keys of a pattern, or all others.
#[derive(Clone, Debug)]
pub(super) struct Part {
    language: Rc<Language>,
    pub(super) pattern: Pattern,
    pub(super) negated: bool,
    /// Patterns that are written the same way, with the same flags, have the same number.
    number: usize,
    /// Whether Postfix's library has an answer for every key.
    sure: bool,
}

impl Part {
    pub(super) fn term(&self) -> Term<'_> {
        Term { language: &self.language, negated: self.negated }
    }
}

/// The keys that meet all conditions of a rule.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    pub(super) parts: Vec<Part>,
    /// Whether the rule answers every key that meets them, if it is asked: its patterns always have an answer. That of a
    /// condition that it shares with another rule does not count where that rule is looked at.
    pub(super) sure: bool,
    /// Whether it may answer fewer keys than meet the conditions: glibc, asked for groups, may find no match.
    groups: bool,
}

impl Reach {
    pub(super) fn terms(&self) -> Vec<Term<'_>> {
        self.parts.iter().map(Part::term).collect()
    }

    /// The conditions that hold for none or only some of the keys that meet another rule's; none where the rule may not
    /// answer all that meet them.
    ///
    /// A condition that both have, written the same way, holds for all of them: the same pattern has the same answer.
    pub(super) fn beside(&self, other: &Self) -> Option<Vec<&Part>> {
        if self.groups {
            return None;
        }
        let shared =
            |part: &Part| other.parts.iter().any(|known| known.number == part.number && known.negated == part.negated);
        let own: Vec<&Part> = self.parts.iter().filter(|part| !shared(part)).collect();
        own.iter().all(|part| part.sure).then_some(own)
    }

    /// Whether a key meets them.
    pub(super) fn holds(&self, key: &[u8], effort: &Effort) -> Result<bool, TooBig> {
        holds(&self.parts, key, effort)
    }
}

/// Whether a key meets all of these.
pub(super) fn holds<'p>(
    parts: impl IntoIterator<Item = &'p Part>,
    key: &[u8],
    effort: &Effort,
) -> Result<bool, TooBig> {
    for part in parts {
        if part.language.matches(key, effort.steps())? == part.negated {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The automata of a table.
pub(super) struct Reaches<'t> {
    table: &'t Table,
    keys: Keys,
    effort: &'t Effort,
    known: HashMap<Written<'t>, (usize, Result<Rc<Language>, Gap>)>,
}

/// A pattern and its flags as they are written: all that decides what it matches, in a table of one kind.
type Written<'t> = (&'t [u8], &'t [u8]);

impl<'t> Reaches<'t> {
    pub(super) fn new(table: &'t Table, keys: Keys, effort: &'t Effort) -> Self {
        Self { table, keys, effort, known: HashMap::new() }
    }

    /// The keys that a rule is for, within these `if`s: of an `if`, the keys that enter it.
    pub(super) fn of(&mut self, rule: &Rule, around: &[&Condition]) -> Result<Reach, Gap> {
        let mut parts: Vec<Part> = Vec::new();
        let mut gap = None;
        for condition in around.iter().copied().chain(rule.conditions()) {
            match self.part(condition) {
                Ok(part) if parts.iter().any(|known| known.number == part.number && known.negated == part.negated) => {}
                Ok(part) => parts.push(part),
                Err(Gap::NotRegular) => return Err(Gap::NotRegular),
                Err(Gap::TooBig) => gap = Some(Gap::TooBig),
            }
        }
        if let Some(gap) = gap {
            return Err(gap);
        }
        let sure = parts.iter().all(|part| part.sure);
        let groups = match &rule.op {
            Op::Answer { condition, result, .. } => {
                result.highest_group() > 0 && condition.pattern().is_some_and(|pattern| self.groups_differ(pattern))
            }
            _ => false,
        };
        Ok(Reach { parts, sure: sure && !groups, groups })
    }

    /// Whether glibc, asked for groups, may find no match where there is one: it may where a `$` or the like meets a newline.
    fn groups_differ(&self, pattern: &Pattern) -> bool {
        fn looks_on(node: &Node) -> bool {
            matches!(node.kind, Kind::Assertion(assertion) if assertion != Assertion::Start)
                || node.children().into_iter().any(looks_on)
        }
        pattern.is_posix() && self.keys.newlines() != Newlines::Nowhere && looks_on(&pattern.ast().root)
    }

    fn part(&mut self, condition: &Condition) -> Result<Part, Gap> {
        let pattern = condition.pattern().ok_or(Gap::NotRegular)?;
        let source = self.table.source();
        let written = |span: postproof_model::Span| source.get(span.start..span.end).unwrap_or_default();
        let (number, language) = match self.known.get(&(written(condition.source), written(condition.flags))) {
            Some((number, language)) => (*number, language.clone()),
            None => {
                let number = self.known.len();
                let language = self.compile(pattern.language_in(self.keys.newlines(), AUTOMATON)).map(Rc::new);
                self.known.insert((written(condition.source), written(condition.flags)), (number, language.clone()));
                (number, language)
            }
        };
        let sure = pattern.answers_surely(self.keys.longest());
        Ok(Part { language: language?, pattern: pattern.clone(), negated: condition.negated, number, sure })
    }

    /// The texts that meet a condition, wherever they have newlines; perhaps more, where that is all an automaton tells.
    pub(super) fn anywhere(&self, part: &Part) -> Option<Language> {
        let exact = self.compile(part.pattern.language_in(Newlines::Anywhere, AUTOMATON)).ok();
        exact.or_else(|| if part.negated { None } else { self.compile(part.pattern.wider_language(AUTOMATON)).ok() })
    }

    /// Counts what it took.
    fn compile(&self, language: Result<Language, NoLanguage>) -> Result<Language, Gap> {
        match language {
            Ok(language) => {
                self.effort.take(language.bytes());
                Ok(language)
            }
            Err(NoLanguage::NotRegular) => Err(Gap::NotRegular),
            Err(NoLanguage::TooBig) => {
                self.effort.take(AUTOMATON);
                Err(Gap::TooBig)
            }
        }
    }
}
