//! Answers of tables, and how they came about.

use postproof_model::{Answer, Hit, NearMiss, Span, StepOutcome, Trace};
use postproof_rules::table::{Table, TraceLimits};

use super::span::{Text, assert_within};

/// Looks a key up in every way there is. Panics unless all agree, and every span is one of the key or of the source.
pub(crate) fn assert_answers(table: &Table, key: &[u8], source: &Text<'_>) {
    let answer = table.lookup(key);
    let key_length = c_length(key);
    match &answer {
        Answer::NotFound => {}
        Answer::Found(hit) => {
            assert_hit(hit, key_length, source);
            for rule in table.also(key, hit) {
                source.assert_rule(&rule);
                assert!(rule.span.start > hit.rule.span.start, "{rule:?} stands before {:?}", hit.rule);
            }
        }
        Answer::Unknown { rule, .. } => source.assert_rule(rule),
    }
    let mut remarks = 0;
    assert_eq!(table.ask(key, &mut |_| remarks += 1), answer);
    assert!(remarks <= table.rules().len().max(1) * 2, "{remarks} remarks");
    let trace = table.trace(key);
    assert_eq!(trace.answer, answer, "the trace answers otherwise");
    assert_trace(&trace, source);
}

/// What of a key the C library sees.
fn c_length(key: &[u8]) -> usize {
    key.iter().position(|&byte| byte == 0).unwrap_or(key.len())
}

fn assert_hit(hit: &Hit, key_length: usize, source: &Text<'_>) {
    source.assert_rule(&hit.rule);
    for condition in &hit.conditions {
        source.assert_rule(condition);
        assert!(condition.span.start < hit.rule.span.start, "{condition:?} stands after {:?}", hit.rule);
    }
    for span in hit.matched.iter().chain(hit.groups.iter().flatten()) {
        assert_within(*span, key_length, hit);
    }
    for stage in &hit.stages {
        assert_hit(&stage.hit, c_length(&stage.key), source);
    }
}

fn assert_trace(trace: &Trace, source: &Text<'_>) {
    let length = trace.key.len();
    assert!(trace.steps.len() <= TraceLimits::default().steps, "{} steps", trace.steps.len());
    for (index, step) in trace.steps.iter().enumerate() {
        source.assert_rule(&step.rule);
        match &step.outcome {
            StepOutcome::ShutsOut { near, matched } => {
                assert_near(near.as_ref(), step.rule.span, length);
                matched.iter().for_each(|&span| assert_within(span, length, step));
            }
            StepOutcome::Misses { near } => assert_near(near.as_ref(), step.rule.span, length),
            StepOutcome::MatchedButNegated { matched } => {
                matched.iter().for_each(|&span| assert_within(span, length, step));
            }
            StepOutcome::Answers => {
                assert_eq!(index + 1, trace.steps.len(), "a step after the one that answers");
                // A rule that answers may have a result that nobody can use.
                let rule = match &trace.answer {
                    Answer::Found(hit) => &hit.rule,
                    Answer::Unknown { rule, .. } => rule,
                    Answer::NotFound => panic!("{step:?} answers, but nothing is found"),
                };
                assert_eq!(*rule, step.rule);
            }
            StepOutcome::Unknown(reason) => {
                let Answer::Unknown { reason: why, .. } = &trace.answer else {
                    panic!("{step:?}, but {:?}", trace.answer)
                };
                assert_eq!(reason, why);
            }
            StepOutcome::LetsThrough | StepOutcome::ShutOut | StepOutcome::Failed(_) => {}
        }
    }
    // The source of a table inside another is the outer one's.
    trace.tables.iter().for_each(|inner| assert_trace(inner, source));
}

fn assert_near(near: Option<&NearMiss>, rule: Span, key_length: usize) {
    let Some(near) = near else { return };
    assert_within(near.key, key_length, near);
    for span in [near.pattern, near.stopped_at] {
        let within = rule.start <= span.start && span.start <= span.end && span.end <= rule.end;
        assert!(within, "{span:?} is not in the rule at {rule:?}: {near:?}");
    }
    assert_near(near.inside.as_deref(), rule, key_length);
}
