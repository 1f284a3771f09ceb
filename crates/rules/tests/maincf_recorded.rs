//! The data of `tests/conformance/maincf`, and what main.cf makes of header and body checks, without Postfix.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests read their data from files")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use postproof_model::{Consequence, MainCfProblem, MapProblem, Problem};
use postproof_rules::maincf::{MainCf, State};
use postproof_rules::message::{Strict, Version};
use postproof_rules::table::Wanted;
use serde::Deserialize;

const VERSION: Version = Version { major: 3, minor: 7 };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data<C> {
    case: Vec<C>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    origin: String,
    source: String,
    /// What postconf shows; none where it refuses the file.
    values: Option<BTreeMap<String, String>>,
    #[serde(default)]
    unused: BTreeSet<String>,
    #[serde(default)]
    undefined: BTreeSet<String>,
    #[serde(default)]
    set_again: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    origin: String,
    boolean: BTreeMap<String, String>,
    integer: BTreeMap<String, String>,
    seconds: BTreeMap<String, String>,
}

fn read<C: for<'c> Deserialize<'c>>(file: &str) -> Vec<C> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/maincf").join(file);
    toml::from_str::<Data<C>>(&std::fs::read_to_string(path).unwrap()).unwrap().case
}

/// postconf shows one space between words.
fn shown(value: &[u8]) -> String {
    String::from_utf8_lossy(value).split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

impl Case {
    fn run(&self) {
        assert!(!self.origin.is_empty());
        let (main_cf, problems) = MainCf::parse_for(VERSION, "main.cf", self.source.as_bytes());
        let context = || format!("{}\n{problems:?}", self.source);
        let warned = |is: &dyn Fn(&MainCfProblem) -> Option<&String>| -> BTreeSet<String> {
            let of = problems.iter().filter(|problem| problem.consequence == Consequence::TextIgnored);
            let of = of
                .filter_map(|problem| if let Problem::MainCf(problem) = &problem.problem { is(problem) } else { None });
            of.cloned().collect()
        };
        let Some(values) = &self.values else {
            // A default may be refused because of what it refers to, and then no line of the file is at fault.
            let refused = problems.iter().any(|problem| problem.consequence == Consequence::ConfigurationRefused)
                || matches!(main_cf.get("smtpd_relay_restrictions").state, State::Refused(_));
            assert!(refused, "{}", context());
            return;
        };
        for (name, value) in values {
            let ours = main_cf.get(name);
            assert_eq!(
                ours.text().map(shown).as_deref(),
                Some(value.as_str()),
                "{name}: {:?}\n{}",
                ours.state,
                context()
            );
        }
        let unused = warned(&|problem| match problem {
            MainCfProblem::UnknownParameter { name, .. } | MainCfProblem::ObsoleteParameter { name, .. } => Some(name),
            _ => None,
        });
        assert_eq!(unused, self.unused, "{}", context());
        let undefined = warned(&|problem| match problem {
            MainCfProblem::UndefinedName { name } => Some(name),
            _ => None,
        });
        assert_eq!(undefined, self.undefined, "{}", context());
        let again = warned(&|problem| match problem {
            MainCfProblem::SetAgain { name, .. } => Some(name),
            _ => None,
        });
        assert_eq!(again, self.set_again, "{}", context());
    }
}

#[test]
fn values_are_those_recorded() {
    let cases = read::<Case>("postconf.toml");
    cases.iter().for_each(Case::run);
    assert!(cases.len() > 35, "only {} cases", cases.len());
}

#[test]
fn values_are_read_as_the_programs_read_them() {
    let said =
        |value: Result<Option<String>, MainCfProblem>| value.map_or_else(|_| "refused".to_owned(), Option::unwrap);
    for case in read::<Typed>("typed.toml") {
        assert!(!case.origin.is_empty());
        let value =
            |name: &str, text: &str| MainCf::parse("main.cf", format!("{name} = {text}").as_bytes()).0.get(name);
        for (text, expected) in &case.boolean {
            let ours = value("soft_bounce", text).boolean();
            let word = |yes| if yes { "yes".to_owned() } else { "no".to_owned() };
            assert_eq!(&said(ours.map(|value| value.map(word))), expected, "{text}");
        }
        for (text, expected) in &case.integer {
            let ours = value("hopcount_limit", text).integer(Some(1), None);
            assert_eq!(&said(ours.map(|value| value.map(|value| value.to_string()))), expected, "{text}");
        }
        for (text, expected) in &case.seconds {
            let ours = value("daemon_timeout", text).seconds(b's');
            assert_eq!(&said(ours.map(|value| value.map(|value| value.to_string()))), expected, "{text}");
        }
    }
}

#[test]
fn header_and_body_checks_are_opened_with_their_places() {
    let source = b"dir = /etc/postfix\nheader_checks = regexp:$dir/h,\n  nosuch:x\nmime_header_checks =\n\
        body_checks = pcre:{ {/a(/ x} }\nheader_size_limit = 0\nhopcount_limit = 7\n";
    let (main_cf, problems) = MainCf::parse("main.cf", source);
    assert_eq!(problems, []);
    let (checks, problems) = main_cf.content_checks(&mut |wanted| match wanted {
        Wanted::File("/etc/postfix/h") => Ok(b"/x/ REJECT\nbroken\n".to_vec()),
        _ => Err("no such file".to_owned()),
    });
    assert_eq!((checks.header.len(), checks.body.len(), checks.limits.hopcount_limit), (2, 1, 7));
    assert!(checks.mime_header.is_some_and(|tables| tables.is_empty()) && checks.nested_header.is_none());
    let at = |is: &dyn Fn(&Problem) -> bool| {
        let found = problems.iter().find(|found| is(&found.problem)).unwrap_or_else(|| panic!("{problems:?}"));
        (found.place.file.as_str(), found.place.line, found.place.column)
    };
    assert_eq!(at(&|problem| *problem == Problem::NotARule), ("/etc/postfix/h", 2, 1));
    assert_eq!(at(&|problem| matches!(problem, Problem::Map(MapProblem::UnknownType { .. }))), ("main.cf", 3, 3));
    assert_eq!(at(&|problem| matches!(problem, Problem::Pattern(_))).0, "main.cf");
    assert_eq!(at(&|problem| matches!(problem, Problem::MainCf(MainCfProblem::OutOfRange { .. }))), ("main.cf", 6, 21));
}

#[test]
fn strict_parameters_are_read() {
    let strict = |source: &str| {
        let (main_cf, problems) = MainCf::parse("main.cf", source.as_bytes());
        assert_eq!(problems, []);
        let (checks, _) = main_cf.content_checks(&mut |_| Err("no such file".to_owned()));
        let Strict { headers, body, encoding_domain } = checks.limits.strict;
        (headers, body, encoding_domain, checks.soft_bounce)
    };
    for (source, expected) in [
        ("", (false, false, false, false)),
        ("strict_7bit_headers = yes\n", (true, false, false, false)),
        ("strict_8bitmime_body = $x\nx = YES\n", (false, true, false, false)),
        ("strict_8bitmime = yes\nstrict_8bitmime_body = no\n", (true, true, false, false)),
        ("strict_mime_encoding_domain = yes\n", (false, false, true, false)),
        ("soft_bounce = yes\nstrict_8bitmime = maybe\n", (false, false, false, true)),
    ] {
        assert_eq!(strict(source), expected, "{source:?}");
    }
}

/// Values that grow without end, nest without end or refer to themselves end in an answer, soon.
#[test]
fn hostile_files_end() {
    let mut doubling = String::new();
    for index in 0..60 {
        doubling += &format!("a{index} = $a{0}$a{0}\n", index + 1);
    }
    doubling += "a60 = xxxxxxxxxx\n";
    let nested = format!("a = {}x{}\n", "${b:".repeat(100_000), "}".repeat(100_000));
    let compared = format!("a = {}x{}\n", "${{".repeat(5_000), "} == {x}}".repeat(5_000));
    let chain: String = (0..200).map(|index| format!("a{index} = $a{}\n", index + 1)).collect();
    for source in [doubling, nested, compared, chain, "a = ${{$a} == {b}}\n".to_owned(), "\0=\n".to_owned()] {
        let (main_cf, _) = MainCf::parse("main.cf", source.as_bytes());
        assert_ne!(main_cf.get("a0").state, State::Known(b"x".to_vec()));
    }
}
