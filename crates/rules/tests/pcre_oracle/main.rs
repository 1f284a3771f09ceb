//! Random patterns and subjects, against PCRE2 10.42 in this process.
#![cfg(all(target_os = "linux", target_env = "gnu"))]
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test, whose files an example shares"
)]

mod differ;
mod generate;
mod library;
#[path = "../posix_oracle/random.rs"]
mod random;

use std::hash::{BuildHasher, RandomState};

/// How many cases a test run compares.
const CASES: usize = 50_000;

#[test]
#[allow(clippy::disallowed_methods, reason = "a seed from the environment repeats a run")]
fn random_cases_agree_with_pcre2() {
    assert!(library::version().starts_with("10.42 "), "another PCRE2 than the one whose patterns these are");
    let seed = std::env::var("POSTPROOF_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(|| RandomState::new().hash_one(0));
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
