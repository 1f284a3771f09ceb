//! Compares `postproof query` with postmap on random tables of every kind, and says every difference and the figures.
//!
//! `cargo run -p postproof-cli --example oracle_postmap -- --cases 100000 --seed 1`; needs Postfix's postmap with its
//! cdb, lmdb and pcre tables (Debian: postfix postfix-cdb postfix-lmdb postfix-pcre) and the command beside it
//! (`cargo build -p postproof-cli`). Without `--seed` each run has its own, which it prints.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a tool for developers"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use support::random::fresh_seed;
use support::runs::Run;

fn main() {
    let mut run = Run { seed: fresh_seed(), cases: 1000, jobs: 16 };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let number = arguments.next().and_then(|number| number.parse::<u64>().ok()).expect("a number");
        match argument.as_str() {
            "--cases" => run.cases = number,
            "--seed" => run.seed = number,
            "--jobs" => run.jobs = number.max(1),
            other => panic!("{other} is no option; there are --cases, --seed and --jobs"),
        }
    }
    let postmap = support::postmap("oracle_postmap").expect("postmap");
    let here = std::env::current_exe().unwrap();
    let postproof = here.parent().and_then(|folder| folder.parent()).unwrap().join("postproof");
    assert!(postproof.exists(), "{} is missing: cargo build -p postproof-cli", postproof.display());
    let folder = std::env::temp_dir().join(format!("oracle_postmap-{}", std::process::id()));
    let figures = run.go(&postmap, &postproof, &folder, |difference| println!("{difference}"));
    let _ = std::fs::remove_dir_all(&folder);
    println!("{}", figures.show(&run));
    std::process::exit(i32::from(!figures.differences.is_empty()));
}
