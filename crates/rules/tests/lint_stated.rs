//! What each finding says of Postfix is held against Postfix somewhere: here it is said where.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test, which reads its data from files"
)]

use std::path::Path;

use postproof_model::Code;

/// Codes without a statement in `tests/conformance/lint`, and what tries what they say.
const ELSEWHERE: &[(Code, &str)] = &[
    (Code::CountByVersion, "tests/pcre_oracle: what a count means to the PCRE2 that is linked"),
    (Code::ActionNotHere, "tests/message_later: every action in milter_header_checks and smtp_header_checks"),
    (
        Code::ContentHeader,
        "tests/message_live and tests/message_later: rule sets with and without tables for MIME headers",
    ),
    (Code::MilterHeader, "tests/message_later: headers that a milter adds"),
    (Code::NothingToContinue, "tests/lint_postconf"),
    (Code::NotASetting, "tests/lint_postconf"),
    (Code::SetAgain, "tests/lint_postconf"),
    (Code::UnknownParameter, "tests/lint_postconf"),
    (Code::ObsoleteParameter, "tests/lint_postconf"),
    (Code::ReadOnlyParameter, "tests/lint_postconf"),
    (Code::UndefinedName, "tests/lint_postconf"),
    (Code::BadReference, "tests/lint_postconf"),
    (Code::CommentInValue, "tests/lint_postconf"),
    (Code::BadValue, "tests/maincf_postconf: numbers, times and yes or no beside postconf"),
    (Code::TableName, "crates/cli/tests/postmap_kinds: tables that postmap refuses"),
    (Code::FileMissing, "nothing of Postfix: a file of a project"),
    (Code::NotAFact, "nothing of Postfix: a line of a world"),
    (Code::OwnClientsAsked, "tests/smtp_live: the order of restrictions"),
    (Code::ClosedZone, "nothing of Postfix: lists whose end was announced"),
    (Code::NoRelayGuard, "tests/smtp_oracle: configurations in which smtpd does not start"),
    (Code::SkippedByClaim, "tests/smtp_live: OK ends a list"),
    (Code::Unsupported, "nothing of Postfix: what this tool cannot run"),
    (Code::TooBig, "nothing of Postfix: what this tool cannot tell"),
];

#[test]
fn every_code_is_tried() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/lint");
    let files =
        ["postmap.toml", "cleanup.toml", "smtpd.toml"].map(|file| std::fs::read_to_string(folder.join(file)).unwrap());
    for code in Code::ALL {
        let stated = files.iter().any(|text| text.contains(&format!("code = \"{}\"", code.code())));
        let elsewhere = ELSEWHERE.iter().any(|(other, _)| other == code);
        assert!(stated != elsewhere, "{code:?}: stated {stated}, elsewhere {elsewhere}");
    }
}
