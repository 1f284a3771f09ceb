//! Compares what smtpd(8) says in SMTP sessions with what we say: made-up sessions over made-up configurations.
//!
//! `cargo run --release -p postproof-rules --example oracle_smtp -- --sessions 2000 [--seed N]` prints the differences and
//! the figures. Needs Postfix, root, and a mount namespace. `--configs N` says how many configurations (30); `--record
//! FILE` writes down what was said.
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    missing_docs,
    reason = "a tool for developers, which reads files and runs Postfix"
)]

use std::process::ExitCode;

#[path = "../tests/smtp_oracle/mod.rs"]
mod smtp_oracle;

use smtp_oracle::{namespace, postfix, run};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if namespace::inside().is_none() {
        return match namespace::again(&arguments) {
            Some(status) => ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)),
            None => {
                println!("there can be no mount namespace here");
                ExitCode::FAILURE
            }
        };
    }
    let option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)
    };
    let number = |name: &str| option(name).map(|value| value.parse::<u64>().expect("a number"));
    let sessions = number("--sessions").unwrap_or(2_000);
    let configs = number("--configs").unwrap_or(30).max(1);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    let seed = number("--seed").unwrap_or_else(|| u64::from(now.subsec_nanos()));
    let Some(version) = postfix::installed() else {
        println!("there is no Postfix that this user can run");
        return ExitCode::FAILURE;
    };
    println!("Postfix {version}, seed {seed}");
    let oracle = run::Oracle::start(&version);
    let mut tally = run::Tally::default();
    let (mut done, mut number) = (0, 0);
    let mut recorded = Vec::new();
    while done < configs {
        let here = configs.min(done + 10) - done;
        let each = sessions.div_ceil(configs);
        let group =
            smtp_oracle::generate::group(seed + number, usize::try_from(here).unwrap(), usize::try_from(each).unwrap());
        let group = oracle.ask(group, usize::try_from(number).unwrap(), seed + number);
        oracle.compare(&group, &mut tally);
        recorded.push(group);
        done += here;
        number += 1;
    }
    if let Some(file) = option("--record") {
        for (number, group) in recorded.iter().enumerate() {
            let text = toml::to_string_pretty(group).expect("TOML");
            std::fs::write(file.replace("{}", &number.to_string()), text).expect("a file");
        }
    }
    println!("{tally}");
    if tally.differences == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
