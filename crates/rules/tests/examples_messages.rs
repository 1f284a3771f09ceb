//! The messages of the page's examples through a real Postfix, where there is one: each example as it is and mended. What
//! is expected of ours stands in their test files, which `postproof test` runs.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::duplicate_mod,
    reason = "a test, which runs Postfix; both oracles ask the system in the same words"
)]

#[path = "../../cli/tests/support/examples.rs"]
mod examples;
mod support;

use std::io::Write as _;
use std::path::Path;

use examples::{Variant, variants};
use postproof_rules::maincf::MainCf;
use postproof_rules::message::Version;
use postproof_rules::table::Wanted;
use support::rule_set::RuleSet;
use support::{live, private_postfix::PrivatePostfix};

/// The parameters of cleanup's of a variant, with tables below a folder.
fn of_cleanup(variant: &Variant, folder: &Path) -> Vec<(String, String)> {
    let named = variant.tables.iter().map(|(parameter, tables)| {
        let tables = tables.iter().map(|table| table.replacen(':', &format!(":{}/", folder.display()), 1));
        (parameter.clone(), tables.collect::<Vec<_>>().join(","))
    });
    let place = folder.display().to_string();
    let set = variant.parameters().into_iter().map(|(name, value)| (name, value.replace("$config_directory", &place)));
    named.chain(set).collect()
}

#[test]
fn a_real_cleanup_does_the_same() {
    let with_messages: Vec<Variant> =
        variants().into_iter().filter(|variant| !variant.inputs("message").is_empty()).collect();
    let root = std::env::temp_dir().join(format!("examples-{}", std::process::id()));
    let (sets, tables) = (root.join("sets"), root.join("tables"));
    let mut parameters = Vec::new();
    for variant in &with_messages {
        let folder = tables.join(&variant.name);
        for folder in [&folder, &sets.join(&variant.name)] {
            std::fs::create_dir_all(folder).unwrap();
        }
        for (name, text) in &variant.files {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let of_variant = of_cleanup(variant, &folder);
        let main_cf: String = of_variant.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
        std::fs::write(sets.join(&variant.name).join("main.cf"), &main_cf).unwrap();
        parameters.push(main_cf);
    }
    let rule_sets = RuleSet::all(&sets);
    let postfix = match PrivatePostfix::start(&rule_sets) {
        Ok(postfix) => postfix,
        Err(missing) => {
            // Past the test harness, which keeps what passing tests print to itself.
            writeln!(std::io::stdout(), "skipped: examples_messages, since {}", missing.0).unwrap();
            return;
        }
    };
    let version: Version = postfix.version.parse().unwrap();
    let mut differences = String::new();
    let mut compared = 0;
    for (variant, main_cf) in with_messages.iter().zip(&parameters) {
        let index = rule_sets.iter().position(|set| set.name == variant.name).unwrap();
        let (main_cf, problems) = MainCf::parse_for(version, "main.cf", main_cf.as_bytes());
        assert!(problems.is_empty(), "{}: {problems:?}", variant.name);
        let (checks, problems) = main_cf.content_checks(&mut |wanted| match wanted {
            Wanted::File(name) => std::fs::read(name).map_err(|error| error.to_string()),
            Wanted::Answers { .. } => Err("no such server".to_owned()),
        });
        // What is only noted about a pattern is the lesson.
        let _ = problems;
        let messages = variant.inputs("message");
        let answers = live::ask(&postfix, index, messages.iter().map(String::as_bytes));
        for (number, (message, answer)) in messages.iter().zip(&answers).enumerate() {
            compared += 1;
            if let Err(difference) = live::compare(&checks, number, message.as_bytes(), answer) {
                differences += &format!("{}: message {number}\n{difference}\n", variant.name);
            }
        }
    }
    drop(postfix);
    std::fs::remove_dir_all(&root).unwrap();
    assert!(differences.is_empty(), "{differences}");
    writeln!(std::io::stdout(), "examples_messages: {compared} messages, no difference").unwrap();
    assert!(compared > 30, "{compared} messages");
}
