//! What follows from the rules of a table as sets of keys. Each finding is proved, for every key that the table is asked
//! for; where a proof would take too much, that is said.
//!
//! | idea | file |
//! |---|---|
//! | which keys a table is asked for | [`keys`](self) |
//! | a rule's conditions as sets of keys | [`reach`](self) |
//! | whether earlier rules answer all that a rule matches | [`cover`](self) |
//! | why a rule matches no key | [`no_key`](self) |
//! | how much work all of it may be | [`effort`](self) |
//!
//! A rule fires where its conditions hold, those of the `if`s around it do, and no rule before it answered. So a rule is
//! dead if earlier rules match every key that it matches. Only a rule takes part whose patterns are regular, so that an
//! automaton tells what Postfix's library would; and only such a rule answers for sure that PCRE2 never gives up on
//! ([`crate::pattern::Pattern::answers_surely`]). Rules that are neither are passed over: they may answer more keys, and
//! never fewer than none.

mod cover;
mod effort;
mod keys;
mod no_key;
mod reach;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use postproof_model::{Bytes, Consequence, Diagnostic, Lines, Problem, RuleProblem, Span, TableKind};

use crate::table::Table;
use crate::table::rule::{Condition, Op, Rule};
use crate::table::source::Source;
use cover::Cover;
use effort::Effort;
pub use keys::Keys;
use keys::Shapes;
use no_key::Emptiness;
use reach::{Gap, Reach, Reaches};

/// What is wrong with the rules of a regexp: or pcre: table that is asked for such keys, in the order of its lines. Tables
/// of other kinds have none of these findings here.
#[must_use]
pub fn rules(table: &Table, keys: Keys) -> Vec<Diagnostic> {
    if !matches!(table.kind(), TableKind::Regexp | TableKind::Pcre) {
        return Vec::new();
    }
    let effort = Effort::new();
    let Some(shapes) = Shapes::new(keys) else { return Vec::new() };
    let mut proof = Proof::new(table, keys, &shapes, &effort);
    proof.run();
    let source = Source::new(table.name(), table.source());
    let say = |(problem, span, lines)| source.diagnostic(Problem::Rule(problem), Consequence::Silent, span, lines);
    let mut found = proof.found;
    found.sort_by_key(|(_, span, _): &(RuleProblem, Span, Lines)| *span);
    found.into_iter().map(say).collect()
}

/// Whether the rule at this place of a table matches every header, with the `if`s around it; whatever rules before it
/// answer. No where that cannot be told.
#[must_use]
pub fn fires_on_every_header(table: &Table, index: usize) -> bool {
    let effort = Effort::new();
    let Some(shapes) = Shapes::new(Keys::Header) else { return false };
    let mut reaches = Reaches::new(table, Keys::Header, &effort);
    let Some(rule) = table.rules().get(index).filter(|rule| matches!(rule.op, Op::Answer { .. })) else { return false };
    let around = table.rules().iter().take(index).filter_map(|around| match &around.op {
        Op::If { condition, end } if *end > index => Some(condition),
        _ => None,
    });
    let blocks: Vec<&Condition> = around.collect();
    reaches.of(rule, &blocks).is_ok_and(|reach| reach.sure && cover::is_everything(&shapes, &reach, &effort))
}

/// A rule that takes part.
struct Entry {
    /// Its place in the table.
    index: usize,
    line: usize,
    reach: Reach,
    /// The shortest key that it matches.
    key: Vec<u8>,
    /// Whether it matches every key, once that was asked.
    everything: Option<bool>,
    /// Whether it was said that it does, and that no rule after it fires.
    said: bool,
}

struct Proof<'t> {
    table: &'t Table,
    keys: Keys,
    shapes: &'t Shapes,
    effort: &'t Effort,
    /// The rules so far, in order.
    entries: Vec<Entry>,
    found: Vec<(RuleProblem, Span, Lines)>,
}

impl<'t> Proof<'t> {
    const fn new(table: &'t Table, keys: Keys, shapes: &'t Shapes, effort: &'t Effort) -> Self {
        Self { table, keys, shapes, effort, entries: Vec::new(), found: Vec::new() }
    }

    fn say(&mut self, problem: RuleProblem, rule: &Rule) {
        self.found.push((problem, rule.pattern, rule.lines));
    }

    fn run(&mut self) {
        let told = self.told_elsewhere();
        let mut reaches = Reaches::new(self.table, self.keys, self.effort);
        let mut blocks: Vec<(&Condition, usize)> = Vec::new();
        let mut skip = 0;
        for (index, rule) in self.table.rules().iter().enumerate() {
            blocks.retain(|(_, end)| *end > index);
            let end = match &rule.op {
                Op::Endif => continue,
                Op::If { condition, end } => Some((condition, *end)),
                Op::Answer { .. } => None,
            };
            if index >= skip {
                let around: Vec<_> = blocks.iter().map(|(condition, _)| *condition).collect();
                let reach = reaches.of(rule, &around);
                if self.effort.is_spent() {
                    self.say(RuleProblem::TooBig { rest: true }, rule);
                    return;
                }
                match reach {
                    Err(Gap::NotRegular) => {}
                    // Of a block it is said once, at its `if`.
                    Err(Gap::TooBig) if reaches.of(rule, &[]).is_ok() => {}
                    Err(Gap::TooBig) => self.say(RuleProblem::TooBig { rest: false }, rule),
                    Ok(reach) => {
                        let empty = self.look_at(index, rule, reach, &mut reaches, told.contains(&rule.pattern));
                        if self.effort.is_spent() {
                            self.say(RuleProblem::TooBig { rest: true }, rule);
                            return;
                        }
                        // Of a block that no key enters, that is all there is to say.
                        if let (true, Some((_, end))) = (empty, end) {
                            skip = end;
                        }
                    }
                }
            }
            if let Some((condition, end)) = end {
                blocks.push((condition, end));
            }
        }
    }

