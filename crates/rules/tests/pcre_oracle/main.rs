//! Random patterns and subjects, against PCRE2 10.42 in this process.
#![cfg(all(target_os = "linux", target_env = "gnu"))]
#![allow(
    dead_code,
    clippy::disallowed_methods,
    missing_docs,
    unreachable_pub,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test, whose files examples share"
)]

mod differ;
mod generate;
mod library;
#[path = "../posix_oracle/random.rs"]
mod random;
mod verbs;

/// How many cases a test run compares.
const CASES: usize = 50_000;

#[test]
fn random_cases_agree_with_pcre2() {
    assert!(library::version().starts_with("10.42 "), "another PCRE2 than the one whose patterns these are");
    let seed = random::seed_of_test();
    println!("POSTPROOF_SEED={seed}");
    let tally = differ::run(CASES, seed, 10);
    println!("{tally}");
    for example in &tally.examples {
        println!("{example}");
    }
    assert!(tally.examples.is_empty(), "differences from PCRE2; POSTPROOF_SEED={seed} repeats them");
    assert!(tally.matches > CASES / 10, "too few cases match to prove anything");
    assert!(tally.unknown_share() < 50, "too many answers are unknown");
}
