//! Random patterns and subjects, against the C library of this machine.
#![cfg(all(target_os = "linux", target_env = "gnu"))]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    missing_docs,
    unreachable_pub,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test, whose files an example shares"
)]

mod bounded;
mod differ;
mod generate;
mod glibc;
mod random;
mod worker;

/// How many cases a test run compares.
const CASES: usize = 50_000;

#[test]
fn random_cases_agree_with_the_c_library() {
    let seed = random::seed_of_test();
    println!("POSTPROOF_SEED={seed}");
    let tally = differ::run(differ::Options::new(CASES, seed));
    println!("{tally}");
    for example in &tally.examples {
        println!("{example}");
    }
    assert!(tally.examples.is_empty(), "differences from the C library; POSTPROOF_SEED={seed} repeats them");
    assert!(tally.matches > CASES / 10, "too few cases match to prove anything");
}
