//! The SMTP sessions of the page's examples with a real smtpd(8), where there is one: each example as it is and mended.
//! What is expected of ours stands in their test files, which `postproof test` runs.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test, which runs Postfix"
)]

#[path = "../../cli/tests/support/examples.rs"]
mod examples;
mod smtp_oracle;

use std::collections::BTreeMap;
use std::io::Write as _;

use examples::{Variant, variants};
use smtp_oracle::case::{Config, Group, Recorded};
use smtp_oracle::{namespace, run};

#[test]
fn a_real_smtpd_says_the_same() {
    let Some(version) = namespace::enter("examples_sessions", "a_real_smtpd_says_the_same") else { return };
    let with_sessions: Vec<Variant> =
        variants().into_iter().filter(|variant| !variant.inputs("session").is_empty()).collect();
    let mut tables = BTreeMap::new();
    let mut world = String::new();
    let mut configs = Vec::new();
    let common = |name: &str| !name.starts_with("smtpd_");
    for variant in &with_sessions {
        for (name, text) in &variant.files {
            tables.insert(format!("{}-{name}", variant.name), text.clone());
        }
        let facts = variant.files.get("world").cloned().unwrap_or_default();
        if !world.contains(&facts) {
            world += &facts;
        }
        let parameters = variant.parameters().into_iter().filter(|(name, _)| !common(name));
        let here = format!("/tables/{}-", variant.name);
        let parameters = parameters.map(|(name, value)| (name, value.replace("$config_directory/", &here)));
        let sessions = variant
            .inputs("session")
            .into_iter()
            .map(|session| Recorded { client: session.lines().map(str::to_owned).collect(), server: Vec::new() });
        configs.push(Config {
            parameters: parameters.collect(),
            policies: BTreeMap::new(),
            sessions: sessions.collect(),
        });
    }
    // What is no restriction is the same in all.
    let of_first: Vec<_> = with_sessions[0].parameters().into_iter().filter(|(name, _)| common(name)).collect();
    for variant in &with_sessions {
        let own: Vec<_> = variant.parameters().into_iter().filter(|(name, _)| common(name)).collect();
        assert_eq!(own, of_first, "{}", variant.name);
    }
    let main_cf: String = of_first.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
    let main_cf = format!("{main_cf}inet_interfaces = 127.0.0.1\nalias_maps =\nrelay_domains =\n");
    let oracle = run::Oracle::start(&version);
    let group = oracle.ask(Group { origin: String::new(), main_cf, world, tables, configs }, 1, 1);
    let mut tally = run::Tally::default();
    oracle.compare(&group, &mut tally);
    writeln!(std::io::stdout(), "examples_sessions: {tally}").unwrap();
    assert_eq!((tally.differences, tally.unknown.len(), tally.silent), (0, 0, 0), "{tally}");
    assert!(tally.sessions >= 10 && tally.equal >= 50, "{tally}");
}
