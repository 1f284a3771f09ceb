//! A lookup rule by rule: why each did or did not answer.

use postproof_model::{Answer, Bytes, NearMiss, RuleRef, Span, Step, StepOutcome, Trace};

use super::logical_line::logical_lines;
use super::lookup::{Key, failing, holds};
use super::rule::{Condition, Op, Rule};
use super::source::c_string;
use super::{Body, Table};
use crate::pattern::Steps;
use crate::pattern::near_miss::{self, Budget};

/// How much a trace may hold and cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceLimits {
    /// How many rules are listed.
    pub steps: usize,
    /// How much work goes into near misses, in steps of one piece of a pattern at one place of the key.
    pub work: usize,
    /// How much of that may go into one rule.
    pub work_for_one: usize,
}

impl Default for TraceLimits {
    /// Enough for every rule of a large table and a header, in a fraction of a second.
    fn default() -> Self {
        Self { steps: 1000, work: 20_000_000, work_for_one: 1_000_000 }
    }
}

/// What a trace may still cost beside what the lookup itself costs.
struct Left {
    /// Work for near misses.
    near: usize,
    /// Steps to find out what a negated pattern matched.
    matched: Steps,
    /// Steps of tables inside tables, which are asked once more at each level. When none are left, no more are listed.
    inner: Steps,
}

impl Table {
    /// What the table answers to a key, and what each of its rules made of it.
    #[must_use]
    pub fn trace(&self, key: &[u8]) -> Trace {
        self.trace_within(key, TraceLimits::default())
    }

    /// As [`Table::trace`], with limits of the caller's own.
    #[must_use]
    pub fn trace_within(&self, key: &[u8], limits: TraceLimits) -> Trace {
        let mut left = Left { near: limits.work, matched: Steps::for_lookup(), inner: Steps::new(4 * Steps::LOOKUP) };
        self.traced(key, limits, &Steps::for_lookup(), &mut left)
    }

    /// The answer takes its steps from the same as in a lookup, so that it is the same; what each rule made of the key is
    /// found out a second time, in as many steps as there were at first.
    fn traced(&self, key: &[u8], limits: TraceLimits, steps: &Steps, left: &mut Left) -> Trace {
        let again = Steps::new(steps.left());
        let original = c_string(key);
        let refused = self.opener.utf8 && std::str::from_utf8(original).is_err();
        let folded = if refused { original.into() } else { self.folded(original) };
        let mut trace = Trace {
            table: self.name.to_string(),
            key: Bytes::from(folded.as_ref()),
            steps: Vec::new(),
            steps_left_out: 0,
            tables: Vec::new(),
            answer: self.ask_within(original, steps, &mut |_| {}),
        };
        let more = left.inner.spend(again.left() - steps.left());
        if refused {
            return trace;
        }
        match &self.body {
            Body::Rules => self.steps(&Key::new(&folded, &again), limits, left, &mut trace),
            Body::Pipeline(_) | Body::Union(_) if !more => {}
            Body::Pipeline(tables) => {
                let mut key = trace.key.clone();
                for table in tables.iter() {
                    let next = table.traced(&key, limits, &again, left);
                    let result = match &next.answer {
                        Answer::Found(hit) => Some(hit.result.clone()),
                        Answer::NotFound | Answer::Unknown { .. } => None,
                    };
                    trace.tables.push(next);
                    let Some(result) = result else { break };
                    key = result;
                }
            }
            Body::Union(tables) => {
                for table in tables.iter() {
                    let next = table.traced(&folded, limits, &again, left);
                    let unknown = matches!(next.answer, Answer::Unknown { .. });
                    trace.tables.push(next);
                    if unknown {
                        break;
                    }
                }
            }
            Body::Index(_) | Body::Choices | Body::Nothing(_) => {
                let step = match &trace.answer {
                    Answer::Found(hit) => Some(Step { rule: hit.rule.clone(), outcome: StepOutcome::Answers }),
                    Answer::Unknown { rule, reason } => {
                        Some(Step { rule: rule.clone(), outcome: StepOutcome::Unknown(reason.clone()) })
                    }
                    Answer::NotFound => None,
                };
                trace.steps.extend(step);
            }
        }
        trace
    }

