//! One case: its inputs seen, compared with what is expected.

use postproof_model::report::{
    CaseOutcome, CaseReport, Expectation, InputFailure, Mismatch, Seen, TableCoverage, Verdict,
};

use crate::coverage::Hits;
use crate::limits;
use crate::observe::Observation;
use crate::prepare::Prepared;
use crate::snapshot;

/// What a case came to, and the rules that fired on the way.
#[derive(Clone, Debug)]
pub struct CaseRun {
    /// What it came to.
    pub report: CaseReport,
    /// The rules that fired.
    pub hits: Hits,
}

impl Prepared {
    /// Runs a case; none where there is no such case. Cases do not know of each other, so that they may run side by side.
    #[must_use]
    pub fn run(&self, index: usize) -> Option<CaseRun> {
        let case = self.suite.cases.get(index)?;
        let inputs = self.inputs.get(index)?;
        let mut hits = Hits::default();
        let mut failures = Vec::new();
        let mut failed = 0;
        let mut observations = Vec::new();
        let mut unknown = false;
        for input in inputs {
            let observation = self.observe(index, case, input, &mut hits);
            unknown |= observation.seen.verdict == Verdict::Unknown
                || !observation.seen.unknown.is_empty()
                || observation.incomplete;
            let mismatches = case.expect.unmet(&observation);
            if !mismatches.is_empty() {
                failed += 1;
                if failures.len() < limits::FAILURES {
                    let seen = observation.seen.clone();
                    failures.push(InputFailure { input: observation.label.clone(), mismatches, seen });
                }
            }
            if case.expect.snapshot.is_some() {
                observations.push(observation);
            }
        }
        let mut fresh = None;
        if let Some(kept) = &case.expect.snapshot {
            let now = snapshot::of(&observations);
            // An unknown that nobody expects meets nothing, a snapshot of itself neither.
            let expected = !unknown || case.expect.verdict.contains(&Verdict::Unknown);
            if now != *kept || !expected {
                failed += 1;
                let mismatch =
                    Mismatch { expectation: Expectation::Snapshot, expected: kept.clone(), actual: Some(now.clone()) };
                let verdict = observations.first().map_or(Verdict::Unknown, |first| first.seen.verdict);
                let seen = Seen { verdict, reply: None, fired: Vec::new(), unknown: Vec::new() };
                failures.push(InputFailure { input: String::new(), mismatches: vec![mismatch], seen });
                fresh = (expected && now != *kept).then_some(now);
            }
        }
        let outcome = match (failed == 0, &case.todo) {
            (true, None) => CaseOutcome::Passed,
            (false, None) => CaseOutcome::Failed,
            (false, Some(_)) => CaseOutcome::Todo,
            (true, Some(_)) => CaseOutcome::TodoPassed,
        };
        let report = CaseReport {
            name: case.name.clone(),
            index,
            line: case.at.line,
            inputs: inputs.len(),
            outcome,
            todo: case.todo.clone(),
            failures_left_out: failed - failures.len(),
            failures,
            snapshot: fresh,
        };
        Some(CaseRun { report, hits })
    }

    /// What is seen of each input of a case.
    pub(crate) fn observations(&self, index: usize) -> Vec<Observation> {
        let (Some(case), Some(inputs)) = (self.suite.cases.get(index), self.inputs.get(index)) else {
            return Vec::new();
        };
        inputs.iter().map(|input| self.observe(index, case, input, &mut Hits::default())).collect()
    }

    /// The verdicts that a case expects, and the reply, where it expects one as a whole.
    #[must_use]
    pub fn expected(&self, index: usize) -> (&[Verdict], Option<&str>) {
        let Some(case) = self.suite.cases.get(index) else { return (&[], None) };
        (&case.expect.verdict, case.expect.reply.as_ref().and_then(|reply| reply.is.as_deref()))
    }

    /// A case that is not run, since another had failed.
    #[must_use]
    pub fn not_run(&self, index: usize) -> Option<CaseRun> {
        let case = self.suite.cases.get(index)?;
        let report = CaseReport {
            name: case.name.clone(),
            index,
            line: case.at.line,
            inputs: self.inputs.get(index)?.len(),
            outcome: CaseOutcome::NotRun,
            todo: case.todo.clone(),
            failures: Vec::new(),
            failures_left_out: 0,
            snapshot: None,
        };
        Some(CaseRun { report, hits: Hits::default() })
    }

    /// The tables under test, with how often their rules fired.
    #[must_use]
    pub fn coverage(&self, hits: &Hits) -> Vec<TableCoverage> {
        self.covered.with(hits)
    }
}
