//! The data of `tests/conformance/posix`: what patterns match, case by case.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read their data from files"
)]

use std::path::Path;

use postproof_model::Span;
use postproof_rules::pattern::{Matched, Pattern, PosixFlags};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    pattern: String,
    flags: String,
    /// Where the truth comes from.
    origin: String,
    /// What the C library does where there is no answer.
    glibc: Option<String>,
    answers: Vec<Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    subject: String,
    groups: Option<u32>,
    found: Option<String>,
    #[serde(default)]
    unknown: bool,
}

impl Expected {
    /// What is found, as in the data; an error where that is unknown.
    fn asked(&self, pattern: &Pattern) -> Result<Option<String>, ()> {
        let subject = self.subject.as_bytes();
        let Some(groups) = self.groups else {
            return match pattern.is_match(subject) {
                Matched::Yes => Ok(Some(String::new())),
                Matched::No => Ok(None),
                Matched::Unknown(_) | Matched::Failed(_) => Err(()),
            };
        };
        let captures = pattern.captures_up_to(subject, groups).map_err(|_| ())?;
        let shown = |span: Option<Span>| span.map_or_else(|| "-".into(), |span| format!("{}-{}", span.start, span.end));
        Ok(captures.map(|captures| {
            let spans = std::iter::once(captures.whole()).chain(captures.groups().iter().copied());
            spans.map(shown).collect::<Vec<String>>().join(" ")
        }))
    }
}

#[test]
fn patterns_match_as_the_conformance_data_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/posix");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut answers = 0;
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let data: Data = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in &data.case {
            let name = format!("{} {}", case.pattern, case.flags);
            assert!(!case.origin.is_empty(), "{name}");
            let has = |letter| case.flags.contains(letter);
            let flags = PosixFlags { extended: has('e'), fold_case: has('i'), newline: has('n') };
            let pattern = Pattern::posix(case.pattern.as_bytes(), flags).unwrap();
            for expected in &case.answers {
                assert!(!expected.unknown || case.glibc.is_some(), "{name}: no reason");
                let wanted = if expected.unknown { Err(()) } else { Ok(expected.found.clone()) };
                assert_eq!(expected.asked(&pattern), wanted, "{name}: {}", expected.subject);
                answers += 1;
            }
        }
    }
    assert!(answers > 10, "only {answers} answers");
}
