//! What findings say of tables, held against what postmap answers: recorded, and asked again where there is a postmap.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test, which runs postmap"
)]

#[path = "support/statements.rs"]
mod statements;

use std::io::Write as _;
use std::process::Command;

use postproof_model::{Answer, Code, TableKind};
use postproof_rules::lint::{self, Around, Reader};
use postproof_rules::table::{Opener, Table};
use serde::Deserialize;
use statements::{Side, example, read};

const FILE: &str = "postmap.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    code: Code,
    side: Side,
    key: String,
    #[serde(default)]
    answer: Option<String>,
    #[serde(default)]
    warns: bool,
}

/// The table of an example: its kind, its file's name, its text.
fn table(code: Code, side: Side) -> (TableKind, &'static str, &'static str) {
    let (named, text) = example(code, side).first().unwrap();
    let (kind, name) = named.split_once(':').unwrap();
    (TableKind::from_name(kind).unwrap(), name, text)
}

#[test]
fn the_rules_answer_as_recorded_and_the_finding_is_there() {
    for statement in read::<Statement>(FILE) {
        let (code, side) = (statement.code, statement.side);
        let (kind, name, text) = table(code, side);
        let reader = Reader::of_file(name);
        let (table, mut found) = Table::parse_as(Opener::POSTMAP, kind, name, text.as_bytes());
        let warned = found.iter().any(|found| found.consequence.postfix_warns());
        assert_eq!(warned, statement.warns, "{code:?} {side:?}: {found:?}");
        let answer = match table.lookup(statement.key.as_bytes()) {
            Answer::Found(hit) => Some(hit.result.lossy().into_owned()),
            Answer::NotFound => None,
            other => panic!("{code:?} {side:?}: {other:?}"),
        };
        assert_eq!(answer, statement.answer, "{code:?} {side:?}: {}", statement.key);
        found.extend(lint::asked(&table, reader, &Around::default()));
        let fires = found.iter().any(|found| found.problem.code() == code);
        assert_eq!(fires, side == Side::Bad, "{code:?} {side:?}: {found:?}");
    }
}

#[test]
fn postmap_answers_as_recorded() {
    if Command::new("postmap").args(["-q", "x", "static:y"]).output().is_err() {
        // Past the test harness, which keeps what passing tests print to itself.
        writeln!(std::io::stdout(), "skipped: lint_postmap, since there is no postmap").unwrap();
        return;
    }
    let folder = std::env::temp_dir().join(format!("lint-postmap-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for statement in read::<Statement>(FILE) {
        let (code, side) = (statement.code, statement.side);
        let (kind, name, text) = table(code, side);
        let file = folder.join(name);
        std::fs::write(&file, text).unwrap();
        let output = Command::new("postmap")
            .args(["-q", &statement.key, &format!("{}:{}", kind.name(), file.display())])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned();
        let answer = output.status.success().then_some(said);
        assert_eq!(answer, statement.answer, "{code:?} {side:?}: {}", statement.key);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(error.contains("warning: "), statement.warns, "{code:?} {side:?}: {error}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