    /// Tries the rules in order, up to the one that answers or cannot be run.
    fn steps(&self, key: &Key<'_>, limits: TraceLimits, left: &mut Left, trace: &mut Trace) {
        // Where the block ends that shut the key out.
        let mut shut_out_until = 0;
        for (index, rule) in self.rules.iter().enumerate() {
            let (outcome, last) = if index < shut_out_until {
                match rule.op {
                    Op::Endif => continue,
                    _ => (StepOutcome::ShutOut, false),
                }
            } else {
                match self.outcome(rule, key, limits, left) {
                    None => continue,
                    Some(outcome) => {
                        if let (StepOutcome::ShutsOut { .. } | StepOutcome::Failed(_), Op::If { end, .. }) =
                            (&outcome, &rule.op)
                        {
                            shut_out_until = *end;
                        }
                        let last = matches!(outcome, StepOutcome::Answers | StepOutcome::Unknown(_));
                        (outcome, last)
                    }
                }
            };
            if trace.steps.len() >= limits.steps {
                trace.steps_left_out += 1;
                if last {
                    trace.steps.pop();
                } else {
                    continue;
                }
            }
            trace.steps.push(Step { rule: self.rule_ref(index), outcome });
            if last {
                break;
            }
        }
    }

    /// What one rule makes of the key; none for what is no rule.
    fn outcome(&self, rule: &Rule, key: &Key<'_>, limits: TraceLimits, left: &mut Left) -> Option<StepOutcome> {
        let failing = match &rule.op {
            Op::Endif => return None,
            Op::If { condition, .. } => holds(condition, key).map(|holds| (!holds).then_some(condition)),
            Op::Answer { condition, second, result } => holds(condition, key)
                .and_then(|first| failing(condition, first, second.as_ref(), result.highest_group(), key)),
        };
        if let Some(error) = key.failed.take() {
            return Some(StepOutcome::Failed(error));
        }
        let failing = match failing {
            Ok(failing) => failing,
            Err(reason) => return Some(StepOutcome::Unknown(reason)),
        };
        let is_answer = matches!(rule.op, Op::Answer { .. });
        let Some(condition) = failing else {
            return Some(if is_answer { StepOutcome::Answers } else { StepOutcome::LetsThrough });
        };
        // A pattern that is negated and does not hold matches. A network that does neither may be one of the other family.
        let negated = condition.negated
            && (condition.pattern().is_some()
                || holds(&Condition { negated: false, ..condition.clone() }, key) == Ok(true));
        let matched = if negated { matched(condition, key.bytes, &left.matched) } else { None };
        let near = if condition.negated { None } else { self.near(rule, condition, key.bytes, limits, left) };
        Some(match is_answer {
            false => StepOutcome::ShutsOut { near, matched },
            true if negated => StepOutcome::MatchedButNegated { matched },
            true => StepOutcome::Misses { near },
        })
    }

    /// How far a pattern got that does not match, in the table's source.
    fn near(
        &self,
        rule: &Rule,
        condition: &Condition,
        key: &[u8],
        limits: TraceLimits,
        left: &mut Left,
    ) -> Option<NearMiss> {
        let pattern = condition.pattern()?;
        let granted = limits.work_for_one.min(left.near);
        let mut budget = Budget::new(granted);
        let near = pattern.near_miss(key, &mut budget);
        left.near -= granted - budget.left().min(granted);
        near.map(|near| self.located(&near, &PatternPlace::new(self, rule, condition)))
    }

    fn located(&self, near: &near_miss::NearMiss, place: &PatternPlace) -> NearMiss {
        NearMiss {
            pattern: place.in_source(near.pattern),
            stopped_at: place.in_source(near.stopped_at),
            key: near.key,
            inside: near.inside.as_ref().map(|inside| Box::new(self.located(inside, place))),
        }
    }

