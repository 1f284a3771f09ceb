//! What findings say of main.cf, held against postconf, where there is one: it complains of the bad examples of which the
//! findings say so, and of no good one.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test, which runs postconf"
)]

use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, SystemTime};

use postproof_model::Code;
use postproof_rules::lint;
use postproof_rules::maincf::MainCf;
use postproof_words::pages::{Example, page};

/// Findings about the text of main.cf, which postconf reads; it does not look into values.
const CODES: &[Code] = &[
    Code::NothingToContinue,
    Code::NotASetting,
    Code::SetAgain,
    Code::UnknownParameter,
    Code::ObsoleteParameter,
    Code::ReadOnlyParameter,
    Code::UndefinedName,
    Code::BadReference,
    Code::CommentInValue,
];

/// An example's text, with a name for the machine, so that nobody asks the network for it.
fn main_cf(example: Example) -> String {
    let (_, text) = example.first().unwrap();
    let named = text.contains("\nmyhostname") || text.starts_with("myhostname");
    if named { (*text).to_owned() } else { format!("{text}myhostname = mx.example.net\n") }
}

/// Whether the findings about an example say that Postfix complains.
fn ours(text: &str) -> bool {
    let (main_cf, mut found) = MainCf::parse_for("3.7".parse().unwrap(), "main.cf", text.as_bytes());
    found.extend(lint::configuration(&main_cf, &mut |_| Err(String::new())));
    // What smtpd says is not asked here.
    found.iter().any(|found| CODES.contains(&found.problem.code()) && found.consequence.postfix_warns())
}

#[test]
fn postconf_complains_as_findings_say() {
    let folder = std::env::temp_dir().join(format!("lint-postconf-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let version = Command::new("postconf").args(["-h", "mail_version"]).output();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    if !version.starts_with("3.7") {
        // Past the test harness, which keeps what passing tests print to itself.
        writeln!(std::io::stdout(), "skipped: lint_postconf, since there is no postconf of 3.7").unwrap();
        return;
    }
    for code in CODES {
        for (side, example) in [("bad", page(*code).bad), ("good", page(*code).good)] {
            let text = main_cf(example);
            let mut file = std::fs::File::create(folder.join("main.cf")).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            // postconf waits before it reads a file that has just changed.
            file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
            std::fs::write(folder.join("master.cf"), "").unwrap();
            let output = Command::new("postconf").arg("-c").arg(&folder).args(["-n", "-x"]).output().unwrap();
            let error = String::from_utf8_lossy(&output.stderr);
            assert_eq!(!error.is_empty(), ours(&text), "{code:?} {side}: {error}");
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
