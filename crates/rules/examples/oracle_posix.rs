//! Compares patterns with the C library: `cargo run --release --example oracle_posix -- --cases 1000000 [--seed N]
//! [--keep DIFFERENCES] [--keep-defects DEFECTS] [--only-references] [--patience MILLISECONDS]`.
#![allow(
    dead_code,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a command of the project's own, which uses a part of what tests share"
)]

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[path = "../tests/posix_oracle"]
mod oracle {
    pub(crate) mod arguments;
    pub(crate) mod bounded;
    pub(crate) mod differ;
    pub(crate) mod generate;
    pub(crate) mod glibc;
    pub(crate) mod random;
    pub(crate) mod worker;
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn main() -> std::process::ExitCode {
    use std::process::ExitCode;

    let arguments = oracle::arguments::Arguments::of_program();
    let seed = arguments.number("--seed").unwrap_or_else(oracle::random::fresh_seed);
    println!("seed {seed}");
    let mut options = oracle::differ::Options::new(arguments.number("--cases").unwrap_or(1_000_000), seed);
    options.keep = arguments.number("--keep").unwrap_or(options.keep);
    options.keep_defects = arguments.number("--keep-defects").unwrap_or(options.keep_defects);
    options.patience = arguments.number("--patience").unwrap_or(options.patience);
    options.only_references = arguments.has("--only-references");
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