    /// What the lint of client tables says, by the pattern it says it of: once is enough.
    fn told_elsewhere(&self) -> HashSet<Span> {
        if self.keys != Keys::Client {
            return HashSet::new();
        }
        super::client_table(self.table).into_iter().map(|found| found.place.span).collect()
    }

    /// Looks at one rule; true where no key meets its conditions.
    fn look_at(&mut self, index: usize, rule: &Rule, reach: Reach, reaches: &mut Reaches<'_>, told: bool) -> bool {
        let key = match self.shapes.find(&reach.terms(), &[], self.effort) {
            cover::Found::Key(key) => key,
            cover::Found::TooBig => {
                if !self.effort.is_spent() {
                    self.say(RuleProblem::TooBig { rest: false }, rule);
                }
                return false;
            }
            cover::Found::None => {
                if self.keys != Keys::Client {
                    let why = Emptiness { keys: self.keys, shapes: self.shapes, effort: self.effort };
                    match why.reason(&reach, reaches) {
                        Some(why) => self.say(RuleProblem::NoKey { why }, rule),
                        None if self.effort.is_spent() => return false,
                        None => self.say(RuleProblem::TooBig { rest: false }, rule),
                    }
                }
                return true;
            }
        };
        if !matches!(rule.op, Op::Answer { .. }) {
            return false;
        }
        let entry = Entry { index, line: rule.lines.first, reach, key, everything: None, said: false };
        if !told {
            self.dead(&entry, rule);
        }
        self.entries.push(entry);
        false
    }

    /// Says so where earlier rules answer all that a rule matches.
    fn dead(&mut self, entry: &Entry, rule: &Rule) {
        let known: Vec<bool> = self.entries.iter().map(|entry| entry.said).collect();
        let cover = Cover { shapes: self.shapes, effort: self.effort, before: &self.entries };
        // Of a rule that matches everything it was said already that none after it fires.
        let mut lines = match cover.of(&entry.reach, &known) {
            cover::Covered::No => return,
            cover::Covered::TooBig => {
                if !self.effort.is_spent() {
                    self.say(RuleProblem::TooBig { rest: false }, rule);
                }
                return;
            }
            cover::Covered::By(lines) => lines,
        };
        if let [only] = lines.as_slice() {
            let only = *only;
            let everything = self.entries.get(only).is_some_and(|only| {
                only.everything.unwrap_or_else(|| cover::is_everything(self.shapes, &only.reach, self.effort))
            });
            if self.effort.is_spent() {
                return;
            }
            if let Some(entry) = self.entries.get_mut(only) {
                entry.everything = Some(everything);
            }
            if everything {
                let mut without = known;
                if let Some(without) = without.get_mut(only) {
                    *without = true;
                }
                let cover = Cover { shapes: self.shapes, effort: self.effort, before: &self.entries };
                match cover.of(&entry.reach, &without) {
                    cover::Covered::By(others) => lines = others,
                    cover::Covered::No | cover::Covered::TooBig => {
                        let all = self.entries.get(only).and_then(|only| self.table.rules().get(only.index));
                        if let (Some(all), false) = (all, self.effort.is_spent()) {
                            self.say(RuleProblem::Everything, all);
                        }
                        if let Some(only) = self.entries.get_mut(only) {
                            only.said = true;
                        }
                        return;
                    }
                }
            }
        }
        if let Some(problem) = self.problem(entry, &lines) {
            self.say(problem, rule);
        }
    }

    /// What to say of a rule that never fires since these do before it. None where a lookup shows that it does fire, which
    /// would be a mistake of this proof.
    fn problem(&self, entry: &Entry, lines: &[usize]) -> Option<RuleProblem> {
        let key = Bytes::from(entry.key.as_slice());
        let rules: Vec<&Entry> = lines.iter().filter_map(|index| self.entries.get(*index)).collect();
        let answered = match self.table.lookup(&entry.key) {
            postproof_model::Answer::Found(hit) if hit.rule.lines.first == entry.line => return None,
            postproof_model::Answer::Found(hit) => hit.rule.lines.first,
            _ => rules.iter().find(|rule| rule.reach.holds(&entry.key, self.effort) == Ok(true))?.line,
        };
        let cover = Cover { shapes: self.shapes, effort: self.effort, before: &self.entries };
        if let Some(same) = cover.same(&entry.reach, &entry.key) {
            let same = self.entries.get(same)?;
            return Some(RuleProblem::SameAs { line: same.line, key, only_logs: self.only_logs(&[same]) });
        }
        Some(RuleProblem::NeverFires {
            lines: rules.iter().map(|rule| rule.line).collect(),
            key,
            answered,
            only_log: self.only_logs(&rules),
        })
    }

    /// Whether all of these rules of header or body checks say WARN or INFO.
    fn only_logs(&self, rules: &[&Entry]) -> bool {
        let logs = |entry: &&Entry| {
            let rule = self.table.rules().get(entry.index)?;
            let result = self.table.source().get(rule.pattern.end..rule.span.end)?;
            let word = result.split(u8::is_ascii_whitespace).find(|word| !word.is_empty())?;
            Some(word.eq_ignore_ascii_case(b"WARN") || word.eq_ignore_ascii_case(b"INFO"))
        };
        matches!(self.keys, Keys::Header | Keys::BodyLine) && rules.iter().all(|entry| logs(entry) == Some(true))
    }
}
