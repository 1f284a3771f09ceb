//! A fixed sample of made-up SMTP sessions with a real smtpd(8), where there is one.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test, which runs Postfix"
)]

mod smtp_oracle;

use smtp_oracle::{generate, namespace, run};

#[test]
fn a_real_smtpd_says_the_same() {
    let Some(version) = namespace::enter("smtp_live", "a_real_smtpd_says_the_same") else { return };
    let oracle = run::Oracle::start(&version);
    let mut tally = run::Tally::default();
    for seed in 1..=2 {
        let group = oracle.ask(generate::group(seed, 8, 12), usize::try_from(seed).unwrap(), seed);
        oracle.compare(&group, &mut tally);
    }
    assert_eq!(tally.differences, 0, "{tally}");
    assert!(tally.equal > 1_000, "{tally}");
}