    /// How far the pattern of a rule got in a key that it does not match, asked for one rule alone: `rule` is one that an
    /// answer or a list named. None for a rule that matches, for one without a pattern, and where it cannot be told.
    #[must_use]
    pub fn near_miss(&self, rule: &RuleRef, key: &[u8]) -> Option<NearMiss> {
        self.near_miss_within(rule, key, &mut TraceLimits::default().work)
    }

    /// As [`Table::near_miss`], for a caller that asks about many keys: takes from the `work` that is left.
    #[must_use]
    pub fn near_miss_within(&self, rule: &RuleRef, key: &[u8], work: &mut usize) -> Option<NearMiss> {
        let index = self.rules.binary_search_by_key(&rule.span.start, |rule| rule.span.start).ok()?;
        let rule = self.rules.get(index)?;
        let condition = match &rule.op {
            Op::Answer { condition, .. } | Op::If { condition, .. } => condition,
            Op::Endif => return None,
        };
        let limits = TraceLimits::default();
        let mut left = Left { near: *work, matched: Steps::new(0), inner: Steps::new(0) };
        let near = self.near(rule, condition, c_string(key), limits, &mut left);
        *work = left.near;
        near
    }
}

impl Table {
    /// Where parts of a pattern of one of this table's rules stand in its source; the spans are of the pattern's own bytes,
    /// as in [`explain`](crate::pattern::explain). A pattern may go over several lines.
    #[must_use]
    pub fn parts_in_source(&self, rule: &Rule, condition: &Condition, parts: &[Span]) -> Vec<Span> {
        let place = PatternPlace::new(self, rule, condition);
        parts.iter().map(|part| place.in_source(*part)).collect()
    }
}

/// The part of a key that a negated pattern matched.
fn matched(condition: &Condition, key: &[u8], steps: &Steps) -> Option<Span> {
    match condition.pattern() {
        Some(pattern) => pattern.find_within(key, steps).ok().flatten(),
        None => Some(Span::new(0, key.len())),
    }
}

/// Where a pattern stands in a table's source. A pattern may go over several lines, so its bytes need not stand one after
/// another there.
struct PatternPlace {
    line: Option<super::logical_line::LogicalLine>,
    /// Where the rule starts in the source.
    rule: usize,
    /// Where the pattern starts in the line's text.
    pattern: usize,
}

impl PatternPlace {
    fn new(table: &Table, rule: &Rule, condition: &Condition) -> Self {
        let text = table.source.get(rule.span.start..rule.span.end).unwrap_or_default();
        let line = logical_lines(text).next();
        let at = condition.source.start.saturating_sub(rule.span.start);
        let pattern = line.as_ref().map_or(at, |line| line.from_source(at));
        Self { line, rule: rule.span.start, pattern }
    }

