//! What findings say of results and keys of header and body checks, held against a real smtpd and cleanup, where there is
//! one; and against ours.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test, which runs Postfix"
)]

#[path = "support/statements.rs"]
mod statements;
mod support;

use std::io::Write as _;

use postproof_model::Code;
use serde::Deserialize;
use statements::{Side, example, read};
use support::rule_set::RuleSet;
use support::{live, private_postfix::PrivatePostfix};

const FILE: &str = "cleanup.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    code: Code,
    side: Side,
    message: String,
    reply: String,
    #[serde(default)]
    log: Vec<String>,
    #[serde(default)]
    left: Vec<String>,
    #[serde(default)]
    gone: Vec<String>,
}

impl Statement {
    fn name(&self) -> String {
        format!("{} {:?}", self.code.code(), self.side)
    }

    /// The table of the code's example as that of its parameter.
    fn rules(&self) -> RuleSet {
        let (named, text) = example(self.code, self.side).first().unwrap();
        let parameter = named.strip_prefix("regexp:").unwrap_or_else(|| panic!("{named} is no regexp: table"));
        RuleSet::of(&self.name(), parameter, text)
    }
}

/// Holds a statement against an answer, whoever gave it.
fn hold(statement: &Statement, reply: &[u8], log: &[Vec<u8>], after: Option<&[u8]>) {
    let name = statement.name();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(text(reply).starts_with(&statement.reply), "{name}: {}", text(reply));
    let log: Vec<String> = log.iter().map(|line| text(line)).collect();
    for part in &statement.log {
        assert!(log.iter().any(|line| line.contains(part.as_str())), "{name}: {part}: {log:?}");
    }
    let after = text(after.unwrap_or_default());
    let mut lines: Vec<&str> = after.lines().collect();
    for wanted in &statement.left {
        let at = lines.iter().position(|line| line == wanted).unwrap_or_else(|| panic!("{name}: {wanted}:\n{after}"));
        lines.remove(at);
    }
    for unwanted in &statement.gone {
        assert!(!lines.contains(&unwanted.as_str()), "{name}: {unwanted}:\n{after}");
    }
}

#[test]
fn cleanup_does_as_recorded() {
    let statements: Vec<Statement> = read(FILE);
    let sets: Vec<RuleSet> = statements.iter().map(Statement::rules).collect();
    let postfix = match PrivatePostfix::start(&sets) {
        Ok(postfix) => postfix,
        Err(missing) => {
            // Past the test harness, which keeps what passing tests print to itself.
            writeln!(std::io::stdout(), "skipped: lint_cleanup, since {}", missing.0).unwrap();
            return;
        }
    };
    for (index, statement) in statements.iter().enumerate() {
        let answers = live::ask(&postfix, index, std::iter::once(statement.message.as_bytes()));
        let answer = answers.first().unwrap();
        hold(statement, &answer.reply, &answer.log, answer.after.as_deref());
    }
}

#[test]
fn ours_does_as_recorded() {
    for (index, statement) in read::<Statement>(FILE).iter().enumerate() {
        let checks = statement.rules().checks();
        let envelope = live::envelope(index, Some(("0123456789A", 0)));
        let verdict = checks.evaluate(statement.message.as_bytes(), &envelope);
        let shown = live::Shown::of_verdict(&verdict);
        let log: Vec<Vec<u8>> = shown.log.iter().map(|line| line.to_vec()).collect();
        let reply = if shown.reply.starts_with(b"250") { b"250 " } else { &shown.reply[..] };
        hold(statement, reply, &log, shown.after.as_deref());
    }
}
