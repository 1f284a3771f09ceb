//! Answers for programs: one object a line.

use std::io::Write;

use postproof_model::{HostDecider, HostSummary, HostTold, HostVerdict, Proposal, Saved, ServedVerdict};
use postproof_rules::host::Verdict;
use serde::Serialize;

use super::Answered;

pub(super) fn answer(out: &mut impl Write, answered: &Answered<'_>) -> std::io::Result<()> {
    let decision = answered.verdict.decision();
    let reply = match &decision.told {
        HostTold::Rejected(reply) => Some(reply.lossy().into_owned()),
        _ => None,
    };
    let decider = decision.decider;
    let line = Line {
        verdict: match answered.verdict {
            Verdict::Tables(verdict) => Either::Tables(verdict),
            Verdict::Server(verdict) => Either::Server(verdict),
        },
        reply,
        s25r: decider.as_ref().and_then(|decider| decider.rule.as_ref()?.s25r),
        decider: decider.filter(|_| matches!(answered.verdict, Verdict::Server(_))),
        saved: answered.saved.as_ref(),
        proposals: answered.proposals.as_deref(),
    };
    writeln!(out, "{}", serde_json::to_string(&line)?)
}

pub(super) fn summary(out: &mut impl Write, summary: &HostSummary) -> std::io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(summary)?)
}

/// A verdict for programs.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    verdict: Either<'a>,
    /// The reply as one line.
    reply: Option<String>,
    /// The number of the S25R rule that decided.
    s25r: Option<u8>,
    /// What decided, where a main.cf did.
    #[serde(skip_serializing_if = "Option::is_none")]
    decider: Option<HostDecider>,
    /// What let it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    saved: Option<&'a Saved>,
    /// What would let it in, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposals: Option<&'a [Proposal]>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Either<'a> {
    Tables(&'a HostVerdict),
    Server(&'a ServedVerdict),
}