    fn in_source(&self, span: Span) -> Span {
        let span = span.shifted(self.pattern);
        self.line.as_ref().map_or(span, |line| line.span_in_source(span)).shifted(self.rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{MapSpec, Opener};
    use postproof_model::TableKind;

    fn table(kind: TableKind, source: &str) -> Table {
        Table::parse(kind, "t", source.as_bytes()).0
    }

    /// The outcomes in short, with the parts of the source that near misses name.
    fn outcomes(table: &Table, key: &str) -> Vec<String> {
        let trace = table.trace(key.as_bytes());
        let text = |span: Span| String::from_utf8_lossy(&table.source()[span.start..span.end]).into_owned();
        let near = |near: &Option<NearMiss>| {
            near.as_ref().map_or(String::new(), |near| {
                format!(
                    " {:?} then {:?} at {:?}",
                    text(near.pattern),
                    text(near.stopped_at),
                    &key[near.key.start..near.key.end]
                )
            })
        };
        let show = |step: &Step| {
            let said = match &step.outcome {
                StepOutcome::Answers => "answers".to_owned(),
                StepOutcome::LetsThrough => "lets through".to_owned(),
                StepOutcome::ShutsOut { near: found, .. } => format!("shuts out{}", near(found)),
                StepOutcome::Misses { near: found } => format!("misses{}", near(found)),
                StepOutcome::MatchedButNegated { matched } => {
                    format!("negated {:?}", matched.map(|span| &key[span.start..span.end]))
                }
                StepOutcome::ShutOut => "shut out".to_owned(),
                StepOutcome::Failed(error) => format!("{error:?}"),
                StepOutcome::Unknown(reason) => format!("{reason:?}"),
            };
            format!("{}: {said}", step.rule.lines.first)
        };
        trace.steps.iter().map(show).collect()
    }

    #[test]
    fn each_rule_says_why() {
        let source = "/^Subject:.*casino/ A\nif /^From:/\n/x/ B\nif /y/\n/z/ C\nendif\nendif\n!/win/ D\n/winner/!/^Sub/ E\nif !/w/\n/a/ F\nendif\n/winner/ G\n/w/ H\n";
        let table = table(TableKind::Regexp, source);
        assert_eq!(
            outcomes(&table, "Subject: winner"),
            [
                "1: misses \"^Subject:.*\" then \"c\" at \"Subject: winner\"",
                "2: shuts out \"^\" then \"F\" at \"\"",
                "3: shut out",
                "4: shut out",
                "5: shut out",
                "8: negated Some(\"win\")",
                "9: negated Some(\"Sub\")",
                "10: shuts out",
                "11: shut out",
                "13: answers",
            ]
        );
    }

    #[test]
    fn a_pattern_over_several_lines_keeps_its_places() {
        let table = table(TableKind::Regexp, "/ab\n  cd\n  ef/ A\n");
        let trace = table.trace(b"ab  cd  x");
        let StepOutcome::Misses { near: Some(near) } = &trace.steps[0].outcome else { panic!("{trace:?}") };
        assert_eq!(near.pattern, Span::new(1, 11));
        assert_eq!(&table.source()[near.stopped_at.start..near.stopped_at.end], b"e");
    }

    #[test]
    fn the_one_that_answers_is_listed_however_many_come_before() {
        let source = "/x/ A\n".repeat(50) + "/a/ B\n";
        let table = table(TableKind::Regexp, &source);
        let limits = TraceLimits { steps: 10, ..TraceLimits::default() };
        let trace = table.trace_within(b"a", limits);
        assert_eq!((trace.steps.len(), trace.steps_left_out), (10, 41));
        assert_eq!(trace.steps.last().unwrap().rule.lines.first, 51);
        let trace = table.trace_within(b"b", limits);
        assert_eq!((trace.steps.len(), trace.steps_left_out), (10, 41));
    }

    #[test]
    fn work_is_bounded() {
        let source = format!("/{}x/ A\n", "(a*)*".repeat(30)).repeat(200);
        let table = table(TableKind::Regexp, &source);
        let key = vec![b'a'; 2000];
        let limits = TraceLimits { work: 100_000, ..TraceLimits::default() };
        let trace = table.trace_within(&key, limits);
        assert_eq!(trace.steps.len(), 200);
        assert!(matches!(trace.steps[199].outcome, StepOutcome::Misses { near: None }));
    }

    #[test]
    fn other_kinds_are_traced_too() {
        let networks = table(TableKind::Cidr, "10.0.0.0/8 A\n!192.0.2.0/24 B\nif 192.0.2.0/24\n192.0.2.7 C\nendif\n");
        assert_eq!(
            outcomes(&networks, "192.0.2.7"),
            ["1: misses", "2: negated Some(\"192.0.2.7\")", "3: lets through", "4: answers"]
        );
        assert_eq!(outcomes(&networks, "::1"), ["1: misses", "2: misses", "3: shuts out", "4: shut out"]);
        let spec = MapSpec::parse(b"pipemap:{inline:{a=b},regexp:{{/c/ d} {/b/ e}}}");
        let opened = spec.open(Opener::POSTMAP, &mut |_| Err(String::new()));
        let trace = opened.table.trace(b"A");
        assert_eq!(trace.key, "a".into());
        assert_eq!(trace.tables.len(), 2);
        assert_eq!(trace.tables[1].key, "b".into());
        assert_eq!(trace.tables[1].steps.len(), 2);
        assert_eq!(opened.table.trace(b"x").tables.len(), 1);
    }
}
