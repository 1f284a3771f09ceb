//! Compares patterns with PCRE2: `cargo run --release --example oracle_pcre -- --cases 1000000 [--seed N]`.
#![allow(
    dead_code,
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
#[path = "../tests/pcre_oracle"]
mod oracle {
    #[path = "../posix_oracle/arguments.rs"]
    pub(crate) mod arguments;
    pub(crate) mod differ;
    pub(crate) mod generate;
    pub(crate) mod library;
    #[path = "../posix_oracle/random.rs"]
    pub(crate) mod random;
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn main() -> std::process::ExitCode {
    use std::process::ExitCode;

    let arguments = oracle::arguments::Arguments::of_program();
    let seed = arguments.number("--seed").unwrap_or_else(oracle::random::fresh_seed);
    println!("PCRE2 {}, seed {seed}", oracle::library::version());
    let cases = arguments.number("--cases").unwrap_or(1_000_000);
    let tally = oracle::differ::run(cases, seed, arguments.number("--keep").unwrap_or(10));
    for example in &tally.examples {
        println!("{example}");
    }
    for example in &tally.unknown_examples {
        println!("unknown {example}");
    }
    println!("{tally}");
    if tally.examples.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn main() {
    println!("skipped: this needs Linux with glibc");
}
