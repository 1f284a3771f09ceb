//! Each code of lint fires on its page's bad example, and nothing does on the good one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something is not as promised"
)]

mod support;

use std::process::Command;

use postproof_model::Code;
use postproof_words::Lang;
use postproof_words::pages::{Example, document, page};
use serde_json::Value;
use support::folder;

/// Codes whose findings come from somewhere else than lint: from the page's projects, or from what cannot be told.
const ELSEWHERE: &[Code] = &[Code::FileMissing, Code::NotAFact, Code::Unsupported, Code::TooBig];

/// The codes that lint finds in an example.
fn codes(name: &str, example: Example) -> Vec<String> {
    let folder = folder(name);
    let mut command = Command::new(env!("CARGO_BIN_EXE_postproof"));
    command.args(["lint", "--format", "json"]).current_dir(&folder).env("LC_ALL", "C");
    let config = example.iter().any(|(file, _)| *file == "main.cf");
    for (file, text) in example {
        let path = file.split_once(':').map_or(*file, |(_, path)| path);
        std::fs::write(folder.join(path), text).unwrap();
        if !config {
            command.arg(file);
        }
    }
    if config {
        command.args(["-c", "main.cf"]);
    }
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.last().is_some_and(|last| last.get("findings").is_some()), "{name}: {error}");
    assert_eq!(error, "", "{name}");
    lines.iter().filter_map(|line| line.get("code").and_then(Value::as_str)).map(str::to_owned).collect()
}

#[test]
fn bad_examples_have_their_finding_and_good_ones_have_none() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let page = page(*code);
        if ELSEWHERE.contains(code) {
            assert!(page.bad.is_empty() && page.good.is_empty(), "{code:?}");
            continue;
        }
        let bad = codes(&format!("lint_pages/{}-bad", code.code()), page.bad);
        if !bad.iter().any(|found| found == code.code()) {
            wrong.push(format!("{} {code:?} does not fire on its bad example: {bad:?}", code.code()));
        }
        let good = codes(&format!("lint_pages/{}-good", code.code()), page.good);
        if !good.is_empty() {
            wrong.push(format!("{} {code:?}: on its good example: {good:?}", code.code()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// With POSTPROOF_WRITE_DOCUMENTS set, they are written.
#[test]
fn the_documents_are_the_pages() {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    for (name, lang) in [("codes.md", Lang::En), ("codes.ja.md", Lang::Ja)] {
        let (file, text) = (docs.join(name), document(lang));
        if std::env::var_os("POSTPROOF_WRITE_DOCUMENTS").is_some() {
            std::fs::write(&file, &text).unwrap();
        }
        let written = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(written == text, "{name}: run this test with POSTPROOF_WRITE_DOCUMENTS=1");
    }
}
