//! Taking out of a project what gives people away, as far as every verdict stays as it is: the engine judges every input
//! and every test before and after.

use crate::tests;
use postproof_engine::evaluate::{Memory, evaluate};
use postproof_model::report::CaseOutcome;
use postproof_model::{HostOutcome, HostVerdict, Project};
use postproof_protocol::desk::Redacted;
use postproof_protocol::{Tone, Verdict, tone_of_exchange};
use postproof_share::privacy::{self, Found};

/// The most that is tried one by one where all together would change a verdict.
const TRIED: usize = 100;

/// What a verdict comes to: the same words may differ in it, and nothing else.
#[derive(Debug, PartialEq)]
struct Outcome {
    told: Vec<String>,
    rules: Vec<Vec<Marked>>,
}

/// What is marked of a rule but its place: how often it fires, would fire and may fire, in which tone, whether it decides.
type Marked = (usize, usize, usize, Option<Tone>, bool);

fn of_host(host: &HostVerdict) -> String {
    match &host.outcome {
        HostOutcome::Rejected(reply) => reply.code.to_string(),
        HostOutcome::Permitted => "permitted".to_owned(),
        HostOutcome::Undecided => "undecided".to_owned(),
        HostOutcome::Other(_) => "other".to_owned(),
        HostOutcome::Unknown => "unknown".to_owned(),
    }
}

/// What every input, and every test, comes to.
fn outcomes(project: &Project) -> (Vec<Outcome>, Vec<CaseOutcome>) {
    let mut memory = Memory::default();
    let of = |shown_input| {
        let report = evaluate(&Project { shown_input, ..project.clone() }, &mut memory);
        let told = match &report.verdict {
            Verdict::Nothing => Vec::new(),
            Verdict::Message(verdict) => vec![format!("{:?}", verdict.disposition)],
            Verdict::Hosts(verdict) => {
                verdict.hosts.iter().map(of_host).chain([format!("{:?}", verdict.counts)]).collect()
            }
            Verdict::Log(verdict) => {
                let lost = verdict.lost.iter().map(|(host, taken)| format!("{} {taken}", of_host(host)));
                let retries = verdict.retries.iter().map(|(retries, host)| {
                    let (tries, look) = (retries.tries, retries.look);
                    format!("{tries} {look:?} {:?} {}", retries.let_in, of_host(host))
                });
                lost.chain(retries).chain([format!("{:?}", verdict.counts)]).collect()
            }
            Verdict::Session(verdict) => {
                verdict.exchanges.iter().map(|exchange| format!("{:?}", tone_of_exchange(&exchange.outcome))).collect()
            }
        };
        let rules = report.files.iter().map(|file| {
            let marks = file.rules.iter();
            marks.map(|rule| (rule.hits, rule.would_hit, rule.unknown, rule.tone, rule.decided)).collect()
        });
        Outcome { told, rules: rules.collect() }
    };
    let inputs = (0..project.inputs.len()).map(of).collect();
    let run = tests::run(project, &mut |_, _| ());
    (inputs, run.file.cases.iter().map(|case| case.outcome).collect())
}

/// The project without what gives people away. `progress` hears how many things are tried, of how many.
#[must_use]
pub fn redact(project: &Project, progress: &mut dyn FnMut(usize, usize)) -> Redacted {
    let found = privacy::find(project);
    let by = privacy::replacements(&found);
    let before = outcomes(project);
    let pairs = |which: &[bool]| -> Vec<(&str, &str)> {
        let all = found.iter().zip(&by).zip(which);
        all.filter(|(_, taken)| **taken).map(|((found, by), _)| (found.text.as_str(), by.as_str())).collect()
    };
    let mut which = vec![true; found.len()];
    let mut redacted = privacy::replace(project, &pairs(&which));
    if outcomes(&redacted) != before {
        // One by one, each kept that changes nothing.
        which.fill(false);
        redacted = project.clone();
        for index in 0..found.len().min(TRIED) {
            progress(index, found.len().min(TRIED));
            if let Some(taken) = which.get_mut(index) {
                *taken = true;
            }
            let tried = privacy::replace(project, &pairs(&which));
            if outcomes(&tried) == before {
                redacted = tried;
            } else if let Some(taken) = which.get_mut(index) {
                *taken = false;
            }
        }
    }
    let listed = |taken: bool| {
        let all = found.iter().zip(&by).zip(&which);
        all.filter(move |(_, which)| **which == taken).map(|(pair, _)| pair)
    };
    let replaced =
        |(Found { text, .. }, by): (&Found, &String)| (text.clone(), by.clone(), privacy::places(project, text));
    Redacted {
        replaced: listed(true).map(replaced).collect(),
        kept: listed(false).map(|(found, _)| found.text.clone()).collect(),
        project: redacted,
    }
}

#[cfg(test)]
mod checks {
    use super::*;
    use postproof_model::{Input, InputKind, ProjectFile, Role, TableKind};

    #[test]
    fn what_a_verdict_depends_on_stays_and_the_rest_goes() {
        let file = ProjectFile {
            name: "rules".to_owned(),
            role: Role::HeaderChecks,
            kind: TableKind::Regexp,
            content: "/taro@mail\\.co\\.jp/ REJECT\n/@[a-z]+\\.ne\\.jp/ WARN\n".into(),
        };
        let input = Input {
            name: String::new(),
            kind: InputKind::Message,
            content: "To: hanako@isp.ne.jp\nFrom: taro@mail.co.jp\nCc: jiro@corp.co.jp\n\njiro@corp.co.jp\n".into(),
        };
        let mut project = Project { files: vec![file], inputs: vec![input], ..Project::default() };
        project.tests = postproof_suite::keep(&project, "x").unwrap();
        let redacted = redact(&project, &mut |_, _| ());
        assert_eq!(redacted.kept, ["hanako@isp.ne.jp"]);
        let by: Vec<(&str, usize)> = redacted.replaced.iter().map(|(_, by, places)| (by.as_str(), *places)).collect();
        assert_eq!(by, [("user1@example.com", 3), ("user3@example.com", 4)]);
        let text = redacted.project.inputs[0].content.lossy().into_owned();
        assert!(text.contains("To: hanako@isp.ne.jp\nFrom: user1@example.com\nCc: user3@example.com"), "{text}");
        assert!(!redacted.project.tests.contains("taro"), "{}", redacted.project.tests);
        assert_eq!(outcomes(&redacted.project), outcomes(&project));
    }
}
