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

use std::io::Write as _;

use smtp_oracle::{generate, namespace, postfix, run};

#[test]
fn a_real_smtpd_says_the_same() {
    // Past the test harness, which keeps what passing tests print to itself.
    let skipped = |why: &str| writeln!(std::io::stdout(), "skipped: smtp_live, since {why}").unwrap();
    let Some(version) = postfix::installed() else {
        return skipped("there is no Postfix that this user can run");
    };
    if namespace::inside().is_none() {
        let arguments = ["a_real_smtpd_says_the_same", "--exact", "--nocapture"].map(str::to_owned);
        match namespace::again(&arguments) {
            Some(status) => assert!(status.success(), "the sample differs"),
            None => skipped("there can be no mount namespace"),
        }
        return;
    }
    let oracle = run::Oracle::start(&version);
    let mut tally = run::Tally::default();
    for seed in 1..=2 {
        let group = oracle.ask(generate::group(seed, 8, 12), usize::try_from(seed).unwrap(), seed);
        oracle.compare(&group, &mut tally);
    }
    assert_eq!(tally.differences, 0, "{tally}");
    assert!(tally.equal > 1_000, "{tally}");
}
