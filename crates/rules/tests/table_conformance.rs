//! The data of `tests/conformance/table`: what postmap answers, in process.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read their data from files"
)]

use std::collections::BTreeMap;
use std::path::Path;

use postproof_model::{Answer, Consequence, Diagnostic, EntryProblem, Problem, UnknownReason};
use postproof_rules::table::{MapSpec, Opener, Remark, Table, Wanted};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// Where the truth comes from.
    origin: String,
    /// The tables, asked in order.
    maps: Vec<String>,
    /// Whether keys are parts of a message (postmap -b), which need not be UTF-8.
    #[serde(default)]
    message: bool,
    /// Whether a table cannot be opened.
    #[serde(default)]
    refused: bool,
    #[serde(default)]
    warned_lines: Vec<usize>,
    #[serde(default)]
    duplicate_keys: usize,
    #[serde(default)]
    indented: usize,
    #[serde(default)]
    files: BTreeMap<String, String>,
    answers: Vec<Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    key: String,
    result: Option<String>,
    #[serde(default)]
    fails: bool,
    #[serde(default)]
    key_not_utf8: bool,
}

/// Undoes `\\` and `\xNN`.
fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first != b'\\' {
            bytes.push(first);
            continue;
        }
        match rest {
            [b'\\', after @ ..] => {
                bytes.push(b'\\');
                rest = after;
            }
            [b'x', high, low, after @ ..] => {
                let digits = std::str::from_utf8(&[*high, *low]).unwrap().to_owned();
                bytes.push(u8::from_str_radix(&digits, 16).unwrap());
                rest = after;
            }
            _ => panic!("a backslash in {text:?} is not doubled"),
        }
    }
    bytes
}

fn number_of(diagnostics: &[Diagnostic], is: impl Fn(&Problem) -> bool) -> usize {
    diagnostics.iter().filter(|diagnostic| is(&diagnostic.problem)).count()
}

impl Case {
    fn run(&self) {
        let name = &self.name;
        assert!(!self.origin.is_empty(), "{name}");
        let opener = if self.message { Opener::POSTMAP_MESSAGE } else { Opener::POSTMAP };
        let mut diagnostics = Vec::new();
        let open = |map: &String| {
            let opened = MapSpec::parse(&bytes(map)).open(opener, &mut |wanted| {
                let Wanted::File(file) = wanted else { return Err(String::new()) };
                self.files.get(file).map(|text| bytes(text)).ok_or_else(|| "no such file".to_owned())
            });
            diagnostics.extend(opened.diagnostics);
            opened.table
        };
        let tables: Vec<Table> = self.maps.iter().map(open).collect();
        let refused = diagnostics.iter().any(|found| found.consequence == Consequence::TableRefused);
        assert_eq!(refused, self.refused, "{name}: {diagnostics:?}");
        diagnostics.retain(|found| found.consequence.postfix_warns() && found.consequence != Consequence::TableRefused);
        let is_duplicate = |problem: &Problem| matches!(problem, Problem::Entry(EntryProblem::DuplicateKey { .. }));
        let is_indented = |problem: &Problem| *problem == Problem::StartsWithSpace;
        assert_eq!(number_of(&diagnostics, is_duplicate), self.duplicate_keys, "{name}");
        assert_eq!(number_of(&diagnostics, is_indented), self.indented, "{name}");
        let lines = diagnostics.iter().filter(|found| !is_duplicate(&found.problem) && !is_indented(&found.problem));
        let mut lines: Vec<usize> = lines.map(|found| found.place.lines.first).collect();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines, self.warned_lines, "{name}: {diagnostics:?}");
        for expected in &self.answers {
            expected.check(name, &tables);
        }
    }
}

impl Expected {
    fn check(&self, name: &str, tables: &[Table]) {
        let key = bytes(&self.key);
        let mut key_not_utf8 = false;
        let mut answer = Answer::NotFound;
        for table in tables {
            let mut said = |remark| key_not_utf8 |= matches!(remark, Remark::KeyNotUtf8 { .. });
            answer = table.ask(&key, &mut said);
            let traced = table.trace(&key).answer;
            assert_eq!(answer, traced, "{name}: {}", self.key);
            if answer != Answer::NotFound {
                break;
            }
        }
        let (result, fails) = match answer {
            Answer::NotFound => (None, false),
            Answer::Found(hit) => (Some(hit.result.0), false),
            Answer::Unknown { reason: UnknownReason::Fails(_), .. } => (None, true),
            Answer::Unknown { reason, .. } => panic!("{name}: {}: {reason:?}", self.key),
        };
        assert_eq!(result, self.result.as_deref().map(bytes), "{name}: {}", self.key);
        assert_eq!((fails, key_not_utf8), (self.fails, self.key_not_utf8), "{name}: {}", self.key);
    }
}

#[test]
fn tables_answer_as_the_conformance_data_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/table");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut cases, mut answers) = (0, 0);
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "toml")) {
        let text = std::fs::read_to_string(path).unwrap();
        let data: Data = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in &data.case {
            case.run();
            cases += 1;
            answers += case.answers.len();
        }
    }
    assert!(cases > 100, "only {cases} cases");
    println!("{cases} cases, {answers} answers");
}
