//! Compares patterns with the C library: `cargo run --release --example oracle_posix -- --cases 1000000 [--seed N]
//! [--keep DIFFERENCES] [--keep-defects DEFECTS] [--only-references] [--patience MILLISECONDS]`.
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a command of the project's own"
)]

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[path = "../tests/posix_oracle"]
mod oracle {
    pub(crate) mod bounded;
    pub(crate) mod differ;
    pub(crate) mod generate;
    pub(crate) mod glibc;
    pub(crate) mod random;
    pub(crate) mod worker;
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn main() -> std::process::ExitCode {
    use std::hash::{BuildHasher, RandomState};
    use std::process::ExitCode;

    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)?.parse::<u64>().ok()
    };
    let cases = usize::try_from(number("--cases").unwrap_or(1_000_000)).unwrap_or(usize::MAX);
    let seed = number("--seed").unwrap_or_else(|| RandomState::new().hash_one(0));
    println!("seed {seed}");
    let mut options = oracle::differ::Options::new(cases, seed);
    let count = |name: &str, otherwise| number(name).and_then(|n| usize::try_from(n).ok()).unwrap_or(otherwise);
    options.keep = count("--keep", options.keep);
    options.keep_defects = count("--keep-defects", options.keep_defects);
    options.patience = number("--patience").and_then(|n| i32::try_from(n).ok()).unwrap_or(options.patience);
    options.only_references = arguments.iter().any(|argument| argument == "--only-references");
    let tally = oracle::differ::run(options);
    for example in tally.examples.iter().chain(&tally.defect_examples) {
        println!("{example}");
    }
    println!("{tally}");
    if tally.examples.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn main() {
    println!("skipped: this needs glibc");
}
